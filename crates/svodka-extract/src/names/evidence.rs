//! What the words around and in a candidate say of what it names.

use svodka_model::{NameType, Parse, TokenId};
use svodka_pack::NameWords;

use super::candidates::{Candidate, common};
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
use weight::*;

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

/// Whether the noun after the name is one of these.
fn noun_after_is(
    witness: &Witness<'_>,
    sides: Sides,
    words: &std::collections::BTreeSet<String>,
) -> bool {
    witness
        .noun_after(sides)
        .is_some_and(|at| words.contains(witness.lower(at)))
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

    /// The token of the name on which its others hang.
    pub fn root(&self, candidate: &Candidate) -> Option<TokenId> {
        let tokens: Vec<TokenId> = candidate
            .words
            .clone()
            .filter_map(|at| self.page.words[at].token)
            .collect();
        let (first, last) = (*tokens.first()?, *tokens.last()?);
        tokens
            .iter()
            .rev()
            .copied()
            .find(|&token| {
                let head = self.parse.tokens[token].head;
                head == token || head < first || head > last
            })
            .or(Some(last))
    }

    pub fn hear(&self, candidate: &Candidate) -> Evidence {
        let mut evidence = Evidence::default();
        self.form(candidate, &mut evidence);
        let sides = self.sides(candidate);
        self.neighbours(candidate, sides, &mut evidence);
        self.syntax(candidate, &mut evidence);
        self.recogniser(candidate, &mut evidence);
        evidence
    }

    fn form(&self, candidate: &Candidate, evidence: &mut Evidence) {
        use NameType::*;
        let words = &self.page.words[candidate.words.clone()];
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return;
        };
        let votes = &mut evidence.form;
        if let Some(kind) = candidate.certain {
            votes.add(kind, SURE * 1.5);
            return;
        }
        let tables = &self.pack.tables;
        let heads = &self.pack.heads;
        let proper = words
            .iter()
            .filter(|word| word.kind < Kind::Possessive)
            .count();
        let phrase = self.page.phrase(candidate.words.clone());
        let folded = super::page::fold(&phrase);
        let given = |word: &super::page::Word| tables.given.contains(&word.fold);
        let upper_as_name = self.looks_like_shouted_name(candidate);

        if self.pack.parties.contains(&phrase) || self.pack.parties.contains(&folded) {
            votes.add(Org, SURE);
        }
        if proper == 1 && (self.pack.abbreviations.contains(&first.lower)) {
            votes.add(Org, SURE);
        }
        if tables.places.contains(&folded) || tables.places.contains(&phrase) {
            votes.add(Place, if proper > 1 { STRONG } else { GOOD + 1.0 });
        } else if tables.towns.contains(&folded) {
            votes.add(Place, FAIR);
        }
        if proper == 1 && first.kind == Kind::Capital && !common(&first.lower, self.pack) {
            if let Some(kind) = self.contraction(&first.fold) {
                votes.add(kind, GOOD);
                votes.add(Person, -1.0);
            }
        }
        if proper == 1
            && matches!(first.kind, Kind::Upper | Kind::Dotted)
            && !upper_as_name
            && !tables.places.contains(&folded)
        {
            votes.add(Org, GOOD);
        }
        if proper == 1 && first.kind == Kind::Capital && !common(&first.lower, self.pack) {
            let town =
                self.pack.place_endings.iter().any(|end| {
                    first.fold.len() > end.len() + 2 && first.fold.ends_with(end.as_str())
                });
            if town {
                votes.add(Place, FAIR);
            }
        }
        if candidate.inverted {
            votes.add(Person, SURE);
            return;
        }
        let initials = words
            .iter()
            .filter(|word| word.kind == Kind::Initial)
            .count();
        if initials > 0 {
            votes.add(Person, STRONG);
        }
        if proper > 1
            && given(first)
            && heads
                .last_type(&last.lower)
                .is_none_or(|kind| kind != Workplace && kind != Org)
        {
            votes.add(Person, STRONG);
        } else if proper == 1 && given(first) {
            votes.add(Person, FAIR);
        }
        if words.iter().any(|word| {
            self.pack
                .patronymics
                .iter()
                .any(|end| word.lower.len() > end.len() + 3 && word.lower.ends_with(end.as_str()))
        }) {
            votes.add(Person, FAIR);
        }
        let of = words
            .iter()
            .position(|word| self.pack.grammar.links.contains(&word.lower));
        let head = match of {
            Some(at) if at > 0 => words.get(at - 1),
            _ => Some(last),
        };
        let mut headed = false;
        if let Some(head) = head.filter(|_| proper > 1 || candidate.generic) {
            let lower = if head.lower == ")" {
                &first.lower
            } else {
                &head.lower
            };
            if let Some(mut kind) = heads
                .last_type(lower)
                .or_else(|| heads.last_type(&head.fold))
            {
                let before = words
                    .iter()
                    .rev()
                    .skip_while(|word| word.span != head.span)
                    .nth(1);
                if before.is_some_and(|before| {
                    heads
                        .workplace_before
                        .get(lower)
                        .is_some_and(|set| set.contains(&before.lower))
                }) {
                    kind = Workplace;
                }
                votes.add(kind, SURE);
                headed = true;
            }
        }
        if proper > 1 && !headed {
            if let Some(kind) = heads
                .first_type(&first.lower)
                .or_else(|| heads.first_type(&first.fold))
                .or_else(|| heads.first_type(&first.fold.replace('l', "i")))
            {
                votes.add(
                    kind,
                    if first.kind == Kind::Initial {
                        0.0
                    } else {
                        STRONG
                    },
                );
            }
        }
        let surname =
            |lower: &str| {
                self.pack
                    .surname_endings
                    .iter()
                    .any(|end| lower.len() > end.len() + 2 && lower.ends_with(end.as_str()))
                    || self.pack.surname_beginnings.iter().any(|begin| {
                        lower.len() > begin.len() + 2 && lower.starts_with(begin.as_str())
                    })
            };
        if !headed && !common(&last.lower, self.pack) && surname(&last.fold) {
            votes.add(Person, SOME);
        }
        if candidate.quoted {
            let titular = words
                .iter()
                .any(|word| word.kind == Kind::Lower || matches!(word.lower.as_str(), "?" | "!"))
                || self.pack.function_words.contains(&first.lower);
            let foreign_article = proper > 1 && self.pack.foreign_articles.contains(&first.lower);
            if titular && !headed {
                votes.add(Work, GOOD);
            } else if foreign_article && !headed {
                votes.add(Work, FAIR);
            } else {
                votes.add(Work, FAINT);
                votes.add(Org, FAINT);
            }
        } else if proper == 1 && !common(&first.lower, self.pack) {
            votes.add(Person, FAINT);
        } else if proper > 1
            && !headed
            && words
                .iter()
                .all(|word| word.kind == Kind::Possessive || common(&word.lower, self.pack))
        {
            votes.add(Org, SOME);
        }
    }

    /// "Dorprofsozh", "Mashinotrest": words made of the beginnings of words.
    fn contraction(&self, fold: &str) -> Option<NameType> {
        let kinds = &self.pack.contractions;
        let long = |part: &String| fold.len() >= part.len() + 3;
        kinds
            .iter()
            .find(|(_, parts)| {
                parts
                    .first
                    .iter()
                    .any(|part| long(part) && fold.starts_with(part.as_str()))
                    || parts
                        .last
                        .iter()
                        .any(|part| long(part) && fold.ends_with(part.as_str()))
            })
            .map(|(kind, _)| *kind)
    }

    /// "BATISTA" in a report that writes persons in capitals.
    fn looks_like_shouted_name(&self, candidate: &Candidate) -> bool {
        let words = &self.page.words[candidate.words.clone()];
        words.len() > 1
            && words
                .iter()
                .all(|word| word.kind == Kind::Upper || word.kind == Kind::Lower)
            || words
                .iter()
                .any(|word| word.kind == Kind::Upper && word.lower.chars().count() > 5)
    }

    fn neighbours(&self, candidate: &Candidate, sides: Sides, evidence: &mut Evidence) {
        use NameType::*;
        let pack = self.pack;
        let heads = &pack.heads;
        let words = &self.page.words[candidate.words.clone()];
        let folded = super::page::fold(&self.page.phrase(candidate.words.clone()));
        let known_place = pack.tables.places.contains(&folded);
        let votes = &mut evidence.place;
        if candidate.titled {
            votes.add(Person, SURE);
        }
        if let Some(kind) = candidate.outside {
            votes.add(kind, STRONG);
            evidence.here = Some(kind);
        }
        // before
        let before = self.lower_of(sides.before);
        let noun_at = self.noun_before(sides);
        let noun = self.lower_of(noun_at);
        let small = |at: Option<usize>| at.is_some_and(|at| self.kind(at) == Kind::Lower);
        let article = noun_at != sides.before;
        if small(noun_at) && pack.occupations.contains(noun) {
            votes.add(Person, if article { FAINT } else { GOOD + 1.0 });
        } else if small(noun_at)
            && noun
                .strip_suffix('s')
                .is_some_and(|noun| pack.occupations.contains(noun))
        {
            votes.add(Person, if article { 0.0 } else { FAIR });
        }
        if small(noun_at) && !article && pack.strong_naming.contains(noun) {
            votes.add(Person, GOOD + 1.0);
        }
        let signing =
            |at: Option<usize>| at.is_some_and(|at| pack.signing.contains(self.lower(at)));
        if candidate.quoted
            && (signing(sides.before)
                || pack.grammar.as_words.contains(before)
                    && signing(sides.before.and_then(|b| b.checked_sub(1))))
        {
            let plural = words.last().is_some_and(|word| {
                pack.label_endings
                    .iter()
                    .any(|end| end.len() > 3 && word.lower.ends_with(end.as_str()))
            });
            votes.add(
                if words.len() == 1 && !plural {
                    Person
                } else {
                    Org
                },
                if plural { GOOD + 1.0 } else { FAIR },
            );
        }
        if small(sides.before) && !article {
            if let Some(kind) = heads.first_type(before) {
                votes.add(kind, STRONG);
                if kind == Workplace || kind == Work {
                    evidence.here = Some(kind);
                }
            } else if candidate.quoted && heads.last_type(before) == Some(Workplace) {
                votes.add(Workplace, STRONG);
            }
        }
        let of = {
            let at = if article { noun_at } else { sides.before };
            pack.grammar.of.contains(self.lower_of(at))
        };
        if of {
            let at = if article { noun_at } else { sides.before };
            let owner = at.and_then(|at| at.checked_sub(1));
            let owner_word = self.lower_of(owner);
            let numbered = owner.is_some_and(|at| matches!(self.kind(at), Kind::Number))
                || pack.issues.contains(owner_word);
            if heads.first_type(owner_word) == Some(Place) && small(owner) {
                votes.add(Place, STRONG);
            } else if numbered && candidate.quoted {
                votes.add(Work, STRONG);
                let bodily = noun_after_is(self, sides, &pack.body_after);
                if !bodily {
                    evidence.here = Some(Work);
                }
            } else if pack.naming_nouns.contains(owner_word) {
                votes.add(Person, STRONG);
            } else if heads.last_type(owner_word) == Some(Workplace) && small(owner) {
                votes.add(Workplace, GOOD);
            } else if pack.dwellers.contains(owner_word) {
                votes.add(Place, GOOD);
            } else if matches!(owner_word, "," | ")") && !article {
                votes.add(Place, FAIR);
            } else if pack.body_before.contains(owner_word) {
                votes.add(Org, FAIR);
            } else if pack.work_before.contains(owner_word) {
                votes.add(Work, GOOD);
            }
        }
        if small(noun_at) && pack.body_before.contains(noun) && article {
            votes.add(Org, SOME);
        }
        let window: Vec<&str> = sides
            .before
            .map(|at| {
                (at.saturating_sub(4)..=at)
                    .map(|at| self.lower(at))
                    .collect()
            })
            .unwrap_or_default();
        if candidate.quoted && window.iter().any(|word| pack.work_before.contains(*word)) {
            votes.add(Work, FAIR);
        }
        if pack.in_place.contains(before) || pack.in_place.contains(noun) && article {
            votes.add(Place, if article { FAINT } else { FAIR });
        } else if pack.to_place.contains(before) {
            votes.add(Place, FAINT);
        }
        if pack.at_place.contains(before) || pack.at_place.contains(noun) && article {
            votes.add(Workplace, 1.0);
            votes.add(Place, FAINT);
            let prep = if article { noun_at } else { sides.before };
            let whose = prep.and_then(|at| at.checked_sub(1));
            if small(whose) && pack.labour.contains(self.lower_of(whose)) {
                votes.add(Workplace, FAIR);
            }
        }
        let in_work = pack.in_place.contains(noun)
            && article
            && noun_at
                .and_then(|at| at.checked_sub(1))
                .is_some_and(|at| pack.work_before.contains(self.lower(at)));
        if in_work {
            votes.add(Work, GOOD + 1.0);
        }
        // "the Semyannikov should come over", "the Wamesit": persons take no article
        let bare_after = sides.after.is_none_or(|at| {
            !matches!(self.kind(at), Kind::Lower | Kind::Capital | Kind::Upper)
                || self.kind(at) == Kind::Lower
                    && !self.tag(at).starts_with("NN")
                    && !self.tag(at).starts_with("JJ")
        });
        if article
            && pack.grammar.definite.contains(before)
            && bare_after
            && !candidate.titled
            && candidate.outside.is_none()
        {
            votes.add(Person, -GOOD);
            let at_it = noun_at.is_some_and(|at| pack.at_place.contains(self.lower(at)));
            votes.add(
                if candidate.quoted && !at_it {
                    Work
                } else {
                    Workplace
                },
                if candidate.quoted && words.len() > 1 {
                    FAINT
                } else {
                    1.0
                },
            );
        }
        // "the gang sirdar, Budhan,"
        if before == "," {
            let noun = sides.before.and_then(|at| at.checked_sub(1));
            if small(noun) && pack.occupations.contains(self.lower_of(noun)) {
                votes.add(Person, GOOD);
            }
        }
        if candidate.quoted
            && window.iter().any(|word| {
                heads
                    .first
                    .get(&Work)
                    .is_some_and(|set| set.contains(*word))
            })
        {
            votes.add(Work, GOOD);
            evidence.here = Some(Work);
        }
        // after
        let after = self.lower_of(sides.after);
        let noun_after = self.noun_after(sides);
        let noun = self.lower_of(noun_after);
        let possessive = sides
            .after
            .is_some_and(|at| self.kind(at) == Kind::Possessive);
        if possessive {
            votes.add(Person, FAINT);
            let owned = sides.after.is_some_and(|at| {
                (at + 1..at + 4)
                    .take_while(|&at| self.kind(at) == Kind::Lower)
                    .any(|at| pack.belongings.contains(self.lower(at)))
            });
            if owned {
                votes.add(Person, FAIR);
            }
        }
        let verb = noun_after.is_some_and(|at| self.tag(at).starts_with("VB"));
        let known_place = known_place || pack.tables.towns.contains(&folded);
        if !noun.is_empty() && !verb && candidate.certain.is_none() {
            let plural = noun.ends_with('s') && !pack.grammar.no_plurals.contains(noun);
            match heads.last_type(noun) {
                Some(Workplace) if candidate.outside.is_none() => {
                    if known_place && (plural && heads.outside.contains(noun) || possessive) {
                        votes.add(Place, FAIR);
                    } else if !possessive {
                        votes.add(Workplace, GOOD);
                        evidence.here = Some(Workplace);
                    }
                }
                Some(Place) if !possessive => votes.add(Place, FAIR),
                Some(Org) if !possessive => votes.add(Org, FAINT),
                _ => {}
            }
            if !possessive && pack.body_after.contains(noun) {
                votes.add(Org, FAIR);
            }
            if !possessive
                && matches!(noun.strip_suffix('s'), Some(noun) if pack.occupations.contains(noun))
            {
                votes.add(Workplace, 1.0);
                votes.add(Place, FAINT);
                votes.add(Person, -FAIR);
            }
            if pack.work_after.contains(noun) {
                votes.add(Work, SOME);
            }
        }
        // ", a former …", "(a member …)", ", who"
        let inner = sides.after.filter(|_| sides.comma);
        let comma = sides
            .after
            .filter(|_| matches!(after, "," | "(" | "—" | "–"));
        if let Some(first) = comma.map(|at| at + 1).or(inner) {
            let at = first - 1;
            let mut next = first;
            let works = (next..next + 3).find(|&at| {
                self.kind(at) == Kind::Lower && heads.last_type(self.lower(at)) == Some(Workplace)
            });
            if works.is_some()
                && (candidate.quoted || self.page.blocks.len() > 1 && inner.is_some())
            {
                votes.add(Workplace, GOOD);
            }
            let relative = pack.grammar.relatives.contains(self.lower(next));
            if relative && !candidate.quoted {
                votes.add(Person, GOOD);
            }
            if self.kind(next) == Kind::Capital
                && pack.titles.contains(self.lower(next))
                && after == ","
            {
                votes.add(Person, GOOD);
            }
            if (next..next + 3).any(|at| {
                self.kind(at) == Kind::Lower
                    && heads
                        .first
                        .get(&Work)
                        .is_some_and(|set| set.contains(self.lower(at)))
            }) {
                votes.add(Work, GOOD);
            }
            let limit = next + 7;
            while next < limit && self.kind(next) == Kind::Lower {
                if pack.occupations.contains(self.lower(next)) {
                    let opening =
                        pack.grammar.description.contains(self.lower(at + 1)) || next == at + 1;
                    votes.add(Person, if opening { GOOD } else { FAINT });
                    break;
                }
                next += 1;
            }
        }
        if pack.grammar.emphatics.contains(after) {
            votes.add(Person, GOOD);
        }
    }

    fn syntax(&self, candidate: &Candidate, evidence: &mut Evidence) {
        use NameType::*;
        let Some(root) = self.root(candidate) else {
            return;
        };
        let tokens = &self.parse.tokens;
        let mut top = root;
        for _ in 0..12 {
            if tokens[top].dep == "conj" && tokens[top].head != top {
                top = tokens[top].head;
            } else {
                break;
            }
        }
        let head = &tokens[tokens[top].head];
        let votes = &mut evidence.place;
        match tokens[top].dep.as_str() {
            "nsubj" if self.pack.human_verbs.contains(head.lemma.as_str()) => {
                votes.add(Person, FAIR);
                votes.add(Org, FAINT);
            }
            "nsubj" => votes.add(Person, FAINT),
            "nsubjpass" | "dobj" | "dative"
                if self.pack.done_to_persons.contains(head.lemma.as_str()) =>
            {
                votes.add(Person, FAIR);
            }
            "pobj" if self.pack.grammar.personal.contains(head.lemma.as_str()) => {
                votes.add(Person, FAINT);
            }
            _ => {}
        }
        if matches!(tokens[top].dep.as_str(), "dobj" | "nsubjpass")
            && candidate.quoted
            && self.pack.work_verbs.contains(head.lemma.as_str())
        {
            votes.add(Work, FAIR);
        }
    }

    fn recogniser(&self, candidate: &Candidate, evidence: &mut Evidence) {
        let Some(last) = candidate
            .words
            .clone()
            .rev()
            .find_map(|at| self.page.words[at].token)
        else {
            return;
        };
        for proposal in &self.parse.proposals {
            if proposal.tokens.start > last {
                break;
            }
            if !proposal.tokens.contains(&last) {
                continue;
            }
            if candidate.quoted && matches!(proposal.label.as_str(), "GPE" | "LOC") {
                continue;
            }
            let (kind, weight) = match proposal.label.as_str() {
                "PERSON" => (NameType::Person, SOME),
                "GPE" | "LOC" => (NameType::Place, 1.0),
                "ORG" => (NameType::Org, FAINT),
                "WORK_OF_ART" => (NameType::Work, FAINT),
                "EVENT" => (NameType::Event, FAINT),
                _ => continue,
            };
            evidence.place.add(kind, weight);
        }
    }
}
