use proptest::prelude::*;

use super::*;

fn pattern(expression: &str) -> Pattern {
    Pattern::new(expression).unwrap_or_else(|what| panic!("{expression}: {what}"))
}

/// The matches in `text`, each between angle brackets.
fn marked(expression: &str, text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut marked = String::new();
    let mut from = 0;
    pattern(expression).find_all(&characters, &mut Space::default(), |found| {
        marked.extend(&characters[from..found.start]);
        marked.push('<');
        marked.extend(&characters[found.clone()]);
        marked.push('>');
        from = found.end;
    });
    marked.extend(&characters[from..]);
    marked
}

fn starts(expression: &str, text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    pattern(expression).matches_start(&characters, &mut Space::default())
}

#[test]
fn the_first_way_that_leads_to_an_end_is_taken() {
    assert_eq!(marked("a|ab", "ab"), "<a>b");
    assert_eq!(marked("(?:a|ab)(?:c|bcd)d?", "abcd"), "<abcd>");
    assert_eq!(marked("ab*", "abbabab"), "<abb><ab><ab>");
    assert_eq!(marked("ab+?b", "abbb"), "<abb>b");
    assert_eq!(marked("x{2,3}", "xxxxxxx"), "<xxx><xxx>x");
    assert_eq!(marked("x{2}?|y{1,2}", "xxxyyy"), "<xx>x<yy><y>");
    assert_eq!(marked("x{a}", "x{a}"), "<x{a}>");
}

#[test]
fn an_expression_knows_whether_it_may_match_nothing() {
    for (expression, may) in [
        ("a*", true),
        ("a|", true),
        ("^$", true),
        ("a?b", false),
        ("(?=a)b|c", false),
    ] {
        assert_eq!(pattern(expression).may_be_empty(), may, "{expression}");
    }
}

#[test]
fn looks_consume_nothing() {
    assert_eq!(
        marked("(?<=[0-9])[+*-](?=[0-9-])", "1+2-a*3--4"),
        "1<+>2-a*3<->-4"
    );
    assert_eq!(marked(r"\+(?![0-9])", "+1+"), "+1<+>");
    assert_eq!(marked("(?<=[A-Z][A-Z]).", "ABC."), "AB<C><.>");
    assert_eq!(marked("(?<!a)b", "bab"), "<b>ab");
    assert_eq!(marked("(?=(?:a|ab)c)a", "abcac"), "<a>bc<a>c");
}

#[test]
fn the_end_overlooks_one_line_feed() {
    assert_eq!(marked("a$", "aa\n"), "a<a>\n");
    assert_eq!(marked("a$", "aa\n\n"), "aa\n\n");
    assert_eq!(marked(r"a\Z", "aa\n"), "aa\n");
    assert_eq!(marked(r"\.\.+$|x$", "..x..."), "..x<...>");
    assert_eq!(marked(r"b\.+$", "b.b..\n"), "b.<b..>\n");
    assert_eq!(marked("^a", "aaa"), "<a>aa");
}

#[test]
fn sets_are_read_as_python_reads_them() {
    assert_eq!(marked("[]a]", "a]b"), "<a><]>b");
    assert_eq!(marked("[^]a]", "a]b"), "a]<b>");
    assert_eq!(marked("[a-]", "a-b"), "<a><->b");
    assert_eq!(marked(r"[\w.+-]+", "a.b-é_½ c"), "<a.b-é_½> <c>");
    assert_eq!(marked(r"[[&&a]", "[&b"), "<[><&>b");
    assert_eq!(marked(r"[\u0410-\u044f\U0001F600]", "Ая😀ё"), "<А><я><😀>ё");
    assert_eq!(marked(r"\d\S\s\D", "5x\u{1f}x"), "<5x\u{1f}x>");
    assert_eq!(marked(".", "\n\u{2028}"), "\n<\u{2028}>");
    assert_eq!(marked(r"\x41\t\.", "A\t."), "<A\t.>");
}

#[test]
fn a_match_at_the_start_need_not_reach_the_end() {
    assert!(starts("ab", "abc"));
    assert!(!starts("ab$", "abc"));
    assert!(!starts("b", "ab"));
    assert!(starts("(?u)^(?:a.)?b", "b"));
    assert!(starts("(?:a|b{,2})$", ""));
}

#[test]
fn what_is_not_known_is_refused() {
    for (expression, what) in [
        ("(?i)a", "the group `(?i)`"),
        (r"(a)\1", r"`\1`"),
        (r"a\b", r"`\b`"),
        ("(?P<n>a)", "the group `(?P<`"),
        ("a)", "a closing bracket that nothing opens"),
        ("(a", "a `(` that is not closed"),
        ("[a", "a `[` that is not closed"),
        ("[b-a]", "the range `b-a`"),
        ("*a", "a `*` with nothing to repeat"),
        ("a**", "a repetition of a repetition"),
        ("(?:a?)*", "an endless repetition of what may be empty"),
        ("(?<=a+)b", "a look of unknown length"),
        ("a{2,1}", "a repetition from 2 to Some(1) times"),
        ("(?=(?:a?){30}b)", "a look that can be met in too many ways"),
        (r"\u12", "an escape that is too short"),
        (r"\ud800", "a character U+D800"),
    ] {
        assert_eq!(Pattern::new(expression).unwrap_err(), what, "{expression}");
    }
    assert!(Pattern::new(&"(".repeat(100_000)).is_err());
    assert!(Pattern::new("(?:(?:a{1000}){1000}){1000}").is_err());
}

#[test]
fn nothing_repeated_over_and_over_takes_no_time() {
    let nothing = format!("{}{}a", "(?:".repeat(90), "){1000}".repeat(90));
    assert_eq!(marked(&nothing, "ba"), "b<a>");
}

#[test]
fn what_explodes_elsewhere_takes_time_in_proportion_here() {
    let text = "a".repeat(20_000);
    assert!(!starts("(?:a|a)*(?:a|a)*(?:a?){30}b$", &text));
    assert!(
        !starts("(?:a|a)+b", &text),
        "little repeats, but in many ways"
    );
    assert!(!starts(&format!("{}b", "(?:a|a)".repeat(50)), &text));
    let dots = ".".repeat(100_000) + "x";
    assert_eq!(marked(r"\.\.+$", &dots), dots);
}

proptest! {
    #[test]
    fn no_expression_and_no_text_makes_it_panic(
        expression in r"(?:[ab.|^$]|[*+?]|\\[dswA]|\(\?[:=!]|\(\?<=|\(|\)|\[[ab^]|\]|\{1,2\}){0,12}",
        text in "[ab\n1 ]{0,12}",
    ) {
        if let Ok(pattern) = Pattern::new(&expression) && !pattern.may_be_empty() {
            let characters: Vec<char> = text.chars().collect();
            let mut end = 0;
            pattern.find_all(&characters, &mut Space::default(), |found| {
                assert!(end <= found.start && found.start < found.end);
                end = found.end;
            });
            assert!(end <= characters.len());
        }
    }

    #[test]
    fn a_plain_word_is_found_where_it_stands(word in "[a-cж]{1,3}", text in "[a-cж]{0,12}") {
        let found: String = text.replace(&word, &format!("<{word}>"));
        prop_assert_eq!(marked(&word, &text), found);
    }
}
