//! What is known of a word without its context.

use std::path::Path;
use std::sync::LazyLock;

use hashbrown::HashMap;
use rmpv::ValueRef;

use crate::error::{Error, read_file};
use crate::strings::string_id;
use crate::unicode;
use crate::weights::{bytes_of, decode, field};

/// The normal forms that spaCy gives in all languages, one a line behind its word.
const COMMON_NORMS: &str = include_str!("../data/norms.tsv");

static COMMON_NORM_IDS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    let pairs = COMMON_NORMS
        .lines()
        .filter_map(|line| line.split_once('\t'));
    pairs.map(|(word, norm)| (word, string_id(norm))).collect()
});

/// From so many characters on, a word has no shape of its own.
const LONG: usize = 100;

/// How many characters of a kind in a row the shape of a word shows.
const LONGEST_RUN: usize = 4;

/// The ids of the features of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
    pub(crate) is_space: bool,
}

/// The words of a pipeline.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    /// The ids of normal forms by the ids of their words.
    norms: HashMap<u64, u64>,
}

impl Vocabulary {
    /// Loads the vocabulary of the pipeline in `folder`. One without normal forms may lack the file.
    pub(crate) fn load(folder: &Path) -> Result<Self, Error> {
        let path = folder.join("vocab").join("lookups.bin");
        match read_file(&path) {
            Ok(bytes) => Self::from_bytes(&path, &bytes),
            Err(Error::MissingFile { .. }) => Ok(Self {
                norms: HashMap::new(),
            }),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let malformed = || Error::malformed(path, "a table of normal forms that is none");
        let root = decode(path, bytes)?;
        let mut norms = HashMap::new();
        if let Some(table) = field(&root, "lexeme_norm") {
            let ValueRef::Map(entries) = table else {
                return Err(malformed());
            };
            for (word, norm) in entries {
                let word = match word {
                    ValueRef::Integer(id) => id.as_u64(),
                    _ => None,
                };
                let norm = bytes_of(norm).and_then(|norm| std::str::from_utf8(norm).ok());
                norms.insert(
                    word.ok_or_else(malformed)?,
                    string_id(norm.ok_or_else(malformed)?),
                );
            }
        }
        Ok(Self { norms })
    }

    /// The features of `word`.
    pub(crate) fn lexeme(&self, word: &str) -> Lexeme {
        let first = word.chars().next().map_or(0, char::len_utf8);
        let suffix = word
            .char_indices()
            .rev()
            .take(3)
            .last()
            .map_or(0, |(at, _)| at);
        Lexeme {
            norm: self.norm(word),
            prefix: string_id(&word[..first]),
            suffix: string_id(&word[suffix..]),
            shape: string_id(&shape(word)),
            is_space: !word.is_empty() && word.chars().all(unicode::is_space),
        }
    }

    fn norm(&self, word: &str) -> u64 {
        let own = || self.norms.get(&string_id(word)).copied();
        let common = || COMMON_NORM_IDS.get(word).copied();
        own()
            .or_else(common)
            .unwrap_or_else(|| string_id(&unicode::lower(word)))
    }
}

/// The shape of a word: a letter for each kind of character, long runs of a kind cut short.
fn shape(word: &str) -> String {
    if word.chars().nth(LONG - 1).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len());
    let mut run = ('\0', 0);
    for c in word.chars() {
        let kind = match c {
            _ if unicode::is_alpha(c) && unicode::is_upper(c) => 'X',
            _ if unicode::is_alpha(c) => 'x',
            _ if unicode::is_digit(c) => 'd',
            _ => c,
        };
        run = if run.0 == kind {
            (kind, run.1 + 1)
        } else {
            (kind, 1)
        };
        if run.1 <= LONGEST_RUN {
            shape.push(kind);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexeme(word: &str) -> Lexeme {
        let norms = [(string_id("colour"), string_id("color"))];
        Vocabulary {
            norms: norms.into_iter().collect(),
        }
        .lexeme(word)
    }

    #[test]
    fn shapes_show_kinds_of_characters() {
        for (word, expected) in [
            ("Moscow", "Xxxxx"),
            ("МВД", "XXX"),
            ("1923-24", "dddd-dd"),
            ("don't", "xxx'x"),
            ("²①", "dd"),
            ("ªº", "xx"),
            ("ⅣⅣ", "ⅣⅣ"),
            ("........", "...."),
            ("北京", "xx"),
            ("ǅ", "x"),
            ("", ""),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"é".repeat(100)), "LONG");
    }

    #[test]
    fn the_norm_is_the_pipelines_then_the_common_one_then_the_lower_case() {
        for (word, norm) in [
            ("colour", "color"),
            ("Colour", "colour"),
            ("“", "\""),
            ("’S", "'s"),
            ("US$", "$"),
            ("ΟΔΟΣ", "οδος"),
        ] {
            assert_eq!(lexeme(word).norm, string_id(norm), "{word}");
        }
    }

    #[test]
    fn prefix_and_suffix_are_counted_in_characters() {
        for (word, prefix, suffix) in [
            ("жук", "ж", "жук"),
            ("Мышь", "М", "ышь"),
            ("a", "a", "a"),
            ("€50m", "€", "50m"),
        ] {
            assert_eq!(lexeme(word).prefix, string_id(prefix), "{word}");
            assert_eq!(lexeme(word).suffix, string_id(suffix), "{word}");
        }
    }

    #[test]
    fn white_space_is_what_python_takes_for_it() {
        for (word, is_space) in [
            ("\n\u{1f}\u{3000}", true),
            ("\u{200b}", false),
            (" a", false),
            ("", false),
        ] {
            assert_eq!(lexeme(word).is_space, is_space, "{word:?}");
        }
    }
}
