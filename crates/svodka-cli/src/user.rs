//! `svodka user`: who may come in from other machines.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal;

use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use crate::serve::{Accounts, Role, User, digest};

/// `svodka user`
#[derive(Debug, Args)]
pub struct Users {
    /// The project's file
    #[arg(long, value_name = "FILE", env = "SVODKA_PROJECT", global = true)]
    project: Option<PathBuf>,
    #[command(subcommand)]
    what: What,
}

/// What is done with accounts.
#[derive(Debug, Subcommand)]
enum What {
    /// Give somebody an account; the password is asked for, or read from standard input
    Add {
        /// By what name the log will know them
        name: String,
        /// What they may do: reader (read), reviewer (judge claims and names as well), owner (everything)
        #[arg(long, value_enum, default_value_t = Role::Reader)]
        role: Role,
    },
    /// List the accounts
    List,
    /// Take an account away; who is signed in is out at once
    Remove {
        /// Whose
        name: String,
    },
    /// Give somebody another role
    Role {
        /// Whom
        name: String,
        /// Which
        role: Role,
    },
    /// Give somebody another password
    Password {
        /// Whom
        name: String,
    },
}

/// Does what was asked.
pub fn run(arguments: &Users) -> Result<u8, Problem> {
    let project = crate::project::named(arguments.project.as_deref())?;
    if !project.is_file() {
        return Err(Problem::new(
            Status::NoInput,
            format!("{}: there is no such project", project.display()),
        ));
    }
    let mut accounts = Accounts::read(&project)?;
    let told = match &arguments.what {
        What::List => {
            let mut told = String::new();
            for user in &accounts.users {
                told += &format!(
                    "{:<10} {}\n",
                    format!("{:?}", user.role).to_lowercase(),
                    user.name
                );
            }
            if told.is_empty() {
                told += "nobody has an account; `svodka user add NAME --role owner` gives one\n";
            }
            let mut output = Output::new(Sink::Plain);
            output.write(&told)?;
            output.finish()?;
            return Ok(0);
        }
        What::Add { name, role } => {
            let bad = name.trim() != name || name.is_empty() || name.chars().any(char::is_control);
            if bad || accounts.find(name).is_some() {
                let what = if bad {
                    "this is no name"
                } else {
                    "somebody of this name has an account"
                };
                return Err(Problem::new(Status::Usage, format!("{name:?}: {what}")));
            }
            accounts.users.push(User {
                name: name.clone(),
                role: *role,
                password: digest(&password()?)?,
            });
            format!("{name} may come in\n")
        }
        What::Remove { name } => {
            accounts.find_mut(name)?;
            accounts.users.retain(|user| user.name != *name);
            format!("{name} may no longer come in\n")
        }
        What::Role { name, role } => {
            accounts.find_mut(name)?.role = *role;
            format!("{name} has another role\n")
        }
        What::Password { name } => {
            accounts.find_mut(name)?.password = digest(&password()?)?;
            format!("{name} has another password\n")
        }
    };
    accounts.write(&project)?;
    let mut output = Output::new(Sink::Plain);
    output.write(&told)?;
    output.finish()?;
    Ok(0)
}

/// The password: typed unseen, or piped in.
fn password() -> Result<String, Problem> {
    let input = std::io::stdin();
    let unread = |error: std::io::Error| {
        Problem::new(
            Status::NoInput,
            format!("no password could be read: {error}"),
        )
    };
    if input.is_terminal() {
        return typed().map_err(unread);
    }
    let mut line = String::new();
    input.lock().read_line(&mut line).map_err(unread)?;
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}

/// Reads a line of which nothing is shown.
fn typed() -> std::io::Result<String> {
    let mut screen = anstream::stderr();
    write!(screen, "Password: ")?;
    screen.flush()?;
    terminal::enable_raw_mode()?;
    let line = line();
    // The terminal is to be usable after, whatever went wrong.
    terminal::disable_raw_mode()?;
    writeln!(screen)?;
    line
}

fn line() -> std::io::Result<String> {
    let mut line = String::new();
    loop {
        let Event::Key(key) = event::read()? else {
            continue;
        };
        match key.code {
            _ if key.kind == KeyEventKind::Release => {}
            KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                return Err(std::io::ErrorKind::Interrupted.into());
            }
            KeyCode::Enter => return Ok(line),
            KeyCode::Backspace => {
                line.pop();
            }
            KeyCode::Char(letter) => line.push(letter),
            _ => {}
        }
    }
}
