//! `svodka read` from outside: what a person at a terminal or a script sees.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{ROOT, SVODKA, ended, given};

fn svodka() -> Command {
    let mut command = Command::new(SVODKA);
    command.current_dir(ROOT).env_remove("SVODKA_MODEL");
    command
}

/// Exit status, standard output, standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = svodka().args(arguments).output();
    ended(output.expect("the program starts"))
}

/// A folder with files of these contents.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("there is room for a file");
    }
    folder
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

fn examples() -> Vec<String> {
    let entries = Path::new(ROOT)
        .join("examples")
        .read_dir()
        .expect("the repository has examples");
    let mut files: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".txt"))
        .map(|name| format!("examples/{name}"))
        .collect();
    files.sort();
    files
}

const SOUND: &[u8] = b"Report of 3 May 1911.\n\nThe weaver Anna Lang spoke at Lomond.\n";

/// Reads one bad file: its status, and its message without the folder.
fn check(name: &str, bytes: &[u8], status: i32, message: &str) {
    let folder = folder(&[(name, bytes)]);
    let file = path(&folder, name);
    let (found, out, err) = run(&["read", &file, "--json"]);
    assert_eq!((found, out.as_str()), (status, ""), "{err}");
    assert!(!err.contains("panicked"), "{err}");
    let told = err.replace(&format!("{}/", folder.path().display()), "");
    assert!(
        told.starts_with(&format!("svodka: {name}: {message}")),
        "{told}"
    );
}

#[test]
fn a_pdf_renamed_to_txt_is_recognised() {
    check(
        "report.txt",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        65,
        "the PDF is damaged: ",
    );
}

#[test]
fn invalid_utf_8_is_refused_with_its_place() {
    let message =
        "not valid UTF-8 at line 2, column 5 (byte 10): found the byte 0xFF [ingest/undecodable]";
    check("report.txt", b"first\nline\xff\n", 65, message);
}

#[test]
fn an_empty_file_says_that_it_is_empty() {
    check("report.txt", b"", 65, "the file is empty [ingest/empty]");
}

#[test]
fn binary_data_is_refused() {
    check(
        "report.txt",
        b"Report\0\x01\x02",
        65,
        "not text: a NUL character at line 1, column 7 (byte 6) [ingest/binary]",
    );
}

#[test]
fn a_line_of_100_mb_is_refused() {
    let line = vec![b'a'; 100_000_000];
    check(
        "report.txt",
        &line,
        65,
        "line 1 is 95 MiB long, the most that is read is 256 KiB [ingest/line-too-long]",
    );
}

#[test]
fn a_folder_is_no_report() {
    let folder = folder(&[]);
    let (status, out, err) = run(&["read", &folder.path().to_string_lossy()]);
    assert_eq!((status, out.as_str()), (65, ""));
    assert!(err.contains("this is a folder, not a report"), "{err}");
}

#[test]
fn a_missing_file_says_so() {
    let (status, out, err) = run(&["read", "examples/no-such-report.txt"]);
    assert_eq!((status, out.as_str()), (66, ""));
    assert!(
        err.starts_with("svodka: examples/no-such-report.txt: there is no such file\n"),
        "{err}"
    );
}

#[test]
fn an_unknown_date_is_wrong_usage_and_shows_a_right_one() {
    let (status, _, err) = run(&["read", "examples/x.txt", "--date", "yesterday"]);
    assert_eq!(status, 2);
    assert!(
        err.contains("'yesterday' is not an EDTF date") && err.contains("1923-09-01"),
        "{err}"
    );
}

#[test]
fn an_unknown_encoding_is_wrong_usage() {
    let folder = folder(&[("sound.txt", SOUND)]);
    let (status, _, err) = run(&["read", &path(&folder, "sound.txt"), "--encoding", "klingon"]);
    assert_eq!(status, 2);
    assert!(
        err.contains("no text encoding is called 'klingon'") && err.contains("windows-1251"),
        "{err}"
    );
}

#[test]
fn one_bad_file_among_many_is_told_and_counted_and_the_rest_are_read() {
    let folder = folder(&[("a.txt", SOUND), ("b.txt", b"%PDF-1.4\n"), ("c.txt", SOUND)]);
    let files: Vec<String> = ["a.txt", "b.txt", "missing.txt", "c.txt"]
        .map(|name| path(&folder, name))
        .to_vec();
    let arguments: Vec<&str> = ["read", "--json"]
        .into_iter()
        .chain(files.iter().map(String::as_str))
        .collect();
    let (status, out, err) = run(&arguments);
    assert_eq!(status, 65);
    let reports: Vec<serde_json::Value> = serde_json::from_str(&out).expect("an array");
    let sources: Vec<&str> = reports
        .iter()
        .filter_map(|report| report["report"]["source"].as_str())
        .collect();
    assert_eq!(sources, [&files[0], &files[3]]);
    assert!(
        err.contains("b.txt: the PDF is damaged")
            && err.contains("missing.txt: there is no such file"),
        "{err}"
    );
    assert!(
        err.ends_with("svodka: 2 of 4 files could not be read; the others were\n"),
        "{err}"
    );
}

#[test]
fn several_missing_files_are_missing_input() {
    let (status, out, err) = run(&["read", "--json", "no-1.txt", "no-2.txt"]);
    assert_eq!((status, out.as_str()), (66, "[]\n"));
    assert!(err.contains("none of 2 files could be read"), "{err}");
}

#[test]
fn older_encodings_are_recognised_and_named_ones_obeyed() {
    let text = "On 3 May “Лига” met at Zürich.";
    let utf_16: Vec<u8> = format!("\u{feff}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = folder(&[
        ("wide.txt", &utf_16),
        ("koi.txt", b"\xe7\xcf\xd2\xcf\xc4 N"),
    ]);
    let text_of = |out: &str| {
        serde_json::from_str::<serde_json::Value>(out).expect("an object")["text"].clone()
    };
    let (status, out, err) = run(&["read", "--json", &path(&folder, "wide.txt")]);
    assert_eq!((status, text_of(&out).as_str()), (0, Some(text)), "{err}");
    let (status, out, err) = run(&[
        "read",
        "--json",
        "--encoding",
        "koi8-r",
        &path(&folder, "koi.txt"),
    ]);
    assert_eq!(
        (status, text_of(&out).as_str()),
        (0, Some("Город N")),
        "{err}"
    );
}

#[test]
fn json_is_an_object_for_one_report_and_an_array_for_several_and_jsonl_a_line_each() {
    let folder = folder(&[("a.txt", SOUND), ("b.txt", SOUND)]);
    let (a, b) = (path(&folder, "a.txt"), path(&folder, "b.txt"));
    let (_, one, _) = run(&["read", "--json", &a]);
    let (_, two, _) = run(&["read", "--json", &a, &b]);
    let (_, lines, _) = run(&["read", "--jsonl", &a, &b]);
    let one: serde_json::Value = serde_json::from_str(&one).expect("an object");
    let two: Vec<serde_json::Value> = serde_json::from_str(&two).expect("an array");
    let lines: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object"))
        .collect();
    assert_eq!(one["format"], 1);
    assert_eq!((two.len(), &two[0]), (2, &one));
    assert_eq!(lines, two);
}

#[test]
fn places_count_code_points_and_hold_what_is_quoted() {
    for file in examples() {
        let (_, out, _) = run(&["read", "--json", &file]);
        let report: serde_json::Value = serde_json::from_str(&out).expect("an object");
        let text: Vec<char> = report["text"].as_str().expect("the text").chars().collect();
        let mut places = 0;
        let mut stands = |value: &serde_json::Value| {
            let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64()) else {
                return;
            };
            let found: String = text[start as usize..end as usize].iter().collect();
            assert_eq!(value["text"].as_str(), Some(found.as_str()), "{file}");
            places += 1;
        };
        report["mentions"]
            .as_array()
            .expect("mentions")
            .iter()
            .for_each(&mut stands);
        for claim in report["claims"].as_array().expect("claims") {
            stands(&claim["evidence"]);
            let roles = claim["roles"].as_object().expect("roles");
            roles
                .values()
                .filter_map(serde_json::Value::as_array)
                .flatten()
                .for_each(&mut stands);
        }
        assert!(places > 50, "{file}: only {places} places");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_on_every_run_and_with_any_number_of_threads() {
    let files = examples();
    let with = |threads: &str, form: &[&str]| {
        let mut arguments = vec!["read", "--threads", threads];
        arguments.extend(form);
        arguments.extend(files.iter().map(String::as_str));
        let (status, out, err) = run(&arguments);
        assert_eq!(status, 0, "{err}");
        out
    };
    let first = with("1", &["--json"]);
    assert!(first == with("1", &["--json"]), "a second run differs");
    assert!(
        first == with("2", &["--json"]),
        "two threads differ from one"
    );
    assert!(
        first == with("5", &["--json"]),
        "five threads differ from one"
    );
    assert!(
        with("1", &[]) == with("2", &[]),
        "the page of two threads differs from that of one"
    );
}

#[test]
fn a_page_in_a_pipe_has_no_colour_and_tells_every_claim() {
    let file = &examples()[0];
    let (_, page, _) = run(&["read", file]);
    assert!(!page.contains('\u{1b}'));
    let (_, json, _) = run(&["read", "--json", file]);
    let report: serde_json::Value = serde_json::from_str(&json).expect("an object");
    let claims = report["claims"].as_array().expect("claims").len();
    assert!(page.contains(&format!("\n{claims} claims (")), "{page}");
    let (_, painted, _) = run(&["read", "--color", "always", file]);
    assert!(painted.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&painted).to_string(), page);
}

#[test]
fn standard_input_is_read_under_the_name_of_a_dash() {
    let output = given(svodka().args(["read", "--json", "-"]), SOUND);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("an object");
    assert_eq!(report["report"]["source"], "-");
    assert_eq!(report["text"].as_str().map(str::as_bytes), Some(SOUND));
}

#[test]
fn a_given_date_is_the_reports_date() {
    let folder = folder(&[("a.txt", b"A strike broke out yesterday at Lomond.\n")]);
    let (_, out, _) = run(&[
        "read",
        "--json",
        "--date",
        "1923-09-01",
        &path(&folder, "a.txt"),
    ]);
    let report: serde_json::Value = serde_json::from_str(&out).expect("an object");
    assert_eq!(report["report"]["date"], "1923-09-01");
    assert_eq!(report["mentions"][0]["edtf"], "1923-08-31", "{out}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_a_closed_pipe_is_not() {
    let file = &examples()[0];
    if Path::new("/dev/full").exists() {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("it can be opened");
        let mut command = Command::new(SVODKA);
        let output = command
            .current_dir(ROOT)
            .args(["read", "--json", file])
            .stdout(full)
            .stderr(std::process::Stdio::piped());
        let output = output
            .spawn()
            .and_then(std::process::Child::wait_with_output)
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(74));
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("the output could not be written")
        );
    }
    let (reader, writer) = std::io::pipe().expect("there are pipes");
    drop(reader);
    let mut command = Command::new(SVODKA);
    let output = command
        .current_dir(ROOT)
        .args(["read", file])
        .stdout(writer)
        .stderr(std::process::Stdio::piped());
    let output = output
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("the program starts");
    assert_eq!(
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).as_ref()
        ),
        (Some(0), "")
    );
}

/// A copy of the model in which one file can be spoilt.
fn copy_of_the_model(folder: &Path) -> PathBuf {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("there is room");
        for entry in fs::read_dir(from)
            .expect("the model is there: `make models`")
            .flatten()
        {
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).expect("there is room");
            }
        }
    }
    let name = "en_core_web_sm-3.8.0";
    copy(
        &Path::new(ROOT).join("models").join(name),
        &folder.join(name),
    );
    folder.join(name)
}

#[test]
fn a_missing_model_names_the_command_to_run() {
    let folder = folder(&[("a.txt", SOUND)]);
    let (status, _, err) = run(&[
        "read",
        &path(&folder, "a.txt"),
        "--model",
        &path(&folder, "nowhere"),
    ]);
    assert_eq!(status, 66);
    assert!(
        err.contains("there is no language model at") && err.contains("make models"),
        "{err}"
    );
}

#[test]
fn an_altered_model_is_refused_and_a_sound_copy_is_not() {
    let folder = folder(&[("a.txt", SOUND)]);
    let model = copy_of_the_model(folder.path());
    let read = || {
        let output = svodka()
            .env("SVODKA_MODEL", &model)
            .args(["read", &path(&folder, "a.txt")])
            .output();
        let output = output.expect("the program starts");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    assert_eq!(read(), (Some(0), String::new()));
    let weights = model.join("ner/model");
    let mut bytes = fs::read(&weights).expect("the copy can be read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&weights, bytes).expect("the copy can be written");
    let (status, err) = read();
    assert_eq!(status, Some(65));
    assert!(
        err.contains("ner/model is not the published file") && err.contains("make models"),
        "{err}"
    );
    fs::remove_file(&weights).expect("the copy can be removed");
    let (status, err) = read();
    assert_eq!(status, Some(65));
    assert!(err.contains("ner/model is missing"), "{err}");
}

#[test]
fn timings_stand_on_standard_error_and_leave_the_output_alone() {
    let folder = folder(&[("report.txt", SOUND)]);
    let report = path(&folder, "report.txt");
    let (_, plain, _) = run(&["read", &report, "--json"]);
    let (status, timed, table) = run(&["read", &report, "--json", "--timings"]);
    assert_eq!((status, timed), (0, plain));
    let steps: Vec<&str> = table
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let expected = [
        "load", "ingest", "layout", "parse", "names", "dates", "claims", "print", "in",
    ];
    assert_eq!(steps, expected);
}

/// A file made by other people's programs, kept with the crate that reads it.
fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../svodka-ingest/tests/fixtures"
    );
    std::fs::read(format!("{folder}/{name}")).expect("a fixture of svodka-ingest")
}

#[test]
fn a_pdf_is_read_its_sidecar_believed_and_its_quotations_bear_their_page() {
    let sidecar = br#"{"title": "The May strike", "date": "1923-05-04", "author": "Brandt"}"#;
    let pdf = fixture("report.pdf");
    let folder = folder(&[("report.pdf", &pdf), ("report.pdf.meta.json", sidecar)]);
    let file = path(&folder, "report.pdf");
    let (status, out, err) = run(&["read", &file, "--json"]);
    assert_eq!(status, 0, "{err}");
    let report: serde_json::Value = serde_json::from_str(&out).expect("a report");
    assert_eq!(report["report"]["title"], "The May strike");
    assert_eq!(report["report"]["date"], "1923-05-04");
    assert_eq!(report["report"]["compiler"][0], "Brandt");
    let (_, page, _) = run(&["read", &file]);
    assert!(page.contains("page\u{a0}1, line\u{a0}"), "{page}");
}

#[test]
fn a_zip_gives_an_array_and_its_bad_files_are_told() {
    let folder = folder(&[("reports.zip", &fixture("reports.zip"))]);
    let (status, out, err) = run(&["read", &path(&folder, "reports.zip"), "--json"]);
    assert_eq!(status, 65);
    let reports: Vec<serde_json::Value> = serde_json::from_str(&out).expect("an array");
    assert_eq!(reports.len(), 2);
    assert!(
        err.contains("reports.zip#locked.pdf: the PDF is protected by a password"),
        "{err}"
    );
    assert!(
        err.ends_with("3 of 5 files could not be read; the others were\n"),
        "{err}"
    );
}
