//! `svodka eval`: how right is it?

use std::path::{Path, PathBuf};

use svodka::eval::{Change, Floors, Gold, HipeCounts, HipeDocument, Meta, Scores, score};
use svodka::{Contract, Edtf, Engine, ReadOptions};

use crate::args::Eval;
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use crate::{files, setup};

/// Measures gold documents, or holds them against their floors.
pub fn run(arguments: &Eval) -> Result<u8, Problem> {
    let engine = setup::engine(&arguments.means)?;
    let mut output = Output::new(Sink::Plain);
    let status = match (&arguments.ratchet, &arguments.hipe) {
        (Some(floors), _) => ratchet(&engine, floors, arguments.raise, &mut output)?,
        (None, Some(file)) => hipe(&engine, file, arguments, &mut output)?,
        (None, None) => figures(&engine, arguments, &mut output)?,
    };
    output.finish()?;
    Ok(status)
}

fn figures(engine: &Engine, arguments: &Eval, output: &mut Output) -> Result<u8, Problem> {
    let several = arguments.stems.len() > 1;
    for (index, stem) in arguments.stems.iter().enumerate() {
        let measured = measure(engine, stem, arguments.date.as_ref())?;
        if arguments.json {
            output.write(&(serde_json::to_string(&measured.scores).unwrap_or_default() + "\n"))?;
            continue;
        }
        if several {
            output.write(&format!(
                "{}{}\n",
                if index > 0 { "\n" } else { "" },
                stem.display()
            ))?;
        }
        output.write(&measured.scores.table())?;
        if arguments.errors {
            output.write(&measured.errors())?;
        }
    }
    Ok(0)
}

/// One gold document, measured.
struct Measured {
    gold: Gold,
    contract: Contract,
    scores: Scores,
}

impl Measured {
    /// The claims missed and the claims that are not in the gold.
    fn errors(&self) -> String {
        let short = |words: &str| {
            words
                .replace('\n', " ")
                .chars()
                .take(140)
                .collect::<String>()
        };
        let missed = self.scores.missed.iter().map(|&index| {
            let claim = &self.gold.claims[index];
            let roles = serde_json::to_string(&claim.roles).unwrap_or_default();
            format!(
                "MISSED   {} {roles} | {}\n",
                claim.kind,
                short(&claim.evidence)
            )
        });
        let spurious = self.scores.spurious.iter().map(|&index| {
            let claim = &self.contract.claims[index];
            let roles: Vec<String> = claim
                .roles
                .iter()
                .flat_map(|(role, fillers)| {
                    fillers
                        .iter()
                        .map(move |filler| format!("{role}={}", filler.text))
                })
                .collect();
            format!(
                "SPURIOUS {} {} [{}] | {}\n",
                claim.kind,
                roles.join("; "),
                claim.frame,
                short(&claim.evidence.text)
            )
        });
        missed.chain(spurious).collect()
    }
}

fn measure(engine: &Engine, stem: &Path, date: Option<&Edtf>) -> Result<Measured, Problem> {
    let beside = |ending: &str| {
        let mut path = stem.as_os_str().to_owned();
        path.push(ending);
        PathBuf::from(path)
    };
    let unsound = |what: String| Problem::new(Status::Data, format!("{}: {what}", stem.display()));
    let text = files::document(&beside(".txt"), None)?;
    let marked = files::own(&beside(".mentions.txt"))?;
    let claims = files::own(&beside(".claims.jsonl"))?;
    let gold =
        Gold::parse(&text.text, &marked, &claims).map_err(|error| unsound(error.to_string()))?;
    let date = match date {
        Some(date) => Some(date.clone()),
        None if beside(".meta.json").exists() => {
            let meta = Meta::parse(&files::own(&beside(".meta.json"))?)
                .map_err(|error| unsound(error.to_string()))?;
            meta.date
        }
        None => None,
    };
    let options = ReadOptions {
        date,
        source: beside(".txt").display().to_string(),
    };
    let contract = engine.read(text, &options).contract();
    let scores = score(&gold, &contract).map_err(|error| unsound(error.to_string()))?;
    Ok(Measured {
        gold,
        contract,
        scores,
    })
}

/// Holds the names of newspapers against those that a HIPE file marks.
fn hipe(
    engine: &Engine,
    path: &Path,
    arguments: &Eval,
    output: &mut Output,
) -> Result<u8, Problem> {
    let unsound = |what: String| Problem::new(Status::Data, format!("{}: {what}", path.display()));
    let documents =
        HipeDocument::parse(&files::own(path)?).map_err(|error| unsound(error.to_string()))?;
    let titles = &engine.pack().names.titles;
    let mut counts = HipeCounts::default();
    for document in &documents {
        let options = ReadOptions {
            date: arguments.date.as_ref().or(document.date.as_ref()).cloned(),
            source: format!("{}#{}", path.display(), document.id),
        };
        let text = svodka::ingest(document.text.as_bytes(), Some("utf-8"))
            .map_err(|error| Problem::not_text(path, &error))?;
        let contract = engine.read(text, &options).contract();
        counts.count(document, &contract, &|word| titles.contains(word));
    }
    let scores = counts.scores();
    if arguments.json {
        output.write(&(serde_json::to_string(&scores).unwrap_or_default() + "\n"))?;
    } else {
        for (name, figure) in &scores {
            output.write(&format!("{name:28} {figure}\n"))?;
        }
    }
    Ok(0)
}

/// Holds the gold documents beside the file of floors against it.
fn ratchet(engine: &Engine, path: &Path, raise: bool, output: &mut Output) -> Result<u8, Problem> {
    let mut floors = match path.exists() || !raise {
        true => Floors::parse(&files::own(path)?)
            .map_err(|error| Problem::new(Status::Data, format!("{}: {error}", path.display())))?,
        false => Floors::default(),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let names = documents(folder)?;
    let mut changes: Vec<Change> = Vec::new();
    for name in &names {
        let measured = measure(engine, &folder.join(name), None)?;
        changes.extend(floors.compare(name, &measured.scores));
    }
    for change in &changes {
        output.write(&format!("{change}\n"))?;
    }
    let falls = changes.iter().filter(|change| change.is_fall()).count();
    let rises = changes.len() - falls;
    if raise && rises > 0 {
        floors.lift(&changes);
        std::fs::write(path, floors.to_toml()).map_err(|error| Problem::unwritable(&error))?;
    }
    let what_rose = match (rises, raise) {
        (0, _) => "",
        (_, true) => "; what rose is written down as the new floor",
        (_, false) => "; write what rose down with --raise",
    };
    let told = format!(
        "{} gold documents: {falls} figures fell, {rises} rose{what_rose}\n",
        names.len()
    );
    output.write(&told)?;
    Ok(if falls == 0 { 0 } else { Status::Data as u8 })
}

/// The names of the gold documents in a folder, in alphabetical order.
fn documents(folder: &Path) -> Result<Vec<String>, Problem> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let entries = folder
        .read_dir()
        .map_err(|error| Problem::unreadable(folder, &error))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".mentions.txt").map(str::to_owned))
        .collect();
    names.sort();
    Ok(names)
}
