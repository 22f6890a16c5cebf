//! Claims counted under the values of one axis or several.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use svodka::store::{TakesPart, Told, Verdict};
use svodka::{Polarity, SmolStr};

use crate::page::CERTAINTIES;

use super::axis::{Axis, Under, Unit, is_place, when};

/// What stands in the place of a time for claims whose date is longer than the unit.
pub const SPREAD: &str = "longer";

/// What stands in the place of a long time without a claim.
pub const GAP: &str = "…";

/// What stands in the place of a value for claims that say nothing of one axis, but of another.
pub const SILENT: &str = "";

/// The most months, weeks, days or years without a claim that are shown one by one.
const MOST_EMPTY: usize = 3;

/// Counts of claims.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many claims fall under each combination of values. A claim with two places counts under each.
    pub cells: BTreeMap<Vec<String>, usize>,
    /// How many claims are counted.
    pub claims: usize,
    /// How many say nothing of an axis, by the axis's name. They are counted if they say something of another.
    pub silent: BTreeMap<String, usize>,
    /// How many say nothing of any axis and are left out.
    pub left_out: usize,
    /// How many claims have a date longer than the unit, and stand in a row of their own.
    pub spread: usize,
    /// How many are said not to be so and are left out.
    pub denied: usize,
    /// How many a reader rejected, and are left out.
    pub rejected: usize,
    /// How many stand under several values of an axis.
    pub several: usize,
    /// How many share a place and a date with another, and may tell of the same event.
    pub shared: usize,
}

/// Claims that are being counted, one after the other: none of them is kept.
pub struct Counting<'a> {
    axes: &'a [Axis],
    tally: Tally,
    /// How many were taken.
    taken: usize,
    /// When claims of one kind were at one place.
    by_place: BTreeMap<(SmolStr, i64), Vec<Stretch>>,
}

impl<'a> Counting<'a> {
    /// Nothing yet.
    pub fn new(axes: &'a [Axis]) -> Counting<'a> {
        Counting {
            axes,
            tally: Tally::default(),
            taken: 0,
            by_place: BTreeMap::new(),
        }
    }

    /// How many claims were taken, those included that are left out of what is counted.
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// Takes a claim, with who and what has a part in it.
    pub fn take(&mut self, told: &Told, parts: &[TakesPart]) {
        self.taken += 1;
        let (axes, tally) = (self.axes, &mut self.tally);
        let mut decisions = told.decisions.iter().map(|it| &it.verdict);
        let last = decisions.rfind(|verdict| verdict.judges());
        if last == Some(&Verdict::Reject) {
            tally.rejected += 1;
            return;
        }
        if told.claim.polarity == Polarity::Negative && !axes.contains(&Axis::Polarity) {
            tally.denied += 1;
            return;
        }
        let mut combinations: Vec<Vec<String>> = vec![Vec::new()];
        let (mut said, mut spread, mut several) = (false, false, false);
        for axis in axes {
            let under = axis.of(told, parts);
            said |= under != Under::Nothing;
            let values = match under {
                Under::These(values) => values,
                Under::Spread => {
                    spread = true;
                    vec![SPREAD.to_owned()]
                }
                Under::Nothing => {
                    *tally.silent.entry(axis.name().to_owned()).or_default() += 1;
                    vec![SILENT.to_owned()]
                }
            };
            several |= values.len() > 1;
            combinations = combinations
                .iter()
                .flat_map(|before| {
                    values.iter().map(|value| {
                        let mut with = before.clone();
                        with.push(value.clone());
                        with
                    })
                })
                .collect();
        }
        if !said {
            tally.left_out += 1;
            return;
        }
        tally.claims += 1;
        tally.spread += usize::from(spread);
        tally.several += usize::from(several);
        for cell in combinations {
            *tally.cells.entry(cell).or_default() += 1;
        }
        self.place(told, parts);
    }

    /// Where and when it was, if it was at a place and within a month.
    fn place(&mut self, told: &Told, parts: &[TakesPart]) {
        let Some((Some(first), Some(last))) = when(told) else {
            return;
        };
        let month = first.checked_add(jiff::Span::new().days(31));
        if month.is_ok_and(|end| end < last) {
            return;
        }
        for part in parts.iter().filter(|part| is_place(part.kind)) {
            let of_place = self.by_place.entry((told.claim.kind.clone(), part.number));
            of_place.or_default().push((first, last, self.taken));
        }
    }

    /// What was counted.
    pub fn done(self) -> Tally {
        Tally {
            shared: shared(self.by_place),
            ..self.tally
        }
    }
}

impl Tally {
    /// The values of an axis: in the order of time, or those with most claims first; [`SILENT`] comes last.
    pub fn values(&self, axes: &[Axis], at: usize) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (cell, count) in &self.cells {
            *counts.entry(&cell[at]).or_default() += count;
        }
        let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
        if axes[at] == Axis::Certainty {
            let rank = |word: &str| CERTAINTIES.iter().position(|it| it.word() == word);
            values.sort_by_key(|(word, _)| rank(word));
        } else if !axes[at].is_ordered() {
            values.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        }
        values.sort_by_key(|(value, _)| *value == SILENT);
        let mut values: Vec<String> = values
            .into_iter()
            .map(|(value, _)| value.to_owned())
            .collect();
        if let ([Axis::Time(unit)], 0) = (axes, at) {
            values = without_gaps(values, *unit);
        }
        values
    }
}

/// Stretches of time with those between them, so that a plot shows when there was nothing; many of them are one gap. What is longer
/// than the unit comes last.
fn without_gaps(values: Vec<String>, unit: Unit) -> Vec<String> {
    let mut filled: Vec<String> = Vec::new();
    for value in values {
        if value != SPREAD
            && let Some(last) = filled.last()
        {
            filled.extend(between(last, &value, unit));
        }
        filled.push(value);
    }
    filled
}

/// What lies between two stretches of time: each one, or a gap if they are many.
fn between(first: &str, last: &str, unit: Unit) -> Vec<String> {
    let mut between: Vec<String> = Vec::new();
    let mut day = begin(first, unit);
    while let Some(now) = day {
        let stretch = unit.of(now);
        if stretch == last {
            return between;
        }
        if stretch != first && between.last() != Some(&stretch) {
            between.push(stretch);
        }
        if between.len() > MOST_EMPTY {
            break;
        }
        day = now.tomorrow().ok();
    }
    vec![GAP.to_owned()]
}

/// The first day of a stretch of time, as [`Unit::of`] writes it.
fn begin(value: &str, unit: Unit) -> Option<Date> {
    match unit {
        Unit::Year => format!("{value}-01-01").parse().ok(),
        Unit::Month => format!("{value}-01").parse().ok(),
        Unit::Day => value.parse().ok(),
        Unit::Week => {
            let (year, week) = value.split_once("-W")?;
            let monday = jiff::civil::Weekday::Monday;
            let week =
                jiff::civil::ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, monday);
            Some(week.ok()?.date())
        }
    }
}

/// First day, last day, and which claim it is.
type Stretch = (Date, Date, usize);

/// How many claims of one kind share a place and a date of at most a month with another.
fn shared(mut by_place: BTreeMap<(SmolStr, i64), Vec<Stretch>>) -> usize {
    let mut shared = BTreeSet::new();
    for stretches in by_place.values_mut() {
        stretches.sort();
        // The stretch that reaches furthest of those before.
        let mut reach: Option<(Date, usize)> = None;
        for &(first, last, index) in stretches.iter() {
            if let Some((end, before)) = reach
                && first <= end
                && before != index
            {
                shared.extend([before, index]);
            }
            if reach.is_none_or(|(end, _)| last > end) {
                reach = Some((last, index));
            }
        }
    }
    shared.len()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use svodka::NameType;

    use super::*;

    /// A claim made up of what matters here.
    fn told(when: &str, places: &[(&str, i64)], certainty: &str) -> (Told, Vec<TakesPart>) {
        let when = (!when.is_empty()).then(|| json!({"edtf": when, "text": when}));
        let mut claim = json!({
            "id": "c1", "kind": "strike", "roles": {"cause": [{"text": "low\n wages"}]}, "action": "strike",
            "polarity": "positive", "certainty": certainty, "evidence": {"start": 0, "end": 1, "text": "x"}
        });
        if let Some(when) = when {
            claim["when"] = when;
        }
        let told = Told {
            key: "c0000000000000001".parse().expect("a key"),
            report: 1,
            ordinal: 0,
            label: "a.txt".to_owned(),
            date: None,
            claim: serde_json::from_value(claim).expect("a claim"),
            read: None,
            decisions: Vec::new(),
            may_live: false,
        };
        let parts = places.iter().map(|(label, number)| TakesPart {
            role: "at".to_owned(),
            number: *number,
            kind: NameType::Workplace,
            label: (*label).to_owned(),
        });
        (told, parts.collect())
    }

    fn tally(by: &str, claims: &[(Told, Vec<TakesPart>)]) -> (Vec<Axis>, Tally) {
        let axes: Vec<Axis> = by.split(',').map(Axis::read).collect();
        let mut counting = Counting::new(&axes);
        for (told, parts) in claims {
            counting.take(told, parts);
        }
        let tally = counting.done();
        (axes, tally)
    }

    #[test]
    fn a_year_is_not_put_into_a_month_and_months_without_a_claim_are_seen() {
        let claims = [
            told("1923-08-30", &[], "asserted"),
            told("1923-11", &[], "asserted"),
            told("1923-08-21~/1923-08-31~", &[], "asserted"),
            told("1923", &[], "asserted"),
            told("1923-08/1923-09", &[], "asserted"),
            told("../1923-07", &[], "asserted"),
            told("", &[], "asserted"),
            told("XXXX", &[], "asserted"),
        ];
        let (axes, of_months) = tally("month", &claims);
        let values = of_months.values(&axes, 0);
        assert_eq!(values, ["1923-08", "1923-09", "1923-10", "1923-11", SPREAD]);
        let count = |value: &str| of_months.cells.get(&vec![value.to_owned()]).copied();
        assert_eq!(
            (count("1923-08"), count("1923-09"), count(SPREAD)),
            (Some(2), None, Some(3))
        );
        assert_eq!(
            (
                of_months.claims,
                of_months.spread,
                of_months.silent["month"]
            ),
            (6, 3, 2)
        );
        let (axes, of_weeks) = tally("week", &claims);
        assert_eq!(of_weeks.values(&axes, 0), ["1923-W35", SPREAD]);
        let (axes, of_years) = tally("year", &claims);
        assert_eq!(of_years.values(&axes, 0), ["1923", SPREAD]);
    }

    #[test]
    fn a_cross_table_counts_a_claim_under_each_of_its_places() {
        let claims = [
            told("1923-08", &[("Guzhon", 1), ("Bromley", 2)], "asserted"),
            told("1923-08-04", &[("Guzhon", 1)], "probable"),
            told("1923-09-01", &[("Guzhon", 1)], "asserted"),
            told("1923-08", &[], "asserted"),
        ];
        let (axes, table) = tally("month,cause,place", &claims);
        let cell = |month: &str, place: &str| {
            table
                .cells
                .get(&vec![
                    month.to_owned(),
                    "low wages".to_owned(),
                    place.to_owned(),
                ])
                .copied()
        };
        assert_eq!(
            (cell("1923-08", "Guzhon"), cell("1923-08", "Bromley")),
            (Some(2), Some(1))
        );
        assert_eq!(table.values(&axes, 2), ["Guzhon", "Bromley", SILENT]);
        assert_eq!(
            (
                table.claims,
                table.several,
                table.silent["place"],
                table.left_out
            ),
            (4, 1, 1, 0)
        );
        assert_eq!(cell("1923-08", SILENT), Some(1));
        // The first two name Guzhon within one month.
        assert_eq!(table.shared, 2);
    }

    #[test]
    fn what_is_denied_or_rejected_is_left_out_and_told() {
        let mut denied = told("1923-08", &[], "asserted");
        denied.0.claim.polarity = Polarity::Negative;
        let mut rejected = told("1923-08", &[], "asserted");
        rejected.0.decisions = vec![svodka::store::Standing {
            operation: 1,
            verdict: Verdict::Reject,
            reason: String::new(),
            at: String::new(),
            author: String::new(),
        }];
        let (_, counted) = tally("month", &[denied.clone(), rejected.clone()]);
        assert_eq!(
            (counted.claims, counted.denied, counted.rejected),
            (0, 1, 1)
        );
        let (axes, counted) = tally("polarity", &[denied]);
        assert_eq!(counted.values(&axes, 0), ["not so"]);
    }
}
