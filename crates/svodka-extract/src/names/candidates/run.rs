//! Runs of capitalised words: where they begin, what holds them together, where they end.

use std::ops::Range;

use svodka_model::NameType;

use super::super::page::Kind;
use super::Finder;

impl Finder<'_> {
    /// Whether a word can stand in a run of capitals.
    pub(super) fn eligible(&self, at: usize, end: usize) -> bool {
        if at >= end || !(Kind::Capital..=Kind::Dotted).contains(&self.kind(at)) {
            return false;
        }
        let word = &self.page.words[at];
        if self.kind(at) == Kind::Initial {
            return true;
        }
        if self.kind(at) == Kind::Dotted {
            return !self.pack.no_names.contains(&word.lower);
        }
        if self.in_known_place(at) {
            return true;
        }
        let shouted = self.page.looks[word.block].all_caps;
        if self.kind(at) == Kind::Upper && !shouted && self.pack.abbreviations.contains(&word.lower)
        {
            return true;
        }
        if self.pack.function_words.contains(&word.lower)
            || word.lower.chars().all(|c| "ivx".contains(c))
        {
            return false;
        }
        if word.lower.contains('-')
            && word
                .lower
                .split('-')
                .all(|part| self.pack.no_names.contains(part))
        {
            return false;
        }
        let previous = at.checked_sub(1).map_or("", |before| self.lower(before));
        let surname_next = at + 1 < end
            && self.kind(at + 1) == Kind::Capital
            && !self.common(at + 1)
            && !self.pack.titles.contains(self.lower(at + 1))
            && !self.pack.function_words.contains(previous)
            || self.pack.kinship.contains(previous);
        // "one August Riehl", but "in August Riehl"
        let month =
            self.pack.no_names.contains(&word.lower) && !self.pack.temporal.contains(previous);
        let month_next = month
            && at + 1 < end
            && self.kind(at + 1) == Kind::Capital
            && !self.common(at + 1)
            && !self.pack.no_names.contains(self.lower(at + 1))
            && !self.pack.titles.contains(self.lower(at + 1));
        if self.pack.tables.given.contains(&word.fold) && (surname_next || month_next) {
            return true;
        }
        if self.pack.no_names.contains(&word.lower) || self.is_label(&word.lower) {
            let next_is_capital = at + 1 < end
                && matches!(self.kind(at + 1), Kind::Capital | Kind::Upper)
                && !self.pack.function_words.contains(self.lower(at + 1));
            let before_is_capital = at > 0
                && self.page.words[at - 1].block == word.block
                && matches!(
                    self.kind(at - 1),
                    Kind::Capital | Kind::Upper | Kind::Possessive
                )
                && !self.page.words[at - 1].starts;
            let factory = next_is_capital && self.pack.heads.outside.contains(self.lower(at + 1));
            return factory
                || next_is_capital && self.pack.may_begin.contains(&word.lower)
                || before_is_capital && self.head(at).is_some()
                || self.pack.heads.first_type(&word.lower) == Some(NameType::Org)
                    && self.is_of(at + 1)
                || self.pack.heads.first_type(&word.lower) == Some(NameType::Place)
                    && self.is_of(at + 1)
                    && !word.starts
                    && self.kind(at + 2) == Kind::Capital
                    && self.head(at + 2).is_none();
        }
        true
    }

    pub(super) fn is_label(&self, lower: &str) -> bool {
        self.pack
            .label_endings
            .iter()
            .any(|ending| lower.len() > ending.len() + 3 && lower.ends_with(ending.as_str()))
            && !self.pack.parties.contains(lower)
    }

    /// The capitals from `at` on, with what may stand between them, but without "of" and "and".
    pub(super) fn stretch(&self, at: usize, end: usize) -> Range<usize> {
        let mut to = at;
        while self.eligible(to, end) {
            if to > at
                && self.kind(to) == Kind::Capital
                && self.pack.titles.contains(self.lower(to))
                && self.head(to).is_none()
                && !self.pack.roles_only.contains(self.lower(to))
            {
                break;
            }
            // "Head of the OGPU BRUNOVICH", "INFO Ryzhkov"
            if to > at && self.signs_after_body(to) {
                break;
            }
            to += 1;
            let next = to;
            // "Workers' Group", "St. George's Plateau"
            if self.kind(next) == Kind::Possessive && self.eligible(next + 1, end) {
                let saint = to >= at + 2 && self.pack.grammar.saints.contains(self.lower(to - 2));
                let plural = self.lower(next).len() == 1 && self.lower(to - 1).ends_with('s');
                if saint || plural || self.common(to - 1) {
                    to = next + 1;
                    continue;
                }
            }
            // "in St. Joseph's with a broken arm"
            if self.kind(next) == Kind::Possessive
                && to >= at + 2
                && self.pack.grammar.saints.contains(self.lower(to - 2))
            {
                return at..next + 1;
            }
            // "Butterworth & Haigh"
            if self.lower(next) == "&" && self.eligible(next + 1, end) {
                to = next + 1;
                continue;
            }
            // "Antofagasta (Chili) and …", only before a head
            if self.kind(next) == Kind::Lower {
                let mut after = next;
                while after < next + 2
                    && self.kind(after) == Kind::Lower
                    && self.pack.particles.contains(self.lower(after))
                {
                    after += 1;
                }
                let english = self.common(to - 1)
                    || after < end && self.kind(after) != Kind::Lower && self.common(after);
                let joint = self.pack.joints.contains(self.lower(next));
                if after > next && self.eligible(after, end) && !(joint && english) {
                    to = after;
                    continue;
                }
            }
            if self.pack.heads.carry_number.contains(self.lower(to - 1)) && next < end {
                let no = usize::from(self.pack.grammar.number_signs.contains(self.lower(next)));
                let dot = usize::from(no == 1 && self.lower(next + 1) == ".");
                let number = next + no + dot;
                if number < end && self.kind(number) == Kind::Number {
                    return at..number + 1;
                }
            }
        }
        at..to
    }

    /// Whether a surname follows the abbreviation of a body that its bearer signs for.
    fn signs_after_body(&self, at: usize) -> bool {
        let body = self.lower(at - 1);
        self.kind(at - 1) == Kind::Upper
            && self.pack.abbreviations.contains(body)
            && matches!(self.kind(at), Kind::Capital | Kind::Upper | Kind::Initial)
            && !self.pack.abbreviations.contains(self.lower(at))
            && !self.common(at)
            && self.head(at).is_none()
            && (self.kind(at) == Kind::Upper
                || !matches!(self.kind(at + 1), Kind::Capital | Kind::Upper))
            && !self.pack.tables.places.contains(&self.page.words[at].fold)
    }

    /// A capitalised word that was broken in two: "Anto fagasta".
    pub(super) fn broken(&mut self, at: usize, end: usize) -> Option<usize> {
        let (word, next) = (
            self.page.words.get(at)?,
            self.page.words.get(at + 1).filter(|_| at + 1 < end)?,
        );
        if word.kind != Kind::Capital
            || next.kind != Kind::Lower
            || self.common(at)
            || self.pack.function_words.contains(&next.lower)
            || next.span.start != word.span.end + 1
        {
            return None;
        }
        let whole = format!("{}{}", word.fold, next.fold);
        let tables = &self.pack.tables;
        let listed = tables.places.contains(&whole) || tables.towns.contains(&whole);
        let elsewhere = self.written.capital(&whole);
        if !listed && (!elsewhere || self.common(at + 1)) {
            return None;
        }
        self.push_certain(at..at + 2, listed.then_some(NameType::Place));
        Some(at + 2)
    }

    pub(super) fn run(&mut self, at: usize, end: usize) -> Option<usize> {
        if let Some(after) = self.broken(at, end) {
            return Some(after);
        }
        let mut range = self.stretch(at, end);
        if range.is_empty() {
            return None;
        }
        if let Some(after) = self.firm(at, &range, end) {
            return Some(after);
        }
        range = self.without_lead(range);
        let titled = range.start > at && self.is_title_word(range.start - 1);
        if range.is_empty() {
            return Some(at.max(range.end));
        }
        while let Some((true, right)) = self.join(&range, end) {
            range = range.start..right.end;
        }
        let next = range.end;
        self.settle(range, end, titled);
        Some(
            self.found
                .last()
                .map_or(next, |last| last.words.end.max(next)),
        )
    }

    pub(super) fn is_title_word(&self, at: usize) -> bool {
        let word = self.lower(at);
        self.pack.titles.contains(word) || self.pack.occupations.contains(word)
    }

    /// Drops titles and the common first word of a sentence.
    pub(super) fn without_lead(&self, mut range: Range<usize>) -> Range<usize> {
        if range
            .clone()
            .all(|at| self.kind(at) == Kind::Capital && self.pack.titles.contains(self.lower(at)))
        {
            return range.end..range.end;
        }
        while range.len() > 1 {
            let first = range.start;
            let word = &self.page.words[first];
            let headed = self.head(range.end - 1).is_some() || self.is_of(range.end);
            let ordinary_head = headed
                && !self
                    .pack
                    .tables
                    .given
                    .contains(&self.page.words[first + 1].fold);
            if self.kind(first + 1) == Kind::Possessive {
                break;
            }
            let title = self.pack.titles.contains(&word.lower)
                && !(ordinary_head
                    && (self.pack.roles_only.contains(&word.lower)
                        || !matches!(word.kind, Kind::Capital)));
            let given = self.pack.tables.given.contains(&word.fold)
                && self.head(first + 1).is_none()
                && !self.pack.titles.contains(self.lower(first + 1));
            let common_start = word.starts
                && word.kind != Kind::Initial
                && self.common(first)
                && !given
                && !ordinary_head
                && !self.is_known_phrase(range.clone())
                && !self.capitalised.contains(word.lower.as_str());
            let label = self.pack.adherents.contains(&word.lower)
                && range.len() == 2
                && self.kind(first + 1) == Kind::Capital
                && !self.common(first + 1)
                && self.head(first + 1).is_none();
            if title || common_start || label {
                range.start += 1;
            } else {
                break;
            }
        }
        // A title alone.
        if range.len() == 1
            && self.pack.titles.contains(self.lower(range.start))
            && self.kind(range.start) != Kind::Initial
        {
            range.start = range.end;
        }
        range
    }

    /// Whether "of …" or "and …" after the range belongs to the same name, and what follows.
    pub(super) fn join(&self, left: &Range<usize>, end: usize) -> Option<(bool, Range<usize>)> {
        let heads = &self.pack.heads;
        let word = self.lower(left.end);
        let the = usize::from(
            self.pack
                .grammar
                .definite
                .contains(self.lower(left.end + 1)),
        );
        let mut right = self.stretch(left.end + 1 + the, end);
        let single = left.end + 1 + the;
        if right.is_empty()
            && single < end
            && self.kind(single) != Kind::Lower
            && self.pack.may_begin.contains(self.lower(single))
        {
            right = single..single + 1;
        }
        if right.is_empty() {
            return None;
        }
        // "District Assembly 75"
        let mut last_of_right = right.end - 1;
        while last_of_right > right.start
            && (self.kind(last_of_right) >= Kind::Number
                || self
                    .pack
                    .grammar
                    .number_signs
                    .contains(self.lower(last_of_right)))
        {
            last_of_right -= 1;
        }
        let all_common = right
            .clone()
            .all(|at| self.kind(at) == Kind::Possessive || self.common(at));
        match word {
            word if self.pack.grammar.links.contains(word) => {
                let last = self.lower(left.end - 1);
                let number = self.kind(left.end - 1) == Kind::Number;
                let body = heads
                    .last_type(last)
                    .or_else(|| heads.first_type(self.lower(left.start)));
                // "the County of Lancaster"
                let land = heads.first_type(self.lower(left.start)) == Some(NameType::Place)
                    && left.len() == 1
                    && self.is_of(left.end)
                    && self.kind(left.start) == Kind::Capital
                    && the == 0
                    && self.head(right.start).is_none();
                // "the Main Workshops of the Perm Railway"
                let shops = left.len() > 1
                    && the == 1
                    && heads.last_type(last) == Some(NameType::Workplace)
                    && heads.outside.contains(last)
                    && left.clone().all(|at| self.common(at))
                    && self.head(last_of_right) == Some(NameType::Workplace);
                if land || shops {
                    return Some((true, right));
                }
                let body = matches!(body, Some(NameType::Org | NameType::Event)) && !number;
                let body = body
                    && !(the == 1
                        && right.len() == 1
                        && self.pack.no_names.contains(self.lower(right.start)));
                let abbreviation = self.kind(left.end - 1) == Kind::Upper
                    && !self.page.looks[self.page.words[left.start].block].all_caps;
                let other_body = self.kind(right.start) == Kind::Upper && right.len() == 1
                    || right.len() > 1
                        && matches!(self.head(last_of_right), Some(NameType::Org))
                        && !self
                            .pack
                            .grammar
                            .plain_heads
                            .contains(self.lower(last_of_right))
                    || self.pack.parties.contains(&self.page.phrase(right.clone()));
                let person = self.pack.titles.contains(self.lower(right.start))
                    || self
                        .pack
                        .tables
                        .given
                        .contains(&self.page.words[right.start].fold)
                    || self.kind(right.start) == Kind::Initial;
                let caps = self.page.looks[self.page.words[left.start].block].all_caps;
                Some((
                    body && !abbreviation && (!other_body || caps) && !person,
                    right,
                ))
            }
            word if the == 0 && self.pack.grammar.and.contains(word) => {
                let of_before = left.clone().any(|at| self.is_of(at));
                let left_common = self.common(left.end - 1);
                if of_before
                    && left_common
                    && (all_common
                        || self
                            .pack
                            .grammar
                            .plain_heads
                            .contains(self.lower(last_of_right)))
                    && self
                        .head(last_of_right)
                        .is_none_or(|kind| kind == NameType::Org)
                {
                    return Some((true, right));
                }
                let head = self.lower(last_of_right);
                let headed = self.head(last_of_right).is_some() && !head.ends_with('s')
                    || self.pack.grammar.no_plurals.contains(head);
                let plain_left = left
                    .clone()
                    .all(|at| self.kind(at) == Kind::Capital && self.head(at).is_none());
                let the_before = left.start > 0
                    && self
                        .pack
                        .grammar
                        .definite
                        .contains(self.lower(left.start - 1));
                let first_person = self
                    .pack
                    .tables
                    .given
                    .contains(&self.page.words[left.start].fold);
                let opens = self.page.words[left.start].starts && left.len() > 1;
                let the_before =
                    the_before || opens && self.head(last_of_right) == Some(NameType::Org);
                Some((
                    headed && plain_left && the_before && !first_person && right.len() > 1,
                    right,
                ))
            }
            _ => None,
        }
    }
}
