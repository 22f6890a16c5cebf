//! How fast `svodka serve` answers over a large project: each path with questions that nobody asked before, then many who read and write at
//! once. It works on a copy of the project and stops by itself.
//!
//!     cargo run --release -p svodka-cli --example serve_bench -- PROJECT [SECONDS] [PAUSE]
//!
//! SECONDS is how long many read and write (120 if not given), PAUSE how many milliseconds each waits between an answer and the next question
//! (0 if not given).

#![expect(clippy::disallowed_methods, reason = "it measures time")]

#[path = "../tests/common/http.rs"]
mod http;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use http::Client;
use serde_json::Value;

/// How many read and how many write at once.
const READERS: usize = 64;
const WRITERS: usize = 8;

/// How many questions each path is asked.
const ASKED: u64 = 60;

type Failed = Box<dyn std::error::Error + Send + Sync>;

struct Served(Child, u16);

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(project: &std::path::Path) -> Result<Served, Failed> {
    let here = std::env::current_exe()?;
    let beside = here
        .parent()
        .and_then(|it| it.parent())
        .ok_or("no folder")?;
    let mut child = Command::new(beside.join("svodka"))
        .args(["serve", "--port", "0", "--author", "bench"])
        .arg(project)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let port = line.rsplit(':').next().and_then(|it| it.split(' ').next());
    Ok(Served(child, port.ok_or("no port")?.parse()?))
}

/// The same numbers every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end.max(1)
    }

    fn of<'a>(&mut self, list: &'a [String]) -> &'a str {
        let at = self.below(list.len() as u64);
        list.get(at as usize).map_or("", String::as_str)
    }
}

/// What there is to ask about.
struct Known {
    reports: u64,
    claims: u64,
    people: Vec<String>,
    places: Vec<String>,
    kinds: Vec<String>,
    words: Vec<String>,
}

fn json(client: &mut Client, path: &str) -> Result<Value, Failed> {
    let answer = client.get(path)?;
    if answer.status != 200 {
        return Err(format!("{path}: {} {}", answer.status, answer.body).into());
    }
    Ok(serde_json::from_str(&answer.body)?)
}

fn texts(value: &Value, of: &str, field: &str) -> Vec<String> {
    let rows = value[of].as_array().into_iter().flatten();
    rows.map(|row| row[field].to_string().trim_matches('"').to_owned())
        .collect()
}

/// Questions of each sort, each drawn anew.
const SORTS: [&str; 19] = [
    "reports",
    "reports by words",
    "a report",
    "its support",
    "things",
    "things by letters",
    "a person",
    "claims",
    "claims of a kind",
    "claims of a time",
    "claims about somebody",
    "claims of two",
    "facets",
    "facets of a kind",
    "review",
    "review of a kind",
    "search",
    "timeline of a kind",
    "network of somebody",
];

fn question(sort: &str, known: &Known, dice: &mut Dice) -> String {
    let kind = dice.of(&known.kinds).to_owned();
    let (year, person) = (1905 + dice.below(30), dice.of(&known.people).to_owned());
    let skip = |dice: &mut Dice, end: u64| dice.below(end);
    match sort {
        "reports" => format!("/api/reports?skip={}&sort=-date", skip(dice, known.reports)),
        "reports by words" => format!("/api/reports?filter={year}&skip={}", dice.below(50)),
        "a report" => format!("/api/reports/{}", 1 + skip(dice, known.reports)),
        "its support" => format!("/api/reports/{}/support", 1 + skip(dice, known.reports)),
        "things" => format!("/api/things?kind=people&skip={}", skip(dice, 2000)),
        "things by letters" => format!(
            "/api/things?q={}&skip={}",
            &dice.of(&known.words),
            dice.below(9)
        ),
        "a person" => format!("/api/things/{person}"),
        "claims" => format!("/api/claims?skip={}", skip(dice, known.claims)),
        "claims of a kind" => format!("/api/claims?kind={kind}&skip={}", skip(dice, 5000)),
        "claims of a time" => format!(
            "/api/claims?from={year}-03&to={year}-08&skip={}",
            skip(dice, 3000)
        ),
        "claims about somebody" => format!("/api/claims?about={person}"),
        "claims of two" => format!("/api/claims?about={person}&at={}", dice.of(&known.places)),
        "facets" => format!("/api/claims/facets?from={year}-0{}", 1 + dice.below(9)),
        "facets of a kind" => format!("/api/claims/facets?kind={kind}&about={person}"),
        "review" => format!("/api/review?skip={}", skip(dice, 1000)),
        "review of a kind" => format!("/api/review?kind={kind}&skip={}", skip(dice, 1000)),
        "search" => format!("/api/search?q={}", dice.of(&known.words)),
        "timeline of a kind" => format!("/api/timeline?kind={kind}&from={year}&limit=100"),
        _ => format!("/api/network?about={person}"),
    }
}

fn told(name: &str, mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = |part: f64| {
        times
            .get(((times.len() as f64 - 1.0) * part).round() as usize)
            .copied()
            .unwrap_or(0.0)
    };
    println!(
        "{name:<24} {:>6} {:>8.1} {:>8.1} {:>8.1} {:>8.1}",
        times.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    at(0.99)
}

fn known(client: &mut Client) -> Result<Known, Failed> {
    let project = json(client, "/api/project")?;
    let people = json(client, "/api/things?kind=people&limit=1000")?;
    let places = json(client, "/api/things?kind=places&limit=1000")?;
    let named = texts(&people, "things", "name");
    let words = named
        .iter()
        .filter_map(|name| name.split(' ').next_back().map(str::to_owned));
    let kinds = json(client, "/api/claims/facets")?;
    Ok(Known {
        reports: project["reports"].as_u64().unwrap_or(1),
        claims: project["claims"].as_u64().unwrap_or(1),
        people: texts(&people, "things", "number"),
        places: texts(&places, "things", "number"),
        kinds: texts(&kinds, "kind", "value"),
        words: words.collect(),
    })
}

fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let project = PathBuf::from(arguments.next().ok_or("which project?")?);
    let mut number = |usual: u64| arguments.next().map_or(Ok(usual), |it| it.parse());
    let (seconds, pause) = (number(120)?, number(0)?);
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("p.svodka");
    std::fs::copy(&project, &copy)?;
    let started = Instant::now();
    let served = serve(&copy)?;
    let mut client = Client::new(served.1, "")?;
    json(&mut client, "/api/project")?;
    json(&mut client, "/api/reports")?;
    println!(
        "first view (start, project, reports): {:.0} ms",
        started.elapsed().as_secs_f64() * 1e3
    );
    for path in [
        "/api/claims",
        "/api/claims/facets",
        "/api/review",
        "/api/network",
        "/api/timeline",
        "/api/map",
        "/api/things",
        "/api/contradictions",
        "/api/stats?by=month&kind=strike",
        "/api/same?kind=people",
    ] {
        let began = Instant::now();
        json(&mut client, path)?;
        println!(
            "first {path}: {:.0} ms",
            began.elapsed().as_secs_f64() * 1e3
        );
    }
    let known = known(&mut client)?;
    println!(
        "\n{:<24} {:>6} {:>8} {:>8} {:>8} {:>8}",
        "ms", "asked", "p50", "p95", "p99", "most"
    );
    let mut dice = Dice(1923);
    for sort in SORTS {
        let mut times = Vec::new();
        for _ in 0..ASKED {
            let path = question(sort, &known, &mut dice);
            let began = Instant::now();
            let answer = client.get(&path)?;
            times.push(began.elapsed().as_secs_f64() * 1e3);
            if answer.status != 200 {
                return Err(format!("{path}: {}", answer.body).into());
            }
        }
        told(sort, times);
    }
    if seconds > 0 {
        load(
            &mut client,
            served.1,
            &known,
            Duration::from_secs(seconds),
            Duration::from_millis(pause),
        )?;
    }
    Ok(())
}

/// What somebody did.
#[derive(Default)]
struct Did {
    read: Vec<f64>,
    written: Vec<f64>,
}

fn load(
    client: &mut Client,
    port: u16,
    known: &Known,
    length: Duration,
    pause: Duration,
) -> Result<(), Failed> {
    let skip = (known.claims / 2).min(1000);
    let keys = json(client, &format!("/api/claims?limit=500&skip={skip}"))?;
    let keys = texts(&keys, "claims", "key");
    let newest = |client: &mut Client| -> Result<u64, Failed> {
        json(client, "/api/project")?["newest"]
            .as_u64()
            .ok_or_else(|| "no number".into())
    };
    let before = newest(client)?;
    let end = Instant::now() + length;
    let did: Mutex<Did> = Mutex::default();
    let wrong: Mutex<Vec<String>> = Mutex::default();
    let keep = |mine: Did| {
        if let Ok(mut did) = did.lock() {
            did.read.extend(mine.read);
            did.written.extend(mine.written);
        }
    };
    let fault = |what: String| {
        if let Ok(mut wrong) = wrong.lock() {
            wrong.push(what);
        }
    };
    std::thread::scope(|scope| {
        for reader in 0..READERS {
            let (keep, fault) = (&keep, &fault);
            scope.spawn(move || {
                let (mut dice, mut mine) = (Dice(reader as u64), Did::default());
                let Ok(mut client) = Client::new(port, "") else {
                    return fault("no connection".to_owned());
                };
                while Instant::now() < end {
                    // What is looked at in pictures is looked at longer.
                    let sort = SORTS[dice.below(SORTS.len() as u64 - 2) as usize];
                    let path = question(sort, known, &mut dice);
                    let began = Instant::now();
                    match client.get(&path) {
                        Ok(answer) if answer.status == 200 => {
                            mine.read.push(began.elapsed().as_secs_f64() * 1e3)
                        }
                        Ok(answer) => fault(format!("{path}: {} {}", answer.status, answer.body)),
                        Err(error) => return fault(format!("{path}: {error}")),
                    }
                    std::thread::sleep(pause);
                }
                keep(mine);
            });
        }
        for writer in 0..WRITERS {
            let (keep, fault, keys) = (&keep, &fault, &keys);
            scope.spawn(move || {
                let mut mine = Did::default();
                let Ok(mut client) = Client::new(port, "") else {
                    return fault("no connection".to_owned());
                };
                let mut at = writer;
                while Instant::now() < end {
                    let key = keys.get(at % keys.len().max(1)).map_or("", String::as_str);
                    let verdict = ["accept", "reject", "accept", "accept"][at / WRITERS % 4];
                    at += WRITERS;
                    let body = format!(r#"{{"claim": "{key}", "verdict": "{verdict}"}}"#);
                    let began = Instant::now();
                    match client.post("/api/decisions", &body) {
                        Ok(answer) if answer.status == 200 => {
                            mine.written.push(began.elapsed().as_secs_f64() * 1e3)
                        }
                        Ok(answer) => fault(format!("{body}: {} {}", answer.status, answer.body)),
                        Err(error) => return fault(format!("{body}: {error}")),
                    }
                    std::thread::sleep(pause);
                }
                keep(mine);
            });
        }
    });
    let did = did.into_inner().map_err(|_| "somebody panicked")?;
    let wrong = wrong.into_inner().map_err(|_| "somebody panicked")?;
    let after = newest(client)?;
    println!(
        "\n{READERS} read and {WRITERS} write for {} s, {} ms between",
        length.as_secs(),
        pause.as_millis()
    );
    let kept = did.written.len() as u64;
    let slow = told("read", did.read).max(told("written", did.written));
    println!(
        "errors: {}; decisions answered: {kept}; in the log: {}",
        wrong.len(),
        after - before
    );
    for what in wrong.iter().take(5) {
        println!("  {what}");
    }
    if !wrong.is_empty() || kept != after - before || slow > 250.0 {
        return Err("that is not what must hold".into());
    }
    Ok(())
}
