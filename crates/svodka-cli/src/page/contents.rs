//! What stands where on the page.

use std::collections::{BTreeMap, BTreeSet};

use svodka::{ClaimOut, Contract, EntityOut, KindWords, NameType};

/// A thing with its claims.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The thing.
    pub entity: &'a EntityOut,
    /// The claims listed under it, by kind.
    pub claims: Vec<usize>,
    /// The numbers of claims about it that are listed under another thing.
    pub elsewhere: Vec<usize>,
}

/// Under which thing each claim is listed, once, and the number it has on the page.
#[derive(Debug)]
pub struct Contents<'a> {
    entries: Vec<Entry<'a>>,
    nameless: Vec<usize>,
    numbers: Vec<usize>,
    silent: Vec<(NameType, Vec<&'a str>)>,
}

impl<'a> Contents<'a> {
    /// Divides the claims among the things they are about.
    pub fn new(contract: &'a Contract, words: &KindWords) -> Contents<'a> {
        let by_id: BTreeMap<&str, &EntityOut> = contract
            .entities
            .iter()
            .map(|entity| (entity.id.as_str(), entity))
            .collect();
        let kind_order = |claim: &ClaimOut| words.get_index_of(&claim.kind).unwrap_or(usize::MAX);
        let mut homes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut guests: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut nameless = Vec::new();
        for (index, claim) in contract.claims.iter().enumerate() {
            let about: Vec<&str> = about(claim, words)
                .into_iter()
                .filter(|id| by_id.contains_key(id))
                .collect();
            match about.split_first() {
                Some((home, others)) => {
                    homes.entry(home).or_default().push(index);
                    for other in others {
                        guests.entry(other).or_default().push(index);
                    }
                }
                None => nameless.push(index),
            }
        }
        let in_order = |claims: &mut Vec<usize>| {
            claims.sort_by_key(|&index| {
                (
                    kind_order(&contract.claims[index]),
                    contract.claims[index].kind.clone(),
                    index,
                )
            });
        };
        in_order(&mut nameless);

        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut silent = Vec::new();
        for kind in NameType::ALL {
            let mut of_kind: Vec<Entry<'a>> = Vec::new();
            let mut without = Vec::new();
            for entity in contract
                .entities
                .iter()
                .filter(|entity| entity.kind == kind)
            {
                let mut claims = homes.remove(entity.id.as_str()).unwrap_or_default();
                in_order(&mut claims);
                let elsewhere = guests.remove(entity.id.as_str()).unwrap_or_default();
                if claims.is_empty() && elsewhere.is_empty() {
                    without.push(entity.name.as_str());
                } else {
                    of_kind.push(Entry {
                        entity,
                        claims,
                        elsewhere,
                    });
                }
            }
            // Those of whom most is said first.
            of_kind.sort_by(|a, b| {
                b.claims
                    .len()
                    .cmp(&a.claims.len())
                    .then_with(|| a.entity.name.cmp(&b.entity.name))
            });
            entries.extend(of_kind);
            if !without.is_empty() {
                without.sort_unstable();
                silent.push((kind, without));
            }
        }

        let mut numbers = vec![0; contract.claims.len()];
        let listed = entries
            .iter()
            .flat_map(|entry| &entry.claims)
            .chain(&nameless);
        for (number, &claim) in listed.enumerate() {
            numbers[claim] = number + 1;
        }
        for entry in &mut entries {
            for claim in &mut entry.elsewhere {
                *claim = numbers[*claim];
            }
            entry.elsewhere.sort_unstable();
        }
        Contents {
            entries,
            nameless,
            numbers,
            silent,
        }
    }

    /// The things of a type that claims are about.
    pub fn of_type(&self, kind: NameType) -> Vec<Entry<'a>> {
        self.entries
            .iter()
            .filter(|entry| entry.entity.kind == kind)
            .cloned()
            .collect()
    }

    /// The claims that name no thing.
    pub fn nameless(&self) -> &[usize] {
        &self.nameless
    }

    /// The things that no claim is about, by type.
    pub fn silent(&self) -> Vec<(NameType, Vec<&'a str>)> {
        self.silent.clone()
    }

    /// The number of a claim on the page.
    pub fn number(&self, claim: usize) -> usize {
        self.numbers[claim]
    }
}

/// The things a claim is about, each once: those the pack lists it under first.
fn about<'c>(claim: &'c ClaimOut, words: &KindWords) -> Vec<&'c str> {
    let first = words
        .get(&claim.kind)
        .map_or(&[][..], |words| &words.under[..]);
    let roles = first
        .iter()
        .filter_map(|role| claim.roles.get(role))
        .chain(claim.roles.values());
    let sources = claim
        .sources
        .iter()
        .filter_map(|source| source.entity.as_deref());
    let mut seen = BTreeSet::new();
    roles
        .flatten()
        .filter_map(|filler| filler.entity.as_deref())
        .chain(sources)
        .filter(|id| seen.insert(*id))
        .collect()
}
