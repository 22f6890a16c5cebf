//! All claims of a project as short rows in memory. What is asked of every claim (which fit, how many of each sort there are, who stands in them
//! together) is answered by looking at all of them: that takes milliseconds for half a million, where SQL takes seconds.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};

use rusqlite::{OptionalExtension, params};
use svodka_model::Certainty;

use super::select::Judged;
use super::{Reader, Selection};
use crate::state::{day, rank};
use crate::{StoreError, Unit};

/// Stands for a day that is not known.
const NO_DAY: i32 = i32::MIN;

/// Not more than so many claims are put in order anew for one question.
const FEW: usize = 50_000;

/// The claims of a project's current readings; it names nobody. Made by [`Reader::table`].
#[derive(Debug)]
pub struct Table {
    /// The newest entry of the log when its claims were read.
    made: i64,
    /// The newest entry up to which they are known to be the same.
    newest: AtomicI64,
    kinds: Vec<String>,
    /// In the order of reports.
    blocks: Vec<Arc<Block>>,
    /// In how many claims each name has a part.
    weights: BTreeMap<u32, u32>,
    by_time: OnceLock<Vec<Place>>,
    by_doubt: OnceLock<Vec<Place>>,
}

/// The claims of a report.
#[derive(Debug)]
struct Block {
    report: i64,
    /// The report's day, or the last that it can be.
    day: i32,
    rows: Vec<Row>,
    parts: Vec<Part>,
}

/// A claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub key: i64,
    first: i32,
    last: i32,
    pub ordinal: u32,
    /// Where its parts end; they begin where those of the claim before end.
    parts: u32,
    kind: u16,
    certainty: u8,
}

/// A name that has a part in a claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub thing: u32,
    /// Whether it is who is said to have said it.
    pub said: bool,
}

/// A claim by its block and its row there.
pub(super) type Place = (u32, u32);

/// A claim that fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fitting<'t> {
    pub place: Place,
    pub report: i64,
    pub row: &'t Row,
    pub parts: &'t [Part],
    pub kind: &'t str,
}

impl Row {
    /// The month in which it can have been first, as year times 100 and month.
    pub fn month(&self) -> Option<i64> {
        let day = if self.first == NO_DAY {
            self.last
        } else {
            self.first
        };
        (day != NO_DAY).then(|| i64::from(day) / 100)
    }

    /// How sure it is.
    pub fn certainty(&self) -> Certainty {
        CERTAINTIES[usize::from(self.certainty).min(3)]
    }
}

/// By their ranks.
const CERTAINTIES: [Certainty; 4] = [
    Certainty::Asserted,
    Certainty::Probable,
    Certainty::Possible,
    Certainty::Unestablished,
];

impl Block {
    fn parts(&self, row: usize) -> &[Part] {
        let begin = match row.checked_sub(1).and_then(|before| self.rows.get(before)) {
            Some(before) => before.parts as usize,
            None => 0,
        };
        let end = self.rows.get(row).map_or(begin, |row| row.parts as usize);
        self.parts.get(begin..end).unwrap_or_default()
    }
}

impl Table {
    pub(super) fn at(&self, (block, row): Place) -> Option<Fitting<'_>> {
        let it = self.blocks.get(block as usize)?;
        let found = it.rows.get(row as usize)?;
        Some(Fitting {
            place: (block, row),
            report: it.report,
            row: found,
            parts: it.parts(row as usize),
            kind: self
                .kinds
                .get(usize::from(found.kind))
                .map_or("", String::as_str),
        })
    }

    /// When a claim was, or else its report: what lists are in the order of. What has no date comes last.
    fn time(&self, (block, row): Place) -> i32 {
        let Some(it) = self.blocks.get(block as usize) else {
            return i32::MAX;
        };
        let days = it.rows.get(row as usize).map(|row| [row.first, row.last]);
        let mut days = days.unwrap_or([NO_DAY; 2]).into_iter().chain([it.day]);
        days.find(|day| *day != NO_DAY).unwrap_or(i32::MAX)
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        let blocks = (0u32..).zip(&self.blocks);
        blocks.flat_map(|(block, it)| (0u32..).zip(&it.rows).map(move |(row, _)| (block, row)))
    }

    fn by_time(&self) -> &[Place] {
        self.by_time.get_or_init(|| {
            let mut all: Vec<(i32, Place)> = self.places().map(|it| (self.time(it), it)).collect();
            all.sort_unstable();
            all.into_iter().map(|(_, place)| place).collect()
        })
    }

    /// The least certain first, among these the ones whose names are met in most claims.
    pub(super) fn by_doubt(&self) -> &[Place] {
        self.by_doubt.get_or_init(|| {
            let mut all: Vec<(Reverse<u8>, Reverse<u64>, Place)> = Vec::new();
            for place in self.places() {
                let Some(it) = self.at(place) else { continue };
                let names = it.parts.iter().filter(|part| !part.said);
                let weight = names.filter_map(|part| self.weights.get(&part.thing));
                let weight = weight.map(|claims| u64::from(*claims)).sum();
                all.push((Reverse(it.row.certainty), Reverse(weight), place));
            }
            all.sort_unstable();
            all.into_iter().map(|(.., place)| place).collect()
        })
    }

    fn kind(&mut self, kind: String) -> Result<u16, StoreError> {
        let place = match self.kinds.iter().position(|known| *known == kind) {
            Some(place) => place,
            None => {
                self.kinds.push(kind);
                self.kinds.len() - 1
            }
        };
        u16::try_from(place).map_err(|_| too_many())
    }
}

fn too_many() -> StoreError {
    StoreError::Damaged("there are more claims, names or kinds than can be numbered".to_owned())
}

/// What goes by a number, as parts have it.
#[derive(Debug)]
struct Those {
    things: Vec<u32>,
    units: Vec<(u32, i64)>,
}

impl Those {
    fn has(&self, thing: u32, report: i64) -> bool {
        self.things.binary_search(&thing).is_ok()
            || (!self.units.is_empty() && self.units.binary_search(&(thing, report)).is_ok())
    }
}

/// A selection made ready to be held against every claim.
#[derive(Debug)]
pub(super) struct Fit {
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
        let row = it.row;
        let first = if row.first == NO_DAY {
            row.last
        } else {
            row.first
        };
        let last = if row.last == NO_DAY {
            row.first
        } else {
            row.last
        };
        let has_day = first != NO_DAY;
        let has = |those: &Those, said: bool| {
            let mut parts = it.parts.iter().filter(|part| part.said == said);
            parts.any(|part| those.has(part.thing, it.report))
        };
        self.kind.is_none_or(|kind| kind == Some(row.kind))
            && row.certainty <= self.least
            && self.sure.is_none_or(|sure| row.certainty == sure)
            && (!self.dated || has_day)
            // Without an end, it may have gone on; without a beginning, it may have begun before.
            && self
                .from
                .is_none_or(|from| has_day && (last >= from || row.last == NO_DAY))
            && self
                .to
                .is_none_or(|to| has_day && (first <= to || row.first == NO_DAY))
            && (!self.own_word || it.parts.iter().all(|part| !part.said))
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
pub(super) struct Decided(BTreeMap<i64, BTreeMap<u32, Known>>);

/// What was decided of a claim.
#[derive(Debug)]
pub(super) struct Known {
    pub judged: Judged,
    pub grade: Option<String>,
}

impl Decided {
    pub(super) fn of(&self, report: i64, ordinal: u32) -> Option<&Known> {
        self.0.get(&report)?.get(&ordinal)
    }
}

impl Reader {
    /// The project's claims as a table: made anew, or brought up to date from one that was made before of this project. What it is asked
    /// by this reader is answered from it.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn table(&self, before: Option<&Arc<Table>>) -> Result<Arc<Table>, StoreError> {
        if let Some(table) = self.table.get() {
            return Ok(Arc::clone(table));
        }
        let newest = self.newest()?;
        // One that was made of a later moment says what this reader cannot see.
        let before = before.filter(|before| before.made <= newest);
        let changed = match before {
            Some(before) => self.reports_changed(before.newest.load(Ordering::Relaxed))?,
            None => None,
        };
        let table = match (before, changed) {
            (Some(before), Some(changed)) if changed.is_empty() => {
                before.newest.fetch_max(newest, Ordering::Relaxed);
                Arc::clone(before)
            }
            (Some(before), Some(changed)) => Arc::new(self.patched(before, &changed)?),
            _ => Arc::new(self.tabled(None)?),
        };
        Ok(Arc::clone(self.table.get_or_init(|| table)))
    }

    /// The table that a selection needs: of one report if it wants one, and no more is known.
    pub(super) fn table_for(&self, selection: &Selection) -> Result<Arc<Table>, StoreError> {
        match &selection.filter.report {
            Some(name) if self.table.get().is_none() => {
                Ok(Arc::new(self.tabled(Some(self.report_called(name)?))?))
            }
            _ => self.table(None),
        }
    }

    /// How many claims there are, if they are in memory: counting them in the file takes a tenth of a second.
    pub(super) fn claims_in_memory(&self) -> Option<u32> {
        let table = self.table.get()?;
        u32::try_from(table.blocks.iter().map(|it| it.rows.len()).sum::<usize>()).ok()
    }

    fn tabled(&self, report: Option<i64>) -> Result<Table, StoreError> {
        let newest = self.newest()?;
        let mut table = Table {
            made: newest,
            newest: AtomicI64::new(newest),
            kinds: Vec::new(),
            blocks: Vec::new(),
            weights: self.weights()?,
            by_time: OnceLock::new(),
            by_doubt: OnceLock::new(),
        };
        let reports = match report {
            Some(report) => vec![report],
            None => {
                let mut query = self
                    .conn
                    .prepare_cached("SELECT id FROM report ORDER BY id")?;
                let rows = query.query_map([], |row| row.get(0))?;
                rows.collect::<Result<_, _>>()?
            }
        };
        // The parts of all reports in one go: their index begins with the thing.
        let all = report.is_none().then(|| self.all_parts()).transpose()?;
        for report in reports {
            let parts = match &all {
                Some(all) => all.get(&report).cloned().unwrap_or_default(),
                None => self.parts_in(report)?,
            };
            let block = self.block(&mut table, report, parts)?;
            table.blocks.push(Arc::new(block));
        }
        Ok(table)
    }

    /// The same table with the claims of some reports read anew.
    fn patched(&self, before: &Table, changed: &[i64]) -> Result<Table, StoreError> {
        let newest = self.newest()?;
        let mut table = Table {
            made: newest,
            newest: AtomicI64::new(newest),
            kinds: before.kinds.clone(),
            blocks: before.blocks.clone(),
            weights: self.weights()?,
            by_time: OnceLock::new(),
            by_doubt: OnceLock::new(),
        };
        for &report in changed {
            let parts = self.parts_in(report)?;
            let block = Arc::new(self.block(&mut table, report, parts)?);
            match table.blocks.binary_search_by_key(&report, |it| it.report) {
                Ok(place) => table.blocks[place] = block,
                Err(place) => table.blocks.insert(place, block),
            }
        }
        Ok(table)
    }

    /// The reports whose claims have changed after an entry of the log; nothing if that cannot be told.
    fn reports_changed(&self, since: i64) -> Result<Option<Vec<i64>>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT coalesce(u.kind, o.kind), coalesce(u.payload, o.payload) ->> 'label', coalesce(u.payload, o.payload) ->> 'verdict'
             FROM operation o LEFT JOIN operation u ON u.id = o.undoes WHERE o.id > ?1",
        )?;
        let mut rows = query.query([since])?;
        let mut changed: Vec<i64> = Vec::new();
        while let Some(row) = rows.next()? {
            let kind: String = row.get(0)?;
            let verdict: Option<String> = row.get(2)?;
            match (kind.as_str(), verdict.as_deref()) {
                ("add" | "reread", _) | ("decide", Some("correct")) => {
                    let label: String = row.get(1)?;
                    let found: Option<i64> = self
                        .conn
                        .prepare_cached("SELECT id FROM report WHERE label = ?1")?
                        .query_row([label], |row| row.get(0))
                        .optional()?;
                    changed.extend(found);
                }
                ("decide" | "relate" | "relateall" | "policy" | "except", _) => {}
                _ => return Ok(None),
            }
        }
        changed.sort_unstable();
        changed.dedup();
        Ok(Some(changed))
    }

    fn weights(&self) -> Result<BTreeMap<u32, u32>, StoreError> {
        let mut query = self
            .conn
            .prepare_cached("SELECT id, claims FROM thing WHERE claims > 0")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn all_parts(&self) -> Result<BTreeMap<i64, Vec<(u32, Part)>>, StoreError> {
        let mut query = self
            .conn
            .prepare_cached("SELECT thing, report, ordinal, role = '' FROM part")?;
        let mut rows = query.query([])?;
        let mut parts: BTreeMap<i64, Vec<(u32, Part)>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let part = Part {
                thing: row.get(0)?,
                said: row.get(3)?,
            };
            parts
                .entry(row.get(1)?)
                .or_default()
                .push((row.get(2)?, part));
        }
        Ok(parts)
    }

    fn parts_in(&self, report: i64) -> Result<Vec<(u32, Part)>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT p.ordinal, p.thing, p.role = '' FROM appearance a CROSS JOIN part p ON p.thing = a.thing AND p.report = a.report
             WHERE a.report = ?1",
        )?;
        let rows = query.query_map([report], |row| {
            let part = Part {
                thing: row.get(1)?,
                said: row.get(2)?,
            };
            Ok((row.get(0)?, part))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn block(
        &self,
        table: &mut Table,
        report: i64,
        mut parts: Vec<(u32, Part)>,
    ) -> Result<Block, StoreError> {
        parts.sort_by_key(|(ordinal, part)| (*ordinal, part.thing, part.said));
        let days: (Option<i32>, Option<i32>) = self
            .conn
            .prepare_cached("SELECT first, last FROM report WHERE id = ?1")?
            .query_row([report], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut block = Block {
            report,
            day: days.0.or(days.1).unwrap_or(NO_DAY),
            rows: Vec::new(),
            parts: parts.iter().map(|(_, part)| *part).collect(),
        };
        let mut query = self.conn.prepare_cached(
            "SELECT ordinal, key, kind, certainty, first, last FROM claim WHERE report = ?1 ORDER BY ordinal",
        )?;
        let mut rows = query.query([report])?;
        while let Some(row) = rows.next()? {
            let ordinal: u32 = row.get(0)?;
            let end = parts.partition_point(|(of, _)| *of <= ordinal);
            let (first, last): (Option<i32>, Option<i32>) = (row.get(4)?, row.get(5)?);
            block.rows.push(Row {
                key: row.get(1)?,
                first: first.unwrap_or(NO_DAY),
                last: last.unwrap_or(NO_DAY),
                ordinal,
                parts: u32::try_from(end).map_err(|_| too_many())?,
                kind: table.kind(row.get(2)?)?,
                certainty: row.get(3)?,
            });
        }
        Ok(block)
    }

    /// The last judgement and the last grade of claims that have one.
    pub(super) fn decided(&self) -> Result<Arc<Decided>, StoreError> {
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
    pub(super) fn fit(&self, selection: &Selection, table: &Table) -> Result<Fit, StoreError> {
        let filter = &selection.filter;
        let those = |name: &Option<String>| -> Result<Option<Those>, StoreError> {
            let Some(name) = name else { return Ok(None) };
            let members = self.clusters.members(self.meant(name)?);
            let thing = |thing: i64| u32::try_from(thing).map_err(|_| too_many());
            let things: Result<Vec<u32>, StoreError> =
                members.things.iter().map(|it| thing(*it)).collect();
            let unit = |unit: &Unit| Ok((thing(unit.thing)?, unit.report));
            let units: Result<Vec<(u32, i64)>, StoreError> =
                members.units.iter().map(unit).collect();
            let (mut things, mut units) = (things?, units?);
            things.sort_unstable();
            units.sort_unstable();
            Ok(Some(Those { things, units }))
        };
        let short = |date: jiff::civil::Date| i32::try_from(day(date)).unwrap_or(NO_DAY);
        let small = |certainty| u8::try_from(rank(certainty)).unwrap_or(u8::MAX);
        let kind = filter.kind.as_ref().map(|kind| {
            let place = table.kinds.iter().position(|known| known == kind);
            place.and_then(|place| u16::try_from(place).ok())
        });
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
    pub(super) fn fitting<'t>(&'t self, fit: &'t Fit) -> impl Iterator<Item = Fitting<'t>> {
        let range = match fit.report {
            Some(report) => {
                let place = self.blocks.partition_point(|it| it.report < report);
                let end = self.blocks.partition_point(|it| it.report <= report);
                place..end
            }
            None => 0..self.blocks.len(),
        };
        let begin = u32::try_from(range.start).unwrap_or(u32::MAX);
        let blocks = (begin..).zip(&self.blocks[range]);
        let places =
            blocks.flat_map(|(block, it)| (0u32..).zip(&it.rows).map(move |(row, _)| (block, row)));
        places.filter_map(|place| self.at(place).filter(|it| fit.fits(it)))
    }

    /// How many claims fit, and some of them: so many from a place on, in the order of time.
    pub(super) fn in_time(
        &self,
        fit: &Fit,
        skip: usize,
        limit: usize,
    ) -> (usize, Vec<Fitting<'_>>) {
        let mut places: Vec<Place> = self.fitting(fit).map(|it| it.place).collect();
        let total = places.len();
        if total <= FEW {
            places.sort_by_cached_key(|place| (self.time(*place), *place));
            let page = places.into_iter().skip(skip).take(limit);
            return (total, page.filter_map(|place| self.at(place)).collect());
        }
        let all = self.by_time().iter().filter_map(|place| self.at(*place));
        let page = all.filter(|it| fit.fits(it)).skip(skip).take(limit);
        (total, page.collect())
    }

    /// The claims that fit, the least certain first.
    pub(super) fn in_doubt<'t>(&'t self, fit: &'t Fit) -> impl Iterator<Item = Fitting<'t>> {
        let all = self.by_doubt().iter().filter_map(|place| self.at(*place));
        all.filter(|it| fit.report.is_none_or(|report| it.report == report) && fit.fits(it))
    }
}
