//! What people judge: claims, and who is the same.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Care, Writer, record, state_of};
use crate::decision::standings;
use crate::identity::{Consistent, consistent_pairs, unit_name};
use crate::operation::{
    Alike, Decide, Operation, Relate, RelateAll, Relation, Stamp, ThingName, Verdict,
};
use crate::outcome::{Decided, Pair, Related};
use crate::{ClaimKey, Standing, StoreError, content};

impl Writer {
    /// Judges a claim. Gives the number of the decision's entry in the log.
    ///
    /// # Errors
    ///
    /// If there is no such claim, what it is corrected to cannot be understood, or it cannot be written.
    pub fn decide(
        &mut self,
        claim: ClaimKey,
        verdict: Verdict,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        match self.decide_unless_judged(claim, verdict, reason, None, stamp)? {
            Decided::Kept(id) => Ok(id),
            Decided::Meanwhile(_) => Err(StoreError::Damaged(
                "a judgement was held back that nothing stood against".to_owned(),
            )),
        }
    }

    /// Judges a claim, unless somebody has judged it after the entry `seen` of the log.
    ///
    /// # Errors
    ///
    /// As [`Writer::decide`].
    pub fn decide_unless_judged(
        &mut self,
        claim: ClaimKey,
        verdict: Verdict,
        reason: &str,
        seen: Option<i64>,
        stamp: &Stamp,
    ) -> Result<Decided, StoreError> {
        if let Some(wrong) = verdict.wrong() {
            return Err(StoreError::NoCorrection(wrong));
        }
        self.change(Care::Lasting, |conn| {
            let unknown = || StoreError::Unknown {
                what: "claim",
                name: claim.to_string(),
            };
            let (report, ordinal, label): (i64, usize, String) = conn
                .query_row(
                    "SELECT c.report, c.ordinal, r.label FROM claim c JOIN report r ON r.id = c.report WHERE c.key = ?1",
                    [claim.0],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                )
                .optional()?
                .ok_or_else(unknown)?;
            if let Some(seen) = seen {
                let mut judged = standings(conn, report, Some(ordinal))?;
                judged.retain(|(_, it)| it.operation > seen && it.verdict.judges());
                if !judged.is_empty() {
                    let judged = judged.into_iter().map(|(_, it)| it);
                    return Ok(Decided::Meanwhile(judged.collect()));
                }
            }
            let reading = state_of(conn, i64::MAX).reading_of(report)?;
            let found = reading.and_then(|reading| reading.claims.into_iter().nth(ordinal));
            let found = found.ok_or_else(unknown)?;
            let decide = Operation::Decide(Decide {
                label,
                claim,
                kind: found.kind.to_string(),
                quote: found.evidence.text,
                start: found.evidence.place.start,
                verdict,
                reason: reason.to_owned(),
            });
            Ok(Decided::Kept(record(conn, stamp, &decide, None, None)?))
        })
    }

    /// The decisions on a claim that stand, as they are at this moment; oldest first.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn decisions(&self, claim: ClaimKey) -> Result<Vec<Standing>, StoreError> {
        let found: Option<(i64, usize)> = self
            .conn
            .prepare_cached("SELECT report, ordinal FROM claim WHERE key = ?1")?
            .query_row([claim.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((report, ordinal)) = found else {
            return Ok(Vec::new());
        };
        let standings = standings(&self.conn, report, Some(ordinal))?;
        Ok(standings.into_iter().map(|(_, it)| it).collect())
    }

    /// Judges whether two names, or what two reports so name, are one thing. `Same` is transitive; what is judged of a name without a
    /// report holds for every report that uses it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Contradiction`] with the older judgements if it cannot hold beside them; if a name is not in the project, or it cannot
    /// be written.
    pub fn relate(
        &mut self,
        a: &ThingName,
        b: &ThingName,
        verdict: Relation,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        let relate = Operation::Relate(Relate {
            a: a.clone(),
            b: b.clone(),
            verdict,
            reason: reason.to_owned(),
        });
        self.change(Care::Lasting, |conn| {
            // A name that several reports use can be told apart from itself; that of one report cannot.
            if a == b && (a.report.is_some() || reports_naming(conn, a)? < 2) {
                return Err(StoreError::Itself(a.to_string()));
            }
            let consistent = Consistent::before(conn)?;
            let id = record(conn, stamp, &relate, None, None)?;
            consistent.after(conn, id, None)?;
            Ok(id)
        })
    }

    /// Judges pairs to be the same by a rule that somebody switched on, such as "accept above 0.99": one entry in the log, taken back as one
    /// with [`Writer::undo`]. `least` is the probability from which on the rule judges; a pair below it is left out. The likeliest come first, and of
    /// equally likely ones those given first: a pair that contradicts what is judged already, or a likelier pair of this call, is left out and
    /// given back with the judgements it contradicts. The pairs are as [`crate::Reader::units`] lists them; what is judged already is in
    /// [`crate::Reader::judgements`]. Nothing is written if no pair is left.
    ///
    /// # Errors
    ///
    /// If a unit is not in the project, or it cannot be written; then no pair is kept.
    pub fn relate_all(
        &mut self,
        rule: &str,
        least: f64,
        pairs: &[Pair],
        stamp: &Stamp,
    ) -> Result<Related, StoreError> {
        self.change(Care::Lasting, |conn| {
            let (kept, left) = consistent_pairs(conn, least, pairs)?;
            let mut related = Related {
                operation: None,
                kept: kept.len(),
                left,
            };
            if kept.is_empty() {
                return Ok(related);
            }
            let alike = kept
                .into_iter()
                .map(|pair| {
                    Ok(Alike {
                        a: unit_name(conn, pair.a)?,
                        b: unit_name(conn, pair.b)?,
                        probability: pair.probability,
                        reasons: pair.reasons.clone(),
                    })
                })
                .collect::<Result<Vec<Alike>, StoreError>>()?;
            let all = Operation::RelateAll(RelateAll {
                rule: rule.to_owned(),
                least,
                count: alike.len(),
                pairs: content::put(conn, &serde_json::to_vec(&alike)?)?,
            });
            related.operation = Some(record(conn, stamp, &all, None, None)?);
            Ok(related)
        })
    }
}

/// How many reports use a name.
fn reports_naming(conn: &Connection, name: &ThingName) -> Result<i64, StoreError> {
    let count = conn.query_row(
        "SELECT count(*) FROM appearance a JOIN thing t ON t.id = a.thing WHERE t.kind = ?1 AND t.folded = ?2",
        params![name.kind.code(), name.folded],
        |row| row.get(0),
    )?;
    Ok(count)
}
