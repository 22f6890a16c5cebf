//! What does this one report claim?
//!
//! A chain of stages, each a pure function from plain values to a plain value: [`layout`], [`parse`], names,
//! dates, claims. No clock, environment, file, randomness, hash order or thread count can reach a result. The
//! parser comes in from outside, the words from a pack.

mod claims;
mod dates;
mod examples;
mod layout;
mod parse;

pub use examples::{Case, cases, check};
pub use claims::{Reading, read_claims};
pub use dates::find_dates;
pub use layout::lay_out;
pub use parse::parse;
