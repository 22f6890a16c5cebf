//! ZIP: the container of DOCX, ODT and EPUB, and of several reports at once.
//!
//! Names in an archive are labels and nothing else: nothing is written anywhere.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::limits::{LARGEST_ENTRY, LARGEST_RATIO, MOST_ENTRIES, MOST_UNPACKED, RATIO_FROM};
use crate::{Format, IngestError};

/// An archive, with what it may still unpack.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked, by this archive and those inside it.
    pub left: u64,
}

/// A file in it.
pub(crate) struct Entry {
    pub name: String,
    pub folder: bool,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8], left: u64) -> Result<Archive<'a>, IngestError> {
        // Asked before the directory is read: it says how many entries it has in its last record.
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if zip.len() > MOST_ENTRIES {
            return Err(IngestError::OverLimit {
                what: format!("the archive holds {} files", zip.len()),
                most: MOST_ENTRIES.to_string(),
            });
        }
        Ok(Archive { zip, left })
    }

    pub(crate) fn entries(&mut self) -> Vec<Entry> {
        (0..self.zip.len())
            .map(|index| match self.zip.by_index_raw(index) {
                Ok(file) => Entry {
                    folder: file.is_dir(),
                    name: label(file.name_raw()),
                },
                Err(_) => Entry {
                    folder: false,
                    name: format!("entry {}", index + 1),
                },
            })
            .collect()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The bytes of a file, if there is one of that name.
    pub(crate) fn named(
        &mut self,
        name: &str,
        format: Format,
    ) -> Result<Option<Vec<u8>>, IngestError> {
        match self.zip.index_for_name(name) {
            Some(index) => self.unpack(index, format).map(Some),
            None => Ok(None),
        }
    }

    /// The bytes of a file. What it says of its own size is not trusted.
    pub(crate) fn unpack(&mut self, index: usize, format: Format) -> Result<Vec<u8>, IngestError> {
        let left = self.left;
        let file = self.zip.by_index(index);
        let file = file.map_err(|error| match error {
            ZipError::InvalidPassword => IngestError::Encrypted { format },
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                IngestError::Encrypted { format }
            }
            error => damaged(&error),
        })?;
        if file.encrypted() {
            return Err(IngestError::Encrypted { format });
        }
        let ratio = file
            .compressed_size()
            .saturating_mul(LARGEST_RATIO)
            .max(RATIO_FROM);
        let most = LARGEST_ENTRY.min(left).min(ratio);
        let mut bytes = Vec::new();
        let read = file.take(most + 1).read_to_end(&mut bytes);
        // What was unpacked in vain counts too.
        self.left = left.saturating_sub(bytes.len() as u64);
        read.map_err(|error| IngestError::Damaged {
            format: "ZIP",
            reason: error.to_string(),
        })?;
        if bytes.len() as u64 <= most {
            return Ok(bytes);
        }
        let reason = if most == left {
            format!(
                "all its files together have more than {} MiB",
                MOST_UNPACKED >> 20
            )
        } else if most == LARGEST_ENTRY {
            format!("one file has more than {} MiB", LARGEST_ENTRY >> 20)
        } else {
            format!("one file is more than {LARGEST_RATIO} times its packed size")
        };
        Err(IngestError::Bomb { reason })
    }
}

/// A name for people to read: old archives write theirs in the code page of DOS.
fn label(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::IBM866
            .decode_without_bom_handling(raw)
            .0
            .into_owned(),
    };
    name.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .take(1024)
        .collect()
}

fn damaged(error: &ZipError) -> IngestError {
    IngestError::Damaged {
        format: "ZIP",
        reason: error.to_string(),
    }
}

/// Which format a ZIP archive is the container of.
pub(crate) fn kind(archive: &mut Archive<'_>) -> Result<Format, IngestError> {
    if archive.has("mimetype") {
        let kind = archive.named("mimetype", Format::Zip)?.unwrap_or_default();
        let kind = String::from_utf8_lossy(&kind).trim().to_owned();
        if kind == "application/epub+zip" {
            return Ok(Format::Epub);
        }
        if kind.starts_with("application/vnd.oasis.opendocument.text") {
            return Ok(Format::Odt);
        }
        if kind.starts_with("application/vnd.oasis.opendocument") {
            return Err(foreign("an OpenDocument file that is no text"));
        }
    }
    if archive.has("[Content_Types].xml") {
        if archive.has("word/document.xml") {
            return Ok(Format::Docx);
        }
        if archive.has("xl/workbook.xml") {
            return Err(foreign("an Excel workbook (XLSX)"));
        }
        if archive.has("ppt/presentation.xml") {
            return Err(foreign("a PowerPoint file (PPTX)"));
        }
    }
    if archive.has("META-INF/container.xml") {
        return Ok(Format::Epub);
    }
    Ok(Format::Zip)
}

fn foreign(what: &'static str) -> IngestError {
    IngestError::Document {
        what,
        remedy: "save it as plain text in the program that wrote it and read that",
    }
}
