//! May it stand? A language model of the reader's own is shown a paragraph and proposes claims; this crate words the question and holds
//! the answer against the text and the schema. What does not stand in the text, letter for letter and at one place, is refused.
//!
//! Pure: it speaks to nobody. It does not know where the model is, and holds no word of any field: kinds, roles and values are the pack's.

mod check;
mod question;
mod refusal;
mod words;

pub use check::{Judged, MOST, PROPOSED_BY, judge};
pub use question::{NoAnswer, Question, proposals};
pub use refusal::Refusal;
