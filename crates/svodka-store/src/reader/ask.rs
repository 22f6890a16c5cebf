//! Tables of what a project holds, and claims by what they say.

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use svodka_model::{Certainty, Contract, NameType};

use super::{Reader, Told};
use crate::StoreError;
use crate::cluster;
use crate::state::{day, rank};

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Its number in the project.
    pub id: i64,
    /// What it is known by: its path.
    pub label: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date, EDTF.
    pub date: Option<String>,
    /// Which version of it is current.
    pub version: u32,
    /// How many claims it makes.
    pub claims: u32,
}

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
}

/// Which claims are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimFilter {
    /// Of this kind.
    pub kind: Option<String>,
    /// With this thing in some role.
    pub about: Option<String>,
    /// With this place or workplace in some role.
    pub at: Option<String>,
    /// On the word of this person or body.
    pub said_by: Option<String>,
    /// Of something that may have been on this day or later; only claims with a date of their own.
    pub from: Option<Date>,
    /// Of something that may have been on this day or earlier; only claims with a date of their own.
    pub to: Option<Date>,
    /// In this report, by its number or its label.
    pub report: Option<String>,
    /// At least this sure.
    pub certainty: Option<Certainty>,
    /// Not more than so many; 0 for all.
    pub limit: usize,
}

impl Reader {
    /// The reports, in the order in which they were added.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn reports(&self) -> Result<Vec<ReportRow>, StoreError> {
        let mut query = self.conn.prepare(
            "SELECT r.id, r.label, r.title, r.date, v.number, (SELECT count(*) FROM claim c WHERE c.report = r.id)
             FROM report r JOIN version v ON v.operation = r.version ORDER BY r.id",
        )?;
        let rows = query.query_map([], |row| {
            Ok(ReportRow {
                id: row.get(0)?,
                label: self.string(&row.get::<_, String>(1)?),
                title: row
                    .get::<_, Option<String>>(2)?
                    .map(|title| self.string(&title)),
                date: row.get(3)?,
                version: row.get(4)?,
                claims: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The current reading of a report, by its number or its label.
    ///
    /// # Errors
    ///
    /// If there is no such report.
    pub fn report(&self, name: &str) -> Result<Contract, StoreError> {
        let id = self.report_called(name)?;
        self.contract(id)?
            .ok_or_else(|| StoreError::Damaged(format!("report {id} has no reading")))
    }

    /// The number of a report, by its number or its label.
    fn report_called(&self, name: &str) -> Result<i64, StoreError> {
        let id: Option<i64> = self
            .conn
            .query_row(
                "SELECT id FROM report WHERE version IS NOT NULL AND (label = ?1 OR id = ?2) ORDER BY label = ?1 DESC",
                params![name, name.parse::<i64>().ok()],
                |row| row.get(0),
            )
            .optional()?;
        id.ok_or_else(|| StoreError::Unknown {
            what: "report",
            name: self.string(name),
        })
    }

    /// The things of some sort that reports name, those in most reports first. Names are names: that two reports use the same does not
    /// show that they mean the same person.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn things(&self, kinds: &[NameType]) -> Result<Vec<ThingRow>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT t.id, t.label, count(*), sum(a.mentions) FROM thing t JOIN appearance a ON a.thing = t.id
             WHERE t.kind = ?1 GROUP BY t.id ORDER BY t.id",
        )?;
        let mut things: Vec<ThingRow> = Vec::new();
        for &kind in kinds {
            let mut rows = query.query([kind.code()])?;
            while let Some(row) = rows.next()? {
                let (id, label): (i64, String) = (row.get(0)?, row.get(1)?);
                let first = self.clusters.first(id);
                let (reports, mentions): (u32, u32) = (row.get(2)?, row.get(3)?);
                match things
                    .iter_mut()
                    .find(|thing| first != id && thing.number == first)
                {
                    Some(thing) => {
                        thing.reports = self.reports_naming(first)?;
                        thing.mentions += mentions;
                    }
                    None => things.push(ThingRow {
                        number: first,
                        kind,
                        label: self.name(id, kind.code(), &label),
                        reports,
                        mentions,
                        may_live: kind == NameType::Person && self.may_live(id),
                    }),
                }
            }
        }
        things.sort_by(|a, b| b.reports.cmp(&a.reports).then(a.number.cmp(&b.number)));
        Ok(things)
    }

    fn reports_naming(&self, first: i64) -> Result<u32, StoreError> {
        let sql = format!(
            "SELECT count(DISTINCT report) FROM appearance WHERE thing IN ({})",
            self.members(first)
        );
        Ok(self.conn.query_row(&sql, [], |row| row.get(0))?)
    }

    /// The numbers of all things that are the same as this first one, for a list in SQL.
    pub(super) fn members(&self, first: i64) -> String {
        let members = self.clusters.members(first);
        let numbers: Vec<String> = members.iter().map(i64::to_string).collect();
        numbers.join(", ")
    }

    /// The first of the things that a name means. Somebody who is shielded is found by their number alone: that a name finds a number
    /// would give the name away.
    pub(super) fn meant(&self, name: &str) -> Result<i64, StoreError> {
        let unknown = || StoreError::Unknown {
            what: "name",
            name: name.to_owned(),
        };
        let number = name.trim_matches(['[', ']']);
        let number = number.strip_prefix("person ").unwrap_or(number);
        if let Ok(id) = number.parse::<i64>() {
            let mut known = self
                .conn
                .prepare_cached("SELECT 1 FROM thing WHERE id = ?1")?;
            return if known.exists([id])? {
                Ok(self.clusters.first(id))
            } else {
                Err(unknown())
            };
        }
        let mut found = cluster::candidates(&self.conn, name)?;
        if let Some(shield) = &self.shield {
            found.retain(|candidate| !shield.covers(self.clusters.first(candidate.id)));
            for candidate in &mut found {
                candidate.label = self.name(candidate.id, candidate.kind.code(), &candidate.label);
            }
        }
        Ok(self
            .clusters
            .first(cluster::only(name, found, &self.clusters)?.id))
    }

    /// Claims by what they say, in the order of time.
    ///
    /// # Errors
    ///
    /// If a name is not in the project, or means several things.
    pub fn claims(&self, filter: &ClaimFilter) -> Result<Vec<Told>, StoreError> {
        let (wanted, values) = self.wanted(filter)?;
        let mut sql = format!(
            "SELECT c.report, c.ordinal FROM claim c JOIN report r ON r.id = c.report WHERE {wanted}
             ORDER BY coalesce(c.first, c.last, r.first, r.last) IS NULL, coalesce(c.first, c.last, r.first, r.last), c.report, c.ordinal"
        );
        if filter.limit > 0 {
            sql += &format!(" LIMIT {}", filter.limit);
        }
        let mut query = self.conn.prepare(&sql)?;
        let values = rusqlite::params_from_iter(values);
        let rows = query.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.told(&rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// What a filter wants of a claim `c` in a report `r`, for a WHERE, and the values of its parameters.
    pub(super) fn wanted(&self, filter: &ClaimFilter) -> Result<(String, Vec<Value>), StoreError> {
        let mut sql = String::from(
            "c.certainty <= ?1
               AND (?2 IS NULL OR c.kind = ?2)
               AND (?3 IS NULL OR coalesce(c.last, c.first) >= ?3 OR (c.last IS NULL AND c.first IS NOT NULL))
               AND (?4 IS NULL OR coalesce(c.first, c.last) <= ?4 OR (c.first IS NULL AND c.last IS NOT NULL))
               AND (?5 IS NULL OR c.report = ?5)",
        );
        let roles = [
            (&filter.about, "<> ''"),
            (&filter.at, "<> ''"),
            (&filter.said_by, "= ''"),
        ];
        for (name, role) in roles {
            if let Some(name) = name {
                let members = self.members(self.meant(name)?);
                sql += &format!(
                    " AND EXISTS (SELECT 1 FROM part p WHERE p.thing IN ({members}) AND p.report = c.report
                       AND p.ordinal = c.ordinal AND p.role {role})"
                );
            }
        }
        let report = filter
            .report
            .as_deref()
            .map(|name| self.report_called(name));
        let values = vec![
            rank(filter.certainty.unwrap_or(Certainty::Unestablished)).into(),
            filter.kind.clone().into(),
            filter.from.map(day).into(),
            filter.to.map(day).into(),
            report.transpose()?.into(),
        ];
        Ok((sql, values))
    }
}
