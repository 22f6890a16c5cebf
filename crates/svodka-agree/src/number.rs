//! Numbers as reports give them: ranges, about, more than, up to.

use svodka_model::Played;
use svodka_pack::Numbers;

/// A number with what it may be at least and at most.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// At least this.
    pub low: f64,
    /// At most this.
    pub high: f64,
    /// Whether it is said not to be exact.
    pub round: bool,
    /// What is counted or measured: the word after the number.
    pub unit: String,
}

impl Amount {
    /// The number in a filler; `None` if it tells none.
    pub fn of(played: &Played, numbers: &Numbers) -> Option<Amount> {
        let text = played.text.to_lowercase();
        if starts_with_any(&text, &numbers.few) && !text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let begin = text.find(|c: char| c.is_ascii_digit())?;
        // A number inside a word is a name's: "depot no.4", "b2".
        let joined = text[..begin]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        if joined {
            return None;
        }
        let (low, after) = figure(&text[begin..])?;
        let rest = text[begin + after..].trim_start();
        let range = rest.strip_prefix(['-', '–', '—']).map(str::trim_start);
        let second = range.and_then(|range| Some((range, figure(range)?)));
        let (high, rest) = match second {
            Some((range, (high, after))) if high >= low => (high, range[after..].trim_start()),
            _ => (low, rest),
        };
        let unit: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        let before = format!("{} {}", played.before.to_lowercase(), &text[..begin]);
        let said = |words: &[String]| words.iter().any(|word| ends_with(&before, word));
        let (more, less) = (said(&numbers.more), said(&numbers.less));
        let plus = rest.starts_with('+');
        Some(Amount {
            low: if less { 0.0 } else { low },
            high: if more || plus { f64::INFINITY } else { high },
            round: said(&numbers.round),
            unit,
        })
    }

    /// Whether two numbers of the same unit cannot both hold.
    pub fn excludes(&self, other: &Amount, numbers: &Numbers) -> bool {
        if self.unit != other.unit {
            return false;
        }
        let (lower, higher) = if self.high <= other.low {
            (self, other)
        } else if other.high <= self.low {
            (other, self)
        } else {
            return false;
        };
        let tolerance = match lower.round || higher.round {
            true => numbers.approximate,
            false => numbers.tolerance,
        };
        higher.low - lower.high > tolerance * higher.low
    }
}

/// A figure at the beginning of a text, and where it ends: "1,500", "3 300", "2.5".
fn figure(text: &str) -> Option<(f64, usize)> {
    let mut digits = String::new();
    let mut end = 0;
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(end) {
        let thousands = |at: usize| {
            bytes
                .get(at..at + 3)
                .is_some_and(|next| next.iter().all(u8::is_ascii_digit))
                && !bytes.get(at + 3).is_some_and(u8::is_ascii_digit)
        };
        match byte {
            b'0'..=b'9' => digits.push(char::from(byte)),
            b',' | b' ' if !digits.is_empty() && thousands(end + 1) => {}
            b'.' if bytes.get(end + 1).is_some_and(u8::is_ascii_digit) && !digits.contains('.') => {
                digits.push('.')
            }
            _ => break,
        }
        end += 1;
    }
    Some((digits.parse().ok()?, end))
}

fn starts_with_any(text: &str, words: &[String]) -> bool {
    words
        .iter()
        .any(|word| text.strip_prefix(word.as_str()).is_some_and(ends_here))
}

fn ends_here(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// Whether the last words of a text are these, but for an article or the like of up to three letters after them.
fn ends_with(text: &str, words: &str) -> bool {
    let text: Vec<&str> = text.split_whitespace().collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    if words.is_empty() {
        return false;
    }
    text.ends_with(&words)
        || text
            .split_last()
            .is_some_and(|(last, rest)| last.len() <= 3 && rest.ends_with(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers() -> Numbers {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Numbers {
            tolerance: 0.1,
            approximate: 0.25,
            round: words(&["about"]),
            more: words(&["more than", "over"]),
            less: words(&["up to"]),
            few: words(&["several"]),
        }
    }

    fn amount(before: &str, text: &str) -> Option<(f64, f64, bool, String)> {
        let played = Played {
            text: text.to_owned(),
            before: before.to_owned(),
            thing: None,
        };
        Amount::of(&played, &numbers()).map(|it| (it.low, it.high, it.round, it.unit))
    }

    #[test]
    fn ranges_limits_and_units_are_read() {
        assert_eq!(
            amount("", "1,500-2,500 rubles"),
            Some((1500.0, 2500.0, false, "rubles".to_owned()))
        );
        assert_eq!(
            amount("attended by about", "40"),
            Some((40.0, 40.0, true, String::new()))
        );
        assert_eq!(
            amount("more than", "400 workers"),
            Some((400.0, f64::INFINITY, false, "workers".to_owned()))
        );
        assert_eq!(
            amount("", "up to 30 people"),
            Some((0.0, 30.0, false, "people".to_owned()))
        );
        assert_eq!(amount("", "several hundred"), None);
        assert_eq!(amount("", "workers"), None);
        assert_eq!(amount("", "No4"), None);
    }

    #[test]
    fn numbers_within_the_tolerance_do_not_exclude_each_other() {
        let excludes = |a: (&str, &str), b: (&str, &str)| {
            let of = |(before, text): (&str, &str)| {
                Amount::of(
                    &Played {
                        text: text.to_owned(),
                        before: before.to_owned(),
                        thing: None,
                    },
                    &numbers(),
                )
                .unwrap()
            };
            let (a, b) = (of(a), of(b));
            assert_eq!(a.excludes(&b, &numbers()), b.excludes(&a, &numbers()));
            a.excludes(&b, &numbers())
        };
        assert!(excludes(("", "30"), ("", "400")));
        assert!(!excludes(("", "98"), ("", "100")));
        assert!(!excludes(("about", "80"), ("", "100")));
        assert!(!excludes(("over", "30"), ("", "400")));
        assert!(!excludes(("", "30 rubles"), ("", "400 workers")));
        assert!(excludes(("", "20-30"), ("", "40-50")));
    }
}
