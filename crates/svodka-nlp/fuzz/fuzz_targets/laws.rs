//! What holds of every parse of every pipeline that loads.

use svodka_nlp::{Parse, Pipeline, Token};

/// Parses `texts` alone and together and checks what was found.
pub fn check(pipeline: &Pipeline, texts: &[&str]) {
    let together = pipeline.parse_batch(texts);
    assert_eq!(together.len(), texts.len());
    for (together, text) in together.iter().zip(texts) {
        assert!(
            *together == pipeline.parse(text),
            "other texts change what is found in {text:?}"
        );
        check_parse(together, text);
    }
}

fn check_parse(parse: &Parse, text: &str) {
    assert_eq!(parse.text(), text);
    let mut rebuilt = String::new();
    for token in parse.tokens() {
        assert_eq!(token.byte_range().start, rebuilt.len());
        rebuilt.push_str(token.text());
        if token.space_after() {
            rebuilt.push(' ');
        }
        assert!(
            token
                .children()
                .all(|child| child.head() == token && child != token)
        );
        assert!(token.sentence().token_range().contains(&token.index()));
        for said in [token.lemma(), token.tag(), token.pos(), token.dep()] {
            assert!(said.len() <= 1 << 20);
        }
        let root = token.ancestors().take(parse.len()).last().unwrap_or(token);
        assert!(root.head() == root, "a ring of heads");
    }
    assert_eq!(rebuilt, text);

    let roots = parse.tokens().filter(|token| token.head() == *token);
    let mut reached: Vec<usize> = roots.flat_map(Token::subtree).map(Token::index).collect();
    reached.sort_unstable();
    assert!(reached.into_iter().eq(0..parse.len()));

    let mut from = 0;
    for sentence in parse.sentences() {
        assert_eq!(sentence.token_range().start, from);
        assert!(
            sentence
                .tokens()
                .next()
                .is_some_and(|first| first.index() == from)
        );
        from = sentence.token_range().end;
    }
    assert_eq!(from, parse.len());

    let mut from = 0;
    for entity in parse.entities() {
        let tokens = entity.token_range();
        assert!(from <= tokens.start && tokens.start < tokens.end && tokens.end <= parse.len());
        from = tokens.end;
        assert!(entity.tokens().all(|token| token.entity() == Some(entity)));
        assert!(tokens.contains(&entity.root().index()));
    }
}
