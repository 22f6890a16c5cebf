//! The network that scores the moves of a transition system.
//!
//! Its lower layer is linear in the tokens a state looks at, so each token's share is computed
//! beforehand for every place it may stand in, and a state only adds up shares.

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

/// The shares of the tokens of one document.
#[derive(Debug)]
pub(crate) struct Shares<'a> {
    scorer: &'a Scorer,
    values: &'a [f32],
}

/// Space for the scores of one state, kept between states.
#[derive(Debug)]
pub(crate) struct Scores {
    sums: Vec<f32>,
    hidden: Vec<f32>,
    values: Vec<f32>,
}

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
            share: Product::linear(&share, &no_bias, inner),
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

    /// The shares of the tokens whose vectors are `vectors`.
    pub(crate) fn shares(&self, vectors: &[f32], width: usize) -> Vec<f32> {
        let count = vectors.len() / width;
        let mut reduced = vec![0.0; count * self.reduce.outputs()];
        let rows = Rows {
            values: vectors,
            stride: width,
            count,
        };
        self.reduce.apply(rows, &mut reduced);
        let mut shares = vec![0.0; count * self.stride()];
        let rows = Rows {
            values: &reduced,
            stride: self.reduce.outputs(),
            count,
        };
        self.share.apply(rows, &mut shares);
        shares
    }

    /// The part of [`Scorer::shares`] that belongs to the tokens from `from` to `to`.
    pub(crate) fn slice<'a>(&'a self, shares: &'a [f32], from: usize, to: usize) -> Shares<'a> {
        Shares {
            scorer: self,
            values: &shares[from * self.stride()..to * self.stride()],
        }
    }

    /// Space for scores.
    pub(crate) fn space(&self) -> Scores {
        Scores {
            sums: vec![0.0; self.hidden * self.pieces],
            hidden: vec![0.0; self.hidden],
            values: vec![0.0; self.upper.outputs()],
        }
    }
}

fn linear_layer(
    file: &ModelFile,
    layer: &Layer,
    [outputs, inputs]: [usize; 2],
    layout: fn(&[f32], &[f32], usize) -> Product,
) -> Result<Product, Error> {
    let weights = file.shaped(layer, "W", [outputs, inputs])?;
    let bias = file.shaped(layer, "b", [outputs])?;
    Ok(layout(weights, bias, inputs))
}

impl Shares<'_> {
    /// Scores every move in a state that looks at `tokens`, one for each slot.
    pub(crate) fn score<'s, const N: usize>(
        &self,
        tokens: [Option<usize>; N],
        space: &'s mut Scores,
    ) -> &'s [f32] {
        let scorer = self.scorer;
        let length = scorer.hidden * scorer.pieces;
        space.sums.fill(0.0);
        for (slot, token) in tokens.into_iter().enumerate().take(scorer.slots) {
            let share = match token {
                Some(token) => &self.values[token * scorer.stride() + slot * length..][..length],
                None => &scorer.missing[slot * length..][..length],
            };
            for (sum, share) in space.sums.iter_mut().zip(share) {
                *sum += share;
            }
        }
        for (sum, bias) in space.sums.iter_mut().zip(&scorer.bias) {
            *sum += bias;
        }
        let (first, rest) = space.sums.split_at(scorer.hidden);
        space.hidden.copy_from_slice(first);
        for piece in rest.chunks_exact(scorer.hidden) {
            for (greatest, &value) in space.hidden.iter_mut().zip(piece) {
                if value > *greatest {
                    *greatest = value;
                }
            }
        }
        scorer.upper.apply_one(&space.hidden, &mut space.values);
        &space.values
    }
}
