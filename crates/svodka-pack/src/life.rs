//! Which claims tell that somebody was born or has died.

use serde::Deserialize;

use crate::{PackError, PackFile};

/// The contents of a pack's `life.toml`; a pack may lack it. Its entries are added to those of the packs it builds on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeWords {
    /// What tells a birth.
    #[serde(default)]
    pub birth: Vec<LifeWord>,
    /// What tells a death.
    #[serde(default)]
    pub death: Vec<LifeWord>,
}

/// Claims that tell it, by the words around the person's name in the words they rest on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifeWord {
    /// Of this kind; any if none is named.
    pub kind: Option<String>,
    /// The person in this role; in any if none is named.
    pub role: Option<String>,
    /// Words one of which stands right behind the name; `#` is a year.
    #[serde(default)]
    pub behind: Vec<String>,
    /// Or right before it.
    #[serde(default)]
    pub before: Vec<String>,
    /// Words none of which may stand right behind the name: "the funeral of Orlov's mother" tells nothing of Orlov.
    #[serde(default)]
    pub not_behind: Vec<String>,
    /// Words that may stand between.
    #[serde(default)]
    pub between: Vec<String>,
    /// Words none of which may stand in what the claim rests on.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// Reads every `life.toml`.
pub(crate) fn load(files: &[PackFile], errors: &mut Vec<PackError>) -> LifeWords {
    let mut words = LifeWords::default();
    for file in files.iter().filter(|file| file.path == "life.toml") {
        match file.parse::<LifeWords>() {
            Ok(parsed) => {
                let all = parsed.birth.iter().chain(&parsed.death);
                if all
                    .into_iter()
                    .any(|word| word.behind.is_empty() && word.before.is_empty())
                {
                    errors.push(
                        file.error(0, "an entry without 'behind' and 'before' tells nothing"),
                    );
                }
                words.birth.extend(parsed.birth);
                words.death.extend(parsed.death);
            }
            Err(error) => errors.push(error),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(texts: &[&str]) -> (LifeWords, Vec<String>) {
        let files: Vec<PackFile> = texts
            .iter()
            .map(|text| PackFile {
                pack: String::new(),
                path: "life.toml".to_owned(),
                text: (*text).to_owned(),
            })
            .collect();
        let mut errors = Vec::new();
        let words = load(&files, &mut errors);
        (words, errors.iter().map(PackError::to_string).collect())
    }

    #[test]
    fn entries_of_several_packs_are_added_and_empty_ones_are_mistakes() {
        let (words, errors) = loaded(&[
            "[[death]]\nbehind = [\"died\"]\n",
            "[[death]]\nkind = \"violence\"\nbefore = [\"killed\"]\n[[birth]]\nbehind = [\"born in #\"]\n",
        ]);
        assert_eq!(
            (words.death.len(), words.birth.len(), errors.len()),
            (2, 1, 0)
        );
        let (_, errors) = loaded(&["[[death]]\nkind = \"violence\"\n"]);
        assert_eq!(
            errors,
            ["life.toml:1:1: an entry without 'behind' and 'before' tells nothing"]
        );
        assert!(loaded(&["[[wedding]]\n"]).1[0].contains("unknown field"));
    }
}
