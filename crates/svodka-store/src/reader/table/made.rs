//! How the table of claims is made, and brought up to date.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use rusqlite::OptionalExtension;

use super::super::{Reader, Selection};
use super::{Block, NO_DAY, Part, Row, Table, too_many};
use crate::StoreError;

impl Reader {
    /// The project's claims as a table: made anew, or brought up to date from one that was made before of this project. What it is asked
    /// by this reader is answered from it.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn table(&self, before: Option<&Arc<Table>>) -> Result<Arc<Table>, StoreError> {
        if let Some(table) = self.table.get() {
            return Ok(Arc::clone(table));
        }
        let newest = self.newest()?;
        // One that was made of a later moment says what this reader cannot see.
        let before = before.filter(|before| before.made <= newest);
        let changed = match before {
            Some(before) => self.reports_changed(before.newest.load(Ordering::Relaxed))?,
            None => None,
        };
        let table = match (before, changed) {
            (Some(before), Some(changed)) if changed.is_empty() => {
                before.newest.fetch_max(newest, Ordering::Relaxed);
                Arc::clone(before)
            }
            (Some(before), Some(changed)) => Arc::new(self.patched(before, &changed)?),
            _ => Arc::new(self.tabled(None)?),
        };
        Ok(Arc::clone(self.table.get_or_init(|| table)))
    }

    /// The table that a selection needs: of one report if it wants one, and no more is known.
    pub(in super::super) fn table_for(
        &self,
        selection: &Selection,
    ) -> Result<Arc<Table>, StoreError> {
        match &selection.filter.report {
            Some(name) if self.table.get().is_none() => {
                Ok(Arc::new(self.tabled(Some(self.report_called(name)?))?))
            }
            _ => self.table(None),
        }
    }

    /// How many claims there are, if they are in memory: counting them in the file takes a tenth of a second.
    pub(in super::super) fn claims_in_memory(&self) -> Option<u32> {
        let table = self.table.get()?;
        u32::try_from(table.blocks.iter().map(|it| it.rows.len()).sum::<usize>()).ok()
    }

    fn tabled(&self, report: Option<i64>) -> Result<Table, StoreError> {
        let newest = self.newest()?;
        let mut table = Table {
            made: newest,
            newest: AtomicI64::new(newest),
            kinds: Vec::new(),
            blocks: Vec::new(),
            weights: self.weights()?,
            by_time: OnceLock::new(),
            by_doubt: OnceLock::new(),
            by_thing: OnceLock::new(),
        };
        let reports = match report {
            Some(report) => vec![report],
            None => {
                let mut query = self
                    .conn
                    .prepare_cached("SELECT id FROM report ORDER BY id")?;
                let rows = query.query_map([], |row| row.get(0))?;
                rows.collect::<Result<_, _>>()?
            }
        };
        // The parts of all reports in one go: their index begins with the thing.
        let all = report.is_none().then(|| self.all_parts()).transpose()?;
        for report in reports {
            let parts = match &all {
                Some(all) => all.get(&report).cloned().unwrap_or_default(),
                None => self.parts_in(report)?,
            };
            let block = self.block(&mut table, report, parts)?;
            table.blocks.push(Arc::new(block));
        }
        Ok(table)
    }

    /// The same table with the claims of some reports read anew.
    fn patched(&self, before: &Table, changed: &[i64]) -> Result<Table, StoreError> {
        let newest = self.newest()?;
        let mut table = Table {
            made: newest,
            newest: AtomicI64::new(newest),
            kinds: before.kinds.clone(),
            blocks: before.blocks.clone(),
            weights: self.weights()?,
            by_time: OnceLock::new(),
            by_doubt: OnceLock::new(),
            by_thing: OnceLock::new(),
        };
        for &report in changed {
            let parts = self.parts_in(report)?;
            let block = Arc::new(self.block(&mut table, report, parts)?);
            match table.blocks.binary_search_by_key(&report, |it| it.report) {
                Ok(place) => table.blocks[place] = block,
                Err(place) => table.blocks.insert(place, block),
            }
        }
        Ok(table)
    }

    /// The reports whose claims have changed after an entry of the log; nothing if that cannot be told.
    fn reports_changed(&self, since: i64) -> Result<Option<Vec<i64>>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT coalesce(u.kind, o.kind), coalesce(u.payload, o.payload) ->> 'label', coalesce(u.payload, o.payload) ->> 'verdict'
             FROM operation o LEFT JOIN operation u ON u.id = o.undoes WHERE o.id > ?1",
        )?;
        let mut rows = query.query([since])?;
        let mut changed: Vec<i64> = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(0)?;
            let verdict: Option<String> = row.get(2)?;
            match (kind.as_str(), verdict.as_deref()) {
                ("add" | "reread", _) | ("decide", Some("correct")) => {
                    let label: String = row.get(1)?;
                    let found: Option<i64> = self
                        .conn
                        .prepare_cached("SELECT id FROM report WHERE label = ?1")?
                        .query_row([label], |row| row.get(0))
                        .optional()?;
                    changed.extend(found);
                }
                ("decide" | "relate" | "relateall" | "policy" | "except", _) => {}
                _ => return Ok(None),
            }
        }
        changed.sort_unstable();
        changed.dedup();
        Ok(Some(changed))
    }

    fn weights(&self) -> Result<BTreeMap<u32, u32>, StoreError> {
        let mut query = self
            .conn
            .prepare_cached("SELECT id, claims FROM thing WHERE claims > 0")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn all_parts(&self) -> Result<BTreeMap<i64, Vec<(u32, Part)>>, StoreError> {
        let mut query = self
            .conn
            .prepare_cached("SELECT thing, report, ordinal, role = '' FROM part")?;
        let mut rows = query.query([])?;
        let mut parts: BTreeMap<i64, Vec<(u32, Part)>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let part = Part {
                thing: row.get(0)?,
                said: row.get(3)?,
            };
            parts
                .entry(row.get(1)?)
                .or_default()
                .push((row.get(2)?, part));
        }
        Ok(parts)
    }

    fn parts_in(&self, report: i64) -> Result<Vec<(u32, Part)>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT p.ordinal, p.thing, p.role = '' FROM appearance a CROSS JOIN part p ON p.thing = a.thing AND p.report = a.report
             WHERE a.report = ?1",
        )?;
        let rows = query.query_map([report], |row| {
            let part = Part {
                thing: row.get(1)?,
                said: row.get(2)?,
            };
            Ok((row.get(0)?, part))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn block(
        &self,
        table: &mut Table,
        report: i64,
        mut parts: Vec<(u32, Part)>,
    ) -> Result<Block, StoreError> {
        parts.sort_by_key(|(ordinal, part)| (*ordinal, part.thing, part.said));
        let days: (Option<i32>, Option<i32>) = self
            .conn
            .prepare_cached("SELECT first, last FROM report WHERE id = ?1")?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut block = Block {
            report,
            days: (days.0.unwrap_or(NO_DAY), days.1.unwrap_or(NO_DAY)),
            rows: Vec::new(),
            parts: parts.iter().map(|(_, part)| *part).collect(),
        };
        let mut query = self.conn.prepare_cached(
            "SELECT ordinal, key, kind, certainty, first, last FROM claim WHERE report = ?1 ORDER BY ordinal",
        )?;
        let mut rows = query.query([report])?;
        while let Some(row) = rows.next()? {
            let ordinal: u32 = row.get(0)?;
            let end = parts.partition_point(|(of, _)| *of <= ordinal);
            let (first, last): (Option<i32>, Option<i32>) = (row.get(4)?, row.get(5)?);
            block.rows.push(Row {
                key: row.get(1)?,
                first: first.unwrap_or(NO_DAY),
                last: last.unwrap_or(NO_DAY),
                ordinal,
                parts: u32::try_from(end).map_err(|_| too_many())?,
                kind: table.kind(row.get(2)?)?,
                certainty: row.get(3)?,
            });
        }
        Ok(block)
    }
}
