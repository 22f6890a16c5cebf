//! Words, numbers and signs, as far as dates need them told apart.

use std::ops::Range;

use svodka_model::Span;

use super::words::{Vocabulary, WordId};

/// What is written at the end of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Bare,
    /// "4th"
    Ordinal,
    /// "1920s"
    Decade,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// A month's name that a scanner damaged.
    Damaged,
    /// A number of at most four digits that may belong to a date.
    Number {
        /// Its value.
        value: i32,
        /// How many digits are written.
        digits: usize,
        /// What it ends with.
        ending: Ending,
    },
    /// A number that belongs to no date: "1,200".
    Figure,
    /// Anything else.
    Sign(char),
}

/// A word, number or sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Where it stands in the report.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Its number in the vocabulary.
    pub word: WordId,
    /// Whether nothing stands between it and the token before.
    pub glued: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
}

impl Token {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it is a hyphen or dash.
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Sign('-' | '–' | '—' | '‐' | '‑' | '−'))
    }

    /// Its value, if it is a number.
    pub fn value(&self) -> Option<i32> {
        match self.kind {
            Kind::Number { value, .. } => Some(value),
            _ => None,
        }
    }
}

/// The runs of letters and digits, and the single signs, of a text.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| !c.is_whitespace())?;
        let mut end = start + first.len_utf8();
        if first.is_alphanumeric() {
            while let Some((at, c)) = chars.next_if(|(_, c)| c.is_alphanumeric()) {
                end = at + c.len_utf8();
            }
        }
        Some(start..end)
    })
}

/// The tokens of a part of a report.
pub(super) fn tokens(text: &str, part: Span, words: &Vocabulary) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut lower = String::new();
    for piece in pieces(part.of(text)) {
        let span = Span::from(piece).shift(part.start);
        let word = span.of(text);
        lower.clear();
        if span.len() <= 24 {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        let mut token = Token {
            span,
            kind: Kind::Word,
            word: words.id(&lower),
            glued: tokens
                .last()
                .is_some_and(|last| last.span.end == span.start),
            capital: word.starts_with(char::is_uppercase),
        };
        token.kind = match word.chars().next() {
            Some(c) if !c.is_alphanumeric() => Kind::Sign(c),
            Some(c) if token.word == 0 || c.is_ascii_digit() => {
                number(&lower, words).unwrap_or(Kind::Word)
            }
            _ => Kind::Word,
        };
        let shape = word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if token.word == 0
            && token.kind == Kind::Word
            && shape
            && let Some(month) = words.damaged_month(word)
        {
            token.word = month;
            token.kind = Kind::Damaged;
        }
        tokens.push(token);
    }
    bar_figures(&mut tokens);
    tokens
}

fn number(lower: &str, words: &Vocabulary) -> Option<Kind> {
    let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = lower.split_at(digits);
    let plain = |ending| Kind::Number {
        value: head.parse().unwrap_or(0),
        digits,
        ending,
    };
    let pack = words.pack;
    if digits > 4 {
        return Some(Kind::Figure);
    }
    if digits > 0 && tail.is_empty() {
        return Some(plain(Ending::Bare));
    }
    if (1..=2).contains(&digits) && pack.ordinal_endings.iter().any(|ending| ending == tail) {
        return Some(plain(Ending::Ordinal));
    }
    if (3..=4).contains(&digits)
        && head.ends_with('0')
        && pack.decade_endings.iter().any(|ending| ending == tail)
    {
        return Some(plain(Ending::Decade));
    }
    mended(lower, words)
}

/// A number in which a scanner took digits for letters: at least one digit is left of a day, two of a year.
fn mended(lower: &str, words: &Vocabulary) -> Option<Kind> {
    let ending = words.pack.ordinal_endings.iter().find_map(|ending| {
        lower
            .strip_suffix(ending.as_str())
            .filter(|_| ending.len() == 2)
    });
    let body = ending.unwrap_or(lower);
    let kept = body.bytes().filter(u8::is_ascii_digit).count();
    let digit = |c: char| match c {
        'o' => Some('0'),
        'l' | 'i' | '|' => Some('1'),
        'z' if body.len() == 4 => Some('2'),
        's' | 'b' if body.len() != 4 => None,
        's' => Some('5'),
        'b' => Some('6'),
        'g' | 'q' if body.len() == 4 => Some('9'),
        c => c.is_ascii_digit().then_some(c),
    };
    let value: i32 = body
        .chars()
        .map(digit)
        .collect::<Option<String>>()?
        .parse()
        .ok()?;
    let fits = match body.len() {
        // "lst"
        1 if body == "l" && ending.is_some() => true,
        1 | 2 => kept >= 1 && (1..=31).contains(&value),
        4 => kept >= 2 && ending.is_none() && (1000..2100).contains(&value),
        _ => false,
    };
    fits.then_some(Kind::Number {
        value,
        digits: body.len(),
        ending: match ending {
            Some(_) => Ending::Ordinal,
            None => Ending::Bare,
        },
    })
}

/// Takes sums and decimals out of the numbers: "1,200", "16.50", "12:30", "4.25%"; "12.6.28" is left.
fn bar_figures(tokens: &mut [Token]) {
    let number = |token: &Token| matches!(token.kind, Kind::Number { .. } | Kind::Figure);
    for at in 1..tokens.len().saturating_sub(1) {
        let (before, sign, after) = (tokens[at - 1], tokens[at], tokens[at + 1]);
        if !(number(&before) && number(&after) && sign.glued && after.glued) {
            continue;
        }
        let thousands =
            sign.is(',') && matches!(after.kind, Kind::Number { digits: 3, .. } | Kind::Figure);
        let again = |at: usize| {
            tokens
                .get(at)
                .is_some_and(|token| token.is('.') && token.glued)
        };
        let dated = again(at + 2)
            && tokens
                .get(at + 3)
                .is_some_and(|token| number(token) && token.glued)
            || at >= 2 && again(at - 2) && at >= 3 && number(&tokens[at - 3]);
        if thousands || sign.is(':') || sign.is('.') && !dated {
            tokens[at - 1].kind = Kind::Figure;
            tokens[at + 1].kind = Kind::Figure;
        }
    }
}
