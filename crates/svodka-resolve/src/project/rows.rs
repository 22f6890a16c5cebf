//! Units as records of the engine: which fields, how compared, and what is shown of each.

use std::collections::BTreeMap;

use svodka_model::Aspect;

use super::sounds::Sounds;
use super::tables::{Sort, Tables};
use super::unit::Unit;
use crate::engine::{Field, Key, Measure, Pass, Schema};
use crate::names::{NameKind, NameWords, PersonName};

/// A block with more units than this is not compared all with all.
const BLOCK: usize = 40;

/// The fields of people.
pub const SURNAME: usize = 0;
pub const GIVEN: usize = 1;
pub const PATRONYMIC: usize = 2;
pub const GENERATION: usize = 3;
/// The fields of all else.
pub const NAME: usize = 0;
pub const LOOKUP: usize = 1;

/// What claims tell, with the names of the fields it goes into.
const TOLD: [(Aspect, &str); 6] = [
    (Aspect::Office, "office"),
    (Aspect::Groups, "groups"),
    (Aspect::Places, "places"),
    (Aspect::Works, "works"),
    (Aspect::Kin, "kin"),
    (Aspect::Company, "company"),
];
const BESIDE: &str = "named beside";
const TIME: &str = "time";

/// The fields of a sort, and where likely pairs are looked for.
pub fn schema(sort: Sort, tables: &Tables) -> Schema {
    let mut fields = match sort {
        Sort::People => vec![
            Field::new("surname", Measure::Spelled),
            Field::new("given name", Measure::Spelled),
            Field::new("patronymic", Measure::Spelled),
            Field::new("generation", Measure::Exact),
        ],
        _ => vec![
            Field::new("name", Measure::Body),
            Field::new("words of its name", Measure::Shared).for_keys(),
        ],
    };
    fields.extend(TOLD.map(|(_, name)| Field::new(name, Measure::Shared)));
    fields.push(Field::new(BESIDE, Measure::Shared));
    fields.push(Field::new(TIME, Measure::Years));
    let fields = fields.into_iter().map(|field| {
        let expected = tables.expected(sort, &field.name);
        match expected {
            Some(expected) => field.expecting(expected),
            None => field,
        }
    });
    let company = TOLD.iter().position(|it| it.0 == Aspect::Company);
    let company = GENERATION + 1 + company.unwrap_or(0);
    let passes = match sort {
        Sort::People => vec![
            vec![
                (SURNAME, Key::Sound),
                (GIVEN, Key::Initial),
                (PATRONYMIC, Key::Initial),
            ],
            vec![(SURNAME, Key::Sound), (GIVEN, Key::Initial)],
            vec![(SURNAME, Key::Sound), (company, Key::Each)],
            vec![(SURNAME, Key::Sound)],
            vec![(SURNAME, Key::Consonants(3)), (GIVEN, Key::Initial)],
            vec![(SURNAME, Key::Start(4)), (GIVEN, Key::Initial)],
            vec![(GIVEN, Key::Sound), (PATRONYMIC, Key::Sound)],
        ],
        _ => vec![vec![(LOOKUP, Key::Each)]],
    };
    Schema {
        fields: fields.collect(),
        passes: passes.into_iter().map(Pass).collect(),
        block_cap: BLOCK,
    }
}

/// A unit as a record, with what is shown of it.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The values, by the fields of the schema.
    pub cells: Vec<Option<String>>,
    /// For each field what the report has, as written.
    pub shown: Vec<Vec<String>>,
    /// For each field that is compared by what is in common, tokens with what was written.
    pub tokens: BTreeMap<(usize, String), String>,
    /// A person's name in its parts.
    pub person: Option<PersonName>,
}

impl Row {
    fn push(&mut self, cell: Option<String>, shown: Vec<String>) {
        self.cells.push(cell.filter(|it| !it.is_empty()));
        self.shown.push(shown);
    }

    fn push_tokens(&mut self, tokens: Vec<(String, String)>) {
        let field = self.cells.len();
        let mut shown: Vec<String> = Vec::new();
        for (token, written) in tokens {
            if !shown.contains(&written) {
                shown.push(written.clone());
            }
            self.tokens.entry((field, token)).or_insert(written);
        }
        let lines = self
            .tokens
            .range((field, String::new())..(field + 1, String::new()));
        let lines: Vec<&str> = lines.map(|((_, token), _)| token.as_str()).collect();
        let cell = lines.join("\n");
        self.push(Some(cell), shown);
    }
}

/// A unit as a record.
pub fn row(unit: &Unit, sort: Sort, tables: &Tables, sounds: &Sounds<'_>) -> Row {
    let mut row = Row::default();
    match sort {
        Sort::People => name_of_person(&mut row, unit, &tables.words),
        _ => name_of_body(&mut row, unit, sounds),
    }
    for (aspect, _) in TOLD {
        let told = unit.told(aspect);
        let tokens = told.flat_map(|text| -> Vec<(String, String)> {
            let tokens = match aspect {
                Aspect::Office => sounds.office(text),
                Aspect::Kin | Aspect::Company => sounds.person(text).into_iter().collect(),
                _ => sounds.body(text).into_iter().collect(),
            };
            tokens
                .into_iter()
                .map(|it| (it, text.to_string()))
                .collect()
        });
        row.push_tokens(tokens.collect());
    }
    let beside = unit.beside.iter();
    let tokens = beside.filter_map(|it| Some((sounds.body(it)?, it.to_string())));
    row.push_tokens(tokens.collect());
    match unit.years {
        Some((from, to)) => {
            let shown = if from == to {
                from.to_string()
            } else {
                format!("{from}–{to}")
            };
            row.push(Some(format!("{from}/{to}")), vec![shown]);
        }
        None => row.push(None, Vec::new()),
    }
    row
}

fn name_of_person(row: &mut Row, unit: &Unit, words: &NameWords) {
    let mut person = parts(words, &unit.name);
    let mut others: Vec<String> = Vec::new();
    for form in unit.forms.iter().filter(|it| **it != unit.name) {
        let other = parts(words, form);
        if same_surname(words, &person, &other) {
            let fuller = |held: &mut Option<String>, other: Option<String>| {
                let length = |it: &Option<String>| it.as_ref().map_or(0, |it| it.chars().count());
                if length(held) < 2 && length(&other) > length(held) {
                    *held = other;
                }
            };
            fuller(&mut person.given, other.given);
            fuller(&mut person.patronymic, other.patronymic);
            person.generation = person.generation.or(other.generation);
        } else if let Some(surname) = other.surname {
            // An alias, or a name before another: as good as the surname.
            others.push(surname);
        }
    }
    for also in unit.told(Aspect::Also) {
        others.extend(parts(words, also).surname);
    }
    let mut surnames: Vec<String> = person.surname.iter().cloned().collect();
    surnames.extend(others);
    // Each half of a double surname may stand alone.
    let halves = surnames.iter().flat_map(|it| it.split(' '));
    let halves: Vec<String> = halves
        .filter(|it| it.chars().count() > 3)
        .map(str::to_owned)
        .collect();
    let mut all = surnames.clone();
    all.extend(halves.into_iter().filter(|it| !surnames.contains(it)));
    let shown = |of: &Option<String>| of.iter().map(|it| capital(it)).collect::<Vec<_>>();
    row.push(
        Some(all.join("|")),
        surnames.iter().map(|it| capital(it)).collect(),
    );
    row.push(person.given.clone(), shown(&person.given));
    row.push(person.patronymic.clone(), shown(&person.patronymic));
    row.push(
        person.generation.clone(),
        person.generation.iter().cloned().collect(),
    );
    row.person = Some(person);
}

fn name_of_body(row: &mut Row, unit: &Unit, sounds: &Sounds<'_>) {
    let mut names = vec![unit.name.to_string()];
    for form in unit.forms.iter().chain(unit.told(Aspect::Also)) {
        if !names.iter().any(|it| it == form) {
            names.push(form.to_string());
        }
    }
    let mut lookup: Vec<String> = names.iter().flat_map(|it| sounds.lookup(it)).collect();
    lookup.sort();
    lookup.dedup();
    row.push(Some(names.join("\n")), names);
    row.push(Some(lookup.join("\n")), Vec::new());
}

/// A person's name in its parts. A double name that stands alone is a surname.
fn parts(words: &NameWords, name: &str) -> PersonName {
    let name = name.trim();
    let mut person = words.name(NameKind::Person, name).person();
    // A second given name that nothing shows to be a patronymic takes its place.
    if person.patronymic.is_none() && !person.middle.is_empty() {
        person.patronymic = Some(person.middle.remove(0));
    }
    if !name.contains(char::is_whitespace) && name.contains('-') && !name.contains('.') {
        person = PersonName {
            surname: Some(name.to_lowercase().replace('-', " ")),
            ..PersonName::default()
        };
    }
    person
}

fn same_surname(words: &NameWords, a: &PersonName, b: &PersonName) -> bool {
    let (Some(a), Some(b)) = (&a.surname, &b.surname) else {
        return false;
    };
    a == b
        || words
            .spelling()
            .readings(a)
            .may_share(&words.spelling().readings(b))
}

/// A name with capitals where it begins; initials with their dot.
fn capital(name: &str) -> String {
    let words = name.split(' ').map(|word| {
        let mut letters = word.chars();
        let first: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        let rest = letters.as_str();
        if rest.is_empty() {
            format!("{first}.")
        } else {
            format!("{first}{rest}")
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
