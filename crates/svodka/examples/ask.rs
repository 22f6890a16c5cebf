//! How quickly a project answers: `ask PROJECT CAST` searches it and opens dossiers of the people in CAST, one name a line, and prints how long
//! the slowest twentieth took at least (the 95th percentile) and the middle one. Part of `make scale`.

#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::date;
use svodka::NameType;
use svodka::store::{Audience, Policy, Query, Reader};

/// How many questions of each sort.
const QUESTIONS: usize = 400;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [project, cast] = arguments.as_slice() else {
        return Err("usage: ask PROJECT CAST".into());
    };
    let cast = std::fs::read_to_string(cast)?;
    let people: Vec<&str> = cast
        .lines()
        .filter_map(|line| line.split('\t').next())
        .collect();
    let words = [
        "strike",
        "wages",
        "meeting",
        "leaflets",
        "arrested",
        "foundry",
        "\"back pay\"",
        "kerosene",
        "members",
        "tannery",
        "demand*",
        "secretary",
    ];
    // Others find nobody by a name who may be alive: they ask by the numbers that tables give.
    let mut numbers: BTreeMap<String, i64> = BTreeMap::new();
    for (audience, who) in [(Audience::Owner, "owner"), (Audience::Others, "others")] {
        let today = date(2026, 11, 23);
        let begun = Instant::now();
        let reader = Reader::open(Path::new(project), Policy { audience, today })?;
        println!(
            "for the {who}: opened in {:.1} ms",
            milliseconds(begun.elapsed())
        );
        let begun = Instant::now();
        let listed = reader.things(&[NameType::Person])?;
        println!(
            "  {} people listed in {:.1} ms",
            listed.len(),
            milliseconds(begun.elapsed())
        );
        if audience == Audience::Owner {
            numbers.extend(listed.into_iter().map(|row| (row.label, row.number)));
        }
        let mut searches = Vec::new();
        for number in 0..QUESTIONS {
            let (one, other) = (
                words[number % words.len()],
                words[(number / words.len() + number) % words.len()],
            );
            let surname = people
                .get(number * 37 % people.len())
                .and_then(|name| name.split(' ').next_back())
                .unwrap_or("");
            let asked = match number % 4 {
                0 => one.to_owned(),
                1 => format!("{one} {other}"),
                2 => format!("{one} {surname}"),
                _ => surname.to_owned(),
            };
            let query = Query::parse(&asked)?;
            let begun = Began::now();
            reader.search(&query, 20)?;
            searches.push(begun.elapsed());
        }
        told("search", searches);
        let mut dossiers = Vec::new();
        let (mut found, mut claims) = (0, 0);
        for number in 0..QUESTIONS {
            let name = people[number * 41 % people.len()];
            let asked = match (audience, numbers.get(name)) {
                (Audience::Others, Some(number)) => number.to_string(),
                _ => format!("PERSON:{name}"),
            };
            let begun = Began::now();
            if let Ok(dossier) = reader.dossier(&asked) {
                dossiers.push(begun.elapsed());
                found += 1;
                claims += dossier.claims.len();
            }
        }
        told("dossier", dossiers);
        println!(
            "  {found} of {QUESTIONS} people found, with {} claims each",
            claims / found.max(1)
        );
    }
    Ok(())
}

fn told(what: &str, times: Vec<(Duration, Duration)>) {
    let (mut clock, mut processor): (Vec<Duration>, Vec<Duration>) = times.into_iter().unzip();
    clock.sort();
    processor.sort();
    let at = |times: &[Duration], share: usize| {
        let time = times.get(times.len() * share / 100).copied();
        milliseconds(time.unwrap_or_default())
    };
    println!(
        "  {what}: p50 {:.1} ms, p95 {:.1} ms; of the processor's time {:.1} and {:.1}",
        at(&clock, 50),
        at(&clock, 95),
        at(&processor, 50),
        at(&processor, 95)
    );
}

/// When something began, by the clock and by what the processor has spent on this thread, which others on the machine do not lengthen.
struct Began {
    clock: Instant,
    processor: Duration,
}

impl Began {
    fn now() -> Began {
        Began {
            processor: processor(),
            clock: Instant::now(),
        }
    }

    fn elapsed(&self) -> (Duration, Duration) {
        let clock = self.clock.elapsed();
        (clock, processor().saturating_sub(self.processor))
    }
}

/// The processor's time of this thread, on Linux; nothing elsewhere.
fn processor() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = told.split(' ').next().and_then(|it| it.parse().ok());
    Duration::from_nanos(spent.unwrap_or(0))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
