//! What happens when the power of a process, a disk or of another process ends.

mod common;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{by, contract, project, reader, report, session, sound, stamp};
use svodka_model::NameType;
use svodka_store::{Added, Audience, ClaimFilter, Relation, StoreError, Writer};

/// How many processes are killed.
const KILLS: usize = 200;
/// How many of them at work on the same project.
const OF_EACH: usize = 20;
/// How many reports a process adds that is let be.
const WANTED: usize = 40;
/// How many reports a process would like to add that is killed: more than any machine adds in that time.
const WITHOUT_END: usize = 1_000_000;
/// A process is killed at most this many microseconds after it was started.
const LONGEST_LIFE: u64 = 60_000;

fn text(number: usize) -> String {
    format!(
        "Report {number}. Ivan Orlov led strike {number} at Kremnegorsk. Weiss says that Zimin perhaps wrote number {number} of The Bell. \
         In 1911 Maria Kovács met Pyotr Zimin at the Orlov Mill, {number} versts away."
    )
}

/// What the program does that is started anew by the tests below: it writes until it has done everything or is killed.
#[test]
#[ignore = "a process that other tests start"]
#[expect(
    clippy::disallowed_methods,
    reason = "tells whether a test started this"
)]
fn written_by_a_process() {
    let Ok(project) = std::env::var("SVODKA_TEST_PROJECT") else {
        return;
    };
    let number = |name: &str| -> usize {
        let value = std::env::var(name).expect("told");
        value.parse().expect("a number")
    };
    let (first, wanted) = (number("SVODKA_TEST_FIRST"), number("SVODKA_TEST_WANTED"));
    let mut writer = Writer::open(Path::new(&project), &session(), common::WAIT).expect("it opens");
    for number in first..first + wanted {
        let label = format!("{number}.txt");
        writer
            .add(report(&label, &text(number), "1923"), &stamp())
            .expect("kept");
        if number % 3 == 0 {
            let mut again = contract(&label, &text(number), "1923");
            again.claims.truncate(number % 4);
            writer
                .reread(&label, &again, &by("2"), &stamp())
                .expect("kept");
        }
        if number % 5 == 0 {
            let (orlov, zimin) = (
                writer.find("Ivan Orlov").expect("known"),
                writer.find("Pyotr Zimin").expect("known"),
            );
            writer
                .relate(&orlov, &zimin, Relation::Same, "a test", &stamp())
                .expect("judged");
        }
    }
    writer.close().expect("it closes");
}

fn started(project: &Path, first: usize, wanted: usize) -> Child {
    Command::new(std::env::current_exe().expect("a test is a program"))
        .args(["written_by_a_process", "--exact", "--ignored"])
        .env("SVODKA_TEST_PROJECT", project)
        .env("SVODKA_TEST_FIRST", first.to_string())
        .env("SVODKA_TEST_WANTED", wanted.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts")
}

#[test]
fn two_hundred_kills_lose_double_and_halve_nothing() {
    let mut seed = 20_261_123;
    let (mut in_the_middle, mut reports) = (0, 0);
    for _ in 0..KILLS / OF_EACH {
        let (killed, added) = killed_again_and_again(&mut seed);
        in_the_middle += killed;
        reports += added;
    }
    assert!(
        in_the_middle == KILLS,
        "only {in_the_middle} of {KILLS} were killed while they ran"
    );
    assert!(reports > KILLS, "only {reports} reports were added in all");
    println!(
        "{KILLS} kills, {in_the_middle} of them while the process ran; {reports} reports, none lost, doubled or half-written"
    );
}

/// Kills one process after the other at work on one project. Gives how many were killed before they ended, and how many reports there are.
fn killed_again_and_again(seed: &mut u64) -> (usize, usize) {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, writer) = project(folder.path());
    writer.close().expect("it closes");
    let (mut first, mut before, mut in_the_middle) = (0, 0, 0);
    for _ in 0..OF_EACH {
        let mut child = started(&path, first, WITHOUT_END);
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros((*seed >> 33) % LONGEST_LIFE));
        child.kill().expect("it can be killed");
        let ended = child.wait().expect("it ends");
        in_the_middle += usize::from(!ended.success());
        // Every report that is there is there once, whole, and none that was there is gone.
        let reader = reader(&path, Audience::Owner);
        let reports = reader.reports().expect("read");
        assert!(
            reports.len() >= before,
            "{before} reports became {}",
            reports.len()
        );
        let expected: Vec<String> = (0..reports.len())
            .map(|number| format!("{number}.txt"))
            .collect();
        let labels: Vec<&str> = reports.iter().map(|report| report.label.as_str()).collect();
        assert_eq!(labels, expected);
        for (number, row) in reports.iter().enumerate() {
            let whole = reader.report(&row.label).expect("read");
            assert_eq!(whole.text, text(number));
            assert_eq!((row.version, row.claims as usize), (1, whole.claims.len()));
        }
        drop(reader);
        before = reports.len();
        assert_eq!(sound(&path).reports, before);
        // The next goes on where this one may have been; what is there already is not added again.
        first = before.saturating_sub(3);
    }
    (in_the_middle, before)
}

#[test]
fn two_processes_that_write_at_once_both_get_their_turn() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, writer) = project(folder.path());
    writer.close().expect("it closes");
    let mut both = [started(&path, 0, WANTED), started(&path, 1000, WANTED)];
    for child in &mut both {
        assert!(child.wait().expect("it ends").success());
    }
    let soundness = sound(&path);
    assert_eq!(soundness.reports, 2 * WANTED);
}

#[test]
fn who_waits_in_vain_is_told_who_holds_the_project() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, writer) = project(folder.path());
    let holder = rusqlite::Connection::open(&path).expect("it opens");
    holder.execute_batch("BEGIN IMMEDIATE").expect("it holds");
    let other = Writer::open(&path, &session(), Duration::from_millis(50));
    let Err(error @ StoreError::Held(_)) = other else {
        panic!("{other:?}");
    };
    let told = error.to_string();
    assert!(
        told.contains(&format!(
            "process {} on test, testing since 2026-11-23",
            std::process::id()
        )),
        "{told}"
    );
    holder.execute_batch("ROLLBACK").expect("it lets go");
    Writer::open(&path, &session(), Duration::from_millis(50))
        .and_then(Writer::close)
        .expect("it is free");
    writer.close().expect("it closes");
    sound(&path);
}

#[test]
fn a_file_that_may_not_grow_keeps_what_it_has() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    let size = std::fs::metadata(&path)
        .map(|about| about.len())
        .expect("there is a file");
    writer.limit_size(size + 300_000).expect("limited");
    let added = fill(&mut writer);
    assert!(matches!(added.1, StoreError::Full), "{}", added.1);
    writer.close().expect("it closes all the same");
    assert_eq!(sound(&path).reports, added.0);
}

/// Adds reports until it fails: how many were added, and why no more.
fn fill(writer: &mut Writer) -> (usize, StoreError) {
    for number in 0.. {
        // Texts that cannot be compressed much, so that a disk is soon full.
        let mut seed = number as u64 + 1;
        let words = std::iter::repeat_with(|| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            format!("{:x}", seed >> 20)
        });
        let words: Vec<String> = words.take(800).collect();
        let text = format!("{} {}", text(number), words.join(" "));
        match writer.add(report(&format!("{number}.txt"), &text, "1923"), &stamp()) {
            Ok(added) => assert!(matches!(added, Added::New(_))),
            Err(error) => return (number, error),
        }
    }
    unreachable!("the numbers do not end")
}

/// The part of the tests below that runs where a small disk was mounted.
#[test]
#[ignore = "a process that other tests start"]
#[expect(
    clippy::disallowed_methods,
    reason = "tells whether a test started this"
)]
fn on_a_small_disk() {
    let Ok(disk) = std::env::var("SVODKA_TEST_DISK") else {
        return;
    };
    let path = Path::new(&disk).join("test.svodka");
    if path.exists() {
        // The disk is read-only now.
        let opened = Writer::open(&path, &session(), common::WAIT).map(|_| ());
        assert!(matches!(opened, Err(StoreError::ReadOnly)), "{opened:?}");
        let made = Writer::create(
            &Path::new(&disk).join("other.svodka"),
            "other",
            &session(),
            &stamp(),
        )
        .map(|_| ());
        assert!(matches!(made, Err(StoreError::ReadOnly)), "{made:?}");
        let reader = reader(&path, Audience::Owner);
        assert!(!reader.things(&NameType::ALL).expect("read").is_empty());
        sound(&path);
        println!("read-only held");
        return;
    }
    let (path, mut writer) = project(Path::new(&disk));
    let (added, error) = fill(&mut writer);
    assert!(
        matches!(error, StoreError::Full | StoreError::Disk(_)),
        "{error}"
    );
    assert!(added > 3, "{added}");
    drop(writer);
    assert_eq!(sound(&path).reports, added);
    // Whatever is left of the disk, what was added can be asked for.
    let claims = reader(&path, Audience::Owner)
        .claims(&ClaimFilter::default())
        .expect("read");
    assert!(claims.len() >= added);
    println!("full held");
}

/// A disk of two megabytes, mounted in a name space of its own, filled, and then made read-only. Where that is not allowed the test says so.
#[test]
fn a_full_and_a_read_only_disk_are_told_and_leave_the_file_whole() {
    let folder = tempfile::tempdir().expect("there is room");
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).expect("there is room");
    let program = std::env::current_exe().expect("a test is a program");
    let script = "mount -t tmpfs -o size=2m tmpfs \"$DISK\" || exit 99
        \"$PROGRAM\" on_a_small_disk --exact --ignored --nocapture || exit 1
        mount -o remount,ro \"$DISK\" && \"$PROGRAM\" on_a_small_disk --exact --ignored --nocapture";
    let run = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
        .env("DISK", &disk)
        .env("PROGRAM", program)
        .env("SVODKA_TEST_DISK", &disk)
        .output();
    let Ok(output) = run else {
        println!("skipped: there is no unshare here");
        return;
    };
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.code() == Some(99)
        || err.contains("unshare failed")
        || err.contains("not permitted")
    {
        println!("skipped: no disk can be mounted here: {err}");
        return;
    }
    assert!(output.status.success(), "{out}{err}");
    assert!(
        out.contains("full held") && out.contains("read-only held"),
        "{out}{err}"
    );
}
