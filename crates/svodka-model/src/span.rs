//! Where something stands in a text.

use std::ops::Range;

/// A half-open range of bytes of the report's text, on character boundaries.
///
/// Inside the program every place is a `Span`. At the edges (JSON, annotations) places count Unicode code
/// points: [`CodePoints`] turns one into the other, and the two are different types so that they cannot be
/// mixed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`. A reversed range is taken as empty at `start`.
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start,
            end: end.max(start),
        }
    }

    /// The words of `text` that stand here; empty if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// How many bytes it covers.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The same span without the white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }

    /// The same place in a text in which this text begins at byte `offset`.
    pub fn shift(self, offset: usize) -> Span {
        Span {
            start: self.start + offset,
            end: self.end + offset,
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// Turns byte offsets of one text into code points and back, each in logarithmic time.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// Byte offset of every 64th code point.
    marks: Vec<usize>,
    text: Box<str>,
}

const STEP: usize = 64;

impl CodePoints {
    /// Counts the characters of `text` once.
    pub fn new(text: &str) -> CodePoints {
        let marks = text
            .char_indices()
            .step_by(STEP)
            .map(|(at, _)| at)
            .collect();
        CodePoints {
            marks,
            text: text.into(),
        }
    }

    /// How many code points come before byte `offset`. An offset inside a character counts as the
    /// character's start; one past the end counts as the end.
    pub fn of_byte(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let mark = self
            .marks
            .partition_point(|&at| at <= offset)
            .saturating_sub(1);
        let from = self.marks.get(mark).copied().unwrap_or(0);
        let within = self.text[from..]
            .char_indices()
            .take_while(|(at, c)| from + at + c.len_utf8() <= offset);
        mark * STEP + within.count()
    }

    /// The byte at which code point number `index` begins; the text's length if there are not that many.
    pub fn to_byte(&self, index: usize) -> usize {
        let Some(&from) = self.marks.get(index / STEP) else {
            return self.text.len();
        };
        let found = self.text[from..].char_indices().nth(index % STEP);
        found.map_or(self.text.len(), |(at, _)| from + at)
    }

    /// The span in code points, half open.
    pub fn of_span(&self, span: Span) -> Range<usize> {
        self.of_byte(span.start)..self.of_byte(span.end)
    }

    /// The span in bytes of a half-open range of code points.
    pub fn to_span(&self, range: Range<usize>) -> Span {
        Span::new(self.to_byte(range.start), self.to_byte(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_and_bytes_are_inverse(text in "\\PC{0,300}") {
            let points = CodePoints::new(&text);
            for (index, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of_byte(at), index);
                prop_assert_eq!(points.to_byte(index), at);
            }
            prop_assert_eq!(points.of_byte(text.len()), text.chars().count());
            prop_assert_eq!(points.to_byte(text.chars().count()), text.len());
        }

        #[test]
        fn trimming_keeps_the_words(text in "\\PC{0,40}") {
            let span = Span::new(0, text.len()).trim(&text);
            prop_assert_eq!(span.of(&text), text.trim());
        }
    }
}
