//! `svodka eval-dates`: are the dates of marked texts right?

use std::path::{Path, PathBuf};

use svodka::eval::{DateCounts, DateScores, TimeMl, score_dates};
use svodka::{Edtf, Engine, ReadOptions};

use crate::args::EvalDates;
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use crate::{files, setup};

/// The endings of the files that are read from a folder.
const ENDINGS: [&str; 5] = ["tml", "timeml", "xml", "sgm", "sgml"];

/// Measures the dates of each text, and of all.
pub fn run(arguments: &EvalDates) -> Result<u8, Problem> {
    let engine = setup::engine(&arguments.means)?;
    let mut output = Output::new(Sink::Plain);
    let mut sum = DateCounts::default();
    let mut texts = Vec::new();
    for path in paths(&arguments.texts)? {
        let (text, counts) = measure(&engine, &path, arguments.date.as_ref())?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if arguments.json {
            texts.push(serde_json::json!({"text": name, "figures": counts.scores()}));
        } else {
            output.write(&line(&name, &counts.scores()))?;
        }
        if arguments.errors {
            output.write(&errors(&text, &counts))?;
        }
        sum.add(&counts);
    }
    let scores = sum.scores();
    if arguments.json {
        let all = serde_json::json!({"texts": texts, "sum": scores});
        output.write(&format!("{all}\n"))?;
    } else {
        let rows = [
            ("dates found", scores.found),
            ("dates value", scores.value),
            ("dates value exact", scores.exact),
        ];
        for (name, figure) in rows {
            output.write(&format!("{name:28} {figure}\n"))?;
        }
    }
    output.finish()?;
    Ok(0)
}

fn line(name: &str, scores: &DateScores) -> String {
    let DateScores {
        found,
        value,
        exact,
    } = scores;
    format!(
        "{name:28} found {:.3}  value {:.3}  exact {:.3}   ({} of {} expressions, {} given)\n",
        found.f1, value.f1, exact.f1, found.right, found.gold, found.given
    )
}

/// What is missed, wrong or spurious, with the words before it.
fn errors(text: &TimeMl, counts: &DateCounts) -> String {
    let characters: Vec<char> = text.text.chars().collect();
    let words = |from: usize, to: usize| -> String {
        let words = &characters[from.min(to)..to.min(characters.len())];
        words
            .iter()
            .map(|&c| if c.is_whitespace() { ' ' } else { c })
            .collect()
    };
    let error = |error: &svodka::eval::DateError| {
        let what = match (&error.meant, &error.given) {
            (Some(meant), Some(given)) => format!("VALUE    {given} instead of {meant}"),
            (Some(meant), None) => format!("MISSED   {meant}"),
            (None, given) => format!("SPURIOUS {}", given.as_deref().unwrap_or_default()),
        };
        let before = words(error.start.saturating_sub(60), error.start);
        format!("{what} | {before}[{}]\n", words(error.start, error.end))
    };
    counts.errors.iter().map(error).collect()
}

fn measure(
    engine: &Engine,
    path: &Path,
    date: Option<&Edtf>,
) -> Result<(TimeMl, DateCounts), Problem> {
    let unsound = |what: String| Problem::new(Status::Data, format!("{}: {what}", path.display()));
    let text = TimeMl::parse(&files::own(path)?).map_err(|error| {
        unsound(error.to_string()).with_remedy("it must be TimeML or have TIMEX2 marks")
    })?;
    let options = ReadOptions {
        date: date.or(text.day.as_ref()).cloned(),
        source: path.display().to_string(),
    };
    let words = svodka::ingest(text.text.as_bytes(), Some("utf-8"))
        .map_err(|error| Problem::not_text(path, &error))?;
    let contract = engine.read(words, &options).contract();
    let counts = score_dates(&text, &contract);
    Ok((text, counts))
}

/// The files named, and those in the folders named, in alphabetical order.
fn paths(named: &[PathBuf]) -> Result<Vec<PathBuf>, Problem> {
    let mut paths = Vec::new();
    for path in named {
        if !path.is_dir() {
            paths.push(path.clone());
            continue;
        }
        let entries = path
            .read_dir()
            .map_err(|error| Problem::unreadable(path, &error))?;
        let mut inside: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|file| {
                let ending = file.extension().unwrap_or_default().to_string_lossy();
                ENDINGS.contains(&ending.to_lowercase().as_str())
            })
            .collect();
        if inside.is_empty() {
            let endings = ENDINGS.map(|ending| format!(".{ending}")).join(", ");
            let what = format!("{}: no file in it ends in {endings}", path.display());
            return Err(Problem::new(Status::NoInput, what));
        }
        inside.sort();
        paths.append(&mut inside);
    }
    Ok(paths)
}
