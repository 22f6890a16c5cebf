//! A tiny pipeline of the components that `en_core_web_sm` lacks says what spaCy was recorded to say with it.
//!
//! `tools/parity/train_small.py` trained it and wrote the record.

use std::path::{Path, PathBuf};

use serde_json::Value;
use svodka_nlp::{Cpu, Parse, Pipeline};

const RECORD: &str = include_str!("data/small.jsonl");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/small")
}

/// What was found, in the form of the record.
fn annotation(parse: &Parse) -> Value {
    let tokens = parse.tokens().map(|token| {
        let range = token.byte_range();
        serde_json::json!([
            range.start,
            range.end,
            token.tag(),
            token.pos(),
            token.lemma(),
            token.head().index(),
            token.dep(),
            token.is_sent_start(),
            token.morph(),
        ])
    });
    let entities = parse.entities().map(|entity| {
        let range = entity.token_range();
        serde_json::json!([range.start, range.end, entity.label()])
    });
    serde_json::json!({
        "text": parse.text(),
        "tokens": tokens.collect::<Vec<_>>(),
        "entities": entities.collect::<Vec<_>>(),
    })
}

#[test]
fn sentences_forms_lemmas_and_entities_are_what_spacy_says_on_all_sets_of_instructions() {
    let record: Vec<Value> = RECORD
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let texts: Vec<&str> = record
        .iter()
        .map(|line| line["text"].as_str().unwrap())
        .collect();
    for cpu in Cpu::available() {
        let pipeline = Pipeline::load_for(folder(), cpu).unwrap();
        for (parse, expected) in pipeline.parse_batch(&texts).iter().zip(&record) {
            assert_eq!(&annotation(parse), expected, "{cpu}");
        }
    }
}

#[test]
fn the_record_is_not_empty_of_anything() {
    let count = |what: fn(&Value) -> usize| -> usize {
        RECORD
            .lines()
            .map(|line| what(&serde_json::from_str(line).unwrap()))
            .sum()
    };
    let tokens = |line: &Value, wanted: fn(&Value) -> bool| {
        line["tokens"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|token| wanted(token))
            .count()
    };
    assert!(count(|line| line["entities"].as_array().unwrap().len()) > 10);
    let starts = move |line: &Value| tokens(line, |token| token[7] == true);
    assert!(
        RECORD
            .lines()
            .any(|line| starts(&serde_json::from_str(line).unwrap()) > 1)
    );
    let forms = move |line: &Value| tokens(line, |token| token[8] != "");
    assert!(
        RECORD
            .lines()
            .any(|line| forms(&serde_json::from_str(line).unwrap()) > 3)
    );
}
