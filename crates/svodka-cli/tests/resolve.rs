//! Who may be the same, from outside: two constructed reports that share six people under other spellings.

mod common;

use std::fs;
use std::path::Path;

use common::{ROOT, printed, run};
use serde_json::Value;

const LOWER: &str = "1926-03-lower-kama.txt";
const UPPER: &str = "1927-10-upper-kama.txt";

/// The six: initials and German; initials and another romanisation; German, the patronymic left out; an initial, German, the patronymic
/// left out; French, the given name left out; Cyrillic, the surname alone.
const SAME: [(&str, &str); 6] = [
    ("Terenty Savvich Obolyaninov", "T. S. Oboljaninow"),
    ("Gavrila Yefimovich Lyashchenko", "G. E. Liashchenko"),
    ("Avgusta Karlovna Reingardt", "A. Reinhardt"),
    ("Moisei Khatskelevich Yuzhny", "M. Jushnyj"),
    ("Porfiry Chikhachev", "Tchikhatchev"),
    ("Vladimir Osipovich Zheltukhin", "Желтухин"),
];

/// A wife, a daughter, a cousin, a son, a namesake, and others of the surname with other initials.
const OTHERS: [&str; 10] = [
    "Fedosya Lyashchenko",
    "Klavdia Liashchenko",
    "Nikifor Liashchenko",
    "Savva Oboljaninow",
    "Lazar Yuzhny",
    "I. Prutkova",
    "Shchepkina",
    "V. Chulkov",
    "Prokhor Bobylev",
    "Grushevsky",
];

fn kama() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    for name in [LOWER, UPPER] {
        let from = Path::new(ROOT).join("examples/same").join(name);
        fs::copy(from, folder.path().join(name)).expect("the report is there");
    }
    printed(folder.path(), &["init", "kama"]);
    printed(folder.path(), &["add", LOWER, UPPER]);
    folder
}

/// What is proposed of people, as pairs of names with their probability and reasons.
fn proposed(folder: &Path, more: &[&str]) -> Vec<(String, String, f64, Value)> {
    let mut arguments = vec!["resolve", "--owner", "--json", "--limit", "0"];
    arguments.extend(more);
    let out = printed(folder, &arguments);
    let all: Vec<Value> = serde_json::from_str(&out).expect("JSON");
    let name = |of: &Value| of["name"].as_str().unwrap_or_default().to_owned();
    all.into_iter()
        .map(|it| {
            let probability = it["probability"].as_f64().unwrap_or_default();
            (name(&it["a"]), name(&it["b"]), probability, it)
        })
        .collect()
}

#[test]
fn six_people_under_other_spellings_are_proposed_with_reasons_and_nobody_else_of_their_name() {
    let folder = kama();
    let found = proposed(folder.path(), &[]);
    for (a, b) in SAME {
        let it = found
            .iter()
            .find(|it| (it.0.as_str(), it.1.as_str()) == (a, b));
        let (_, _, probability, it) =
            it.unwrap_or_else(|| panic!("{a} = {b} is not proposed: {found:?}"));
        let parts = it["parts"].as_array().expect("parts");
        let bits: f64 = parts.iter().filter_map(|it| it["bits"].as_f64()).sum();
        let odds = (probability / (1.0 - probability)).log2();
        assert!(
            (bits - odds).abs() < 0.1,
            "the parts of {a} sum up to {bits}, not {odds}"
        );
        assert!(
            parts
                .iter()
                .any(|it| it["what"] == "surname" && it["bits"].as_f64() > Some(3.0))
        );
    }
    // Not even as unlikely ones.
    for (a, b, _, _) in proposed(folder.path(), &["--least", "0.02"]) {
        for other in OTHERS {
            assert!(a != other && b != other, "{a} = {b} is proposed");
        }
    }
    let omitted = &found
        .iter()
        .find(|it| it.1 == "A. Reinhardt")
        .expect("proposed")
        .3["parts"];
    let omitted = omitted.as_array().expect("parts");
    assert!(
        omitted
            .iter()
            .any(|it| it["what"] == "patronymic" && it["level"] == "omitted")
    );
}

#[test]
fn what_is_judged_is_not_proposed_again_and_a_rule_judges_once_and_can_be_undone() {
    let folder = kama();
    let folder = folder.path();
    let pairs = |more: &[&str]| -> Vec<(String, String)> {
        let found = proposed(folder, more).into_iter();
        found.map(|it| (it.0, it.1)).collect()
    };
    let before = pairs(&[]);
    let at = |name: &str, report: &str| format!("PERSON:{name}@{report}");
    let (a, b) = (at(SAME[0].0, LOWER), at(SAME[0].1, UPPER));
    printed(
        folder,
        &[
            "relate",
            &a,
            "distinct",
            &b,
            "--reason",
            "one was shot in 1927",
        ],
    );
    let (a, b) = (at(SAME[4].0, LOWER), at(SAME[4].1, UPPER));
    printed(
        folder,
        &["relate", &a, "unsure", &b, "--reason", "no given name"],
    );
    let after = pairs(&[]);
    assert_eq!(after.len() + 2, before.len());
    assert_eq!(pairs(&["--all"]), before);

    let said = printed(
        folder,
        &[
            "resolve",
            "--accept-above",
            "0.5",
            "--reason",
            "looked through",
        ],
    );
    assert!(
        said.contains(&format!("{} pairs judged", after.len())),
        "{said}"
    );
    assert!(
        said.contains("Oboljaninow"),
        "what a judgement keeps apart is told: {said}"
    );
    assert!(pairs(&[]).is_empty());
    let log = printed(folder, &["log", "--owner"]);
    let entry = log.lines().find(|it| it.contains("looked through"));
    assert!(entry.is_some(), "{log}");
    let undo = said
        .split("svodka undo ")
        .nth(1)
        .and_then(|it| it.split('`').next());
    printed(
        folder,
        &["undo", undo.expect("it says how"), "--reason", "too soon"],
    );
    assert_eq!(pairs(&[]), after);
    printed(folder, &["check"]);
}

#[test]
fn who_may_be_alive_is_not_told_to_others() {
    let folder = kama();
    let (_, out, error) = run(
        folder.path(),
        &["resolve", "--json", "--least", "0.01", "--kind", "all"],
    );
    assert!(!out.contains("Oboljaninow"), "{out}");
    assert!(error.contains("shielded"), "{error}");
}

#[test]
fn a_rule_without_a_reason_and_a_probability_beyond_one_are_refused() {
    let folder = tempfile::tempdir().expect("there is room");
    assert_eq!(
        run(folder.path(), &["resolve", "--accept-above", "0.9"]).0,
        2
    );
    assert_eq!(run(folder.path(), &["resolve", "--least", "1.5"]).0, 2);
}

#[test]
fn places_have_coordinates_under_former_names_too_and_ambiguous_ones_stay_so() {
    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    let text = "On 9 August 1923 a strike broke out in Petrograd. The workers of Ekaterinoslav and Kharkov joined it. \
                Orlov left Petrograd for Aleksandrovka. Meetings took place in Aleksandrovka and in Kharkov.";
    fs::write(here.join("a.txt"), text).expect("there is room");
    printed(here, &["init", "places"]);
    printed(here, &["add", "a.txt"]);
    let all: Vec<Value> =
        serde_json::from_str(&printed(here, &["places", "--json"])).expect("JSON");
    let of = |name: &str| all.iter().find(|it| it["label"] == name);
    let petrograd = of("Petrograd").expect("a place");
    assert_eq!(petrograd["place"]["geonames"], 498_817);
    assert_eq!(petrograd["place"]["name"], "Saint Petersburg");
    let dnipro = of("Ekaterinoslav").expect("a place");
    assert_eq!(dnipro["place"]["country"], "UA");
    if let Some(many) = of("Aleksandrovka") {
        assert!(
            many["candidates"].as_array().is_some_and(|it| it.len() > 1),
            "{many}"
        );
        assert_eq!(many["place"], Value::Null);
    }
    let table = printed(here, &["places"]);
    assert!(table.contains("59.94 N 30.31 E"), "{table}");
}
