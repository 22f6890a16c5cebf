//! The one way to change a project.

mod judge;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use svodka_model::{Contract, Edtf, Place};

use crate::by_hand::ByHand;
use crate::decision::placed;
use crate::file::{self, Session};
use crate::identity::{self, Clusters, Consistent};
use crate::operation::{
    Add, Except, FORMAT, Init, Operation, Provenance, Reread, Rule, Stamp, ThingName, Undo,
};
use crate::outcome::{Added, Kept, NewReport};
use crate::state::{self, State};
use crate::{StoreError, content};

/// How surely a change is on the disk when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// After a loss of power the last changes may be missing; none is half there. For what can be read again from its
    /// files: a wait for the disk after each of ten thousand reports would double what adding them takes.
    Repeatable,
    /// On the disk before the call returns. For what people decided.
    Lasting,
}

/// A project opened for writing. Several processes may have one at a time; each change waits for its turn.
#[derive(Debug)]
pub struct Writer {
    conn: Connection,
    session: i64,
    care: Option<Care>,
}

impl Writer {
    /// Makes a new project in a file that must not be there yet.
    ///
    /// # Errors
    ///
    /// If there is such a file, or it cannot be written.
    pub fn create(
        path: &Path,
        init: impl Into<Init>,
        session: &Session,
        stamp: &Stamp,
    ) -> Result<Writer, StoreError> {
        let conn = file::create(path)?;
        let mut writer = Writer::entered(conn, session)?;
        let init = Operation::Init(init.into());
        writer.change(Care::Lasting, |conn| record(conn, stamp, &init, None, None))?;
        Ok(writer)
    }

    /// Opens a project; `wait` is how long each change waits for other writers.
    ///
    /// # Errors
    ///
    /// If there is no project of a known schema there, or it cannot be written to.
    pub fn open(path: &Path, session: &Session, wait: Duration) -> Result<Writer, StoreError> {
        Writer::entered(file::open_to_write(path, wait)?, session)
    }

    fn entered(conn: Connection, session: &Session) -> Result<Writer, StoreError> {
        let mut writer = Writer {
            conn,
            session: 0,
            care: None,
        };
        writer.session = writer.change(Care::Repeatable, |conn| file::enter(conn, session))?;
        Ok(writer)
    }

    /// Leaves the file whole, with nothing beside it if nobody else has it open, so that it can be copied and sent.
    ///
    /// # Errors
    ///
    /// If the disk fails. What was changed before is kept all the same.
    pub fn close(mut self) -> Result<(), StoreError> {
        let session = self.session;
        self.change(Care::Lasting, |conn| {
            Ok(conn.execute("DELETE FROM session WHERE id = ?1", [session])?)
        })?;
        // A reader may be at it; then whoever leaves last does this.
        self.conn.busy_timeout(Duration::ZERO)?;
        let _: Result<i64, _> = self
            .conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        self.conn.close().map_err(|(_, error)| error.into())
    }

    /// Keeps a report. Bytes that are there already change nothing; other bytes under a known label are a new version.
    ///
    /// # Errors
    ///
    /// If it cannot be written; then nothing of it is kept.
    pub fn add(&mut self, report: NewReport, stamp: &Stamp) -> Result<Added, StoreError> {
        self.change(Care::Repeatable, |conn| {
            let sha256 = report.contract.report.sha256.clone();
            if let Some(label) = with_bytes(conn, &sha256)? {
                return Ok(Added::Same(label));
            }
            let (text, reading) = kept(conn, &report.contract)?;
            let add = Operation::Add(Add {
                label: report.label.clone(),
                sha256,
                text,
                reading,
                date: report.date.clone(),
                by: report.by.clone(),
            });
            let id = record(conn, stamp, &add, None, Some(&report.contract))?;
            let (row, number): (i64, u32) = conn
                .prepare_cached("SELECT report, number FROM version WHERE operation = ?1")?
                .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let claims = report.contract.claims.len();
            if number == 1 {
                return Ok(Added::New(claims));
            }
            let decisions = placed(conn, row)?;
            Ok(Added::Version {
                number,
                claims,
                decisions,
            })
        })
    }

    /// Keeps another reading of a report whose current version has these bytes.
    ///
    /// # Errors
    ///
    /// If it cannot be written; then nothing of it is kept.
    pub fn reread(
        &mut self,
        label: &str,
        contract: &Contract,
        by: &Provenance,
        stamp: &Stamp,
    ) -> Result<Kept, StoreError> {
        self.change(Care::Repeatable, |conn| {
            let sha256 = contract.report.sha256.clone();
            let current: Option<(i64, String)> = conn
                .prepare_cached(
                    "SELECT r.id, v.sha256 FROM report r JOIN version v ON v.operation = r.version WHERE r.label = ?1",
                )?
                .query_row([label], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((report, _)) = current.filter(|(_, current)| *current == sha256) else {
                return Ok(Kept::Outdated);
            };
            let (_, reading) = kept(conn, contract)?;
            let reread = Operation::Reread(Reread {
                label: label.to_owned(),
                sha256,
                reading,
                by: by.clone(),
                by_hand: None,
            });
            record(conn, stamp, &reread, None, Some(contract))?;
            Ok(Kept::Kept(placed(conn, report)?))
        })
    }

    /// Puts something into a report's reading by hand; `quote` is what the words at the place are taken to be. Gives the entry of the log.
    ///
    /// # Errors
    ///
    /// If there is no such report, other words stand there, or it cannot be put in or written.
    pub fn put_by_hand(
        &mut self,
        label: &str,
        (place, quote): (Place, &str),
        by_hand: &ByHand,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        self.change(Care::Lasting, |conn| {
            let state = state_of(conn, i64::MAX);
            let report = state.report(label)?;
            let unknown = || StoreError::Unknown {
                what: "report",
                name: label.to_owned(),
            };
            let mut contract = state.reading_of(report)?.ok_or_else(unknown)?;
            let length = place.end.saturating_sub(place.start);
            let words: String = contract
                .text
                .chars()
                .skip(place.start)
                .take(length)
                .collect();
            if words != quote {
                let what = "the words at this place are others than those that were chosen";
                return Err(StoreError::NoCorrection(what.to_owned()));
            }
            let told = by_hand.put(&mut contract, place);
            let told = told.map_err(StoreError::NoCorrection)?;
            let current: i64 = conn.query_row(
                "SELECT reading FROM report WHERE id = ?1",
                [report],
                |row| row.get(0),
            )?;
            let by = match state::entry(conn, current)?.0 {
                Operation::Add(add) => add.by,
                Operation::Reread(reread) => reread.by,
                _ => Provenance::default(),
            };
            let (_, reading) = kept(conn, &contract)?;
            let reread = Operation::Reread(Reread {
                label: label.to_owned(),
                sha256: contract.report.sha256.clone(),
                reading,
                by,
                by_hand: Some(told),
            });
            record(conn, stamp, &reread, None, Some(&contract))
        })
    }

    /// Sets the rule for people who may be alive.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn set_rule(&mut self, rule: &Rule, stamp: &Stamp) -> Result<i64, StoreError> {
        let policy = Operation::Policy(rule.clone());
        self.change(Care::Lasting, |conn| {
            record(conn, stamp, &policy, None, None)
        })
    }

    /// Makes an exception from it for one person.
    ///
    /// # Errors
    ///
    /// If the person is not in the project, or it cannot be written.
    pub fn except(
        &mut self,
        person: &ThingName,
        shield: bool,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<i64, StoreError> {
        let except = Operation::Except(Except {
            person: person.clone(),
            shield,
            reason: reason.to_owned(),
        });
        self.change(Care::Lasting, |conn| {
            let state = state_of(conn, i64::MAX);
            let thing = state.named(person)?;
            if let Some(report) = &person.report {
                state.report(report)?;
            } else {
                // It would have to be said which of those who bear the name is meant.
                let numbers = Clusters::load(conn)?.all(thing);
                if numbers.len() > 1 {
                    return Err(StoreError::Ambiguous {
                        name: person.folded.clone(),
                        candidates: numbers.iter().map(ToString::to_string).collect(),
                    });
                }
            }
            record(conn, stamp, &except, None, None)
        })
    }

    /// Takes an operation back. An undoing can be undone too.
    ///
    /// # Errors
    ///
    /// If there is no such operation, it is the first, it was taken back already, or it brings back a judgement that contradicts others in
    /// force.
    pub fn undo(&mut self, id: i64, reason: &str, stamp: &Stamp) -> Result<i64, StoreError> {
        self.change(Care::Lasting, |conn| {
            let (operation, _) = state::entry(conn, id)?;
            let why = match operation {
                Operation::Init(_) => Some("began the project and cannot be undone"),
                _ if conn
                    .prepare("SELECT 1 FROM undone WHERE operation = ?1")?
                    .exists([id])? =>
                {
                    Some("has been undone already; undo its undoing to bring it back")
                }
                // A later reading has it in it.
                Operation::Reread(Reread { label, by_hand: Some(_), .. })
                    if conn
                        .prepare("SELECT 1 FROM operation WHERE kind = 'reread' AND id > ?1 AND payload ->> 'label' = ?2 AND id NOT IN (SELECT operation FROM undone)")?
                        .exists(params![id, label])? =>
                {
                    Some("is part of a later reading of its report; take that back first")
                }
                _ => None,
            };
            if let Some(why) = why {
                return Err(StoreError::NotUndoable { id, why });
            }
            let undo = Operation::Undo(Undo {
                reason: reason.to_owned(),
            });
            let consistent = Consistent::before(conn)?;
            let undoing = record(conn, stamp, &undo, Some(id), None)?;
            consistent.after(conn, id, Some(id))?;
            Ok(undoing)
        })
    }

    /// What a name means: a name wherever it stands, what one report so calls (`Orlov@a.txt`), or a number as tables print it.
    ///
    /// # Errors
    ///
    /// If nothing or several things are so called.
    pub fn find(&self, name: &str) -> Result<ThingName, StoreError> {
        if let Some(found) = identity::numbered(&self.conn, name)? {
            return Ok(found.name());
        }
        let found = identity::candidates(&self.conn, name)?;
        Ok(identity::only(name, found, &Clusters::load(&self.conn)?)?.name())
    }

    /// The bytes of every report's current version, by their SHA-256, with its label.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn bytes_known(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let mut found = self.conn.prepare(
            "SELECT v.sha256, r.label FROM report r JOIN version v ON v.operation = r.version",
        )?;
        let rows = found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The labels of the reports that were last read by something else than this, or of all if `by` is not given.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn labels_read_otherwise(
        &self,
        by: Option<&Provenance>,
    ) -> Result<Vec<String>, StoreError> {
        let mut found = self.conn.prepare(
            "SELECT r.label FROM report r JOIN operation o ON o.id = r.reading
             WHERE ?1 IS NULL OR o.payload ->> 'program' <> ?1 OR o.payload ->> 'pack' <> ?2 OR o.payload ->> 'model' <> ?3
             ORDER BY r.id",
        )?;
        let by = by.map(|by| (&by.program, &by.pack, &by.model));
        let rows = found.query_map(
            params![by.map(|by| by.0), by.map(|by| by.1), by.map(|by| by.2)],
            |row| row.get(0),
        )?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The current reading of a report, unshielded, and the date that was given with it: what is needed to read it again.
    ///
    /// # Errors
    ///
    /// If there is no such report.
    pub fn reading(&self, label: &str) -> Result<(Contract, Option<Edtf>), StoreError> {
        let unknown = || StoreError::Unknown {
            what: "report",
            name: label.to_owned(),
        };
        let (report, version): (i64, i64) = self
            .conn
            .prepare_cached(
                "SELECT id, version FROM report WHERE label = ?1 AND version IS NOT NULL",
            )?
            .query_row([label], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .ok_or_else(unknown)?;
        let date = match state::entry(&self.conn, version)? {
            (Operation::Add(add), _) => add.date,
            _ => None,
        };
        let contract = state_of(&self.conn, i64::MAX).reading_of(report)?;
        Ok((contract.ok_or_else(unknown)?, date))
    }

    /// The file's size is held to so many bytes from now on, as a disk of that size would.
    ///
    /// # Errors
    ///
    /// If the database refuses.
    pub fn limit_size(&mut self, bytes: u64) -> Result<(), StoreError> {
        let page: u64 = self
            .conn
            .pragma_query_value(None, "page_size", |row| row.get(0))?;
        self.conn
            .pragma_update(None, "max_page_count", bytes / page.max(1))?;
        Ok(())
    }

    /// Does one change, whole or not at all.
    fn change<T>(
        &mut self,
        care: Care,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.care != Some(care) {
            let level = if care == Care::Lasting {
                "FULL"
            } else {
                "NORMAL"
            };
            self.conn.pragma_update(None, "synchronous", level)?;
            self.care = Some(care);
        }
        let changed = (|| {
            let transaction = self
                .conn
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })();
        changed.map_err(|error| self.named(error))
    }

    /// Says who holds the project, where somebody does.
    fn named(&self, error: StoreError) -> StoreError {
        let StoreError::Held(_) = error else {
            return error;
        };
        let others = file::sessions(&self.conn).unwrap_or_default();
        let others = others
            .into_iter()
            .filter(|(id, session)| *id != self.session && file::is_running(session.pid));
        StoreError::Held(others.map(|(_, session)| session).collect())
    }
}

/// Appends an entry to the log and lets it take effect.
fn record(
    conn: &Connection,
    stamp: &Stamp,
    operation: &Operation,
    undoes: Option<i64>,
    fresh: Option<&Contract>,
) -> Result<i64, StoreError> {
    let (kind, payload) = operation.written();
    conn.prepare_cached(
        "INSERT INTO operation (at, author, kind, format, payload, undoes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![stamp.at, stamp.author, kind, FORMAT, payload, undoes])?;
    let id = conn.last_insert_rowid();
    state_of(conn, id).apply(id, operation, undoes, fresh)?;
    Ok(id)
}

fn state_of(conn: &Connection, now: i64) -> State<'_> {
    State {
        conn,
        contents: conn,
        now,
    }
}

/// Keeps the text and the reading and gives their digests. The reading is kept without the text, which it repeats.
fn kept(conn: &Connection, contract: &Contract) -> Result<(String, String), StoreError> {
    let text = content::put(conn, contract.text.as_bytes())?;
    let bare = Contract {
        text: String::new(),
        ..contract.clone()
    };
    let reading = content::put(conn, &serde_json::to_vec(&bare)?)?;
    Ok((text, reading))
}

/// The label under which some bytes are a report's current version.
fn with_bytes(conn: &Connection, sha256: &str) -> Result<Option<String>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT r.label FROM version v JOIN report r ON r.version = v.operation WHERE v.sha256 = ?1 ORDER BY r.id",
        )?
        .query_row([sha256], |row| row.get(0))
        .optional()?)
}
