//! What each piece is.

use std::collections::BTreeMap;

use svodka_model::BlockKind;
use svodka_pack::LayoutWords;

use super::frame::{self, SHORT};
use super::lines::is_row;
use super::markers::Style;
use super::pieces::{Piece, is_capitals};

/// A heading is no longer than this, in bytes.
const HEADING: usize = 160;
/// How many pieces at either end may be a modern page's.
const EDGE: usize = 8;
/// A short line that stands as often as this is a page's running head.
const REPEATED: usize = 3;

/// The kind of each piece, in order.
pub(super) fn kinds(text: &str, pieces: &[Piece], words: &LayoutWords) -> Vec<BlockKind> {
    let foreign = foreign(text, pieces, words);
    let own = pieces
        .iter()
        .zip(&foreign)
        .filter(|(_, foreign)| !**foreign);
    let own = Report {
        text,
        words,
        pieces: own.map(|(piece, _)| *piece).collect(),
    };
    let mut found = own.kinds().into_iter();
    let kind = |foreign| match foreign {
        true => BlockKind::Foreign,
        false => found.next().unwrap_or(BlockKind::Paragraph),
    };
    foreign.into_iter().map(kind).collect()
}

/// Which pieces are a modern editor's or web page's.
fn foreign(text: &str, pieces: &[Piece], words: &LayoutWords) -> Vec<bool> {
    let count = pieces.len();
    let edge = |at: usize| at < EDGE || at + EDGE >= count;
    let of = |piece: &Piece| piece.span.of(text);
    let mut foreign: Vec<bool> = pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| edge(at) && frame::is_foreign(of(piece), &words.foreign))
        .collect();
    let page = foreign.contains(&true);
    let tail = pieces
        .iter()
        .rposition(|piece| piece.marker.is_none() && frame::is_tail(of(piece), &words.foreign));
    if let Some(tail) = tail {
        let left = text.len() - pieces[tail].span.end;
        if count > 1 && tail > 0 && (tail + 1 == count || page && left * 4 <= text.len()) {
            foreign[tail..].fill(true);
        }
    }
    foreign
}

/// How a heading looks: marked ones before bare ones in capitals before other bare ones, by their marker's style.
type Rank = (u8, Option<Style>);

/// The report's own pieces.
struct Report<'a> {
    text: &'a str,
    words: &'a LayoutWords,
    pieces: Vec<Piece>,
}

impl Report<'_> {
    fn kinds(&self) -> Vec<BlockKind> {
        let count = self.pieces.len();
        let body = self.first_body();
        let end = self.after_last_body(body);
        let running = self.running_heads();
        let listed = self.listed();
        let mut headings: Vec<(usize, Rank)> = Vec::new();
        let mut kinds = vec![BlockKind::Paragraph; count];
        for at in 0..count {
            let heading = self.heading(at);
            let framed = self.is_framed(at);
            let page = running[at] || self.splits_a_sentence(at);
            let closing = at >= end && (framed || self.signs(at));
            let opening = at < body && (framed || !self.opens_body(at, heading));
            kinds[at] = if page || closing || opening && !self.is_sentence(at) {
                BlockKind::Matter
            } else if opening {
                BlockKind::Paragraph
            } else if let Some(rank) = heading {
                headings.push((at, rank));
                BlockKind::Heading { level: 1 }
            } else if listed[at] {
                BlockKind::Item
            } else {
                BlockKind::Paragraph
            };
        }
        if let Some(title) = self.title(body) {
            kinds[title] = BlockKind::Title;
        }
        headings.retain(|&(at, _)| kinds[at] != BlockKind::Title);
        let mut ranks: Vec<Rank> = headings.iter().map(|&(_, rank)| rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        for (at, rank) in headings {
            let level = ranks.partition_point(|&other| other < rank) + 1;
            let level = u8::try_from(level).unwrap_or(u8::MAX);
            kinds[at] = BlockKind::Heading { level };
        }
        kinds
    }

    fn of(&self, at: usize) -> &str {
        self.pieces[at].body.of(self.text)
    }

    /// The first piece of running text; 0 if there is none, for then nothing is front matter.
    fn first_body(&self) -> usize {
        let found = (0..self.pieces.len()).find(|&at| self.is_running(at));
        found.unwrap_or(0)
    }

    fn is_running(&self, at: usize) -> bool {
        let words = self.of(at);
        let capitals = is_capitals(words);
        let front = self.is_labelled_title(words) || self.is_framed(at);
        !front && words.len() > HEADING && !capitals
            || words.len() > 2 * HEADING
            || !front
                && !capitals
                && words.ends_with(['.', ':', ';'])
                && words.split_whitespace().count() >= 12
    }

    /// The piece from which on only short unmarked ones follow: where signatures may stand.
    fn after_last_body(&self, body: usize) -> usize {
        let short = |at: &usize| {
            let words = self.of(*at);
            if is_row(self.text, self.pieces[*at].span) {
                return false;
            }
            let note = words.starts_with('[') && words.len() <= 3 * HEADING;
            (words.len() <= SHORT || note) && self.pieces[*at].marker.is_none()
        };
        let count = self.pieces.len();
        count - (body + 1..count).rev().take(EDGE).take_while(short).count()
    }

    fn is_framed(&self, at: usize) -> bool {
        let (words, matter) = (self.of(at), &self.words.matter);
        self.pieces[at]
            .marker
            .is_none_or(|marker| marker.style == Style::Bullet)
            && (frame::is_stamp(words, matter)
                || frame::is_address(words, matter)
                || frame::is_salutation(words, matter))
    }

    /// Whether a short piece reads as a sentence rather than as a line of the frame.
    fn is_sentence(&self, at: usize) -> bool {
        let words = self.of(at);
        let long = words.split_whitespace().count() > 6;
        long && words.ends_with('.') && !self.is_framed(at) && !is_capitals(words)
    }

    fn signs(&self, at: usize) -> bool {
        frame::is_signature(self.of(at), &self.words.matter)
    }

    /// Whether a piece before the first running text is a heading of that text, not part of the frame: it has a
    /// number, or stands last and is no line with a year.
    fn opens_body(&self, at: usize, heading: Option<Rank>) -> bool {
        let year = self
            .of(at)
            .split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() == 4);
        let body = self.first_body();
        let last = at + 1 == body && at > 0 && !year && !self.of(at).ends_with('.');
        heading.is_some() && (self.pieces[at].marker.is_some() || last)
    }

    /// Short lines that stand several times over: running heads of pages.
    fn running_heads(&self) -> Vec<bool> {
        let key = |at: usize| {
            let words = self.pieces[at].span.of(self.text);
            (words.len() <= SHORT && self.pieces[at].gap).then_some(words)
        };
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for words in (0..self.pieces.len()).filter_map(key) {
            *times.entry(words).or_default() += 1;
        }
        (0..self.pieces.len())
            .map(|at| {
                key(at).is_some_and(|words| {
                    frame::is_page_number(words)
                        || times[words] >= REPEATED
                            && self.pieces[at].marker.is_none()
                            && is_capitals(words)
                })
            })
            .collect()
    }

    /// Whether a short piece stands in the middle of another's sentence, as a page's head does.
    fn splits_a_sentence(&self, at: usize) -> bool {
        if at == 0 || at + 1 >= self.pieces.len() || self.of(at).len() > SHORT {
            return false;
        }
        let before = self.of(at - 1);
        let lower = self.of(at + 1).chars().find(|c| c.is_alphanumeric());
        self.pieces[at].marker.is_none()
            && before.len() > HEADING
            && before.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == ',')
            && lower.is_some_and(char::is_lowercase)
    }

    /// Whether a piece is a heading, and how it looks.
    fn heading(&self, at: usize) -> Option<Rank> {
        let piece = &self.pieces[at];
        let words = self.of(at);
        if words.len() > HEADING || is_row(self.text, piece.span) {
            return None;
        }
        let next = self.pieces.get(at + 1)?;
        let capitals = is_capitals(words);
        let bare = words.trim_end_matches(['"', '”', '’', '»']);
        let stopped = bare.ends_with(['.', ',', ';', ':', '?', '!', '…']);
        let whole = !stopped || capitals && bare.ends_with(['.', '?', '!']);
        let first = words.chars().find(|c| c.is_alphanumeric());
        if !whole || first.is_none_or(char::is_lowercase) {
            return None;
        }
        if let Some(marker) = piece.marker {
            let sibling = |other: &Piece, number: u32| {
                other
                    .marker
                    .is_some_and(|other| other.style == marker.style && other.number == number)
            };
            let listed = sibling(next, marker.number + 1)
                || at > 0 && marker.number > 1 && sibling(&self.pieces[at - 1], marker.number - 1)
                || at > 0 && self.of(at - 1).ends_with(':');
            let may = match marker.style {
                Style::Hash(_) => true,
                Style::Letter | Style::Bullet | Style::Bracketed => false,
                Style::Roman | Style::Capital | Style::Number | Style::Parts(_) => {
                    capitals || !listed
                }
            };
            return may.then_some((0, Some(marker.style)));
        }
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        let broken_off = at > 0 && {
            let before = self.of(at - 1);
            before.len() > HEADING && before.ends_with(char::is_alphanumeric)
        };
        if broken_off || !piece.gap || letters < 4 || words.starts_with(['[', '(', '|']) {
            return None;
        }
        let follows = next.gap && (self.of(at + 1).len() > words.len() || next.marker.is_some());
        let long: Vec<&str> = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() >= 4)
            .collect();
        let capital = |word: &&&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
        let named = long.iter().filter(capital).count() * 2 >= long.len();
        match (capitals, follows && (named || words.len() <= 60)) {
            (true, _) => Some((1, None)),
            (false, true) => Some((2, None)),
            (false, false) => None,
        }
    }

    /// Which pieces are items of a list. A run of numbers is a list if something introduces it or if its items
    /// are short: numbered paragraphs are none. Bare lines are, where at least two stand close under a colon.
    fn listed(&self) -> Vec<bool> {
        let introduced = |at: usize| at > 0 && self.of(at - 1).ends_with(':');
        let mut open: BTreeMap<Style, Run> = BTreeMap::new();
        let mut listed = vec![false; self.pieces.len()];
        let mut bare = false;
        for (at, piece) in self.pieces.iter().enumerate() {
            let Some(marker) = piece.marker else {
                let next = self.pieces.get(at + 1);
                let close = next.is_some_and(|next| !next.gap && next.marker.is_none());
                bare = (introduced(at) && close || bare && !piece.gap)
                    && self.of(at).len() <= 3 * HEADING;
                listed[at] = bare;
                continue;
            };
            bare = false;
            let run = open.entry(marker.style).or_default();
            let bullet = marker.style == Style::Bullet;
            if run.items.is_empty() || introduced(at) || !bullet && marker.number != run.number + 1
            {
                let begun = Run {
                    introduced: introduced(at),
                    ..Run::default()
                };
                std::mem::replace(run, begun).close(&mut listed);
            }
            run.number = marker.number;
            run.length += self.of(at).len();
            run.items.push(at);
            listed[at] = matches!(
                marker.style,
                Style::Bullet | Style::Letter | Style::Bracketed
            );
        }
        for run in open.into_values() {
            run.close(&mut listed);
        }
        listed
    }

    /// The piece before the first running text that most looks like a title, if one does.
    fn title(&self, body: usize) -> Option<usize> {
        let best = (0..body)
            .map(|at| (self.likeness_to_title(at), std::cmp::Reverse(at)))
            .max()?;
        (best.0 >= 4).then_some(best.1.0)
    }

    fn is_labelled_title(&self, words: &str) -> bool {
        let label = words.split_once(':').map_or("", |(label, _)| label.trim());
        let label = frame::lower(label, SHORT).unwrap_or_default();
        self.words.title.labels.contains(&label)
    }

    fn likeness_to_title(&self, at: usize) -> usize {
        let (words, title) = (self.of(at), &self.words.title);
        if self.is_labelled_title(words) {
            return 10;
        }
        let Some(lower) = frame::lower(words, 4 * HEADING) else {
            return 0;
        };
        if self.is_framed(at) || self.pieces[at].marker.is_some() {
            return 0;
        }
        let nouns = title
            .nouns
            .iter()
            .filter(|noun| frame::holds(&lower, noun))
            .count();
        let opening = frame::opens_with(&lower, &title.openings);
        let opens = opening || frame::opens_with(&lower, &title.nouns);
        3 * usize::from(nouns > 0 || opening)
            + nouns.saturating_sub(1).min(2)
            + 2 * usize::from(opens)
            + usize::from(words.len() > 40)
            + usize::from(at == 0)
            + usize::from(is_capitals(words))
    }
}

/// Pieces with markers that follow one another.
#[derive(Default)]
struct Run {
    items: Vec<usize>,
    /// Of all items, in bytes.
    length: usize,
    /// The last item's.
    number: u32,
    introduced: bool,
}

impl Run {
    fn close(self, listed: &mut [bool]) {
        let short = self.items.len() > 1 && self.length <= HEADING * self.items.len();
        if self.introduced || short {
            self.items.into_iter().for_each(|at| listed[at] = true);
        }
    }
}
