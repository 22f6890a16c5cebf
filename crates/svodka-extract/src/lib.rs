//! What does this one report claim?
//!
//! A chain of stages, each a pure function from plain values to a plain value: [`layout`], [`parse`], names,
//! dates, claims. No clock, environment, file, randomness, hash order or thread count can reach a result. The
//! parser comes in from outside, the words from a pack.

mod claims;
mod dates;
mod examples;
mod layout;
mod names;
mod parse;

pub use claims::learned;
pub use claims::{LEARNED, Outcome, Reading, Trial, observe, read_claims, read_framed_claims, why};
pub use dates::find_dates;
pub use examples::{Case, Marked, cases, check, tell};
pub use layout::lay_out;
pub use names::{Names, SeenWord, find_names, seen_words};
pub use parse::parse;
