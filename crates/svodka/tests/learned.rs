//! Claims that no frame finds, by what was learned.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use svodka::{Claim, Engine, PackFile, ReadOptions, Reading, built_in_pack};
use svodka_extract::LEARNED;

fn engine(files: &[PackFile]) -> Engine {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told where the model is"
    )]
    let named = env::var("SVODKA_MODEL").map(PathBuf::from);
    let model = named.unwrap_or_else(|_| root().join("models/en_core_web_sm-3.8.0"));
    let engine = Engine::load(&model, files);
    engine.unwrap_or_else(|error| panic!("{error}; `make models` fetches the model"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| engine(&built_in_pack()));
static FRAMES_ALONE: LazyLock<Engine> = LazyLock::new(|| {
    let files = built_in_pack().into_iter();
    // With the same names.
    let learned = |path: &str| path.starts_with("statistics/") && path != "statistics/names.tsv";
    let files = files.filter(|file| !learned(&file.path));
    engine(&files.collect::<Vec<_>>())
});

fn read(engine: &Engine, bytes: &[u8]) -> Reading {
    let text = svodka::ingest(bytes, None).expect("a plain text");
    engine.read(text, &ReadOptions::default())
}

fn reports() -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(root().join("gold")).expect("the gold");
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    paths.retain(|path| {
        path.extension().is_some_and(|it| it == "txt")
            && !path.to_string_lossy().contains(".mentions.")
    });
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).expect("a report"))
        .collect()
}

fn is_learned(claim: &Claim) -> bool {
    claim.derivation.frame.ends_with(LEARNED)
}

#[test]
fn every_learned_claim_is_pinned_to_words_that_hold_its_trigger_and_stand_in_the_text() {
    let mut learned = 0;
    for bytes in reports() {
        let reading = read(&ENGINE, &bytes);
        let text = &reading.text.text;
        for claim in reading.claims.iter().filter(|claim| is_learned(claim)) {
            learned += 1;
            assert!(
                claim.evidence.contains(claim.derivation.trigger),
                "{claim:?}"
            );
            let fillers = claim.roles.iter().flat_map(|(_, fillers)| fillers);
            for span in fillers.filter_map(|filler| filler.span) {
                assert!(!span.of(text).trim().is_empty(), "{claim:?}");
            }
        }
    }
    assert!(
        learned > 100,
        "only {learned} claims were found by what was learned"
    );
}

#[test]
fn what_was_learned_takes_no_claim_from_the_frames() {
    let tell = |claim: &Claim| {
        (
            claim.kind.clone(),
            claim.derivation.clone(),
            claim.roles.clone(),
        )
    };
    for bytes in reports() {
        let (with, without) = (read(&ENGINE, &bytes), read(&FRAMES_ALONE, &bytes));
        assert!(without.claims.iter().all(|claim| !is_learned(claim)));
        let told: Vec<_> = with.claims.iter().map(tell).collect();
        for claim in &without.claims {
            // Only one that says less than a learned claim of the same words gives way to it.
            let more = |other: &&Claim| {
                other.kind == claim.kind
                    && is_learned(other)
                    && other.evidence.overlaps(claim.evidence)
            };
            assert!(
                told.contains(&tell(claim)) || with.claims.iter().any(|other| more(&other)),
                "lost: {claim:?}"
            );
        }
    }
}

/// The built-in pack with these tables in place of its own.
fn with_tables(tables: &[(&str, &str)]) -> Engine {
    let mut files = built_in_pack();
    files.retain(|file| !file.path.starts_with("statistics/"));
    files.extend(tables.iter().map(|(path, text)| PackFile {
        pack: "test".to_owned(),
        path: format!("statistics/{path}"),
        text: (*text).to_owned(),
    }));
    engine(&files)
}

#[test]
fn a_claim_is_made_of_a_word_that_sets_it_off_and_of_what_fills_its_roles() {
    let engine = with_tables(&[
        ("kinds.tsv", "labels\tstrike\nbias\t0:-9\nl=dawdle\t0:12\n"),
        (
            "roles/strike.tsv",
            "labels\tat\tparticipants\nbias\t0:-9 1:-9\nis&t=subjNOUN\t1:8\ne=phrase\t1:4\ng&t=atWORKPLACE\t0:12\n",
        ),
        (
            "fields.tsv",
            "labels\tstrike.action=slowdown\tstrike.action=strike\nbias\t0:0 1:0\nl=dawdle\t0:3\n",
        ),
        ("sound.tsv", "labels\tright\nbias\t0:3\n"),
    ]);
    let reading = read(
        &engine,
        b"The older weavers dawdled at the Halden Works all day.\n",
    );
    let told: Vec<String> = reading
        .claims
        .iter()
        .map(|claim| {
            let fillers = |role: &str| {
                claim
                    .role(role)
                    .iter()
                    .map(|it| it.text.as_str())
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let (at, people, action) = (fillers("at"), fillers("participants"), fillers("action"));
            format!(
                "{} at {at}, {people}: {action} ({})",
                claim.kind, claim.derivation.frame
            )
        })
        .collect();
    assert_eq!(
        told,
        ["strike at Halden Works, older weavers: slowdown (strike/learned)"]
    );
}
