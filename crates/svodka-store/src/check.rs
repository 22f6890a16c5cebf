//! Is a project sound, and a copy of it.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::state::replay;
use crate::{StoreError, content, file, schema};

/// Something that is wrong with a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding(String);

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How sound a project is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Soundness {
    /// How many entries the log has.
    pub operations: usize,
    /// How many reports are there.
    pub reports: usize,
    /// How many claims they make.
    pub claims: usize,
    /// What is wrong; nothing if all is well.
    pub findings: Vec<Finding>,
}

/// How many differing rows are told of each table.
const TOLD: usize = 3;

impl Soundness {
    /// Looks a project through: the database's own check, every text and reading against its digest, and the whole state
    /// against what follows from the log, built anew in memory.
    ///
    /// # Errors
    ///
    /// If it cannot be read at all.
    pub fn of(path: &Path, wait: Duration) -> Result<Soundness, StoreError> {
        let conn = file::open_to_read(path, wait)?;
        // One moment of the file, whoever writes meanwhile.
        let conn = &*conn.unchecked_transaction()?;
        let mut findings = Vec::new();
        let mut tell = |what: String| findings.push(Finding(what));
        for line in texts(conn, "PRAGMA integrity_check(20)")? {
            if line != "ok" {
                tell(format!("the database: {line}"));
            }
        }
        for table in texts(
            conn,
            "SELECT DISTINCT \"table\" FROM pragma_foreign_key_check",
        )? {
            tell(format!("a row of {table} points to what is not there"));
        }
        check_contents(conn, &mut tell)?;
        let operations = rebuild_and_compare(conn, &mut tell)?;
        let count = |sql: &str| -> Result<usize, StoreError> {
            Ok(conn.query_row(sql, [], |row| row.get(0))?)
        };
        Ok(Soundness {
            operations,
            reports: count("SELECT count(*) FROM report WHERE version IS NOT NULL")?,
            claims: count("SELECT count(*) FROM claim")?,
            findings,
        })
    }
}

/// Copies a project, as it is at one moment, into a new file.
///
/// # Errors
///
/// If there is such a file already, or it cannot be written; then what was written of it is taken away.
pub fn backup(path: &Path, to: &Path, wait: Duration) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::Exists(to.to_path_buf()));
    }
    let from = file::open_to_read(path, wait)?;
    let copied = (|| {
        let mut copy = Connection::open(to)?;
        Backup::new(&from, &mut copy)?.run_to_completion(1024, Duration::ZERO, None)?;
        copy.pragma_update(None, "synchronous", "FULL")?;
        copy.execute("DELETE FROM session", [])?;
        let _: i64 = copy.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        copy.close().map_err(|(_, error)| StoreError::from(error))
    })();
    if copied.is_err() {
        // What was not made cannot be taken away.
        let _ = std::fs::remove_file(to);
    }
    copied
}

fn texts(conn: &Connection, sql: &str) -> Result<Vec<String>, StoreError> {
    let mut query = conn.prepare(sql)?;
    let rows = query.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn check_contents(conn: &Connection, tell: &mut dyn FnMut(String)) -> Result<(), StoreError> {
    let mut query =
        conn.prepare("SELECT lower(hex(digest)), length, bytes FROM content ORDER BY id")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (digest, length, packed): (String, usize, Vec<u8>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        match content::unpack(&packed, length) {
            Ok(bytes) if content::digest(&bytes) == digest => {}
            _ => tell(format!("the content {digest} is not what it was")),
        }
    }
    Ok(())
}

/// Builds the state anew from the log and holds every row against those of the file. Gives the number of entries.
fn rebuild_and_compare(
    conn: &Connection,
    tell: &mut dyn FnMut(String),
) -> Result<usize, StoreError> {
    let mut rebuilt = Connection::open_in_memory()?;
    schema::migrate(&mut rebuilt)?;
    // The rows of the log itself are not copied, so nothing here can point to them.
    rebuilt.pragma_update(None, "foreign_keys", false)?;
    rebuilt.set_prepared_statement_cache_capacity(64);
    rebuilt.execute_batch("BEGIN")?;
    let mut refused = |id: i64, error: StoreError| {
        tell(format!(
            "entry {id} of the log does not take effect: {error}"
        ));
        Ok(())
    };
    let entries = replay(&rebuilt, conn, &mut refused)?;
    rebuilt.execute_batch("COMMIT")?;
    let missing: Option<i64> = conn.query_row(
        "SELECT min(id) FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM operation) WHERE id <> place",
        [],
        |row| row.get(0),
    )?;
    if let Some(after) = missing {
        tell(format!("an entry of the log before {after} is missing"));
    }
    for table in schema::STATE {
        let differing = differences(conn, &rebuilt, &format!("SELECT * FROM {table} ORDER BY 1"))?;
        if !differing.is_empty() {
            tell(format!(
                "the table {table} does not follow from the log: {}",
                differing.join("; ")
            ));
        }
    }
    if !differences(
        conn,
        &rebuilt,
        "SELECT term, doc, cnt FROM vocabulary ORDER BY term",
    )?
    .is_empty()
    {
        tell("the full-text index does not hold the words of the reports".to_owned());
    }
    Ok(usize::try_from(entries).unwrap_or(0))
}

/// Rows that only one of two databases gives, the first few of them.
fn differences(a: &Connection, b: &Connection, sql: &str) -> Result<Vec<String>, StoreError> {
    let (mut of_a, mut of_b) = (a.prepare(sql)?, b.prepare(sql)?);
    let columns = of_a.column_count();
    let (mut of_a, mut of_b) = (of_a.query(params![])?, of_b.query(params![])?);
    let read = |row: Option<&rusqlite::Row<'_>>| -> Result<Option<String>, rusqlite::Error> {
        let Some(row) = row else { return Ok(None) };
        let values: Vec<String> = (0..columns)
            .map(|at| row.get::<_, Value>(at).map(|value| format!("{value:?}")))
            .collect::<Result<_, _>>()?;
        Ok(Some(values.join(", ")))
    };
    let (mut only_a, mut only_b) = (BTreeSet::new(), BTreeSet::new());
    loop {
        let (in_a, in_b) = (read(of_a.next()?)?, read(of_b.next()?)?);
        if in_a.is_none() && in_b.is_none() {
            break;
        }
        if in_a == in_b {
            continue;
        }
        // Rows of equal first columns may come in another order.
        unpaired(in_a, &mut only_a, &mut only_b);
        unpaired(in_b, &mut only_b, &mut only_a);
    }
    let told = only_a.iter().map(|row| format!("has {row}"));
    let missing = only_b.iter().map(|row| format!("lacks {row}"));
    Ok(told.chain(missing).take(TOLD).collect())
}

/// Notes down a row, unless the other side has given the same one.
fn unpaired(row: Option<String>, mine: &mut BTreeSet<String>, others: &mut BTreeSet<String>) {
    if let Some(row) = row
        && !others.remove(&row)
    {
        mine.insert(row);
    }
}
