//! Which claims of the table a selection wants.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rusqlite::params;
use svodka_model::Certainty;

use super::super::select::Judged;
use super::super::{Reader, Selection};
use super::{Fitting, NO_DAY, Place, Row, Table, known, too_many};
use crate::state::{day, rank};
use crate::{StoreError, Unit};

/// What goes by a number, as parts have it.
#[derive(Debug)]
struct Those {
    things: Vec<u32>,
    units: Vec<(u32, i64)>,
}

impl Those {
    /// What goes by the number of one thing in the project.
    fn of(reader: &Reader, number: i64) -> Result<Those, StoreError> {
        let members = reader.clusters.members(number);
        let thing = |thing: i64| u32::try_from(thing).map_err(|_| too_many());
        let things: Result<Vec<u32>, StoreError> =
            members.things.iter().map(|it| thing(*it)).collect();
        let unit = |unit: &Unit| Ok((thing(unit.thing)?, unit.report));
        let units: Result<Vec<(u32, i64)>, StoreError> = members.units.iter().map(unit).collect();
        let (mut things, mut units) = (things?, units?);
        things.sort_unstable();
        units.sort_unstable();
        Ok(Those { things, units })
    }

    /// The claims in which any of it can have a part, in the order of reports, and some in which it has none.
    fn claims(&self, table: &Table) -> Vec<Place> {
        let units = self.units.iter().map(|(thing, _)| thing);
        let mut places: Vec<Place> = Vec::new();
        for thing in self.things.iter().chain(units) {
            places.extend(table.with(*thing));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    fn has(&self, thing: u32, report: i64) -> bool {
        self.things.binary_search(&thing).is_ok()
            || (!self.units.is_empty() && self.units.binary_search(&(thing, report)).is_ok())
    }
}

/// A selection made ready to be held against every claim.
#[derive(Debug)]
pub(in super::super) struct Fit {
    /// Nothing if no claim is of that kind.
    kind: Option<Option<u16>>,
    least: u8,
    sure: Option<u8>,
    from: Option<i32>,
    to: Option<i32>,
    report: Option<i64>,
    named: Vec<Those>,
    said_by: Option<Those>,
    own_word: bool,
    dated: bool,
    judged: Option<Judged>,
    grade: Option<String>,
    decided: Option<Arc<Decided>>,
}

impl Fit {
    fn fits(&self, it: &Fitting<'_>) -> bool {
        self.row_fits(it.row) && self.parts_fit(it)
    }

    /// Whether a claim fits as far as its row tells.
    fn row_fits(&self, row: &Row) -> bool {
        let first = known([row.first, row.last]);
        let last = known([row.last, row.first]);
        self.kind.is_none_or(|kind| kind == Some(row.kind))
            && row.certainty <= self.least
            && self.sure.is_none_or(|sure| row.certainty == sure)
            && (!self.dated || first.is_some())
            // Without an end, it may have gone on; without a beginning, it may have begun before.
            && self.from.is_none_or(|from| {
                last.is_some_and(|last| last >= from || row.last == NO_DAY)
            })
            && self.to.is_none_or(|to| {
                first.is_some_and(|first| first <= to || row.first == NO_DAY)
            })
    }

    /// Whether more than its row must be looked at.
    fn asks_of_parts(&self) -> bool {
        self.own_word || !self.named.is_empty() || self.said_by.is_some() || self.decided.is_some()
    }

    /// Whether it fits by who has a part in it and what was decided of it.
    fn parts_fit(&self, it: &Fitting<'_>) -> bool {
        let has = |those: &Those, said: bool| {
            let mut parts = it.parts.iter().filter(|part| part.said == said);
            parts.any(|part| those.has(part.thing, it.report))
        };
        (!self.own_word || it.parts.iter().all(|part| !part.said))
            && self.named.iter().all(|those| has(those, false))
            && self.said_by.as_ref().is_none_or(|those| has(those, true))
            && self.judged_so(it)
    }

    fn judged_so(&self, it: &Fitting<'_>) -> bool {
        let Some(decided) = &self.decided else {
            return true;
        };
        let known = decided.of(it.report, it.row.ordinal);
        let judged = known.map_or(Judged::Nobody, |known| known.judged);
        let grade = known.and_then(|known| known.grade.as_deref());
        self.judged.is_none_or(|wanted| judged == wanted)
            && (self.grade.is_none() || grade == self.grade.as_deref())
    }
}

/// The last judgement and the last grade of claims that have one.
#[derive(Debug, Default)]
pub(in super::super) struct Decided(BTreeMap<i64, BTreeMap<u32, Known>>);

/// What was decided of a claim.
#[derive(Debug)]
pub(in super::super) struct Known {
    pub judged: Judged,
    pub grade: Option<String>,
}

impl Decided {
    pub(in super::super) fn of(&self, report: i64, ordinal: u32) -> Option<&Known> {
        self.0.get(&report)?.get(&ordinal)
    }
}

/// A day as the table has it.
fn short(date: Date) -> i32 {
    i32::try_from(day(date)).unwrap_or(NO_DAY)
}

impl Reader {
    /// The reports in which these things all have a part in one claim of a kind, as [`Table::claiming`] finds them; nothing if the claims are not in
    /// memory.
    pub(in super::super) fn tabled_claiming(
        &self,
        kind: &str,
        things: &[i64],
        first: Option<Date>,
        last: Option<Date>,
    ) -> Result<Option<Vec<i64>>, StoreError> {
        let Some(table) = self.table.get() else {
            return Ok(None);
        };
        let things = things.iter().map(|number| Those::of(self, *number));
        let things = things.collect::<Result<Vec<Those>, StoreError>>()?;
        Ok(Some(table.claiming(
            kind,
            &things,
            first.map(short),
            last.map(short),
        )))
    }

    /// The last judgement and the last grade of claims that have one.
    pub(in super::super) fn decided(&self) -> Result<Arc<Decided>, StoreError> {
        if let Some(decided) = self.decided.get() {
            return Ok(Arc::clone(decided));
        }
        let mut found = Decided::default();
        let mut query = self.conn.prepare_cached(
            "SELECT d.report, d.ordinal, d.verdict, CASE d.verdict WHEN 'grade' THEN o.payload ->> 'value' END
             FROM decision d JOIN operation o ON o.id = d.operation
             WHERE d.ordinal IS NOT NULL AND d.verdict <> 'note' ORDER BY d.operation",
        )?;
        let mut rows = query.query(params![])?;
        while let Some(row) = rows.next()? {
            let report = found.0.entry(row.get(0)?).or_default();
            let known = report.entry(row.get(1)?).or_insert(Known {
                judged: Judged::Nobody,
                grade: None,
            });
            let verdict: String = row.get(2)?;
            match Judged::ALL.into_iter().find(|it| it.verdict() == verdict) {
                Some(judged) => known.judged = judged,
                None => known.grade = row.get(3)?,
            }
        }
        let found = Arc::new(found);
        Ok(Arc::clone(self.decided.get_or_init(|| found)))
    }

    /// A selection made ready for a table.
    pub(in super::super) fn fit(
        &self,
        selection: &Selection,
        table: &Table,
    ) -> Result<Fit, StoreError> {
        let filter = &selection.filter;
        let those = |name: &Option<String>| -> Result<Option<Those>, StoreError> {
            let number = name.as_deref().map(|name| self.meant(name));
            number
                .transpose()?
                .map(|number| Those::of(self, number))
                .transpose()
        };
        let small = |certainty| u8::try_from(rank(certainty)).unwrap_or(u8::MAX);
        let kind = filter.kind.as_deref().map(|kind| table.number(kind));
        let report = filter
            .report
            .as_deref()
            .map(|name| self.report_called(name));
        let needed = selection.judged.is_some() || selection.grade.is_some();
        Ok(Fit {
            kind,
            least: small(filter.certainty.unwrap_or(Certainty::Unestablished)),
            sure: selection.sure.map(small),
            from: filter.from.map(short),
            to: filter.to.map(short),
            report: report.transpose()?,
            named: [those(&filter.about)?, those(&filter.at)?]
                .into_iter()
                .flatten()
                .collect(),
            said_by: those(&filter.said_by)?,
            own_word: selection.own_word,
            dated: selection.dated,
            judged: selection.judged,
            grade: selection.grade.clone(),
            decided: needed.then(|| self.decided()).transpose()?,
        })
    }
}

impl Table {
    /// The claims that fit, in the order of reports.
    pub(in super::super) fn fitting<'t>(
        &'t self,
        fit: &'t Fit,
    ) -> impl Iterator<Item = Fitting<'t>> {
        let chosen = self.chosen(fit);
        let range = match (&chosen, fit.report) {
            (Some(_), _) => 0..0,
            (None, Some(report)) => {
                let place = self.blocks.partition_point(|it| it.report < report);
                let end = self.blocks.partition_point(|it| it.report <= report);
                place..end
            }
            (None, None) => 0..self.blocks.len(),
        };
        let begin = u32::try_from(range.start).unwrap_or(u32::MAX);
        let blocks = (begin..).zip(&self.blocks[range]);
        let all =
            blocks.flat_map(|(block, it)| (0u32..).zip(&it.rows).map(move |(row, _)| (block, row)));
        let places = chosen.into_iter().flatten().chain(all);
        let fits =
            |it: &Fitting<'_>| fit.report.is_none_or(|report| it.report == report) && fit.fits(it);
        places.filter_map(move |place| self.at(place).filter(fits))
    }

    /// The claims among which all stand that fit, if few can be chosen: those of the name that has a part in the fewest.
    fn chosen(&self, fit: &Fit) -> Option<Vec<Place>> {
        let named = fit.named.iter().chain(&fit.said_by);
        let claims = named.map(|those| those.claims(self));
        claims.min_by_key(Vec::len)
    }

    /// How many claims fit, and some of them: so many from a place on, in the order of time.
    pub(in super::super) fn in_time(
        &self,
        fit: &Fit,
        skip: usize,
        limit: usize,
    ) -> (usize, Vec<Fitting<'_>>) {
        if fit.report.is_some() || !fit.named.is_empty() || fit.said_by.is_some() {
            let mut places: Vec<Place> = self.fitting(fit).map(|it| it.place).collect();
            let total = places.len();
            places.sort_by_cached_key(|place| (self.time(*place), *place));
            let page = places.into_iter().skip(skip).take(limit);
            return (total, page.filter_map(|place| self.at(place)).collect());
        }
        let all = self.by_time().iter().filter(|(row, _)| fit.row_fits(row));
        let whole = fit.asks_of_parts();
        let fits = |place: Place| self.at(place).is_some_and(|it| fit.parts_fit(&it));
        let (mut total, mut page) = (0, Vec::new());
        for (_, place) in all.filter(|(_, place)| !whole || fits(*place)) {
            if total >= skip && page.len() < limit {
                page.extend(self.at(*place));
            }
            total += 1;
        }
        (total, page)
    }

    /// The reports in which these things all have a part in one claim of a kind, of something that may have been between two days: by the
    /// claim's own date, else by its report's.
    fn claiming(
        &self,
        kind: &str,
        things: &[Those],
        first: Option<i32>,
        last: Option<i32>,
    ) -> Vec<i64> {
        let claims = things.iter().map(|those| those.claims(self));
        let (Some(kind), Some(places)) = (self.number(kind), claims.min_by_key(Vec::len)) else {
            return Vec::new();
        };
        let mut reports = Vec::new();
        for (block, row) in places {
            let Some(it) = self.at((block, row)).filter(|it| it.row.kind == kind) else {
                continue;
            };
            let days = self
                .blocks
                .get(block as usize)
                .map_or((NO_DAY, NO_DAY), |it| it.days);
            let ended = known([it.row.last, days.1, days.0]);
            let begun = known([it.row.first, it.row.last, days.0, days.1]);
            let takes_part = |those: &Those| {
                let mut parts = it.parts.iter().filter(|part| !part.said);
                parts.any(|part| those.has(part.thing, it.report))
            };
            if first.is_none_or(|first| ended.is_none_or(|ended| ended >= first))
                && last.is_none_or(|last| begun.is_none_or(|begun| begun <= last))
                && things.iter().all(takes_part)
                && reports.last() != Some(&it.report)
            {
                reports.push(it.report);
            }
        }
        reports
    }

    /// The claims that fit, the least certain first.
    pub(in super::super) fn in_doubt<'t>(
        &'t self,
        fit: &'t Fit,
    ) -> impl Iterator<Item = Fitting<'t>> {
        let all = self.by_doubt().iter().filter_map(|place| self.at(*place));
        all.filter(|it| fit.report.is_none_or(|report| it.report == report) && fit.fits(it))
    }
}
