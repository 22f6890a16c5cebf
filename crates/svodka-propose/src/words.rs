//! Where words stand in a text.

use svodka_model::Span;

/// The places inside `within` where `wanted` stands as whole words, one run of white space as good as another; not more than `most` of
/// them. Places may overlap.
pub fn places(text: &str, within: Span, wanted: &str, most: usize) -> Vec<Span> {
    let pieces: Vec<&str> = wanted.split_whitespace().collect();
    let Some((first, rest)) = pieces.split_first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut at = within.start;
    while found.len() < most
        && let Some(next) = text.get(at..within.end).and_then(|part| part.find(first))
    {
        let start = at + next;
        if let Some(end) = end_of(text, start + first.len(), within.end, rest)
            && whole(text, start, end)
        {
            found.push(Span::new(start, end));
        }
        let step = text[start..].chars().next().map_or(1, char::len_utf8);
        at = start + step;
    }
    found
}

/// Where the last of the pieces ends, if all follow from `at` on with white space before each.
fn end_of(text: &str, mut at: usize, limit: usize, pieces: &[&str]) -> Option<usize> {
    for piece in pieces {
        let rest = text.get(at..limit)?;
        let trimmed = rest.trim_start();
        if trimmed.len() == rest.len() || !trimmed.starts_with(piece) {
            return None;
        }
        at += rest.len() - trimmed.len() + piece.len();
    }
    Some(at)
}

/// Whether neither end cuts a word in two.
fn whole(text: &str, start: usize, end: usize) -> bool {
    let cut = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at..].chars().next();
        let within = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        within(before) && within(after)
    };
    !cut(start) && !cut(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, wanted: &str) -> Vec<(usize, usize)> {
        let spans = places(text, Span::new(0, text.len()), wanted, 10);
        spans
            .into_iter()
            .map(|span| (span.start, span.end))
            .collect()
    }

    #[test]
    fn words_are_found_whole_over_breaks_of_lines_and_wherever_they_overlap() {
        assert_eq!(all("Ivan\n  Orlov led", "Ivan Orlov"), [(0, 12)]);
        assert_eq!(all("Orlovsky, Orlov", "Orlov"), [(10, 15)]);
        assert_eq!(all("no no no", "no no"), [(0, 5), (3, 8)]);
        assert_eq!(all("ёж ёж", "ёж"), [(0, 4), (5, 9)]);
        assert!(all("words", " ").is_empty());
        assert!(all("IvanOrlov", "Ivan Orlov").is_empty());
        let text = "a b a";
        assert_eq!(places(text, Span::new(1, 5), "a", 9), [Span::new(4, 5)]);
    }
}
