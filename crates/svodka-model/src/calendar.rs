//! Arithmetic of calendar time: moments of any precision, stretches between them, weeks, weekdays, Easter.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::Edtf;

/// What a moment gives beyond its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    Year,
    /// 1 spring, 2 summer, 3 autumn, 4 winter (which begins in December of the year).
    Season(i8),
    Month(i8),
    Day(i8, i8),
}

/// A year, a season, a month or a day, perhaps only about then.
///
/// Law: it exists in the calendar, and its year has at most four digits. The year 0 is 1 BC, the year -1 is 2 BC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    year: i16,
    precision: Precision,
    approximate: bool,
}

impl Moment {
    fn new(year: i16, precision: Precision) -> Option<Moment> {
        let moment = Moment {
            year,
            precision,
            approximate: false,
        };
        let months = 1..=12;
        let exists = match precision {
            Precision::Year => true,
            Precision::Season(season) => (1..=4).contains(&season),
            Precision::Month(month) => months.contains(&month),
            Precision::Day(month, day) => Date::new(year, month, day).is_ok(),
        };
        (exists && (-9998..=9998).contains(&year)).then_some(moment)
    }

    /// A whole year, -9998 to 9998.
    pub fn of_year(year: i16) -> Option<Moment> {
        Moment::new(year, Precision::Year)
    }

    /// A season: 1 spring, 2 summer, 3 autumn, 4 winter.
    pub fn of_season(year: i16, season: i8) -> Option<Moment> {
        Moment::new(year, Precision::Season(season))
    }

    /// A month, 1 to 12.
    pub fn of_month(year: i16, month: i8) -> Option<Moment> {
        Moment::new(year, Precision::Month(month))
    }

    /// A day.
    pub fn of_day(date: Date) -> Option<Moment> {
        Moment::new(date.year(), Precision::Day(date.month(), date.day()))
    }

    /// The same moment, only about then.
    pub fn about(self) -> Moment {
        Moment {
            approximate: true,
            ..self
        }
    }

    /// The same moment of another year, where that year has it.
    pub fn in_year(self, year: i16) -> Option<Moment> {
        let moment = Moment::new(year, self.precision)?;
        Some(if self.approximate {
            moment.about()
        } else {
            moment
        })
    }

    /// The year it begins in.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, if it gives one.
    pub fn month(self) -> Option<i8> {
        match self.precision {
            Precision::Month(month) | Precision::Day(month, _) => Some(month),
            Precision::Year | Precision::Season(_) => None,
        }
    }

    /// The day, if it gives one.
    pub fn day(self) -> Option<Date> {
        match self.precision {
            Precision::Day(month, day) => Date::new(self.year, month, day).ok(),
            _ => None,
        }
    }

    /// Its first day.
    pub fn first(self) -> Date {
        let (month, day) = match self.precision {
            Precision::Year => (1, 1),
            Precision::Season(season) => (season * 3, 1),
            Precision::Month(month) => (month, 1),
            Precision::Day(month, day) => (month, day),
        };
        Date::new(self.year, month, day).unwrap_or(Date::MIN)
    }

    /// Its last day.
    pub fn last(self) -> Date {
        let first = self.first();
        let months = match self.precision {
            Precision::Year => 11,
            Precision::Season(_) => 2,
            Precision::Month(_) => 0,
            Precision::Day(..) => return first,
        };
        first.saturating_add(months.months()).last_of_month()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}", self.year.unsigned_abs())?;
        match self.precision {
            Precision::Year => {}
            Precision::Season(season) => write!(f, "-{}", 20 + season)?,
            Precision::Month(month) => write!(f, "-{month:02}")?,
            Precision::Day(month, day) => write!(f, "-{month:02}-{day:02}")?,
        }
        f.write_str(if self.approximate { "~" } else { "" })
    }
}

/// Calendar time that an expression means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Time {
    /// One moment.
    At(Moment),
    /// From one to another, both included; `None` leaves a side open.
    Between(Option<Moment>, Option<Moment>),
    /// At each of them.
    AllOf(Vec<Moment>),
    /// At one of them.
    OneOf(Vec<Moment>),
}

impl Time {
    /// The whole days from one to another.
    pub fn days(first: Date, last: Date) -> Time {
        Time::Between(Moment::of_day(first), Moment::of_day(last))
    }

    /// The moment it begins with.
    pub fn start(&self) -> Option<Moment> {
        match self {
            Time::At(moment) => Some(*moment),
            Time::Between(start, _) => *start,
            Time::AllOf(moments) | Time::OneOf(moments) => moments.first().copied(),
        }
    }

    /// The moment it ends with.
    pub fn end(&self) -> Option<Moment> {
        match self {
            Time::At(moment) => Some(*moment),
            Time::Between(_, end) => *end,
            Time::AllOf(moments) | Time::OneOf(moments) => moments.last().copied(),
        }
    }

    /// Its first and last day; `None` for an open side.
    pub fn bounds(&self) -> (Option<Date>, Option<Date>) {
        match self {
            Time::AllOf(moments) | Time::OneOf(moments) => (
                moments.iter().map(|moment| moment.first()).min(),
                moments.iter().map(|moment| moment.last()).max(),
            ),
            _ => (
                self.start().map(Moment::first),
                self.end().map(Moment::last),
            ),
        }
    }

    /// The same days by the Gregorian calendar, if these are days of the Julian one; other times stay as they are.
    pub fn from_julian(self) -> Option<Time> {
        let moved = |moment: Moment| match moment.day() {
            Some(day) => {
                // The Julian calendar has a leap day in every hundredth year.
                let year = i32::from(day.year()) - i32::from(day.month() <= 2);
                let century = year.div_euclid(100);
                let moved = Moment::of_day(shift_days(day, century - century.div_euclid(4) - 2))?;
                Some(Moment {
                    approximate: moment.approximate,
                    ..moved
                })
            }
            None => Some(moment),
        };
        let each =
            |moments: Vec<Moment>| moments.into_iter().map(moved).collect::<Option<Vec<_>>>();
        let side = |moment: Option<Moment>| match moment {
            Some(moment) => moved(moment).map(Some),
            None => Some(None),
        };
        Some(match self {
            Time::At(moment) => Time::At(moved(moment)?),
            Time::Between(start, end) => Time::Between(side(start)?, side(end)?),
            Time::AllOf(moments) => Time::AllOf(each(moments)?),
            Time::OneOf(moments) => Time::OneOf(each(moments)?),
        })
    }

    /// The same time, only about then.
    pub fn about(self) -> Time {
        match self {
            Time::At(moment) => Time::At(moment.about()),
            Time::Between(start, end) => {
                Time::Between(start.map(Moment::about), end.map(Moment::about))
            }
            Time::AllOf(moments) => Time::AllOf(moments.into_iter().map(Moment::about).collect()),
            Time::OneOf(moments) => Time::OneOf(moments.into_iter().map(Moment::about).collect()),
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side =
            |moment: &Option<Moment>| moment.map_or("..".to_owned(), |moment| moment.to_string());
        let list = |moments: &[Moment]| {
            let moments: Vec<String> = moments.iter().map(Moment::to_string).collect();
            moments.join(",")
        };
        match self {
            Time::At(moment) => moment.fmt(f),
            Time::Between(start, end) => write!(f, "{}/{}", side(start), side(end)),
            Time::AllOf(moments) => write!(f, "{{{}}}", list(moments)),
            Time::OneOf(moments) => write!(f, "[{}]", list(moments)),
        }
    }
}

impl From<&Time> for Edtf {
    fn from(time: &Time) -> Edtf {
        time.to_string().parse().unwrap_or_else(|_| Edtf::unknown())
    }
}

/// The day that lies `days` after `date`, or before it if negative; the calendar's end if there is none.
pub fn shift_days(date: Date, days: i32) -> Date {
    date.saturating_add(i64::from(days).days())
}

/// The day that lies `months` after `date`, on the same day of the month or that month's last.
pub fn shift_months(date: Date, months: i32) -> Date {
    // jiff's spans hold no more months than these; they reach beyond the calendar from any day in it.
    date.saturating_add(months.clamp(-239_976, 239_976).months())
}

/// Monday and Sunday of the week that holds a day.
pub fn week_of(date: Date) -> (Date, Date) {
    let monday = shift_days(date, -i32::from(date.weekday().to_monday_zero_offset()));
    (monday, shift_days(monday, 6))
}

/// The last such weekday before a day; 0 is Monday.
pub fn weekday_before(date: Date, weekday: i8) -> Date {
    date.nth_weekday(-1, day_of_week(weekday)).unwrap_or(date)
}

/// The first such weekday after a day; 0 is Monday.
pub fn weekday_after(date: Date, weekday: i8) -> Date {
    date.nth_weekday(1, day_of_week(weekday)).unwrap_or(date)
}

fn day_of_week(weekday: i8) -> Weekday {
    Weekday::from_monday_zero_offset(weekday.rem_euclid(7)).unwrap_or(Weekday::Monday)
}

/// Which calendar a church reckons Easter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Easter {
    /// The Gregorian reckoning.
    Western,
    /// The Julian reckoning, given as a date of the Julian calendar (Old Style).
    EasternOldStyle,
}

impl Easter {
    /// Easter Sunday of a year; `None` for a year out of the calendar.
    pub fn sunday(self, year: i16) -> Option<Date> {
        let y = i32::from(year);
        let (month, day) = match self {
            Easter::Western => {
                let (a, b, c) = (y % 19, y / 100, y % 100);
                let (d, e) = (b / 4, b % 4);
                let g = (8 * b + 13) / 25;
                let h = (19 * a + b - d - g + 15) % 30;
                let (i, k) = (c / 4, c % 4);
                let l = (32 + 2 * e + 2 * i - h - k) % 7;
                let m = (a + 11 * h + 19 * l) / 433;
                let n = (h + l - 7 * m + 90) / 25;
                (n, (h + l - 7 * m + 33 * n + 19) % 32)
            }
            Easter::EasternOldStyle => {
                let (a, b, c) = (y % 4, y % 7, y % 19);
                let d = (19 * c + 15) % 30;
                let e = (2 * a + 4 * b - d + 34) % 7;
                ((d + e + 114) / 31, (d + e + 114) % 31 + 1)
            }
        };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn dates() -> impl Strategy<Value = Date> {
        (-900i16..2200, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d))
    }

    fn moments() -> impl Strategy<Value = Moment> {
        (dates(), 0..4, 1i8..=4, any::<bool>()).prop_filter_map("exists", |(d, kind, s, about)| {
            let moment = match kind {
                0 => Moment::of_year(d.year()),
                1 => Moment::of_season(d.year(), s),
                2 => Moment::of_month(d.year(), d.month()),
                _ => Moment::of_day(d),
            }?;
            Some(if about { moment.about() } else { moment })
        })
    }

    proptest! {
        #[test]
        fn every_time_is_written_as_valid_edtf_with_the_same_bounds(a in moments(), b in moments()) {
            let (a, b) = if a.first() <= b.first() { (a, b) } else { (b, a) };
            prop_assert!(a.first() <= a.last());
            for time in [
                Time::At(a),
                Time::Between(None, Some(a)),
                Time::Between(Some(a), None),
                Time::AllOf(vec![a, b]),
                Time::OneOf(vec![a, b]),
            ] {
                let edtf = Edtf::from(&time);
                prop_assert_ne!(edtf.as_str(), "XXXX");
            }
            if a.day().is_some() && b.day().is_some() {
                let time = Time::Between(Some(a), Some(b));
                prop_assert_eq!(Edtf::from(&time).to_string(), time.to_string());
            }
        }

        #[test]
        fn a_week_holds_its_day_and_weekdays_lie_within_seven_days(day in dates(), weekday in 0i8..7) {
            let (monday, sunday) = week_of(day);
            prop_assert!(monday <= day && day <= sunday);
            let (before, after) = (weekday_before(day, weekday), weekday_after(day, weekday));
            prop_assert!(before < day && day < after);
            prop_assert!(shift_days(before, 7) >= day && shift_days(after, -7) <= day);
            prop_assert_eq!(before.weekday(), after.weekday());
        }

        #[test]
        fn shifting_there_and_back_is_nothing(day in dates(), days in -5000i32..5000) {
            prop_assert_eq!(shift_days(shift_days(day, days), -days), day);
        }

        #[test]
        fn easter_is_a_sunday_in_spring(year in 1700i16..2200) {
            let western = Easter::Western.sunday(year).unwrap();
            prop_assert_eq!(western.weekday(), Weekday::Sunday);
            prop_assert!(date(year, 3, 22) <= western && western <= date(year, 4, 25));
        }
    }

    #[test]
    fn days_of_the_julian_calendar_are_twelve_or_thirteen_days_later_by_the_gregorian() {
        for (julian, gregorian) in [
            (date(1917, 10, 25), date(1917, 11, 7)),
            (date(1905, 1, 9), date(1905, 1, 22)),
            (date(1881, 3, 1), date(1881, 3, 13)),
            (date(1900, 2, 28), date(1900, 3, 12)),
        ] {
            let time = Moment::of_day(julian)
                .map(Time::At)
                .and_then(Time::from_julian);
            assert_eq!(time, Moment::of_day(gregorian).map(Time::At));
        }
    }

    #[test]
    fn easter_follows_both_reckonings() {
        assert_eq!(Easter::Western.sunday(1912), Some(date(1912, 4, 7)));
        assert_eq!(
            Easter::EasternOldStyle.sunday(1905),
            Some(date(1905, 4, 17))
        );
    }
}
