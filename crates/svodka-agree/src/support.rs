//! On how many independent witnesses a claim stands.
//!
//! What counts is where news came from, not how often it was written down. Claims that go back to, or through, the same person or body
//! rest on one witness; so do claims of which one repeats the other's words; a report that names nobody is itself the witness.

use std::collections::BTreeMap;

use svodka_model::{Heard, Said, Voice};

use crate::copies::{Echo, echoes};
use crate::lineup::{At, Lineup};

/// On what a claim stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// The independent witnesses, those with most claims first; never none.
    pub witnesses: Vec<Witness>,
    /// All claims that say the same, itself included, in order.
    pub claims: Vec<At>,
}

impl Support {
    /// A claim that nothing is compared with.
    pub fn alone(at: At) -> Support {
        let witness = Witness {
            voices: Vec::new(),
            claims: vec![at],
            ties: Vec::new(),
        };
        Support {
            witnesses: vec![witness],
            claims: vec![at],
        }
    }

    /// How many independent witnesses there are: at least one, and no more than there are claims.
    pub fn count(&self) -> usize {
        self.witnesses.len()
    }
}

/// A witness: what may be told several times and was seen once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The people and bodies in the chains that are named.
    pub voices: Vec<Voice>,
    /// The claims that rest on it, in order.
    pub claims: Vec<At>,
    /// Why they are one witness.
    pub ties: Vec<Tie>,
}

/// Why claims rest on one witness.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// The same person or body is in their chains.
    Voice(Voice),
    /// The same person or body wrote the reports.
    Author(Voice),
    /// They stand in one report that names nobody for them, or names somebody in one of them.
    Report(i64),
    /// One repeats the other's words.
    Echo(Echo),
}

impl Lineup<'_> {
    /// On what a claim stands; `None` if it is not among those lined up.
    pub fn support(&self, at: At) -> Option<Support> {
        let index = self.find(at)?;
        let mut claims: Vec<usize> = self.beside(index);
        claims.retain(|&other| self.agrees(index, other));
        claims.push(index);
        claims.sort_unstable();
        Some(self.witnesses(&claims))
    }

    /// The independent witnesses of claims that say the same, given in order.
    pub(crate) fn witnesses(&self, claims: &[usize]) -> Support {
        let mut groups = Groups::new(claims.len());
        let mut ties: Vec<(usize, Tie)> = Vec::new();
        let mut join = |groups: &mut Groups, a: usize, b: usize, tie: Tie| {
            groups.join(a, b);
            ties.push((a, tie));
        };
        let mut named: BTreeMap<i64, usize> = BTreeMap::new();
        for (place, &claim) in claims.iter().enumerate() {
            let (account, said) = self.claim(claim);
            if has_named(said) {
                named.entry(account.report).or_insert(place);
            }
        }
        let mut voices: BTreeMap<i64, usize> = BTreeMap::new();
        let mut reports: BTreeMap<i64, usize> = BTreeMap::new();
        for (place, &claim) in claims.iter().enumerate() {
            let (account, said) = self.claim(claim);
            for voice in said.sources.iter().filter(|voice| voice.thing.is_some()) {
                let first = *voices
                    .entry(voice.thing.unwrap_or_default())
                    .or_insert(place);
                if first != place {
                    join(&mut groups, first, place, Tie::Voice(voice.clone()));
                }
            }
            if has_named(said) {
                continue;
            }
            // What a report says for itself, when it also names somebody for it, it has from them.
            let before = match named.get(&account.report) {
                Some(&named) => named,
                None => *reports.entry(account.report).or_insert(place),
            };
            if before != place {
                join(&mut groups, before, place, Tie::Report(account.report));
            }
        }
        self.join_authors(claims, &named, &mut groups, &mut join);
        for echo in echoes(self, claims) {
            let place = |at: At| claims.iter().position(|&claim| self.at(claim) == at);
            if let (Some(of), Some(by)) = (place(echo.of), place(echo.by))
                && !groups.same(of, by)
            {
                join(&mut groups, of, by, Tie::Echo(echo));
            }
        }
        self.gathered(claims, &mut groups, ties)
    }

    /// Reports of one author are one witness for what they say in their own voice, and so is an author whom another report names.
    fn join_authors(
        &self,
        claims: &[usize],
        named: &BTreeMap<i64, usize>,
        groups: &mut Groups,
        join: &mut impl FnMut(&mut Groups, usize, usize, Tie),
    ) {
        let mut authors: BTreeMap<(Option<i64>, String), usize> = BTreeMap::new();
        let key = |voice: &Voice| match voice.thing {
            Some(thing) => (Some(thing), String::new()),
            None => (None, voice.text.to_lowercase()),
        };
        let own = |place: &usize| {
            let (account, said) = self.claim(claims[*place]);
            !has_named(said) && !named.contains_key(&account.report)
        };
        for place in (0..claims.len()).filter(own) {
            for author in &self.claim(claims[place]).0.authors {
                let first = *authors.entry(key(author)).or_insert(place);
                if first != place && !groups.same(first, place) {
                    join(groups, first, place, Tie::Author(author.clone()));
                }
            }
        }
        for (place, &claim) in claims.iter().enumerate() {
            for voice in self.claim(claim).1.sources.iter() {
                if let Some(&first) = voice.thing.and_then(|_| authors.get(&key(voice)))
                    && !groups.same(first, place)
                {
                    join(groups, first, place, Tie::Author(voice.clone()));
                }
            }
        }
    }

    fn gathered(&self, claims: &[usize], groups: &mut Groups, ties: Vec<(usize, Tie)>) -> Support {
        let mut witnesses: BTreeMap<usize, Witness> = BTreeMap::new();
        for (place, &claim) in claims.iter().enumerate() {
            let witness = witnesses
                .entry(groups.first(place))
                .or_insert_with(|| Witness {
                    voices: Vec::new(),
                    claims: Vec::new(),
                    ties: Vec::new(),
                });
            witness.claims.push(self.at(claim));
            for voice in self
                .claim(claim)
                .1
                .sources
                .iter()
                .filter(|voice| voice.thing.is_some())
            {
                if witness
                    .voices
                    .iter()
                    .all(|known| known.thing != voice.thing)
                {
                    witness.voices.push(voice.clone());
                }
            }
        }
        for (place, tie) in ties {
            if let Some(witness) = witnesses.get_mut(&groups.first(place))
                && !witness.ties.iter().any(|known| known.like(&tie))
            {
                witness.ties.push(tie);
            }
        }
        let mut witnesses: Vec<Witness> = witnesses.into_values().collect();
        for witness in &mut witnesses {
            witness.ties.sort();
        }
        witnesses.sort_by(|a, b| {
            b.claims
                .len()
                .cmp(&a.claims.len())
                .then_with(|| a.claims.cmp(&b.claims))
        });
        Support {
            witnesses,
            claims: claims.iter().map(|&claim| self.at(claim)).collect(),
        }
    }
}

impl Tie {
    /// Whether two say the same thing: the same person may be written in two ways.
    fn like(&self, other: &Tie) -> bool {
        match (self, other) {
            (Tie::Voice(a), Tie::Voice(b)) => a.thing == b.thing,
            (a, b) => a == b,
        }
    }
}

fn has_named(said: &Said) -> bool {
    said.sources.iter().any(|voice| voice.thing.is_some())
}

/// How many independent sources a thing has: by report, the people and bodies whom its claims about the thing go back to, claim by claim.
/// A report that names nobody counts as itself. Words are not looked at, so copies are not found.
pub fn sources(told: &[Heard]) -> usize {
    let mut voices: BTreeMap<i64, usize> = BTreeMap::new();
    let mut named: BTreeMap<i64, bool> = BTreeMap::new();
    let mut groups = Groups::new(told.len());
    for (place, Heard { report, from }) in told.iter().enumerate() {
        *named.entry(*report).or_default() |= !from.is_empty();
        for &voice in from {
            groups.join(*voices.entry(voice).or_insert(place), place);
        }
    }
    let mut witnesses: Vec<usize> = (0..told.len())
        .filter(|&place| !told[place].from.is_empty())
        .map(|place| groups.first(place))
        .collect();
    witnesses.sort_unstable();
    witnesses.dedup();
    witnesses.len() + named.values().filter(|named| !**named).count()
}

/// Which of several are one.
struct Groups(Vec<usize>);

impl Groups {
    fn new(number: usize) -> Groups {
        Groups((0..number).collect())
    }

    fn first(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    fn same(&mut self, a: usize, b: usize) -> bool {
        self.first(a) == self.first(b)
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}
