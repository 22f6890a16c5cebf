//! Where the reports of an export come from.

use std::error::Error;

use svodka_model::{ClaimOut, Crm, Filed, Kin, Link};

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

/// What the pack says of claims and places: how claims are put into words and what others call them, and where places lie.
pub trait Telling {
    /// A claim as a sentence, with its date, its sources and its certainty.
    fn sentence(&self, claim: &ClaimOut) -> String;
    /// What claims of a kind are called together; the kind itself if nothing is known of it.
    fn heading(&self, kind: &str) -> String;
    /// What a role or field of a kind is called where it stands by itself.
    fn called(&self, _kind: &str, role: &str) -> String {
        role.replace('_', " ")
    }

    /// What FollowTheMoney calls claims of a kind, if it has a word for them.
    fn link(&self, _kind: &str) -> Option<&Link> {
        None
    }

    /// Which claims are of kin, if any.
    fn kin(&self) -> Option<&Kin> {
        None
    }

    /// How CIDOC CRM says claims, if that is known.
    fn crm(&self) -> Option<&Crm> {
        None
    }

    /// The place that forms of one name mean, by a gazetteer.
    fn located(&self, _forms: &mut dyn Iterator<Item = &str>) -> Option<Located> {
        None
    }
}

/// A place as a gazetteer has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// Its number in GeoNames.
    pub geonames: u32,
    /// Its name today.
    pub name: String,
    /// The country in which it lies today, ISO 3166.
    pub country: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Whether other places are called so too, and this is far the largest of them.
    pub guessed: bool,
}
