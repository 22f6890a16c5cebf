//! What follows from judgements: what is the same as what, and which names are told apart by them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::operation::Relation;
use crate::{StoreError, Unit};

/// One side of a judgement: a name as one report uses it, or wherever it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    pub thing: i64,
    pub report: Option<i64>,
}

impl Node {
    /// The appearance, if it is one.
    pub fn unit(self) -> Option<Unit> {
        let thing = self.thing;
        self.report.map(|report| Unit { thing, report })
    }
}

/// A judgement in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Its entry in the log.
    pub operation: i64,
    /// Its place in that entry.
    pub pair: i64,
    pub a: Node,
    pub b: Node,
    pub verdict: Relation,
    /// If a rule judged.
    pub probability: Option<f64>,
}

/// The judgements in force, oldest first.
pub fn rows(conn: &Connection) -> Result<Vec<Row>, StoreError> {
    let mut query = conn.prepare_cached(
        "SELECT operation, pair, a, a_report, b, b_report, verdict, probability FROM relation ORDER BY operation, pair",
    )?;
    let mut found = query.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let verdict = row.get_ref(6)?.as_str().map_err(rusqlite::Error::from)?;
        rows.push(Row {
            operation: row.get(0)?,
            pair: row.get(1)?,
            a: Node {
                thing: row.get(2)?,
                report: row.get(3)?,
            },
            b: Node {
                thing: row.get(4)?,
                report: row.get(5)?,
            },
            verdict: Relation::of(verdict)
                .ok_or_else(|| StoreError::Damaged(format!("{verdict} is no judgement")))?,
            probability: row.get(7)?,
        });
    }
    Ok(rows)
}

/// What follows from judgements.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// The sides of the judgements, in order.
    nodes: Vec<Node>,
    /// Judged to be the same.
    same: Sets,
    /// The same, or of one name that is not told apart.
    together: Sets,
    /// Names that were judged to be the same as something wherever they stand.
    whole: BTreeSet<i64>,
    told_apart: BTreeSet<i64>,
    /// Judgements without effect, as older ones say the contrary, by their places among those given.
    refused: Vec<usize>,
}

impl Judged {
    /// From judgements, oldest first. One that contradicts those before it has no effect; where none does, their order does not matter.
    pub fn of(rows: &[Row]) -> Judged {
        let mut nodes: Vec<Node> = rows.iter().flat_map(|row| [row.a, row.b]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut judged = Judged {
            same: Sets::of(nodes.len()),
            nodes,
            ..Judged::default()
        };
        let distinct = |row: &&Row| row.verdict == Relation::Distinct;
        let all: Vec<&Row> = rows.iter().filter(distinct).collect();
        let bare = judged.clone();
        for row in rows.iter().filter(|row| row.verdict == Relation::Same) {
            judged.join(row.a, row.b);
        }
        let mut kept = all.clone();
        if all.iter().any(|row| judged.denies(row)) {
            judged = bare;
            kept.clear();
            for (at, row) in rows.iter().enumerate() {
                let holds = match row.verdict {
                    Relation::Unsure => true,
                    Relation::Distinct => !judged.denies(row),
                    Relation::Same => {
                        let before = (judged.same.clone(), judged.whole.clone());
                        judged.join(row.a, row.b);
                        let holds = !kept.iter().any(|row| judged.denies(row));
                        if !holds {
                            (judged.same, judged.whole) = before;
                        }
                        holds
                    }
                };
                if !holds {
                    judged.refused.push(at);
                } else if row.verdict == Relation::Distinct {
                    kept.push(row);
                }
            }
        }
        judged.tell_apart(&kept);
        judged
    }

    /// The judgements that have no effect, by their places among those given.
    pub fn refused(&self) -> &[usize] {
        &self.refused
    }

    /// The names of which appearances are told apart.
    pub fn told_apart(&self) -> &BTreeSet<i64> {
        &self.told_apart
    }

    /// What stands together and was named in a judgement: names, and appearances of names that are told apart.
    pub fn classes(&self) -> Vec<(Vec<i64>, Vec<Unit>)> {
        let mut classes: BTreeMap<usize, (Vec<i64>, Vec<Unit>)> = BTreeMap::new();
        let mut before: Option<i64> = None;
        for (at, node) in self.nodes.iter().enumerate() {
            if self.told_apart.contains(&node.thing) {
                let class = classes.entry(self.together.find(at)).or_default();
                class.1.extend(node.unit());
            } else if before.replace(node.thing) != Some(node.thing) {
                // Its appearances stand with it.
                let class = classes.entry(self.together.find(at)).or_default();
                class.0.push(node.thing);
            }
        }
        classes.into_values().collect()
    }

    /// What a name is judged to be the same as wherever it stands, if it is.
    pub fn whole(&self, thing: i64) -> Option<usize> {
        let report = None;
        let at = self.place(Node { thing, report })?;
        self.whole.contains(&thing).then(|| self.same.find(at))
    }

    /// What an appearance is judged to be the same as, if it was judged.
    pub fn root(&self, unit: Unit) -> Option<usize> {
        let node = Node {
            thing: unit.thing,
            report: Some(unit.report),
        };
        self.place(node).map(|at| self.same.find(at))
    }

    /// The appearances of a name that were judged.
    pub fn units(&self, thing: i64) -> impl Iterator<Item = Unit> + '_ {
        self.of_name(thing).filter_map(|(node, _)| node.unit())
    }

    /// The place of a side of a judgement.
    fn place(&self, node: Node) -> Option<usize> {
        self.nodes.binary_search(&node).ok()
    }

    fn at(&self, node: Node) -> usize {
        self.place(node)
            .expect("every side of a judgement is known")
    }

    /// The name itself, if it was judged, and those of its appearances that were.
    fn of_name(&self, thing: i64) -> impl Iterator<Item = (Node, usize)> + '_ {
        let first = self.nodes.partition_point(|node| node.thing < thing);
        let nodes = self.nodes.iter().enumerate().skip(first);
        nodes
            .take_while(move |(_, node)| node.thing == thing)
            .map(|(at, node)| (*node, at))
    }

    /// Takes two to be the same; a name brings all its appearances.
    fn join(&mut self, a: Node, b: Node) {
        self.same.join(self.at(a), self.at(b));
        for node in [a, b] {
            if node.report.is_none() && self.whole.insert(node.thing) {
                let of_name: Vec<usize> = self.of_name(node.thing).map(|(_, at)| at).collect();
                for at in of_name {
                    self.same.join(self.at(node), at);
                }
            }
        }
    }

    /// What a side of a judgement is judged to be: appearances that were judged, and the name if it was wherever it stands.
    pub fn sides(&self, node: Node) -> BTreeSet<usize> {
        let judged = |(other, at): (Node, usize)| {
            let counts = other.report.is_some() || self.whole.contains(&other.thing);
            counts.then(|| self.same.find(at))
        };
        match node.report {
            Some(_) => BTreeSet::from([self.same.find(self.at(node))]),
            None => self.of_name(node.thing).filter_map(judged).collect(),
        }
    }

    /// Whether what a judgement says is distinct is the same by others.
    pub fn denies(&self, row: &Row) -> bool {
        let (a, b) = (row.a, row.b);
        match (a.report, b.report) {
            (Some(_), Some(_)) => self.same.find(self.at(a)) == self.same.find(self.at(b)),
            (None, None) if a.thing == b.thing => {
                let units: Vec<usize> = self
                    .of_name(a.thing)
                    .filter(|(node, _)| node.report.is_some())
                    .map(|(_, at)| self.same.find(at))
                    .collect();
                let roots: BTreeSet<&usize> = units.iter().collect();
                self.whole.contains(&a.thing) || roots.len() < units.len()
            }
            (None, None) => !self.sides(a).is_disjoint(&self.sides(b)),
            _ => {
                let (unit, name) = if a.report.is_some() { (a, b) } else { (b, a) };
                let root = self.same.find(self.at(unit));
                self.of_name(name.thing).any(|(node, at)| {
                    let counts = node.report.is_some() || self.whole.contains(&node.thing);
                    counts && node != unit && self.same.find(at) == root
                })
            }
        }
    }

    /// Finds the names that cannot bring their appearances together, as these are judged to be distinct.
    fn tell_apart(&mut self, distinct: &[&Row]) {
        if distinct.is_empty() {
            self.together = self.by_name();
            return;
        }
        let mut names: BTreeMap<usize, BTreeSet<i64>> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let counts = node.report.is_some() || self.whole.contains(&node.thing);
            if counts {
                let set = self.same.find(at);
                names.entry(set).or_default().insert(node.thing);
            }
        }
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for row in distinct {
            if row.a.thing == row.b.thing {
                self.told_apart.insert(row.a.thing);
            }
            for a in self.sides(row.a) {
                let of_b = self.sides(row.b);
                pairs.extend(of_b.into_iter().filter(|b| *b != a).map(|b| (a, b)));
            }
        }
        let none = BTreeSet::new();
        for (a, b) in &pairs {
            let (of_a, of_b) = (names.get(a).unwrap_or(&none), names.get(b).unwrap_or(&none));
            self.told_apart.extend(of_a.intersection(of_b));
        }
        // Several names together may still lead from one to the other: then none of those on the way does.
        self.together = self.by_name();
        let still: BTreeSet<usize> = pairs
            .iter()
            .filter(|(a, b)| self.together.find(*a) == self.together.find(*b))
            .map(|(a, _)| self.together.find(*a))
            .collect();
        if still.is_empty() {
            return;
        }
        let mut sets: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
        for (set, things) in &names {
            if still.contains(&self.together.find(*set)) {
                for thing in things {
                    sets.entry(*thing).or_default().insert(*set);
                }
            }
        }
        let leading = sets.into_iter().filter(|(_, sets)| sets.len() > 1);
        self.told_apart.extend(leading.map(|(thing, _)| thing));
        self.together = self.by_name();
    }

    /// What is the same, with what has a name that is not told apart.
    fn by_name(&self) -> Sets {
        let mut together = self.same.clone();
        let mut before: Option<(Node, usize)> = None;
        for (at, node) in self.nodes.iter().enumerate() {
            if let Some((other, other_at)) = before
                && other.thing == node.thing
                && !self.told_apart.contains(&node.thing)
            {
                together.join(other_at, at);
            }
            before = Some((*node, at));
        }
        together
    }
}

/// Sets of numbers from 0 on that are joined, never parted.
#[derive(Debug, Clone, Default)]
struct Sets {
    above: Vec<usize>,
}

impl Sets {
    /// So many numbers, each alone.
    fn of(number: usize) -> Sets {
        Sets {
            above: (0..number).collect(),
        }
    }

    /// The least number of a set.
    fn find(&self, mut at: usize) -> usize {
        while let Some(&above) = self.above.get(at)
            && above != at
        {
            at = above;
        }
        at
    }

    /// The same, with shorter ways from then on.
    fn found(&mut self, at: usize) -> usize {
        let first = self.find(at);
        let mut at = at;
        while at != first
            && let Some(above) = self.above.get_mut(at)
        {
            at = std::mem::replace(above, first);
        }
        first
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.found(a), self.found(b));
        if let Some(above) = self.above.get_mut(a.max(b)) {
            *above = a.min(b);
        }
    }
}
