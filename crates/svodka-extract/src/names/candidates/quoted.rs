//! Titles and names in quotation marks.

use std::ops::Range;

use super::super::page::{Kind, closes_quote, opens_quote};
use super::{Candidate, Finder, plain_candidate};

/// In words; longer ones are speech.
const LONGEST_TITLE: usize = 12;

impl Finder<'_> {
    pub(super) fn quoted(&mut self, open: usize, end: usize) -> Option<usize> {
        let words = &self.page.words;
        let mark = self
            .lower(open)
            .chars()
            .next()
            .filter(|&c| self.kind(open) == Kind::Mark && opens_quote(c))?;
        let next = words.get(open + 1).filter(|_| open + 1 < end)?;
        let touches_next = next.span.start == words[open].span.end;
        let touches_last = open > 0
            && words[open - 1].span.end == words[open].span.start
            && words[open - 1].kind != Kind::Mark;
        if !touches_next || touches_last {
            return None;
        }
        let close = (open + 1..end.min(open + 2 + 2 * LONGEST_TITLE)).find(|&at| {
            self.kind(at) == Kind::Mark
                && self
                    .lower(at)
                    .chars()
                    .next()
                    .is_some_and(|c| closes_quote(c) && (mark != '"' || c == '"'))
        })?;
        let mut from = open + 1;
        let mut to = close;
        while to > from
            && self.kind(to - 1) == Kind::Mark
            && !matches!(self.lower(to - 1), "?" | "!" | ")")
        {
            to -= 1;
        }
        let mut titled = false;
        while to > from + 1
            && self.pack.titles.contains(self.lower(from))
            && self.kind(from + 1) != Kind::Lower
        {
            titled = true;
            from += 1;
        }
        if !self.is_title(from..to) {
            return None;
        }
        self.found.push(Candidate {
            quoted: true,
            titled,
            ..plain_candidate(from..to)
        });
        Some(close + 1)
    }

    /// Whether the words in quotation marks look like a name rather than like speech.
    pub(super) fn is_title(&self, range: Range<usize>) -> bool {
        let words = &self.page.words[range.clone()];
        let Some(first) = words.first() else {
            return false;
        };
        let proper = words
            .iter()
            .filter(|word| word.kind < Kind::Ordinal && word.kind != Kind::Lower)
            .count();
        let counted = words
            .iter()
            .filter(|word| word.kind < Kind::Possessive)
            .count();
        if counted > LONGEST_TITLE
            || proper == 0
            || !(Kind::Capital..=Kind::Number).contains(&first.kind)
        {
            return false;
        }
        if counted == 1 {
            return !self.pack.function_words.contains(&first.lower) && first.kind < Kind::Ordinal;
        }
        let last = range.end - 1;
        range.clone().all(|at| match self.kind(at) {
            Kind::Lower => {
                self.pack.function_words.contains(self.lower(at))
                    || self.pack.particles.contains(self.lower(at))
            }
            Kind::Mark => match self.lower(at) {
                "?" | "!" => at == last,
                "," | "(" | ")" | "&" | "'" | "-" => true,
                _ => false,
            },
            _ => true,
        }) && words.iter().any(|word| {
            word.kind < Kind::Ordinal && !self.pack.function_words.contains(&word.lower)
        })
    }
}
