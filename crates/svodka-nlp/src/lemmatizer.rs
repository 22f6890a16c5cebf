//! The lemmatizer: the base form of a word, from exceptions, suffix rules and a list of known words.

use std::borrow::Cow;
use std::path::Path;

use hashbrown::{HashMap, HashSet};
use rmpv::ValueRef;

use crate::error::{Error, read_file};
use crate::strings::string_id;
use crate::weights::{bytes_of, decode, field};

/// A loaded lemmatizer, of the kind that goes by rules.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    /// By the id of the coarse part of speech in lower case.
    tables: HashMap<u64, Table>,
}

/// What is known of the words of one part of speech. All words are in lower case.
#[derive(Debug, Default)]
struct Table {
    /// Endings with what stands in their place in the base form.
    rules: Vec<(Box<str>, Box<str>)>,
    exceptions: HashMap<Box<str>, Box<[Box<str>]>>,
    index: HashSet<Box<str>>,
}

impl Lemmatizer {
    /// Loads the component in `folder`.
    pub(crate) fn load(folder: &Path) -> Result<Self, Error> {
        let path = folder.join("lookups").join("lookups.bin");
        Self::from_bytes(&path, &read_file(&path)?)
    }

    fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let root = decode(path, bytes)?;
        let mut tables: HashMap<u64, Table> = HashMap::new();
        for (id, rules) in by_part_of_speech(path, &root, "lemma_rules")? {
            tables.entry(id).or_default().rules = read_rules(rules)
                .ok_or_else(|| Error::malformed(path, "`lemma_rules` are not pairs of endings"))?;
        }
        for (id, exceptions) in by_part_of_speech(path, &root, "lemma_exc")? {
            tables.entry(id).or_default().exceptions = read_exceptions(exceptions)
                .ok_or_else(|| Error::malformed(path, "`lemma_exc` are not lists of words"))?;
        }
        for (id, index) in by_part_of_speech(path, &root, "lemma_index")? {
            tables.entry(id).or_default().index = read_index(index)
                .ok_or_else(|| Error::malformed(path, "`lemma_index` is not a list of words"))?;
        }
        // An empty table is as good as none: its part of speech is not lemmatized at all.
        tables.retain(|_, table| {
            !(table.rules.is_empty() && table.exceptions.is_empty() && table.index.is_empty())
        });
        Ok(Self { tables })
    }

    /// The base form of `word` as the part of speech `pos` with the features `morph`, such as
    /// `Number=Sing|Person=3`. Both may be empty.
    pub(crate) fn lemma<'a>(&'a self, word: &'a str, pos: &str, morph: &str) -> Cow<'a, str> {
        if matches!(pos, "" | "SPACE" | "EOL") || is_base_form(pos, morph) {
            return lower(word);
        }
        match self.tables.get(&string_id(&pos.to_lowercase())) {
            Some(table) => table.lemma(word),
            None if pos == "PROPN" => word.into(),
            None => lower(word),
        }
    }
}

impl Table {
    fn lemma<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        let lower = lower(word);
        let known = |form: &str| self.index.contains(form);
        // The last of the known forms comes first, then the first of those that are no words at
        // all, then the first of those that might be.
        let (mut found, mut odd, mut guessed) = (None, None, None);
        let mut accepted: Vec<String> = Vec::new();
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(&**old) else {
                continue;
            };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            todo!()
        }
        todo!()
    }
}
