//! Expressions that point from the report's day or from a day named before.

use super::grammar::{From, Node};
use super::points::{MonthRef, Point, Reader, YearRef};
use super::tokens::{Ending, Kind};
use super::words::{Sense, Unit};

impl Reader<'_> {
    /// "yesterday", "this year", "last week", "that morning", "the following day", "last August".
    pub fn pointing(&self, at: usize) -> Option<(Node, usize)> {
        if let Some((days, end)) = self.take(at, |sense| match sense {
            Sense::Day(days) => Some(days),
            _ => None,
        }) {
            return Some((Node::Shift(days, Unit::Day, From::Report), end));
        }
        if let Some(end) = self.after(at, Sense::Morrow) {
            return Some((Node::Shift(1, Unit::Day, From::Named), end));
        }
        if let Some(end) = self.after(at, Sense::NewYear) {
            return Some((Node::NewYear, end));
        }
        if let Some(found) = self.week_beside(at) {
            return Some(found);
        }
        if let Some((unit, next)) = self.unit(at) {
            // "day before", "day after", "day following" a day named before
            let sign = self.take(next, |sense| match sense {
                Sense::Before | Sense::Preceding => Some(-1),
                Sense::Later | Sense::Following => Some(1),
                _ => None,
            });
            let (sign, end) = sign?;
            let free = unit == Unit::Day && !self.plural_unit(at) && self.stands_alone(end);
            return free.then_some((Node::Shift(sign, unit, From::Named), end));
        }
        let pointers = [
            (Sense::This, 0, From::Report),
            (Sense::Last, -1, From::Report),
            (Sense::Next, 1, From::Report),
            (Sense::Same, 0, From::Named),
            (Sense::Following, 1, From::Named),
            (Sense::Preceding, -1, From::Named),
        ];
        pointers.iter().find_map(|&(sense, step, from)| {
            let next = self.after(at, sense)?;
            self.pointed(next, step, from)
        })
    }

    /// "week ending March 16", "fortnight beginning 3 May", "week of April 12".
    fn week_beside(&self, at: usize) -> Option<(Node, usize)> {
        let (unit, next) = self.unit(at)?;
        let days = match unit {
            Unit::Week => 7,
            Unit::Fortnight => 14,
            _ => return None,
        };
        let (edge, next) = self.take(next, |sense| {
            matches!(sense, Sense::Ending | Sense::Beginning | Sense::Of).then_some(sense)
        })?;
        let (node, end) = self.core(self.skip(next, Sense::The))?;
        let node = Box::new(node);
        let node = match (edge, &*node) {
            (Sense::Ending, _) => Node::Ending(days, node),
            (Sense::Beginning, _) => Node::Beginning(days, node),
            (_, Node::Point(point)) if point.day.is_some() && days == 7 => Node::WeekOf(node),
            _ => return None,
        };
        Some((node, end))
    }

    /// Whether nothing follows that "before" or "after" would belong to.
    fn stands_alone(&self, at: usize) -> bool {
        let edge = |sense| matches!(sense, Sense::Until | Sense::Since).then_some(());
        let preposition = at
            .checked_sub(1)
            .is_some_and(|before| self.take(before, edge).is_some());
        if !preposition {
            return true;
        }
        let Some(token) = self.token(at) else {
            return true;
        };
        let object =
            self.after(at, Sense::The).is_some() || token.capital || token.value().is_some();
        token.is(',') || !object
    }

    fn pointed(&self, at: usize, step: i32, from: From) -> Option<(Node, usize)> {
        let day_part = self.after(at, Sense::DayPart);
        if let Some((unit, end)) = self.unit(at) {
            // "last days" are no certain days, and "next day" follows one that was named
            // "the last month of the war"
            let of =
                self.after(end, Sense::Of).is_some() && self.after(end, Sense::Within).is_none();
            if self.plural_unit(at) || of && from == From::Report {
                return None;
            }
            let node = match (unit, from) {
                (Unit::Day, From::Report) if step == 0 => Node::Shift(0, unit, from),
                (Unit::Day, From::Report) if step > 0 => Node::Shift(step, unit, From::Named),
                (Unit::Day, From::Report) => return None,
                (Unit::Day, From::Named) => Node::Shift(step, unit, from),
                _ => Node::Unit(unit, step, from),
            };
            return Some((node, end));
        }
        if let Some(end) = day_part {
            let node = match (step, from) {
                (0, From::Named) => Node::Shift(0, Unit::Day, from),
                (1, _) => Node::Shift(1, Unit::Day, From::Named),
                (-1, From::Named) => Node::Shift(-1, Unit::Day, from),
                _ => return None,
            };
            return Some((node, end));
        }
        let year = match (step, from) {
            (0, From::Report) => YearRef::Away(0),
            (-1, From::Report) => YearRef::Last,
            (1, From::Report) => YearRef::Next,
            (step, From::Named) => YearRef::Named(i16::try_from(step).ok()?),
            _ => return None,
        };
        if let Some((month, end)) = self.month(at) {
            let named = Point {
                year,
                month: MonthRef::Number(month),
                ..Point::default()
            };
            return Some((Node::Point(named), end));
        }
        let (season, end) = self.season(at)?;
        let unsaid = season.year == YearRef::Absent;
        let year = if unsaid { year } else { season.year };
        Some((Node::Point(Point { year, ..season }), end))
    }

    /// Whether the unit at `at` is a plural: it has the length of its second form.
    pub fn plural_unit(&self, at: usize) -> bool {
        let units = &self.words.pack.units;
        let word = self.word(at);
        [
            &units.day,
            &units.week,
            &units.fortnight,
            &units.month,
            &units.year,
            &units.decade,
            &units.century,
        ]
        .iter()
        .any(|forms| forms.iter().skip(1).any(|form| self.words.id(form) == word))
    }

    fn count(&self, at: usize) -> Option<(i32, usize)> {
        let token = self.token(at)?;
        if let Kind::Number {
            value,
            digits: 1..=3,
            ending: Ending::Bare,
        } = token.kind
        {
            return Some((value, at + 1));
        }
        self.take(at, |sense| match sense {
            Sense::Number(number) => Some(number),
            _ => None,
        })
    }

    /// "three months ago", "two days later", "over the past three months".
    pub fn counted(&self, at: usize) -> Option<(Node, usize)> {
        let past = self.skip(self.skip(at, Sense::Over), Sense::The);
        if let Some(next) = self.after(past, Sense::Past) {
            if let Some((count, place)) = self.count(next)
                && let Some((unit, end)) = self.unit(place)
                && self.after(end, Sense::Of).is_none()
            {
                return Some((Node::Past(count, unit), end));
            }
            let of = |end| self.after(end, Sense::Of).is_some();
            let single = self
                .unit(next)
                .filter(|&(_, end)| !self.plural_unit(next) && !of(end));
            let article = self.follows(past, Sense::The) || self.after(past, Sense::Last).is_none();
            if let Some((unit, end)) = single
                && past > at
                && article
            {
                return Some((Node::Past(1, unit), end));
            }
        }
        let (count, next) = self.count(at)?;
        let night = || Some((Unit::Day, self.after(next, Sense::DayPart)?));
        let (unit, next) = self.unit(next).or_else(night)?;
        let (sense, end) = self.take(next, |sense| {
            matches!(sense, Sense::Ago | Sense::Before | Sense::Later).then_some(sense)
        })?;
        match sense {
            Sense::Ago if self.stands_alone(end) => {
                Some((Node::Shift(-count, unit, From::Report), end))
            }
            Sense::Before if self.stands_alone(end) => {
                Some((Node::Shift(-count, unit, From::Named), end))
            }
            Sense::Later if self.stands_alone(end) => {
                Some((Node::Shift(count, unit, From::Named), end))
            }
            _ => None,
        }
    }
}
