//! Which shorter names and abbreviations stand for a fuller name of a body, workplace, place, work or event?

use std::collections::{BTreeMap, BTreeSet};

use svodka_model::NameType;
use svodka_pack::NameWords;

use super::entities::{Groups, Item};

/// Joins shorter forms with the nearest fuller name, and abbreviations with what they abbreviate.
pub(super) fn join(
    pack: &NameWords,
    items: &[Item],
    first_of_form: &BTreeSet<usize>,
    groups: &mut Groups,
) {
    let mut order: Vec<&Item> = items
        .iter()
        .filter(|item| item.person.is_none() && first_of_form.contains(&item.at))
        .collect();
    order.sort_by_key(|item| (std::cmp::Reverse(item.words.len()), item.at));
    let mut fuller = Fuller::new(pack);
    for (rank, item) in order.iter().enumerate() {
        let mut best: Option<(i64, usize)> = None;
        for other in fuller.alike(item).into_iter().map(|rank| order[rank]) {
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
        fuller.add(item, rank);
    }
}

/// The names with as many words or more, so that those which one may shorten are found without trying all.
struct Fuller<'a> {
    pack: &'a NameWords,
    /// By each word, and each part of a word with hyphens.
    words: BTreeMap<(NameType, &'a str), Vec<usize>>,
    /// By the word that a name of as many words must have to be fuller.
    keys: BTreeMap<(NameType, &'a str), Vec<usize>>,
    /// Bodies by the initials of their words.
    initials: BTreeMap<String, Vec<usize>>,
    /// Bodies, and those of them that are parties.
    bodies: Vec<usize>,
    parties: Vec<usize>,
}

impl<'a> Fuller<'a> {
    fn new(pack: &'a NameWords) -> Fuller<'a> {
        Fuller {
            pack,
            words: BTreeMap::new(),
            keys: BTreeMap::new(),
            initials: BTreeMap::new(),
            bodies: Vec::new(),
            parties: Vec::new(),
        }
    }

    fn add(&mut self, item: &'a Item, rank: usize) {
        for part in parts(item).collect::<BTreeSet<&str>>() {
            self.words.entry((item.kind, part)).or_default().push(rank);
        }
        if let Some(key) = self.key(item) {
            self.keys.entry((item.kind, key)).or_default().push(rank);
        }
        if item.kind == NameType::Org {
            self.initials.entry(initials(item)).or_default().push(rank);
            self.bodies.push(rank);
            if self.is_party(item) {
                self.parties.push(rank);
            }
        }
    }

    /// All names that this one shortens, or that shorten it in as many words, among others; in the order they came.
    fn alike(&self, item: &Item) -> BTreeSet<usize> {
        let mut alike = BTreeSet::new();
        if let Some(key) = self.key(item) {
            alike.extend(self.words.get(&(item.kind, key)).into_iter().flatten());
        }
        for part in parts(item) {
            alike.extend(self.keys.get(&(item.kind, part)).into_iter().flatten());
        }
        if item.kind == NameType::Org {
            // A plural has other words than its singular.
            let others = if self.is_party(item) {
                &self.bodies
            } else {
                &self.parties
            };
            alike.extend(others);
            if let [letters] = item.words.as_slice() {
                let letters: String = letters.chars().filter(|c| c.is_alphabetic()).collect();
                alike.extend(self.initials.get(&letters).into_iter().flatten());
            }
        }
        alike
    }

    /// A word that every name has which this one shortens, whole or as a part between hyphens: one that is no head, if
    /// it has such.
    fn key<'b>(&self, item: &'b Item) -> Option<&'b str> {
        let core = || item.words.iter().filter(|word| !is_initial(word));
        let named = core().find(|word| self.pack.heads.last_type(word).is_none());
        named.or_else(|| core().next()).map(String::as_str)
    }

    fn is_party(&self, item: &Item) -> bool {
        let core = core(item);
        core.len() > 1 && self.pack.parties.contains(&core.join(" "))
    }
}

/// The words of a name, and the parts of those with hyphens.
fn parts(item: &Item) -> impl Iterator<Item = &str> {
    let words = item.words.iter().map(String::as_str);
    let hyphened = item.words.iter().filter(|word| word.contains('-'));
    words.chain(hyphened.flat_map(|word| word.split('-')))
}

fn is_initial(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() == 1
}

/// The words of a name that are no initials.
fn core(item: &Item) -> Vec<String> {
    let words = item.words.iter().filter(|word| !is_initial(word));
    words.cloned().collect()
}

/// The first letters of the words.
fn initials(item: &Item) -> String {
    item.words
        .iter()
        .flat_map(|word| word.split('-'))
        .filter_map(|word| word.chars().next())
        .collect()
}

/// "Bogatyrev" for "Bogatyrev Flax-Spinning Mill"; "Workers' Group" for "Workers' Group of the RCP".
fn shortens(pack: &NameWords, short: &Item, long: &Item) -> bool {
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
    letters.len() >= 2 && letters == initials(long)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static PACK: LazyLock<NameWords> = LazyLock::new(crate::names::tests::pack);

    fn items() -> impl Strategy<Value = Item> {
        let word = "(workers|worker|group|committee|factory|mill|s|lang-ivanov|lang|ivanov|wg|left|sr|srs|mensheviks|menshevik)";
        let kinds = [
            NameType::Org,
            NameType::Workplace,
            NameType::Place,
            NameType::Work,
        ];
        let kind = prop::sample::select(kinds.to_vec());
        (kind, prop::collection::vec(word, 1..4), any::<bool>()).prop_map(
            |(kind, words, distinct)| Item {
                kind,
                distinct,
                words,
                person: None,
                at: 0,
            },
        )
    }

    proptest! {
        #[test]
        fn every_name_that_is_shortened_is_among_those_alike(all in prop::collection::vec(items(), 1..20), item in items()) {
            let pack = &*PACK;
            let mut fuller = Fuller::new(pack);
            let longer: Vec<&Item> = all.iter().filter(|other| other.words.len() >= item.words.len()).collect();
            for (rank, other) in longer.iter().enumerate() {
                fuller.add(other, rank);
            }
            let alike = fuller.alike(&item);
            for (rank, other) in longer.iter().enumerate().filter(|(_, other)| other.kind == item.kind) {
                let shortened = shortens(pack, &item, other)
                    || item.words.len() == other.words.len() && shortens(pack, other, &item)
                    || abbreviates(&item, other);
                prop_assert!(!shortened || alike.contains(&rank), "{:?} and {:?}", item.words, other.words);
            }
        }
    }
}
