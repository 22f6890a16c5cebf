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
        }
    }
}

/// A field of the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// How its values are compared.
    pub measure: Measure,
    /// Whether agreement in a rare value tells more.
    pub rare_tells: bool,
    /// Whether it weighs anything; else records are only looked up by it.
    pub weighs: bool,
}

impl Field {
    /// A field in which rare values tell more.
    pub fn new(name: &str, measure: Measure) -> Field {
        Field {
            name: name.to_owned(),
            measure,
            rare_tells: !matches!(measure, Measure::Words),
            weighs: true,
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
}

/// Records that agree in all parts of a pass are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass(pub Vec<(usize, Key)>);

/// What records have, and how they are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// The fields, at most 16.
    pub fields: Vec<Field>,
    /// Where to look.
    pub passes: Vec<Pass>,
    /// A block with more records than this is not compared all with all: each record with so many that follow it.
    pub block_cap: usize,
}
