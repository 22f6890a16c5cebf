//! Reads `config.cfg`: which components a pipeline has, and in what order they run.

use std::path::{Path, PathBuf};

use crate::edit_trees::EditTrees;
use crate::error::{Error, read_file};

/// What a pipeline folder asks for.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// Where each component lies, by what it is; `None` if the pipeline has none.
    folders: [Option<PathBuf>; Component::ALL.len()],
    /// The components that find or see sentences, in the order in which they stand.
    sentences: Vec<Component>,
    /// Those that find lemmas, in the order in which they stand.
    lemmas: Vec<Component>,
    edits: EditSettings,
}

/// The settings of a trainable lemmatizer that stand in the configuration.
#[derive(Debug, Default)]
pub(crate) struct EditSettings {
    /// Whether it sets over lemmas that are there.
    pub(crate) overwrite: bool,
    /// How many edit trees it tries.
    pub(crate) top_k: usize,
    /// Whether a word that no tree fits is its own lemma.
    pub(crate) backs_off: bool,
}

/// A part of a pipeline that this crate runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Component {
    Tok2Vec,
    Tagger,
    Morphologizer,
    Parser,
    Senter,
    Sentencizer,
    AttributeRuler,
    Lemmatizer,
    EditTrees,
    Ner,
}

impl Component {
    /// Every component, in the order they are run in.
    const ALL: [Self; 10] = [
        Self::Tok2Vec,
        Self::Tagger,
        Self::Morphologizer,
        Self::Parser,
        Self::Senter,
        Self::Sentencizer,
        Self::AttributeRuler,
        Self::Lemmatizer,
        Self::EditTrees,
        Self::Ner,
    ];

    /// What spaCy calls it.
    fn factory(self) -> &'static str {
        match self {
            Self::Tok2Vec => "tok2vec",
            Self::Tagger => "tagger",
            Self::Morphologizer => "morphologizer",
            Self::Parser => "parser",
            Self::Senter => "senter",
            Self::Sentencizer => "sentencizer",
            Self::AttributeRuler => "attribute_ruler",
            Self::Lemmatizer => "lemmatizer",
            Self::EditTrees => "trainable_lemmatizer",
            Self::Ner => "ner",
        }
    }

    /// The stages of a pipeline: what a component finds depends on all stages before its own. A
    /// component without a stage may stand anywhere.
    fn stage(self) -> Option<u8> {
        match self {
            Self::Tagger | Self::Morphologizer | Self::Parser => Some(1),
            Self::AttributeRuler => Some(2),
            Self::Lemmatizer | Self::EditTrees => Some(3),
            // Those that listen to the encoder say so; the others are run in their order.
            Self::Tok2Vec | Self::Senter | Self::Sentencizer | Self::Ner => None,
        }
    }

    /// Whether it does the same behind `before` as this crate has it do; if not, why.
    fn may_follow(self, before: &[Self]) -> Result<(), String> {
        let factory = self.factory();
        if before.contains(&self) {
            return Err(format!("a second `{factory}`"));
        }
        let earlier = before.iter().find(|before| match self.stage() {
            Some(stage) => before.stage() > Some(stage),
            None => false,
        });
        match earlier {
            Some(other) => Err(format!("`{factory}` behind `{}`", other.factory())),
            None => Ok(()),
        }
    }

    /// Whether it finds sentences, or finds other things where it sees them.
    fn sees_sentences(self) -> bool {
        matches!(
            self,
            Self::Parser | Self::Senter | Self::Sentencizer | Self::Ner
        )
    }
}

impl Config {
    /// Reads the configuration in `folder`.
    pub(crate) fn load(folder: &Path) -> Result<Self, Error> {
        let path = folder.join("config.cfg");
        let bytes = read_file(&path)?;
        let text = std::str::from_utf8(&bytes)
            .map_err(|error| Error::malformed(&path, format!("not UTF-8: {error}")))?;
        Self::read(folder, &path, text)
    }

    fn read(folder: &Path, path: &Path, text: &str) -> Result<Self, Error> {
        let unsupported = |what: String| Error::unsupported(path, what);
        let settings = Settings { path, text };
        let language = settings.text("nlp", "lang")?;
        settings.only_common_words(&language)?;
        settings.no_callbacks()?;
        let disabled = settings.list("nlp", "disabled")?;
        let mut config = Self::default();
        let mut before: Vec<Component> = Vec::new();
        for name in settings.list("nlp", "pipeline")? {
            if disabled.contains(&name) {
                continue;
            }
            let section = format!("components.{name}");
            let factory = settings.text(&section, "factory")?;
            let component = Component::ALL
                .into_iter()
                .find(|component| component.factory() == factory)
                .ok_or_else(|| unsupported(format!("the component `{factory}`")))?;
            component.may_follow(&before).map_err(unsupported)?;
            before.push(component);
            if component.sees_sentences() {
                config.sentences.push(component);
            }
            settings.only_known_architectures(&section)?;
            if settings.listens(&section) && !before.contains(&Component::Tok2Vec) {
                let what = format!("`{factory}`, which listens, without a `tok2vec` before it");
                return Err(unsupported(what));
            }
            if component == Component::EditTrees {
                config.edits = settings.edits(&section)?;
            }
            if component.stage() == Component::Lemmatizer.stage() {
                config.lemmas.push(component);
            }
            if component == Component::Lemmatizer {
                if language != "en" {
                    let what = format!("the lemmatizer of the language `{language}`");
                    return Err(unsupported(what));
                }
                settings.only_lemmatizer_by_rules(&section)?;
            }
            if name.contains(['/', '\\']) || name == ".." {
                return Err(Error::malformed(
                    path,
                    format!("a component called `{name}`"),
                ));
            }
            config.folders[component as usize] = Some(folder.join(name));
        }
        Ok(config)
    }

    /// The components that find or see sentences, in the order in which they stand.
    pub(crate) fn sentences(&self) -> &[Component] {
        &self.sentences
    }

    /// Those that find lemmas, in the order in which they stand.
    pub(crate) fn lemmas(&self) -> &[Component] {
        &self.lemmas
    }

    /// The settings of the trainable lemmatizer.
    pub(crate) fn edits(&self) -> &EditSettings {
        &self.edits
    }

    /// Where a component lies, if the pipeline has it.
    pub(crate) fn folder(&self, component: Component) -> Option<&Path> {
        self.folders[component as usize].as_deref()
    }
}

/// The networks whose layers this crate knows.
const ARCHITECTURES: [&str; 6] = [
    "spacy.Tok2Vec.v2",
    "spacy.Tok2VecListener.v1",
    "spacy.MultiHashEmbed.v2",
    "spacy.MaxoutWindowEncoder.v2",
    "spacy.Tagger.v2",
    "spacy.TransitionBasedParser.v2",
];

/// The languages whose normal forms spaCy finds by code, in their `lex_attrs.py`.
const OWN_NORMS: [&str; 3] = ["hi", "ht", "ne"];

/// Lines `key = value` under headings `[section]`; values are JSON.
struct Settings<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Settings<'_> {
    /// All settings: section, key, value.
    fn entries(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let mut section = "";
        self.text.lines().filter_map(move |line| {
            let line = line.trim();
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                section = name;
                return None;
            }
            let (key, value) = line.split_once('=')?;
            Some((section, key.trim(), value.trim()))
        })
    }

    /// A setting that may be left out.
    fn optional<T: serde::de::DeserializeOwned>(
        &self,
        section: &str,
        key: &str,
    ) -> Result<Option<T>, Error> {
        let value = self
            .entries()
            .find(|&(in_section, name, _)| in_section == section && name == key);
        let value = value.map(|(_, _, value)| serde_json::from_str(value));
        value.transpose().map_err(|error| {
            Error::malformed(self.path, format!("`{key}` in [{section}]: {error}"))
        })
    }

    fn value<T: serde::de::DeserializeOwned>(&self, section: &str, key: &str) -> Result<T, Error> {
        self.optional(section, key)?
            .ok_or_else(|| Error::malformed(self.path, format!("no `{key}` in [{section}]")))
    }

    fn text(&self, section: &str, key: &str) -> Result<String, Error> {
        self.value(section, key)
    }

    fn list(&self, section: &str, key: &str) -> Result<Vec<String>, Error> {
        self.value(section, key)
    }

    /// Fails if the tokenizer or the normal forms of words come from code of `language` alone. All else
    /// that languages differ in stands in the files of the pipeline.
    fn only_common_words(&self, language: &str) -> Result<(), Error> {
        let unsupported = |what: String| Err(Error::unsupported(self.path, what));
        // It stands in a section of its own or, as an object, in that of the pipeline.
        let inline = self
            .value::<serde_json::Value>("nlp", "tokenizer")
            .ok()
            .and_then(|tokenizer| Some(tokenizer.get("@tokenizers")?.as_str()?.to_owned()));
        let tokenizer = inline.or_else(|| self.text("nlp.tokenizer", "@tokenizers").ok());
        match tokenizer {
            Some(other) if other != "spacy.Tokenizer.v1" => {
                return unsupported(format!("the tokenizer `{other}`"));
            }
            _ => {}
        }
        match OWN_NORMS.contains(&language) {
            true => unsupported(format!("the normal forms of the language `{language}`")),
            false => Ok(()),
        }
    }

    /// The settings of the trainable lemmatizer `component`.
    fn edits(&self, component: &str) -> Result<EditSettings, Error> {
        let unsupported = |what: String| Err(Error::unsupported(self.path, what));
        let top_k = self.optional(component, "top_k")?.unwrap_or(1);
        if top_k > EditTrees::MOST_TRIED {
            return unsupported(format!("a trainable lemmatizer with `top_k` {top_k}"));
        }
        let backoff = self.optional::<serde_json::Value>(component, "backoff")?;
        let backs_off = match backoff {
            Some(serde_json::Value::Null) => false,
            Some(other) if other != "orth" => {
                return unsupported(format!("a trainable lemmatizer with the backoff {other}"));
            }
            _ => true,
        };
        Ok(EditSettings {
            overwrite: self.optional(component, "overwrite")?.unwrap_or(false),
            top_k,
            backs_off,
        })
    }

    /// Whether the network of `component` listens to the pipeline's encoder.
    fn listens(&self, component: &str) -> bool {
        let below = format!("{component}.");
        self.entries().any(|(section, key, value)| {
            section.starts_with(&below)
                && key == "@architectures"
                && value == r#""spacy.Tok2VecListener.v1""#
        })
    }

    /// Fails if functions of Python are to be called when the pipeline is made.
    fn no_callbacks(&self) -> Result<(), Error> {
        let callbacks = [
            "before_creation",
            "after_creation",
            "after_pipeline_creation",
        ];
        for callback in callbacks {
            let below = format!("nlp.{callback}");
            let named = self.entries().any(|(section, key, value)| {
                section == below || (section == "nlp" && key == callback && value != "null")
            });
            if named {
                let what = format!("the callback `{callback}`");
                return Err(Error::unsupported(self.path, what));
            }
        }
        Ok(())
    }

    /// Fails if the lemmatizer `component` looks words up in one table, or sets over the lemmas that
    /// the attribute ruler gave.
    fn only_lemmatizer_by_rules(&self, component: &str) -> Result<(), Error> {
        let mode = self.text(component, "mode")?;
        if mode != "rule" {
            let what = format!("the lemmatizer mode `{mode}`");
            return Err(Error::unsupported(self.path, what));
        }
        if self.optional(component, "overwrite")?.unwrap_or(false) {
            return Err(Error::unsupported(
                self.path,
                "a lemmatizer with `overwrite`",
            ));
        }
        Ok(())
    }

    /// Fails if a network under `component` is of a kind this crate does not know.
    fn only_known_architectures(&self, component: &str) -> Result<(), Error> {
        let below = format!("{component}.");
        for (section, key, value) in self.entries() {
            if section != component && !section.starts_with(&below) {
                continue;
            }
            let value = value.trim_matches('"');
            let unknown = match key {
                "@architectures" => !ARCHITECTURES.contains(&value),
                "extra_state_tokens" | "normalize" => value == "true",
                _ => false,
            };
            if unknown {
                let what = match key {
                    "@architectures" => format!("the network `{value}`"),
                    _ => format!("`{key}`"),
                };
                return Err(Error::unsupported(self.path, what));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
