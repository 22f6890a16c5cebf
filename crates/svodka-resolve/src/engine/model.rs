//! What agreement weighs, and the pairs that are proposed.

use rayon::prelude::*;

use super::blocking::Blocks;
use super::records::{NONE, Records};
use super::schema::{Field, Schema};
use super::train::{Training, level};

/// How often each level comes, by field, and how often two records mean one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Among records of one thing.
    pub same: Vec<Vec<f64>>,
    /// Among any two records.
    pub chance: Vec<Vec<f64>>,
    /// The share of all pairs that mean one thing.
    pub share: f64,
}

/// What a field says about a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPart {
    /// The field, by its place in the schema.
    pub field: usize,
    /// How it agrees, in words; "omitted" if one record does not tell it, "not told" if neither does.
    pub level: &'static str,
    /// What it adds to the logarithm, to the base 2, of the odds.
    pub bits: f64,
}

/// Two records that may mean one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The record that comes first.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// From 0 to 1.
    pub probability: f64,
}

impl Model {
    /// What is expected before any record is seen.
    pub fn expected(schema: &Schema) -> Model {
        let measures = schema.fields.iter().map(Field::prior);
        let (same, chance) = measures
            .map(|(same, chance)| (same.to_vec(), chance.to_vec()))
            .unzip();
        Model {
            same,
            chance,
            share: 1e-4,
        }
    }

    /// Learned from records.
    pub fn learned(schema: &Schema, records: &Records, training: &Training) -> Model {
        training.learn(schema, records, &Blocks::new(schema, records))
    }

    /// About one pair for every record.
    pub(super) fn share_expected(&self, records: usize) -> f64 {
        2.0 / f64::from(u32::try_from(records).unwrap_or(u32::MAX)).max(4.0)
    }

    /// Makes closer agreement weigh at least as much as looser, for what few pairs say otherwise is chance: neighbouring
    /// levels that contradict this are pooled (the algorithm of pool adjacent violators).
    pub(super) fn order(&mut self) {
        for (same, chance) in self.same.iter_mut().zip(&self.chance) {
            // How many levels, and how often they come.
            let mut pools: Vec<(usize, f64, f64)> = Vec::new();
            for (&of_same, &of_chance) in same.iter().zip(chance) {
                let mut pool = (1, of_same, of_chance);
                while let Some(&(levels, more_same, more_chance)) = pools.last() {
                    if more_same * pool.2 <= pool.1 * more_chance {
                        break;
                    }
                    pool = (pool.0 + levels, pool.1 + more_same, pool.2 + more_chance);
                    pools.pop();
                }
                pools.push(pool);
            }
            let ratios = pools
                .iter()
                .flat_map(|it| std::iter::repeat_n(it.1 / it.2, it.0));
            for ((same, chance), ratio) in same.iter_mut().zip(chance).zip(ratios) {
                *same = ratio * chance;
            }
        }
    }

    /// The likelihood of a pattern, without regard to how rare the values are.
    pub(super) fn of_pattern(&self, pattern: u64) -> f64 {
        let mut odds = self.share / (1.0 - self.share);
        for (field, (same, chance)) in self.same.iter().zip(&self.chance).enumerate() {
            if let Some(level) = level(pattern, field) {
                odds *= same[level] / chance[level];
            }
        }
        odds / (1.0 + odds)
    }

    /// What a field adds at a level; `share` is that of the records that have such a value, if that is to count.
    pub(crate) fn bits(&self, field: usize, level: usize, share: Option<f64>) -> f64 {
        let (same, chance) = (&self.same[field], &self.chance[field]);
        let plain = (same[level] / chance[level]).log2();
        let top = same.len() - 1;
        let Some(share) = share.filter(|_| level > 0) else {
            return plain;
        };
        // Agreement in a common value tells less, though never less than disagreement does, and looser agreement tells no more.
        let rare = (same[top] / share.max(1e-7)).log2();
        let least = (same[0] / chance[0]).log2();
        let bits = if level == top { rare } else { plain.min(rare) };
        bits.max(least)
    }

    /// What each field says about two records.
    pub fn parts(&self, schema: &Schema, records: &Records, a: usize, b: usize) -> Vec<FieldPart> {
        let pattern = records.pattern(schema, a, b);
        let fields = schema.fields.iter().enumerate();
        fields
            .map(|(field, it)| match level(pattern, field) {
                Some(level) => {
                    let share = it.rare_tells.then(|| records.share(field, a, b));
                    FieldPart {
                        field,
                        level: it.measure.levels()[level],
                        bits: self.bits(field, level, share),
                    }
                }
                None => {
                    let ids = &records.columns[field].ids;
                    let neither = ids[a] == NONE && ids[b] == NONE;
                    FieldPart {
                        field,
                        level: if neither { "not told" } else { "omitted" },
                        bits: 0.0,
                    }
                }
            })
            .collect()
    }

    /// How likely two records mean one thing.
    pub fn probability(&self, schema: &Schema, records: &Records, a: usize, b: usize) -> f64 {
        let pattern = records.pattern(schema, a, b);
        let mut bits = (self.share / (1.0 - self.share)).log2();
        for (field, it) in schema.fields.iter().enumerate() {
            if let Some(level) = level(pattern, field) {
                let share = (it.rare_tells && level > 0).then(|| records.share(field, a, b));
                bits += self.bits(field, level, share);
            }
        }
        1.0 / (1.0 + (-bits).exp2())
    }

    /// The pairs that are at least so likely, by their records. The same on any number of threads.
    pub fn propose(&self, schema: &Schema, records: &Records, least: f64) -> Vec<Proposal> {
        let blocks = Blocks::new(schema, records);
        // There are millions of them: numbers of four bytes do until those that were found twice are gone.
        let mut found: Vec<(u32, u32, f64)> = Vec::new();
        let number = |record: usize| u32::try_from(record).unwrap_or(u32::MAX);
        for pass in 0..blocks.passes() {
            let parts = blocks.fold(pass, true, 1, Vec::new, |held: &mut Vec<_>, a, b| {
                let (a, b) = (a.min(b), a.max(b));
                let probability = self.probability(schema, records, a, b);
                if probability >= least {
                    held.push((number(a), number(b), probability));
                }
            });
            found.reserve_exact(parts.iter().map(Vec::len).sum());
            found.extend(parts.into_iter().flatten());
        }
        drop(blocks);
        found.par_sort_unstable_by_key(|&(a, b, _)| (a, b));
        found.dedup_by_key(|&mut (a, b, _)| (a, b));
        let proposals = found.into_iter().map(|(a, b, probability)| Proposal {
            a: a as usize,
            b: b as usize,
            probability,
        });
        proposals.collect()
    }
}
