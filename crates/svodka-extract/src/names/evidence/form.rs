//! What a candidate's own form says.

use svodka_model::NameType;

use super::super::candidates::{Candidate, common};
use super::super::page::{Kind, Word, fold};
use super::weight::*;
use super::{Evidence, Witness};

impl Witness<'_> {
    pub(super) fn form(&self, candidate: &Candidate, evidence: &mut Evidence) {
        use NameType::*;
        let words = &self.page.words[candidate.words.clone()];
        // "Cigar Makers' Union No. 90": the number is no head.
        let numbered = |word: &&Word| {
            word.kind >= Kind::Number && word.lower != ")"
                || self.pack.grammar.number_signs.contains(&word.lower)
        };
        let last = words.iter().rev().find(|word| !numbered(word));
        let (Some(first), Some(last)) = (words.first(), last.or(words.last())) else {
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
        let folded = fold(&phrase);
        let given = |word: &Word| tables.given.contains(&word.fold);
        let upper_as_name = self.looks_like_shouted_name(candidate);

        if self.pack.parties.contains(&phrase) || self.pack.parties.contains(&folded) {
            votes.add(Org, SURE);
        }
        if self.pack.writings.contains(&phrase) && !candidate.quoted {
            votes.add(Work, SURE);
        }
        if proper == 1 && (self.pack.abbreviations.contains(&first.lower)) {
            votes.add(Org, SURE);
        }
        if tables.places.contains(&folded) || tables.places.contains(&phrase) {
            votes.add(Place, if proper > 1 { STRONG } else { GOOD + 1.0 });
        } else if tables.towns.contains(&folded) {
            votes.add(Place, FAIR);
        }
        if proper == 1
            && first.kind == Kind::Capital
            && !common(&first.lower, self.pack)
            && let Some(kind) = self.contraction(&first.fold)
        {
            votes.add(kind, GOOD);
            votes.add(Person, -1.0);
        }
        if proper == 1
            && matches!(first.kind, Kind::Upper | Kind::Dotted)
            && !upper_as_name
            && !tables.places.contains(&folded)
            && !tables.towns.contains(&folded)
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
        if proper > 1
            && !headed
            && let Some(kind) = heads
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

    /// "Gubprodkom", "Kremmash": words made of the beginnings of words.
    pub(super) fn contraction(&self, fold: &str) -> Option<NameType> {
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

    /// "ORTEGA" in a report that writes persons in capitals.
    pub(super) fn looks_like_shouted_name(&self, candidate: &Candidate) -> bool {
        let words = &self.page.words[candidate.words.clone()];
        words.len() > 1
            && words
                .iter()
                .all(|word| word.kind == Kind::Upper || word.kind == Kind::Lower)
            || words
                .iter()
                .any(|word| word.kind == Kind::Upper && word.lower.chars().count() > 5)
    }
}
