use proptest::prelude::*;

use super::*;

/// A parse of words parted by single spaces; `|` before a word starts a sentence, "Kyiv" is an entity.
fn parse(marked: &str) -> Parse {
    let length = marked.split(' ').count() as u32;
    tree(marked, &(0..length).collect::<Vec<_>>())
}

/// The same with heads.
fn tree(marked: &str, heads: &[u32]) -> Parse {
    let mut text = String::new();
    let mut words: Vec<Word> = Vec::new();
    for marked in marked.split(' ').filter(|word| !word.is_empty()) {
        let word = marked.trim_start_matches('|');
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(word);
        words.push(Word {
            start,
            end: text.len(),
            lemma: (word == "went").then(|| "go".into()),
            head: heads[words.len()],
            tag: NOTHING,
            part: 0,
            morph: 0,
            dependency: 0,
            space_after: true,
            sentence_start: word != marked,
            entity: (word == "Kyiv").then_some(0),
        });
    }
    let kyiv = words.iter().position(|word| word.entity.is_some());
    let entities = kyiv.map(|at| Entity {
        tokens: at..at + 1,
        label: 0,
    });
    let names = Names {
        tags: Vec::new(),
        parts: vec!["X".to_owned()],
        morphs: vec!["Case=Nom".to_owned()],
        dependencies: vec!["ROOT".to_owned()],
        entities: vec!["GPE".to_owned()],
    };
    Parse::new(&text, words, entities.into_iter().collect(), names.into())
}

fn indices<'a>(tokens: impl Iterator<Item = Token<'a>>) -> Vec<usize> {
    tokens.map(Token::index).collect()
}

#[test]
fn sentences_follow_each_other_without_gaps() {
    let check = |marked, ends: &[usize]| {
        let parse = parse(marked);
        let sentences: Vec<_> = parse.sentences().collect();
        let found = sentences.iter().map(|sentence| sentence.token_range());
        let starts = [0].into_iter().chain(ends.iter().copied());
        let expected = starts.zip(ends).map(|(start, &end)| start..end);
        assert!(found.eq(expected), "{sentences:?}");
        let all = sentences.iter().flat_map(|sentence| sentence.tokens());
        assert!(all.eq(parse.tokens()));
        for sentence in sentences {
            assert!(sentence.tokens().all(|token| token.sentence() == sentence));
        }
    };
    check("a b |c |d e", &[2, 3, 5]);
    check("|a", &[1]);
    check("", &[]);
}

#[test]
fn a_token_shows_what_was_found() {
    let parse = parse("We went to Kyiv");
    let token = parse.token(1).unwrap();
    assert_eq!(
        (token.text(), token.lemma(), token.byte_range()),
        ("went", "go", 3..7)
    );
    assert_eq!((token.tag(), token.pos(), token.dep()), ("", "X", "ROOT"));
    let kyiv = parse.token(3).and_then(Token::entity).unwrap();
    assert_eq!((kyiv.text(), kyiv.label()), ("Kyiv", "GPE"));
    assert_eq!((kyiv.token_range(), kyiv.byte_range()), (3..4, 11..15));
    assert_eq!(parse.entities().collect::<Vec<_>>(), [kyiv]);
    assert_eq!(parse.token(0).and_then(Token::entity), None);
    assert_eq!(parse.token(4), None);
    assert_eq!(format!("{token:?}"), r#"Token { index: 1, text: "went" }"#);
}

#[test]
fn a_span_has_at_least_one_token_and_no_more_than_there_are() {
    let parse = parse("a b c");
    let text = |tokens| parse.span(tokens).map(Span::text);
    assert_eq!(text(1..3), Some("b c"));
    assert_eq!((text(1..1), text(2..4), text(3..4)), (None, None, None));
    #[expect(
        clippy::reversed_empty_ranges,
        reason = "a caller may give such a range"
    )]
    let reversed = 2..1;
    assert_eq!(text(reversed), None);
}

#[test]
fn the_root_of_a_span_is_the_token_nearest_to_a_root() {
    // d is the root; c and e hang on it, b on c, a on e.
    let parse = tree("a b c d e", &[4, 2, 3, 3, 3]);
    let root = |tokens| parse.span(tokens).unwrap().root().text();
    assert_eq!(root(0..5), "d");
    assert_eq!(root(0..3), "c", "one arc away, a and b two");
    assert_eq!(root(0..2), "a", "the first of those two arcs away");
    let parse = tree("... b c d", &[3, 2, 3, 3]);
    let root = parse.span(0..2).unwrap().root();
    assert_eq!(root.text(), "b", "dots are no root if anything else may be");
}

#[test]
fn a_tree_is_walked_up_and_down() {
    let parse = tree("a b c d e", &[2, 0, 2, 4, 2]);
    let token = |index| parse.token(index).unwrap();
    assert_eq!(indices(token(2).children()), [0, 4]);
    assert_eq!(indices(token(2).left_children()), [0]);
    assert_eq!(indices(token(2).right_children()), [4]);
    assert_eq!(indices(token(0).subtree()), [0, 1]);
    assert_eq!(indices(token(2).subtree()), [0, 1, 2, 3, 4]);
    assert_eq!(indices(token(1).ancestors()), [0, 2]);
    assert_eq!(token(2).ancestors().next(), None);
    assert_eq!(token(1).head(), token(0));
}

#[test]
fn where_arcs_cross_a_subtree_goes_from_child_to_child_and_has_gaps() {
    let parse = tree("a b c d e", &[1, 1, 0, 1, 3]);
    assert_eq!(indices(parse.token(0).unwrap().subtree()), [0, 2]);
    let all = parse.token(1).unwrap().subtree();
    assert_eq!(indices(all), [0, 2, 1, 3, 4]);
}

#[test]
fn a_hundred_thousand_tokens_in_a_row_are_walked_in_time() {
    // Each token hangs on the next: as deep as a tree can be.
    let length = 100_000_u32;
    let heads: Vec<u32> = (1..length).chain([length - 1]).collect();
    let parse = tree(&"a ".repeat(length as usize), &heads);
    let last = parse.token(length as usize - 1).unwrap();
    assert_eq!(last.subtree().count(), length as usize);
    assert_eq!(parse.token(0).unwrap().ancestors().count(), 99_999);
    let children = parse.tokens().map(|token| token.children().len());
    assert_eq!(children.sum::<usize>(), 99_999);
}

#[test]
fn a_parse_can_go_to_another_thread() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Parse>();
    check::<crate::Pipeline>();
}

/// Heads without a ring: the tokens are taken in some order, and each hangs on an earlier one or on
/// itself.
fn forest() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec((any::<u32>(), any::<prop::sample::Index>()), 1..40).prop_map(|lots| {
        let mut order: Vec<usize> = (0..lots.len()).collect();
        order.sort_by_key(|&token| lots[token].0);
        let mut heads = vec![0; lots.len()];
        for (taken, &token) in order.iter().enumerate() {
            heads[token] = order[lots[token].1.index(taken + 1)] as u32;
        }
        heads
    })
}

proptest! {
    #[test]
    fn children_subtrees_and_ancestors_say_the_same(heads in forest()) {
        let parse = tree(&"a ".repeat(heads.len()), &heads);
        let mut reached = Vec::new();
        for token in parse.tokens() {
            prop_assert!(token.children().all(|child| child.head() == token && child != token));
            let sides = token.left_children().chain(token.right_children());
            prop_assert!(token.children().eq(sides));
            prop_assert!(token.left_children().all(|child| child.index() < token.index()));
            prop_assert!(token.right_children().all(|child| child.index() > token.index()));
            let below: Vec<_> = token.subtree().collect();
            for other in parse.tokens() {
                let is_below = other == token || other.ancestors().any(|above| above == token);
                prop_assert_eq!(below.contains(&other), is_below);
            }
            if token.head() == token {
                reached.extend(below.into_iter().map(Token::index));
            }
        }
        reached.sort_unstable();
        prop_assert_eq!(reached, (0..heads.len()).collect::<Vec<_>>(), "every token is below one root");
    }
}
