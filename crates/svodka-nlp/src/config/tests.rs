use super::*;

const SOUND: &str = r#"
[nlp]
lang = "en"
pipeline = ["tok2vec","tagger","senter","ner"]
disabled = ["senter"]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tagger]
factory = "tagger"

[components.senter]
factory = "senter"

[components.ner]
factory = "ner"
"#;

fn read(text: &str) -> Result<Config, Error> {
    Config::read(Path::new("folder"), Path::new("folder/config.cfg"), text)
}

fn refused(from: &str, to: &str) -> String {
    assert!(SOUND.contains(from));
    read(&SOUND.replace(from, to)).unwrap_err().to_string()
}

#[test]
fn components_are_found_by_what_they_are_and_disabled_ones_left_out() {
    let config = read(SOUND).unwrap();
    assert_eq!(config.folder(Component::Ner), Some(Path::new("folder/ner")));
    assert_eq!(config.folder(Component::Parser), None);
}

#[test]
fn what_is_not_run_is_named() {
    let told = "folder/config.cfg: this pipeline uses";
    for (from, to, what) in [
        (
            r#"factory = "ner""#,
            r#"factory = "textcat""#,
            "the component `textcat`",
        ),
        (
            r#""tok2vec","tagger","senter","ner""#,
            r#""tok2vec","tagger","tagger""#,
            "a second `tagger`",
        ),
        (
            r#""en""#,
            r#""hi""#,
            "the normal forms of the language `hi`",
        ),
        (
            r#""en""#,
            "\"ja\"\ntokenizer = {\"@tokenizers\":\"spacy.ja.JapaneseTokenizer\"}",
            "the tokenizer `spacy.ja.JapaneseTokenizer`",
        ),
        (
            "spacy.Tok2Vec.v2",
            "acme.Tok2Vec.v1",
            "the network `acme.Tok2Vec.v1`",
        ),
        (
            r#""tok2vec","tagger","senter","ner""#,
            "\"tagger\"]\n[components.tagger.model.tok2vec]\n@architectures = \"spacy.Tok2VecListener.v1\"\n[nlp]\nrest = [\"ner\"",
            "`tagger`, which listens, without a `tok2vec` before it",
        ),
        (
            r#"lang = "en""#,
            "lang = \"en\"\nafter_creation = {\"@callbacks\":\"acme\"}",
            "the callback `after_creation`",
        ),
        (
            r#"lang = "en""#,
            "[nlp.before_creation]\n@callbacks = \"acme\"\n[nlp]\nlang = \"en\"",
            "the callback `before_creation`",
        ),
        (
            "@architectures",
            "normalize = true\n@architectures",
            "`normalize`",
        ),
        (
            r#"factory = "ner""#,
            "factory = \"trainable_lemmatizer\"\ntop_k = 21",
            "a trainable lemmatizer with `top_k` 21",
        ),
        (
            r#"factory = "ner""#,
            "factory = \"trainable_lemmatizer\"\nbackoff = \"lower\"",
            "a trainable lemmatizer with the backoff \"lower\"",
        ),
        (
            r#"factory = "ner""#,
            "factory = \"lemmatizer\"\nmode = \"lookup\"",
            "the lemmatizer mode `lookup`",
        ),
        (
            r#"factory = "ner""#,
            "factory = \"lemmatizer\"\nmode = \"rule\"\noverwrite = true",
            "a lemmatizer with `overwrite`",
        ),
    ] {
        assert_eq!(
            refused(from, to),
            format!("{told} {what}, which svodka-nlp does not run")
        );
    }
}

#[test]
fn every_component_that_is_not_run_is_named() {
    for factory in [
        "beam_ner",
        "beam_parser",
        "doc_cleaner",
        "entity_linker",
        "entity_ruler",
        "future_entity_ruler",
        "merge_entities",
        "merge_noun_chunks",
        "merge_subtokens",
        "nn_labeller",
        "span_finder",
        "span_ruler",
        "spancat",
        "spancat_singlelabel",
        "textcat",
        "textcat_multilabel",
        "token_splitter",
        "transformer",
        "curated_transformer",
        "acme_checker",
    ] {
        let error = refused(r#"factory = "ner""#, &format!("factory = \"{factory}\""));
        let told = format!("the component `{factory}`, which svodka-nlp does not run");
        assert!(error.ends_with(&told), "{error}");
    }
}

#[test]
fn an_order_that_would_say_something_else_is_refused_by_the_names_of_both() {
    for (order, told) in [
        (
            ["attribute_ruler", "tagger"],
            "`tagger` behind `attribute_ruler`",
        ),
        (
            ["attribute_ruler", "parser"],
            "`parser` behind `attribute_ruler`",
        ),
        (
            ["attribute_ruler", "morphologizer"],
            "`morphologizer` behind `attribute_ruler`",
        ),
        (
            ["trainable_lemmatizer", "attribute_ruler"],
            "`attribute_ruler` behind `trainable_lemmatizer`",
        ),
    ] {
        let parts = order.map(|name| format!("[components.{name}]\nfactory = \"{name}\"\n"));
        let text = format!(
            "[nlp]\nlang = \"en\"\npipeline = {order:?}\ndisabled = []\n{}",
            parts.concat()
        );
        let error = read(&text).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn what_finds_sentences_and_entities_stands_in_any_order_and_is_run_in_it() {
    let read = |order: &str| {
        let parts = ["parser", "attribute_ruler"]
            .map(|name| format!("[components.{name}]\nfactory = \"{name}\"\n"))
            .concat();
        let text = SOUND.replace(r#"disabled = ["senter"]"#, "disabled = []");
        let text = text.replace(r#""tok2vec","tagger","senter","ner""#, order) + &parts;
        read(&text).map(|config| config.sentences().to_vec())
    };
    use Component::{Ner, Parser, Senter};
    assert_eq!(
        read(r#""tok2vec","ner","parser","tagger","senter""#).unwrap(),
        [Ner, Parser, Senter]
    );
    assert_eq!(
        read(r#""senter","tok2vec","parser""#).unwrap(),
        [Senter, Parser]
    );
    assert!(read(r#""attribute_ruler","tagger""#).is_err());
}

#[test]
fn a_damaged_configuration_is_an_error() {
    assert!(refused("pipeline = [", "pipeline = ").contains("`pipeline` in [nlp]"));
    assert!(refused("lang =", "language =").contains("no `lang` in [nlp]"));
    assert!(refused("\"ner\"]", "\"../ner\"]").contains("no `factory` in [components.../ner]"));
}
