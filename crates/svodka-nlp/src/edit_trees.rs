//! The trainable lemmatizer: tells of each token by which edits its base form comes of it.

use std::path::Path;

use hashbrown::HashMap;
use rmpv::ValueRef;
use serde::Deserialize;

use crate::config::EditSettings;
use crate::cpu::Cpu;
use crate::error::{Error, read_file, read_json};
use crate::strings::{string_id, symbol};
use crate::tagger::Tagger;
use crate::weights::{decode, field};

/// A loaded trainable lemmatizer.
#[derive(Debug)]
pub(crate) struct EditTrees {
    /// Gives each token the number of a label.
    pub(crate) tagger: Tagger,
    /// The tree that each label stands for.
    labels: Vec<usize>,
    trees: Vec<Tree>,
    /// How many of the likeliest labels are tried.
    tried: usize,
    backs_off: bool,
    pub(crate) overwrite: bool,
}

/// What is done to a word, or to a part of one. Lengths count characters.
#[derive(Debug)]
enum Tree {
    /// What is between stays; its ends are edited further, or go.
    Match {
        prefix: usize,
        suffix: usize,
        /// These stand before this tree in the list.
        before: Option<usize>,
        behind: Option<usize>,
    },
    /// One text takes the place of another.
    Put { from: Box<str>, to: Box<str> },
}

/// What the file `cfg` holds.
#[derive(Deserialize)]
struct Settings {
    labels: Vec<usize>,
}

/// How many edits a tree may be made of. One for a word of a hundred letters has less than 200.
const MOST_EDITS: usize = 1000;

/// What spaCy writes in place of a tree that is not there.
const NO_TREE: u64 = u32::MAX as u64;

impl EditTrees {
    /// The most labels that may be tried: beyond, spaCy leaves their order open.
    pub(crate) const MOST_TRIED: usize = 20;

    /// Loads the component in `folder` of the pipeline in `root`; `shared_width` is the width of the
    /// pipeline's encoder.
    pub(crate) fn load(
        root: &Path,
        folder: &Path,
        settings: &EditSettings,
        shared_width: Option<usize>,
        cpu: Cpu,
    ) -> Result<Self, Error> {
        let cfg = folder.join("cfg");
        let Settings { labels } = read_json(&cfg)?;
        let path = folder.join("trees");
        let bytes = read_file(&path)?;
        let strings = root.join("vocab").join("strings.json");
        let trees = read_trees(&path, &bytes, &read_json::<Vec<String>>(&strings)?)?;
        if labels.iter().any(|&label| label >= trees.len()) {
            return Err(Error::malformed(
                &cfg,
                "a label for a tree that is not there",
            ));
        }
        if labels.is_empty() || labels.len() >= usize::from(u16::MAX) {
            return Err(Error::malformed(&cfg, format!("{} labels", labels.len())));
        }
        let names = labels.iter().map(usize::to_string).collect();
        Ok(Self {
            tagger: Tagger::with_labels(folder, names, shared_width, cpu)?,
            tried: settings.top_k.min(labels.len()),
            labels,
            trees,
            backs_off: settings.backs_off,
            overwrite: settings.overwrite,
        })
    }

    /// The labels to try for each token, [`Self::tried`] of them, the likeliest first.
    pub(crate) fn candidates(&self, vectors: &[f32]) -> Vec<u16> {
        match self.tried {
            1 => self.tagger.tag(vectors),
            count => self.tagger.tag_few(vectors, count),
        }
    }

    /// How many labels are tried for a token.
    pub(crate) fn tried(&self) -> usize {
        self.tried
    }

    /// The base form of `word` by the first of the labels that fits it; `None` if it is left as it is.
    pub(crate) fn lemma(&self, word: &str, candidates: &[u16]) -> Option<String> {
        let mut lemma = String::new();
        for &label in candidates {
            lemma.clear();
            let tree = self.labels[usize::from(label)];
            if apply(&self.trees, tree, word, &mut lemma).is_some() {
                return Some(lemma);
            }
        }
        self.backs_off.then(|| word.to_owned())
    }
}

/// Writes what one of the `trees` makes of `word` to `lemma`; `None` if it does not fit.
fn apply(trees: &[Tree], tree: usize, word: &str, lemma: &mut String) -> Option<()> {
    match &trees[tree] {
        &Tree::Match {
            prefix,
            suffix,
            before,
            behind,
        } => {
            let length = word.chars().count();
            if prefix.checked_add(suffix)? > length {
                return None;
            }
            let byte = |place| {
                let mut starts = word.char_indices().map(|(start, _)| start);
                starts.nth(place).unwrap_or(word.len())
            };
            let (start, end) = (byte(prefix), byte(length - suffix));
            if let Some(before) = before {
                apply(trees, before, &word[..start], lemma)?;
            }
            lemma.push_str(&word[start..end]);
            match behind {
                Some(behind) => apply(trees, behind, &word[end..], lemma),
                None => Some(()),
            }
        }
        Tree::Put { from, to } => {
            lemma.push_str(to);
            (**from == *word).then_some(())
        }
    }
}

/// Reads the trees; their texts are among `strings`, by their ids.
fn read_trees(path: &Path, bytes: &[u8], strings: &[String]) -> Result<Vec<Tree>, Error> {
    let malformed = |what: String| Error::malformed(path, what);
    let root = decode(path, bytes)?;
    let Some(ValueRef::Array(entries)) = field(&root, "trees") else {
        return Err(malformed("no list `trees`".to_owned()));
    };
    let strings: HashMap<u64, &str> = strings
        .iter()
        .map(|string| (string_id(string), string.as_str()))
        .collect();
    let mut trees = Vec::with_capacity(entries.len());
    // How many edits each tree is made of.
    let mut edits: Vec<usize> = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let integer = |key: &str| match field(entry, key) {
            Some(ValueRef::Integer(number)) => Ok(number.as_u64()),
            _ => Err(malformed(format!("tree {index} has no number `{key}`"))),
        };
        let length = |key: &str| {
            let length = integer(key)?.and_then(|length| usize::try_from(length).ok());
            length.ok_or_else(|| malformed(format!("tree {index}: `{key}` is no length")))
        };
        let mut count: usize = 1;
        let mut below = |key: &str| match integer(key)? {
            Some(NO_TREE) => Ok(None),
            Some(tree) if tree < index as u64 => {
                count = count.saturating_add(edits[tree as usize]);
                Ok(Some(tree as usize))
            }
            _ => Err(malformed(format!(
                "tree {index} is not made of trees before it"
            ))),
        };
        let text = |key: &str| {
            let id = integer(key)?;
            let text = id.and_then(|id| strings.get(&id).copied().or_else(|| symbol(id)));
            text.map(Box::from)
                .ok_or_else(|| malformed(format!("tree {index}: `{key}` is not a string in vocab")))
        };
        trees.push(if field(entry, "prefix_len").is_some() {
            Tree::Match {
                prefix: length("prefix_len")?,
                suffix: length("suffix_len")?,
                before: below("prefix_tree")?,
                behind: below("suffix_tree")?,
            }
        } else {
            Tree::Put {
                from: text("orig")?,
                to: text("subst")?,
            }
        });
        if count > MOST_EDITS {
            return Err(malformed(format!(
                "tree {index} has more than {MOST_EDITS} edits"
            )));
        }
        edits.push(count);
    }
    Ok(trees)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rmpv::Value;

    use super::*;
    use crate::pipeline::Pipeline;

    fn map(entries: &[(&str, u64)]) -> Value {
        let entries = entries.iter();
        Value::Map(
            entries
                .map(|&(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }

    fn matched(prefix: u64, suffix: u64, before: u64, behind: u64) -> Value {
        map(&[
            ("prefix_len", prefix),
            ("suffix_len", suffix),
            ("prefix_tree", before),
            ("suffix_tree", behind),
        ])
    }

    fn put(from: &str, to: &str) -> Value {
        map(&[("orig", string_id(from)), ("subst", string_id(to))])
    }

    fn read(trees: Vec<Value>) -> Result<Vec<Tree>, Error> {
        let root = Value::Map(vec![("trees".into(), Value::Array(trees))]);
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, &root).unwrap();
        let strings = ["ging", "eht", "é"].map(str::to_owned);
        read_trees(Path::new("trees"), &bytes, &strings)
    }

    fn applied(trees: &[Tree], tree: usize, word: &str) -> Option<String> {
        let mut lemma = String::new();
        apply(trees, tree, word, &mut lemma).map(|()| lemma)
    }

    #[test]
    fn a_tree_edits_the_ends_of_a_word_and_keeps_what_is_between() {
        let trees = vec![
            put("é", ""),
            put("ging", "eht"),
            matched(1, 4, 0, 1),
            matched(2, 0, NO_TREE, NO_TREE),
        ];
        let trees = read(trees).unwrap();
        assert_eq!(applied(&trees, 2, "éweging").as_deref(), Some("weeht"));
        assert_eq!(applied(&trees, 2, "weging"), None, "it begins otherwise");
        assert_eq!(applied(&trees, 2, "éing"), None, "it is too short");
        assert_eq!(applied(&trees, 3, "ééging").as_deref(), Some("ging"));
        assert_eq!(applied(&trees, 3, "éé").as_deref(), Some(""));
    }

    #[test]
    fn trees_that_are_none_are_errors() {
        let told = |trees| read(trees).unwrap_err().to_string();
        assert!(told(vec![put("other", "é")]).contains("`orig` is not a string in vocab"));
        assert!(told(vec![matched(0, 0, 0, NO_TREE)]).contains("not made of trees before it"));
        assert!(told(vec![map(&[("subst", 0)])]).contains("no number `orig`"));
        // Every tree is made of the one before, twice: the last one would take for ever.
        let doubled =
            std::iter::once(put("é", "")).chain((0..80).map(|tree| matched(0, 0, tree, tree)));
        assert!(told(doubled.collect()).contains("more than 1000 edits"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_damaged_file_is_an_error_or_harmless(
            file in prop::sample::select(vec!["trees", "cfg", "model"]),
            at: prop::sample::Index,
            byte: u8,
        ) {
            let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/small");
            let folder = tempfile::tempdir().unwrap();
            copy(&sound, folder.path());
            let path = folder.path().join("trainable_lemmatizer").join(file);
            let mut bytes = std::fs::read(&path).unwrap();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            std::fs::write(&path, bytes).unwrap();
            if let Ok(pipeline) = Pipeline::load(folder.path()) {
                pipeline.parse("Workers went home and é asked for highest wages.");
            }
        }
    }

    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            match entry.file_type().unwrap().is_dir() {
                true => copy(&entry.path(), &target),
                false => {
                    std::fs::copy(entry.path(), target).unwrap();
                }
            }
        }
    }
}
