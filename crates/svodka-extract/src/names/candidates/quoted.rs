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
        // "J. Francis, Poste Restante"
        if self.kind(from) == Kind::Initial
            && let Some(comma) = (from..to).find(|&at| self.lower(at) == ",")
            && comma > from + 1
        {
            to = comma;
        }
        if self.is_speech(from..to, close, end) {
            return None;
        }
        let mut titled = false;
        // A nickname keeps its title.
        let nickname = to == from + 2 && self.kind(from + 1) == Kind::Capital;
        while to > from + 1
            && !nickname
            && self.pack.titles.contains(self.lower(from))
            && self.kind(from + 1) != Kind::Lower
        {
            titled = true;
            from += 1;
        }
        if !self.is_title(from..to) {
            return None;
        }
        let candidate = Candidate {
            quoted: true,
            titled,
            ..plain_candidate(from..to)
        };
        self.found.push(self.page, candidate);
        Some(close + 1)
    }

    /// "Name him!" they yelled; "Moonshine," says Lathrop.
    fn is_speech(&self, range: Range<usize>, close: usize, end: usize) -> bool {
        let words = &self.page.words[range.clone()];
        let exclaims =
            self.lower(range.end - 1) == "!" && words.iter().any(|w| w.kind == Kind::Lower);
        let after = (close + 1..end.min(close + 4))
            .take_while(|&at| self.kind(at) == Kind::Lower)
            .any(|at| {
                let word = self.lower(at);
                let stem = |end: &str| word.strip_suffix(end).unwrap_or(word);
                ["s", "ed", "d"]
                    .iter()
                    .any(|end| self.pack.speaking.contains(stem(end)))
                    || self.pack.speaking.contains(word)
            });
        after && (exclaims || self.lower(close - 1) == "," || self.lower(close - 1) == "!")
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
            return !self.pack.function_words.contains(&first.lower)
                && !self.pack.no_names.contains(&first.lower)
                && first.kind < Kind::Ordinal;
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
