//! The program as somebody at a shell meets it.
#![allow(dead_code, reason = "not every test file uses all of it")]

pub mod http;
pub mod served;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program, which is built with its tests.
pub const SVODKA: &str = env!("CARGO_BIN_EXE_svodka");

pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const MODEL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../models/en_core_web_sm-3.8.0"
);

pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(SVODKA);
    command
        .current_dir(folder)
        .env("SVODKA_MODEL", MODEL)
        .env("SVODKA_AUTHOR", "tester")
        .env_remove("SVODKA_PROJECT")
        .args(arguments);
    command
}

/// The status, output and messages of a command that is given these words to read.
pub fn told(folder: &Path, arguments: &[&str], input: &str) -> (i32, String, String) {
    ended(given(&mut command(folder, arguments), input.as_bytes()))
}

/// What a command does that is given something to read.
pub fn given(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("it is given something");
    let input = input.to_owned();
    // It may print before it has read all, or end without reading.
    let giving = std::thread::spawn(move || drop(pipe.write_all(&input)));
    let output = child.wait_with_output().expect("the program ends");
    giving.join().expect("it was given");
    output
}

/// The status, output and messages of a command that ended.
pub fn ended(output: Output) -> (i32, String, String) {
    (
        output.status.code().expect("the program ends by itself"),
        String::from_utf8(output.stdout).expect("output is UTF-8"),
        String::from_utf8(output.stderr).expect("messages are UTF-8"),
    )
}

pub fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    told(folder, arguments, "")
}

/// What a command prints that goes well.
pub fn printed(folder: &Path, arguments: &[&str]) -> String {
    let (status, out, err) = run(folder, arguments);
    assert_eq!(status, 0, "{arguments:?}: {out}{err}");
    out
}

/// A project with these reports, each a name and its text.
pub fn project(reports: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    std::fs::create_dir(here.join("reports")).expect("there is room");
    for (name, text) in reports {
        std::fs::write(here.join("reports").join(name), text).expect("there is room");
    }
    printed(here, &["init", "strikes"]);
    printed(here, &["add", "reports"]);
    folder
}
