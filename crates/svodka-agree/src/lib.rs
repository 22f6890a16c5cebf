//! Who agrees, who contradicts? Lines up the claims of many reports that are about the same thing, counts on how many independent
//! witnesses a claim stands, and finds what cannot both hold.
//!
//! Pure: accounts of reports and a pack's table in, plain values out; the order in which reports are given does not matter. It knows
//! no store, no language and no kind of claim, and it changes nothing: what it finds is said beside the claims, with its reasons.
//!
//! It would rather say nothing than something false: claims are compared only where both name what they are about.

mod contradiction;
mod copies;
mod days;
mod lineup;
mod number;
mod support;

pub use contradiction::{Contradiction, Reach, Side, Slot};
pub use copies::{Echo, passages};
pub use lineup::{About, At, Lineup};
pub use number::Amount;
pub use support::{Support, Tie, Witness, sources};
pub use svodka_model::{Account, Said, Voice};

#[cfg(test)]
mod tests;
