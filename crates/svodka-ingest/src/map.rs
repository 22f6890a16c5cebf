//! Where in the original does a place of the text stand?

use serde::{Deserialize, Serialize};

/// No entry in a table.
const NONE: u32 = u32::MAX;

/// A place in the original. What the format does not tell is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The file inside an EPUB, or the part of an e-mail.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub part: Option<String>,
    /// From 1, in the order of the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<u32>,
    /// What the original itself calls that page: `12`, `3r`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page_label: Option<String>,
    /// From 1. In the decoded file for plain text, Markdown, HTML, XML and e-mail; on the page for PDF, ALTO, PAGE and hOCR.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// From 1, for word processor files: the paragraphs in the order of the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub paragraph: Option<u32>,
    /// The element, by names and numbers from the root: `/TEI[1]/text[1]/body[1]/p[3]`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub element: Option<String>,
}

/// A place as the formats' readers note it: numbers from 1, 0 for none; strings by their place in the tables of a [`Map`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Spot {
    pub part: u32,
    pub page: u32,
    pub label: u32,
    pub line: u32,
    pub paragraph: u32,
    pub element: u32,
}

impl Spot {
    pub(crate) const START: Spot = Spot {
        part: NONE,
        page: 0,
        label: NONE,
        line: 0,
        paragraph: 0,
        element: NONE,
    };
}

/// A stretch of the text that comes from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    /// Its first byte in the text; it ends where the next begins.
    start: usize,
    spot: Spot,
}

/// An element, as the child of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Step {
    parent: u32,
    name: u32,
    nth: u32,
}

/// Takes every byte offset of a text to the place in the original: ordered runs, found by halving.
///
/// Laws (tests in `laws.rs`): the runs begin at 0, their starts strictly rise, none begins past the text, and every
/// offset has an [`Origin`]. A byte that joins two paragraphs belongs to the first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Map {
    runs: Vec<Run>,
    steps: Vec<Step>,
    names: Vec<String>,
    /// For a text that is the file itself: the starts of its lines.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    lines: Vec<usize>,
}

impl Map {
    /// The map of a text that is the file itself.
    pub(crate) fn verbatim(text: &str) -> Map {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Map {
            lines: std::iter::once(0).chain(ends).collect(),
            ..Map::default()
        }
    }

    /// What comes from `spot` begins at `start`.
    pub(crate) fn begin(&mut self, start: usize, spot: Spot) {
        match self.runs.last_mut() {
            Some(last) if last.spot == spot => {}
            Some(last) if last.start >= start => last.spot = spot,
            _ => self.runs.push(Run { start, spot }),
        }
    }

    /// The text has been cut to `length`.
    pub(crate) fn cut(&mut self, length: usize) {
        while self.runs.len() > 1 && self.runs.last().is_some_and(|run| run.start >= length) {
            self.runs.pop();
        }
    }

    /// A string's place in the table. Only the last few are looked through: what repeats, repeats at once.
    pub(crate) fn name(&mut self, name: &str) -> u32 {
        let known = self.names.iter().rev().take(64).position(|it| it == name);
        match known {
            Some(back) => (self.names.len() - 1 - back) as u32,
            None => {
                self.names.push(name.to_owned());
                (self.names.len() - 1) as u32
            }
        }
    }

    /// An element's place in the table.
    pub(crate) fn step(&mut self, parent: Option<u32>, name: &str, nth: u32) -> u32 {
        let name = self.name(name);
        let parent = parent.unwrap_or(NONE);
        self.steps.push(Step { parent, name, nth });
        (self.steps.len() - 1) as u32
    }

    /// Where the byte at `offset` comes from. Past the end: where the last byte comes from.
    pub fn origin(&self, offset: usize) -> Origin {
        if !self.lines.is_empty() {
            let line = self.lines.partition_point(|&start| start <= offset);
            return Origin {
                line: Some(line as u32),
                ..Origin::default()
            };
        }
        let after = self.runs.partition_point(|run| run.start <= offset);
        match self.runs.get(after.saturating_sub(1)) {
            Some(run) => self.told(run.spot),
            None => Origin::default(),
        }
    }

    /// The starts of the runs, rising from 0.
    pub fn starts(&self) -> impl Iterator<Item = usize> + '_ {
        let runs = self.runs.iter().map(|run| run.start);
        self.lines.iter().copied().chain(runs)
    }

    fn told(&self, spot: Spot) -> Origin {
        let number = |number: u32| (number > 0).then_some(number);
        let name = |index: u32| self.names.get(index as usize).cloned();
        Origin {
            part: name(spot.part),
            page: number(spot.page),
            page_label: name(spot.label),
            line: number(spot.line),
            paragraph: number(spot.paragraph),
            element: self.path(spot.element),
        }
    }

    fn path(&self, element: u32) -> Option<String> {
        let mut steps = Vec::new();
        let mut next = element;
        while let Some(step) = self.steps.get(next as usize) {
            let name = self.names.get(step.name as usize)?;
            steps.push(format!("/{name}[{}]", step.nth));
            // A parent stands before its child; a map read from a damaged file ends here rather than never.
            if step.parent >= next {
                break;
            }
            next = step.parent;
        }
        steps.reverse();
        (!steps.is_empty()).then(|| steps.concat())
    }
}
