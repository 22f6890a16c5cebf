//! `svodka people` and the like: what reports name, as a table.

use serde_json::Value;
use svodka::NameType;
use svodka::store::ThingRow;

use super::args::Table;
use super::{problem, reader};
use crate::output::{Output, Sink};
use crate::problem::Problem;

pub const PEOPLE: &[NameType] = &[NameType::Person];
pub const GROUPS: &[NameType] = &[NameType::Org, NameType::Workplace];
pub const PLACES: &[NameType] = &[NameType::Place];
pub const WORKS: &[NameType] = &[NameType::Work];
pub const EVENTS: &[NameType] = &[NameType::Event];

/// Prints the things of these sorts, those in most reports first.
pub fn run(arguments: &Table, kinds: &[NameType]) -> Result<u8, Problem> {
    let export = arguments.form.json || arguments.form.csv;
    let reader = reader(&arguments.which, &arguments.eyes, export)?;
    let mut things = reader.things(kinds).map_err(|error| problem(&error))?;
    let sources = svodka::sources(&reader, kinds).map_err(|error| problem(&error))?;
    let sources = |thing: &ThingRow| sources.get(&thing.number).copied().unwrap_or(0);
    if arguments.limit > 0 {
        things.truncate(arguments.limit);
    }
    let mut output = Output::new(Sink::Plain);
    if arguments.form.json {
        let rows: Vec<Value> = things
            .iter()
            .map(|thing| {
                let mut row = serde_json::to_value(thing).unwrap_or_default();
                row["independent_sources"] = sources(thing).into();
                row
            })
            .collect();
        output.write(&(serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"))?;
    } else if arguments.form.csv {
        output.write(&row(&[
            "number",
            "type",
            "name",
            "reports",
            "independent sources",
            "mentions",
            "may be alive",
            "joined",
            "first report",
        ]))?;
        for thing in &things {
            output.write(&row(&[
                &thing.number.to_string(),
                thing.kind.code(),
                &thing.label,
                &thing.reports.to_string(),
                &sources(thing).to_string(),
                &thing.mentions.to_string(),
                if thing.may_live { "yes" } else { "no" },
                thing.joined.words(),
                thing.first_report.as_deref().unwrap_or(""),
            ]))?;
        }
    } else {
        output.write(&format!(
            "{:>7}  {:>7}  {:>7}  {:>8}  {:<10}  name\n",
            "number", "reports", "sources", "mentions", "joined"
        ))?;
        for thing in &things {
            let living = if thing.may_live {
                "  (may be alive)"
            } else {
                ""
            };
            output.write(&format!(
                "{:>7}  {:>7}  {:>7}  {:>8}  {:<10}  {}{}{living}\n",
                thing.number,
                thing.reports,
                sources(thing),
                thing.mentions,
                thing.joined.words(),
                thing.label,
                told_apart(thing)
            ))?;
        }
    }
    output.finish()?;
    Ok(0)
}

/// By what report one of several of the same name is known.
pub fn told_apart(thing: &ThingRow) -> String {
    let first = thing.first_report.as_deref();
    first.map(|label| format!(" @{label}")).unwrap_or_default()
}

/// A line of CSV, after RFC 4180 save that it ends as lines do here.
pub fn row(cells: &[&str]) -> String {
    let quoted = cells.iter().map(|cell| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            (*cell).to_owned()
        }
    });
    quoted.collect::<Vec<_>>().join(",") + "\n"
}
