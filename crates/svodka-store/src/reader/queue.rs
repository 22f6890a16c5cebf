//! Claims that wait for a judgement.

use rusqlite::{OptionalExtension, params};

use super::{ClaimFilter, Reader, Told};
use crate::{ClaimKey, StoreError};

impl Reader {
    /// The claims that fit and that nobody has accepted, rejected or corrected, each with its report's number: the least certain first, among
    /// these the ones whose names are met in most claims.
    ///
    /// # Errors
    ///
    /// If a name is not in the project, or means several things.
    pub fn unjudged(&self, filter: &ClaimFilter) -> Result<Vec<(i64, ClaimKey)>, StoreError> {
        let (wanted, values) = self.wanted(filter)?;
        let mut sql = format!(
            "WITH weight AS (SELECT p.report, p.ordinal, sum(t.claims) AS claims FROM part p CROSS JOIN thing t ON t.id = p.thing
               WHERE p.role <> '' GROUP BY p.report, p.ordinal)
             SELECT c.report, c.key FROM claim c JOIN report r ON r.id = c.report
             LEFT JOIN weight w ON w.report = c.report AND w.ordinal = c.ordinal WHERE {wanted}
               AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.report = c.report AND d.ordinal = c.ordinal
                                AND d.verdict IN ('accept', 'reject', 'correct'))
             ORDER BY c.certainty DESC, coalesce(w.claims, 0) DESC,
               c.report, c.ordinal"
        );
        if filter.limit > 0 {
            sql += &format!(" LIMIT {}", filter.limit);
        }
        let mut query = self.conn.prepare(&sql)?;
        let values = rusqlite::params_from_iter(values);
        let rows = query.query_map(values, |row| Ok((row.get(0)?, ClaimKey(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
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
