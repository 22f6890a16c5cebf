//! What can go wrong when a pipeline folder is opened.
//!
//! Only loading can fail. Once a pipeline is loaded, every text can be parsed.

use std::path::{Path, PathBuf};

/// Why a pipeline folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file the pipeline needs is not in its folder.
    #[error("{path}: no such file; a spaCy 3 pipeline folder has it", path = path.display())]
    MissingFile {
        /// The file that was looked for.
        path: PathBuf,
    },
    /// A file is there but could not be read.
    #[error("{path}: cannot be read", path = path.display())]
    Unreadable {
        /// The file that was looked for.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// A file is not what spaCy writes: cut short, damaged, or of another version.
    #[error("{path}: {what}", path = path.display())]
    Malformed {
        /// The damaged file.
        path: PathBuf,
        /// What was expected and what was found instead.
        what: String,
    },
    /// The pipeline is sound but has a part this crate has no code for.
    #[error("{path}: this pipeline uses {what}, which svodka-nlp does not run", path = path.display())]
    Unsupported {
        /// The file that asks for it.
        path: PathBuf,
        /// The component, architecture or setting, as the file names it.
        what: String,
    },
}

impl Error {
    /// A malformed-file error about `path`.
    pub(crate) fn malformed(path: &Path, what: impl Into<String>) -> Self {
        Self::Malformed {
            path: path.to_path_buf(),
            what: what.into(),
        }
    }

    /// An error about `path`, which could not be opened or read to its end.
    pub(crate) fn unreadable(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            std::io::ErrorKind::NotFound => Self::MissingFile { path },
            _ => Self::Unreadable { path, source },
        }
    }

    /// An unsupported-part error about `path`.
    pub(crate) fn unsupported(path: &Path, what: impl Into<String>) -> Self {
        Self::Unsupported {
            path: path.to_path_buf(),
            what: what.into(),
        }
    }
}

/// Reads a whole file of the pipeline folder.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| Error::unreadable(path, source))
}

/// Reads a file of the pipeline folder that is JSON.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    serde_json::from_slice(&read_file(path)?)
        .map_err(|error| Error::malformed(path, format!("not the JSON that spaCy writes: {error}")))
}
