//! Which names does the report use, and what do they name?
//!
//! Candidates are stretches of capitals, quoted titles and numbered things. Many voices speak on each of them:
//! its own form, the words around it, the syntax, lists, word tables, the parser's recogniser. Their votes are
//! added up over the whole report, so that one thing gets one type however its single mentions look, unless
//! the place of a mention says otherwise.

mod candidates;
mod decide;
mod entities;
mod evidence;
mod learned;
mod page;
mod person;
mod persons;
mod shorter;
#[cfg(test)]
mod tests;

use svodka_model::{Entity, Layout, Mention, Parse, Span};
use svodka_pack::NameWords;

/// The names of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// In the order of the text, without overlaps.
    pub mentions: Vec<Mention>,
    /// The things named, in the order of their first mention.
    pub entities: Vec<Entity>,
}

/// Finds the names in a report and says which of them name the same thing.
pub fn find_names(text: &str, layout: &Layout, parse: &Parse, pack: &NameWords) -> Names {
    let page = page::Page::new(text, layout, parse, pack);
    let candidates = candidates::candidates(&page, layout, pack);
    let (named, heard) = decide::decide(&page, layout, parse, pack, candidates);
    let named = if pack.learned.is_empty() {
        named
    } else {
        learned::View::new(&page, layout, parse, pack, &named, &heard).mend(&named)
    };
    entities::resolve(&page, pack, named)
}

/// A word as the learned part of this stage sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenWord {
    /// Where it stands.
    pub span: Span,
    /// What the rules call it: `O`, or `B-ORG` at the first word of an organisation's name and `I-ORG` at the others.
    pub label: &'static str,
    /// The names of its features; none if the word is too far from anything that looks like a name.
    pub features: Vec<String>,
}

/// The words of a report with their features, in the order of the text: what `tools/learn/names.py` learns from.
pub fn seen_words(text: &str, layout: &Layout, parse: &Parse, pack: &NameWords) -> Vec<SeenWord> {
    let page = page::Page::new(text, layout, parse, pack);
    let candidates = candidates::candidates(&page, layout, pack);
    let (named, heard) = decide::decide(&page, layout, parse, pack, candidates);
    let view = learned::View::new(&page, layout, parse, pack, &named, &heard);
    (0..page.words.len()).map(|at| view.seen(at)).collect()
}
