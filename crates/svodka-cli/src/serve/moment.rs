//! A project at one moment, as one audience may see it: readers that are open, and what was worked out of it. A change makes another moment.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use jiff::civil::Date;
use svodka::NameType;
use svodka::agree::{Contradiction, Reach};
use svodka::resolve::Sort;
use svodka::store::{
    Audience, ClaimFilter, ClaimKey, Reader, ReportRow, Selection, StoreError, ThingRow,
};

use super::once::Once;
use super::same::Proposed;

/// How many readers are kept open.
const READERS: usize = 8;

/// How many bytes of answers are kept.
const ANSWERS: usize = 64 << 20;

/// How many lists of claims that fit are kept.
const LISTS: usize = 64;

/// Claims, each by its report and its place there.
pub type Places = Arc<Vec<(i64, usize)>>;

/// Claims that wait for a judgement, each with its report.
pub type Waiting = Arc<Vec<(i64, ClaimKey)>>;

/// A project at one moment.
pub struct Moment {
    /// Who sees it.
    pub audience: Audience,
    /// The newest entry of the log.
    pub newest: i64,
    /// The day from which years are counted.
    pub today: Date,
    readers: Mutex<Vec<Reader>>,
    reports: OnceLock<Vec<ReportRow>>,
    things: OnceLock<Vec<ThingRow>>,
    places: Mutex<Vec<(Selection, Places)>>,
    waiting: Mutex<Vec<(ClaimFilter, Waiting)>>,
    answers: Mutex<Answers>,
    forms: OnceLock<BTreeMap<i64, Vec<String>>>,
    /// What cannot both hold, by what was asked for.
    pub contradictions: Once<Reach, (Vec<Contradiction>, usize)>,
    /// Who may be the same, by its sort.
    pub proposals: Once<Sort, Proposed>,
}

/// Answers that were given, by what was asked.
#[derive(Default)]
struct Answers {
    size: usize,
    given: BTreeMap<String, Answer>,
}

/// An answer that was given: its media type and its body.
pub type Answer = (String, Bytes);

impl Moment {
    /// The moment of a log's newest entry.
    pub fn new(audience: Audience, newest: i64, today: Date) -> Moment {
        Moment {
            audience,
            newest,
            today,
            readers: Mutex::default(),
            reports: OnceLock::new(),
            things: OnceLock::new(),
            places: Mutex::default(),
            waiting: Mutex::default(),
            answers: Mutex::default(),
            forms: OnceLock::new(),
            contradictions: Once::default(),
            proposals: Once::default(),
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

    /// All reports.
    pub fn reports(&self, reader: &Reader) -> Result<&[ReportRow], StoreError> {
        if let Some(reports) = self.reports.get() {
            return Ok(reports);
        }
        let reports = reader.reports()?;
        Ok(self.reports.get_or_init(|| reports))
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

    /// The claims that fit, in the order of time. A name that nothing bears has none.
    pub fn places(&self, reader: &Reader, wanted: &Selection) -> Result<Places, StoreError> {
        let known = locked(&self.places);
        if let Some((_, places)) = known.iter().find(|(selection, _)| selection == wanted) {
            return Ok(Arc::clone(places));
        }
        drop(known);
        let places = match reader.selected(wanted) {
            Err(StoreError::Unknown { .. }) => Places::default(),
            places => Arc::new(places?),
        };
        let mut known = locked(&self.places);
        if known.len() >= LISTS {
            known.remove(0);
        }
        known.push((wanted.clone(), Arc::clone(&places)));
        Ok(places)
    }

    /// The claims that fit and wait for a judgement.
    pub fn waiting(&self, reader: &Reader, wanted: &ClaimFilter) -> Result<Waiting, StoreError> {
        let known = locked(&self.waiting);
        if let Some((_, waiting)) = known.iter().find(|(filter, _)| filter == wanted) {
            return Ok(Arc::clone(waiting));
        }
        drop(known);
        let waiting = match reader.unjudged(wanted) {
            Err(StoreError::Unknown { .. }) => Waiting::default(),
            waiting => Arc::new(waiting?),
        };
        let mut known = locked(&self.waiting);
        if known.len() >= LISTS {
            known.remove(0);
        }
        known.push((wanted.clone(), Arc::clone(&waiting)));
        Ok(waiting)
    }

    /// What was answered to this before.
    pub fn answer(&self, asked: &str) -> Option<Answer> {
        locked(&self.answers).given.get(asked).cloned()
    }

    /// Keeps an answer.
    pub fn keep_answer(&self, asked: String, answer: Answer) {
        let mut answers = locked(&self.answers);
        if answers.size + answer.1.len() > ANSWERS {
            *answers = Answers::default();
        }
        answers.size += answer.1.len();
        answers.given.insert(asked, answer);
    }
}

/// What a lock guards. Whoever panicked under it left it whole: everything here is put in with one call.
pub fn locked<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
