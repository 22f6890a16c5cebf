//! A report as far as others can be compared with it: what it says, of which things of a project, on whose word, in which words.

use std::ops::Range;

use jiff::civil::Date;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Certainty, Polarity};

/// A report.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Account {
    /// Its number in the project.
    pub report: i64,
    /// The first day it can be of.
    pub first: Option<Date>,
    /// The last day it can be of.
    pub last: Option<Date>,
    /// Who wrote it, if that is known.
    pub authors: Vec<Voice>,
    /// Its words in order, each as a number: the same word, whatever its case, is the same number in every report.
    pub words: Vec<u32>,
    /// What it claims.
    pub claims: Vec<Said>,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// Its place among the claims of its report.
    pub ordinal: usize,
    /// Its kind.
    pub kind: SmolStr,
    /// Who and what plays which part. Half a million claims are compared at once: a tree for each would take most of the memory.
    pub roles: LiteMap<SmolStr, Vec<Played>>,
    /// Further fields of the kind, as words.
    pub fields: LiteMap<SmolStr, String>,
    /// The first day it can be of; nothing if it has no date or that is open.
    pub first: Option<Date>,
    /// The last day it can be of.
    pub last: Option<Date>,
    /// Whether its date is marked as approximate or uncertain.
    pub approximate: bool,
    /// So, or not so.
    pub polarity: Polarity,
    /// How sure the text is.
    pub certainty: Certainty,
    /// On whose word, the nearest speaker first; nobody for the report's own voice.
    pub sources: Vec<Voice>,
    /// Which of the report's words it rests on.
    pub words: Range<usize>,
    /// Whether a reader rejected it.
    pub rejected: bool,
}

/// What plays a part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Played {
    /// The words or the value.
    pub text: String,
    /// The words before it, up to three, in lower case.
    pub before: String,
    /// What is named, if it is.
    pub thing: Option<Named>,
}

/// A thing of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Its number.
    pub number: i64,
    /// Whether all that is known of it is a name that others may share: a person's name of one word.
    pub bare: bool,
}

/// Somebody who says something, or wrote a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Voice {
    /// The words.
    pub text: String,
    /// Which person or body of the project, if it is named.
    pub thing: Option<i64>,
}

/// That a report claims something, and whom it has it from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// The report.
    pub report: i64,
    /// The numbers of the people and bodies in the chain; none if it names nobody.
    pub from: Vec<i64>,
}
