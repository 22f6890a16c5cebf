//! Firms and works that bear their owners' or their patrons' names, and short names of regions.

use std::ops::Range;

use svodka_model::NameType;

use super::super::page::Kind;
use super::Finder;

impl Finder<'_> {
    /// "at Messrs. Pollard and Crook", "Messrs. Halstead's people"; later "Pollard and Crook" alone.
    pub(super) fn firm(&mut self, at: usize, range: &Range<usize>, end: usize) -> Option<usize> {
        let title = self.pack.firm_titles.contains(self.lower(at));
        let first = at + usize::from(title);
        if first >= range.end {
            return None;
        }
        let partner = |at: usize| {
            at < end
                && matches!(self.kind(at), Kind::Capital | Kind::Upper)
                && self.head(at).is_none()
                && !self.pack.function_words.contains(self.lower(at))
                && !self.pack.titles.contains(self.lower(at))
        };
        if !partner(first) {
            return None;
        }
        let mut last = first;
        loop {
            let mut next = last + 1;
            let comma = usize::from(self.lower(next) == ",");
            next += comma;
            let and = self.pack.grammar.and.contains(self.lower(next)) || self.lower(next) == "&";
            next += usize::from(and);
            let joined = and || comma == 1 && title;
            let alone = !matches!(
                self.kind(next + 1),
                Kind::Capital | Kind::Upper | Kind::Initial
            );
            if joined && partner(next) && alone {
                last = next;
            } else {
                break;
            }
            if and {
                break;
            }
        }
        let name = self.page.phrase(first..last + 1);
        let known = !title && last > first && self.firms.contains(&name);
        let owned = self.kind(last + 1) == Kind::Possessive;
        let before = at.checked_sub(1).map_or("", |before| self.lower(before));
        let placed = self.pack.firm_before.contains(before)
            && !matches!(self.kind(last + 1), Kind::Capital | Kind::Upper);
        let whole = range.end <= last + 1;
        let head =
            self.kind(last + 1) == Kind::Lower && self.head(last + 1) == Some(NameType::Workplace);
        if !(known || title && whole && (owned || placed || head)) {
            return None;
        }
        if last > first {
            self.firms.insert(name);
        }
        self.push_certain(first..last + 1, Some(NameType::Workplace));
        Some(last + 1)
    }

    /// "Paper factory named after Comrade Tomsky", "Glassworks named after Uritsky".
    pub(super) fn named_after(&mut self, at: usize, end: usize) -> Option<usize> {
        let word = &self.page.words[at];
        let proud = self.kind(at) == Kind::Capital && self.common(at);
        if !(proud || self.kind(at) == Kind::Lower && self.head(at).is_some()) {
            return None;
        }
        let mut head = at;
        while head < end
            && head < at + 3
            && self.head(head) != Some(NameType::Workplace)
            && matches!(self.kind(head), Kind::Lower | Kind::Capital)
            && !self.pack.function_words.contains(self.lower(head))
        {
            head += 1;
        }
        if head >= end || self.head(head) != Some(NameType::Workplace) {
            return None;
        }
        let after = (2..=4).rev().find_map(|length| {
            let to = head + 1 + length;
            (to < end
                && self
                    .pack
                    .named_after
                    .contains(&self.page.phrase(head + 1..to)))
            .then_some(to)
        })?;
        let mut name = after;
        while name < end && self.pack.titles.contains(self.lower(name)) {
            name += 1;
        }
        let name = name + usize::from(self.pack.grammar.definite.contains(self.lower(name)));
        let stretch = self.stretch(name, end);
        if stretch.is_empty() || word.block != self.page.words[stretch.start].block {
            return None;
        }
        self.push_certain(at..stretch.end, Some(NameType::Workplace));
        Some(stretch.end)
    }

    /// "TROY, N. Y.": the short name of a state after a place.
    pub(super) fn region(&mut self, at: usize, end: usize) -> Option<usize> {
        let comma = at > 1
            && self.lower(at - 1) == ","
            && matches!(self.kind(at - 2), Kind::Capital | Kind::Upper);
        if !comma {
            return None;
        }
        for length in [2, 1] {
            let to = at + length;
            let stretch = (Kind::Capital..=Kind::Dotted).contains(&self.kind(at))
                && to <= end
                && self.pack.regions.contains(&self.page.phrase(at..to));
            let free = !matches!(self.kind(to), Kind::Capital | Kind::Initial);
            if stretch && (free || to == end) {
                self.push_certain(at..to, Some(NameType::Place));
                return Some(to);
            }
        }
        None
    }
}
