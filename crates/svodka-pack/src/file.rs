//! The files of a pack.

use serde::de::DeserializeOwned;

use crate::{PackError, Position};

/// One file of a pack. Packs come from a folder or from inside the program; this crate reads neither.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// The path inside the pack, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl PackFile {
    /// A mistake at byte `offset` of this file.
    pub fn error(&self, offset: usize, message: impl Into<String>) -> PackError {
        let position = Some(Position::of(&self.text, offset));
        PackError {
            file: self.path.clone(),
            position,
            message: message.into(),
        }
    }

    /// The file's TOML as a typed value.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, PackError> {
        toml::from_str(&self.text)
            .map_err(|error| self.error(error.span().map_or(0, |span| span.start), error.message()))
    }
}

/// The table that the file at `path` holds. A missing or broken file is noted in `errors` and gives an empty one.
pub(crate) fn table<T: DeserializeOwned + Default>(
    files: &[PackFile],
    path: &str,
    errors: &mut Vec<PackError>,
) -> T {
    let parsed = match files.iter().find(|file| file.path == path) {
        Some(file) => file.parse(),
        None => Err(PackError {
            file: path.to_owned(),
            position: None,
            message: "the pack lacks this file".to_owned(),
        }),
    };
    parsed.unwrap_or_else(|error| {
        errors.push(error);
        T::default()
    })
}
