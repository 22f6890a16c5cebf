//! Which records are compared at all.

use std::ops::Range;

use rayon::prelude::*;

use super::records::Records;
use super::schema::Schema;

/// Records sorted by their keys, for each pass.
pub(super) struct Blocks {
    passes: Vec<Sorted>,
    cap: usize,
}

struct Sorted {
    /// For each record; 0 is none.
    keys: Vec<u64>,
    /// For each record whether all of its block are compared.
    whole: Vec<bool>,
    /// The records that have a key, by key and number.
    order: Vec<u32>,
    /// The blocks with more than one record.
    blocks: Vec<Range<usize>>,
}

impl Blocks {
    pub fn new(schema: &Schema, records: &Records) -> Blocks {
        let sorted = schema.passes.par_iter().map(|pass| {
            let keys = records.keys(pass);
            let mut order: Vec<u32> = (0..u32::try_from(keys.len()).unwrap_or(u32::MAX))
                .filter(|&it| keys[it as usize] != 0)
                .collect();
            order.sort_unstable_by_key(|&it| (keys[it as usize], it));
            let mut blocks = Vec::new();
            let mut whole = vec![false; keys.len()];
            let mut from = 0;
            for block in order.chunk_by(|&a, &b| keys[a as usize] == keys[b as usize]) {
                if block.len() > 1 {
                    blocks.push(from..from + block.len());
                }
                if block.len() <= schema.block_cap + 1 {
                    block.iter().for_each(|&it| whole[it as usize] = true);
                }
                from += block.len();
            }
            Sorted {
                keys,
                whole,
                order,
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
                        let seen = |it: &Sorted| {
                            it.keys[a] != 0 && it.keys[a] == it.keys[b] && it.whole[a]
                        };
                        if new_only && self.passes[..pass].iter().any(seen) {
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
