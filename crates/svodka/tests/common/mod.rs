//! Shared by the tests of qualifiers: reads a text in the gold notation and tells what it says of one claim.

use std::env;
use std::path::PathBuf;
use std::sync::LazyLock;

use svodka::Engine;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told where the model is"
    )]
    let named = env::var("SVODKA_MODEL").map(PathBuf::from);
    let model = named.unwrap_or_else(|_| {
        PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../models/en_core_web_sm-3.8.0"
        ))
    });
    let engine = Engine::load(&model, &svodka::built_in_pack());
    engine.unwrap_or_else(|error| panic!("{error}; `make models` fetches the model"))
});

/// What the text says of the first claim of `kind` that stands in words holding `words`: its certainty unless it is
/// asserted, "not" if it is denied, its sources behind "from", its date behind "at".
fn qualifiers(marked: &str, kind: &str, words: &str) -> String {
    let sentence = ENGINE.sentence(marked);
    let reading = sentence.reading();
    let claims = svodka_extract::read_framed_claims(reading, ENGINE.pack());
    let Some(claim) = claims
        .iter()
        .find(|claim| claim.kind == kind && claim.evidence.of(reading.text).contains(words))
    else {
        return format!(
            "no {kind} in {:?}",
            claims.iter().map(|claim| &claim.kind).collect::<Vec<_>>()
        );
    };
    let mut told = Vec::new();
    if claim.polarity == svodka_model::Polarity::Negative {
        told.push("not".to_owned());
    }
    if claim.certainty != svodka_model::Certainty::Asserted {
        told.push(claim.certainty.word().to_owned());
    }
    if !claim.sources.is_empty() {
        let sources: Vec<_> = claim
            .sources
            .iter()
            .map(|source| source.text.as_str())
            .collect();
        told.push(format!("from {}", sources.join(", ")));
    }
    if let Some(when) = &claim.when {
        told.push(format!("at {}", when.value));
    }
    told.join(" ")
}

/// Each case: the text, the claim's kind, words of its evidence, and what is expected.
#[track_caller]
pub fn check(cases: &[(&str, &str, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|&(marked, kind, words, expected)| {
            let found = qualifiers(marked, kind, words);
            (found != expected)
                .then(|| format!("{marked}\n  expected {expected:?}, found {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
