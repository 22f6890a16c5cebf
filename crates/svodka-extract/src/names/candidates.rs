//! Which stretches of the text may be names, before anything is said of what they name.

use std::collections::BTreeSet;
use std::ops::Range;

use svodka_model::{BlockKind, Layout, NameType};
use svodka_pack::NameWords;

use super::page::{Kind, Page, closes_quote, opens_quote};

/// A stretch of words that may be a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub words: Range<usize>,
    /// It stands in quotation marks of its own.
    pub quoted: bool,
    /// A person's title stands before it.
    pub titled: bool,
    /// What its own form leaves no doubt of: "18th section".
    pub certain: Option<NameType>,
    /// What a head noun says that was left outside ("Michelson" Factory).
    pub outside: Option<NameType>,
    /// "Garbuzov, Ivan"
    pub inverted: bool,
    /// A head noun alone ("the Federation"): a name only if it refers back to one.
    pub generic: bool,
}

const LONGEST_TITLE: usize = 12;

pub(super) struct Finder<'a> {
    pub page: &'a Page<'a>,
    pub pack: &'a NameWords,
    layout: &'a Layout,
    /// Words with a capital inside sentences of ordinary look.
    capitalised: BTreeSet<&'a str>,
    /// Words without one.
    small: BTreeSet<&'a str>,
    found: Vec<Candidate>,
}

/// All candidates in the order of the text; they do not overlap.
pub(super) fn candidates(page: &Page<'_>, layout: &Layout, pack: &NameWords) -> Vec<Candidate> {
    let mut capitalised = BTreeSet::new();
    let mut small = BTreeSet::new();
    for (at, word) in page.words.iter().enumerate() {
        let look = page.looks[word.block];
        let capital = |at: Option<usize>| {
            at.and_then(|at| page.words.get(at))
                .is_some_and(|word| matches!(word.kind, Kind::Capital | Kind::Upper))
        };
        let alone = !capital(at.checked_sub(1)) && !capital(Some(at + 1));
        match word.kind {
            Kind::Lower => {
                small.insert(word.lower.as_str());
            }
            Kind::Capital | Kind::Upper
                if alone && !word.starts && !look.title_case && !look.all_caps =>
            {
                capitalised.insert(word.lower.as_str());
            }
            _ => {}
        }
    }
    let mut finder = Finder {
        page,
        pack,
        layout,
        capitalised,
        small,
        found: Vec::new(),
    };
    for block in page.blocks.iter().cloned() {
        finder.block(block);
    }
    finder.found
}

impl Finder<'_> {
    fn lower(&self, at: usize) -> &str {
        self.page.words.get(at).map_or("", |word| &word.lower)
    }

    fn kind(&self, at: usize) -> Kind {
        self.page.words.get(at).map_or(Kind::Mark, |word| word.kind)
    }

    /// A word of ordinary language.
    fn common(&self, at: usize) -> bool {
        common(&self.page.words[at].lower, self.pack)
    }

    fn is_of(&self, at: usize) -> bool {
        self.pack.grammar.of.contains(self.lower(at))
    }

    fn head(&self, at: usize) -> Option<NameType> {
        self.pack.heads.last_type(self.lower(at))
    }

    fn block(&mut self, block: Range<usize>) {
        let mut at = block.start;
        while at < block.end {
            at = self
                .quoted(at, block.end)
                .or_else(|| self.whole_line(at, block.end))
                .or_else(|| self.listed(at, block.end))
                .or_else(|| self.numbered(at, block.end))
                .or_else(|| self.run(at, block.end))
                .unwrap_or(at + 1);
        }
    }

    // ---- in quotation marks ------------------------------------------------------------------------------

    fn quoted(&mut self, open: usize, end: usize) -> Option<usize> {
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
    fn is_title(&self, range: Range<usize>) -> bool {
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

    // ---- known phrases and lines ---------------------------------------------------------------------------

    /// A body's name that fills a line of the report's frame: "Section for the Protection of …".
    fn whole_line(&mut self, at: usize, end: usize) -> Option<usize> {
        let words = &self.page.words;
        let block = words[at].block;
        let whole = self.page.blocks[block].start == at;
        let look = self.page.looks[block];
        if !whole
            || !(look.all_caps || look.title_case)
            || !(Kind::Capital..=Kind::Upper).contains(&self.kind(at))
        {
            return None;
        }
        let heads = &self.pack.heads;
        let head = (at..end.min(at + 3)).find(|&head| {
            heads.first_type(self.lower(head)) == Some(NameType::Org)
                && self.pack.grammar.links.contains(self.lower(head + 1))
        })?;
        let mut to = end;
        while to > at && self.kind(to - 1) == Kind::Mark {
            to -= 1;
        }
        let linked = words[head..to].windows(2).any(|pair| {
            self.pack.grammar.long_links.contains(&pair[0].lower)
                && self.pack.grammar.definite.contains(&pair[1].lower)
        });
        let plain = words[at..to]
            .iter()
            .all(|word| word.kind < Kind::Ordinal || self.pack.grammar.and.contains(&word.lower));
        if !linked || !plain || to - at > 18 {
            return None;
        }
        self.push_certain(at..to, Some(NameType::Org));
        Some(end)
    }

    /// Names of several words that the pack knows: parties, countries, regions.
    fn listed(&mut self, at: usize, end: usize) -> Option<usize> {
        if !(Kind::Capital..=Kind::Dotted).contains(&self.kind(at)) {
            return None;
        }
        let follows = |to: usize| {
            to < end
                && matches!(self.kind(to), Kind::Capital | Kind::Upper)
                && !self.pack.function_words.contains(self.lower(to))
        };
        for length in (2..=4).rev() {
            let to = at + length;
            if to > end || !(Kind::Capital..=Kind::Dotted).contains(&self.kind(to - 1)) {
                continue;
            }
            if self.page.words[at..to]
                .iter()
                .any(|word| word.kind >= Kind::Possessive)
            {
                continue;
            }
            let phrase = self.page.phrase(at..to);
            if self.pack.parties.contains(&phrase) {
                self.push_certain(at..to, Some(NameType::Org));
                return Some(to);
            }
            if self
                .pack
                .tables
                .places
                .contains(&super::page::fold(&phrase))
                && !(follows(to)
                    && self.stretch(at, end).end > to
                    && self.head(self.stretch(at, end).end - 1).is_some())
            {
                self.push_certain(at..to, Some(NameType::Place));
                return Some(to);
            }
        }
        None
    }

    /// Whether a word belongs to a place's name of several words.
    fn in_known_place(&self, at: usize) -> bool {
        (at.saturating_sub(1)..=at).any(|from| {
            self.page.words.get(from..from + 2).is_some_and(|pair| {
                pair[0].block == pair[1].block
                    && pair
                        .iter()
                        .all(|word| matches!(word.kind, Kind::Capital | Kind::Upper))
                    && self
                        .pack
                        .tables
                        .places
                        .contains(&format!("{} {}", pair[0].fold, pair[1].fold))
            })
        })
    }

    // ---- with a number -----------------------------------------------------------------------------------

    fn numbered(&mut self, at: usize, end: usize) -> Option<usize> {
        let heads = &self.pack.heads;
        // "mine No. 17-bis"
        if heads.carry_number.contains(self.lower(at)) && at + 1 < end {
            let no = usize::from(self.pack.grammar.number_signs.contains(self.lower(at + 1)));
            let dot = usize::from(no == 1 && self.lower(at + 2) == ".");
            let number = at + 1 + no + dot;
            let counts = self.kind(number) == Kind::Number && number < end;
            if counts && (no == 1 || self.kind(at) == Kind::Capital) {
                let first = self.run_start(at);
                self.push_certain(
                    first..number + 1,
                    self.head(at).or(heads.first_type(self.lower(at))),
                );
                return Some(number + 1);
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

    fn numbered_type(&self, head: usize) -> Option<NameType> {
        let kind = self.head(head);
        Some(
            kind.filter(|&kind| kind == NameType::Place)
                .unwrap_or(NameType::Workplace),
        )
    }

    fn run_start(&self, at: usize) -> usize {
        at
    }

    fn push_certain(&mut self, words: Range<usize>, certain: Option<NameType>) {
        self.found.push(Candidate {
            certain,
            ..plain_candidate(words)
        });
    }

    // ---- runs of capitals --------------------------------------------------------------------------------

    /// Whether a word can stand in a run of capitals.
    fn eligible(&self, at: usize, end: usize) -> bool {
        if at >= end || !(Kind::Capital..=Kind::Dotted).contains(&self.kind(at)) {
            return false;
        }
        let word = &self.page.words[at];
        if self.kind(at) == Kind::Initial || self.kind(at) == Kind::Dotted {
            return true;
        }
        if self.in_known_place(at) {
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
        if self.pack.tables.given.contains(&word.fold) && surname_next {
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
                    && self.is_of(at + 1);
        }
        true
    }

    fn is_label(&self, lower: &str) -> bool {
        self.pack
            .label_endings
            .iter()
            .any(|ending| lower.len() > ending.len() + 3 && lower.ends_with(ending.as_str()))
            && !self.pack.parties.contains(lower)
    }

    /// The capitals from `at` on, with what may stand between them, but without "of" and "and".
    fn stretch(&self, at: usize, end: usize) -> Range<usize> {
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
            if self.pack.heads.carry_number.contains(self.lower(to - 1))
                && self.kind(next) == Kind::Number
            {
                return at..next + 1;
            }
        }
        at..to
    }

    /// A capitalised word that was broken in two: "Anto fagasta".
    fn broken(&mut self, at: usize, end: usize) -> Option<usize> {
        let (word, next) = (
            self.page.words.get(at)?,
            self.page.words.get(at + 1).filter(|_| at + 1 < end)?,
        );
        if word.kind != Kind::Capital
            || next.kind != Kind::Lower
            || self.common(at)
            || self.common(at + 1)
            || next.span.start != word.span.end + 1
        {
            return None;
        }
        let whole = format!("{}{}", word.fold, next.fold);
        let tables = &self.pack.tables;
        let listed = tables.places.contains(&whole) || tables.towns.contains(&whole);
        let elsewhere = self
            .page
            .words
            .iter()
            .any(|other| other.kind == Kind::Capital && other.fold == whole);
        if !listed && !elsewhere {
            return None;
        }
        self.push_certain(at..at + 2, listed.then_some(NameType::Place));
        Some(at + 2)
    }

    fn run(&mut self, at: usize, end: usize) -> Option<usize> {
        if let Some(after) = self.broken(at, end) {
            return Some(after);
        }
        let mut range = self.stretch(at, end);
        if range.is_empty() {
            return None;
        }
        range = self.without_lead(range);
        let titled = range.start > at && self.is_title_word(range.start - 1);
        if range.is_empty() {
            return Some(at.max(range.end));
        }
        loop {
            let Some((joined, right)) = self.join(&range, end) else {
                break;
            };
            if !joined {
                break;
            }
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

    fn is_title_word(&self, at: usize) -> bool {
        let word = self.lower(at);
        self.pack.titles.contains(word) || self.pack.occupations.contains(word)
    }

    /// Drops titles and the common first word of a sentence.
    fn without_lead(&self, mut range: Range<usize>) -> Range<usize> {
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
                && self.common(first)
                && !given
                && !ordinary_head
                && !self.is_known_phrase(range.clone())
                && !self.capitalised.contains(word.lower.as_str());
            if title || common_start {
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
    fn join(&self, left: &Range<usize>, end: usize) -> Option<(bool, Range<usize>)> {
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
        let last_of_right = right.end - 1;
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
                let body = matches!(body, Some(NameType::Org | NameType::Event)) && !number;
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
                    && all_common
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
                Some((
                    headed && plain_left && the_before && !first_person && right.len() > 1,
                    right,
                ))
            }
            _ => None,
        }
    }

    /// Cuts a run to its names.
    fn settle(&mut self, range: Range<usize>, end: usize, titled: bool) {
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
        while range.len() > 1
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
        let known_initial = || {
            self.found.iter().any(|earlier| {
                earlier.quoted
                    && self.page.phrase(earlier.words.clone()) == self.page.phrase(range.clone())
            })
        };
        if initials && dots < 2 && !known_initial() {
            return;
        }
        let generic = range.len() == 1
            && !self.pack.parties.contains(self.lower(range.start))
            && !titled
            && outside.is_none()
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
            if letters < 2 || of_title || lone || adjective || self.labels_a_person(range.start) {
                return;
            }
            if self.common(range.start)
                && bare_start
                && !generic
                && !self.pack.tables.given.contains(&word.fold)
                && !self.pack.abbreviations.contains(&word.lower)
                && !self.pack.parties.contains(&word.lower)
                && !(self.capitalised.contains(word.lower.as_str())
                    && !self.small.contains(word.lower.as_str()))
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
        let mut candidate = Candidate {
            titled,
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
        self.found.push(candidate);
    }

    /// "a discharged Cameronian": an article before a single capital, and no noun after it.
    fn labels_a_person(&self, at: usize) -> bool {
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
            && (self.kind(at + 1) == Kind::Mark
                || self.pack.function_words.contains(self.lower(at + 1)))
            && self.kind(at) == Kind::Capital
    }

    /// Whether the same words stand elsewhere in a sentence of ordinary look.
    fn is_known_phrase(&self, range: Range<usize>) -> bool {
        let phrase: Vec<&str> = range.clone().map(|at| self.lower(at)).collect();
        self.page.words.windows(phrase.len()).any(|window| {
            let first = &window[0];
            let look = self.page.looks[first.block];
            !look.all_caps
                && !look.title_case
                && !first.starts
                && window
                    .iter()
                    .zip(&phrase)
                    .all(|(word, lower)| word.lower == *lower && word.kind != Kind::Lower)
        })
    }

    /// Takes in what belongs to the name after it: "district", "(Bolsheviks)", ", Ivan".
    fn extend(&self, candidate: &mut Candidate, end: usize) {
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
        // "Garbuzov, Ivan" before a dash, comma or the end of a sentence
        let given = next + 1;
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
            && !matches!(
                self.kind(given + 1),
                Kind::Capital | Kind::Possessive | Kind::Upper | Kind::Initial
            )
            && !self.pack.grammar.and.contains(self.lower(given + 1))
        {
            candidate.words.end = given + 1;
            candidate.inverted = true;
        }
    }
}

pub(super) fn common(lower: &str, pack: &NameWords) -> bool {
    let known =
        |word: &str| pack.tables.words.contains(word) || pack.heads.modifiers.contains(word);
    let known = |word: &str| known(word) || word.strip_suffix('s').is_some_and(known);
    known(lower)
        || pack.function_words.contains(lower)
        || pack.heads.last_type(lower).is_some()
        || lower.contains('-') && lower.split('-').all(known)
}

fn plain_candidate(words: Range<usize>) -> Candidate {
    Candidate {
        words,
        quoted: false,
        titled: false,
        certain: None,
        outside: None,
        inverted: false,
        generic: false,
    }
}
