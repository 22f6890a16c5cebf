//! Where an export goes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

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
