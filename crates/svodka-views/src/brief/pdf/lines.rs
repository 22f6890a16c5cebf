//! Text in lines: broken where [Unicode](https://www.unicode.org/reports/tr14/) lets lines be broken, each as full as it gets.

use krilla::text::KrillaGlyph;
use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::fonts::{Face, Fonts};

/// Words of one face and size. Lengths are points.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    pub text: String,
    pub face: Face,
    pub size: f32,
    /// How far above the line it stands.
    pub raised: f32,
    /// The footnote that it refers to.
    pub note: Option<usize>,
}

impl Span {
    /// Words on the line.
    pub fn new(text: impl Into<String>, face: Face, size: f32) -> Span {
        Span {
            text: text.into(),
            face,
            size,
            raised: 0.0,
            note: None,
        }
    }

    /// The number of a footnote, small and raised.
    pub fn number(number: usize, size: f32, note: Option<usize>) -> Span {
        Span {
            raised: size * 0.34,
            note,
            ..Span::new(number.to_string(), Face::Regular, size * 0.68)
        }
    }
}

/// A part of a line in one face and size.
#[derive(Debug, Clone)]
pub struct Run {
    pub text: String,
    pub face: Face,
    pub size: f32,
    pub raised: f32,
    pub glyphs: Vec<KrillaGlyph>,
    /// How far from the beginning of the line it stands.
    pub x: f32,
}

/// A line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub runs: Vec<Run>,
    /// How long it is, with the blanks at its end.
    pub width: f32,
    /// The footnotes that it refers to.
    pub notes: Vec<usize>,
}

impl Line {
    /// Adds words at its end.
    fn push(&mut self, span: &Span, text: &str, glyphs: Vec<KrillaGlyph>) {
        let width = width(&glyphs, span.size);
        self.notes.extend(span.note);
        let same = |run: &&mut Run| {
            (run.face, run.size, run.raised) == (span.face, span.size, span.raised)
        };
        match self.runs.last_mut().filter(same) {
            Some(run) => {
                let before = run.text.len();
                run.text.push_str(text);
                run.glyphs.extend(glyphs.into_iter().map(|mut glyph| {
                    glyph.text_range =
                        glyph.text_range.start + before..glyph.text_range.end + before;
                    glyph
                }));
            }
            None => self.runs.push(Run {
                text: text.to_owned(),
                face: span.face,
                size: span.size,
                raised: span.raised,
                glyphs,
                x: self.width,
            }),
        }
        self.width += width;
    }
}

fn width(glyphs: &[KrillaGlyph], size: f32) -> f32 {
    glyphs.iter().map(|glyph| glyph.x_advance * size).sum()
}

/// Text in lines of a width; the first may begin further in.
pub fn broken(fonts: &Fonts, spans: &[Span], width: f32, indent: f32) -> Vec<Line> {
    let spans: Vec<Span> = spans.iter().map(readable).collect();
    let all: String = spans.iter().map(|span| span.text.as_str()).collect();
    let mut breaker = Breaker {
        fonts,
        width,
        lines: vec![Line {
            width: indent,
            ..Line::default()
        }],
        word: Vec::new(),
    };
    let mut start = 0;
    for (end, opportunity) in linebreaks(&all) {
        breaker.take(&spans, start..end);
        breaker.place();
        if opportunity == BreakOpportunity::Mandatory && end < all.len() {
            breaker.lines.push(Line::default());
        }
        start = end;
    }
    breaker.lines
}

/// Without what no font has a sign for: control characters are blanks.
fn readable(span: &Span) -> Span {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    Span {
        text: span.text.chars().map(plain).collect(),
        ..span.clone()
    }
}

struct Breaker<'a> {
    fonts: &'a Fonts,
    width: f32,
    lines: Vec<Line>,
    /// What must stand in one line.
    word: Vec<(Span, Vec<KrillaGlyph>)>,
}

impl Breaker<'_> {
    /// Takes the parts of spans between two opportunities to break, by their bytes in all of them.
    fn take(&mut self, spans: &[Span], wanted: std::ops::Range<usize>) {
        let mut before = 0;
        for span in spans {
            let from = wanted.start.clamp(before, before + span.text.len()) - before;
            let to = wanted.end.clamp(before, before + span.text.len()) - before;
            before += span.text.len();
            if from == to {
                continue;
            }
            let ends = to == span.text.len();
            let part = Span {
                text: span.text[from..to].to_owned(),
                note: span.note.filter(|_| ends),
                ..span.clone()
            };
            let glyphs = self.fonts.glyphs(&part.text, part.face);
            self.word.push((part, glyphs));
        }
    }

    /// Puts the word where there is room for it; one that no line has room for is broken anywhere.
    fn place(&mut self) {
        let word = std::mem::take(&mut self.word);
        // Blanks at the end of a line may stand in the margin.
        let blanks = word.last().map_or(0.0, |(span, glyphs)| {
            let trimmed = span.text.trim_end().len();
            let after = glyphs.iter().filter(|it| it.text_range.start >= trimmed);
            after.map(|it| it.x_advance * span.size).sum()
        });
        let whole: f32 = word
            .iter()
            .map(|(span, glyphs)| width(glyphs, span.size))
            .sum();
        let long = whole - blanks;
        let at = self.lines.last().map_or(0.0, |line| line.width);
        let begun = self.lines.last().is_some_and(|line| !line.runs.is_empty());
        if begun && at + long > self.width {
            self.lines.push(Line::default());
        }
        for (span, glyphs) in word {
            if long > self.width {
                self.cut(&span, &glyphs);
            } else if let Some(line) = self.lines.last_mut() {
                line.push(&span, &span.text.clone(), glyphs);
            }
        }
    }

    /// Breaks words between any two clusters of letters.
    fn cut(&mut self, span: &Span, glyphs: &[KrillaGlyph]) {
        let mut ends: Vec<usize> = glyphs.iter().map(|it| it.text_range.end).collect();
        ends.sort_unstable();
        ends.dedup();
        let mut start = 0;
        for end in ends {
            let letters = &span.text[start..end];
            let glyphs = self.fonts.glyphs(letters, span.face);
            let long = width(&glyphs, span.size);
            let at = self.lines.last().map_or(0.0, |line| line.width);
            if at + long > self.width && self.lines.last().is_some_and(|line| !line.runs.is_empty())
            {
                self.lines.push(Line::default());
            }
            let part = Span {
                note: span.note.filter(|_| end == span.text.len()),
                ..span.clone()
            };
            if let Some(line) = self.lines.last_mut() {
                line.push(&part, letters, glyphs);
            }
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[Line]) -> Vec<String> {
        let text = |line: &Line| line.runs.iter().map(|run| run.text.as_str()).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn nothing_is_lost_and_no_line_is_longer_than_it_may_be() {
        let fonts = Fonts::read().expect("fonts");
        let text = "Ленина strike at the Vulkan Works in Kremnegorsk on 2 May 1911 wasn't the first,\u{c} says Kovács. ".repeat(4)
            + &"unbreakable".repeat(20);
        for wide in [40.0, 120.0, 300.0] {
            let spans = [
                Span::new(text.as_str(), Face::Regular, 10.0),
                Span::number(12, 10.0, Some(11)),
                Span::new(" And so on.", Face::Italic, 10.0),
            ];
            let lines = broken(&fonts, &spans, wide, 0.0);
            let whole: String = told(&lines).concat();
            assert_eq!(
                whole,
                format!("{}12 And so on.", text.replace('\u{c}', " "))
            );
            for line in &lines {
                let blanks = line
                    .runs
                    .last()
                    .map_or(0, |run| run.text.len() - run.text.trim_end().len());
                assert!(
                    line.width <= wide + 4.0 * f32::from(u8::try_from(blanks).expect("few")),
                    "{line:?}"
                );
            }
            let notes: Vec<usize> = lines.iter().flat_map(|line| line.notes.clone()).collect();
            assert_eq!(notes, [11]);
        }
    }

    #[test]
    fn a_number_stays_with_the_sentence_that_it_belongs_to() {
        let fonts = Fonts::read().expect("fonts");
        for words in 1..60 {
            let spans = [
                Span::new("word ".repeat(words) + "end.", Face::Regular, 10.0),
                Span::number(3, 10.0, Some(2)),
            ];
            let lines = told(&broken(&fonts, &spans, 150.0, 0.0));
            assert!(
                lines.last().expect("a line").ends_with("end.3"),
                "{lines:?}"
            );
        }
    }
}
