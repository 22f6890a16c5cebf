//! What can be typed about a project.

mod asking;
mod examples;
mod filters;
mod judging;
mod keeping;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::brief::{Brief, EXAMPLES as BRIEF_EXAMPLES};
use super::export::{EXAMPLES as EXPORT_EXAMPLES, Export};
use super::mcp::{EXAMPLES as MCP_EXAMPLES, Mcp};
use super::sparql::{EXAMPLES as SPARQL_EXAMPLES, Sparql};
use examples::*;

pub use asking::*;
pub use filters::Filters;
pub use judging::*;
pub use keeping::*;

/// The commands for projects.
#[derive(Debug, Subcommand)]
pub enum ProjectCommand {
    /// Begin a project: one file that keeps reports, claims and decisions
    Init(Init),
    /// Add reports to a project
    #[command(after_long_help = ADD_EXAMPLES)]
    Add(Add),
    /// Read the reports of a project again, after the program, pack or model has changed
    Reread(Reread),
    /// Say what a project holds
    Status(Plain),
    /// Check a project: its file, and that everything in it follows from its log
    Check(Plain),
    /// Copy a project into a new file, also while others work on it
    Backup(Backup),
    /// Show what was done to a project, newest first
    Log(Log),
    /// Take back something that was done, by its number in the log
    Undo(Undo),
    /// Judge a claim
    #[command(after_long_help = DECIDE_EXAMPLES)]
    Decide(Decide),
    /// Judge claims one after the other, in the terminal: accept, reject, correct, grade, note
    #[command(after_long_help = REVIEW_EXAMPLES)]
    Review(Review),
    /// Judge whether two names, or what two reports so name, are one thing
    #[command(after_long_help = RELATE_EXAMPLES)]
    Relate(Relate),
    /// Propose who and what may be the same in different reports, with the reasons part by part
    #[command(after_long_help = RESOLVE_EXAMPLES)]
    Resolve(Resolve),
    /// Show or set the rule for people who may be alive
    #[command(after_long_help = POLICY_EXAMPLES)]
    Policy(Policy),
    /// Find reports by their words
    #[command(after_long_help = SEARCH_EXAMPLES)]
    Search(Search),
    /// List the people that reports name
    People(Table),
    /// List the groups, parties and workplaces that reports name
    Groups(Table),
    /// List the places that reports name, with coordinates where the gazetteer knows them
    Places(Table),
    /// List the publications and documents that reports name
    Works(Table),
    /// List the events that reports name
    Events(Table),
    /// Show all that is claimed of one person, group or place, in the order of time
    Show(Show),
    /// List claims by what they say
    #[command(after_long_help = CLAIMS_EXAMPLES)]
    Claims(Claims),
    /// Write what a project knows in the forms that other programs read
    #[command(after_long_help = EXPORT_EXAMPLES)]
    Export(Export),
    /// Write a briefing in plain sentences, every one with its footnote: Markdown, HTML, DOCX; the reports as CSL-JSON or BibLaTeX
    #[command(after_long_help = BRIEF_EXAMPLES)]
    Brief(Brief),
    /// Ask a project in SPARQL
    #[command(after_long_help = SPARQL_EXAMPLES)]
    Sparql(Sparql),
    /// Count claims by month, place, cause or whatever else they say, as a table with bars
    #[command(after_long_help = STATS_EXAMPLES)]
    Stats(Stats),
    /// Find claims that cannot both hold, side by side, with who stands on which side
    #[command(after_long_help = CONTRADICTIONS_EXAMPLES)]
    Contradictions(Contradictions),
    /// Compare two reports, or two people, groups or places
    #[command(after_long_help = COMPARE_EXAMPLES)]
    Compare(Compare),
    /// Let a language-model client ask a project (Model Context Protocol, over standard input and output); it can change nothing
    #[command(after_long_help = MCP_EXAMPLES)]
    Mcp(Mcp),
}

/// Which project.
#[derive(Debug, Args)]
pub struct Which {
    /// The project's file [default: the only .svodka file here]
    #[arg(long, value_name = "FILE", env = "SVODKA_PROJECT")]
    pub project: Option<PathBuf>,
}

/// Who does it, and how long they wait.
#[derive(Debug, Args)]
pub struct Doing {
    /// By what name the log knows you [default: the name you are logged in by]
    #[arg(long, value_name = "NAME", env = "SVODKA_AUTHOR")]
    pub author: Option<String>,
    /// How many seconds to wait while another program writes to the project
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub wait: u64,
}

/// For whom the output is.
#[derive(Debug, Args)]
pub struct Eyes {
    /// Name people who may be alive although the output does not go to a screen
    #[arg(long)]
    pub owner: bool,
}

/// In what form.
#[derive(Debug, Args)]
pub struct Form {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print CSV
    #[arg(long)]
    pub csv: bool,
}
