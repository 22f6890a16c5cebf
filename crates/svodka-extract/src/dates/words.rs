//! The pack's words of time, made ready for looking up.

use std::collections::BTreeMap;

use svodka_pack::DateWords;

use super::tokens;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Fortnight,
    Month,
    Year,
    Decade,
    Century,
}

/// A part of a month, year or season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Middle,
    Late,
    Beginning,
    End,
    /// The first or second half.
    Half(i8),
    FirstDays,
    LastDays,
    /// The first to fourth week.
    Week(i8),
    LastWeek,
    /// The first to fourth quarter.
    Quarter(i8),
    Night,
}

/// One meaning of a word or phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Month(i8),
    /// 0 is Monday.
    Weekday(i8),
    Season(i8),
    Ordinal(i8),
    Number(i32),
    /// Days after Easter.
    Easter(i32),
    Feast(i8, i8),
    Unit(Unit),
    BeforeChrist,
    AfterChrist,
    OldStyle,
    DayPart,
    Part(Part),
    Until,
    Since,
    From,
    Between,
    About,
    Over,
    And,
    Or,
    To,
    Of,
    The,
    Year,
    At,
    On,
    Within,
    /// Days after the report's.
    Day(i32),
    This,
    Last,
    Next,
    Same,
    Following,
    Preceding,
    Past,
    Ago,
    Before,
    Later,
    /// Months after the report's.
    MonthAway(i32),
    Morrow,
    NewYear,
    Ending,
    Beginning,
    BarsNumber,
    Life,
    Recurring,
    Name,
    Ahead,
    Ambiguous,
    Eastern,
}

/// A word's number in the vocabulary; 0 for words it does not know.
pub(super) type WordId = u16;

struct Phrase {
    words: Vec<WordId>,
    sense: Sense,
}

/// All words and phrases with their meanings.
pub(super) struct Vocabulary<'a> {
    /// The pack's words.
    pub pack: &'a DateWords,
    ids: BTreeMap<String, WordId>,
    /// By first word; the longest first.
    phrases: Vec<Vec<Phrase>>,
    /// The months' full names, folded against damage.
    months: Vec<(String, WordId)>,
}

impl<'a> Vocabulary<'a> {
    /// Makes a pack's words ready.
    pub fn new(pack: &'a DateWords) -> Vocabulary<'a> {
        let mut words = Vocabulary {
            pack,
            ids: BTreeMap::new(),
            phrases: vec![Vec::new()],
            months: Vec::new(),
        };
        words.add_numbered(&pack.months, |n| Sense::Month(n as i8 + 1));
        words.add_numbered(&pack.weekdays, |n| Sense::Weekday(n as i8));
        words.add_numbered(&pack.seasons, |n| Sense::Season(n as i8 + 1));
        words.add_numbered(&pack.ordinals, |n| Sense::Ordinal(n as i8 + 1));
        words.add_numbered(&pack.numbers, |n| Sense::Number(n as i32 + 1));
        for (feast, &days) in &pack.easter {
            words.add(feast, Sense::Easter(days));
        }
        for (feast, day) in &pack.feasts {
            let mut parts = day.split('-').filter_map(|part| part.parse().ok());
            if let (Some(month), Some(day)) = (parts.next(), parts.next()) {
                words.add(feast, Sense::Feast(month, day));
            }
        }
        for (phrase, &days) in &pack.pointers.days {
            words.add(phrase, Sense::Day(days));
        }
        for (list, sense) in lists(pack) {
            list.iter().for_each(|phrase| words.add(phrase, sense));
        }
        for phrases in &mut words.phrases {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        for name in pack.months.iter().filter_map(|names| names.first()) {
            let id = words.id(name);
            words.months.push((fold(name), id));
        }
        words
    }

    fn add_numbered(&mut self, lists: &[Vec<String>], sense: impl Fn(usize) -> Sense) {
        for (number, list) in lists.iter().enumerate().take(100) {
            list.iter()
                .for_each(|phrase| self.add(phrase, sense(number)));
        }
    }

    fn add(&mut self, phrase: &str, sense: Sense) {
        let mut words = Vec::new();
        for word in tokens::pieces(phrase) {
            let next = WordId::try_from(self.phrases.len()).unwrap_or(0);
            let id = *self.ids.entry(phrase[word].to_lowercase()).or_insert(next);
            if usize::from(id) == self.phrases.len() {
                self.phrases.push(Vec::new());
            }
            words.push(id);
        }
        if let Some(&first) = words.first() {
            self.phrases[usize::from(first)].push(Phrase { words, sense });
        }
    }

    /// The number of a word in lower case.
    pub fn id(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(0)
    }

    /// The longest phrase at `at` with a sense that `pick` takes, and the place after it.
    pub fn take<T>(
        &self,
        tokens: &[tokens::Token],
        at: usize,
        pick: impl Fn(Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        let first = tokens.get(at)?.word;
        self.phrases[usize::from(first)].iter().find_map(|phrase| {
            let end = at + phrase.words.len();
            let there = tokens.get(at..end)?;
            let same = there
                .iter()
                .zip(&phrase.words)
                .all(|(token, &word)| token.word == word);
            let found = if same { pick(phrase.sense) } else { None };
            Some((found?, end))
        })
    }

    /// Whether a single word has this sense.
    pub fn has(&self, word: WordId, sense: Sense) -> bool {
        let single = |phrase: &&Phrase| phrase.words.len() == 1;
        let mut phrases = self.phrases[usize::from(word)].iter().filter(single);
        phrases.any(|phrase| phrase.sense == sense)
    }

    /// The month that a word damaged by a scanner was: letters that look alike count as one, and in a long
    /// name one letter may be another.
    pub fn damaged_month(&self, word: &str) -> Option<WordId> {
        let length = word.chars().count();
        if !(3..=11).contains(&length) {
            return None;
        }
        let folded = fold(word);
        let near = |name: &str| {
            name.len() >= 6
                && name.len() == folded.len()
                && name
                    .chars()
                    .zip(folded.chars())
                    .filter(|(a, b)| a != b)
                    .count()
                    <= 1
        };
        let found = self
            .months
            .iter()
            .find(|(name, _)| *name == folded || near(name));
        found.map(|&(_, id)| id)
    }
}

/// A word with the letters that scanners take for one another made one.
fn fold(word: &str) -> String {
    let word = word.to_lowercase().replace("rn", "m").replace("vv", "w");
    let same = |c| match c {
        '1' | 'l' | 'i' | '!' | '|' => 'i',
        '0' | 'o' => 'o',
        'u' | 'n' => 'n',
        'e' | 'c' => 'c',
        'b' | 'h' => 'b',
        '5' | 's' => 's',
        c => c,
    };
    word.chars().map(same).collect()
}

fn lists(pack: &DateWords) -> Vec<(&[String], Sense)> {
    let (units, parts, edges) = (&pack.units, &pack.parts, &pack.edges);
    let (joints, pointers, bars) = (&pack.joints, &pack.pointers, &pack.bars);
    let part = |list, part| (list, Sense::Part(part));
    let unit = |list, unit| (list, Sense::Unit(unit));
    let lists: Vec<(&Vec<String>, Sense)> = vec![
        (&pack.ambiguous, Sense::Ambiguous),
        (&pack.eastern, Sense::Eastern),
        unit(&units.day, Unit::Day),
        unit(&units.week, Unit::Week),
        unit(&units.fortnight, Unit::Fortnight),
        unit(&units.month, Unit::Month),
        unit(&units.year, Unit::Year),
        unit(&units.decade, Unit::Decade),
        unit(&units.century, Unit::Century),
        (&pack.eras.before_christ, Sense::BeforeChrist),
        (&pack.eras.after_christ, Sense::AfterChrist),
        (&pack.eras.old_style, Sense::OldStyle),
        (&pack.day_parts, Sense::DayPart),
        part(&parts.early, Part::Early),
        part(&parts.middle, Part::Middle),
        part(&parts.late, Part::Late),
        part(&parts.beginning, Part::Beginning),
        part(&parts.end, Part::End),
        part(&parts.first_half, Part::Half(1)),
        part(&parts.second_half, Part::Half(2)),
        part(&parts.first_days, Part::FirstDays),
        part(&parts.last_days, Part::LastDays),
        part(&parts.first_week, Part::Week(1)),
        part(&parts.second_week, Part::Week(2)),
        part(&parts.third_week, Part::Week(3)),
        part(&parts.fourth_week, Part::Week(4)),
        part(&parts.last_week, Part::LastWeek),
        part(&parts.first_quarter, Part::Quarter(1)),
        part(&parts.second_quarter, Part::Quarter(2)),
        part(&parts.third_quarter, Part::Quarter(3)),
        part(&parts.fourth_quarter, Part::Quarter(4)),
        part(&parts.night, Part::Night),
        (&edges.until, Sense::Until),
        (&edges.since, Sense::Since),
        (&edges.from, Sense::From),
        (&edges.between, Sense::Between),
        (&edges.about, Sense::About),
        (&edges.over, Sense::Over),
        (&joints.and, Sense::And),
        (&joints.or, Sense::Or),
        (&joints.to, Sense::To),
        (&joints.of, Sense::Of),
        (&joints.the, Sense::The),
        (&joints.year, Sense::Year),
        (&joints.at, Sense::At),
        (&joints.on, Sense::On),
        (&joints.within, Sense::Within),
        (&pointers.this, Sense::This),
        (&pointers.last, Sense::Last),
        (&pointers.next, Sense::Next),
        (&pointers.same, Sense::Same),
        (&pointers.following, Sense::Following),
        (&pointers.preceding, Sense::Preceding),
        (&pointers.past, Sense::Past),
        (&pointers.ago, Sense::Ago),
        (&pointers.before, Sense::Before),
        (&pointers.later, Sense::Later),
        (&pointers.instant, Sense::MonthAway(0)),
        (&pointers.ultimo, Sense::MonthAway(-1)),
        (&pointers.proximo, Sense::MonthAway(1)),
        (&pointers.morrow, Sense::Morrow),
        (&pointers.new_year, Sense::NewYear),
        (&pointers.ending, Sense::Ending),
        (&pointers.beginning, Sense::Beginning),
        (&bars.before_numbers, Sense::BarsNumber),
        (&joints.life, Sense::Life),
        (&bars.recurring, Sense::Recurring),
        (&bars.names, Sense::Name),
        (&bars.ahead, Sense::Ahead),
    ];
    lists
        .into_iter()
        .map(|(list, sense)| (list.as_slice(), sense))
        .collect()
}
