//! Days, months, seasons and years as they are written.

use super::tokens::{Ending, Kind, Token};
use super::words::{Sense, Vocabulary, WordId};

/// The year of a date, as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum YearRef {
    /// Not at all.
    #[default]
    Absent,
    /// By its number.
    Number(i16),
    /// So many years after the report's.
    Away(i16),
    /// The one named before, or so many after it.
    Named(i16),
    /// The last such date before the report's.
    Last,
    /// The next such date after the report's.
    Next,
}

/// The month of a date, as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum MonthRef {
    /// Not at all.
    #[default]
    Absent,
    /// 1 to 12.
    Number(i8),
    /// So many months after the report's.
    Away(i32),
    /// The one named before.
    Named,
}

/// A day, month, season or year, as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Point {
    pub year: YearRef,
    pub month: MonthRef,
    pub day: Option<i8>,
    /// 1 is spring.
    pub season: Option<i8>,
}

impl Point {
    /// Whether it is a month without a day.
    pub fn is_month(&self) -> bool {
        self.month != MonthRef::Absent && self.day.is_none()
    }

    /// Whether it is a year alone.
    pub fn is_year(&self) -> bool {
        self.month == MonthRef::Absent && self.day.is_none() && self.season.is_none()
    }
}

/// How several days or dates are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    One,
    And,
    Or,
    To,
}

/// Days of one month, in the order written.
pub(super) type Days = (Vec<Point>, Joint);

/// Reads a block's tokens.
pub(super) struct Reader<'a> {
    pub tokens: &'a [Token],
    pub words: &'a Vocabulary<'a>,
    pub text: &'a str,
    /// The report's year, which tells the century of a year of two digits.
    pub today: Option<i16>,
    /// Whether the word of a token can be a plural noun: then a number before it counts things.
    pub plural: &'a dyn Fn(&Token) -> bool,
    /// Whether the word of a token can be what an ordinal before it numbers.
    pub thing: &'a dyn Fn(&Token) -> bool,
    /// Whether the word of a token is a verb that tells what was done or is to be.
    pub acts: &'a dyn Fn(&Token) -> bool,
}

impl Reader<'_> {
    /// The longest phrase at `at` with a sense that `pick` takes.
    pub fn take<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<(T, usize)> {
        self.words.take(self.tokens, at, pick)
    }

    /// The place after a phrase with this sense.
    pub fn after(&self, at: usize, sense: Sense) -> Option<usize> {
        self.take(at, |other| (other == sense).then_some(()))
            .map(|(_, next)| next)
    }

    /// The place after a phrase with this sense, or `at` if there is none.
    pub fn skip(&self, at: usize, sense: Sense) -> usize {
        self.after(at, sense).unwrap_or(at)
    }

    /// Whether a phrase with this sense ends right before `at`, as a single word.
    pub fn follows(&self, at: usize, sense: Sense) -> bool {
        at.checked_sub(1)
            .is_some_and(|before| self.after(before, sense) == Some(at))
    }

    /// Whether an expression can begin at `at`: a cheap test before trying.
    pub fn may_begin(&self, at: usize) -> bool {
        self.tokens[at].word != 0
            || self.tokens[at].value().is_some()
            || self.clipped_year(at).is_some()
    }

    pub fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// The place after a comma.
    pub fn comma(&self, at: usize) -> usize {
        at + usize::from(self.token(at).is_some_and(|token| token.is(',')))
    }

    /// A month's number, with the stop of its short form.
    pub fn month(&self, at: usize) -> Option<(i8, usize)> {
        let token = self.token(at)?;
        if !token.capital && token.kind != Kind::Damaged {
            return None;
        }
        let (month, next) = self.take(at, |sense| match sense {
            Sense::Month(month) => Some(month),
            _ => None,
        })?;
        Some((month, self.stop(at, next)))
    }

    /// The place after the stop of a short form.
    pub fn stop(&self, at: usize, next: usize) -> usize {
        let stopped = self
            .token(next)
            .is_some_and(|token| token.is('.') && token.glued);
        next + usize::from(stopped && !self.is_full_name(at))
    }

    /// Whether a month's or weekday's name is written out.
    pub fn is_full_name(&self, at: usize) -> bool {
        let word = self.word(at);
        let pack = self.words.pack;
        let mut names = pack.months.iter().chain(&pack.weekdays);
        names.any(|names| {
            names
                .first()
                .is_some_and(|name| self.words.id(name) == word)
        })
    }

    /// A day of the month: a bare number, an ordinal, an ordinal word; with the article before it skipped.
    /// The flag tells whether it is an ordinal written with digits.
    pub fn day(&self, at: usize) -> Option<(i8, bool, usize)> {
        let at = self.skip(at, Sense::The);
        let token = self.token(at)?;
        if let Kind::Number {
            value,
            digits: 1..=2,
            ending,
        } = token.kind
            && ending != Ending::Decade
        {
            let day = i8::try_from(value)
                .ok()
                .filter(|day| (1..=31).contains(day))?;
            let barred = token.glued
                && at > 0
                && matches!(
                    self.tokens[at - 1].kind,
                    Kind::Sign('$' | '£' | '€' | '#' | '№' | '.' | '%')
                );
            return (!barred).then_some((day, ending == Ending::Ordinal, at + 1));
        }
        let (day, next) = self.take(at, |sense| match sense {
            Sense::Ordinal(day) => Some(day),
            _ => None,
        })?;
        Some((day, false, next))
    }

    /// What joins two days or dates.
    pub fn joint(&self, at: usize) -> Option<(Joint, usize)> {
        let token = self.token(at)?;
        let next = self.token(at + 1)?;
        if token.is_dash() && (token.glued == next.glued) && (token.glued || !token.is('—')) {
            return Some((Joint::To, at + 1));
        }
        if token.is('/') && token.glued && next.glued {
            return Some((Joint::To, at + 1));
        }
        self.take(at, |sense| match sense {
            Sense::And => Some(Joint::And),
            Sense::Or => Some(Joint::Or),
            Sense::To => Some(Joint::To),
            _ => None,
        })
    }

    /// Days joined: "21st and 22nd", "18–19", "5 to 6", "3, 5 and 7". `counted` refuses a further day that
    /// counts things: "August 29 and 30 workers".
    fn days(&self, at: usize) -> Option<(Vec<i8>, Joint, bool, usize)> {
        let (day, mut ordinal, mut next) = self.day(at)?;
        let (mut days, mut joint) = (vec![day], Joint::One);
        while days.len() < 12 {
            let comma = self.comma(next);
            let article = self.after(comma, Sense::The).is_some();
            let listed = comma > next && !article && self.closes_list(comma);
            let found = match self.joint(next) {
                _ if listed => Some((Joint::And, comma)),
                found => found,
            };
            let Some((other, place)) = found else { break };
            let Some((day, another, after)) = self.day(place) else {
                break;
            };
            let same = joint == Joint::One || joint == other && other != Joint::To;
            if !same
                || self.counts(after)
                || *days.last().unwrap_or(&0) >= day && other == Joint::To && day != 1
            {
                break;
            }
            days.push(day);
            (joint, ordinal, next) = (other, ordinal || another, after);
            if other == Joint::To {
                break;
            }
        }
        Some((days, joint, ordinal, next))
    }

    /// Whether after a comma more days follow, up to an "and".
    pub fn closes_list(&self, at: usize) -> bool {
        let mut at = at;
        for _ in 0..12 {
            let Some((_, _, next)) = self.day(at) else {
                return false;
            };
            if self
                .after(next, Sense::And)
                .is_some_and(|next| self.day(next).is_some())
            {
                return true;
            }
            at = self.comma(next);
            if at == next {
                return false;
            }
        }
        false
    }

    /// Whether the word at `at` makes the number before it a count.
    pub fn counts(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            token.kind == Kind::Word && !token.capital && !token.glued && (self.plural)(token)
        })
    }

    /// A year by its number: four digits, two after an apostrophe, or any with its era.
    pub fn year_number(&self, at: usize) -> Option<(i16, usize)> {
        if let Some(found) = self.year_of_era(at) {
            return Some(found);
        }
        let token = self.token(at)?;
        if let Kind::Number {
            value,
            digits: 4,
            ending: Ending::Bare,
        } = token.kind
        {
            let year = i16::try_from(value)
                .ok()
                .filter(|year| (1000..2100).contains(year))?;
            return Some((year, at + 1));
        }
        self.clipped_year(at)
    }

    /// "'85": two digits after an apostrophe that belongs to no word before it.
    pub fn clipped_year(&self, at: usize) -> Option<(i16, usize)> {
        let (mark, number) = (self.token(at)?, self.token(at + 1)?);
        let clipped = matches!(mark.kind, Kind::Sign('\'' | '’' | '‘'))
            && !mark.glued
            && number.glued
            && !self.token(at + 2).is_some_and(|next| {
                next.glued
                    && matches!(
                        next.kind,
                        Kind::Sign('\'' | '’' | '"' | '.' | ':') | Kind::Word
                    )
                    && self.token(at + 3).is_some_and(|after| after.glued)
            });
        match number.kind {
            Kind::Number {
                value,
                digits: 2,
                ending: Ending::Bare,
            } if clipped => Some((century(value, self.today), at + 2)),
            _ => None,
        }
    }

    /// Whether what stands from `at` to `end` begins a heading and a sign follows it, or ends it.
    pub fn stands_at_edge(&self, at: usize, end: usize) -> bool {
        let sign = |token: &Token| {
            matches!(token.kind, Kind::Sign(':' | '.' | ',' | ';')) || token.is_dash()
        };
        let begins = at == 0 && self.token(end).is_none_or(sign);
        let ends = self.tokens[end.min(self.tokens.len())..]
            .iter()
            .all(|token| matches!(token.kind, Kind::Sign(_)));
        begins || ends
    }

    /// What says which year is meant, after a month or a day; the place is `at` if nothing does.
    pub fn year(&self, at: usize) -> (YearRef, usize) {
        let comma = self.comma(at);
        let of = self.skip(comma, Sense::Of);
        let named = self.skip(self.skip(of, Sense::The), Sense::Year);
        for place in [comma, self.skip(comma, Sense::Year), named] {
            if let Some((year, next)) = self.year_number(place) {
                return (YearRef::Number(year), next);
            }
        }
        if let Some((pointer, place)) = self.pointer(self.skip(of, Sense::The))
            && let Some(next) = self.after(place, Sense::Unit(super::words::Unit::Year))
        {
            return (pointer, next);
        }
        let alone = self.take(at, |sense| match sense {
            Sense::Last => Some(YearRef::Last),
            Sense::Next => Some(YearRef::Next),
            _ => None,
        });
        match alone {
            Some((year, next)) if !self.names_follow(next) => (year, next),
            _ => (YearRef::Absent, at),
        }
    }

    /// Whether a word follows that "last" or "next" belongs to, rather than to the date before.
    fn names_follow(&self, at: usize) -> bool {
        let unit = |sense| {
            matches!(
                sense,
                Sense::Unit(_)
                    | Sense::DayPart
                    | Sense::Weekday(_)
                    | Sense::Month(_)
                    | Sense::Season(_)
            )
            .then_some(())
        };
        self.take(at, unit).is_some()
    }

    /// "this", "last", "same" …, before a unit.
    pub fn pointer(&self, at: usize) -> Option<(YearRef, usize)> {
        self.take(at, |sense| match sense {
            Sense::This => Some(YearRef::Away(0)),
            Sense::Last => Some(YearRef::Away(-1)),
            Sense::Next => Some(YearRef::Away(1)),
            Sense::Same => Some(YearRef::Named(0)),
            Sense::Following => Some(YearRef::Named(1)),
            Sense::Preceding => Some(YearRef::Named(-1)),
            _ => None,
        })
    }

    /// The month after a bare day: "instant", "ult.", "of the same month"; `Absent` if nothing says.
    pub fn month_ref(&self, at: usize) -> (MonthRef, usize) {
        if let Some((months, next)) = self.take(at, |sense| match sense {
            Sense::MonthAway(months) => Some(months),
            _ => None,
        }) {
            return (MonthRef::Away(months), self.stop(at, next));
        }
        let of = self.skip(at, Sense::Of);
        let pointer = self.pointer(self.skip(of, Sense::The));
        if of > at
            && let Some((pointer, place)) = pointer
            && let Some(next) = self.after(place, Sense::Unit(super::words::Unit::Month))
        {
            let month = match pointer {
                YearRef::Away(months) => MonthRef::Away(i32::from(months)),
                _ => MonthRef::Named,
            };
            return (month, next);
        }
        (MonthRef::Absent, at)
    }

    /// "9 March 1905", "21st and 22nd of August", "first of January last".
    pub fn day_first(&self, at: usize) -> Option<(Days, usize)> {
        if self.is_barred(at) {
            return None;
        }
        let (days, joint, _, next) = self.days(at)?;
        let (month, next) = self.month(self.skip(next, Sense::Of))?;
        let (year, next) = self.year(next);
        Some((points(days, month, year, joint), next))
    }

    /// Whether the number at `at` is a name's or a sum.
    pub fn is_barred(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back);
        let stop =
            before(1).is_some_and(|place| self.tokens[place].is('.') && self.tokens[place].glued);
        let place = if stop { before(2) } else { before(1) };
        place.is_some_and(|place| self.after(place, Sense::BarsNumber) == Some(place + 1))
    }

    /// "March 9, 1905", "August 18–19", "August 16 and 17", "July 1923", "April last", "March".
    pub fn month_first(&self, at: usize) -> Option<(Days, usize)> {
        let (month, next) = self.month(at)?;
        let in_month = self.follows(at, Sense::Within);
        if let Some((days, joint, ordinal, after)) = self.days(next)
            && !(self.counts(after) && in_month && !ordinal)
            && self.month(after).is_none()
        {
            let (year, next) = self.year(after);
            return Some((points(days, month, year, joint), next));
        }
        let (year, next) = self.year(next);
        let name = self.follows(at, Sense::The)
            && self
                .token(next)
                .is_some_and(|next| next.capital && next.kind == Kind::Word);
        if name && year == YearRef::Absent {
            return None;
        }
        let point = Point {
            month: MonthRef::Number(month),
            year,
            ..Point::default()
        };
        Some(((vec![point], Joint::One), next))
    }

    /// "12/VI/1905", "16–17/VIII", "12.6.28", "1923-08-30".
    pub fn numeric(&self, at: usize) -> Option<(Days, usize)> {
        if self.is_barred(at) {
            return None;
        }
        if let Some((year, next)) = self.year_number(at)
            && let Some((month, next)) = self.glued_number(next, &['-', '.', '/'])
            && let Some((day, next)) = self.glued_number(next, &['-', '.', '/'])
        {
            let month = i8::try_from(month)
                .ok()
                .filter(|month| (1..=12).contains(month))?;
            let day = i8::try_from(day).ok()?;
            return Some((
                points(vec![day], month, YearRef::Number(year), Joint::One),
                next,
            ));
        }
        let single = self
            .day(at)
            .map(|(day, _, next)| (vec![day], Joint::One, next));
        let several = self
            .days(at)
            .map(|(days, joint, _, next)| (days, joint, next));
        [single, several]
            .into_iter()
            .flatten()
            .find_map(|(days, joint, next)| self.slashed(days, joint, next))
    }

    /// What follows the day of "12/VI/1905" or "12.6.28".
    fn slashed(&self, days: Vec<i8>, joint: Joint, at: usize) -> Option<(Days, usize)> {
        let signs = match self.token(at).filter(|token| token.glued)?.kind {
            Kind::Sign(sign @ ('/' | '.' | '-')) => [sign],
            _ => return None,
        };
        let month = self.token(at + 1).filter(|token| token.glued)?;
        let roman = crate::layout::roman(month.span.of(self.text))
            .and_then(|month| i8::try_from(month).ok())
            .filter(|month| month <= &12 && signs != ['-']);
        let year = self.glued_number(at + 2, &signs);
        let year = year.map(|(year, next)| (YearRef::Number(century(year, self.today)), next));
        if let Some(month) = roman {
            let (year, next) = year.unwrap_or_else(|| self.year(at + 2));
            return Some((points(days, month, year, joint), next));
        }
        let month = i8::try_from(month.value()?).ok()?;
        let (year, next) = year?;
        let (day, month) = match days[..] {
            [day] if month > 12 && day <= 12 => (month, day),
            [day] => (day, month),
            _ => return None,
        };
        (1..=12)
            .contains(&month)
            .then(|| (points(vec![day], month, year, joint), next))
    }

    fn glued_number(&self, at: usize, signs: &[char]) -> Option<(i32, usize)> {
        let sign = self.token(at)?;
        let number = self.token(at + 1)?;
        let glued = sign.glued && number.glued && signs.iter().any(|&c| sign.is(c));
        glued.then_some((number.value()?, at + 2))
    }

    /// "spring of 1921", "winter 1922–23", "spring".
    pub fn season(&self, at: usize) -> Option<(Point, usize)> {
        let (season, next) = self.take(at, |sense| match sense {
            Sense::Season(season) => Some(season),
            _ => None,
        })?;
        let (year, mut end) = self.year(next);
        if let (YearRef::Number(_), Some((_, after))) = (year, self.short_year(end)) {
            end = after;
        }
        let point = Point {
            season: Some(season),
            year,
            ..Point::default()
        };
        Some((point, end))
    }

    /// The two digits of a second year: "1922–23", "1922/23".
    pub fn short_year(&self, at: usize) -> Option<(i32, usize)> {
        let sign = self.token(at)?;
        let number = self.token(at + 1)?;
        let two = matches!(
            number.kind,
            Kind::Number {
                digits: 2,
                ending: Ending::Bare,
                ..
            }
        );
        let joined = sign.glued && number.glued && (sign.is_dash() || sign.is('/'));
        (joined && two).then_some((number.value()?, at + 2))
    }

    /// Whether a word has this sense by itself.
    pub fn has_sense(&self, at: usize, sense: Sense) -> bool {
        self.words.has(self.word(at), sense)
    }

    /// The vocabulary's number for a token.
    pub fn word(&self, at: usize) -> WordId {
        self.token(at).map_or(0, |token| token.word)
    }
}

fn points(days: Vec<i8>, month: i8, year: YearRef, joint: Joint) -> Days {
    let point = |day| Point {
        day: Some(day),
        month: MonthRef::Number(month),
        year,
        season: None,
    };
    (days.into_iter().map(point).collect(), joint)
}

/// A year of two digits is the last such year up to the report's next; without that, one of the twentieth century.
fn century(year: i32, today: Option<i16>) -> i16 {
    let year = match today.map(i32::from) {
        _ if year >= 100 => year,
        Some(today) => today + 1 - (today + 1 - year).rem_euclid(100),
        None => 1900 + year,
    };
    i16::try_from(year).unwrap_or(i16::MAX)
}
