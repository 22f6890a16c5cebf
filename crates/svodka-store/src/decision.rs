//! Which decisions there are, and where they stand in the current readings.

use rusqlite::{Connection, params};
use svodka_model::Contract;

use crate::key::quotation;
use crate::operation::{Decide, Operation};
use crate::outcome::Placed;
use crate::{ClaimKey, Standing, StoreError, state};

/// Where a decision stands in a reading: at a claim of its kind with its quotation, the same claim first and then the
/// nearest; else at its words; else nowhere.
pub fn standing(decide: &Decide, contract: &Contract) -> (&'static str, Option<usize>) {
    let keys = ClaimKey::of(&decide.label, contract);
    let quote = quotation(&decide.quote);
    let found = contract
        .claims
        .iter()
        .zip(&keys)
        .enumerate()
        .filter(|(_, (claim, _))| {
            claim.kind == decide.kind && quotation(&claim.evidence.text) == quote
        })
        .min_by_key(|(_, (claim, key))| {
            (
                **key != decide.claim,
                claim.evidence.place.start.abs_diff(decide.start),
            )
        });
    match found {
        Some((ordinal, _)) => ("claim", Some(ordinal)),
        None if quotation(&contract.text).contains(&quote) => ("words", None),
        None => ("gone", None),
    }
}

/// The decisions on a report's claims, or on one of them, that stand, each with its claim's place; oldest first.
pub fn standings(
    conn: &Connection,
    report: i64,
    ordinal: Option<usize>,
) -> Result<Vec<(usize, Standing)>, StoreError> {
    let mut found = conn.prepare_cached(
        "SELECT d.ordinal, d.operation, o.at, o.author FROM decision d JOIN operation o ON o.id = d.operation
         WHERE d.report = ?1 AND d.ordinal IS NOT NULL AND (?2 IS NULL OR d.ordinal = ?2) ORDER BY d.operation",
    )?;
    let rows: Vec<(usize, i64, String, String)> = found
        .query_map(params![report, ordinal], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<_, _>>()?;
    let mut standings = Vec::new();
    for (ordinal, operation, at, author) in rows {
        if let (Operation::Decide(decide), _) = state::entry(conn, operation)? {
            let standing = Standing {
                operation,
                verdict: decide.verdict,
                reason: decide.reason,
                at,
                author,
            };
            standings.push((ordinal, standing));
        }
    }
    Ok(standings)
}

/// Where the decisions on a report stand.
pub fn placed(conn: &Connection, report: i64) -> Result<Vec<Placed>, StoreError> {
    let mut found = conn.prepare_cached(
        "SELECT d.operation, d.verdict, d.standing, o.payload ->> 'quote'
         FROM decision d JOIN operation o ON o.id = d.operation WHERE d.report = ?1 ORDER BY d.operation",
    )?;
    let rows = found.query_map([report], |row| {
        Ok(Placed {
            operation: row.get(0)?,
            verdict: row.get(1)?,
            standing: row.get(2)?,
            quote: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
