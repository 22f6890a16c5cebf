//! Claims as tables with filters need them: which fit, how many of each sort, and which things stand in them together.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};
use svodka_model::Certainty;

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
    const ALL: [Judged; 4] = [
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
    fn verdict(self) -> &'static str {
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
    /// On nobody's word but the report's.
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
    pub kind: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// The numbers of the things, each once, in their order.
    pub things: Vec<i64>,
}

/// The last judgement and the last grade of each claim that has one.
pub(super) const DECIDED: &str = "WITH judged AS (SELECT report, ordinal, verdict, max(operation) FROM decision
    WHERE ordinal IS NOT NULL AND verdict IN ('accept', 'reject', 'correct') GROUP BY report, ordinal),
  graded AS (SELECT d.report, d.ordinal, o.payload ->> 'value' AS grade, max(d.operation) FROM decision d JOIN operation o ON o.id = d.operation
    WHERE d.ordinal IS NOT NULL AND d.verdict = 'grade' GROUP BY d.report, d.ordinal) ";

const WITH_DECISIONS: &str = "LEFT JOIN judged j ON j.report = c.report AND j.ordinal = c.ordinal
  LEFT JOIN graded g ON g.report = c.report AND g.ordinal = c.ordinal ";

impl Selection {
    /// What must be joined to a claim `c` for it to be known whether it is wanted: nothing, if decisions do not matter. Each join costs a
    /// search for every claim of the project.
    pub(super) fn joins(&self) -> &'static str {
        if self.judged.is_some() || self.grade.is_some() {
            WITH_DECISIONS
        } else {
            ""
        }
    }
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

    /// The claims that fit, each by its report and its place there, in the order of time.
    ///
    /// # Errors
    ///
    /// If a name is not in the project, or means several things.
    pub fn selected(&self, selection: &Selection) -> Result<Vec<(i64, usize)>, StoreError> {
        let (wanted, values) = self.selecting(selection)?;
        let joins = selection.joins();
        let sql = format!(
            "{DECIDED} SELECT c.report, c.ordinal FROM claim c JOIN report r ON r.id = c.report {joins} WHERE {wanted}
             ORDER BY coalesce(c.first, c.last, r.first, r.last) IS NULL, coalesce(c.first, c.last, r.first, r.last), c.report, c.ordinal"
        );
        let mut query = self.conn.prepare(&sql)?;
        let rows = query.query_map(params_from_iter(values), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many of the claims that fit there are of each sort.
    ///
    /// # Errors
    ///
    /// As [`Reader::selected`].
    pub fn counts(&self, selection: &Selection) -> Result<Counts, StoreError> {
        let (wanted, values) = self.selecting(selection)?;
        let joins = selection.joins();
        let sql = format!(
            "{DECIDED} SELECT c.kind, c.certainty, coalesce(j.verdict, ''), g.grade, coalesce(c.first, c.last) / 100, count(*)
             FROM claim c {WITH_DECISIONS} WHERE {wanted} GROUP BY 1, 2, 3, 4, 5"
        );
        let mut query = self.conn.prepare(&sql)?;
        let mut rows = query.query(params_from_iter(values.clone()))?;
        let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
        let mut certainties: BTreeMap<i64, u32> = BTreeMap::new();
        let mut judged: BTreeMap<Judged, u32> = BTreeMap::new();
        let mut grades: BTreeMap<String, u32> = BTreeMap::new();
        let mut months: BTreeMap<(i64, String), u32> = BTreeMap::new();
        let mut undated = 0;
        while let Some(row) = rows.next()? {
            let kind: String = row.get(0)?;
            let verdict: String = row.get(2)?;
            let number: u32 = row.get(5)?;
            *certainties.entry(row.get(1)?).or_default() += number;
            if let Some(it) = Judged::ALL.into_iter().find(|it| it.verdict() == verdict) {
                *judged.entry(it).or_default() += number;
            }
            if let Some(grade) = row.get::<_, Option<String>>(3)? {
                *grades.entry(self.string(&grade)).or_default() += number;
            }
            match row.get::<_, Option<i64>>(4)? {
                Some(month) => *months.entry((month, kind.clone())).or_default() += number,
                None => undated += number,
            }
            *kinds.entry(kind).or_default() += number;
        }
        let mut said_by: BTreeMap<i64, u32> = BTreeMap::new();
        // What is said by somebody is looked for among the parts: their index begins with the thing.
        let sql = format!(
            "{DECIDED} SELECT p.thing, p.report, count(*) FROM part p CROSS JOIN claim c ON c.report = p.report AND c.ordinal = p.ordinal
             {joins} WHERE p.role = '' AND {wanted} GROUP BY 1, 2"
        );
        let mut query = self.conn.prepare(&sql)?;
        let mut rows = query.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let unit = Unit {
                thing: row.get(0)?,
                report: row.get(1)?,
            };
            *said_by.entry(self.clusters.of(unit)).or_default() += row.get::<_, u32>(2)?;
        }
        let said_by = most(said_by)
            .into_iter()
            .take(50)
            .map(|(number, claims)| Ok((number, self.thing(number)?.label, claims)))
            .collect::<Result<_, StoreError>>()?;
        let word = |(rank, number)| Some((certainty(rank)?.word(), number));
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
                .into_iter()
                .map(|((month, kind), number)| (month, kind, number))
                .collect(),
            undated,
        })
    }

    /// The claims that fit in which at least two things have a part, and not more than `most`: a list ties nobody to anybody. In the order of
    /// reports.
    ///
    /// # Errors
    ///
    /// As [`Reader::selected`].
    pub fn ties(&self, selection: &Selection, most: usize) -> Result<Vec<Tied>, StoreError> {
        let (wanted, values) = self.selecting(selection)?;
        let joins = selection.joins();
        let sql = format!(
            "{DECIDED} SELECT c.report, c.ordinal, p.thing, c.key, c.kind, c.certainty
             FROM part p CROSS JOIN claim c ON c.report = p.report AND c.ordinal = p.ordinal {joins}
             WHERE p.role <> '' AND {wanted} ORDER BY 1, 2, 3"
        );
        let mut query = self.conn.prepare(&sql)?;
        let mut rows = query.query(params_from_iter(values))?;
        let mut ties: Vec<Tied> = Vec::new();
        let mut last = None;
        while let Some(row) = rows.next()? {
            let (report, ordinal): (i64, i64) = (row.get(0)?, row.get(1)?);
            let thing = row.get(2)?;
            let number = self.clusters.of(Unit { thing, report });
            if last.replace((report, ordinal)) != Some((report, ordinal)) {
                ties.push(Tied {
                    key: ClaimKey(row.get(3)?),
                    kind: row.get(4)?,
                    certainty: certainty(row.get(5)?).unwrap_or(Certainty::Unestablished),
                    things: Vec::new(),
                });
            }
            if let Some(tied) = ties.last_mut()
                && !tied.things.contains(&number)
            {
                tied.things.push(number);
            }
        }
        ties.retain_mut(|tied| {
            tied.things.sort_unstable();
            (2..=most).contains(&tied.things.len())
        });
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

    /// What a selection wants of a claim `c` in a report `r`, judged `j` and graded `g`, and the values of its parameters.
    pub(super) fn selecting(
        &self,
        selection: &Selection,
    ) -> Result<(String, Vec<Value>), StoreError> {
        let (mut sql, mut values) = self.wanted(&selection.filter)?;
        let mut and = |condition: &str, value: Value| {
            values.push(value);
            sql += &format!(" AND {condition} ?{}", values.len());
        };
        if let Some(sure) = selection.sure {
            and("c.certainty =", rank(sure).into());
        }
        if let Some(judged) = selection.judged {
            let verdict = judged.verdict().to_owned();
            and("coalesce(j.verdict, '') =", verdict.into());
        }
        if let Some(grade) = &selection.grade {
            and("g.grade =", grade.clone().into());
        }
        if selection.own_word {
            sql += " AND NOT EXISTS (SELECT 1 FROM part o WHERE o.report = c.report AND o.ordinal = c.ordinal AND o.role = ''
                       AND o.thing IN (SELECT thing FROM appearance WHERE report = c.report))";
        }
        if selection.dated {
            sql += " AND coalesce(c.first, c.last) IS NOT NULL";
        }
        Ok((sql, values))
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
