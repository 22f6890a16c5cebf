//! `svodka read`: reports in, claims out.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use svodka::{Engine, ReadOptions, Reading};

use crate::args::Read;
use crate::output::{self, Output, Sink};
use crate::page;
use crate::problem::{Problem, Status};
use crate::progress::Progress;
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
    let engine = timings.step("load", || setup::engine(&arguments.means))?;
    let on_screen = form == Form::Page && std::io::stdout().is_terminal();
    let mut progress = Progress::new(files.len(), on_screen);
    let mut printer = Printer::new(form, files.len() > 1);
    let mut failed: Vec<Problem> = Vec::new();
    let mut broken = None;
    let work = |path: &PathBuf| -> Result<String, Problem> {
        let reading = read_one(&engine, path, arguments, &timings)?;
        Ok(timings.step("print", || printed(&reading, form, &engine)))
    };
    svodka::in_order(files, work, |result| {
        let step = match result {
            Ok(text) => printer.print(&text),
            Err(problem) => {
                progress.aside(|| problem.tell());
                failed.push(problem);
                Ok(())
            }
        };
        progress.step();
        match step {
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
    let read = files.len() - failed.len();
    printer.finish(read)?;
    if arguments.timings {
        anstream::eprint!("{}", timings.table());
    }
    Ok(status(&failed, files.len()))
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

fn read_one(
    engine: &Engine,
    path: &Path,
    arguments: &Read,
    timings: &Timings,
) -> Result<Reading, Problem> {
    let encoding = arguments.encoding.as_deref();
    let text = timings.step("ingest", || files::text(path, encoding))?;
    let options = ReadOptions {
        date: arguments.date.clone(),
        source: path.display().to_string(),
    };
    Ok(engine.read_watched(text, &options, &mut timings.stages()))
}

/// The reading in the form asked for, without what joins several.
fn printed(reading: &Reading, form: Form, engine: &Engine) -> String {
    let contract = reading.contract();
    match form {
        Form::Page => page::page(&contract, &engine.pack().kind_words, output::width()),
        Form::Json => serde_json::to_string_pretty(&contract).unwrap_or_default(),
        Form::Lines => serde_json::to_string(&contract).unwrap_or_default() + "\n",
    }
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
