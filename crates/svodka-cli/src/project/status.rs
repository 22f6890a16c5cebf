//! `svodka status` and `svodka log`.

use svodka::NameType;
use svodka::store::{Audience, Status};

use super::add::stranded;
use super::args::{Log, Plain};
use super::{count, opened, path, problem, reader};
use crate::output::{Output, Sink};
use crate::page::singular;
use crate::problem::Problem;

/// Says what a project holds. Only numbers and labels are told, so it is for the owner wherever it goes.
pub fn run(arguments: &Plain) -> Result<u8, Problem> {
    let status = opened(&arguments.which, Audience::Others)?
        .status()
        .map_err(|error| problem(&error))?;
    let file = path(&arguments.which)?;
    let size = std::fs::metadata(&file).map_or(0, |about| about.len());
    let mut output = Output::new(Sink::Plain);
    output.write(&told(&status, size))?;
    output.finish()?;
    Ok(0)
}

fn told(status: &Status, size: u64) -> String {
    let mut lines = vec![
        status.name.clone(),
        format!(
            "  {} in {}, {} of text",
            count(status.reports as usize, "report"),
            count(status.versions as usize, "version"),
            bytes(status.text)
        ),
        format!("  {}", count(status.claims as usize, "claim")),
    ];
    let things: Vec<String> = status
        .things
        .iter()
        .filter_map(|(kind, number)| Some((NameType::from_code(kind)?, *number as usize)))
        .map(|(kind, number)| match (kind, number) {
            (NameType::Person, 2..) => format!("{number} people"),
            _ => count(number, singular(kind)),
        })
        .collect();
    if !things.is_empty() {
        lines.push(format!("  named: {}", things.join(", ")));
        let may_live = match status.may_live {
            1 => "1 person".to_owned(),
            number => format!("{number} people"),
        };
        lines.push(format!(
            "  {may_live} may be alive, and shielded in what leaves this machine"
        ));
    }
    lines.push(format!(
        "  {} of the log; {} in force; the file has {}",
        count(status.operations as usize, "operation"),
        count(status.decisions as usize, "decision"),
        bytes(size)
    ));
    for (by, number) in &status.read_by {
        lines.push(format!(
            "  {} read by svodka {}, pack {}, model {}",
            count(*number as usize, "report"),
            by.program,
            by.pack,
            by.model
        ));
    }
    lines.extend(
        status
            .sessions
            .iter()
            .map(|session| format!("  open for writing: {session}")),
    );
    let mut told = lines.join("\n") + "\n";
    told += &stranded(&status.stranded);
    told
}

fn bytes(number: u64) -> String {
    match number {
        0..=9_999 => format!("{number} bytes"),
        10_000..=9_999_999 => format!("{} kB", number / 1_000),
        _ => format!("{} MB", number / 1_000_000),
    }
}

/// What was done, by the command that does it.
fn deed(kind: &str) -> &str {
    match kind {
        "relateall" => "resolve",
        "except" => "policy",
        other => other,
    }
}

/// Shows the log.
pub fn log(arguments: &Log) -> Result<u8, Problem> {
    let reader = reader(&arguments.which, &arguments.eyes, false)?;
    let entries = reader
        .log(arguments.limit)
        .map_err(|error| problem(&error))?;
    let mut output = Output::new(Sink::Plain);
    for entry in entries {
        let mut line = format!(
            "{:>6}  {}  {}  {}",
            entry.id,
            entry.at,
            entry.author,
            deed(&entry.kind)
        );
        if let Some(undoes) = entry.undoes {
            line += &format!(" {undoes}");
        }
        if !entry.what.is_empty() {
            line += &format!("  {}", entry.what);
        }
        if !entry.reason.is_empty() {
            line += &format!("  because: {}", entry.reason);
        }
        if entry.undone {
            line += "  (undone)";
        }
        output.write(&(line + "\n"))?;
    }
    output.finish()?;
    Ok(0)
}
