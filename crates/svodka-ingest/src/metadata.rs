//! What is known of a report beside its words, and who says so.

use serde::{Deserialize, Serialize};

/// Who says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "who", content = "where")]
pub enum Witness {
    /// The document itself, with the field: `TEI header: titleStmt/title`, `PDF: Info/Title`.
    Document(String),
    /// The file of metadata beside it.
    Sidecar,
    /// A row of a CSV manifest, by its line.
    Manifest(u64),
}

/// A value with its witness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// As it was given, without white space at its ends.
    pub value: String,
    /// Who says it.
    pub by: Witness,
}

/// What is known of a report beside its words.
///
/// `date` is the day or time the report was written, and only what says so fills it: a sidecar or manifest, a TEI header's
/// `creation` or source, the `Date` of an e-mail. When a file was made or changed, or a page put on the web, says nothing of when
/// the report in it was written: these are kept apart and never become its date.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// What it is called.
    pub title: Option<Told>,
    /// Who wrote it.
    pub authors: Vec<Told>,
    /// To whom.
    pub addressees: Vec<Told>,
    /// When the report was written, in the words of the witness; EDTF or ISO 8601 where it keeps to these.
    pub date: Option<Told>,
    /// Where it lies in an archive: shelf mark, fond and file.
    pub reference: Option<Told>,
    /// Which archive.
    pub repository: Option<Told>,
    /// Its language, BCP 47 where the witness keeps to it.
    pub language: Option<Told>,
    /// The file's own name for itself, such as a Message-ID or ISBN.
    pub identifier: Option<Told>,
    /// When this edition, page or book was published.
    pub published: Option<Told>,
    /// When the file was made.
    pub file_created: Option<Told>,
    /// When the file was last changed.
    pub file_changed: Option<Told>,
}

impl Metadata {
    /// This, with what it leaves open filled from `below`: sidecar over manifest over document.
    pub fn over(self, below: Metadata) -> Metadata {
        let list = |upper: Vec<Told>, lower| if upper.is_empty() { lower } else { upper };
        Metadata {
            title: self.title.or(below.title),
            authors: list(self.authors, below.authors),
            addressees: list(self.addressees, below.addressees),
            date: self.date.or(below.date),
            reference: self.reference.or(below.reference),
            repository: self.repository.or(below.repository),
            language: self.language.or(below.language),
            identifier: self.identifier.or(below.identifier),
            published: self.published.or(below.published),
            file_created: self.file_created.or(below.file_created),
            file_changed: self.file_changed.or(below.file_changed),
        }
    }
}

/// A value the document tells of itself, if it is not blank.
pub(crate) fn told(value: &str, field: &str) -> Option<Told> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then(|| Told {
        value,
        by: Witness::Document(field.to_owned()),
    })
}
