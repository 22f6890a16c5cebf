//! Where is it kept? The project file: one SQLite database with an append-only log of operations, the state that
//! follows from it, and a full-text index. The only SQL of Svodka.
//!
//! This crate knows reports as the output contract ([`svodka_model::Contract`]) describes them. It does not know how a
//! claim is found, which program asks, what time it is or who sits at the screen: time, author and process are
//! arguments. It holds no word of any field.
//!
//! A [`Writer`] appends operations; a [`Reader`] is the one door by which anything comes out, and every reader is opened
//! with a [`Policy`] for people who may be alive.

mod by_hand;
mod check;
mod content;
mod correction;
mod decision;
mod error;
mod file;
mod fold;
mod glance;
mod identity;
mod key;
mod living;
mod operation;
mod outcome;
mod reader;
mod schema;
mod shield;
mod state;
mod writer;

pub use by_hand::{BY_HAND, ByHand, Put as PutClaim, carry};
pub use check::{Finding, Soundness, backup};
pub use correction::{Correction, Fillers, Put};
pub use error::StoreError;
pub use file::Session;
pub use fold::{Word, fold, words};
pub use glance::Glance;
pub use identity::{Earlier, Joined};
pub use key::ClaimKey;
pub use operation::{
    Add, Alike, Decide, Except, Init, LifeRule, Operation, Provenance, Relate, RelateAll, Relation,
    Reread, Rule, Stamp, ThingName, Undo, Verdict,
};
pub use outcome::{Added, Change, Decided, Kept, NewReport, Pair, Placed, Related, Unit};
pub use reader::{
    Audience, ClaimFilter, Counts, Dossier, Entry, Found, Hit, Judged, Judgement, Named, Policy,
    PolicyStatus, Query, Reader, ReportRow, Review, Selection, Shelf, Side, Standing, Status,
    Table, TakesPart, ThingRow, Tied, Told, UnitRow, Whereabouts,
};
pub use writer::Writer;
