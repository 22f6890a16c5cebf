//! Who is the same? Proposes which names of many reports mean one person, place or body; changes nothing.
//!
//! Pure: no files, no clock, no randomness. Words and tables are values that come from packs. It knows no
//! store: it is given records, or what reports say of whom, and gives proposals, each with the parts its probability is made of.

mod engine;
mod gazetteer;
mod names;
mod project;
mod spelling;

pub use engine::{
    Bar, Clusters, Contradiction, Expected, Field, FieldPart, Judgement, Key, Measure, Model, Pass,
    Proposal, Records, Rivals, Schema, Sets, Training, Verdict,
};
pub use gazetteer::{Gazetteer, Meant, Place};
pub use names::{
    Alignment, Body, Kin, Name, NameKind, NameWords, Pairing, Part, PersonName, Scored, Sex,
    Weights, Word,
};
pub use project::{
    Found, Judged, Part as ProposalPart, Proposed, Sort, Tables, Unit, propose, units,
};
pub use spelling::{Readings, Romanisation, Spelling, TableError};

#[cfg(test)]
mod tests;
