//! Everything a pipeline finds in a text is what spaCy was recorded to find in it.
//!
//! `tools/parity/compose.py` made the texts, `tools/parity/record.py` wrote down what spaCy 3.8.18
//! with `en_core_web_sm` 3.8.0 says of them; the form of the record is described there.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use svodka_nlp::{Parse, Pipeline};

const TEXTS: &str = include_str!("data/recorded.jsonl");
const RECORD: &str = include_str!("data/recorded.tsv");

/// How many differences a failure shows.
const SHOWN: usize = 20;

/// What the record says of a token.
#[derive(Debug, PartialEq)]
struct Word {
    start: usize,
    end: usize,
    tag: String,
    pos: String,
    lemma: String,
    head: usize,
    begins_sentence: bool,
    dep: String,
    entity: String,
}

#[test]
fn every_field_of_every_token_is_what_spacy_says() {
    let texts: Vec<String> = TEXTS
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let record: Vec<Vec<Word>> = RECORD
        .split("\n#")
        .zip(&texts)
        .map(|(lines, text)| recorded(lines, text))
        .collect();
    assert_eq!(texts.len(), record.len());

    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let parses = pipeline().parse_batch(&texts);
    let (mut equal, mut total, mut report) = (0, 0, String::new());
    for (number, (parse, expected)) in parses.iter().zip(&record).enumerate() {
        let found = found(parse);
        total += expected.len();
        equal += found.iter().zip(expected).filter(|(f, e)| f == e).count();
        if found.len() != expected.len() {
            let (ours, spacys) = (found.len(), expected.len());
            writeln!(report, "text {number}: {ours} tokens, not {spacys}").unwrap();
        }
        // Behind a token that ends elsewhere nothing can be compared.
        for (ours, spacys) in found.iter().zip(expected) {
            if ours != spacys {
                let context = parse.text();
                writeln!(
                    report,
                    "text {number}: {ours:?}\n  spaCy: {spacys:?}\n  in {context:?}"
                )
                .unwrap();
            }
            if ours.start != spacys.start || ours.end != spacys.end {
                break;
            }
        }
    }
    let shown: Vec<&str> = report.lines().take(3 * SHOWN).collect();
    assert!(
        report.is_empty(),
        "{equal} of {total} tokens are equal\n{}",
        shown.join("\n")
    );
}

/// The folder that `make models` fills, or another one that the environment names.
fn pipeline() -> Pipeline {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told where the pipeline is"
    )]
    let named = std::env::var("SVODKA_MODEL").ok().map(PathBuf::from);
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/en_core_web_sm-3.8.0");
    let folder = named.unwrap_or(usual);
    assert!(
        folder.join("config.cfg").exists(),
        "there is no pipeline in {}: run `make models` to fetch it, or set SVODKA_MODEL to a folder that has it",
        folder.display()
    );
    Pipeline::load(folder).unwrap()
}

fn recorded(lines: &str, text: &str) -> Vec<Word> {
    let mut end = 0;
    let words = lines.lines().skip(1).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [blanks, length, tag, pos, lemma, head, dep, entity] = columns[..] else {
            panic!("the record has a line {line:?}");
        };
        let start = end + blanks.parse::<usize>().unwrap();
        end = start + length.parse::<usize>().unwrap();
        Word {
            start,
            end,
            tag: tag.to_owned(),
            pos: pos.to_owned(),
            lemma: match lemma {
                "" => text[start..end].to_owned(),
                _ => serde_json::from_str(&format!("\"{lemma}\"")).unwrap(),
            },
            head: head.trim_end_matches('<').parse().unwrap(),
            begins_sentence: head.ends_with('<'),
            dep: dep.to_owned(),
            entity: entity.to_owned(),
        }
    });
    words.collect()
}

fn found(parse: &Parse) -> Vec<Word> {
    let words = parse.tokens().map(|token| Word {
        start: token.byte_range().start,
        end: token.byte_range().end,
        tag: token.tag().to_owned(),
        pos: token.pos().to_owned(),
        lemma: token.lemma().to_owned(),
        head: token.head().index(),
        begins_sentence: token.is_sent_start(),
        dep: token.dep().to_owned(),
        entity: token.entity().map_or(String::new(), |entity| {
            let begins = entity.token_range().start == token.index();
            let prefix = if begins { 'B' } else { 'I' };
            format!("{prefix}-{}", entity.label())
        }),
    });
    words.collect()
}
