//! Which claims are wanted, as several commands ask it.

use clap::Args;
use svodka::store::ClaimFilter;
use svodka::{Certainty, Edtf};

use crate::page::CERTAINTIES;

/// Which claims are wanted.
#[derive(Debug, Args)]
pub struct Filters {
    /// Of this kind, such as strike
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// What kinds do not say.
    #[command(flatten)]
    pub others: OfAnyKind,
}

impl Filters {
    /// As the store takes it.
    pub fn filter(&self) -> ClaimFilter {
        self.others.filter(self.kind.clone())
    }
}

/// Which claims are wanted, whatever their kind.
#[derive(Debug, Args)]
pub struct OfAnyKind {
    /// About this person, group or other thing
    #[arg(long, visible_alias = "group", value_name = "NAME")]
    pub about: Option<String>,
    /// At this place or workplace
    #[arg(long, visible_alias = "place", value_name = "NAME")]
    pub at: Option<String>,
    /// Of something that may have been then or later, as 1923-08-30, 1923-08 or 1923; only claims with a date of their own
    #[arg(long, value_name = "EDTF")]
    pub from: Option<Edtf>,
    /// Of something that may have been then or earlier; only claims with a date of their own
    #[arg(long, value_name = "EDTF")]
    pub to: Option<Edtf>,
    /// How sure at least: asserted, probable+, possible+ or unestablished+
    #[arg(long, value_name = "CERTAINTY", value_parser = certainty)]
    pub certainty: Option<Certainty>,
    /// On the word of this person or body
    #[arg(long, value_name = "NAME")]
    pub said_by: Option<String>,
    /// In this report, by its path or its number
    #[arg(long, value_name = "REPORT")]
    pub report: Option<String>,
}

impl OfAnyKind {
    /// As the store takes it.
    pub fn filter(&self, kind: Option<String>) -> ClaimFilter {
        ClaimFilter {
            kind,
            about: self.about.clone(),
            at: self.at.clone(),
            said_by: self.said_by.clone(),
            from: self.from.as_ref().and_then(|date| date.bounds().0),
            to: self.to.as_ref().and_then(|date| date.bounds().1),
            certainty: self.certainty,
            report: self.report.clone(),
            limit: 0,
        }
    }
}

/// "probable+" is probable or surer; so is "probable".
fn certainty(text: &str) -> Result<Certainty, String> {
    let word = text.strip_suffix('+').unwrap_or(text);
    let found = CERTAINTIES.into_iter().find(|it| it.word() == word);
    found.ok_or_else(|| "write asserted, probable+, possible+ or unestablished+".to_owned())
}
