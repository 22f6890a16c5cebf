use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const TAGS: [&str; 4] = ["DT", "NN", "_SP", "VBZ"];
const DEPENDENCIES: [&str; 3] = ["det", "nsubj", "dep"];

fn load(patterns: &Value) -> Result<AttributeRuler, Error> {
    let bytes = packed(patterns);
    let names = |names: &[&str]| {
        names
            .iter()
            .map(|&name| name.to_owned())
            .collect::<Vec<_>>()
    };
    let path = Path::new("patterns");
    let none = names(&[""]);
    let found = Names::new(&names(&TAGS), &names(&DEPENDENCIES), &none, &none);
    AttributeRuler::from_bytes(path, &bytes, found)
}

fn packed(value: &Value) -> Vec<u8> {
    fn converted(value: &Value) -> rmpv::Value {
        match value {
            Value::Null => rmpv::Value::Nil,
            Value::Bool(truth) => (*truth).into(),
            Value::Number(number) => number.as_i64().unwrap().into(),
            Value::String(text) => text.as_str().into(),
            Value::Array(items) => rmpv::Value::Array(items.iter().map(converted).collect()),
            Value::Object(entries) => rmpv::Value::Map(
                entries
                    .iter()
                    .map(|(key, value)| (key.as_str().into(), converted(value)))
                    .collect(),
            ),
        }
    }
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, &converted(value)).unwrap();
    bytes
}

/// Tokens are written `word/tag/dependency`; either may be left out.
fn seen(token: &str) -> Seen<'_> {
    let mut parts = token.split('/');
    let text = parts.next().unwrap();
    let number = |names: &[&str], name: Option<&str>| {
        let position = names.iter().position(|&known| Some(known) == name)?;
        Some(position as u16)
    };
    Seen {
        text,
        tag: number(&TAGS, parts.next()),
        dependency: number(&DEPENDENCIES, parts.next()),
        form: Form::default(),
        is_space: text.trim().is_empty(),
    }
}

#[test]
fn what_the_morphologizer_found_can_be_asked_for_and_stands_if_nothing_is_set_over_it() {
    let patterns = json!([
        {"patterns": [[{"POS": "ADV"}]], "attrs": {"POS": "X"}, "index": 0},
        {"patterns": [[{"POS": {"IN": ["X", "NONE"]}}]], "attrs": {"LEMMA": "x"}, "index": 0},
        {"patterns": [[{"POS": ""}]], "attrs": {"MORPH": "B=2|A=1"}, "index": 0},
    ]);
    let parts = ["", "NOUN", "ADV"].map(str::to_owned);
    let features = ["", "Case=Nom"].map(str::to_owned);
    let found = Names::new(&[], &[], &parts, &features);
    let ruler = AttributeRuler::from_bytes(Path::new("patterns"), &packed(&patterns), found);
    let ruler = ruler.unwrap();
    let tokens = [(1, 1), (2, 1), (0, 0)].map(|(part, features)| Seen {
        form: Form { part, features },
        ..seen("x")
    });
    let told = ruler.apply(tokens).into_iter().map(|found| {
        let part = &ruler.pos_names()[usize::from(found.pos)];
        format!(
            "{part}/{}/{}",
            ruler.morph_names()[usize::from(found.morph)],
            found.lemma
        )
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        ["NOUN/Case=Nom/0", "X/Case=Nom/0", "/A=1|B=2/0"]
    );
}

/// What each token is: tag, dependency, part of speech, features, lemma.
fn told(patterns: &Value, tokens: &[&str]) -> Vec<String> {
    let ruler = load(patterns).unwrap();
    let name = |names: &[String], number: Option<u16>| {
        number.map_or(String::new(), |number| names[usize::from(number)].clone())
    };
    ruler
        .apply(tokens.iter().map(|token| seen(token)))
        .into_iter()
        .map(|found| {
            [
                name(ruler.tag_names(), found.tag),
                name(ruler.dependency_names(), found.dependency),
                name(ruler.pos_names(), Some(found.pos)),
                name(ruler.morph_names(), Some(found.morph)),
                name(ruler.lemma_names(), Some(found.lemma)),
            ]
            .join("/")
        })
        .collect()
}

#[test]
fn a_later_pattern_sets_over_an_earlier_one_only_what_it_names() {
    let patterns = json!([
        {"patterns": [[{"TAG": "DT"}]], "attrs": {"POS": "DET", "MORPH": "Definite=Def"}, "index": 0},
        {"patterns": [[{"LOWER": "that"}], [{"LOWER": "this"}]], "attrs": {"POS": "PRON"}, "index": 0},
        {"patterns": [[{"LOWER": "this"}]], "attrs": {"MORPH": "_", "LEMMA": "this"}, "index": 0},
    ]);
    assert_eq!(
        told(&patterns, &["The/DT", "THAT/DT/nsubj", "This/DT"]),
        [
            "DT//DET/Definite=Def/",
            "DT/nsubj/PRON/Definite=Def/",
            "DT//PRON//this"
        ]
    );
}

#[test]
fn a_pattern_sees_what_was_found_before_the_ruler_and_not_what_another_pattern_set() {
    let patterns = json!([
        {"patterns": [[{"IS_SPACE": true}]], "attrs": {"TAG": "_SP", "DEP": "dep"}, "index": 0},
        {"patterns": [[{"TAG": "_SP", "IS_SPACE": true}]], "attrs": {"POS": "X"}, "index": 0},
        {"patterns": [[{"DEP": "dep"}]], "attrs": {"POS": "Y"}, "index": 0},
        {"patterns": [[{"TAG": "_SP", "IS_SPACE": false}]], "attrs": {"POS": "Z"}, "index": 0},
    ]);
    assert_eq!(
        told(&patterns, &[" /NN/det", "a/_SP/det"]),
        ["_SP/dep///", "_SP/det/Z//"]
    );
}

#[test]
fn a_pattern_of_several_tokens_sets_the_one_it_names() {
    let patterns = json!([
        {"patterns": [[{"LOWER": "gon"}, {"LOWER": {"REGEX": "^n?a$"}}]], "attrs": {"LEMMA": "go"}, "index": 0},
        {"patterns": [[{"LOWER": "gon"}, {"LOWER": "na"}]], "attrs": {"LEMMA": "to"}, "index": 1},
        {"patterns": [[{}, {"LOWER": "na"}, {}]], "attrs": {"POS": "PART"}, "index": -2},
    ]);
    assert_eq!(
        told(&patterns, &["na", "Gon", "NA", "gon", "a", "na"]),
        ["////", "////go", "//PART//to", "////go", "////", "////"]
    );
}

#[test]
fn an_excluded_empty_name_excludes_tokens_without_one() {
    let patterns = json!([
        {"patterns": [[{"DEP": {"NOT_IN": ["det", ""]}}]], "attrs": {"POS": "A"}, "index": 0},
        {"patterns": [[{"TAG": {"NOT_IN": ["NN"], "IN": ["", "NN", "DT"]}}]], "attrs": {"LEMMA": "b"}, "index": 0},
    ]);
    assert_eq!(
        told(&patterns, &["x/NN/det", "x/DT/nsubj", "x/VBZ", "x"]),
        ["NN/det///", "DT/nsubj/A//b", "VBZ////", "////b"]
    );
}

#[test]
fn names_that_only_patterns_set_are_added_to_the_lists() {
    let patterns = json!([
        {"patterns": [[{"TAG": "NN"}]], "attrs": {"TAG": "NEW", "DEP": "new"}, "index": 0},
        {"patterns": [[{"TAG": "NEW"}]], "attrs": {"POS": "X"}, "index": 0},
    ]);
    assert_eq!(told(&patterns, &["x/NN/det"]), ["NEW/new///"]);
    assert_eq!(load(&patterns).unwrap().tag_names()[..4], TAGS);
}

#[test]
fn what_a_pattern_uses_that_is_not_run_is_named() {
    let check = |pattern: Value, what: &str| {
        let error = load(&json!([pattern])).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    };
    let with = |token: Value| json!({"patterns": [[token]], "attrs": {"POS": "X"}, "index": 0});
    check(
        with(json!({"OP": "*"})),
        "uses the pattern key `OP` in pattern 0",
    );
    check(with(json!({"MORPH": "X"})), "the pattern key `MORPH`");
    check(
        with(json!({"LOWER": {"FUZZY": "x"}})),
        "the pattern operator `FUZZY`",
    );
    check(
        with(json!({"LOWER": {"REGEX": "x+"}})),
        "the regular expression `x+`",
    );
    check(with(json!({"LOWER": 3})), "something other than text");
    check(
        with(json!({"IS_SPACE": 1})),
        "an `IS_SPACE` that is neither",
    );
    let set = |attrs: Value| json!({"patterns": [[{}]], "attrs": attrs, "index": 0});
    check(set(json!({"NORM": "x"})), "setting `NORM`");
    check(
        json!({"patterns": [[{}]], "attrs": {}, "index": 1}),
        "its index is not one of 1 tokens",
    );
    check(
        json!({"patterns": [[{}]], "attrs": {}, "index": -2}),
        "its index",
    );
    check(
        json!({"patterns": [[]], "attrs": {}, "index": 0}),
        "pattern 0: no tokens",
    );
    check(
        json!({"patterns": [["x"]], "attrs": {}, "index": 0}),
        "a token that is not a map",
    );
    check(
        json!({"patterns": [[{"TAG": {"IN": "x"}}]], "attrs": {}}),
        "an operator without a list",
    );
    check(json!({"patterns": [[{}]]}), "no attributes to set");
    check(json!({"attrs": {}}), "pattern 0 is empty");
    assert!(
        load(&json!({}))
            .unwrap_err()
            .to_string()
            .contains("not a list of patterns")
    );
}

proptest! {
    #[test]
    fn the_class_of_a_word_is_that_of_its_lower_case(word in "\\PC{0,40}", others: Vec<String>) {
        let mut words = Words::default();
        for other in &others {
            words.add(&other.to_lowercase());
        }
        let before = words.class(&word);
        prop_assert_eq!(before > 0, others.iter().any(|other| other.to_lowercase() == word.to_lowercase()));
        let class = words.add(&word.to_lowercase());
        prop_assert_eq!(words.class(&word), class);
    }

    #[test]
    fn damaged_patterns_do_not_panic(at: prop::sample::Index, byte: u8) {
        let patterns = json!([
            {"patterns": [[{"LOWER": {"REGEX": "^n?a$"}, "TAG": {"NOT_IN": ["NN"]}}, {}]], "attrs": {"LEMMA": "go"}, "index": -1},
        ]);
        let mut bytes = packed(&patterns);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let none = [String::new()];
        let found = Names::new(&[], &[], &none, &none);
        if let Ok(ruler) = AttributeRuler::from_bytes(Path::new("patterns"), &bytes, found) {
            ruler.apply(["a", "na", "n\n"].map(seen));
        }
    }
}

#[test]
fn a_small_file_that_asks_for_a_huge_table_is_refused() {
    let words: Vec<Value> = (0..6_000).map(|word| json!(word.to_string())).collect();
    let asks_for_words = json!({"patterns": [[{"LOWER": {"IN": words}}]], "attrs": {"POS": "X"}});
    let asks_for_nothing = json!({"patterns": [[{}]], "attrs": {"POS": "X"}});
    let mut patterns = vec![asks_for_nothing; 2_000];
    patterns.push(asks_for_words);
    let error = load(&Value::Array(patterns)).unwrap_err().to_string();
    assert!(error.contains("2001 patterns with 30005 cases"), "{error}");
}
