//! The desk without a screen: a command a line in, plain text out, so that it can be scripted.

use std::io::BufRead;

use super::command::Command;
use super::desk::{Answer, Desk};
use super::failed;
use crate::output::{self, Output, Sink};
use crate::problem::Problem;
use crate::project::count;

/// Reads commands until there are no more.
pub fn run(desk: &mut Desk<'_>) -> Result<(), Problem> {
    let mut output = Output::new(Sink::Plain);
    output
        .write("This is no terminal, so commands are read line by line; `help` lists them.\n\n")?;
    show(desk, &mut output)?;
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| Problem::unreadable("-".as_ref(), &error))?;
        output.write(&format!("> {line}\n"))?;
        let answer = match Command::read(&line) {
            Ok(command) => failed(desk.act(command))?,
            Err(wrong) => Answer::Said(wrong),
        };
        match answer {
            Answer::Said(words) => output.write(&format!("{}\n", words.trim_end()))?,
            Answer::Next(words) => {
                output.write(&words)?;
                output.write("\n")?;
                show(desk, &mut output)?;
            }
            Answer::End => break,
        }
        output.flush()?;
    }
    output.write(&format!("{} judged\n", count(desk.judged(), "claim")))?;
    output.finish()
}

fn show(desk: &Desk<'_>, output: &mut Output) -> Result<(), Problem> {
    output.write(&format!("{}\n", desk.place()))?;
    for row in desk.card(output::width()) {
        let line: String = row.iter().map(|(_, piece)| piece.as_str()).collect();
        output.write(&format!("{}\n", line.trim_end()))?;
    }
    output.flush()
}
