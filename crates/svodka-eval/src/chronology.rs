//! Are the dates of a marked text found, and do they mean what the annotator says?

use serde::Serialize;
use svodka_model::{Contract, MentionOut};

use crate::Figure;
use crate::timeml::{Expression, TimeMl};
use crate::timex::{Agreement, Timex};

/// The figures for the dates of one text, or of several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DateScores {
    /// Of the calendar expressions of either side, how many both have.
    #[serde(rename = "dates found")]
    pub found: Figure,
    /// … with the same calendar time, a modifier that the value does not hold undone.
    #[serde(rename = "dates value")]
    pub value: Figure,
    /// … with the same first and last day.
    #[serde(rename = "dates value exact")]
    pub exact: Figure,
}

/// The dates of one text, compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateCounts {
    found: usize,
    value: usize,
    exact: usize,
    given: usize,
    gold: usize,
    /// What is not as it should be, in the order of the text.
    pub errors: Vec<DateError>,
}

/// A date that is missed, has another value, or is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError {
    /// First code point of the expression.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// The annotator's value; none for what the annotator does not mark.
    pub meant: Option<String>,
    /// The value given; none if nothing was.
    pub given: Option<String>,
}

/// Compares the dates of a reading with those of a marked text.
///
/// A date given and an expression belong together if they overlap, each with one of the other side. A stretch or a
/// list that overlaps several expressions is given as so many dates: its ends or its members, in order. Expressions
/// whose value is no calendar time count only where a date is given there too, which then is found and wrong.
pub fn score_dates(text: &TimeMl, report: &Contract) -> DateCounts {
    let dates: Vec<&MentionOut> = report
        .mentions
        .iter()
        .filter(|mention| mention.kind == "DATE")
        .collect();
    let overlap = |date: &MentionOut, other: &Expression| {
        date.place.start < other.end && other.start < date.place.end
    };
    let mut counts = DateCounts::default();
    let mut given: Vec<Option<String>> = vec![None; text.expressions.len()];
    for date in &dates {
        let edtf = date.edtf.as_deref().unwrap_or_default();
        let free = |calendar: bool| -> Vec<usize> {
            let expressions = text.expressions.iter().enumerate();
            expressions
                .filter(|(at, other)| {
                    let kind = (other.meaning != Timex::Other) == calendar;
                    kind && given[*at].is_none() && overlap(date, other)
                })
                .map(|(at, _)| at)
                .collect()
        };
        let calendar = free(true);
        let parts = parts(edtf);
        match (calendar.as_slice(), free(false).first()) {
            ([], Some(&other)) => {
                given[other] = Some(edtf.to_owned());
                counts.given += 1;
            }
            ([], None) => {
                counts.given += 1;
                counts.errors.push(DateError {
                    start: date.place.start,
                    end: date.place.end,
                    meant: None,
                    given: Some(edtf.to_owned()),
                });
            }
            ([_, _, ..], _) if parts.len() > 1 => {
                for (&at, part) in calendar.iter().zip(parts) {
                    given[at] = Some(part.to_owned());
                    counts.given += 1;
                }
            }
            ([first, ..], _) => {
                given[*first] = Some(edtf.to_owned());
                counts.given += 1;
            }
        }
    }
    for (expression, given) in text.expressions.iter().zip(given) {
        if expression.meaning == Timex::Other && given.is_none() {
            continue;
        }
        counts.gold += 1;
        counts.found += usize::from(given.is_some());
        let agreement = given
            .as_deref()
            .map_or(Agreement::None, |edtf| expression.meaning.agreement(edtf));
        counts.value += usize::from(agreement >= Agreement::Unmodified);
        counts.exact += usize::from(agreement == Agreement::Exact);
        if agreement == Agreement::None {
            counts.errors.push(DateError {
                start: expression.start,
                end: expression.end,
                meant: Some(expression.value.clone()),
                given,
            });
        }
    }
    counts.errors.sort_by_key(|error| (error.start, error.end));
    counts
}

/// The ends of a stretch or the members of a list; anything else is whole.
fn parts(edtf: &str) -> Vec<&str> {
    if let Some((from, to)) = edtf.split_once('/') {
        return vec![from, to];
    }
    edtf.trim_matches(['{', '}', '[', ']']).split(',').collect()
}

impl DateCounts {
    /// Counts another text's too; its errors are left with it.
    pub fn add(&mut self, other: &DateCounts) {
        self.found += other.found;
        self.value += other.value;
        self.exact += other.exact;
        self.given += other.given;
        self.gold += other.gold;
    }

    /// Precision, recall and F1.
    pub fn scores(&self) -> DateScores {
        let figure = |right| Figure::new(right, self.given, self.gold);
        DateScores {
            found: figure(self.found),
            value: figure(self.value),
            exact: figure(self.exact),
        }
    }
}
