//! The commands for projects from outside.

mod common;

use std::path::Path;

use common::{ROOT, command, printed, run};

/// A project with the repository's examples in a folder below it.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    let reports = folder.path().join("reports");
    std::fs::create_dir(&reports).expect("there is room");
    for file in std::fs::read_dir(Path::new(ROOT).join("examples"))
        .expect("there are examples")
        .flatten()
    {
        if file.path().is_file() {
            std::fs::copy(file.path(), reports.join(file.file_name())).expect("there is room");
        }
    }
    printed(folder.path(), &["init", "strikes"]);
    let added = printed(folder.path(), &["add", "reports"]);
    assert!(added.starts_with("3 reports added with "), "{added}");
    folder
}

#[test]
fn reports_of_every_format_are_added_and_what_is_none_stops_no_other() {
    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    let fixtures = Path::new(ROOT).join("crates/svodka-ingest/tests/fixtures");
    for name in ["report.docx", "report.pdf", "reports.zip", "scan.pdf"] {
        std::fs::copy(fixtures.join(name), here.join(name)).expect("there is room");
    }
    std::fs::write(
        here.join("report.docx.meta.json"),
        r#"{"date": "1921-03-02"}"#,
    )
    .expect("there is room");
    printed(here, &["init", "strikes"]);
    let (status, out, err) = run(here, &["add", "."]);
    assert_eq!(status, 65, "{out}{err}");
    // One of the ZIP's is the same as one beside it.
    assert!(out.starts_with("3 reports added with "), "{out}");
    assert!(out.contains("; 1 there already; 4 not read"), "{out}");
    for told in ["scan.pdf", "ocrmypdf", "reports.zip#noise.txt"] {
        assert!(err.contains(told), "{err}");
    }
    // The sidecar's date stays with the report when it is read anew.
    let found = printed(here, &["search", "strike", "--owner"]);
    assert!(found.contains("report.docx · 1921-03-02"), "{found}");
    assert!(printed(here, &["check"]).starts_with("sound: 3 reports"));
}

#[test]
fn reports_are_added_once_asked_for_and_found_sound() {
    let folder = project();
    let here = folder.path();
    let again = printed(here, &["add", "reports/*.txt", "--jobs", "1"]);
    assert_eq!(again, "nothing new; 3 there already\n");
    let status = printed(here, &["status"]);
    assert!(status.contains("3 reports in 3 versions"), "{status}");
    assert!(printed(here, &["check"]).starts_with("sound: 3 reports and "));
    let found = printed(here, &["search", "strike", "Pal", "-Vulkan"]);
    assert!(
        found.contains("reports/1911-informant-police-report.txt"),
        "{found}"
    );
    let people = printed(here, &["people", "--csv", "--owner"]);
    assert!(
        people.starts_with("number,type,name,reports,independent sources,mentions,may be alive,joined,first report\n"),
        "{people}"
    );
    assert!(people.contains(",PERSON,Harendra Nath Pal,1,"), "{people}");
    let dossier = printed(here, &["show", "Harendra Nath Pal"]);
    assert!(dossier.contains("“Pal presided.”"), "{dossier}");
    let strikes = printed(
        here,
        &[
            "claims", "--kind", "strike", "--from", "1924", "--to", "1924", "--json",
        ],
    );
    let strikes: serde_json::Value = serde_json::from_str(&strikes).expect("JSON");
    assert!(
        strikes.as_array().is_some_and(|claims| claims.len() > 2),
        "{strikes}"
    );
}

#[test]
fn a_changed_report_is_a_new_version_and_a_decision_can_be_undone() {
    let folder = project();
    let here = folder.path();
    let dossier = printed(here, &["show", "Harendra Nath Pal", "--json"]);
    let dossier: serde_json::Value = serde_json::from_str(&dossier).expect("JSON");
    let presided = dossier["claims"]
        .as_array()
        .and_then(|claims| {
            claims
                .iter()
                .find(|told| told["claim"]["evidence"]["text"] == "Pal presided.")
        })
        .and_then(|told| told["key"].as_str())
        .expect("the claim is there")
        .to_owned();
    printed(
        here,
        &["decide", &presided, "reject", "--reason", "he was away"],
    );
    let file = here.join("reports/1911-informant-police-report.txt");
    let text = std::fs::read_to_string(&file).expect("it is there");
    std::fs::write(&file, text.replacen("CONFIDENTIAL", "SECRET", 1)).expect("there is room");
    let added = printed(here, &["add", "reports"]);
    assert!(
        added.contains("1 new version of reports that changed with "),
        "{added}"
    );
    assert!(added.contains("1 decision carried over"), "{added}");
    let shown = printed(here, &["show", "Harendra Nath Pal"]);
    assert!(shown.contains("→ reject, because: he was away"), "{shown}");
    std::fs::write(&file, text.replacen("Pal presided. ", "", 1)).expect("there is room");
    let added = printed(here, &["add", "reports"]);
    assert!(added.contains("not carried over: reject"), "{added}");
    let log = printed(here, &["log"]);
    assert!(
        log.lines().count() == 7 && log.contains("because: he was away"),
        "{log}"
    );
    printed(here, &["undo", "7"]);
    assert!(printed(here, &["show", "Harendra Nath Pal"]).contains("→ reject"));
    assert!(printed(here, &["check"]).starts_with("sound: 3 reports"));
    printed(here, &["backup", "copy.svodka"]);
    let copy = printed(here, &["check", "--project", "copy.svodka"]);
    assert!(copy.starts_with("sound: 3 reports"), "{copy}");
    let (status, _, err) = run(here, &["status"]);
    assert!(
        status == 2 && err.contains("several projects here"),
        "{err}"
    );
}

#[test]
fn reading_again_by_another_pack_shows_what_changes_before_it_is_kept() {
    let folder = project();
    let here = folder.path();
    assert!(printed(here, &["reread", "--yes"]).starts_with("nothing to do"));
    printed(here, &["pack", "new", "mine"]);
    let (status, out, err) = run(here, &["reread", "--pack", "mine"]);
    assert!(
        status == 2 && err.contains("nobody can be asked"),
        "{out}{err}"
    );
    assert!(out.contains("3 reports read again: "), "{out}");
    assert!(
        printed(here, &["reread", "--pack", "mine", "--dry-run"]).ends_with("nothing was kept\n")
    );
    assert!(printed(here, &["reread", "--pack", "mine", "--yes"]).contains("3 readings kept"));
    assert!(printed(here, &["check"]).starts_with("sound: 3 reports"));
    assert!(printed(here, &["reread", "--pack", "mine", "--yes"]).starts_with("nothing to do"));
}

#[test]
fn people_who_may_be_alive_are_shielded_in_what_leaves_the_machine() {
    let folder = project();
    let here = folder.path();
    std::fs::write(here.join("reports/late.txt"), "Report of 3 May 1975.\n\nThe agent states that Gregor Samsonov met Anna Weiss in Berlin. Samsonov led the strike at the Samsonov Mill.\n").expect("there is room");
    printed(here, &["add", "reports", "--date", "1975-05-03"]);
    for arguments in [
        &["people", "--json"][..],
        &["people"],
        &["groups", "--csv"],
        &["claims", "--json"],
        &["claims", "--csv"],
        &["claims"],
        &["search", "strike"],
        &["log"],
    ] {
        let out = printed(here, arguments).to_lowercase();
        assert!(!out.contains("samsonov"), "{arguments:?}: {out}");
    }
    assert_eq!(printed(here, &["search", "Samsonov"]), "nothing found\n");
    let (status, ..) = run(here, &["show", "Gregor Samsonov"]);
    assert_eq!(status, 66);
    assert!(printed(here, &["people", "--owner"]).contains("Gregor Samsonov  (may be alive)"));
    let (status, _, err) = run(here, &["policy", "--reveal", "Gregor Samsonov"]);
    assert!(status == 2 && err.contains("needs a reason"), "{err}");
    printed(
        here,
        &[
            "policy",
            "--reveal",
            "Gregor Samsonov",
            "--reason",
            "died in 1990",
        ],
    );
    assert!(printed(here, &["people"]).contains("Gregor Samsonov"));
    let policy = printed(here, &["policy"]);
    assert!(
        policy.contains("never shielded, because: died in 1990"),
        "{policy}"
    );
}

#[test]
fn namesakes_are_told_apart_and_a_contradiction_says_what_to_undo() {
    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    printed(here, &["init", "strikes"]);
    std::fs::create_dir(here.join("reports")).expect("there is room");
    for (name, what) in [("a.txt", "led the strike"), ("b.txt", "was arrested")] {
        let text = format!(
            "Report of 3 May 1911.\n\nIvan Orlov {what} at the Vulkan Works. Orlov denied it.\n"
        );
        std::fs::write(here.join("reports").join(name), text).expect("there is room");
    }
    printed(here, &["add", "reports", "--date", "1911-05-03"]);
    let people = || printed(here, &["people", "--owner"]);
    assert!(
        people().contains("  name        Ivan Orlov\n"),
        "{}",
        people()
    );
    let relate = |verdict: &str| {
        let sides = ("PERSON:Ivan Orlov@a.txt", "Ivan Orlov@b.txt");
        run(
            here,
            &["relate", sides.0, verdict, sides.1, "--reason", "ages"],
        )
    };
    assert_eq!(relate("distinct").0, 0);
    assert!(
        people().contains("  one report  Ivan Orlov @reports/a.txt\n"),
        "{}",
        people()
    );
    let (status, _, err) = run(here, &["show", "Ivan Orlov"]);
    assert!(
        status == 2 && err.contains("PERSON:Ivan Orlov@reports/b.txt (number "),
        "{err}"
    );
    let shown = printed(here, &["show", "Orlov@b.txt"]);
    assert!(
        shown.contains("was arrested") && !shown.contains("led"),
        "{shown}"
    );
    let (status, _, err) = relate("same");
    assert!(
        status == 2
            && err.contains("operation 4, by tester: PERSON:Ivan Orlov@reports/a.txt and PERSON:Ivan Orlov@reports/b.txt are distinct, because: ages")
            && err.contains("svodka undo"),
        "{err}"
    );
    printed(here, &["undo", "4"]);
    assert_eq!(relate("same").0, 0);
    assert!(
        people().contains("  judged      Ivan Orlov\n"),
        "{}",
        people()
    );
    assert!(printed(here, &["check"]).starts_with("sound: 2 reports"));
}

#[test]
fn a_project_that_cannot_be_had_is_told_plainly() {
    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    let (status, _, err) = run(here, &["status"]);
    assert!(
        status == 66 && err.contains("there is no project here"),
        "{err}"
    );
    printed(here, &["init", "one"]);
    let (status, _, err) = run(here, &["init", "one"]);
    assert!(
        status == 74 && err.contains("there is such a file already"),
        "{err}"
    );
    std::fs::write(here.join("two.svodka"), "words").expect("there is room");
    let (status, _, err) = run(here, &["check", "--project", "two.svodka"]);
    assert!(
        status == 65 && err.contains("not a Svodka project"),
        "{err}"
    );
    let (status, _, err) = run(here, &["add", "none.txt", "--project", "one.svodka"]);
    assert!(
        status == 65 && err.contains("none.txt: there is no such file"),
        "{err}"
    );
}

/// Killed at any moment while it adds, the program leaves whole reports and a sound file, and goes on when it is called again.
#[test]
fn adding_can_be_killed_at_any_moment() {
    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    let reports = here.join("reports");
    std::fs::create_dir(&reports).expect("there is room");
    let texts: Vec<String> = (0..120)
        .map(|number| format!("Report of 3 May 1911.\n\nIvan Orlov led strike number {number} at the Vulkan Works. Anna Weiss denied it.\n"))
        .collect();
    for (number, text) in texts.iter().enumerate() {
        std::fs::write(reports.join(format!("{number:03}.txt")), text).expect("there is room");
    }
    printed(here, &["init", "strikes"]);
    let mut kept = 0;
    for kill in 0..10_u64 {
        let mut adding = command(here, &["add", "reports"]);
        let silent = || std::process::Stdio::null();
        let mut adding = adding
            .stdout(silent())
            .stderr(silent())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(250 + kill * 37 % 200));
        adding.kill().expect("it can be killed");
        adding.wait().expect("it ends");
        let checked = printed(here, &["check"]);
        let number = checked
            .split(' ')
            .nth(1)
            .and_then(|number| number.parse::<usize>().ok())
            .expect("a number");
        assert!(number >= kept, "{kept} became {number}");
        kept = number;
    }
    let added = printed(here, &["add", "reports", "--json"]);
    let added: serde_json::Value = serde_json::from_str(&added).expect("JSON");
    assert_eq!(
        added["added"].as_u64().map(|new| kept + new as usize),
        Some(texts.len()),
        "{added}"
    );
    assert!(printed(here, &["check"]).starts_with("sound: 120 reports"));
}
