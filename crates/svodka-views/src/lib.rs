//! How is it shown? What a project knows, in the forms that other programs read: one file of this crate for each format.
//!
//! Every format is written from a [`Source`], reports one at a time in plain values, so that a project of any size needs the memory of one
//! report and of the names in all. This crate does not know where reports are kept, for whom they are read (the source shields whom it
//! the words of other models). What a format cannot say stands in `docs/formats.md`.

mod about;
mod brief;
mod error;
mod formats;
mod sink;
mod source;
mod sparql;
mod things;

pub use about::{About, Living};
pub use brief::{Briefing, BriefingWords, Form, Note, Section, Sentence, Work};
pub use error::ExportError;
pub use formats::ipif;
pub use formats::tei::{self, Brought, TeiError};
pub use formats::{Format, Job, Shape};
pub use sink::{Folder, Out, Sink, Stream, zipped};
pub use source::{Located, Readings, Source, SourceError, Telling};
pub use sparql::{Answer, Answered, Forms, SparqlError, Statements, Syntax};
pub use things::{Thing, Things};
