//! `svodka places`: what reports name as places, with what a gazetteer has of them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use svodka::resolve::{Gazetteer, Meant, Place};
use svodka::store::ThingRow;

use super::args::Table;
use super::table::{PLACES, row, told_apart};
use super::{problem, reader};
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use crate::setup;

/// Prints the places, those in most reports first.
pub fn run(arguments: &Table) -> Result<u8, Problem> {
    let export = arguments.form.json || arguments.form.csv;
    let reader = reader(&arguments.which, &arguments.eyes, export)?;
    let mut things = reader.things(PLACES).map_err(|error| problem(&error))?;
    let mut forms: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for unit in reader.units(PLACES).map_err(|error| problem(&error))? {
        let known = forms.entry(unit.number).or_default();
        for form in unit.forms {
            if !known.contains(&form) {
                known.push(form);
            }
        }
    }
    if arguments.limit > 0 {
        things.truncate(arguments.limit);
    }
    let gazetteer = gazetteer()?;
    let meant: Vec<Meant<'_>> = things
        .iter()
        .map(|thing| {
            let forms = forms.get(&thing.number).into_iter().flatten();
            gazetteer.find(forms.chain([&thing.label]).map(String::as_str))
        })
        .collect();
    let mut output = Output::new(Sink::Plain);
    let all = things.iter().zip(&meant);
    if arguments.form.json {
        let values: Vec<Value> = all.map(|(thing, meant)| value(thing, meant)).collect();
        output.write(&(serde_json::to_string_pretty(&values).unwrap_or_default() + "\n"))?;
    } else if arguments.form.csv {
        output.write(&row(&[
            "number",
            "type",
            "name",
            "reports",
            "mentions",
            "joined",
            "first report",
            "GeoNames",
            "today",
            "country",
            "latitude",
            "longitude",
            "of several",
        ]))?;
        for (thing, meant) in all {
            let place = meant.one();
            let told = |of: &dyn Fn(&Place) -> String| place.map(of).unwrap_or_default();
            output.write(&row(&[
                &thing.number.to_string(),
                thing.kind.code(),
                &thing.label,
                &thing.reports.to_string(),
                &thing.mentions.to_string(),
                thing.joined.words(),
                thing.first_report.as_deref().unwrap_or(""),
                &told(&|it| it.id.to_string()),
                &told(&|it| it.name.clone()),
                &told(&|it| it.country.clone()),
                &told(&|it| it.latitude.to_string()),
                &told(&|it| it.longitude.to_string()),
                &meant.candidates.len().to_string(),
            ]))?;
        }
    } else {
        output.write(&format!(
            "{:>7}  {:>7}  {:>8}  {:<10}  {:>8}  {:<16}  name\n",
            "number", "reports", "mentions", "joined", "GeoNames", "coordinates"
        ))?;
        for (thing, meant) in all {
            let (id, where_) = match meant.one() {
                Some(place) => (place.id.to_string(), coordinates(place)),
                None => (String::new(), String::new()),
            };
            output.write(&format!(
                "{:>7}  {:>7}  {:>8}  {:<10}  {id:>8}  {where_:<16}  {}{}{}\n",
                thing.number,
                thing.reports,
                thing.mentions,
                thing.joined.words(),
                thing.label,
                told_apart(thing),
                today(thing, meant),
            ))?;
        }
    }
    output.finish()?;
    Ok(0)
}

/// The gazetteer of the built-in packs.
pub fn gazetteer() -> Result<Gazetteer, Problem> {
    let files = setup::pack(None)?;
    let table = files.iter().find(|file| file.path == GAZETTEER);
    let table = table.map_or("", |file| file.text.as_str());
    Gazetteer::parse(table).map_err(|error| Problem::new(Status::Data, error.to_string()))
}

const GAZETTEER: &str = "gazetteer/geonames.tsv";

/// What it is called today, if otherwise, and whether others are called so.
fn today(thing: &ThingRow, meant: &Meant<'_>) -> String {
    let several = meant.candidates.len();
    let others = match meant.one() {
        Some(_) if several > 1 => ", the largest of several so called".to_owned(),
        None if several > 1 => format!("  ({several} places are so called)"),
        _ => String::new(),
    };
    match meant.one() {
        Some(place) => {
            let name = if place.name == thing.label {
                ""
            } else {
                &place.name
            };
            let gap = if name.is_empty() { "" } else { ", " };
            format!("  ({name}{gap}{}{others})", place.country)
        }
        None => others,
    }
}

/// To a hundredth of a degree: a kilometre.
fn coordinates(place: &Place) -> String {
    let of = |degrees: f64, plus: char, minus: char| {
        let side = if degrees < 0.0 { minus } else { plus };
        format!("{:.2} {side}", degrees.abs())
    };
    format!(
        "{} {}",
        of(place.latitude, 'N', 'S'),
        of(place.longitude, 'E', 'W')
    )
}

fn value(thing: &ThingRow, meant: &Meant<'_>) -> Value {
    let place = |it: &Place| {
        json!({"geonames": it.id, "name": it.name, "country": it.country, "latitude": it.latitude, "longitude": it.longitude,
            "inhabitants": it.inhabitants})
    };
    let mut value = serde_json::to_value(thing).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        // One of several is a guess, by the number of those who live there today.
        fields.insert("place".to_owned(), meant.one().map(place).into());
        fields.insert(
            "guessed".to_owned(),
            (meant.one().is_some() && meant.candidates.len() > 1).into(),
        );
        let candidates: Vec<Value> = meant.candidates.iter().map(|it| place(it)).collect();
        fields.insert("candidates".to_owned(), candidates.into());
    }
    value
}
