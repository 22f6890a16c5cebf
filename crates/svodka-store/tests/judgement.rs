//! What readers judge.

mod common;

use common::{contract, project, reader, report, sound, stamp};
use jiff::civil::Date;
use svodka_model::Certainty;
use svodka_store::{Audience, ClaimFilter, ClaimKey, Decided, StoreError, Verdict};

fn key_of(label: &str, text: &str, words: &str) -> ClaimKey {
    let contract = contract(label, text, "1923-09");
    let at = contract
        .claims
        .iter()
        .position(|claim| claim.evidence.text.contains(words))
        .expect("there is such a claim");
    ClaimKey::of(label, &contract)[at]
}

const MET: &str = "Ivan Orlov met Maria Kovács. In 1911 Zimin read The Bell.";

/// The claims of the project's only report, as the owner sees them.
fn told(path: &std::path::Path) -> Vec<svodka_store::Told> {
    reader(path, Audience::Owner)
        .claims(&ClaimFilter::default())
        .expect("read")
}

#[test]
fn a_correction_takes_effect_wherever_claims_are_asked_for_and_what_was_read_stays() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    let key = key_of("a.txt", MET, "met");
    writer
        .add(report("a.txt", MET, "1923-09"), &stamp())
        .expect("kept");
    let correction = serde_json::json!({
        "roles": {"who": "Zimin", "whom": [{"text": "Boris Lang", "type": "PERSON"}, "a stranger"]},
        "fields": {"note": "mended"}, "when": "1912", "certainty": "probable", "polarity": "negative"
    });
    let id = writer
        .decide(
            key,
            Verdict::Correct(correction),
            "the verb was misread",
            &stamp(),
        )
        .expect("judged");
    sound(&path);
    let read = |name: &str| {
        reader(&path, Audience::Owner)
            .dossier(name)
            .map(|dossier| dossier.claims.len())
            .unwrap_or(0)
    };
    let claims = told(&path);
    // It is dated after the other now.
    let corrected = claims.last().expect("there are two");
    assert_eq!(corrected.key, key);
    assert_eq!(corrected.claim.roles["who"][0].text, "Zimin");
    assert_eq!(
        corrected.claim.roles["who"][0].entity.as_deref(),
        Some("pyotr-zimin")
    );
    let whom: Vec<&str> = corrected.claim.roles["whom"]
        .iter()
        .map(|filler| filler.text.as_str())
        .collect();
    assert_eq!(whom, ["Boris Lang", "a stranger"]);
    assert_eq!(corrected.claim.fields["note"], "mended");
    let was = corrected.read.as_ref().expect("it was corrected");
    assert_eq!(was.roles["who"][0].text, "Ivan Orlov");
    assert!(claims[0].read.is_none());
    assert_eq!(
        (
            read("Boris Lang"),
            read("Zimin"),
            read("Ivan Orlov"),
            read("Maria Kovács")
        ),
        (1, 2, 0, 0)
    );
    let filter = |certainty, from| ClaimFilter {
        certainty,
        from,
        ..ClaimFilter::default()
    };
    let found = |filter: ClaimFilter| {
        reader(&path, Audience::Owner)
            .claims(&filter)
            .expect("read")
            .len()
    };
    assert_eq!(found(filter(Some(Certainty::Asserted), None)), 1);
    assert_eq!(found(filter(None, Some(Date::constant(1912, 1, 1)))), 1);
    // Who is named only in a correction can be shielded too.
    let lang = writer.find("Boris Lang").expect("known");
    let hidden = writer
        .except(&lang, true, "asked", &stamp())
        .expect("noted");
    let shielded = reader(&path, Audience::Others)
        .claims(&ClaimFilter::default())
        .expect("read");
    let shielded = format!("{shielded:?}");
    assert!(
        !shielded.contains("Lang") && shielded.contains("[person "),
        "{shielded}"
    );

    writer.undo(hidden, "", &stamp()).expect("undone");
    writer.undo(id, "it was right", &stamp()).expect("undone");
    sound(&path);
    assert_eq!((read("Boris Lang"), read("Ivan Orlov")), (0, 1));
    assert!(told(&path).iter().all(|told| told.read.is_none()));
    writer.undo(hidden + 2, "", &stamp()).expect("brought back");
    assert_eq!((read("Boris Lang"), read("Ivan Orlov")), (1, 0));
    // In a new version it holds where its words still stand.
    writer
        .add(
            report("a.txt", &format!("Weiss left. {MET}"), "1923-09"),
            &stamp(),
        )
        .expect("kept");
    assert_eq!((read("Boris Lang"), read("Ivan Orlov")), (1, 0));
    writer
        .add(report("a.txt", "Ivan Orlov slept.", "1923-09"), &stamp())
        .expect("kept");
    assert_eq!((read("Boris Lang"), read("Ivan Orlov")), (0, 1));
    writer.close().expect("it closes");
    sound(&path);
}

#[test]
fn what_cannot_be_a_correction_is_not_kept() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer
        .add(report("a.txt", MET, "1923-09"), &stamp())
        .expect("kept");
    let wrong = Verdict::Correct(serde_json::json!({"when": "yesterday"}));
    let refused = writer.decide(key_of("a.txt", MET, "met"), wrong, "", &stamp());
    assert!(
        matches!(refused, Err(StoreError::NoCorrection(_))),
        "{refused:?}"
    );
    assert!(told(&path).iter().all(|told| told.decisions.is_empty()));
}

#[test]
fn who_judges_after_somebody_else_is_told_and_nothing_is_kept() {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    let text = "Ivan Orlov perhaps met Maria Kovács. Ivan Orlov left Kremnegorsk. Weiss slept.";
    writer
        .add(report("a.txt", text, "1923-09"), &stamp())
        .expect("kept");
    let queue = |filter: &ClaimFilter| {
        let reader = reader(&path, Audience::Owner);
        let claims = reader.unjudged(filter, 0, 9).expect("read").1.into_iter();
        claims
            .map(|(report, key)| reader.claim(report, key).expect("read").claim.evidence.text)
            .collect::<Vec<_>>()
    };
    // The least certain first, then those whose names are met most.
    assert_eq!(
        queue(&ClaimFilter::default()),
        [
            "Ivan Orlov perhaps met Maria Kovács.",
            "Ivan Orlov left Kremnegorsk.",
            "Weiss slept."
        ]
    );
    let first = key_of("a.txt", text, "perhaps");
    let kept = writer
        .decide_unless_judged(first, Verdict::Note("?".to_owned()), "", Some(0), &stamp())
        .expect("nobody judged");
    let Decided::Kept(note) = kept else {
        panic!("{kept:?}")
    };
    assert_eq!(
        queue(&ClaimFilter::default()).len(),
        3,
        "a remark is no judgement"
    );
    let judged = writer
        .decide_unless_judged(first, Verdict::Reject, "no", Some(0), &stamp())
        .expect("a remark does not stand against it");
    assert_eq!(judged, Decided::Kept(note + 1));
    let meanwhile = writer
        .decide_unless_judged(first, Verdict::Accept, "yes", Some(note), &stamp())
        .expect("it can be asked");
    let Decided::Meanwhile(others) = meanwhile else {
        panic!("{meanwhile:?}")
    };
    assert_eq!(
        (others[0].author.as_str(), others[0].reason.as_str()),
        ("tester", "no")
    );
    let again = writer
        .decide_unless_judged(first, Verdict::Accept, "yes", Some(note + 1), &stamp())
        .expect("seen now");
    assert_eq!(again, Decided::Kept(note + 2));
    let of_report = ClaimFilter {
        report: Some("a.txt".to_owned()),
        about: Some("Ivan Orlov".to_owned()),
        ..ClaimFilter::default()
    };
    assert_eq!(queue(&of_report), ["Ivan Orlov left Kremnegorsk."]);
}
