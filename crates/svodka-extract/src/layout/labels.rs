//! The words that an item runs in with: "2. Borov Factory: the platform …".

use svodka_model::Span;
use svodka_pack::LayoutWords;

/// A label is no longer than this, in bytes.
const LONGEST: usize = 110;
const MOST_WORDS: usize = 13;

/// The label of an item: a few words, no sentence, before its first colon or spaced dash.
pub(super) fn item(text: &str, span: Span, words: &LayoutWords) -> Option<Span> {
    let whole = span.of(text);
    let (end, width) = delimiter(whole)?;
    let label = Span::new(span.start, span.start + end).trim(text);
    let label_words = label.of(text);
    let rest = whole.get(end + width..)?.trim();
    let spoken = label_words.split_whitespace().any(|word| {
        let word = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        words.lists.not_in_labels.contains(&word)
    });
    let count = label_words.split_whitespace().count();
    let fits = !label.is_empty() && !rest.is_empty() && count <= MOST_WORDS;
    (fits && !spoken && !holds_sentence(label_words)).then_some(label)
}

/// "Subject" before a title and its colon.
pub(super) fn title(text: &str, span: Span, words: &LayoutWords) -> Option<Span> {
    let whole = span.of(text);
    let end = whole.find(':')?;
    let label = Span::new(span.start, span.start + end).trim(text);
    let known = label.len() <= LONGEST
        && words
            .title
            .labels
            .contains(&label.of(text).trim().to_lowercase());
    (known && !whole[end + 1..].trim().is_empty()).then_some(label)
}

/// The label and what stands after its colon or dash, each to be read on its own.
pub(super) fn around(text: &str, span: Span, label: Span) -> Vec<Span> {
    let after = Span::new(label.end, span.end);
    let words = after.of(text);
    let start = words.find(|c: char| !c.is_whitespace() && !matches!(c, ':' | '—' | '–'));
    let rest = Span::new(after.start + start.unwrap_or(words.len()), span.end);
    if rest.is_empty() {
        vec![label]
    } else {
        vec![label, rest]
    }
}

/// Where the first colon or spaced dash outside brackets stands, and its width.
fn delimiter(words: &str) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    for (at, c) in words.char_indices().take_while(|(at, _)| *at <= LONGEST) {
        let after = &words[at + c.len_utf8()..];
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 0 && after.starts_with(char::is_whitespace) => return Some((at, 1)),
            '—' | '–' | '-'
                if depth == 0
                    && after.starts_with(char::is_whitespace)
                    && words[..at].ends_with(char::is_whitespace) =>
            {
                return Some((at, c.len_utf8()));
            }
            _ => {}
        }
    }
    None
}

/// Whether a sentence ends inside: a stop after a word of some length, with a capital behind it.
fn holds_sentence(words: &str) -> bool {
    words.match_indices(['.', '!', '?', ';']).any(|(at, stop)| {
        let word = words[..at].rsplit(|c: char| !c.is_alphanumeric()).next();
        let long = word.is_some_and(|word| word.chars().count() >= 5);
        let next = words[at + stop.len()..].trim_start().chars().next();
        stop == ";" || long && next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    })
}
