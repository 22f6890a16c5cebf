//! Who is the same: by name until somebody judges, and then by judgements.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{project, reader, report, session, sound, stamp};
use proptest::prelude::*;
use svodka_model::NameType;
use svodka_store::{
    Audience, ClaimFilter, Joined, Pair, Relation, StoreError, ThingName, Unit, Writer,
};

/// Three reports that name an Ivan Orlov, and one that names an Anna Weiss.
fn orlovs(folder: &Path) -> (std::path::PathBuf, Writer) {
    let (path, mut writer) = project(folder);
    for (label, text) in [
        ("a.txt", "Ivan Orlov led the strike. Orlov spoke."),
        ("b.txt", "Ivan Orlov kept the books."),
        ("c.txt", "Ivan Orlov met Anna Weiss."),
        ("old/d.txt", "Anna Weiss left."),
    ] {
        writer
            .add(report(label, text, "1911"), &stamp())
            .expect("kept");
    }
    (path, writer)
}

fn judge(writer: &mut Writer, a: &str, verdict: Relation, b: &str) -> Result<i64, StoreError> {
    let (a, b) = (writer.find(a)?, writer.find(b)?);
    writer.relate(&a, &b, verdict, "seen", &stamp())
}

/// The people: in how many reports, why they are one, and where the first of them is if others have the name.
fn people(path: &Path) -> Vec<(String, u32, Joined, Option<String>)> {
    let rows = reader(path, Audience::Owner)
        .things(&[NameType::Person])
        .expect("read");
    rows.into_iter()
        .map(|row| (row.label, row.reports, row.joined, row.first_report))
        .collect()
}

fn row(
    label: &str,
    reports: u32,
    joined: Joined,
    first: Option<&str>,
) -> (String, u32, Joined, Option<String>) {
    (label.to_owned(), reports, joined, first.map(str::to_owned))
}

#[test]
fn reports_that_use_one_name_are_listed_together_by_name_only() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, writer) = orlovs(folder.path());
    writer.close().expect("it closes");
    assert_eq!(
        people(&path),
        [
            row("Ivan Orlov", 3, Joined::Name, None),
            row("Anna Weiss", 2, Joined::Name, None),
        ]
    );
}

#[test]
fn namesakes_are_told_apart_and_stand_together_only_where_they_are_judged_the_same() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = orlovs(folder.path());
    let before = people(&path);
    let distinct = judge(
        &mut writer,
        "PERSON:Ivan Orlov@a.txt",
        Relation::Distinct,
        "Ivan Orlov@b.txt",
    )
    .expect("judged");
    let one = |first: &str| row("Ivan Orlov", 1, Joined::OneReport, Some(first));
    let weiss = || row("Anna Weiss", 2, Joined::Name, None);
    assert_eq!(
        people(&path),
        [weiss(), one("a.txt"), one("b.txt"), one("c.txt")]
    );
    let same = judge(
        &mut writer,
        "Ivan Orlov@c.txt",
        Relation::Same,
        "Ivan Orlov@a.txt",
    )
    .expect("judged");
    let both = || row("Ivan Orlov", 2, Joined::Judged, Some("a.txt"));
    assert_eq!(people(&path), [weiss(), both(), one("b.txt")]);
    sound(&path);

    let open = reader(&path, Audience::Owner);
    let count = |name: &str| open.dossier(name).map(|dossier| dossier.claims.len());
    assert_eq!(count("Ivan Orlov@a.txt").expect("one"), 3);
    assert_eq!(
        count("Ivan Orlov@3").expect("one"),
        3,
        "by the report's number"
    );
    assert_eq!(
        count("Orlov@b.txt").expect("one"),
        1,
        "by a part of the name"
    );
    let asked = count("Ivan Orlov");
    assert!(
        matches!(&asked, Err(StoreError::Ambiguous { candidates, .. }) if candidates.len() == 2 && candidates[0].starts_with("PERSON:Ivan Orlov@a.txt (number ")),
        "{asked:?}"
    );
    let about = |name: &str| ClaimFilter {
        about: Some(name.to_owned()),
        ..ClaimFilter::default()
    };
    assert_eq!(
        open.claims(&about("Ivan Orlov@a.txt")).expect("read").len(),
        3
    );
    for row in open.things(&[NameType::Person]).expect("read") {
        let dossier = open.dossier(&row.number.to_string()).expect("by number");
        assert_eq!(dossier.thing, row);
    }
    drop(open);

    writer
        .add(report("e.txt", "Ivan Orlov wrote.", "1911"), &stamp())
        .expect("kept");
    assert!(people(&path).contains(&one("e.txt")), "nobody knows which");
    writer.undo(same, "", &stamp()).expect("undone");
    writer.undo(distinct, "", &stamp()).expect("undone");
    writer.undo(6, "", &stamp()).expect_err("undone already");
    writer.undo(8, "", &stamp()).expect("the report goes");
    assert_eq!(people(&path), before);
    writer.close().expect("it closes");
    sound(&path);
}

#[test]
fn a_judgement_that_contradicts_others_is_refused_with_what_leads_to_it() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = orlovs(folder.path());
    let (a, b, c) = ("Ivan Orlov@a.txt", "Ivan Orlov@b.txt", "Ivan Orlov@c.txt");
    let first = judge(&mut writer, a, Relation::Same, b).expect("judged");
    let second = judge(&mut writer, b, Relation::Same, c).expect("judged");
    let before = people(&path);
    let refused = judge(&mut writer, a, Relation::Distinct, c).expect_err("a is c");
    let told = refused.to_string();
    let StoreError::Contradiction { chain, .. } = refused else {
        panic!("{told}");
    };
    let operations: Vec<i64> = chain.iter().map(|earlier| earlier.operation).collect();
    assert_eq!(operations, [first, second]);
    assert!(
        told.contains(
            "operation 6, by tester: PERSON:Ivan Orlov@a.txt and PERSON:Ivan Orlov@b.txt are the same, because: seen"
        ),
        "{told}"
    );
    assert_eq!(people(&path), before, "nothing of it was kept");
    let undone = writer.undo(second, "", &stamp()).expect("undone");
    judge(&mut writer, a, Relation::Distinct, c).expect("now it can be");
    let back = writer.undo(undone, "", &stamp());
    assert!(
        matches!(back, Err(StoreError::Contradiction { .. })),
        "{back:?}"
    );
    // What is said of the name everywhere is said of each report.
    let whole = judge(&mut writer, "Ivan Orlov", Relation::Same, "Anna Weiss");
    assert!(
        matches!(whole, Err(StoreError::Contradiction { .. })),
        "{whole:?}"
    );
    assert!(matches!(
        judge(&mut writer, a, Relation::Same, a),
        Err(StoreError::Itself(_))
    ));
    writer.close().expect("it closes");
    sound(&path);
}

#[test]
fn a_rule_judges_many_at_once_and_is_taken_back_at_once() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = orlovs(folder.path());
    judge(
        &mut writer,
        "Ivan Orlov@a.txt",
        Relation::Distinct,
        "Ivan Orlov@b.txt",
    )
    .expect("judged");
    let before = people(&path);
    let units = reader(&path, Audience::Owner)
        .units(&[NameType::Person])
        .expect("read");
    assert_eq!(
        units
            .iter()
            .map(|row| (
                row.label.as_str(),
                row.report_label.as_str(),
                row.claims,
                row.forms.len()
            ))
            .collect::<Vec<_>>(),
        [
            ("Ivan Orlov", "a.txt", 2, 2),
            ("Ivan Orlov", "b.txt", 1, 1),
            ("Ivan Orlov", "c.txt", 1, 1),
            ("Anna Weiss", "c.txt", 1, 1),
            ("Anna Weiss", "old/d.txt", 1, 1),
        ]
    );
    let pair = |a: usize, b: usize, probability: f64| Pair {
        a: units[a].unit,
        b: units[b].unit,
        probability,
        reasons: vec!["name: the same".to_owned()],
    };
    let pairs = [
        pair(0, 2, 0.995),
        pair(1, 2, 0.999),
        pair(3, 4, 0.991),
        pair(0, 3, 0.5),
    ];
    let related = writer
        .relate_all("accept above 0.99", 0.99, &pairs, &stamp())
        .expect("judged");
    assert_eq!(related.kept, 2);
    let (left, chain) = &related.left[0];
    assert_eq!((*left, chain.len()), (0, 1), "the likelier pair went first");
    assert_eq!(
        people(&path),
        [
            row("Anna Weiss", 2, Joined::Judged, None),
            row("Ivan Orlov", 2, Joined::Judged, Some("b.txt")),
            row("Ivan Orlov", 1, Joined::OneReport, Some("a.txt")),
        ]
    );
    let open = reader(&path, Audience::Owner);
    let judgements = open.judgements().expect("read");
    assert_eq!(judgements.len(), 3);
    assert_eq!(judgements[1].rule.as_deref(), Some("accept above 0.99"));
    assert_eq!(judgements[1].reasons, ["name: the same"]);
    assert_eq!(
        open.log(1).expect("read")[0].what,
        "2 pairs by the rule “accept above 0.99”: same"
    );
    drop(open);
    let again = writer
        .relate_all("accept above 1", 1.0, &pairs, &stamp())
        .expect("nothing to do");
    assert_eq!((again.operation, again.kept), (None, 0));
    writer
        .undo(related.operation.expect("it was kept"), "", &stamp())
        .expect("undone");
    assert_eq!(people(&path), before);
    writer.close().expect("it closes");
    sound(&path);
}

#[test]
fn what_is_judged_distinct_is_not_brought_together_by_the_names_of_others() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = orlovs(folder.path());
    // Orlov of a is Weiss of c, and Orlov of b is Weiss of d; so by the name Weiss alone a would be b.
    judge(
        &mut writer,
        "Ivan Orlov@a.txt",
        Relation::Same,
        "Anna Weiss@c.txt",
    )
    .expect("judged");
    judge(
        &mut writer,
        "Ivan Orlov@b.txt",
        Relation::Same,
        "Anna Weiss@d.txt",
    )
    .expect("judged");
    assert_eq!(people(&path).len(), 1);
    judge(
        &mut writer,
        "Ivan Orlov@a.txt",
        Relation::Distinct,
        "Ivan Orlov@b.txt",
    )
    .expect("judged");
    let open = reader(&path, Audience::Owner);
    let number = |name: &str| open.dossier(name).expect("one").thing.number;
    assert_eq!(number("Ivan Orlov@a.txt"), number("Anna Weiss@c.txt"));
    assert_eq!(number("Ivan Orlov@b.txt"), number("Anna Weiss@old/d.txt"));
    assert_ne!(number("Ivan Orlov@a.txt"), number("Ivan Orlov@b.txt"));
    drop(open);
    writer.close().expect("it closes");
    sound(&path);
}

#[test]
fn exceptions_for_namesakes_are_made_one_by_one() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    for label in ["a.txt", "b.txt"] {
        let text = format!("Ivan Orlov spoke in {label}.");
        writer
            .add(report(label, &text, "1975"), &stamp())
            .expect("kept");
    }
    let all = writer.find("Ivan Orlov").expect("known");
    writer
        .except(&all, false, "a public figure", &stamp())
        .expect("noted");
    let hidden = |path: &Path| {
        let people = reader(path, Audience::Others)
            .things(&[NameType::Person])
            .expect("read");
        people
            .iter()
            .filter(|row| row.label.starts_with("[person "))
            .count()
    };
    assert_eq!(hidden(&path), 0);
    judge(
        &mut writer,
        "Ivan Orlov@a.txt",
        Relation::Distinct,
        "Ivan Orlov@b.txt",
    )
    .expect("judged");
    assert_eq!(hidden(&path), 2, "nobody said which of them it was");
    let asked = writer.except(&all, false, "a public figure", &stamp());
    assert!(
        matches!(asked, Err(StoreError::Ambiguous { .. })),
        "{asked:?}"
    );
    let one = writer.find("Ivan Orlov@a.txt").expect("known");
    writer
        .except(&one, false, "it was this one", &stamp())
        .expect("noted");
    assert_eq!(hidden(&path), 1);
    writer.close().expect("it closes");
    sound(&path);
}

/// What was judged: which two of six appearances, and how.
fn judgements() -> impl Strategy<Value = Vec<(usize, usize, bool)>> {
    prop::collection::vec((0..6_usize, 0..6_usize, prop::bool::weighted(0.7)), 1..10)
}

/// Six appearances of two names in three reports.
fn six(folder: &Path) -> (std::path::PathBuf, Writer, Vec<ThingName>) {
    let (path, mut writer) = project(folder);
    for label in ["a.txt", "b.txt", "c.txt"] {
        let text = format!("Ivan Orlov met Anna Weiss in {label}.");
        writer
            .add(report(label, &text, "1911"), &stamp())
            .expect("kept");
    }
    let names = ["Ivan Orlov", "Anna Weiss"].into_iter().flat_map(|name| {
        ["a.txt", "b.txt", "c.txt"].map(|label| writer.find(&format!("{name}@{label}")))
    });
    let names = names.collect::<Result<_, _>>().expect("all are known");
    (path, writer, names)
}

/// Who stands together, by appearances.
fn together(path: &Path) -> Vec<Vec<Unit>> {
    let units = reader(path, Audience::Owner)
        .units(&[NameType::Person])
        .expect("read");
    let mut sets: BTreeMap<i64, Vec<Unit>> = BTreeMap::new();
    for row in units {
        sets.entry(row.number).or_default().push(row.unit);
    }
    let mut sets: Vec<Vec<Unit>> = sets.into_values().collect();
    sets.sort();
    sets
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Judgements that can all hold give the same people in whatever order they are made; nobody is both the same and distinct; and taking all
    /// of them back leaves what was.
    #[test]
    fn people_follow_from_judgements_and_not_from_their_order(given in judgements(), seed in any::<prop::sample::Index>()) {
        let folder = tempfile::tempdir().expect("there is room");
        let (path, mut writer, names) = six(folder.path());
        let before = together(&path);
        let mut kept = Vec::new();
        for &(a, b, same) in &given {
            let verdict = if same { Relation::Same } else { Relation::Distinct };
            match writer.relate(&names[a], &names[b], verdict, "", &stamp()) {
                Ok(operation) => kept.push((a, b, same, operation)),
                Err(error) => prop_assert!(
                    matches!(error, StoreError::Contradiction { ref chain, .. } if !chain.is_empty()) || matches!(error, StoreError::Itself(_)),
                    "{error}"
                ),
            }
        }
        let judged = together(&path);
        let units = reader(&path, Audience::Owner).units(&[NameType::Person]).expect("read");
        let number = |name: &ThingName| {
            let row = units.iter().find(|row| row.report_label.as_str() == name.report.as_deref().unwrap_or("") && svodka_store::fold(&row.label) == name.folded);
            row.map(|row| row.number)
        };
        for &(a, b, same, _) in &kept {
            prop_assert_eq!(number(&names[a]) == number(&names[b]), same, "{:?} {:?}", &names[a], &names[b]);
        }
        sound(&path);
        for &(.., operation) in &kept {
            writer.undo(operation, "", &stamp()).expect("undone");
        }
        prop_assert_eq!(together(&path), before);

        let other = tempfile::tempdir().expect("there is room");
        let (path, mut writer, names) = six(other.path());
        let turn = seed.index(kept.len().max(1));
        let (first, last) = kept.split_at(turn.min(kept.len()));
        for &(a, b, same, _) in last.iter().rev().chain(first) {
            let verdict = if same { Relation::Same } else { Relation::Distinct };
            let done = writer.relate(&names[a], &names[b], verdict, "", &stamp());
            prop_assert!(done.is_ok(), "{done:?}");
        }
        prop_assert_eq!(together(&path), judged);
    }
}

#[test]
fn a_project_of_schema_1_that_cannot_be_written_to_is_read_all_the_same() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("old.svodka");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1.svodka");
    std::fs::copy(fixture, &path).expect("there is room");
    let before = std::fs::read(&path).expect("it is there");
    let mut rights = std::fs::metadata(&path).expect("it is there").permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).expect("they can be set");
    let rows = people(&path);
    assert_eq!(rows.len(), 3, "{rows:?}");
    // Where the rights bind nobody, as for root, the file is brought up to date.
    if Writer::open(&path, &session(), common::WAIT).is_err() {
        assert_eq!(std::fs::read(&path).expect("it is there"), before);
    }
}
