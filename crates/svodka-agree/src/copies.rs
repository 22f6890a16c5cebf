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
/// What part of the shorter's shingles both must have.
const SHARED: f64 = 0.6;
/// How many shingles they must have in common: a short sentence may be written twice.
const ENOUGH: usize = 6;
/// How many words the evidence must have to be recognised without its surroundings.
const LONG: usize = 10;
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
    /// All of them, as one number.
    whole: u64,
    /// Its shingles in order.
    runs: Vec<u64>,
    /// Those of the evidence alone; none if that is short.
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
            whole: hash(around),
            runs: runs(around),
            evidence: if own.len() >= LONG {
                runs(own)
            } else {
                Vec::new()
            },
        }
    }

    fn repeats(&self, other: &Passage) -> bool {
        self.whole == other.whole
            || share(&self.evidence, &other.evidence)
            || share(&self.runs, &other.runs)
    }
}

fn range(account: &Account, start: usize, end: usize) -> (usize, usize) {
    let end = end.min(account.words.len());
    (start.min(end), end)
}

fn share(a: &[u64], b: &[u64]) -> bool {
    let shorter = a.len().min(b.len());
    let a: HashSet<u64> = a.iter().copied().collect();
    let common: HashSet<u64> = b.iter().copied().filter(|run| a.contains(run)).collect();
    common.len() >= ENOUGH && common.len() as f64 >= SHARED * shorter as f64
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
