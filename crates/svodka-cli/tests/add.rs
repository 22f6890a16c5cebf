//! `svodka add` with manifests, scans and summaries.

mod common;

use std::path::Path;

use common::{ROOT, command, printed, run};

#[test]
fn a_manifest_names_the_files_and_says_what_they_do_not() {
    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    std::fs::create_dir(here.join("box")).expect("there is room");
    for (name, text) in [
        ("a.txt", "Ivan Orlov led a strike at the Halden works."),
        ("b.txt", "Anna Weiss was arrested."),
    ] {
        std::fs::write(here.join("box").join(name), text).expect("there is room");
    }
    let list = "Path,Date,Title,Author,Archive reference,Pages\na.txt,1911-09,On a strike,Captain Lang,F. 1 op. 2,3\nb.txt,1911-10-02,,,,\nlost.txt,1911,,,,\n";
    std::fs::write(here.join("box/list.csv"), list).expect("there is room");
    printed(here, &["init", "strikes"]);
    let (status, out, err) = run(
        here,
        &[
            "add",
            "--manifest",
            "box/list.csv",
            "--summary",
            "added.json",
        ],
    );
    assert!(
        status == 65 && err.contains("lost.txt: there is no such file"),
        "{out}{err}"
    );
    assert!(
        out.starts_with("2 reports added") && out.contains("1 not read"),
        "{out}"
    );
    let summary = std::fs::read_to_string(here.join("added.json")).expect("it was written");
    let summary: serde_json::Value = serde_json::from_str(&summary).expect("JSON");
    assert_eq!(
        (&summary["added"], &summary["unchanged"]),
        (&2.into(), &0.into()),
        "{summary}"
    );
    assert!(
        summary["refused"][0]["file"]
            .as_str()
            .is_some_and(|file| file.ends_with("lost.txt")),
        "{summary}"
    );
    assert!(summary["refused"][0]["remedy"].is_string() && summary["seconds"].is_number());
    let found = printed(here, &["search", "strike", "--owner"]);
    assert!(found.contains("1911-09 · On a strike"), "{found}");
    // What the list says stays when the report is read anew.
    printed(here, &["reread", "--all", "--yes"]);
    let found = printed(here, &["search", "strike", "--owner"]);
    assert!(found.contains("1911-09 · On a strike"), "{found}");
    printed(here, &["export", "csv", "--output", "tables"]);
    let reports = std::fs::read_to_string(here.join("tables/reports.csv")).expect("it is there");
    assert!(reports.contains(",F. 1 op. 2,"), "{reports}");
    let again = printed(here, &["add", "box/a.txt", "box/b.txt", "--json"]);
    let again: serde_json::Value = serde_json::from_str(&again).expect("JSON");
    assert_eq!(again["unchanged"], 2, "{again}");
    std::fs::write(here.join("wrong.csv"), "date\n1911\n").expect("there is room");
    let (status, _, err) = run(here, &["add", "--manifest", "wrong.csv"]);
    assert!(status == 65 && err.contains("no column 'file'"), "{err}");
}

#[test]
#[cfg(unix)]
fn a_scan_is_read_by_ocrmypdf_where_that_is_asked_for() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    let fixtures = Path::new(ROOT).join("crates/svodka-ingest/tests/fixtures");
    std::fs::copy(fixtures.join("scan.pdf"), here.join("scan.pdf")).expect("there is room");
    printed(here, &["init", "strikes"]);
    let (status, _, err) = run(here, &["add", "scan.pdf"]);
    assert!(
        status == 65 && err.contains("ocrmypdf -l eng 'scan.pdf' 'scan-read.pdf'"),
        "{err}"
    );
    let tools = here.join("tools");
    std::fs::create_dir(&tools).expect("there is room");
    let with = |script: &str, arguments: &[&str]| {
        let tool = tools.join("ocrmypdf");
        std::fs::write(&tool, format!("#!/bin/sh\n{script}\n")).expect("there is room");
        std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o755))
            .expect("it is ours");
        let path = format!("{}:/usr/bin:/bin", tools.display());
        let output = command(here, arguments)
            .env("PATH", path)
            .output()
            .expect("the program starts");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned()
                + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let ocr = ["add", "scan.pdf", "--ocr", "--ocr-time", "1"];
    let (status, told) = with("sleep 30", &ocr);
    assert!(
        status == Some(65)
            && told.contains("did not end within 1 s")
            && told.contains("--ocr-time"),
        "{told}"
    );
    let (status, told) = with("echo 'page 1: no tessdata' >&2; exit 3", &ocr);
    assert!(
        status == Some(65) && told.contains("could not read it: page 1: no tessdata"),
        "{told}"
    );
    // As the real one is called: options, then what is read, then what comes out.
    let reads = format!(
        "for last; do :; done; cp '{}' \"$last\"",
        fixtures.join("report.pdf").display()
    );
    let (status, told) = with(&reads, &["add", "scan.pdf", "--ocr"]);
    assert!(
        status == Some(0) && told.starts_with("1 report added"),
        "{told}"
    );
    // It is the scan that is known again.
    assert!(printed(here, &["add", "scan.pdf"]).contains("1 there already"));
    std::fs::remove_file(tools.join("ocrmypdf")).expect("it was there");
    std::fs::write(
        here.join("other.pdf"),
        std::fs::read(here.join("scan.pdf"))
            .expect("there")
            .into_iter()
            .chain(*b"\n")
            .collect::<Vec<u8>>(),
    )
    .expect("there is room");
    let output = command(here, &["add", "other.pdf", "--ocr"])
        .env("PATH", &tools)
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("--ocr needs ocrmypdf, which is not installed"),
        "{told}"
    );
}
