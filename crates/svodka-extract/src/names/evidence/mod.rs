//! What the words around and in a candidate say of what it names.

mod form;
mod neighbours;
mod syntax;

use svodka_model::{NameType, Parse};
use svodka_pack::NameWords;

use super::candidates::Candidate;
use super::page::{Kind, Page, closes_quote, opens_quote};

/// For and against each type, in the order of [`NameType::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Votes(pub [f32; 6]);

impl Votes {
    pub fn add(&mut self, kind: NameType, weight: f32) {
        self.0[kind as usize] += weight;
    }

    pub fn of(self, kind: NameType) -> f32 {
        self.0[kind as usize]
    }

    pub fn plus(&mut self, other: Votes, factor: f32) {
        for (mine, others) in self.0.iter_mut().zip(other.0) {
            *mine += factor * others;
        }
    }

    /// The type with the most votes; the first in order if several have as many.
    pub fn best(self) -> (NameType, f32) {
        let mut best = (NameType::Person, f32::MIN);
        for kind in NameType::ALL {
            if self.of(kind) > best.1 {
                best = (kind, self.of(kind));
            }
        }
        best
    }

    /// How many votes more the best type has than the next.
    pub fn lead(self) -> f32 {
        let (best, most) = self.best();
        let next = |kind: &NameType| *kind != best;
        let others = NameType::ALL.into_iter().filter(next);
        most - others.map(|kind| self.of(kind)).fold(f32::MIN, f32::max)
    }
}

/// What is said of one candidate: by its own form, which holds wherever the form stands, and by its place.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Evidence {
    pub form: Votes,
    pub place: Votes,
    /// Says of this occurrence alone what it is: "the Sormovo plant".
    pub here: Option<NameType>,
}

/// Weights. What leaves hardly a doubt counts about eight, a good hint three, a faint one a half.
mod weight {
    pub const SURE: f32 = 8.0;
    pub const STRONG: f32 = 5.0;
    pub const GOOD: f32 = 3.0;
    pub const FAIR: f32 = 2.0;
    pub const SOME: f32 = 1.2;
    pub const FAINT: f32 = 0.5;
}

pub(super) struct Witness<'a> {
    pub page: &'a Page<'a>,
    pub parse: &'a Parse,
    pub pack: &'a NameWords,
}

/// The words on both sides of a name, without the quotation marks and the comma inside them.
#[derive(Debug, Clone, Copy)]
struct Sides {
    /// The index of the nearest word before; `None` at a block's start.
    before: Option<usize>,
    /// The index of the nearest word after; `None` at a block's end.
    after: Option<usize>,
    /// A comma stands inside the closing quotation mark.
    comma: bool,
    quoted: bool,
}

impl Witness<'_> {
    fn lower(&self, at: usize) -> &str {
        self.page.words.get(at).map_or("", |word| &word.lower)
    }

    fn lower_of(&self, at: Option<usize>) -> &str {
        at.map_or("", |at| self.lower(at))
    }

    fn kind(&self, at: usize) -> Kind {
        self.page.words.get(at).map_or(Kind::Mark, |word| word.kind)
    }

    fn tag(&self, at: usize) -> &str {
        self.page
            .words
            .get(at)
            .and_then(|word| word.token)
            .map_or("", |token| self.parse.tokens[token].tag.as_str())
    }

    fn sides(&self, candidate: &Candidate) -> Sides {
        let block = self.page.blocks[self.page.words[candidate.words.start].block].clone();
        let is_quote = |at: usize| {
            self.kind(at) == Kind::Mark
                && self
                    .lower(at)
                    .chars()
                    .all(|c| opens_quote(c) || closes_quote(c))
        };
        let mut before = candidate.words.start;
        while before > block.start && is_quote(before - 1) {
            before -= 1;
        }
        let mut after = candidate.words.end;
        let mut comma = false;
        if candidate.quoted {
            while after < block.end && self.kind(after) == Kind::Mark {
                comma |= self.lower(after) == ",";
                after += 1;
                if is_quote(after - 1) {
                    break;
                }
            }
        }
        Sides {
            before: (before > block.start).then(|| before - 1),
            after: (after < block.end).then_some(after),
            comma,
            quoted: candidate.quoted,
        }
    }

    /// The word before without an article.
    fn noun_before(&self, sides: Sides) -> Option<usize> {
        let at = sides.before?;
        let article = self.pack.grammar.articles.contains(self.lower(at));
        if article {
            at.checked_sub(1)
                .filter(|&b| self.page.words[b].block == self.page.words[at].block)
        } else {
            Some(at)
        }
    }

    /// The last of the nouns that follow the name directly.
    fn noun_after(&self, sides: Sides) -> Option<usize> {
        let mut at = sides.after?;
        if self.kind(at) == Kind::Possessive {
            at += 1;
        }
        if self.kind(at) == Kind::Capital && at == sides.after? && sides.quoted {
            return Some(at);
        }
        if self.kind(at) != Kind::Lower {
            return None;
        }
        while self.kind(at + 1) == Kind::Lower
            && self.tag(at).starts_with("NN")
            && self.tag(at + 1).starts_with("NN")
            && self.page.words[at + 1].block == self.page.words[at].block
        {
            at += 1;
        }
        Some(at)
    }

    /// Whether a phrase ends here by which a body names itself.
    fn self_styled(&self, at: Option<usize>) -> bool {
        at.is_some_and(|at| {
            (1..=3).any(|back| {
                at.checked_sub(back).is_some_and(|from| {
                    self.pack
                        .self_styled
                        .contains(&self.page.phrase(from..at + 1))
                })
            })
        })
    }

    pub fn hear(&self, candidate: &Candidate) -> Evidence {
        let mut evidence = Evidence::default();
        self.form(candidate, &mut evidence);
        let sides = self.sides(candidate);
        self.before(candidate, sides, &mut evidence);
        self.after(candidate, sides, &mut evidence);
        self.syntax(candidate, &mut evidence);
        self.recogniser(candidate, &mut evidence);
        evidence
    }
}
