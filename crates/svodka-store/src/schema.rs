//! The tables, and how a file of an older schema becomes one of this.

use rusqlite::{Connection, Transaction};
use rusqlite_migration::{HookError, M, Migrations};

use crate::StoreError;
use crate::state;

/// Marks an SQLite file as a project: the letters `Svdk`.
pub const APPLICATION: i64 = 0x5376_646b;

/// The newest schema.
pub const NEWEST: i64 = 2;

fn steps() -> Vec<M<'static>> {
    vec![
        M::up(include_str!("schema/v1.sql")),
        M::up_with_hook(include_str!("schema/v2.sql"), anew),
    ]
}

/// The tables that follow from the log, in an order in which rows may be compared.
pub const STATE: [&str; 13] = [
    "undone",
    "report",
    "version",
    "thing",
    "name",
    "appearance",
    "namesake",
    "claim",
    "part",
    "rule",
    "life",
    "decision",
    "relation",
];

/// Brings a database to the newest schema.
pub fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    Migrations::new(steps())
        .to_latest(conn)
        .map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            rusqlite_migration::Error::Hook(why) => StoreError::Damaged(why),
            other => StoreError::Damaged(other.to_string()),
        })
}

/// Makes the state of an emptied file anew from its log.
fn anew(file: &Transaction<'_>) -> Result<(), HookError> {
    let mut refused = |_, error| match error {
        // It did not take effect before either; `svodka check` tells of it.
        StoreError::Unknown { .. } | StoreError::Damaged(_) => Ok(()),
        other => Err(other),
    };
    let done = state::replay(file, file, &mut refused);
    done.map(|_| ())
        .map_err(|error| HookError::Hook(error.to_string()))
}
