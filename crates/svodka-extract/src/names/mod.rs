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
mod page;
mod person;
mod persons;
mod shorter;
#[cfg(test)]
mod tests;

use svodka_model::{Entity, Layout, Mention, Parse};
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
    let decided = decide::decide(&page, layout, parse, pack, candidates);
    entities::resolve(&page, pack, decided)
}
