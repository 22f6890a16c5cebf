//! Floors that may only rise: a fall below one is a failure, a rise is to be written down as the new floor.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::Scores;

/// The figures below which each gold document must not fall, by document and figure.
///
/// As TOML: a table for each document, named like its files, with a line for each figure.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Floors(pub BTreeMap<String, BTreeMap<String, f64>>);

/// The figures that get a floor when floors are raised.
const WATCHED: [&str; 11] = [
    "names strict",
    "names span",
    "entities B3",
    "dates found",
    "dates value close",
    "role facts",
    "whole claims",
    "certainty",
    "polarity",
    "when",
    "all qualifiers",
];

/// A figure that is not at its floor.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The gold document.
    pub document: String,
    /// The figure.
    pub figure: String,
    /// The floor; `None` if it has none yet.
    pub floor: Option<f64>,
    /// What was measured.
    pub measured: f64,
}

impl Change {
    /// Whether it is below its floor.
    pub fn is_fall(&self) -> bool {
        self.floor.is_some_and(|floor| self.measured < floor)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Change {
            document,
            figure,
            floor,
            measured,
        } = self;
        match floor {
            Some(floor) if self.is_fall() => {
                write!(
                    f,
                    "{document}: {figure} fell from {floor:.4} to {measured:.4}"
                )
            }
            Some(floor) => write!(
                f,
                "{document}: {figure} rose from {floor:.4} to {measured:.4}"
            ),
            None => write!(f, "{document}: {figure} is {measured:.4} and has no floor"),
        }
    }
}

/// Why a file of floors cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the floors are not a table of figures for each gold document: {0}")]
pub struct RatchetError(String);

impl Floors {
    /// From TOML.
    pub fn parse(toml: &str) -> Result<Floors, RatchetError> {
        let floors = toml::from_str(toml).map_err(|error| RatchetError(error.to_string()))?;
        Ok(Floors(floors))
    }

    /// As TOML, with the reason for it on top.
    pub fn to_toml(&self) -> String {
        let mut toml = "# Floors of what `svodka eval` measures on the gold documents beside this file. They only rise:\n\
                        # a fall fails `make test`; `svodka eval --ratchet gold/scores.toml --raise` writes a rise down.\n"
            .to_owned();
        for (document, figures) in &self.0 {
            toml += &format!("\n[{document:?}]\n");
            for (figure, floor) in figures {
                toml += &format!("{figure:?} = {floor:.4}\n");
            }
        }
        toml
    }

    /// The figures of a document that are not at their floors, falls and rises alike. A figure that cannot be measured
    /// any more counts as 0.
    pub fn compare(&self, document: &str, scores: &Scores) -> Vec<Change> {
        let floors = self.0.get(document);
        let measured = WATCHED
            .into_iter()
            .filter(|name| scores.figure(name).is_some());
        let names: BTreeSet<&str> = floors
            .into_iter()
            .flat_map(BTreeMap::keys)
            .map(String::as_str)
            .chain(measured)
            .collect();
        names
            .into_iter()
            .map(|figure| Change {
                document: document.to_owned(),
                figure: figure.to_owned(),
                floor: floors.and_then(|floors| floors.get(figure)).copied(),
                measured: scores.figure(figure).unwrap_or(0.0),
            })
            .filter(|change| change.floor != Some(change.measured))
            .collect()
    }

    /// Writes rises and new figures down. A fall changes nothing.
    pub fn lift(&mut self, changes: &[Change]) {
        for change in changes.iter().filter(|change| !change.is_fall()) {
            let figures = self.0.entry(change.document.clone()).or_default();
            figures.insert(change.figure.clone(), change.measured);
        }
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::{Figure, Share};

    fn scores(names: usize, certainty: usize) -> Scores {
        let figure = Figure::new(names, 10, 10);
        Scores {
            mentions: [("names strict".to_owned(), figure)].into_iter().collect(),
            entities: figure,
            claims: crate::ClaimScores {
                figures: [("whole claims".to_owned(), Figure::new(0, 0, 20))]
                    .into_iter()
                    .collect(),
                qualifiers: [("certainty".to_owned(), Share::new(certainty, 10))]
                    .into_iter()
                    .collect(),
            },
            missed: Vec::new(),
            spurious: Vec::new(),
        }
    }

    fn told(changes: &[Change]) -> Vec<String> {
        changes.iter().map(Change::to_string).collect()
    }

    #[test]
    fn a_fall_is_told_and_never_written_down() {
        let mut floors =
            Floors::parse("[a]\n\"names strict\" = 0.8\n\"entities B3\" = 0.7\ncertainty = 0.25\n\"whole claims\" = 0.0")
                .expect("sound");
        let changes = floors.compare("a", &scores(7, 6));
        assert_eq!(
            told(&changes),
            [
                "a: certainty rose from 0.2500 to 0.3000",
                "a: names strict fell from 0.8000 to 0.7000",
            ]
        );
        floors.lift(&changes);
        assert_eq!(
            told(&floors.compare("a", &scores(7, 6))),
            ["a: names strict fell from 0.8000 to 0.7000"]
        );
    }

    #[test]
    fn a_new_document_gets_its_floors_and_they_come_back_from_toml() {
        let mut floors = Floors::default();
        let changes = floors.compare("b", &scores(9, 9));
        assert!(changes.iter().all(|change| !change.is_fall()));
        floors.lift(&changes);
        let again = Floors::parse(&floors.to_toml()).expect("what was written is sound");
        assert_eq!(again, floors);
        assert!(again.compare("b", &scores(9, 9)).is_empty());
    }
}
