//! Dates in the Extended Date/Time Format (ISO 8601-2, levels 0 to 2).

use std::fmt;
use std::str::FromStr;

use edtf_core::Bound;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date as the text gives it: a day, month, year or season, several, an interval, approximate or uncertain.
///
/// Always valid and in canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Edtf(String);

/// A string that is no EDTF date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{value}' is not an EDTF date ({reason}); write for example 1923-09-01, 1923-09, 1923 or 1923-08/1923-09"
)]
pub struct EdtfError {
    /// What was given.
    pub value: String,
    /// What is wrong with it and where.
    pub reason: String,
}

impl Edtf {
    /// A date that the text mentions but that nothing resolves.
    pub fn unknown() -> Edtf {
        Edtf("XXXX".to_owned())
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first and last day it can mean; `None` for an open or unknown side.
    pub fn bounds(&self) -> (Option<Date>, Option<Date>) {
        let Ok(parsed) = edtf_core::Edtf::parse(&self.0) else {
            return (None, None);
        };
        let bounds = parsed.bounds();
        (day(&bounds.earliest), day(&bounds.latest))
    }
}

fn day(bound: &Bound) -> Option<Date> {
    let Bound::Date(date) = bound else {
        return None;
    };
    let year = i16::try_from(date.year).ok()?;
    Date::new(
        year,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    )
    .ok()
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(value: &str) -> Result<Edtf, EdtfError> {
        match edtf_core::Edtf::parse(value.trim()) {
            Ok(parsed) => Ok(Edtf(parsed.to_string())),
            Err(error) => Err(EdtfError {
                value: value.to_owned(),
                reason: error.to_string(),
            }),
        }
    }
}

impl TryFrom<String> for Edtf {
    type Error = EdtfError;

    fn try_from(value: String) -> Result<Edtf, EdtfError> {
        value.parse()
    }
}

impl From<Edtf> for String {
    fn from(date: Edtf) -> String {
        date.0
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
