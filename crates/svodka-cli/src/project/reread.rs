//! `svodka reread`: the reports of a project by another program, pack or model.

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;

use svodka::store::{Change, Kept, StoreError};
use svodka::{ClaimOut, Contract};

use super::add::stranded;
use super::args::Reread;
use super::{count, problem, stamp, writer};
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use crate::progress::Progress;
use crate::setup;

/// How many claims are shown of each report, gained or lost.
const SHOWN: usize = 5;

/// Reads the reports again, shows the claims gained and lost, and keeps the new readings if that is wanted.
pub fn run(arguments: &Reread) -> Result<u8, Problem> {
    let mut writer = writer(&arguments.which, &arguments.doing, "reading reports again")?;
    let engine = setup::engine(&arguments.means)?;
    let told = |error: StoreError| problem(&error);
    let by = (!arguments.all).then(|| engine.provenance());
    let labels = writer.labels_read_otherwise(by).map_err(told)?;
    let mut output = Output::new(Sink::Plain);
    if labels.is_empty() {
        output.write("nothing to do: every report was read by this program, pack and model\n")?;
        output.finish()?;
        return writer.close().map(|()| 0).map_err(told);
    }
    let mut progress = Progress::new(labels.len(), std::io::stdout().is_terminal());
    let (mut gained, mut lost, mut changed) = (0, 0, 0);
    // Kept as the bytes that will be written: a tenth of what the values take.
    let mut readings: Vec<(String, Vec<u8>)> = Vec::new();
    let mut broken: Option<Problem> = None;
    let old = |label: &String| (label.clone(), writer.reading(label));
    svodka::in_order(
        labels.iter().map(old),
        |(label, kept)| {
            kept.map(|(old, date)| {
                let new = engine.reread(&old, date);
                let bytes = serde_json::to_vec(&new).unwrap_or_default();
                (label.clone(), Change::between(&label, &old, &new), bytes)
            })
        },
        |read| {
            let shown = read.map_err(told).and_then(|(label, change, bytes)| {
                gained += change.gained.len();
                lost += change.lost.len();
                changed += change.changed;
                readings.push((label.clone(), bytes));
                output.write(&difference(&label, &change))
            });
            progress.step();
            match shown {
                Ok(()) => ControlFlow::Continue(()),
                Err(problem) => {
                    broken = Some(problem);
                    ControlFlow::Break(())
                }
            }
        },
    );
    drop(progress);
    if let Some(problem) = broken {
        return Err(problem);
    }
    output.write(&format!(
        "{} read again: {} gained, {} lost, {} with another date, certainty or source\n",
        count(readings.len(), "report"),
        count(gained, "claim"),
        count(lost, "claim"),
        count(changed, "claim"),
    ))?;
    output.flush()?;
    if arguments.dry_run || !(arguments.yes || confirmed()?) {
        output.write("nothing was kept\n")?;
        output.finish()?;
        return writer.close().map(|()| 0).map_err(told);
    }
    let (mut kept, mut outdated) = (0, 0);
    let mut left = Vec::new();
    for (label, bytes) in readings {
        let contract: Contract = serde_json::from_slice(&bytes)
            .map_err(|error| Problem::new(Status::Data, format!("{label}: {error}")))?;
        match writer
            .reread(
                &label,
                &contract,
                engine.provenance(),
                &stamp(&arguments.doing),
            )
            .map_err(told)?
        {
            Kept::Kept(decisions) => {
                kept += 1;
                let gone = decisions
                    .into_iter()
                    .filter(|decision| decision.standing != "claim");
                left.extend(gone.map(|decision| (label.clone(), decision)));
            }
            Kept::Outdated => outdated += 1,
        }
    }
    writer.close().map_err(told)?;
    output.write(&format!("{} kept\n", count(kept, "reading")))?;
    if outdated > 0 {
        output.write(&format!(
            "{} changed meanwhile and left as they are\n",
            count(outdated, "report")
        ))?;
    }
    output.write(&stranded(&left))?;
    output.finish()?;
    Ok(0)
}

fn difference(label: &str, change: &Change) -> String {
    if change.gained.is_empty() && change.lost.is_empty() {
        return String::new();
    }
    let mut told = format!("{label}\n");
    for (sign, claims) in [("+", &change.gained), ("-", &change.lost)] {
        for claim in claims.iter().take(SHOWN) {
            told += &format!("  {sign} {}: {}\n", claim.kind, quoted(claim));
        }
        if claims.len() > SHOWN {
            told += &format!("  {sign} and {} more\n", claims.len() - SHOWN);
        }
    }
    told
}

fn quoted(claim: &ClaimOut) -> String {
    let words: Vec<&str> = claim.evidence.text.split_whitespace().collect();
    format!("“{}”", words.join(" "))
}

/// Asks, if there is somebody to ask.
fn confirmed() -> Result<bool, Problem> {
    if !std::io::stdin().is_terminal() {
        let what = "nobody can be asked whether to keep the new readings";
        return Err(Problem::new(Status::Usage, what)
            .with_remedy("give --yes to keep them, or --dry-run to only look"));
    }
    // If the question cannot be written, the answer is no.
    let _ = write!(anstream::stderr(), "Keep the new readings? [y/N] ");
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    Ok(read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes"))
}
