//! What stands between a project and the telling of who may be the same: a pack's tables, and all that reports name.

use svodka_model::NameType;
use svodka_pack::Pack;
use svodka_resolve::{TableError, Tables, Unit};
use svodka_store::{Reader, ReportRow, StoreError};

/// The tables by which a pack tells who may be the same.
///
/// # Errors
///
/// If a table is missing or cannot be used.
pub fn tables(pack: &Pack) -> Result<Tables, TableError> {
    fn pair<'t>((name, text): (&'t String, &'t String)) -> (&'t str, &'t str) {
        (name, text)
    }
    let identity = &pack.identity;
    Tables::parse(
        identity.transliteration.iter().map(pair),
        identity.names.iter().map(pair),
        |name| identity.weights.get(name).map(String::as_str),
    )
}

/// All that the reports of a project name.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// The reports, by which units know theirs.
    pub reports: Vec<ReportRow>,
    /// Each thing as one report names it.
    pub units: Vec<Unit>,
}

impl Gathered {
    /// From a project, with what a pack's table says of whom.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn from(reader: &Reader, pack: &Pack) -> Result<Gathered, StoreError> {
        let reports = reader.reports()?;
        let mut units = Vec::new();
        for (at, report) in reports.iter().enumerate() {
            let contract = reader.report(&report.id.to_string())?;
            let found = svodka_resolve::units(at, &contract, &pack.identity.tells);
            // Who is shielded has no name to compare.
            let hidden = |it: &Unit| it.kind == NameType::Person && it.name.starts_with('[');
            units.extend(found.into_iter().filter(|it| !hidden(it)));
        }
        Ok(Gathered { reports, units })
    }
}
