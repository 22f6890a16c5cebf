//! A project at one moment, as one audience may see it: readers that are open, and what was worked out of it. A change makes another moment.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use jiff::civil::Date;
use svodka::NameType;
use svodka::agree::{At, Contradiction, Reach};
use svodka::resolve::Sort;
use svodka::store::{Audience, Reader, ReportRow, StoreError, ThingRow, fold};
use svodka::views::Statements;
use svodka::views::ipif::Prosopography;

use super::once::Once;
use super::same::Proposed;
use super::shape::Supported;

/// How many readers are kept open.
const READERS: usize = 8;

/// How many bytes of answers are kept.
const ANSWERS: usize = 64 << 20;

/// A project at one moment.
pub struct Moment {
    /// Who sees it.
    pub audience: Audience,
    /// The newest entry of the log.
    pub newest: i64,
    /// The day from which years are counted.
    pub today: Date,
    /// What outlasts what is noted beside single claims.
    pub lasting: Arc<Lasting>,
    /// The statements that SPARQL asks.
    pub statements: Once<(), Statements>,
    /// The factoids that IPIF asks.
    pub factoids: Once<(), Prosopography>,
    readers: Mutex<Vec<Reader>>,
    answers: Answers,
}

/// What was worked out of a project and holds until more changes than what is noted beside single claims.
#[derive(Default)]
pub struct Lasting {
    /// The newest entry by which more had changed.
    pub weighed: i64,
    reports: OnceLock<Vec<ReportRow>>,
    /// What each report can be found by in lists, folded: folding all of them takes as long as everything else.
    folded: OnceLock<Vec<String>>,
    things: OnceLock<Vec<ThingRow>>,
    forms: OnceLock<BTreeMap<i64, Vec<String>>>,
    answers: Answers,
    /// What cannot both hold, by what was asked for.
    pub contradictions: Once<Reach, (Vec<Contradiction>, usize)>,
    /// On how many witnesses claims stand, where that was worked out for all of them; those that are not in it stand by themselves.
    pub supports: OnceLock<BTreeMap<At, Supported>>,
    /// Who may be the same, by its sort.
    pub proposals: Once<Sort, Proposed>,
    /// The same as it was known before more changed.
    older: Vec<(Sort, Arc<Proposed>)>,
}

/// Answers that were given, by what was asked.
#[derive(Default)]
pub struct Answers(Mutex<Given>);

#[derive(Default)]
struct Given {
    size: usize,
    answers: BTreeMap<String, Answer>,
}

impl Answers {
    /// What was answered to this before.
    pub fn answer(&self, asked: &str) -> Option<Answer> {
        locked(&self.0).answers.get(asked).cloned()
    }

    /// Keeps an answer.
    pub fn keep(&self, asked: String, answer: Answer) {
        let mut given = locked(&self.0);
        if given.size + answer.1.len() > ANSWERS {
            *given = Given::default();
        }
        given.size += answer.1.len();
        given.answers.insert(asked, answer);
    }
}

/// An answer that was given: its media type and its body.
pub type Answer = (String, Bytes);

impl Moment {
    /// The moment of a log's newest entry.
    pub fn new(audience: Audience, newest: i64, today: Date, lasting: Arc<Lasting>) -> Moment {
        Moment {
            audience,
            newest,
            today,
            lasting,
            statements: Once::default(),
            factoids: Once::default(),
            readers: Mutex::default(),
            answers: Answers::default(),
        }
    }

    /// The answers that hold: while nothing changes, or while no more does than what is noted beside single claims.
    pub fn answers(&self, lasting: bool) -> &Answers {
        if lasting {
            &self.lasting.answers
        } else {
            &self.answers
        }
    }

    /// A reader that is open and not in use.
    pub fn reader(&self) -> Option<Reader> {
        locked(&self.readers).pop()
    }

    /// Keeps a reader for the next who asks.
    pub fn keep(&self, reader: Reader) {
        let mut readers = locked(&self.readers);
        if readers.len() < READERS {
            readers.push(reader);
        }
    }

    /// Closes the readers that are not in use.
    pub fn close(&self) {
        locked(&self.readers).clear();
    }
}

impl Lasting {
    /// What follows from an entry of the log.
    pub fn of(weighed: i64) -> Lasting {
        Lasting {
            weighed,
            ..Lasting::default()
        }
    }

    /// What follows from an entry of the log, with what takes longest as it was known before it.
    pub fn after(weighed: i64, before: &Lasting) -> Lasting {
        let known = Sort::ALL
            .into_iter()
            .filter_map(|sort| Some((sort, before.proposed(sort)?)));
        Lasting {
            weighed,
            older: known.collect(),
            ..Lasting::default()
        }
    }

    /// Who may be the same, as far as it is known: it may be of before the last changes.
    pub fn proposed(&self, sort: Sort) -> Option<Arc<Proposed>> {
        let older = || self.older.iter().find(|(it, _)| *it == sort);
        let older = || older().map(|(_, known)| Arc::clone(known));
        self.proposals.ready(&sort).or_else(older)
    }

    /// All reports.
    pub fn reports(&self, reader: &Reader) -> Result<&[ReportRow], StoreError> {
        if let Some(reports) = self.reports.get() {
            return Ok(reports);
        }
        let reports = reader.reports()?;
        Ok(self.reports.get_or_init(|| reports))
    }

    /// Path, title and date of each report, folded, in the order of the reports; a line each.
    pub fn folded(&self, reader: &Reader) -> Result<&[String], StoreError> {
        let reports = self.reports(reader)?;
        let folded = |row: &ReportRow| {
            let parts = [Some(&row.label), row.title.as_ref(), row.date.as_ref()];
            let parts = parts.into_iter().flatten();
            parts.map(|part| fold(part)).collect::<Vec<_>>().join("\n")
        };
        Ok(self
            .folded
            .get_or_init(|| reports.iter().map(folded).collect()))
    }

    /// All things.
    pub fn things(&self, reader: &Reader) -> Result<&[ThingRow], StoreError> {
        if let Some(things) = self.things.get() {
            return Ok(things);
        }
        let things = reader.things(&NameType::ALL)?;
        Ok(self.things.get_or_init(|| things))
    }

    /// The names under which reports have each place and workplace.
    pub fn forms(&self, reader: &Reader) -> Result<&BTreeMap<i64, Vec<String>>, StoreError> {
        if let Some(forms) = self.forms.get() {
            return Ok(forms);
        }
        let mut forms: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        for unit in reader.units(&[NameType::Place, NameType::Workplace])? {
            let known = forms.entry(unit.number).or_default();
            for form in unit.forms {
                if !known.contains(&form) {
                    known.push(form);
                }
            }
        }
        Ok(self.forms.get_or_init(|| forms))
    }
}

/// What a lock guards. Whoever panicked under it left it whole: everything here is put in with one call.
pub fn locked<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
