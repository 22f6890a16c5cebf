//! The files of a pack, and of the packs it builds on.

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::{PackError, Position};

/// One file of a pack. Packs come from a folder or from inside the program; this crate reads neither.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackFile {
    /// The pack it belongs to, as a path that mistakes are reported with; may be empty.
    pub pack: String,
    /// The path inside the pack, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl PackFile {
    /// A mistake at byte `offset` of this file.
    pub fn error(&self, offset: usize, message: impl Into<String>) -> PackError {
        PackError {
            file: self.name(),
            position: Some(Position::of(&self.text, offset)),
            message: message.into(),
        }
    }

    /// The pack and the path inside it.
    pub(crate) fn name(&self) -> String {
        match self.pack.as_str() {
            "" => self.path.clone(),
            pack => format!("{pack}/{}", self.path),
        }
    }

    /// The file's TOML as a typed value.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, PackError> {
        toml::from_str(&self.text)
            .map_err(|error| self.error(error.span().map_or(0, |span| span.start), error.message()))
    }
}

/// The table that the files at `path` hold, those of later packs laid over those of earlier ones. A missing or
/// broken file is noted in `errors` and gives an empty one.
pub(crate) fn table<T: DeserializeOwned + Default>(
    files: &[PackFile],
    path: &str,
    errors: &mut Vec<PackError>,
) -> T {
    let mut layers = files.iter().filter(|file| file.path == path);
    let parsed = match (layers.next(), layers.next()) {
        (None, _) => Err(PackError {
            file: path.to_owned(),
            position: None,
            message: "the pack lacks this file".to_owned(),
        }),
        // Alone, a file's mistakes can be told with their places.
        (Some(file), None) => file.parse(),
        (Some(_), Some(_)) => merged(files, path),
    };
    parsed.unwrap_or_else(|error| {
        errors.push(error);
        T::default()
    })
}

fn merged<T: DeserializeOwned>(files: &[PackFile], path: &str) -> Result<T, PackError> {
    let mut table = Table::new();
    let mut merged = Err(PackError {
        file: path.to_owned(),
        position: None,
        message: "the pack lacks this file".to_owned(),
    });
    for file in files.iter().filter(|file| file.path == path) {
        lay_over(&mut table, file.parse()?);
        // The mistake is in the first file after which the whole is no longer sound.
        let whole = T::deserialize(Value::Table(table.clone()));
        merged = whole.map_err(|error| PackError {
            file: file.name(),
            position: None,
            message: error.message().to_owned(),
        });
    }
    merged
}

/// Adds a later table to an earlier one: lists grow, tables are laid over each other, anything else is replaced.
fn lay_over(earlier: &mut Table, later: Table) {
    for (key, value) in later {
        match (earlier.get_mut(&key), value) {
            (Some(Value::Table(earlier)), Value::Table(later)) => lay_over(earlier, later),
            (Some(Value::Array(earlier)), Value::Array(later)) => earlier.extend(later),
            (_, value) => {
                earlier.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_table_adds_to_lists_and_tables_and_replaces_the_rest() {
        let mut earlier: Table = toml::from_str("a = [1]\nb = 1\n[c]\nd = [\"x\"]\n").unwrap();
        let later = toml::from_str("a = [2]\nb = 2\ne = 3\n[c]\nd = [\"y\"]\n").unwrap();
        lay_over(&mut earlier, later);
        let expected = "a = [1, 2]\nb = 2\ne = 3\n[c]\nd = [\"x\", \"y\"]\n";
        assert_eq!(earlier, toml::from_str(expected).unwrap());
    }
}
