//! Names that the pack knows, and lines of a report's frame.

use svodka_model::NameType;

use super::super::page::{Kind, fold};
use super::Finder;

impl Finder<'_> {
    /// A body's name that fills a line of the report's frame: "Section for the Protection of …".
    pub(super) fn whole_line(&mut self, at: usize, end: usize) -> Option<usize> {
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
    pub(super) fn listed(&mut self, at: usize, end: usize) -> Option<usize> {
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
            // "TRINIDAD AND TOBAGO CONSTABULARY"
            let compound = (at..to).any(|at| self.pack.function_words.contains(self.lower(at)));
            if compound && self.pack.tables.places.contains(&fold(&phrase)) && follows(to) {
                let tail = self.stretch(to, end);
                if let Some(kind) = tail.end.checked_sub(1).and_then(|last| self.head(last)) {
                    self.push_certain(at..tail.end, Some(kind));
                    return Some(tail.end);
                }
            }
            if self.pack.tables.places.contains(&fold(&phrase))
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
    pub(super) fn in_known_place(&self, at: usize) -> bool {
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
}
