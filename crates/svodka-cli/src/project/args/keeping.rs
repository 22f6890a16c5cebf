//! What can be typed about the project as a whole.

use std::path::PathBuf;

use clap::Args;
use svodka::Edtf;

use super::{Doing, Eyes, Which};
use crate::args::Means;
use crate::propose::Propose;

/// `svodka init`
#[derive(Debug, Args)]
pub struct Init {
    /// What the project is called; NAME.svodka is made
    #[arg(value_name = "NAME")]
    pub name: PathBuf,
    /// The folder of the pack that says which claims tell a birth or a death [default: the built-in pack]
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
}

/// `svodka add`
#[derive(Debug, Args)]
pub struct Add {
    /// Files, folders, or patterns such as 'archive/*.txt'
    #[arg(required_unless_present = "manifest", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The date of all these reports, as 1923-09-01, 1923-09 or 1923 [default: as each gives it]
    #[arg(long, value_name = "EDTF")]
    pub date: Option<Edtf>,
    /// The encoding of the files, such as windows-1251 [default: recognised]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// A CSV file that lists reports, a line each: file (or path), date, title, author, archive reference
    #[arg(long, value_name = "FILE.csv")]
    pub manifest: Option<PathBuf>,
    /// Have scans without text read by ocrmypdf, if it is installed
    #[arg(long)]
    pub ocr: bool,
    /// Their languages, as Tesseract names them, such as rus+eng
    #[arg(
        long,
        value_name = "LANGUAGES",
        default_value = "eng",
        requires = "ocr"
    )]
    pub ocr_language: String,
    /// How long that may take for one file
    #[arg(long, value_name = "SECONDS", default_value_t = 600, requires = "ocr")]
    pub ocr_time: u64,
    /// Say as JSON what became of the files
    #[arg(long)]
    pub json: bool,
    /// Write the same into a file
    #[arg(long, value_name = "FILE.json")]
    pub summary: Option<PathBuf>,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
    /// What to read with.
    #[command(flatten)]
    pub means: Means,
    /// A model of one's own.
    #[command(flatten)]
    pub propose: Propose,
}

/// `svodka reread`
#[derive(Debug, Args)]
pub struct Reread {
    /// Keep the new readings without asking
    #[arg(long)]
    pub yes: bool,
    /// Show what would change and keep nothing
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Read also what this program, pack and model have read already
    #[arg(long)]
    pub all: bool,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
    /// What to read with.
    #[command(flatten)]
    pub means: Means,
}

/// A command that needs only a project.
#[derive(Debug, Args)]
pub struct Plain {
    /// Which project.
    #[command(flatten)]
    pub which: Which,
}

/// `svodka backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// The new file
    #[arg(value_name = "FILE")]
    pub to: PathBuf,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
}

/// `svodka log`
#[derive(Debug, Args)]
pub struct Log {
    /// How many entries
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// `svodka undo`
#[derive(Debug, Args)]
pub struct Undo {
    /// The number in the log
    #[arg(value_name = "NUMBER")]
    pub number: i64,
    /// Why
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub reason: String,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
}
