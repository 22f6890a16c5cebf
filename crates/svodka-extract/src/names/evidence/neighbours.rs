//! What the words before and after a candidate say.

use svodka_model::NameType;
use svodka_pack::Words;

use super::super::candidates::Candidate;
use super::super::page::{Kind, fold};
use super::weight::*;
use super::{Evidence, Sides, Votes, Witness};

impl Witness<'_> {
    pub(super) fn before(&self, candidate: &Candidate, sides: Sides, evidence: &mut Evidence) {
        use NameType::*;
        let pack = self.pack;
        let heads = &pack.heads;
        let words = &self.page.words[candidate.words.clone()];
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
        // A sentence may begin with the noun: "Agent Kedr", "Shipyard “Red Kama”".
        let small = |at: Option<usize>| {
            at.is_some_and(|at| {
                self.kind(at) == Kind::Lower
                    || self.kind(at) == Kind::Capital && self.page.words[at].starts
            })
        };
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
        let known = {
            let folded = fold(&self.page.phrase(candidate.words.clone()));
            pack.tables.places.contains(&folded) || pack.tables.towns.contains(&folded)
        };
        // "one Bideau in the chair"
        let one =
            before == "one" && !candidate.quoted && self.kind(candidate.words.start) != Kind::Upper;
        if one && !known {
            votes.add(Person, STRONG);
        }
        let signing =
            |at: Option<usize>| at.is_some_and(|at| pack.signing.contains(self.lower(at)));
        if candidate.quoted && self.self_styled(sides.before) {
            votes.add(Org, STRONG);
            evidence.here = Some(Org);
        } else if candidate.quoted
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
            } else if pack.belongings.contains(owner_word)
                && !pack.body_before.contains(owner_word)
                && !known
                && !article
            {
                votes.add(Person, FAIR);
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
        let from_place = sides
            .before
            .and_then(|at| at.checked_sub(1))
            .is_some_and(|at| pack.from_places.contains(self.lower(at)));
        if from_place && (pack.to_place.contains(before) || pack.in_place.contains(before)) {
            votes.add(Place, GOOD);
        }
        if pack.in_place.contains(before) || pack.in_place.contains(noun) && article {
            votes.add(Place, if article { FAINT } else { FAIR });
        } else if pack.to_place.contains(before) {
            votes.add(Place, FAINT);
        }
        if known && !article && (pack.at_place.contains(before) || pack.in_place.contains(before)) {
            votes.add(Place, 1.0);
        }
        // A dispatch's place: "TROY, N. Y., May 7".
        let next = candidate.words.end;
        let opens = self.page.blocks[self.page.words[candidate.words.start].block].clone();
        let marks_only = (opens.start..candidate.words.start).all(|at| self.kind(at) == Kind::Mark);
        if marks_only && self.lower(next) == "," && next + 1 < opens.end {
            let two = self.page.phrase(next + 1..(next + 3).min(opens.end));
            let month = pack.no_names.contains(self.lower(next + 1))
                && pack.tables.given.contains(&self.page.words[next + 1].fold)
                && self.kind(next + 2) >= Kind::Ordinal;
            if month || pack.regions.contains(&two) || pack.regions.contains(self.lower(next + 1)) {
                votes.add(Place, STRONG);
            }
        }
        if pack.at_place.contains(before) || pack.at_place.contains(noun) && article {
            votes.add(Workplace, 1.0);
            votes.add(Place, FAINT);
            let prep = if article { noun_at } else { sides.before };
            let whose = prep.and_then(|at| at.checked_sub(1));
            // "the plants at Cornigliano"
            if small(whose) && !article && heads.last_type(self.lower_of(whose)) == Some(Workplace)
            {
                votes.add(Place, GOOD);
            }
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
        // "the Vulkan should come over", "the Anvil": persons take no article
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
            let ordinary = !candidate.quoted
                && words.len() == 1
                && super::super::candidates::common(&words[0].lower, pack);
            // A newspaper: "the Star", "the Northern Star".
            let paper = !candidate.quoted
                && !candidate.generic
                && words
                    .last()
                    .is_some_and(|word| heads.last_type(&word.lower) == Some(Work));
            votes.add(
                if candidate.quoted && !at_it {
                    Work
                } else {
                    Workplace
                },
                if ordinary || paper {
                    0.0
                } else if candidate.quoted && words.len() > 1 {
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
    }

    pub(super) fn after(&self, candidate: &Candidate, sides: Sides, evidence: &mut Evidence) {
        use NameType::*;
        let pack = self.pack;
        let heads = &pack.heads;
        let folded = fold(&self.page.phrase(candidate.words.clone()));
        let known_place = pack.tables.places.contains(&folded);
        let votes = &mut evidence.place;
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
        let articled = self.noun_before(sides) != sides.before;
        let headed = heads
            .last_type(self.lower(candidate.words.end - 1))
            .is_some();
        let verb = noun_after.is_some_and(|at| {
            let followed = matches!(self.kind(at + 1), Kind::Mark);
            self.tag(at).starts_with("VB")
                && !(pack.grammar.no_plurals.contains(self.lower(at))
                    && !headed
                    && (articled || followed))
        });
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
            let article = self.noun_before(sides) != sides.before;
            let town = article
                && !possessive
                && !candidate.quoted
                && !candidate.titled
                && candidate.words.len() <= 2
                && self.kind(candidate.words.start) == Kind::Capital;
            if town && pack.of_places.contains(noun) {
                votes.add(Place, FAIR);
                votes.add(Person, -FAIR);
            } else if town {
                votes.add(Person, -1.0);
            }
            if article && !possessive && pack.reporters.contains(noun) && !votes_person(votes) {
                votes.add(Org, FAIR);
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
}

/// Whether a person is the likeliest so far.
fn votes_person(votes: &Votes) -> bool {
    votes.best() == (NameType::Person, votes.of(NameType::Person))
        && votes.of(NameType::Person) > 0.0
}

/// Whether the noun after the name is one of these.
fn noun_after_is(witness: &Witness<'_>, sides: Sides, words: &Words) -> bool {
    witness
        .noun_after(sides)
        .is_some_and(|at| words.contains(witness.lower(at)))
}
