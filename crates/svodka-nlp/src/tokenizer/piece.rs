//! A token whose place is not yet known.

use crate::lexeme::{Lexeme, Vocabulary};

/// A token as a part of its chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its length in bytes.
    pub(super) length: usize,
    /// Its number among the words that sequences are made of; 0 for any other.
    pub(super) number: u16,
    pub(super) lexeme: Lexeme,
}

impl Piece {
    /// The piece with the characters `word`.
    pub(super) fn new(word: &str, vocabulary: &Vocabulary) -> Self {
        Self {
            length: word.len(),
            number: 0,
            lexeme: vocabulary.lexeme(word),
        }
    }
}
