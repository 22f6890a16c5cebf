//! When do two dates mean the same time?
//!
//! A reading of EDTF of its own, deliberately narrower than the program's: the measure must not change when the
//! program's dates do.

use jiff::civil::Date;

/// The first and the last day; `None` for an open or unknown side.
pub(crate) type Bounds = (Option<Date>, Option<Date>);

pub(crate) fn bounds(edtf: &str) -> Bounds {
    let value: String = edtf
        .trim()
        .chars()
        .filter(|c| !matches!(c, '~' | '?' | '%'))
        .collect();
    if value.starts_with(['{', '[']) {
        let inside: Vec<char> = value.chars().collect();
        let inside: String = inside[1..inside.len().saturating_sub(1).max(1)]
            .iter()
            .collect();
        let parts: Vec<Bounds> = inside.split(',').map(bounds).collect();
        return (
            parts.iter().filter_map(|part| part.0).min(),
            parts.iter().filter_map(|part| part.1).max(),
        );
    }
    if let Some((from, to)) = value.split_once('/') {
        let open = |side: &str| matches!(side, "" | "..");
        return (
            if open(from) { None } else { bounds(from).0 },
            if open(to) { None } else { bounds(to).1 },
        );
    }
    match simple(&value) {
        Some((first, last)) => (Some(first), Some(last)),
        None => (None, None),
    }
}

/// A century, decade, year, season, month or day; a year before the year 0 has a minus.
fn simple(value: &str) -> Option<(Date, Date)> {
    for (unknown, digits, years) in [("XX", 2, 100), ("X", 3, 10)] {
        if let Some(first) = value
            .strip_suffix(unknown)
            .and_then(|known| number(known, digits))
        {
            let year = first * years;
            return Some((date(year, 1, 1)?, date(year + years - 1, 12, 31)?));
        }
    }
    let (sign, value) = match value.strip_prefix('-') {
        Some(value) => (-1, value),
        None => (1, value),
    };
    let parts: Vec<&str> = value.split('-').collect();
    let year = sign * number(parts.first()?, 4)?;
    let month = parts.get(1).map(|part| number(part, 2));
    let day = parts.get(2).map(|part| number(part, 2));
    match (month, day) {
        _ if parts.len() > 3 => None,
        (Some(None), _) | (_, Some(None)) => None,
        (None, _) => Some((date(year, 1, 1)?, date(year, 12, 31)?)),
        (Some(Some(season @ 21..=24)), _) => {
            let (from, to) =
                [(3, 5), (6, 8), (9, 11), (12, 2)][usize::try_from(season - 21).ok()?];
            let last = if to < from { year + 1 } else { year };
            Some((date(year, from, 1)?, date(last, to, 1)?.last_of_month()))
        }
        (Some(Some(month)), None) => {
            Some((date(year, month, 1)?, date(year, month, 1)?.last_of_month()))
        }
        (Some(Some(month)), Some(Some(day))) => date(year, month, day).map(|date| (date, date)),
    }
}

fn number(digits: &str, length: usize) -> Option<i16> {
    (digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let in_range = (-9999..=9999).contains(&year);
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    in_range.then(|| Date::new(year, month, day).ok()).flatten()
}

/// The same string or the same days.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a == b || (bounds(a) == bounds(b) && bounds(b) != (None, None))
}

/// The same, or at least half of the days in common.
pub(crate) fn close(a: &str, b: &str) -> bool {
    if same(a, b) {
        return true;
    }
    match (bounds(a), bounds(b)) {
        ((Some(a0), Some(a1)), (Some(b0), Some(b1))) => {
            let days = |from: Date, to: Date| i64::from((to - from).get_days()) + 1;
            let common = days(a0.max(b0), a1.min(b1));
            common > 0 && 2 * common >= days(a0.min(b0), a1.max(b1))
        }
        // With an open side nothing is near but the same.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_close_when_half_of_their_days_are_the_same() {
        for (a, b, is_close) in [
            ("1923-08", "1923-08-01/1923-08-31", true),
            ("1923-08", "1923-08-16/1923-08-31", true),
            ("1923-08", "1923-08-20", false),
            ("1922-12-21~/1922-12-31~", "1922-12-21/1922-12-31", true),
            ("{1923-08-29,1923-08-30}", "1923-08-29/1923-08-30", true),
            ("../1923-07", "../1923-07-31", true),
            ("../1923-07", "1923-07", false),
            ("1923-24", "1923-12-01/1924-02-29", true),
            ("192X", "1920/1929", true),
            ("19XX", "1900/1999", true),
            ("-0479", "-0479-01-01/-0479-12-31", true),
            ("-0479", "0479", false),
            ("XXXX", "XXXX", true),
            ("XXXX", "1923", false),
            ("1923-02-30", "1923-02-28", false),
            ("", "", true),
            ("{", "x", false),
        ] {
            assert_eq!(close(a, b), is_close, "{a} and {b}");
        }
    }
}
