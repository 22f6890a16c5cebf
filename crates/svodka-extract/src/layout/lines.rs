//! The lines of a text, and the cells of a line that is a row of a table.

use svodka_model::Span;

/// A line with something on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Without white space at its ends.
    pub span: Span,
    /// Characters of white space before it.
    pub indent: usize,
    /// Whether an empty line stands before it, or the beginning of the text.
    pub gap: bool,
}

/// The lines that are not empty. `\n`, `\r\n`, `\r`, form feed and the Unicode separators all end a line.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut gap = true;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let end = rest.find(is_break).unwrap_or(rest.len());
        let line = &rest[..end];
        let span = Span::new(at, at + end).trim(text);
        if span.is_empty() {
            gap = true;
        } else {
            let indent = line.chars().take_while(|c| c.is_whitespace()).count();
            lines.push(Line { span, indent, gap });
            gap = false;
        }
        let broken = &rest[end..];
        let width = match broken.strip_prefix("\r\n") {
            Some(_) => 2,
            None => broken.chars().next().map_or(0, char::len_utf8),
        };
        gap |= broken.starts_with(['\u{c}', '\u{2029}']);
        at += end + width;
    }
    lines
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether a line is a row of a table: two or more separators between its cells.
pub(super) fn is_row(text: &str, span: Span) -> bool {
    cells(text, span).len() >= 3
}

/// The cells of a row; the span itself, alone, if it holds no separators. A separator is a tab, an upright bar
/// between spaces, or three spaces and more. Text over several lines is no row.
pub(super) fn cells(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    if !words.contains(['\t', '|']) && !words.contains("   ") || words.contains(is_break) {
        return vec![span];
    }
    let mut cells = Vec::new();
    let mut from = 0;
    let mut spaces = 0;
    for (at, c) in words.char_indices() {
        let bar = c == '|' && (at == 0 || words[..at].ends_with(' '));
        spaces = if c == ' ' { spaces + 1 } else { 0 };
        if bar || c == '\t' || spaces == 3 {
            cells.push(Span::new(span.start + from, span.start + at).trim(text));
            from = at + 1;
        }
    }
    cells.push(Span::new(span.start + from, span.end).trim(text));
    cells.retain(|cell| !cell.is_empty());
    if cells.len() >= 3 { cells } else { vec![span] }
}
