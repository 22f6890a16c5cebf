//! Names as tokens that all spellings of a name have in common.

use rayon::prelude::*;

use crate::engine::Numbers;
use crate::names::{Name, NameKind, NameWords};

/// The words of a project's names, each with what all its spellings have in common.
pub struct Sounds<'w> {
    words: &'w NameWords,
    /// Words in lower case, by number.
    texts: Numbers,
    /// For each its token.
    tokens: Vec<String>,
}

impl<'w> Sounds<'w> {
    /// Of all words in these texts.
    pub fn new<'t>(words: &'w NameWords, texts: impl IntoIterator<Item = &'t str>) -> Sounds<'w> {
        let mut numbers = Numbers::default();
        let mut pieces: Vec<String> = Vec::new();
        for text in texts {
            for piece in split(text) {
                if numbers.of(&piece) as usize == pieces.len() {
                    pieces.push(piece);
                }
            }
        }
        let keys: Vec<Vec<String>> = (pieces.par_iter())
            .map(|it| {
                let readings = words.spelling().readings(it);
                let stems = readings.keys.iter().map(|key| words.stem(key).to_owned());
                stems.collect()
            })
            .collect();
        // Keys that one word may be read as belong together.
        let mut known = Numbers::default();
        let mut parent: Vec<u32> = Vec::new();
        let mut texts: Vec<&str> = Vec::new();
        let mut first = Vec::with_capacity(pieces.len());
        for keys in &keys {
            let mut before = None;
            for key in keys {
                let key_number = known.of(key);
                if key_number as usize == parent.len() {
                    parent.push(key_number);
                    texts.push(key);
                }
                let root_here = root(&mut parent, key_number);
                if let Some(before) = before {
                    let root_before = root(&mut parent, before);
                    parent[root_here.max(root_before) as usize] = root_here.min(root_before);
                }
                before = Some(key_number);
            }
            first.push(before);
        }
        // The smallest key names the group, whatever the order of the words.
        let mut smallest: Vec<Option<&str>> = vec![None; parent.len()];
        for key in 0..u32::try_from(parent.len()).unwrap_or(u32::MAX) {
            let text = texts[key as usize];
            let held = &mut smallest[root(&mut parent, key) as usize];
            *held = Some(held.map_or(text, |it| it.min(text)));
        }
        let tokens = first.into_iter().zip(&pieces).map(|(key, piece)| {
            let of_group = key.and_then(|key| smallest[root(&mut parent, key) as usize]);
            of_group.unwrap_or(piece).to_owned()
        });
        Sounds {
            words,
            tokens: tokens.collect(),
            texts: numbers,
        }
    }

    /// The token of one word.
    fn word(&self, text: &str) -> &str {
        let number = self.texts.get(text);
        let token = number.and_then(|it| self.tokens.get(it as usize));
        token.map_or("", String::as_str)
    }

    /// What somebody is known by where others are told of: the surname.
    pub fn person(&self, name: &str) -> Option<String> {
        let person = self.words.name(NameKind::Person, name).person();
        let surname = person.surname?;
        let last = surname.split(' ').next_back()?;
        let token = self.word(last);
        (token.chars().count() > 1).then(|| token.to_owned())
    }

    /// What a body is known by where it is told of: its telling words in any order. `None` if it has none.
    pub fn body(&self, name: &str) -> Option<String> {
        let mut telling = self.telling(&self.words.name(NameKind::Other, name));
        telling.sort();
        (!telling.is_empty()).then(|| telling.join(" "))
    }

    /// By what a body may be looked up: each telling word, its abbreviation, and itself as one.
    pub fn lookup(&self, name: &str) -> Vec<String> {
        let name = self.words.name(NameKind::Other, name);
        let mut found = self.telling(&name);
        let initials = |all: bool| -> String {
            let words = name.words.iter().filter(|it| all || !it.particle);
            words.filter_map(|it| it.plain.chars().next()).collect()
        };
        match name.words.as_slice() {
            [one] if one.plain.len() <= 8 => found.push(format!("={}", one.plain)),
            [_] | [] => {}
            _ => {
                found.push(format!("={}", initials(true)));
                found.push(format!("={}", initials(false)));
            }
        }
        found.sort();
        found.dedup();
        found
    }

    fn telling(&self, name: &Name) -> Vec<String> {
        let words = name.words.iter();
        let telling = words.filter(|it| !it.small && it.number.is_none());
        let tokens = telling.map(|it| self.word(&it.text).to_owned());
        tokens.filter(|it| !it.is_empty()).collect()
    }

    /// The words of an office or trade.
    pub fn office(&self, text: &str) -> Vec<String> {
        let pieces = split(text);
        let small = |it: &String| {
            self.words
                .name(NameKind::Other, it)
                .words
                .iter()
                .all(|it| it.particle)
        };
        pieces
            .filter(|it| it.chars().count() > 1 && !small(it))
            .collect()
    }
}

/// Words in lower case, as names are divided into them.
fn split(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|it: char| !it.is_alphanumeric() && !crate::names::is_joined(it));
    parts.filter(|it| !it.is_empty()).map(str::to_lowercase)
}

fn root(parent: &mut [u32], mut of: u32) -> u32 {
    while parent[of as usize] != of {
        parent[of as usize] = parent[parent[of as usize] as usize];
        of = parent[of as usize];
    }
    of
}
