//! The words of the reports, so that a page can search them with nobody to ask: by the letters that they begin with, a file each.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many letters of a word say in which file it is.
const LETTERS: usize = 2;

/// Words with the reports that have them.
#[derive(Debug, Default)]
pub struct Words(BTreeMap<String, BTreeMap<String, Vec<(i64, u32)>>>);

impl Words {
    /// Takes in a report: reports must come in the order of their numbers.
    pub fn take(&mut self, report: i64, text: &str) {
        let mut here: BTreeMap<String, u32> = BTreeMap::new();
        for word in words(text) {
            *here.entry(word).or_default() += 1;
        }
        for (word, times) in here {
            let letters = word.chars().take(LETTERS).collect();
            let known = self.0.entry(letters).or_default();
            known.entry(word).or_default().push((report, times));
        }
    }

    /// The files: name, and what is in it: each word with the numbers of reports and how often it stands there, in turn.
    pub fn files(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().map(|(letters, words)| {
            let flat = words.iter().map(|(word, reports)| {
                let numbers = reports
                    .iter()
                    .flat_map(|(report, times)| [*report, i64::from(*times)]);
                (word, numbers.collect::<Vec<i64>>())
            });
            let flat: BTreeMap<&String, Vec<i64>> = flat.collect();
            (name(letters), serde_json::json!(flat).to_string())
        })
    }

    /// What the words of each file begin with.
    pub fn beginnings(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The name of the file of words that begin so: their code points, so that every system can keep it.
fn name(letters: &str) -> String {
    let points: Vec<String> = letters
        .chars()
        .map(|c| format!("{:x}", u32::from(c)))
        .collect();
    points.join("-")
}

/// The words of a text as they are compared, without case and accents. The page's `site/words.ts` does the same.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let folded: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .collect::<String>()
        .to_lowercase();
    let words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_its_first_letters_with_the_reports_that_have_it() {
        let mut known = Words::default();
        known.take(1, "Orlov's strike: the ORLOV mill.");
        known.take(4, "Kovács and Орлов.");
        let files: BTreeMap<String, String> = known.files().collect();
        assert_eq!(files["6f-72"], r#"{"orlov":[1,2]}"#);
        assert_eq!(files["6b-6f"], r#"{"kovacs":[4,1]}"#);
        assert_eq!(files["43e-440"], r#"{"орлов":[4,1]}"#);
        assert!(known.beginnings().any(|letters| letters == "s"));
    }
}
