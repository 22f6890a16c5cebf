//! Why a file is not read.

use crate::{LARGEST_FILE, LONGEST_LINE, Place};

/// Why some bytes are not the text of a report. Each has a stable [code](IngestError::code) and says
/// [what to do](IngestError::remedy).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// There is nothing, or nothing but white space.
    #[error("the file {}", if *.blank { "holds nothing but white space" } else { "is empty" })]
    Empty {
        /// Whether there are bytes, all of them white space.
        blank: bool,
    },
    /// The bytes are no text in the encoding they are, or were said to be, in.
    #[error("not valid {encoding} at {place}: found {found}")]
    Undecodable {
        /// The encoding that was tried.
        encoding: &'static str,
        /// The first bytes that do not fit.
        place: Place,
        /// Those bytes, in hexadecimal.
        found: String,
        /// The older encoding that the bytes resemble most, for want of proof.
        resembles: Option<&'static str>,
    },
    /// No encoding of that name is known.
    #[error("no text encoding is called '{name}'")]
    UnknownEncoding {
        /// What was asked for.
        name: String,
    },
    /// The file is a document of another kind, whatever its name says.
    #[error("this is {what}, not plain text")]
    Document {
        /// What it is, with its article.
        what: &'static str,
        /// What to do with such a document.
        remedy: &'static str,
    },
    /// The file is of a kind that no report comes in.
    #[error("this is {what}, not plain text")]
    Foreign {
        /// Its kind, with its article.
        what: String,
    },
    /// The bytes hold characters that no text has.
    #[error("not text: {found} at {place}")]
    Binary {
        /// The first such character.
        place: Place,
        /// What it is.
        found: String,
    },
    /// More bytes than are read at once.
    #[error("the file has {} MiB, the most that is read is {} MiB", .bytes >> 20, LARGEST_FILE >> 20)]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// A line that no report has.
    #[error("line {line} is {} long, the most that is read is {} KiB", size(*.bytes), LONGEST_LINE >> 10)]
    LineTooLong {
        /// From 1.
        line: usize,
        /// How long it is.
        bytes: usize,
    },
}

fn size(bytes: usize) -> String {
    if bytes >= 10 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{} KiB", bytes >> 10)
    }
}

impl IngestError {
    /// A name that does not change between versions.
    pub fn code(&self) -> &'static str {
        match self {
            IngestError::Empty { .. } => "ingest/empty",
            IngestError::Undecodable { .. } => "ingest/undecodable",
            IngestError::UnknownEncoding { .. } => "ingest/unknown-encoding",
            IngestError::Document { .. } => "ingest/document",
            IngestError::Foreign { .. } => "ingest/foreign",
            IngestError::Binary { .. } => "ingest/binary",
            IngestError::TooLarge { .. } => "ingest/too-large",
            IngestError::LineTooLong { .. } => "ingest/line-too-long",
        }
    }

    /// What the reader can do about it.
    pub fn remedy(&self) -> String {
        match self {
            IngestError::Empty { .. } => "check that the file was saved or copied completely".to_owned(),
            IngestError::Undecodable { resembles: Some(encoding), .. } => format!(
                "if the file is in an older encoding, name it: --encoding {encoding} (the nearest guess); else repair these bytes"
            ),
            IngestError::Undecodable { .. } => {
                "if the file is in another encoding, name it, for example --encoding windows-1251; else repair these bytes".to_owned()
            }
            IngestError::UnknownEncoding { .. } => {
                "use a name such as utf-8, utf-16le, windows-1251, windows-1252, koi8-r or ibm866".to_owned()
            }
            IngestError::Document { remedy, .. } => (*remedy).to_owned(),
            IngestError::Foreign { .. } | IngestError::Binary { .. } => "give the report as a plain-text file".to_owned(),
            IngestError::TooLarge { .. } => "cut it into its reports, one file each".to_owned(),
            IngestError::LineTooLong { .. } => {
                "break the text into lines, at least one for each paragraph".to_owned()
            }
        }
    }
}
