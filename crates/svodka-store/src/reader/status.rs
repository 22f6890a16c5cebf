//! What a project holds, how it came about, and its rule for people who may be alive.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Reader;
use crate::decision::placed;
use crate::file::{self, Session};
use crate::operation::{Except, Operation, Rule};
use crate::outcome::Placed;
use crate::state::entry;
use crate::{Provenance, StoreError, ThingName, Unit};

/// What a project holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What it is called.
    pub name: String,
    /// How many reports.
    pub reports: u32,
    /// How many versions of them.
    pub versions: u32,
    /// How many bytes of text the current versions have.
    pub text: u64,
    /// How many claims.
    pub claims: u32,
    /// How many names of each sort.
    pub things: Vec<(String, u32)>,
    /// How many of the people named may be alive.
    pub may_live: usize,
    /// How many entries the log has.
    pub operations: u32,
    /// How many decisions on claims are in force.
    pub decisions: u32,
    /// Decisions whose claim is no longer made, with their report.
    pub stranded: Vec<(String, Placed)>,
    /// By what the reports were read, and how many by each.
    pub read_by: Vec<(Provenance, u32)>,
    /// Who has the project open for writing.
    pub sessions: Vec<Session>,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// When, in UTC.
    pub at: String,
    /// Who.
    pub author: String,
    /// What was done.
    pub kind: String,
    /// To what.
    pub what: String,
    /// Why, if it was said.
    pub reason: String,
    /// Which entry it takes back.
    pub undoes: Option<i64>,
    /// Whether it was taken back.
    pub undone: bool,
}

/// The rule for people who may be alive, and whom it touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyStatus {
    /// The rule.
    pub rule: Rule,
    /// The exceptions: who, whether they are shielded, why, and the entry that made it.
    pub exceptions: Vec<(String, bool, String, i64)>,
    /// How many people may be alive, exceptions counted in.
    pub may_live: usize,
}

impl Reader {
    /// What the project holds.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn status(&self) -> Result<Status, StoreError> {
        let count = |sql: &str| -> Result<u32, StoreError> {
            Ok(self.conn.query_row(sql, [], |row| row.get(0))?)
        };
        let name: String = self.conn.query_row(
            "SELECT payload ->> 'name' FROM operation WHERE kind = 'init' ORDER BY id LIMIT 1",
            [],
            |row| row.get(0),
        )?;
        let mut query = self.conn.prepare(
            "SELECT kind, count(*) FROM thing WHERE reports > 0 GROUP BY kind ORDER BY kind",
        )?;
        let things = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut query = self.conn.prepare(
            "SELECT o.payload ->> 'program', o.payload ->> 'pack', o.payload ->> 'model', count(*)
             FROM report r JOIN operation o ON o.id = r.reading GROUP BY 1, 2, 3 ORDER BY max(o.id) DESC",
        )?;
        let read_by = query.query_map([], |row| {
            let by = Provenance {
                program: row.get(0)?,
                pack: row.get(1)?,
                model: row.get(2)?,
            };
            Ok((by, row.get(3)?))
        })?;
        Ok(Status {
            name: self.string(&name),
            reports: count("SELECT count(*) FROM report WHERE version IS NOT NULL")?,
            versions: count("SELECT count(*) FROM version WHERE operation NOT IN (SELECT operation FROM undone)")?,
            text: self.conn.query_row(
                "SELECT coalesce(sum(c.length), 0) FROM report r JOIN version v ON v.operation = r.version
                 JOIN content c ON c.digest = v.text",
                [],
                |row| row.get(0),
            )?,
            claims: match self.claims_in_memory() {
                Some(claims) => claims,
                None => count("SELECT count(*) FROM claim")?,
            },
            things: things.collect::<Result<_, _>>()?,
            may_live: self.living_named()?,
            operations: count("SELECT count(*) FROM operation")?,
            decisions: count("SELECT count(*) FROM decision")?,
            stranded: self.stranded()?,
            read_by: read_by.collect::<Result<_, _>>()?,
            sessions: file::sessions(&self.conn)?.into_iter().map(|(_, session)| session).collect(),
        })
    }

    fn stranded(&self) -> Result<Vec<(String, Placed)>, StoreError> {
        let mut query = self.conn.prepare(
            "SELECT DISTINCT r.id, r.label FROM decision d JOIN report r ON r.id = d.report WHERE d.standing <> 'claim' ORDER BY r.id",
        )?;
        let reports: Vec<(i64, String)> = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut stranded = Vec::new();
        for (report, label) in reports {
            for mut decision in placed(&self.conn, report)? {
                if decision.standing != "claim" {
                    decision.quote = self.string(&decision.quote);
                    stranded.push((self.string(&label), decision));
                }
            }
        }
        Ok(stranded)
    }

    /// The last `limit` entries of the log, the newest first.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn log(&self, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let mut query = self.conn.prepare(
            "SELECT id, at, author, kind, undoes, id IN (SELECT operation FROM undone) FROM operation ORDER BY id DESC LIMIT ?1",
        )?;
        let mut rows = query.query([limit])?;
        let mut log = Vec::new();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            let (operation, _) = entry(&self.conn, id)?;
            let (what, reason) = self.what(&operation)?;
            log.push(Entry {
                id,
                at: row.get(1)?,
                author: row.get(2)?,
                kind: row.get(3)?,
                what,
                reason: self.string(&reason),
                undoes: row.get(4)?,
                undone: row.get(5)?,
            });
        }
        Ok(log)
    }

    /// What an entry was about, and why it was made.
    fn what(&self, operation: &Operation) -> Result<(String, String), StoreError> {
        Ok(match operation {
            Operation::Init(init) => (self.string(&init.name), String::new()),
            Operation::Add(add) => (self.string(&add.label), String::new()),
            Operation::Reread(reread) => {
                let by_hand = reread.by_hand.as_deref().unwrap_or_default();
                (self.string(&reread.label), self.string(by_hand))
            }
            Operation::Decide(decide) => {
                let word = decide.verdict.word();
                let quote = self.string(&decide.quote);
                (
                    format!("{word} {} “{quote}”", decide.claim),
                    decide.reason.clone(),
                )
            }
            Operation::Relate(relate) => {
                let (a, b) = (self.side(&relate.a)?, self.side(&relate.b)?);
                (
                    format!("{a} and {b}: {}", relate.verdict.word()),
                    relate.reason.clone(),
                )
            }
            Operation::RelateAll(all) => (
                format!("{} pairs by the rule “{}”: same", all.count, all.rule),
                String::new(),
            ),
            Operation::Policy(rule) => {
                let shield = if rule.shield {
                    "shield"
                } else {
                    "do not shield"
                };
                let what = format!(
                    "{shield}; claims within {} years, births within {}",
                    rule.claim_years, rule.birth_years
                );
                (what, rule.reason.clone())
            }
            Operation::Except(except) => {
                let shield = if except.shield {
                    "shield"
                } else {
                    "do not shield"
                };
                (
                    format!("{shield} {}", self.side(&except.person)?),
                    except.reason.clone(),
                )
            }
            Operation::Undo(undo) => (String::new(), undo.reason.clone()),
        })
    }

    /// A name of the log: of whatever it means, or of what one report so calls.
    fn side(&self, name: &ThingName) -> Result<String, StoreError> {
        let (thing, label): (i64, String) = self
            .conn
            .prepare_cached("SELECT id, label FROM thing WHERE kind = ?1 AND folded = ?2")?
            .query_row([name.kind.code(), &name.folded], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let Some(report) = &name.report else {
            return Ok(self.name_of_all(thing, name.kind.code(), &label));
        };
        let id: i64 = self
            .conn
            .prepare_cached("SELECT id FROM report WHERE label = ?1")?
            .query_row([report], |row| row.get(0))?;
        let number = self.clusters.of(Unit { thing, report: id });
        let name = self.name(number, name.kind.code(), &label);
        Ok(format!("{name} in {}", self.string(report)))
    }

    /// The rule for people who may be alive, with its exceptions.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn policy(&self) -> Result<PolicyStatus, StoreError> {
        let mut exceptions = Vec::new();
        let in_force: BTreeMap<i64, &Except> = self
            .living
            .exceptions
            .values()
            .map(|(id, except)| (*id, except))
            .collect();
        for (id, except) in in_force {
            let name = self.side(&except.person)?;
            exceptions.push((name, except.shield, self.string(&except.reason), id));
        }
        let mut rule = self.living.rule.clone();
        rule.reason = self.string(&rule.reason);
        Ok(PolicyStatus {
            rule,
            exceptions,
            may_live: self.living_named()?,
        })
    }
}
