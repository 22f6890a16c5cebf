//! Standard output.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstream::AutoStream;
use serde::Serialize;

use crate::problem::Problem;

/// How standard output is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sink {
    /// With colour if a person looks on.
    Styled,
    /// As it is.
    Plain,
}

/// Standard output, gathered into larger pieces. Every failure to write is a [`Problem`].
pub struct Output(BufWriter<AutoStream<StdoutLock<'static>>>);

impl Output {
    /// Opens it.
    pub fn new(sink: Sink) -> Output {
        let stdout = io::stdout().lock();
        let stream = match sink {
            Sink::Styled => AutoStream::auto(stdout),
            Sink::Plain => AutoStream::new(stdout, anstream::ColorChoice::Never),
        };
        Output(BufWriter::with_capacity(1 << 16, stream))
    }

    /// Writes.
    pub fn write(&mut self, text: &str) -> Result<(), Problem> {
        self.0
            .write_all(text.as_bytes())
            .map_err(|error| Problem::unwritable(&error))
    }

    /// Hands over what was gathered.
    pub fn flush(&mut self) -> Result<(), Problem> {
        self.0.flush().map_err(|error| Problem::unwritable(&error))
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<(), Problem> {
        self.flush()
    }
}

/// A JSON array, written one value at a time.
pub struct List<'o> {
    output: &'o mut Output,
    empty: bool,
}

impl<'o> List<'o> {
    /// Opens it.
    pub fn begin(output: &'o mut Output) -> Result<List<'o>, Problem> {
        output.write("[")?;
        Ok(List {
            output,
            empty: true,
        })
    }

    /// Writes a value.
    pub fn write(&mut self, value: &impl Serialize) -> Result<(), Problem> {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        // A line break never stands inside a JSON string.
        let text = text.replace('\n', "\n  ");
        let before = if self.empty { "" } else { "," };
        self.empty = false;
        self.output.write(&format!("{before}\n  {text}"))
    }

    /// Closes it.
    pub fn end(self) -> Result<(), Problem> {
        self.output.write(if self.empty { "]\n" } else { "\n]\n" })
    }
}

/// How many columns a page has: the terminal's, at most 100 for the sake of the eye, 100 for a file.
pub fn width() -> usize {
    let columns = terminal_size::terminal_size().map_or(100, |(columns, _)| usize::from(columns.0));
    if io::stdout().is_terminal() {
        columns.clamp(40, 100)
    } else {
        100
    }
}
