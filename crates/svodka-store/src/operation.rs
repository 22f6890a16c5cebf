//! What can be done to a project: the entries of its log.

use std::fmt;

use serde::{Deserialize, Serialize};
use svodka_model::{Edtf, NameType};

use crate::ClaimKey;

/// The version of the payloads below; an entry says by which it was written.
pub const FORMAT: i64 = 1;

/// Who did something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The time in UTC, as `2026-11-23T06:30:00Z`.
    pub at: String,
    /// A name by which the reader of the log knows them.
    pub author: String,
}

/// By what a report was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Provenance {
    /// The program's version.
    pub program: String,
    /// A digest of the pack.
    pub pack: String,
    /// A digest of the language model.
    pub model: String,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "lowercase")]
pub enum Operation {
    /// The project was begun.
    Init(Init),
    /// A report, or a new version of one, was added.
    Add(Add),
    /// A report was read again.
    Reread(Reread),
    /// A claim was judged.
    Decide(Decide),
    /// Two names were judged to name one thing, or two.
    Relate(Relate),
    /// A rule judged many.
    RelateAll(RelateAll),
    /// The rule for people who may be alive was set.
    Policy(Rule),
    /// An exception from it was made.
    Except(Except),
    /// Another operation was taken back.
    Undo(Undo),
}

/// The project was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Init {
    /// What it is called.
    pub name: String,
    /// The rule for people who may be alive that it begins with, if not the program's own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rule: Option<Rule>,
}

impl From<&str> for Init {
    fn from(name: &str) -> Init {
        Init {
            name: name.to_owned(),
            rule: None,
        }
    }
}

/// A report, or a new version of one, was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Add {
    /// What it is known by: its path.
    pub label: String,
    /// Of the file's bytes.
    pub sha256: String,
    /// The digest of its text.
    pub text: String,
    /// The digest of its reading.
    pub reading: String,
    /// The date that was given with it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<Edtf>,
    /// By what it was read.
    #[serde(flatten)]
    pub by: Provenance,
}

/// A report was read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reread {
    /// Which.
    pub label: String,
    /// The bytes of the version that was read.
    pub sha256: String,
    /// The digest of the reading.
    pub reading: String,
    /// By what it was read.
    #[serde(flatten)]
    pub by: Provenance,
    /// What was put in or taken out by hand, in words; the rest is as it was read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by_hand: Option<String>,
}

/// What a reader says of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "verdict", content = "value")]
pub enum Verdict {
    /// The text says so.
    Accept,
    /// The text does not say so.
    Reject,
    /// The text says something else: what should be otherwise, as [`crate::Correction`] reads it.
    Correct(serde_json::Value),
    /// How reliable source and news are, such as `B2` (Admiralty).
    Grade(String),
    /// A remark.
    Note(String),
}

impl Verdict {
    /// Whether the claim is judged by it, and need not be looked at again.
    pub fn judges(&self) -> bool {
        matches!(
            self,
            Verdict::Accept | Verdict::Reject | Verdict::Correct(_)
        )
    }

    /// What is wrong with it, in words.
    pub(crate) fn wrong(&self) -> Option<String> {
        match self {
            Verdict::Correct(value) => crate::Correction::read(value).err(),
            _ => None,
        }
    }

    /// Its word.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Reject => "reject",
            Verdict::Correct(_) => "correct",
            Verdict::Grade(_) => "grade",
            Verdict::Note(_) => "note",
        }
    }
}

/// A claim was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decide {
    /// The report.
    pub label: String,
    /// The claim.
    pub claim: ClaimKey,
    /// Its kind.
    pub kind: String,
    /// The words it rests on.
    pub quote: String,
    /// Where they stood, in code points.
    pub start: usize,
    /// The judgement.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}

/// A thing by its name: wherever it stands, or as one report names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ThingName {
    /// What it is.
    pub kind: NameType,
    /// Its name, folded.
    pub folded: String,
    /// The label of the report, if only what that one so calls is meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub report: Option<String>,
}

impl fmt::Display for ThingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.folded)?;
        match &self.report {
            Some(report) => write!(f, "@{report}"),
            None => Ok(()),
        }
    }
}

/// Whether two names name one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// One.
    Same,
    /// Two.
    Distinct,
    /// Looked at, and not known.
    Unsure,
}

impl Relation {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Relation::Same => "same",
            Relation::Distinct => "distinct",
            Relation::Unsure => "unsure",
        }
    }

    /// The judgement of a word.
    pub(crate) fn of(word: &str) -> Option<Relation> {
        [Relation::Same, Relation::Distinct, Relation::Unsure]
            .into_iter()
            .find(|relation| relation.word() == word)
    }
}

/// Two names, or what two reports so name, were judged to be one thing, or two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relate {
    /// One.
    pub a: ThingName,
    /// The other.
    pub b: ThingName,
    /// The judgement.
    pub verdict: Relation,
    /// Why.
    pub reason: String,
}

/// A rule that somebody switched on judged pairs to be the same: one entry, taken back as one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RelateAll {
    /// The rule, as it was given.
    pub rule: String,
    /// The probability from which on it judges.
    pub least: f64,
    /// How many pairs it judged.
    pub count: usize,
    /// The digest of the pairs, a list of [`Alike`].
    pub pairs: String,
}

/// A pair that a rule judged to be the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alike {
    /// One.
    pub a: ThingName,
    /// The other.
    pub b: ThingName,
    /// How probable it is that they are.
    pub probability: f64,
    /// Why.
    #[serde(default)]
    pub reasons: Vec<String>,
}

/// Which claims tell a birth or a death: those of a kind, of the person in a role; with a value in a field or role if one is named; with
/// words right behind or before the person's name in the words they rest on, if any are given. Kinds and words are a pack's, so the
/// project is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeRule {
    /// The kind of claim; `*` for any.
    pub kind: String,
    /// The role that the person plays; `*` for any.
    pub role: String,
    /// A field or role of the claim, and what it must be.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub with: Option<(String, String)>,
    /// Words one of which must stand right behind the person's name, such as `died`; `#` is a year.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub behind: Vec<String>,
    /// Or right before it, such as `the late`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub before: Vec<String>,
    /// Words none of which may stand right behind the name, such as the mark of a possessor.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub not_behind: Vec<String>,
    /// Words that may stand between.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub between: Vec<String>,
    /// Words none of which may stand anywhere in what the claim rests on, such as `rumour`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unless: Vec<String>,
}

impl Default for LifeRule {
    fn default() -> LifeRule {
        LifeRule {
            kind: "*".to_owned(),
            role: "*".to_owned(),
            with: None,
            behind: Vec::new(),
            before: Vec::new(),
            not_behind: Vec::new(),
            between: Vec::new(),
            unless: Vec::new(),
        }
    }
}

/// The rule for people who may be alive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Whether people are shielded at all.
    pub shield: bool,
    /// A claim about a person within so many years of today lets them be alive.
    pub claim_years: u16,
    /// A birth within so many years of today lets them be alive.
    pub birth_years: u16,
    /// What tells a birth.
    #[serde(default)]
    pub births: Vec<LifeRule>,
    /// What tells a death.
    #[serde(default)]
    pub deaths: Vec<LifeRule>,
    /// Why it was set so.
    #[serde(default)]
    pub reason: String,
}

impl Default for Rule {
    fn default() -> Rule {
        Rule {
            shield: true,
            claim_years: 100,
            birth_years: 110,
            births: Vec::new(),
            deaths: Vec::new(),
            reason: String::new(),
        }
    }
}

/// An exception from the rule was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Except {
    /// The person.
    pub person: ThingName,
    /// Whether they are to be shielded, whatever the rule says.
    pub shield: bool,
    /// Why.
    pub reason: String,
}

/// Another operation was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// Why.
    #[serde(default)]
    pub reason: String,
}

impl Operation {
    /// The kind and payload as the log keeps them.
    pub(crate) fn written(&self) -> (String, String) {
        let value = serde_json::to_value(self).unwrap_or_default();
        let kind = value["kind"].as_str().unwrap_or_default().to_owned();
        (kind, value["payload"].to_string())
    }

    /// An entry as the log keeps it.
    pub(crate) fn read(kind: &str, payload: &str) -> Result<Operation, serde_json::Error> {
        let payload: serde_json::Value = serde_json::from_str(payload)?;
        serde_json::from_value(serde_json::json!({ "kind": kind, "payload": payload }))
    }
}
