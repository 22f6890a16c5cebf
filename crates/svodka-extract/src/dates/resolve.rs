//! What an expression means, from the report's day and the days named before it.

use jiff::civil::Date;
use svodka_model::calendar::{
    Easter, Moment, Time, shift_days, shift_months, week_of, weekday_after, weekday_before,
};

use super::eras::Era;
use super::grammar::{From, Nearest, Node};
use super::points::{MonthRef, Point, YearRef};
use super::words::{Part, Unit};

/// Where the sentence around an expression looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    Back,
    Ahead,
    Unsaid,
}

/// How many months ahead a sentence may look if it does not say where it looks.
const NEAR: i16 = 2;
/// How many months ahead a sentence that looks ahead may look.
const FAR: i16 = 6;
/// In a story a month that comes this many months earlier in the year is the next year's.
const TURN: i8 = 7;
/// A weekday beside a day named longer before the report than this belongs to that day.
const STALE: i32 = 10;

/// The days named before, as far as later expressions may point to them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    /// The first and last of the days named last.
    pub days: Option<(Date, Date)>,
    /// The month named last, alone or with a day.
    pub month: Option<(i16, i8)>,
    /// A year and month by which the text tells what happened in an earlier year.
    pub told: Option<(i16, Option<i8>)>,
    /// Whether `days` were named in the same block.
    pub fresh: bool,
}

/// What an expression is resolved against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The report's day.
    pub day: Option<Date>,
    pub easter: Easter,
    pub outlook: Outlook,
    pub memory: Memory,
}

impl Setting {
    /// The same, as if the report had been written on the day of the story; none if there is no story.
    pub fn story(&self) -> Option<Setting> {
        let Memory {
            days, month, told, ..
        } = self.memory;
        let told = told.map(|(year, month)| (year, month.unwrap_or(1)));
        let month = || {
            let (year, month) = month.or(told)?;
            Date::new(year, month, 1).ok()
        };
        let day = days.map(|(_, last)| last).or_else(month)?;
        Some(Setting {
            day: Some(day),
            ..*self
        })
    }

    /// The time that an expression means; nothing if it points to a day that nobody named.
    pub fn resolve(&self, node: &Node) -> Option<Time> {
        match node {
            Node::Point(point) => self.point(point).map(Time::At),
            Node::Years(first, years) => years_from(*first, *years),
            Node::Unit(unit, step, from) => self.unit(*unit, *step, *from),
            Node::Weekday(weekday, which) => self.weekday(*weekday, *which).map(at),
            Node::WeekdayOf(weekday, week) => {
                let day = match (&**week, self.day) {
                    // "Sunday week" is a week after the coming Sunday.
                    (Node::Shift(weeks, ..), Some(today)) => {
                        shift_days(weekday_after(today, *weekday), 7 * weeks)
                    }
                    _ => {
                        let monday = self.resolve(week)?.start()?.first();
                        weekday_after(shift_days(monday, -1), *weekday)
                    }
                };
                Some(at(day))
            }
            Node::DayOn(weekday, day) => self.day_on(*weekday, *day).map(at),
            Node::NewYear => {
                let today = self.day?;
                let begun = self.outlook == Outlook::Back || today.month() <= 4;
                let year = Moment::of_year(today.year() + i16::from(!begun))?;
                Some(part_of(Part::Beginning, Time::At(year)))
            }
            Node::Easter(days, year) => self.feast(*days, *year).map(at),
            Node::Shift(count, unit, from) => self.shift(*count, *unit, *from),
            Node::Past(count, unit) => {
                let today = self.day?;
                let first = Moment::of_day(moved(today, -count, *unit))?.about();
                Some(Time::Between(Some(first), Moment::of_day(today)))
            }
            Node::Ending(days, node) => {
                let last = self.resolve(node)?.end()?.last();
                Some(Time::days(shift_days(last, 1 - days), last))
            }
            Node::Beginning(days, node) => {
                let first = self.resolve(node)?.start()?.first();
                Some(Time::days(first, shift_days(first, days - 1)))
            }
            Node::WeekOf(node) => {
                let (first, last) = week_of(self.resolve(node)?.start()?.first());
                Some(Time::days(first, last))
            }
            Node::Part(part, node) => Some(part_of(*part, self.resolve(node)?)),
            Node::About(node) => Some(self.resolve(node)?.about()),
            Node::OldStyle(node) => self.resolve(node)?.from_julian(),
            Node::AllOf(nodes) => self.several(nodes, Time::AllOf),
            Node::OneOf(nodes) => self.several(nodes, Time::OneOf),
            Node::Range(first, last) => {
                let first = self.resolve(first)?;
                let last = self.going_on_from(&first).resolve(last)?.end()?;
                let first = first.start()?;
                let late = first.first() > last.last();
                let first = if late {
                    first.in_year(last.year() - 1)?
                } else {
                    first
                };
                (first.first() <= last.last()).then_some(Time::Between(Some(first), Some(last)))
            }
            Node::Until(node) => {
                let time = self.resolve(node)?;
                let whole = matches!(**node, Node::Range(..) | Node::Part(Part::End, _));
                let edge = if whole { time.end() } else { time.start() };
                Some(Time::Between(None, edge))
            }
            Node::Since(node) => Some(Time::Between(self.resolve(node)?.start(), None)),
        }
    }

    /// The setting for what is joined to a day: a bare day after it is of the same month or the next.
    fn going_on_from(&self, time: &Time) -> Setting {
        let mut setting = *self;
        if let Some(day) = time.end().and_then(Moment::day) {
            setting.memory.month = Some((day.year(), day.month()));
            setting.memory.days = Some((day, day));
        }
        setting
    }

    fn several(&self, nodes: &[Node], join: impl Fn(Vec<Moment>) -> Time) -> Option<Time> {
        let mut times: Vec<Time> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let setting = times.last().map_or(*self, |time| self.going_on_from(time));
            times.push(setting.resolve(node)?);
        }
        let moments = times.iter().map(|time| match time {
            Time::At(moment) => Some(*moment),
            _ => None,
        });
        match moments.collect::<Option<Vec<Moment>>>() {
            Some(moments) => Some(join(moments)),
            None => Some(Time::Between(times.first()?.start(), times.last()?.end())),
        }
    }

    fn point(&self, point: &Point) -> Option<Moment> {
        if let Some(season) = point.season {
            return self.season(season, point.year);
        }
        let month = match point.month {
            MonthRef::Number(month) => month,
            MonthRef::Away(months) => {
                let day = shift_months(self.day?.first_of_month(), months);
                return moment(day.year(), day.month(), point.day);
            }
            MonthRef::Named => {
                let day = self.day.map(|day| (day.year(), day.month()));
                let (year, month) = self.memory.month.or(day)?;
                return moment(year, month, point.day);
            }
            MonthRef::Absent => {
                return match point.day {
                    Some(day) => Moment::of_day(self.bare_day(day)?),
                    None => Moment::of_year(self.year(point.year, None)?),
                };
            }
        };
        moment(
            self.year(point.year, Some((month, point.day)))?,
            month,
            point.day,
        )
    }

    /// The year meant, for a month and day in it if given.
    fn year(&self, year: YearRef, date: Option<(i8, Option<i8>)>) -> Option<i16> {
        let told = self.memory.told.map(|(year, _)| year);
        let named = told.or(self.memory.month.map(|(year, _)| year));
        match (year, date) {
            (YearRef::Number(year), _) => Some(year),
            (YearRef::Away(years), _) => Some(self.day?.year() + years),
            (YearRef::Named(0), _) => named.or(self.day.map(Date::year)),
            (YearRef::Named(years), _) => Some(named.or(self.day.map(Date::year))? + years),
            (YearRef::Last, Some((month, day))) => {
                let today = self.day?;
                let here = moment(today.year(), month, day)?;
                Some(today.year() - i16::from(here.last() >= today))
            }
            (YearRef::Next, Some((month, day))) => {
                let today = self.day?;
                let here = moment(today.year(), month, day)?;
                Some(today.year() + i16::from(here.first() <= today))
            }
            (YearRef::Absent, Some((month, day))) => self.unsaid_year(month, day),
            _ => None,
        }
    }

    /// The year of a date that names none: that of the story being told, else the one that brings it near the
    /// report's day, on the side to which the sentence looks.
    fn unsaid_year(&self, month: i8, day: Option<i8>) -> Option<i16> {
        if let Some((year, from)) = self.memory.told {
            let turned = from.is_some_and(|from| from - month >= TURN);
            let next = moment(year + 1, month, day).filter(|_| turned);
            let past = |next: &Moment| self.day.is_none_or(|today| next.first() <= today);
            return Some(year + i16::from(next.as_ref().is_some_and(past)));
        }
        let today = self.day?;
        let year = today.year();
        let ahead = i16::from(month) - i16::from(today.month());
        let here = moment(year, month, day);
        if here.is_some_and(|here| here.first() <= today) || ahead == 0 {
            let again = self.outlook == Outlook::Ahead && ahead < 0 && ahead + 12 <= FAR;
            return Some(year + i16::from(again));
        }
        let coming = match self.outlook {
            Outlook::Ahead => true,
            Outlook::Back => false,
            Outlook::Unsaid => ahead <= NEAR,
        };
        Some(year - i16::from(!coming))
    }

    fn season(&self, season: i8, year: YearRef) -> Option<Moment> {
        if let YearRef::Number(year) = year {
            return Moment::of_season(year, season);
        }
        if let (YearRef::Absent, Some((year, _))) = (year, self.memory.told) {
            return Moment::of_season(year, season);
        }
        let today = self.day?;
        let winter = i16::from(season == 4);
        let years = [1, 0, -1, -2].map(|years| today.year() + years);
        let mut seasons = years
            .into_iter()
            .filter_map(|year| Moment::of_season(year, season));
        match year {
            YearRef::Last => seasons.find(|season| season.last() < today),
            YearRef::Next => seasons.rfind(|season| season.first() > today),
            YearRef::Away(years) if years != 0 || season != 4 => {
                Moment::of_season(today.year() + years - winter * i16::from(years > 0), season)
            }
            YearRef::Named(years) => {
                Moment::of_season(self.year(YearRef::Named(years), None)?, season)
            }
            _ if self.outlook == Outlook::Ahead => seasons.rfind(|season| season.last() >= today),
            _ => seasons.find(|season| season.first() <= today),
        }
    }

    /// The date of a bare day of the month: in the month named before, else the one nearest the report's day.
    fn bare_day(&self, day: i8) -> Option<Date> {
        if let Some((year, month)) = self.memory.month {
            let here = Date::new(year, month, day).ok();
            let later = shift_months(Date::new(year, month, 1).ok()?, 1);
            let next = Date::new(later.year(), later.month(), day).ok();
            let passed = self.memory.days.is_some_and(|(_, last)| {
                last.month() == month && i16::from(last.day()) > i16::from(day) + 15
            });
            let known = next.filter(|next| passed && self.day.is_some_and(|today| *next <= today));
            return known.or(here);
        }
        let today = self.day?;
        let here = Date::new(today.year(), today.month(), day).ok();
        let gone = here.filter(|here| *here <= today || self.outlook == Outlook::Ahead);
        let before = shift_months(today.first_of_month(), -1);
        gone.or_else(|| Date::new(before.year(), before.month(), day).ok())
    }

    /// A day of the month whose weekday is said: if the month meant is wrong for it, the nearest one that fits,
    /// a year back at most; a scanner or a writer may have erred in either, and then the plain day stands.
    fn day_on(&self, weekday: i8, day: i8) -> Option<Date> {
        let plain = self.bare_day(day);
        let base = plain.or(self.day)?;
        let fits = |months: i32| {
            let month = shift_months(base.first_of_month(), months);
            let date = Date::new(month.year(), month.month(), day).ok()?;
            let right = date.weekday().to_monday_zero_offset() == weekday;
            let known = months <= 0 || self.day.is_none_or(|today| date <= today);
            (right && known).then_some(date)
        };
        (0..=11)
            .flat_map(|months| [-months, months])
            .find_map(fits)
            .or(plain)
    }

    fn unit(&self, unit: Unit, step: i32, from: From) -> Option<Time> {
        let named = self.memory.days.map(|(first, _)| first);
        let month = || {
            let (year, month) = self.memory.month?;
            Date::new(year, month, 1).ok()
        };
        let base = match (from, unit) {
            (From::Report, _) => self.day?,
            (From::Named, Unit::Year) => {
                let told = self
                    .memory
                    .told
                    .and_then(|(year, _)| Date::new(year, 1, 1).ok());
                let report = self.day.filter(|_| step < 0);
                told.or(named).or_else(month).or(report)?
            }
            (From::Named, Unit::Month) => month().or(named).or(self.day.filter(|_| step < 0))?,
            (From::Either, _) => month().or(self.day)?,
            (From::Named, _) => named?,
        };
        let there = moved(base, step, unit);
        match unit {
            Unit::Day => Some(at(there)),
            Unit::Week => {
                let (first, last) = week_of(there);
                Some(Time::days(first, last))
            }
            Unit::Fortnight => {
                let (first, last) = (there.min(base), there.max(base));
                Some(Time::days(first, last))
            }
            Unit::Month => Moment::of_month(there.year(), there.month()).map(Time::At),
            Unit::Year => Moment::of_year(there.year()).map(Time::At),
            Unit::Decade => years_around(there.year(), 10),
            Unit::Century => years_around(there.year(), 100),
        }
    }

    fn weekday(&self, weekday: i8, which: Nearest) -> Option<Date> {
        let stale = |day: Date| self.day.is_none_or(|today| shift_days(day, STALE) < today);
        let told = self
            .memory
            .days
            .filter(|(_, last)| self.memory.fresh && stale(*last));
        if let (Nearest::Unsaid, Some((_, last))) = (which, told) {
            // The day named last may be that weekday itself.
            return Some(weekday_after(shift_days(last, -1), weekday));
        }
        let today = self.day?;
        let ahead =
            which == Nearest::Next || which == Nearest::Unsaid && self.outlook == Outlook::Ahead;
        Some(if ahead {
            weekday_after(today, weekday)
        } else {
            weekday_before(today, weekday)
        })
    }

    fn feast(&self, days: i32, year: YearRef) -> Option<Date> {
        let of = |year| Some(shift_days(self.easter.sunday(year)?, days));
        if let YearRef::Number(year) = year {
            return of(year);
        }
        if let (YearRef::Absent, Some((year, _))) = (year, self.memory.told) {
            return of(year);
        }
        let today = self.day?;
        let here = of(today.year())?;
        let ahead =
            year == YearRef::Next || self.outlook == Outlook::Ahead && year == YearRef::Absent;
        match (here <= today, ahead) {
            (true, false) | (false, true) => Some(here),
            (false, false) => of(today.year() - 1),
            (true, true) => of(today.year() + 1),
        }
    }

    fn shift(&self, count: i32, unit: Unit, from: From) -> Option<Time> {
        let base = match from {
            From::Report | From::Either => self.day?,
            From::Named => {
                let month = self
                    .memory
                    .month
                    .filter(|_| matches!(unit, Unit::Month | Unit::Year));
                let month = month.and_then(|(year, month)| Date::new(year, month, 1).ok());
                let year = self
                    .memory
                    .told
                    .filter(|_| matches!(unit, Unit::Year | Unit::Decade | Unit::Century));
                let year = year.and_then(|(year, _)| Date::new(year, 1, 1).ok());
                let named = self.memory.days.or(month.map(|day| (day, day)));
                let (first, last) = named.or(year.map(|day| (day, day)))?;
                if count == 0 {
                    return Some(if first == last {
                        at(first)
                    } else {
                        Time::days(first, last)
                    });
                }
                if count < 0 { first } else { last }
            }
        };
        let there = moved(base, count, unit);
        match unit {
            Unit::Day => Some(at(there)),
            Unit::Week | Unit::Fortnight => Some(at(there).about()),
            Unit::Month => Some(Time::At(
                Moment::of_month(there.year(), there.month())?.about(),
            )),
            Unit::Year | Unit::Decade | Unit::Century => {
                Some(Time::At(Moment::of_year(there.year())?.about()))
            }
        }
    }
}

fn at(day: Date) -> Time {
    Moment::of_day(day).map_or(Time::Between(None, None), Time::At)
}

fn moment(year: i16, month: i8, day: Option<i8>) -> Option<Moment> {
    match day {
        Some(day) => Moment::of_day(Date::new(year, month, day).ok()?),
        None => Moment::of_month(year, month),
    }
}

fn years_from(first: i16, years: i16) -> Option<Time> {
    let last = Moment::of_year(first.checked_add(years - 1)?)?;
    Some(Time::Between(Some(Moment::of_year(first)?), Some(last)))
}

/// The decade or century of a year; before Christ they are counted by the number of the year.
fn years_around(year: i16, years: i16) -> Option<Time> {
    let first = if year > 0 {
        year - year % years
    } else {
        Era::BeforeChrist.first((1 - year) / years * years, years)
    };
    years_from(first, years)
}

fn moved(day: Date, count: i32, unit: Unit) -> Date {
    match unit {
        Unit::Day => shift_days(day, count),
        Unit::Week => shift_days(day, count.saturating_mul(7)),
        Unit::Fortnight => shift_days(day, count.saturating_mul(14)),
        Unit::Month => shift_months(day, count),
        Unit::Year => shift_months(day, count.saturating_mul(12)),
        Unit::Decade => shift_months(day, count.saturating_mul(120)),
        Unit::Century => shift_months(day, count.saturating_mul(1200)),
    }
}

/// A part of a time. Of a month the thirds are of ten days; of seasons, years and decades they are of whole months.
fn part_of(part: Part, time: Time) -> Time {
    let (Some(first), Some(last)) = time.bounds() else {
        return time;
    };
    let days =
        |from: i32, to: i32| Time::days(shift_days(first, from - 1), shift_days(first, to - 1));
    let back = |days: i32| Time::days(shift_days(last, 1 - days), last);
    let months = |from: i32, to: i32| {
        let month = |months: i32| {
            let day = shift_months(first, months - 1);
            Moment::of_month(day.year(), day.month())
        };
        Time::Between(month(from), month(to))
    };
    let years = |from: i16, to: i16| {
        let year = |years: i16| Moment::of_year(first.year().saturating_add(years - 1));
        Time::Between(year(from), year(to))
    };
    let span = last.since(first).map_or(0, |span| span.get_days());
    match span {
        0 => time,
        ..27 => match part {
            Part::Early | Part::Beginning | Part::FirstDays => days(1, 2).about(),
            Part::Late | Part::End | Part::LastDays => back(2).about(),
            _ => time,
        },
        27..=31 => match part {
            Part::Early | Part::Beginning => days(1, 10).about(),
            Part::Middle => days(11, 20).about(),
            Part::Late | Part::End => Time::days(shift_days(first, 20), last).about(),
            Part::Half(1) => days(1, 15),
            Part::Half(_) => Time::days(shift_days(first, 15), last),
            Part::FirstDays => days(1, 5).about(),
            Part::LastDays => back(5).about(),
            Part::Week(week) => days(i32::from(week) * 7 - 6, i32::from(week) * 7),
            Part::LastWeek => back(7),
            Part::Quarter(_) | Part::Night => time,
        },
        32..120 => match part {
            Part::Early | Part::Beginning | Part::FirstDays => months(1, 1).about(),
            Part::Middle => months(2, 2).about(),
            Part::Late | Part::End | Part::LastDays => months(3, 3).about(),
            _ => time,
        },
        4000.. => match part {
            Part::Early | Part::Beginning => years(1, 33).about(),
            Part::Middle => years(34, 66).about(),
            Part::Late | Part::End => years(67, 100).about(),
            Part::Half(1) => years(1, 50),
            Part::Half(_) => years(51, 100),
            _ => time,
        },
        400..4000 => match part {
            Part::Early | Part::Beginning => months(1, 36).about(),
            Part::Middle => months(37, 84).about(),
            Part::Late | Part::End => months(85, 120).about(),
            Part::Half(1) => months(1, 60),
            Part::Half(_) => months(61, 120),
            _ => time,
        },
        _ => match part {
            Part::Early => months(1, 4).about(),
            Part::Middle => months(5, 8).about(),
            Part::Late => months(9, 12).about(),
            Part::Beginning => months(1, 3).about(),
            Part::End => months(10, 12).about(),
            Part::Half(1) => months(1, 6),
            Part::Half(_) => months(7, 12),
            Part::FirstDays => days(1, 5).about(),
            Part::LastDays => back(5).about(),
            Part::Week(week) => days(i32::from(week) * 7 - 6, i32::from(week) * 7),
            Part::LastWeek => back(7),
            Part::Quarter(quarter) => months(i32::from(quarter) * 3 - 2, i32::from(quarter) * 3),
            Part::Night => time,
        },
    }
}
