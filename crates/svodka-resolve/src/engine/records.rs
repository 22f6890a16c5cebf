//! The records, each value worked out once.

use rayon::prelude::*;

use super::schema::{Field, Key, Measure, Pass, Schema};
use super::value::{Numbering, Numbers, Value, Word};
use crate::names::{Body, NameWords, Weights};
use crate::spelling::Readings;

/// How many records what is expected of a value counts for.
const FEW: f32 = 100.0;

/// With how many others a name of a body is compared on account of one word, at most.
const MANY: usize = 200;

/// No value.
pub(super) const NONE: u32 = u32::MAX;

/// The values of a field.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// For each record its value's number, or [`NONE`].
    pub ids: Vec<u32>,
    /// The values by number.
    pub values: Vec<Value>,
    /// For each value the share of the records that agree with it.
    pub share: Vec<f32>,
    /// What one record adds to a share, and what a value is expected to have at least.
    one: f32,
    least: f32,
    /// For each value the smallest key among all that its spellings lead to.
    pub sounds: Vec<String>,
    /// The words of values that are compared word by word.
    pub table: Vec<Word>,
    /// The levels above disagreement of names of bodies, by two values' numbers.
    alike: hashbrown::HashMap<(u32, u32), u8>,
    /// For each name of a body whether it has only words that many have.
    general: Vec<bool>,
    numbers: Numbering,
    texts: Numbers,
    raw: Vec<String>,
}

/// The records to be compared, in the order given.
#[derive(Debug)]
pub struct Records {
    pub(super) columns: Vec<Column>,
    length: usize,
}

impl Records {
    /// From rows with a value, or none, for each field of the schema. Missing cells at a row's end are none.
    pub fn new<R, V>(
        schema: &Schema,
        words: &NameWords,
        rows: impl IntoIterator<Item = R>,
    ) -> Records
    where
        R: AsRef<[Option<V>]>,
        V: AsRef<str>,
    {
        let mut columns: Vec<Column> = schema.fields.iter().map(|_| Column::default()).collect();
        let mut length = 0;
        for row in rows {
            let row = row.as_ref();
            length += 1;
            for (at, column) in columns.iter_mut().enumerate() {
                let text = row.get(at).and_then(Option::as_ref).map(AsRef::as_ref);
                let Some(text) = text.map(str::trim).filter(|it| !it.is_empty()) else {
                    column.ids.push(NONE);
                    continue;
                };
                let id = column.texts.of(text);
                if id as usize == column.raw.len() {
                    column.raw.push(text.to_owned());
                }
                column.ids.push(id);
            }
        }
        for (column, field) in columns.iter_mut().zip(&schema.fields) {
            let raw = std::mem::take(&mut column.raw);
            let read = |text: &String| match field.measure {
                Measure::Spelled => alternatives(words, text),
                _ => Readings::default(),
            };
            let readings: Vec<Readings> = raw.par_iter().map(read).collect();
            let value = |(text, readings): (String, Readings)| {
                Value::new(&text, readings, field.measure, words, &mut column.numbers)
            };
            column.values = raw.into_iter().zip(readings).map(value).collect();
        }
        for (column, field) in columns.iter_mut().zip(&schema.fields) {
            column.finish(length, field);
        }
        Records { columns, length }
    }

    /// Compares the names of bodies in a field, as far as records are looked up by the lines of another: only those that have
    /// a line in common may be one. `least` is how likely they must be for each level above disagreement.
    pub fn compare_bodies(
        &mut self,
        field: usize,
        by: usize,
        words: &NameWords,
        weights: &Weights,
        least: [f64; 4],
    ) {
        let Some(names) = self.columns.get(field) else {
            return;
        };
        let mut having: Vec<Vec<u32>> = Vec::new();
        for (&name, &lines) in names.ids.iter().zip(&self.columns[by].ids) {
            let lines = self.columns[by].values.get(lines as usize);
            for &line in lines.iter().flat_map(|it| &it.words) {
                let at = line as usize;
                having.resize_with(having.len().max(at + 1), Vec::new);
                if name != NONE {
                    having[at].push(name);
                }
            }
        }
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for names in &mut having {
            names.sort_unstable();
            names.dedup();
            for (at, &a) in names.iter().enumerate() {
                // A word that so many different names have tells none of them.
                pairs.extend(names[at + 1..].iter().take(MANY).map(|&b| (a, b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let bodies: Vec<Body> = (names.values.par_iter())
            .map(|it| words.body_of(it.text.lines()))
            .collect();
        let level = |&(a, b): &(u32, u32)| {
            let (x, y) = (&bodies[a as usize], &bodies[b as usize]);
            let scored = weights.score_bodies(words, x, y).probability;
            let level = least.iter().filter(|&&it| scored >= it).count();
            // Words that many have tell no two of them to be one.
            let level = if x.tells() && y.tells() {
                level
            } else {
                level.min(2)
            };
            (level > 0).then_some(((a, b), u8::try_from(level).unwrap_or(4)))
        };
        let found: Vec<_> = pairs.par_iter().filter_map(level).collect();
        let general = bodies.iter().map(|it| !it.tells()).collect();
        let names = &mut self.columns[field];
        names.alike = found.into_iter().collect();
        names.general = general;
    }

    /// The lines of a field that two records have in common, as they were given, in lower case.
    pub fn in_common(&self, field: usize, a: usize, b: usize) -> Vec<&str> {
        let column = &self.columns[field];
        let of = |it: usize| column.values.get(column.ids[it] as usize);
        let (Some(a), Some(b)) = (of(a), of(b)) else {
            return Vec::new();
        };
        let both = a.words.iter().filter(|it| b.words.contains(it));
        both.filter_map(|&it| Some(column.table.get(it as usize)?.text.as_str()))
            .collect()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// How two records agree: four bits for each field, nothing where one does not tell, else the level from 1.
    pub(super) fn pattern(&self, schema: &Schema, a: usize, b: usize) -> u64 {
        let mut pattern = 0;
        for (at, field) in schema.fields.iter().enumerate() {
            if field.weighs
                && let Some(level) = self.level(schema, at, a, b)
            {
                pattern |= (level as u64 + 1) << (4 * at);
            }
        }
        pattern
    }

    /// The level at which a field of two records agrees; `None` if one does not tell it.
    pub fn level(&self, schema: &Schema, field: usize, a: usize, b: usize) -> Option<usize> {
        let column = &self.columns[field];
        let (x, y) = (column.ids[a], column.ids[b]);
        if x == NONE || y == NONE {
            return None;
        }
        Some(usize::from(match schema.fields[field].measure {
            Measure::Body => column.body_level(x, y),
            measure => {
                let (x, y) = (&column.values[x as usize], &column.values[y as usize]);
                x.level(y, measure, &column.table)
            }
        }))
    }

    /// The share of the records that have a value like those of two records, the commoner of both.
    pub(super) fn share(&self, field: usize, a: usize, b: usize) -> f64 {
        let column = &self.columns[field];
        let of = |it: usize| {
            let share = column.share.get(column.ids[it] as usize);
            share.copied().unwrap_or(0.0)
        };
        // That the other of the two has it says nothing of how many others do.
        let share = of(a).max(of(b)) - column.one;
        f64::from(share.max(column.least))
    }

    /// For each record numbers, sorted, that records with equal keys have in common; none if it has no key.
    pub(super) fn keys(&self, pass: &Pass) -> Keys {
        let mut whole = vec![FNV; self.length];
        for &(field, key) in pass.0.iter().filter(|(_, key)| *key != Key::Each) {
            let column = &self.columns[field];
            let parts: Vec<u64> = (column.values.iter().zip(&column.sounds))
                .map(|(value, sound)| value.key(key, sound).map_or(0, |it| hash(&it)))
                .collect();
            for (whole, &id) in whole.iter_mut().zip(&column.ids) {
                let part = parts.get(id as usize).copied().unwrap_or(0);
                *whole = match (*whole, part) {
                    (0, _) | (_, 0) => 0,
                    (whole, part) => mix(whole, part).max(1),
                };
            }
        }
        let each = pass.0.iter().find(|(_, key)| *key == Key::Each);
        let Some(column) = each.map(|&(field, _)| &self.columns[field]) else {
            return Keys::single(&whole);
        };
        let hashes: Vec<u64> = column.table.iter().map(|it| hash(&it.text)).collect();
        let mut keys = Keys::default();
        for (&whole, &id) in whole.iter().zip(&column.ids) {
            let value = column.values.get(id as usize).filter(|_| whole != 0);
            let lines = value.iter().flat_map(|it| &it.words);
            let key = |it: &u32| hashes.get(*it as usize).map_or(0, |it| mix(whole, *it));
            keys.push(lines.map(key).filter(|&it| it != 0));
        }
        keys
    }
}

/// The keys of records in one pass.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Where the keys of each record end.
    ends: Vec<u32>,
    keys: Vec<u64>,
}

impl Keys {
    fn single(keys: &[u64]) -> Keys {
        let mut all = Keys::default();
        for &key in keys {
            all.push(Some(key).filter(|&it| it != 0).into_iter());
        }
        all
    }

    fn push(&mut self, keys: impl Iterator<Item = u64>) {
        let from = self.keys.len();
        self.keys.extend(keys);
        self.keys[from..].sort_unstable();
        self.ends
            .push(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Those of one record, sorted.
    pub fn of(&self, record: usize) -> &[u64] {
        let from = record.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.keys[from as usize..self.ends[record] as usize]
    }
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, the same on every machine.
fn hash(text: &str) -> u64 {
    let byte = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(FNV, byte).max(1)
}

/// The last steps of SplitMix64.
fn mix(a: u64, b: u64) -> u64 {
    let mut z = a.rotate_left(17) ^ b;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What a value may be read as; what stands between bars, such as another name, each.
fn alternatives(words: &NameWords, text: &str) -> Readings {
    let mut all = Readings::default();
    for part in text.split('|').map(str::trim).filter(|it| !it.is_empty()) {
        let readings = words.spelling().readings(part);
        all.normal.extend(readings.normal);
        all.keys.extend(readings.keys);
    }
    all.normal.sort();
    all.normal.dedup();
    all.keys.sort();
    all.keys.dedup();
    all
}

impl Column {
    /// The level at which two names of bodies agree.
    fn body_level(&self, a: u32, b: u32) -> u8 {
        if a == b {
            let general = self.general.get(a as usize).copied().unwrap_or(false);
            return if general { 2 } else { 4 };
        }
        self.alike.get(&(a.min(b), a.max(b))).copied().unwrap_or(0)
    }

    fn finish(&mut self, length: usize, field: &Field) {
        // Keys that one value may be read as belong together, and so the values that share any of them.
        self.texts = Numbers::default();
        let mut group: Vec<u32> =
            (0..u32::try_from(self.numbers.keys.len()).unwrap_or(u32::MAX)).collect();
        for value in &self.values {
            for pair in value.keys.windows(2) {
                let (a, b) = (root(&mut group, pair[0]), root(&mut group, pair[1]));
                group[a.max(b) as usize] = a.min(b);
            }
        }
        let mut smallest: Vec<Option<&str>> = vec![None; group.len()];
        let mut of = vec![NONE; self.values.len()];
        for (value, of) in self.values.iter().zip(&mut of) {
            let Some(&key) = value.keys.first() else {
                continue;
            };
            *of = root(&mut group, key);
            let held = &mut smallest[*of as usize];
            for letters in &value.letters {
                if held.is_none_or(|it| letters.as_str() < it) {
                    *held = Some(letters);
                }
            }
        }
        self.sounds = (of.iter().zip(&self.values))
            .map(|(&of, value)| {
                let sound = smallest.get(of as usize).copied().flatten();
                sound.unwrap_or(&value.text).to_owned()
            })
            .collect();
        let mut counts = vec![0_u32; self.values.len()];
        for &id in self.ids.iter().filter(|&&id| id != NONE) {
            counts[id as usize] += 1;
        }
        let told: u32 = counts.iter().sum();
        let told = told.max(1) as f32;
        let mut grouped = vec![0_u32; group.len()];
        for (&of, &count) in of.iter().zip(&counts) {
            if let Some(held) = grouped.get_mut(of as usize) {
                *held += count;
            }
        }
        // Few records say little about how rare a value is: what is expected counts for so many of them.
        let expected = field.prior().1.last().copied().unwrap_or(0.0) as f32 * FEW;
        self.one = 1.0 / (told + FEW);
        self.least = expected * self.one;
        self.share = (of.iter().zip(&counts))
            .map(|(&of, &count)| {
                let alike = grouped.get(of as usize).copied().unwrap_or(count) as f32;
                (alike + expected) / (told + FEW)
            })
            .collect();
        let mut spread = vec![0_u32; self.numbers.words.len()];
        for (value, count) in self.values.iter().zip(&counts) {
            for &word in &value.words {
                spread[word as usize] += count;
            }
        }
        // What is told of some alone is rare among those; of few records it is not known how rare.
        let (all, some) = match field.measure {
            Measure::Shared => (told + 10.0, 0.5),
            _ => (length.max(1) as f32, 0.0),
        };
        self.table = std::mem::take(&mut self.numbers.table);
        for (word, count) in self.table.iter_mut().zip(spread) {
            word.bits = (all / (count.max(1) as f32 + some)).log2();
        }
    }
}

fn root(group: &mut [u32], mut of: u32) -> u32 {
    while group[of as usize] != of {
        group[of as usize] = group[group[of as usize] as usize];
        of = group[of as usize];
    }
    of
}
