//! The files given.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use svodka::{Document, Hint, Intake, LARGEST_FILE, Metadata, SIDECARS};

use crate::problem::{Problem, Status};

/// What the file at `path` brings; `-` is standard input. A sidecar beside it speaks before the file itself.
pub fn intake(path: &Path, encoding: Option<&str>) -> Result<Intake, Problem> {
    intake_of(path, &bytes(path)?, encoding, None)
}

/// What a file with these bytes brings; a manifest speaks before the file itself, and a sidecar before both.
pub fn intake_of(
    path: &Path,
    bytes: &[u8],
    encoding: Option<&str>,
    manifest: Option<&Metadata>,
) -> Result<Intake, Problem> {
    let name = path.file_name().map(|name| name.to_string_lossy());
    let hint = Hint {
        name: name.as_deref(),
        encoding,
    };
    let mut intake =
        svodka::receive(bytes, &hint).map_err(|error| Problem::not_text(path, &error))?;
    if let ([document], Some(name)) = (intake.documents.as_mut_slice(), name.as_deref())
        && document.entry.is_none()
    {
        if let Some(said) = manifest {
            document.metadata = said.clone().over(std::mem::take(&mut document.metadata));
        }
        let beside = SIDECARS.map(|ending| path.with_file_name(format!("{name}{ending}")));
        if let Some(beside) = beside.iter().find(|beside| beside.is_file()) {
            let said = svodka::sidecar(&self::bytes(beside)?, &beside.to_string_lossy())
                .map_err(|error| Problem::not_text(beside, &error))?;
            document.metadata = said.over(std::mem::take(&mut document.metadata));
        }
    }
    Ok(intake)
}

/// The one report in the file at `path`.
pub fn document(path: &Path, encoding: Option<&str>) -> Result<Document, Problem> {
    let mut intake = intake(path, encoding)?;
    if intake.documents.len() == 1
        && let Some(document) = intake.documents.pop()
    {
        return Ok(document);
    }
    let number = intake.documents.len();
    let what = format!("{}: this holds {number} reports", path.display());
    Err(Problem::new(Status::Data, what).with_remedy("unpack it and name one of its files"))
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
