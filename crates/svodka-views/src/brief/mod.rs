//! A briefing in plain sentences: what reports say, each sentence with its footnote, and the reports in a bibliography.
//!
//! No sentence states a claim as a fact: each says first who says so, on whose word and how surely. The briefing is made once, as an
//! [`Briefing`], and written in each form by a file of its own.

mod bibliography;
mod briefing;
mod docx;
mod html;
mod markdown;
mod pdf;
#[cfg(test)]
mod tests;

use std::io::Write;

use crate::ExportError;

pub use briefing::{Briefing, BriefingWords, Note, Section, Sentence, Work};

/// A form in which a briefing can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Markdown with footnotes.
    Markdown,
    /// A page that needs nothing else.
    Html,
    /// Office Open XML, with footnotes.
    Docx,
    /// A PDF, with footnotes at the foot of each page.
    Pdf,
    /// The reports alone, as CSL-JSON.
    Csl,
    /// The reports alone, as BibLaTeX.
    Bib,
}

impl Form {
    /// The form that the ending of a file's name asks for.
    pub fn of_ending(ending: &str) -> Option<Form> {
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Form::Markdown),
            "html" | "htm" => Some(Form::Html),
            "docx" => Some(Form::Docx),
            "pdf" => Some(Form::Pdf),
            "json" => Some(Form::Csl),
            "bib" => Some(Form::Bib),
            _ => None,
        }
    }
}

impl Briefing {
    /// Writes it.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&self, form: Form, out: &mut dyn Write) -> Result<(), ExportError> {
        match form {
            Form::Markdown => out.write_all(markdown::page(self).as_bytes())?,
            Form::Html => out.write_all(html::page(self).as_bytes())?,
            Form::Docx => docx::write(self, out)?,
            Form::Pdf => pdf::write(self, out)?,
            Form::Csl => {
                serde_json::to_writer_pretty(&mut *out, &bibliography::csl(&self.works))?;
                out.write_all(b"\n")?;
            }
            Form::Bib => out.write_all(bibliography::bib(&self.works).as_bytes())?,
        }
        Ok(())
    }
}
