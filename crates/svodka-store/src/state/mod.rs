//! The state that follows from the log. Every operation is applied here, when it is done and when the state is built
//! anew, and nowhere else.

mod judged;
mod life;
mod rows;

use rusqlite::{Connection, OptionalExtension, params};
use svodka_model::{Certainty, Contract, Edtf};

use crate::decision::standing;
use crate::fold::fold;
use crate::operation::{Add, Decide, Operation, Reread, Verdict};
use crate::{StoreError, content};

pub use life::rule_in_force;

/// A day as a number that sorts: 19230831.
pub fn day(date: jiff::civil::Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// The first and last day that a date can mean.
pub fn bounds(date: Option<&str>) -> (Option<i64>, Option<i64>) {
    let Some(Ok(date)) = date.map(str::parse::<Edtf>) else {
        return (None, None);
    };
    let (first, last) = date.bounds();
    (first.map(day), last.map(day))
}

/// Where operations take effect: on the tables of `conn`, with texts and readings from `contents`.
#[derive(Clone, Copy)]
pub struct State<'a> {
    pub conn: &'a Connection,
    pub contents: &'a Connection,
    /// The last entry that has been made: later ones of `contents` are not there yet.
    pub now: i64,
}

impl State<'_> {
    /// Lets entry `id` of the log take effect. `fresh` is the reading it brings, if it is at hand.
    pub fn apply(
        self,
        id: i64,
        operation: &Operation,
        undoes: Option<i64>,
        fresh: Option<&Contract>,
    ) -> Result<(), StoreError> {
        match operation {
            Operation::Add(add) => {
                self.new_version(id, add)?;
                self.show(self.report(&add.label)?, Some((id, id)), fresh)
            }
            Operation::Reread(reread) => {
                let report = self.report(&reread.label)?;
                match self.current(report)? {
                    Some((version, sha256)) if sha256 == reread.sha256 => {
                        self.show(report, Some((version, id)), fresh)
                    }
                    _ => Ok(()),
                }
            }
            Operation::Decide(decide) => {
                let report = self.report(&decide.label)?;
                let contract = self.reading_of(report)?;
                self.place(report, id, decide, contract.as_ref())?;
                match (&decide.verdict, contract) {
                    (Verdict::Correct(_), Some(contract)) => {
                        self.clear(report)?;
                        self.fill(report, &decide.label, &contract)
                    }
                    _ => Ok(()),
                }
            }
            Operation::Relate(relate) => self.relate(id, relate),
            Operation::RelateAll(all) => self.relate_all(id, all),
            Operation::Policy(_) => self.set_rule(),
            Operation::Undo(_) => {
                let target = undoes
                    .ok_or_else(|| StoreError::Damaged(format!("entry {id} undoes nothing")))?;
                self.turn(target)
            }
            Operation::Init(_) => self.set_rule(),
            Operation::Except(_) => Ok(()),
        }
    }

    /// Takes an operation back, or brings it back if it was.
    fn turn(self, target: i64) -> Result<(), StoreError> {
        let removed = self
            .conn
            .execute("DELETE FROM undone WHERE operation = ?1", [target])?;
        if removed == 0 {
            self.conn
                .execute("INSERT INTO undone (operation) VALUES (?1)", [target])?;
        }
        let (operation, undoes) = entry(self.contents, target)?;
        match operation {
            Operation::Add(Add { label, .. }) | Operation::Reread(Reread { label, .. }) => {
                let report = self.report(&label)?;
                self.show(report, self.last_reading(report)?, None)
            }
            Operation::Decide(decide) if removed == 0 => {
                self.conn
                    .execute("DELETE FROM decision WHERE operation = ?1", [target])?;
                let report = self.report(&decide.label)?;
                match (&decide.verdict, self.reading_of(report)?) {
                    (Verdict::Correct(_), Some(contract)) => {
                        self.clear(report)?;
                        self.fill(report, &decide.label, &contract)
                    }
                    _ => Ok(()),
                }
            }
            Operation::Relate(_) | Operation::RelateAll(_) if removed == 0 => {
                self.conn
                    .execute("DELETE FROM relation WHERE operation = ?1", [target])?;
                Ok(())
            }
            Operation::Undo(_) => self.turn(undoes.unwrap_or_default()),
            again => self.apply(target, &again, undoes, None),
        }
    }

    /// The number of a report by its label.
    pub fn report(self, label: &str) -> Result<i64, StoreError> {
        let found = self
            .conn
            .prepare_cached("SELECT id FROM report WHERE label = ?1")?
            .query_row([label], |row| row.get(0))
            .optional()?;
        found.ok_or_else(|| StoreError::Unknown {
            what: "report",
            name: label.to_owned(),
        })
    }

    fn new_version(self, id: i64, add: &Add) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO report (label) VALUES (?1) ON CONFLICT (label) DO NOTHING",
            )?
            .execute([&add.label])?;
        let report = self.report(&add.label)?;
        self.conn
            .prepare_cached(
                "INSERT INTO version (operation, report, number, sha256, text)
                 SELECT ?1, ?2, 1 + count(*), ?3, unhex(?4) FROM version WHERE report = ?2",
            )?
            .execute(params![id, report, add.sha256, add.text])?;
        Ok(())
    }

    /// Makes the rows of a report those of a version and a reading: the entries that brought them. `None` if the report is
    /// no longer there.
    fn show(
        self,
        report: i64,
        shown: Option<(i64, i64)>,
        fresh: Option<&Contract>,
    ) -> Result<(), StoreError> {
        self.clear(report)?;
        let Some((version, reading)) = shown else {
            self.conn.execute(
                "UPDATE report SET version = NULL, reading = NULL, title = NULL, date = NULL, first = NULL, last = NULL
                 WHERE id = ?1",
                [report],
            )?;
            self.conn.execute(
                "UPDATE decision SET standing = 'gone', ordinal = NULL WHERE report = ?1",
                [report],
            )?;
            return Ok(());
        };
        self.conn
            .prepare_cached("UPDATE report SET version = ?2, reading = ?3 WHERE id = ?1")?
            .execute(params![report, version, reading])?;
        let kept;
        let contract = match fresh {
            Some(contract) => contract,
            None => {
                kept = self.reading_of(report)?;
                kept.as_ref()
                    .ok_or_else(|| StoreError::Damaged(format!("report {report} has no reading")))?
            }
        };
        let label: String = self
            .conn
            .prepare_cached("SELECT label FROM report WHERE id = ?1")?
            .query_row([report], |row| row.get(0))?;
        self.place_all(report, contract)?;
        self.fill(report, &label, contract)
    }

    /// The adding of a report's last version that was not taken back, and the bytes of that version.
    pub fn current(self, report: i64) -> Result<Option<(i64, String)>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT operation, sha256 FROM version
                 WHERE report = ?1 AND operation NOT IN (SELECT operation FROM undone)
                 ORDER BY operation DESC LIMIT 1",
            )?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// The adding of the current version, and the last reading of it that was not taken back.
    fn last_reading(self, report: i64) -> Result<Option<(i64, i64)>, StoreError> {
        let Some((version, sha256)) = self.current(report)? else {
            return Ok(None);
        };
        let rereads: Vec<i64> = self
            .contents
            .prepare_cached(
                "SELECT id FROM operation WHERE kind = 'reread' AND id > ?1 AND id <= ?3
                   AND payload ->> 'label' = (SELECT payload ->> 'label' FROM operation WHERE id = ?1)
                   AND payload ->> 'sha256' = ?2 ORDER BY id DESC",
            )?
            .query_map(params![version, sha256, self.now], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for reread in rereads {
            if self.in_force(reread)? {
                return Ok(Some((version, reread)));
            }
        }
        Ok(Some((version, version)))
    }

    /// Whether an operation has taken effect here and was not taken back.
    fn in_force(self, id: i64) -> Result<bool, StoreError> {
        let mut undone = self
            .conn
            .prepare_cached("SELECT 1 FROM undone WHERE operation = ?1")?;
        Ok(!undone.exists([id])?)
    }

    /// The reading that a report's rows come from, as the machine read it, with its text.
    pub fn reading_of(self, report: i64) -> Result<Option<Contract>, StoreError> {
        let row: Option<(Option<i64>, Option<String>)> = self
            .conn
            .prepare_cached(
                "SELECT r.reading, lower(hex(v.text)) FROM report r LEFT JOIN version v ON v.operation = r.version
                 WHERE r.id = ?1",
            )?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((Some(reading), Some(text))) = row else {
            return Ok(None);
        };
        let digest: String = self
            .contents
            .prepare_cached("SELECT payload ->> 'reading' FROM operation WHERE id = ?1")?
            .query_row([reading], |row| row.get(0))?;
        read_back(self.contents, &digest, &text).map(Some)
    }

    /// Finds the place of every decision on a report in its new reading.
    fn place_all(self, report: i64, contract: &Contract) -> Result<(), StoreError> {
        let decisions: Vec<i64> = self
            .conn
            .prepare_cached("SELECT operation FROM decision WHERE report = ?1")?
            .query_map([report], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for id in decisions {
            if let (Operation::Decide(decide), _) = entry(self.contents, id)? {
                self.place(report, id, &decide, Some(contract))?;
            }
        }
        Ok(())
    }

    fn place(
        self,
        report: i64,
        id: i64,
        decide: &Decide,
        contract: Option<&Contract>,
    ) -> Result<(), StoreError> {
        let (standing, ordinal) =
            contract.map_or(("gone", None), |contract| standing(decide, contract));
        self.conn
            .prepare_cached(
                "INSERT INTO decision (operation, report, verdict, standing, ordinal) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (operation) DO UPDATE SET standing = excluded.standing, ordinal = excluded.ordinal",
            )?
            .execute(params![id, report, decide.verdict.word(), standing, ordinal])?;
        Ok(())
    }
}

/// Lets every entry of a log take effect on an empty state. `refused` is told of entries that do not, and says whether to go on. Gives the
/// number of the last entry.
pub fn replay(
    conn: &Connection,
    log: &Connection,
    refused: &mut dyn FnMut(i64, StoreError) -> Result<(), StoreError>,
) -> Result<i64, StoreError> {
    let mut query = log.prepare("SELECT id, kind, payload, undoes FROM operation ORDER BY id")?;
    let mut rows = query.query([])?;
    let mut now = 0;
    while let Some(row) = rows.next()? {
        now = row.get(0)?;
        let (kind, payload, undoes): (String, String, Option<i64>) =
            (row.get(1)?, row.get(2)?, row.get(3)?);
        let state = State {
            conn,
            contents: log,
            now,
        };
        let applied = Operation::read(&kind, &payload)
            .map_err(StoreError::from)
            .and_then(|operation| state.apply(now, &operation, undoes, None));
        if let Err(error) = applied {
            refused(now, error)?;
        }
    }
    Ok(now)
}

/// A name folded; as it is if nothing in it is a letter or digit.
pub fn folded_name(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() {
        name.trim().to_owned()
    } else {
        folded
    }
}

/// Certainty as the tables have it, the surest first.
pub fn rank(certainty: Certainty) -> i64 {
    match certainty {
        Certainty::Asserted => 0,
        Certainty::Probable => 1,
        Certainty::Possible => 2,
        Certainty::Unestablished => 3,
    }
}

/// An entry of the log, and what it takes back.
pub fn entry(log: &Connection, id: i64) -> Result<(Operation, Option<i64>), StoreError> {
    let (kind, payload, undoes): (String, String, Option<i64>) = log
        .prepare_cached("SELECT kind, payload, undoes FROM operation WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?
        .ok_or_else(|| StoreError::Unknown {
            what: "operation",
            name: id.to_string(),
        })?;
    Ok((Operation::read(&kind, &payload)?, undoes))
}

/// A reading as it was, with its text, from their digests.
pub fn read_back(contents: &Connection, reading: &str, text: &str) -> Result<Contract, StoreError> {
    let mut contract: Contract = serde_json::from_slice(&content::get(contents, reading)?)?;
    contract.text = String::from_utf8(content::get(contents, text)?)
        .map_err(|_| StoreError::Damaged(format!("the text {text} is not UTF-8")))?;
    Ok(contract)
}
