//! Who agrees and who contradicts, from outside, on constructed reports.

mod common;

use std::path::Path;

use common::printed;
use serde_json::Value;

/// Two of them have it from Lutovinov that Zatonov is a member; the third repeats a sentence of the second.
const REPORTS: [(&str, &str); 3] = [
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

By the account of Raisa Komova, Stepan Zatonov is a member of the Workers' Bell. It has been established that Pavel Grechin was expelled from the Workers' Bell in August 1923.
",
    ),
];

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    for (name, text) in REPORTS {
        std::fs::write(folder.path().join(name), text).expect("there is room");
    }
    printed(folder.path(), &["init", "bell"]);
    printed(
        folder.path(),
        &["add", "kremnegorsk.txt", "zatonsk.txt", "torsha.txt"],
    );
    folder
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(folder, arguments)).expect("JSON")
}

#[test]
fn what_rests_on_one_informant_counts_once_and_four_things_are_told_apart() {
    let folder = project();
    let here = folder.path();
    let dossier = json(here, &["show", "Stepan Zatonov", "--json"]);
    let claims = dossier["claims"].as_array().expect("claims");
    let member = |report: &str| {
        let mut found = claims.iter().filter(|told| told["label"] == report);
        found
            .find(|told| told["claim"]["kind"] == "membership")
            .expect("it is claimed")
    };
    let support = &member("kremnegorsk.txt")["support"];
    assert_eq!(
        (&support["witnesses"], &support["claims"]),
        (&2.into(), &3.into()),
        "{support:#}"
    );
    let lutovinov = &support["independent"][0];
    assert_eq!(
        lutovinov["reports"],
        serde_json::json!(["kremnegorsk.txt", "zatonsk.txt"])
    );
    assert_eq!(lutovinov["why_one"][0]["source"]["name"], "Lutovinov");
    // Certainty, support, grade and review: what changes one leaves the others as they are.
    let key = member("torsha.txt")["key"]
        .as_str()
        .expect("a key")
        .to_owned();
    let four = || {
        let told = json(here, &["show", "Stepan Zatonov", "--json"]);
        let told = told["claims"]
            .as_array()
            .expect("claims")
            .iter()
            .find(|told| told["key"] == *key)
            .expect("it is there")
            .clone();
        let of = |value: &Value| value.as_str().expect("a word").to_owned();
        let certainty = of(&told["claim"]["certainty"]);
        (
            certainty,
            told["support"]["witnesses"].as_u64(),
            of(&told["grade"]),
            of(&told["review"]),
        )
    };
    let fields = |grade: &str, review: &str| {
        (
            "asserted".to_owned(),
            Some(2),
            grade.to_owned(),
            review.to_owned(),
        )
    };
    assert_eq!(four(), fields("F6", "unreviewed"));
    printed(
        here,
        &["decide", &key, "grade", "B2", "--reason", "she was there"],
    );
    assert_eq!(four(), fields("B2", "unreviewed"));
    printed(
        here,
        &["decide", &key, "accept", "--reason", "so it stands there"],
    );
    assert_eq!(four(), fields("B2", "accepted"));
    let table = printed(here, &["claims", "--kind", "membership", "--csv"]);
    let head = table.lines().next().expect("a head");
    for field in ["certainty", "support", "grade", "review"] {
        assert_eq!(
            head.split(',').filter(|cell| *cell == field).count(),
            1,
            "{head}"
        );
    }
    let people = json(here, &["people", "--json", "--owner"]);
    let zatonov = people
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["label"] == "Stepan Zatonov"));
    let zatonov = zatonov.expect("he is named");
    assert_eq!(
        (&zatonov["reports"], &zatonov["independent_sources"]),
        (&3.into(), &2.into())
    );
}

#[test]
fn contradictions_stand_side_by_side_until_one_side_is_rejected() {
    let folder = project();
    let here = folder.path();
    let page = without_keys(&printed(here, &["contradictions", "--owner"]));
    for told in [
        "1. Meetings — attendance: 30 or 400\n",
        "2. Memberships — “member of” or “expelled from”
  ● Pavel Grechin — member of Workers' Bell · on the word of Dorin
    “Agent Dorin reported that Pavel Grechin is a member of the Workers' Bell.”
    kremnegorsk.txt, 1923-09-01 · grade F6 · unreviewed · KEY
    1 witness: Dorin (in kremnegorsk.txt)
  against
  ● Pavel Grechin — expelled from Workers' Bell · August 1923 [1923-08]
    “It has been established that Pavel Grechin was expelled from the Workers' Bell in August 1923.”
    zatonsk.txt, 1923-09-15 · grade F6 · unreviewed · KEY
    1 witness in 2 claims: zatonsk.txt, torsha.txt (torsha.txt repeats zatonsk.txt)\n",
        "3. Kinship — “brother” or “cousin”\n",
        "3 contradictions; which side is right is for you to say",
    ] {
        assert!(page.contains(told), "{told}\n{page}");
    }
    let found = json(here, &["contradictions", "--kind", "membership", "--json"]);
    assert_eq!(found["total"], 1);
    let sides = &found["contradictions"][0]["sides"];
    let expelled = sides.as_array().and_then(|sides| {
        sides
            .iter()
            .find(|told| told["claim"]["status"] == "expelled")
    });
    let expelled = expelled.expect("one says so");
    assert_eq!(
        expelled["support"]["independent"][0]["why_one"][0]["same"], "words",
        "{expelled:#}"
    );
    let member = sides.as_array().and_then(|sides| {
        sides
            .iter()
            .find(|told| told["claim"]["status"] == "member")
    });
    let key = member.and_then(|told| told["key"].as_str()).expect("a key");
    printed(
        here,
        &["decide", key, "reject", "--reason", "it is another Grechin"],
    );
    assert_eq!(
        json(here, &["contradictions", "--kind", "membership", "--json"])["total"],
        0
    );
}

#[test]
fn two_reports_and_two_names_are_compared() {
    let folder = project();
    let here = folder.path();
    let reports = without_keys(&printed(
        here,
        &["compare", "zatonsk.txt", "torsha.txt", "--owner"],
    ));
    for told in [
        "Both say (2)
  ● Stepan Zatonov — member of Workers' Bell · on the word of Lutovinov
    A “Lutovinov states that Stepan Zatonov is a member of the Workers' Bell.” KEY
    B “By the account of Raisa Komova, Stepan Zatonov is a member of the Workers' Bell.”
      KEY\n",
        "Contradict (0)\n",
        "In the same words (1)
  B, the later, repeats A: 25 of ",
        "Only A says (",
        "  ● Nikolai Tarkov — cousin of Fyodor Tarkov · KEY\n",
    ] {
        assert!(reports.contains(told), "{told}\n{reports}");
    }
    let names = without_keys(&printed(
        here,
        &["compare", "Stepan Zatonov", "Pavel Grechin", "--owner"],
    ));
    for told in [
        "Both are named in (3 reports)
  kremnegorsk.txt, 1923-09-01
  zatonsk.txt, 1923-09-15
  torsha.txt, 1923-10-02
",
        "Claimed of both together (0)\n",
        "What claims about each have in common (1)
  Workers' Bell (organisation)
    A ● Stepan Zatonov — member of Workers' Bell · on the word of Lutovinov [report of 1923-09-01]
",
        "    B ● Pavel Grechin — expelled from Workers' Bell · August 1923 [1923-08] [report of 1923-09-15]\n",
    ] {
        assert!(names.contains(told), "{told}\n{names}");
    }
    let both = json(here, &["compare", "#1", "#2", "--json"]);
    assert_eq!(
        both["contradictions"].as_array().map(Vec::len),
        Some(3),
        "{both:#}"
    );
}

/// The names of claims are digests.
fn without_keys(page: &str) -> String {
    let is_key = |word: &str| {
        word.len() == 17
            && word.starts_with('c')
            && word[1..].chars().all(|c| c.is_ascii_hexdigit())
    };
    let line = |line: &str| {
        let words = line
            .split(' ')
            .map(|word| if is_key(word) { "KEY" } else { word });
        words.collect::<Vec<_>>().join(" ")
    };
    page.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}
