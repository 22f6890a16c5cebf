//! A text in the making, with its map.

use crate::map::{Map, Spot};

/// What stands between the words so far and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Cell,
    Line,
    Blank,
}

/// Gathers words into paragraphs: white space becomes one space, a paragraph ends with a blank line, a list item or table row
/// with a line, and a footnote follows the paragraph that refers to it.
#[derive(Debug)]
pub(crate) struct Draft {
    text: String,
    pub map: Map,
    /// Where the next words come from.
    pub spot: Spot,
    gap: Gap,
    /// Set before the next words: the mark of a list item.
    prefix: String,
    /// How many table cells are open: inside one, nothing breaks the line.
    cells: u32,
    /// White space up to the next words is left out: a word goes on.
    joining: bool,
    notes: Vec<(Spot, String)>,
}

impl Draft {
    pub(crate) fn new() -> Draft {
        Draft {
            text: String::new(),
            map: Map::default(),
            spot: Spot::START,
            gap: Gap::None,
            prefix: String::new(),
            cells: 0,
            joining: false,
            notes: Vec::new(),
        }
    }

    /// Adds words. Any white space is one space; a soft hyphen at the end of a line joins, elsewhere it is left out.
    pub(crate) fn words(&mut self, words: &str) {
        for c in words.chars() {
            self.character(c, false);
        }
    }

    /// Adds words whose line breaks count.
    pub(crate) fn lines(&mut self, words: &str) {
        for c in words.chars() {
            self.character(c, true);
        }
    }

    fn character(&mut self, c: char, lines: bool) {
        if c == '\u{ad}' {
            self.joining = true;
        } else if c == '\n' && lines && !self.joining {
            self.widen(if self.gap >= Gap::Line {
                Gap::Blank
            } else {
                Gap::Line
            });
        } else if c.is_whitespace() && c != '\u{a0}' {
            if !self.joining {
                self.widen(Gap::Space);
            }
        } else if !c.is_control() && c != '\u{feff}' {
            self.close_gap();
            self.text.push(c);
        }
    }

    fn close_gap(&mut self) {
        self.joining = false;
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Cell => " | ",
                Gap::Line => "\n",
                Gap::Blank => "\n\n",
            });
        }
        self.gap = Gap::None;
        self.map.begin(self.text.len(), self.spot);
        self.text.push_str(&std::mem::take(&mut self.prefix));
    }

    fn widen(&mut self, gap: Gap) {
        let gap = if self.cells > 0 {
            gap.min(Gap::Space)
        } else {
            gap
        };
        self.gap = self.gap.max(gap);
    }

    /// The next words begin a line.
    pub(crate) fn line_break(&mut self) {
        self.widen(Gap::Line);
    }

    /// A paragraph ends; its footnotes follow.
    pub(crate) fn paragraph(&mut self) {
        self.widen(Gap::Blank);
        if self.cells == 0 && !self.notes.is_empty() {
            let here = self.spot;
            for (spot, note) in std::mem::take(&mut self.notes) {
                self.spot = spot;
                self.words(&note);
                self.gap = Gap::Blank;
            }
            self.spot = here;
        }
        self.prefix.clear();
    }

    /// A block inside a list item begins or ends: its mark stays before the first of its words.
    pub(crate) fn break_in_item(&mut self) {
        if self.prefix.is_empty() {
            self.line_break();
        }
    }

    /// The next words are an item of a list.
    pub(crate) fn item(&mut self, mark: &str) {
        self.line_break();
        if self.cells == 0 {
            self.prefix = format!("{mark} ");
        }
    }

    /// A cell of a table begins; the first of a row begins a line.
    pub(crate) fn open_cell(&mut self, first: bool) {
        self.widen(if first { Gap::Line } else { Gap::Cell });
        self.cells += 1;
    }

    /// A cell ends.
    pub(crate) fn close_cell(&mut self) {
        self.cells = self.cells.saturating_sub(1);
    }

    /// The word goes on: the format says that the line end parts it. A hyphen that marks this is left out.
    pub(crate) fn join(&mut self) {
        if let Some(hyphen) = self.text.chars().next_back()
            && ['-', '‐', '¬', '⸗'].contains(&hyphen)
        {
            self.text.truncate(self.text.len() - hyphen.len_utf8());
            self.map.cut(self.text.len());
        }
        self.gap = Gap::None;
        self.joining = true;
    }

    /// A footnote, to follow the paragraph, and its mark here.
    pub(crate) fn note(&mut self, mark: &str, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        self.widen(Gap::Space);
        self.words(&format!("[{mark}]"));
        self.widen(Gap::Space);
        self.notes.push((self.spot, format!("[{mark}] {words}")));
    }

    /// The last paragraph goes on: only the page parted it.
    pub(crate) fn resume(&mut self) {
        self.gap = self.gap.min(Gap::Space);
    }

    /// How long the text is, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// The last character, if a space or a break does not follow it yet.
    pub(crate) fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// The text and its map. Footnotes that still wait are set at the end.
    pub(crate) fn finish(mut self) -> (String, Map) {
        self.cells = 0;
        self.paragraph();
        (self.text, self.map)
    }
}
