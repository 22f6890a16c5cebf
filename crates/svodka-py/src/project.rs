//! Projects.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use arrow_array::{ArrayRef, BooleanArray, Int64Array, StringArray};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use pyo3::prelude::*;
use svodka::store::{Audience, ClaimFilter, Policy, Query, Reader};
use svodka::{Certainty, Edtf, NameType, Pack};

use crate::claims;
use crate::failure::Failure;
use crate::table::Table;

/// A project file, read as it is at each question. People who may be alive are shielded unless `owner` is true.
#[pyclass(frozen, module = "svodka._svodka")]
pub struct Project {
    path: PathBuf,
    audience: Audience,
}

fn pack() -> Result<&'static Pack, Failure> {
    static PACK: OnceLock<Pack> = OnceLock::new();
    if let Some(pack) = PACK.get() {
        return Ok(pack);
    }
    let pack = Pack::load(&svodka::built_in_pack());
    let broken = |_| Failure::new("pack", "the pack in the program is broken", "");
    let pack = pack.map_err(broken)?;
    Ok(PACK.get_or_init(|| pack))
}

fn date(text: Option<&str>) -> Result<Option<Edtf>, Failure> {
    let read = |text: &str| {
        let date = text.parse();
        date.map_err(|error| Failure::wrong(format!("'{text}' is no EDTF date: {error}")))
    };
    text.map(read).transpose()
}

fn certainty(word: &str) -> Result<Certainty, Failure> {
    let all = [
        Certainty::Asserted,
        Certainty::Probable,
        Certainty::Possible,
        Certainty::Unestablished,
    ];
    let found = all.into_iter().find(|it| it.word() == word);
    found.ok_or_else(|| {
        Failure::wrong(format!(
            "'{word}' is no certainty: asserted, probable, possible or unestablished"
        ))
    })
}

impl Project {
    fn reader(&self) -> Result<Reader, Failure> {
        let policy = Policy {
            audience: self.audience,
            today: Timestamp::now().to_zoned(TimeZone::UTC).date(),
        };
        Ok(Reader::open(&self.path, policy)?)
    }
}

fn texts<T: AsRef<str>>(values: impl Iterator<Item = Option<T>>) -> ArrayRef {
    Arc::new(StringArray::from_iter(values))
}

fn numbers(values: impl Iterator<Item = i64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(values))
}

#[pymethods]
impl Project {
    #[new]
    #[pyo3(signature = (path, *, owner=false))]
    fn new(py: Python<'_>, path: PathBuf, owner: bool) -> Result<Project, Failure> {
        let audience = if owner {
            Audience::Owner
        } else {
            Audience::Others
        };
        let project = Project { path, audience };
        // What is no project is told now.
        py.detach(|| project.reader())?;
        Ok(project)
    }

    fn __repr__(&self) -> String {
        let eyes = match self.audience {
            Audience::Owner => ", owner=True",
            Audience::Others => "",
        };
        format!(
            "svodka.Project({:?}{eyes})",
            self.path.display().to_string()
        )
    }

    /// Claims by what they say, in the order of time.
    #[pyo3(signature = (*, kind=None, about=None, at=None, said_by=None, since=None, until=None, certainty=None, report=None, limit=0))]
    #[expect(clippy::too_many_arguments, reason = "in Python they are named")]
    fn claims(
        &self,
        py: Python<'_>,
        kind: Option<String>,
        about: Option<String>,
        at: Option<String>,
        said_by: Option<String>,
        since: Option<&str>,
        until: Option<&str>,
        certainty: Option<&str>,
        report: Option<String>,
        limit: usize,
    ) -> Result<Table, Failure> {
        let filter = ClaimFilter {
            kind,
            about,
            at,
            said_by,
            from: date(since)?.and_then(|date| date.bounds().0),
            to: date(until)?.and_then(|date| date.bounds().1),
            certainty: certainty.map(self::certainty).transpose()?,
            report,
            limit,
        };
        py.detach(|| {
            let reader = self.reader()?;
            let told = reader.claims(&filter)?;
            let supports = svodka::supports(&reader, &pack()?.agreement, &told)?;
            let witnesses: Vec<usize> = supports.iter().map(|it| it.count()).collect();
            claims::table(&told, &witnesses)
        })
    }

    /// What reports name, of the types asked for: PERSON, ORG, WORKPLACE, PLACE, WORK, EVENT.
    fn names(&self, py: Python<'_>, types: Vec<String>) -> Result<Table, Failure> {
        let of = |code: &String| {
            let found = NameType::ALL.into_iter().find(|kind| kind.code() == code);
            found.ok_or_else(|| Failure::wrong(format!("'{code}' is no type of names")))
        };
        let kinds: Vec<NameType> = types.iter().map(of).collect::<Result<_, _>>()?;
        py.detach(|| {
            let reader = self.reader()?;
            let things = reader.things(&kinds)?;
            let sources = svodka::sources(&reader, &kinds)?;
            let rows = || things.iter();
            let sources = |number| sources.get(&number).copied().unwrap_or(0);
            let living = rows().map(|it| Some(it.may_live));
            Table::of(vec![
                ("number", numbers(rows().map(|it| it.number))),
                ("type", texts(rows().map(|it| Some(it.kind.code())))),
                ("name", texts(rows().map(|it| Some(&it.label)))),
                ("reports", numbers(rows().map(|it| i64::from(it.reports)))),
                ("mentions", numbers(rows().map(|it| i64::from(it.mentions)))),
                (
                    "sources",
                    numbers(rows().map(|it| claims::number(sources(it.number)))),
                ),
                ("may_live", Arc::new(BooleanArray::from_iter(living))),
                ("joined", texts(rows().map(|it| Some(it.joined.words())))),
                (
                    "first_report",
                    texts(rows().map(|it| it.first_report.as_deref())),
                ),
            ])
        })
    }

    /// The reports, in the order in which they were added.
    fn reports(&self, py: Python<'_>) -> Result<Table, Failure> {
        py.detach(|| {
            let reports = self.reader()?.reports()?;
            let rows = || reports.iter();
            Table::of(vec![
                ("report", numbers(rows().map(|it| it.id))),
                ("path", texts(rows().map(|it| Some(&it.label)))),
                ("title", texts(rows().map(|it| it.title.as_deref()))),
                ("date", texts(rows().map(|it| it.date.as_deref()))),
                ("version", numbers(rows().map(|it| i64::from(it.version)))),
                ("claims", numbers(rows().map(|it| i64::from(it.claims)))),
            ])
        })
    }

    /// The reading of a report, by its path or number, as JSON after the output contract.
    fn report(&self, py: Python<'_>, name: &str) -> Result<String, Failure> {
        py.detach(|| {
            let contract = self.reader()?.report(name)?;
            Ok(serde_json::to_string(&contract).unwrap_or_default())
        })
    }

    /// Reports that hold all of some words.
    #[pyo3(signature = (words, *, limit=20, exact=false))]
    fn search(
        &self,
        py: Python<'_>,
        words: &str,
        limit: usize,
        exact: bool,
    ) -> Result<Table, Failure> {
        py.detach(|| {
            let query = Query::parse(words)?;
            let reader = self.reader()?;
            let spellings = if exact {
                BTreeMap::new()
            } else {
                let spelling = svodka::spelling(&svodka::built_in_pack());
                let broken = |_| Failure::new("pack", "the pack in the program is broken", "");
                svodka::spellings(&query, &reader, &spelling.map_err(broken)?)?
            };
            let found = reader.search(&query.spelled(&spellings), limit)?;
            let rows = || found.hits.iter();
            Table::of(vec![
                ("report", numbers(rows().map(|it| it.report))),
                ("path", texts(rows().map(|it| Some(&it.label)))),
                ("title", texts(rows().map(|it| it.title.as_deref()))),
                ("date", texts(rows().map(|it| it.date.as_deref()))),
                ("snippet", texts(rows().map(|it| Some(&it.snippet)))),
            ])
        })
    }
}
