//! The tokenizer: divides a text into words, as the pipeline's rules say.
//!
//! A text falls into chunks at white space. A chunk loses prefixes and suffixes until it is a
//! special word or has none; what is left is a special word, a URL, or is divided at infixes. At
//! last the tokens are searched for special words that the rules took apart.

mod affixes;
mod piece;
mod sequences;
mod specials;

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use hashbrown::HashMap;
use rmpv::ValueRef;

use crate::error::{Error, read_file};
use crate::lexeme::Vocabulary;
use crate::token::RawToken;
use crate::unicode;
use crate::weights::{decode, field};
use affixes::{Affixes, Division};
use piece::Piece;
use sequences::Sequences;
use specials::Specials;

/// How many pieces of chunks are remembered before all are forgotten.
const MAX_REMEMBERED: usize = 1 << 15;

/// Chunks longer than this, in bytes, are not remembered, and what they take up is given back.
const MAX_REMEMBERED_LENGTH: usize = 100;

/// A loaded tokenizer.
///
/// What it finds in a text depends on that text alone.
pub(crate) struct Tokenizer {
    affixes: Affixes,
    specials: Specials,
    sequences: Sequences,
    vocabulary: Vocabulary,
    /// The memory of threads that are not at work.
    memories: Mutex<Vec<Memory>>,
}

/// What is kept from text to text.
#[derive(Default)]
struct Memory {
    division: Division,
    /// Chunks that came before, with their stretch of `pieces`.
    chunks: HashMap<Box<str>, Range<usize>>,
    pieces: Vec<Piece>,
}

impl Memory {
    /// Whether no text was so odd that its traces are better forgotten.
    fn is_modest(&self) -> bool {
        self.pieces.capacity() <= 4 * MAX_REMEMBERED && self.division.is_modest()
    }
}

impl fmt::Debug for Tokenizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokenizer").finish_non_exhaustive()
    }
}

impl Tokenizer {
    /// Loads the tokenizer of the pipeline in `folder`.
    pub(crate) fn load(folder: &Path) -> Result<Self, Error> {
        let path = folder.join("tokenizer");
        Self::from_bytes(&path, &read_file(&path)?, Vocabulary::load(folder)?)
    }

    fn from_bytes(path: &Path, bytes: &[u8], vocabulary: Vocabulary) -> Result<Self, Error> {
        let root = decode(path, bytes)?;
        let affixes = Affixes::read(path, &root)?;
        let mut specials = match field(&root, "exceptions") {
            Some(value) => Specials::read(path, value, &vocabulary)?,
            None => return Err(Error::malformed(path, "no `exceptions`")),
        };
        let searches_all = matches!(
            field(&root, "faster_heuristics"),
            Some(ValueRef::Boolean(false))
        );
        let mut sequences = Sequences::default();
        let mut division = Division::default();
        for word in specials.sorted() {
            if !searches_all && !word.contains(' ') && !affixes.find_in(word, &mut division) {
                continue;
            }
            let mut parts = Vec::new();
            for (chunk, _) in chunks(word) {
                let mut from = chunk.start;
                affixes.divide(&word[chunk.clone()], None, &mut division);
                for &end in division.ends() {
                    parts.push(&word[from..chunk.start + end]);
                    from = chunk.start + end;
                }
            }
            if !sequences.add(parts) {
                return Err(Error::unsupported(path, "so many `exceptions`"));
            }
        }
        specials.number(|word| sequences.number(word));
        Ok(Self {
            affixes,
            specials,
            sequences,
            vocabulary,
            memories: Mutex::default(),
        })
    }

    /// The tokens of `text`.
    pub(crate) fn tokenize(&self, text: &str) -> Vec<RawToken> {
        let memories = || self.memories.lock().unwrap_or_else(PoisonError::into_inner);
        let mut memory = memories().pop().unwrap_or_default();
        let tokens = self.divide(text, &mut memory);
        if memory.is_modest() {
            memories().push(memory);
        }
        tokens
    }

    fn divide(&self, text: &str, memory: &mut Memory) -> Vec<RawToken> {
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut numbers = Vec::with_capacity(text.len() / 5);
        for (chunk, space_after) in chunks(text) {
            let mut start = chunk.start;
            for piece in self.pieces(&text[chunk], memory) {
                tokens.push(token(piece, start));
                numbers.push(piece.number);
                start += piece.length;
            }
            if let Some(last) = tokens.last_mut() {
                last.space_after = space_after;
            }
        }
        let found = self.sequences.find(&numbers);
        if !found.is_empty() {
            tokens = self.join(text, &tokens, &found);
        }
        tokens
    }

    /// The pieces of a chunk.
    fn pieces<'m>(&self, chunk: &str, memory: &'m mut Memory) -> &'m [Piece] {
        if let Some(known) = memory.chunks.get(chunk) {
            return &memory.pieces[known.clone()];
        }
        if memory.pieces.len() >= MAX_REMEMBERED {
            memory.pieces.clear();
            memory.chunks.clear();
        }
        let pieces = &mut memory.pieces;
        let before = pieces.len();
        if let Some(special) = self.specials.get(chunk) {
            pieces.extend_from_slice(special);
        } else {
            self.affixes
                .divide(chunk, Some(&self.specials), &mut memory.division);
            let mut from = 0;
            for (index, &end) in memory.division.ends().iter().enumerate() {
                let word = &chunk[from..end];
                let special = match memory.division.special {
                    Some(special) if special == index => self.specials.get(word),
                    _ => None,
                };
                match special {
                    Some(special) => pieces.extend_from_slice(special),
                    None => pieces.push(Piece {
                        number: self.sequences.number(word),
                        ..Piece::new(word, &self.vocabulary)
                    }),
                }
                from = end;
            }
        }
        let found = before..pieces.len();
        if chunk.len() <= MAX_REMEMBERED_LENGTH {
            memory.chunks.insert(chunk.into(), found.clone());
        }
        &memory.pieces[found]
    }

    /// Puts the pieces of special words in the place of the sequences that make them up.
    fn join(&self, text: &str, tokens: &[RawToken], found: &[Range<usize>]) -> Vec<RawToken> {
        let mut joined = Vec::with_capacity(tokens.len());
        let mut from = 0;
        for sequence in found {
            let (first, last) = (&tokens[sequence.start], &tokens[sequence.end - 1]);
            // Spaces between the tokens may make it no special word, or another one.
            let Some(pieces) = self.specials.get(&text[first.start..last.end]) else {
                continue;
            };
            joined.extend_from_slice(&tokens[from..sequence.start]);
            let mut start = first.start;
            for piece in pieces {
                joined.push(RawToken {
                    is_joined: true,
                    ..token(piece, start)
                });
                start += piece.length;
            }
            if let Some(end) = joined.last_mut() {
                end.space_after = last.space_after;
            }
            from = sequence.end;
        }
        joined.extend_from_slice(&tokens[from..]);
        joined
    }
}

fn token(piece: &Piece, start: usize) -> RawToken {
    RawToken {
        start,
        end: start + piece.length,
        space_after: false,
        norm: piece.lexeme.norm,
        prefix: piece.lexeme.prefix,
        suffix: piece.lexeme.suffix,
        shape: piece.lexeme.shape,
        is_space: piece.lexeme.is_space,
        is_joined: false,
    }
}

/// The stretches of white space and of other characters in `text`, and whether one space that
/// belongs to none of them follows.
fn chunks(text: &str) -> impl Iterator<Item = (Range<usize>, bool)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let mut rest = text[start..].char_indices();
        let is_space = unicode::is_space(rest.next()?.1);
        let next = rest.find(|&(_, c)| unicode::is_space(c) != is_space);
        let end = next.map_or(text.len(), |(at, _)| start + at);
        let space_after = next.is_some_and(|(_, c)| c == ' ');
        let chunk = start..end;
        start = end + usize::from(space_after);
        Some((chunk, space_after))
    })
}

#[cfg(test)]
mod tests;
