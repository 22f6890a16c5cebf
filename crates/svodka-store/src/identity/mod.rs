//! Which appearances of names are one thing: by what people judged, and by name where nobody has.
//!
//! What one report so calls (a [`Unit`]) is what is judged. Appearances of a name are listed together by name only, as under a heading of
//! a book's index, until two of them are judged to be distinct; from then on they stand together only where they are judged the same.

mod chain;
mod consistent;
mod judged;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use serde::Serialize;

use crate::{StoreError, Unit};

pub use chain::Earlier;
pub use consistent::{Consistent, consistent_pairs, unit_name};
pub use judged::{Judged, Node, rows};
pub use names::{candidates, number, numbered, only, shown};

/// Why the reports that name a thing are taken to mean one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// Somebody, or a rule somebody switched on, judged them all to be the same.
    Judged,
    /// They use the same name, and nobody has judged; or of some only.
    Name,
    /// There is but one.
    OneReport,
}

impl Joined {
    /// Its words.
    pub fn words(self) -> &'static str {
        match self {
            Joined::Judged => "judged",
            Joined::Name => "name",
            Joined::OneReport => "one report",
        }
    }
}

/// What goes by one number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// Names, wherever they stand.
    pub things: Vec<i64>,
    /// Single appearances of names that are told apart.
    pub units: Vec<Unit>,
}

impl Members {
    /// As two parameters of a query: JSON lists of numbers, and of pairs of thing and report.
    pub fn written(&self) -> (String, String) {
        let things: Vec<String> = self.things.iter().map(i64::to_string).collect();
        let units: Vec<String> = self
            .units
            .iter()
            .map(|unit| format!("[{},{}]", unit.thing, unit.report))
            .collect();
        (
            format!("[{}]", things.join(",")),
            format!("[{}]", units.join(",")),
        )
    }
}

/// The appearances of names, each set of them under a number that is no other's: of the first name in it, or of the first appearance where
/// names are told apart.
#[derive(Debug, Clone, Default)]
pub struct Clusters {
    judged: Judged,
    /// Of names that stand together with others.
    numbers: BTreeMap<i64, i64>,
    /// Of appearances of names that are told apart, by the report.
    apart: BTreeMap<i64, BTreeMap<i64, i64>>,
    /// What goes by a number, where it is not just the name of that number.
    members: BTreeMap<i64, Members>,
}

impl Clusters {
    /// From the judgements in force.
    pub fn load(conn: &Connection) -> Result<Clusters, StoreError> {
        Clusters::of_judged(conn, Judged::of(&rows(conn)?))
    }

    fn of_judged(conn: &Connection, judged: Judged) -> Result<Clusters, StoreError> {
        let mut clusters = Clusters::default();
        let mut own: BTreeMap<Unit, i64> = BTreeMap::new();
        for &thing in judged.told_apart() {
            let mut query =
                conn.prepare_cached("SELECT report, number FROM namesake WHERE thing = ?1")?;
            let mut rows = query.query([thing])?;
            let reports = clusters.apart.entry(thing).or_default();
            while let Some(row) = rows.next()? {
                let (report, number) = (row.get(0)?, row.get(1)?);
                own.insert(Unit { thing, report }, number);
                reports.insert(report, number);
            }
        }
        for (things, units) in judged.classes() {
            let numbers = units.iter().filter_map(|unit| own.get(unit));
            let Some(&first) = things.iter().chain(numbers).min() else {
                continue;
            };
            for thing in &things {
                clusters.numbers.insert(*thing, first);
            }
            for unit in &units {
                let reports = clusters.apart.entry(unit.thing).or_default();
                reports.insert(unit.report, first);
                own.remove(unit);
            }
            clusters.members.insert(first, Members { things, units });
        }
        for (unit, number) in own {
            let alone = Members {
                things: Vec::new(),
                units: vec![unit],
            };
            clusters.members.insert(number, alone);
        }
        clusters.judged = judged;
        Ok(clusters)
    }

    /// Whether nothing follows from a judgement, by its place among those in force.
    pub fn has_no_effect(&self, place: usize) -> bool {
        self.judged.refused().binary_search(&place).is_ok()
    }

    /// The number of what a report calls by a name.
    pub fn of(&self, unit: Unit) -> i64 {
        match self.apart.get(&unit.thing) {
            Some(reports) => reports.get(&unit.report).copied().unwrap_or(unit.thing),
            None => self.numbers.get(&unit.thing).copied().unwrap_or(unit.thing),
        }
    }

    /// The number of a name, unless its appearances are told apart.
    pub fn whole(&self, thing: i64) -> Option<i64> {
        match self.apart.contains_key(&thing) {
            true => None,
            false => Some(self.numbers.get(&thing).copied().unwrap_or(thing)),
        }
    }

    /// The numbers of all that a name means, in order.
    pub fn all(&self, thing: i64) -> Vec<i64> {
        match self.apart.get(&thing) {
            Some(reports) => {
                let numbers: BTreeSet<i64> = reports.values().copied().collect();
                numbers.into_iter().collect()
            }
            None => vec![self.numbers.get(&thing).copied().unwrap_or(thing)],
        }
    }

    /// The appearances of a name that are told apart, with their numbers; none if they are not.
    pub fn apart(&self, thing: i64) -> impl Iterator<Item = (Unit, i64)> + '_ {
        let reports = self.apart.get(&thing).into_iter().flatten();
        reports.map(move |(&report, &number)| (Unit { thing, report }, number))
    }

    /// What goes by a number.
    pub fn members(&self, number: i64) -> Members {
        self.members.get(&number).cloned().unwrap_or(Members {
            things: vec![number],
            units: Vec::new(),
        })
    }

    /// What somebody typed as a number: what goes by it, if that is one thing.
    pub fn typed(&self, conn: &Connection, number: i64) -> Result<Option<Vec<i64>>, StoreError> {
        let unit = conn
            .prepare_cached("SELECT thing, report FROM namesake WHERE number = ?1")?
            .query_map([number], |row| {
                Ok(Unit {
                    thing: row.get(0)?,
                    report: row.get(1)?,
                })
            })?
            .next()
            .transpose()?;
        if let Some(unit) = unit {
            return Ok(Some(vec![self.of(unit)]));
        }
        let known = conn
            .prepare_cached("SELECT 1 FROM thing WHERE id = ?1")?
            .exists([number])?;
        Ok(known.then(|| self.all(number)))
    }

    /// Why the appearances of a number stand together.
    pub fn joined(&self, conn: &Connection, number: i64) -> Result<Joined, StoreError> {
        let members = self.members(number);
        let mut standing = Standing::default();
        for &thing in &members.things {
            let reports: usize = conn
                .prepare_cached("SELECT reports FROM thing WHERE id = ?1")?
                .query_row([thing], |row| row.get(0))?;
            standing.units += reports;
            match self.judged.whole(thing) {
                Some(root) => standing.judged(root, reports),
                None => {
                    for unit in self.judged.units(thing) {
                        standing.unit(conn, &self.judged, unit)?;
                    }
                }
            }
        }
        for &unit in &members.units {
            if exists(conn, unit)? {
                standing.units += 1;
                standing.unit(conn, &self.judged, unit)?;
            }
        }
        Ok(standing.joined())
    }
}

/// How the appearances of a number are joined.
#[derive(Debug, Default)]
struct Standing {
    units: usize,
    judged: usize,
    roots: BTreeSet<usize>,
}

impl Standing {
    fn judged(&mut self, root: usize, units: usize) {
        if units > 0 {
            self.roots.insert(root);
            self.judged += units;
        }
    }

    fn unit(&mut self, conn: &Connection, judged: &Judged, unit: Unit) -> Result<(), StoreError> {
        if let Some(root) = judged.root(unit)
            && exists(conn, unit)?
        {
            self.judged(root, 1);
        }
        Ok(())
    }

    fn joined(&self) -> Joined {
        match self.units {
            0 | 1 => Joined::OneReport,
            units if self.roots.len() == 1 && self.judged == units => Joined::Judged,
            _ => Joined::Name,
        }
    }
}

/// Whether a report now names a thing.
fn exists(conn: &Connection, unit: Unit) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM appearance WHERE thing = ?1 AND report = ?2")?
        .exists(params![unit.thing, unit.report])?)
}
