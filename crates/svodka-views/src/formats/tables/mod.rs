//! A project as tables: which there are, what their columns mean, and their rows. CSV, XLSX and Parquet are written from these.

pub mod csv;
pub mod parquet;
pub mod xlsx;

use svodka_model::{Cited, ClaimOut, Filed};

use super::{Job, field, polarity};
use crate::{ExportError, Things};

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub sort: Sort,
    /// Whether every row has something in it.
    pub required: bool,
    /// The table, whose key it is, that it points to.
    pub of: Option<&'static str>,
    pub meaning: &'static str,
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    pub meaning: &'static str,
    /// The column that tells its rows apart, if one does.
    pub key: Option<&'static str>,
    pub columns: &'static [Column],
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Text(String),
    Integer(i64),
    Boolean(bool),
}

const fn column(
    name: &'static str,
    sort: Sort,
    required: bool,
    of: Option<&'static str>,
    meaning: &'static str,
) -> Column {
    Column {
        name,
        sort,
        required,
        of,
        meaning,
    }
}

const fn text(name: &'static str, meaning: &'static str) -> Column {
    column(name, Sort::Text, false, None, meaning)
}

const fn sure(name: &'static str, meaning: &'static str) -> Column {
    column(name, Sort::Text, true, None, meaning)
}

const fn number(name: &'static str, meaning: &'static str) -> Column {
    column(name, Sort::Integer, true, None, meaning)
}

const START: Column = number(
    "start",
    "first character in the report's text, in Unicode code points from 0",
);
const END: Column = number("end", "one past the last character");
const CLAIM: Column = column("claim", Sort::Text, true, Some("claims"), "the claim");
const REPORT: Column = column("report", Sort::Integer, true, Some("reports"), "the report");
const THING: Column = column(
    "thing",
    Sort::Integer,
    false,
    Some("things"),
    "the thing named, if it is one",
);

/// All tables; [`Rows`] writes their rows by their places here.
pub const TABLES: [Table; 9] = [
    Table {
        name: "reports",
        meaning: "the reports",
        key: Some("report"),
        columns: &[
            number("report", "number in the project"),
            sure("label", "what it is known by: its path"),
            number("version", "which version of it"),
            text("title", "title"),
            text("date", "date, EDTF"),
            text("language", "BCP 47"),
            text("sha256", "of the original file's bytes"),
            text("compiler", "who wrote it; several are divided by |"),
            text("addressee", "to whom; several are divided by |"),
            text("repository", "which archive keeps it"),
            text("reference", "under what shelf mark"),
            number("characters", "length of its text in Unicode code points"),
            number("claims", "how many of its claims are here"),
        ],
    },
    Table {
        name: "things",
        meaning: "the people, bodies, workplaces, places, writings and events that the reports name",
        key: Some("thing"),
        columns: &[
            number(
                "thing",
                "number in the project, the same in every report that means it",
            ),
            sure("type", "PERSON, ORG, WORKPLACE, PLACE, WORK or EVENT"),
            sure("name", "what it is called"),
            sure("names", "every form used, divided by |"),
            column(
                "may_live",
                Sort::Boolean,
                true,
                None,
                "whether it is a person who may be alive",
            ),
            number("reports", "how many of these reports name it"),
            number("mentions", "how often they do"),
        ],
    },
    Table {
        name: "mentions",
        meaning: "the names and dates in the texts",
        key: None,
        columns: &[
            REPORT,
            START,
            END,
            sure("text", "the words there"),
            sure("type", "as of things, or DATE"),
            THING,
            text("edtf", "the value of a date, EDTF"),
        ],
    },
    Table {
        name: "claims",
        meaning: "what the reports claim: not what is known to be true",
        key: Some("claim"),
        columns: &[
            sure(
                "claim",
                "its name, the same over versions of text and program",
            ),
            REPORT,
            sure("kind", "what sort of claim"),
            sure("told", "the claim as a sentence"),
            sure(
                "polarity",
                "positive: that it is so; negative: that it is not so",
            ),
            sure(
                "certainty",
                "how sure the text is: asserted, probable, possible or unestablished",
            ),
            text("when", "when it was, EDTF"),
            text("when_text", "the words of that date"),
            START,
            END,
            sure("quotation", "the words that it rests on, at start to end"),
            text("frame", "the rule that found it"),
            text(
                "judged",
                "what a reader decided last: accept, reject or correct; empty if nobody did",
            ),
            text("grade", "what a reader thinks of source and news"),
        ],
    },
    Table {
        name: "roles",
        meaning: "who and what plays which part in a claim",
        key: None,
        columns: &[
            CLAIM,
            sure("role", "the part"),
            number("position", "which of several in the same part, from 1"),
            sure("text", "the words, or a value drawn from them"),
            THING,
            column(
                "start",
                Sort::Integer,
                false,
                None,
                "where the words stand, if they stand in the text letter for letter",
            ),
            column(
                "end",
                Sort::Integer,
                false,
                None,
                "one past their last character",
            ),
            text("quotation", "the words that a value was drawn from"),
        ],
    },
    Table {
        name: "fields",
        meaning: "what else a claim says",
        key: None,
        columns: &[CLAIM, sure("field", "what"), sure("value", "its value")],
    },
    Table {
        name: "sources",
        meaning: "on whose word a claim is, within the report; a claim that is not here is in the report's own voice",
        key: None,
        columns: &[
            CLAIM,
            number(
                "position",
                "1 for who told the report, 2 for who told that one, and so on",
            ),
            sure("text", "how the report calls them"),
            THING,
        ],
    },
    Table {
        name: "decisions",
        meaning: "what readers decided about claims",
        key: Some("operation"),
        columns: &[
            number("operation", "number in the project's log"),
            CLAIM,
            sure("verdict", "accept, reject, correct, grade or note"),
            text(
                "value",
                "the grade or remark, or what is to be otherwise, as JSON",
            ),
            text("reason", "why"),
            sure("at", "when, in UTC"),
            sure("author", "by whom"),
        ],
    },
    Table {
        name: "corrected",
        meaning: "claims that a reader corrected, as the machine had read them",
        key: Some("claim"),
        columns: &[
            CLAIM,
            sure("told", "the claim as a sentence"),
            sure("claim_json", "all of it, as JSON"),
        ],
    },
];

const REPORTS: usize = 0;
const THINGS: usize = 1;
const MENTIONS: usize = 2;
const CLAIMS: usize = 3;
const ROLES: usize = 4;
const FIELDS: usize = 5;
const SOURCES: usize = 6;
const DECISIONS: usize = 7;
const CORRECTED: usize = 8;

/// Takes rows, one at a time.
pub trait Rows {
    /// A row of the table at a place in [`TABLES`].
    fn row(&mut self, table: usize, cells: &[Cell]) -> Result<(), ExportError>;
}

/// Gives all rows: those of each report, then those of the things in all of them.
pub fn rows(job: &Job<'_>, to: &mut dyn Rows) -> Result<(), ExportError> {
    let mut things = Things::default();
    for filed in job.source.readings().map_err(ExportError::Source)? {
        let filed = filed.map_err(ExportError::Source)?;
        things.gather(&filed);
        of_report(&filed, job, to)?;
    }
    for (number, thing) in things.iter() {
        let names: Vec<&str> = thing.names.iter().map(String::as_str).collect();
        let cells = [
            Cell::Integer(number),
            told(thing.kind.code()),
            told(&thing.name),
            told(&names.join("|")),
            Cell::Boolean(thing.may_live),
            Cell::Integer(thing.reports.into()),
            Cell::Integer(thing.mentions.into()),
        ];
        to.row(THINGS, &cells)?;
    }
    Ok(())
}

fn of_report(filed: &Filed, job: &Job<'_>, to: &mut dyn Rows) -> Result<(), ExportError> {
    let contract = &filed.contract;
    let info = &contract.report;
    let cells = [
        Cell::Integer(filed.number),
        told(&filed.label),
        Cell::Integer(filed.version.into()),
        maybe(info.title.as_deref()),
        maybe(info.date.as_deref()),
        told(&info.language),
        told(&info.sha256),
        told(&info.compiler.join("|")),
        told(&info.addressee.join("|")),
        maybe(info.repository.as_deref()),
        maybe(info.reference.as_deref()),
        count(contract.text.chars().count()),
        count(filed.claims.len()),
    ];
    to.row(REPORTS, &cells)?;
    for mention in &contract.mentions {
        let cells = [
            Cell::Integer(filed.number),
            count(mention.place.start),
            count(mention.place.end),
            told(&mention.text),
            told(&mention.kind),
            thing(filed, mention.entity.as_deref()),
            maybe(mention.edtf.as_deref()),
        ];
        to.row(MENTIONS, &cells)?;
    }
    for (cited, claim) in filed.cited() {
        of_claim(filed, cited, claim, job, to)?;
    }
    Ok(())
}

fn of_claim(
    filed: &Filed,
    cited: &Cited,
    claim: &ClaimOut,
    job: &Job<'_>,
    to: &mut dyn Rows,
) -> Result<(), ExportError> {
    let key = || told(&cited.key);
    let cells = [
        key(),
        Cell::Integer(filed.number),
        told(&claim.kind),
        told(&job.telling.sentence(claim)),
        told(polarity(claim.polarity)),
        told(claim.certainty.word()),
        maybe(claim.when.as_ref().map(|when| when.edtf.as_str())),
        maybe(claim.when.as_ref().map(|when| when.text.as_str())),
        count(claim.evidence.place.start),
        count(claim.evidence.place.end),
        told(&claim.evidence.text),
        told(&claim.frame),
        maybe(cited.judged().map(|decided| decided.verdict)),
        maybe(cited.last("grade")),
    ];
    to.row(CLAIMS, &cells)?;
    for (role, fillers) in &claim.roles {
        for (position, filler) in fillers.iter().enumerate() {
            let cells = [
                key(),
                told(role),
                count(position + 1),
                told(&filler.text),
                thing(filed, filler.entity.as_deref()),
                filler
                    .place
                    .map_or(Cell::Nothing, |place| count(place.start)),
                filler.place.map_or(Cell::Nothing, |place| count(place.end)),
                maybe(filler.quote.as_ref().map(|quote| quote.text.as_str())),
            ];
            to.row(ROLES, &cells)?;
        }
    }
    for (name, value) in &claim.fields {
        to.row(FIELDS, &[key(), told(name), told(&field(value))])?;
    }
    for (position, source) in claim.sources.iter().enumerate() {
        let cells = [
            key(),
            count(position + 1),
            told(&source.text),
            thing(filed, source.entity.as_deref()),
        ];
        to.row(SOURCES, &cells)?;
    }
    for decided in &cited.decisions {
        let cells = [
            Cell::Integer(decided.operation),
            key(),
            told(decided.verdict),
            told(&decided.value),
            told(&decided.reason),
            told(&decided.at),
            told(&decided.author),
        ];
        to.row(DECISIONS, &cells)?;
    }
    if let Some(read) = &cited.read {
        let json = serde_json::to_string(read)?;
        to.row(
            CORRECTED,
            &[key(), told(&job.telling.sentence(read)), told(&json)],
        )?;
    }
    Ok(())
}

fn told(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Nothing
    } else {
        Cell::Text(text.to_owned())
    }
}

fn maybe(text: Option<&str>) -> Cell {
    text.map_or(Cell::Nothing, told)
}

fn count(number: usize) -> Cell {
    i64::try_from(number).map_or(Cell::Nothing, Cell::Integer)
}

fn thing(filed: &Filed, entity: Option<&str>) -> Cell {
    let numbered = entity.and_then(|entity| filed.thing(entity));
    numbered.map_or(Cell::Nothing, |numbered| Cell::Integer(numbered.number))
}
