//! The reports of a project, and claims by what they say.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use svodka_model::{Certainty, Contract};

use super::{Reader, Told};
use crate::StoreError;
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

    /// The numbers of the things that a report names, by the ids that its reading gives them.
    ///
    /// # Errors
    ///
    /// If there is no such report.
    pub fn things_of(&self, report: i64) -> Result<BTreeMap<String, i64>, StoreError> {
        // What is shielded has other ids, and what is corrected may name more: then the whole must be read.
        if self.shield.is_some() || self.is_corrected(report)? {
            let contract = self.report(&report.to_string())?;
            return self.things_in(report, &contract.entities);
        }
        let known = self.report_called(&report.to_string())?;
        self.things_in(known, &self.shelved(known)?.entities)
    }

    /// The number of a report, by its number or its label.
    pub(super) fn report_called(&self, name: &str) -> Result<i64, StoreError> {
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

    /// Claims by what they say, in the order of time.
    ///
    /// # Errors
    ///
    /// If a name is not in the project, or means several things.
    pub fn claims(&self, filter: &ClaimFilter) -> Result<Vec<Told>, StoreError> {
        self.told(&self.chosen(filter)?)
    }

    /// The claims that a filter wants, each by its report and its place there, in the order of time.
    pub(super) fn chosen(&self, filter: &ClaimFilter) -> Result<Vec<(i64, usize)>, StoreError> {
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
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
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
        let report = filter
            .report
            .as_deref()
            .map(|name| self.report_called(name));
        let mut values: Vec<Value> = vec![
            rank(filter.certainty.unwrap_or(Certainty::Unestablished)).into(),
            filter.kind.clone().into(),
            filter.from.map(day).into(),
            filter.to.map(day).into(),
            report.transpose()?.into(),
        ];
        for (name, role) in roles {
            if let Some(name) = name {
                let (things, units) = self.clusters.members(self.meant(name)?).written();
                values.extend([things.into(), units.into()]);
                let (things, units) = (values.len() - 1, values.len());
                sql += &format!(
                    " AND (c.report, c.ordinal) IN (
                       SELECT p.report, p.ordinal FROM json_each(?{things}) j JOIN part p ON p.thing = j.value AND p.role {role}
                       UNION SELECT p.report, p.ordinal FROM json_each(?{units}) j
                         JOIN part p ON p.thing = j.value ->> 0 AND p.report = j.value ->> 1 AND p.role {role})"
                );
            }
        }
        Ok((sql, values))
    }
}
