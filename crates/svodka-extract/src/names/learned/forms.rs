//! Labels of words, and what the pack and the whole report know of a form.

use svodka_model::NameType;
use svodka_pack::{NameWords, Words};

use super::super::page::Word;

/// A word's part in a name: outside, or first or later word of a name of some type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label(pub usize);

const CODES: [&str; Label::COUNT] = [
    "O",
    "B-PERSON",
    "I-PERSON",
    "B-ORG",
    "I-ORG",
    "B-WORKPLACE",
    "I-WORKPLACE",
    "B-PLACE",
    "I-PLACE",
    "B-WORK",
    "I-WORK",
    "B-EVENT",
    "I-EVENT",
];

impl Label {
    pub const COUNT: usize = 13;
    pub const OUTSIDE: Label = Label(0);

    pub fn all() -> impl Iterator<Item = Label> {
        (0..Label::COUNT).map(Label)
    }

    pub fn code(self) -> &'static str {
        CODES[self.0]
    }

    pub fn first(kind: NameType) -> Label {
        Label(1 + 2 * kind as usize)
    }

    pub fn later(kind: NameType) -> Label {
        Label(2 + 2 * kind as usize)
    }

    /// The type of the name that begins here.
    pub fn begins(self) -> Option<NameType> {
        NameType::ALL
            .into_iter()
            .find(|&kind| self == Label::first(kind))
    }

    /// The type of the name that began before.
    pub fn goes_on(self) -> Option<NameType> {
        NameType::ALL
            .into_iter()
            .find(|&kind| self == Label::later(kind))
    }

    pub fn may_follow(self, before: Label) -> bool {
        self.goes_on()
            .is_none_or(|kind| before == Label::first(kind) || before == Label::later(kind))
    }
}

/// What is known of one form, wherever it stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Form {
    /// The lists that hold it, as bits in the order of [`lists`].
    pub lists: u64,
    /// How often it stands in lower case.
    pub small: u32,
    /// How often with a capital inside a sentence.
    pub capital: u32,
    /// How often the rules have it in names of each type.
    pub kinds: [u32; 6],
    /// How often it has a capital and is in no name.
    pub bare: u32,
    /// What surrounds it anywhere in the report.
    pub company: Company,
}

/// What stands around and in the runs of capitals that hold a form, anywhere in the report.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Company {
    /// Lists of the word before the run.
    pub before: u64,
    /// Lists of the word after it.
    pub after: u64,
    /// Lists of its first word, if that is another.
    pub first: u64,
    /// Lists of its last word, if that is another.
    pub last: u64,
    /// Bits in the order of [`SIGNS`].
    pub signs: u64,
}

pub(super) const SIGNS: [&str; 15] = [
    "initial",
    "owner",
    "subject",
    "of-human-verb",
    "object",
    "in-quotes",
    "PERSON",
    "ORG",
    "GPE",
    "LOC",
    "FAC",
    "NORP",
    "WORK_OF_ART",
    "PRODUCT",
    "EVENT",
];

pub(super) const LISTS: [&str; 42] = [
    "title",
    "occupation",
    "verb",
    "naming",
    "vessel",
    "particle",
    "joint",
    "function",
    "none",
    "begins",
    "party",
    "abbreviation",
    "body-after",
    "body-before",
    "work-before",
    "work-after",
    "writing",
    "temporal",
    "adherent",
    "firm-title",
    "firm-before",
    "from-place",
    "of-place",
    "reporter",
    "speaking",
    "region",
    "issue",
    "dweller",
    "at-place",
    "labour",
    "in-place",
    "to-place",
    "kin",
    "inside",
    "outside",
    "modifier",
    "numbered",
    "place",
    "town",
    "word",
    "given",
    "ordinal",
];

pub(super) const LAST: [&str; 6] = [
    "last-PERSON",
    "last-ORG",
    "last-WORKPLACE",
    "last-PLACE",
    "last-WORK",
    "last-EVENT",
];

pub(super) const FIRST: [&str; 6] = [
    "first-PERSON",
    "first-ORG",
    "first-WORKPLACE",
    "first-PLACE",
    "first-WORK",
    "first-EVENT",
];

pub(super) const ENDS: [&str; 4] = ["surname", "patronymic", "placelike", "plural"];

/// The lists that hold a word, as bits.
pub(super) fn lists(word: &Word, pack: &NameWords) -> u64 {
    let (lower, fold) = (word.lower.as_str(), word.fold.as_str());
    let tables = &pack.tables;
    let ends = |endings: &Words| {
        endings
            .iter()
            .any(|end| fold.len() > end.len() + 2 && fold.ends_with(end.as_str()))
    };
    let members = [
        pack.titles.contains(lower),
        pack.occupations.contains(lower),
        pack.human_verbs.contains(lower),
        pack.naming.contains(lower),
        pack.vessels.contains(lower),
        pack.particles.contains(lower),
        pack.joints.contains(lower),
        pack.function_words.contains(lower),
        pack.no_names.contains(lower),
        pack.may_begin.contains(lower),
        pack.parties.contains(lower),
        pack.abbreviations.contains(lower),
        pack.body_after.contains(lower),
        pack.body_before.contains(lower),
        pack.work_before.contains(lower),
        pack.work_after.contains(lower),
        pack.writings.contains(lower),
        pack.temporal.contains(lower),
        pack.adherents.contains(lower),
        pack.firm_titles.contains(lower),
        pack.firm_before.contains(lower),
        pack.from_places.contains(lower),
        pack.of_places.contains(lower),
        pack.reporters.contains(lower),
        pack.speaking.contains(lower),
        pack.regions.contains(lower),
        pack.issues.contains(lower),
        pack.dwellers.contains(lower),
        pack.at_place.contains(lower),
        pack.labour.contains(lower),
        pack.in_place.contains(lower),
        pack.to_place.contains(lower),
        pack.kinship.contains(lower),
        pack.heads.inside.contains(lower),
        pack.heads.outside.contains(lower),
        pack.heads.modifiers.contains(lower),
        pack.heads.numbered.contains(lower),
        tables.places.contains(fold),
        tables.towns.contains(fold),
        tables.words.contains(lower),
        tables.given.contains(fold),
        pack.ordinals.iter().any(|ordinal| ordinal == lower),
    ];
    let mut bits = 0;
    let mut next = 0;
    let mut put = |member: bool| {
        bits |= u64::from(member) << next;
        next += 1;
    };
    members.into_iter().for_each(&mut put);
    let last = pack.heads.last_type(lower);
    let first = pack.heads.first_type(lower);
    NameType::ALL
        .into_iter()
        .for_each(|kind| put(last == Some(kind)));
    NameType::ALL
        .into_iter()
        .for_each(|kind| put(first == Some(kind)));
    put(ends(&pack.surname_endings));
    put(ends(&pack.patronymics));
    put(ends(&pack.place_endings));
    put(lower.len() > 3 && lower.ends_with('s'));
    bits
}

/// The names of the lists in some bits.
pub(super) fn list_names(bits: u64) -> impl Iterator<Item = &'static str> {
    let names = LISTS.into_iter().chain(LAST).chain(FIRST).chain(ENDS);
    names
        .enumerate()
        .filter(move |(at, _)| bits >> at & 1 == 1)
        .map(|(_, name)| name)
}
