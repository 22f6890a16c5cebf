//! What was learned from annotated reports: weights of features, and classes of words that generalise over them.
//!
//! Both are tables of text, made by `tools/learn` and read here; nothing in this crate knows what a feature means.

use std::collections::BTreeMap;
use std::hash::{BuildHasherDefault, Hasher};

use hashbrown::HashMap;
use svodka_model::SmolStr;

use crate::{PackError, PackFile};

/// Everything learned that a pack brings along; what it lacks is empty and says nothing.
#[derive(Debug, Clone, Default)]
pub struct Statistics {
    /// `statistics/words.tsv`: classes of words.
    pub words: WordClasses,
    /// `statistics/kinds.tsv`: which kinds of claim a word sets off.
    pub kinds: Weights,
    /// `statistics/fields.tsv`: which value a field of the claim has, as labels `kind.field=value`.
    pub fields: Weights,
    /// `statistics/roles/KIND.tsv`: which role of a claim of that kind something fills.
    pub roles: BTreeMap<SmolStr, Weights>,
    /// `statistics/sound.tsv`: whether a proposed claim is right, with the one label `right`.
    pub sound: Weights,
}

impl Statistics {
    /// Reads the tables among the files; of several packs' the last one's. Mistakes are noted in `errors`.
    pub(crate) fn load(files: &[PackFile], errors: &mut Vec<PackError>) -> Statistics {
        let mut statistics = Statistics::default();
        for file in files {
            let Some(path) = file.path.strip_prefix("statistics/") else {
                continue;
            };
            let weights = |errors: &mut Vec<PackError>| {
                Weights::read(file).unwrap_or_else(|error| {
                    errors.push(error);
                    Weights::default()
                })
            };
            match path {
                "words.tsv" => match WordClasses::read(file) {
                    Ok(words) => statistics.words = words,
                    Err(error) => errors.push(error),
                },
                "kinds.tsv" => statistics.kinds = weights(errors),
                "fields.tsv" => statistics.fields = weights(errors),
                "sound.tsv" => statistics.sound = weights(errors),
                _ => {
                    let kind = path
                        .strip_prefix("roles/")
                        .and_then(|path| path.strip_suffix(".tsv"));
                    if let Some(kind) = kind {
                        statistics.roles.insert(SmolStr::new(kind), weights(errors));
                    }
                }
            }
        }
        statistics
    }
}

/// A feature's name, hashed to 64 bits, so that it need not be kept as a string.
///
/// The hash folds products of 128 bits, eight bytes of the name at a time (the method of wyhash). It is kept nowhere: tables hold
/// names.
///
/// ```
/// use svodka_pack::Feature;
/// assert_eq!(Feature::of(&["lemma=", "strike"]), Feature::of(&["lemma=strike"]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Feature(u64);

impl Feature {
    /// The feature whose name is these pieces joined.
    pub fn of(pieces: &[&str]) -> Feature {
        let mut hash = SEED;
        // The bytes, first of them lowest, that do not make up eight yet.
        let (mut waiting, mut filled) = (0_u64, 0);
        let mut length = 0;
        for piece in pieces {
            length += piece.len() as u64;
            let (words, rest) = piece.as_bytes().as_chunks::<8>();
            for word in words.iter().map(|word| u64::from_le_bytes(*word)) {
                hash = folded(hash ^ (waiting | word << filled));
                waiting = if filled == 0 {
                    0
                } else {
                    word >> (64 - filled)
                };
            }
            let (word, bits) = (fewer_than_eight(rest), 8 * rest.len() as u32);
            waiting |= word << filled;
            filled += bits;
            if filled >= 64 {
                hash = folded(hash ^ waiting);
                filled -= 64;
                waiting = word >> (bits - filled);
            }
        }
        Feature(folded(folded(hash ^ waiting) ^ length))
    }
}

const SEED: u64 = 0xa076_1d64_78bd_642f;

/// At most seven bytes as a number, the first of them lowest.
#[inline]
fn fewer_than_eight(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            // The two overlap, in bytes that are the same in both.
            let shift = 8 * (bytes.len() - 4);
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << shift
        }
        _ => match *bytes {
            [] => 0,
            [a] => u64::from(a),
            [a, b] => u64::from(u16::from_le_bytes([a, b])),
            [a, b, c, ..] => u64::from(u32::from_le_bytes([a, b, c, 0])),
        },
    }
}

fn folded(value: u64) -> u64 {
    let product = u128::from(value ^ 0xe703_7ed1_a0b4_28db) * 0x8ebc_6af0_9c88_c6e3_u128;
    (product >> 64) as u64 ^ product as u64
}

/// Takes a feature's hash for what it is.
#[derive(Debug, Clone, Copy, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = folded(self.0 ^ u64::from(byte));
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// How much each feature speaks for each label: a logistic regression for each label. In its file → is a tab.
///
/// ```text
/// # any remark
/// labels → strike → wage
/// bias → 0:-3.1 1:-4
/// lemma=walkout → 0:2.25
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weights {
    labels: Vec<SmolStr>,
    bias: Vec<f32>,
    rows: HashMap<Feature, (u32, u32), BuildHasherDefault<Hashed>>,
    entries: Vec<(u16, f32)>,
}

impl Weights {
    /// Reads a table of weights.
    pub fn read(file: &PackFile) -> Result<Weights, PackError> {
        let mut weights = Weights::default();
        for line in lines(&file.text) {
            let wrong = |what: &str| file.error(offset(&file.text, line), what);
            let (name, rest) = line
                .split_once('\t')
                .ok_or_else(|| wrong("expected a name, a tab and what belongs to it"))?;
            if name == "labels" && weights.labels.is_empty() {
                weights.labels = rest.split('\t').map(SmolStr::new).collect();
                weights.bias = vec![0.0; weights.labels.len()];
                continue;
            }
            let start = weights.entries.len();
            for entry in rest.split(' ') {
                let parsed = entry
                    .split_once(':')
                    .and_then(|(label, weight)| Some((label.parse().ok()?, weight.parse().ok()?)));
                let known = |&(label, weight): &(u16, f32)| {
                    usize::from(label) < weights.labels.len() && weight.is_finite()
                };
                let entry = parsed.filter(known).ok_or_else(|| {
                    wrong(&format!(
                        "'{entry}' is not a label's number, a colon and a weight"
                    ))
                })?;
                weights.entries.push(entry);
            }
            if name == "bias" {
                for (label, weight) in weights.entries.drain(start..) {
                    weights.bias[usize::from(label)] = weight;
                }
                continue;
            }
            let range = (start as u32, weights.entries.len() as u32);
            if weights.rows.insert(Feature::of(&[name]), range).is_some() {
                return Err(wrong(&format!("the feature '{name}' stands twice")));
            }
        }
        Ok(weights)
    }

    /// The labels, in the order of the scores.
    pub fn labels(&self) -> &[SmolStr] {
        &self.labels
    }

    /// Whether it has no labels: nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Per label the log-odds, given these features; one that stands twice counts twice, an unknown one not at all.
    pub fn score(&self, features: &[Feature]) -> Vec<f32> {
        let mut scores = self.bias.clone();
        self.add(features, &mut scores);
        scores
    }

    /// Adds to log-odds, one for each label, what these features weigh.
    pub fn add(&self, features: &[Feature], scores: &mut [f32]) {
        for feature in features {
            for &(label, weight) in self.of(*feature) {
                scores[usize::from(label)] += weight;
            }
        }
    }

    /// What a feature weighs for each label that it bears on.
    pub fn of(&self, feature: Feature) -> &[(u16, f32)] {
        self.rows.get(&feature).map_or(&[], |&(start, end)| {
            &self.entries[start as usize..end as usize]
        })
    }
}

/// The probability that log-odds stand for.
pub fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Classes of words: "weaver" is a noun of the classes `person` and `worker`. In its file → is a tab.
///
/// ```text
/// # any remark
/// classes → n:person → n:worker → v:communication
/// weaver/n → 0 1
/// ```
#[derive(Debug, Clone, Default)]
pub struct WordClasses {
    classes: Vec<SmolStr>,
    words: HashMap<String, Vec<u16>>,
}

impl WordClasses {
    /// Reads a table of words.
    pub fn read(file: &PackFile) -> Result<WordClasses, PackError> {
        let mut table = WordClasses::default();
        for line in lines(&file.text) {
            let wrong = |what: &str| file.error(offset(&file.text, line), what);
            let (name, rest) = line
                .split_once('\t')
                .ok_or_else(|| wrong("expected a word, a tab and the numbers of its classes"))?;
            if name == "classes" && table.classes.is_empty() {
                table.classes = rest.split('\t').map(SmolStr::new).collect();
                continue;
            }
            let known = |number: &u16| usize::from(*number) < table.classes.len();
            let classes: Option<Vec<u16>> = rest
                .split(' ')
                .map(|number| number.parse().ok().filter(known))
                .collect();
            let classes =
                classes.ok_or_else(|| wrong("this is not a list of numbers of classes"))?;
            table.words.insert(name.to_owned(), classes);
        }
        Ok(table)
    }

    /// The classes of a word in lower case, to be called by their names; `part` is `n`, `v` or `a` for noun, verb, adjective.
    pub fn of(&self, word: &str, part: &str) -> &[u16] {
        let key = format!("{word}/{part}");
        self.words.get(&key).map_or(&[], Vec::as_slice)
    }

    /// What a class is called.
    pub fn name(&self, class: u16) -> &str {
        &self.classes[usize::from(class)]
    }
}

/// The lines of a table that hold something.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// Where a line of a text stands in it.
fn offset(text: &str, line: &str) -> usize {
    line.as_ptr() as usize - text.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> PackFile {
        PackFile {
            pack: String::new(),
            path: "statistics/kinds.tsv".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn the_weights_of_known_features_are_added_to_the_bias() {
        let text = "# made by hand\nlabels\tstrike\twage\nbias\t0:-1 1:-2\nlemma=walkout\t0:2.5\npos=NOUN\t0:0.5 1:1\n";
        let weights = Weights::read(&file(text)).unwrap();
        let features = [
            Feature::of(&["lemma=", "walkout"]),
            Feature::of(&["pos=NOUN"]),
            Feature::of(&["unknown"]),
        ];
        assert_eq!(weights.score(&features), [2.0, -1.0]);
        assert!(probability(2.0) > 0.88 && probability(-1.0) < 0.27);
    }

    #[test]
    fn a_mistake_in_a_table_is_located() {
        let told = |text: &str| Weights::read(&file(text)).unwrap_err().to_string();
        assert_eq!(
            told("labels\ta\nx=1\t0:1\ny=1\t1:2\n"),
            "statistics/kinds.tsv:3:1: '1:2' is not a label's number, a colon and a weight"
        );
        assert_eq!(
            told("labels\ta\nx=1\t0:1\nx=1\t0:2\n"),
            "statistics/kinds.tsv:3:1: the feature 'x=1' stands twice"
        );
        let words = WordClasses::read(&file("classes\tn:person\nweaver/n\t0 1\n"));
        assert_eq!(
            words.unwrap_err().to_string(),
            "statistics/kinds.tsv:2:1: this is not a list of numbers of classes"
        );
    }

    #[test]
    fn a_word_has_its_classes_by_part_of_speech() {
        let table = "classes\tn:person\tv:contact\nstrike/v\t1\nweaver/n\t0\n";
        let words = WordClasses::read(&file(table)).unwrap();
        let names = |word, part| -> Vec<&str> {
            let classes = words.of(word, part).iter();
            classes.map(|&class| words.name(class)).collect()
        };
        assert_eq!(names("strike", "v"), ["v:contact"]);
        assert!(names("strike", "n").is_empty());
    }
}
