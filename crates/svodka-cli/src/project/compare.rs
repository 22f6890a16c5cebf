//! `svodka compare`: two reports, or two names.

pub mod names;
mod reports;

use svodka::store::{Reader, ReportRow};

use super::args::Compare;
use super::{problem, reader};
use crate::output::{self, Output, Sink};
use crate::page::TITLE;
use crate::problem::{Problem, Status};
use crate::setup;

/// Compares two reports if A and B each name one, and two names if neither does.
pub fn run(arguments: &Compare) -> Result<u8, Problem> {
    let reader = reader(&arguments.which, &arguments.eyes, arguments.json)?;
    let rows = reader.reports().map_err(|error| problem(&error))?;
    let pack = setup::built_in()?;
    let mut output = Output::new(if arguments.json {
        Sink::Plain
    } else {
        Sink::Styled
    });
    let of_json = |value: serde_json::Value| format!("{value:#}\n");
    let page = match (report(&rows, &arguments.a)?, report(&rows, &arguments.b)?) {
        (Some(a), Some(b)) if a.id == b.id => {
            return Err(
                Problem::new(Status::Usage, "both are the same report").with_remedy("name another")
            );
        }
        (Some(a), Some(b)) => {
            let both = reports::Both::new(&reader, &pack, a, b)?;
            match arguments.json {
                true => of_json(both.json(&pack)),
                false => both.page(&pack),
            }
        }
        (None, None) => {
            let both = names::Both::new(&reader, &pack, &arguments.a, &arguments.b)?;
            match arguments.json {
                true => of_json(both.json(&pack)),
                false => both.page(&pack),
            }
        }
        (a, _) => {
            let (named, other) = match a {
                Some(_) => (&arguments.a, &arguments.b),
                None => (&arguments.b, &arguments.a),
            };
            let what = format!("'{named}' is a report and '{other}' is none");
            return Err(Problem::new(Status::Usage, what)
                .with_remedy("compare two reports, by their paths or as #NUMBER, or two names"));
        }
    };
    output.write(&page)?;
    output.finish()?;
    Ok(0)
}

/// The report that is meant: by its path, by the end of its path if no other ends so, or by its number as `#12`.
fn report<'r>(rows: &'r [ReportRow], asked: &str) -> Result<Option<&'r ReportRow>, Problem> {
    if let Some(number) = asked
        .strip_prefix('#')
        .and_then(|number| number.parse::<i64>().ok())
    {
        let found = rows.iter().find(|row| row.id == number);
        return found.map(Some).ok_or_else(|| {
            Problem::new(Status::NoInput, format!("there is no report {number}"))
                .with_remedy("name it by its path")
        });
    }
    if let Some(found) = rows.iter().find(|row| row.label == asked) {
        return Ok(Some(found));
    }
    let end = format!("/{}", asked.trim_start_matches("./"));
    let ends: Vec<&ReportRow> = rows
        .iter()
        .filter(|row| row.label.ends_with(&end) || row.label == end[1..])
        .collect();
    match ends.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        several => {
            let labels: Vec<&str> = several.iter().map(|row| row.label.as_str()).collect();
            let what = format!("'{asked}' may be {}", labels.join(" or "));
            Err(Problem::new(Status::Usage, what).with_remedy("write one of them"))
        }
    }
}

/// A paragraph set in by `indent`.
fn wrapped(text: &str, first: &str, indent: &str) -> String {
    let options = textwrap::Options::new(output::width())
        .initial_indent(first)
        .subsequent_indent(indent);
    textwrap::fill(text, options) + "\n"
}

fn heading(text: &str) -> String {
    format!("\n{}\n", TITLE.of(text))
}

/// Words with single spaces.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The claims of some reports by what `Reader` gives, in their order.
fn told(
    reader: &Reader,
    claims: &[svodka::agree::At],
) -> Result<Vec<svodka::store::Told>, Problem> {
    let wanted: Vec<(i64, usize)> = claims.iter().map(|at| (at.report, at.ordinal)).collect();
    reader.claims_at(&wanted).map_err(|error| problem(&error))
}
