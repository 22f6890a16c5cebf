//! The network that scores the moves of a transition system.
//!
//! Its lower layer is linear in the tokens a state looks at, so each token's share is computed
//! beforehand for every place it may stand in, and a state only adds up shares.

use crate::cpu::Cpu;
use crate::error::Error;
use crate::network::product::{MAX_PIECES, Product, Rows};
use crate::weights::{Layer, ModelFile};

/// Scores moves from the tokens a state looks at.
#[derive(Debug)]
pub(crate) struct Scorer {
    reduce: Product,
    share: Product,
    slots: usize,
    hidden: usize,
    pieces: usize,
    /// What stands in for a missing token, slot after slot.
    missing: Vec<f32>,
    bias: Vec<f32>,
    upper: Product,
}

/// The layers a file may have, beside those below it, for a [`Scorer`] to be read from it.
pub(crate) const LAYERS: [&str; 4] = [
    "parser_model",
    "precomputable_affine",
    "linear",
    "list2array",
];

/// Scores the states of one document.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    scorer: &'a Scorer,
    /// The token vectors of the document.
    vectors: &'a [f32],
    space: &'a mut Space,
}

/// Memory for scoring, kept between documents.
#[derive(Debug, Default)]
pub(crate) struct Space {
    /// The blocks whose shares are at hand, and which they are.
    blocks: Vec<(usize, Vec<f32>)>,
    /// For each block of the document, where it stands in `blocks`, if it still does.
    places: Vec<usize>,
    /// Which of `blocks` goes next.
    oldest: usize,
    reduced: Vec<f32>,
    sums: Vec<f32>,
    hidden: Vec<f32>,
    scores: Vec<f32>,
}

/// How many tokens' shares are computed together.
const BLOCK: usize = 64;

/// How many blocks of shares are kept. A state looks at few tokens, mostly of one sentence, so a
/// long document's shares need not all be in memory; those of a token far back are computed again.
/// More than the slots of any state, or its tokens would drive each other out.
const KEPT: usize = 16;

impl Scorer {
    /// Takes the scorer out of a parser's file. Its states look at `slots` tokens, its token vectors
    /// have `width` numbers, and it scores `moves` moves.
    pub(crate) fn load(
        file: &ModelFile,
        slots: usize,
        width: usize,
        moves: usize,
    ) -> Result<Self, Error> {
        let lower = file.only("precomputable_affine")?;
        let ([own_slots, hidden, pieces, inner], weights) = file.array::<4>(lower, "W")?;
        if own_slots != slots {
            let what = format!("states of {own_slots} tokens, where {slots} are known");
            return Err(Error::unsupported(file.path(), what));
        }
        if pieces > MAX_PIECES {
            let what = format!("a maxout of {pieces} pieces");
            return Err(Error::unsupported(file.path(), what));
        }
        // The two linear layers stand in walk order: the upper one first, as it is nearer the root.
        let mut linear = file.named("linear");
        let (Some(upper), Some(reduce), None) = (linear.next(), linear.next(), linear.next())
        else {
            return Err(file.malformed("not two linear layers"));
        };
        let bias = file.shaped(lower, "b", [hidden, pieces])?;
        let missing = file.shaped(lower, "pad", [1, slots, hidden, pieces])?;
        // Pieces are moved apart, so that the greatest is found between whole vectors.
        let apart = |row: usize| {
            let (unit, piece) = (row / pieces % hidden, row % pieces);
            (row / (hidden * pieces) * pieces + piece) * hidden + unit
        };
        let mut share = vec![0.0; weights.len()];
        for (row, values) in weights.chunks_exact(inner).enumerate() {
            share[apart(row) * inner..][..inner].copy_from_slice(values);
        }
        let rearranged = |values: &[f32]| {
            let mut moved = vec![0.0; values.len()];
            for (row, &value) in values.iter().enumerate() {
                moved[apart(row)] = value;
            }
            moved
        };
        let no_bias = vec![0.0; slots * hidden * pieces];
        Ok(Self {
            reduce: linear_layer(file, reduce, [inner, width], Product::linear)?,
            share: Product::linear(file.cpu(), &share, &no_bias, inner),
            slots,
            hidden,
            pieces,
            missing: rearranged(missing),
            bias: rearranged(bias),
            upper: linear_layer(file, upper, [moves, hidden], Product::linear_for_one)?,
        })
    }

    /// How many numbers the shares of a token have.
    fn stride(&self) -> usize {
        self.slots * self.hidden * self.pieces
    }

    /// Begins a document whose token vectors are `vectors`.
    pub(crate) fn read<'a>(&'a self, vectors: &'a [f32], space: &'a mut Space) -> Reader<'a> {
        let tokens = vectors.len() / self.reduce.inputs();
        space.places.clear();
        space.places.resize(tokens.div_ceil(BLOCK), usize::MAX);
        for (block, _) in &mut space.blocks {
            *block = usize::MAX;
        }
        space.oldest = 0;
        space.hidden.resize(self.hidden, 0.0);
        space.scores.resize(self.upper.outputs(), 0.0);
        Reader {
            scorer: self,
            vectors,
            space,
        }
    }
}

fn linear_layer(
    file: &ModelFile,
    layer: &Layer,
    [outputs, inputs]: [usize; 2],
    layout: fn(Cpu, &[f32], &[f32], usize) -> Product,
) -> Result<Product, Error> {
    let weights = file.shaped(layer, "W", [outputs, inputs])?;
    let bias = file.shaped(layer, "b", [outputs])?;
    Ok(layout(file.cpu(), weights, bias, inputs))
}

impl Reader<'_> {
    /// Scores every move in a state that looks at `tokens`, one for each slot.
    pub(crate) fn score<const N: usize>(&mut self, tokens: [Option<usize>; N]) -> &[f32] {
        const { assert!(N < KEPT) };
        let scorer = self.scorer;
        for token in tokens.into_iter().flatten() {
            self.fetch(token / BLOCK, &tokens);
        }
        let Space {
            blocks,
            places,
            sums,
            hidden,
            scores,
            ..
        } = &mut *self.space;
        let length = scorer.hidden * scorer.pieces;
        sums.clear();
        sums.resize(length, 0.0);
        for (slot, token) in tokens.into_iter().enumerate().take(scorer.slots) {
            let share = match token {
                Some(token) => {
                    let (_, shares) = &blocks[places[token / BLOCK]];
                    &shares[(token % BLOCK) * scorer.stride() + slot * length..][..length]
                }
                None => &scorer.missing[slot * length..][..length],
            };
            for (sum, share) in sums.iter_mut().zip(share) {
                *sum += share;
            }
        }
        for (sum, bias) in sums.iter_mut().zip(&scorer.bias) {
            *sum += bias;
        }
        let (first, rest) = sums.split_at(scorer.hidden);
        hidden.copy_from_slice(first);
        for piece in rest.chunks_exact(scorer.hidden) {
            for (greatest, &value) in hidden.iter_mut().zip(piece) {
                // Not a branch: this runs for every move, and so it becomes a vector instruction.
                *greatest = if value > *greatest { value } else { *greatest };
            }
        }
        scorer.upper.apply_one(hidden, scores);
        scores
    }

    /// Sees to it that the shares of a block of tokens are at hand, and stay so for those of `tokens`.
    fn fetch(&mut self, block: usize, tokens: &[Option<usize>]) {
        let space = &mut *self.space;
        if space.places[block] != usize::MAX {
            return;
        }
        let needed = |held: usize| tokens.iter().flatten().any(|token| token / BLOCK == held);
        let mut place = space.oldest % KEPT;
        while space
            .blocks
            .get(place)
            .is_some_and(|&(held, _)| needed(held))
        {
            place = (place + 1) % KEPT;
        }
        space.oldest = place + 1;
        if place >= space.blocks.len() {
            place = space.blocks.len();
            space.blocks.push((usize::MAX, Vec::new()));
        }
        let (held, shares) = &mut space.blocks[place];
        if let Some(held) = space.places.get_mut(*held) {
            *held = usize::MAX;
        }
        *held = block;
        space.places[block] = place;

        let scorer = self.scorer;
        let width = scorer.reduce.inputs();
        let from = block * BLOCK * width;
        let until = (from + BLOCK * width).min(self.vectors.len());
        let rows = Rows {
            values: &self.vectors[from..until],
            stride: width,
            count: (until - from) / width,
        };
        space
            .reduced
            .resize(rows.count * scorer.reduce.outputs(), 0.0);
        scorer.reduce.apply(rows, &mut space.reduced);
        let rows = Rows {
            values: &space.reduced,
            stride: scorer.reduce.outputs(),
            ..rows
        };
        shares.resize(rows.count * scorer.stride(), 0.0);
        scorer.share.apply(rows, shares);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample;

    /// More tokens than there is room for the shares of.
    const TOKENS: usize = BLOCK * KEPT * 3 + 7;

    fn scorer() -> Scorer {
        let folder = tempfile::tempdir().unwrap();
        sample::write(folder.path());
        let file = ModelFile::load(&folder.path().join("parser/model"), Cpu::best()).unwrap();
        Scorer::load(&file, 8, sample::WIDTH as usize, 7).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn the_scores_of_a_state_do_not_depend_on_the_states_before(
            states in prop::collection::vec(
                prop::array::uniform8(prop::option::weighted(0.9, 0..TOKENS)),
                1..40,
            ),
        ) {
            let scorer = scorer();
            let width = sample::WIDTH as usize;
            let vectors: Vec<f32> = (0..TOKENS * width).map(|index| (index % 97) as f32).collect();
            let mut space = Space::default();
            let mut reader = scorer.read(&vectors, &mut space);
            for tokens in states {
                let mut fresh = Space::default();
                let expected = scorer.read(&vectors, &mut fresh).score(tokens).to_vec();
                prop_assert_eq!(reader.score(tokens), &expected);
            }
        }
    }
}
