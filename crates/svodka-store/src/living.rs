//! Who may be alive.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use crate::identity::Clusters;
use crate::operation::{Except, Operation, Rule};
use crate::state::{State, day, rule_in_force};
use crate::{StoreError, Unit};

/// What a project says of people who may be alive, as of some day.
#[derive(Debug, Clone, Default)]
pub struct Living {
    /// The rule in force.
    pub rule: Rule,
    /// The exceptions in force with the entries that made them, by each person's number.
    pub exceptions: BTreeMap<i64, (i64, Except)>,
    /// The numbers of the people who may be alive and are not excepted, or are to be shielded in any case.
    pub people: BTreeSet<i64>,
}

/// What is known of a person's years.
#[derive(Debug, Clone, Copy, Default)]
struct Years {
    /// How many claims are about them.
    claims: u64,
    /// The last day of any of these.
    claimed: Option<i64>,
    /// The last day of the reports that name them.
    named: Option<i64>,
    /// The last day on which they can have been born.
    birth: Option<i64>,
    dead: bool,
}

impl Years {
    fn add(&mut self, other: Years) {
        self.claims += other.claims;
        self.claimed = self.claimed.max(other.claimed);
        self.named = self.named.max(other.named);
    }

    /// The last day on which something is known of them: of any claim about them; of the reports that name them if there is none.
    fn latest(self) -> Option<i64> {
        if self.claims > 0 {
            self.claimed
        } else {
            self.named
        }
    }
}

impl Living {
    /// Who may be alive on the day `today`: no death is known, and there is a claim about them, or a birth, within the
    /// years of the rule. A person of whom no date is known at all may be alive too.
    pub fn load(conn: &Connection, clusters: &Clusters, today: Date) -> Result<Living, StoreError> {
        let mut living = Living {
            rule: rule_in_force(conn, conn)?,
            ..Living::default()
        };
        for (id, except) in exceptions(conn)? {
            for person in excepted(conn, clusters, &except)? {
                living.exceptions.insert(person, (id, except.clone()));
            }
        }
        let since = |years: u16| day(today) - i64::from(years) * 10_000;
        let (claimed, born) = (
            since(living.rule.claim_years),
            since(living.rule.birth_years),
        );
        for (person, years) in known(conn, clusters)? {
            let latest = years.latest();
            let undated = latest.is_none() && years.birth.is_none();
            let recent = latest.is_some_and(|latest| latest >= claimed)
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

/// The exceptions that were not taken back, oldest first.
fn exceptions(conn: &Connection) -> Result<Vec<(i64, Except)>, StoreError> {
    let mut query = conn.prepare_cached(
        "SELECT id, payload FROM operation WHERE kind = 'except' AND id NOT IN (SELECT operation FROM undone) ORDER BY id",
    )?;
    let rows: Vec<(i64, String)> = query
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut exceptions = Vec::new();
    for (id, payload) in rows {
        if let Operation::Except(except) = Operation::read("except", &payload)? {
            exceptions.push((id, except));
        }
    }
    Ok(exceptions)
}

/// The numbers of whom an exception is about. What was said of a name when nobody told its bearers apart hides all of them, and bares none.
fn excepted(
    conn: &Connection,
    clusters: &Clusters,
    except: &Except,
) -> Result<Vec<i64>, StoreError> {
    let state = State {
        conn,
        contents: conn,
        now: i64::MAX,
    };
    let thing = state.named(&except.person)?;
    if let Some(label) = &except.person.report {
        let report = state.report(label)?;
        return Ok(vec![clusters.of(Unit { thing, report })]);
    }
    Ok(match clusters.whole(thing) {
        Some(number) => vec![number],
        None if except.shield => clusters.all(thing),
        None => Vec::new(),
    })
}

/// What is known of the years of every person.
fn known(conn: &Connection, clusters: &Clusters) -> Result<BTreeMap<i64, Years>, StoreError> {
    let mut people: BTreeMap<i64, Years> = BTreeMap::new();
    let mut query =
        conn.prepare_cached("SELECT id, claims, claimed, named FROM thing WHERE kind = 'PERSON'")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let thing: i64 = row.get(0)?;
        let years = Years {
            claims: row.get(1)?,
            claimed: row.get(2)?,
            named: row.get(3)?,
            ..Years::default()
        };
        match clusters.whole(thing) {
            Some(number) => people.entry(number).or_default().add(years),
            None => {
                for (unit, number) in clusters.apart(thing) {
                    people
                        .entry(number)
                        .or_default()
                        .add(years_of(conn, unit)?.unwrap_or_default());
                }
            }
        }
    }
    let mut query = conn.prepare_cached(
        "SELECT thing, report, tells, day FROM life l
         WHERE NOT EXISTS (SELECT 1 FROM decision d WHERE d.report = l.report AND d.ordinal = l.ordinal AND d.verdict = 'reject')",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let unit = Unit {
            thing: row.get(0)?,
            report: row.get(1)?,
        };
        let (tells, day): (String, Option<i64>) = (row.get(2)?, row.get(3)?);
        let years = people.entry(clusters.of(unit)).or_default();
        if tells == "death" {
            years.dead = true;
        } else {
            years.birth = years.birth.max(day);
        }
    }
    Ok(people)
}

/// What one report tells of the years of somebody.
fn years_of(conn: &Connection, unit: Unit) -> Result<Option<Years>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT a.claims, a.claimed, r.last FROM appearance a JOIN report r ON r.id = a.report
             WHERE a.thing = ?1 AND a.report = ?2",
        )?
        .query_row(params![unit.thing, unit.report], |row| {
            Ok(Years {
                claims: row.get(0)?,
                claimed: row.get(1)?,
                named: row.get(2)?,
                ..Years::default()
            })
        })
        .optional()?)
}
