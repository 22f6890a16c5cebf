//! Where things were: how many claims each place and workplace stands in, when, and with which others.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params_from_iter;
use svodka_model::NameType;

use super::select::DECIDED;
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
        let (wanted, values) = self.selecting(selection)?;
        let joins = selection.joins();
        let sql = format!(
            "{DECIDED} SELECT DISTINCT p.report, p.ordinal, p.thing, t.kind, c.kind, coalesce(c.first, c.last) / 100
             FROM thing t JOIN part p ON p.thing = t.id CROSS JOIN claim c ON c.report = p.report AND c.ordinal = p.ordinal {joins}
             WHERE t.kind IN ('PLACE', 'WORKPLACE') AND p.role <> '' AND {wanted} ORDER BY 1, 2, 3"
        );
        let mut query = self.conn.prepare(&sql)?;
        let mut rows = query.query(params_from_iter(values))?;
        let mut found: BTreeMap<i64, Whereabouts> = BTreeMap::new();
        let mut here: BTreeSet<(i64, bool)> = BTreeSet::new();
        let mut last: Option<((i64, i64), String, Option<i64>)> = None;
        while let Some(row) = rows.next()? {
            let at: (i64, i64) = (row.get(0)?, row.get(1)?);
            if let Some((_, kind, month)) = last.take_if(|last| last.0 != at) {
                add(&mut found, &here, &kind, month);
                here.clear();
            }
            let unit = Unit {
                thing: row.get(2)?,
                report: at.0,
            };
            let sort: String = row.get(3)?;
            here.insert((self.clusters.of(unit), sort == NameType::Place.code()));
            if last.is_none() {
                last = Some((at, row.get(4)?, row.get(5)?));
            }
        }
        if let Some((_, kind, month)) = last {
            add(&mut found, &here, &kind, month);
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
