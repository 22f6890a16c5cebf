//! Where things were: how many claims each place and workplace stands in, when, and with which others.

use std::collections::{BTreeMap, BTreeSet};

use super::{Reader, Selection};
use crate::{StoreError, Unit};

/// A place or workplace in the claims that fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// In how many claims it has a part.
    pub claims: u32,
    /// How many of each kind there are in each month, as year times 100 and month, of those with a date of their own.
    pub months: BTreeMap<(i64, String), u32>,
    /// How many have no date of their own.
    pub undated: u32,
    /// The places of a workplace and the workplaces of a place: in how many claims both have a part.
    pub with: BTreeMap<i64, u32>,
}

impl Reader {
    /// The places and workplaces that have a part in the claims that fit, by their numbers.
    ///
    /// # Errors
    ///
    /// As [`Reader::selected`].
    pub fn whereabouts(
        &self,
        selection: &Selection,
    ) -> Result<BTreeMap<i64, Whereabouts>, StoreError> {
        let table = self.table_for(selection)?;
        let fit = self.fit(selection, &table)?;
        let mut query = self.conn.prepare_cached(
            "SELECT id, kind = 'PLACE' FROM thing WHERE kind IN ('PLACE', 'WORKPLACE')",
        )?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let sites: BTreeMap<u32, bool> = rows.collect::<Result<_, _>>()?;
        let mut found: BTreeMap<i64, Whereabouts> = BTreeMap::new();
        let mut here: BTreeSet<(i64, bool)> = BTreeSet::new();
        for it in table.fitting(&fit) {
            here.clear();
            for part in it.parts.iter().filter(|part| !part.said) {
                if let Some(is_place) = sites.get(&part.thing) {
                    let unit = Unit {
                        thing: part.thing.into(),
                        report: it.report,
                    };
                    here.insert((self.clusters.of(unit), *is_place));
                }
            }
            add(&mut found, &here, it.kind, it.row.month());
        }
        Ok(found)
    }

    /// The number of what a report calls by a name.
    pub fn number_of(&self, unit: Unit) -> i64 {
        self.clusters.of(unit)
    }
}

/// Adds a claim to each of the places (true) and workplaces that have a part in it.
fn add(
    found: &mut BTreeMap<i64, Whereabouts>,
    here: &BTreeSet<(i64, bool)>,
    kind: &str,
    month: Option<i64>,
) {
    for &(number, is_place) in here {
        let known = found.entry(number).or_default();
        known.claims += 1;
        match month {
            Some(month) => *known.months.entry((month, kind.to_owned())).or_default() += 1,
            None => known.undated += 1,
        }
        for &(other, _) in here.iter().filter(|(_, place)| *place != is_place) {
            *known.with.entry(other).or_default() += 1;
        }
    }
}
