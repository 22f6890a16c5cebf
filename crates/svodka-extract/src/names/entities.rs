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
struct Item {
    kind: NameType,
    /// It stands in quotation marks or holds a word that is no common one.
    distinct: bool,
    /// The significant words, folded, without quotation marks, brackets and articles.
    words: Vec<String>,
    person: Option<PersonName>,
    at: usize,
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
    persons(&items, &mut groups, &apart);
    others(pack, &items, &first_of_form, &mut groups);
    build(page, &named, &mut groups)
}

/// Disjoint sets; the root of a set is its earliest mention.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.0[root] != root {
            root = self.0[root];
        }
        self.0[at] = root;
        root
    }

    fn join(&mut self, a: usize, b: usize) {
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

/// Fuller forms first: each shorter form joins the nearest fuller one that it fits, if only one person fits.
fn persons(items: &[Item], groups: &mut Groups, apart: &BTreeSet<usize>) {
    let people: Vec<&Item> = items.iter().filter(|item| item.person.is_some()).collect();
    let mut order: Vec<&Item> = people.clone();
    order.sort_by_key(|item| {
        (
            std::cmp::Reverse(item.person.as_ref().map_or(0, PersonName::fullness)),
            item.at,
        )
    });
    let mut placed: Vec<&Item> = Vec::new();
    // The different forms of each group, by its root.
    let mut forms: BTreeMap<usize, Vec<&PersonName>> = BTreeMap::new();
    for item in order {
        let Some(name) = &item.person else { continue };
        let mut best: Option<(i64, usize)> = None;
        for other in &placed {
            let Some(theirs) = &other.person else {
                continue;
            };
            if name.fit(theirs) != Fit::Same {
                continue;
            }
            // The whole group must agree.
            let root = groups.root(other.at);
            let contradicted = forms.get(&root).is_some_and(|forms| {
                forms.iter().any(|third| {
                    name.fit(third) == Fit::Contradicts && third.surname() == name.surname()
                })
            });
            let said_apart = apart.contains(&item.at) && name.forms() != theirs.forms();
            if contradicted || said_apart {
                continue;
            }
            // The nearest before it; failing that, the nearest after it.
            let distance = if other.at <= item.at {
                (item.at - other.at) as i64
            } else {
                1000 + (other.at - item.at) as i64
            };
            if best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, other.at));
            }
        }
        let mut mine = forms.remove(&groups.root(item.at)).unwrap_or_default();
        if let Some((_, other)) = best {
            mine.extend(forms.remove(&groups.root(other)).unwrap_or_default());
            groups.join(item.at, other);
        }
        if mine.iter().all(|form| form.forms() != name.forms()) {
            mine.push(name);
        }
        forms.insert(groups.root(item.at), mine);
        placed.push(item);
    }
}

/// Bodies, workplaces, places, works, events: shorter forms of a fuller name, and abbreviations of one.
fn others(pack: &NameWords, items: &[Item], first_of_form: &BTreeSet<usize>, groups: &mut Groups) {
    let mut order: Vec<&Item> = items
        .iter()
        .filter(|item| item.person.is_none() && first_of_form.contains(&item.at))
        .collect();
    order.sort_by_key(|item| (std::cmp::Reverse(item.words.len()), item.at));
    for (rank, item) in order.iter().enumerate() {
        let mut best: Option<(i64, usize)> = None;
        for other in &order[..rank] {
            if other.kind != item.kind || groups.root(other.at) == groups.root(item.at) {
                continue;
            }
            let shortened = shortens(pack, item, other)
                || item.words.len() == other.words.len() && shortens(pack, other, item);
            if !shortened && !abbreviates(item, other) {
                continue;
            }
            let distance = if other.at <= item.at {
                (item.at - other.at) as i64
            } else {
                1000 + (other.at - item.at) as i64
            };
            if best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, other.at));
            }
        }
        if let Some((_, other)) = best {
            groups.join(item.at, other);
        }
    }
}

/// "Bogatyrev" for "Bogatyrev Flax-Spinning Mill"; "Workers' Group" for "Workers' Group of the RCP".
fn shortens(pack: &NameWords, short: &Item, long: &Item) -> bool {
    let initial = |word: &String| word.chars().filter(|c| c.is_alphabetic()).count() == 1;
    let core = |item: &Item| -> Vec<String> {
        item.words
            .iter()
            .filter(|word| !initial(word))
            .cloned()
            .collect()
    };
    let (mine, theirs) = (core(short), core(long));
    if mine.is_empty() || mine.len() > theirs.len() {
        return false;
    }
    if mine == theirs {
        return true;
    }
    let head = |word: &String| pack.heads.last_type(word).is_some();
    match short.kind {
        NameType::Workplace => {
            let distinct: Vec<&String> = mine.iter().filter(|word| !head(word)).collect();
            let parts: Vec<&str> = theirs.iter().flat_map(|word| word.split('-')).collect();
            let part_of_line = mine.len() == theirs.len()
                && mine[mine.len() - 1] == theirs[theirs.len() - 1]
                && distinct.iter().all(|word| parts.contains(&word.as_str()));
            part_of_line && !distinct.is_empty()
                || !distinct.is_empty()
                    && (theirs.starts_with(&mine)
                        || mine.len() < theirs.len()
                            && (theirs.ends_with(&mine)
                                || short.distinct
                                    && distinct.iter().all(|word| theirs.contains(word)))
                            && head(&mine[mine.len() - 1])
                            && head(&theirs[theirs.len() - 1]))
        }
        NameType::Org => {
            let one_head = mine.len() == 1 && head(&mine[0]);
            let begins = theirs.starts_with(&mine)
                && mine.len() > 1
                && mine.len() + 2 >= theirs.len()
                && short.distinct;
            let adds_people = pack.no_names.contains(&theirs[0]);
            let plural = mine.len() > 1
                && pack.parties.contains(&mine.join(" "))
                && mine.len() <= theirs.len()
                && mine
                    .iter()
                    .zip(&theirs)
                    .all(|(a, b)| a == b || a.starts_with(stem(b)) && b.starts_with(stem(a)));
            begins
                || plural
                || one_head && theirs.contains(&mine[0])
                || theirs.ends_with(&mine)
                    && mine.len() > 1
                    && theirs.len() == mine.len() + 1
                    && !adds_people
        }
        NameType::Place => {
            // "Havana" is not "Havana Province", but "Baumansky" is "Baumansky District".
            theirs.starts_with(&mine)
                && mine.len() + 1 == theirs.len()
                && !pack.tables.places.contains(&mine.join(" "))
                && !pack.tables.towns.contains(&mine.join(" "))
        }
        _ => false,
    }
}

/// A long word without its last letters, where its number and case show.
fn stem(word: &str) -> &str {
    let cut = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    if word.len() > 6 { &word[..cut] } else { word }
}

/// "MVTU" for a name whose words begin with these letters, in this order.
fn abbreviates(short: &Item, long: &Item) -> bool {
    let [letters] = short.words.as_slice() else {
        return false;
    };
    if short.kind != NameType::Org || long.words.len() < 2 {
        return false;
    }
    let letters: String = letters.chars().filter(|c| c.is_alphabetic()).collect();
    let initials: String = long
        .words
        .iter()
        .flat_map(|word| word.split('-'))
        .filter_map(|word| word.chars().next())
        .collect();
    letters.len() >= 2 && letters == initials
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
    for entity in &mut names.entities {
        let stem = slug(&entity.name);
        let mut slug = stem.clone();
        let mut count = 2;
        while !taken.insert(slug.clone()) {
            slug = format!("{stem}_{count}");
            count += 1;
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
