//! The rule for people who may be alive, and the claims that tell a birth or a death by it.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use svodka_model::{Certainty, ClaimOut, Contract, Polarity};

use super::{State, bounds, entry};
use crate::StoreError;
use crate::operation::{LifeRule, Operation, Rule};
use crate::state::folded_name;

impl State<'_> {
    /// Takes the last rule that was not taken back, and looks for births and deaths anew if it tells them by other claims.
    pub(super) fn set_rule(self) -> Result<(), StoreError> {
        let before = self.rule()?;
        self.conn.execute("DELETE FROM rule", [])?;
        let set: Vec<i64> = self
            .contents
            .prepare(
                "SELECT id FROM operation WHERE kind = 'policy' AND id <= ?1 ORDER BY id DESC",
            )?
            .query_map([self.now], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for id in set {
            if self.in_force(id)? {
                self.conn
                    .execute("INSERT INTO rule (operation) VALUES (?1)", [id])?;
                break;
            }
        }
        let rule = self.rule()?;
        if (&rule.births, &rule.deaths) == (&before.births, &before.deaths) {
            return Ok(());
        }
        self.conn.execute("DELETE FROM life", [])?;
        let mut reports: Vec<i64> = Vec::new();
        for life in rule.births.iter().chain(&rule.deaths) {
            let mut query = self
                .conn
                .prepare("SELECT DISTINCT report FROM claim WHERE kind = ?1")?;
            let found = query.query_map([&life.kind], |row| row.get(0))?;
            reports.extend(found.collect::<Result<Vec<i64>, _>>()?);
        }
        reports.sort_unstable();
        reports.dedup();
        for report in reports {
            let Some(reading) = self.corrected(report)? else {
                continue;
            };
            let contract = reading.contract;
            let mut things = BTreeMap::new();
            for entity in &contract.entities {
                let thing: Option<i64> = self
                    .conn
                    .prepare_cached("SELECT id FROM thing WHERE kind = ?1 AND folded = ?2")?
                    .query_row(
                        params![entity.kind.code(), folded_name(&entity.name)],
                        |row| row.get(0),
                    )
                    .optional()?;
                things.extend(thing.map(|thing| (entity.id.as_str(), thing)));
            }
            self.tell_lives(report, &contract, &things)?;
        }
        Ok(())
    }

    /// Notes down whose births and deaths a report tells; `things` are its entities.
    pub(super) fn tell_lives(
        self,
        report: i64,
        contract: &Contract,
        things: &BTreeMap<&str, i64>,
    ) -> Result<(), StoreError> {
        let rule = self.rule()?;
        for (tells, lives) in [("birth", &rule.births), ("death", &rule.deaths)] {
            for life in lives {
                for (ordinal, claim) in contract.claims.iter().enumerate() {
                    if !tells_life(claim, life) {
                        continue;
                    }
                    let (first, last) = bounds(claim.when.as_ref().map(|when| when.edtf.as_str()));
                    let people = claim.roles.get(life.role.as_str()).into_iter().flatten();
                    for person in people.filter_map(|filler| filler.entity.as_deref()) {
                        let Some(thing) = things.get(person) else {
                            continue;
                        };
                        self.conn
                            .prepare_cached(
                                "INSERT INTO life (report, ordinal, thing, tells, day) VALUES (?1, ?2, ?3, ?4, ?5)
                                 ON CONFLICT DO NOTHING",
                            )?
                            .execute(params![report, ordinal, thing, tells, last.or(first)])?;
                    }
                }
            }
        }
        Ok(())
    }

    fn rule(self) -> Result<Rule, StoreError> {
        rule_in_force(self.conn, self.contents)
    }
}

/// The rule for people who may be alive.
pub fn rule_in_force(conn: &Connection, log: &Connection) -> Result<Rule, StoreError> {
    let set: Option<i64> = conn
        .prepare_cached("SELECT operation FROM rule")?
        .query_row([], |row| row.get(0))
        .optional()?;
    match set.map(|id| entry(log, id)).transpose()? {
        Some((Operation::Policy(rule), _)) => Ok(rule),
        _ => Ok(Rule::default()),
    }
}

/// Whether a claim tells what the rule looks for, as so and as at least probable.
fn tells_life(claim: &ClaimOut, life: &LifeRule) -> bool {
    let sure = matches!(claim.certainty, Certainty::Asserted | Certainty::Probable);
    if claim.kind != life.kind || claim.polarity == Polarity::Negative || !sure {
        return false;
    }
    let Some((name, value)) = &life.with else {
        return true;
    };
    let field = claim.fields.get(name).and_then(|field| field.as_str());
    let mut fillers = claim.roles.get(name.as_str()).into_iter().flatten();
    field == Some(value) || fillers.any(|filler| filler.text == *value)
}
