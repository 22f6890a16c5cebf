//! `svodka add`: files in, reports kept, one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use svodka::store::{Added, NewReport, Placed, StoreError};
use svodka::views::TeiError;
use svodka::{Engine, Intake, Metadata, SIDECARS};

use super::args::Add;
use super::{count, path, problem, stamp, writer};
use crate::ocr::Ocr;
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use crate::progress::Progress;
use crate::propose::Proposer;
use crate::{files, setup};

/// What became of one file.
enum Read {
    Known,
    /// Its report, or those of a ZIP with what could not be read of it.
    Reports(Vec<NewReport>, Vec<Problem>),
}

/// What became of all.
#[derive(Default)]
struct Tally {
    new: usize,
    versions: usize,
    known: usize,
    claims: usize,
    /// What could not be read, each with its file.
    refused: Vec<Value>,
    carried: usize,
    /// Decisions that lost their claim, with the report's label.
    stranded: Vec<(String, Placed)>,
}

/// Reads the files on all processors and keeps them one by one, in their order. A file that is no report is told and counted; the others
/// are kept.
pub fn run(arguments: &Add) -> Result<u8, Problem> {
    let begun = Timestamp::now();
    let project = path(&arguments.which)?;
    let listed = match &arguments.manifest {
        Some(list) => listed(list)?,
        None => BTreeMap::new(),
    };
    let mut writer = writer(&arguments.which, &arguments.doing, "adding reports")?;
    let known = writer.bytes_known().map_err(|error| problem(&error))?;
    let mut tally = Tally::default();
    let mut found = Vec::new();
    for path in &arguments.paths {
        match gathered(path) {
            Ok(files) => found.extend(files),
            Err(problem) => {
                problem.tell();
                tally.refuse(path, &problem);
            }
        }
    }
    if arguments.paths.is_empty() {
        found.extend(listed.keys().cloned());
    }
    if let Some(list) = &arguments.manifest {
        // A list that lies among the reports is none of them.
        let list = whole(list);
        found.retain(|file| whole(file) != list);
        unlisted(&listed, &found);
    }
    let proposer = Proposer::new(&arguments.propose)?;
    let engine = setup::engine(&arguments.means)?;
    let project = std::path::absolute(&project).unwrap_or(project);
    let project = project.canonicalize().unwrap_or(project);
    let mut progress = Progress::new(found.len(), false);
    let mut broken: Option<StoreError> = None;
    svodka::in_order(
        &found,
        |file| {
            let said = listed.get(&whole(file));
            let with = (&engine, proposer.as_ref());
            (file, read(with, &project, file, said, &known, arguments))
        },
        |(file, result)| {
            let kept = match result {
                Ok(Read::Known) => {
                    tally.known += 1;
                    Ok(())
                }
                Ok(Read::Reports(reports, refused)) => {
                    for problem in refused {
                        progress.aside(|| problem.tell());
                        tally.refuse(file, &problem);
                    }
                    reports.into_iter().try_for_each(|report| {
                        let label = report.label.clone();
                        writer
                            .add(report, &stamp(&arguments.doing))
                            .map(|added| tally.note(label, added))
                    })
                }
                Err(problem) => {
                    progress.aside(|| problem.tell());
                    tally.refuse(file, &problem);
                    Ok(())
                }
            };
            progress.step();
            match kept {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    broken = Some(error);
                    ControlFlow::Break(())
                }
            }
        },
    );
    drop(progress);
    let closed = writer.close();
    let seconds = Timestamp::now().duration_since(begun).as_millis_f64() / 1000.0;
    let summary = tally.summary(broken.as_ref(), seconds);
    if let Some(path) = &arguments.summary {
        std::fs::write(path, format!("{summary:#}\n"))
            .map_err(|error| Problem::unwritable(&error))?;
    }
    let mut output = Output::new(Sink::Plain);
    if arguments.json {
        output.write(&format!("{summary:#}\n"))?;
    } else {
        output.write(&tally.told(broken.is_none()))?;
    }
    output.finish()?;
    if let Some(error) = broken {
        return Err(problem(&error));
    }
    closed.map_err(|error| problem(&error))?;
    let proposed = proposer.map_or(0, |proposer| proposer.tell());
    Ok(if !tally.refused.is_empty() {
        Status::Data as u8
    } else {
        proposed
    })
}

fn read(
    (engine, proposer): (&Engine, Option<&Proposer>),
    project: &Path,
    file: &Path,
    said: Option<&Metadata>,
    known: &BTreeMap<String, String>,
    arguments: &Add,
) -> Result<Read, Problem> {
    let bytes = files::bytes(file)?;
    if known.contains_key(&svodka::sha256(&bytes)) {
        return Ok(Read::Known);
    }
    // A reading that was written out is taken as it is, not made anew.
    match svodka::brought(&bytes) {
        Some(Ok(reports)) => return Ok(Read::Reports(reports, Vec::new())),
        Some(Err(error)) => return Err(changed(file, &error)),
        None => {}
    }
    let path = file.canonicalize().unwrap_or_else(|_| file.to_path_buf());
    let label = svodka::label(project, &path);
    let encoding = arguments.encoding.as_deref();
    let intake = match files::intake_of(file, &bytes, encoding, said) {
        Err(problem) if problem.code() == Some(SCAN) => {
            scan(file, &bytes, problem, said, arguments)?
        }
        other => other?,
    };
    let within = |entry: &str| format!("{label}#{entry}");
    let reports = intake.documents.into_iter().map(|document| {
        let entry = document.entry.as_deref();
        let label = entry.map_or_else(|| label.clone(), within);
        engine.report(
            &label,
            document,
            arguments.date.clone(),
            &mut |reading, contract| {
                if let Some(proposer) = proposer {
                    proposer.extend(reading, engine, contract);
                }
            },
        )
    });
    let refused = intake.refused.iter();
    let refused = refused
        .map(|it| Problem::not_text(&PathBuf::from(within(&it.entry)), &it.error))
        .collect();
    Ok(Read::Reports(reports.collect(), refused))
}

/// Why TEI of ours is not taken back.
fn changed(file: &Path, error: &TeiError) -> Problem {
    Problem::new(Status::Data, format!("{}: {error}", file.display())).with_remedy(
        "the claims in this TEI no longer stand on its text; export it anew, or take its `idno` of type `svodka` out to have its text read",
    )
}

/// The code of a scan without text.
const SCAN: &str = "ingest/scan";

/// What a scan brings once it has been read, or the command that would read it.
fn scan(
    file: &Path,
    bytes: &[u8],
    problem: Problem,
    said: Option<&Metadata>,
    arguments: &Add,
) -> Result<Intake, Problem> {
    if !arguments.ocr {
        let whole = file.with_extension("");
        return Err(problem.with_remedy(format!(
            "give --ocr, or have it read yourself and add what comes out: ocrmypdf -l eng '{}' '{}-read.pdf'",
            file.display(),
            whole.display()
        )));
    }
    let ocr = Ocr {
        language: arguments.ocr_language.clone(),
        limit: Duration::from_secs(arguments.ocr_time),
    };
    let read = ocr.read(file)?;
    let mut intake = files::intake_of(file, &read, None, said)?;
    for document in &mut intake.documents {
        // It is the scan that is kept, and known again.
        document.sha256 = svodka::sha256(bytes);
    }
    Ok(intake)
}

/// The files that a manifest lists, as paths from its own folder, with what it says of each.
fn listed(list: &Path) -> Result<BTreeMap<PathBuf, Metadata>, Problem> {
    let told =
        svodka::manifest(&files::bytes(list)?).map_err(|error| Problem::not_text(list, &error))?;
    let folder = list.parent().unwrap_or(Path::new(""));
    let named = told.into_iter();
    Ok(named
        .map(|(name, said)| (whole(&folder.join(name)), said))
        .collect())
}

/// A path by which a file is the same however it was named.
fn whole(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    path.canonicalize().unwrap_or_else(|_| absolute())
}

/// Tells of lines of a manifest that name none of the files: most often a slip in a name.
fn unlisted(listed: &BTreeMap<PathBuf, Metadata>, found: &[PathBuf]) {
    let found: BTreeSet<PathBuf> = found.iter().map(|file| whole(file)).collect();
    let lost: Vec<&PathBuf> = listed
        .keys()
        .filter(|path| !found.contains(*path))
        .collect();
    if let [first, ..] = lost.as_slice() {
        let what = format!(
            "{} of the manifest is about none of the files given, such as {}",
            count(lost.len(), "line"),
            first.display()
        );
        Problem::new(Status::Data, what).tell();
    }
}

impl Tally {
    fn refuse(&mut self, file: &Path, problem: &Problem) {
        let mut told = problem.told();
        told["file"] = json!(file.display().to_string());
        self.refused.push(told);
    }

    /// All that became of the files, for other programs.
    fn summary(&self, broken: Option<&StoreError>, seconds: f64) -> Value {
        let stranded = self.stranded.iter().map(|(label, decision)| {
            json!({"report": label, "operation": decision.operation, "verdict": decision.verdict, "standing": decision.standing})
        });
        json!({
            "added": self.new,
            "new_versions": self.versions,
            "unchanged": self.known,
            "claims": self.claims,
            "refused": self.refused,
            "decisions_carried_over": self.carried,
            "decisions_not_carried_over": stranded.collect::<Vec<_>>(),
            "broke_off": broken.map(ToString::to_string),
            "seconds": seconds,
        })
    }

    fn note(&mut self, label: String, added: Added) {
        match added {
            Added::Same(_) => self.known += 1,
            Added::New(claims) => {
                self.new += 1;
                self.claims += claims;
            }
            Added::Version {
                claims, decisions, ..
            } => {
                self.versions += 1;
                self.claims += claims;
                for decision in decisions {
                    if decision.standing == "claim" {
                        self.carried += 1;
                    } else {
                        self.stranded.push((label.clone(), decision));
                    }
                }
            }
        }
    }

    fn told(&self, ended: bool) -> String {
        let mut read = vec![];
        if self.new > 0 {
            read.push(format!("{} added", count(self.new, "report")));
        }
        if self.versions > 0 {
            read.push(format!(
                "{} of reports that changed",
                count(self.versions, "new version")
            ));
        }
        let claims = count(self.claims, "claim");
        let mut parts = vec![if read.is_empty() {
            "nothing new".to_owned()
        } else {
            format!("{} with {claims}", read.join(" and "))
        }];
        if self.known > 0 {
            parts.push(format!("{} there already", self.known));
        }
        if !self.refused.is_empty() {
            parts.push(format!("{} not read", self.refused.len()));
        }
        if !ended {
            parts.push("then it broke off".to_owned());
        }
        let mut told = parts.join("; ") + "\n";
        if self.carried > 0 {
            told += &format!("{} carried over\n", count(self.carried, "decision"));
        }
        told + &stranded(&self.stranded)
    }
}

/// The decisions that lost their claim, one a line.
pub fn stranded(decisions: &[(String, Placed)]) -> String {
    let mut told = String::new();
    for (label, decision) in decisions {
        let why = match decision.standing.as_str() {
            "words" => "the words still stand, but nothing is claimed by them",
            _ => "the words are gone",
        };
        told += &format!(
            "not carried over: {} (operation {}) in {label}: “{}”: {why}\n",
            decision.verdict, decision.operation, decision.quote
        );
    }
    told
}

/// The files that a path means: itself, all files of a folder save hidden ones and projects, or what fits a pattern.
fn gathered(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    if path.is_dir() {
        let mut files = Vec::new();
        walk(path, &mut files)?;
        return Ok(files);
    }
    let pattern = path.to_string_lossy();
    if path.exists() || !pattern.contains(['*', '?', '[']) {
        return Ok(vec![path.to_path_buf()]);
    }
    let wrong = |error: &dyn std::fmt::Display| {
        Problem::new(
            Status::Usage,
            format!("{pattern}: this pattern cannot be understood: {error}"),
        )
    };
    let mut found = Vec::new();
    for file in glob::glob(&pattern)
        .map_err(|error| wrong(&error))?
        .flatten()
    {
        if file.is_file() {
            found.push(file);
        }
    }
    if found.is_empty() {
        return Err(Problem::new(
            Status::NoInput,
            format!("{pattern}: no file fits this pattern"),
        ));
    }
    Ok(found)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let unreadable = |error: std::io::Error| Problem::unreadable(folder, &error);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?.path());
    }
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // What a sidecar says belongs to the report beside it.
        let ours = [
            ".svodka",
            ".svodka-wal",
            ".svodka-shm",
            ".svodka-users",
            ".svodka-audit",
        ]
        .iter()
        .chain(&SIDECARS)
        .any(|end| name.ends_with(end));
        if name.starts_with('.') || ours {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            walk(&path, files)?;
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}
