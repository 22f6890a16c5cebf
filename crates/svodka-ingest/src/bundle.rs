//! A ZIP of reports: each of its files by itself, so that one bad one does not stop the others.

use std::collections::BTreeMap;

use crate::archive::Archive;
use crate::sidecar::{self, SIDECARS};
use crate::{Format, Hint, IngestError, Intake, Metadata, Refused, single};

/// What systems put into archives beside people's files.
fn litter(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/")
        || last.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&last)
}

/// Reads all files of an archive. A sidecar beside a file, and a `manifest.csv` at the top, describe it.
pub(crate) fn read(
    archive: &mut Archive<'_>,
    encoding: Option<&str>,
) -> Result<Intake, IngestError> {
    let mut intake = Intake {
        documents: Vec::new(),
        refused: Vec::new(),
    };
    let entries = archive.entries();
    let mut sidecars: BTreeMap<String, Metadata> = BTreeMap::new();
    let mut manifest: BTreeMap<String, Metadata> = BTreeMap::new();
    let mut reports = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        if entry.folder || litter(&entry.name) {
            continue;
        }
        let ending = SIDECARS
            .iter()
            .find(|ending| entry.name.ends_with(**ending));
        let described = match ending {
            Some(ending) => archive.unpack(index, Format::Zip).and_then(|bytes| {
                let metadata = sidecar::sidecar(&bytes, &entry.name)?;
                sidecars.insert(entry.name.trim_end_matches(ending).to_owned(), metadata);
                Ok(())
            }),
            None if entry.name == "manifest.csv" => {
                archive.unpack(index, Format::Zip).and_then(|bytes| {
                    manifest = sidecar::manifest(&bytes)?;
                    Ok(())
                })
            }
            None => {
                reports.push((index, entry.name.clone()));
                Ok(())
            }
        };
        if let Err(error) = described {
            intake.refused.push(Refused {
                entry: entry.name,
                error,
            });
        }
    }
    for (index, name) in reports {
        let bytes = archive.unpack(index, Format::Zip);
        let hint = Hint {
            name: Some(&name),
            encoding,
        };
        let read = bytes.and_then(|bytes| single(&bytes, &hint, &mut archive.left));
        match read {
            Ok(mut document) => {
                let beside = sidecars.remove(&name).unwrap_or_default();
                let listed = manifest.remove(&name).unwrap_or_default();
                document.metadata = beside.over(listed).over(document.metadata);
                document.entry = Some(name);
                intake.documents.push(document);
            }
            Err(error) => intake.refused.push(Refused { entry: name, error }),
        }
    }
    if !intake.documents.is_empty() {
        return Ok(intake);
    }
    // A lone file's complaint says more than that there was none to read.
    match intake.refused.as_slice() {
        [Refused { error, .. }] => Err(error.clone()),
        [] => Err(IngestError::NoReport {
            found: "no file at all".to_owned(),
        }),
        [first, ..] => Err(IngestError::NoReport {
            found: format!(
                "none of its {} files can be read; {}: {}",
                intake.refused.len(),
                first.entry,
                first.error
            ),
        }),
    }
}
