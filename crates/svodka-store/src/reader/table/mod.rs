//! All claims of a project as short rows in memory. What is asked of every claim (which fit, how many of each sort there are, who stands in them
//! together) is answered by looking at all of them: that takes milliseconds for half a million, where SQL takes seconds.

mod fit;
mod made;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, OnceLock};

use svodka_model::Certainty;

pub(super) use self::fit::Decided;
use crate::StoreError;

/// Stands for a day that is not known.
const NO_DAY: i32 = i32::MIN;

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
    /// With their rows, so that all can be looked at one after the other.
    by_time: OnceLock<Vec<(Row, Place)>>,
    by_doubt: OnceLock<Vec<Place>>,
    by_thing: OnceLock<BTreeMap<u32, Vec<Place>>>,
}

/// The claims of a report.
#[derive(Debug)]
struct Block {
    report: i64,
    /// The report's first and last possible day.
    days: (i32, i32),
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
        let [first, last] = days.unwrap_or([NO_DAY; 2]);
        known([first, last, it.days.0, it.days.1]).unwrap_or(i32::MAX)
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        let blocks = (0u32..).zip(&self.blocks);
        blocks.flat_map(|(block, it)| (0u32..).zip(&it.rows).map(move |(row, _)| (block, row)))
    }

    fn by_time(&self) -> &[(Row, Place)] {
        self.by_time.get_or_init(|| {
            let mut all: Vec<(i32, Place)> = self.places().map(|it| (self.time(it), it)).collect();
            all.sort_unstable();
            let rows = all.into_iter().map(|(_, place)| place);
            rows.filter_map(|place| Some((*self.at(place)?.row, place)))
                .collect()
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

    /// The claims in which a name has a part, in the order of reports.
    fn with(&self, thing: u32) -> &[Place] {
        let by_thing = self.by_thing.get_or_init(|| {
            let mut all: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
            for place in self.places() {
                for part in self.at(place).map_or(&[][..], |it| it.parts) {
                    let claims = all.entry(part.thing).or_default();
                    if claims.last() != Some(&place) {
                        claims.push(place);
                    }
                }
            }
            all
        });
        by_thing.get(&thing).map_or(&[], Vec::as_slice)
    }

    fn number(&self, kind: &str) -> Option<u16> {
        let place = self.kinds.iter().position(|known| known == kind)?;
        u16::try_from(place).ok()
    }

    fn kind(&mut self, kind: String) -> Result<u16, StoreError> {
        if let Some(number) = self.number(&kind) {
            return Ok(number);
        }
        self.kinds.push(kind);
        u16::try_from(self.kinds.len() - 1).map_err(|_| too_many())
    }
}

/// The first of these days that is known.
fn known<const N: usize>(days: [i32; N]) -> Option<i32> {
    days.into_iter().find(|day| *day != NO_DAY)
}

fn too_many() -> StoreError {
    StoreError::Damaged("there are more claims, names or kinds than can be numbered".to_owned())
}
