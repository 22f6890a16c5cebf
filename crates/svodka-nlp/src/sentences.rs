//! Sentence starts: what is known of them, and what finds them beside the parser, a trained layer (`senter`) or by marks (`sentencizer`).

use std::path::Path;

use hashbrown::HashSet;
use serde::Deserialize;

use crate::cpu::Cpu;
use crate::error::{Error, read_json};
use crate::tagger::Tagger;
use crate::token::RawToken;
use crate::unicode;

/// Whether a sentence starts with a token, if that is known.
pub(crate) type Start = Option<bool>;

/// What is known of a document before a trained component has said something.
#[derive(Debug)]
pub(crate) struct Outset {
    /// What the tokenizer says of the first token.
    first: Start,
    /// Whether a sentence starts with each token by the sentencizer; empty without one.
    pub(crate) marked: Vec<bool>,
}

impl Outset {
    /// What is known of `tokens` in `text`.
    pub(crate) fn new(sentencizer: Option<&Sentencizer>, text: &str, tokens: &[RawToken]) -> Self {
        Self {
            // spaCy says so when it adds a first token, and loses it when it puts others there.
            first: tokens
                .first()
                .and_then(|first| (!first.is_joined).then_some(true)),
            marked: sentencizer.map_or_else(Vec::new, |rules| rules.starts(text, tokens)),
        }
    }

    /// The starts of a document of `length` tokens as far as they are known.
    pub(crate) fn starts(&self, length: usize) -> Vec<Start> {
        let mut starts = vec![None; length];
        if let Some(first) = starts.first_mut() {
            *first = self.first;
        }
        starts
    }
}

/// Writes what a component found where nothing is known yet, or everywhere if it overwrites.
pub(crate) fn set(starts: &mut [Start], found: impl IntoIterator<Item = bool>, overwrite: bool) {
    for (start, found) in starts.iter_mut().zip(found) {
        if overwrite || start.is_none() {
            *start = Some(found);
        }
    }
}

/// Says of each token whether a sentence starts with it, as a tagger with two tags.
#[derive(Debug)]
pub(crate) struct Senter {
    pub(crate) tagger: Tagger,
    pub(crate) overwrite: bool,
}

impl Senter {
    /// The label of a token that starts a sentence; 0 is that of all others.
    pub(crate) const START: u16 = 1;

    /// Loads the component in `folder`; `shared_width` is the width of the pipeline's encoder.
    pub(crate) fn load(
        folder: &Path,
        shared_width: Option<usize>,
        cpu: Cpu,
    ) -> Result<Self, Error> {
        let settings: Settings = read_json(&folder.join("cfg"))?;
        let labels = vec!["I".to_owned(), "S".to_owned()];
        Ok(Self {
            tagger: Tagger::with_labels(folder, labels, shared_width, cpu)?,
            overwrite: settings.overwrite,
        })
    }
}

/// Starts a sentence with the first word behind certain marks.
#[derive(Debug)]
pub(crate) struct Sentencizer {
    /// The tokens that end a sentence.
    ends: HashSet<String>,
    pub(crate) overwrite: bool,
}

/// The tokens that end a sentence if the file names none: those of `sentencizer.pyx` in spaCy.
const ENDS: &str = "!.?։؟۔܀܁܂߹।॥၊။።፧፨᙮᜵᜶᠃᠉᥄᥅᪨᪩᪪᪫᭚᭛᭞᭟᰻᰼᱾᱿‼‽⁇⁈⁉⸮⸼꓿꘎꘏꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫﹒﹖﹗！．？𐩖𐩗𑁇\
    𑁈𑂾𑂿𑃀𑃁𑅁𑅂𑅃𑇅𑇆𑇍𑇞𑇟𑈸𑈹𑈻𑈼𑊩𑑋𑑌𑗂𑗃𑗉𑗊𑗋𑗌𑗍𑗎𑗏𑗐𑗑𑗒𑗓𑗔𑗕𑗖𑗗𑙁𑙂𑜼𑜽𑜾𑩂𑩃𑪛𑪜𑱁𑱂𖩮𖩯𖫵𖬷𖬸𖭄𛲟𝪈｡。";

impl Sentencizer {
    /// Loads the component `folder`, which is a file beside the folders of the others.
    pub(crate) fn load(folder: &Path) -> Result<Self, Error> {
        let settings: Settings = read_json(&folder.with_extension("json"))?;
        Ok(Self {
            ends: match settings.punct_chars {
                Some(ends) => ends.into_iter().collect(),
                None => ENDS.chars().map(String::from).collect(),
            },
            overwrite: settings.overwrite,
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
    punct_chars: Option<Vec<String>>,
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
                is_joined: false,
            });
        }
        let overwrite = false;
        let starts = Sentencizer { ends, overwrite }.starts(&text, &tokens);
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
    fn what_is_known_stands_unless_a_component_overwrites_it() {
        let found = [false, true, false];
        let outset = Outset {
            first: Some(true),
            marked: Vec::new(),
        };
        let mut starts = outset.starts(3);
        set(&mut starts, found, false);
        assert_eq!(starts, [Some(true), Some(true), Some(false)]);
        set(&mut starts, [false; 3], false);
        assert_eq!(starts, [Some(true), Some(true), Some(false)]);
        set(&mut starts, found, true);
        assert_eq!(starts, [Some(false), Some(true), Some(false)]);
    }
}
