//! The server with reports in it: who sees whom, who changes what, files that are sent, and many at once.

mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::http::Client;
use common::served::{Served, accounts, project_in};
use serde_json::Value;

/// Of 1923, and one of 1975: whom it names may be alive.
const REPORTS: [(&str, &str); 4] = [
    (
        "kremnegorsk.txt",
        "Secret. Summary of the Kremnegorsk Department

Kremnegorsk, 1 September 1923

According to Lutovinov, Stepan Zatonov is a member of the Workers' Bell. Agent Dorin reported that Pavel Grechin is a member of the Workers' Bell.

On 30 August 1923 a meeting of the Workers' Bell took place in Kremnegorsk, attended by 30 people. Nikolai Tarkov is the brother of Fyodor Tarkov.
",
    ),
    (
        "zatonsk.txt",
        "Secret. Summary of the Zatonsk Department

Zatonsk, 15 September 1923

Lutovinov states that Stepan Zatonov is a member of the Workers' Bell. It has been established that Pavel Grechin was expelled from the Workers' Bell in August 1923.

On 30 August 1923 a meeting of the Workers' Bell took place in Kremnegorsk, attended by 400 people. Nikolai Tarkov is the cousin of Fyodor Tarkov.
",
    ),
    (
        "torsha.txt",
        "Secret. Summary of the Torsha Department

Torsha, 2 October 1923

By the account of Raisa Komova, Stepan Zatonov is a member of the Workers' Bell. <script>alert(1)</script> <b onmouseover='x()'>A strike began at the Vulkan Works in Moscow on 1 October 1923.</b>
",
    ),
    (
        "late.txt",
        "Summary of the Moscow Department

Moscow, 15 September 1975

According to Viktor Lebedin, Sergei Mironchuk is a member of the Workers' Bell. Lebedin states that Mironchuk met Galina Perovskaya in Moscow on 3 September 1975.

Galina Perovskaya is the sister of Arkady Shumilin. On 5 September 1975 a meeting of the Workers' Bell took place in Moscow, attended by Sergei Mironchuk and Stepan Zatonov.
",
    ),
];

fn json(client: &mut Client, path: &str) -> Value {
    let answer = client.get(path).expect("it answers");
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

/// The words of the names of people who may be alive, folded, that no other name has.
fn living(folder: &Path) -> BTreeSet<String> {
    let people = common::printed(folder, &["people", "--owner", "--json"]);
    let people: Value = serde_json::from_str(&people).expect("JSON");
    let words = |living: bool| -> BTreeSet<String> {
        let people = people.as_array().expect("a list").iter();
        let names = people.filter(|it| it["may_live"] == living);
        let names = names.filter_map(|it| it["label"].as_str());
        names
            .flat_map(str::split_whitespace)
            .map(str::to_lowercase)
            .collect()
    };
    let (living, others) = (words(true), words(false));
    living.difference(&others).cloned().collect()
}

/// Every path that can be read, by the description of the interface, with whatever of the project stands in its place.
fn every_path(owner: &mut Client) -> Vec<String> {
    let described = std::fs::read_to_string(format!("{}/web/openapi.json", common::ROOT));
    let described: Value =
        serde_json::from_str(&described.expect("it is committed")).expect("JSON");
    let list = |value: &Value, of: &str, field: &str| -> Vec<String> {
        let rows = value[of].as_array().expect("a list").iter();
        rows.map(|row| row[field].to_string().trim_matches('"').to_owned())
            .collect()
    };
    let reports = list(&json(owner, "/api/reports"), "reports", "id");
    let things = list(&json(owner, "/api/things"), "things", "number");
    let claims = json(owner, "/api/claims?limit=500");
    let claims = claims["claims"].as_array().expect("a list").clone();
    let mut paths = Vec::new();
    for (path, methods) in described["paths"].as_object().expect("paths") {
        if methods.get("get").is_none() || path == "/api/events" {
            continue;
        }
        let mut of_this = vec![path.clone()];
        if path.contains("{key}") {
            of_this = claims
                .iter()
                .map(|claim| {
                    let (report, key) = (claim["report"].to_string(), &claim["key"]);
                    let key = key.as_str().expect("a key");
                    path.replace("{id}", &report).replace("{key}", key)
                })
                .collect();
        } else if path.contains("{id}") {
            of_this = reports.iter().map(|id| path.replace("{id}", id)).collect();
        } else if path.contains("{number}") {
            let number = |number| path.replace("{number}", number);
            of_this = things.iter().map(|it| number(it)).collect();
        } else if path == "/api/compare" {
            let pairs = things.windows(2);
            of_this = pairs
                .map(|pair| format!("{path}?a={}&b={}", pair[0], pair[1]))
                .collect();
        } else if path == "/api/search" {
            let words = ["meeting", "member", "moscow", "mironchuk", "perovskaya"];
            of_this = words.map(|word| format!("{path}?q={word}")).to_vec();
        } else if path == "/api/same" {
            let kinds = ["people", "groups", "places", "works", "events"];
            of_this = kinds
                .map(|kind| format!("{path}?kind={kind}&least=0.1"))
                .to_vec();
        } else if path == "/api/stats" {
            let by = [
                "month", "place", "kind", "report", "member", "attendee", "who",
            ];
            of_this = by.map(|by| format!("{path}?by={by}")).to_vec();
        }
        let parameters = methods["get"]["parameters"].as_array();
        let takes = |name: &str| {
            let mut names = parameters.into_iter().flatten();
            names.any(|it| it["name"] == name)
        };
        if takes("about") {
            for number in &things {
                of_this.push(format!("{path}?about={number}"));
            }
            of_this.push(format!("{path}?about=Mironchuk"));
            of_this.push(format!("{path}?about=Sergei%20Mironchuk"));
        }
        paths.extend(of_this);
    }
    paths
}

#[test]
fn no_answer_to_a_reader_from_elsewhere_holds_a_name_of_somebody_who_may_be_alive() {
    let folder = common::project(&REPORTS);
    let here = folder.path();
    let hidden = living(here);
    assert!(hidden.contains("mironchuk"), "{hidden:?}");
    let project = project_in(here);
    let noted = common::printed(
        here,
        &[
            "claims",
            "--owner",
            "--json",
            "--report",
            "reports/late.txt",
        ],
    );
    let noted: Value = serde_json::from_str(&noted).expect("JSON");
    let noted = noted
        .as_array()
        .or(noted["claims"].as_array())
        .expect("a list");
    let key = noted[0]["key"].as_str().expect("a key");
    common::printed(
        here,
        &[
            "decide",
            key,
            "note",
            "Mironchuk said so to Perovskaya",
            "--reason",
            "Shumilin asked",
        ],
    );
    accounts(&project);
    let served = Served::new(&project, &["--accounts"]);
    let (mut owner, mut reader) = (served.signed_in("Olga"), served.signed_in("Rita"));
    let paths = every_path(&mut owner);
    assert!(paths.len() > 100, "{}", paths.len());
    let told = |body: &str| -> Vec<String> {
        let body = body.to_lowercase();
        hidden
            .iter()
            .filter(|name| body.contains(*name))
            .cloned()
            .collect()
    };
    let (mut seen, mut answered) = (0, 0);
    for path in &paths {
        let answer = reader.get(path).expect("it answers");
        assert!(answer.status < 500, "{path}: {}", answer.body);
        answered += usize::from(answer.status == 200);
        let known = told(&answer.body);
        // What was asked for may stand in a refusal, as who asked wrote it.
        let asked = path.to_lowercase();
        let known: Vec<&String> = known.iter().filter(|name| !asked.contains(*name)).collect();
        assert!(known.is_empty(), "{path} tells {known:?}: {}", answer.body);
        if asked.contains("mironchuk") && answer.status == 200 {
            let body = answer.body.to_lowercase();
            assert!(!body.contains("mironchuk"), "{path}: {}", answer.body);
        }
        seen += usize::from(!told(&owner.get(path).expect("it answers").body).is_empty());
    }
    assert!(answered > 100, "{answered}");
    // An owner at the machine itself sees them: the paths do lead to them.
    assert!(seen > 10, "{seen}");
    assert_eq!(reader.get("/api/backup").expect("it answers").status, 403);
}

#[test]
fn who_saw_and_who_changed_what_is_noted_down() {
    let folder = common::project(&REPORTS[..2]);
    let project = project_in(folder.path());
    accounts(&project);
    let served = Served::new(&project, &["--accounts"]);
    let (mut vera, mut rita) = (served.signed_in("Vera"), served.signed_in("Rita"));
    let claims = json(&mut rita, "/api/claims?limit=2");
    let key = claims["claims"][0]["key"].as_str().expect("a key");
    let decision = format!(r#"{{"claim": "{key}", "verdict": "accept"}}"#);
    let refused = rita.post("/api/decisions", &decision).expect("it answers");
    assert_eq!(refused.status, 403, "{}", refused.body);
    let kept = vera.post("/api/decisions", &decision).expect("it answers");
    assert_eq!(kept.status, 200, "{}", kept.body);
    let mut stranger = served.client();
    assert_eq!(stranger.get("/api/claims").expect("it answers").status, 401);
    let audit = format!("{}-audit", project.display());
    let audit = std::fs::read_to_string(audit).expect("it is kept");
    let lines: Vec<Value> = audit
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let noted = |who: &str, method: &str, path: &str, status: u16| {
        lines.iter().any(|line| {
            line["who"] == who
                && line["method"] == method
                && line["path"] == path
                && line["status"] == status
                && line["at"].is_string()
        })
    };
    assert!(noted("Rita", "GET", "/api/claims?limit=2", 200), "{audit}");
    assert!(noted("Rita", "POST", "/api/decisions", 403), "{audit}");
    assert!(noted("Vera", "POST", "/api/decisions", 200), "{audit}");
    assert!(noted("", "GET", "/api/claims", 401), "{audit}");
    assert!(noted("Vera", "POST", "/api/session", 200), "{audit}");
    assert!(
        !audit.contains(common::served::PASSWORD),
        "no password is noted"
    );
    // What was changed stands in the log, with who did it.
    let log = json(&mut rita, "/api/log?limit=1");
    assert_eq!(log[0]["author"], "Vera");
    assert_eq!(log[0]["kind"], "decide");
}

#[test]
fn the_page_can_sign_in_ask_who_is_in_and_sign_out() {
    let folder = common::project(&REPORTS[..1]);
    let project = project_in(folder.path());
    accounts(&project);
    let served = Served::new(&project, &["--accounts"]);
    let mut vera = served.signed_in("Vera");
    let session = json(&mut vera, "/api/session");
    assert_eq!(
        (&session["name"], &session["role"], &session["accounts"]),
        (&"Vera".into(), &"reviewer".into(), &true.into())
    );
    let out = vera
        .ask("DELETE", "/api/session", "", b"")
        .expect("it answers");
    assert_eq!(out.status, 204, "{}", out.body);
    let gone = out.header("set-cookie").expect("a cookie");
    assert!(
        gone.starts_with("svodka=;") && gone.contains("Max-Age=0"),
        "{gone}"
    );
    assert_eq!(vera.get("/api/session").expect("it answers").status, 401);
    // The page itself, from which one signs in, is anybody's.
    assert_ne!(vera.get("/").expect("it answers").status, 401);
}

#[test]
fn of_two_who_judge_one_claim_the_second_is_asked() {
    let folder = common::project(&REPORTS[..1]);
    let served = Served::new(&project_in(folder.path()), &[]);
    let (mut one, mut other) = (served.client(), served.client());
    let claims = json(&mut one, "/api/claims?limit=1");
    let (seen, key) = (&claims["seen"], &claims["claims"][0]["key"]);
    let decide = |verdict| format!(r#"{{"claim": {key}, "verdict": "{verdict}", "seen": {seen}}}"#);
    assert_eq!(
        one.post("/api/decisions", &decide("accept"))
            .expect("it answers")
            .status,
        200
    );
    let second = other
        .post("/api/decisions", &decide("reject"))
        .expect("it answers");
    let told: Value = serde_json::from_str(&second.body).expect("JSON");
    assert_eq!((second.status, &told["code"]), (409, &"meanwhile".into()));
    assert_eq!(told["decisions"][0]["verdict"], "accept");
    let claims = json(&mut other, "/api/claims?limit=1");
    assert_eq!(claims["claims"][0]["status"], "accepted");
}

#[test]
fn files_are_told_of_as_they_are_read_and_paths_are_refused() {
    let folder = common::project(&REPORTS[..1]);
    let served = Served::new(&project_in(folder.path()), &[]);
    let mut events = served.client();
    events
        .send("GET", "/api/events", "", b"")
        .expect("it takes it");
    while !events.line().expect("a head").is_empty() {}
    let mut client = served.client();
    let text = REPORTS[2].1;
    let files = [
        ("torsha.txt", text),
        ("../../torsha.txt", text),
        ("..\\evil.txt", text),
        ("nothing.txt", ""),
    ];
    let answer = client.upload(&files).expect("it answers");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let told: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(told["files"][0]["reports"][0]["what"], "new", "{told}");
    for place in [1, 2] {
        assert_eq!(told["files"][place]["refused"][0]["code"], "name", "{told}");
        assert_eq!(told["files"][place]["reports"], Value::Array(Vec::new()));
    }
    assert!(
        !told["files"][3]["refused"]
            .as_array()
            .expect("a list")
            .is_empty(),
        "{told}"
    );
    let mut states: Vec<(u64, String)> = Vec::new();
    while states.len() < 8 {
        let line = events.line().expect("events come");
        if let Some(data) = line.strip_prefix("data:") {
            let data: Value = serde_json::from_str(data).expect("JSON");
            if data["event"] == "progress" {
                assert_eq!(data["of"], 4);
                let state = data["state"].as_str().expect("a state");
                states.push((data["at"].as_u64().expect("a number"), state.to_owned()));
            }
        }
    }
    let wanted = ["kept", "refused", "refused", "refused"];
    let wanted = (1..)
        .zip(wanted)
        .flat_map(|(at, end)| [(at, "reading".to_owned()), (at, end.to_owned())]);
    assert_eq!(states, wanted.collect::<Vec<_>>());
    // What a report holds is data: it comes as it stands, in JSON that no browser takes for a page.
    let reports = json(&mut client, "/api/reports?filter=torsha");
    let answer = client
        .get(&format!("/api/reports/{}", reports["reports"][0]["id"]))
        .expect("it answers");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let report: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert!(
        report["text"]
            .as_str()
            .expect("a text")
            .contains("<script>alert(1)</script>")
    );
}

#[test]
fn more_than_fits_is_refused() {
    let folder = common::project(&REPORTS[..1]);
    let served = Served::new(&project_in(folder.path()), &[]);
    let long = format!(
        r#"{{"operations": [1], "reason": "{}"}}"#,
        "x".repeat(2 << 20)
    );
    assert_eq!(
        served
            .client()
            .post("/api/undo", &long)
            .expect("it answers")
            .status,
        413
    );
    let files: Vec<(&str, &str)> = vec![("a.txt", "words"); 201];
    let answer = served.client().upload(&files).expect("it answers");
    assert_eq!(answer.status, 413, "{}", answer.body);
    assert_eq!(json(&mut served.client(), "/api/reports")["total"], 1);
}

#[test]
fn what_the_page_asks_is_answered() {
    let folder = common::project(&REPORTS);
    let served = Served::new(&project_in(folder.path()), &[]);
    let mut client = served.client();
    let found = json(&mut client, "/api/contradictions");
    assert!(found["total"].as_u64().expect("a number") > 0, "{found}");
    let first = &found["contradictions"][0];
    assert!(!first["why"].as_str().expect("words").is_empty());
    for side in first["sides"].as_array().expect("sides") {
        assert!(!side["claim"]["quote"].as_str().expect("words").is_empty());
        assert!(side["support"]["witnesses"].as_u64() >= Some(1));
    }
    let claims = json(
        &mut client,
        "/api/claims?about=Stepan%20Zatonov&support=true",
    );
    let supported = claims["claims"].as_array().expect("a list").iter();
    let most = supported
        .max_by_key(|it| it["support"]["witnesses"].as_u64())
        .expect("claims");
    assert!(most["support"]["witnesses"].as_u64() >= Some(2), "{most}");
    let path = format!(
        "/api/reports/{}/claims/{}/support",
        most["report"],
        most["key"].as_str().expect("a key")
    );
    let support = json(&mut client, &path);
    assert_eq!(support["witnesses"], most["support"]["witnesses"]);
    let of_report = json(
        &mut client,
        &format!("/api/reports/{}/support", most["report"]),
    );
    assert_eq!(
        of_report[most["key"].as_str().expect("a key")]["witnesses"],
        most["support"]["witnesses"]
    );
    let map = json(&mut client, "/api/map");
    let spots = map["spots"].as_array().expect("a list");
    let moscow = spots
        .iter()
        .find(|it| it["name"] == "Moscow")
        .expect("it is on the map");
    assert!(
        moscow["latitude"].as_f64() > Some(55.0) && moscow["claims"].as_u64() > Some(0),
        "{moscow}"
    );
    let unplaced = map["unplaced"].as_array().expect("a list");
    assert!(
        unplaced.iter().any(|it| it["name"] == "Kremnegorsk"),
        "{map}"
    );
    let stats = json(&mut client, "/api/stats?by=month,kind");
    assert_eq!(stats["by"], serde_json::json!(["month", "kind"]));
    assert!(!stats["rows"].as_array().expect("a list").is_empty());
    let same = json(&mut client, "/api/same?least=0.1");
    assert!(same["total"].is_u64());
    let things = json(&mut client, "/api/things?kind=people");
    let numbers: Vec<String> = things["things"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["number"].to_string())
        .collect();
    let compared = json(
        &mut client,
        &format!("/api/compare?a={}&b={}", numbers[0], numbers[1]),
    );
    assert_eq!(compared["things"].as_array().map(Vec::len), Some(2));
    let dossier = json(&mut client, &format!("/api/things/{}", numbers[0]));
    assert!(
        dossier["company"]
            .as_array()
            .expect("a list")
            .iter()
            .all(|it| it["kinds"].is_array())
    );
}

#[test]
fn what_is_noted_beside_claims_leaves_lists_as_they_are_and_what_is_corrected_does_not() {
    let folder = common::project(&REPORTS[..2]);
    let served = Served::new(&project_in(folder.path()), &[]);
    let mut client = served.client();
    let tag = |client: &mut Client, path: &str| {
        let answer = client.get(path).expect("it answers");
        answer.header("etag").expect("a tag").to_owned()
    };
    let (network, claims) = (
        tag(&mut client, "/api/network"),
        tag(&mut client, "/api/claims"),
    );
    let list = json(&mut client, "/api/claims?kind=membership&limit=1");
    let key = list["claims"][0]["key"].as_str().expect("a key").to_owned();
    let decide = |client: &mut Client, more: &str| {
        let body = format!(r#"{{"claim": "{key}", {more}}}"#);
        let answer = client.post("/api/decisions", &body).expect("it answers");
        assert_eq!(answer.status, 200, "{}", answer.body);
    };
    decide(&mut client, r#""verdict": "accept""#);
    assert_eq!(tag(&mut client, "/api/network"), network);
    assert_ne!(tag(&mut client, "/api/claims"), claims);
    let facets = json(&mut client, "/api/claims/facets");
    let accepted = |facets: &Value| {
        let list = facets["status"].as_array().expect("a list").iter();
        list.filter(|it| it["value"] == "accepted")
            .map(|it| it["count"].as_u64())
            .next()
            .flatten()
    };
    assert_eq!(accepted(&facets), Some(1));
    let possible = json(&mut client, "/api/claims?certainty=possible")["total"].as_u64();
    decide(
        &mut client,
        r#""verdict": "correct", "correction": {"certainty": "possible"}"#,
    );
    assert_ne!(tag(&mut client, "/api/network"), network);
    let now = json(&mut client, "/api/claims?certainty=possible")["total"].as_u64();
    assert_eq!(now, possible.map(|before| before + 1));
    let newest = json(&mut client, "/api/project")["newest"].to_string();
    let undo = client.post("/api/undo", &format!(r#"{{"operations": [{newest}]}}"#));
    assert_eq!(undo.expect("it answers").status, 200);
    assert_eq!(
        json(&mut client, "/api/claims?certainty=possible")["total"].as_u64(),
        possible
    );
}

/// Twelve read and four judge for three seconds: the long test of `make serve-bench`, made short.
#[test]
#[expect(clippy::disallowed_methods, reason = "it lasts for some seconds")]
fn many_read_and_write_at_once_and_no_decision_is_lost() {
    let folder = common::project(&REPORTS);
    let served = Served::new(&project_in(folder.path()), &[]);
    let mut client = served.client();
    let claims = json(&mut client, "/api/claims?limit=500");
    let keys: Vec<String> = claims["claims"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["key"].as_str().map(str::to_owned))
        .collect();
    let before = json(&mut client, "/api/project")["newest"]
        .as_u64()
        .expect("a number");
    let end = Instant::now() + Duration::from_secs(3);
    let (read, kept) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let paths = [
        "/api/project",
        "/api/claims",
        "/api/claims/facets",
        "/api/review",
        "/api/reports",
        "/api/reports/1",
        "/api/network",
    ];
    std::thread::scope(|scope| {
        for reader in 0..12 {
            let (served, read) = (&served, &read);
            scope.spawn(move || {
                let mut client = served.client();
                for path in paths.iter().cycle().skip(reader) {
                    if Instant::now() > end {
                        break;
                    }
                    let answer = client.get(path).expect("it answers");
                    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
                    read.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for writer in 0..4 {
            let (served, kept, keys) = (&served, &kept, &keys);
            scope.spawn(move || {
                let mut client = served.client();
                for (at, key) in keys.iter().cycle().enumerate().skip(writer) {
                    if Instant::now() > end {
                        break;
                    }
                    let verdict = ["accept", "reject", "accept"][at % 3];
                    let body = format!(r#"{{"claim": "{key}", "verdict": "{verdict}"}}"#);
                    let answer = client.post("/api/decisions", &body).expect("it answers");
                    assert_eq!(answer.status, 200, "{}", answer.body);
                    kept.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let after = json(&mut client, "/api/project")["newest"]
        .as_u64()
        .expect("a number");
    let (read, kept) = (read.into_inner(), kept.into_inner());
    assert_eq!(
        after - before,
        kept as u64,
        "each decision stands in the log, and nothing else"
    );
    assert!(read > 50 && kept > 4, "{read} read, {kept} kept");
}

/// The certificate in `data` is made for this test alone: for localhost, signed by itself.
#[test]
fn with_a_certificate_it_speaks_tls_and_nothing_else() {
    use std::io::{Read, Write};
    use std::sync::Arc;
    use tokio_rustls::rustls::pki_types::pem::PemObject;
    use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
    use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, Stream, crypto};

    let folder = common::project(&REPORTS[..1]);
    let project = project_in(folder.path());
    accounts(&project);
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/localhost");
    let (certificate, key) = (format!("{data}.crt"), format!("{data}.key"));
    let served = Served::new(
        &project,
        &["--accounts", "--tls-cert", &certificate, "--tls-key", &key],
    );
    assert!(
        served.told.contains("https://127.0.0.1:"),
        "{}",
        served.told
    );
    let certificate = CertificateDer::from_pem_file(&certificate).expect("a certificate");
    let mut roots = RootCertStore::empty();
    roots.add(certificate).expect("it can be trusted");
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("there are versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let mut client = ClientConnection::new(Arc::new(config), name).expect("it begins");
    // Who says nothing keeps nobody waiting.
    let _idle = std::net::TcpStream::connect(("127.0.0.1", served.port)).expect("it listens");
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", served.port)).expect("it listens");
    let mut stream = Stream::new(&mut client, &mut socket);
    let body = format!(
        r#"{{"name": "Rita", "password": "{}"}}"#,
        common::served::PASSWORD
    );
    let request = format!(
        "POST /api/session HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        served.port,
        body.len()
    );
    stream.write_all(request.as_bytes()).expect("it takes it");
    let mut answer = Vec::new();
    // It may hang up without taking its leave.
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let cookie = answer
        .lines()
        .find(|line| line.starts_with("set-cookie: "))
        .expect("a cookie");
    assert!(cookie.contains("; Secure"), "{cookie}");
    let mut plain = served.client();
    assert!(
        plain.get("/api/project").is_err(),
        "nothing is told in the clear"
    );
    let other = format!("{data}.crt");
    let wrong = common::run(
        folder.path(),
        &[
            "serve",
            "--tls-cert",
            &other,
            "--tls-key",
            &other,
            "strikes.svodka",
        ],
    );
    assert!(
        wrong.0 != 0 && wrong.2.contains("private key"),
        "{}",
        wrong.2
    );
}
