//! Which records are compared at all.

use std::ops::Range;

use rayon::prelude::*;

use super::records::{Keys, Records};
use super::schema::Schema;

/// Records sorted by their keys, for each pass.
pub(super) struct Blocks {
    passes: Vec<Sorted>,
    cap: usize,
}

struct Sorted {
    /// For each record.
    keys: Keys,
    /// The keys of blocks too large for all in them to be compared.
    large: hashbrown::HashSet<u64>,
    /// The records by their keys and numbers, once for each key.
    order: Vec<u32>,
    /// The blocks with more than one record.
    blocks: Vec<Range<usize>>,
}

impl Sorted {
    /// Whether two records are compared in this pass, for all that is known without looking at windows.
    fn compares(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.keys.of(a), self.keys.of(b));
        let common = a.iter().filter(|it| b.contains(it));
        common.into_iter().any(|it| !self.large.contains(it))
    }
}

impl Blocks {
    pub fn new(schema: &Schema, records: &Records) -> Blocks {
        let sorted = schema.passes.par_iter().map(|pass| {
            let keys = records.keys(pass);
            let mut entries: Vec<(u64, u32)> = Vec::with_capacity(keys.len());
            for record in 0..keys.len() {
                let number = u32::try_from(record).unwrap_or(u32::MAX);
                entries.extend(keys.of(record).iter().map(|&key| (key, number)));
            }
            entries.sort_unstable();
            let mut blocks = Vec::new();
            let mut large = hashbrown::HashSet::new();
            let mut from = 0;
            for block in entries.chunk_by(|a, b| a.0 == b.0) {
                if block.len() > 1 {
                    blocks.push(from..from + block.len());
                }
                if block.len() > schema.block_cap + 1 {
                    large.insert(block[0].0);
                }
                from += block.len();
            }
            Sorted {
                keys,
                large,
                order: entries.into_iter().map(|(_, record)| record).collect(),
                blocks,
            }
        });
        Blocks {
            passes: sorted.collect(),
            cap: schema.block_cap,
        }
    }

    pub fn passes(&self) -> usize {
        self.passes.len()
    }

    /// Folds over the pairs of one pass, in parallel over stretches of blocks; the results come in the order of the blocks.
    /// With `new_only`, pairs that an earlier pass compares are left out. Of the blocks every `every`-th is taken.
    pub fn fold<T: Send>(
        &self,
        pass: usize,
        new_only: bool,
        every: usize,
        start: impl Fn() -> T + Sync,
        step: impl Fn(&mut T, usize, usize) + Sync,
    ) -> Vec<T> {
        let sorted = &self.passes[pass];
        let taken: Vec<&Range<usize>> = sorted.blocks.iter().step_by(every.max(1)).collect();
        let stretch = taken.len().div_ceil(256).max(1);
        let of_stretch = |blocks: &[&Range<usize>]| {
            let mut held = start();
            for &block in blocks {
                let block = &sorted.order[block.clone()];
                for (at, &a) in block.iter().enumerate() {
                    for &b in block[at + 1..].iter().take(self.cap) {
                        let (a, b) = (a as usize, b as usize);
                        if new_only && self.passes[..pass].iter().any(|it| it.compares(a, b)) {
                            continue;
                        }
                        step(&mut held, a, b);
                    }
                }
            }
            held
        };
        taken.par_chunks(stretch).map(of_stretch).collect()
    }

    /// How many pairs a pass compares.
    pub fn size(&self, pass: usize) -> usize {
        let cap = self.cap;
        let pairs = |it: &Range<usize>| {
            let long = it.len().saturating_sub(1);
            let window = long.min(cap);
            // The last of a block have fewer that follow them.
            window * (window + 1) / 2 + (long - window) * window
        };
        self.passes[pass].blocks.iter().map(pairs).sum()
    }
}
