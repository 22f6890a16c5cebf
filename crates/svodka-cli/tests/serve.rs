//! The interface of the server: what it says of itself, and what it answers to whom.

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::SVODKA;

/// A server of a project of its own, until it is dropped.
struct Served {
    _folder: tempfile::TempDir,
    child: Child,
    port: u16,
}

impl Served {
    fn new() -> Served {
        let folder = tempfile::tempdir().expect("there is room");
        let project = folder.path().join("p.svodka");
        let made = Command::new(SVODKA).arg("init").arg(&project).output();
        assert!(made.expect("it runs").status.success());
        Served::of(folder, &[])
    }

    /// A server of the project in a folder.
    fn of(folder: tempfile::TempDir, more: &[&str]) -> Served {
        let project = folder.path().join("p.svodka");
        let mut child = Command::new(SVODKA)
            .args(["serve", "--port", "0", "--author", "Anna"])
            .arg(&project)
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
        let address = told
            .split("http://127.0.0.1:")
            .nth(1)
            .expect("it tells its address");
        let port = address.split(' ').next().and_then(|port| port.parse().ok());
        Served {
            _folder: folder,
            child,
            port: port.expect("a port"),
        }
    }

    /// Sends a request as it stands, with its end; gives status, headers and body.
    fn send(&self, request: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.write_all(request.as_bytes()).expect("it takes it");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        (
            status.expect("a status"),
            head.to_lowercase(),
            body.to_owned(),
        )
    }

    fn get(&self, path: &str, more: &str) -> (u16, String, String) {
        let port = self.port;
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{more}Connection: close\r\n\r\n"
        ))
    }

    fn post(&self, path: &str, body: &str, more: &str) -> (u16, String, String) {
        let (port, length) = (self.port, body.len());
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{more}Connection: close\r\n\r\n{body}"
        ))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_committed_description_is_that_of_the_code() {
    let printed = Command::new(SVODKA).args(["serve", "--openapi"]).output();
    let printed = String::from_utf8(printed.expect("it runs").stdout).expect("UTF-8");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/openapi.json");
    let kept = std::fs::read_to_string(kept).expect("it is committed");
    assert!(
        printed == kept,
        "run `svodka serve --openapi > web/openapi.json`"
    );
}

#[test]
fn an_empty_project_answers_every_question() {
    let served = Served::new();
    for path in [
        "/api/project",
        "/api/reports",
        "/api/things",
        "/api/claims",
        "/api/claims/facets",
        "/api/claims.csv",
        "/api/search?q=word",
        "/api/review",
        "/api/network",
        "/api/timeline",
        "/api/map",
        "/api/stats",
        "/api/contradictions",
        "/api/same",
        "/api/log",
        "/api/policy",
        "/api/packs",
        "/api/openapi.json",
    ] {
        assert_eq!(served.get(path, "").0, 200, "{path}");
    }
    assert_eq!(served.get("/api/reports/7", "").0, 404);
    assert_eq!(served.get("/api/nothing", "").0, 404);
    let (status, _, body) = served.get("/api/claims?from=rubbish", "");
    assert_eq!(status, 422);
    assert!(
        body.starts_with(r#"{"code":"wrong","what":"'rubbish' is no date"#),
        "{body}"
    );
}

#[test]
fn other_hosts_and_other_pages_are_refused() {
    let served = Served::new();
    let port = served.port;
    for host in ["evil.example", "127.0.0.1.evil.example"] {
        let (status, ..) = served.send(&format!(
            "GET /api/project HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(status, 403, "{host}");
    }
    let undo = r#"{"operations": [1]}"#;
    assert_eq!(
        served
            .post("/api/undo", undo, "Origin: http://evil.example\r\n")
            .0,
        403
    );
    assert_eq!(served.post("/api/undo", undo, "Origin: null\r\n").0, 403);
    assert_eq!(
        served
            .post("/api/undo", undo, "Sec-Fetch-Site: cross-site\r\n")
            .0,
        403
    );
    let (status, _, body) = served.post(
        "/api/undo",
        undo,
        &format!("Origin: http://127.0.0.1:{port}\r\n"),
    );
    assert_eq!(
        (status, body.contains("not-undoable")),
        (409, true),
        "{body}"
    );
}

#[test]
fn every_answer_forbids_scripts_of_others() {
    let served = Served::new();
    for path in ["/", "/api/project", "/nothing"] {
        let (_, head, _) = served.get(path, "");
        let policy = head
            .lines()
            .find(|line| line.starts_with("content-security-policy:"))
            .expect("a policy");
        assert!(
            policy.contains("script-src 'self';") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(head.contains("x-content-type-options: nosniff"), "{head}");
    }
}

#[test]
fn no_path_leads_out_of_the_page() {
    let served = Served::new();
    for path in [
        "/../Cargo.toml",
        "/..%2f..%2fetc%2fpasswd",
        "/assets/../../p.svodka",
        "/api/packs/..%2F..%2FCargo.toml",
        "//etc/passwd",
    ] {
        let (status, _, body) = served.get(path, "");
        assert!(matches!(status, 400 | 404), "{path}: {status}");
        assert!(
            !body.contains("[package]") && !body.contains("root:"),
            "{path}"
        );
    }
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let served = Served::new();
    let (status, head, _) = served.get("/api/policy", "");
    let tag = head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .expect("a tag");
    let tag = tag.replace("w/", "W/");
    let tag = tag.trim();
    assert_eq!(status, 200);
    let again = format!("If-None-Match: {tag}\r\n");
    assert_eq!(served.get("/api/policy", &again).0, 304);
    let rule = r#"{"shield": true, "claim_years": 90, "birth_years": 110, "reason": "as the archive asks"}"#;
    let port = served.port;
    let put = format!(
        "PUT /api/policy HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{rule}",
        rule.len()
    );
    assert_eq!(served.send(&put).0, 200);
    let (status, _, body) = served.get("/api/policy", &again);
    assert_eq!(
        (status, body.contains("\"claim_years\":90")),
        (200, true),
        "{body}"
    );
}

/// A server to which only accounts come in: Olga is an owner, Vera a reviewer, Rita a reader; all have the same password.
fn guarded() -> Served {
    let folder = tempfile::tempdir().expect("there is room");
    let project = folder.path().join("p.svodka");
    let made = Command::new(SVODKA).arg("init").arg(&project).output();
    assert!(made.expect("it runs").status.success());
    for (name, role) in [("Olga", "owner"), ("Vera", "reviewer"), ("Rita", "reader")] {
        let mut adding = Command::new(SVODKA)
            .args(["user", "add", name, "--role", role, "--project"])
            .arg(&project)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("it runs");
        let mut input = adding.stdin.take().expect("it is piped");
        input
            .write_all(b"correct horse battery\n")
            .expect("it reads");
        drop(input);
        assert!(adding.wait().expect("it ends").success());
    }
    Served::of(folder, &["--accounts"])
}

/// Signs in; gives what is to be sent with each request.
fn signed_in(served: &Served, name: &str) -> String {
    let sign_in = format!(r#"{{"name": "{name}", "password": "correct horse battery"}}"#);
    let (status, head, body) = served.post("/api/session", &sign_in, "");
    assert_eq!(status, 200, "{body}");
    let cookie = head
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .expect("a cookie");
    assert!(cookie.contains("httponly; samesite=strict"), "{cookie}");
    let cookie = cookie.split(';').next().expect("its value");
    let token = body
        .split(r#""token":""#)
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a token");
    format!("Cookie: {cookie}\r\nx-svodka-token: {token}\r\n")
}

#[test]
fn nobody_comes_in_without_an_account() {
    let served = guarded();
    for path in [
        "/api/project",
        "/api/claims",
        "/api/backup",
        "/api/events",
        "/api/session",
        "/api/openapi.json",
    ] {
        assert_eq!(served.get(path, "").0, 401, "{path}");
        assert_eq!(
            served.get(path, "Cookie: svodka=rubbish\r\n").0,
            401,
            "{path}"
        );
    }
    assert_eq!(
        served.post("/api/undo", r#"{"operations": [1]}"#, "").0,
        401
    );
    let rita = signed_in(&served, "Rita");
    assert_eq!(served.get("/api/project", &rita).0, 200);
}

#[test]
fn each_may_do_what_their_role_allows() {
    let served = guarded();
    let rule = r#"{"person": "1", "shield": true, "reason": "asked for it"}"#;
    let undo = r#"{"operations": [1]}"#;
    let (rita, vera, olga) = (
        signed_in(&served, "Rita"),
        signed_in(&served, "Vera"),
        signed_in(&served, "Olga"),
    );
    assert_eq!(served.post("/api/undo", undo, &rita).0, 403);
    assert_eq!(
        served.post("/api/undo", undo, &vera).0,
        403,
        "another's entry"
    );
    assert_eq!(
        served.post("/api/undo", undo, &olga).0,
        409,
        "the first entry is nobody's to take back"
    );
    assert_eq!(served.post("/api/policy/exceptions", rule, &vera).0, 403);
    assert_eq!(
        served.post("/api/policy/exceptions", rule, &olga).0,
        404,
        "there is no such person"
    );
    assert_eq!(served.get("/api/backup", &vera).0, 403);
}

#[test]
fn a_cookie_alone_changes_nothing() {
    let served = guarded();
    let olga = signed_in(&served, "Olga");
    let cookie = olga.lines().next().expect("a cookie");
    let (status, _, body) = served.post(
        "/api/undo",
        r#"{"operations": [1]}"#,
        &format!("{cookie}\r\n"),
    );
    assert_eq!(
        (status, body.contains(r#""code":"token""#)),
        (403, true),
        "{body}"
    );
}

#[test]
fn who_guesses_passwords_is_shut_out() {
    let served = guarded();
    let wrong = r#"{"name": "Olga", "password": "incorrect horse battery"}"#;
    for _ in 0..5 {
        assert_eq!(served.post("/api/session", wrong, "").0, 401);
    }
    let right = r#"{"name": "Olga", "password": "correct horse battery"}"#;
    assert_eq!(served.post("/api/session", right, "").0, 429);
}
