//! Learns from the records themselves how often each level comes among records of one thing and of any two.

use std::collections::BTreeMap;

use super::blocking::Blocks;
use super::model::Model;
use super::records::Records;
use super::schema::Schema;

/// How a model is learned.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// How many pairs of any two records are looked at.
    pub random_pairs: usize,
    /// How many pairs of each pass are looked at, about.
    pub pass_pairs: usize,
    /// How many pairs what is expected beforehand counts for: few records change it little.
    pub prior_pairs: f64,
    /// How many steps are taken at most.
    pub steps: usize,
}

impl Default for Training {
    fn default() -> Training {
        Training {
            random_pairs: 2_000_000,
            pass_pairs: 300_000,
            prior_pairs: 100.0,
            steps: 40,
        }
    }
}

/// Patterns with how often they come.
pub(super) type Counts = BTreeMap<u64, u64>;

/// Patterns of the pairs of a pass, about `limit` of them.
fn counts(
    schema: &Schema,
    records: &Records,
    blocks: &Blocks,
    pass: usize,
    new_only: bool,
    limit: usize,
) -> Counts {
    let every = blocks.size(pass).div_ceil(limit.max(1));
    let start = hashbrown::HashMap::<u64, u64>::new;
    let parts = blocks.fold(pass, new_only, every, start, |held, a, b| {
        *held.entry(records.pattern(schema, a, b)).or_insert(0) += 1;
    });
    let mut all = Counts::new();
    let every = every.max(1) as u64;
    for (pattern, count) in parts.into_iter().flatten() {
        *all.entry(pattern).or_insert(0) += count * if new_only { every } else { 1 };
    }
    all
}

/// The level of a field in a pattern; `None` if it is not told.
pub(super) fn level(pattern: u64, field: usize) -> Option<usize> {
    usize::try_from((pattern >> (4 * field)) & 15)
        .ok()?
        .checked_sub(1)
}

impl Training {
    /// A model of these records. The same records give the same model, digit for digit, on any number of threads.
    pub(super) fn learn(&self, schema: &Schema, records: &Records, blocks: &Blocks) -> Model {
        let mut model = Model::expected(schema);
        self.learn_chance(schema, records, &mut model);
        let mut learned = vec![Vec::new(); schema.fields.len()];
        for pass in 0..blocks.passes() {
            let counts = counts(schema, records, blocks, pass, false, self.pass_pairs);
            let bound = |field: usize| {
                let pass = &schema.passes[pass];
                pass.0.iter().any(|(it, _)| *it == field)
            };
            let free: Vec<usize> = (0..schema.fields.len()).filter(|&it| !bound(it)).collect();
            let (m, matches) = self.maximise(&model, &counts, &free);
            for (field, m) in free.into_iter().zip(m) {
                learned[field].push((m, matches));
            }
        }
        for (field, found) in learned.into_iter().enumerate() {
            // A pass that finds more pairs of one thing says more; what is expected says something too.
            let prior = schema.fields[field].prior().0;
            let mut sum: Vec<f64> = prior.iter().map(|it| it * self.prior_pairs).collect();
            for (m, matches) in found {
                sum.iter_mut()
                    .zip(m)
                    .for_each(|(sum, m)| *sum += m * matches);
            }
            let all: f64 = sum.iter().sum();
            model.same[field] = sum.into_iter().map(|it| it / all).collect();
        }
        model.order();
        let mut all = Counts::new();
        for pass in 0..blocks.passes() {
            for (pattern, count) in counts(schema, records, blocks, pass, true, self.pass_pairs) {
                *all.entry(pattern).or_insert(0) += count;
            }
        }
        let pairs = records.len() as f64 * (records.len() as f64 - 1.0) / 2.0;
        for _ in 0..self.steps {
            let matches: f64 = all
                .iter()
                .map(|(&pattern, &count)| count as f64 * model.of_pattern(pattern))
                .sum();
            let share = (matches + 1.0) / (pairs + 1.0 / model.share_expected(records.len()));
            let done = (share / model.share - 1.0).abs() < 1e-6;
            model.share = share.clamp(1e-15, 0.5);
            if done {
                break;
            }
        }
        model
    }

    /// How often levels come among any two records: from all pairs, or from some drawn in a fixed way.
    fn learn_chance(&self, schema: &Schema, records: &Records, model: &mut Model) {
        let length = records.len() as u64;
        if length < 2 {
            return;
        }
        let all = length * (length - 1) / 2;
        let mut found: Vec<Vec<f64>> = schema.fields.iter().map(|_| vec![0.0; 16]).collect();
        let mut count = |a: usize, b: usize| {
            let pattern = records.pattern(schema, a, b);
            for (field, found) in found.iter_mut().enumerate() {
                if let Some(level) = level(pattern, field) {
                    found[level] += 1.0;
                }
            }
        };
        if all <= self.random_pairs as u64 {
            for a in 0..records.len() {
                (a + 1..records.len()).for_each(|b| count(a, b));
            }
        } else {
            let mut state = 1_u64;
            let mut draw = || {
                // Knuth's MMIX; the upper bits are the good ones.
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                usize::try_from((state >> 33) % length).unwrap_or(0)
            };
            for _ in 0..self.random_pairs {
                let (a, b) = (draw(), draw());
                if a != b {
                    count(a, b);
                }
            }
        }
        for (field, found) in found.into_iter().enumerate() {
            let prior = schema.fields[field].prior().1;
            let all: f64 = found.iter().sum::<f64>() + self.prior_pairs;
            let share =
                |(level, prior): (usize, &f64)| (found[level] + prior * self.prior_pairs) / all;
            model.chance[field] = prior.iter().enumerate().map(share).collect();
        }
    }

    /// Expectation and maximisation over the patterns of one pass, for the fields that it leaves free. What is returned is
    /// how often each level comes among pairs of one thing, and how many such pairs there are.
    fn maximise(&self, model: &Model, counts: &Counts, free: &[usize]) -> (Vec<Vec<f64>>, f64) {
        let pairs: f64 = counts.values().map(|&it| it as f64).sum();
        let mut same: Vec<Vec<f64>> = free.iter().map(|&it| model.same[it].clone()).collect();
        let prior = same.clone();
        let mut chance: Vec<Vec<f64>> = free.iter().map(|&it| model.chance[it].clone()).collect();
        let mut share: f64 = 0.3;
        for _ in 0..self.steps {
            let scaled = |from: &[Vec<f64>], by: f64| -> Vec<Vec<f64>> {
                from.iter()
                    .map(|it| it.iter().map(|it| it * by).collect())
                    .collect()
            };
            let mut sums = scaled(&prior, self.prior_pairs);
            let mut others = scaled(&chance, self.prior_pairs);
            let mut matches = 0.0;
            for (&pattern, &count) in counts {
                let mut odds = share / (1.0 - share);
                for (at, &field) in free.iter().enumerate() {
                    if let Some(level) = level(pattern, field) {
                        odds *= same[at][level] / chance[at][level];
                    }
                }
                let likely = odds / (1.0 + odds);
                let weight = likely * count as f64;
                matches += weight;
                for (at, &field) in free.iter().enumerate() {
                    if let Some(level) = level(pattern, field) {
                        sums[at][level] += weight;
                        others[at][level] += count as f64 - weight;
                    }
                }
            }
            let normalise = |of: Vec<Vec<f64>>| -> Vec<Vec<f64>> {
                let shares = of.into_iter().map(|it| {
                    let all: f64 = it.iter().sum();
                    it.into_iter().map(|it| it / all).collect()
                });
                shares.collect()
            };
            same = normalise(sums);
            // Pairs of a pass are no random pairs, even where they mean two things.
            chance = normalise(others);
            let next = (matches / pairs.max(1.0)).clamp(1e-6, 1.0 - 1e-6);
            let done = (next - share).abs() < 1e-7;
            share = next;
            if done {
                break;
            }
        }
        (same, share * pairs)
    }
}
