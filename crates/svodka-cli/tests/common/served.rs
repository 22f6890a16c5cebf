//! A server of a project, and who signs in to it.
#![allow(dead_code, reason = "not every test file uses all of it")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::SVODKA;
use super::http::Client;

/// What all accounts have.
pub const PASSWORD: &str = "correct horse battery";

/// A server, until it is dropped.
pub struct Served {
    child: Child,
    pub port: u16,
    /// The address that it tells.
    pub told: String,
}

impl Served {
    pub fn new(project: &Path, more: &[&str]) -> Served {
        let model = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../models/en_core_web_sm-3.8.0"
        );
        let mut child = Command::new(SVODKA)
            .args(["serve", "--port", "0", "--author", "Anna"])
            .env("SVODKA_MODEL", model)
            .arg(project)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut told = String::new();
        let mut output = child.stdout.take().expect("it is piped");
        let mut byte = [0];
        while !told.ends_with('\n') && output.read(&mut byte).expect("it tells") == 1 {
            told.push(char::from(byte[0]));
        }
        let port = told.rsplit(':').next().expect("it tells its address");
        let port = port.split(' ').next().and_then(|port| port.parse().ok());
        Served {
            child,
            port: port.expect("a port"),
            told,
        }
    }

    pub fn client(&self) -> Client {
        Client::new(self.port, "").expect("it listens")
    }

    /// Somebody who has signed in.
    pub fn signed_in(&self, name: &str) -> Client {
        let mut client = self.client();
        let sign_in = format!(r#"{{"name": "{name}", "password": "{PASSWORD}"}}"#);
        let answer = client.post("/api/session", &sign_in).expect("it answers");
        assert_eq!(answer.status, 200, "{}", answer.body);
        let cookie = answer.header("set-cookie").expect("a cookie");
        let cookie = cookie.split(';').next().expect("its value").to_owned();
        let session: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        let token = session["token"].as_str().expect("a token");
        client.with = format!("Cookie: {cookie}\r\nx-svodka-token: {token}\r\n");
        client
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Accounts for a project: Olga is an owner, Vera a reviewer, Rita a reader.
pub fn accounts(project: &Path) {
    for (name, role) in [("Olga", "owner"), ("Vera", "reviewer"), ("Rita", "reader")] {
        let mut adding = Command::new(SVODKA)
            .args(["user", "add", name, "--role", role, "--project"])
            .arg(project)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("it runs");
        let mut input = adding.stdin.take().expect("it is piped");
        input
            .write_all(format!("{PASSWORD}\n").as_bytes())
            .expect("it reads");
        drop(input);
        assert!(adding.wait().expect("it ends").success());
    }
}

/// The only project of a folder.
pub fn project_in(folder: &Path) -> PathBuf {
    let mut files = std::fs::read_dir(folder).expect("it is there").flatten();
    let found = files.find(|file| file.path().extension().is_some_and(|it| it == "svodka"));
    found.expect("a project").path()
}
