//! Measures the engine on historical figures whose records are known to mean one person.
//!
//! `make resolve-bench` runs it beside Splink. The file is tab-separated, with a line of headings: the person first, then the
//! fields below. Fails if a figure has fallen below its floor; the floors may only rise.

use std::error::Error;
use std::time::Instant;
use std::{env, fs};

use svodka_resolve::{Field, Key, Measure, Model, Pass, Records, Schema, Training};

mod common;

/// Precision and F1 at least, at a probability.
const PAIRS: (f64, f64, f64) = (0.1, 0.97, 0.823);
const CLUSTERS: (f64, f64, f64) = (0.95, 0.975, 0.89);

fn schema() -> Schema {
    let fields = [
        ("first_name", Measure::Spelled),
        ("surname", Measure::Spelled),
        ("full_name", Measure::Words),
        ("dob", Measure::Date),
        ("birth_place", Measure::Text),
        ("postcode", Measure::Text),
        ("gender", Measure::Exact),
        ("occupation", Measure::Exact),
    ];
    let mut fields = fields
        .map(|(name, measure)| Field::new(name, measure))
        .to_vec();
    // The full name tells both.
    fields[0].weighs = false;
    fields[1].weighs = false;
    let (first, surname, dob, place, postcode, occupation) = (0, 1, 3, 4, 5, 7);
    let passes = vec![
        vec![(surname, Key::Sound), (dob, Key::Value)],
        vec![(first, Key::Sound), (dob, Key::Value)],
        vec![(postcode, Key::Value), (dob, Key::Value)],
        vec![(place, Key::Value), (dob, Key::Value)],
        vec![(postcode, Key::Value), (first, Key::Initial)],
        vec![(postcode, Key::Value), (surname, Key::Initial)],
        vec![(first, Key::Sound), (surname, Key::Sound)],
        vec![(first, Key::Start(3)), (surname, Key::Start(4))],
        vec![(surname, Key::Sound), (place, Key::Value)],
        vec![
            (first, Key::Sound),
            (place, Key::Value),
            (occupation, Key::Value),
        ],
        vec![(surname, Key::Start(3)), (dob, Key::Year)],
        vec![
            (first, Key::Start(3)),
            (dob, Key::Year),
            (place, Key::Start(4)),
        ],
    ];
    Schema {
        fields,
        passes: passes.into_iter().map(Pass).collect(),
        block_cap: 300,
    }
}

#[allow(clippy::disallowed_methods, reason = "it measures time")]
fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args().nth(1).ok_or("which file?")?;
    let text = fs::read_to_string(file)?;
    let mut truth = Vec::new();
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let mut cells = line.split('\t');
        truth.push(cells.next().unwrap_or(""));
        rows.push(cells.map(Some).collect::<Vec<_>>());
    }
    let from = Instant::now();
    let words = common::words()?;
    let schema = schema();
    let records = Records::new(&schema, &words, rows);
    let model = Model::learned(&schema, &records, &Training::default());
    let proposals = model.propose(&schema, &records, 0.01);
    println!(
        "svodka-resolve: {} records, {} pairs at 0.01 or more, {:.1} s",
        records.len(),
        proposals.len(),
        from.elapsed().as_secs_f64()
    );
    if env::args().any(|it| it == "--model") {
        println!("share {:e}", model.share);
        for (field, it) in schema.fields.iter().enumerate() {
            for (level, name) in it.measure.levels().iter().enumerate() {
                let (same, chance) = (model.same[field][level], model.chance[field][level]);
                println!(
                    "{:12} {name:30} {same:.5} {chance:.6} {:6.2}",
                    it.name,
                    (same / chance).log2()
                );
            }
        }
    }
    let thresholds = [0.1, 0.5, 0.8, 0.95, 0.99, 0.999];
    for it in common::measure(&truth, &proposals, &thresholds) {
        for (what, (precision, f1), floor) in [
            ("pairs", it.pairs, PAIRS),
            ("clusters", it.clusters, CLUSTERS),
        ] {
            if it.least.total_cmp(&floor.0).is_eq() && (precision < floor.1 || f1 < floor.2) {
                let (least, floors) = (floor.0, (floor.1, floor.2));
                return Err(format!("{what} at {least} fell below {floors:?}").into());
            }
        }
    }
    Ok(())
}
