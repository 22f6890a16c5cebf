//! Names with a number: sections, mines, congresses.

use std::ops::Range;

use svodka_model::NameType;

use super::super::page::Kind;
use super::{Candidate, Finder, plain_candidate};

impl Finder<'_> {
    pub(super) fn numbered(&mut self, at: usize, end: usize) -> Option<usize> {
        let heads = &self.pack.heads;
        // "mine No. 17-bis"
        if heads.carry_number.contains(self.lower(at)) && at + 1 < end {
            let no = usize::from(self.pack.grammar.number_signs.contains(self.lower(at + 1)));
            let dot = usize::from(no == 1 && self.lower(at + 2) == ".");
            let number = at + 1 + no + dot;
            let counts = self.kind(number) == Kind::Number && number < end;
            if counts && (no == 1 || self.kind(at) == Kind::Capital) {
                self.push_certain(
                    at..number + 1,
                    self.head(at).or(heads.first_type(self.lower(at))),
                );
                return Some(number + 1);
            }
        }
        // "No. 2 Incline"
        if self.pack.grammar.number_signs.contains(self.lower(at)) && self.kind(at) != Kind::Lower {
            let number = at + 1 + usize::from(self.lower(at + 1) == ".");
            let head = number + 1;
            let works = head < end
                && self.kind(number) == Kind::Number
                && self.kind(head) == Kind::Capital
                && matches!(self.head(head), Some(NameType::Workplace | NameType::Org));
            if works {
                self.push_certain(at..head + 1, self.head(head));
                return Some(head + 1);
            }
        }
        let spelled = self.kind(at) == Kind::Lower
            && self.pack.ordinals.iter().any(|word| word == self.lower(at));
        if self.kind(at) != Kind::Ordinal && !spelled {
            return None;
        }
        let numbered = |head: usize| {
            head < end
                && self.kind(head) == Kind::Lower
                && heads.numbered.contains(self.lower(head))
        };
        if numbered(at + 1)
            && (!spelled
                || self.is_of(at + 2) && self.pack.grammar.definite.contains(self.lower(at + 3)))
        {
            self.push_certain(at..at + 2, self.numbered_type(at + 1));
            return Some(at + 2);
        }
        if self.kind(at) != Kind::Ordinal {
            return None;
        }
        // "the congresses (10th, 11th and 12th)"
        let block = self.page.blocks[self.page.words[at].block].clone();
        let opened = self.page.words[block.start..at]
            .iter()
            .rev()
            .take(6)
            .take_while(|word| {
                matches!(word.kind, Kind::Ordinal)
                    || matches!(word.lower.as_str(), "," | "(")
                    || self.pack.grammar.and.contains(&word.lower)
            })
            .any(|word| word.lower == "(");
        let event = || {
            self.page.words[at.saturating_sub(12).max(block.start)..at]
                .iter()
                .any(|word| {
                    word.kind == Kind::Lower
                        && heads.last.get(&NameType::Event).is_some_and(|set| {
                            (2..=word.lower.len().min(12)).rev().any(|cut| {
                                word.lower.get(..cut).is_some_and(|stem| set.contains(stem))
                            })
                        })
                })
        };
        if opened && event() {
            self.push_certain(at..at + 1, Some(NameType::Event));
            return Some(at + 1);
        }
        // "18th and 1st sections"
        let mut head = at + 1;
        while head < end
            && (self.kind(head) == Kind::Ordinal
                || self.lower(head) == ","
                || self.pack.grammar.and.contains(self.lower(head)))
        {
            head += 1;
        }
        if head > at + 2 && numbered(head) {
            self.push_certain(at..at + 1, self.numbered_type(head));
            return Some(at + 1);
        }
        // "145th Novocherkassk Regiment", "12th Congress"
        let stretch = self.stretch(at + 1, end);
        let last = stretch.end.saturating_sub(1);
        let kind = self.head(last).filter(|_| !stretch.is_empty())?;
        let before = self.lower(last.saturating_sub(1));
        let made = heads
            .workplace_before
            .get(self.lower(last))
            .is_some_and(|set| set.contains(before));
        let event = heads
            .last
            .get(&NameType::Event)
            .is_some_and(|set| set.contains(self.lower(last)));
        let kind = if made {
            NameType::Workplace
        } else if event {
            NameType::Event
        } else {
            kind
        };
        self.push_certain(at..stretch.end, Some(kind));
        Some(stretch.end)
    }

    pub(super) fn numbered_type(&self, head: usize) -> Option<NameType> {
        let kind = self.head(head);
        Some(
            kind.filter(|&kind| kind == NameType::Place)
                .unwrap_or(NameType::Workplace),
        )
    }

    pub(super) fn push_certain(&mut self, words: Range<usize>, certain: Option<NameType>) {
        let candidate = Candidate {
            certain,
            ..plain_candidate(words)
        };
        self.found.push(self.page, candidate);
    }
}
