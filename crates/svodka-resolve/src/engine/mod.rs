//! Which records mean one thing? Fellegi and Sunter's model over fields that are described as data.
//!
//! I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage, JASA 64 (1969); the weights of rare values after
//! W. E. Winkler. Records are compared where they share a key; each field is at some level of agreement; a level weighs
//! the logarithm of how much likelier it is among records of one thing than among records of any two.

mod blocking;
mod joining;
mod judge;
mod model;
mod records;
mod rivals;
mod schema;
mod train;
mod value;

pub use joining::{Bar, Sets};
pub use judge::{Clusters, Contradiction, Judgement, Verdict};
pub use model::{FieldPart, Model, Proposal};
pub use records::Records;
pub use rivals::Rivals;
pub use schema::{Expected, Field, Key, Measure, Pass, Schema};
pub use train::Training;
pub(crate) use value::Numbers;
