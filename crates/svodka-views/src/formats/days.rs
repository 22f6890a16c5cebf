//! Dates for formats that do not know EDTF.

use svodka_model::Edtf;

/// The first and last day that a date can mean, ISO 8601; nothing of a side that is open or unknown.
pub fn days(edtf: &str) -> (Option<String>, Option<String>) {
    let bounds = edtf.parse::<Edtf>().map(|date| date.bounds());
    let (first, last) = bounds.unwrap_or((None, None));
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    (day(first), day(last))
}

/// Whether a date is a year, month or day and nothing besides, as ISO 8601 has them too.
pub fn is_plain(edtf: &str) -> bool {
    let mut parts = edtf.split('-');
    let digits = |part: Option<&str>, length: usize| {
        part.is_some_and(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let year = digits(parts.next(), 4);
    let rest: Vec<&str> = parts.collect();
    // From 21 on, what stands for a month is a season.
    let months = rest
        .first()
        .is_none_or(|month| digits(Some(month), 2) && *month <= "12");
    year && rest.len() <= 2 && months && rest.get(1).is_none_or(|day| digits(Some(day), 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_date_is_a_year_month_or_day() {
        for plain in ["1923", "1923-08", "1923-08-05"] {
            assert!(is_plain(plain), "{plain}");
        }
        for other in [
            "1923~",
            "1923-21",
            "1923/1924",
            "XXXX",
            "19XX",
            "-1923",
            "1923-08-05T10",
            "",
        ] {
            assert!(!is_plain(other), "{other}");
        }
        assert_eq!(
            days("1923-02"),
            (Some("1923-02-01".to_owned()), Some("1923-02-28".to_owned()))
        );
        assert_eq!(days("1923/.."), (Some("1923-01-01".to_owned()), None));
    }
}
