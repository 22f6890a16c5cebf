//! Expressions of calendar time.

use super::eras::Era;
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
    /// A decade or a century: its first year, and how many.
    Years(i16, i16),
    /// The unit so many after the one that holds the day pointed from.
    Unit(Unit, i32, From),
    Weekday(i8, Nearest),
    /// A weekday and the week it is in: "Tuesday of last week".
    WeekdayOf(i8, Box<Node>),
    /// A day of the month that is this weekday: "Saturday, the 11th".
    DayOn(i8, i8),
    /// The first months of the coming year.
    NewYear,
    /// Days after Easter.
    Easter(i32, YearRef),
    /// So many units after a day.
    Shift(i32, Unit, From),
    /// The last so many units up to the report's day.
    Past(i32, Unit),
    /// So many days that end with a day, or begin with it.
    Ending(i32, Box<Node>),
    Beginning(i32, Box<Node>),
    /// The week that holds a day.
    WeekOf(Box<Node>),
    Part(Part, Box<Node>),
    About(Box<Node>),
    /// Days of the Julian calendar.
    OldStyle(Box<Node>),
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
    pub fn joined(&self, at: usize) -> Option<(Node, usize)> {
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

    /// "the year", "the month", after a part of it.
    fn whole(&self, at: usize, article: bool) -> Option<(Node, usize)> {
        let (unit, end) = self.unit(at)?;
        (article && matches!(unit, Unit::Month | Unit::Year))
            .then_some((Node::Unit(unit, 0, From::Either), end))
    }

    pub fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        self.take(at, |sense| match sense {
            Sense::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    pub fn core(&self, at: usize) -> Option<(Node, usize)> {
        if let Some(found) = self.feast(at) {
            return Some(found);
        }
        self.numeric(at)
            .or_else(|| self.day_first(at))
            .or_else(|| self.month_first(at))
            .map(|((points, joint), end)| {
                let node = several(points, joint);
                match self.after(end, Sense::OldStyle) {
                    Some(end) => (Node::OldStyle(Box::new(node)), end),
                    None => (node, end),
                }
            })
            .or_else(|| self.weekday(at))
            .or_else(|| {
                let (point, end) = self.season(at)?;
                Some((Node::Point(point), end))
            })
            .or_else(|| self.pointing(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.century(at))
            .or_else(|| self.bare_days(at))
            .or_else(|| self.bare_year(at))
    }

    /// "the 18th", "the 15th to the 16th", "the 2nd instant". Only ordinals in digits, and only where a day can
    /// stand, unless the month is said.
    fn bare_days(&self, at: usize) -> Option<(Node, usize)> {
        let (node, said, end) = self.ordinals(at)?;
        let article = at
            .checked_sub(1)
            .filter(|&the| self.after(the, Sense::The) == Some(at));
        let placed = article.is_some_and(|start| start == 0 || self.follows(start, Sense::On));
        // "Resumed 19th on employer's terms"
        let brief = article.is_none()
            && self.token(at)?.value().is_some()
            && at > 0
            && (self.acts)(&self.tokens[at - 1])
            && self.token(end).is_none_or(|next| {
                !matches!(next.kind, Kind::Word) || self.after(end, Sense::At).is_some()
            });
        (said || placed || brief).then_some((node, end))
    }

    /// Ordinals as days, and whether their month is said.
    pub fn ordinals(&self, at: usize) -> Option<(Node, bool, usize)> {
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
            let comma = self.comma(next);
            let listed = comma > next && month == MonthRef::Absent && self.closes_list(comma);
            let found = if listed {
                Some((Joint::And, comma))
            } else {
                self.joint(next)
            };
            match found {
                Some((other, next))
                    if month == MonthRef::Absent && (joint == Joint::One || joint == other) =>
                {
                    (joint, place) = (other, next);
                }
                _ => break,
            }
        }
        nodes.first()?;
        let month = nodes.iter().rev().find_map(|node| match node {
            Node::Point(point) if point.month != MonthRef::Absent => Some(point.month),
            _ => None,
        });
        for node in &mut nodes {
            if let Node::Point(point) = node {
                point.month = month.unwrap_or_default();
            }
        }
        Some((several_nodes(nodes, joint), month.is_some(), end))
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

    /// "19th century", "fourth century BC".
    fn century(&self, at: usize) -> Option<(Node, usize)> {
        let (number, _, next) = self.day(at)?;
        let spelt = self.token(at)?.kind == Kind::Word;
        let ordinal = spelt || self.day(at).is_some_and(|(_, ordinal, _)| ordinal);
        let end = self
            .after(next, Sense::Unit(Unit::Century))
            .filter(|_| ordinal)?;
        let (era, end) = self.era(end).unwrap_or((Era::AfterChrist, end));
        // The 19th century is EDTF's 18XX; the 4th before Christ began with the year 400 BC.
        let first = match era {
            Era::AfterChrist => (i16::from(number) - 1) * 100,
            Era::BeforeChrist => era.year(i16::from(number) * 100),
        };
        Some((Node::Years(first, 100), end))
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
            let era = self.era(at + 1);
            let (era, end) = match era {
                Some(era) => era,
                None if value >= 1000 => (Era::AfterChrist, at + 1),
                None => return None,
            };
            let first = era.first(i16::try_from(value).ok()?, 10);
            return Some((Node::Years(first, 10), end));
        }
        if let Some((year, end)) = self.clipped_year(at) {
            let year = YearRef::Number(year);
            return Some((
                Node::Point(Point {
                    year,
                    ..Point::default()
                }),
                end,
            ));
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

pub(super) fn several(points: Vec<Point>, joint: Joint) -> Node {
    several_nodes(points.into_iter().map(Node::Point).collect(), joint)
}

fn several_nodes(nodes: Vec<Node>, joint: Joint) -> Node {
    match (nodes.as_slice(), joint) {
        ([node], _) => node.clone(),
        ([first, last], Joint::To) => Node::Range(Box::new(first.clone()), Box::new(last.clone())),
        (_, Joint::Or) => Node::OneOf(nodes),
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
