//! What stands around the report: a modern page's text, and the report's own frame.

use svodka_pack::{ForeignWords, MatterWords};

/// Years from here on are of the web's time, and no report's.
const WEB: u32 = 1990;
/// Nothing longer than this, in bytes, is a stamp, an address or a signature.
pub(super) const SHORT: usize = 110;

/// Whether a piece near the beginning or end of the text is an editor's or a web page's.
pub(super) fn is_foreign(words: &str, foreign: &ForeignWords) -> bool {
    let Some(lower) = lower(words, 2_000) else {
        return false;
    };
    let dated = lower
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .any(|digits| {
            digits
                .parse::<u32>()
                .is_ok_and(|year| (WEB..2200).contains(&year))
        });
    opens_with(&lower, &foreign.openings)
        || dated && opens_with(&lower, &foreign.dated_openings)
        || foreign.phrases.iter().any(|phrase| lower.contains(phrase))
}

/// Whether a piece is the word after which nothing is the report's.
pub(super) fn is_tail(words: &str, foreign: &ForeignWords) -> bool {
    lower(words, 80).is_some_and(|lower| {
        let lower = lower.trim_end_matches([':', '.', '…']);
        let lower = lower.trim_end_matches(|c: char| c.is_ascii_digit() || " ()".contains(c));
        foreign.tails.iter().any(|tail| tail == lower)
    })
}

/// Whether a short piece opens a letter.
pub(super) fn is_salutation(words: &str, matter: &MatterWords) -> bool {
    words.ends_with([':', ',', '!', '.'])
        && lower(words, 80).is_some_and(|lower| opens_with(&lower, &matter.salutations))
}

/// Whether a short piece is an address.
pub(super) fn is_address(words: &str, matter: &MatterWords) -> bool {
    lower(words, SHORT).is_some_and(|lower| opens_with(&lower, &matter.addresses))
}

/// Whether a short piece is a stamp: a degree of secrecy, a file or page number.
pub(super) fn is_stamp(words: &str, matter: &MatterWords) -> bool {
    lower(words, SHORT).is_some_and(|lower| {
        let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
        opens_with(bare, &matter.stamps) || !bare.chars().any(char::is_alphabetic)
    })
}

/// Whether a short piece at the end of a report signs it: it holds a word of a closing, or is a bare name.
pub(super) fn is_signature(words: &str, matter: &MatterWords) -> bool {
    let Some(lower) = lower(words, SHORT) else {
        return false;
    };
    let named = words.split_whitespace().count() <= 5
        && words
            .split_whitespace()
            .all(|word| word.chars().next().is_some_and(|c| !c.is_lowercase()));
    let sentence = lower.split_whitespace().count() > 14;
    !sentence
        && !words.starts_with(['[', '('])
        && (named || matter.signatures.iter().any(|phrase| holds(&lower, phrase)))
}

/// Whether a piece is only a page's number: "- 2 -", "17".
pub(super) fn is_page_number(words: &str) -> bool {
    words.len() <= 12 && !words.chars().any(char::is_alphabetic)
}

/// Whether a text in lower case opens with one of the phrases, as whole words.
pub(super) fn opens_with(lower: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| {
        lower
            .strip_prefix(phrase.as_str())
            .is_some_and(|rest| ends_word(phrase) || !rest.starts_with(char::is_alphanumeric))
    })
}

fn ends_word(phrase: &str) -> bool {
    phrase.ends_with(|c: char| !c.is_alphanumeric())
}

/// Whether a text in lower case holds the phrase as whole words.
pub(super) fn holds(lower: &str, phrase: &str) -> bool {
    lower.match_indices(phrase).any(|(at, _)| {
        !lower[..at].ends_with(char::is_alphanumeric)
            && !lower[at + phrase.len()..].starts_with(char::is_alphanumeric)
    })
}

/// The words in lower case, if they are no longer than `most` bytes.
pub(super) fn lower(words: &str, most: usize) -> Option<String> {
    (words.len() <= most).then(|| words.to_lowercase())
}
