//! Claims as tables with filters need them: which fit, how many of each sort, and which things stand in them together.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use rusqlite::params;
use svodka_model::{Certainty, SmolStr};

use super::{ClaimFilter, Reader};
use crate::state::rank;
use crate::{ClaimKey, StoreError, Unit};

/// What readers made of a claim: the last judgement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judged {
    /// Nobody has judged it.
    Nobody,
    /// It was accepted.
    Accepted,
    /// It was rejected.
    Rejected,
    /// It was corrected.
    Corrected,
}

impl Judged {
    pub(super) const ALL: [Judged; 4] = [
        Judged::Nobody,
        Judged::Accepted,
        Judged::Rejected,
        Judged::Corrected,
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Judged::Nobody => "unreviewed",
            Judged::Accepted => "accepted",
            Judged::Rejected => "rejected",
            Judged::Corrected => "corrected",
        }
    }

    /// What a word means.
    pub fn of(word: &str) -> Option<Judged> {
        Judged::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The verdict that the store has for it; none if nobody judged.
    pub(super) fn verdict(self) -> &'static str {
        match self {
            Judged::Nobody => "",
            Judged::Accepted => "accept",
            Judged::Rejected => "reject",
            Judged::Corrected => "correct",
        }
    }
}

/// Which claims are wanted: what a filter wants, and what can only be chosen in a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// What they say; its limit does not count here.
    pub filter: ClaimFilter,
    /// Exactly this sure.
    pub sure: Option<Certainty>,
    /// Judged so.
    pub judged: Option<Judged>,
    /// Of this grade.
    pub grade: Option<String>,
    /// On the word of nobody with a name: the report's own, or somebody's whom it does not name.
    pub own_word: bool,
    /// With a date of their own.
    pub dated: bool,
}

/// How many of the claims that fit there are of each sort, those of which there are most first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// By kind.
    pub kinds: Vec<(String, u32)>,
    /// By certainty.
    pub certainties: Vec<(&'static str, u32)>,
    /// By what readers made of them.
    pub judged: Vec<(&'static str, u32)>,
    /// By grade.
    pub grades: Vec<(String, u32)>,
    /// By who is said to have said it: number, name.
    pub said_by: Vec<(i64, String, u32)>,
    /// By the month in which they can have been first, as year times 100 and month, and by kind; in the order of time.
    pub months: Vec<(i64, String, u32)>,
    /// How many have no date of their own.
    pub undated: u32,
}

/// A claim with the things that have a part in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tied {
    /// Its name in the project.
    pub key: ClaimKey,
    /// Its kind.
    pub kind: SmolStr,
    /// How sure it is.
    pub certainty: Certainty,
    /// The month in which it can have been first, as year times 100 and month; none if it has no date of its own.
    pub month: Option<i64>,
    /// The numbers of the things, each once, in their order.
    pub things: Vec<i64>,
}

impl Reader {
    /// The number of the newest entry of the log.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn newest(&self) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .query_row("SELECT coalesce(max(id), 0) FROM operation", [], |row| {
                row.get(0)
            })?)
    }

    /// The newest entry after one of the log by which more has changed than what is noted beside single claims: grades, remarks, and acceptance of
    /// what nobody had rejected leave open what claims say, what stands against what, and how many there are.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn weighed(&self, since: i64) -> Result<Option<i64>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT max(o.id) FROM operation o LEFT JOIN operation u ON u.id = o.undoes
                 WHERE o.id > ?1 AND NOT (coalesce(u.kind, o.kind) = 'decide' AND (
                   coalesce(u.payload, o.payload) ->> 'verdict' IN ('grade', 'note')
                   OR (o.kind = 'decide' AND o.payload ->> 'verdict' = 'accept' AND NOT EXISTS (
                     SELECT 1 FROM decision a JOIN decision r ON r.report = a.report AND r.ordinal = a.ordinal AND r.verdict = 'reject'
                     WHERE a.operation = o.id))))",
            )?
            .query_row([since], |row| row.get(0))?)
    }

    /// The claims that fit, each by its report and its place there, in the order of time: how many there are, and so many of them from a place
    /// on.
    ///
    /// # Errors
    ///
    /// If a name is not in the project, or means several things.
    pub fn selected(
        &self,
        selection: &Selection,
        skip: usize,
        limit: usize,
    ) -> Result<(usize, Vec<(i64, usize)>), StoreError> {
        let table = self.table_for(selection)?;
        let fit = self.fit(selection, &table)?;
        let (total, page) = table.in_time(&fit, skip, limit);
        let places = page.iter().map(|it| (it.report, it.row.ordinal as usize));
        Ok((total, places.collect()))
    }

    /// How many of the claims that fit there are of each sort.
    ///
    /// # Errors
    ///
    /// As [`Reader::selected`].
    pub fn counts(&self, selection: &Selection) -> Result<Counts, StoreError> {
        let table = self.table_for(selection)?;
        let fit = self.fit(selection, &table)?;
        let decided = self.decided()?;
        let mut certainties: BTreeMap<i64, u32> = BTreeMap::new();
        let mut judged: BTreeMap<Judged, u32> = BTreeMap::new();
        let mut grades: BTreeMap<String, u32> = BTreeMap::new();
        let mut months: HashMap<(Option<i64>, &str), u32> = HashMap::new();
        let mut said_by: BTreeMap<i64, u32> = BTreeMap::new();
        let mut undecided = 0;
        for it in table.fitting(&fit) {
            *certainties.entry(rank(it.row.certainty())).or_default() += 1;
            match decided.of(it.report, it.row.ordinal) {
                Some(known) => {
                    *judged.entry(known.judged).or_default() += 1;
                    if let Some(grade) = &known.grade {
                        *grades.entry(self.string(grade)).or_default() += 1;
                    }
                }
                None => undecided += 1,
            }
            *months.entry((it.row.month(), it.kind)).or_default() += 1;
            for part in it.parts.iter().filter(|part| part.said) {
                let unit = Unit {
                    thing: part.thing.into(),
                    report: it.report,
                };
                *said_by.entry(self.clusters.of(unit)).or_default() += 1;
            }
        }
        if undecided > 0 {
            *judged.entry(Judged::Nobody).or_default() += undecided;
        }
        let said_by = most(said_by)
            .into_iter()
            .take(50)
            .map(|(number, claims)| Ok((number, self.thing(number)?.label, claims)))
            .collect::<Result<_, StoreError>>()?;
        let word = |(rank, number)| Some((certainty(rank)?.word(), number));
        let months: BTreeMap<(Option<i64>, &str), u32> = months.into_iter().collect();
        let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
        for ((_, kind), number) in &months {
            *kinds.entry((*kind).to_owned()).or_default() += number;
        }
        let undated = months.range(..(Some(i64::MIN), ""));
        Ok(Counts {
            kinds: most(kinds),
            certainties: certainties.into_iter().filter_map(word).collect(),
            judged: judged
                .into_iter()
                .map(|(it, number)| (it.word(), number))
                .collect(),
            grades: grades.into_iter().collect(),
            said_by,
            months: months
                .iter()
                .filter_map(|((month, kind), number)| {
                    Some(((*month)?, (*kind).to_owned(), *number))
                })
                .collect(),
            undated: undated.map(|(_, number)| number).sum(),
        })
    }

    /// The claims that fit in which at least two things have a part, and not more than `most`: a list ties nobody to anybody. In the order of
    /// reports.
    ///
    /// # Errors
    ///
    /// As [`Reader::selected`].
    pub fn ties(&self, selection: &Selection, most: usize) -> Result<Vec<Tied>, StoreError> {
        let table = self.table_for(selection)?;
        let fit = self.fit(selection, &table)?;
        let mut ties: Vec<Tied> = Vec::new();
        for it in table.fitting(&fit) {
            let named = it.parts.iter().filter(|part| !part.said);
            let mut things: Vec<i64> = named
                .map(|part| {
                    self.clusters.of(Unit {
                        thing: part.thing.into(),
                        report: it.report,
                    })
                })
                .collect();
            things.sort_unstable();
            things.dedup();
            if (2..=most).contains(&things.len()) {
                ties.push(Tied {
                    key: ClaimKey(it.row.key),
                    kind: SmolStr::new(it.kind),
                    certainty: it.row.certainty(),
                    month: it.row.month(),
                    things,
                });
            }
        }
        Ok(ties)
    }

    /// What things of these numbers are called, and what they are.
    ///
    /// # Errors
    ///
    /// If a number is nothing's.
    pub fn called(&self, numbers: &[i64]) -> Result<Vec<(&'static str, String)>, StoreError> {
        let called = |number: &i64| {
            let row: Option<(String, String)> = self
                .conn
                .prepare_cached("SELECT kind, label FROM thing WHERE id = ?1")?
                .query_map(params![number], |row| Ok((row.get(0)?, row.get(1)?)))?
                .next()
                .transpose()?;
            // What has no row of its own is one of several bearers of a name.
            let Some((kind, label)) = row else {
                let thing = self.thing(*number)?;
                return Ok((thing.kind.code(), thing.label));
            };
            let code = svodka_model::NameType::from_code(&kind)
                .ok_or_else(|| StoreError::Damaged(format!("{kind} is no sort of thing")))?
                .code();
            Ok((code, self.name(*number, code, &label)))
        };
        numbers.iter().map(called).collect()
    }
}

/// The certainty of a rank.
fn certainty(wanted: i64) -> Option<Certainty> {
    let all = [
        Certainty::Asserted,
        Certainty::Probable,
        Certainty::Possible,
        Certainty::Unestablished,
    ];
    all.into_iter().find(|it| rank(*it) == wanted)
}

/// Those of which there are most first.
fn most<T: Ord>(counts: BTreeMap<T, u32>) -> Vec<(T, u32)> {
    let mut counts: Vec<(T, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.1));
    counts
}
