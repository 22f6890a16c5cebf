//! Who repeats whose sentences: near-duplicates by shingles, runs of four words, over the words around a claim's evidence.

use std::cmp::Reverse;
use std::ops::Range;

use hashbrown::{HashMap, HashSet};
use svodka_model::Account;

use crate::lineup::{At, Lineup};

/// How many words make a shingle.
const RUN: usize = 4;
/// How many words on either side of the evidence are looked at.
const AROUND: usize = 12;
/// What part of the shorter's shingles both must have, and how many. Claims about one thing share its names and what is said of it, so
/// that a short sentence may well be written twice; with its surroundings, more must be the same.
const EVIDENCE: (f64, usize) = (0.7, 8);
const SURROUNDED: (f64, usize) = (0.8, 12);
/// Up to how many claims each is compared with each; beyond that, with those that have a rare run of words in common.
const ALL: usize = 200;

/// A claim whose words are those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Echo {
    /// The claim of the earlier report.
    pub of: At,
    /// The claim that repeats it.
    pub by: At,
}

/// Which of these claims, each of another report than the one it repeats, repeat one before them. They are to be in order.
pub(crate) fn echoes(lineup: &Lineup<'_>, claims: &[usize]) -> Vec<Echo> {
    let passages: Vec<Passage> = claims
        .iter()
        .map(|&claim| Passage::of(lineup, claim))
        .collect();
    let mut found = Vec::new();
    for (first, second) in candidates(&passages) {
        let (a, b) = (&passages[first], &passages[second]);
        if a.report != b.report && a.repeats(b) {
            let (a, b) = (claims[first], claims[second]);
            let (of, by) = if lineup.told(b) < lineup.told(a) {
                (b, a)
            } else {
                (a, b)
            };
            found.push(Echo {
                of: lineup.at(of),
                by: lineup.at(by),
            });
        }
    }
    found.sort_unstable();
    found
}

/// Pairs that may repeat one another.
fn candidates(passages: &[Passage]) -> Vec<(usize, usize)> {
    if passages.len() <= ALL {
        let pairs = (0..passages.len()).flat_map(|a| (a + 1..passages.len()).map(move |b| (a, b)));
        return pairs.collect();
    }
    // Each with the one before it that has the same run of words, and with the one before it that has all the same words.
    let mut pairs = Vec::new();
    let mut last: HashMap<u64, usize> = HashMap::new();
    for (index, passage) in passages.iter().enumerate() {
        for &run in passage.runs.iter().chain([&passage.whole]) {
            if let Some(before) = last.insert(run, index) {
                pairs.push((before, index));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The words around a claim's evidence.
struct Passage {
    report: i64,
    /// The people and bodies on whose word it is.
    voices: Vec<i64>,
    /// All of them, as one number.
    whole: u64,
    /// Its shingles in order.
    runs: Vec<u64>,
    /// Those of the evidence alone.
    evidence: Vec<u64>,
}

impl Passage {
    fn of(lineup: &Lineup<'_>, claim: usize) -> Passage {
        let (account, said) = lineup.claim(claim);
        let (start, end) = range(account, said.words.start, said.words.end);
        let around =
            &account.words[start.saturating_sub(AROUND)..(end + AROUND).min(account.words.len())];
        let own = &account.words[start..end];
        Passage {
            report: account.report,
            voices: said
                .sources
                .iter()
                .filter_map(|voice| voice.thing)
                .collect(),
            whole: hash(around),
            runs: runs(around),
            evidence: runs(own),
        }
    }

    fn repeats(&self, other: &Passage) -> bool {
        // Who copies a sentence copies whose word it is on.
        let of_others = !self.voices.is_empty()
            && !other.voices.is_empty()
            && !self.voices.iter().any(|voice| other.voices.contains(voice));
        self.whole == other.whole
            || (!of_others
                && (share(&self.evidence, &other.evidence, EVIDENCE)
                    || share(&self.runs, &other.runs, SURROUNDED)))
    }
}

fn range(account: &Account, start: usize, end: usize) -> (usize, usize) {
    let end = end.min(account.words.len());
    (start.min(end), end)
}

fn share(a: &[u64], b: &[u64], (part, enough): (f64, usize)) -> bool {
    let shorter = a.len().min(b.len());
    if shorter < enough {
        return false;
    }
    let a: HashSet<u64> = a.iter().copied().collect();
    let common: HashSet<u64> = b.iter().copied().filter(|run| a.contains(run)).collect();
    common.len() >= enough && common.len() as f64 >= part * shorter as f64
}

fn runs(words: &[u32]) -> Vec<u64> {
    words.windows(RUN).map(hash).collect()
}

/// FNV-1a over the words.
fn hash(words: &[u32]) -> u64 {
    words.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &word| {
        (sum ^ u64::from(word)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// How many words in a row two reports must have in common for that to be told.
const PASSAGE: usize = 8;
/// In how many places the same words are looked for.
const PLACES: usize = 16;

/// Words in a row that two texts have in common, each word given as a number: where they stand in the first and in the second, in the
/// order of the second. Every word of the second is in one passage at most.
pub fn passages(a: &[u32], b: &[u32]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, run) in a.windows(PASSAGE).enumerate() {
        let places = places.entry(hash(run)).or_default();
        if places.len() < PLACES {
            places.push(place);
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(run) = b.get(at..at + PASSAGE) {
        let from = places.get(&hash(run)).map_or(&[][..], Vec::as_slice);
        let length = |from: usize| {
            a[from..]
                .iter()
                .zip(&b[at..])
                .take_while(|(a, b)| a == b)
                .count()
        };
        let longest = from
            .iter()
            .map(|&from| (length(from), from))
            .max_by_key(|&(length, from)| (length, Reverse(from)));
        match longest {
            Some((length, from)) if length >= PASSAGE => {
                found.push((from..from + length, at..at + length));
                at += length;
            }
            _ => at += 1,
        }
    }
    found
}
