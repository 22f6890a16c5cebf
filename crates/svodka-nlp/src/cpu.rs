//! Which of the processor's instructions the networks run on.

use std::any::TypeId;
use std::fmt;
use std::str::FromStr;

use pulp::{Arch, Scalar128b, Simd, WithSimd, bytemuck};

/// A set of vector instructions that this processor has.
///
/// The choice changes the speed and nothing else: every set gives the same numbers to the last bit.
#[derive(Clone, Copy)]
pub struct Cpu(Arch);

impl Cpu {
    /// The fastest set that this processor has.
    pub fn best() -> Self {
        Self::available()
            .next()
            .expect("the last one needs nothing")
    }

    /// The sets that this processor has, the fastest first.
    ///
    /// On x86-64 they are called `avx512` (with its AVX-512 F, BW, CD, DQ and VL), `avx2` (with FMA) and
    /// `baseline`; on 64-bit ARM `neon` and `baseline`; elsewhere there is `baseline` alone.
    pub fn available() -> impl Iterator<Item = Self> {
        [fastest(), middle(), Some(Arch::Scalar)]
            .into_iter()
            .flatten()
            .map(Self)
    }

    /// Its name, which [`str::parse`] understands.
    pub fn name(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Arch::V4(_) => "avx512",
            #[cfg(target_arch = "x86_64")]
            Arch::V3(_) => "avx2",
            #[cfg(target_arch = "aarch64")]
            Arch::Neon(_) => "neon",
            _ => "baseline",
        }
    }

    /// Runs `operation` on these instructions.
    #[inline(always)]
    pub(crate) fn dispatch<Op: WithSimd>(self, operation: Op) -> Op::Output {
        match self.0 {
            Arch::Scalar => Baseline::vectorize(Scalar128b, operation),
            arch => arch.dispatch(operation),
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn fastest() -> Option<Arch> {
    pulp::x86::V4::try_new().map(Arch::V4)
}

#[cfg(target_arch = "x86_64")]
fn middle() -> Option<Arch> {
    pulp::x86::V3::try_new().map(Arch::V3)
}

#[cfg(target_arch = "aarch64")]
fn fastest() -> Option<Arch> {
    pulp::aarch64::Neon::try_new().map(Arch::Neon)
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn fastest() -> Option<Arch> {
    // Other vector instructions that pulp knows do not round once in `a · b + c`.
    None
}

#[cfg(not(target_arch = "x86_64"))]
fn middle() -> Option<Arch> {
    None
}

impl fmt::Debug for Cpu {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Cpu({self})")
    }
}

impl fmt::Display for Cpu {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl PartialEq for Cpu {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Cpu {}

/// The name is not that of a set that this processor has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not one of this processor's sets of instructions: {available}")]
pub struct UnknownCpu {
    name: String,
    available: String,
}

impl FromStr for Cpu {
    type Err = UnknownCpu;

    fn from_str(name: &str) -> Result<Self, UnknownCpu> {
        Self::available()
            .find(|cpu| cpu.name() == name)
            .ok_or_else(|| UnknownCpu {
                name: name.to_owned(),
                available: Self::available()
                    .map(Self::name)
                    .collect::<Vec<_>>()
                    .join(", "),
            })
    }
}

/// What stands for vectors where there are none with fused products: four numbers side by side.
type Baseline = Scalar128b;

/// `a · b + c`, rounded once.
#[inline(always)]
pub(crate) fn fused<S: Simd>(simd: S, a: S::f32s, b: S::f32s, c: S::f32s) -> S::f32s {
    if TypeId::of::<S>() != TypeId::of::<Baseline>() {
        return simd.mul_add_f32s(a, b, c);
    }
    let (a, b): ([f32; 4], [f32; 4]) = (lanes(a), lanes(b));
    let mut c: [f32; 4] = lanes(c);
    for lane in 0..4 {
        c[lane] = fused_in_f64(a[lane], b[lane], c[lane]);
    }
    let mut result = simd.splat_f32s(0.0);
    bytemuck::bytes_of_mut(&mut result).copy_from_slice(bytemuck::bytes_of(&c));
    result
}

#[inline(always)]
fn lanes<V: bytemuck::Pod>(vector: V) -> [f32; 4] {
    bytemuck::cast(vector)
}

/// `a · b + c`, rounded once, without a processor's instruction for it.
///
/// In 64 bits the product is exact. The sum is rounded to odd, so that the second rounding, to 32
/// bits, ends where a single one would: S. Boldo, G. Melquiond, "Emulation of a FMA and correctly
/// rounded sums: proved algorithms using rounding to odd", IEEE Trans. Computers 57 (2008).
#[inline(always)]
fn fused_in_f64(a: f32, b: f32, c: f32) -> f32 {
    let (product, c) = (f64::from(a) * f64::from(b), f64::from(c));
    let sum = product + c;
    // What the sum lost, exactly: Knuth's two-sum.
    let summand = sum - product;
    let lost = (product - (sum - summand)) + (c - summand);
    // Not true for the NaN that infinite numbers leave here.
    let inexact = if lost.abs() > 0.0 { u64::MAX } else { 0 };
    let bits = sum.to_bits();
    let even = (bits & 1).wrapping_sub(1);
    let towards_zero = (bits ^ lost.to_bits()) >> 63;
    let step = 1_u64.wrapping_sub(towards_zero << 1);
    f64::from_bits(bits.wrapping_add(step & inexact & even)) as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200_000))]

        #[test]
        fn without_the_instruction_a_fused_product_is_the_same_to_the_last_bit(
            a: f32, b: f32, c: f32, near in -3_i32..=3,
        ) {
            // A summand near minus the product cancels it; one half an ulp off tests the rounding.
            let close = f32::from_bits((-a * b).to_bits().wrapping_add_signed(near));
            for c in [c, close, c * f32::EPSILON, a * b * f32::EPSILON / 2.0] {
                let expected = a.mul_add(b, c);
                let found = fused_in_f64(a, b, c);
                prop_assert!(
                    found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan(),
                    "{a:e} * {b:e} + {c:e} = {expected:e}, not {found:e}"
                );
            }
        }
    }

    #[test]
    fn numbers_without_end_stay_so() {
        let inf = f32::INFINITY;
        assert_eq!(fused_in_f64(inf, 2.0, 1.0), inf);
        assert_eq!(fused_in_f64(1.0, 1.0, -inf), -inf);
        assert!(fused_in_f64(inf, 0.0, 1.0).is_nan());
        assert!(fused_in_f64(inf, 1.0, -inf).is_nan());
        assert_eq!(fused_in_f64(f32::MAX, f32::MAX, 0.0), inf);
    }

    #[test]
    fn a_name_leads_back_to_its_instructions() {
        for cpu in Cpu::available() {
            assert_eq!(cpu.name().parse(), Ok(cpu));
        }
        let error = "abacus".parse::<Cpu>().unwrap_err().to_string();
        assert!(error.contains("`abacus`") && error.contains("baseline"));
    }
}
