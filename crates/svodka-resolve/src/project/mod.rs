//! Who may be the same in a whole project? Each thing as one report names it is a *unit*; units are records of the engine.
//!
//! What a report's claims say of a unit is gathered by a pack's table ([`svodka_model::Tells`]); names are read in their
//! parts; what agrees is weighed by a model that the project itself teaches once it is large enough. Two units of one report
//! are two things, for its reading decided so. What comes out are proposals with their parts in words; nothing is changed.

mod propose;
mod rows;
mod sounds;
mod tables;
mod unit;

pub use propose::{Found, Judged, Part, Proposed, propose};
pub use tables::{Sort, Tables};
pub use unit::{Unit, units};
