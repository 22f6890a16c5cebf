//! What is it, if not text? Recognises documents of other kinds by their first bytes, whatever their names say.

use infer::MatcherType;

use crate::{IngestError, Place};

const AS_TEXT: &str = "save it as plain text in the program that wrote it and read that";

/// Documents that a report may well come in: the kind by its MIME type, what it is, what to do.
const DOCUMENTS: &[(&str, &str, &str)] = &[
    (
        "application/pdf",
        "a PDF document",
        "draw out its text first, for example with `pdftotext -layout FILE.pdf FILE.txt`, and read that",
    ),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "a Word document (DOCX)",
        AS_TEXT,
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "an Excel workbook (XLSX)",
        AS_TEXT,
    ),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "a PowerPoint file (PPTX)",
        AS_TEXT,
    ),
    (
        "application/vnd.oasis.opendocument.text",
        "an OpenDocument text (ODT)",
        AS_TEXT,
    ),
    ("application/msword", "an old Word document (DOC)", AS_TEXT),
    (
        "application/x-ole-storage",
        "an old Office document (DOC, XLS or PPT)",
        AS_TEXT,
    ),
    ("application/rtf", "an RTF document", AS_TEXT),
    ("application/epub+zip", "an EPUB book", AS_TEXT),
    (
        "application/postscript",
        "a PostScript document",
        "turn it into plain text first, for example with `ps2ascii`",
    ),
    (
        "application/zip",
        "a ZIP archive (or a DOCX, ODT or EPUB, which are ZIP archives too)",
        "unpack it, or save the document as plain text, and read that",
    ),
];

/// An error if the bytes are a document of another kind.
pub(crate) fn document(bytes: &[u8]) -> Option<IngestError> {
    if let Some(what) = markup(bytes) {
        return Some(IngestError::Document {
            what,
            remedy: "this version reads plain text only: save the page as text and read that",
        });
    }
    let found = infer::get(bytes)?;
    let named = |mime: &str| DOCUMENTS.iter().find(|(known, ..)| *known == mime);
    if let Some((_, what, remedy)) = named(found.mime_type()) {
        return Some(IngestError::Document { what, remedy });
    }
    // Some marks are two or three plain letters, with which a text may begin as well ("BM", "MZ", "ID3").
    let starts_like_text = bytes
        .iter()
        .take(16)
        .all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    let what = match found.matcher_type() {
        MatcherType::Text => return None,
        _ if starts_like_text => return None,
        MatcherType::Image => {
            return Some(IngestError::Document {
                what: "an image",
                remedy: "have its text recognised (OCR) first, for example with `tesseract`, and read that",
            });
        }
        MatcherType::Archive => format!("an archive or compressed file ({})", found.extension()),
        MatcherType::Audio => format!("a sound recording ({})", found.extension()),
        MatcherType::Video => format!("a video ({})", found.extension()),
        MatcherType::App => format!("a program ({})", found.extension()),
        _ => format!("a file of the type {}", found.mime_type()),
    };
    Some(IngestError::Foreign { what })
}

fn markup(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = start.trim_ascii_start();
    let begins = |mark: &str| {
        start
            .get(..mark.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(mark.as_bytes()))
    };
    if begins("<!doctype html") || begins("<html") {
        Some("an HTML page")
    } else if begins("<?xml") {
        Some("an XML document")
    } else {
        None
    }
}

/// An error if the decoded text holds what no text has: a NUL, or control characters in number.
pub(crate) fn binary(text: &str, bytes: &[u8]) -> Option<IngestError> {
    let odd = |c: &char| c.is_control() && !matches!(c, '\t'..='\r' | '\u{1a}' | '\u{85}');
    let number = text.chars().filter(odd).count();
    let first = if number > 8 && number * 100 > bytes.len() {
        text.char_indices().find(|(_, c)| odd(c))
    } else {
        text.char_indices().find(|&(_, c)| c == '\0')
    };
    first.map(|(at, c)| {
        // In one of the wide encodings the place in the file is not the place in the text.
        let byte = if bytes.get(at) == Some(&(c as u8)) {
            at
        } else {
            text[..at].encode_utf16().count() * 2
        };
        IngestError::Binary {
            place: Place::after(&text[..at], byte),
            found: match c {
                '\0' => "a NUL character".to_owned(),
                _ => format!("control character U+{:04X}", c as u32),
            },
        }
    })
}
