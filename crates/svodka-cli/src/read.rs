//! `svodka read`: reports in, claims out.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use svodka::{CodePoints, Contract, Document, Engine, ReadOptions, Reading};

use crate::args::Read;
use crate::output::{self, Output, Sink};
use crate::page;
use crate::problem::{Problem, Status};
use crate::progress::Progress;
use crate::propose::Proposer;
use crate::timings::Timings;
use crate::{files, setup};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Page,
    Json,
    Lines,
}

/// Reads the files and prints what they claim, in the order given. A file that cannot be read is told and counted;
/// the others are read.
pub fn run(arguments: &Read) -> Result<u8, Problem> {
    let form = match (arguments.json, arguments.jsonl) {
        (true, _) => Form::Json,
        (_, true) => Form::Lines,
        _ => Form::Page,
    };
    let files = &arguments.files;
    let timings = Timings::begin();
    let proposer = Proposer::new(&arguments.propose)?;
    let engine = timings.step("load", || setup::engine(&arguments.means))?;
    let on_screen = form == Form::Page && std::io::stdout().is_terminal();
    let mut progress = Progress::new(files.len(), on_screen);
    let mut printer = Printer::new(form, files.len() > 1);
    let mut failed: Vec<Problem> = Vec::new();
    let mut reports = 0;
    let mut broken = None;
    let work = |path: &PathBuf| {
        let reader = Reader {
            engine: &engine,
            proposer: proposer.as_ref(),
            arguments,
            form,
            timings: &timings,
        };
        reader.read(path)
    };
    svodka::in_order(files, work, |result| {
        let file = result.unwrap_or_else(FileRead::refused);
        reports += file.printed.len() + file.refused.len();
        printer.several |= file.bundle;
        for problem in file.asides.iter().chain(&file.refused) {
            progress.aside(|| problem.tell());
        }
        failed.extend(file.refused);
        progress.step();
        match file.printed.iter().try_for_each(|text| printer.print(text)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(problem) => {
                broken = Some(problem);
                ControlFlow::Break(())
            }
        }
    });
    drop(progress);
    if let Some(problem) = broken {
        return Err(problem);
    }
    printer.finish(reports - failed.len())?;
    if arguments.timings {
        anstream::eprint!("{}", timings.table());
    }
    let proposed = proposer.map_or(0, |proposer| proposer.tell());
    Ok(match status(&failed, reports) {
        0 => proposed,
        failed => failed,
    })
}

/// 0 if all were read; the common status if none was; else 65.
fn status(failed: &[Problem], files: usize) -> u8 {
    let Some(first) = failed.first() else {
        return 0;
    };
    if files > 1 {
        let number = failed.len();
        let what = format!("{number} of {files} files could not be read; the others were");
        let what = if number == files {
            format!("none of {files} files could be read")
        } else {
            what
        };
        Problem::new(Status::Data, what).tell();
    }
    if failed.len() == files
        && failed
            .iter()
            .all(|problem| problem.status() == first.status())
    {
        first.status()
    } else {
        Status::Data as u8
    }
}

/// What one file brought: its reports as they are printed, what could not be read, and what to know besides.
struct FileRead {
    printed: Vec<String>,
    refused: Vec<Problem>,
    asides: Vec<Problem>,
    /// Whether it was an archive of reports.
    bundle: bool,
}

impl FileRead {
    fn refused(problem: Problem) -> FileRead {
        FileRead {
            printed: Vec::new(),
            refused: vec![problem],
            asides: Vec::new(),
            bundle: false,
        }
    }
}

/// By what files are read, and how they are printed.
struct Reader<'a> {
    engine: &'a Engine,
    proposer: Option<&'a Proposer>,
    arguments: &'a Read,
    form: Form,
    timings: &'a Timings,
}

impl Reader<'_> {
    fn read(&self, path: &Path) -> Result<FileRead, Problem> {
        let encoding = self.arguments.encoding.as_deref();
        let timings = self.timings;
        let intake = timings.step("ingest", || files::intake(path, encoding))?;
        let within = |entry: &str| PathBuf::from(format!("{}#{entry}", path.display()));
        let mut file = FileRead {
            printed: Vec::new(),
            refused: Vec::new(),
            asides: Vec::new(),
            bundle: intake.documents.iter().any(|it| it.entry.is_some()),
        };
        for document in intake.documents {
            let source = document
                .entry
                .as_deref()
                .map_or_else(|| path.to_owned(), within);
            let warnings = document.warnings.iter();
            file.asides
                .extend(warnings.map(|warning| Problem::aside(&source, warning)));
            let options = ReadOptions {
                date: self.arguments.date.clone(),
                source: source.display().to_string(),
            };
            let engine = self.engine;
            let reading = engine.read_watched(document, &options, &mut timings.stages());
            let mut contract = reading.contract();
            if let Some(proposer) = self.proposer {
                timings.step("propose", || {
                    proposer.extend(&reading, engine, &mut contract)
                });
            }
            let text = timings.step("print", || self.printed(&reading, &contract));
            file.printed.push(text);
        }
        let refused = intake.refused.iter();
        file.refused
            .extend(refused.map(|it| Problem::not_text(&within(&it.entry), &it.error)));
        Ok(file)
    }

    /// The reading in the form asked for, without what joins several.
    fn printed(&self, reading: &Reading, contract: &Contract) -> String {
        let points = CodePoints::new(&reading.text.text);
        match self.form {
            Form::Page => page::page(
                contract,
                &self.engine.pack().kind_words,
                output::width(),
                &|point| origin(&reading.text, points.to_byte(point)),
            ),
            Form::Json => serde_json::to_string_pretty(contract).unwrap_or_default(),
            Form::Lines => serde_json::to_string(contract).unwrap_or_default() + "\n",
        }
    }
}

/// The place in the original of a byte of the text, in words.
fn origin(document: &Document, byte: usize) -> String {
    let origin = document.origin(byte);
    let page = match (origin.page_label, origin.page) {
        (Some(label), _) => Some(format!("page\u{a0}{label}")),
        (None, page) => page.map(|page| format!("page\u{a0}{page}")),
    };
    let line = origin.line.map(|line| format!("line\u{a0}{line}"));
    let paragraph = origin
        .paragraph
        .map(|paragraph| format!("paragraph\u{a0}{paragraph}"));
    let parts = [origin.part, page, line, paragraph];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Joins what is printed of several reports.
struct Printer {
    output: Output,
    form: Form,
    several: bool,
    printed: usize,
}

impl Printer {
    fn new(form: Form, several: bool) -> Printer {
        let sink = if form == Form::Page {
            Sink::Styled
        } else {
            Sink::Plain
        };
        Printer {
            output: Output::new(sink),
            form,
            several,
            printed: 0,
        }
    }

    fn print(&mut self, text: &str) -> Result<(), Problem> {
        let joint = match (self.form, self.several, self.printed) {
            (Form::Json, true, 0) => "[\n",
            (Form::Json, true, _) => ",\n",
            (Form::Page, _, 1..) => "\n\n",
            _ => "",
        };
        self.output.write(joint)?;
        self.output.write(text)?;
        self.printed += 1;
        self.output.flush()
    }

    fn finish(mut self, read: usize) -> Result<(), Problem> {
        let end = match (self.form, self.several) {
            (Form::Json, true) if read == 0 => "[]\n",
            (Form::Json, true) => "\n]\n",
            (Form::Json, false) if read > 0 => "\n",
            _ => "",
        };
        self.output.write(end)?;
        self.output.finish()
    }
}
