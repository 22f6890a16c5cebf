//! A report as a project keeps it: its reading, with what the project knows of the things and claims in it. What exports and pages are
//! made from.

use serde::Serialize;

use crate::{ClaimOut, Contract};

/// A report of a project.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed {
    /// Its number in the project.
    pub number: i64,
    /// What it is known by: its path.
    pub label: String,
    /// Which version of it this is, from 1.
    pub version: u32,
    /// When it was read, in UTC.
    pub read_at: String,
    /// The reading, as readers corrected it.
    pub contract: Contract,
    /// What the project knows of the reading's entities, in their order; nothing of one that it does not know.
    pub things: Vec<Option<Numbered>>,
    /// The claims that are wanted, in their order in the reading.
    pub claims: Vec<Cited>,
}

/// What a project knows of a thing that a report names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    /// Its number, the same in every report that means it.
    pub number: i64,
    /// Whether it is a person who may be alive.
    pub may_live: bool,
}

/// What a project knows of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Cited {
    /// Its place in the reading.
    pub ordinal: usize,
    /// Its name, the same over versions of text and program.
    pub key: String,
    /// As the machine read it, if it was corrected.
    pub read: Option<ClaimOut>,
    /// What readers decided about it, oldest first.
    pub decisions: Vec<Decided>,
}

/// A reader's decision on a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// Its entry in the log.
    pub operation: i64,
    /// `accept`, `reject`, `correct`, `grade` or `note`.
    pub verdict: &'static str,
    /// The grade or remark, or what is to be otherwise, as JSON.
    pub value: String,
    /// Why.
    pub reason: String,
    /// When, in UTC.
    pub at: String,
    /// By whom.
    pub author: String,
}

impl Filed {
    /// The wanted claims, each with what the project knows of it.
    pub fn cited(&self) -> impl Iterator<Item = (&Cited, &ClaimOut)> {
        self.claims
            .iter()
            .filter_map(|cited| Some((cited, self.contract.claims.get(cited.ordinal)?)))
    }

    /// The number of the entity with this id.
    pub fn thing(&self, id: &str) -> Option<Numbered> {
        let mut entities = self.contract.entities.iter().zip(&self.things);
        entities.find(|(entity, _)| entity.id == id)?.1.to_owned()
    }
}

impl Cited {
    /// How a reader judged the claim last: `accept`, `reject` or `correct`; nothing if nobody did.
    pub fn judged(&self) -> Option<&Decided> {
        let judging =
            |decided: &&Decided| ["accept", "reject", "correct"].contains(&decided.verdict);
        self.decisions.iter().rev().find(judging)
    }

    /// The last value of a verdict, such as a grade.
    pub fn last(&self, verdict: &str) -> Option<&str> {
        let mut decisions = self.decisions.iter().rev();
        let decided = decisions.find(|decided| decided.verdict == verdict)?;
        Some(&decided.value)
    }
}
