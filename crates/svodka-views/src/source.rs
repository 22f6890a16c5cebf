//! Where the reports of an export come from.

use std::error::Error;

use svodka_model::{ClaimOut, Filed};

/// Why reports could not be read; what it is, only their keeper knows.
pub type SourceError = Box<dyn Error + Send + Sync>;

/// Reports, one at a time.
pub type Readings<'a> = Box<dyn Iterator<Item = Result<Filed, SourceError>> + 'a>;

/// Reports that can be gone through as often as a format needs, each time in the same order and with the same claims.
pub trait Source {
    /// All of them.
    ///
    /// # Errors
    ///
    /// If they cannot be read; each one also for itself.
    fn readings(&self) -> Result<Readings<'_>, SourceError>;
}

/// How claims are put into words, by the pack that they were read with.
pub trait Telling {
    /// A claim as a sentence, with its date, its sources and its certainty.
    fn sentence(&self, claim: &ClaimOut) -> String;
    /// What claims of a kind are called together; the kind itself if nothing is known of it.
    fn heading(&self, kind: &str) -> String;
}
