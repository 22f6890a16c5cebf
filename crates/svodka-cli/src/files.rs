//! The files given.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use svodka::{LARGEST_FILE, Text};

use crate::problem::{Problem, Status};

/// The text of the report at `path`; `-` is standard input.
pub fn text(path: &Path, encoding: Option<&str>) -> Result<Text, Problem> {
    let bytes = bytes(path)?;
    svodka::ingest(&bytes, encoding).map_err(|error| Problem::not_text(path, &error))
}

/// The words of a file that belongs to Svodka rather than to an archive: gold, floors.
pub fn own(path: &Path) -> Result<String, Problem> {
    let bytes = bytes(path)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::new(
            Status::Data,
            format!("{}: not valid UTF-8 at byte {at}", path.display()),
        )
    })
}

/// The bytes of the file at `path`; `-` is standard input. Not more than a byte beyond the largest file that is read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    // One byte more than the largest file tells that there is more, without reading it.
    let limit = LARGEST_FILE as u64 + 1;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        let read = io::stdin().lock().take(limit).read_to_end(&mut bytes);
        return read
            .map(|_| bytes)
            .map_err(|error| Problem::unreadable(path, &error));
    }
    let unreadable = |error: io::Error| Problem::unreadable(path, &error);
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        let what = format!("{}: this is a folder, not a report", path.display());
        let remedy = format!(
            "name its files: svodka read {}",
            path.join("*.txt").display()
        );
        return Err(Problem::new(Status::Data, what).with_remedy(remedy));
    }
    let file = File::open(path).map_err(unreadable)?;
    file.take(limit)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    Ok(bytes)
}
