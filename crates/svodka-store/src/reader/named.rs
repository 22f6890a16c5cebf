//! A report's reading with what each thing that it names is in the project: what is needed to tell who may be the same.

use std::collections::BTreeMap;

use rusqlite::params;
use svodka_model::Contract;

use super::Reader;
use crate::state::folded_name;
use crate::{StoreError, Unit};

/// A report's reading, and by what the things that it names can be judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The reading, corrected.
    pub contract: Contract,
    /// The units of its entities, by their ids. Who is shielded has none.
    pub units: BTreeMap<String, Unit>,
}

impl Reader {
    /// The current reading of a report, by its number, with the units of what it names; nothing if there is no such report.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn named(&self, report: i64) -> Result<Option<Named>, StoreError> {
        let Some(contract) = self.contract(report)? else {
            return Ok(None);
        };
        let mut query = self.conn.prepare_cached(
            "SELECT t.id FROM thing t JOIN appearance a ON a.thing = t.id AND a.report = ?3 WHERE t.kind = ?1 AND t.folded = ?2",
        )?;
        let mut units = BTreeMap::new();
        for entity in &contract.entities {
            let folded = folded_name(&entity.name);
            let mut rows = query.query(params![entity.kind.code(), folded, report])?;
            if let Some(row) = rows.next()? {
                let unit = Unit {
                    thing: row.get(0)?,
                    report,
                };
                let shield = self.shield.as_ref();
                if !shield.is_some_and(|shield| shield.covers(self.clusters.of(unit))) {
                    units.insert(entity.id.clone(), unit);
                }
            }
        }
        Ok(Some(Named { contract, units }))
    }
}
