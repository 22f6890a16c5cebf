//! Sentence starts without a parser: by a trained layer (`senter`) or by marks (`sentencizer`).

use std::path::Path;

use hashbrown::HashSet;
use serde::Deserialize;

use crate::cpu::Cpu;
use crate::error::{Error, read_file};
use crate::tagger::Tagger;
use crate::token::RawToken;
use crate::unicode;

/// Says of each token whether a sentence starts with it, as a tagger with two tags.
#[derive(Debug)]
pub(crate) struct Senter {
    pub(crate) tagger: Tagger,
    overwrite: bool,
}

/// The number of the tag for a token that starts a sentence; 0 stands for all others.
const START: u16 = 1;

impl Senter {
    /// Loads the component in `folder`; `shared_width` is the width of the pipeline's encoder.
    pub(crate) fn load(
        folder: &Path,
        shared_width: Option<usize>,
        cpu: Cpu,
    ) -> Result<Self, Error> {
        let settings: Settings = read_settings(&folder.join("cfg"))?;
        let labels = vec!["I".to_owned(), "S".to_owned()];
        Ok(Self {
            tagger: Tagger::with_labels(folder, labels, shared_width, cpu)?,
            overwrite: settings.overwrite,
        })
    }

    /// Whether each token starts a sentence, by the tags of one document.
    pub(crate) fn starts(&self, tags: &[u16]) -> Vec<bool> {
        let mut starts: Vec<bool> = tags.iter().map(|&tag| tag == START).collect();
        // The tokenizer has set the first token already.
        if let Some(first) = starts.first_mut() {
            *first |= !self.overwrite;
        }
        starts
    }
}

/// Starts a sentence with the first word behind certain marks.
#[derive(Debug)]
pub(crate) struct Sentencizer {
    /// The tokens that end a sentence.
    ends: HashSet<String>,
}

impl Sentencizer {
    /// Loads the component `folder`, which is a file beside the folders of the others.
    pub(crate) fn load(folder: &Path) -> Result<Self, Error> {
        let settings: Settings = read_settings(&folder.with_extension("json"))?;
        Ok(Self {
            ends: settings.punct_chars.into_iter().collect(),
        })
    }

    /// Whether each token starts a sentence.
    pub(crate) fn starts(&self, text: &str, tokens: &[RawToken]) -> Vec<bool> {
        let mut ended = false;
        let mut starts = Vec::with_capacity(tokens.len());
        for token in tokens {
            let word = &text[token.start..token.end];
            let ends = self.ends.contains(word);
            // The first token starts a sentence whatever it is.
            let start =
                starts.is_empty() || ended && !ends && !word.chars().all(unicode::is_punctuation);
            ended = ends || (ended && !start);
            starts.push(start);
        }
        starts
    }
}

/// What the files of both components hold.
#[derive(Debug, Deserialize)]
struct Settings {
    #[serde(default)]
    overwrite: bool,
    #[serde(default)]
    punct_chars: Vec<String>,
}

fn read_settings(path: &Path) -> Result<Settings, Error> {
    serde_json::from_slice(&read_file(path)?)
        .map_err(|error| Error::malformed(path, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(words: &[&str]) -> Vec<usize> {
        let ends = [".", "!", "?"].map(str::to_owned).into_iter().collect();
        let mut text = String::new();
        let mut tokens = Vec::new();
        for word in words {
            let start = text.len();
            text.push_str(word);
            tokens.push(RawToken {
                start,
                end: text.len(),
                space_after: false,
                norm: 0,
                prefix: 0,
                suffix: 0,
                shape: 0,
                is_space: false,
            });
        }
        let starts = Sentencizer { ends }.starts(&text, &tokens);
        (0..starts.len()).filter(|&index| starts[index]).collect()
    }

    #[test]
    fn a_sentence_starts_with_the_first_word_behind_a_mark_and_other_punctuation() {
        assert_eq!(
            starts(&["They", "struck", ".", "\u{201d}", "Then", "?", "!", "No"]),
            [0, 4, 7]
        );
        assert_eq!(starts(&[".", "(", "a", ")"]), [0, 2]);
        assert_eq!(
            starts(&["Why", "?", "\n", "So"]),
            [0, 2],
            "white space is no punctuation"
        );
        assert!(starts(&[]).is_empty());
    }

    #[test]
    fn the_first_token_starts_a_sentence_unless_the_component_overwrites() {
        let folder = tempfile::tempdir().unwrap();
        crate::sample::write(folder.path());
        let tags = |overwrite: bool| {
            let cfg = format!("{{\"overwrite\":{overwrite}}}");
            std::fs::write(folder.path().join("senter/cfg"), cfg).unwrap();
            let width = Some(crate::sample::WIDTH as usize);
            let senter = Senter::load(&folder.path().join("senter"), width, Cpu::best());
            senter.unwrap().starts(&[0, 1, 0])
        };
        assert_eq!(tags(false), [true, true, false]);
        assert_eq!(tags(true), [false, true, false]);
    }
}
