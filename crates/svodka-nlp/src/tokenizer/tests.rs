use std::path::PathBuf;

use proptest::prelude::*;
use rmpv::Value;

use super::*;
use crate::strings::string_id;

fn packed(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, value).unwrap();
    bytes
}

fn map<K: Into<Value>>(entries: impl IntoIterator<Item = (K, Value)>) -> Value {
    let entries = entries.into_iter();
    Value::Map(entries.map(|(key, value)| (key.into(), value)).collect())
}

/// An exception: the texts of its tokens, and the norm of the first.
fn exception(parts: &[&str], norm: Option<&str>) -> (String, Value) {
    let tokens = parts.iter().enumerate().map(|(index, &part)| {
        let norm = norm.filter(|_| index == 0).map(|norm| (67, norm.into()));
        map([(65, part.into())].into_iter().chain(norm))
    });
    (parts.concat(), Value::Array(tokens.collect()))
}

/// The file of a small tokenizer. The expected tokens below are what spaCy gives with these rules.
fn file() -> Vec<(&'static str, Value)> {
    let exceptions = [
        exception(&["do", "n't"], Some("DO")),
        exception(&["e.g."], None),
        exception(&[":)"], None),
        exception(&["..", ":("], None),
        exception(&[" "], None),
    ];
    vec![
        ("prefix_search", r#"^\(|^"|^:|^\.\.+"#.into()),
        (
            "suffix_search",
            r#"\)$|"$|,$|\($|(?<=[a-z])\.$|\.\.+$"#.into(),
        ),
        ("infix_finditer", r"(?<=[a-z])[-/](?=[a-z])|\.\.+".into()),
        ("token_match", Value::Nil),
        ("url_match", r"[a-z]+\.org(?:/\S*)?$".into()),
        ("exceptions", map(exceptions)),
        ("faster_heuristics", true.into()),
    ]
}

fn load(entries: Vec<(&'static str, Value)>) -> Result<Tokenizer, Error> {
    let bytes = packed(&map(entries));
    let nothing = packed(&map::<u64>([]));
    let vocabulary = Vocabulary::from_bytes(Path::new("lookups.bin"), &nothing)?;
    Tokenizer::from_bytes(Path::new("tokenizer"), &bytes, vocabulary)
}

fn tokenizer() -> Tokenizer {
    load(file()).unwrap()
}

/// The tokens of `text` with a stroke between them; a low line for the space behind a token.
fn divided(text: &str) -> String {
    let tokens = tokenizer().tokenize(text);
    let marked = tokens.iter().map(|token| {
        let space = if token.space_after { "_" } else { "" };
        format!("{}{space}", &text[token.start..token.end])
    });
    marked.collect::<Vec<_>>().join("|")
}

#[test]
fn white_space_beyond_one_space_is_a_token() {
    assert_eq!(divided(""), "");
    assert_eq!(divided("a b"), "a_|b");
    assert_eq!(divided("a b "), "a_|b_");
    assert_eq!(divided(" a"), " |a");
    assert_eq!(divided("a  b"), "a_| |b");
    assert_eq!(divided("a \n b\n"), "a_|\n |b|\n");
    assert_eq!(divided("a\u{3000}b\u{200b}c"), "a|\u{3000}|b\u{200b}c");
    assert_eq!(divided("  "), "  ");
}

#[test]
fn affixes_come_off_from_both_ends_until_none_is_left() {
    assert_eq!(divided("(\"one\"),"), "(|\"|one|\"|)|,");
    assert_eq!(divided("((("), "(|(|(");
    assert_eq!(divided("one.."), "one|..");
    assert_eq!(divided("one."), "one|.");
    assert_eq!(divided("1."), "1.");
    assert_eq!(
        divided("(."),
        "(|.",
        "what stands before a prefix is not seen behind it"
    );
}

#[test]
fn a_special_word_is_left_whole_once_its_affixes_are_off() {
    assert_eq!(divided("(e.g.)"), "(|e.g.|)");
    assert_eq!(divided("e.g.,"), "e.g.|,");
    assert_eq!(divided("\"don't\""), "\"|do|n't|\"");
    assert_eq!(divided("xe.g."), "xe.g|.");
}

#[test]
fn infixes_part_what_is_no_url() {
    assert_eq!(divided("a-b/c"), "a|-|b|/|c");
    assert_eq!(divided("-a-"), "-a-");
    assert_eq!(divided("a...b"), "a|...|b");
    assert_eq!(divided("(x.org/a-b)"), "(|x.org/a-b|)");
    assert_eq!(divided("x.orgs/a-b"), "x.orgs|/|a|-|b");
}

#[test]
fn special_words_that_affixes_took_apart_are_put_together_again() {
    assert_eq!(divided(":)"), ":)");
    assert_eq!(divided("\":)\""), "\"|:)|\"");
    assert_eq!(
        divided("a:):)"),
        "a:):|)",
        "nothing parts the colons from the letter"
    );
    assert_eq!(divided("(:))"), "(|:)|)");
    assert_eq!(divided("\"..:(\""), "\"|..|:(|\"");
    assert_eq!(divided("\": )"), "\"|:_|)", "a space keeps them apart");
}

#[test]
fn a_special_word_brings_its_norm() {
    let tokens = tokenizer().tokenize("Don't don't");
    let norms: Vec<u64> = tokens.iter().map(|token| token.norm).collect();
    assert_eq!(norms, ["don't", "DO", "n't"].map(string_id));
}

#[test]
fn what_a_file_lacks_or_this_crate_does_not_know_is_told() {
    let told = |key: &str, value: Value| {
        let mut entries = file();
        entries.retain(|(name, _)| *name != key);
        entries.push(("other", Value::Nil));
        if value != Value::Nil {
            entries.push((
                file().iter().find(|(name, _)| *name == key).unwrap().0,
                value,
            ));
        }
        load(entries).unwrap_err().to_string()
    };
    assert_eq!(told("exceptions", Value::Nil), "tokenizer: no `exceptions`");
    assert_eq!(
        told("exceptions", 5.into()),
        "tokenizer: `exceptions` is not a map"
    );
    let wrong = map([("ab", Value::Array(vec![map([(65, "a".into())])]))]);
    assert_eq!(
        told("exceptions", wrong),
        "tokenizer: exception `ab`: its tokens are not its parts"
    );
    assert_eq!(
        told("prefix_search", r"(a)\1".into()),
        r"tokenizer: this pipeline uses `\1` in `prefix_search`, which svodka-nlp does not run"
    );
    assert_eq!(
        told("infix_finditer", "a*".into()),
        "tokenizer: this pipeline uses an empty match of `infix_finditer`, which svodka-nlp does not run"
    );
    assert_eq!(
        told("url_match", 5.into()),
        "tokenizer: `url_match` is not text"
    );
}

#[test]
fn without_rules_chunks_are_tokens() {
    let tokens = load(vec![("exceptions", map::<&str>([]))])
        .unwrap()
        .tokenize("(a, b)");
    assert_eq!(tokens.len(), 2);
}

#[test]
fn a_long_chunk_takes_time_in_proportion() {
    for part in ["a", "(", "\"", "..", "a-", ":)", "a.org/", "ж"] {
        let text = part.repeat(100_000 / part.len());
        let tokens = tokenizer().tokenize(&text);
        assert_eq!(tokens.last().unwrap().end, text.len());
    }
}

const PARTS: [&str; 17] = [
    "a", "b", "-", "..", ".", "(", ")", "\"", ",", ":", "e.g.", "don't", " ", " ", "\n", "ж",
    "\u{a0}",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PARTS[..]), 0..20).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn the_tokens_and_their_spaces_are_the_text(text in texts()) {
        let mut end = 0;
        for token in tokenizer().tokenize(&text) {
            prop_assert_eq!(token.start, end);
            prop_assert!(token.start < token.end);
            end = token.end + usize::from(token.space_after);
            prop_assert!(!token.space_after || &text[token.end..end] == " ");
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn a_text_is_divided_the_same_whatever_came_before(before in texts(), text in texts()) {
        let tokenizer = tokenizer();
        let first = tokenizer.tokenize(&text);
        tokenizer.tokenize(&before);
        tokenizer.tokenize(&(before + &text));
        prop_assert_eq!(tokenizer.tokenize(&text), first);
    }

    #[test]
    fn a_damaged_file_does_not_panic(at: prop::sample::Index, byte: u8) {
        let mut bytes = packed(&map(file()));
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let nothing = packed(&map::<u64>([]));
        let vocabulary = Vocabulary::from_bytes(Path::new("lookups.bin"), &nothing).unwrap();
        if let Ok(tokenizer) = Tokenizer::from_bytes(Path::new("tokenizer"), &bytes, vocabulary) {
            tokenizer.tokenize("(don't) a-b.org :), e.g. ..");
        }
    }
}

/// What `tools/parity/record_tokens.py` wrote down of spaCy's tokenizer; it describes the form.
const RECORD: &str = include_str!("../../tests/data/tokens.jsonl");

#[test]
fn texts_thrown_together_are_divided_as_spacy_does() {
    let tokenizer = Tokenizer::load(&pipeline_folder()).unwrap();
    let mut count = 0;
    for line in RECORD.lines() {
        let (text, expected, sums): (String, String, [String; 4]) = {
            let (text, tokens, a, b, c, d) = serde_json::from_str(line).unwrap();
            (text, tokens, [a, b, c, d])
        };
        let tokens = tokenizer.tokenize(&text);
        let found: Vec<String> = tokens
            .iter()
            .map(|token| {
                let space = if token.space_after { "_" } else { "" };
                let blank = if token.is_space { "*" } else { "" };
                format!("{}{space}{blank}", token.end - token.start)
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{text:?}");
        for (column, expected) in sums.iter().enumerate() {
            let feature =
                |token: &RawToken| [token.norm, token.prefix, token.suffix, token.shape][column];
            let sum = tokens
                .iter()
                .map(feature)
                .fold(0_u64, |sum, id| sum.wrapping_mul(31).wrapping_add(id));
            assert_eq!(
                &format!("{sum:x}"),
                expected,
                "feature {column} in {text:?}"
            );
        }
        count += tokens.len();
    }
    assert!(count > 20_000, "{count} tokens");
}

/// The folder that `make models` fills, or another one that the environment names.
fn pipeline_folder() -> PathBuf {
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
    folder
}
