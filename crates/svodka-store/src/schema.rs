//! The tables, and how a file of an older schema becomes one of this.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::StoreError;

/// Marks an SQLite file as a project: the letters `Svdk`.
pub const APPLICATION: i64 = 0x5376_646b;

const STEPS: &[M<'_>] = &[M::up(include_str!("schema/v1.sql"))];

/// The newest schema.
pub const NEWEST: i64 = STEPS.len() as i64;

/// The tables that follow from the log, in an order in which rows may be compared.
pub const STATE: [&str; 10] = [
    "undone",
    "report",
    "version",
    "thing",
    "name",
    "appearance",
    "claim",
    "part",
    "decision",
    "relation",
];

/// Brings a database to the newest schema.
pub fn migrate(conn: &mut Connection) -> Result<(), StoreError> {
    Migrations::from_slice(STEPS)
        .to_latest(conn)
        .map_err(|error| match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => StoreError::Damaged(other.to_string()),
        })
}
