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

    /// A body by all its names, each of which may say what it was called before.
    pub fn body_of<'t>(&self, names: impl IntoIterator<Item = &'t str>) -> Body {
        let bodies = names.into_iter().map(|it| self.body(it));
        let names: Vec<Name> = bodies.flat_map(|it| it.names).collect();
        if names.is_empty() {
            return self.body("");
        }
        Body { names }
    }
}

impl Body {
    /// Whether some name of it has a word that not many have.
    pub fn tells(&self) -> bool {
        let mut words = self.names.iter().flat_map(|it| &it.words);
        words.any(|it| !it.small && it.number.is_none())
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
