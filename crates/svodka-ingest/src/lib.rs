//! What does the file say? Turns the bytes of a report into text with a map back to them, or says why they are none.
//!
//! This crate works on bytes: it opens no file and knows no path; a name is only a hint. Of plain text it changes no character: what
//! it returns is the file itself in Unicode, without the mark at its start that only names the encoding. Of other formats it keeps the
//! words, one paragraph a line, and leaves the furniture (docs/formats-in.md). It never guesses in silence: bytes that are not
//! convincingly text in one encoding are refused with the place of the first doubtful one.

mod alto;
mod archive;
mod bundle;
mod decode;
mod disguise;
mod document;
mod docx;
mod draft;
mod epub;
mod error;
mod format;
mod guess;
mod hocr;
mod html;
pub mod limits;
mod mail;
mod map;
mod markdown;
mod metadata;
mod odt;
mod page_xml;
mod pdf;
mod place;
mod sidecar;
mod soup;
mod tei;
mod tree;
mod xml;

use sha2::{Digest, Sha256};

use archive::Archive;
use draft::Draft;
use format::Markup;

pub use document::{Document, Intake, Refused, Warning};
pub use error::IngestError;
pub use format::Format;
pub use map::{Map, Origin};
pub use metadata::{Metadata, Told, Witness};
pub use place::Place;
pub use sidecar::{LARGEST_SIDECAR, SIDECARS, manifest, sidecar};

/// The largest file that is read, in bytes: 256 MiB.
pub const LARGEST_FILE: usize = 256 << 20;

/// The longest line that is read, in bytes: 256 KiB, some 90 printed pages without a line break.
pub const LONGEST_LINE: usize = 256 << 10;

/// What is known of a file besides its bytes. Neither is obeyed against them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hint<'a> {
    /// Its name, for its extension: what tells Markdown from plain text.
    pub name: Option<&'a str>,
    /// Its encoding, for text in any markup: any label of the WHATWG standard, such as `windows-1251`.
    pub encoding: Option<&'a str>,
}

/// Reads a file of any format that is known, by its bytes first and its name second.
///
/// A ZIP of reports brings several documents, and those of its files that could not be read; any other file one document.
pub fn read(bytes: &[u8], hint: &Hint<'_>) -> Result<Intake, IngestError> {
    let mut left = limits::MOST_UNPACKED;
    if bytes.len() <= LARGEST_FILE && format::binary(bytes) == Some(Format::Zip) {
        let mut archive = Archive::open(bytes, left)?;
        if archive::kind(&mut archive)? == Format::Zip {
            return bundle::read(&mut archive, hint.encoding);
        }
    }
    Ok(Intake {
        documents: vec![single(bytes, hint, &mut left)?],
        refused: Vec::new(),
    })
}

/// Reads a file that is one document; `left` is how many bytes may be unpacked for it.
fn single(bytes: &[u8], hint: &Hint<'_>, left: &mut u64) -> Result<Document, IngestError> {
    check_size(bytes)?;
    let extension = hint.name.and_then(format::extension);
    let mut document = match format::binary(bytes) {
        Some(Format::Pdf) => drawn(bytes, Format::Pdf, "UTF-8", pdf::read(bytes)?)?,
        Some(_) => packed(bytes, left)?,
        None => written(bytes, hint.encoding, extension.as_deref())?,
    };
    if let Some(extension) = extension.filter(|it| format::known(it) && !document.format.fits(it)) {
        let format = document.format;
        document
            .warnings
            .push(Warning::Extension { extension, format });
    }
    Ok(document)
}

/// Reads the bytes of a plain-text file as they are.
///
/// The encoding is `encoding` if given (any label of the WHATWG standard, such as `windows-1251`), else what a byte
/// order mark says, else UTF-8, else UTF-16 or an older encoding if the bytes show it beyond doubt.
pub fn plain(bytes: &[u8], encoding: Option<&str>) -> Result<Document, IngestError> {
    check_size(bytes)?;
    if let Some(kind) = disguise::document(bytes) {
        return Err(kind);
    }
    verbatim(bytes, encoding)
}

fn verbatim(bytes: &[u8], encoding: Option<&str>) -> Result<Document, IngestError> {
    let (text, encoding) = decode::decode(bytes, encoding)?;
    if text.trim().is_empty() {
        return Err(IngestError::Empty { blank: true });
    }
    if let Some(error) = disguise::binary(&text, bytes) {
        return Err(error);
    }
    check_lines(&text)?;
    Ok(Document {
        map: Map::verbatim(&text),
        text,
        encoding: encoding.name(),
        sha256: sha256(bytes),
        format: Format::Text,
        entry: None,
        metadata: Metadata::default(),
        warnings: Vec::new(),
    })
}

fn check_size(bytes: &[u8]) -> Result<(), IngestError> {
    if bytes.len() > LARGEST_FILE {
        return Err(IngestError::TooLarge);
    }
    if bytes.is_empty() {
        return Err(IngestError::Empty { blank: false });
    }
    Ok(())
}

/// DOCX, ODT and EPUB.
fn packed(bytes: &[u8], left: &mut u64) -> Result<Document, IngestError> {
    let mut archive = Archive::open(bytes, *left)?;
    let format = archive::kind(&mut archive)?;
    let read = match format {
        Format::Docx => {
            docx::read(&mut archive).map(|(draft, metadata)| (draft, metadata, Vec::new()))
        }
        Format::Odt => {
            odt::read(&mut archive).map(|(draft, metadata)| (draft, metadata, Vec::new()))
        }
        Format::Epub => epub::read(&mut archive),
        _ => Err(IngestError::NestedArchive),
    };
    *left = archive.left;
    drawn(bytes, format, "UTF-8", read?)
}

/// What is written in text: markup, e-mail, and text itself.
fn written(
    bytes: &[u8],
    encoding: Option<&str>,
    extension: Option<&str>,
) -> Result<Document, IngestError> {
    if format::email(bytes) {
        return drawn(bytes, Format::Email, "UTF-8", mail::read(bytes)?);
    }
    let alone = |(draft, metadata): (Draft, Metadata)| (draft, metadata, Vec::new());
    let wide = guess::wide(bytes).is_some()
        || bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff");
    let head = if wide {
        decode::decode(bytes, encoding)
            .map(|(text, _)| text)
            .unwrap_or_default()
    } else {
        String::from_utf8_lossy(&bytes[..bytes.len().min(1 << 16)]).into_owned()
    };
    match format::markup(&head) {
        Markup::Html => {
            let (text, encoding) = html::decoded(bytes, encoding)?;
            if hocr::is(&text) {
                return drawn(bytes, Format::Hocr, encoding, alone(hocr::read(&text)?));
            }
            drawn(bytes, Format::Html, encoding, alone(html::read(&text)?))
        }
        Markup::Xml => {
            let (text, encoding) = xml::decoded(bytes, encoding)?;
            let tree = xml::tree(&text)?;
            match tree.name(xml::root(&tree)) {
                "TEI" | "teiCorpus" | "TEI.2" => {
                    drawn(bytes, Format::Tei, encoding, alone(tei::read(&tree)))
                }
                "alto" => drawn(bytes, Format::Alto, encoding, alone(alto::read(&tree)?)),
                "PcGts" => drawn(bytes, Format::Page, encoding, alone(page_xml::read(&tree)?)),
                root => Err(IngestError::UnknownXml {
                    root: root.chars().take(60).collect(),
                }),
            }
        }
        Markup::None => {
            // A page without its head, and Markdown, are told from plain text by their names alone.
            match extension {
                Some(name) if Format::Html.fits(name) && head.trim_start().starts_with('<') => {
                    let (text, encoding) = html::decoded(bytes, encoding)?;
                    drawn(bytes, Format::Html, encoding, alone(html::read(&text)?))
                }
                Some(name) if Format::Markdown.fits(name) => {
                    let document = plain(bytes, encoding)?;
                    let read = markdown::read(&document.text)?;
                    drawn(bytes, Format::Markdown, document.encoding, alone(read))
                }
                _ => plain(bytes, encoding),
            }
        }
    }
}

/// The document of a finished draft.
fn drawn(
    bytes: &[u8],
    format: Format,
    encoding: &'static str,
    (draft, metadata, warnings): (Draft, Metadata, Vec<Warning>),
) -> Result<Document, IngestError> {
    let (text, map) = draft.finish();
    if text.trim().is_empty() {
        return Err(IngestError::NoWords { format });
    }
    check_lines(&text)?;
    Ok(Document {
        text,
        encoding,
        sha256: sha256(bytes),
        format,
        entry: None,
        map,
        metadata,
        warnings,
    })
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn check_lines(text: &str) -> Result<(), IngestError> {
    let long = text
        .split('\n')
        .enumerate()
        .find(|(_, line)| line.len() > LONGEST_LINE);
    match long {
        Some((index, line)) => Err(IngestError::LineTooLong {
            line: index + 1,
            bytes: line.len(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
