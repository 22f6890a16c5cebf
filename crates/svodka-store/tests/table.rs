//! The table of all claims follows the project.

mod common;

use std::sync::Arc;

use common::{project, reader, report, stamp};
use svodka_store::{Audience, ClaimFilter, Glance, Judged, Reader, Selection, Table, Verdict};

const MET: &str = "Ivan Orlov met Maria Kovács. In 1911 Zimin read The Bell.";
const LEFT: &str = "Ivan Orlov left Kremnegorsk. Weiss slept.";

/// All that is asked of a table.
fn told(reader: &Reader) -> String {
    let mut said = String::new();
    let about = |about: &str| Selection {
        filter: ClaimFilter {
            about: Some(about.to_owned()),
            ..ClaimFilter::default()
        },
        ..Selection::default()
    };
    let judged = Selection {
        judged: Some(Judged::Accepted),
        ..Selection::default()
    };
    for selection in [Selection::default(), about("Ivan Orlov"), judged] {
        let claims = reader.selected(&selection, 0, 99).expect("read");
        for place in 0..claims.0 {
            let page = reader.selected(&selection, place, 1).expect("read");
            assert_eq!(page, (claims.0, vec![claims.1[place]]), "{selection:?}");
        }
        let counts = reader.counts(&selection).expect("read");
        let ties = reader.ties(&selection, 9).expect("read");
        let places = reader.whereabouts(&selection).expect("read");
        said += &format!("{claims:?}{counts:?}{ties:?}{places:?}");
    }
    let queue = reader.unjudged(&ClaimFilter::default(), 0, 99);
    said + &format!("{:?}", queue.expect("read"))
}

/// In which reports two things have a part in one claim, whatever they are, between days of all sorts.
fn claiming(reader: &Reader) -> Vec<Vec<i64>> {
    let days = ["1911-12-31", "1923-08-15", "1923-09-01"].map(|day| day.parse().ok());
    let days: Vec<Option<jiff::civil::Date>> = [None].into_iter().chain(days).collect();
    let mut reports = Vec::new();
    for (first, last) in days
        .iter()
        .flat_map(|it| days.iter().map(move |that| (*it, *that)))
    {
        for (one, other) in (1..9).flat_map(|one| (one..9).map(move |other| (one, other))) {
            let things = if one == other {
                vec![one]
            } else {
                vec![one, other]
            };
            let found = reader.reports_claiming("deed", &things, first, last);
            reports.push(found.expect("read"));
        }
    }
    reports
}

#[test]
fn a_table_brought_up_to_date_tells_what_one_made_anew_tells() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    let mut table: Option<Arc<Table>> = None;
    let mut follows = |what: &str| {
        let (old, new) = (
            reader(&path, Audience::Owner),
            reader(&path, Audience::Owner),
        );
        table = Some(old.table(table.as_ref()).expect("read"));
        assert_eq!(told(&old), told(&new), "{what}");
        // Without a table, the file is asked.
        let file = reader(&path, Audience::Owner);
        let found = claiming(&file);
        assert_eq!(claiming(&old), found, "{what}");
        assert!(found.iter().any(Vec::is_empty) && !found.iter().all(Vec::is_empty));
    };
    writer
        .add(report("a.txt", MET, "1923-09"), &stamp())
        .expect("kept");
    follows("a report");
    writer
        .add(report("b.txt", LEFT, "1923-08"), &stamp())
        .expect("kept");
    follows("another");
    let key = reader(&path, Audience::Owner)
        .claims(&ClaimFilter::default())
        .expect("read")[0]
        .key;
    let correct = Verdict::Correct(
        serde_json::json!({"roles": {"who": "Weiss"}, "certainty": "possible", "when": "1912"}),
    );
    let mut last = 0;
    for verdict in [
        Verdict::Accept,
        Verdict::Grade("B2".to_owned()),
        Verdict::Reject,
        correct,
    ] {
        let what = verdict.word();
        last = writer.decide(key, verdict, "", &stamp()).expect("judged");
        follows(what);
    }
    let undone = writer.undo(last, "", &stamp()).expect("undone");
    follows("undone");
    // An undoing of an undoing is followed as well, whether it can be or not.
    let _ = writer.undo(undone, "", &stamp());
    follows("undone twice");
    writer
        .add(report("a.txt", LEFT, "1923-09"), &stamp())
        .expect("kept");
    follows("a new version");
}

#[test]
fn what_is_noted_beside_claims_weighs_nothing() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    let glance = Glance::open(&path).expect("opened");
    writer
        .add(report("a.txt", MET, "1923-09"), &stamp())
        .expect("kept");
    let read = || reader(&path, Audience::Owner);
    let added = read().newest().expect("read");
    assert_eq!(glance.newest().expect("read"), added);
    assert_eq!(read().weighed(0).expect("read"), Some(added));
    let key = read().claims(&ClaimFilter::default()).expect("read")[0].key;
    let mut decide = |verdict| writer.decide(key, verdict, "", &stamp()).expect("judged");
    let accepted = decide(Verdict::Accept);
    assert_eq!(glance.newest().expect("read"), accepted);
    decide(Verdict::Grade("B2".to_owned()));
    decide(Verdict::Note("seen".to_owned()));
    assert_eq!(read().weighed(added).expect("read"), None);
    let rejected = decide(Verdict::Reject);
    assert_eq!(read().weighed(added).expect("read"), Some(rejected));
    // What was rejected and is accepted after all counts again.
    let again = decide(Verdict::Accept);
    assert_eq!(read().weighed(rejected).expect("read"), Some(again));
}
