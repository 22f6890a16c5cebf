//! Lines joined into the pieces that the writer meant: a typist's line breaks are not the writer's.

use svodka_model::Span;
use svodka_pack::LayoutWords;

use super::lines::{Line, is_row};
use super::markers::{Marker, Style, marker};

/// A line or several joined ones: later one block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// All of it, with its marker.
    pub span: Span,
    /// The marker it begins with.
    pub marker: Option<Marker>,
    /// The words after the marker.
    pub body: Span,
    /// Whether an empty line stands before it.
    pub gap: bool,
}

/// A text typed to a margin has no lines longer than this, in characters.
const WIDEST: usize = 140;
/// A last line this much shorter than the margin was broken off on purpose.
const RAGGED: f64 = 0.8;
/// Shorter lines stand alone: headings, addresses, broken scraps of a page.
const SCRAP: usize = 60;

/// Joins the lines of a text.
pub(super) fn pieces(text: &str, lines: &[Line], words: &LayoutWords) -> Vec<Piece> {
    let margin = margin(text, lines);
    let markers = believed(text, lines);
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if at > 0
            && markers[at].is_none()
            && let Some(piece) = pieces.last_mut()
        {
            let join = Join {
                text,
                words,
                margin,
                before: &lines[at - 1],
                line,
                piece: *piece,
            };
            if join.holds() {
                piece.span.end = line.span.end;
                piece.body.end = line.span.end;
                continue;
            }
        }
        let marker = markers[at];
        let body = marker.map_or(line.span, |marker| {
            Span::new(marker.span.end, line.span.end).trim(text)
        });
        pieces.push(Piece {
            span: line.span,
            marker,
            body,
            gap: line.gap,
        });
    }
    pieces
}

/// The typist's margin in characters, if the text was typed to one: most of what stands on lines stands on
/// lines that are followed by another, and none is much wider than the others.
fn margin(text: &str, lines: &[Line]) -> Option<usize> {
    let mut widths: Vec<usize> = lines
        .windows(2)
        .filter(|pair| !pair[1].gap)
        .map(|pair| width(text, pair[0].span))
        .collect();
    let wide = lines
        .iter()
        .filter(|line| width(text, line.span) > WIDEST)
        .count();
    if widths.len() < 4 || wide * 50 > lines.len() {
        return None;
    }
    widths.sort_unstable();
    let margin = widths[widths.len() * 9 / 10];
    let full = widths
        .iter()
        .filter(|&&width| width as f64 >= RAGGED * margin as f64)
        .count();
    (margin >= 30 && full * 2 >= widths.len()).then_some(margin)
}

/// Characters of a line, counted no further than one past the widest.
fn width(text: &str, span: Span) -> usize {
    span.of(text).chars().take(WIDEST + 1).count()
}

/// The markers that are markers and not a person's initial: single capitals and Roman numbers need a sibling, or
/// words in capitals behind them, or a short line without a stop.
fn believed(text: &str, lines: &[Line]) -> Vec<Option<Marker>> {
    let found: Vec<Option<Marker>> = lines.iter().map(|line| marker(text, line.span)).collect();
    let siblings: std::collections::BTreeSet<(Style, u32)> = found
        .iter()
        .flatten()
        .map(|marker| (marker.style, marker.number))
        .collect();
    found
        .into_iter()
        .zip(lines)
        .map(|(marker, line)| {
            let marker = marker?;
            let rest = Span::new(marker.span.end, line.span.end).trim(text);
            let rest = rest.of(text);
            let believed = match marker.style {
                Style::Roman | Style::Capital | Style::Letter => {
                    let initial = rest
                        .split_whitespace()
                        .next()
                        .is_some_and(|word| word.ends_with('.') && word.chars().count() == 2);
                    let sibling = siblings.contains(&(marker.style, marker.number + 1))
                        || marker.number > 1
                            && siblings.contains(&(marker.style, marker.number - 1));
                    let heading = rest.len() <= 120
                        && marker.style != Style::Letter
                        && line.gap
                        && (is_capitals(rest) || marker.number == 1 && !rest.ends_with(['.', ',']));
                    !initial && (sibling || heading)
                }
                _ => true,
            };
            believed.then_some(marker)
        })
        .collect()
}

/// Whether the letters are capitals, or nearly all of them: a scan may have damaged some.
pub(super) fn is_capitals(words: &str) -> bool {
    let (mut upper, mut lower) = (0usize, 0usize);
    for c in words.chars().take(400) {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper >= 3 && lower * 10 <= upper
}

/// The question whether a line carries on the piece before it.
struct Join<'a> {
    text: &'a str,
    words: &'a LayoutWords,
    margin: Option<usize>,
    before: &'a Line,
    line: &'a Line,
    piece: Piece,
}

impl Join<'_> {
    fn holds(&self) -> bool {
        let before = self.before.span.of(self.text);
        let line = self.line.span.of(self.text);
        if is_row(self.text, self.before.span) || is_row(self.text, self.line.span) {
            return false;
        }
        let open = !before.ends_with(['.', '!', '?', ':', ';', '"', '”', '’', '»', ')', ']', '…']);
        let first = line.chars().find(|c| c.is_alphanumeric());
        let lower = first.is_some_and(char::is_lowercase);
        let hyphen = before.ends_with(['-', '\u{ad}', '¬']) && !before.ends_with(" -");
        if self.line.gap {
            let long = width(self.text, self.piece.span) > SCRAP
                && !is_capitals(self.piece.body.of(self.text));
            let scrap = line.chars().take(SCRAP + 1).count() <= SCRAP;
            return long
                && open
                && (lower && (before.ends_with([',', '-']) || !scrap || self.breaks_off(before))
                    || self.breaks_off(before) && !is_capitals(line));
        }
        if open && lower || hyphen {
            return true;
        }
        let Some(margin) = self.margin else {
            return false;
        };
        let opens = self.line.indent >= self.before.indent + 2 && self.piece.marker.is_none();
        let next = line.split_whitespace().next().map_or(0, str::len);
        let full = (width(self.text, self.before.span) + 1 + next) as f64 >= RAGGED * margin as f64;
        let capitals = is_capitals(before) != is_capitals(line);
        full && !opens && !capitals
    }

    /// Whether the words end with one that no sentence ends with.
    fn breaks_off(&self, words: &str) -> bool {
        let last = words.rsplit(char::is_whitespace).next().unwrap_or("");
        last.chars().all(char::is_lowercase)
            && self.words.lists.unfinished.iter().any(|word| word == last)
    }
}
