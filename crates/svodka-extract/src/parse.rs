//! Parses the pieces that the layout sets apart and joins them into one parse of the report.

use svodka_model::{Layout, Parse, Parser};
use svodka_pack::LayoutWords;

/// Parses each piece of each block on its own. A line break inside a piece, and the full stop of an abbreviation
/// within a sentence, are read as a space: it has the same length, so every offset stays true.
pub fn parse(text: &str, layout: &Layout, words: &LayoutWords, parser: &dyn Parser) -> Parse {
    let spans: Vec<_> = layout
        .blocks
        .iter()
        .flat_map(|block| &block.parsed)
        .copied()
        .collect();
    let pieces: Vec<String> = spans
        .iter()
        .map(|span| without_stops(&span.of(text).replace(['\n', '\r'], " "), words))
        .collect();
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    let mut whole = Parse::default();
    for (part, span) in parser.parse(&pieces).into_iter().zip(spans) {
        whole.append(part, span.start);
    }
    whole
}

/// The text with a space for each full stop that an abbreviation or a sum of money has and its sentence goes on:
/// "on the 22nd inst. the men", "5s. 6d. in the week".
fn without_stops(text: &str, words: &LayoutWords) -> String {
    let stop = |at: &usize| {
        let before = &text[..*at];
        let start = before
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |sign| {
                sign + before[sign..].chars().next().map_or(1, char::len_utf8)
            });
        let word = before[start..].to_lowercase();
        let coin = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let coin = coin.len() < word.len() && words.lists.coins.iter().any(|it| it == coin);
        let next = text[at + 1..].trim_start_matches(' ').chars().next();
        let goes_on =
            next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || ",;:)".contains(c));
        goes_on && (coin || words.lists.abbreviations.contains(&word))
    };
    let stops: Vec<usize> = text
        .match_indices('.')
        .map(|(at, _)| at)
        .filter(stop)
        .collect();
    let mut open = text.to_owned();
    for at in stops.into_iter().rev() {
        open.replace_range(at..=at, " ");
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stop_of_an_abbreviation_ends_no_sentence_unless_a_capital_follows() {
        let mut words = LayoutWords::default();
        words.lists.abbreviations = vec!["inst".to_owned()];
        words.lists.coins = vec!["s".to_owned(), "d".to_owned()];
        let open = |text: &str| without_stops(text, &words);
        assert_eq!(
            open("On the 9th inst. they left."),
            "On the 9th inst  they left."
        );
        assert_eq!(open("earn 5s. 6d. a week."), "earn 5s  6d  a week.");
        assert_eq!(
            open("They left on the 9th inst. We stayed."),
            "They left on the 9th inst. We stayed."
        );
    }
}
