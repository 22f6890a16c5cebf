//! What holds of every text, whatever stands in it.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use svodka_nlp::{Cpu, Parse, Pipeline, Token};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    Pipeline::load(folder())
        .expect("`make models` fetches the pipeline, or SVODKA_MODEL says where it is")
});

fn folder() -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told where the pipeline is"
    )]
    let named = std::env::var("SVODKA_MODEL").ok().map(PathBuf::from);
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/en_core_web_sm-3.8.0");
    named.unwrap_or(usual)
}

fn words() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "the",
        "Ivan",
        "strike",
        "2.",
        "No.",
        "don't",
        "(",
        ")",
        "\"",
        "'",
        ",",
        ".",
        "—",
        "\n",
        "\n\n",
        "\t",
        " ",
        "",
        "U.S.",
        "10,000",
        "http://a.b/c",
        "e\u{301}",
        "Фома",
        "🙂",
        "\u{200b}",
        "\u{a0}",
        "...",
        "km",
        "'s",
        "of",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.join(" "))
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![3 => words(), 1 => any::<String>(), 1 => "[ \\n\\t.,a-zA-Z'\"()-]{0,80}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn tokens_and_the_spaces_between_them_are_the_text(text in texts()) {
        let parse = PIPELINE.parse(&text);
        let mut rebuilt = String::new();
        for token in parse.tokens() {
            prop_assert_eq!(token.byte_range().start, rebuilt.len());
            rebuilt.push_str(token.text());
            if token.space_after() {
                rebuilt.push(' ');
            }
        }
        prop_assert_eq!(rebuilt, text);
    }

    #[test]
    fn sentences_cover_the_tokens_and_heads_lead_to_roots(text in texts()) {
        let parse = PIPELINE.parse(&text);
        let mut from = 0;
        for sentence in parse.sentences() {
            let tokens = sentence.token_range();
            prop_assert!(tokens.start == from && tokens.end > from);
            from = tokens.end;
        }
        prop_assert_eq!(from, parse.len());
        for token in parse.tokens() {
            let root = token.ancestors().take(parse.len()).last().unwrap_or(token);
            prop_assert_eq!(root.head(), root);
        }
    }

    #[test]
    fn every_token_is_in_the_subtree_of_one_root(text in texts()) {
        let parse = PIPELINE.parse(&text);
        let roots = parse.tokens().filter(|token| token.head() == *token);
        let mut reached: Vec<usize> = roots.flat_map(Token::subtree).map(Token::index).collect();
        reached.sort_unstable();
        prop_assert_eq!(reached, (0..parse.len()).collect::<Vec<_>>());
    }

    #[test]
    fn entities_stand_in_order_and_their_tokens_know_them(text in texts()) {
        let parse = PIPELINE.parse(&text);
        let mut from = 0;
        for entity in parse.entities() {
            let tokens = entity.token_range();
            prop_assert!(from <= tokens.start);
            from = tokens.end;
            prop_assert!(!entity.label().is_empty());
            prop_assert!(entity.tokens().all(|token| token.entity() == Some(entity)));
        }
        let inside: usize = parse.entities().map(|entity| entity.tokens().len()).sum();
        prop_assert_eq!(parse.tokens().filter(|token| token.entity().is_some()).count(), inside);
    }

    #[test]
    fn what_is_found_in_a_text_does_not_depend_on_its_company_or_thread(
        texts in prop::collection::vec(texts(), 0..6),
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let together = PIPELINE.parse_batch(&texts);
        let alone: Vec<Parse> = std::thread::scope(|scope| {
            let threads: Vec<_> = texts.iter().map(|text| scope.spawn(|| PIPELINE.parse(text))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        prop_assert_eq!(together, alone);
    }
}

/// Enough texts for several shares on each thread, all different.
fn many_texts() -> impl Iterator<Item = String> {
    (0..600).map(|number| {
        format!(
            "Nobody in shop No. {number} struck. {}",
            "It was quiet. ".repeat(number % 40)
        )
    })
}

#[test]
fn several_threads_give_the_parses_of_one_in_the_order_of_the_texts() {
    let expected: Vec<Parse> = PIPELINE.pipe(many_texts()).collect();
    assert_eq!(expected.len(), 600);
    for threads in [1, 2, 5] {
        let mut parses = Vec::new();
        let threads = NonZeroUsize::new(threads).expect("not 0");
        let result = PIPELINE.pipe_on(threads, many_texts(), |parse| {
            parses.push(parse);
            Ok::<(), ()>(())
        });
        assert!(result.is_ok());
        assert!(parses == expected, "{threads} threads");
    }
}

#[test]
fn an_error_ends_the_reading() {
    let taken = Cell::new(0);
    let texts = std::iter::repeat_with(|| {
        taken.set(taken.get() + 1);
        "It was quiet. ".repeat(40)
    });
    let threads = NonZeroUsize::new(2).expect("not 0");
    let mut given = 0;
    let result = PIPELINE.pipe_on(threads, texts, |_| {
        given += 1;
        if given == 3 { Err("enough") } else { Ok(()) }
    });
    assert_eq!((result, given), (Err("enough"), 3));
    assert!(taken.get() < 2000, "{} texts were taken", taken.get());
}

#[test]
fn every_set_of_instructions_finds_the_same() {
    let texts: Vec<String> = many_texts().skip(560).collect();
    let expected = PIPELINE.parse_batch(&texts);
    for cpu in Cpu::available() {
        let pipeline = Pipeline::load_for(folder(), cpu).expect("it was loaded before");
        assert!(pipeline.parse_batch(&texts) == expected, "{cpu}");
    }
}

#[test]
fn a_text_without_words_has_a_parse() {
    assert!(PIPELINE.parse("").is_empty());
    assert_eq!(PIPELINE.parse("").sentences().count(), 0);
    let parse = PIPELINE.parse(" \n ");
    let token = parse.token(0).expect("white space is a token");
    assert_eq!((parse.len(), token.tag(), token.dep()), (1, "_SP", "dep"));
    assert!(PIPELINE.parse_batch::<&str>(&[]).is_empty());
}
