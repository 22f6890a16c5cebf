//! How right is it? Scores what was read from a report against a gold document, which a person wrote by reading.
//!
//! Everything here is pure: texts and values in, figures out. Every figure is a micro-averaged precision, recall and
//! F1, rounded to four places. It reads no reports itself and knows no kind of claim.

mod chronology;
mod claims;
mod dates;
mod figure;
mod gold;
mod hipe;
mod mentions;
mod ratchet;
mod timeml;
mod timex;
mod words;

use indexmap::IndexMap;
use serde::Serialize;
use svodka_model::Contract;

pub use chronology::{DateCounts, DateError, DateScores, score_dates};
pub use figure::{Figure, Share};
pub use gold::{Gold, GoldClaim, GoldError, GoldMention, Meta};
pub use hipe::{HipeCounts, HipeDocument, HipeError};
pub use ratchet::{Change, Floors, RatchetError};
pub use timeml::{Expression, TimeMl, TimeMlError};
pub use timex::Timex;

/// All figures for one report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Names by span and type, each type, and dates.
    pub mentions: IndexMap<String, Figure>,
    /// B-cubed over the names that both sides mark alike: is the same thing the same entity?
    #[serde(rename = "entities B3")]
    pub entities: Figure,
    /// Role facts, whole claims, and the role facts of each kind.
    pub claims: ClaimScores,
    /// The gold claims that were not found, by their index.
    #[serde(skip)]
    pub missed: Vec<usize>,
    /// The claims found that are not in the gold, by their index.
    #[serde(skip)]
    pub spurious: Vec<usize>,
}

/// The figures for claims.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimScores {
    /// `role facts`, `whole claims` and, indented, the kinds.
    #[serde(flatten)]
    pub figures: IndexMap<String, Figure>,
    /// Of the claims found: how many have the right certainty, polarity, date and sources.
    #[serde(rename = "_qualifiers")]
    pub qualifiers: IndexMap<String, Share>,
}

/// Something in the report that does not stand where it says it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} does not stand at its offsets {start}–{end}: the text there is {found:?}")]
pub struct Misplaced {
    /// The mention or the evidence.
    pub what: String,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What stands there.
    pub found: String,
}

/// Scores one report. Fails if a mention or a claim's evidence is not what stands at its offsets in the gold text.
pub fn score(gold: &Gold, report: &Contract) -> Result<Scores, Misplaced> {
    let characters: Vec<char> = gold.text.chars().collect();
    let stands = |what: &str, start: usize, end: usize, text: &str| {
        let found: String = characters.iter().take(end).skip(start).collect();
        if found == text {
            return Ok(());
        }
        let what = what.to_owned();
        Err(Misplaced {
            what,
            start,
            end,
            found,
        })
    };
    for mention in &report.mentions {
        let what = format!("the mention {:?}", mention.text);
        stands(&what, mention.place.start, mention.place.end, &mention.text)?;
    }
    for claim in &report.claims {
        let place = claim.evidence.place;
        stands(
            &format!("the evidence of claim {}", claim.id),
            place.start,
            place.end,
            &claim.evidence.text,
        )?;
    }
    let (claims, missed, spurious) = claims::score(&gold.claims, report);
    Ok(Scores {
        mentions: mentions::score(&gold.mentions, &report.mentions),
        entities: mentions::entities(&gold.mentions, &report.mentions),
        claims,
        missed,
        spurious,
    })
}

impl Scores {
    /// The table for people: one figure a line.
    pub fn table(&self) -> String {
        let entities = ("entities B3".to_owned(), self.entities);
        let rows = self
            .mentions
            .iter()
            .chain(std::iter::once((&entities.0, &entities.1)))
            .chain(&self.claims.figures)
            .map(|(name, figure)| format!("{name:28} {figure}\n"));
        let shares = self
            .claims
            .qualifiers
            .iter()
            .map(|(name, share)| format!("{name:28} {share}\n"));
        rows.chain(shares).collect()
    }

    /// What a floor is kept for: the F1 of the figure of that name, or how many of *all* gold claims were found with that
    /// qualifier right. The share among the claims found would fall whenever harder claims are found too.
    pub fn figure(&self, name: &str) -> Option<f64> {
        let figure = match name {
            "entities B3" => Some(&self.entities),
            _ => self
                .mentions
                .get(name)
                .or_else(|| self.claims.figures.get(name)),
        };
        let of_qualifier = || {
            let gold = self.claims.figures.get("whole claims")?.gold;
            let right = self.claims.qualifiers.get(name)?.right;
            Share::new(right, gold).share
        };
        figure.map(|figure| figure.f1).or_else(of_qualifier)
    }
}
