//! What is asked of a service: a list, with filters, an order and a page.

use std::collections::BTreeMap;
use std::fmt;

use svodka_model::Edtf;

use super::super::days::is_plain;
use crate::ExportError;

/// How many are given at once if nothing else is asked.
const SIZE: usize = 30;

/// Not more are given at once.
const LARGEST: usize = 1000;

/// What there are lists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Statements on a person from a source, tied.
    Factoids,
    /// People, bodies and workplaces.
    Persons,
    /// Reports.
    Sources,
    /// What is said of persons.
    Statements,
}

/// Filters of every list.
const COMMON: [&str; 13] = [
    "size",
    "page",
    "sortBy",
    "p",
    "st",
    "f",
    "statementText",
    "relatesToPerson",
    "memberOf",
    "role",
    "name",
    "place",
    "from",
];

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 4] = [
        Kind::Factoids,
        Kind::Persons,
        Kind::Sources,
        Kind::Statements,
    ];

    /// Its name, as paths have it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Factoids => "factoids",
            Kind::Persons => "persons",
            Kind::Sources => "sources",
            Kind::Statements => "statements",
        }
    }

    /// The filters that this list has besides those of every list.
    fn own(self) -> &'static [&'static str] {
        match self {
            Kind::Factoids => &["to", "personId", "statementId", "sourceId", "s"],
            Kind::Persons => &["to", "factoidId", "statementId", "sourceId", "s"],
            Kind::Sources => &["to", "personId", "factoidId"],
            Kind::Statements => &["to", "personId", "factoidId", "sourceId"],
        }
    }

    /// By what it can be sorted.
    fn properties(self) -> &'static [&'static str] {
        match self {
            Kind::Factoids => &["derivedFrom", "person-ref", "source-ref", "statement-refs"],
            Kind::Persons | Kind::Sources => &["label", "uris", "factoid-refs"],
            Kind::Statements => &[
                "factoid-refs",
                "statementType",
                "name",
                "role",
                "date",
                "places",
                "relatesToPersons",
                "memberOf",
                "statementText",
            ],
        }
    }
}

/// The properties by which every list can be sorted.
const PROPERTIES: [&str; 5] = [
    "@id",
    "createdBy",
    "createdWhen",
    "modifiedBy",
    "modifiedWhen",
];

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum IpifError {
    /// The list has no such parameter.
    #[error("/{} has no parameter '{parameter}'; it has {}", kind.name(), Parameters(*kind))]
    Unknown {
        /// The list.
        kind: Kind,
        /// What was asked.
        parameter: String,
    },
    /// A parameter stands there twice.
    #[error("'{0}' is given twice")]
    Twice(String),
    /// A value cannot be.
    #[error("'{parameter}' cannot be '{value}': {why}")]
    Value {
        /// Its parameter.
        parameter: &'static str,
        /// The value.
        value: String,
        /// What it can be.
        why: String,
    },
    /// There is more than fits.
    #[error("the claims make more than {0} statements; `svodka export ipif` writes them as files")]
    TooMany(usize),
    /// The claims could not be read, or what was made of them not be kept on the disk.
    #[error(transparent)]
    Export(#[from] ExportError),
}

struct Parameters(Kind);

impl fmt::Display for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", COMMON.join(", "), self.0.own().join(", "))
    }
}

/// Words that must be in something; or that it has any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// Whatever they are.
    Any,
    /// Each of these, folded.
    All(Vec<String>),
}

impl Words {
    /// Whether they are in a folded text.
    pub fn fit(&self, folded: &str) -> bool {
        match self {
            Words::Any => !folded.is_empty(),
            Words::All(words) => words.iter().all(|word| folded.contains(word)),
        }
    }
}

/// A text as it is compared: in Latin letters, without case or accents.
pub fn folded(text: &str) -> String {
    any_ascii::any_ascii(text).to_ascii_lowercase()
}

/// A question to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The list.
    pub kind: Kind,
    pub(super) size: usize,
    /// From 1.
    pub(super) page: usize,
    /// The property, and whether from its end.
    pub(super) sort: (String, bool),
    /// Filters by name: `personId`, `factoidId`, `sourceId`, `statementId`.
    pub(super) ids: BTreeMap<&'static str, String>,
    /// Filters by words.
    pub(super) words: BTreeMap<&'static str, Words>,
    /// Days as year × 10000 + month × 100 + day, both in it; or only that there is a date.
    pub(super) days: Option<(i32, i32)>,
}

const IDS: [&str; 4] = ["personId", "factoidId", "sourceId", "statementId"];
const WORDS: [&str; 10] = [
    "p",
    "s",
    "f",
    "st",
    "statementText",
    "relatesToPerson",
    "memberOf",
    "role",
    "name",
    "place",
];

impl Question {
    /// What the parameters of a request ask of a list.
    ///
    /// # Errors
    ///
    /// If the list has no such parameter, one is given twice, or a value cannot be.
    pub fn of(
        kind: Kind,
        parameters: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Question, IpifError> {
        let mut given: BTreeMap<String, String> = BTreeMap::new();
        for (parameter, value) in parameters {
            let mut known = COMMON.iter().chain(kind.own());
            if !known.any(|it| *it == parameter) {
                return Err(IpifError::Unknown { kind, parameter });
            }
            // A field of a form that was left empty asks nothing.
            if value.is_empty() {
                continue;
            }
            if given.insert(parameter.clone(), value).is_some() {
                return Err(IpifError::Twice(parameter));
            }
        }
        let number = |parameter: &'static str, usual: usize| -> Result<usize, IpifError> {
            let Some(value) = given.get(parameter) else {
                return Ok(usual);
            };
            let number = value.parse().ok().filter(|number| *number > 0);
            number.ok_or_else(|| IpifError::Value {
                parameter,
                value: value.clone(),
                why: "a whole number from 1".to_owned(),
            })
        };
        let (size, page) = (number("size", SIZE)?.min(LARGEST), number("page", 1)?);
        let ids = IDS
            .into_iter()
            .filter_map(|id| Some((id, given.get(id)?.clone())));
        let words = WORDS
            .into_iter()
            .filter_map(|it| Some((it, words(given.get(it)?))));
        Ok(Question {
            kind,
            size,
            page,
            sort: sorted(kind, given.get("sortBy").map_or("", String::as_str))?,
            ids: ids.collect(),
            words: words.collect(),
            days: within(given.get("from"), given.get("to"))?,
        })
    }
}

fn words(value: &str) -> Words {
    match value.trim() {
        "*" => Words::Any,
        value => Words::All(
            folded(value)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        ),
    }
}

/// By which property, and whether from its end: `label`, `label ASC`, `label DESC`.
fn sorted(kind: Kind, value: &str) -> Result<(String, bool), IpifError> {
    let mut parts = value.split_whitespace();
    let property = parts.next().unwrap_or("createdWhen");
    let order = parts.next().unwrap_or("ASC").to_ascii_uppercase();
    let mut known = PROPERTIES.iter().chain(kind.properties());
    let fits = known.any(|it| *it == property) && parts.next().is_none();
    if !fits || !["ASC", "DESC"].contains(&order.as_str()) {
        let properties = [&PROPERTIES[..], kind.properties()].concat().join(", ");
        return Err(IpifError::Value {
            parameter: "sortBy",
            value: value.to_owned(),
            why: format!("one of {properties}, and then ASC or DESC if you like"),
        });
    }
    Ok((property.to_owned(), order == "DESC"))
}

/// The days that are asked for. A year or month alone is all its days; a day alone begins or ends a time without another end.
fn within(from: Option<&String>, to: Option<&String>) -> Result<Option<(i32, i32)>, IpifError> {
    let wrong = |parameter, value: &str, why: &str| IpifError::Value {
        parameter,
        value: value.to_owned(),
        why: why.to_owned(),
    };
    let bounds = |parameter, value: Option<&String>| match value.map(|value| value.trim()) {
        None => Ok(None),
        Some("*") => Ok(Some((i32::MIN, i32::MAX, true))),
        Some(value) => {
            // Times of a day are left out.
            let plain = value.split('T').next().unwrap_or(value);
            let days = is_plain(plain)
                .then(|| plain.parse::<Edtf>().ok())
                .flatten();
            match days.map(|date| date.bounds()) {
                Some((Some(first), Some(last))) => {
                    Ok(Some((whole(first), whole(last), first != last)))
                }
                _ => Err(wrong(
                    parameter,
                    value,
                    "a date as 1923, 1923-08 or 1923-08-30",
                )),
            }
        }
    };
    let days = match (bounds("from", from)?, bounds("to", to)?) {
        (None, None) => None,
        (Some((first, last, true)), None) | (None, Some((first, last, true))) => {
            Some((first, last))
        }
        (Some((first, _, false)), None) => Some((first, i32::MAX)),
        (None, Some((_, last, false))) => Some((i32::MIN, last)),
        (Some((first, ..)), Some((_, last, _))) => Some((first, last)),
    };
    if days.is_some_and(|(first, last)| first > last) {
        let from = from.map_or("", String::as_str);
        return Err(wrong("from", from, "that is after 'to'"));
    }
    Ok(days)
}

/// A day as a number that grows with it.
pub fn whole(day: jiff::civil::Date) -> i32 {
    i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(kind: Kind, query: &[(&str, &str)]) -> Result<Question, IpifError> {
        let parameters = query.iter();
        Question::of(
            kind,
            parameters.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
    }

    #[test]
    fn a_year_alone_is_all_its_days_and_a_day_alone_begins_a_time() {
        for (query, days) in [
            (vec![("from", "1923")], (19_230_101, 19_231_231)),
            (vec![("to", "1923-02")], (19_230_201, 19_230_228)),
            (vec![("from", "1923-02-03")], (19_230_203, i32::MAX)),
            (vec![("to", "1923-02-03")], (i32::MIN, 19_230_203)),
            (
                vec![("from", "1923"), ("to", "1923-02-03")],
                (19_230_101, 19_230_203),
            ),
            (
                vec![("from", "1923-02-03"), ("to", "1923-02-03")],
                (19_230_203, 19_230_203),
            ),
            (
                vec![("from", "1648-06-15T00:00:00.000Z")],
                (16_480_615, i32::MAX),
            ),
            (vec![("from", "*")], (i32::MIN, i32::MAX)),
        ] {
            let question = asked(Kind::Persons, &query).expect("a question");
            assert_eq!(question.days, Some(days), "{query:?}");
        }
    }

    #[test]
    fn what_a_list_does_not_have_is_refused_with_what_it_has() {
        for (kind, query, told) in [
            (
                Kind::Sources,
                ("statementId", "x"),
                "/sources has no parameter 'statementId'",
            ),
            (
                Kind::Statements,
                ("s", "x"),
                "/statements has no parameter 's'",
            ),
            (Kind::Persons, ("size", "0"), "'size' cannot be '0'"),
            (Kind::Persons, ("page", "-1"), "'page' cannot be '-1'"),
            (
                Kind::Persons,
                ("sortBy", "name"),
                "'sortBy' cannot be 'name'",
            ),
            (
                Kind::Persons,
                ("sortBy", "label up"),
                "'sortBy' cannot be 'label up'",
            ),
            (Kind::Persons, ("from", "soon"), "'from' cannot be 'soon'"),
            (Kind::Persons, ("to", "1923-13"), "'to' cannot be '1923-13'"),
        ] {
            let error = asked(kind, &[query]).expect_err("refused").to_string();
            assert!(error.starts_with(told), "{error}");
        }
        let twice = asked(Kind::Persons, &[("p", "a"), ("p", "b")]);
        assert!(matches!(twice, Err(IpifError::Twice(_))));
        assert!(asked(Kind::Persons, &[("from", "1924"), ("to", "1923")]).is_err());
        let sorted = asked(
            Kind::Statements,
            &[("sortBy", "date desc"), ("size", "5000")],
        );
        let sorted = sorted.expect("a question");
        assert_eq!(
            (sorted.sort, sorted.size),
            (("date".to_owned(), true), LARGEST)
        );
    }
}
