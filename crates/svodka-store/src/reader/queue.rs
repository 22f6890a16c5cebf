//! Claims that wait for a judgement.

use rusqlite::{OptionalExtension, params};

use super::{ClaimFilter, Judged, Reader, Selection, Told};
use crate::{ClaimKey, StoreError};

impl Reader {
    /// The claims that fit and that nobody has accepted, rejected or corrected, each with its report's number: the least certain first, among
    /// these the ones whose names are met in most claims. How many there are, and so many of them from a place on.
    ///
    /// # Errors
    ///
    /// If a name is not in the project, or means several things.
    pub fn unjudged(
        &self,
        filter: &ClaimFilter,
        skip: usize,
        limit: usize,
    ) -> Result<(usize, Vec<(i64, ClaimKey)>), StoreError> {
        let selection = Selection {
            filter: filter.clone(),
            judged: Some(Judged::Nobody),
            ..Selection::default()
        };
        let table = self.table_for(&selection)?;
        let fit = self.fit(&selection, &table)?;
        let total = table.fitting(&fit).count();
        let page = table.in_doubt(&fit).skip(skip).take(limit);
        let page = page.map(|it| (it.report, ClaimKey(it.row.key)));
        Ok((total, page.collect()))
    }

    /// A claim of a report, by its name.
    ///
    /// # Errors
    ///
    /// If the report has no such claim.
    pub fn claim(&self, report: i64, key: ClaimKey) -> Result<Told, StoreError> {
        let ordinal: Option<usize> = self
            .conn
            .prepare_cached("SELECT ordinal FROM claim WHERE report = ?1 AND key = ?2")?
            .query_row(params![report, key.0], |row| row.get(0))
            .optional()?;
        let told = match ordinal {
            Some(ordinal) => self.told(&[(report, ordinal)])?.pop(),
            None => None,
        };
        told.ok_or_else(|| StoreError::Unknown {
            what: "claim",
            name: key.to_string(),
        })
    }
}
