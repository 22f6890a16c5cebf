//! What a pack gives to tell who is the same.

use svodka_model::NameType;

use crate::engine::Expected;
use crate::names::{NameWords, Weights};
use crate::spelling::{Spelling, TableError, rows};

/// What may be the same as what: sorts of things that reports take for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// People.
    People,
    /// Organisations and workplaces.
    Groups,
    /// Places.
    Places,
    /// Publications and documents.
    Works,
    /// Events.
    Events,
}

impl Sort {
    /// All, in the order in which they are told.
    pub const ALL: [Sort; 5] = [
        Sort::People,
        Sort::Groups,
        Sort::Places,
        Sort::Works,
        Sort::Events,
    ];

    /// The sort of a type of names.
    pub fn of(kind: NameType) -> Sort {
        match kind {
            NameType::Person => Sort::People,
            NameType::Org | NameType::Workplace => Sort::Groups,
            NameType::Place => Sort::Places,
            NameType::Work => Sort::Works,
            NameType::Event => Sort::Events,
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Sort::People => "people",
            Sort::Groups => "groups",
            Sort::Places => "places",
            Sort::Works => "works",
            Sort::Events => "events",
        }
    }
}

/// What a pack gives to tell who is the same.
#[derive(Debug, Clone)]
pub struct Tables {
    /// How names are spelled, and the words in and around them.
    pub(super) words: NameWords,
    /// What agreement of names of bodies weighs.
    pub(super) bodies: Weights,
    /// What is expected of each field of people, by its name.
    pub(super) people: Vec<(String, Expected)>,
    /// The same of all else.
    pub(super) things: Vec<(String, Expected)>,
}

impl Tables {
    /// From tables by name: those of transliteration, those of [`NameWords::parse`], and the weights `bodies`, `people` and
    /// `things`. The last two have a line for each level of each field, from disagreement on: field, level, how often it comes
    /// among records of one, how often among any two.
    ///
    /// # Errors
    ///
    /// If a table is missing or cannot be used.
    pub fn parse<'t>(
        transliteration: impl IntoIterator<Item = (&'t str, &'t str)>,
        names: impl IntoIterator<Item = (&'t str, &'t str)>,
        weights: impl Fn(&str) -> Option<&'t str>,
    ) -> Result<Tables, TableError> {
        let weights = |name: &str| {
            weights(name).ok_or_else(|| TableError {
                table: name.to_owned(),
                line: 1,
                what: "this table is missing",
            })
        };
        Ok(Tables {
            words: NameWords::parse(Spelling::parse(transliteration)?, names)?,
            bodies: Weights::parse(weights("bodies")?)?,
            people: expected("people", weights("people")?)?,
            things: expected("things", weights("things")?)?,
        })
    }

    /// What is expected of the fields of a sort.
    pub(super) fn expected(&self, sort: Sort, field: &str) -> Option<Expected> {
        let all = match sort {
            Sort::People => &self.people,
            _ => &self.things,
        };
        let found = all.iter().find(|(name, _)| name == field);
        found.map(|(_, expected)| expected.clone())
    }
}

fn expected(table: &str, text: &str) -> Result<Vec<(String, Expected)>, TableError> {
    let mut found: Vec<(String, Expected)> = Vec::new();
    for (line, cells) in rows(text) {
        let share = |at: usize| {
            let share = cells.get(at).and_then(|it| it.parse::<f64>().ok());
            share
                .filter(|it| (1e-9..=1.0).contains(it))
                .ok_or_else(|| TableError {
                    table: table.to_owned(),
                    line,
                    what: "no field, level and two shares between 0 and 1",
                })
        };
        let (same, chance) = (share(2)?, share(3)?);
        if found.last().is_none_or(|(name, _)| name != cells[0]) {
            let none = Expected {
                same: Vec::new(),
                chance: Vec::new(),
            };
            found.push((cells[0].to_owned(), none));
        }
        if let Some((_, expected)) = found.last_mut() {
            expected.same.push(same);
            expected.chance.push(chance);
        }
    }
    Ok(found)
}
