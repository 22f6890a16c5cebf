//! What the network sees of a token.

use crate::error::Error;
use crate::token::RawToken;
use crate::weights::ModelFile;

/// The ids a token is known by to the embedding tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Features {
    /// The id of the normalised form.
    pub(crate) norm: u64,
    /// The id of the first character.
    pub(crate) prefix: u64,
    /// The id of the last three characters.
    pub(crate) suffix: u64,
    /// The id of the shape, such as `Xxxx`.
    pub(crate) shape: u64,
    /// The id of the text, in a pipeline with word vectors; 0 without, where nothing depends on it.
    pub(crate) word: u64,
    /// Whether one space follows.
    pub(crate) space_after: bool,
    /// Whether the token is all white space.
    pub(crate) is_space: bool,
}

impl Features {
    /// Those of a token whose text has the id `word`.
    pub(crate) fn new(token: &RawToken, word: u64) -> Self {
        Self {
            word,
            norm: token.norm,
            prefix: token.prefix,
            suffix: token.suffix,
            shape: token.shape,
            space_after: token.space_after,
            is_space: token.is_space,
        }
    }
}

/// A column of the feature table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Norm,
    Prefix,
    Suffix,
    Shape,
    SpaceAfter,
    IsSpace,
}

impl Column {
    /// The column spaCy calls `name`.
    pub(crate) fn named(file: &ModelFile, name: &str) -> Result<Self, Error> {
        Ok(match name {
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::SpaceAfter,
            "IS_SPACE" => Self::IsSpace,
            other => {
                let what = format!("the token attribute `{other}`");
                return Err(Error::unsupported(file.path(), what));
            }
        })
    }

    /// The id that stands in this column.
    pub(crate) fn id(self, features: &Features) -> u64 {
        match self {
            Self::Norm => features.norm,
            Self::Prefix => features.prefix,
            Self::Suffix => features.suffix,
            Self::Shape => features.shape,
            Self::SpaceAfter => u64::from(features.space_after),
            Self::IsSpace => u64::from(features.is_space),
        }
    }
}
