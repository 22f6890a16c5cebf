//! Which stretches of the text may be names, before anything is said of what they name.

mod firms;
mod known;
mod listed;
mod numbered;
mod quoted;
mod run;
mod settle;

use std::collections::BTreeSet;
use std::ops::Range;

use svodka_model::{Layout, NameType};
use svodka_pack::NameWords;

use super::page::{Kind, Page};
use known::{Found, Written};

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
    /// "Rebrov, Ivan"
    pub inverted: bool,
    /// A head noun alone ("the Federation"): a name only if it refers back to one.
    pub generic: bool,
}

pub(super) struct Finder<'a> {
    pub page: &'a Page<'a>,
    pub pack: &'a NameWords,
    layout: &'a Layout,
    /// Words with a capital inside sentences of ordinary look.
    capitalised: BTreeSet<&'a str>,
    /// Words without one.
    small: BTreeSet<&'a str>,
    written: Written<'a>,
    found: Found,
    /// The names of firms of several owners, in lower case: "pollard and crook".
    firms: BTreeSet<String>,
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
        written: Written::new(page),
        found: Found::default(),
        firms: BTreeSet::new(),
    };
    for block in page.blocks.iter().cloned() {
        finder.block(block);
    }
    finder.found.into_candidates()
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
                .or_else(|| self.named_after(at, block.end))
                .or_else(|| self.region(at, block.end))
                .or_else(|| self.whole_line(at, block.end))
                .or_else(|| self.listed(at, block.end))
                .or_else(|| self.numbered(at, block.end))
                .or_else(|| self.run(at, block.end))
                .unwrap_or(at + 1);
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

/// A candidate of which nothing is known yet.
pub(super) fn plain_candidate(words: Range<usize>) -> Candidate {
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
