//! Names of organisations, workplaces, places and works: with what they were called before, and as abbreviations.

use super::score::{Part, Scored, Weights};
use super::words::{Name, NameKind, NameWords, pieces};

/// The name of a body, firm, place or work.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// What it is called, then what it is said to have been called before. At least one.
    pub names: Vec<Name>,
}

impl NameWords {
    /// A body's name, split where it says what the body was called before: "Dinamo (formerly Westinghouse)".
    pub fn body(&self, text: &str) -> Body {
        let pieces = pieces(NameKind::Other, text);
        let parts = pieces.split(|it| self.is_former(it));
        let mut names: Vec<Name> = parts
            .map(|part| self.name(NameKind::Other, &part.join(" ")))
            .filter(|it| it.words.iter().any(|it| !it.small))
            .collect();
        if names.is_empty() {
            names.push(self.name(NameKind::Other, text));
        }
        Body { names }
    }
}

impl Weights {
    /// How likely two bodies are one: by the names of theirs that are likeliest one.
    pub fn score_bodies(&self, words: &NameWords, a: &Body, b: &Body) -> Scored {
        let mut best = Scored {
            probability: 0.0,
            parts: Vec::new(),
        };
        for (i, left) in a.names.iter().enumerate() {
            for (j, right) in b.names.iter().enumerate() {
                let mut scored = self.score(words, left, right);
                if i + j > 0 {
                    scored.parts.push(Part {
                        what: "by a former name",
                        amount: 1.0,
                        weight: 0.0,
                    });
                }
                if scored.probability > best.probability {
                    best = scored;
                }
            }
        }
        best
    }
}
