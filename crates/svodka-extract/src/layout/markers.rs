//! Numbers, letters and bullets before an item or heading.

use svodka_model::Span;

/// How a marker is written; the order is that of heading levels, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// "##", with the number of signs.
    Hash(u8),
    /// "IV."
    Roman,
    /// "A."
    Capital,
    /// "3." or "§ 3"
    Number,
    /// "1.2", with the number of parts.
    Parts(u8),
    /// "3)" or "(3)"
    Bracketed,
    /// "b)" or "(b)" or "b."
    Letter,
    /// "—", "•".
    Bullet,
}

/// A marker at the beginning of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    /// Where it stands, with its brackets and stop.
    pub span: Span,
    /// How it is written.
    pub style: Style,
    /// Its number; 0 for bullets.
    pub number: u32,
}

const BULLETS: [char; 11] = ['—', '–', '-', '•', '*', '·', '▪', '◦', '●', '■', '‣'];

/// The marker that a piece begins with. It is always followed by white space and something more.
pub(super) fn marker(text: &str, span: Span) -> Option<Marker> {
    let words = span.of(text);
    let end = words.find(char::is_whitespace)?;
    let (head, rest) = words.split_at(end);
    if head == "§" {
        let rest = rest.trim_start();
        let number = rest.split(char::is_whitespace).next()?;
        let marker = Span::new(
            span.start,
            span.start + (words.len() - rest.len()) + number.len(),
        );
        let number = number.trim_end_matches(['.', ')']).parse().ok()?;
        let follows = marker.end < span.end;
        return follows.then_some(Marker {
            span: marker,
            style: Style::Number,
            number,
        });
    }
    let (style, number) = read(head)?;
    Some(Marker {
        span: Span::new(span.start, span.start + end),
        style,
        number,
    })
}

fn read(head: &str) -> Option<(Style, u32)> {
    if head.len() > 12 {
        return None;
    }
    if head.chars().all(|c| c == '#') {
        return Some((Style::Hash(u8::try_from(head.len()).ok()?), 0));
    }
    let mut chars = head.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && BULLETS.contains(&c)
    {
        return Some((Style::Bullet, 0));
    }
    if let Some(number) = head.strip_prefix('§') {
        return Some((
            Style::Number,
            number.trim_end_matches(['.', ')']).parse().ok()?,
        ));
    }
    let open = head.strip_prefix(['(', '[']);
    let inner = open.unwrap_or(head);
    let bracketed = open.is_some() || inner.ends_with(')');
    let body = inner.strip_suffix([')', ']', '.'])?;
    if open.is_some() && inner.ends_with('.') {
        return None;
    }
    let body = body.strip_suffix('.').unwrap_or(body);
    if !body.is_empty() && body.len() <= 3 && body.bytes().all(|b| b.is_ascii_digit()) {
        let style = if bracketed {
            Style::Bracketed
        } else {
            Style::Number
        };
        return Some((style, body.parse().ok()?));
    }
    if body.contains('.')
        && body
            .split('.')
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    {
        let parts = u8::try_from(body.split('.').count()).ok()?;
        let last = body.rsplit('.').next()?.parse().ok()?;
        return Some((Style::Parts(parts), last));
    }
    if let Some(number) = roman(body)
        && !bracketed
    {
        return Some((Style::Roman, number));
    }
    let mut letters = body.chars();
    match (letters.next(), letters.next()) {
        (Some(c @ 'a'..='z'), None) => Some((Style::Letter, u32::from(c) - u32::from('a') + 1)),
        (Some(c @ 'A'..='Z'), None) if bracketed => {
            Some((Style::Letter, u32::from(c) - u32::from('A') + 1))
        }
        (Some(c @ 'A'..='Z'), None) => Some((Style::Capital, u32::from(c) - u32::from('A') + 1)),
        _ => None,
    }
}

/// The value of a Roman number in capitals, up to 89.
pub(crate) fn roman(word: &str) -> Option<u32> {
    let value = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    if word.is_empty() || word.len() > 7 {
        return None;
    }
    let digits: Vec<i32> = word.chars().map(value).collect::<Option<_>>()?;
    let total: i32 = digits
        .iter()
        .enumerate()
        .map(|(at, &digit)| match digits.get(at + 1) {
            Some(&next) if next > digit => -digit,
            _ => digit,
        })
        .sum();
    u32::try_from(total).ok().filter(|&total| total > 0)
}
