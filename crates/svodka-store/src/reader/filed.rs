//! Reports whole, one at a time: what exports are made from. A project of any size is read with the memory for one report.

use std::collections::BTreeMap;

use rusqlite::params;
use svodka_model::{Cited, Decided, Filed, Numbered};

use super::{ClaimFilter, Reader, Standing, shielded};
use crate::{ClaimKey, StoreError, Verdict};

impl Reader {
    /// The reports with the claims that a filter wants, one at a time, in the order in which they were added. With a filter that wants
    /// all, every report; else those alone of which it wants something.
    ///
    /// # Errors
    ///
    /// If a name of the filter is not in the project, or means several things; for each report, if it cannot be read.
    pub fn readings(
        &self,
        filter: &ClaimFilter,
    ) -> Result<impl Iterator<Item = Result<Filed, StoreError>> + '_, StoreError> {
        let mut wanted: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        if *filter == ClaimFilter::default() {
            wanted.extend(self.reports()?.into_iter().map(|row| (row.id, Vec::new())));
        }
        for (report, ordinal) in self.chosen(filter)? {
            wanted.entry(report).or_default().push(ordinal);
        }
        let reports = wanted.into_iter().map(|(report, mut ordinals)| {
            ordinals.sort_unstable();
            self.filed(report, ordinals)
        });
        Ok(reports)
    }

    /// A report with some of its claims, by their places in it.
    fn filed(&self, report: i64, ordinals: Vec<usize>) -> Result<Filed, StoreError> {
        let missing = || StoreError::Damaged(format!("report {report} has no reading"));
        let mut reading = self.unshielded(report)?.ok_or_else(missing)?;
        let numbers = self.things_in(report, &reading.contract.entities)?;
        let things = reading.contract.entities.iter().map(|entity| {
            let number = *numbers.get(&entity.id)?;
            let may_live = self.may_live(number);
            Some(Numbered { number, may_live })
        });
        let things = things.collect();
        if let Some(shield) = &self.shield {
            // The entities stay in their order, with other names and ids.
            reading = shielded(shield, reading, &numbers);
        }
        let (label, version, read_at): (String, u32, String) = self
            .conn
            .prepare_cached(
                "SELECT r.label, v.number, o.at FROM report r JOIN version v ON v.operation = r.version JOIN operation o ON o.id = r.reading WHERE r.id = ?1",
            )?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut decisions = self.decisions_on(report)?;
        let mut key = self
            .conn
            .prepare_cached("SELECT key FROM claim WHERE report = ?1 AND ordinal = ?2")?;
        let mut claims = Vec::new();
        for ordinal in ordinals {
            let key = ClaimKey(key.query_row(params![report, ordinal], |row| row.get(0))?);
            claims.push(Cited {
                ordinal,
                key: key.to_string(),
                read: reading.read.remove(&ordinal),
                decisions: decisions.remove(&ordinal).map_or_else(Vec::new, decided),
            });
        }
        Ok(Filed {
            number: report,
            label: self.string(&label),
            version,
            read_at,
            contract: reading.contract,
            things,
            claims,
        })
    }
}

fn decided(standings: Vec<Standing>) -> Vec<Decided> {
    let decided = standings.into_iter().map(|standing| Decided {
        operation: standing.operation,
        verdict: standing.verdict.word(),
        value: match standing.verdict {
            Verdict::Accept | Verdict::Reject => String::new(),
            Verdict::Correct(value) => value.to_string(),
            Verdict::Grade(value) | Verdict::Note(value) => value,
        },
        reason: standing.reason,
        at: standing.at,
        author: standing.author,
    });
    decided.collect()
}
