//! Which names name the same thing?
//!
//! A name joins the thing that it fits best among those named before and after it, fullest forms first; two
//! names that contradict each other (initials, gender, words of kinship) stay apart.

use std::collections::{BTreeMap, BTreeSet};

use svodka_model::{Entity, EntityId, Mention, NameType};
use svodka_pack::NameWords;

use super::Names;
use super::decide::Named;
use super::page::{Kind, Page};
use super::person::{Fit, PersonName};

/// One mention on its way to an entity.
#[derive(Debug)]
pub(super) struct Item {
    pub kind: NameType,
    /// It stands in quotation marks or holds a word that is no common one.
    pub distinct: bool,
    /// The significant words, folded, without quotation marks, brackets and articles.
    pub words: Vec<String>,
    pub person: Option<PersonName>,
    pub at: usize,
}

pub(super) fn resolve(page: &Page<'_>, pack: &NameWords, named: Vec<Named>) -> Names {
    let mut items: Vec<Item> = named
        .iter()
        .enumerate()
        .map(|(at, name)| item(page, pack, name, at))
        .collect();
    let distinct: BTreeSet<(NameType, Vec<String>)> = items
        .iter()
        .filter(|item| item.distinct)
        .map(|item| (item.kind, item.words.clone()))
        .collect();
    for item in &mut items {
        item.distinct |= distinct.contains(&(item.kind, item.words.clone()));
    }
    let mut groups = Groups::new(items.len());
    let first_of_form = same_form(&items, &mut groups);
    introduced(page, pack, &named, &items, &mut groups);
    let apart = kept_apart(page, pack, &named, &items);
    super::persons::join(&items, &mut groups, &apart);
    super::shorter::join(pack, &items, &first_of_form, &mut groups);
    build(page, &named, &mut groups)
}

/// Disjoint sets; the root of a set is its earliest mention.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    pub fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.0[root] != root {
            root = self.0[root];
        }
        self.0[at] = root;
        root
    }

    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

fn item(page: &Page<'_>, pack: &NameWords, name: &Named, at: usize) -> Item {
    let words = &page.words[name.candidate.words.clone()];
    let mut forms: Vec<String> = words
        .iter()
        .take_while(|word| word.lower != "(")
        .filter(|word| {
            word.kind < Kind::Possessive
                && !(word.kind == Kind::Lower && pack.function_words.contains(&word.lower))
        })
        .map(|word| word.fold.clone())
        .collect();
    if let [number, head] = words
        && name.kind == NameType::Workplace
        && pack.heads.numbered.contains(&head.lower)
        && head.kind == Kind::Lower
    {
        forms = vec![ordinal(number, pack)];
    } else if let [number] = words
        && number.kind == Kind::Ordinal
    {
        forms = vec![ordinal(number, pack)];
    }
    if forms.is_empty() {
        forms = words.iter().map(|word| word.lower.clone()).collect();
    }
    // A word that the line or the reader broke in two.
    if forms.len() == 2
        && words.len() == 2
        && words[1].kind == Kind::Lower
        && !pack.heads.inside.contains(&words[1].lower)
    {
        forms = vec![forms.concat()];
    }
    let person = (name.kind == NameType::Person)
        .then(|| PersonName::read(words, name.candidate.inverted, pack));
    Item {
        kind: name.kind,
        distinct: name.candidate.quoted
            || words.iter().any(|word| {
                word.kind < Kind::Possessive && !super::candidates::common(&word.lower, pack)
            }),
        words: forms,
        person,
        at,
    }
}

/// "1st" for "first".
fn ordinal(word: &super::page::Word, pack: &NameWords) -> String {
    match pack
        .ordinals
        .iter()
        .position(|ordinal| *ordinal == word.lower)
    {
        Some(at) => (at + 1).to_string(),
        None => word
            .lower
            .chars()
            .take_while(char::is_ascii_digit)
            .collect(),
    }
}

/// Joins names of the same type and the same words, but for persons; gives the first mention of each form.
fn same_form(items: &[Item], groups: &mut Groups) -> BTreeSet<usize> {
    let mut firsts: BTreeMap<(NameType, &[String]), usize> = BTreeMap::new();
    for item in items.iter().filter(|item| item.person.is_none()) {
        let first = *firsts.entry((item.kind, &item.words)).or_insert(item.at);
        groups.join(first, item.at);
    }
    firsts.into_values().collect()
}

/// "Provincial Food Committee (Gubprodkom)", "Red Anchor (formerly Zimmermann)", "Foma is no other than Gurvich".
fn introduced(
    page: &Page<'_>,
    pack: &NameWords,
    named: &[Named],
    items: &[Item],
    groups: &mut Groups,
) {
    for at in 1..named.len() {
        let (left, right) = (&named[at - 1], &named[at]);
        if left.kind != right.kind || left.kind == NameType::Place {
            continue;
        }
        if is_alias(page, pack, left, right) {
            let between = left.candidate.words.end..right.candidate.words.start;
            let single = right.candidate.words.len() == 1 && !right.candidate.quoted;
            let only_bracket = page.words[between]
                .iter()
                .all(|word| word.kind == Kind::Mark);
            if only_bracket && single && left.kind == NameType::Person {
                continue;
            }
            if !only_bracket
                && let (Some(a), Some(b)) = (&items[at - 1].person, &items[at].person)
                && a.fit(b) == Fit::Contradicts
                && !a.may_be_alias(b)
            {
                continue;
            }
            groups.join(at - 1, at);
        }
    }
}

/// Whether what stands between two names says that they name the same thing.
pub(super) fn is_alias(page: &Page<'_>, pack: &NameWords, left: &Named, right: &Named) -> bool {
    let between = left.candidate.words.end..right.candidate.words.start;
    let same_block = page.words[left.candidate.words.start].block
        == page.words[right.candidate.words.start].block;
    if same_block && between.len() <= 9 {
        let phrase = page.phrase(between);
        if pack
            .identity
            .iter()
            .any(|words| phrase.contains(words.as_str()))
        {
            return true;
        }
    }
    super::decide::bracketed(page, pack, &left.candidate, &right.candidate)
}

/// Pairs of mentions of persons that the text says are two: "Guryanov P. (no relation)", "his brother Jan".
fn kept_apart(
    page: &Page<'_>,
    pack: &NameWords,
    named: &[Named],
    items: &[Item],
) -> BTreeSet<usize> {
    let mut apart = BTreeSet::new();
    for (at, name) in named.iter().enumerate() {
        if items[at].person.is_none() {
            continue;
        }
        let end = name.candidate.words.end;
        let block = page.words[name.candidate.words.start].block;
        let to = (end + 6).min(page.blocks[block].end);
        if end < to {
            let after = page.phrase(end..to);
            let opens = matches!(page.words[end].lower.as_str(), "(" | ",");
            let upto = after
                .char_indices()
                .skip(1)
                .find(|(_, c)| *c == ')')
                .map_or(after.len(), |(i, _)| i);
            if opens
                && pack
                    .unrelated
                    .iter()
                    .any(|phrase| after[..upto].contains(phrase.as_str()))
            {
                apart.insert(at);
            }
        }
    }
    apart
}

fn build(page: &Page<'_>, named: &[Named], groups: &mut Groups) -> Names {
    let mut names = Names::default();
    let mut ids: Vec<Option<usize>> = vec![None; named.len()];
    for (at, name) in named.iter().enumerate() {
        let root = groups.root(at);
        let span = page.span(name.candidate.words.clone());
        let form = span.of(page.text).to_owned();
        let id = *ids[root].get_or_insert_with(|| {
            names.entities.push(Entity {
                kind: name.kind,
                name: form.clone(),
                slug: String::new(),
                names: Vec::new(),
            });
            names.entities.len() - 1
        });
        let entity = &mut names.entities[id];
        if !entity.names.contains(&form) {
            entity.names.push(form.clone());
        }
        if fullness(&form) > fullness(&entity.name) {
            entity.name = form;
        }
        names.mentions.push(Mention {
            span,
            kind: name.kind,
            entity: EntityId(id),
        });
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // The number with which to go on, of stems that were taken.
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for entity in &mut names.entities {
        let stem = slug(&entity.name);
        let mut slug = stem.clone();
        while !taken.insert(slug.clone()) {
            let count = next.entry(stem.clone()).or_insert(2);
            slug = format!("{stem}_{count}");
            *count += 1;
        }
        entity.slug = slug;
    }
    names
}

/// Longer forms are fuller; written out beats capitals and initials.
fn fullness(form: &str) -> (usize, usize) {
    let words = form
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    (
        words.count(),
        form.chars().filter(|c| c.is_lowercase()).count(),
    )
}

fn slug(name: &str) -> String {
    let folded = super::page::fold(&super::page::plain(name));
    let mut slug = String::new();
    for c in folded.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if c != '\'' && !slug.is_empty() && !slug.ends_with('_') {
            slug.push('_');
        }
        if slug.len() >= 40 {
            break;
        }
    }
    let slug = slug.trim_end_matches('_');
    if slug.is_empty() {
        "name".to_owned()
    } else {
        slug.to_owned()
    }
}
