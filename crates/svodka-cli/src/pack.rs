//! `svodka pack`: begins, tests and looks through packs.

use std::fs;
use std::path::Path;

use svodka::{Marked, Outcome, PackFile, Trial, tell};

use crate::args::{Pack, PackCommand, PackExplain, PackLint, PackNew, PackTest};
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use crate::setup;

/// Does what was asked.
pub fn run(arguments: &Pack) -> Result<u8, Problem> {
    match &arguments.command {
        PackCommand::New(arguments) => new(arguments),
        PackCommand::Test(arguments) => test(arguments),
        PackCommand::Explain(arguments) => explain(arguments),
        PackCommand::Lint(arguments) => lint(arguments),
    }
}

/// The files that a new pack begins with.
const TEMPLATE: [(&str, &str); 4] = [
    ("pack.toml", include_str!("../pack-template/pack.toml")),
    ("kinds.toml", include_str!("../pack-template/kinds.toml")),
    (
        "lists/property.toml",
        include_str!("../pack-template/lists/property.toml"),
    ),
    (
        "frames/ownership.toml",
        include_str!("../pack-template/frames/ownership.toml"),
    ),
];

fn new(arguments: &PackNew) -> Result<u8, Problem> {
    let folder = &arguments.folder;
    let unwritten = |path: &Path, error: &std::io::Error| {
        Problem::new(Status::Output, format!("{}: {error}", path.display()))
    };
    let taken = folder
        .read_dir()
        .is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        return Err(Problem::new(
            Status::Usage,
            format!("{} is not empty; nothing was written", folder.display()),
        )
        .with_remedy("name a folder that does not exist yet"));
    }
    let title = arguments.title.replace('\\', "\\\\").replace('"', "\\\"");
    for (path, text) in TEMPLATE {
        let path = folder.join(path);
        let inside = path.parent().unwrap_or(folder);
        fs::create_dir_all(inside).map_err(|error| unwritten(inside, &error))?;
        fs::write(&path, text.replace("{title}", &title))
            .map_err(|error| unwritten(&path, &error))?;
    }
    let mut output = Output::new(Sink::Plain);
    let place = folder.display();
    output.write(&format!(
        "{place} holds a pack with one kind of claim, ownership, and one rule. What to do with it:\n  \
         svodka pack test {place}              run the examples of its rules\n  \
         svodka pack lint {place}              look it through\n  \
         svodka read REPORT --pack {place}     read with it\n"
    ))?;
    output.finish()?;
    Ok(0)
}

fn lint(arguments: &PackLint) -> Result<u8, Problem> {
    let files = setup::pack(arguments.folder.as_deref())?;
    let pack = load(&files)?;
    let remarks = svodka::lint(&pack, &files);
    let mut output = Output::new(Sink::Plain);
    for remark in &remarks {
        output.write(&format!("{remark}\n"))?;
    }
    output.write(&match remarks.len() {
        0 => "nothing to remark\n".to_owned(),
        1 => "1 remark\n".to_owned(),
        number => format!("{number} remarks\n"),
    })?;
    output.finish()?;
    Ok(if remarks.is_empty() {
        0
    } else {
        Status::Data as u8
    })
}

/// The pack, or all its mistakes: they are told even where there is no model.
fn load(files: &[PackFile]) -> Result<svodka::Pack, Problem> {
    svodka::Pack::load(files).map_err(|mistakes| setup::pack_problem(&mistakes))
}

fn test(arguments: &PackTest) -> Result<u8, Problem> {
    let files = setup::pack(arguments.folder.as_deref())?;
    let pack = load(&files)?;
    let engine = setup::load(arguments.model.as_deref(), &files)?;
    let cases = svodka::cases(engine.pack());
    let mut output = Output::new(Sink::Plain);
    let mut broken = 0;
    for case in &cases {
        if let Err(found) = engine.check(case) {
            broken += 1;
            output.write(&format!(
                "{}: {}: {found}\n    {}\n",
                case.place(),
                case.frame,
                case.example.marked
            ))?;
        }
    }
    let frames: usize = pack.kinds.iter().map(|kind| kind.frames.len()).sum();
    let examples = cases.iter().filter(|case| case.found).count();
    output.write(&format!(
        "{} kinds, {frames} frames, {examples} examples, {} rejects: {}\n",
        pack.kinds.len(),
        cases.len() - examples,
        if broken == 0 {
            "all hold".to_owned()
        } else {
            format!("{broken} do not hold")
        }
    ))?;
    output.finish()?;
    Ok(if broken == 0 { 0 } else { Status::Data as u8 })
}

fn explain(arguments: &PackExplain) -> Result<u8, Problem> {
    let engine = setup::engine(&arguments.means)?;
    let frames = frames(engine.pack(), &arguments.frame)?;
    let sentence = engine.sentence(&arguments.sentence);
    let mut output = Output::new(Sink::Plain);
    output.write(&parse(&sentence))?;
    for frame in &frames {
        let trials = engine.why(frame, &sentence).unwrap_or_default();
        if trials.is_empty() && frames.len() == 1 {
            output.write(&format!("{frame}: none of its words stands here\n"))?;
        }
        for trial in &trials {
            output.write(&format!("{frame} {}\n", told(trial, &sentence)))?;
        }
    }
    output.finish()?;
    Ok(0)
}

/// The frames that are meant by `KIND/NAME` or `KIND`.
fn frames(pack: &svodka::Pack, meant: &str) -> Result<Vec<String>, Problem> {
    let all = pack.kinds.iter().flat_map(|kind| {
        let names = kind.frames.iter();
        names.map(move |frame| (kind.name.as_str(), format!("{}/{}", kind.name, frame.name)))
    });
    let of_kind = |kind: &str| -> Vec<String> {
        let frames = all.clone().filter(|(of, _)| *of == kind);
        frames.map(|(_, name)| name).collect()
    };
    let (kind, exact) = meant
        .split_once('/')
        .map_or((meant, false), |(kind, _)| (kind, true));
    let frames = of_kind(kind);
    match exact {
        false if !frames.is_empty() => return Ok(frames),
        true if frames.iter().any(|frame| frame == meant) => return Ok(vec![meant.to_owned()]),
        _ => {}
    }
    let remedy = if frames.is_empty() {
        let kinds: Vec<&str> = pack.kinds.iter().map(|kind| kind.name.as_str()).collect();
        format!("name one of the kinds {}", kinds.join(", "))
    } else {
        format!("name one of {}", frames.join(", "))
    };
    Err(Problem::new(Status::Usage, format!("the pack has no frame '{meant}'")).with_remedy(remedy))
}

/// The words with what they hang on, and the names and dates among them.
fn parse(sentence: &Marked) -> String {
    let reading = sentence.reading();
    let mut told = String::new();
    for (number, token) in reading.parse.tokens.iter().enumerate() {
        let name = reading
            .mentions
            .iter()
            .find(|name| name.span.contains(token.span));
        let date = reading
            .dates
            .iter()
            .find(|date| date.span.contains(token.span));
        let known = name.map(|name| name.kind.code().to_owned());
        let known = known.or_else(|| date.map(|date| date.value.to_string()));
        let head = &reading.parse.tokens[token.head];
        let head = match token.head == number {
            true => "",
            false => head.span.of(reading.text),
        };
        told += format!(
            "  {:<16} {:<16} {:<6} {:<10} {head:<16} {}",
            visible(token.span.of(reading.text)),
            visible(&token.lemma),
            token.pos,
            token.dep,
            known.unwrap_or_default()
        )
        .trim_end();
        told.push('\n');
    }
    told
}

/// A word in one line: line breaks and tabs show as what they are.
fn visible(word: &str) -> String {
    word.replace('\n', "⏎").replace('\t', "⇥")
}

/// What came of trying a frame at one place, in words.
pub fn told(trial: &Trial, sentence: &Marked) -> String {
    let text = sentence.reading().text;
    let outcome = match &trial.outcome {
        Outcome::Found(claim) => {
            let told = tell(claim, text);
            return format!(
                "finds {}",
                told.split_once(' ').map_or("", |(_, rest)| rest)
            );
        }
        Outcome::PartOfSpeech(part) => {
            format!("its `pos` does not allow {part}, which the parser takes the word for")
        }
        Outcome::NotIntroduced => "it asks for a list that its words introduce".to_owned(),
        Outcome::Unless(number) => format!("path {} of its `unless` leads somewhere", number + 1),
        Outcome::When(number) => format!("path {} of its `when` leads nowhere", number + 1),
        Outcome::Role(role) => format!("nothing fits where its path for the role '{role}' leads"),
        Outcome::Alike => "the same thing would fill two roles, or nothing any".to_owned(),
        Outcome::Behind(Some(frame)) => format!("{frame}, which is tried before it, found a claim"),
        Outcome::Behind(None) => "it only repeats another claim".to_owned(),
        Outcome::Silent => {
            "the words stand in a name, a date or a part that claims nothing".to_owned()
        }
    };
    format!("finds nothing at \"{}\": {outcome}", trial.trigger.of(text))
}
