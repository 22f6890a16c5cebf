//! Cutting a run of capitals to the names in it.

use std::ops::Range;

use svodka_model::{BlockKind, NameType};

use super::super::page::Kind;
use super::{Candidate, Finder, plain_candidate};

impl Finder<'_> {
    /// Cuts a run to its names.
    pub(super) fn settle(&mut self, range: Range<usize>, end: usize, titled: bool) {
        let block = self.page.words[range.start].block;
        let look = self.page.looks[block];
        let heading = look.all_caps || look.title_case;
        // Two abbreviations side by side.
        if let Some(cut) = (range.start + 1..range.end).find(|&at| {
            self.pack.abbreviations.contains(self.lower(at))
                && self.pack.abbreviations.contains(self.lower(at - 1))
        }) {
            self.settle(range.start..cut, cut, titled);
            self.settle(cut..range.end, end, false);
            return;
        }
        // "the Municipal Board Vasily Tyrtov"
        if let Some(cut) = (range.start + 1..range.end.saturating_sub(1)).find(|&at| {
            self.pack.tables.given.contains(&self.page.words[at].fold)
                && !self.common(at + 1)
                && matches!(self.head(at - 1), Some(NameType::Org | NameType::Workplace))
                && self.kind(at + 1) != Kind::Lower
        }) {
            self.settle(range.start..cut, cut, titled);
            self.settle(cut..range.end, end, false);
            return;
        }
        let mut range = range;
        let whole_block = self.page.blocks[block].clone();
        let matter = matches!(
            self.layout.blocks[block].kind,
            BlockKind::Matter | BlockKind::Title
        ) && range.end >= whole_block.end
            && range.start <= whole_block.start + 1;
        if heading && !titled {
            let known = self.is_known_phrase(range.clone());
            let body = self.head(range.end - 1).is_some() && range.len() > 1
                || self.pack.heads.first_type(self.lower(range.start)) == Some(NameType::Org)
                    && range.len() > 2;
            let matter = matter
                || !matches!(
                    self.layout.blocks[block].kind,
                    BlockKind::Heading { .. } | BlockKind::Title
                );
            let proper = |at: usize| {
                self.kind(at) != Kind::Possessive
                    && self.kind(at) != Kind::Mark
                    && (!self.common(at)
                        || self.kind(at) == Kind::Initial
                        || self.pack.abbreviations.contains(self.lower(at))
                        || self.in_known_place(at)
                        || self.pack.tables.given.contains(&self.page.words[at].fold))
            };
            let frame = range.len() == 1
                && self.layout.blocks[block].kind == BlockKind::Matter
                && self.head(range.start) == Some(NameType::Org)
                && !look.all_caps;
            let body = body || frame;
            let some_proper = range.clone().any(proper);
            if !(known || body && (matter || some_proper)) {
                while !range.is_empty() && !proper(range.start) {
                    range.start += 1;
                }
                while !range.is_empty() && !proper(range.end - 1) {
                    range.end -= 1;
                }
            }
            if range.is_empty() {
                return;
            }
        }
        let mut trimmed = false;
        let saint = range.len() > 2 && self.pack.grammar.saints.contains(self.lower(range.end - 3));
        // "Rake Head factory", and "at Rake Head" after it
        let works = |range: &Range<usize>| {
            self.kind(range.end) == Kind::Lower
                && range.end < end
                && self.head(range.end) == Some(NameType::Workplace)
                || self.found.has_pair(self.page, range.clone())
        };
        while range.len() > 1
            && !saint
            && !(range.len() == 2 && works(&range))
            && (matches!(self.kind(range.end - 1), Kind::Possessive | Kind::Mark)
                || self.pack.no_names.contains(self.lower(range.end - 1))
                    && self.head(range.end - 1).is_none()
                || self.pack.titles.contains(self.lower(range.end - 1))
                    && self.kind(range.end - 1) == Kind::Capital
                    && self.head(range.end - 1).is_none()
                    && self.common(range.end - 1))
        {
            range.end -= 1;
            trimmed = true;
        }
        if trimmed
            && (range.clone().all(|at| self.common(at))
                || self.pack.no_names.contains(self.lower(range.start)) && range.len() == 1)
        {
            return;
        }
        let mut outside = None;
        let last = range.end - 1;
        if range.len() > 1
            && self.pack.heads.outside.contains(self.lower(last))
            && self.kind(last) != Kind::Lower
        {
            let bare = range.len() == 2 && !self.common(range.start)
                || range.len() > 2
                    && (range.start..last)
                        .all(|at| self.kind(at) == Kind::Lower || !self.common(at));
            let ordinal = self
                .pack
                .ordinals
                .iter()
                .any(|word| word == self.lower(range.start));
            if bare && !ordinal && self.kind(last - 1) != Kind::Possessive {
                outside = self.head(last);
                range.end = last;
            }
        }
        let initials = range.clone().all(|at| self.kind(at) == Kind::Initial);
        let dots = self
            .page
            .span(range.clone())
            .of(self.page.text)
            .matches('.')
            .count();
        let known_initial = || self.found.has_quoted(self.page, range.clone());
        if initials && dots < 2 && !known_initial() {
            return;
        }
        let generic = range.len() == 1
            && !self.pack.parties.contains(self.lower(range.start))
            && !titled
            && outside.is_none()
            && !self.pack.writings.contains(self.lower(range.start))
            && !self.pack.heads.inside.contains(self.lower(range.end))
            && (self.head(range.start).is_some()
                || self
                    .pack
                    .heads
                    .first_type(self.lower(range.start))
                    .is_some())
            && self.common(range.start);
        if range.len() == 1 && !titled && outside.is_none() && !initials {
            let word = &self.page.words[range.start];
            let bare_start = word.starts || heading;
            let letters = word.lower.chars().filter(|c| c.is_alphabetic()).count();
            let lone = matter
                && look.all_caps
                && !self.pack.tables.places.contains(&word.fold)
                && !self.pack.tables.towns.contains(&word.fold);
            let adjective = self.common(range.start)
                && !generic
                && self.kind(range.end) == Kind::Lower
                && range.end < end
                && !self.pack.parties.contains(&word.lower)
                && !self.pack.function_words.contains(self.lower(range.end))
                && self.head(range.end).is_none();
            let of_title = self.common(range.start)
                && self.pack.titles.contains(self.lower(range.end))
                && self.kind(range.end) == Kind::Capital;
            if letters < 2
                || of_title
                || lone
                || adjective
                || self.labels_a_person(range.start, range.start)
            {
                return;
            }
            if self.common(range.start)
                && bare_start
                && !generic
                && !self.pack.tables.given.contains(&word.fold)
                && !self.pack.abbreviations.contains(&word.lower)
                && !self.pack.parties.contains(&word.lower)
                && (!self.capitalised.contains(word.lower.as_str())
                    || self.small.contains(word.lower.as_str()))
            {
                return;
            }
            if self.pack.occupations.contains(&word.lower)
                || self
                    .pack
                    .occupations
                    .contains(word.lower.trim_end_matches('s'))
            {
                return;
            }
        }
        // "till 1922 a Left SR, assures …"
        if range.len() == 2
            && self.pack.abbreviations.contains(self.lower(range.end - 1))
            && self.labels_a_person(range.start, range.end - 1)
        {
            return;
        }
        // "American Consul General"
        if range.len() == 1
            && !titled
            && !generic
            && self.kind(range.start) == Kind::Capital
            && self.pack.may_begin.contains(self.lower(range.start))
            && self.pack.titles.contains(self.lower(range.end))
        {
            return;
        }
        // "the President of Police von Bergfeld"
        let noble = range.start.checked_sub(1).is_some_and(|at| {
            self.page.words[at].block == block
                && self.kind(at) == Kind::Lower
                && self.pack.nobiliary.contains(self.lower(at))
        });
        if noble && self.head(range.end - 1).is_none() {
            range.start -= 1;
        }
        let mut candidate = Candidate {
            titled: titled || noble,
            outside,
            generic,
            ..plain_candidate(range)
        };
        if candidate.words.len() > 1
            && (self
                .pack
                .no_names
                .contains(&self.page.phrase(candidate.words.clone()))
                || candidate.words.clone().all(|at| self.common(at))
                    && self.head(candidate.words.end - 1).is_none()
                    && self.pack.titles.contains(self.lower(candidate.words.end)))
        {
            return;
        }
        self.extend(&mut candidate, end);
        self.found.push(self.page, candidate);
    }

    /// "a discharged Cameronian": an article before a single capital, and no noun after it.
    pub(super) fn labels_a_person(&self, at: usize, last: usize) -> bool {
        let block = self.page.words[at].block;
        let before = |back: usize| {
            at.checked_sub(back)
                .filter(|&at| self.page.words[at].block == block)
                .map_or("", |at| self.lower(at))
        };
        let article = |word: &str| self.pack.grammar.indefinite.contains(word);
        let plain_middle = !self.pack.occupations.contains(before(1))
            && !self.pack.naming.contains(before(1))
            && !self.pack.strong_naming.contains(before(1))
            && at > 0
            && self.kind(at - 1) == Kind::Lower;
        (article(before(1)) || article(before(2)) && plain_middle)
            && (self.kind(last + 1) == Kind::Mark
                || self.pack.function_words.contains(self.lower(last + 1)))
            && self.kind(at) == Kind::Capital
    }

    /// Whether the same words stand elsewhere in a sentence of ordinary look.
    pub(super) fn is_known_phrase(&self, range: Range<usize>) -> bool {
        self.written.phrase(self.page, range)
    }

    /// Takes in what belongs to the name after it: "district", "(Bolsheviks)", ", Ivan".
    pub(super) fn extend(&self, candidate: &mut Candidate, end: usize) {
        let heads = &self.pack.heads;
        let next = candidate.words.end;
        if next >= end {
            return;
        }
        let last = candidate.words.end - 1;
        if candidate.outside.is_none() && !candidate.titled && self.kind(last) != Kind::Initial {
            let mut head = next;
            while head < end
                && head < next + 2
                && self.kind(head) == Kind::Lower
                && heads.between.contains(self.lower(head))
            {
                head += 1;
            }
            let small = self.kind(head) == Kind::Lower && heads.inside.contains(self.lower(head))
                || self.kind(head) == Kind::Lower
                    && head + 1 < end
                    && heads.inside.contains(&self.page.phrase(head..head + 2));
            if head < end && small {
                let two = !heads.inside.contains(self.lower(head));
                let mut to = head + 1 + usize::from(two);
                if self.lower(head + 1) == "." && self.pack.dotted.contains(self.lower(head)) {
                    to += 1;
                }
                candidate.words.end = to;
                candidate.certain = Some(if two {
                    NameType::Workplace
                } else {
                    NameType::Place
                });
                return;
            }
        }
        if self.lower(next) == "("
            && self.lower(next + 2) == ")"
            && self.pack.parties.contains(self.lower(next + 1))
            && self.pack.grammar.winged.contains(self.lower(last))
        {
            candidate.words.end = next + 3;
            candidate.certain = Some(NameType::Org);
            return;
        }
        // "Rebrov, Ivan" before a dash, comma or the end of a sentence
        let given = next + 1;
        let patronymic = usize::from(
            given + 1 < end
                && self.kind(given + 1) == Kind::Capital
                && self.pack.patronymics.iter().any(|ending| {
                    self.lower(given + 1).len() > ending.len() + 3
                        && self.lower(given + 1).ends_with(ending.as_str())
                }),
        );
        if candidate.words.len() == 1
            && self.lower(next) == ","
            && given < end
            && self.kind(given) == Kind::Capital
            && self.kind(last) == Kind::Capital
            && self
                .pack
                .tables
                .given
                .contains(&self.page.words[given].fold)
            && !self.pack.tables.given.contains(&self.page.words[last].fold)
            && !self
                .pack
                .tables
                .places
                .contains(&self.page.words[last].fold)
            && self.head(last).is_none()
            && !self.pack.no_names.contains(self.lower(given))
            && !matches!(
                self.kind(given + 1 + patronymic),
                Kind::Capital | Kind::Possessive | Kind::Upper | Kind::Initial
            )
            && !self
                .pack
                .grammar
                .and
                .contains(self.lower(given + 1 + patronymic))
        {
            candidate.words.end = given + 1 + patronymic;
            candidate.inverted = true;
        }
    }
}
