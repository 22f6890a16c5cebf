//! What records have, how it is compared, and where to look for likely pairs.

/// How two values of a field are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Equal or not.
    Exact,
    /// A word of a name, in whatever spelling; or its initial.
    Spelled,
    /// A date as year, month, day, or the first of them: `1923-08-30`, `1923`.
    Date,
    /// A code or short text, in which a letter may be wrong.
    Text,
    /// Words in any order, rare ones telling more.
    Words,
    /// Things that records have to do with, one a line, rare ones telling more. That there are others says little.
    Shared,
    /// The years between which something is known, as `1921/1923` or `1923`.
    Years,
    /// Names of a body, firm, place or work, one a line. See [`super::Records::compare_bodies`].
    Body,
}

impl Measure {
    /// The names of its levels, from disagreement to full agreement. What one side does not tell is at none of them.
    pub fn levels(self) -> &'static [&'static str] {
        match self {
            Measure::Exact => &["differs", "agrees"],
            Measure::Spelled => &[
                "differs",
                "agrees as an initial",
                "resembles",
                "agrees but for slips",
                "agrees but for its ending",
                "agrees as a familiar form",
                "agrees in sound",
                "agrees",
            ],
            Measure::Date => &[
                "differs",
                "within ten years",
                "within two years",
                "agrees in the year",
                "agrees but for a digit",
                "agrees",
            ],
            Measure::Text => &["differs", "begins alike", "agrees but for slips", "agrees"],
            Measure::Words => &[
                "differs",
                "has common words in common and others that contradict",
                "has common words in common",
                "has words in common and others that contradict",
                "has words in common",
                "has rare words in common and others that contradict",
                "has rare words in common",
                "has many rare words in common",
            ],
            Measure::Shared => &[
                "nothing in common",
                "something common in common",
                "something telling in common",
                "much in common",
            ],
            Measure::Years => &[
                "more than sixty years apart",
                "decades apart",
                "within ten years",
                "at the same time",
            ],
            Measure::Body => &[
                "differs",
                "resembles",
                "agrees in part",
                "agrees but for details",
                "agrees",
            ],
        }
    }

    /// How often each level is expected among records of one thing, and of any two, before any record is seen.
    pub(super) fn prior(self) -> (&'static [f64], &'static [f64]) {
        match self {
            Measure::Exact => (&[0.2, 0.8], &[0.9, 0.1]),
            Measure::Spelled => (
                &[0.06, 0.14, 0.03, 0.08, 0.05, 0.04, 0.2, 0.4],
                &[0.925, 0.05, 0.01, 0.003, 0.002, 0.002, 0.003, 0.005],
            ),
            Measure::Date => (
                &[0.07, 0.05, 0.08, 0.1, 0.15, 0.55],
                &[0.775, 0.15, 0.05, 0.02, 0.004, 0.001],
            ),
            Measure::Text => (&[0.2, 0.15, 0.15, 0.5], &[0.967, 0.03, 0.001, 0.002]),
            Measure::Words => (
                &[0.05, 0.05, 0.1, 0.1, 0.2, 0.1, 0.2, 0.2],
                &[0.93, 0.05, 0.012, 0.003, 0.002, 0.001, 0.001, 0.001],
            ),
            Measure::Shared => (&[0.5, 0.25, 0.18, 0.07], &[0.9, 0.08, 0.015, 0.005]),
            Measure::Years => (&[0.005, 0.045, 0.15, 0.8], &[0.05, 0.15, 0.25, 0.55]),
            Measure::Body => (
                &[0.03, 0.07, 0.15, 0.25, 0.5],
                &[0.965, 0.02, 0.008, 0.004, 0.003],
            ),
        }
    }
}

/// A field of the records.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// How its values are compared.
    pub measure: Measure,
    /// Whether agreement in a rare value tells more.
    pub rare_tells: bool,
    /// Whether it weighs anything; else records are only looked up by it.
    pub weighs: bool,
    /// How often each of the measure's levels is expected among records of one thing, and of any two, if not as of any such
    /// measure.
    pub expected: Option<Expected>,
}

/// How often each level of a measure is expected, from disagreement to full agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Among records of one thing.
    pub same: Vec<f64>,
    /// Among any two records.
    pub chance: Vec<f64>,
}

impl Field {
    /// A field in which rare values tell more.
    pub fn new(name: &str, measure: Measure) -> Field {
        Field {
            name: name.to_owned(),
            measure,
            rare_tells: !matches!(
                measure,
                Measure::Words | Measure::Shared | Measure::Years | Measure::Body
            ),
            weighs: true,
            expected: None,
        }
    }

    /// The same field, of which this is expected. Nothing changes unless there is a number above nothing for each level.
    pub fn expecting(self, expected: Expected) -> Field {
        let levels = self.measure.levels().len();
        let sound = |of: &[f64]| of.len() == levels && of.iter().all(|&it| it > 0.0);
        let sound = sound(&expected.same) && sound(&expected.chance);
        Field {
            expected: sound.then_some(expected).or(self.expected),
            ..self
        }
    }

    /// How often each level is expected among records of one thing, and of any two.
    pub(super) fn prior(&self) -> (&[f64], &[f64]) {
        match &self.expected {
            Some(expected) => (&expected.same, &expected.chance),
            None => self.measure.prior(),
        }
    }

    /// The same field, by which records are looked up but which weighs nothing: another tells the same.
    pub fn for_keys(self) -> Field {
        Field {
            weighs: false,
            ..self
        }
    }
}

/// What of a value must be equal for two records to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The value itself.
    Value,
    /// Its first letters, so many.
    Start(usize),
    /// Its sound: what all spellings of it have in common.
    Sound,
    /// The consonants of its sound, so many of them.
    Consonants(usize),
    /// The first letter of its sound.
    Initial,
    /// The first four signs: the year of a date.
    Year,
    /// Any line of it. Records are compared if one is the same.
    Each,
}

/// Records that agree in all parts of a pass are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass(pub Vec<(usize, Key)>);

/// What records have, and how they are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// The fields, at most 16.
    pub fields: Vec<Field>,
    /// Where to look.
    pub passes: Vec<Pass>,
    /// A block with more records than this is not compared all with all: each record with so many that follow it.
    pub block_cap: usize,
}
