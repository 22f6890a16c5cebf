//! Measures names on labelled pairs: `cargo run --release -p svodka-resolve --example names -- cases.csv [--rows]`.
//!
//! The file is comma-separated with a line of headings; `schema`, `name1`, `name2` and `is_match` are read.
//! With `--rows` each pair is printed with its parts, which is what `tools/resolve/weights.py` learns from.

use std::error::Error;
use std::{env, fs};

use svodka_resolve::{NameKind, Weights};

mod common;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let show = arguments.next().is_some_and(|it| it == "--rows");
    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/base");
    let words = common::words()?;
    let weights = Weights::parse(&fs::read_to_string(format!("{base}/weights/names.tsv"))?)?;
    let (mut right, mut wrong, mut missed) = (0_u32, 0_u32, 0_u32);
    let mut reader = csv::Reader::from_path(file)?;
    let heads = reader.headers()?.clone();
    let column = |name: &str| {
        heads
            .iter()
            .position(|it| it == name)
            .ok_or("no such column")
    };
    let (schema, name1, name2, label) = (
        column("schema")?,
        column("name1")?,
        column("name2")?,
        column("is_match")?,
    );
    for row in reader.records() {
        let row = row?;
        let kind = if &row[schema] == "Person" {
            NameKind::Person
        } else {
            NameKind::Other
        };
        let a = words.name(kind, &row[name1]);
        let b = words.name(kind, &row[name2]);
        let scored = weights.score(&words, &a, &b);
        let (found, is) = (scored.probability >= 0.5, &row[label] == "true");
        match (found, is) {
            (true, true) => right += 1,
            (true, false) => wrong += 1,
            (false, true) => missed += 1,
            (false, false) => {}
        }
        if show {
            let parts = scored.parts.iter();
            let parts: Vec<_> = parts
                .map(|it| format!("{}={:.4}", it.what, it.amount))
                .collect();
            println!(
                "{}\t{}\t{:.3}\t{}\t{}\t{}",
                u8::from(is),
                &row[schema],
                scored.probability,
                &row[name1],
                &row[name2],
                parts.join("|")
            );
        }
    }
    let (right, wrong, missed) = (f64::from(right), f64::from(wrong), f64::from(missed));
    let (precision, recall) = (right / (right + wrong), right / (right + missed));
    let f1 = 2.0 * right / (2.0 * right + wrong + missed);
    eprintln!("precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}");
    Ok(())
}
