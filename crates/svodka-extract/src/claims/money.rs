//! Sums of money: "17 rubles 40 kopecks", "1s. 10d. to 2s. 1d.", "$5 50 to $7".

use svodka_model::{Span, TokenId};
use svodka_pack::AttributionWords;

/// A word, number or sign of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A number, written in digits or as a word.
    Number,
    /// A sign that stands before a number: "$".
    Sign,
    /// A unit behind a number: "rubles", and "s" in "5s.".
    Unit,
    /// What joins the two ends of a range: "to".
    Joint,
    /// Anything else.
    Other,
}

/// The sums of a text, in its order, with ranges whole.
pub(super) fn sums(text: &str, words: &AttributionWords) -> Vec<Span> {
    let parts = parts(text, words);
    let mut sums = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let Some(mut end) = sum(&parts, at) else {
            at += 1;
            continue;
        };
        if parts.get(end).is_some_and(|(part, _)| *part == Part::Joint)
            && let Some(far) = sum(&parts, end + 1)
        {
            end = far;
        }
        let mut whole = Span::new(parts[at].1.start, parts[end - 1].1.end);
        // "5s." keeps its stop, so that a sentence's own is not taken for more than one.
        let coin = text[..whole.end].ends_with(|c: char| c.is_alphabetic())
            && parts[end - 1].1.end - parts[end - 1].1.start == 1;
        if coin && text[whole.end..].starts_with('.') {
            whole.end += 1;
        }
        sums.push(whole);
        at = end;
    }
    sums
}

/// One past the sum that begins at a part: a number with a sign or unit, and the smaller coin behind it.
fn sum(parts: &[(Part, Span)], at: usize) -> Option<usize> {
    let is = |at: usize, part: Part| parts.get(at).is_some_and(|it| it.0 == part);
    if is(at, Part::Sign) && is(at + 1, Part::Number) {
        let mut end = at + 2;
        let cents = parts
            .get(end)
            .is_some_and(|(part, span)| *part == Part::Number && span.end - span.start == 2);
        let coin = is(end, Part::Number) && is(end + 1, Part::Unit);
        if coin {
            return sum(parts, end);
        }
        if cents && parts[end].1.start - parts[end - 1].1.end == 1 {
            end += 1;
        }
        return Some(end);
    }
    if !is(at, Part::Number) {
        return None;
    }
    if is(at + 1, Part::Unit) {
        let end = at + 2;
        let next = is(end, Part::Number)
            && is(end + 1, Part::Unit)
            && parts[end].1.start - parts[end - 1].1.end <= 3;
        return if next { sum(parts, end) } else { Some(end) };
    }
    // "38 to 31 kopecks"
    (is(at + 1, Part::Joint) && is(at + 2, Part::Number) && is(at + 3, Part::Unit))
        .then_some(at + 4)
}

fn parts(text: &str, words: &AttributionWords) -> Vec<(Part, Span)> {
    let unit = |word: &str| words.units.iter().any(|unit| unit == word);
    let mut parts = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let digits = c.is_ascii_digit();
        let mut end = start + c.len_utf8();
        if c.is_alphanumeric() {
            while let Some(&(at, next)) = chars.peek() {
                let inner = digits
                    && ",.".contains(next)
                    && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
                if !(inner || next.is_alphanumeric() && (!digits || !next.is_alphabetic())) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        } else {
            // The stop of a coin does not part it from the next number.
            let stop = c == '.'
                && parts.last().is_some_and(|(part, span): &(Part, Span)| {
                    *part == Part::Unit && span.end == start && span.end - span.start == 1
                });
            if stop {
                continue;
            }
        }
        let word = text[start..end].to_lowercase();
        let part = if digits || words.numbers.contains_key(&word) {
            Part::Number
        } else if words.range_joints.contains(&word) {
            Part::Joint
        } else if unit(&word) && c.is_alphabetic() {
            // A lone letter is a coin only at its number: "5s", not "s".
            let at_number = parts
                .last()
                .is_some_and(|(part, span)| *part == Part::Number && span.end == start);
            if end - start > 1 || at_number {
                Part::Unit
            } else {
                Part::Other
            }
        } else if unit(&word) {
            Part::Sign
        } else {
            Part::Other
        };
        parts.push((part, Span::new(start, end)));
    }
    parts
}

impl super::scene::Scene<'_> {
    /// Whether a sum of money begins at the token.
    pub fn begins_sum(&self, token: TokenId) -> bool {
        self.sum_in(token..token + 1)
            .is_some_and(|sum| sum.start == self.token(token).span.start)
    }

    /// The sum of money at or behind a token, within `reach`.
    pub fn sum_in(&self, reach: std::ops::Range<TokenId>) -> Option<Span> {
        let span = self.reading.parse.span(reach);
        let first = self.sums.partition_point(|sum| sum.end <= span.start);
        self.sums
            .get(first)
            .copied()
            .filter(|sum| sum.start < span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let words = AttributionWords {
            units: all(&["rubles", "kopecks", "$", "£", "s", "d"]),
            range_joints: all(&["to"]),
            ..AttributionWords::default()
        };
        sums(text, &words)
            .iter()
            .map(|sum| sum.of(text).to_owned())
            .collect()
    }

    #[test]
    fn a_sum_holds_its_smaller_coins_and_both_ends_of_a_range() {
        assert_eq!(
            found("hewers, 1s. 10d. to 2s. 1d. the shift"),
            ["1s. 10d. to 2s. 1d."]
        );
        assert_eq!(
            found("a hand gets 17 rubles 40 kopecks, a roller 46 rubles"),
            ["17 rubles 40 kopecks", "46 rubles"]
        );
        assert_eq!(found("a week . . . $5 50 to $7"), ["$5 50 to $7"]);
        assert_eq!(found("£3 15s. a month"), ["£3 15s."]);
    }

    #[test]
    fn a_number_without_a_unit_is_no_sum() {
        assert_eq!(
            found("In 1921 there were 58 men; s and d are letters."),
            Vec::<String>::new()
        );
    }
}
