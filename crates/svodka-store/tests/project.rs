//! What a project keeps.

mod common;

use common::{by, contract, project, reader, report, session, sound, stamp};
use svodka_store::{
    Added, Audience, ClaimFilter, ClaimKey, Kept, Query, Relation, Soundness, StoreError, Verdict,
    Writer, backup,
};

const TEXT: &str = "Strike at Kremnegorsk. Ivan Orlov led the strike. Weiss says that Zimin perhaps wrote in The Bell.";

#[test]
fn adding_the_same_bytes_again_changes_nothing() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    assert_eq!(
        writer
            .add(report("a.txt", TEXT, "1923-09"), &stamp())
            .expect("kept"),
        Added::New(3)
    );
    let again = writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("nothing to keep");
    assert_eq!(again, Added::Same("a.txt".to_owned()));
    let elsewhere = writer
        .add(report("b.txt", TEXT, "1923-09"), &stamp())
        .expect("nothing to keep");
    assert_eq!(elsewhere, Added::Same("a.txt".to_owned()));
    writer.close().expect("it closes");
    let soundness = sound(&path);
    assert_eq!(
        (soundness.operations, soundness.reports, soundness.claims),
        (2, 1, 3)
    );
}

#[test]
fn what_is_read_back_is_what_was_added() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    writer.close().expect("it closes");
    let read = reader(&path, Audience::Owner)
        .report("a.txt")
        .expect("it is there");
    assert_eq!(read, contract("a.txt", TEXT, "1923-09"));
}

fn key_of(label: &str, text: &str, words: &str) -> ClaimKey {
    let contract = contract(label, text, "1923-09");
    let at = contract
        .claims
        .iter()
        .position(|claim| claim.evidence.text.contains(words))
        .expect("there is such a claim");
    ClaimKey::of(label, &contract)[at]
}

#[test]
fn a_new_version_keeps_the_decisions_whose_words_still_stand_and_lists_the_rest() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    let led = writer
        .decide(
            key_of("a.txt", TEXT, "led"),
            Verdict::Accept,
            "seen",
            &stamp(),
        )
        .expect("judged");
    let wrote = writer
        .decide(
            key_of("a.txt", TEXT, "wrote"),
            Verdict::Reject,
            "he did not",
            &stamp(),
        )
        .expect("judged");
    let changed = "A new beginning. Ivan Orlov  led\nthe strike. Nothing more.";
    let added = writer
        .add(report("a.txt", changed, "1923-09"), &stamp())
        .expect("kept");
    let Added::Version {
        number, decisions, ..
    } = added
    else {
        panic!("{added:?}");
    };
    assert_eq!(number, 2);
    let standing: Vec<_> = decisions
        .iter()
        .map(|placed| (placed.operation, placed.standing.as_str()))
        .collect();
    assert_eq!(standing, [(led, "claim"), (wrote, "gone")]);
    writer.close().expect("it closes");
    sound(&path);
    let reader = reader(&path, Audience::Owner);
    assert_eq!(reader.status().expect("it can be read").stranded.len(), 1);
    let claims = reader
        .claims(&ClaimFilter::default())
        .expect("it can be read");
    let judged: Vec<_> = claims
        .iter()
        .filter(|told| !told.decisions.is_empty())
        .collect();
    assert_eq!(judged.len(), 1);
    assert_eq!(judged[0].decisions[0].operation, led);
}

#[test]
fn of_two_equal_quotations_a_decision_keeps_to_the_nearest() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    let text = "Orlov spoke. Nothing else happened on that day. Orlov spoke.";
    writer
        .add(report("a.txt", text, ""), &stamp())
        .expect("kept");
    let keys = ClaimKey::of("a.txt", &contract("a.txt", text, ""));
    writer
        .decide(keys[1], Verdict::Accept, "seen", &stamp())
        .expect("judged");
    let changed = "Weiss spoke. Nothing else happened on that day. Orlov spoke.";
    writer
        .add(report("a.txt", changed, ""), &stamp())
        .expect("kept");
    writer.close().expect("it closes");
    sound(&path);
    let claims = reader(&path, Audience::Owner)
        .claims(&ClaimFilter::default())
        .expect("it can be read");
    assert_eq!(
        claims
            .iter()
            .map(|told| told.decisions.len())
            .collect::<Vec<_>>(),
        [0, 1]
    );
}

#[test]
fn undoing_brings_back_what_was_and_undoing_that_brings_it_forth_again() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    writer
        .add(report("a.txt", "Weiss left.", "1923-10"), &stamp())
        .expect("kept");
    let claims = |path: &std::path::Path| sound(path).claims;
    assert_eq!(claims(&path), 1);
    let undone = writer.undo(3, "too early", &stamp()).expect("undone");
    assert_eq!(claims(&path), 3);
    assert!(matches!(
        writer.undo(3, "", &stamp()),
        Err(StoreError::NotUndoable { .. })
    ));
    assert!(matches!(
        writer.undo(1, "", &stamp()),
        Err(StoreError::NotUndoable { .. })
    ));
    writer.undo(undone, "", &stamp()).expect("undone");
    assert_eq!(claims(&path), 1);
    writer.undo(3, "", &stamp()).expect("undone");
    writer.undo(2, "", &stamp()).expect("undone");
    let soundness = sound(&path);
    assert_eq!((soundness.reports, soundness.claims), (0, 0));
    let again = writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    assert!(
        matches!(again, Added::Version { number: 3, .. }),
        "{again:?}"
    );
    assert_eq!(claims(&path), 3);
}

#[test]
fn another_reading_replaces_the_first_and_can_be_undone() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    assert_eq!(
        writer.labels_read_otherwise(Some(&by("2"))).expect("read"),
        ["a.txt"]
    );
    let mut other = contract("a.txt", TEXT, "1923-09");
    other.claims.truncate(1);
    let kept = writer
        .reread("a.txt", &other, &by("2"), &stamp())
        .expect("kept");
    assert_eq!(kept, Kept::Kept(Vec::new()));
    assert_eq!(sound(&path).claims, 1);
    assert!(
        writer
            .labels_read_otherwise(Some(&by("2")))
            .expect("read")
            .is_empty()
    );
    writer.undo(3, "", &stamp()).expect("undone");
    assert_eq!(sound(&path).claims, 3);
    writer
        .add(report("a.txt", "Weiss left.", "1923-10"), &stamp())
        .expect("kept");
    let late = writer
        .reread("a.txt", &other, &by("2"), &stamp())
        .expect("nothing to keep");
    assert_eq!(late, Kept::Outdated);
}

#[test]
fn names_that_are_the_same_are_counted_and_shown_as_one() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(
            report("a.txt", "Ivan Orlov led the strike.", "1911"),
            &stamp(),
        )
        .expect("kept");
    writer
        .add(report("b.txt", "Orlov left.", "1911"), &stamp())
        .expect("kept");
    let bare = writer.find("Orlov");
    let full = writer.find("ivan orlov").expect("it is known");
    assert_eq!(
        bare.as_ref().map(|name| name.folded.as_str()).ok(),
        Some("orlov")
    );
    let related = writer
        .relate(
            &full,
            &bare.expect("it is known"),
            Relation::Same,
            "one village",
            &stamp(),
        )
        .expect("judged");
    let people = |path: &std::path::Path| {
        let people = reader(path, Audience::Owner)
            .things(&[svodka_model::NameType::Person])
            .expect("read");
        people
            .iter()
            .map(|row| (row.label.clone(), row.reports))
            .collect::<Vec<_>>()
    };
    assert_eq!(people(&path), [("Ivan Orlov".to_owned(), 2)]);
    assert_eq!(
        reader(&path, Audience::Owner)
            .dossier("Orlov")
            .expect("one")
            .claims
            .len(),
        2
    );
    writer
        .undo(related, "two villages", &stamp())
        .expect("undone");
    assert_eq!(people(&path).len(), 2);
    writer.close().expect("it closes");
    sound(&path);
}

#[test]
fn reports_are_found_by_words_without_regard_to_case_accents_or_script() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    writer
        .add(
            report("b.txt", "Maria Kovács met Мясников at the mill.", "1923-10"),
            &stamp(),
        )
        .expect("kept");
    let reader = reader(&path, Audience::Owner);
    let labels = |words: &str| {
        let found = reader
            .search(&Query::parse(words).expect("words"), 10)
            .expect("read");
        assert_eq!(found.total, Some(found.hits.len() as u64));
        found
            .hits
            .into_iter()
            .map(|hit| hit.label)
            .collect::<Vec<_>>()
    };
    assert_eq!(labels("STRIKE zimin"), ["a.txt"]);
    assert_eq!(labels("kovacs"), ["b.txt"]);
    assert_eq!(labels("myasnikov"), ["b.txt"]);
    assert_eq!(labels("\"led the strike\""), ["a.txt"]);
    assert!(labels("\"the led strike\"").is_empty());
    assert_eq!(labels("mi*"), ["b.txt"]);
    assert_eq!(labels("the -strike"), ["b.txt"]);
    assert!(matches!(
        Query::parse("-only"),
        Err(StoreError::EmptySearch)
    ));
    let hit = &reader
        .search(&Query::parse("zimin").expect("words"), 1)
        .expect("read")
        .hits[0];
    assert_eq!(
        hit.marks
            .iter()
            .map(|mark| mark.of(&hit.snippet))
            .collect::<Vec<_>>(),
        ["Zimin"]
    );
}

#[test]
fn claims_are_found_by_what_they_say() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    writer
        .add(
            report("b.txt", "In 1911 Weiss left Kremnegorsk.", "1923-10"),
            &stamp(),
        )
        .expect("kept");
    let reader = reader(&path, Audience::Owner);
    let count = |filter: ClaimFilter| reader.claims(&filter).expect("read").len();
    assert_eq!(count(ClaimFilter::default()), 4);
    let about = |name: &str| ClaimFilter {
        about: Some(name.to_owned()),
        ..ClaimFilter::default()
    };
    assert_eq!(count(about("Zimin")), 1);
    let said = ClaimFilter {
        said_by: Some("The Bell".to_owned()),
        ..ClaimFilter::default()
    };
    assert_eq!(count(said), 1);
    let early = ClaimFilter {
        to: Some(jiff::civil::date(1912, 1, 1)),
        ..ClaimFilter::default()
    };
    assert_eq!(count(early), 1);
    let sure = ClaimFilter {
        certainty: Some(svodka_model::Certainty::Probable),
        ..ClaimFilter::default()
    };
    assert_eq!(count(sure), 3);
    assert!(matches!(
        reader.dossier("Nobody"),
        Err(StoreError::Unknown { .. })
    ));
}

#[test]
fn a_copy_is_whole_and_stands_alone() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    let copy = folder.path().join("copy.svodka");
    backup(&path, &copy, common::WAIT).expect("copied while a writer has it open");
    assert!(matches!(
        backup(&path, &copy, common::WAIT),
        Err(StoreError::Exists(_))
    ));
    assert_eq!(sound(&copy).claims, 3);
    assert!(!folder.path().join("copy.svodka-wal").exists());
    assert!(
        reader(&copy, Audience::Owner)
            .status()
            .expect("read")
            .sessions
            .is_empty()
    );
}

#[test]
fn a_closed_project_is_one_file() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    writer.close().expect("it closes");
    reader(&path, Audience::Others).status().expect("read");
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .flatten()
        .collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn what_does_not_follow_from_the_log_is_found() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    writer.close().expect("it closes");
    let whole = std::fs::read(&path).expect("a file");
    for (damage, told) in [
        (
            "UPDATE claim SET certainty = 3 WHERE ordinal = 1",
            "the table claim",
        ),
        ("DELETE FROM words WHERE rowid = 1", "the full-text index"),
        (
            "INSERT INTO thing (kind, folded, label) VALUES ('PERSON', 'x', 'X')",
            "the table thing",
        ),
        (
            "DROP TRIGGER content_stays; UPDATE content SET bytes = x'00' WHERE id = 1",
            "is not what it was",
        ),
        (
            "DROP TRIGGER operation_stays; UPDATE operation SET payload = '{}' WHERE id = 2",
            "does not take effect",
        ),
    ] {
        std::fs::write(&path, &whole).expect("there is room");
        let conn = rusqlite::Connection::open(&path).expect("it opens");
        conn.execute_batch(damage).expect("it can be damaged");
        drop(conn);
        let soundness = Soundness::of(&path, common::WAIT).expect("it can be checked");
        assert!(
            soundness
                .findings
                .iter()
                .any(|finding| finding.to_string().contains(told)),
            "{damage}: {soundness:?}"
        );
    }
}

#[test]
fn the_log_cannot_be_changed() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, writer) = project(folder.path());
    writer.close().expect("it closes");
    let conn = rusqlite::Connection::open(&path).expect("it opens");
    for change in [
        "DELETE FROM operation",
        "UPDATE operation SET author = 'me'",
    ] {
        let refused = conn.execute(change, []).expect_err("it is refused");
        assert!(
            refused.to_string().contains("the log is only added to"),
            "{refused}"
        );
    }
}

#[test]
fn what_is_no_project_is_not_opened() {
    let folder = tempfile::tempdir().expect("there is room");
    let open = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("there is room");
        Writer::open(&path, &session(), common::WAIT).map(|_| ())
    };
    assert!(matches!(open("text", b"not a database, and longer than a header of SQLite would be, which is a hundred bytes long as everybody knows"), Err(StoreError::NotAProject(_))));
    assert!(matches!(
        open("empty", b""),
        Err(StoreError::NotAProject(_))
    ));
    let missing = Writer::open(&folder.path().join("none"), &session(), common::WAIT);
    assert!(matches!(missing, Err(StoreError::Missing(_))));
    let (path, writer) = project(folder.path());
    writer.close().expect("it closes");
    let conn = rusqlite::Connection::open(&path).expect("it opens");
    conn.pragma_update(None, "user_version", 99).expect("set");
    drop(conn);
    let newer = Writer::open(&path, &session(), common::WAIT);
    assert!(
        matches!(newer, Err(StoreError::Newer { found: 99, .. })),
        "{newer:?}"
    );
}

/// Every schema there has been opens for ever. A new schema adds a fixture: `svodka_store` made these with the reports below.
#[test]
fn a_project_of_every_schema_opens() {
    let folder = tempfile::tempdir().expect("there is room");
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut seen = 0;
    for fixture in std::fs::read_dir(fixtures)
        .expect("there are fixtures")
        .flatten()
    {
        let path = folder.path().join(fixture.file_name());
        std::fs::copy(fixture.path(), &path).expect("there is room");
        let soundness = sound(&path);
        assert_eq!((soundness.reports, soundness.claims), (2, 4));
        let mut writer = Writer::open(&path, &session(), common::WAIT).expect("it opens");
        assert_eq!(
            writer
                .add(report("c.txt", "Weiss left.", "1911"), &stamp())
                .expect("kept"),
            Added::New(1)
        );
        writer.close().expect("it closes");
        assert_eq!(sound(&path).claims, 5);
        assert_eq!(
            reader(&path, Audience::Owner)
                .dossier("Ivan Orlov")
                .expect("read")
                .claims
                .len(),
            1
        );
        seen += 1;
    }
    assert!(seen > 0);
}

/// Writes the fixture of the newest schema anew; to be run by hand when there is a new one.
#[test]
#[ignore = "writes into the repository"]
fn write_the_fixture() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", TEXT, "1923-09"), &stamp())
        .expect("kept");
    writer
        .add(
            report("b.txt", "In 1911 Weiss left Kremnegorsk.", "1923-10"),
            &stamp(),
        )
        .expect("kept");
    writer
        .decide(
            key_of("a.txt", TEXT, "led"),
            Verdict::Grade("B2".to_owned()),
            "seen",
            &stamp(),
        )
        .expect("judged");
    writer.undo(4, "not yet", &stamp()).expect("undone");
    let (a, b) = (writer.find("Weiss@a.txt"), writer.find("Weiss@b.txt"));
    let (a, b) = (a.expect("known"), b.expect("known"));
    writer
        .relate(&a, &b, Relation::Distinct, "two towns", &stamp())
        .expect("judged");
    writer.close().expect("it closes");
    let conn = rusqlite::Connection::open(&path).expect("it opens");
    conn.execute_batch(
        "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM; PRAGMA journal_mode = WAL;",
    )
    .expect("smaller");
    let version: i64 = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("read");
    drop(conn);
    let to = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/fixtures/v{version}.svodka"));
    if !to.exists() {
        std::fs::copy(path, to).expect("there is room");
    }
}
