//! Where an export goes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use zip::write::{SimpleFileOptions, ZipWriter};

/// A file being written. Its writer flushes it at the end.
pub type Out = Box<dyn Write + Send>;

/// Takes the files of an export.
pub trait Sink {
    /// Begins a file; `name` may have folders in it, with `/` between them.
    ///
    /// # Errors
    ///
    /// If it cannot be made.
    fn file(&mut self, name: &str) -> io::Result<Out>;

    /// Whether there is room for several files.
    fn is_folder(&self) -> bool;
}

/// One file or pipe, whatever the format calls it.
pub struct Stream(Option<Out>);

impl Stream {
    /// Writes there.
    pub fn new(out: impl Write + Send + 'static) -> Stream {
        Stream(Some(Box::new(out)))
    }
}

impl Sink for Stream {
    fn file(&mut self, name: &str) -> io::Result<Out> {
        self.0.take().ok_or_else(|| {
            io::Error::other(format!("there is room for one file only, not for {name}"))
        })
    }

    fn is_folder(&self) -> bool {
        false
    }
}

/// A folder, made when the first file is.
#[derive(Debug)]
pub struct Folder(pub PathBuf);

impl Sink for Folder {
    fn file(&mut self, name: &str) -> io::Result<Out> {
        let path = self.0.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = File::create(path)?;
        Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
    }

    fn is_folder(&self) -> bool {
        true
    }
}

/// Packs the files of a folder into one, a ZIP without the folder's own name, in the order of their names.
///
/// # Errors
///
/// If they cannot be read or it cannot be written.
pub fn zipped(folder: &Path, out: impl Write + Seek) -> io::Result<()> {
    let mut zip = ZipWriter::new(out);
    let mut left = vec![(folder.to_owned(), String::new())];
    while let Some((folder, before)) = left.pop() {
        let mut entries: Vec<_> = fs::read_dir(&folder)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                left.push((entry.path(), format!("{name}/")));
            } else {
                zip.start_file(&name, SimpleFileOptions::default())
                    .map_err(io::Error::other)?;
                io::copy(&mut File::open(entry.path())?, &mut zip)?;
            }
        }
    }
    zip.finish().map_err(io::Error::other)?.flush()
}
