//! The `svodka` program: a file for each command.
//!
//! This crate alone knows the command line, the environment, the clock and the terminal. It sees `svodka` and nothing
//! behind it.

mod args;
mod eval_dates;
mod evaluate;
mod explain;
mod files;
mod lines;
mod ocr;
mod output;
mod pack;
mod page;
mod problem;
mod progress;
mod project;
mod propose;
mod publish;
mod read;
mod serve;
mod setup;
mod timings;
mod user;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command};

/// Reading makes and drops many small things on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.write_global();
    let outcome = match &arguments.command {
        Command::Read(read) => read::run(read),
        Command::Explain(explain) => explain::run(explain),
        Command::Eval(eval) => evaluate::run(eval),
        Command::EvalDates(eval) => eval_dates::run(eval),
        Command::Pack(pack) => pack::run(pack),
        Command::Project(project) => project::run(project),
        Command::Serve(serve) => serve::run(serve),
        Command::Publish(publish) => publish::run(publish),
        Command::User(users) => user::run(users),
        Command::Completions(completions) => completions.print(),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(problem) => {
            problem.tell();
            ExitCode::from(problem.status())
        }
    }
}
