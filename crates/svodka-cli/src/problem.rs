//! What went wrong: what, where, and what to do about it.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use svodka::{IngestError, Warning};

/// The exit statuses other than 0, after the BSD's `sysexits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Wrong usage.
    Usage = 2,
    /// A file is not what it should be.
    Data = 65,
    /// No such file or model.
    NoInput = 66,
    /// A service that was asked failed.
    Service = 69,
    /// The output could not be written.
    Output = 74,
    /// Somebody else is at it.
    Busy = 75,
}

/// Something that went wrong, with its exit status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: Status,
    what: String,
    code: Option<&'static str>,
    remedy: Option<String>,
    quiet: bool,
}

impl Problem {
    /// A problem of that status.
    pub fn new(status: Status, what: impl Into<String>) -> Problem {
        Problem {
            status,
            what: what.into(),
            code: None,
            remedy: None,
            quiet: false,
        }
    }

    /// Says what to do about it.
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Problem {
        self.remedy = Some(remedy.into());
        self
    }

    /// Gives it a code, which stays the same from version to version.
    pub fn with_code(mut self, code: &'static str) -> Problem {
        self.code = Some(code);
        self
    }

    /// A file that is no report.
    pub fn not_text(path: &Path, error: &IngestError) -> Problem {
        let status = match error {
            IngestError::UnknownEncoding { .. } => Status::Usage,
            _ => Status::Data,
        };
        Problem {
            code: Some(error.code()),
            ..Problem::new(status, format!("{}: {error}", path.display()))
                .with_remedy(error.remedy())
        }
    }

    /// Something to know of a file that was read all the same.
    pub fn aside(path: &Path, warning: &Warning) -> Problem {
        Problem::new(Status::Data, format!("{}: {warning}", path.display()))
    }

    /// A file that could not be opened or read.
    pub fn unreadable(path: &Path, error: &io::Error) -> Problem {
        let path_name = path.display();
        match error.kind() {
            io::ErrorKind::NotFound => Problem::new(
                Status::NoInput,
                format!("{path_name}: there is no such file"),
            )
            .with_remedy("check the name and the folder"),
            io::ErrorKind::PermissionDenied => Problem::new(
                Status::NoInput,
                format!("{path_name}: you may not read this file"),
            )
            .with_remedy("ask its owner for the right to read it"),
            _ => Problem::new(
                Status::NoInput,
                format!("{path_name}: cannot be read: {error}"),
            ),
        }
    }

    /// The output could not be written. A reader who has seen enough (`| head`) is no problem worth a word.
    pub fn unwritable(error: &io::Error) -> Problem {
        Problem {
            quiet: error.kind() == io::ErrorKind::BrokenPipe,
            ..Problem::new(
                Status::Output,
                format!("the output could not be written: {error}"),
            )
        }
    }

    /// What went wrong, in words.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to do about it.
    pub fn remedy(&self) -> Option<&str> {
        self.remedy.as_deref()
    }

    /// Its stable code, if it has one.
    pub fn code(&self) -> Option<&'static str> {
        self.code
    }

    /// What and why, and what to do about it, for other programs.
    pub fn told(&self) -> serde_json::Value {
        serde_json::json!({"reason": self.what, "code": self.code, "remedy": self.remedy})
    }

    /// The exit status.
    pub fn status(&self) -> u8 {
        if self.quiet { 0 } else { self.status as u8 }
    }

    /// Prints it to standard error.
    pub fn tell(&self) {
        if !self.quiet {
            // If even this cannot be written, nobody is left to be told.
            let _ = write!(anstream::stderr().lock(), "{self}");
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let dim = Style::new().dimmed();
        write!(f, "{red}svodka:{red:#} {}", self.what)?;
        if let Some(code) = self.code {
            write!(f, " {dim}[{code}]{dim:#}")?;
        }
        writeln!(f)?;
        match &self.remedy {
            Some(remedy) => writeln!(f, "        {remedy}"),
            None => Ok(()),
        }
    }
}
