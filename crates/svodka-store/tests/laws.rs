//! Laws that hold whatever is done to a project.

mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use common::{by, contract, project, report, sound, stamp};
use proptest::prelude::*;
use svodka_model::{Contract, NameType, SmolStr};
use svodka_store::{
    Audience, ClaimKey, Pair, Reader, Relation, Rule, Shelf, StoreError, Verdict, Writer,
};

/// Something done to a project; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Deed {
    Add {
        label: usize,
        text: Vec<usize>,
        date: usize,
    },
    Reread {
        label: usize,
        claims: usize,
    },
    Decide {
        label: usize,
        claim: usize,
        verdict: usize,
    },
    Relate {
        a: usize,
        b: usize,
        /// Where they are named; everywhere if there is no such report.
        at: (usize, usize),
        verdict: usize,
    },
    RelateAll {
        pairs: Vec<(usize, usize)>,
    },
    Except {
        who: usize,
        shield: bool,
    },
    Policy {
        years: u16,
    },
    Undo {
        back: usize,
    },
}

const LABELS: [&str; 4] = ["a.txt", "b.txt", "c/d.txt", "é.txt"];
const SENTENCES: [&str; 6] = [
    "Ivan Orlov led the strike. ",
    "Weiss says that Zimin perhaps wrote in The Bell. ",
    "In 1911 Anna Weiss left Kremnegorsk. ",
    "Orlov spoke. ",
    "Nothing happened. ",
    "Maria Kovács met Pyotr Zimin at the Orlov Mill. ",
];
const DATES: [&str; 4] = ["1911", "1923-09", "", "1975-05-03"];

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0..LABELS.len(), prop::collection::vec(0..SENTENCES.len(), 1..5), 0..DATES.len())
            .prop_map(|(label, text, date)| Deed::Add { label, text, date }),
        2 => (0..LABELS.len(), 0..4_usize).prop_map(|(label, claims)| Deed::Reread { label, claims }),
        3 => (0..LABELS.len(), 0..4_usize, 0..6_usize)
            .prop_map(|(label, claim, verdict)| Deed::Decide { label, claim, verdict }),
        3 => (0..6_usize, 0..6_usize, (0..8_usize, 0..8_usize), 0..3_usize)
            .prop_map(|(a, b, at, verdict)| Deed::Relate { a, b, at, verdict }),
        1 => prop::collection::vec((0..9_usize, 0..9_usize), 1..4).prop_map(|pairs| Deed::RelateAll { pairs }),
        1 => (0..6_usize, any::<bool>()).prop_map(|(who, shield)| Deed::Except { who, shield }),
        1 => (1..200_u16).prop_map(|years| Deed::Policy { years }),
        3 => (0..8_usize).prop_map(|back| Deed::Undo { back }),
    ]
}

/// Does it, if it can be done now. Gives whether the log grew.
fn act(path: &Path, writer: &mut Writer, deed: &Deed, entries: i64) -> Result<bool, StoreError> {
    let label = |label: usize| LABELS[label % LABELS.len()];
    match deed {
        Deed::Add {
            label: at,
            text,
            date,
        } => {
            let text: String = text.iter().map(|at| SENTENCES[*at]).collect();
            let added = writer.add(report(label(*at), &text, DATES[*date]), &stamp())?;
            Ok(!matches!(added, svodka_store::Added::Same(_)))
        }
        Deed::Reread { label: at, claims } => {
            let (mut contract, _) = writer.reading(label(*at))?;
            contract.claims.truncate(*claims);
            let kept = writer.reread(label(*at), &contract, &by("2"), &stamp())?;
            Ok(kept != svodka_store::Kept::Outdated)
        }
        Deed::Decide {
            label: at,
            claim,
            verdict,
        } => {
            let (contract, _): (Contract, _) = writer.reading(label(*at))?;
            let keys = ClaimKey::of(label(*at), &contract);
            let Some(key) = keys.get(*claim) else {
                return Ok(false);
            };
            let verdicts = [
                Verdict::Accept,
                Verdict::Reject,
                Verdict::Grade("B2".to_owned()),
                Verdict::Correct(
                    serde_json::json!({"roles": {"who": "Orlov", "whom": []}, "when": "1912"}),
                ),
                Verdict::Correct(
                    serde_json::json!({"roles": {"who": {"text": "Boris Lang", "type": "PERSON"}}, "when": ""}),
                ),
                Verdict::Correct(
                    serde_json::json!({"certainty": "possible", "polarity": "negative", "fields": {"note": null}}),
                ),
            ];
            writer
                .decide(*key, verdicts[*verdict].clone(), "seen", &stamp())
                .map(|_| true)
        }
        Deed::Relate { a, b, at, verdict } => {
            let verdicts = [Relation::Same, Relation::Distinct, Relation::Unsure];
            let find = |who: usize, at: usize| {
                let name = common::CAST[who].0;
                match LABELS.get(at) {
                    Some(label) => writer.find(&format!("{name}@{label}")),
                    None => writer.find(name),
                }
            };
            let (a, b) = (find(*a, at.0)?, find(*b, at.1)?);
            writer
                .relate(&a, &b, verdicts[*verdict], "", &stamp())
                .map(|_| true)
        }
        Deed::RelateAll { pairs } => {
            let units = common::reader(path, Audience::Owner).units(&NameType::ALL)?;
            let unit = |at: &usize| units.get(at % units.len().max(1)).map(|row| row.unit);
            let pairs: Vec<Pair> = pairs
                .iter()
                .filter_map(|(a, b)| {
                    Some(Pair {
                        a: unit(a)?,
                        b: unit(b)?,
                        probability: 0.99,
                        reasons: Vec::new(),
                    })
                })
                .collect();
            let related = writer.relate_all("above 0.9", 0.9, &pairs, &stamp())?;
            Ok(related.operation.is_some())
        }
        Deed::Except { who, shield } => {
            let who = writer.find(common::CAST[*who].0)?;
            writer
                .except(&who, *shield, "asked", &stamp())
                .map(|_| true)
        }
        Deed::Policy { years } => {
            let rule = Rule {
                claim_years: *years,
                ..Rule::default()
            };
            writer.set_rule(&rule, &stamp()).map(|_| true)
        }
        Deed::Undo { back } => writer
            .undo(entries - i64::try_from(*back).unwrap_or(0), "", &stamp())
            .map(|_| true),
    }
}

/// What cannot be done just now, as the deeds are drawn blindly.
fn is_refusal(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Unknown { .. }
            | StoreError::Ambiguous { .. }
            | StoreError::NotUndoable { .. }
            | StoreError::Itself(_)
    ) || matches!(
        error,
        StoreError::Contradiction { chain, .. } if !chain.is_empty()
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    /// Whatever is done, the state is what follows from the log, the log grows by what was done and by nothing else, and a
    /// refusal leaves no trace.
    #[test]
    fn the_state_follows_from_the_log(deeds in prop::collection::vec(deed(), 1..25)) {
        let folder = tempfile::tempdir().expect("there is room");
        let (path, mut writer) = project(folder.path());
        let mut entries = 1;
        for deed in &deeds {
            match act(&path, &mut writer, deed, entries) {
                Ok(grew) => entries += i64::from(grew),
                Err(error) => prop_assert!(is_refusal(&error), "{deed:?}: {error}"),
            }
        }
        let soundness = sound(&path);
        prop_assert_eq!(i64::try_from(soundness.operations).unwrap_or(0), entries);
        writer.close().expect("it closes");
        sound(&path);
    }

    /// Doing something, undoing it and undoing that leaves all that can be read as doing it did.
    #[test]
    fn undoing_an_undoing_changes_nothing(deeds in prop::collection::vec(deed(), 1..12)) {
        let folder = tempfile::tempdir().expect("there is room");
        let (path, mut writer) = project(folder.path());
        let mut entries = 1;
        for deed in &deeds {
            if let Ok(grew) = act(&path, &mut writer, deed, entries) {
                entries += i64::from(grew);
            }
        }
        let told = || {
            let reader = common::reader(&path, Audience::Owner);
            let claims = reader.claims(&svodka_store::ClaimFilter::default()).expect("read");
            let things = reader.things(&NameType::ALL).expect("read");
            format!("{claims:?}{things:?}{:?}", reader.reports().expect("read"))
        };
        let before = told();
        if let Ok(undoing) = writer.undo(entries, "", &stamp()) {
            writer.undo(undoing, "", &stamp()).expect("an undoing can be undone");
            prop_assert_eq!(told(), before);
        }
        sound(&path);
    }

    /// What was opened before, by whomever, tells of every moment what opening it now would tell.
    #[test]
    fn what_stands_on_the_shelf_is_what_would_be_opened(deeds in prop::collection::vec(deed(), 1..12)) {
        let folder = tempfile::tempdir().expect("there is room");
        let (path, mut writer) = project(folder.path());
        let shelf = Arc::new(Shelf::default());
        let kinds = BTreeSet::from([SmolStr::new("end")]);
        let mut entries = 1;
        for deed in &deeds {
            if let Ok(grew) = act(&path, &mut writer, deed, entries) {
                entries += i64::from(grew);
            }
            for audience in [Audience::Owner, Audience::Others] {
                let sharing = common::reader(&path, audience).sharing(Arc::clone(&shelf));
                let opening = common::reader(&path, audience);
                for kinds in [None, Some(&kinds)] {
                    let told = |reader: &Reader| reader.accounts_of(None, kinds).expect("read");
                    prop_assert_eq!(told(&sharing), told(&opening));
                    prop_assert_eq!(told(&sharing), told(&opening));
                }
            }
        }
    }
}

#[test]
fn a_claim_keeps_its_key_when_the_text_around_it_changes() {
    let before = contract("a.txt", "Orlov spoke. Weiss left.", "1911");
    let after = contract("a.txt", "A new line. Weiss left. Orlov spoke.", "1923");
    let (mut before, mut after) = (
        ClaimKey::of("a.txt", &before),
        ClaimKey::of("a.txt", &after),
    );
    before.sort();
    after.sort();
    assert_eq!(before, after);
}
