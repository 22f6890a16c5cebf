//! Which mentions of persons are of one person?

use std::collections::{BTreeMap, BTreeSet};

use super::entities::{Groups, Item};
use super::person::{Fit, PersonName};

/// Fuller forms first: each shorter form joins the nearest fuller one that it fits, if only one person fits.
pub(super) fn join(items: &[Item], groups: &mut Groups, apart: &BTreeSet<usize>) {
    let mut order: Vec<(&Item, &PersonName)> = items
        .iter()
        .filter_map(|item| Some((item, item.person.as_ref()?)))
        .collect();
    order.sort_by_key(|(item, name)| (std::cmp::Reverse(name.fullness()), item.at));
    let mut placed = Placed::default();
    // The different forms of each group, by its root.
    let mut forms: BTreeMap<usize, Vec<&PersonName>> = BTreeMap::new();
    for (rank, (item, name)) in order.into_iter().enumerate() {
        let mut best: Option<(usize, usize, usize)> = None;
        let mut agreed: BTreeMap<usize, bool> = BTreeMap::new();
        for id in placed.alike(name) {
            let theirs = placed.names[id];
            let said_apart = apart.contains(&item.at) && name.forms() != theirs.forms();
            if said_apart || name.fit(theirs) != Fit::Same {
                continue;
            }
            // The whole group must agree.
            let mut agrees = |at: usize| {
                let root = groups.root(at);
                *agreed.entry(root).or_insert_with(|| {
                    !forms.get(&root).is_some_and(|forms| {
                        forms.iter().any(|third| {
                            name.fit(third) == Fit::Contradicts && third.surname() == name.surname()
                        })
                    })
                })
            };
            // The nearest before it; failing that, the nearest after it.
            let places = &placed.places[id];
            let before = places.range(..item.at).rev().find(|(at, _)| agrees(**at));
            let after = places.range(item.at..).find(|(at, _)| agrees(**at));
            let before = before.map(|(&at, &rank)| (item.at - at, rank, at));
            let after = after.map(|(&at, &rank)| (1000 + at - item.at, rank, at));
            best = [best, before, after].into_iter().flatten().min();
        }
        let mut mine = forms.remove(&groups.root(item.at)).unwrap_or_default();
        if let Some((_, _, other)) = best {
            mine.extend(forms.remove(&groups.root(other)).unwrap_or_default());
            groups.join(item.at, other);
        }
        if mine.iter().all(|form| form.forms() != name.forms()) {
            mine.push(name);
        }
        forms.insert(groups.root(item.at), mine);
        placed.add(name, item.at, rank);
    }
}

/// The names that have found their group, so that those which can fit another are found without trying all.
#[derive(Default)]
struct Placed<'a> {
    /// The different names.
    names: Vec<&'a PersonName>,
    /// Where each stands, and how many were placed before it there.
    places: Vec<BTreeMap<usize, usize>>,
    ids: BTreeMap<&'a PersonName, usize>,
    wholes: BTreeMap<&'a str, Vec<usize>>,
    /// By the surname, its first word and its last.
    surnames: BTreeMap<&'a str, Vec<usize>>,
    /// By the first of the forenames.
    given: BTreeMap<&'a str, Vec<usize>>,
    /// Those without a surname.
    bare: Vec<usize>,
}

impl<'a> Placed<'a> {
    fn add(&mut self, name: &'a PersonName, at: usize, rank: usize) {
        let id = *self.ids.entry(name).or_insert(self.names.len());
        if id == self.names.len() {
            self.names.push(name);
            self.places.push(BTreeMap::new());
            self.wholes.entry(name.forms()).or_default().push(id);
            for word in surname_words(name) {
                self.surnames.entry(word).or_default().push(id);
            }
            if let Some(first) = name.forenames().first() {
                self.given.entry(first).or_default().push(id);
            }
            if name.surname().is_none() {
                self.bare.push(id);
            }
        }
        self.places[id].insert(at, rank);
    }

    /// All names that fit this one, among others.
    fn alike(&self, name: &PersonName) -> BTreeSet<usize> {
        let mut alike = BTreeSet::new();
        alike.extend(self.wholes.get(name.forms()).into_iter().flatten());
        for word in surname_words(name) {
            alike.extend(self.surnames.get(word).into_iter().flatten());
        }
        if let Some(first) = name.forenames().first() {
            alike.extend(self.given.get(first.as_str()).into_iter().flatten());
        }
        // Initials may be those of any name, and several forenames those of any others.
        let vague = |name: &PersonName| name.surname().is_none() && name.forenames().len() > 1;
        if vague(name) {
            alike.extend(0..self.names.len());
        }
        alike.extend(self.bare.iter().filter(|&&id| vague(self.names[id])));
        alike
    }
}

fn surname_words(name: &PersonName) -> impl Iterator<Item = &str> {
    let surname = name.surname();
    let first = surname.and_then(|surname| surname.split(' ').next());
    let last = surname.and_then(|surname| surname.split(' ').next_back());
    let inner = [first, last].into_iter().flatten();
    let inner = inner.filter(move |word| Some(*word) != surname);
    surname.into_iter().chain(inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names() -> impl Strategy<Value = PersonName> {
        let surname = prop::option::of("(ivan|ivanov|lang)( (ivanov|lang|i))?");
        let forenames = prop::collection::vec("(ivan|anna|i|a|l)", 0..4);
        (surname, forenames).prop_map(|(surname, forenames)| PersonName::of(surname, forenames))
    }

    proptest! {
        #[test]
        fn every_name_that_fits_is_among_those_alike(all in prop::collection::vec(names(), 1..20), name in names()) {
            let mut placed = Placed::default();
            for (at, other) in all.iter().enumerate() {
                placed.add(other, at, at);
            }
            let alike = placed.alike(&name);
            for (id, other) in placed.names.iter().enumerate() {
                prop_assert!(name.fit(other) != Fit::Same || alike.contains(&id), "{name:?} and {other:?}");
            }
        }
    }
}
