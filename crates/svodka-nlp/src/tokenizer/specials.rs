//! Words that are divided as the pipeline's list says, not by the rules for affixes.

use std::path::Path;

use hashbrown::HashMap;
use rmpv::ValueRef;

use super::piece::Piece;
use crate::error::Error;
use crate::lexeme::Vocabulary;
use crate::strings::string_id;
use crate::weights::bytes_of;

/// The numbers that spaCy's files call the text and the normal form of a token by.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// The list: each word with the pieces it is divided into.
#[derive(Debug, Default)]
pub(super) struct Specials {
    words: HashMap<Box<str>, Box<[Piece]>>,
    /// The length of the longest of the words, in bytes.
    longest: usize,
}

impl Specials {
    /// Reads the map of exceptions in a tokenizer's file.
    pub(super) fn read(
        path: &Path,
        value: &ValueRef<'_>,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Error> {
        let ValueRef::Map(entries) = value else {
            return Err(Error::malformed(path, "`exceptions` is not a map"));
        };
        let mut specials = Self::default();
        for (word, tokens) in entries {
            let word =
                text(word).ok_or_else(|| Error::malformed(path, "an exception has no text"))?;
            let malformed =
                |what: &str| Error::malformed(path, format!("exception `{word}`: {what}"));
            let ValueRef::Array(tokens) = tokens else {
                return Err(malformed("not a list of tokens"));
            };
            let mut rest = word;
            let mut pieces = Vec::with_capacity(tokens.len());
            for token in tokens {
                let attribute = |number| attribute(token, number).and_then(text);
                let part = attribute(ORTH).ok_or_else(|| malformed("a token has no text"))?;
                rest = rest
                    .strip_prefix(part)
                    .filter(|_| !part.is_empty())
                    .ok_or_else(|| malformed("its tokens are not its parts"))?;
                let mut piece = Piece::new(part, vocabulary);
                if let Some(norm) = attribute(NORM) {
                    piece.lexeme.norm = string_id(norm);
                }
                pieces.push(piece);
            }
            if !rest.is_empty() || word.is_empty() {
                return Err(malformed("its tokens are not its parts"));
            }
            specials.longest = specials.longest.max(word.len());
            specials.words.insert(word.into(), pieces.into());
        }
        Ok(specials)
    }

    /// The pieces of `word`, if it is in the list.
    pub(super) fn get(&self, word: &str) -> Option<&[Piece]> {
        if word.len() > self.longest {
            return None;
        }
        self.words.get(word).map(|pieces| &**pieces)
    }

    /// The words in the list, in the order of their characters.
    pub(super) fn sorted(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.keys().map(|word| &**word).collect();
        words.sort_unstable();
        words
    }

    /// Tells the pieces their numbers among the words that sequences are made of.
    pub(super) fn number(&mut self, number: impl Fn(&str) -> u16) {
        for (word, pieces) in &mut self.words {
            let mut from = 0;
            for piece in pieces {
                let until = from + piece.length;
                piece.number = number(&word[from..until]);
                from = until;
            }
        }
    }
}

fn text<'v>(value: &'v ValueRef<'_>) -> Option<&'v str> {
    std::str::from_utf8(bytes_of(value)?).ok()
}

/// The value under a number in a map; a key may also be the number as text.
fn attribute<'v, 'a>(token: &'v ValueRef<'a>, number: u64) -> Option<&'v ValueRef<'a>> {
    let ValueRef::Map(entries) = token else {
        return None;
    };
    let is_it = |key: &ValueRef<'_>| match key {
        ValueRef::Integer(key) => key.as_u64() == Some(number),
        _ => false,
    };
    entries
        .iter()
        .find(|(key, _)| is_it(key))
        .map(|(_, value)| value)
}
