//! Which proposals can hold together: from the likeliest on, those that bring nothing together that cannot be one.

use std::collections::{BTreeMap, BTreeSet};

/// Sets of records, some of which may never be joined: those of one report, those judged distinct, those whose names contradict.
#[derive(Debug)]
pub struct Sets {
    parent: Vec<usize>,
    /// For each root the reports and the names that its set has.
    held: Vec<Held>,
    /// For each root the roots it may not be joined with.
    apart: BTreeMap<usize, BTreeSet<usize>>,
}

/// What a set has.
#[derive(Debug, Clone, Default)]
struct Held {
    units: usize,
    reports: BTreeSet<u32>,
    names: BTreeSet<u32>,
}

/// Why two sets are not joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// They are together already.
    Together,
    /// A report has something in both.
    Report,
    /// A judgement keeps them apart.
    Judged,
    /// Names in them contradict each other.
    Names,
}

impl Sets {
    /// Each record alone; `reports` and `names` are numbers of each record's.
    pub fn new(reports: &[u32], names: &[u32]) -> Sets {
        let held = reports.iter().zip(names).map(|(&report, &name)| Held {
            units: 1,
            reports: BTreeSet::from([report]),
            names: BTreeSet::from([name]),
        });
        Sets {
            parent: (0..reports.len()).collect(),
            held: held.collect(),
            apart: BTreeMap::new(),
        }
    }

    /// The record that stands for a record's set.
    pub fn root(&mut self, mut of: usize) -> usize {
        while self.parent[of] != of {
            self.parent[of] = self.parent[self.parent[of]];
            of = self.parent[of];
        }
        of
    }

    /// Two records that may never be joined.
    pub fn keep_apart(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.apart.entry(a).or_default().insert(b);
            self.apart.entry(b).or_default().insert(a);
        }
    }

    /// What bars two records from being one, if anything.
    pub fn bar(
        &mut self,
        a: usize,
        b: usize,
        contradict: &mut impl FnMut(u32, u32) -> bool,
    ) -> Option<Bar> {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return Some(Bar::Together);
        }
        if self.apart.get(&a).is_some_and(|it| it.contains(&b)) {
            return Some(Bar::Judged);
        }
        let (x, y) = (&self.held[a], &self.held[b]);
        let (few, many) = if x.reports.len() < y.reports.len() {
            (x, y)
        } else {
            (y, x)
        };
        if few.reports.iter().any(|it| many.reports.contains(it)) {
            return Some(Bar::Report);
        }
        let mut names = x
            .names
            .iter()
            .flat_map(|&a| y.names.iter().map(move |&b| (a, b)));
        names
            .any(|(a, b)| a != b && contradict(a, b))
            .then_some(Bar::Names)
    }

    /// Puts two records together, whatever bars them.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (big, small) = if self.held[a].units >= self.held[b].units {
            (a, b)
        } else {
            (b, a)
        };
        self.parent[small] = big;
        let held = std::mem::take(&mut self.held[small]);
        self.held[big].units += held.units;
        self.held[big].reports.extend(held.reports);
        self.held[big].names.extend(held.names);
        for other in self.apart.remove(&small).unwrap_or_default() {
            if let Some(of) = self.apart.get_mut(&other) {
                of.remove(&small);
                of.insert(big);
            }
            self.apart.entry(big).or_default().insert(other);
        }
    }
}
