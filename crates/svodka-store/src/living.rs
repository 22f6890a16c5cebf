//! Who may be alive.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, params};
use svodka_model::ClaimOut;

use crate::StoreError;
use crate::cluster::Clusters;
use crate::operation::{Except, LifeRule, Operation, Rule};
use crate::state::{State, day};

/// What a project says of people who may be alive, as of some day.
#[derive(Debug, Clone, Default)]
pub struct Living {
    /// The rule in force.
    pub rule: Rule,
    /// The exceptions in force with the entries that made them, by the first thing of each person.
    pub exceptions: BTreeMap<i64, (i64, Except)>,
    /// The people, each by their first thing, who may be alive and are not excepted, or are to be shielded in any case.
    pub people: BTreeSet<i64>,
}

/// What is known of a person's years.
#[derive(Debug, Clone, Copy, Default)]
struct Years {
    /// The last day of any claim about them; of the reports that name them if there is no claim.
    latest: Option<i64>,
    /// The last day on which they can have been born.
    birth: Option<i64>,
    dead: bool,
}

impl Living {
    /// Who may be alive on the day `today`: no death is known, and there is a claim about them, or a birth, within the
    /// years of the rule. A person of whom no date is known at all may be alive too.
    pub fn load(conn: &Connection, clusters: &Clusters, today: Date) -> Result<Living, StoreError> {
        let mut living = Living::default();
        for (_, operation) in in_force(conn, "policy")? {
            if let Operation::Policy(rule) = operation {
                living.rule = rule;
            }
        }
        let state = State {
            conn,
            contents: conn,
            now: i64::MAX,
        };
        for (id, operation) in in_force(conn, "except")? {
            if let Operation::Except(except) = operation {
                let person = clusters.first(state.named(&except.person)?);
                living.exceptions.insert(person, (id, except));
            }
        }
        let since = |years: u16| day(today) - i64::from(years) * 10_000;
        let (claimed, born) = (
            since(living.rule.claim_years),
            since(living.rule.birth_years),
        );
        for (person, years) in known(conn, clusters, &living.rule)? {
            let undated = years.latest.is_none() && years.birth.is_none();
            let recent = years.latest.is_some_and(|latest| latest >= claimed)
                || years.birth.is_some_and(|birth| birth >= born);
            let by_rule = !years.dead && (undated || recent);
            let excepted = living
                .exceptions
                .get(&person)
                .map(|(_, except)| except.shield);
            if excepted.unwrap_or(by_rule) {
                living.people.insert(person);
            }
        }
        Ok(living)
    }
}

/// The entries of a kind that were not taken back, oldest first.
fn in_force(conn: &Connection, kind: &str) -> Result<Vec<(i64, Operation)>, StoreError> {
    let mut found = conn.prepare(
        "SELECT id, payload FROM operation WHERE kind = ?1 AND id NOT IN (SELECT operation FROM undone) ORDER BY id",
    )?;
    let rows: Vec<(i64, String)> = found
        .query_map([kind], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let read = |(id, payload): (i64, String)| Ok((id, Operation::read(kind, &payload)?));
    rows.into_iter().map(read).collect()
}

/// What is known of the years of every person.
fn known(
    conn: &Connection,
    clusters: &Clusters,
    rule: &Rule,
) -> Result<BTreeMap<i64, Years>, StoreError> {
    let mut people: BTreeMap<i64, Years> = BTreeMap::new();
    let mut query = conn.prepare(
        "SELECT t.id,
                (SELECT max(coalesce(c.last, r.last, c.first)) FROM part p
                   JOIN claim c ON c.report = p.report AND c.ordinal = p.ordinal JOIN report r ON r.id = p.report
                  WHERE p.thing = t.id),
                (SELECT max(r.last) FROM appearance a JOIN report r ON r.id = a.report WHERE a.thing = t.id),
                EXISTS (SELECT 1 FROM part p WHERE p.thing = t.id)
         FROM thing t WHERE t.kind = 'PERSON'",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (thing, of_claims, of_reports, claimed): (i64, Option<i64>, Option<i64>, bool) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let years = people.entry(clusters.first(thing)).or_default();
        years.latest = years
            .latest
            .max(if claimed { of_claims } else { of_reports });
    }
    for life in &rule.births {
        for (person, claim) in told(conn, clusters, life)? {
            let (first, last) =
                crate::state::bounds(claim.when.as_ref().map(|when| when.edtf.as_str()));
            let years = people.entry(person).or_default();
            years.birth = years.birth.max(last.or(first));
        }
    }
    for life in &rule.deaths {
        for (person, _) in told(conn, clusters, life)? {
            people.entry(person).or_default().dead = true;
        }
    }
    Ok(people)
}

/// The people of whom some claim that was not rejected tells what the rule looks for, as so and as at least probable.
fn told(
    conn: &Connection,
    clusters: &Clusters,
    life: &LifeRule,
) -> Result<Vec<(i64, ClaimOut)>, StoreError> {
    let mut query = conn.prepare_cached(
        "SELECT p.thing, c.report, c.ordinal FROM claim c JOIN part p ON p.report = c.report AND p.ordinal = c.ordinal
         JOIN appearance a ON a.report = c.report AND a.thing = p.thing
         WHERE c.kind = ?1 AND p.role = ?2 AND NOT c.negative AND c.certainty <= 1
           AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.report = c.report AND d.ordinal = c.ordinal AND d.verdict = 'reject')
         ORDER BY c.report, c.ordinal",
    )?;
    let found: Vec<(i64, i64, usize)> = query
        .query_map(params![life.kind, life.role], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    let state = State {
        conn,
        contents: conn,
        now: i64::MAX,
    };
    let mut told = Vec::new();
    for (thing, report, ordinal) in found {
        let reading = state.corrected(report)?;
        let claim = reading.and_then(|reading| reading.contract.claims.into_iter().nth(ordinal));
        if let Some(claim) = claim.filter(|claim| fits(claim, life)) {
            told.push((clusters.first(thing), claim));
        }
    }
    Ok(told)
}

fn fits(claim: &ClaimOut, life: &LifeRule) -> bool {
    let Some((name, value)) = &life.with else {
        return true;
    };
    let field = claim.fields.get(name).and_then(|field| field.as_str());
    let mut fillers = claim.roles.get(name.as_str()).into_iter().flatten();
    field == Some(value) || fillers.any(|filler| filler.text == *value)
}
