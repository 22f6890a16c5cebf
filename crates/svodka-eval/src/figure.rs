//! Precision, recall and F1.

use std::fmt;

use serde::Serialize;

/// How much of what was given is right, and how much of what is right was given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// Precision.
    pub p: f64,
    /// Recall.
    pub r: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// How many are right.
    #[serde(rename = "tp")]
    pub right: usize,
    /// How many were given.
    #[serde(rename = "pred")]
    pub given: usize,
    /// How many the gold has.
    pub gold: usize,
}

impl Figure {
    /// From counts.
    pub(crate) fn new(right: usize, given: usize, gold: usize) -> Figure {
        let share = |of: usize| {
            if of == 0 {
                0.0
            } else {
                right as f64 / of as f64
            }
        };
        Figure::of_shares(share(given), share(gold), right, given, gold)
    }

    /// From a precision and a recall computed otherwise.
    pub(crate) fn of_shares(p: f64, r: f64, right: usize, given: usize, gold: usize) -> Figure {
        let f1 = if p + r == 0.0 {
            0.0
        } else {
            2.0 * p * r / (p + r)
        };
        Figure {
            p: round(p),
            r: round(r),
            f1: round(f1),
            right,
            given,
            gold,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figure {
            p,
            r,
            f1,
            right,
            given,
            gold,
        } = self;
        write!(
            f,
            "P {p:.3}  R {r:.3}  F1 {f1:.3}   ({right} right of {given} given, {gold} gold)"
        )
    }
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// How many are right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
    /// Their quotient; nothing of nothing is none.
    pub share: Option<f64>,
}

impl Share {
    pub(crate) fn new(right: usize, of: usize) -> Share {
        let share = (of > 0).then(|| round(right as f64 / of as f64));
        Share { right, of, share }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.right, self.of)?;
        match self.share {
            Some(share) => write!(f, "  ({share:.3})"),
            None => Ok(()),
        }
    }
}

/// To four places, as decimal notation rounds the number's exact value: ties cannot fall differently elsewhere.
fn round(number: f64) -> f64 {
    format!("{number:.4}").parse().unwrap_or(number)
}
