//! `svodka stats`: how many claims there are, by month, place, cause or whatever else they say.

mod axis;
mod plot;
mod tally;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::{Map, Value, json};
use svodka::Pack;
use svodka::store::{ClaimFilter, Reader, Selection, StoreError};

pub use self::axis::Axis;
use self::axis::Unit;
pub use self::tally::Counting;
use self::tally::Tally;
use super::args::Stats;
use super::table::row;
use super::{count, problem, reader};
use crate::output::{self, Output, Sink};
use crate::problem::{Problem, Status};

/// Counts the claims that fit and prints them as a table with bars, as CSV or as JSON.
pub fn run(arguments: &Stats) -> Result<u8, Problem> {
    let pack = Pack::load(&svodka::built_in_pack())
        .map_err(|mistakes| crate::setup::pack_problem(&mistakes))?;
    let kind = arguments.kind.as_deref().map(|kind| meant(kind, &pack));
    let axes: Vec<Axis> = arguments.by.iter().map(|name| Axis::read(name)).collect();
    let export = arguments.form.json || arguments.form.csv;
    let reader = reader(&arguments.which, &arguments.eyes, export)?;
    let filter = arguments.filters.filter(kind.clone());
    let counting = counted(&reader, &filter, &axes).map_err(|error| problem(&error))?;
    let claims = counting.taken();
    let tally = counting.done();
    if claims == 0 {
        check_kind(kind.as_deref(), &pack)?;
    } else {
        check_axes(&axes, &tally, claims, kind.as_deref(), &pack)?;
    }
    let mut output = Output::new(Sink::Plain);
    if arguments.form.json {
        let value = json(kind.as_deref(), &axes, &tally);
        output.write(&format!("{value:#}\n"))?;
    } else if arguments.form.csv {
        let mut head: Vec<&str> = axes.iter().map(Axis::name).collect();
        head.push("claims");
        output.write(&row(&head))?;
        for (cell, number) in &tally.cells {
            let number = number.to_string();
            let mut cells: Vec<&str> = cell.iter().map(String::as_str).collect();
            cells.push(&number);
            output.write(&row(&cells))?;
        }
    } else {
        output.write(&plot::plot(&axes, &tally, output::width(), arguments.limit))?;
        output.write(&told(&axes, &tally))?;
    }
    output.finish()?;
    Ok(0)
}

/// How many claims are read at once.
const AT_ONCE: usize = 2000;

/// Counts the claims that fit under these axes: a part of them is in memory at a time.
pub fn counted<'a>(
    reader: &Reader,
    filter: &ClaimFilter,
    axes: &'a [Axis],
) -> Result<Counting<'a>, StoreError> {
    let wanted = Selection {
        filter: filter.clone(),
        ..Selection::default()
    };
    let mut places = reader.selected(&wanted, 0, usize::MAX)?.1;
    // Each report is opened once.
    places.sort_unstable();
    let mut counting = Counting::new(axes);
    for places in places.chunks(AT_ONCE) {
        let mut of_reports = BTreeMap::new();
        for told in reader.claims_at(places)? {
            let of_report = match of_reports.entry(told.report) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(reader.parts(told.report)?),
            };
            let parts = of_report.remove(&told.ordinal).unwrap_or_default();
            counting.take(&told, &parts);
        }
    }
    Ok(counting)
}

/// A kind as people say it: `strikes`, `memberships`.
pub fn meant(typed: &str, pack: &Pack) -> String {
    let typed = typed.to_lowercase();
    let known = |name: &str| pack.kinds.iter().any(|kind| kind.name == name);
    let singular = [
        typed.strip_suffix("ies").map(|stem| format!("{stem}y")),
        typed.strip_suffix("es").map(str::to_owned),
        typed.strip_suffix('s').map(str::to_owned),
    ];
    if known(&typed) {
        return typed;
    }
    let found = singular.into_iter().flatten().find(|name| known(name));
    found.unwrap_or(typed)
}

fn check_kind(kind: Option<&str>, pack: &Pack) -> Result<(), Problem> {
    let Some(kind) = kind.filter(|kind| pack.kinds.iter().all(|it| it.name != *kind)) else {
        return Ok(());
    };
    let kinds: Vec<&str> = pack.kinds.iter().map(|kind| kind.name.as_str()).collect();
    Err(Problem::new(
        Status::Usage,
        format!("there are no claims of the kind '{kind}'"),
    )
    .with_remedy(format!("the kinds are {}", kinds.join(", "))))
}

/// Whether there is an axis of which no claim says anything because there is no such role or field.
fn check_axes(
    axes: &[Axis],
    tally: &Tally,
    claims: usize,
    kind: Option<&str>,
    pack: &Pack,
) -> Result<(), Problem> {
    let kinds = pack
        .kinds
        .iter()
        .filter(|it| kind.is_none_or(|kind| it.name == kind));
    let mut known: Vec<&str> = Vec::new();
    for kind in kinds {
        known.extend(kind.roles.keys().map(|role| role.as_str()));
        known.extend(kind.field_values().into_keys());
    }
    known.sort_unstable();
    known.dedup();
    for axis in axes {
        let Axis::Named(name) = axis else { continue };
        let silent = tally.silent.get(name).copied().unwrap_or(0) + tally.denied + tally.rejected;
        if silent >= claims && !known.contains(&name.as_str()) {
            return Err(Problem::new(
                Status::Usage,
                format!("no claim that fits has a {name}"),
            )
            .with_remedy(format!(
                "count by year, month, week, day, certainty, polarity, kind, report, place, or by {}",
                known.join(", ")
            )));
        }
    }
    Ok(())
}

/// What must be known to read the table.
fn told(axes: &[Axis], tally: &Tally) -> String {
    let mut told = format!(
        "\n{} counted: claims, not events",
        count(tally.claims, "claim")
    );
    told += &match tally.shared {
        0 => ".\n".to_owned(),
        shared => format!(
            "; {shared} of them share a place and a time with another and may tell of the same event.\n"
        ),
    };
    let unit = axes.iter().find_map(|axis| match axis {
        Axis::Time(unit) => Some(*unit),
        _ => None,
    });
    if let Some(unit) = unit.filter(|_| tally.spread > 0) {
        let example = match unit {
            Unit::Year => "several years, or no beginning or end",
            _ => "a year, a season, several months, or no beginning or end",
        };
        told += &format!(
            "Dates longer than a {unit} ({example}) stand in a row of their own: {}. Nothing is guessed into a {unit}.\n",
            count(tally.spread, "claim"),
            unit = unit.word()
        );
    }
    if tally.several > 0 {
        told += &format!(
            "{} counted under more than one value: the rows add up to more.\n",
            count(tally.several, "claim")
        );
    }
    let without: Vec<String> = tally
        .silent
        .iter()
        .map(|(axis, number)| match axis.as_str() {
            "year" | "month" | "week" | "day" => format!("{number} without a date"),
            other => format!("{number} without a {other}"),
        })
        .collect();
    let mut left = Vec::new();
    if axes.len() > 1 {
        if !without.is_empty() {
            told += &format!(
                "A dash stands where nothing is said: {}.\n",
                without.join(", ")
            );
        }
        if tally.left_out > 0 {
            left.push(format!(
                "{} that say nothing of any of these",
                tally.left_out
            ));
        }
    } else {
        left = without;
    }
    if tally.denied > 0 {
        left.push(format!(
            "{} said not to be so (--by polarity counts them)",
            tally.denied
        ));
    }
    if tally.rejected > 0 {
        left.push(format!("{} that a reader rejected", tally.rejected));
    }
    if !left.is_empty() {
        told += &format!("Left out: {}.\n", left.join(", "));
    }
    told
}

fn json(kind: Option<&str>, axes: &[Axis], tally: &Tally) -> Value {
    let names: Vec<&str> = axes.iter().map(Axis::name).collect();
    let rows: Vec<Value> = tally
        .cells
        .iter()
        .map(|(cell, number)| {
            let mut row: Map<String, Value> = names
                .iter()
                .zip(cell)
                .map(|(name, value)| ((*name).to_owned(), json!(value)))
                .collect();
            row.insert("claims".to_owned(), json!(number));
            Value::Object(row)
        })
        .collect();
    json!({
        "counted": "claims, not events",
        "kind": kind,
        "by": names,
        "claims": tally.claims,
        "rows": rows,
        "share_place_and_time": tally.shared,
        "longer_than_unit": tally.spread,
        "under_several_values": tally.several,
        "without": tally.silent,
        "left_out": {"silent": tally.left_out, "denied": tally.denied, "rejected": tally.rejected},
    })
}
