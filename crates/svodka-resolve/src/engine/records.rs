//! The records, each value worked out once.

use rayon::prelude::*;

use super::schema::{Measure, Pass, Schema};
use super::value::{Numbering, Numbers, Value, Word};
use crate::names::NameWords;
use crate::spelling::Readings;

/// How many records what is expected of a value counts for.
const FEW: f32 = 100.0;

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
    /// For each value the smallest key among all that its spellings lead to.
    pub sounds: Vec<String>,
    /// The words of values that are compared word by word.
    pub table: Vec<Word>,
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
                Measure::Spelled => words.spelling().readings(text),
                _ => Readings::default(),
            };
            let readings: Vec<Readings> = raw.par_iter().map(read).collect();
            let value = |(text, readings): (String, Readings)| {
                Value::new(&text, readings, field.measure, words, &mut column.numbers)
            };
            column.values = raw.into_iter().zip(readings).map(value).collect();
        }
        for (column, field) in columns.iter_mut().zip(&schema.fields) {
            column.finish(length, field.measure);
        }
        Records { columns, length }
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
        for (at, (column, field)) in self.columns.iter().zip(&schema.fields).enumerate() {
            let (x, y) = (column.ids[a], column.ids[b]);
            if x == NONE || y == NONE || !field.weighs {
                continue;
            }
            let (x, y) = (&column.values[x as usize], &column.values[y as usize]);
            let level = x.level(y, field.measure, &column.table);
            pattern |= (u64::from(level) + 1) << (4 * at);
        }
        pattern
    }

    /// The share of the records that have a value like those of two records, the commoner of both.
    pub(super) fn share(&self, field: usize, a: usize, b: usize) -> f64 {
        let column = &self.columns[field];
        let of = |it: usize| {
            let share = column.share.get(column.ids[it] as usize);
            f64::from(share.copied().unwrap_or(0.0))
        };
        of(a).max(of(b))
    }

    /// For each record a number that records with equal keys have in common; 0 if it has no key.
    pub(super) fn keys(&self, pass: &Pass) -> Vec<u64> {
        let mut keys = vec![FNV; self.length];
        for &(field, key) in &pass.0 {
            let column = &self.columns[field];
            let parts: Vec<u64> = (column.values.iter().zip(&column.sounds))
                .map(|(value, sound)| value.key(key, sound).map_or(0, |it| hash(&it)))
                .collect();
            for (whole, &id) in keys.iter_mut().zip(&column.ids) {
                let part = parts.get(id as usize).copied().unwrap_or(0);
                *whole = match (*whole, part) {
                    (0, _) | (_, 0) => 0,
                    (whole, part) => mix(whole, part).max(1),
                };
            }
        }
        keys
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

impl Column {
    fn finish(&mut self, length: usize, measure: Measure) {
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
        let expected = measure.prior().1.last().copied().unwrap_or(0.0) as f32 * FEW;
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
        let all = length.max(1) as f32;
        self.table = std::mem::take(&mut self.numbers.table);
        for (word, count) in self.table.iter_mut().zip(spread) {
            word.bits = (all / count.max(1) as f32).log2();
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
