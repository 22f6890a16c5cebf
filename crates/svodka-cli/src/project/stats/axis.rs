//! By what claims are counted.

use jiff::civil::Date;
use svodka::store::{TakesPart, Told};
use svodka::{Edtf, NameType, Polarity};

/// By what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Axis {
    /// A stretch of calendar time.
    Time(Unit),
    /// How sure the text is.
    Certainty,
    /// Whether the text says that it is so.
    Polarity,
    /// What sort of claim.
    Kind,
    /// The report.
    Report,
    /// Places and workplaces in any role.
    Place,
    /// A role or field of the claim.
    Named(String),
}

/// A unit of calendar time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Year,
    Month,
    Week,
    Day,
}

/// Under what a claim counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Under {
    /// Under each of these.
    These(Vec<String>),
    /// Its date is longer than the unit of time.
    Spread,
    /// It says nothing of this.
    Nothing,
}

impl Unit {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Year => "year",
            Unit::Month => "month",
            Unit::Week => "week",
            Unit::Day => "day",
        }
    }

    /// The unit that a day lies in.
    pub fn of(self, day: Date) -> String {
        match self {
            Unit::Year => format!("{:04}", day.year()),
            Unit::Month => format!("{:04}-{:02}", day.year(), day.month()),
            Unit::Week => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Unit::Day => day.to_string(),
        }
    }
}

impl Axis {
    /// The axis of that name: anything that is none of ours is a role or field.
    pub fn read(name: &str) -> Axis {
        match name {
            "year" => Axis::Time(Unit::Year),
            "month" => Axis::Time(Unit::Month),
            "week" => Axis::Time(Unit::Week),
            "day" => Axis::Time(Unit::Day),
            "certainty" => Axis::Certainty,
            "polarity" => Axis::Polarity,
            "kind" => Axis::Kind,
            "report" => Axis::Report,
            "place" => Axis::Place,
            other => Axis::Named(other.to_owned()),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Axis::Time(unit) => unit.word(),
            Axis::Certainty => "certainty",
            Axis::Polarity => "polarity",
            Axis::Kind => "kind",
            Axis::Report => "report",
            Axis::Place => "place",
            Axis::Named(name) => name,
        }
    }

    /// Whether its values have an order of their own, which is then that of their words.
    pub fn is_ordered(&self) -> bool {
        matches!(self, Axis::Time(_))
    }

    /// Under what a claim counts.
    pub fn of(&self, told: &Told, parts: &[TakesPart]) -> Under {
        let claim = &told.claim;
        let these = |values: Vec<String>| match values.is_empty() {
            true => Under::Nothing,
            false => Under::These(values),
        };
        match self {
            Axis::Time(unit) => when(told).map_or(Under::Nothing, |(first, last)| {
                match (first.map(|day| unit.of(day)), last.map(|day| unit.of(day))) {
                    (Some(first), Some(last)) if first == last => Under::These(vec![first]),
                    _ => Under::Spread,
                }
            }),
            Axis::Certainty => these(vec![claim.certainty.word().to_owned()]),
            Axis::Polarity => these(vec![match claim.polarity {
                Polarity::Positive => "so".to_owned(),
                Polarity::Negative => "not so".to_owned(),
            }]),
            Axis::Kind => these(vec![claim.kind.to_string()]),
            Axis::Report => these(vec![told.label.clone()]),
            Axis::Place => {
                let places = parts.iter().filter(|part| is_place(part.kind));
                let mut labels: Vec<String> = places.map(|part| part.label.clone()).collect();
                labels.sort();
                labels.dedup();
                these(labels)
            }
            Axis::Named(name) => {
                if let Some(value) = claim.fields.get(name) {
                    return these(vec![match value {
                        serde_json::Value::String(word) => one_line(word),
                        other => other.to_string(),
                    }]);
                }
                let named = parts.iter().filter(|part| part.role == *name);
                let mut values: Vec<String> = named.map(|part| part.label.clone()).collect();
                let fillers = claim.roles.get(name.as_str()).into_iter().flatten();
                let words = fillers.filter(|filler| filler.entity.is_none());
                values.extend(words.map(|filler| one_line(&filler.text)));
                values.sort();
                values.dedup();
                these(values)
            }
        }
    }
}

/// Whether a thing is where something can be.
pub fn is_place(kind: NameType) -> bool {
    matches!(kind, NameType::Place | NameType::Workplace)
}

/// The first and last day that a claim's own date can mean.
pub fn when(told: &Told) -> Option<(Option<Date>, Option<Date>)> {
    let when = told.claim.when.as_ref()?;
    let date: Edtf = when.edtf.parse().ok()?;
    let (first, last) = date.bounds();
    // A date of which not even the century is known says nothing.
    let vague = first.is_some_and(|first| {
        last.is_some_and(|last| i32::from(last.year()) - i32::from(first.year()) >= 100)
    });
    (!vague && (first.is_some() || last.is_some())).then_some((first, last))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
