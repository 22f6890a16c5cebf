//! The figures are those of the scoring script that outside people use, digit for digit.
//!
//! `data/` holds a gold document, two constructed readings of it — one close, one poor — and what the script says of
//! each. Where the script itself is at hand, it is asked again.

use std::path::{Path, PathBuf};
use std::process::Command;

use svodka_eval::{Gold, Scores, score};
use svodka_model::Contract;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

fn contents(name: &str) -> String {
    std::fs::read_to_string(data(name)).expect("the test's data are in the repository")
}

fn scores(reading: &str) -> Scores {
    let gold = Gold::parse(
        &contents("review.txt"),
        &contents("review.mentions.txt"),
        &contents("review.claims.jsonl"),
    );
    let report: Contract =
        serde_json::from_str(&contents(reading)).expect("a reading is a report object");
    score(&gold.expect("the gold document is sound"), &report)
        .expect("everything stands at its offsets")
}

#[test]
fn the_figures_and_the_table_are_those_recorded_from_the_script() {
    for reading in ["close", "noisy"] {
        let scores = scores(&format!("{reading}.report.json"));
        let json = serde_json::to_value(&scores).expect("figures are plain values");
        let recorded: serde_json::Value =
            serde_json::from_str(&contents(&format!("{reading}.scores.json")))
                .expect("the record is JSON");
        assert_eq!(json, recorded, "{reading}");
        assert_eq!(
            scores.table(),
            contents(&format!("{reading}.scores.txt")),
            "{reading}"
        );
    }
}

#[test]
#[ignore = "needs ../shared"]
fn the_script_itself_says_the_same_where_it_is_at_hand() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/score.py");
    for reading in ["close", "noisy"] {
        let report = format!("{reading}.report.json");
        let output = Command::new("python3")
            .arg(&script)
            .args([data("review"), data(&report)])
            .output()
            .expect("python3 runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(
            scores(&report).table(),
            String::from_utf8_lossy(&output.stdout),
            "{reading}"
        );
    }
}

#[test]
fn a_mention_that_does_not_stand_at_its_offsets_is_refused() {
    let gold = Gold::parse("One strike.", "One strike.", "").expect("it is sound");
    let report =
        r#"{"format": 1, "mentions": [{"start": 4, "end": 9, "text": "strike", "type": "EVENT"}]}"#;
    let report: Contract = serde_json::from_str(report).expect("it is a report object");
    let complaint = score(&gold, &report)
        .expect_err("the span is one too short")
        .to_string();
    assert_eq!(
        complaint,
        "the mention \"strike\" does not stand at its offsets 4–9: the text there is \"strik\""
    );
}
