//! A value of a field, with what comparing it needs.

use rapidfuzz::distance::osa;

use super::schema::{Key, Measure};
use crate::names::NameWords;
use crate::spelling::Readings;

/// A value, worked out once however many records have it.
#[derive(Debug, Clone, Default)]
pub(super) struct Value {
    /// In lower case.
    pub text: String,
    /// Letters to look for slips in: normal forms of its readings, or the text.
    pub letters: Vec<String>,
    /// For each of these which letters occur in it, a bit for each but for a few that share one; and how many it has.
    pub marks: Vec<(u64, u32)>,
    /// Its normal forms, numbered; sorted.
    pub normal: Vec<u32>,
    /// Its keys, numbered; sorted.
    pub keys: Vec<u32>,
    /// Its stems, numbered; sorted.
    pub stems: Vec<u32>,
    /// Full given names it may stand for; sorted.
    pub familiar: Vec<u32>,
    /// Whether it is one letter.
    pub initial: bool,
    /// Its words, numbered; sorted.
    pub words: Vec<u32>,
    /// Year, month and day as far as told.
    pub date: [Option<u16>; 3],
    /// The first and the last year.
    pub years: Option<(i32, i32)>,
}

/// A word of values that are compared word by word.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub text: String,
    /// Full given names it may stand for; sorted.
    pub familiar: Vec<u32>,
    /// What it tells: the rarer, the more.
    pub bits: f32,
}

impl Word {
    fn alike(&self, other: &Word) -> bool {
        if meet(&self.familiar, &other.familiar) {
            return true;
        }
        let (a, b) = (self.text.len(), other.text.len());
        a.min(b) >= 4
            && a.abs_diff(b) <= 2
            && osa::normalized_similarity(self.text.chars(), other.text.chars()) >= 0.75
    }
}

/// Letters that one initial may stand for in some romanisation: S for с, ш and щ, T for т, ц and ч, Y for я, ю, й and ы.
fn initial_class(letter: char) -> char {
    match letter {
        'а' | 'е' | 'и' | 'о' | 'у' => 'а',
        'ж' | 'з' | 'ш' => 'с',
        'ц' | 'ч' => 'т',
        'х' => 'к',
        _ => letter,
    }
}

fn meet(a: &[u32], b: &[u32]) -> bool {
    a.iter().any(|it| b.contains(it))
}

impl Value {
    /// The level at which two values of a field agree.
    pub fn level(&self, other: &Value, measure: Measure, table: &[Word]) -> u8 {
        match measure {
            Measure::Exact => u8::from(self.text == other.text),
            Measure::Spelled => self.spelled(other),
            Measure::Date => self.dated(other),
            Measure::Text => self.written(other),
            Measure::Words => self.worded(other, table),
            Measure::Shared => self.shared(other, table),
            Measure::Years => self.timed(other),
            // What is not found among the compared differs.
            Measure::Body => u8::from(self.text == other.text) * 4,
        }
    }

    fn shared(&self, other: &Value, table: &[Word]) -> u8 {
        let both = self.words.iter().filter(|it| other.words.contains(it));
        let told = |it: &u32| table.get(*it as usize).map_or(0.0, |it| it.bits);
        let (sum, most) = both.map(told).fold((0.0_f32, None), |(sum, most), bits| {
            (sum + bits, Some(most.unwrap_or(0.0_f32).max(bits)))
        });
        match most {
            None => 0,
            Some(most) if most < 3.0 && sum < 4.0 => 1,
            Some(_) if sum < 7.0 => 2,
            Some(_) => 3,
        }
    }

    fn timed(&self, other: &Value) -> u8 {
        let (Some((from_a, to_a)), Some((from_b, to_b))) = (self.years, other.years) else {
            return 3;
        };
        match from_a.max(from_b).saturating_sub(to_a.min(to_b)) {
            ..=1 => 3,
            2..=10 => 2,
            11..=60 => 1,
            _ => 0,
        }
    }

    fn spelled(&self, other: &Value) -> u8 {
        if self.text == other.text {
            return if self.initial { 1 } else { 7 };
        }
        if self.initial || other.initial {
            let first = |it: &Value| -> Vec<char> {
                it.letters
                    .iter()
                    .filter_map(|it| it.chars().next())
                    .collect()
            };
            let (a, b) = (first(self), first(other));
            let begins = self.text.chars().next() == other.text.chars().next()
                || a.iter().any(|it| b.contains(it));
            return u8::from(begins);
        }
        if meet(&self.normal, &other.normal) {
            return 7;
        }
        if meet(&self.keys, &other.keys) {
            return 6;
        }
        if meet(&self.familiar, &other.familiar) {
            return 5;
        }
        if meet(&self.stems, &other.stems) {
            return 4;
        }
        // Two names that are known are no slips of each other: Daria and Maria.
        if !self.familiar.is_empty() && !other.familiar.is_empty() {
            return 0;
        }
        let mut best: f64 = 0.0;
        for (a, (marks_a, long_a)) in self.letters.iter().zip(&self.marks) {
            for (b, (marks_b, long_b)) in other.letters.iter().zip(&other.marks) {
                // A slip changes the letters that occur by two at most.
                let longer = (*long_a).max(*long_b);
                let slips = longer * 3 / 10;
                let apart = (marks_a ^ marks_b).count_ones();
                if long_a.abs_diff(*long_b) > slips || apart > 2 * slips {
                    continue;
                }
                let arguments = osa::Args::default().score_cutoff(0.7);
                let found = osa::normalized_similarity_with_args(a.chars(), b.chars(), &arguments);
                best = best.max(found.unwrap_or(0.0));
            }
        }
        let letters = |it: &Value| it.marks.iter().map(|(_, long)| *long).max();
        let slip = match letters(self).max(letters(other)) {
            Some(..=3) => 1.0,
            Some(4..=6) => 0.75,
            _ => 0.78,
        };
        if best >= slip {
            3
        } else if best >= 0.7 {
            2
        } else {
            0
        }
    }

    fn dated(&self, other: &Value) -> u8 {
        if self.text == other.text {
            return 5;
        }
        let (Some(a), Some(b)) = (self.date[0], other.date[0]) else {
            return 0;
        };
        if self.text.len() == other.text.len()
            && self.text.len() > 4
            && osa::distance(self.text.chars(), other.text.chars()) == 1
        {
            return 4;
        }
        let agrees = |at: usize| match (self.date[at], other.date[at]) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        if a == b && agrees(1) && agrees(2) {
            4
        } else {
            match a.abs_diff(b) {
                0 => 3,
                1..=2 => 2,
                3..=10 => 1,
                _ => 0,
            }
        }
    }

    fn written(&self, other: &Value) -> u8 {
        if self.text == other.text {
            return 3;
        }
        let likeness = osa::normalized_similarity(self.text.chars(), other.text.chars());
        let half = |it: &Value| -> String {
            let first = it.text.split(' ').next().unwrap_or("");
            first.chars().take(4).collect()
        };
        if likeness >= 0.8 {
            2
        } else {
            u8::from(half(self) == half(other))
        }
    }

    fn worded(&self, other: &Value, table: &[Word]) -> u8 {
        let told = |it: &u32| table.get(*it as usize).map_or(0.0, |it| it.bits);
        let mut shared: f32 = self
            .words
            .iter()
            .filter(|it| other.words.contains(it))
            .map(told)
            .sum();
        let mut left: Vec<u32> = self
            .words
            .iter()
            .filter(|it| !other.words.contains(it))
            .copied()
            .collect();
        let mut right: Vec<u32> = other
            .words
            .iter()
            .filter(|it| !self.words.contains(it))
            .copied()
            .collect();
        if !left.is_empty() && !right.is_empty() {
            left.retain(|a| {
                let alike = |b: &u32| table[*a as usize].alike(&table[*b as usize]);
                let found = right.iter().position(alike);
                if let Some(at) = found {
                    let b = right.remove(at);
                    // A slip makes a word look rare; the other tells how rare it is.
                    shared += (told(a).min(told(&b)) - 2.0).max(0.0);
                }
                found.is_none()
            });
        }
        let alone = |it: &[u32]| it.iter().map(told).sum::<f32>();
        let contradicted = alone(&left).min(alone(&right)) >= 4.0;
        match (shared, contradicted) {
            (..4.0, _) => 0,
            (..10.0, true) => 1,
            (..10.0, false) => 2,
            (..16.0, true) => 3,
            (..16.0, false) => 4,
            (_, true) => 5,
            (..22.0, false) => 6,
            _ => 7,
        }
    }

    /// What must be equal, as text, given what its sound is called. `None` if there is nothing to go by.
    pub fn key(&self, key: Key, sound: &str) -> Option<String> {
        let text = match key {
            Key::Value => self.text.clone(),
            Key::Start(count) => self.text.chars().take(count).collect(),
            Key::Year => self.text.chars().take(4).collect(),
            // Its lines have keys of their own.
            Key::Each => return None,
            Key::Sound => sound.to_owned(),
            Key::Initial => sound.chars().next().map(initial_class)?.to_string(),
            Key::Consonants(count) => sound
                .chars()
                .filter(|it| !matches!(it, 'а' | 'е' | 'и' | 'о' | 'у'))
                .take(count)
                .collect(),
        };
        (!text.is_empty()).then_some(text)
    }
}

/// Numbers for texts, in the order of their first use.
#[derive(Debug, Default)]
pub(crate) struct Numbers(hashbrown::HashMap<String, u32>);

impl Numbers {
    pub fn of(&mut self, text: &str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry_ref(text).or_insert(next)
    }

    /// The number of a text, if it has one.
    pub fn get(&self, text: &str) -> Option<u32> {
        self.0.get(text).copied()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// What numbering values needs.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    pub normal: Numbers,
    pub keys: Numbers,
    pub stems: Numbers,
    pub words: Numbers,
    pub table: Vec<Word>,
}

impl Value {
    /// A value worked out. The numbers depend on the order in which values come, the comparisons do not.
    /// `readings` are the text's own, where the field is compared by them.
    pub fn new(
        text: &str,
        readings: Readings,
        measure: Measure,
        words: &NameWords,
        numbers: &mut Numbering,
    ) -> Value {
        let text = text.trim().to_lowercase();
        let mut value = Value::default();
        match measure {
            Measure::Exact | Measure::Text | Measure::Body => {}
            Measure::Years => {
                let mut parts = text.split('/').map(|it| it.trim().parse().ok());
                let from: Option<i32> = parts.next().flatten();
                let to = parts.next().flatten().or(from);
                value.years = from.zip(to).map(|(from, to)| (from.min(to), from.max(to)));
            }
            Measure::Shared => {
                for line in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
                    let id = numbers.words.of(line);
                    if id as usize == numbers.table.len() {
                        numbers.table.push(Word {
                            text: line.to_owned(),
                            ..Word::default()
                        });
                    }
                    value.words.push(id);
                }
                value.words.sort_unstable();
                value.words.dedup();
            }
            Measure::Date => {
                let mut parts = text.split('-').map(|it| it.parse().ok());
                value.date = std::array::from_fn(|_| parts.next().flatten());
            }
            Measure::Words => {
                let parts = text.split(|it: char| !it.is_alphanumeric());
                for part in parts.filter(|it| !it.is_empty()) {
                    let id = numbers.words.of(part);
                    if id as usize == numbers.table.len() {
                        let readings = words.spelling().readings(part);
                        numbers.table.push(Word {
                            text: part.to_owned(),
                            familiar: words.full_names(&readings),
                            bits: 0.0,
                        });
                    }
                    value.words.push(id);
                }
                value.words.sort_unstable();
                value.words.dedup();
            }
            Measure::Spelled => {
                let sorted = |mut of: Vec<u32>| {
                    of.sort_unstable();
                    of.dedup();
                    of
                };
                value.normal = sorted(
                    readings
                        .normal
                        .iter()
                        .map(|it| numbers.normal.of(it))
                        .collect(),
                );
                value.keys = sorted(readings.keys.iter().map(|it| numbers.keys.of(it)).collect());
                value.stems = sorted(
                    readings
                        .keys
                        .iter()
                        .map(|it| numbers.stems.of(words.stem(it)))
                        .collect(),
                );
                value.familiar = sorted(words.full_names(&readings));
                value.initial = text.trim_end_matches('.').chars().count() == 1;
                let marks = readings.keys.iter().map(|it| {
                    let letters = it.chars().map(|it| 1_u64 << (it as u32 % 64));
                    letters.fold((0, 0), |(marks, long), it| (marks | it, long + 1))
                });
                value.marks = marks.collect();
                value.letters = readings.keys;
            }
        }
        value.text = text;
        value
    }
}
