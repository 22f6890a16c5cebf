//! Are these two names one? Words are aligned; what agrees, differs or is left out is told apart.

mod align;
mod body;
mod person;
mod score;
mod words;

pub use align::{Alignment, Kin, Pairing};
pub use body::Body;
pub use person::PersonName;
pub use score::{Part, Scored, Weights};
pub(crate) use words::is_joined;
pub use words::{Name, NameKind, NameWords, Sex, Word};
