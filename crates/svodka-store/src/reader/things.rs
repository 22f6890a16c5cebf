//! People, groups, places and the like: as tables, one by one, and as single reports name them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use svodka_model::NameType;

use super::Reader;
use crate::identity::{self, Joined};
use crate::{StoreError, Unit};

/// A thing that reports name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThingRow {
    /// Its number in the project.
    pub number: i64,
    /// What it is.
    pub kind: NameType,
    /// What it is called.
    pub label: String,
    /// In how many reports.
    pub reports: u32,
    /// How often.
    pub mentions: u32,
    /// Whether it is a person who may be alive.
    pub may_live: bool,
    /// Why these reports are taken to name one thing.
    pub joined: Joined,
    /// Where others bear the same name: the label of the first report that names this one.
    pub first_report: Option<String>,
}

/// A thing as one report names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitRow {
    /// By what it can be judged.
    #[serde(flatten)]
    pub unit: Unit,
    /// The number of what it is part of.
    pub number: i64,
    /// What it is.
    pub kind: NameType,
    /// What it is called: the fullest form in the report where it was first met.
    pub label: String,
    /// The forms that its report uses, as it writes them, in the order of letters.
    pub forms: Vec<String>,
    /// The report's label.
    pub report_label: String,
    /// The report's date, EDTF.
    pub date: Option<String>,
    /// How often the report names it.
    pub mentions: u32,
    /// How many of the report's claims it has a part in.
    pub claims: u32,
    /// Whether it is a person who may be alive.
    pub may_live: bool,
}

/// What is summed up of a number.
#[derive(Debug)]
struct Sum {
    thing: i64,
    label: String,
    reports: u32,
    mentions: u32,
    /// Whether more than one name was summed up.
    several: bool,
    first_report: Option<i64>,
}

impl Reader {
    /// The things of some sort that reports name, those in most reports first. Reports that use the same name are counted together until
    /// somebody judges; the rows say so ([`Joined`]).
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn things(&self, kinds: &[NameType]) -> Result<Vec<ThingRow>, StoreError> {
        let mut things: Vec<ThingRow> = Vec::new();
        for &kind in kinds {
            let mut query = self.conn.prepare_cached(
                "SELECT id, label, reports, mentions FROM thing WHERE kind = ?1 AND reports > 0 ORDER BY id",
            )?;
            let mut rows = query.query([kind.code()])?;
            let mut sums: BTreeMap<i64, Sum> = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let sum = Sum {
                    thing: row.get(0)?,
                    label: row.get(1)?,
                    reports: row.get(2)?,
                    mentions: row.get(3)?,
                    several: false,
                    first_report: None,
                };
                match self.clusters.whole(sum.thing) {
                    Some(number) => add(&mut sums, number, sum),
                    None => self.add_apart(&mut sums, &sum)?,
                }
            }
            for (number, sum) in sums {
                things.push(self.row(number, kind, sum)?);
            }
        }
        things.sort_by(|a, b| b.reports.cmp(&a.reports).then(a.number.cmp(&b.number)));
        Ok(things)
    }

    /// Adds up the appearances of a name that are told apart.
    fn add_apart(&self, sums: &mut BTreeMap<i64, Sum>, name: &Sum) -> Result<(), StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT report, mentions FROM appearance WHERE thing = ?1 ORDER BY report",
        )?;
        let mut rows = query.query([name.thing])?;
        while let Some(row) = rows.next()? {
            let report = row.get(0)?;
            let unit = Unit {
                thing: name.thing,
                report,
            };
            let sum = Sum {
                label: name.label.clone(),
                reports: 1,
                mentions: row.get(1)?,
                first_report: Some(report),
                ..*name
            };
            add(sums, self.clusters.of(unit), sum);
        }
        Ok(())
    }

    fn row(&self, number: i64, kind: NameType, sum: Sum) -> Result<ThingRow, StoreError> {
        let reports = if sum.several {
            self.reports_naming(number)?
        } else {
            sum.reports
        };
        let first_report = sum.first_report.map(|report| self.report_label(report));
        Ok(ThingRow {
            number,
            kind,
            label: self.name(number, kind.code(), &sum.label),
            reports,
            mentions: sum.mentions,
            may_live: kind == NameType::Person && self.may_live(number),
            joined: self.clusters.joined(&self.conn, number)?,
            first_report: first_report.transpose()?,
        })
    }

    /// What goes by a number.
    pub(super) fn thing(&self, number: i64) -> Result<ThingRow, StoreError> {
        let members = self.clusters.members(number);
        let mut sums: BTreeMap<i64, Sum> = BTreeMap::new();
        let mut kind = NameType::Person;
        let names: BTreeSet<i64> = members
            .things
            .iter()
            .copied()
            .chain(members.units.iter().map(|unit| unit.thing))
            .collect();
        for thing in names {
            let (code, label, reports, mentions): (String, String, u32, u32) = self
                .conn
                .prepare_cached("SELECT kind, label, reports, mentions FROM thing WHERE id = ?1")?
                .query_row([thing], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?;
            kind = NameType::from_code(&code).unwrap_or(kind);
            let sum = Sum {
                thing,
                label,
                reports,
                mentions,
                several: false,
                first_report: None,
            };
            if self.clusters.whole(thing).is_some() {
                add(&mut sums, number, sum);
                continue;
            }
            for unit in members.units.iter().filter(|unit| unit.thing == thing) {
                let mentions: Option<u32> = self
                    .conn
                    .prepare_cached(
                        "SELECT mentions FROM appearance WHERE thing = ?1 AND report = ?2",
                    )?
                    .query_row(params![unit.thing, unit.report], |row| row.get(0))
                    .optional()?;
                let sum = Sum {
                    label: sum.label.clone(),
                    reports: u32::from(mentions.is_some()),
                    mentions: mentions.unwrap_or(0),
                    first_report: Some(unit.report),
                    ..sum
                };
                add(&mut sums, number, sum);
            }
        }
        let sum = sums.remove(&number).ok_or_else(|| StoreError::Unknown {
            what: "name",
            name: number.to_string(),
        })?;
        self.row(number, kind, sum)
    }

    fn reports_naming(&self, number: i64) -> Result<u32, StoreError> {
        let (things, units) = self.clusters.members(number).written();
        Ok(self
            .conn
            .prepare_cached(
                "SELECT count(*) FROM (
                   SELECT a.report FROM json_each(?1) j JOIN appearance a ON a.thing = j.value
                   UNION SELECT a.report FROM json_each(?2) j
                     JOIN appearance a ON a.thing = j.value ->> 0 AND a.report = j.value ->> 1)",
            )?
            .query_row(params![things, units], |row| row.get(0))?)
    }

    pub(super) fn report_label(&self, report: i64) -> Result<String, StoreError> {
        let label: String = self
            .conn
            .prepare_cached("SELECT label FROM report WHERE id = ?1")?
            .query_row([report], |row| row.get(0))?;
        Ok(self.string(&label))
    }

    /// Everything of some sorts as single reports name it, in the order of the names' numbers and then of the reports: what can be judged to
    /// be the same.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn units(&self, kinds: &[NameType]) -> Result<Vec<UnitRow>, StoreError> {
        let mut query = self
            .conn
            .prepare_cached("SELECT id, label, date FROM report")?;
        let mut rows = query.query([])?;
        let mut reports: BTreeMap<i64, (String, Option<String>)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let label: String = row.get(1)?;
            reports.insert(row.get(0)?, (self.string(&label), row.get(2)?));
        }
        let mut query = self.conn.prepare_cached(
            "SELECT t.id, a.report, t.label, a.forms, a.mentions, a.claims FROM thing t JOIN appearance a ON a.thing = t.id
             WHERE t.kind = ?1 ORDER BY t.id, a.report",
        )?;
        let mut units = Vec::new();
        for &kind in kinds {
            let mut rows = query.query([kind.code()])?;
            while let Some(row) = rows.next()? {
                let unit = Unit {
                    thing: row.get(0)?,
                    report: row.get(1)?,
                };
                let number = self.clusters.of(unit);
                let (label, forms): (String, Option<String>) = (row.get(2)?, row.get(3)?);
                let label = self.name(number, kind.code(), &label);
                let forms = match forms {
                    Some(forms) => {
                        let names = forms
                            .lines()
                            .map(|form| self.name(number, kind.code(), form));
                        let names: BTreeSet<String> = names.collect();
                        names.into_iter().collect()
                    }
                    None => vec![label.clone()],
                };
                let (report_label, date) = reports.get(&unit.report).cloned().unwrap_or_default();
                units.push(UnitRow {
                    unit,
                    number,
                    kind,
                    label,
                    forms,
                    report_label,
                    date,
                    mentions: row.get(4)?,
                    claims: row.get(5)?,
                    may_live: kind == NameType::Person && self.may_live(number),
                });
            }
        }
        Ok(units)
    }

    /// The number of what a name means: of a name, of a name in a report (`Orlov@a.txt`), or a number as tables print it. Somebody who is
    /// shielded is found by their number alone: that a name finds a number would give the name away.
    pub(super) fn meant(&self, name: &str) -> Result<i64, StoreError> {
        let unknown = || StoreError::Unknown {
            what: "name",
            name: name.to_owned(),
        };
        let typed = identity::number(name);
        let found = match typed {
            Some(number) => {
                let numbers = self.clusters.typed(&self.conn, number)?;
                numbers.ok_or_else(unknown)?
            }
            None => {
                let found = identity::candidates(&self.conn, name);
                let found = found.map_err(|error| match error {
                    StoreError::Unknown { what, name } => StoreError::Unknown {
                        what,
                        name: self.string(&name),
                    },
                    other => other,
                })?;
                let numbers = found.iter().flat_map(|it| it.numbers(&self.clusters));
                let numbers: BTreeSet<i64> = numbers.collect();
                numbers.into_iter().collect()
            }
        };
        let told = |number: &i64| {
            let shield = self.shield.as_ref();
            typed.is_some() || !shield.is_some_and(|shield| shield.covers(*number))
        };
        let told: Vec<i64> = found.into_iter().filter(told).collect();
        match told.as_slice() {
            [] => Err(unknown()),
            [number] => Ok(*number),
            several => {
                let mut candidates = Vec::new();
                for number in several {
                    let thing = self.thing(*number)?;
                    let at = thing.first_report.as_deref();
                    candidates.push(format!(
                        "{} (number {number})",
                        identity::shown(thing.kind.code(), &thing.label, at)
                    ));
                }
                Err(StoreError::Ambiguous {
                    name: name.to_owned(),
                    candidates,
                })
            }
        }
    }
}

/// Adds to what is summed up of a number.
fn add(sums: &mut BTreeMap<i64, Sum>, number: i64, more: Sum) {
    match sums.get_mut(&number) {
        Some(sum) => {
            sum.several |= sum.thing != more.thing;
            sum.reports += more.reports;
            sum.mentions += more.mentions;
            // A name that stands for all its appearances needs no report to be known by.
            sum.first_report = sum.first_report.min(more.first_report);
        }
        None => {
            sums.insert(number, more);
        }
    }
}
