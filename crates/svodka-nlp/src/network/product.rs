//! The matrix product, with weights laid out once for the processor at hand.
//!
//! Each output number is one chain of fused multiply-adds over the inputs in order, whatever the
//! vector width and however many rows are multiplied at once. So the result of a row depends on
//! that row alone, and is the same on every machine. The general libraries do not promise this:
//! they split long sums by cache size and choose other kernels for small matrices.

use pulp::{Simd, WithSimd};

use crate::cpu::{Cpu, fused};

/// A weight matrix, its bias and what is done with the products.
#[derive(Debug)]
pub(crate) struct Product {
    cpu: Cpu,
    inputs: usize,
    outputs: usize,
    /// How many vectors of outputs a panel holds; for a maxout, the pieces.
    vectors: usize,
    maxout: bool,
    lanes: usize,
    /// One panel after another; in a panel, for each input, `vectors` vectors of weights.
    weights: Aligned,
    /// One panel after another, `vectors` vectors each.
    bias: Aligned,
}

/// Rows of numbers that may overlap: row `i` is `width` numbers from `i * stride`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    /// The numbers.
    pub(crate) values: &'a [f32],
    /// How far apart rows begin.
    pub(crate) stride: usize,
    /// How many rows there are.
    pub(crate) count: usize,
}

impl Product {
    /// Outputs `weights · input + bias`, with `weights` of as many rows as `bias` has numbers.
    ///
    /// Laid out for many rows at once: narrow panels leave registers for more rows.
    pub(crate) fn linear(cpu: Cpu, weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let vectors = match bias.len().div_ceil(cpu.dispatch(Lanes)) {
            few @ ..=4 => few,
            _ => 3,
        };
        Self::linear_for(cpu, weights, bias, inputs, vectors)
    }

    /// Like [`Product::linear`], laid out for one row at a time: wide panels keep enough sums going.
    pub(crate) fn linear_for_one(cpu: Cpu, weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let vectors = bias.len().div_ceil(cpu.dispatch(Lanes)).min(MAX_VECTORS);
        Self::linear_for(cpu, weights, bias, inputs, vectors)
    }

    fn linear_for(cpu: Cpu, weights: &[f32], bias: &[f32], inputs: usize, vectors: usize) -> Self {
        let outputs = bias.len();
        let lanes = cpu.dispatch(Lanes);
        let mut product = Self::empty(cpu, inputs, outputs, vectors, false);
        product.pack(|panel, vector, lane| {
            let output = (panel * vectors + vector) * lanes + lane;
            (output < outputs).then(|| (&weights[output * inputs..][..inputs], bias[output]))
        });
        product
    }

    /// Outputs the greatest of `pieces` linear outputs; the rows of `weights` are grouped by output.
    ///
    /// `pieces` is at most [`MAX_PIECES`].
    pub(crate) fn maxout(
        cpu: Cpu,
        weights: &[f32],
        bias: &[f32],
        inputs: usize,
        pieces: usize,
    ) -> Self {
        let outputs = bias.len() / pieces;
        let lanes = cpu.dispatch(Lanes);
        let mut product = Self::empty(cpu, inputs, outputs, pieces, true);
        product.pack(|panel, piece, lane| {
            let output = panel * lanes + lane;
            let row = output * pieces + piece;
            (output < outputs).then(|| (&weights[row * inputs..][..inputs], bias[row]))
        });
        product
    }

    fn empty(cpu: Cpu, inputs: usize, outputs: usize, vectors: usize, maxout: bool) -> Self {
        let lanes = cpu.dispatch(Lanes);
        let width = vectors * lanes;
        let panels = outputs.div_ceil(if maxout { lanes } else { width });
        Self {
            cpu,
            inputs,
            outputs,
            vectors,
            maxout,
            lanes,
            weights: Aligned::zeros(panels * inputs * width),
            bias: Aligned::zeros(panels * width),
        }
    }

    /// Fills the panels; `source` says which weights and bias belong to a panel, vector and lane.
    fn pack<'w>(&mut self, source: impl Fn(usize, usize, usize) -> Option<(&'w [f32], f32)>) {
        let width = self.vectors * self.lanes;
        let panels = self
            .weights
            .values_mut()
            .chunks_exact_mut(self.inputs * width);
        let biases = self.bias.values_mut().chunks_exact_mut(width);
        for (panel, (lines, biases)) in panels.zip(biases).enumerate() {
            for column in 0..width {
                let Some((row, bias)) = source(panel, column / self.lanes, column % self.lanes)
                else {
                    continue;
                };
                for (line, &weight) in lines.chunks_exact_mut(width).zip(row) {
                    line[column] = weight;
                }
                biases[column] = bias;
            }
        }
    }

    /// How many numbers a row has that is multiplied.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// How many numbers a row of the result has.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiplies every row of `rows` into `result`, row after row.
    pub(crate) fn apply(&self, rows: Rows<'_>, result: &mut [f32]) {
        debug_assert_eq!(result.len(), rows.count * self.outputs);
        macro_rules! run {
            ($vectors:literal) => {
                self.cpu.dispatch(Multiply::<$vectors> {
                    product: self,
                    rows,
                    result,
                })
            };
        }
        match self.vectors {
            1 => run!(1),
            2 => run!(2),
            3 => run!(3),
            4 => run!(4),
            5 => run!(5),
            6 => run!(6),
            7 => run!(7),
            _ => run!(8),
        }
    }

    /// Multiplies one row.
    pub(crate) fn apply_one(&self, row: &[f32], result: &mut [f32]) {
        let rows = Rows {
            values: row,
            stride: row.len(),
            count: 1,
        };
        self.apply(rows, result);
    }
}

/// The widest panel there is a kernel for, in vectors.
const MAX_VECTORS: usize = 8;

/// The most pieces a maxout may have.
pub(crate) const MAX_PIECES: usize = MAX_VECTORS;

struct Lanes;

impl WithSimd for Lanes {
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> usize {
        S::F32_LANES
    }
}

struct Multiply<'a, const V: usize> {
    product: &'a Product,
    rows: Rows<'a>,
    result: &'a mut [f32],
}

impl<const V: usize> WithSimd for Multiply<'_, V> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        if self.product.lanes != S::F32_LANES || self.product.vectors != V {
            return;
        }
        // As many rows at once as leave every sum in a register, beside a panel's line of weights, a
        // row's value and one to spare: a sum that must go to memory at every step takes three times as long.
        let registers = if S::F32_LANES == 8 { 16 } else { 32 };
        let tall = (registers - V - 2) / V;
        let mut from = 0;
        if tall >= 8 {
            from = self.blocks::<S, 8>(simd, from);
        }
        if tall >= 4 {
            from = self.blocks::<S, 4>(simd, from);
        }
        if tall >= 3 {
            from = self.blocks::<S, 3>(simd, from);
        }
        if tall >= 2 {
            from = self.blocks::<S, 2>(simd, from);
        }
        self.blocks::<S, 1>(simd, from);
    }
}

impl<'a, const V: usize> Multiply<'a, V> {
    /// Multiplies whole blocks of `R` rows from row `from` on and says where it stopped.
    #[inline(always)]
    fn blocks<S: Simd, const R: usize>(&mut self, simd: S, mut from: usize) -> usize {
        if from + R > self.rows.count {
            return from;
        }
        let inputs = self.product.inputs;
        let panel_length = inputs * V * S::F32_LANES;
        // Rows are turned so that the inputs of a step lie together. A single row lies so already.
        let mut turned = vec![[0.0_f32; R]; if R == 1 { 0 } else { inputs }];
        while from + R <= self.rows.count {
            for (row, values) in (from..from + R).map(|row| self.row(row)).enumerate() {
                for (column, &value) in turned.iter_mut().zip(values) {
                    column[row] = value;
                }
            }
            let rows = match R {
                1 => self.row(from).as_chunks::<R>().0,
                _ => &turned[..],
            };
            let weights = self.product.weights.values().chunks_exact(panel_length);
            let bias = self.product.bias.values().chunks_exact(V * S::F32_LANES);
            for (panel, (weights, bias)) in weights.zip(bias).enumerate() {
                let sums = tile::<S, R, V>(simd, rows, weights, bias);
                self.store::<S, R>(simd, panel, from, &sums);
            }
            from += R;
        }
        from
    }

    #[inline(always)]
    fn row(&self, index: usize) -> &'a [f32] {
        &self.rows.values[index * self.rows.stride..][..self.product.inputs]
    }

    #[inline(always)]
    fn store<S: Simd, const R: usize>(
        &mut self,
        simd: S,
        panel: usize,
        from: usize,
        sums: &[[S::f32s; V]; R],
    ) {
        let outputs = self.product.outputs;
        for (row, sums) in sums.iter().enumerate() {
            let row = &mut self.result[(from + row) * outputs..][..outputs];
            if self.product.maxout {
                let mut greatest = sums[0];
                for &sum in &sums[1..] {
                    greatest = simd.max_f32s(greatest, sum);
                }
                write::<S>(simd, row, panel * S::F32_LANES, greatest);
            } else {
                for (vector, &sum) in sums.iter().enumerate() {
                    write::<S>(simd, row, (panel * V + vector) * S::F32_LANES, sum);
                }
            }
        }
    }
}

/// Sums the products of `R` rows with one panel.
#[inline(always)]
fn tile<S: Simd, const R: usize, const V: usize>(
    simd: S,
    rows: &[[f32; R]],
    weights: &[f32],
    bias: &[f32],
) -> [[S::f32s; V]; R] {
    let mut sums = [[simd.splat_f32s(0.0); V]; R];
    let (weights, _) = S::as_simd_f32s(weights).0.as_chunks::<V>();
    for (values, weights) in rows.iter().zip(weights) {
        for row in 0..R {
            let value = simd.splat_f32s(values[row]);
            for vector in 0..V {
                sums[row][vector] = fused(simd, value, weights[vector], sums[row][vector]);
            }
        }
    }
    let bias = S::as_simd_f32s(bias).0;
    for row in &mut sums {
        for (sum, &bias) in row.iter_mut().zip(bias) {
            *sum = simd.add_f32s(*sum, bias);
        }
    }
    sums
}

/// Stores a vector at `at`, as far as the row reaches.
#[inline(always)]
fn write<S: Simd>(simd: S, row: &mut [f32], at: usize, vector: S::f32s) {
    let Some(space) = row.get_mut(at..) else {
        return;
    };
    let length = space.len().min(S::F32_LANES);
    simd.partial_store_f32s(&mut space[..length], vector);
}

/// Numbers that begin on a cache line, so that no vector straddles two.
#[derive(Debug)]
struct Aligned {
    storage: Vec<f32>,
    offset: usize,
    length: usize,
}

impl Aligned {
    fn zeros(length: usize) -> Self {
        const LINE: usize = 64;
        let storage = vec![0.0; length + LINE / size_of::<f32>()];
        // `align_offset` may refuse; alignment is only for speed.
        let offset = storage
            .as_ptr()
            .align_offset(LINE)
            .min(LINE / size_of::<f32>());
        Self {
            storage,
            offset,
            length,
        }
    }

    fn values(&self) -> &[f32] {
        &self.storage[self.offset..][..self.length]
    }

    fn values_mut(&mut self) -> &mut [f32] {
        &mut self.storage[self.offset..][..self.length]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the product promises, number by number.
    fn chain(weights: &[f32], bias: f32, row: &[f32]) -> f32 {
        let products = weights.iter().zip(row);
        products.fold(0.0_f32, |sum, (&weight, &value)| value.mul_add(weight, sum)) + bias
    }

    fn numbers(seed: u32, count: usize) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    proptest! {
        #[test]
        fn a_linear_output_is_one_chain_of_fused_products(
            inputs in 1_usize..40,
            outputs in 1_usize..150,
            vectors in 1..=MAX_VECTORS,
            count in 0_usize..20,
            seed: u32,
        ) {
            let weights = numbers(seed, inputs * outputs);
            let bias = numbers(seed ^ 1, outputs);
            let values = numbers(seed ^ 2, inputs * count);
            let expected: Vec<f32> = values
                .chunks_exact(inputs)
                .flat_map(|row| {
                    let rows = weights.chunks_exact(inputs).zip(&bias);
                    rows.map(|(weights, &bias)| chain(weights, bias, row)).collect::<Vec<_>>()
                })
                .collect();
            let mut products = vec![
                Product::linear(Cpu::best(), &weights, &bias, inputs),
                Product::linear_for_one(Cpu::best(), &weights, &bias, inputs),
            ];
            for cpu in Cpu::available() {
                products.push(Product::linear_for(cpu, &weights, &bias, inputs, vectors));
            }
            for product in products {
                let mut result = vec![0.0; outputs * count];
                product.apply(Rows { values: &values, stride: inputs, count }, &mut result);
                prop_assert_eq!(&result, &expected);
            }
        }

        #[test]
        fn a_maxout_output_is_the_greatest_of_its_pieces_and_rows_may_overlap(
            stride in 1_usize..12,
            overlap in 1_usize..4,
            outputs in 1_usize..50,
            pieces in 1..=MAX_PIECES,
            count in 1_usize..20,
            seed: u32,
        ) {
            let inputs = stride * overlap;
            let weights = numbers(seed, inputs * outputs * pieces);
            let bias = numbers(seed ^ 1, outputs * pieces);
            let values = numbers(seed ^ 2, stride * (count - 1) + inputs);
            let piece = |row: &[f32], index: usize| {
                chain(&weights[index * inputs..][..inputs], bias[index], row)
            };
            let mut expected = Vec::new();
            for row in 0..count {
                let row = &values[row * stride..][..inputs];
                for output in 0..outputs {
                    let pieces = (0..pieces).map(|offset| piece(row, output * pieces + offset));
                    expected.extend(pieces.reduce(f32::max));
                }
            }
            for cpu in Cpu::available() {
                let product = Product::maxout(cpu, &weights, &bias, inputs, pieces);
                let mut result = vec![0.0; outputs * count];
                product.apply(Rows { values: &values, stride, count }, &mut result);
                prop_assert_eq!(&result, &expected);
            }
        }
    }
}
