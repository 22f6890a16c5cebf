//! The words that the dates stage of reading needs.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The contents of a pack's `dates.toml`. All words and phrases are in lower case; a phrase has spaces between its
/// words. Lists that stand for numbers are in the order of the numbers.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {
    /// January to December; the full name first, then short ones (without their stop).
    pub months: Vec<Vec<String>>,
    /// Months whose name is also another word, so that the bare word needs company.
    pub ambiguous: Vec<String>,
    /// Monday to Sunday.
    pub weekdays: Vec<Vec<String>>,
    /// Spring, summer, autumn, winter.
    pub seasons: Vec<Vec<String>>,
    /// First to thirty-first.
    pub ordinals: Vec<Vec<String>>,
    /// One and up.
    pub numbers: Vec<Vec<String>>,
    /// The endings of ordinals written with digits.
    pub ordinal_endings: Vec<String>,
    /// The ending of a decade: "1920s".
    pub decade_endings: Vec<String>,
    /// Feasts by their distance from Easter Sunday in days.
    pub easter: BTreeMap<String, i32>,
    /// Feasts of a fixed day, as month and day: "12-25".
    pub feasts: BTreeMap<String, String>,
    /// Words that show a text of the Eastern Church's calendar, where it is older than `old_style_until`.
    pub eastern: Vec<String>,
    /// The year in which the Eastern texts go over to the New Style.
    pub old_style_until: i16,
    /// Units of time.
    pub units: UnitWords,
    /// Eras, beside the number of a year.
    #[serde(default)]
    pub eras: EraWords,
    /// Times of day.
    pub day_parts: Vec<String>,
    /// Parts of a month, year or season.
    pub parts: PartWords,
    /// Words before a date that open or close a stretch.
    pub edges: EdgeWords,
    /// Words between the parts of a date, or that join dates.
    pub joints: JointWords,
    /// Words that point from the report's day or from a day named before.
    pub pointers: PointerWords,
    /// What stands beside numbers and names that are no dates.
    pub bars: BarWords,
}

/// Eras, beside the number of a year. In a text they are written with a capital.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EraWords {
    /// "BC", after the number.
    pub before_christ: Vec<String>,
    /// "AD", before or after the number.
    pub after_christ: Vec<String>,
    /// "O.S.", after a day of the Julian calendar.
    #[serde(default)]
    pub old_style: Vec<String>,
}

/// Units of time.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitWords {
    pub day: Vec<String>,
    pub week: Vec<String>,
    pub fortnight: Vec<String>,
    pub month: Vec<String>,
    pub year: Vec<String>,
    #[serde(default)]
    pub decade: Vec<String>,
    #[serde(default)]
    pub century: Vec<String>,
}

/// Parts of a stretch of time.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartWords {
    pub early: Vec<String>,
    pub middle: Vec<String>,
    pub late: Vec<String>,
    pub beginning: Vec<String>,
    pub end: Vec<String>,
    pub first_half: Vec<String>,
    pub second_half: Vec<String>,
    pub first_days: Vec<String>,
    pub last_days: Vec<String>,
    pub first_week: Vec<String>,
    pub second_week: Vec<String>,
    pub third_week: Vec<String>,
    pub fourth_week: Vec<String>,
    pub last_week: Vec<String>,
    pub first_quarter: Vec<String>,
    pub second_quarter: Vec<String>,
    pub third_quarter: Vec<String>,
    pub fourth_quarter: Vec<String>,
    /// "night of", before the days on which it begins and ends.
    pub night: Vec<String>,
}

/// Words before a date that open or close a stretch.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgeWords {
    /// Up to the date: "until", "before".
    pub until: Vec<String>,
    /// From the date on: "since", "starting in".
    pub since: Vec<String>,
    /// "from": from the date on, unless it only says which letter or report is meant.
    pub from: Vec<String>,
    /// "between", before two dates.
    pub between: Vec<String>,
    /// "about", "around".
    pub about: Vec<String>,
    /// "over", "during", before "the past three months".
    pub over: Vec<String>,
}

/// Words between the parts of a date, or that join dates.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JointWords {
    /// "and".
    pub and: Vec<String>,
    /// "or".
    pub or: Vec<String>,
    /// "to", "through".
    pub to: Vec<String>,
    /// "of", "in": between a part and its whole.
    pub of: Vec<String>,
    /// "the".
    pub the: Vec<String>,
    /// "year", before a number that is one.
    pub year: Vec<String>,
    /// Words for the events of a life, which a bare year stands after: "b.", "died".
    #[serde(default)]
    pub life: Vec<String>,
    /// Prepositions that a date stands after: "on", "in".
    pub at: Vec<String>,
    /// Prepositions that a month stands after and a day does not: "in".
    pub within: Vec<String>,
    /// Prepositions that a bare ordinal may stand after as a day.
    pub on: Vec<String>,
}

/// Words that point from the report's day or from a day named before.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointerWords {
    /// Single words or phrases for a day, by its distance from the report's: "yesterday" is -1.
    pub days: BTreeMap<String, i32>,
    /// "this", "the current".
    pub this: Vec<String>,
    /// "last": the one before the report's.
    pub last: Vec<String>,
    /// "next": the one after the report's.
    pub next: Vec<String>,
    /// "same", "that": the one named before.
    pub same: Vec<String>,
    /// "following": the one after the one named before.
    pub following: Vec<String>,
    /// "previous": the one before the one named before.
    pub preceding: Vec<String>,
    /// "past", before a number of units up to the report's day.
    pub past: Vec<String>,
    /// "ago".
    pub ago: Vec<String>,
    /// "before", "earlier", after a number of units.
    pub before: Vec<String>,
    /// "later", "after", after a number of units.
    pub later: Vec<String>,
    /// Of the report's month.
    pub instant: Vec<String>,
    /// Of the month before the report's.
    pub ultimo: Vec<String>,
    /// Of the month after the report's.
    pub proximo: Vec<String>,
    /// The day after one named before ("on the morrow").
    pub morrow: Vec<String>,
    /// The first months of the coming year ("in the new year").
    pub new_year: Vec<String>,
    /// "ending", between "week" and its last day.
    pub ending: Vec<String>,
    /// "beginning", between "week" and its first day.
    pub beginning: Vec<String>,
}

/// What stands beside numbers and names that are no dates.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarWords {
    /// Words or signs before a number that is a name's or a sum: "no", "$".
    pub before_numbers: Vec<String>,
    /// Words before a weekday or month that recurs: "every".
    pub recurring: Vec<String>,
    /// Whole phrases that hold a word of time but are names.
    pub names: Vec<String>,
    /// Words that show a sentence looks ahead: "will", "shall".
    pub ahead: Vec<String>,
    /// Lemmas of verbs whose object lies ahead ("promised an answer on Monday").
    pub looking_ahead: Vec<String>,
}
