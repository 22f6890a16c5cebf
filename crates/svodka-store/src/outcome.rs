//! What is given to a project, and what came of it.

use serde::Serialize;
use svodka_model::{ClaimOut, Contract, Edtf};

use crate::identity::Earlier;
use crate::{ClaimKey, Provenance, Standing};

/// A thing as one report names it, by the numbers of name and report: what is judged to be the same as another or distinct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unit {
    /// The name's number.
    pub thing: i64,
    /// The report's number.
    pub report: i64,
}

/// Two that a rule takes to be the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// One.
    pub a: Unit,
    /// The other.
    pub b: Unit,
    /// How probable it is that they are.
    pub probability: f64,
    /// Why, part by part.
    pub reasons: Vec<String>,
}

/// What came of pairs that a rule takes to be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The entry in the log; none if no pair was kept.
    pub operation: Option<i64>,
    /// How many pairs it judges.
    pub kept: usize,
    /// The pairs that contradict older judgements or likelier pairs, by their places among those given, with the older judgements.
    pub left: Vec<(usize, Vec<Earlier>)>,
}

/// A report that was read, to be kept.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// What it is known by: its path.
    pub label: String,
    /// The reading, with the text.
    pub contract: Contract,
    /// The date that was given with it.
    pub date: Option<Edtf>,
    /// By what it was read.
    pub by: Provenance,
}

/// What became of a decision when its report was read anew or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The decision's entry in the log.
    pub operation: i64,
    /// Its word, such as `reject`.
    pub verdict: String,
    /// The words it was about.
    pub quote: String,
    /// `claim` if it is about a claim again, `words` if only its words still stand, `gone` if not even they do.
    pub standing: String,
}

/// What adding a report came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// The same bytes are there already, under this label.
    Same(String),
    /// It is new, with so many claims.
    New(usize),
    /// It is a new version of a report.
    Version {
        /// Which.
        number: u32,
        /// How many claims.
        claims: usize,
        /// What became of the decisions on the version before.
        decisions: Vec<Placed>,
    },
}

/// What judging a claim came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// It is kept, under this number of the log.
    Kept(i64),
    /// Nothing was kept: somebody has judged the claim meanwhile.
    Meanwhile(Vec<Standing>),
}

/// What keeping another reading came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is the report's reading now.
    Kept(Vec<Placed>),
    /// The report has changed or gone since it was read.
    Outdated,
}

/// What another reading of a report changes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// Claims that are new.
    pub gained: Vec<ClaimOut>,
    /// Claims that are no longer made.
    pub lost: Vec<ClaimOut>,
    /// Claims whose date, certainty, sources or names are others now.
    pub changed: usize,
}

impl Change {
    /// The claims of `old` and `new`, readings of the report `label`, held against each other.
    pub fn between(label: &str, old: &Contract, new: &Contract) -> Change {
        let (of_old, of_new) = (ClaimKey::of(label, old), ClaimKey::of(label, new));
        let mut change = Change::default();
        for (claim, key) in new.claims.iter().zip(&of_new) {
            match of_old.iter().position(|old| old == key) {
                None => change.gained.push(claim.clone()),
                Some(at) => {
                    let before = &old.claims[at];
                    let same = (before.certainty, &before.when, &before.sources)
                        == (claim.certainty, &claim.when, &claim.sources);
                    change.changed += usize::from(!same);
                }
            }
        }
        let lost = old.claims.iter().zip(&of_old);
        change.lost = lost
            .filter(|(_, key)| !of_new.contains(key))
            .map(|(claim, _)| claim.clone())
            .collect();
        change
    }
}
