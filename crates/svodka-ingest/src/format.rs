//! Which format is it? By what the bytes are first, by the name second.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// Plain text in any encoding.
    Text,
    /// CommonMark with tables and footnotes.
    Markdown,
    /// A web page.
    Html,
    /// Office Open XML, of Word and others.
    Docx,
    /// OpenDocument text, of LibreOffice and others.
    Odt,
    /// PDF with a text layer.
    Pdf,
    /// EPUB 2 or 3.
    Epub,
    /// TEI P5.
    Tei,
    /// ALTO XML, of OCR programs.
    Alto,
    /// PAGE XML, of Transkribus and others.
    Page,
    /// hOCR, of OCR programs.
    Hocr,
    /// An e-mail.
    Email,
    /// An archive of any of these.
    Zip,
}

/// The extensions that go with each format.
const EXTENSIONS: &[(Format, &[&str])] = &[
    (Format::Text, &["txt", "text", "asc"]),
    (Format::Markdown, &["md", "markdown", "mkd"]),
    (Format::Html, &["html", "htm", "xhtml"]),
    (Format::Docx, &["docx", "docm", "dotx"]),
    (Format::Odt, &["odt", "ott"]),
    (Format::Pdf, &["pdf"]),
    (Format::Epub, &["epub"]),
    (Format::Tei, &["tei", "xml"]),
    (Format::Alto, &["alto", "xml"]),
    (Format::Page, &["page", "xml"]),
    (Format::Hocr, &["hocr", "html", "htm", "xhtml", "xml"]),
    (Format::Email, &["eml"]),
    (Format::Zip, &["zip"]),
];

impl Format {
    fn extensions(self) -> &'static [&'static str] {
        let row = EXTENSIONS.iter().find(|(format, _)| *format == self);
        row.map_or(&[], |(_, extensions)| extensions)
    }

    /// Whether a name with that extension (lower case) may be of the format.
    pub(crate) fn fits(self, extension: &str) -> bool {
        self.extensions().contains(&extension)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Text => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Docx => "DOCX",
            Format::Odt => "ODT",
            Format::Pdf => "PDF",
            Format::Epub => "EPUB",
            Format::Tei => "TEI",
            Format::Alto => "ALTO",
            Format::Page => "PAGE",
            Format::Hocr => "hOCR",
            Format::Email => "e-mail",
            Format::Zip => "ZIP",
        })
    }
}

/// The extension of a name, in lower case.
pub(crate) fn extension(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
}

/// Whether some extension of a format we read.
pub(crate) fn known(extension: &str) -> bool {
    EXTENSIONS.iter().any(|(format, _)| format.fits(extension))
}

/// The binary formats by their first bytes: a PDF may have some bytes before its mark.
pub(crate) fn binary(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(1024)];
    if bytes.starts_with(b"%PDF-") {
        return Some(Format::Pdf);
    }
    if [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08"]
        .iter()
        .any(|mark| bytes.starts_with(mark))
    {
        return Some(Format::Zip);
    }
    let at = head.windows(5).position(|window| window == b"%PDF-")?;
    let text = head[..at]
        .iter()
        .all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    (!text || head[..at].iter().all(u8::is_ascii_whitespace)).then_some(Format::Pdf)
}

/// What decoded text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Markup {
    Html,
    Xml,
    None,
}

/// Whether a text is marked up: by its first element.
pub(crate) fn markup(text: &str) -> Markup {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    // Comments may stand before the first element, some kilobytes of licence included.
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, after)) = comment.split_once("-->") else {
            break;
        };
        rest = after.trim_start();
    }
    let begins = |mark: &str| {
        let found = rest
            .get(..mark.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(mark));
        let next = rest.as_bytes().get(mark.len());
        found && next.is_none_or(|byte| !byte.is_ascii_alphanumeric())
    };
    if begins("<!doctype html") || begins("<html") || begins("<head") || begins("<body") {
        return Markup::Html;
    }
    if rest.starts_with("<?xml")
        || ["<TEI", "<teiCorpus", "<alto", "<PcGts"]
            .iter()
            .any(|mark| begins(mark))
    {
        // XHTML, hOCR among it, is read as HTML.
        let head: String = rest.chars().take(2048).collect();
        let head = head.to_ascii_lowercase();
        return if head.contains("<html") {
            Markup::Html
        } else {
            Markup::Xml
        };
    }
    Markup::None
}

/// Whether a text begins as an e-mail does: header lines, of them two that every e-mail has.
pub(crate) fn email(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16384)]);
    let mut known = 0;
    let mut machine = false;
    for (index, line) in head.lines().enumerate() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) || index == 0 && line.starts_with("From ") {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        if name.is_empty()
            || !name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            return false;
        }
        let name = name.to_ascii_lowercase();
        known += u32::from(["from", "to", "date", "subject"].contains(&name.as_str()));
        // A typed report may open with "From:", "To:" and "Date:"; only programs write these.
        machine |= [
            "message-id",
            "mime-version",
            "received",
            "return-path",
            "content-type",
            "delivered-to",
        ]
        .contains(&name.as_str());
    }
    known >= 1 && machine
}
