//! Expressions of calendar time.

use super::points::{Joint, MonthRef, Point, Reader, YearRef};
use super::tokens::{Ending, Kind};
use super::words::{Part, Sense, Unit};

/// From where a pointer points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The report's day.
    Report,
    /// A day named before.
    Named,
    /// A day named before, or else the report's.
    Either,
}

/// Which weekday is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nearest {
    /// The text does not say.
    Unsaid,
    Last,
    Next,
}

/// An expression, not yet resolved.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Point(Point),
    /// The first year of a decade.
    Decade(i16),
    /// The unit so many after the one that holds the day pointed from.
    Unit(Unit, i32, From),
    Weekday(i8, Nearest),
    /// Days after Easter.
    Easter(i32, YearRef),
    /// So many units after a day.
    Shift(i32, Unit, From),
    /// The last so many units up to the report's day.
    Past(i32, Unit),
    /// The seven days that end with a day, or begin with it.
    WeekEnding(Box<Node>),
    WeekBeginning(Box<Node>),
    Part(Part, Box<Node>),
    About(Box<Node>),
    AllOf(Vec<Node>),
    OneOf(Vec<Node>),
    Range(Box<Node>, Box<Node>),
    Until(Box<Node>),
    Since(Box<Node>),
}

/// An expression and the tokens it covers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub node: Node,
    pub start: usize,
    pub end: usize,
}

impl Reader<'_> {
    /// The expression that begins at `at`; an article before it is not part of it.
    pub fn expression(&self, at: usize) -> Option<Found> {
        if self.after(at, Sense::The).is_some() {
            return None;
        }
        if let Some(end) = self.after(at, Sense::Name) {
            let day = |place| self.day(place).is_some();
            return (day(end) && self.month(at).is_some())
                .then(|| self.plain(at))
                .flatten();
        }
        self.edged(at).or_else(|| self.plain(at))
    }

    fn plain(&self, at: usize) -> Option<Found> {
        let (node, end) = self.joined(at)?;
        Some(Found {
            node,
            start: at,
            end,
        })
    }

    /// "until July", "since the beginning of August", "from 4 to 7 October", "between January and March".
    fn edged(&self, at: usize) -> Option<Found> {
        let edge = |sense| {
            matches!(
                sense,
                Sense::Until | Sense::Since | Sense::From | Sense::Between
            )
            .then_some(sense)
        };
        let (edge, next) = self.take(at, edge)?;
        let found = |node, end| {
            Some(Found {
                node,
                start: at,
                end,
            })
        };
        let inner = self.skip(next, Sense::The);
        let (node, end) = self.joined(inner)?;
        match edge {
            Sense::Between => match node {
                Node::AllOf(mut nodes) if nodes.len() == 2 => {
                    let last = nodes.pop()?;
                    found(Node::Range(Box::new(nodes.pop()?), Box::new(last)), end)
                }
                Node::Range(..) => found(node, end),
                first => {
                    let second = self.skip(self.after(end, Sense::And)?, Sense::The);
                    let (last, end) = self.modified(second)?;
                    found(share(first, last, Joint::To), end)
                }
            },
            Sense::Until => found(Node::Until(Box::new(node)), end),
            _ if matches!(node, Node::Range(..)) => found(node, end),
            Sense::From => {
                if let Some(to) = self.after(end, Sense::To)
                    && let Some((last, end)) = self.modified(self.skip(to, Sense::The))
                {
                    return found(share(node, last, Joint::To), end);
                }
                found(Node::Since(Box::new(node)), end)
            }
            _ => found(Node::Since(Box::new(node)), end),
        }
    }

    /// Expressions joined: "March and April", "May-June of this year", "5 May to 7 June".
    fn joined(&self, at: usize) -> Option<(Node, usize)> {
        let (first, end) = self.modified(at)?;
        let Some((joint, next)) = self.joint(end) else {
            return Some((first, end));
        };
        let next = self.skip(next, Sense::The);
        let Some((second, after)) = self.modified(next) else {
            return Some((first, end));
        };
        let (a, b) = (last_point(&first), last_point(&second));
        let (Some(a), Some(b)) = (a, b) else {
            return Some((first, end));
        };
        let months = a.is_month() && b.is_month();
        let seasons = a.season.is_some() && b.season.is_some();
        let dashed = self.tokens[end].is_dash() || self.tokens[end].is('/');
        let days = a.day.is_some() && b.day.is_some() && joint == Joint::To;
        let years = a.is_year() && b.is_year() && joint == Joint::To && dashed;
        let spelt = joint == Joint::To && !dashed && (a.is_year() == b.is_year());
        if !(months || seasons || days || years || spelt) {
            return Some((first, end));
        }
        let node = share(first, second, joint);
        Some((node, after))
    }

    /// "about January 1953", "late December", "the second half of August", "night of 5 to 6 June".
    fn modified(&self, at: usize) -> Option<(Node, usize)> {
        if let Some(next) = self.after(at, Sense::About) {
            let (node, end) = self.modified(self.skip(next, Sense::The))?;
            return Some((Node::About(Box::new(node)), end));
        }
        let part = self.take(at, |sense| match sense {
            Sense::Part(part) => Some(part),
            _ => None,
        });
        if let Some((part, next)) = part {
            let dash = self
                .token(next)
                .is_some_and(|token| token.is_dash() && token.glued);
            let next = next + usize::from(dash);
            let place = self.skip(self.skip(next, Sense::Of), Sense::The);
            let of_the = place > next && self.follows(place, Sense::The);
            if part == Part::Night {
                let from = self.skip(self.skip(place, Sense::From), Sense::The);
                return self.night(from);
            }
            let whole = self.core(place).or_else(|| self.whole(place, of_the));
            if let Some((node, end)) = whole {
                return Some((Node::Part(part, Box::new(node)), end));
            }
        }
        self.core(at)
    }

    /// The days that a night joins.
    fn night(&self, at: usize) -> Option<(Node, usize)> {
        let (node, end) = self.joined(at)?;
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

    /// "the year", "the month", after a part of it.
    fn whole(&self, at: usize, article: bool) -> Option<(Node, usize)> {
        let (unit, end) = self.unit(at)?;
        (article && matches!(unit, Unit::Month | Unit::Year))
            .then_some((Node::Unit(unit, 0, From::Either), end))
    }

    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        self.take(at, |sense| match sense {
            Sense::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    fn core(&self, at: usize) -> Option<(Node, usize)> {
        self.numeric(at)
            .or_else(|| self.day_first(at))
            .or_else(|| self.month_first(at))
            .map(|((points, joint), end)| (several(points, joint), end))
            .or_else(|| self.weekday(at))
            .or_else(|| self.feast(at))
            .or_else(|| {
                let (point, end) = self.season(at)?;
                Some((Node::Point(point), end))
            })
            .or_else(|| self.pointing(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.bare_days(at))
            .or_else(|| self.bare_year(at))
    }

    /// "Friday last", "last Monday", "Monday, March 25", "Thursday, 12th June".
    fn weekday(&self, at: usize) -> Option<(Node, usize)> {
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
        if let Some((days, end)) = self.bare_days(date)
            && date > next
        {
            return Some((days, end));
        }
        let (which, end) = match (which, self.year(next)) {
            (Some((which, _)), _) => (which, next),
            (None, (YearRef::Last, end)) => (Nearest::Last, end),
            (None, (YearRef::Next, end)) => (Nearest::Next, end),
            (None, _) => (Nearest::Unsaid, next),
        };
        Some((Node::Weekday(weekday, which), end))
    }

    fn feast(&self, at: usize) -> Option<(Node, usize)> {
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

    /// "yesterday", "this year", "last week", "that morning", "the following day", "last August".
    fn pointing(&self, at: usize) -> Option<(Node, usize)> {
        if let Some((days, end)) = self.take(at, |sense| match sense {
            Sense::Day(days) => Some(days),
            _ => None,
        }) {
            return Some((Node::Shift(days, Unit::Day, From::Report), end));
        }
        if let Some((unit, next)) = self.unit(at)
            && unit == Unit::Week
            && let Some((edge, next)) = self.take(next, |sense| {
                matches!(sense, Sense::Ending | Sense::Beginning).then_some(sense)
            })
        {
            let (node, end) = self.core(self.skip(next, Sense::The))?;
            let node = Box::new(node);
            let week = if edge == Sense::Ending {
                Node::WeekEnding(node)
            } else {
                Node::WeekBeginning(node)
            };
            return Some((week, end));
        }
        if let Some((unit, next)) = self.unit(at) {
            // "day before", "day after", "day following" a day named before
            let sign = self.take(next, |sense| match sense {
                Sense::Before | Sense::Preceding => Some(-1),
                Sense::Later | Sense::Following => Some(1),
                _ => None,
            });
            let (sign, end) = sign?;
            let free = unit == Unit::Day && self.stands_alone(end);
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
            if self.plural_unit(at) {
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
    fn plural_unit(&self, at: usize) -> bool {
        let units = &self.words.pack.units;
        let word = self.word(at);
        [
            &units.day,
            &units.week,
            &units.fortnight,
            &units.month,
            &units.year,
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
    fn counted(&self, at: usize) -> Option<(Node, usize)> {
        let past = self.skip(self.skip(at, Sense::Over), Sense::The);
        if let Some(next) = self.after(past, Sense::Past) {
            if let Some((count, place)) = self.count(next)
                && let Some((unit, end)) = self.unit(place)
            {
                return Some((Node::Past(count, unit), end));
            }
            let of = |end| self.after(end, Sense::Of).is_some();
            let single = self
                .unit(next)
                .filter(|&(_, end)| !self.plural_unit(next) && !of(end));
            if let Some((unit, end)) = single
                && past > at
            {
                return Some((Node::Past(1, unit), end));
            }
        }
        let (count, next) = self.count(at)?;
        let (unit, next) = self.unit(next)?;
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

    /// "the 18th", "the 15th to the 16th", "the 2nd instant". Only ordinals in digits, and only where a day can
    /// stand, unless the month is said.
    fn bare_days(&self, at: usize) -> Option<(Node, usize)> {
        let mut nodes: Vec<Node> = Vec::new();
        let (mut place, mut joint) = (at, Joint::One);
        let mut end = at;
        while nodes.len() < 12 {
            let Some((day, ordinal, next)) = self.day(place) else {
                break;
            };
            let (month, next) = self.month_ref(next);
            let thing = joint != Joint::To && self.ordinal_of_thing(next);
            if !(ordinal || month != MonthRef::Absent) || thing {
                break;
            }
            nodes.push(Node::Point(Point {
                day: Some(day),
                month,
                ..Point::default()
            }));
            end = next;
            match self.joint(next) {
                Some((other, next)) if joint == Joint::One || joint == other => {
                    (joint, place) = (other, next);
                }
                _ => break,
            }
        }
        let first = nodes.first()?;
        let said = nodes
            .iter()
            .any(|node| matches!(node, Node::Point(point) if point.month != MonthRef::Absent));
        let article = at
            .checked_sub(1)
            .is_some_and(|the| self.after(the, Sense::The) == Some(at));
        let start = at - usize::from(article);
        let placed = self.follows(start, Sense::On) || start == 0;
        if !said && !(article && placed) {
            return None;
        }
        if nodes.len() == 1 {
            return Some((first.clone(), end));
        }
        let month = nodes.iter().rev().find_map(|node| match node {
            Node::Point(point) if point.month != MonthRef::Absent => Some(point.month),
            _ => None,
        });
        for node in &mut nodes {
            if let Node::Point(point) = node {
                point.month = month.unwrap_or_default();
            }
        }
        Some((several_nodes(nodes, joint), end))
    }

    /// Whether an ordinal numbers what follows: "the 18th section", "the 12th Congress". A plural after it is a
    /// sentence's next word ("on the 14th officers searched"), unless it counts two ordinals' things.
    fn ordinal_of_thing(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            let word = token.kind == Kind::Word && !token.glued;
            word && (self.thing)(token)
        }) || self.joint(at).is_some_and(|(joint, next)| {
            // "the 18th and 1st sections"
            joint != Joint::To
                && self.day(next).is_some_and(|(_, ordinal, end)| {
                    ordinal && (self.counts(end) || self.ordinal_of_thing(end))
                })
        })
    }

    /// "1911", "1918–1920", "1922/23", "the 1920s".
    fn bare_year(&self, at: usize) -> Option<(Node, usize)> {
        let token = self.token(at)?;
        if let Kind::Number {
            value,
            ending: Ending::Decade,
            ..
        } = token.kind
        {
            return Some((Node::Decade(i16::try_from(value).ok()?), at + 1));
        }
        let (year, end) = self.year_number(at)?;
        let point = |year| {
            Node::Point(Point {
                year: YearRef::Number(year),
                ..Point::default()
            })
        };
        if let Some((short, end)) = self.short_year(end)
            && short > i32::from(year % 100)
        {
            let last = year - year % 100 + i16::try_from(short).ok()?;
            return Some((
                Node::Range(Box::new(point(year)), Box::new(point(last))),
                end,
            ));
        }
        Some((point(year), end))
    }
}

/// The last point of an expression, through its modifiers.
fn last_point(node: &Node) -> Option<Point> {
    match node {
        Node::Point(point) => Some(*point),
        Node::Part(_, node) | Node::About(node) => last_point(node),
        Node::AllOf(nodes) | Node::OneOf(nodes) => last_point(nodes.last()?),
        _ => None,
    }
}

fn several(points: Vec<Point>, joint: Joint) -> Node {
    several_nodes(points.into_iter().map(Node::Point).collect(), joint)
}

fn several_nodes(mut nodes: Vec<Node>, joint: Joint) -> Node {
    if nodes.len() == 2 && joint == Joint::To {
        let last = nodes.pop().expect("two nodes");
        let first = nodes.pop().expect("two nodes");
        return Node::Range(Box::new(first), Box::new(last));
    }
    match joint {
        _ if nodes.len() == 1 => nodes.pop().expect("one node"),
        Joint::Or => Node::OneOf(nodes),
        _ => Node::AllOf(nodes),
    }
}

/// Two expressions joined, each lending the other the month and year it lacks.
fn share(mut first: Node, mut second: Node, joint: Joint) -> Node {
    let (a, b) = (last_point(&first), last_point(&second));
    if let (Some(a), Some(b)) = (a, b) {
        visit(&mut first, &mut |point| {
            if point.month == MonthRef::Absent && point.day.is_some() {
                point.month = b.month;
            }
            if point.year == YearRef::Absent && !b.is_year() {
                point.year = earlier(b.year, point, &b);
            }
        });
        visit(&mut second, &mut |point| {
            if point.month == MonthRef::Absent && point.day.is_some() {
                point.month = a.month;
            }
            if point.year == YearRef::Absent && !a.is_year() {
                point.year = later(a.year, &a, point);
            }
        });
    }
    // "around May-June": what is said of the first is said of both
    let about = matches!(first, Node::About(_));
    let first = match first {
        Node::About(node) => *node,
        node => node,
    };
    let node = several_nodes(vec![first, second], joint);
    if about {
        Node::About(Box::new(node))
    } else {
        node
    }
}

fn wraps(first: &Point, second: &Point) -> bool {
    match (first.month, second.month) {
        (MonthRef::Number(first), MonthRef::Number(second)) => first > second,
        _ => false,
    }
}

fn earlier(year: YearRef, first: &Point, second: &Point) -> YearRef {
    match year {
        YearRef::Number(year) if wraps(first, second) => YearRef::Number(year - 1),
        year => year,
    }
}

fn later(year: YearRef, first: &Point, second: &Point) -> YearRef {
    match year {
        YearRef::Number(year) if wraps(first, second) => YearRef::Number(year + 1),
        year => year,
    }
}

fn visit(node: &mut Node, change: &mut impl FnMut(&mut Point)) {
    match node {
        Node::Point(point) => change(point),
        Node::Part(_, node) | Node::About(node) => visit(node, change),
        Node::AllOf(nodes) | Node::OneOf(nodes) => {
            nodes.iter_mut().for_each(|node| visit(node, change))
        }
        Node::Range(first, last) => {
            visit(first, change);
            visit(last, change);
        }
        _ => {}
    }
}
