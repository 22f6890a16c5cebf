//! What a file says, whatever its format.

use std::fmt;

use serde::Serialize;

use crate::{Format, IngestError, Map, Metadata, Origin};

/// Something the reader should know of a document that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "code")]
#[non_exhaustive]
pub enum Warning {
    /// The name says another format than the bytes. The bytes are right.
    Extension {
        /// In lower case, without its dot.
        extension: String,
        /// What it is.
        format: Format,
    },
    /// Pages without a text layer among others that have one.
    Pictures {
        /// From 1.
        pages: Vec<u32>,
    },
    /// A part that was not read.
    Skipped {
        /// Its name.
        what: String,
        /// Why.
        why: String,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Extension { extension, format } => {
                write!(f, "named .{extension}, but it is {format}: read as that")
            }
            Warning::Pictures { pages } => {
                let shown: Vec<String> = pages.iter().take(10).map(u32::to_string).collect();
                let more = if pages.len() > shown.len() {
                    " …"
                } else {
                    ""
                };
                let noun = if pages.len() == 1 { "page" } else { "pages" };
                write!(
                    f,
                    "{noun} {}{more} without text: `ocrmypdf --skip-text IN.pdf OUT.pdf` adds it",
                    shown.join(", ")
                )
            }
            Warning::Skipped { what, why } => write!(f, "{what} was left out: {why}"),
        }
    }
}

/// A report's words, with what is known of the bytes they came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The words, never empty. Of a plain-text file: the file itself, unchanged.
    pub text: String,
    /// The encoding they were in, by its name on the web: `UTF-8`, `UTF-16LE`, `windows-1251` … Of a container: that of its parts.
    pub encoding: &'static str,
    /// Of the original bytes, in hexadecimal; of a file in a ZIP, of the file itself.
    pub sha256: String,
    /// What they were.
    pub format: Format,
    /// The file's name in the ZIP it came in.
    pub entry: Option<String>,
    /// From the text back to the original.
    pub map: Map,
    /// What the document says of itself; in a ZIP, also its sidecar there.
    pub metadata: Metadata,
    /// What else to know.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// A text that was read before, known by the SHA-256 of the bytes it came from.
    pub fn kept(text: String, sha256: String) -> Document {
        Document {
            map: Map::verbatim(&text),
            text,
            encoding: "UTF-8",
            sha256,
            format: Format::Text,
            entry: None,
            metadata: Metadata::default(),
            warnings: Vec::new(),
        }
    }

    /// Where the byte at `offset` of the text comes from.
    pub fn origin(&self, offset: usize) -> Origin {
        self.map.origin(offset)
    }
}

/// A file of a ZIP that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its name there.
    pub entry: String,
    /// Why.
    pub error: IngestError,
}

/// All that a file brought: one document, or those of a ZIP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// In the order of the file.
    pub documents: Vec<Document>,
    /// The files of a ZIP that could not be read.
    pub refused: Vec<Refused>,
}
