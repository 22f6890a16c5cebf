//! The attribute ruler: gives tokens their coarse part of speech and corrects the tagger, by patterns.
//!
//! Every pattern looks at what the components before it found, never at what another pattern set;
//! of two patterns that set the same thing, the later one in the file holds. Which patterns may
//! set something of a token is looked up by its tag and its lower-cased form.

mod pattern;

use std::path::Path;

use hashbrown::HashMap;
use rmpv::ValueRef;

use crate::error::{Error, read_file};
use crate::morphologizer::Form;
use crate::weights::{decode, field};
use pattern::{Pattern, Setting};

/// What the ruler sees of a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// The characters of the token.
    pub(crate) text: &'a str,
    /// The number of the tag the tagger chose, if there is a tagger.
    pub(crate) tag: Option<u16>,
    /// The number of the label the parser chose, if there is a parser.
    pub(crate) dependency: Option<u16>,
    /// What the morphologizer found, if there is one.
    pub(crate) form: Form,
    /// Whether the token is nothing but white space.
    pub(crate) is_space: bool,
}

/// What a token is after the ruler has seen it.
///
/// Tag and dependency are what they were if no pattern set them. The others are numbers in the
/// ruler's lists of names, where number 0 is the empty name: not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attributes {
    pub(crate) tag: Option<u16>,
    pub(crate) dependency: Option<u16>,
    pub(crate) pos: u16,
    pub(crate) morph: u16,
    pub(crate) lemma: u16,
}

/// A loaded attribute ruler.
#[derive(Debug)]
pub(crate) struct AttributeRuler {
    names: Names,
    words: Words,
    patterns: Vec<Pattern>,
    /// For each tag, and for each word class in it, where its stretch of `candidates` ends.
    ends: Vec<u32>,
    /// The patterns that may set something of a token, in the order of the file.
    candidates: Vec<u16>,
}

/// The names that numbers stand for. Number 0 of the last three is the empty name.
#[derive(Debug)]
pub(crate) struct Names {
    tags: Vec<String>,
    dependencies: Vec<String>,
    pos: Vec<String>,
    morphs: Vec<String>,
    lemmas: Vec<String>,
}

impl Names {
    /// The names that the components before the ruler use.
    pub(crate) fn new(
        tags: &[String],
        dependencies: &[String],
        pos: &[String],
        morphs: &[String],
    ) -> Self {
        Self {
            tags: tags.to_vec(),
            dependencies: dependencies.to_vec(),
            pos: pos.to_vec(),
            morphs: morphs.to_vec(),
            lemmas: vec![String::new()],
        }
    }
}

/// The lower-cased words that patterns ask for, each a class of its own. Class 0 is any other word.
#[derive(Debug, Default)]
struct Words {
    classes: HashMap<Box<str>, u16>,
    /// The length of the longest of them, in bytes.
    longest: usize,
}

/// How often a pattern may have to be looked at to fill the candidate table: once for each of its
/// cells. spaCy's English ruler needs 1.4 million looks.
const MAX_LOOKS: usize = 1 << 25;

impl AttributeRuler {
    /// Loads the component in `folder`. `found` are the names that the numbers of the tagger, the
    /// parser and the morphologizer stand for.
    pub(crate) fn load(folder: &Path, found: Names) -> Result<Self, Error> {
        let path = folder.join("patterns");
        Self::from_bytes(&path, &read_file(&path)?, found)
    }

    fn from_bytes(path: &Path, bytes: &[u8], found: Names) -> Result<Self, Error> {
        let root = decode(path, bytes)?;
        let ValueRef::Array(entries) = &root else {
            return Err(Error::malformed(path, "not a list of patterns"));
        };
        let mut names = found;
        let mut words = Words::default();
        let mut patterns = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            let within = |fault: pattern::Fault| fault.at(path, number);
            let alternatives = match field(entry, "patterns") {
                Some(ValueRef::Array(alternatives)) => alternatives,
                _ => return Err(Error::malformed(path, format!("pattern {number} is empty"))),
            };
            let setting = Setting::read(field(entry, "attrs"), &mut names).map_err(within)?;
            let index = field(entry, "index");
            for tokens in alternatives {
                let pattern = Pattern::read(tokens, index, setting, &names, &mut words);
                patterns.push(pattern.map_err(within)?);
            }
        }
        let fits = |count: usize| u16::try_from(count).is_ok();
        let cells = (names.tags.len() + 1) * (words.classes.len() + 1);
        let looks = cells.saturating_mul(patterns.len());
        if !fits(patterns.len()) || !fits(words.classes.len()) || looks > MAX_LOOKS {
            let what = format!("{} patterns with {cells} cases", patterns.len());
            return Err(Error::unsupported(path, what));
        }
        let mut ruler = Self {
            names,
            words,
            patterns,
            ends: Vec::with_capacity(cells),
            candidates: Vec::new(),
        };
        ruler.fill_candidates();
        Ok(ruler)
    }

    fn fill_candidates(&mut self) {
        let tags = std::iter::once(None).chain((0..self.names.tags.len()).map(Some));
        for tag in tags {
            for class in 0..=self.words.classes.len() {
                let admitted = self.patterns.iter().zip(0_u16..).filter(|(pattern, _)| {
                    let target = pattern.target();
                    target.admits_tag(tag.map(|tag| tag as u16))
                        && target.admits_class(class as u16)
                });
                self.candidates.extend(admitted.map(|(_, number)| number));
                self.ends.push(self.candidates.len() as u32);
            }
        }
    }

    /// The tags by number: the tagger's, then those that only patterns set.
    pub(crate) fn tag_names(&self) -> &[String] {
        &self.names.tags
    }

    /// The dependency labels by number: the parser's, then those that only patterns set.
    pub(crate) fn dependency_names(&self) -> &[String] {
        &self.names.dependencies
    }

    /// The coarse parts of speech by number.
    pub(crate) fn pos_names(&self) -> &[String] {
        &self.names.pos
    }

    /// The morphological features by number, such as `Number=Sing|Person=3`.
    pub(crate) fn morph_names(&self) -> &[String] {
        &self.names.morphs
    }

    /// The lemmas by number.
    pub(crate) fn lemma_names(&self) -> &[String] {
        &self.names.lemmas
    }

    /// What the tokens of one document are.
    pub(crate) fn apply<'a>(&self, tokens: impl IntoIterator<Item = Seen<'a>>) -> Vec<Attributes> {
        let classed: Vec<Classed> = tokens
            .into_iter()
            .map(|token| Classed {
                class: self.words.class(token.text),
                tag: token.tag,
                dependency: token.dependency,
                form: token.form,
                is_space: token.is_space,
            })
            .collect();
        (0..classed.len())
            .map(|index| self.attributes(&classed, index))
            .collect()
    }

    fn attributes(&self, tokens: &[Classed], index: usize) -> Attributes {
        let token = &tokens[index];
        let mut attributes = Attributes {
            tag: token.tag,
            dependency: token.dependency,
            pos: token.form.part,
            morph: token.form.features,
            lemma: 0,
        };
        for &number in self.candidates(token) {
            let pattern = &self.patterns[usize::from(number)];
            if pattern.matches(tokens, index) {
                pattern.setting.set(&mut attributes);
            }
        }
        attributes
    }

    /// The patterns that a token's tag and word allow.
    fn candidates(&self, token: &Classed) -> &[u16] {
        let row = token.tag.map_or(0, |tag| usize::from(tag) + 1);
        let cell = row * (self.words.classes.len() + 1) + usize::from(token.class);
        let Some(&end) = self.ends.get(cell) else {
            return &[];
        };
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] };
        &self.candidates[start as usize..end as usize]
    }
}

/// A token as the conditions of patterns see it.
#[derive(Debug)]
struct Classed {
    class: u16,
    tag: Option<u16>,
    dependency: Option<u16>,
    form: Form,
    is_space: bool,
}

impl Words {
    /// The class of the word `lower`, which gets a new one if it has none.
    fn add(&mut self, lower: &str) -> u16 {
        self.longest = self.longest.max(lower.len());
        let next = u16::try_from(self.classes.len() + 1).unwrap_or(u16::MAX);
        *self.classes.entry(lower.into()).or_insert(next)
    }

    /// The class of a token's text, lower-cased.
    fn class(&self, text: &str) -> u16 {
        let class = |lower: &str| self.classes.get(lower).copied().unwrap_or(0);
        if !text.is_ascii() {
            return class(&text.to_lowercase());
        }
        let mut buffer = [0; 32];
        if text.len() > self.longest {
            0
        } else if let Some(lower) = buffer.get_mut(..text.len()) {
            lower.copy_from_slice(text.as_bytes());
            lower.make_ascii_lowercase();
            std::str::from_utf8(lower).map_or(0, class)
        } else {
            class(&text.to_ascii_lowercase())
        }
    }
}

#[cfg(test)]
mod tests;
