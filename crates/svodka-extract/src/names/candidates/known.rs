//! What the text writes elsewhere, and what has been found before, to be looked up without reading it again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::page::{Kind, Page};
use super::Candidate;

/// The words with capitals of a page.
pub(super) struct Written<'a> {
    /// Words that stand in sentences of ordinary look and do not begin one.
    inside: BTreeSet<&'a str>,
    /// Where two words stand so, by the two.
    pairs: BTreeMap<(&'a str, &'a str), Vec<usize>>,
    /// Folded words with a capital.
    capitals: BTreeSet<&'a str>,
}

impl<'a> Written<'a> {
    pub fn new(page: &'a Page<'_>) -> Written<'a> {
        let mut written = Written {
            inside: BTreeSet::new(),
            pairs: BTreeMap::new(),
            capitals: BTreeSet::new(),
        };
        for (at, word) in page.words.iter().enumerate() {
            if word.kind == Kind::Capital {
                written.capitals.insert(&word.fold);
            }
            let look = page.looks[word.block];
            let ordinary = !look.all_caps && !look.title_case && !word.starts;
            if !ordinary || matches!(word.kind, Kind::Lower | Kind::Possessive | Kind::Mark) {
                continue;
            }
            written.inside.insert(&word.lower);
            let next = page.words.get(at + 1);
            if let Some(next) = next.filter(|next| next.kind != Kind::Lower) {
                let pair = (word.lower.as_str(), next.lower.as_str());
                written.pairs.entry(pair).or_default().push(at);
            }
        }
        written
    }

    /// Whether a word of this folded form stands anywhere with a capital.
    pub fn capital(&self, fold: &str) -> bool {
        self.capitals.contains(fold)
    }

    /// Whether the words of a range, none of them without a capital, stand elsewhere in a sentence of ordinary look, and
    /// do not begin it.
    pub fn phrase(&self, page: &Page<'_>, range: Range<usize>) -> bool {
        let words = &page.words[range];
        match words {
            [] => false,
            [word] => self.inside.contains(word.lower.as_str()),
            [first, second, ..] => {
                let pair = (first.lower.as_str(), second.lower.as_str());
                let places = self.pairs.get(&pair).map_or(&[][..], Vec::as_slice);
                places.iter().any(|&at| {
                    page.words.get(at..at + words.len()).is_some_and(|there| {
                        there
                            .iter()
                            .zip(words)
                            .all(|(a, b)| a.lower == b.lower && a.kind != Kind::Lower)
                    })
                })
            }
        }
    }
}

/// The candidates found so far.
#[derive(Default)]
pub(super) struct Found {
    candidates: Vec<Candidate>,
    /// The phrases of those of two words.
    pairs: BTreeSet<String>,
    /// The phrases of those in quotation marks.
    quoted: BTreeSet<String>,
}

impl Found {
    pub fn push(&mut self, page: &Page<'_>, candidate: Candidate) {
        if candidate.words.len() == 2 {
            self.pairs.insert(page.phrase(candidate.words.clone()));
        }
        if candidate.quoted {
            self.quoted.insert(page.phrase(candidate.words.clone()));
        }
        self.candidates.push(candidate);
    }

    pub fn last(&self) -> Option<&Candidate> {
        self.candidates.last()
    }

    /// Whether a candidate of two words reads like this range of two.
    pub fn has_pair(&self, page: &Page<'_>, range: Range<usize>) -> bool {
        self.pairs.contains(&page.phrase(range))
    }

    /// Whether a candidate in quotation marks reads like this range.
    pub fn has_quoted(&self, page: &Page<'_>, range: Range<usize>) -> bool {
        self.quoted.contains(&page.phrase(range))
    }

    pub fn into_candidates(self) -> Vec<Candidate> {
        self.candidates
    }
}
