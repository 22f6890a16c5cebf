//! Layer normalisation: each row is shifted and scaled to mean 0 and variance 1, then re-scaled.

use pulp::{Simd, WithSimd};

use crate::cpu::Cpu;

/// What thinc adds to the variance.
const EPSILON: f32 = 1e-8;

/// Partial sums kept side by side. The number is part of the arithmetic: it must not follow the
/// processor, or rows would differ between machines.
const PARTS: usize = 16;

/// A layer normalisation with its learned gain and shift.
#[derive(Debug)]
pub(crate) struct LayerNorm {
    cpu: Cpu,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl LayerNorm {
    /// `gain` and `shift` are as long as a row.
    pub(crate) fn new(cpu: Cpu, gain: &[f32], shift: &[f32]) -> Self {
        Self {
            cpu,
            gain: gain.to_vec(),
            shift: shift.to_vec(),
        }
    }

    /// Normalises every row of `rows` in place.
    pub(crate) fn apply(&self, rows: &mut [f32]) {
        self.cpu.dispatch(Normalise {
            norm: self,
            rows,
            residual: &[],
        });
    }

    /// Normalises every row of `rows` and adds the same row of `residual`.
    pub(crate) fn apply_and_add(&self, rows: &mut [f32], residual: &[f32]) {
        self.cpu.dispatch(Normalise {
            norm: self,
            rows,
            residual,
        });
    }
}

struct Normalise<'a> {
    norm: &'a LayerNorm,
    rows: &'a mut [f32],
    /// Empty, or as long as `rows`.
    residual: &'a [f32],
}

impl WithSimd for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let LayerNorm { gain, shift, .. } = self.norm;
        let width = gain.len();
        let count = width as f32;
        for (index, row) in self.rows.chunks_exact_mut(width).enumerate() {
            let mean = sum(row, |value| value) / count;
            let variance = sum(row, |value| (value - mean) * (value - mean)) / count + EPSILON;
            let scale = 1.0 / variance.sqrt();
            for ((value, gain), shift) in row.iter_mut().zip(gain).zip(shift) {
                *value = (*value - mean) * scale * gain + shift;
            }
            if let Some(residual) = self.residual.get(index * width..(index + 1) * width) {
                for (value, residual) in row.iter_mut().zip(residual) {
                    *value += residual;
                }
            }
        }
    }
}

#[inline(always)]
fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut parts = [0.0_f32; PARTS];
    let (blocks, rest) = row.as_chunks::<PARTS>();
    for block in blocks {
        for (part, &value) in parts.iter_mut().zip(block) {
            *part += term(value);
        }
    }
    for (part, &value) in parts.iter_mut().zip(rest) {
        *part += term(value);
    }
    let mut length = PARTS;
    while length > 1 {
        length /= 2;
        for index in 0..length {
            parts[index] += parts[index + length];
        }
    }
    parts[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_out_with_mean_0_and_variance_1_before_gain_and_shift() {
        let mut rows = [1.0, 2.0, 3.0, 4.0, -7.0, 0.0, 0.0, 7.0];
        LayerNorm::new(Cpu::best(), &[2.0; 4], &[1.0; 4]).apply(&mut rows);
        let expected = [
            -1.683_281_5,
            0.105_572_8,
            1.894_427_2,
            3.683_281_6,
            -1.828_427,
            1.0,
            1.0,
            3.828_427,
        ];
        for (got, expected) in rows.iter().zip(expected) {
            assert!((got - expected).abs() < 1e-6, "{rows:?}");
        }
    }

    #[test]
    fn the_residual_is_added_after_the_normalisation() {
        let norm = LayerNorm::new(Cpu::best(), &[1.0; 20], &[0.5; 20]);
        let row: Vec<f32> = (0..20).map(|index| (index * index) as f32).collect();
        let (mut alone, mut added) = (row.clone(), row.clone());
        norm.apply(&mut alone);
        norm.apply_and_add(&mut added, &row);
        for ((alone, added), row) in alone.iter().zip(&added).zip(&row) {
            assert_eq!(alone + row, *added);
        }
    }
}
