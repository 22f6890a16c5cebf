//! Why a judgement cannot hold: the older ones that lead to its contrary.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use rusqlite::Connection;

use super::judged::{Judged, Node, Row};
use super::names::written;
use crate::StoreError;
use crate::operation::{Operation, Relation};
use crate::state::entry;

/// A judgement in force that another contradicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its entry in the log.
    pub operation: i64,
    /// Who judged.
    pub author: String,
    /// What it says.
    pub says: String,
    /// Why.
    pub reason: String,
}

impl fmt::Display for Earlier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Earlier {
            operation,
            author,
            says,
            reason,
        } = self;
        write!(f, "operation {operation}, by {author}: {says}")?;
        if !reason.is_empty() {
            write!(f, ", because: {reason}")?;
        }
        Ok(())
    }
}

impl Earlier {
    /// Of a judgement in force.
    fn of(conn: &Connection, row: &Row) -> Result<Earlier, StoreError> {
        let author: String = conn
            .prepare_cached("SELECT author FROM operation WHERE id = ?1")?
            .query_row([row.operation], |row| row.get(0))?;
        let (operation, _) = entry(conn, row.operation)?;
        Ok(Earlier {
            operation: row.operation,
            author,
            says: says(conn, row)?,
            reason: match operation {
                Operation::Relate(relate) => relate.reason,
                Operation::RelateAll(all) => format!("rule “{}”", all.rule),
                _ => String::new(),
            },
        })
    }
}

/// What a judgement says.
pub fn says(conn: &Connection, row: &Row) -> Result<String, StoreError> {
    let (a, b) = (written(conn, row.a)?, written(conn, row.b)?);
    Ok(match row.verdict {
        Relation::Same => format!("{a} and {b} are the same"),
        Relation::Distinct => format!("{a} and {b} are distinct"),
        Relation::Unsure => format!("whether {a} and {b} are the same is not known"),
    })
}

/// Why judgements cannot hold.
pub struct Chains<'a> {
    rows: &'a [Row],
    judged: &'a Judged,
    ways: Ways,
    distinct: Vec<usize>,
}

impl<'a> Chains<'a> {
    /// Among these judgements, of which some were refused.
    pub fn new(rows: &'a [Row], judged: &'a Judged) -> Chains<'a> {
        let in_force = |verdict: Relation| {
            let places = (0..rows.len()).filter(|at| judged.refused().binary_search(at).is_err());
            places.filter(move |at| rows.get(*at).is_some_and(|row| row.verdict == verdict))
        };
        Chains {
            rows,
            judged,
            ways: Ways::new(rows, in_force(Relation::Same)),
            distinct: in_force(Relation::Distinct).collect(),
        }
    }

    /// The judgements by which the one at `refused` cannot hold, and that one; those of the entry `asked` left out.
    pub fn earlier(
        &self,
        conn: &Connection,
        refused: usize,
        asked: i64,
    ) -> Result<Vec<Earlier>, StoreError> {
        let mut chain = self.why(refused).unwrap_or_default();
        chain.push(refused);
        let mut told: Vec<Earlier> = Vec::new();
        for row in chain.into_iter().filter_map(|at| self.rows.get(at)) {
            if row.operation != asked {
                told.push(Earlier::of(conn, row)?);
            }
        }
        Ok(told)
    }

    /// The judgements by which one cannot hold, by their places.
    fn why(&self, at: usize) -> Option<Vec<usize>> {
        let row = self.rows.get(at)?;
        if row.verdict == Relation::Distinct {
            let way = self.ways.between(row.a, row.b).unwrap_or_default();
            // Where no judgement leads from one to the other, one is the other's name, and that was judged wherever it stands.
            let whole = |at: &usize| {
                self.rows.get(*at).is_some_and(|it| {
                    let mut names = [it.a, it.b]
                        .into_iter()
                        .filter(|node| node.report.is_none());
                    it.verdict == Relation::Same
                        && names.any(|name| name.thing == row.a.thing)
                        && self.judged.refused().binary_search(at).is_err()
                })
            };
            return match way.is_empty() {
                true => Some((0..self.rows.len()).find(whole).into_iter().collect()),
                false => Some(way),
            };
        }
        let meet = |a: Node, b: Node| !self.judged.sides(a).is_disjoint(&self.judged.sides(b));
        for &place in &self.distinct {
            let distinct = self.rows.get(place)?;
            for (a, b) in [(row.a, row.b), (row.b, row.a)] {
                if meet(distinct.a, a)
                    && meet(b, distinct.b)
                    && let Some(mut way) = self.ways.to(distinct.a, a)
                    && let Some(back) = self.ways.to(b, distinct.b)
                {
                    way.push(place);
                    way.extend(back);
                    return Some(way);
                }
            }
        }
        // What is judged of a name wherever it stands may join what is distinct within it.
        let same = (0..self.rows.len())
            .filter(|it| *it == at || self.judged.refused().binary_search(it).is_err())
            .filter(|it| {
                self.rows
                    .get(*it)
                    .is_some_and(|row| row.verdict == Relation::Same)
            });
        let ways = Ways::new(self.rows, same);
        let led = self.distinct.iter().find_map(|place| {
            let distinct = self.rows.get(*place)?;
            let mut way = ways.between(distinct.a, distinct.b)?;
            way.retain(|step| *step != at);
            way.push(*place);
            Some(way)
        });
        // Or nobody who bears a name was to be another.
        let same_name = |place: &usize| {
            self.rows.get(*place).is_some_and(|distinct| {
                distinct.a.thing == distinct.b.thing
                    && [row.a.thing, row.b.thing].contains(&distinct.a.thing)
            })
        };
        led.or_else(|| {
            let place = self.distinct.iter().copied().find(same_name)?;
            Some(vec![place])
        })
    }
}

/// What judgements lead from one to another.
struct Ways {
    /// The next ones, with the judgement that leads there; none from a name to its appearances.
    next: BTreeMap<Node, Vec<(Node, Option<usize>)>>,
}

impl Ways {
    fn new(rows: &[Row], same: impl Iterator<Item = usize>) -> Ways {
        let mut next: BTreeMap<Node, Vec<(Node, Option<usize>)>> = BTreeMap::new();
        let mut whole = BTreeSet::new();
        for at in same {
            let Some(row) = rows.get(at) else { continue };
            next.entry(row.a).or_default().push((row.b, Some(at)));
            next.entry(row.b).or_default().push((row.a, Some(at)));
            let names = [row.a, row.b].into_iter();
            whole.extend(names.filter(|node| node.report.is_none()));
        }
        let judged = rows.iter().flat_map(|row| [row.a, row.b]);
        let units: BTreeSet<Node> = judged.filter(|node| node.report.is_some()).collect();
        for unit in units {
            let name = Node {
                thing: unit.thing,
                report: None,
            };
            if whole.contains(&name) {
                next.entry(unit).or_default().push((name, None));
                next.entry(name).or_default().push((unit, None));
            }
        }
        Ways { next }
    }

    /// The fewest judgements that lead from one side of a judgement to another thing on the other side.
    fn between(&self, a: Node, b: Node) -> Option<Vec<usize>> {
        let (from, to) = (self.side(a), self.side(b));
        let ways = from.iter().filter_map(|start| {
            let reached = |node: &Node| node != start && to.contains(node);
            self.from(*start, &reached)
        });
        ways.min_by_key(Vec::len)
    }

    /// The fewest that lead from one side to the other, none if these have something in common.
    fn to(&self, a: Node, b: Node) -> Option<Vec<usize>> {
        let (from, to) = (self.side(a), self.side(b));
        let reached = |node: &Node| to.contains(node);
        let ways = from.iter().filter_map(|start| self.from(*start, &reached));
        ways.min_by_key(Vec::len)
    }

    fn side(&self, node: Node) -> BTreeSet<Node> {
        let mut side = BTreeSet::from([node]);
        if node.report.is_none() {
            let last = Node {
                thing: node.thing,
                report: Some(i64::MAX),
            };
            side.extend(self.next.range(node..=last).map(|(other, _)| *other));
        }
        side
    }

    fn from(&self, start: Node, reached: &dyn Fn(&Node) -> bool) -> Option<Vec<usize>> {
        let mut came: BTreeMap<Node, (Node, Option<usize>)> = BTreeMap::new();
        let mut waiting = VecDeque::from([start]);
        while let Some(node) = waiting.pop_front() {
            if reached(&node) {
                return Some(way_back(&came, start, node));
            }
            for (next, by) in self.next.get(&node).into_iter().flatten() {
                if *next != start && !came.contains_key(next) {
                    came.insert(*next, (node, *by));
                    waiting.push_back(*next);
                }
            }
        }
        None
    }
}

fn way_back(
    came: &BTreeMap<Node, (Node, Option<usize>)>,
    start: Node,
    mut node: Node,
) -> Vec<usize> {
    let mut way = Vec::new();
    while node != start
        && let Some((before, by)) = came.get(&node)
    {
        way.extend(by);
        node = *before;
    }
    way.reverse();
    way
}
