//! `svodka review`: a desk on which claims are judged, one after the other.

mod card;
mod command;
mod correct;
mod desk;
mod lines;
mod screen;

use std::io::IsTerminal;

use svodka::Pack;
use svodka::store::{Policy, Reader, StoreError};

use self::desk::Desk;
use super::args::Review;
use super::{audience, count, path, problem, stamp, today, writer};
use crate::output::{Output, Sink};
use crate::problem::Problem;
use crate::setup;

pub use self::command::admiralty;

/// Shows claims that nobody has judged and keeps what is said of them, until there are no more or the reader ends.
pub fn run(arguments: &Review) -> Result<u8, Problem> {
    let files = setup::pack(arguments.pack.as_deref())?;
    let pack = Pack::load(&files).map_err(|mistakes| setup::pack_problem(&mistakes))?;
    let path = path(&arguments.which)?;
    let policy = Policy {
        audience: audience(&arguments.which, &arguments.eyes, false)?,
        today: today(),
    };
    let open = || Reader::open(&path, policy);
    let now = || stamp(&arguments.doing);
    let writer = writer(&arguments.which, &arguments.doing, "reviewing claims")?;
    let mut desk = failed(Desk::new(
        &open,
        &now,
        writer,
        &pack,
        arguments.sieve.clone(),
    ))?;
    let on_screen = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    let done = if on_screen {
        screen::run(&mut desk)
    } else {
        lines::run(&mut desk)
    };
    let judged = desk.judged();
    let closed = desk.close();
    done?;
    closed.map_err(|error| problem(&error))?;
    if on_screen {
        let mut output = Output::new(Sink::Plain);
        output.write(&format!("{} judged\n", count(judged, "claim")))?;
        output.finish()?;
    }
    Ok(0)
}

fn failed<T>(result: Result<T, StoreError>) -> Result<T, Problem> {
    result.map_err(|error| problem(&error))
}
