//! How likely two names are one, and what says so.

use super::align::{Alignment, Kin};
use super::words::{Name, NameKind, NameWords, Word};
use crate::spelling::{TableError, rows};

/// What may speak for or against two names being one.
const PARTS: [&str; 23] = [
    "base",
    "contradicted",
    "left out",
    "slips",
    "sounds",
    "familiar",
    "initials",
    "joined",
    "patronymic omitted",
    "patronymic contradicted",
    "generation",
    "body",
    "body contradicted",
    "body left out",
    "form differs",
    "form omitted",
    "number differs",
    "one word",
    "body slips",
    "nothing agrees",
    "initial differs",
    "number omitted",
    "slips beyond two",
];

/// A part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is about.
    pub what: &'static str,
    /// How much of it there is.
    pub amount: f64,
    /// What it adds to the logarithm of the odds.
    pub weight: f64,
}

/// How likely two names are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// From 0 to 1.
    pub probability: f64,
    /// What it is made of.
    pub parts: Vec<Part>,
}

/// What each part weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights([f64; PARTS.len()]);

impl Weights {
    /// From a table with a line for each part: its name and its weight.
    pub fn parse(text: &str) -> Result<Weights, TableError> {
        let mut weights = [0.0; PARTS.len()];
        for (line, cells) in rows(text) {
            let at = PARTS.iter().position(|part| *part == cells[0]);
            let weight = cells.get(1).and_then(|it| it.parse().ok());
            let (Some(at), Some(weight)) = (at, weight) else {
                return Err(TableError {
                    table: "weights".to_owned(),
                    line,
                    what: "no known part with its weight",
                });
            };
            weights[at] = weight;
        }
        Ok(Weights(weights))
    }

    /// How likely two names are one.
    pub fn score(&self, words: &NameWords, a: &Name, b: &Name) -> Scored {
        let amounts = amounts(a, b, &words.align(a, b));
        let parts: Vec<Part> = (PARTS.iter().zip(amounts).zip(self.0))
            .filter(|((_, amount), _)| *amount != 0.0)
            .map(|((what, amount), weight)| Part {
                what,
                amount,
                weight: weight * amount,
            })
            .collect();
        let odds: f64 = parts.iter().map(|part| part.weight).sum();
        Scored {
            probability: 1.0 / (1.0 + (-odds).exp()),
            parts,
        }
    }
}

/// How much of each part there is between two names.
fn amounts(a: &Name, b: &Name, alignment: &Alignment) -> [f64; PARTS.len()] {
    let heavy = |words: &[Word]| words.iter().map(|it| it.weight).sum::<f64>().max(1.0);
    let alone = |words: &[Word], of: &[usize]| of.iter().map(|&it| words[it].weight).sum::<f64>();
    let (all_a, all_b) = (heavy(&a.words), heavy(&b.words));
    let least = all_a.min(all_b);
    let (alone_a, alone_b) = (
        alone(&a.words, &alignment.alone_a),
        alone(&b.words, &alignment.alone_b),
    );
    let flag = |it: bool| f64::from(u8::from(it));
    let mut share = [0.0; 4];
    let mut slips = 0.0;
    let mut edits: f64 = 0.0;
    let mut whole: f64 = 0.0;
    let mut joined = false;
    let mut initial_pairs = 0;
    for pair in &alignment.pairs {
        let weight = alone(&a.words, &pair.a).max(alone(&b.words, &pair.b));
        match pair.kin {
            Kin::Same => {}
            Kin::Sound => share[0] += weight,
            Kin::Familiar => share[1] += weight,
            Kin::Near => {
                slips += weight * (1.0 - pair.likeness);
                let letters = |words: &[Word], of: &[usize]| -> usize {
                    of.iter().map(|&it| words[it].plain.chars().count()).sum()
                };
                let longer = letters(&a.words, &pair.a).max(letters(&b.words, &pair.b));
                edits +=
                    f64::from(u32::try_from(longer).unwrap_or(u32::MAX)) * (1.0 - pair.likeness);
            }
            Kin::Initial => initial_pairs += 1,
        }
        joined |= pair.a.len() + pair.b.len() > 2;
        whole += weight;
    }
    let contradicted = alone_a.min(alone_b) / least;
    let left_out = (alone_a - alone_b).abs() / all_a.max(all_b);
    let other = a.kind == NameKind::Other;
    let patronymic = |words: &[Word], of: &[usize]| of.iter().any(|&it| words[it].patronymic);
    let (patr_a, patr_b) = (
        patronymic(&a.words, &alignment.alone_a),
        patronymic(&b.words, &alignment.alone_b),
    );
    let number = |words: &[Word], of: &[usize]| of.iter().any(|&it| words[it].number.is_some());
    let (num_a, num_b) = (
        number(&a.words, &alignment.alone_a),
        number(&b.words, &alignment.alone_b),
    );
    let forms = a.forms.iter().any(|it| b.forms.contains(it));
    let one = a.words.iter().filter(|it| !it.small).count() == 1
        || b.words.iter().filter(|it| !it.small).count() == 1;
    let initial = |words: &[Word], of: &[usize]| of.iter().any(|&it| words[it].initial);
    let initial_differs = !other
        && alone_a.min(alone_b) > 0.0
        && (initial(&a.words, &alignment.alone_a) || initial(&b.words, &alignment.alone_b));
    let person = flag(!other);
    [
        1.0,
        contradicted * person,
        left_out * person,
        slips / least * person,
        share[0] / least,
        share[1] / least,
        flag(initial_pairs > 0),
        flag(joined),
        flag(patr_a != patr_b),
        flag(patr_a && patr_b),
        flag(a.generation.is_some() && b.generation.is_some() && a.generation != b.generation),
        flag(other),
        contradicted * flag(other),
        left_out * flag(other),
        flag(!forms && !a.forms.is_empty() && !b.forms.is_empty()),
        flag(a.forms.is_empty() != b.forms.is_empty()),
        flag(num_a && num_b),
        flag(one && left_out > 0.0),
        slips / least * flag(other),
        flag(whole == 0.0),
        flag(initial_differs),
        flag(num_a != num_b),
        (edits - 2.0).max(0.0),
    ]
}
