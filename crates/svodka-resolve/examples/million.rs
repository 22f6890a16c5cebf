//! Measures the engine on a million mentions of people who never were, in three romanisations, with initials and slips:
//! `cargo run --release -p svodka-resolve --example million -- [COUNT] [--seed N] [--write FILE]`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::time::Instant;
use std::{env, fs};

use people::Mention;
use rayon::prelude::*;
use svodka_resolve::{
    Field, Key, Measure, Model, NameKind, Pass, Records, Rivals, Schema, Sets, Training,
};

mod common;
#[path = "common/people.rs"]
mod people;

fn schema() -> Schema {
    let fields = [
        ("surname", Measure::Spelled),
        ("given", Measure::Spelled),
        ("patronymic", Measure::Spelled),
        ("born", Measure::Date),
        ("place", Measure::Exact),
        ("trade", Measure::Exact),
        ("works", Measure::Exact),
    ];
    let (surname, given, patronymic, born, place, trade, works) = (0, 1, 2, 3, 4, 5, 6);
    let passes = [
        vec![
            (surname, Key::Sound),
            (given, Key::Initial),
            (patronymic, Key::Initial),
        ],
        vec![(surname, Key::Sound), (works, Key::Value)],
        vec![
            (surname, Key::Sound),
            (place, Key::Value),
            (given, Key::Initial),
        ],
        vec![
            (surname, Key::Sound),
            (born, Key::Year),
            (given, Key::Initial),
        ],
        vec![
            (surname, Key::Sound),
            (trade, Key::Value),
            (given, Key::Initial),
        ],
        vec![(surname, Key::Sound), (given, Key::Initial)],
        vec![
            (given, Key::Initial),
            (patronymic, Key::Initial),
            (born, Key::Year),
            (place, Key::Value),
        ],
        vec![
            (given, Key::Initial),
            (works, Key::Value),
            (place, Key::Value),
        ],
        vec![
            (given, Key::Initial),
            (works, Key::Value),
            (born, Key::Year),
        ],
        vec![
            (surname, Key::Consonants(2)),
            (given, Key::Initial),
            (patronymic, Key::Initial),
            (place, Key::Value),
        ],
        vec![
            (surname, Key::Consonants(2)),
            (given, Key::Initial),
            (patronymic, Key::Initial),
            (born, Key::Year),
        ],
        vec![
            (surname, Key::Consonants(2)),
            (given, Key::Initial),
            (trade, Key::Value),
            (place, Key::Value),
        ],
        vec![
            (surname, Key::Start(4)),
            (given, Key::Initial),
            (patronymic, Key::Initial),
            (trade, Key::Value),
        ],
    ];
    Schema {
        fields: fields
            .map(|(name, measure)| Field::new(name, measure))
            .into(),
        passes: passes.map(Pass).into(),
        block_cap: 60,
    }
}

#[allow(clippy::disallowed_methods, reason = "it measures time")]
fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let after = |flag: &str| {
        let at = arguments.iter().position(|it| it == flag)?;
        arguments.get(at + 1)
    };
    let count = arguments
        .first()
        .and_then(|it| it.parse().ok())
        .unwrap_or(1_000_000);
    let seed = after("--seed")
        .and_then(|it| it.parse().ok())
        .unwrap_or(1923);
    let from = Instant::now();
    let words = common::words()?;
    let systems = ["bgn", "french", "german"].map(|name| {
        let found = words.spelling().systems().iter().find(|it| it.name == name);
        found.cloned()
    });
    let mentions = people::people(count, seed, |system, word| match &systems[system] {
        Some(system) => system.write(word),
        None => word.to_owned(),
    });
    println!(
        "{} mentions made in {:.1} s",
        mentions.len(),
        from.elapsed().as_secs_f64()
    );
    let truth: Vec<u32> = mentions.iter().map(|it| it.person).collect();
    if let Some(file) = after("--write") {
        let mut text = "person\tname\tborn\tplace\ttrade\tworks\n".to_owned();
        for it in &mentions {
            let cell = |it: &Option<String>| it.clone().unwrap_or_default();
            writeln!(
                text,
                "{}\t{}\t{}\t{}\t{}\t{}",
                it.person,
                it.name,
                cell(&it.born),
                cell(&it.place),
                cell(&it.trade),
                cell(&it.works)
            )?;
        }
        fs::write(file, text)?;
    }
    let from = Instant::now();
    let schema = schema();
    let row = |it: Mention| {
        let name = words.name(NameKind::Person, &it.name).person();
        [
            name.surname,
            name.given,
            name.patronymic,
            it.born,
            it.place,
            it.trade,
            it.works,
        ]
    };
    let rows: Vec<_> = mentions.into_par_iter().map(row).collect();
    let mut numbers: BTreeMap<(Option<String>, Option<String>), u32> = BTreeMap::new();
    let names = rows.iter().map(|it| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers
            .entry((it[1].clone(), it[2].clone()))
            .or_insert(next)
    });
    let names: Vec<u32> = names.collect();
    let records = Records::new(&schema, &words, rows);
    println!("read: {:.1} s", from.elapsed().as_secs_f64());
    let model = Model::learned(&schema, &records, &Training::default());
    println!("learned: {:.1} s", from.elapsed().as_secs_f64());
    let mut proposals = model.propose(&schema, &records, 0.1);
    println!(
        "{} pairs proposed at 0.1 or more: {:.1} s",
        proposals.len(),
        from.elapsed().as_secs_f64()
    );
    if arguments.iter().any(|it| it == "--model") {
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
    common::measure(
        &truth,
        &proposals,
        &[0.1, 0.2, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99],
    );
    let from = Instant::now();
    // By the first record with each: given names and patronymics that contradict each other are not one person's.
    let mut first = vec![usize::MAX; numbers.len()];
    for (record, &name) in names.iter().enumerate().rev() {
        first[name as usize] = record;
    }
    let mut contradict = |a: u32, b: u32| {
        let (a, b) = (first[a as usize], first[b as usize]);
        [1, 2]
            .iter()
            .any(|&field| records.level(&schema, field, a, b) == Some(0))
    };
    let alone: Vec<u32> = (0..u32::try_from(names.len())?).collect();
    proposals.retain(|it| !contradict(names[it.a], names[it.b]));
    let rivals = Rivals::among(&proposals, &alone, &names, &mut contradict);
    for (at, it) in proposals.iter_mut().enumerate() {
        it.probability = rivals.shared(at, it);
    }
    proposals.sort_by(|x, y| {
        y.probability
            .total_cmp(&x.probability)
            .then((x.a, x.b).cmp(&(y.a, y.b)))
    });
    println!("joined, one of rivals only and none whose names contradict:");
    let mut sets = Sets::new(&alone, &names);
    let mut proposals = proposals.into_iter().peekable();
    for least in [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3] {
        while let Some(it) = proposals.next_if(|it| it.probability >= least) {
            if sets.bar(it.a, it.b, &mut contradict).is_none() {
                sets.join(it.a, it.b);
            }
        }
        let of: Vec<usize> = (0..truth.len()).map(|it| sets.root(it)).collect();
        println!("at {least:<8}  joined:   {}", common::joined(&truth, &of));
    }
    println!("joining: {:.1} s", from.elapsed().as_secs_f64());
    Ok(())
}
