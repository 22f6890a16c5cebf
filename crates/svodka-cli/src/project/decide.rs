//! `svodka decide`, `svodka relate`, `svodka undo`: what people judge.

use svodka::store::{ClaimKey, Relation, StoreError, Verdict, Writer};

use super::args::{Decide, Identity, Judgement, Relate, Undo};
use super::review::admiralty;
use super::{problem, stamp, writer};
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};

/// Judges a claim.
pub fn run(arguments: &Decide) -> Result<u8, Problem> {
    let claim: ClaimKey = arguments
        .claim
        .parse()
        .map_err(|error: String| Problem::new(Status::Usage, error))?;
    let value = arguments.value.clone().unwrap_or_default();
    let verdict = match arguments.judgement {
        Judgement::Accept => Verdict::Accept,
        Judgement::Reject => Verdict::Reject,
        Judgement::Grade => {
            Verdict::Grade(admiralty(&value).map_err(|wrong| Problem::new(Status::Usage, wrong))?)
        }
        Judgement::Note => Verdict::Note(value),
        Judgement::Correct => Verdict::Correct(serde_json::from_str(&value).map_err(|error| {
            Problem::new(Status::Usage, format!("the correction is no JSON: {error}"))
                .with_remedy(r#"write for example '{"roles": {"person": "Ivan Orlov"}}'"#)
        })?),
    };
    let mut writer = writer(&arguments.which, &arguments.doing, "judging a claim")?;
    let done = writer.decide(claim, verdict, &arguments.reason, &stamp(&arguments.doing));
    ended(writer, done, "decided")
}

/// Judges whether two names name one thing.
pub fn relate(arguments: &Relate) -> Result<u8, Problem> {
    let verdict = match arguments.judgement {
        Identity::Same => Relation::Same,
        Identity::Distinct => Relation::Distinct,
        Identity::Unsure => Relation::Unsure,
    };
    let mut writer = writer(&arguments.which, &arguments.doing, "judging names")?;
    let done = writer.find(&arguments.a).and_then(|a| {
        let b = writer.find(&arguments.b)?;
        writer.relate(&a, &b, verdict, &arguments.reason, &stamp(&arguments.doing))
    });
    ended(writer, done, "decided")
}

/// Takes an operation back.
pub fn undo(arguments: &Undo) -> Result<u8, Problem> {
    let mut writer = writer(&arguments.which, &arguments.doing, "undoing")?;
    let done = writer.undo(
        arguments.number,
        &arguments.reason,
        &stamp(&arguments.doing),
    );
    ended(writer, done, "undone")
}

/// Leaves the project in order, whether it went well or not, and says under which number the log has it.
pub fn ended(writer: Writer, done: Result<i64, StoreError>, word: &str) -> Result<u8, Problem> {
    let closed = writer.close();
    let number = done.map_err(|error| problem(&error))?;
    closed.map_err(|error| problem(&error))?;
    let mut output = Output::new(Sink::Plain);
    output.write(&format!("{word}; `svodka undo {number}` takes it back\n"))?;
    output.finish()?;
    Ok(0)
}
