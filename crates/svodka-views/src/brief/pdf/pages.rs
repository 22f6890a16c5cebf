//! Lines on pages: each footnote begins on the page of its number; what there is no room for goes on at the foot of the next.

use std::collections::VecDeque;

use super::lines::Line;

/// What a line is a part of, for whoever has the document read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Title,
    Heading,
    Text,
    Note(usize),
    Work,
}

/// Lines that follow each other.
#[derive(Debug, Clone)]
pub struct Block {
    pub part: Part,
    pub lines: Vec<Line>,
    /// From one line to the next.
    pub leading: f32,
    /// Before the first of them, unless it begins a page.
    pub before: f32,
    /// How far in they begin, the first excepted.
    pub hanging: f32,
    /// Whether the next must stand on the same page.
    pub keeps: bool,
}

/// A line at its place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Which block it is of; lines of footnotes are of none.
    pub block: Option<usize>,
    pub part: Part,
    pub line: Line,
    /// From the left margin, and from the upper one to the line that letters stand on.
    pub x: f32,
    pub y: f32,
}

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub placed: Vec<Placed>,
    /// Where the rule above the footnotes stands.
    pub rule: Option<f32>,
}

/// Lines of a footnote, and of which.
#[derive(Debug, Clone)]
struct NoteLine {
    note: usize,
    line: Line,
}

/// The room between text and footnotes.
const GAP: f32 = 16.0;

/// So many lines of the last footnote of a line must stand on its page.
const BEGUN: usize = 2;

/// How pages are filled. Lengths are points.
pub struct Filler<'a> {
    /// How high the text of a page is.
    pub height: f32,
    /// From one line of a footnote to the next.
    pub note_leading: f32,
    /// The footnotes in lines.
    pub notes: &'a [Vec<Line>],
}

struct Filling {
    pages: Vec<Page>,
    text: Vec<Placed>,
    used: f32,
    foot: Vec<NoteLine>,
    /// Of footnotes of earlier pages.
    carried: VecDeque<NoteLine>,
}

impl Filler<'_> {
    /// Puts blocks on pages.
    pub fn fill(&self, blocks: &[Block]) -> Vec<Page> {
        let mut filling = Filling {
            pages: Vec::new(),
            text: Vec::new(),
            used: 0.0,
            foot: Vec::new(),
            carried: VecDeque::new(),
        };
        for (number, block) in blocks.iter().enumerate() {
            let next = blocks.get(number + 1).filter(|_| block.keeps);
            for (at, line) in block.lines.iter().enumerate() {
                // A heading without what it heads would stand alone.
                let together = next.filter(|_| at == 0).map_or(0.0, |next| {
                    let rest = (block.lines.len() - 1) as f32 * block.leading;
                    let first = next.lines.first().map_or(0.0, |line| self.least(line));
                    rest + next.before + 2.0 * next.leading + first
                });
                let before = if at == 0 { block.before } else { 0.0 };
                while !self.fits(&filling, line, before + block.leading, together) {
                    self.turn(&mut filling);
                }
                let before = if filling.text.is_empty() { 0.0 } else { before };
                filling.used += before + block.leading;
                filling.text.push(Placed {
                    block: Some(number),
                    part: block.part,
                    line: line.clone(),
                    x: if at == 0 { 0.0 } else { block.hanging },
                    y: filling.used - block.leading * 0.25,
                });
                for note in &line.notes {
                    let lines = self.notes.get(*note).into_iter().flatten();
                    for line in lines {
                        let line = NoteLine {
                            note: *note,
                            line: line.clone(),
                        };
                        if filling.carried.is_empty()
                            && self.free(&filling) >= self.note_height(&filling, 1)
                        {
                            filling.foot.push(line);
                        } else {
                            filling.carried.push_back(line);
                        }
                    }
                }
            }
        }
        while !filling.text.is_empty() || !filling.foot.is_empty() || !filling.carried.is_empty() {
            self.turn(&mut filling);
        }
        filling.pages
    }

    /// The room that is left.
    fn free(&self, filling: &Filling) -> f32 {
        let foot = filling.foot.len() as f32 * self.note_leading;
        let gap = if filling.foot.is_empty() { 0.0 } else { GAP };
        self.height - filling.used - foot - gap
    }

    /// What so many more lines of footnotes need.
    fn note_height(&self, filling: &Filling, lines: usize) -> f32 {
        let gap = if filling.foot.is_empty() && lines > 0 {
            GAP
        } else {
            0.0
        };
        lines as f32 * self.note_leading + gap
    }

    /// What the footnotes of a line need at least, without the gap.
    fn least(&self, line: &Line) -> f32 {
        self.least_lines(line) as f32 * self.note_leading
    }

    /// All lines of its footnotes but of the last, and the beginning of that.
    fn least_lines(&self, line: &Line) -> usize {
        let long = |note: &usize| self.notes.get(*note).map_or(0, Vec::len);
        match line.notes.split_last() {
            Some((last, before)) => before.iter().map(long).sum::<usize>() + long(last).min(BEGUN),
            None => 0,
        }
    }

    fn fits(&self, filling: &Filling, line: &Line, needed: f32, together: f32) -> bool {
        let fresh = filling.text.is_empty();
        // Footnotes stand in their order: those of earlier pages first.
        if !line.notes.is_empty() && !filling.carried.is_empty() {
            return false;
        }
        let notes = self.note_height(filling, self.least_lines(line));
        // What no page has room for must stand somewhere.
        (fresh && filling.foot.is_empty()) || needed + notes + together <= self.free(filling)
    }

    /// Ends a page and begins another, with what is carried over at its foot.
    fn turn(&self, filling: &mut Filling) {
        let mut page = Page {
            placed: std::mem::take(&mut filling.text),
            rule: None,
        };
        let foot = std::mem::take(&mut filling.foot);
        if !foot.is_empty() {
            let top = self.height - foot.len() as f32 * self.note_leading;
            page.rule = Some(top - GAP * 0.3);
            page.placed
                .extend(foot.into_iter().enumerate().map(|(at, it)| Placed {
                    block: None,
                    part: Part::Note(it.note),
                    line: it.line,
                    x: 0.0,
                    y: top + (at as f32 + 0.75) * self.note_leading,
                }));
        }
        if !page.placed.is_empty() {
            filling.pages.push(page);
        }
        filling.used = 0.0;
        while self.free(filling) >= self.note_height(filling, 1) {
            match filling.carried.pop_front() {
                Some(line) => filling.foot.push(line),
                None => break,
            }
        }
    }
}
