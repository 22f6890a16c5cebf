//! Words as they are compared: without case, accents or script.

use svodka_model::Span;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// How it is compared: lower-case ASCII letters and digits, never empty.
    pub folded: String,
}

/// The words of `text` in order. Letters and digits make a word, and so does an apostrophe between two of them
/// (`Zinov'ev`, `d'Arcy`), save before an `s` that ends it (`Orlov's` is `orlov` and `s`). Other scripts are written in
/// Latin letters, letter by letter (crate `any_ascii`).
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = Word {
        span: Span::new(0, 0),
        folded: String::new(),
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        if c.is_alphanumeric() || is_mark(c) {
            if word.span.is_empty() {
                word.span = Span::new(at, end);
            }
            word.span.end = end;
            let latin = any_ascii::any_ascii_char(c);
            let letters = latin.chars().filter(char::is_ascii_alphanumeric);
            word.folded
                .extend(letters.map(|letter| letter.to_ascii_lowercase()));
            continue;
        }
        let joins = matches!(c, '\'' | '’' | 'ʼ')
            && !word.span.is_empty()
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic())
            && !ends_in_s(&text[end..]);
        if !joins {
            close(&mut words, &mut word);
        }
    }
    close(&mut words, &mut word);
    words
}

/// A text as it is compared: its words with single spaces between.
pub fn fold(text: &str) -> String {
    let words = words(text);
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    folded.join(" ")
}

fn close(words: &mut Vec<Word>, word: &mut Word) {
    let done = std::mem::replace(
        word,
        Word {
            span: Span::new(0, 0),
            folded: String::new(),
        },
    );
    if !done.folded.is_empty() {
        words.push(done);
    }
}

/// Accents written after their letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn ends_in_s(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_accents_and_script_do_not_count() {
        assert_eq!(fold("Éva KOVÁCS"), "eva kovacs");
        assert_eq!(fold("Мясников"), fold("Myasnikov"));
        assert_eq!(fold("Zinov'ev"), fold("Зиновьев"));
        assert_eq!(fold("Orlov’s men"), "orlov s men");
        assert_eq!(fold("e\u{301}cole"), fold("école"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,60}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn words_stand_in_order_and_apart(text in "\\PC{0,60}") {
            let words = words(&text);
            for pair in words.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for word in &words {
                prop_assert!(!word.span.of(&text).is_empty());
            }
        }
    }
}
