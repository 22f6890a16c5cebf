//! What stands between a project's reader and an export.

use svodka_store::{ClaimFilter, Reader};
use svodka_views::{Readings, Source, SourceError};

/// The reports of a project with the claims that a filter wants, for an export. What the reader's policy hides stays hidden.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// By whom they are read.
    pub reader: &'a Reader,
    /// Which claims.
    pub filter: &'a ClaimFilter,
}

impl Source for Wanted<'_> {
    fn readings(&self) -> Result<Readings<'_>, SourceError> {
        let readings = self.reader.readings(self.filter)?;
        Ok(Box::new(
            readings.map(|reading| reading.map_err(Into::into)),
        ))
    }
}
