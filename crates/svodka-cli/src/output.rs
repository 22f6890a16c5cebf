//! Standard output.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstream::AutoStream;

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

/// How many columns a page has: the terminal's, at most 100 for the sake of the eye, 100 for a file.
pub fn width() -> usize {
    let columns = terminal_size::terminal_size().map_or(100, |(columns, _)| usize::from(columns.0));
    if io::stdout().is_terminal() {
        columns.clamp(40, 100)
    } else {
        100
    }
}
