//! A claim as it lies on the desk, in lines of a given width: made from plain values, so that it can be tested.

use std::ops::Range;

use svodka::store::{ReportRow, Told, Verdict};
use svodka::{ClaimOut, CodePoints, Contract, KindWords, Polarity};
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::page::sentence;

/// How a piece of a line looks. Nothing is told by this alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    Bold,
    Dim,
    /// The words that a claim rests on; they stand between marks as well.
    Evidence,
}

/// A line in pieces.
pub type Row = Vec<(Look, String)>;

/// What stands around the words that a claim rests on.
const MARKS: [char; 2] = ['⟦', '⟧'];

/// How many code points of a sentence are shown on either side of the evidence.
const AROUND: usize = 400;

/// A claim with its report.
pub struct Card<'a> {
    pub told: &'a Told,
    pub report: &'a Contract,
    pub row: Option<&'a ReportRow>,
    pub words: &'a KindWords,
}

impl Card<'_> {
    /// The lines, each at most `width` columns wide.
    pub fn rows(&self, width: usize) -> Vec<Row> {
        let claim = &self.told.claim;
        let mut rows = Vec::new();
        let negative = match claim.polarity {
            Polarity::Negative => ", said not to be so",
            Polarity::Positive => "",
        };
        put(
            &mut rows,
            Look::Bold,
            &sentence(claim, self.words.get(claim.kind.as_str())),
            "",
            width,
        );
        put(
            &mut rows,
            Look::Dim,
            &format!("{} · {}{negative}", claim.kind, claim.certainty.word()),
            "",
            width,
        );
        self.parts(&mut rows, claim, width);
        rows.push(Vec::new());
        self.quotation(&mut rows, width);
        put(&mut rows, Look::Dim, &self.place(), "", width);
        if let Some(read) = &self.told.read {
            let said = sentence(read, self.words.get(read.kind.as_str()));
            put(
                &mut rows,
                Look::Plain,
                &format!("corrected; the machine read: {said}"),
                "    ",
                width,
            );
        }
        for decision in &self.told.decisions {
            put(&mut rows, Look::Plain, &judged(decision), "    ", width);
        }
        if self.told.may_live {
            put(
                &mut rows,
                Look::Plain,
                "It names somebody who may be alive.",
                "",
                width,
            );
        }
        rows
    }

    fn parts(&self, rows: &mut Vec<Row>, claim: &ClaimOut, width: usize) {
        let mut line = |what: &str, value: &str| {
            let text = format!("  {what:<13} {value}");
            put(rows, Look::Plain, &text, "                ", width);
        };
        for (role, fillers) in &claim.roles {
            // Some kinds have the word for it as a role and as a field.
            if claim.fields.contains_key(role.as_str()) && fillers.len() == 1 {
                continue;
            }
            let names: Vec<String> = fillers
                .iter()
                .map(|filler| one_line(&filler.text))
                .collect();
            line(role, &names.join(" + "));
        }
        for (field, value) in &claim.fields {
            match value {
                serde_json::Value::String(value) => line(field, value),
                value => line(field, &value.to_string()),
            }
        }
        if let Some(when) = &claim.when {
            line("when", &when.edtf);
        }
        if !claim.sources.is_empty() {
            let chain: Vec<&str> = claim
                .sources
                .iter()
                .map(|source| source.text.as_str())
                .collect();
            line("on the word of", &chain.join(", from "));
        }
    }

    /// The sentences that the evidence stands in, with marks around it.
    fn quotation(&self, rows: &mut Vec<Row>, width: usize) {
        let place = self.told.claim.evidence.place;
        let around = self
            .report
            .sentences
            .iter()
            .filter(|sentence| sentence.start < place.end && place.start < sentence.end);
        let (mut start, mut end) = (place.start, place.end);
        for sentence in around {
            start = start.min(sentence.start);
            end = end.max(sentence.end);
        }
        let start = start.max(place.start.saturating_sub(AROUND));
        let end = end.min(place.end + AROUND);
        let points = CodePoints::new(&self.report.text);
        let piece = |range: Range<usize>| spaced(points.to_span(range).of(&self.report.text));
        let text = format!(
            "“{}{}{}{}{}”",
            piece(start..place.start).trim_start(),
            MARKS[0],
            piece(place.start..place.end),
            MARKS[1],
            piece(place.end..end).trim_end()
        );
        let mut inside = false;
        for line in wrapped(&text, " ", width) {
            let mut row: Row = Vec::new();
            let mut piece = String::new();
            for c in line.chars() {
                if c == MARKS[0] {
                    row.push((look(inside), std::mem::take(&mut piece)));
                    inside = true;
                }
                piece.push(c);
                if c == MARKS[1] {
                    row.push((look(inside), std::mem::take(&mut piece)));
                    inside = false;
                }
            }
            row.push((look(inside), piece));
            row.retain(|(_, piece)| !piece.is_empty());
            rows.push(row);
        }
    }

    /// The report, its date, and where in it the words stand.
    fn place(&self) -> String {
        let place = self.told.claim.evidence.place;
        let points = CodePoints::new(&self.report.text);
        let before = points.to_span(0..place.start).of(&self.report.text);
        let line = before.matches('\n').count() + 1;
        let mut told = format!("{}, line {line}", self.told.label);
        let section =
            self.report.sections.iter().rfind(|section| {
                section.place.start <= place.start && place.end <= section.place.end
            });
        if let Some(section) = section {
            told += &format!(", under “{}”", one_line(&section.heading));
        }
        if let Some(title) = self.row.and_then(|row| row.title.as_deref()) {
            told += &format!(" · {}", one_line(title));
        }
        if let Some(date) = &self.told.date {
            told += &format!(" · of {date}");
        }
        told + &format!(" · {}", self.told.key)
    }
}

/// A decision in words.
pub fn judged(decision: &svodka::store::Standing) -> String {
    let value = match &decision.verdict {
        Verdict::Grade(value) | Verdict::Note(value) => format!(" {value}"),
        Verdict::Accept | Verdict::Reject | Verdict::Correct(_) => String::new(),
    };
    let why = match decision.reason.as_str() {
        "" => String::new(),
        reason => format!(", because: {reason}"),
    };
    format!(
        "→ {}{value} by {} ({}){why}",
        decision.verdict.word(),
        decision.author,
        decision.at.get(..10).unwrap_or(&decision.at)
    )
}

fn look(inside: bool) -> Look {
    if inside { Look::Evidence } else { Look::Plain }
}

/// Adds a paragraph.
pub fn put(rows: &mut Vec<Row>, look: Look, text: &str, indent: &str, width: usize) {
    for line in wrapped(text, indent, width) {
        rows.push(vec![(look, line)]);
    }
}

fn wrapped(text: &str, indent: &str, width: usize) -> Vec<String> {
    let options = Options::new(width.max(20))
        .subsequent_indent(indent)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(text, options).into_iter();
    lines.map(|line| line.trim_end().to_owned()).collect()
}

/// Each run of white space as one space, also at both ends.
fn spaced(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
    line
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
