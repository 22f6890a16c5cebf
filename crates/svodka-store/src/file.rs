//! Opening and closing the file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, ErrorCode, OpenFlags, params};

use crate::{StoreError, schema};

/// A process that has the project open for writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// Since when, in UTC.
    pub since: String,
    /// What it is about, such as "adding reports".
    pub doing: String,
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Session {
            pid,
            host,
            since,
            doing,
        } = self;
        write!(f, "process {pid} on {host}, {doing} since {since}")
    }
}

/// A connection is never shared between threads, so it needs no lock of its own.
const READ_WRITE: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// Makes an empty project. A file that could not be finished is taken away again.
pub fn create(path: &Path) -> Result<Connection, StoreError> {
    if path.exists() {
        return Err(StoreError::Exists(path.to_path_buf()));
    }
    let made = made(path);
    if made.is_err() {
        for end in ["", "-wal", "-shm", "-journal"] {
            // What was not made cannot be taken away.
            let _ = std::fs::remove_file(beside(path, end));
        }
    }
    made
}

fn made(path: &Path) -> Result<Connection, StoreError> {
    let flags = READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut conn =
        Connection::open_with_flags(path, flags).map_err(|error| explained(path, error))?;
    conn.pragma_update(None, "application_id", schema::APPLICATION)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    prepare(&conn, Duration::from_secs(10))?;
    schema::migrate(&mut conn)?;
    Ok(conn)
}

/// Opens a project for writing; `wait` is how long another writer is waited for.
pub fn open_to_write(path: &Path, wait: Duration) -> Result<Connection, StoreError> {
    if !path.is_file() {
        return Err(StoreError::Missing(path.to_path_buf()));
    }
    let mut conn =
        Connection::open_with_flags(path, READ_WRITE).map_err(|error| explained(path, error))?;
    conn.busy_timeout(wait)?;
    let found = known(&conn, path)?;
    prepare(&conn, wait)?;
    // Twenty thousand pages: a large project's indexes, which every report that is added touches.
    conn.pragma_update(None, "cache_size", -80_000)?;
    if found < schema::NEWEST {
        schema::migrate(&mut conn)?;
    }
    Ok(conn)
}

/// Opens a project for reading. A file of an older schema is brought up to date first; where it cannot be written to, a copy in memory is.
pub fn open_to_read(path: &Path, wait: Duration) -> Result<Connection, StoreError> {
    if !path.is_file() {
        return Err(StoreError::Missing(path.to_path_buf()));
    }
    // Whoever may write takes the files away again that SQLite puts beside a project while it is open.
    let mut conn =
        Connection::open_with_flags(path, READ_WRITE).map_err(|error| explained(path, error))?;
    let mut found = known(&conn, path);
    if matches!(found, Err(StoreError::ReadOnly)) && !beside(path, "-wal").exists() {
        // A database that was left in good order needs no files beside it, if nobody can change it meanwhile.
        let address = format!("file:{}?immutable=1", escaped(path));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        conn =
            Connection::open_with_flags(address, flags).map_err(|error| explained(path, error))?;
        found = known(&conn, path);
    }
    if found? < schema::NEWEST {
        match open_to_write(path, wait) {
            Err(StoreError::ReadOnly) => {
                let mut copy = Connection::open_in_memory()?;
                Backup::new(&conn, &mut copy)?.run_to_completion(-1, Duration::ZERO, None)?;
                prepare(&copy, wait)?;
                schema::migrate(&mut copy)?;
                conn = copy;
            }
            migrated => drop(migrated?),
        }
    }
    prepare(&conn, wait)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

/// What holds for every connection.
pub fn prepare(conn: &Connection, wait: Duration) -> Result<(), StoreError> {
    conn.busy_timeout(wait)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "cache_size", -32_000)?;
    // In pages: a page that many reports change is carried over to the file less often.
    conn.pragma_update(None, "wal_autocheckpoint", 8_000)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// The schema of a project that this program can open.
fn known(conn: &Connection, path: &Path) -> Result<i64, StoreError> {
    let pragma = |name: &str| -> Result<i64, StoreError> {
        conn.pragma_query_value(None, name, |row| row.get(0))
            .map_err(|error| explained(path, error))
    };
    if pragma("application_id")? != schema::APPLICATION {
        return Err(StoreError::NotAProject(path.to_path_buf()));
    }
    let found = pragma("user_version")?;
    if found > schema::NEWEST {
        return Err(StoreError::Newer {
            path: path.to_path_buf(),
            found,
            known: schema::NEWEST,
        });
    }
    Ok(found)
}

fn explained(path: &Path, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotAProject(path.to_path_buf()),
        Some(ErrorCode::CannotOpen) if path.exists() => StoreError::ReadOnly,
        Some(ErrorCode::CannotOpen) => {
            let folder = path.parent().filter(|folder| *folder != Path::new(""));
            match folder {
                Some(folder) if !folder.is_dir() => StoreError::Missing(folder.to_path_buf()),
                _ => StoreError::ReadOnly,
            }
        }
        _ => error.into(),
    }
}

fn escaped(path: &Path) -> String {
    let path = path.to_string_lossy();
    path.replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23")
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Notes down who writes; takes away the notes of processes of this machine that have died.
pub fn enter(conn: &Connection, session: &Session) -> Result<i64, StoreError> {
    for (id, other) in sessions(conn)? {
        if other.host == session.host && !is_running(other.pid) {
            conn.execute("DELETE FROM session WHERE id = ?1", [id])?;
        }
    }
    conn.execute(
        "INSERT INTO session (pid, host, since, doing) VALUES (?1, ?2, ?3, ?4)",
        params![session.pid, session.host, session.since, session.doing],
    )?;
    Ok(conn.last_insert_rowid())
}

/// Everybody who has the project open for writing, by number.
pub fn sessions(conn: &Connection) -> Result<Vec<(i64, Session)>, StoreError> {
    let mut found = conn.prepare("SELECT id, pid, host, since, doing FROM session ORDER BY id")?;
    let rows = found.query_map([], |row| {
        let session = Session {
            pid: row.get(1)?,
            host: row.get(2)?,
            since: row.get(3)?,
            doing: row.get(4)?,
        };
        Ok((row.get(0)?, session))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a process of this machine runs; where that cannot be told, it is taken to.
pub fn is_running(pid: u32) -> bool {
    !Path::new("/proc/self").exists() || Path::new("/proc").join(pid.to_string()).exists()
}
