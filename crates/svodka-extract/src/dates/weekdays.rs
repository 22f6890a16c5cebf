//! Weekdays, feasts, and the days that a night joins.

use super::grammar::{From, Nearest, Node, several};
use super::points::{MonthRef, Point, Reader, YearRef};
use super::words::{Sense, Unit};

impl Reader<'_> {
    /// "Friday last", "last Monday", "Monday, March 25", "Thursday, 12th June".
    pub fn weekday(&self, at: usize) -> Option<(Node, usize)> {
        let which = self.take(at, |sense| match sense {
            Sense::Last => Some(Nearest::Last),
            Sense::Next => Some(Nearest::Next),
            Sense::This => Some(Nearest::Unsaid),
            _ => None,
        });
        let place = which.map_or(at, |(_, next)| next);
        if !self.token(place)?.capital {
            return None;
        }
        let (weekday, next) = self.take(place, |sense| match sense {
            Sense::Weekday(weekday) => Some(weekday),
            _ => None,
        })?;
        let next = self.stop(place, next);
        let date = self.skip(self.comma(next), Sense::The);
        let dated = self.day_first(date).or_else(|| self.month_first(date));
        if let Some(((points, joint), end)) = dated
            && points.iter().all(|point| point.day.is_some())
        {
            return Some((several(points, joint), end));
        }
        // "Saturday, the 11th", "Sunday, 19th inst."
        if let Some((days, _, end)) = self.ordinals(date)
            && (self.follows(date, Sense::The) || self.comma(next) > next)
        {
            let node = match days {
                Node::Point(Point {
                    day: Some(day),
                    month: MonthRef::Absent,
                    ..
                }) => Node::DayOn(weekday, day),
                days => days,
            };
            return Some((node, end));
        }
        // "Sunday week", "Tuesday of last week", "Tuesday next week"
        if which.is_none() {
            let day = |weeks| Node::Shift(weeks, Unit::Week, From::Report);
            if let Some((Unit::Week, end)) = self.unit(next).filter(|_| !self.plural_unit(next)) {
                return Some((Node::WeekdayOf(weekday, Box::new(day(1))), end));
            }
            let of = self.skip(self.skip(self.comma(next), Sense::Of), Sense::The);
            if let Some((node @ Node::Unit(Unit::Week, ..), end)) = self.pointing(of) {
                return Some((Node::WeekdayOf(weekday, Box::new(node)), end));
            }
        }
        let (which, end) = match (which, self.year(next)) {
            (Some((which, _)), _) => (which, next),
            (None, (YearRef::Last, end)) => (Nearest::Last, end),
            (None, (YearRef::Next, end)) => (Nearest::Next, end),
            (None, _) => (Nearest::Unsaid, next),
        };
        Some((Node::Weekday(weekday, which), end))
    }

    pub fn feast(&self, at: usize) -> Option<(Node, usize)> {
        if !self.token(at)?.capital {
            return None;
        }
        let (node, next) = self.take(at, |sense| match sense {
            Sense::Easter(days) => Some(Err(days)),
            Sense::Feast(month, day) => Some(Ok((month, day))),
            _ => None,
        })?;
        let (year, end) = self.year(next);
        let node = match node {
            Err(days) => Node::Easter(days, year),
            Ok((month, day)) => Node::Point(Point {
                year,
                month: MonthRef::Number(month),
                day: Some(day),
                season: None,
            }),
        };
        Some((node, end))
    }

    /// The days that a night joins.
    pub fn night(&self, at: usize) -> Option<(Node, usize)> {
        let days = || {
            let (first, end) = self.weekday(at)?;
            let (_, next) = self.joint(end)?;
            let (last, end) = self.weekday(self.skip(next, Sense::The))?;
            Some((Node::AllOf(vec![first, last]), end))
        };
        let ordinals = || self.ordinals(at).map(|(node, _, end)| (node, end));
        let several = |(node, _): &(Node, usize)| matches!(node, Node::AllOf(_) | Node::Range(..));
        let found = self.joined(at).filter(several);
        let (node, end) = found.or_else(days).or_else(|| ordinals().filter(several))?;
        match node {
            Node::AllOf(nodes) if nodes.len() == 2 => {
                let mut nodes = nodes.into_iter();
                let range = Node::Range(Box::new(nodes.next()?), Box::new(nodes.next()?));
                Some((range, end))
            }
            Node::Range(..) => Some((node, end)),
            _ => None,
        }
    }
}
