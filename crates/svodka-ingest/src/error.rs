//! Why a file is not read.

use crate::{Format, LARGEST_FILE, LONGEST_LINE, Place};

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
    #[error("the file has more than {} MiB, the most that is read", LARGEST_FILE >> 20)]
    TooLarge,
    /// A line that no report has.
    #[error("line {line} is {} long, the most that is read is {} KiB", size(*.bytes), LONGEST_LINE >> 10)]
    LineTooLong {
        /// From 1.
        line: usize,
        /// How long it is.
        bytes: usize,
    },
    /// More than is read of that format.
    #[error("{what}, the most that is read is {most}")]
    OverLimit {
        /// What is too much, as a clause: `the PDF has 9000 pages`.
        what: String,
        /// The limit, with its unit.
        most: String,
    },
    /// Only who has the password can read it.
    #[error("the {format} is protected by a password")]
    Encrypted {
        /// Its format.
        format: Format,
    },
    /// Pages without letters: pictures of pages.
    #[error("the {format} holds pictures of pages but no text")]
    Scan {
        /// Its format.
        format: Format,
    },
    /// Signs that are drawn but not told: the fonts do not say which letters they are.
    #[error("the {format} draws letters without saying which they are")]
    Unmapped {
        /// Its format.
        format: Format,
    },
    /// The document is sound, but there are no words in it.
    #[error("the {format} holds no text")]
    NoWords {
        /// Its format.
        format: Format,
    },
    /// The file is cut short or broken.
    #[error("the {format} is damaged: {reason}")]
    Damaged {
        /// Its format, as a word: `PDF`, `XML`, `ZIP`.
        format: &'static str,
        /// What is wrong, and where if that is known.
        reason: String,
    },
    /// XML of a kind that is not read.
    #[error("this is XML of another kind: its root is <{root}>")]
    UnknownXml {
        /// The name of the root element.
        root: String,
    },
    /// An entity that the file itself or its DTD would have to define. Such definitions can grow without end.
    #[error("line {line} uses the entity &{name};, and definitions of entities are not read")]
    XmlEntity {
        /// Its name.
        name: String,
        /// From 1.
        line: u32,
    },
    /// Elements inside elements inside elements.
    #[error("the elements nest more than {most} deep at line {line}")]
    TooDeep {
        /// The limit.
        most: usize,
        /// From 1.
        line: u32,
    },
    /// An archive that unpacks to far more than it is.
    #[error("the archive unpacks to more than is safe: {reason}")]
    Bomb {
        /// Which limit was passed.
        reason: String,
    },
    /// An archive in an archive.
    #[error("this is an archive inside an archive")]
    NestedArchive,
    /// An archive with nothing to read.
    #[error("the archive holds no report: {found}")]
    NoReport {
        /// What it holds instead.
        found: String,
    },
    /// The library that reads the format failed in a way it should not.
    #[error("the reader of {format} files failed on this one")]
    ReaderFailed {
        /// The format.
        format: Format,
    },
    /// A sidecar or manifest is not what it should be.
    #[error("the metadata cannot be read: {reason}")]
    Metadata {
        /// What is wrong, with its place.
        reason: String,
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
            IngestError::TooLarge => "ingest/too-large",
            IngestError::LineTooLong { .. } => "ingest/line-too-long",
            IngestError::OverLimit { .. } => "ingest/over-limit",
            IngestError::Encrypted { .. } => "ingest/encrypted",
            IngestError::Scan { .. } => "ingest/scan",
            IngestError::Unmapped { .. } => "ingest/unmapped",
            IngestError::NoWords { .. } => "ingest/no-words",
            IngestError::Damaged { .. } => "ingest/damaged",
            IngestError::UnknownXml { .. } => "ingest/unknown-xml",
            IngestError::XmlEntity { .. } => "ingest/xml-entity",
            IngestError::TooDeep { .. } => "ingest/too-deep",
            IngestError::Bomb { .. } => "ingest/bomb",
            IngestError::NestedArchive => "ingest/nested-archive",
            IngestError::NoReport { .. } => "ingest/no-report",
            IngestError::ReaderFailed { .. } => "ingest/reader-failed",
            IngestError::Metadata { .. } => "ingest/metadata",
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
            IngestError::TooLarge => "cut it into its reports, one file each".to_owned(),
            IngestError::LineTooLong { .. } => {
                "break the text into lines, at least one for each paragraph".to_owned()
            }
            IngestError::OverLimit { .. } => "cut it into smaller files, one for each report".to_owned(),
            IngestError::Encrypted { .. } => {
                "open it with its password, save it without one and read that".to_owned()
            }
            IngestError::Scan { format: Format::Pdf } => {
                "have its text recognised first: ocrmypdf IN.pdf OUT.pdf (add --language for a text that is not English), and read OUT.pdf".to_owned()
            }
            IngestError::Scan { .. } => {
                "have the page images recognised again: ocrmypdf IN.pdf OUT.pdf, and read OUT.pdf".to_owned()
            }
            IngestError::Unmapped { .. } => {
                "have the drawn pages recognised: ocrmypdf --force-ocr IN.pdf OUT.pdf, and read OUT.pdf".to_owned()
            }
            IngestError::NoWords { .. } => "check that it is the right file".to_owned(),
            IngestError::Damaged { .. } => {
                "copy or download it again; else open it in the program that wrote it and save it anew".to_owned()
            }
            IngestError::UnknownXml { .. } => {
                "TEI, ALTO, PAGE and XHTML are read; turn it into one of these or into plain text".to_owned()
            }
            IngestError::XmlEntity { .. } => {
                "write the characters themselves in its place, for example with `xmllint --noent`".to_owned()
            }
            IngestError::TooDeep { .. } => "flatten it: no report needs so many levels".to_owned(),
            IngestError::Bomb { .. } => {
                "if you trust it, unpack it and read the files themselves".to_owned()
            }
            IngestError::NestedArchive => "unpack the outer archive and read the inner one".to_owned(),
            IngestError::NoReport { .. } => "unpack it and look at what it holds".to_owned(),
            IngestError::ReaderFailed { .. } => {
                "save it in another format, for example as plain text, and read that".to_owned()
            }
            IngestError::Metadata { .. } => "mend the file that describes the report".to_owned(),
        }
    }
}
