//! Values of TIMEX2 and TIMEX3, and when a date in EDTF means the same.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::dates::{self, Bounds};

/// What an annotator wrote down as the meaning of an expression of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timex {
    /// Calendar time, by its first and last day.
    Span(Date, Date),
    /// Anything else: a duration, a set, the past, the present, an unknown day.
    Other,
}

/// How far a date in EDTF agrees with the annotator's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Agreement {
    None,
    /// Once the modifier is undone that the value does not hold.
    Unmodified,
    /// Day for day.
    Exact,
}

impl Timex {
    /// Reads a value such as `1923-08-30T21:00`, `1942-SU`, `192`, `BC0480`; the time of day is left out, and so
    /// are places at the end that are not known (`1963-XX-XX` is the year).
    pub fn parse(value: &str) -> Timex {
        match Timex::span(value) {
            Some((first, last)) => Timex::Span(first, last),
            None => Timex::Other,
        }
    }

    fn span(value: &str) -> Option<(Date, Date)> {
        let (before_christ, value) = match value.strip_prefix("BC") {
            Some(rest) => (true, rest),
            None => (false, value),
        };
        let day = value.split_once('T').map_or(value, |(day, _)| day);
        let mut parts: Vec<&str> = day.split('-').collect();
        while parts.len() > 1 && is_unknown(parts[parts.len() - 1]) {
            parts.pop();
        }
        let (first, last) = years(parts[0], before_christ)?;
        let start = |month| Date::new(first.year(), month, 1).ok();
        let months = |from, to| Some((start(from)?, start(to)?.last_of_month()));
        match parts[1..] {
            [] => Some((first, last)),
            _ if first.year() != last.year() => None,
            ["SP"] => months(3, 5),
            ["SU"] => months(6, 8),
            ["FA"] => months(9, 11),
            ["WI"] => {
                let spring = Date::new(first.year() + 1, 2, 1).ok()?;
                Some((start(12)?, spring.last_of_month()))
            }
            ["H1"] => months(1, 6),
            ["H2"] => months(7, 12),
            [quarter] if quarter.starts_with('Q') => {
                let quarter = whole(&quarter[1..]).filter(|quarter| (1..=4).contains(quarter))?;
                months(quarter * 3 - 2, quarter * 3)
            }
            [week] if week.starts_with('W') => {
                let week = whole(&week[1..])?;
                let on = |day| ISOWeekDate::new(first.year(), week, day).ok();
                let (monday, sunday) = (on(Weekday::Monday)?, on(Weekday::Sunday)?);
                Some((monday.date(), sunday.date()))
            }
            [month] => {
                let month = whole(month)?;
                months(month, month)
            }
            [month, day] => {
                let day = Date::new(first.year(), whole(month)?, whole(day)?).ok()?;
                Some((day, day))
            }
            _ => None,
        }
    }

    /// How far a date in EDTF means this.
    pub(crate) fn agreement(self, edtf: &str) -> Agreement {
        let Timex::Span(first, last) = self else {
            return Agreement::None;
        };
        let whole = |bounds: Bounds| bounds == (Some(first), Some(last));
        if whole(dates::bounds(edtf)) {
            return Agreement::Exact;
        }
        let Some((from, to)) = edtf.split_once('/') else {
            return Agreement::None;
        };
        let open = |side: &str| matches!(side, "" | "..");
        let bounds = match (open(from), open(to)) {
            (true, false) => dates::bounds(to),
            (false, true) => dates::bounds(from),
            _ => dates::bounds(edtf),
        };
        let part = match bounds {
            (Some(from), Some(to)) => {
                let at_an_end = from == first || to == last;
                first <= from && to <= last && (at_an_end || edtf.contains('~'))
            }
            _ => false,
        };
        if part || whole(bounds) {
            Agreement::Unmodified
        } else {
            Agreement::None
        }
    }
}

fn is_unknown(part: &str) -> bool {
    part.contains('X') && part.chars().all(|c| matches!(c, 'X' | 'W'))
}

fn whole(digits: &str) -> Option<i8> {
    let sound = digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| digits.parse().ok()).flatten()
}

/// The years of a year of four digits, a decade of three or a century of two.
fn years(digits: &str, before_christ: bool) -> Option<(Date, Date)> {
    let digits = digits.trim_end_matches('X');
    let length = digits.len();
    let sound = (2..=4).contains(&length) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let many = [100, 10, 1][length.checked_sub(2).filter(|_| sound)?];
    let first = digits.parse::<i16>().ok()? * many;
    let last = first + many - 1;
    // The year before the year 1 is 1 BC, by astronomers' count the year 0.
    let (first, last) = if before_christ {
        (1 - last, 1 - first)
    } else {
        (first, last)
    };
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn values_are_their_first_and_last_day() {
        let span = |from: (i16, i8, i8), to: (i16, i8, i8)| {
            Timex::Span(date(from.0, from.1, from.2), date(to.0, to.1, to.2))
        };
        for (value, meant) in [
            ("1923-08-30", span((1923, 8, 30), (1923, 8, 30))),
            ("1923-08-30T21:00", span((1923, 8, 30), (1923, 8, 30))),
            ("1918-08-XXTNI", span((1918, 8, 1), (1918, 8, 31))),
            ("1963-XX-XX", span((1963, 1, 1), (1963, 12, 31))),
            ("1942-SU", span((1942, 6, 1), (1942, 8, 31))),
            ("1941-WI", span((1941, 12, 1), (1942, 2, 28))),
            ("1775-W19", span((1775, 5, 8), (1775, 5, 14))),
            ("1922-Q3", span((1922, 7, 1), (1922, 9, 30))),
            ("192", span((1920, 1, 1), (1929, 12, 31))),
            ("18", span((1800, 1, 1), (1899, 12, 31))),
            ("BC0480-09", span((-479, 9, 1), (-479, 9, 30))),
            ("BC046", span((-468, 1, 1), (-459, 12, 31))),
            ("PRESENT_REF", Timex::Other),
            ("P3D", Timex::Other),
            ("PT1H", Timex::Other),
            ("XXXX-XX-XX", Timex::Other),
            ("XXXX-WXX-5", Timex::Other),
            ("null", Timex::Other),
            ("1923-02-30", Timex::Other),
            ("", Timex::Other),
        ] {
            assert_eq!(Timex::parse(value), meant, "{value}");
        }
    }

    #[test]
    fn a_modifier_that_the_value_does_not_hold_is_undone() {
        for (edtf, value, agreement) in [
            ("1923-08", "1923-08", Agreement::Exact),
            ("1923-08-01/1923-08-31", "1923-08", Agreement::Exact),
            ("-0479-09", "BC0480-09", Agreement::Exact),
            ("1922-12-21~/1922-12-31~", "1922-12", Agreement::Unmodified),
            ("1923-08-16/1923-08-31", "1923-08", Agreement::Unmodified),
            ("../1923-07", "1923-07", Agreement::Unmodified),
            ("../1944-11-30~", "1944-11", Agreement::Unmodified),
            ("1923-07/..", "1923-07", Agreement::Unmodified),
            ("1923-08-10/1923-08-12", "1923-08", Agreement::None),
            ("1923-08-12", "1923-08", Agreement::None),
            ("1923", "1923-08", Agreement::None),
            ("../1923-07", "1923", Agreement::None),
            ("../..", "1923", Agreement::None),
            ("1923", "P1Y", Agreement::None),
        ] {
            assert_eq!(
                Timex::parse(value).agreement(edtf),
                agreement,
                "{edtf} and {value}"
            );
        }
    }
}
