//! Word lists that frames refer to by name.

use std::collections::BTreeMap;

use hashbrown::DefaultHashBuilder;
use indexmap::IndexMap;
use serde::Deserialize;

use crate::{PackError, PackFile, Words};

/// Words or phrases, in lower case, each with an optional value.
///
/// In a pack's `lists/*.toml` a list is either an array of words or a table from a value to its words:
///
/// ```toml
/// walkout = ["strike", "stoppage"]
/// [standing]           # "ex-member" means `former`
/// former = ["ex-member", "former member"]
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordList {
    words: IndexMap<String, String, DefaultHashBuilder>,
    firsts: Words,
    longest: usize,
}

impl WordList {
    /// The value of a word or phrase in lower case: its table's key, or the word itself in a plain list.
    pub fn value(&self, word: &str) -> Option<&str> {
        self.words.get(word).map(String::as_str)
    }

    /// Whether the word or phrase, in lower case, is in the list.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// Whether some entry begins with this word: a cheap test before trying phrases.
    pub fn begins(&self, word: &str) -> bool {
        self.firsts.contains(word)
    }

    /// How many words the longest entry has.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The entries with their values, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut entries: Vec<(&str, &str)> = self
            .words
            .iter()
            .map(|(word, value)| (word.as_str(), value.as_str()))
            .collect();
        entries.sort_unstable();
        entries.into_iter()
    }

    /// Takes in another list's entries.
    pub(crate) fn extend(&mut self, other: &WordList) {
        other
            .iter()
            .for_each(|(word, value)| self.add(word, Some(value)));
    }

    pub(crate) fn add(&mut self, word: &str, value: Option<&str>) {
        // The parser takes a hyphen between letters for a word of its own. A word from another list is so divided already.
        let value = value.map_or_else(|| word.to_lowercase(), str::to_owned);
        let word = word.to_lowercase();
        let word = if word.contains(" - ") {
            word
        } else {
            word.replace('-', " - ")
        };
        self.firsts
            .extend(word.split(' ').next().map(str::to_owned));
        self.longest = self.longest.max(word.split(' ').count());
        self.words.insert(word, value);
    }
}

/// All lists of a pack by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lists(BTreeMap<String, WordList>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Plain(Vec<String>),
    Valued(BTreeMap<String, Vec<String>>),
}

impl Lists {
    /// The list of that name.
    pub fn get(&self, name: &str) -> Option<&WordList> {
        self.0.get(name)
    }

    /// The names, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(crate) fn load(files: &[PackFile], errors: &mut Vec<PackError>) -> Lists {
        let mut lists = Lists::default();
        let mut defined: BTreeMap<String, &str> = BTreeMap::new();
        for file in files.iter().filter(|file| file.path.starts_with("lists/")) {
            match file.parse::<BTreeMap<String, Entry>>() {
                Ok(entries) => entries.into_iter().for_each(|(name, entry)| {
                    // Another pack's list of that name grows; a second one of the same pack is a slip.
                    if defined.insert(name.clone(), &file.pack) == Some(&file.pack) {
                        let at = file.text.find(&name).unwrap_or(0);
                        errors
                            .push(file.error(at, format!("the list '{name}' is already defined")));
                    }
                    lists.0.entry(name).or_default().extend(&entry.into());
                }),
                Err(error) => errors.push(error),
            }
        }
        lists
    }
}

impl From<Entry> for WordList {
    fn from(entry: Entry) -> WordList {
        let mut list = WordList::default();
        match entry {
            Entry::Plain(words) => words.iter().for_each(|word| list.add(word, None)),
            Entry::Valued(values) => {
                for (value, words) in &values {
                    words.iter().for_each(|word| list.add(word, Some(value)));
                }
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_is_a_word_of_its_own_however_often_lists_are_joined() {
        let mut kin = WordList::default();
        kin.add("son-in-law", None);
        let mut all = WordList::default();
        all.extend(&kin);
        assert_eq!(all.value("son - in - law"), Some("son-in-law"));
        assert!(all.begins("son"));
    }
}
