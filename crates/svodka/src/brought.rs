//! Reports that come with their reading: TEI that this program wrote.

use svodka_store::{NewReport, Provenance};
use svodka_views::{TeiError, tei};

/// The reports of a TEI document that this program wrote, as it had read them; nothing if the file is another. Their claims are taken as they stand there,
/// with what readers corrected, and their names are the same as before where nobody in them was shielded.
///
/// # Errors
///
/// If the document was changed so that a claim no longer stands on its text.
pub fn brought(bytes: &[u8]) -> Option<Result<Vec<NewReport>, TeiError>> {
    let reports = match tei::read(bytes)? {
        Ok(reports) => reports,
        Err(error) => return Some(Err(error)),
    };
    let reports = reports.into_iter().map(|brought| NewReport {
        label: brought.label,
        contract: brought.contract,
        date: None,
        // No pack and no model read it here.
        by: Provenance {
            program: format!("TEI by {}", brought.program),
            ..Provenance::default()
        },
    });
    Some(Ok(reports.collect()))
}
