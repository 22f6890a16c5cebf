//! When a claim holds, as days.

use jiff::Span;
use jiff::civil::Date;
use svodka_model::{Account, Said};
use svodka_pack::{Agreement, Likeness, Time};

/// Days since the beginning of 1970, both included; the least and the greatest number stand for open sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    pub first: i32,
    pub last: i32,
}

impl Days {
    /// Whenever.
    pub const ALL: Days = Days {
        first: i32::MIN,
        last: i32::MAX,
    };

    pub fn overlaps(self, other: Days) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// How many days lie between two times that do not overlap.
    pub fn apart(self, other: Days) -> Option<i32> {
        if self.overlaps(other) {
            return None;
        }
        let (earlier, later) = if self.last < other.first {
            (self, other)
        } else {
            (other, self)
        };
        Some(later.first.saturating_sub(earlier.last))
    }

    /// Whether it is no longer than so many days.
    pub fn within(self, days: i32) -> bool {
        self.last.saturating_sub(self.first) <= days
    }
}

/// When a claim holds for the purpose of comparing it; `None` if it is too vague for that.
pub fn of(
    account: &Account,
    said: &Said,
    likeness: &Likeness,
    agreement: &Agreement,
) -> Option<Days> {
    let slack = match said.approximate {
        true => agreement.dates.approximate,
        false => 0,
    };
    let own = Days {
        first: said
            .first
            .map_or(i32::MIN, |date| day(date).saturating_sub(slack)),
        last: said
            .last
            .map_or(i32::MAX, |date| day(date).saturating_add(slack)),
    };
    let told = account.last.or(account.first).map(day);
    let dated = own != Days::ALL;
    match likeness.time {
        Time::Always => Some(own),
        Time::State if dated => Some(Days {
            first: own.first,
            // What began holds until it is told.
            last: match (own.last, told) {
                (i32::MAX, Some(told)) => told.max(own.first),
                (last, _) => last,
            },
        }),
        Time::Event if dated => Some(own).filter(|days| days.within(likeness.days + 2 * slack)),
        Time::State | Time::Event => told.map(|told| Days {
            first: told.saturating_sub(likeness.days),
            last: told,
        }),
    }
}

/// The day that a claim itself gives.
pub fn own(said: &Said, agreement: &Agreement) -> Option<Days> {
    let slack = match said.approximate {
        true => agreement.dates.approximate,
        false => 0,
    };
    let (first, last) = (said.first.map(day)?, said.last.map(day)?);
    Some(Days {
        first: first.saturating_sub(slack),
        last: last.saturating_add(slack),
    })
}

/// A day moved by so many; nothing for an open side.
pub fn date(day: i32, by: i32) -> Option<Date> {
    if day == i32::MIN || day == i32::MAX {
        return None;
    }
    let span = Span::new().try_days(day.saturating_add(by)).ok()?;
    EPOCH.checked_add(span).ok()
}

const EPOCH: Date = Date::constant(1970, 1, 1);

fn day(date: Date) -> i32 {
    // Years are within ±9999, so days fit.
    date.since(EPOCH).map_or(0, |span| span.get_days())
}
