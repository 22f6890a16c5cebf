//! What a pack says of itself.

use serde::Deserialize;

use crate::{PackError, PackFile};

/// The contents of a pack's `pack.toml`.
///
/// ```toml
/// title = "Parish registers"
/// language = "en"
/// needs = ["en"]
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// What it is for, in a few words.
    pub title: String,
    /// The language of the reports it reads, BCP 47; absent if it holds no word of any.
    pub language: Option<String>,
    /// The packs on which it builds, by their folders' names. They come first; it adds to them.
    #[serde(default)]
    pub needs: Vec<String>,
}

impl Manifest {
    /// The file's name.
    pub const FILE: &'static str = "pack.toml";

    /// The manifest among the files of one pack; `None` if the pack has none and stands alone.
    ///
    /// # Errors
    ///
    /// If the file is not a manifest.
    pub fn of(files: &[PackFile]) -> Result<Option<Manifest>, PackError> {
        let file = files.iter().find(|file| file.path == Self::FILE);
        file.map(PackFile::parse).transpose()
    }
}
