//! The matrix product, with weights laid out once for the processor at hand.
//!
//! Each output number is one chain of fused multiply-adds over the inputs in order, whatever the
//! vector width and however many rows are multiplied at once. So the result of a row depends on
//! that row alone, and is the same on every machine. The general libraries do not promise this:
//! they split long sums by cache size and choose other kernels for small matrices.

use pulp::{Arch, Simd, WithSimd};

/// A weight matrix, its bias and what is done with the products.
#[derive(Debug)]
pub(crate) struct Product {
    arch: Arch,
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
    /// Outputs `weights · input + bias`, with `weights` of `outputs` rows and `inputs` columns.
    ///
    /// Laid out for many rows at once: narrow panels leave registers for more rows.
    pub(crate) fn linear(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let vectors = match bias.len().div_ceil(Arch::new().dispatch(Lanes)) {
            few @ ..=4 => few,
            _ => 3,
        };
        Self::linear_of(weights, bias, inputs, vectors)
    }

    /// Like [`Product::linear`], laid out for one row at a time: wide panels keep enough sums going.
    pub(crate) fn linear_for_one(weights: &[f32], bias: &[f32], inputs: usize) -> Self {
        let vectors = bias.len().div_ceil(Arch::new().dispatch(Lanes));
        Self::linear_of(weights, bias, inputs, vectors.min(MAX_VECTORS))
    }

    fn linear_of(weights: &[f32], bias: &[f32], inputs: usize, vectors: usize) -> Self {
        let outputs = bias.len();
        let lanes = Arch::new().dispatch(Lanes);
        Self::pack(
            inputs,
            outputs,
            vectors,
            lanes,
            false,
            |panel, vector, lane| {
                let output = (panel * vectors + vector) * lanes + lane;
                (output < outputs).then(|| (&weights[output * inputs..][..inputs], bias[output]))
            },
        )
    }

    /// Outputs the greatest of `pieces` linear outputs; the rows of `weights` are grouped by output.
    ///
    /// `pieces` is at most [`MAX_PIECES`].
    pub(crate) fn maxout(weights: &[f32], bias: &[f32], inputs: usize, pieces: usize) -> Self {
        let outputs = bias.len() / pieces;
        let lanes = Arch::new().dispatch(Lanes);
        Self::pack(
            inputs,
            outputs,
            pieces,
            lanes,
            true,
            |panel, piece, lane| {
                let output = panel * lanes + lane;
                let row = output * pieces + piece;
                (output < outputs).then(|| (&weights[row * inputs..][..inputs], bias[row]))
            },
        )
    }

    fn pack<'w>(
        inputs: usize,
        outputs: usize,
        vectors: usize,
        lanes: usize,
        maxout: bool,
        source: impl Fn(usize, usize, usize) -> Option<(&'w [f32], f32)>,
    ) -> Self {
        let width = vectors * lanes;
        let panels = outputs.div_ceil(if maxout { lanes } else { width });
        let mut weights = Aligned::zeros(panels * inputs * width);
        let mut bias = Aligned::zeros(panels * width);
        for panel in 0..panels {
            for column in 0..width {
                let Some((row, start)) = source(panel, column / lanes, column % lanes) else {
                    continue;
                };
                let packed = &mut weights.values_mut()[panel * inputs * width..][..inputs * width];
                for (line, &weight) in packed.chunks_exact_mut(width).zip(row) {
                    line[column] = weight;
                }
                bias.values_mut()[panel * width + column] = start;
            }
        }
        Self {
            arch: Arch::new(),
            inputs,
            outputs,
            vectors,
            maxout,
            lanes,
            weights,
            bias,
        }
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
                self.arch.dispatch(Multiply::<$vectors> {
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
        // As many rows at once as leave every sum in a register.
        let registers = if S::F32_LANES == 8 { 16 } else { 32 };
        let tall = (registers - V - 1) / V;
        let mut from = 0;
        if tall >= 8 {
            from = self.blocks::<S, 8>(simd, from);
        }
        if tall >= 4 {
            from = self.blocks::<S, 4>(simd, from);
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
                sums[row][vector] = simd.mul_add_f32s(value, weights[vector], sums[row][vector]);
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
