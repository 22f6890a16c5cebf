//! `svodka pack`: looks after packs.

use std::path::Path;

use crate::args::{Pack, PackCheck, PackCommand};
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use crate::setup;

/// Does what was asked.
pub fn run(arguments: &Pack) -> Result<u8, Problem> {
    match &arguments.command {
        PackCommand::Check(arguments) => check(arguments),
    }
}

fn check(arguments: &PackCheck) -> Result<u8, Problem> {
    let folder = arguments.folder.as_deref();
    let files = setup::pack(folder)?;
    // Mistakes that need no model are told even where there is none.
    let pack =
        svodka::Pack::load(&files).map_err(|mistakes| setup::pack_problem(folder, &mistakes))?;
    let engine = setup::load(arguments.model.as_deref(), folder, &files)?;
    let cases = svodka::cases(engine.pack());
    let mut output = Output::new(Sink::Plain);
    let mut broken = 0;
    for case in &cases {
        if let Err(found) = engine.check(case) {
            broken += 1;
            let place = folder.unwrap_or(Path::new("")).join(case.place());
            output.write(&format!(
                "{}: {}: {found}\n    {}\n",
                place.display(),
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
