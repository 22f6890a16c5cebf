//! `svodka init`, `svodka check`, `svodka backup`: the file itself.

use svodka::store::{self, Init as Begun, Soundness, Writer};

use super::args::{Backup, Init, Plain};
use super::policy::of_pack;
use super::{PATIENCE, count, path, problem, session, stamp};
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};

/// Makes a project.
pub fn init(arguments: &Init) -> Result<u8, Problem> {
    let mut file = arguments.name.clone();
    if file.extension().is_none_or(|end| end != "svodka") {
        file.as_mut_os_string().push(".svodka");
    }
    let name = file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let begun = Begun {
        name,
        rule: Some(of_pack(arguments.pack.as_deref())?),
    };
    let made = Writer::create(
        &file,
        begun,
        &session("beginning the project"),
        &stamp(&arguments.doing),
    );
    made.and_then(Writer::close)
        .map_err(|error| problem(&error))?;
    say(&format!(
        "{} is ready; `svodka add PATH` puts reports into it\n",
        file.display()
    ))
}

/// Looks a project through.
pub fn check(arguments: &Plain) -> Result<u8, Problem> {
    let soundness =
        Soundness::of(&path(&arguments.which)?, PATIENCE).map_err(|error| problem(&error))?;
    if let [first, rest @ ..] = soundness.findings.as_slice() {
        let mut what = format!("the project is damaged: {first}");
        for finding in rest {
            what += &format!("\n        {finding}");
        }
        return Err(
            Problem::new(Status::Data, what).with_remedy("take out your last `svodka backup`")
        );
    }
    say(&format!(
        "sound: {} and {} follow from {} of the log\n",
        count(soundness.reports, "report"),
        count(soundness.claims, "claim"),
        match soundness.operations {
            1 => "1 entry".to_owned(),
            number => format!("{number} entries"),
        },
    ))
}

/// Copies a project.
pub fn backup(arguments: &Backup) -> Result<u8, Problem> {
    let from = path(&arguments.which)?;
    store::backup(&from, &arguments.to, PATIENCE).map_err(|error| problem(&error))?;
    say(&format!(
        "{} is copied to {}\n",
        from.display(),
        arguments.to.display()
    ))
}

fn say(text: &str) -> Result<u8, Problem> {
    let mut output = Output::new(Sink::Plain);
    output.write(text)?;
    output.finish()?;
    Ok(0)
}
