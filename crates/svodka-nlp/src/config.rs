//! Reads `config.cfg`: which components a pipeline has, and in what order they run.

use std::path::{Path, PathBuf};

use crate::error::{Error, read_file};

/// What a pipeline folder asks for.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// Where each component lies, by what it is; `None` if the pipeline has none.
    folders: [Option<PathBuf>; Component::ALL.len()],
    /// Whether entities are looked for after sentences.
    sentences_before_ner: bool,
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
    Ner,
}

impl Component {
    /// Every component, in the order they are run in.
    const ALL: [Self; 9] = [
        Self::Tok2Vec,
        Self::Tagger,
        Self::Morphologizer,
        Self::Parser,
        Self::Senter,
        Self::Sentencizer,
        Self::AttributeRuler,
        Self::Lemmatizer,
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
            Self::Ner => "ner",
        }
    }

    /// The stages of a pipeline: what a component finds depends on all stages before its own. A
    /// component without a stage may stand anywhere.
    fn stage(self) -> Option<u8> {
        match self {
            Self::Tok2Vec => Some(0),
            Self::Tagger | Self::Morphologizer | Self::Parser | Self::Senter => Some(1),
            Self::AttributeRuler => Some(2),
            Self::Lemmatizer => Some(3),
            Self::Sentencizer | Self::Ner => None,
        }
    }

    /// Whether it does the same behind `before` as this crate has it do; if not, why.
    fn may_follow(self, before: &[Self]) -> Result<(), String> {
        let factory = self.factory();
        if before.contains(&self) {
            return Err(format!("a second `{factory}`"));
        }
        let late = match self.stage() {
            Some(stage) => before.iter().any(|before| before.stage() > Some(stage)),
            None => false,
        };
        // It may be what the recogniser listens to.
        let late = late || self == Self::Tok2Vec && before.contains(&Self::Ner);
        if late {
            return Err(format!(
                "`{factory}` behind a component it usually comes before"
            ));
        }
        match before.iter().find(|before| before.finds_sentences()) {
            Some(other) if self.finds_sentences() => {
                Err(format!("`{factory}` beside `{}`", other.factory()))
            }
            _ => Ok(()),
        }
    }

    /// Whether it finds sentences.
    fn finds_sentences(self) -> bool {
        matches!(self, Self::Parser | Self::Senter | Self::Sentencizer)
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
            config.sentences_before_ner |=
                component == Component::Ner && before.iter().any(|before| before.finds_sentences());
            component.may_follow(&before).map_err(unsupported)?;
            before.push(component);
            settings.only_known_architectures(&section)?;
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

    /// Whether entities are looked for after sentences, which they then respect.
    pub(crate) fn sentences_before_ner(&self) -> bool {
        self.sentences_before_ner
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

    fn value<T: serde::de::DeserializeOwned>(&self, section: &str, key: &str) -> Result<T, Error> {
        let value = self
            .entries()
            .find(|&(in_section, name, _)| in_section == section && name == key)
            .map(|(_, _, value)| value)
            .ok_or_else(|| Error::malformed(self.path, format!("no `{key}` in [{section}]")))?;
        serde_json::from_str(value).map_err(|error| {
            Error::malformed(self.path, format!("`{key}` in [{section}]: {error}"))
        })
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

    /// Fails if the lemmatizer `component` looks words up in one table, or sets over the lemmas that
    /// the attribute ruler gave.
    fn only_lemmatizer_by_rules(&self, component: &str) -> Result<(), Error> {
        let mode = self.text(component, "mode")?;
        if mode != "rule" {
            let what = format!("the lemmatizer mode `{mode}`");
            return Err(Error::unsupported(self.path, what));
        }
        if self.value(component, "overwrite")? {
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
                "extra_state_tokens" => value == "true",
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
mod tests {
    use super::*;

    const SOUND: &str = r#"
[nlp]
lang = "en"
pipeline = ["tok2vec","tagger","senter","ner"]
disabled = ["senter"]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tagger]
factory = "tagger"

[components.senter]
factory = "senter"

[components.ner]
factory = "ner"
"#;

    fn read(text: &str) -> Result<Config, Error> {
        Config::read(Path::new("folder"), Path::new("folder/config.cfg"), text)
    }

    fn refused(from: &str, to: &str) -> String {
        assert!(SOUND.contains(from));
        read(&SOUND.replace(from, to)).unwrap_err().to_string()
    }

    #[test]
    fn components_are_found_by_what_they_are_and_disabled_ones_left_out() {
        let config = read(SOUND).unwrap();
        assert_eq!(config.folder(Component::Ner), Some(Path::new("folder/ner")));
        assert_eq!(config.folder(Component::Parser), None);
    }

    #[test]
    fn what_is_not_run_is_named() {
        let told = "folder/config.cfg: this pipeline uses";
        for (from, to, what) in [
            (
                r#"factory = "ner""#,
                r#"factory = "textcat""#,
                "the component `textcat`",
            ),
            (
                r#"pipeline = ["tok2vec","tagger","senter","ner"]
disabled = ["senter"]"#,
                r#"pipeline = ["tok2vec","parser","senter"]
disabled = []
[components.parser]
factory = "parser"
"#,
                "`senter` beside `parser`",
            ),
            (
                r#""tok2vec","tagger","senter","ner""#,
                r#""tok2vec","tagger","tagger""#,
                "a second `tagger`",
            ),
            (
                r#""en""#,
                r#""hi""#,
                "the normal forms of the language `hi`",
            ),
            (
                r#""en""#,
                "\"ja\"\ntokenizer = {\"@tokenizers\":\"spacy.ja.JapaneseTokenizer\"}",
                "the tokenizer `spacy.ja.JapaneseTokenizer`",
            ),
            (
                "spacy.Tok2Vec.v2",
                "acme.Tok2Vec.v1",
                "the network `acme.Tok2Vec.v1`",
            ),
            (
                r#""tok2vec","tagger","senter","ner""#,
                r#""ner","tok2vec""#,
                "`tok2vec` behind a component it usually comes before",
            ),
            (
                r#"factory = "ner""#,
                "factory = \"lemmatizer\"\nmode = \"lookup\"",
                "the lemmatizer mode `lookup`",
            ),
            (
                r#"factory = "ner""#,
                "factory = \"lemmatizer\"\nmode = \"rule\"\noverwrite = true",
                "a lemmatizer with `overwrite`",
            ),
        ] {
            assert_eq!(
                refused(from, to),
                format!("{told} {what}, which svodka-nlp does not run")
            );
        }
    }

    #[test]
    fn entities_may_be_looked_for_before_sentences_and_before_tags() {
        let read = |order: &str| {
            let parts = ["parser", "attribute_ruler"]
                .map(|name| format!("[components.{name}]\nfactory = \"{name}\"\n"))
                .concat();
            let text = SOUND.replace(r#""tok2vec","tagger","senter","ner""#, order) + &parts;
            read(&text).map(|config| config.sentences_before_ner())
        };
        assert!(read(r#""tok2vec","parser","ner","tagger","attribute_ruler""#).unwrap());
        assert!(!read(r#""tok2vec","ner","tagger","parser""#).unwrap());
        assert!(!read(r#""tok2vec","ner""#).unwrap());
        assert!(read(r#""attribute_ruler","tagger""#).is_err());
    }

    #[test]
    fn other_languages_are_read_but_not_their_lemmatizers() {
        let french = SOUND.replace(r#""en""#, r#""fr""#);
        assert!(read(&french).is_ok());
        let lemmatizer = french.replace(r#"factory = "ner""#, r#"factory = "lemmatizer""#);
        let error = read(&lemmatizer).unwrap_err().to_string();
        assert!(
            error.contains("the lemmatizer of the language `fr`"),
            "{error}"
        );
    }

    #[test]
    fn a_damaged_configuration_is_an_error() {
        assert!(refused("pipeline = [", "pipeline = ").contains("`pipeline` in [nlp]"));
        assert!(refused("lang =", "language =").contains("no `lang` in [nlp]"));
        assert!(refused("\"ner\"]", "\"../ner\"]").contains("no `factory` in [components.../ner]"));
    }
}
