//! `svodka brief`: a briefing in plain sentences, every one with its footnote.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use svodka::views::{Briefing, BriefingWords, ExportError, Form, Job};
use svodka::{ClaimOut, Polarity, Wanted};

use super::args::{Eyes, Filters, Which};
use super::export::{Words, about};
use super::{problem, reader};
use crate::page::said;
use crate::problem::{Problem, Status};
use crate::setup;

/// What the help says at its end.
pub const EXAMPLES: &str = "\
Each sentence says first which report says it, on whose word and how surely; its footnote quotes the words and tells the line. Claims \
that a reader rejected are left out, corrected ones told as corrected. Names of people who may be alive are replaced by numbers, as in \
everything that leaves the machine.

The ending of FILE says what is written: .md (footnotes as Pandoc reads them), .html, .docx, .pdf; of the reports alone .json (CSL-JSON, \
for Zotero) or .bib (BibLaTeX).

Examples:
  svodka brief -o strikes.docx --kind strike --from 1923-08 --to 1923-09
  svodka brief --group 'Workers Truth' -o brief.pdf
  svodka brief --group 'Workers Truth' -o sources.bib";

/// `svodka brief`
#[derive(Debug, Args)]
pub struct Brief {
    /// The file to write [default: Markdown on standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What stands above it [default: what was asked for]
    #[arg(long, value_name = "WORDS")]
    pub title: Option<String>,
    /// Which claims.
    #[command(flatten)]
    pub filters: Filters,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// Writes the briefing.
pub fn run(arguments: &Brief) -> Result<u8, Problem> {
    let form = match &arguments.output {
        None => Form::Markdown,
        Some(path) => {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            Form::of_ending(&ending).ok_or_else(|| {
                let what = format!("{}: no brief has this ending", path.display());
                Problem::new(Status::Usage, what).with_remedy(
                    "write .md, .html, .docx or .pdf; .json or .bib for the reports alone",
                )
            })?
        }
    };
    // A brief leaves the machine, also by way of a screen.
    let reader = reader(&arguments.which, &arguments.eyes, true)?;
    let about = about(&reader, &arguments.eyes, None)?;
    let words = Words(setup::words()?);
    let filter = arguments.filters.filter();
    let source = Wanted {
        reader: &reader,
        filter: &filter,
    };
    let job = Job {
        source: &source,
        telling: &words,
        about: &about,
    };
    let title = match &arguments.title {
        Some(title) => title.clone(),
        None => titled(&about.title, &arguments.filters),
    };
    let failed = |error: ExportError| match error {
        ExportError::Source(error) => match error.downcast_ref() {
            Some(error) => problem(error),
            None => Problem::new(Status::Data, error.to_string()),
        },
        ExportError::Write(error) => match &arguments.output {
            None => Problem::unwritable(&error),
            Some(path) => Problem::new(Status::Output, format!("{}: {error}", path.display())),
        },
    };
    let briefing = Briefing::of(&title, &job, &words).map_err(failed)?;
    let unwritable = |error| failed(ExportError::Write(error));
    let mut out: Box<dyn Write> = match &arguments.output {
        None => Box::new(std::io::stdout().lock()),
        Some(path) => Box::new(BufWriter::new(fs::File::create(path).map_err(unwritable)?)),
    };
    briefing.write(form, &mut out).map_err(failed)?;
    out.flush().map_err(unwritable)?;
    Ok(0)
}

/// What was asked for, as a title.
fn titled(project: &str, filters: &Filters) -> String {
    let others = &filters.others;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(others.about.clone());
    parts.extend(filters.kind.clone());
    parts.extend(others.at.as_ref().map(|at| format!("at {at}")));
    parts.extend(others.from.as_ref().map(|date| format!("from {date}")));
    parts.extend(others.to.as_ref().map(|date| format!("to {date}")));
    parts.extend(
        others
            .said_by
            .as_ref()
            .map(|name| format!("on the word of {name}")),
    );
    parts.extend(others.report.clone());
    match parts.is_empty() {
        true => format!("What the reports of {project} say"),
        false => format!("What the reports of {project} say: {}", parts.join(", ")),
    }
}

impl BriefingWords for Words {
    fn said(&self, claim: &ClaimOut) -> String {
        let so = ClaimOut {
            polarity: Polarity::Positive,
            ..claim.clone()
        };
        said(&so, self.0.get(claim.kind.as_str()))
    }

    fn rank(&self, kind: &str) -> usize {
        self.0.get_index_of(kind).unwrap_or(usize::MAX)
    }
}
