//! Divides a chunk by the rules for what may stand before, behind and within words.

use std::path::Path;

use rmpv::ValueRef;

use super::specials::Specials;
use crate::error::Error;
use crate::pattern::{Pattern, Space};
use crate::weights::{bytes_of, field};

/// The rules for affixes. A rule that the pipeline lacks never matches.
#[derive(Debug)]
pub(super) struct Affixes {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    /// Matches what is a token whatever the other rules say.
    token: Option<Pattern>,
    /// Matches what is not divided any further once its affixes are off.
    url: Option<Pattern>,
}

/// How many characters the longest chunk may have whose room is kept.
const MODEST: usize = 1 << 16;

/// Memory that is used again for every chunk, and what was found in the latest one.
#[derive(Debug, Default)]
pub(super) struct Division {
    characters: Vec<char>,
    /// The place of each character in the chunk, in bytes, and the length of the chunk.
    places: Vec<usize>,
    space: Space,
    /// Where the tokens end, counted in bytes; suffixes stand in `suffixes` until the end.
    ends: Vec<usize>,
    suffixes: Vec<usize>,
    /// Which of the tokens is a special word that has pieces of its own.
    pub(super) special: Option<usize>,
}

impl Affixes {
    /// Reads the expressions in a tokenizer's file.
    pub(super) fn read(path: &Path, root: &ValueRef<'_>) -> Result<Self, Error> {
        let pattern = |key: &str| match field(root, key) {
            None | Some(ValueRef::Nil) => Ok(None),
            Some(value) => {
                let expression = bytes_of(value).and_then(|bytes| std::str::from_utf8(bytes).ok());
                let expression = expression
                    .ok_or_else(|| Error::malformed(path, format!("`{key}` is not text")))?;
                let pattern = Pattern::new(expression)
                    .map_err(|what| Error::unsupported(path, format!("{what} in `{key}`")))?;
                if pattern.may_be_empty() {
                    return Err(Error::unsupported(
                        path,
                        format!("an empty match of `{key}`"),
                    ));
                }
                Ok(Some(pattern))
            }
        };
        Ok(Self {
            prefix: pattern("prefix_search")?,
            suffix: pattern("suffix_search")?,
            infix: pattern("infix_finditer")?,
            token: pattern("token_match")?,
            url: pattern("url_match")?,
        })
    }

    /// Whether a rule finds something in `word`.
    pub(super) fn find_in(&self, word: &str, division: &mut Division) -> bool {
        division.read(word);
        let Division {
            characters, space, ..
        } = division;
        [&self.prefix, &self.suffix, &self.infix]
            .into_iter()
            .flatten()
            .any(|pattern| pattern.search(characters, space).is_some())
    }

    /// Divides `chunk`; words of the list of specials are looked out for if there is one.
    pub(super) fn divide(&self, chunk: &str, specials: Option<&Specials>, division: &mut Division) {
        division.read(chunk);
        let Division {
            characters,
            places,
            space,
            ends,
            suffixes,
            special,
        } = division;
        let is_special = |from: usize, until: usize| {
            from < until
                && specials
                    .is_some_and(|list| list.get(&chunk[places[from]..places[until]]).is_some())
        };
        let (mut from, mut until) = (0, characters.len());
        let mut last_length = 0;
        while from < until && until - from != last_length {
            let word = &characters[from..until];
            if matches_start(&self.token, word, space) || is_special(from, until) {
                break;
            }
            last_length = word.len();
            let prefix = length(&self.prefix, word, space);
            if prefix > 0 && is_special(from + prefix, until) {
                from += prefix;
                ends.push(places[from]);
                break;
            }
            let suffix = length(&self.suffix, &word[prefix..], space);
            if suffix > 0 && is_special(from, until - suffix) {
                suffixes.push(places[until]);
                until -= suffix;
                break;
            }
            if prefix > 0 {
                from += prefix;
                ends.push(places[from]);
            }
            if suffix > 0 {
                suffixes.push(places[until]);
                until -= suffix;
            }
        }
        if from < until {
            let word = &characters[from..until];
            if is_special(from, until) {
                *special = Some(ends.len());
            } else if !matches_start(&self.token, word, space)
                && !matches_start(&self.url, word, space)
                && let Some(infix) = &self.infix
            {
                infix.find_all(word, space, |found| {
                    if found.start > 0 {
                        ends.push(places[from + found.start]);
                        ends.push(places[from + found.end]);
                    }
                });
            }
            ends.push(places[until]);
        }
        ends.extend(suffixes.drain(..).rev());
        if special.is_none() {
            // Two affixes side by side have an empty token between them.
            ends.dedup();
        }
    }
}

/// How much of `word` a rule finds.
fn length(pattern: &Option<Pattern>, word: &[char], space: &mut Space) -> usize {
    let found = pattern
        .as_ref()
        .and_then(|pattern| pattern.search(word, space));
    found.map_or(0, |found| found.len())
}

fn matches_start(pattern: &Option<Pattern>, word: &[char], space: &mut Space) -> bool {
    pattern
        .as_ref()
        .is_some_and(|pattern| pattern.matches_start(word, space))
}

impl Division {
    fn read(&mut self, chunk: &str) {
        self.characters.clear();
        self.characters.extend(chunk.chars());
        self.places.clear();
        self.places
            .extend(chunk.char_indices().map(|(place, _)| place));
        self.places.push(chunk.len());
        self.ends.clear();
        self.suffixes.clear();
        self.special = None;
    }

    /// Whether no chunk was so long that its room is better given back.
    pub(super) fn is_modest(&self) -> bool {
        self.characters.capacity() <= MODEST
    }

    /// Where the tokens of the chunk end, in bytes. The last end is the length of the chunk.
    pub(super) fn ends(&self) -> &[usize] {
        &self.ends
    }
}
