//! That judgements do not contradict each other is seen to when they are made.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use svodka_model::NameType;

use super::chain::{Chains, Earlier, says};
use super::judged::{Judged, Node, Row, rows};
use crate::operation::{Relation, ThingName};
use crate::{Pair, StoreError, Unit};

/// Which judgements had no effect before a change; only files of schema 1 can have such.
pub struct Consistent {
    refused: BTreeSet<(i64, i64)>,
}

impl Consistent {
    /// Looks before a change.
    pub fn before(conn: &Connection) -> Result<Consistent, StoreError> {
        let rows = rows(conn)?;
        let judged = Judged::of(&rows);
        let refused = judged.refused().iter().filter_map(|at| rows.get(*at));
        Ok(Consistent {
            refused: refused.map(|row| (row.operation, row.pair)).collect(),
        })
    }

    /// Looks after it: the judgement of entry `asked`, made or brought `back`, must leave every other its effect.
    pub fn after(
        &self,
        conn: &Connection,
        asked: i64,
        back: Option<i64>,
    ) -> Result<(), StoreError> {
        let rows = rows(conn)?;
        let judged = Judged::of(&rows);
        for &at in judged.refused() {
            let Some(row) = rows.get(at) else { continue };
            if self.refused.contains(&(row.operation, row.pair)) {
                continue;
            }
            let made = rows.iter().find(|row| row.operation == asked);
            return Err(StoreError::Contradiction {
                asked: match (back, made) {
                    (Some(id), _) => {
                        format!("undoing operation {id} would bring back or free a judgement")
                    }
                    (None, Some(made)) => says(conn, made)?,
                    (None, None) => says(conn, row)?,
                },
                chain: Chains::new(&rows, &judged).earlier(conn, at, asked)?,
            });
        }
        Ok(())
    }
}

/// The pairs left out, by their places, with the judgements they contradict.
type Left = Vec<(usize, Vec<Earlier>)>;

/// Of pairs that a rule takes to be the same those that can be, the likeliest first, and the others.
pub fn consistent_pairs<'a>(
    conn: &Connection,
    least: f64,
    pairs: &'a [Pair],
) -> Result<(Vec<&'a Pair>, Left), StoreError> {
    let mut order: Vec<(usize, &Pair)> = pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| pair.probability >= least && pair.a != pair.b)
        .collect();
    order.sort_by(|(_, a), (_, b)| b.probability.total_cmp(&a.probability));
    let mut rows = rows(conn)?;
    let old = rows.len();
    // No entry has this number yet.
    let operation = i64::MAX;
    for (pair, (_, given)) in (0_i64..).zip(&order) {
        let node = |unit: Unit| Node {
            thing: unit.thing,
            report: Some(unit.report),
        };
        rows.push(Row {
            operation,
            pair,
            a: node(given.a),
            b: node(given.b),
            verdict: Relation::Same,
            probability: Some(given.probability),
        });
    }
    let judged = Judged::of(&rows);
    let refused: BTreeSet<usize> = judged.refused().iter().copied().collect();
    let chains = Chains::new(&rows, &judged);
    let mut left = Vec::new();
    for at in refused.range(old..) {
        if let Some((place, _)) = order.get(at - old) {
            left.push((*place, chains.earlier(conn, *at, operation)?));
        }
    }
    let kept = order.iter().enumerate();
    let kept = kept.filter(|(at, _)| !refused.contains(&(old + at)));
    Ok((kept.map(|(_, (_, pair))| *pair).collect(), left))
}

/// An appearance as an entry of the log has it.
pub fn unit_name(conn: &Connection, unit: Unit) -> Result<ThingName, StoreError> {
    let found: Option<(String, String, String)> = conn
        .prepare_cached(
            "SELECT t.kind, t.folded, r.label FROM thing t JOIN report r ON r.id = ?2 WHERE t.id = ?1
               AND (EXISTS (SELECT 1 FROM appearance WHERE thing = ?1 AND report = ?2)
                 OR EXISTS (SELECT 1 FROM namesake WHERE thing = ?1 AND report = ?2))",
        )?
        .query_row(params![unit.thing, unit.report], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((kind, folded, report)) = found else {
        return Err(StoreError::Unknown {
            what: "name",
            name: format!("{} in report {}", unit.thing, unit.report),
        });
    };
    Ok(ThingName {
        kind: NameType::from_code(&kind)
            .ok_or_else(|| StoreError::Damaged(format!("{kind} is no sort of thing")))?,
        folded,
        report: Some(report),
    })
}
