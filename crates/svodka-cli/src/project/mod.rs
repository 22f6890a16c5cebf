//! The commands for projects: a file each. Time, author and process are looked up here and nowhere behind it.

mod add;
mod args;
mod brief;
mod claims;
mod compare;
mod contradictions;
mod decide;
mod export;
mod keep;
mod mcp;
mod places;
mod policy;
mod reread;
mod resolve;
mod review;
mod search;
mod show;
mod sparql;
mod stats;
mod status;
mod support;
mod table;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};
use svodka::store::{self, Audience, Reader, Session, Stamp, StoreError, Writer};

use crate::problem::{Problem, Status};

pub use args::Eyes;
pub use args::ProjectCommand;
use args::{Doing, Which};
pub use claims::{head as claims_head, line as claims_line};
pub use compare::names::Both as TwoNames;
pub use contradictions::why;
pub use export::{about as export_about, factoids, shielded as export_shielded, write as export};
pub use places::gazetteer;
pub use sparql::{failed as sparql_failed, statements};
pub use stats::{Axis, Counting, counted, meant as kind_meant};

/// Does what was asked.
pub fn run(command: &ProjectCommand) -> Result<u8, Problem> {
    match command {
        ProjectCommand::Init(init) => keep::init(init),
        ProjectCommand::Add(add) => add::run(add),
        ProjectCommand::Reread(reread) => reread::run(reread),
        ProjectCommand::Status(plain) => status::run(plain),
        ProjectCommand::Check(plain) => keep::check(plain),
        ProjectCommand::Backup(backup) => keep::backup(backup),
        ProjectCommand::Log(log) => status::log(log),
        ProjectCommand::Undo(undo) => decide::undo(undo),
        ProjectCommand::Decide(decide) => decide::run(decide),
        ProjectCommand::Review(review) => review::run(review),
        ProjectCommand::Relate(relate) => decide::relate(relate),
        ProjectCommand::Resolve(resolve) => resolve::run(resolve),
        ProjectCommand::Policy(policy) => policy::run(policy),
        ProjectCommand::Search(search) => search::run(search),
        ProjectCommand::People(table) => table::run(table, table::PEOPLE),
        ProjectCommand::Groups(table) => table::run(table, table::GROUPS),
        ProjectCommand::Places(table) => places::run(table),
        ProjectCommand::Works(table) => table::run(table, table::WORKS),
        ProjectCommand::Events(table) => table::run(table, table::EVENTS),
        ProjectCommand::Show(show) => show::run(show),
        ProjectCommand::Claims(claims) => claims::run(claims),
        ProjectCommand::Brief(brief) => brief::run(brief),
        ProjectCommand::Export(export) => export::run(export),
        ProjectCommand::Sparql(sparql) => sparql::run(sparql),
        ProjectCommand::Stats(stats) => stats::run(stats),
        ProjectCommand::Contradictions(contradictions) => contradictions::run(contradictions),
        ProjectCommand::Compare(compare) => compare::run(compare),
        ProjectCommand::Mcp(mcp) => mcp::run(mcp),
    }
}

/// How long a reader waits for a moment of the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// The project's file.
fn path(which: &Which) -> Result<PathBuf, Problem> {
    if let Some(path) = &which.project {
        return Ok(path.clone());
    }
    let here =
        std::fs::read_dir(".").map_err(|error| Problem::unreadable(Path::new("."), &error))?;
    let mut found: Vec<PathBuf> = here
        .flatten()
        .map(|entry| PathBuf::from(entry.file_name()))
        .filter(|path| path.extension().is_some_and(|end| end == "svodka"))
        .collect();
    found.sort();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Problem::new(Status::NoInput, "there is no project here")
            .with_remedy("`svodka init NAME` begins one; --project FILE names one elsewhere")),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            let what = format!("there are several projects here: {}", names.join(", "));
            Err(Problem::new(Status::Usage, what).with_remedy("name one with --project FILE"))
        }
    }
}

/// The project's file, by its name or the only one here.
pub(crate) fn named(project: Option<&Path>) -> Result<PathBuf, Problem> {
    path(&Which {
        project: project.map(Path::to_path_buf),
    })
}

/// Who does something now.
fn stamp(doing: &Doing) -> Stamp {
    Stamp {
        at: now(),
        author: doing.author.clone().unwrap_or_else(login),
    }
}

#[expect(clippy::disallowed_methods, reason = "the environment is the binary's")]
pub(crate) fn login() -> String {
    let names = ["USER", "LOGNAME", "USERNAME"];
    let name = names.iter().find_map(|name| std::env::var(name).ok());
    name.filter(|name| !name.is_empty())
        .unwrap_or_else(|| "unknown".to_owned())
}

/// The time in UTC, to the second.
pub(crate) fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string()
}

pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// This process.
pub(crate) fn session(doing: &str) -> Session {
    Session {
        pid: std::process::id(),
        host: host(),
        since: now(),
        doing: doing.to_owned(),
    }
}

#[expect(clippy::disallowed_methods, reason = "the environment is the binary's")]
fn host() -> String {
    let known = ["/proc/sys/kernel/hostname", "/etc/hostname"];
    let name = known
        .iter()
        .find_map(|path| std::fs::read_to_string(path).ok())
        .or_else(|| {
            std::env::var("COMPUTERNAME")
                .or_else(|_| std::env::var("HOSTNAME"))
                .ok()
        });
    let name = name
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty());
    name.unwrap_or_else(|| "this machine".to_owned())
}

/// The project, opened to do something with it.
fn writer(which: &Which, doing: &Doing, what: &str) -> Result<Writer, Problem> {
    let wait = Duration::from_secs(doing.wait);
    Writer::open(&path(which)?, &session(what), wait).map_err(|error| problem(&error))
}

/// The project, opened to be read. What goes to the screen is for the owner; what goes to a file, to another program or into an
/// export leaves the machine, unless the owner says that it does not.
fn reader(which: &Which, eyes: &Eyes, export: bool) -> Result<Reader, Problem> {
    opened(which, audience(which, eyes, export)?)
}

/// For whom the output is; says so if names are shielded from them.
fn audience(which: &Which, eyes: &Eyes, export: bool) -> Result<Audience, Problem> {
    let on_screen = std::io::stdout().is_terminal() && !export;
    if eyes.owner || on_screen {
        return Ok(Audience::Owner);
    }
    let reader = opened(which, Audience::Others)?;
    let policy = reader.policy().map_err(|error| problem(&error))?;
    if policy.rule.shield && policy.may_live > 0 {
        let people = match policy.may_live {
            1 => "1 person".to_owned(),
            number => format!("{number} people"),
        };
        // If this cannot be written, the output still can.
        let _ = writeln!(
            anstream::stderr(),
            "svodka: {people} who may be alive are shielded here; --owner names them"
        );
    }
    Ok(Audience::Others)
}

/// The project, opened to be read for somebody.
fn opened(which: &Which, audience: Audience) -> Result<Reader, Problem> {
    let policy = store::Policy {
        audience,
        today: today(),
    };
    Reader::open(&path(which)?, policy).map_err(|error| problem(&error))
}

/// What went wrong with a project.
pub(crate) fn problem(error: &StoreError) -> Problem {
    let (status, remedy) = match error {
        StoreError::Missing(_) => (
            Status::NoInput,
            "`svodka init NAME` begins a project; check the name and the folder",
        ),
        StoreError::Exists(_) => (
            Status::Output,
            "choose another name, or take the old file away yourself",
        ),
        StoreError::NotAProject(_) => (Status::Data, "name a file that `svodka init` made"),
        StoreError::Newer { .. } => (
            Status::Data,
            "use the newer program; this one changed nothing",
        ),
        StoreError::Held(_) => (
            Status::Busy,
            "wait for it to end, or give --wait more seconds",
        ),
        StoreError::Full => (Status::Output, "make room; what was kept before is whole"),
        StoreError::ReadOnly => (
            Status::Output,
            "copy the project to where you may write; what was kept before is whole",
        ),
        StoreError::Disk(_) => (
            Status::Output,
            "see whether the disk is full or failing; then run `svodka check`",
        ),
        StoreError::Damaged(_) => (
            Status::Data,
            "run `svodka check`, and take out your last `svodka backup`",
        ),
        StoreError::Unknown { .. } => (
            Status::NoInput,
            "`svodka people`, `svodka claims` and `svodka log` list what there is",
        ),
        StoreError::Ambiguous { .. } => (Status::Usage, "write one of them"),
        StoreError::NotUndoable { .. } => (Status::Usage, "`svodka log` shows what can be undone"),
        StoreError::NoCorrection(_) => (
            Status::Usage,
            "`svodka decide --help` shows what can be corrected, and how",
        ),
        StoreError::Contradiction { .. } => (
            Status::Usage,
            "`svodka undo NUMBER` takes one of them back, if it was wrong",
        ),
        StoreError::Itself(_) => (Status::Usage, "name two"),
        StoreError::EmptySearch => (Status::Usage, "give at least one word that is wanted"),
        _ => (Status::Data, "run `svodka check`"),
    };
    Problem::new(status, error.to_string()).with_remedy(remedy)
}

/// "1 report", "2 reports".
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
