//! Years with their era: "AD 79", "499-493 BC", "the 460s BC".

use super::points::Reader;
use super::tokens::{Ending, Kind};
use super::words::Sense;

/// What a year's number counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    BeforeChrist,
    AfterChrist,
}

impl Era {
    /// The year of that number by astronomers' count, which has a year 0.
    pub fn year(self, number: i16) -> i16 {
        match self {
            Era::BeforeChrist => 1 - number,
            Era::AfterChrist => number,
        }
    }

    /// The first of so many years that begin, or before Christ end, with this number: "the 460s BC".
    pub fn first(self, number: i16, years: i16) -> i16 {
        match self {
            Era::BeforeChrist => 1 - (number + years - 1),
            Era::AfterChrist => number,
        }
    }
}

impl Reader<'_> {
    /// "AD 79", "480 BC", and "499" where "499-493 BC" stands, by astronomers' count: 1 BC is the year 0.
    pub fn year_of_era(&self, at: usize) -> Option<(i16, usize)> {
        let number = |at| match self.token(at)?.kind {
            Kind::Number {
                value,
                ending: Ending::Bare,
                ..
            } => i16::try_from(value).ok().filter(|&year| year > 0),
            _ => None,
        };
        if let Some((Era::AfterChrist, next)) = self.era(at) {
            return Some((number(next)?, next + 1));
        }
        let year = number(at)?;
        let own = self.era(at + 1);
        let shared = || {
            let (_, next) = self.joint(at + 1)?;
            number(next)?;
            Some((self.era(next + 1)?.0, at + 1))
        };
        let (era, end) = own.or_else(shared)?;
        Some((era.year(year), end))
    }

    /// "BC", "AD".
    pub fn era(&self, at: usize) -> Option<(Era, usize)> {
        if !self.token(at)?.capital {
            return None;
        }
        self.take(at, |sense| match sense {
            Sense::BeforeChrist => Some(Era::BeforeChrist),
            Sense::AfterChrist => Some(Era::AfterChrist),
            _ => None,
        })
    }
}
