//! What people decided, and what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Proposal;

/// What was decided about two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They mean one thing.
    Same,
    /// They mean two.
    Distinct,
    /// It cannot be said. Nothing follows from it, and no rule joins them.
    Unsure,
}

/// A decision about two records. It is kept whatever the model says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// One record.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Who decided: a person, or a rule that a person switched on.
    pub author: String,
}

/// Judgements that cannot all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The judgement that two records are distinct, by its place.
    pub distinct: usize,
    /// Judgements that make them the same, by their places, in the order in which they lead from one to the other.
    pub same: Vec<usize>,
}

/// Records taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clusters {
    /// For each record the first record of its cluster.
    pub of: Vec<usize>,
    /// Judgements that cannot all hold; a distinct one is then kept and the last of the others is not.
    pub contradictions: Vec<Contradiction>,
}

impl Clusters {
    /// By judgements alone: nothing else joins records.
    pub fn judged(records: usize, judgements: &[Judgement]) -> Clusters {
        Clusters::with_rule(records, judgements, &[], 1.0)
    }

    /// By judgements, and by the rule that joins what is at least so likely, likeliest first. The rule never joins what
    /// judgements keep apart.
    pub fn with_rule(
        records: usize,
        judgements: &[Judgement],
        proposals: &[Proposal],
        least: f64,
    ) -> Clusters {
        let known = |it: &&Judgement| it.a < records && it.b < records && it.a != it.b;
        let apart = judgements
            .iter()
            .filter(known)
            .filter(|it| it.verdict != Verdict::Same);
        let mut union = Union::new(records);
        for it in apart.clone().filter(|it| it.verdict == Verdict::Distinct) {
            union.keep_apart(it.a, it.b);
        }
        let mut contradictions = Vec::new();
        for (at, it) in judgements.iter().enumerate() {
            if it.verdict == Verdict::Same && known(&it) && !union.join(it.a, it.b) {
                contradictions.extend(contradicted(judgements, at));
            }
        }
        // A rule respects doubt as well.
        for it in apart.filter(|it| it.verdict == Verdict::Unsure) {
            union.keep_apart(it.a, it.b);
        }
        let mut likely: Vec<&Proposal> = proposals
            .iter()
            .filter(|it| it.probability >= least && it.a < records && it.b < records)
            .collect();
        likely.sort_by(|x, y| {
            (y.probability.total_cmp(&x.probability))
                .then_with(|| (x.a.min(x.b), x.a.max(x.b)).cmp(&(y.a.min(y.b), y.a.max(y.b))))
        });
        for it in likely {
            union.join(it.a, it.b);
        }
        let roots: Vec<usize> = (0..records).map(|it| union.root(it)).collect();
        let mut first = BTreeMap::new();
        for (record, &root) in roots.iter().enumerate() {
            first.entry(root).or_insert(record);
        }
        Clusters {
            of: roots.iter().map(|root| first[root]).collect(),
            contradictions,
        }
    }
}

/// The distinct judgements that a same judgement runs into, each with the way that leads from one record to the other.
fn contradicted(judgements: &[Judgement], last: usize) -> Vec<Contradiction> {
    let mut ways: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, it) in judgements[..=last].iter().enumerate() {
        if it.verdict == Verdict::Same {
            ways.entry(it.a).or_default().push((it.b, at));
            ways.entry(it.b).or_default().push((it.a, at));
        }
    }
    let mut found = Vec::new();
    for (distinct, it) in judgements.iter().enumerate() {
        if it.verdict != Verdict::Distinct {
            continue;
        }
        // Breadth first, so the way is a shortest one.
        let mut from: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut next = std::collections::VecDeque::from([it.a]);
        while let Some(record) = next.pop_front() {
            for &(to, by) in ways.get(&record).into_iter().flatten() {
                if to != it.a && !from.contains_key(&to) {
                    from.insert(to, (record, by));
                    next.push_back(to);
                }
            }
        }
        let mut same = Vec::new();
        let mut at = it.b;
        while let Some(&(before, by)) = from.get(&at) {
            same.push(by);
            at = before;
        }
        if at == it.a && same.contains(&last) {
            same.reverse();
            found.push(Contradiction { distinct, same });
        }
    }
    found
}

/// Sets of records, some of which may never be joined.
struct Union {
    parent: Vec<usize>,
    size: Vec<u32>,
    /// For each root the roots it may not be joined with.
    apart: BTreeMap<usize, BTreeSet<usize>>,
}

impl Union {
    fn new(records: usize) -> Union {
        Union {
            parent: (0..records).collect(),
            size: vec![1; records],
            apart: BTreeMap::new(),
        }
    }

    fn root(&mut self, mut of: usize) -> usize {
        while self.parent[of] != of {
            self.parent[of] = self.parent[self.parent[of]];
            of = self.parent[of];
        }
        of
    }

    fn keep_apart(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.apart.entry(a).or_default().insert(b);
            self.apart.entry(b).or_default().insert(a);
        }
    }

    /// Whether they are together now.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return true;
        }
        if self.apart.get(&a).is_some_and(|it| it.contains(&b)) {
            return false;
        }
        let (big, small) = if self.size[a] >= self.size[b] {
            (a, b)
        } else {
            (b, a)
        };
        self.parent[small] = big;
        self.size[big] += self.size[small];
        for other in self.apart.remove(&small).unwrap_or_default() {
            if let Some(of) = self.apart.get_mut(&other) {
                of.remove(&small);
                of.insert(big);
            }
            self.apart.entry(big).or_default().insert(other);
        }
        true
    }
}
