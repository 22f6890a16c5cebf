//! Names and dates in a text, and the things that are named.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Edtf, Span};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum NameType {
    /// A named person.
    Person,
    /// A party, group, union, state or police body, committee, army unit, school, named cell.
    Org,
    /// A factory, mine, railway as employer, shipyard, printing house, trust, named shop or section.
    Workplace,
    /// A town, district, region, country, street, station, building used as a location.
    Place,
    /// A named publication or document.
    Work,
    /// A named congress, conference, war, demonstration.
    Event,
}

impl NameType {
    /// All six, in a fixed order.
    pub const ALL: [NameType; 6] = [
        NameType::Person,
        NameType::Org,
        NameType::Workplace,
        NameType::Place,
        NameType::Work,
        NameType::Event,
    ];

    /// The name used in the output contract and in the gold notation.
    pub fn code(self) -> &'static str {
        match self {
            NameType::Person => "PERSON",
            NameType::Org => "ORG",
            NameType::Workplace => "WORKPLACE",
            NameType::Place => "PLACE",
            NameType::Work => "WORK",
            NameType::Event => "EVENT",
        }
    }

    /// The type a code stands for.
    pub fn from_code(code: &str) -> Option<NameType> {
        NameType::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl fmt::Display for NameType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The index of an entity among the entities of one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub usize);

/// The index of a mention among the mentions of one report.
pub type MentionId = usize;

/// A name at a place in the text. Mentions never overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The name only, without title, rank or article.
    pub span: Span,
    /// What it names here.
    pub kind: NameType,
    /// Which thing of the report it names.
    pub entity: EntityId,
}

/// One thing that the report names, however often and in whatever form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: NameType,
    /// The fullest form used.
    pub name: String,
    /// A slug, unique in the report.
    pub slug: String,
    /// Every form used, in the order of first use, each once.
    pub names: Vec<String>,
}

/// An expression of calendar time and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// The whole expression, with "until", "since", "around", "late" but without "in", "on", "the" at its start.
    pub span: Span,
    /// Its value against the nearest anchor.
    pub value: Edtf,
}
