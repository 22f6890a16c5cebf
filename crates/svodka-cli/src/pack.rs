//! `svodka pack`: begins, tests and looks through packs.

use std::fs;
use std::path::Path;

use svodka::PackFile;

use crate::args::{Pack, PackCommand, PackLint, PackNew, PackTest};
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use crate::setup;

/// Does what was asked.
pub fn run(arguments: &Pack) -> Result<u8, Problem> {
    match &arguments.command {
        PackCommand::New(arguments) => new(arguments),
        PackCommand::Test(arguments) => test(arguments),
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
