//! How far the log has come, asked again and again: for who keeps answers and must know whether they still hold.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use crate::{StoreError, file};

/// A project that is looked at from time to time. Nothing of what it holds is given, so no policy is needed.
#[derive(Debug)]
pub struct Glance {
    conn: Connection,
}

impl Glance {
    /// Opens a project to be looked at. While it is open, what is written beside the file stays there.
    ///
    /// # Errors
    ///
    /// If there is no project of a known schema there, or it cannot be read.
    pub fn open(path: &Path) -> Result<Glance, StoreError> {
        let conn = file::open_to_read(path, Duration::from_secs(10))?;
        Ok(Glance { conn })
    }

    /// The number of the newest entry of the log, now.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn newest(&self) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT coalesce(max(id), 0) FROM operation")?
            .query_row([], |row| row.get(0))?)
    }
}
