//! A small pipeline folder with weights drawn by lot, for tests that need no trained one.
//!
//! The fuzz targets include this file too, so it uses nothing of the crate.

use std::path::Path;

use rmpv::Value;

/// The width of the sample's token vectors.
pub(crate) const WIDTH: u64 = 20;

/// The width of its word vectors.
const VECTOR: u64 = 6;

/// How many numbers the hidden layer of its scorers has.
const HIDDEN: u64 = 18;

/// A layer: its name, its settings, its arrays with their shapes.
type Layer = (
    &'static str,
    Vec<(&'static str, Value)>,
    Vec<(&'static str, Vec<u64>)>,
);

/// Writes the files of the pipeline to `folder`.
pub(crate) fn write(folder: &Path) {
    let config = r#"
[nlp]
lang = "en"
pipeline = ["tok2vec","tagger","parser","senter","attribute_ruler","lemmatizer","ner"]
disabled = ["senter"]

[components.tok2vec]
factory = "tok2vec"

[components.tagger]
factory = "tagger"

[components.parser]
factory = "parser"

[components.senter]
factory = "senter"

[components.attribute_ruler]
factory = "attribute_ruler"

[components.lemmatizer]
factory = "lemmatizer"
mode = "rule"
overwrite = false

[components.ner]
factory = "ner"
"#;
    put(folder, "config.cfg", config.as_bytes());

    put(
        folder,
        "tok2vec/model",
        &model(encoder(&["NORM", "SUFFIX", "SPACY", "IS_SPACE"], false)),
    );

    put(folder, "tagger/cfg", br#"{"labels":["DT","NN","VB"]}"#);
    let softmax = |labels| {
        let arrays = vec![("W", vec![labels, WIDTH]), ("b", vec![labels])];
        ("softmax", vec![], arrays)
    };
    put(folder, "tagger/model", &model(vec![LISTENER, softmax(3)]));

    // Not in the pipeline; for tests that put it there.
    let cfg = br#"{"labels_morph":{"POS=VERB|Tense=Past":"Tense=Past|Mood=Ind","POS=ADP":"","Number=Sing":"Number=Sing"},
        "labels_pos":{"POS=VERB|Tense=Past":100,"POS=ADP":85}}"#;
    put(folder, "morphologizer/cfg", cfg);
    put(
        folder,
        "morphologizer/model",
        &model(vec![LISTENER, softmax(3)]),
    );

    // Switched off, as in published pipelines.
    put(folder, "senter/cfg", br#"{"overwrite":false}"#);
    put(folder, "senter/model", &model(vec![LISTENER, softmax(2)]));

    let moves = r#"{"0":{"":9},"1":{"":9},"2":{"nsubj":5,"det||dobj":3},"3":{"dobj":5,"punct":4},"4":{"ROOT":7}}"#;
    put(folder, "parser/moves", &moves_file(moves));
    put(
        folder,
        "parser/model",
        &model([vec![LISTENER], scorer(8, 7)].concat()),
    );

    let moves = r#"{"0":{},"1":{"X":5,"Y":3},"2":{"X":5,"Y":3},"3":{"X":5,"Y":3},"4":{"X":5,"Y":3,"":1},"5":{"":1}}"#;
    put(folder, "ner/moves", &moves_file(moves));
    put(
        folder,
        "ner/model",
        &model([encoder(&["NORM", "SHAPE"], true), scorer(3, 10)].concat()),
    );
    write_rules(folder);
}

/// Writes the files that are rules and lists.
fn write_rules(folder: &Path) {
    let exception = |parts: &[&str]| {
        let token = |&part: &&str| Value::Map(vec![(65.into(), part.into())]);
        let tokens = parts.iter().map(token).collect();
        (Value::from(parts.concat()), Value::Array(tokens))
    };
    let tokenizer = map(vec![
        ("prefix_search", r#"^\(|^"|^\.\.+"#.into()),
        ("suffix_search", r#"\)$|"$|,$|(?<=[a-z])\.$|\.\.+$"#.into()),
        ("infix_finditer", r"(?<=[a-z])[-/](?=[a-z])|\.\.+".into()),
        ("token_match", Value::Nil),
        ("url_match", r"(?:[a-z]{1,9}\.){1,3}org(?:/\S*)?$".into()),
        (
            "exceptions",
            Value::Map(vec![exception(&["do", "n't"]), exception(&[":)"])]),
        ),
        ("faster_heuristics", true.into()),
    ]);
    put(folder, "tokenizer", &packed(&tokenizer));

    let norms = Value::Map(vec![(VERB.into(), "doing".into())]);
    let lookups = map(vec![("lexeme_norm", norms)]);
    put(folder, "vocab/lookups.bin", &packed(&lookups));

    put(folder, "vocab/vectors.cfg", br#"{"mode":"default"}"#);
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': (1, {VECTOR}), }}\n");
    let mut vectors = b"\x93NUMPY\x01\x00".to_vec();
    vectors.extend((header.len() as u16).to_le_bytes());
    vectors.extend(header.as_bytes());
    vectors.extend((0..VECTOR).flat_map(|number| (number as f32).to_le_bytes()));
    put(folder, "vocab/vectors", &vectors);
    let rows = Value::Map(vec![(VERB.into(), 0.into()), (7.into(), (-1).into())]);
    put(folder, "vocab/key2row", &packed(&rows));

    let texts = |texts: &[&str]| Value::Array(texts.iter().map(|&text| text.into()).collect());
    let pattern = |token: Value, attributes| {
        let tokens = Value::Array(vec![Value::Array(vec![token])]);
        map(vec![
            ("patterns", tokens),
            ("attrs", map(attributes)),
            ("index", 0.into()),
        ])
    };
    let tags = map(vec![("IN", texts(&["NN", "DT"]))]);
    let patterns = Value::Array(vec![
        pattern(
            map(vec![("TAG", "VB".into())]),
            vec![("POS", "VERB".into())],
        ),
        pattern(
            map(vec![("TAG", tags), ("LOWER", "strike".into())]),
            vec![("POS", "NOUN".into()), ("MORPH", "Number=Sing".into())],
        ),
        pattern(
            map(vec![("IS_SPACE", true.into())]),
            vec![("TAG", "_SP".into()), ("LEMMA", " ".into())],
        ),
    ]);
    put(folder, "attribute_ruler/patterns", &packed(&patterns));

    let verbs = |value| Value::Map(vec![(VERB.into(), value)]);
    let rules = Value::Array(vec![texts(&["ed", "e"]), texts(&["s", ""])]);
    let exceptions = map(vec![("went", texts(&["go"]))]);
    let lookups = map(vec![
        ("lemma_rules", verbs(rules)),
        ("lemma_exc", verbs(exceptions)),
        ("lemma_index", verbs(texts(&["strike", "go"]))),
    ]);
    put(folder, "lemmatizer/lookups/lookups.bin", &packed(&lookups));
}

/// What spaCy's string store calls `verb`.
pub(crate) const VERB: u64 = 6_360_137_228_241_296_794;

const LISTENER: Layer = ("tok2vec-listener", Vec::new(), Vec::new());

/// An encoder with a table for each column, and word vectors if it is to have them.
fn encoder(columns: &[&str], has_vectors: bool) -> Vec<Layer> {
    let names = columns.iter().map(|&column| column.into()).collect();
    let mut layers = vec![(
        "extract_features",
        vec![("columns", Value::Array(names))],
        vec![],
    )];
    for (column, seed) in columns.iter().zip(8_u64..) {
        let rows = 7 + 2 * column.len() as u64;
        layers.push((
            "hashembed",
            vec![("seed", seed.into())],
            vec![("E", vec![rows, WIDTH])],
        ));
    }
    if has_vectors {
        layers.push(("static_vectors", vec![], vec![("W", vec![WIDTH, VECTOR])]));
    }
    let embedded = (columns.len() as u64 + u64::from(has_vectors)) * WIDTH;
    let widths = [embedded, 3 * WIDTH, 3 * WIDTH];
    for width in widths {
        layers.push((
            "maxout",
            vec![],
            vec![("W", vec![WIDTH, 3, width]), ("b", vec![WIDTH, 3])],
        ));
        layers.push((
            "layernorm",
            vec![],
            vec![("G", vec![WIDTH]), ("b", vec![WIDTH])],
        ));
    }
    for _ in 1..widths.len() {
        layers.push(("expand_window", vec![("window_size", 1.into())], vec![]));
    }
    layers
}

fn scorer(slots: u64, moves: u64) -> Vec<Layer> {
    let lower = vec![
        ("W", vec![slots, HIDDEN, 2, HIDDEN]),
        ("b", vec![HIDDEN, 2]),
        ("pad", vec![1, slots, HIDDEN, 2]),
    ];
    vec![
        ("parser_model", vec![], vec![]),
        ("precomputable_affine", vec![], lower),
        (
            "linear",
            vec![],
            vec![("W", vec![moves, HIDDEN]), ("b", vec![moves])],
        ),
        (
            "linear",
            vec![],
            vec![("W", vec![HIDDEN, WIDTH]), ("b", vec![HIDDEN])],
        ),
    ]
}

fn model(layers: Vec<Layer>) -> Vec<u8> {
    let mut lot = 12_345_u32;
    let (mut nodes, mut attributes, mut parameters) = (Vec::new(), Vec::new(), Vec::new());
    for (name, settings, arrays) in layers {
        nodes.push(map(vec![("name", name.into())]));
        let settings = settings
            .into_iter()
            .map(|(key, value)| (key, Value::Binary(packed(&value))));
        attributes.push(map(settings.collect()));
        let arrays = arrays
            .into_iter()
            .map(|(key, shape)| (key, array(&shape, &mut lot)));
        parameters.push(map(arrays.collect()));
    }
    packed(&map(vec![
        ("nodes", Value::Array(nodes)),
        ("attrs", Value::Array(attributes)),
        ("params", Value::Array(parameters)),
        ("shims", Value::Array(Vec::new())),
    ]))
}

fn array(shape: &[u64], lot: &mut u32) -> Value {
    let mut data = Vec::new();
    for _ in 0..shape.iter().product() {
        *lot = lot.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let number = (*lot >> 8) as f32 / 8_388_608.0 - 1.0;
        data.extend(number.to_le_bytes());
    }
    map(vec![
        ("nd", true.into()),
        ("type", "<f4".into()),
        ("kind", "".into()),
        (
            "shape",
            Value::Array(shape.iter().map(|&length| length.into()).collect()),
        ),
        ("data", Value::Binary(data)),
    ])
}

fn moves_file(json: &str) -> Vec<u8> {
    packed(&map(vec![("moves", json.into())]))
}

fn map(entries: Vec<(&str, Value)>) -> Value {
    Value::Map(
        entries
            .into_iter()
            .map(|(key, value)| (key.into(), value))
            .collect(),
    )
}

fn packed(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, value).expect("memory can be written to");
    bytes
}

fn put(folder: &Path, file: &str, bytes: &[u8]) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
    std::fs::write(path, bytes).expect("a file");
}
