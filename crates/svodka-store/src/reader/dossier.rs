//! All that is claimed of one thing.

use std::collections::{BTreeMap, BTreeSet, btree_map};
use std::sync::Arc;

use rusqlite::params;
use serde::Serialize;
use svodka_model::{ClaimOut, NameType};

use super::shelf::Shelved;
use super::{Reader, ThingRow};
use crate::decision::standings;
use crate::identity::Members;
use crate::state::folded_name;
use crate::{ClaimKey, StoreError, Unit, Verdict, shield};

/// A decision on a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Its entry in the log.
    pub operation: i64,
    /// What was decided.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// When, in UTC.
    pub at: String,
    /// By whom.
    pub author: String,
}

/// A claim with where it is made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// Its name in the project.
    pub key: ClaimKey,
    /// The report's number.
    pub report: i64,
    /// Its place among the claims of the report.
    #[serde(skip)]
    pub ordinal: usize,
    /// The report's label.
    pub label: String,
    /// The report's date, EDTF.
    pub date: Option<String>,
    /// The claim, as readers corrected it.
    pub claim: ClaimOut,
    /// The claim as the machine read it, if it was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<ClaimOut>,
    /// What readers decided about it.
    pub decisions: Vec<Standing>,
    /// Whether somebody in it may be alive.
    pub may_live: bool,
}

/// A thing that has a part in a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakesPart {
    /// The part.
    pub role: String,
    /// The thing's number in the project: the same for all names that were judged to be one thing.
    pub number: i64,
    /// What it is.
    pub kind: NameType,
    /// What it is called.
    pub label: String,
}

/// What readers made of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Review {
    /// Nobody has judged it.
    Unreviewed,
    /// The text says so.
    Accepted,
    /// The text does not say so.
    Rejected,
    /// The text says what it was corrected to.
    Corrected,
}

impl Review {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Review::Unreviewed => "unreviewed",
            Review::Accepted => "accepted",
            Review::Rejected => "rejected",
            Review::Corrected => "corrected",
        }
    }
}

impl Told {
    /// How reliable source and news are by the last grade that a reader gave (Admiralty): `F6`, not to be judged, if none did.
    pub fn grade(&self) -> &str {
        let grades = self.decisions.iter().rev();
        let mut grades = grades.filter_map(|standing| match &standing.verdict {
            Verdict::Grade(grade) => Some(grade.as_str()),
            _ => None,
        });
        grades.next().unwrap_or("F6")
    }

    /// What readers last made of it.
    pub fn review(&self) -> Review {
        let judged = self.decisions.iter().rev();
        let mut judged = judged.filter_map(|standing| match &standing.verdict {
            Verdict::Accept => Some(Review::Accepted),
            Verdict::Reject => Some(Review::Rejected),
            Verdict::Correct(_) => Some(Review::Corrected),
            Verdict::Grade(_) | Verdict::Note(_) => None,
        });
        judged.next().unwrap_or(Review::Unreviewed)
    }
}

/// All that is claimed of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// The thing.
    pub thing: ThingRow,
    /// The other forms under which it was met, folded.
    pub forms: Vec<String>,
    /// The claims, in the order of time: of what is claimed where that is known, else of the report.
    pub claims: Vec<Told>,
}

impl Reader {
    /// All that is claimed of one thing: by its name, by one of its names if no other thing has that too, or by its number.
    ///
    /// # Errors
    ///
    /// If nothing or several things are so called.
    pub fn dossier(&self, name: &str) -> Result<Dossier, StoreError> {
        Ok(self.dossier_part(name, 0, usize::MAX)?.0)
    }

    /// The same with so many of the claims, from a place on, and how many there are: a city may stand in thousands.
    ///
    /// # Errors
    ///
    /// As [`Reader::dossier`].
    pub fn dossier_part(
        &self,
        name: &str,
        skip: usize,
        limit: usize,
    ) -> Result<(Dossier, usize), StoreError> {
        let number = self.meant(name)?;
        let members = self.clusters.members(number);
        let (things, units) = members.written();
        let mut query = self.conn.prepare_cached(
            "WITH place AS (
               SELECT p.report, p.ordinal FROM json_each(?1) j JOIN part p ON p.thing = j.value
               UNION SELECT p.report, p.ordinal FROM json_each(?2) j JOIN part p ON p.thing = j.value ->> 0 AND p.report = j.value ->> 1)
             SELECT c.report, c.ordinal FROM place p JOIN claim c ON c.report = p.report AND c.ordinal = p.ordinal
             JOIN report r ON r.id = p.report
             ORDER BY coalesce(c.first, c.last, r.first, r.last) IS NULL, coalesce(c.first, c.last, r.first, r.last), p.report, p.ordinal",
        )?;
        let rows = query.query_map(params![things, units], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let places = rows.collect::<Result<Vec<_>, _>>()?;
        let total = places.len();
        let page: Vec<(i64, usize)> = places.into_iter().skip(skip).take(limit).collect();
        let claims = self.told(&page)?;
        let thing = self.thing(number)?;
        let mut forms = Vec::new();
        let shielded = |shield: &shield::Shield| shield.covers(number);
        if !self.shield.as_ref().is_some_and(shielded) {
            forms = self.forms(&members)?;
            if thing.kind != NameType::Person {
                forms = forms.iter().map(|form| self.string(form)).collect();
            }
        }
        let dossier = Dossier {
            thing,
            forms,
            claims,
        };
        Ok((dossier, total))
    }

    /// The forms, folded, under which the members of a number were met.
    fn forms(&self, members: &Members) -> Result<Vec<String>, StoreError> {
        let (things, units) = members.written();
        let mut query = self.conn.prepare_cached(
            "SELECT DISTINCT n.folded FROM json_each(?1) j JOIN name n ON n.thing = j.value",
        )?;
        let rows = query.query_map([things], |row| row.get(0))?;
        let mut forms: BTreeSet<String> = rows.collect::<Result<_, _>>()?;
        let mut query = self.conn.prepare_cached(
            "SELECT coalesce(a.forms, t.label) FROM json_each(?1) j JOIN thing t ON t.id = j.value ->> 0
             JOIN appearance a ON a.thing = t.id AND a.report = j.value ->> 1",
        )?;
        let mut rows = query.query([units])?;
        while let Some(row) = rows.next()? {
            let written: String = row.get(0)?;
            forms.extend(written.lines().map(folded_name));
        }
        Ok(forms.into_iter().collect())
    }

    /// The things that have a part in the claims of a report, by the claims' places there; each with its role, in the order of roles and then of
    /// numbers. Sources are none of them.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn parts(&self, report: i64) -> Result<BTreeMap<usize, Vec<TakesPart>>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT p.ordinal, p.role, p.thing FROM appearance a JOIN part p ON p.thing = a.thing AND p.report = a.report
             WHERE a.report = ?1 AND p.role <> '' ORDER BY p.ordinal, p.role, p.thing",
        )?;
        let rows: Vec<(usize, String, i64)> = query
            .query_map([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let mut called: BTreeMap<i64, (i64, NameType, String)> = BTreeMap::new();
        let mut parts: BTreeMap<usize, Vec<TakesPart>> = BTreeMap::new();
        for (ordinal, role, thing) in rows {
            let (number, kind, label) = match called.entry(thing) {
                btree_map::Entry::Occupied(known) => known.into_mut(),
                btree_map::Entry::Vacant(unknown) => {
                    let number = self.clusters.of(Unit { thing, report });
                    let first = self.clusters.members(number).things.first().copied();
                    let (kind, label): (String, String) = self
                        .conn
                        .prepare_cached("SELECT kind, label FROM thing WHERE id = ?1")?
                        .query_row([first.unwrap_or(thing)], |row| {
                            Ok((row.get(0)?, row.get(1)?))
                        })?;
                    let label = self.name(number, &kind, &label);
                    let kind = NameType::from_code(&kind).unwrap_or(NameType::Person);
                    unknown.insert((number, kind, label))
                }
            };
            let part = TakesPart {
                role,
                number: *number,
                kind: *kind,
                label: label.clone(),
            };
            let of_claim = parts.entry(ordinal).or_default();
            if !of_claim.contains(&part) {
                of_claim.push(part);
            }
        }
        Ok(parts)
    }

    /// These claims, each by its report and its place there, in the order given.
    pub(super) fn told(&self, wanted: &[(i64, usize)]) -> Result<Vec<Told>, StoreError> {
        let mut readings: BTreeMap<i64, Opened> = BTreeMap::new();
        let mut told = Vec::new();
        for &(report, ordinal) in wanted {
            let opened = match readings.entry(report) {
                btree_map::Entry::Occupied(entry) => entry.into_mut(),
                btree_map::Entry::Vacant(entry) => entry.insert(self.opened(report)?),
            };
            let Some(claim) = opened.claims.all().get(ordinal) else {
                return Err(StoreError::Damaged(format!(
                    "report {report} has no claim {ordinal}"
                )));
            };
            let key: i64 = self
                .conn
                .prepare_cached("SELECT key FROM claim WHERE report = ?1 AND ordinal = ?2")?
                .query_row(params![report, ordinal], |row| row.get(0))?;
            told.push(Told {
                key: ClaimKey(key),
                report,
                ordinal,
                label: opened.label.clone(),
                date: opened.date.clone(),
                claim: claim.clone(),
                read: opened.read.get(&ordinal).cloned(),
                decisions: opened.decisions.get(&ordinal).cloned().unwrap_or_default(),
                may_live: self.names_the_living(report, ordinal, &opened.living)?,
            });
        }
        Ok(told)
    }

    /// Whether somebody has corrected a claim of a report.
    pub(super) fn is_corrected(&self, report: i64) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM decision WHERE report = ?1 AND verdict = 'correct'")?
            .exists([report])?)
    }

    fn opened(&self, report: i64) -> Result<Opened, StoreError> {
        let missing = || StoreError::Damaged(format!("report {report} has no reading"));
        let (claims, read) = if self.is_corrected(report)? || self.shield.is_some() {
            let reading = self.corrected(report)?.ok_or_else(missing)?;
            (Claims::Own(reading.contract.claims), reading.read)
        } else {
            (Claims::Shelved(self.shelved(report)?), BTreeMap::new())
        };
        let (label, date): (String, Option<String>) = self
            .conn
            .prepare_cached("SELECT label, date FROM report WHERE id = ?1")?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut living = Vec::new();
        if self.shield.is_none() && !self.living.people.is_empty() {
            let mut query = self
                .conn
                .prepare_cached("SELECT thing FROM appearance WHERE report = ?1")?;
            let mut rows = query.query([report])?;
            while let Some(row) = rows.next()? {
                let thing = row.get(0)?;
                let number = self.clusters.of(Unit { thing, report });
                living.extend(Some(thing).filter(|_| self.may_live(number)));
            }
        }
        let decisions = self.decisions_on(report)?;
        Ok(Opened {
            label: self.string(&label),
            date,
            claims,
            read,
            living,
            decisions,
        })
    }

    /// What readers decided about a report's claims, by their places in it.
    pub(super) fn decisions_on(
        &self,
        report: i64,
    ) -> Result<BTreeMap<usize, Vec<Standing>>, StoreError> {
        let mut decisions: BTreeMap<usize, Vec<Standing>> = BTreeMap::new();
        for (ordinal, standing) in standings(&self.conn, report, None)? {
            decisions.entry(ordinal).or_default().push(Standing {
                verdict: self.verdict(standing.verdict),
                reason: self.string(&standing.reason),
                ..standing
            });
        }
        Ok(decisions)
    }

    fn verdict(&self, verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::Correct(value) => {
                Verdict::Correct(shield::strings(value, &|text| self.string(text)))
            }
            Verdict::Grade(grade) => Verdict::Grade(self.string(&grade)),
            Verdict::Note(note) => Verdict::Note(self.string(&note)),
            other => other,
        }
    }

    /// Whether one of these people has a part in a claim.
    fn names_the_living(
        &self,
        report: i64,
        ordinal: usize,
        living: &[i64],
    ) -> Result<bool, StoreError> {
        let mut part = self.conn.prepare_cached(
            "SELECT 1 FROM part WHERE thing = ?1 AND report = ?2 AND ordinal = ?3",
        )?;
        for thing in living {
            if part.exists(params![thing, report, ordinal])? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The claims of a report: shielded or corrected, or as they were read.
#[derive(Debug)]
enum Claims {
    Own(Vec<ClaimOut>),
    Shelved(Arc<Shelved>),
}

impl Claims {
    fn all(&self) -> &[ClaimOut] {
        match self {
            Claims::Own(claims) => claims,
            Claims::Shelved(reading) => &reading.claims,
        }
    }
}

/// What a dossier needs of a report.
struct Opened {
    label: String,
    date: Option<String>,
    claims: Claims,
    /// The claims that were corrected, as they had been read.
    read: BTreeMap<usize, ClaimOut>,
    /// The people it names who may be alive; nobody where they are shielded.
    living: Vec<i64>,
    decisions: BTreeMap<usize, Vec<Standing>>,
}
