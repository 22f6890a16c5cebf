//! A loaded pipeline: the components in their order.

use std::borrow::Cow;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use crate::attribute_ruler::{self, AttributeRuler, Attributes, Seen};
use crate::config::{Component, Config};
use crate::cpu::Cpu;
use crate::edit_trees::EditTrees;
use crate::error::Error;
use crate::lemmatizer::Lemmatizer;
use crate::parse::{Entity, NOTHING, Names, Parse, Word};
use crate::pipe::{self, Pipe};
use crate::sentences::Sentencizer;
use crate::token::RawToken;
use crate::tokenizer::Tokenizer;
use crate::trained::{Findings, Memories, Trained};

/// A spaCy pipeline, ready to read texts.
///
/// It can be shared between threads. What it finds in a text depends on that text alone.
#[derive(Debug)]
pub struct Pipeline {
    pub(crate) tokenizer: Tokenizer,
    pub(crate) trained: Trained,
    pub(crate) memories: Memories,
    pub(crate) sentencizer: Option<Sentencizer>,
    ruler: Option<AttributeRuler>,
    lemmatizer: Option<Lemmatizer>,
    /// Whether the trainable lemmatizer comes before the other one, if there are both.
    trees_first: bool,
    names: Arc<Names>,
}

impl Pipeline {
    /// Loads the pipeline in `folder`, the one that has `config.cfg` in it.
    ///
    /// # Errors
    ///
    /// If a file is missing or damaged, or if the pipeline has a part that this crate does not run.
    /// The error names the file.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self, Error> {
        Self::load_for(folder, Cpu::best())
    }

    /// Loads the pipeline in `folder`, as [`Pipeline::load`] does, to run on `cpu`.
    ///
    /// # Errors
    ///
    /// Those of [`Pipeline::load`].
    pub fn load_for(folder: impl AsRef<Path>, cpu: Cpu) -> Result<Self, Error> {
        let folder = folder.as_ref();
        let config = Config::load(folder)?;
        let sentencizer = config
            .folder(Component::Sentencizer)
            .map(Sentencizer::load)
            .transpose()?;
        let mut trained = Trained::load(folder, &config, cpu)?;
        trained.marks_overwrite = sentencizer.as_ref().is_some_and(|rules| rules.overwrite);
        let (tags, dependencies) = (trained.tag_names(), trained.dependency_names());
        let ruler = config
            .folder(Component::AttributeRuler)
            .map(|folder| {
                let (parts, features) = (trained.part_names(), trained.feature_names());
                let found = attribute_ruler::Names::new(tags, dependencies, parts, features);
                AttributeRuler::load(folder, found)
            })
            .transpose()?;
        let (parts, morphs) = match &ruler {
            Some(ruler) => (ruler.pos_names(), ruler.morph_names()),
            None => (trained.part_names(), trained.feature_names()),
        };
        let lemmatizer = config
            .folder(Component::Lemmatizer)
            .map(|folder| Lemmatizer::load(folder, parts, morphs))
            .transpose()?;
        let names = Names {
            tags: ruler
                .as_ref()
                .map_or(tags, AttributeRuler::tag_names)
                .to_vec(),
            parts: parts.to_vec(),
            morphs: morphs.to_vec(),
            dependencies: ruler
                .as_ref()
                .map_or(dependencies, AttributeRuler::dependency_names)
                .to_vec(),
            entities: trained.entity_names().to_vec(),
        };
        Ok(Self {
            tokenizer: Tokenizer::load(folder)?,
            sentencizer,
            trained,
            memories: Memories::default(),
            ruler,
            lemmatizer,
            trees_first: config.lemmas().first() == Some(&Component::EditTrees),
            names: Arc::new(names),
        })
    }

    /// Reads one text.
    pub fn parse(&self, text: &str) -> Parse {
        self.pipe([text]).next().expect("one text gives one parse")
    }

    /// Reads texts, each a document of its own, and gives their parses in the same order.
    ///
    /// Faster than one by one if the texts are short, with the same results.
    pub fn parse_batch<T: AsRef<str>>(&self, texts: &[T]) -> Vec<Parse> {
        self.pipe(texts).collect()
    }

    /// Reads texts as they come, each a document of its own, and gives their parses in the same order.
    ///
    /// It takes some texts ahead of the parses it gives, so that short ones go through the networks
    /// together. Memory is bounded by the longest text, not by their number.
    pub fn pipe<I>(&self, texts: I) -> Pipe<'_, I::IntoIter>
    where
        I: IntoIterator<Item: AsRef<str>>,
    {
        Pipe::new(self, texts.into_iter())
    }

    /// Reads texts on several threads and hands their parses to `each`, on this one, in the order of
    /// the texts.
    ///
    /// Memory is bounded by the number of threads and the longest texts. One thread needs no others: with
    /// `threads` 1 all is done here.
    ///
    /// ```
    /// # let pipeline = svodka_nlp::Pipeline::load("../../models/en_core_web_sm-3.8.0")?;
    /// let reports = ["The strike began in London.", "It ended on Monday."];
    /// let mut found = Vec::new();
    /// pipeline.pipe_on(std::thread::available_parallelism()?, reports, |parse| {
    ///     found.extend(parse.entities().map(|entity| entity.text().to_owned()));
    ///     Ok::<(), std::io::Error>(())
    /// })?;
    /// assert_eq!(found, ["London", "Monday"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of `each`, after which no more texts are taken.
    pub fn pipe_on<I, E>(
        &self,
        threads: NonZeroUsize,
        texts: I,
        each: impl FnMut(Parse) -> Result<(), E>,
    ) -> Result<(), E>
    where
        I: IntoIterator<Item: AsRef<str> + Send>,
    {
        pipe::on_threads(self, threads, texts.into_iter(), each)
    }

    /// Puts together what the trained components and the others find in a text.
    pub(crate) fn assemble(&self, text: &str, tokens: &[RawToken], findings: &Findings) -> Parse {
        let attributes = self.attributes(text, tokens, findings);
        let mut words = Vec::with_capacity(tokens.len());
        let tried = self.trained.edit_trees.as_ref().map_or(0, EditTrees::tried);
        let edits_of = |index: usize| {
            let edits = findings.edits.get(index * tried..(index + 1) * tried);
            edits.unwrap_or_default()
        };
        for (index, (token, attributes)) in tokens.iter().zip(attributes).enumerate() {
            let syntax = findings.syntax.as_ref();
            words.push(Word {
                start: token.start,
                end: token.end,
                lemma: self.lemma(&text[token.start..token.end], attributes, edits_of(index)),
                head: syntax.map_or(index as u32, |syntax| syntax.heads[index]),
                tag: attributes.tag.unwrap_or(NOTHING),
                part: attributes.pos,
                morph: attributes.morph,
                dependency: attributes.dependency.unwrap_or(NOTHING),
                space_after: token.space_after,
                sentence_start: findings.starts.get(index) == Some(&Some(true)),
                entity: None,
            });
        }
        let mut entities = Vec::with_capacity(findings.entities.len());
        for (tokens, label) in &findings.entities {
            let tokens = tokens.start as usize..tokens.end as usize;
            for word in &mut words[tokens.clone()] {
                word.entity = Some(entities.len() as u32);
            }
            entities.push(Entity {
                tokens,
                label: *label,
            });
        }
        Parse::new(text, words, entities, Arc::clone(&self.names))
    }

    /// What the tokens are once the attribute ruler, if there is one, has seen them.
    fn attributes(&self, text: &str, tokens: &[RawToken], findings: &Findings) -> Vec<Attributes> {
        let seen = tokens.iter().enumerate().map(|(index, token)| Seen {
            text: &text[token.start..token.end],
            tag: findings.tags.get(index).copied(),
            dependency: findings.syntax.as_ref().map(|syntax| syntax.labels[index]),
            form: findings.forms.get(index).copied().unwrap_or_default(),
            is_space: token.is_space,
        });
        match &self.ruler {
            Some(ruler) => ruler.apply(seen),
            None => seen
                .map(|seen| Attributes {
                    tag: seen.tag,
                    dependency: seen.dependency,
                    pos: seen.form.part,
                    morph: seen.form.features,
                    lemma: 0,
                })
                .collect(),
        }
    }

    /// The lemma of a word, unless it is the word itself. `edits` are the labels that the trainable
    /// lemmatizer tries.
    fn lemma(&self, word: &str, attributes: Attributes, edits: &[u16]) -> Option<Box<str>> {
        let mut lemma: Cow<'_, str> = match &self.ruler {
            Some(ruler) => (&*ruler.lemma_names()[usize::from(attributes.lemma)]).into(),
            None => "".into(),
        };
        let trees = self.trained.edit_trees.as_ref();
        // A lemma that is there stands, unless the component overwrites.
        let edit = |lemma: &mut Cow<'_, str>| {
            if let Some(trees) = trees
                && (lemma.is_empty() || trees.overwrite)
                && let Some(found) = trees.lemma(word, edits)
            {
                *lemma = found.into();
            }
        };
        if self.trees_first {
            edit(&mut lemma);
        }
        if let Some(lemmatizer) = &self.lemmatizer
            && lemma.is_empty()
        {
            lemma = lemmatizer.lemma(word, attributes.pos, attributes.morph);
        }
        if !self.trees_first {
            edit(&mut lemma);
        }
        (lemma != word).then(|| lemma.into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rmpv::Value;

    use super::*;
    use crate::sample;

    #[test]
    fn a_pipeline_of_all_components_reads_a_text() {
        let folder = tempfile::tempdir().unwrap();
        sample::write(folder.path());
        assert_eq!(sample::VERB, crate::strings::string_id("verb"));
        let pipeline = Pipeline::load(folder.path()).unwrap();
        let parse = pipeline.parse("They (don't) strike at www.mill.org, ...");
        let tokens: Vec<_> = parse.tokens().map(|token| token.text()).collect();
        let expected = [
            "They",
            "(",
            "do",
            "n't",
            ")",
            "strike",
            "at",
            "www.mill.org",
            ",",
            "...",
        ];
        assert_eq!(tokens, expected);
        let verbs = parse.tokens().filter(|token| token.tag() == "VB");
        assert!(verbs.into_iter().all(|token| token.pos() == "VERB"));
        assert_eq!(
            pipeline.parse(" ").token(0).map(|token| token.tag()),
            Some("_SP")
        );
    }
    /// Makes every number in the arrays of a file `number`.
    fn fill(value: &mut Value, number: f32) {
        match value {
            Value::Map(entries) => {
                for (key, value) in entries {
                    match value {
                        Value::Binary(data) if key.as_str() == Some("data") => {
                            data.as_chunks_mut().0.fill(number.to_le_bytes());
                        }
                        _ => fill(value, number),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| fill(item, number)),
            _ => {}
        }
    }

    #[test]
    fn weights_that_lead_to_numbers_that_are_none_still_give_a_parse() {
        let files = ["tok2vec/model", "tagger/model", "parser/model", "ner/model"];
        for number in [f32::MAX, f32::MIN, f32::MIN_POSITIVE, 0.0] {
            let folder = tempfile::tempdir().unwrap();
            sample::write(folder.path());
            for file in files {
                let path = folder.path().join(file);
                let bytes = std::fs::read(&path).unwrap();
                let mut root = rmpv::decode::read_value(&mut &*bytes).unwrap();
                fill(&mut root, number);
                let mut bytes = Vec::new();
                rmpv::encode::write_value(&mut bytes, &root).unwrap();
                std::fs::write(path, bytes).unwrap();
            }
            let pipeline = Pipeline::load(folder.path()).unwrap();
            let text = "They strike at www.mill.org, and nobody knew. ".repeat(40);
            let parse = pipeline.parse(&text);
            assert_eq!(parse, pipeline.parse_batch(&[&*text, &text])[1]);
            let roots = parse.tokens().filter(|token| token.head() == *token);
            let reached: usize = roots.map(|root| root.subtree().count()).sum();
            assert_eq!(reached, parse.len());
        }
    }

    #[test]
    fn without_a_parser_the_senter_or_the_sentencizer_tells_sentences() {
        let folder = tempfile::tempdir().unwrap();
        sample::write(folder.path());
        let path = folder.path().join("config.cfg");
        let config = std::fs::read_to_string(&path).unwrap();
        let starts = |config: &str| {
            std::fs::write(&path, config).unwrap();
            let parse = Pipeline::load(folder.path())
                .unwrap()
                .parse("They struck . ( Then on .");
            parse
                .tokens()
                .map(|token| token.is_sent_start())
                .collect::<Vec<_>>()
        };
        let morphologizer = config.replace(r#""tagger","#, r#""morphologizer","#)
            + "[components.morphologizer]\nfactory = \"morphologizer\"\n";
        assert_eq!(starts(&morphologizer).len(), 7);
        let none = config.replace(r#""parser","#, "");
        assert_eq!(
            starts(&none),
            [true, false, false, false, false, false, false]
        );
        let senter = none.replace(r#"disabled = ["senter"]"#, "disabled = []");
        assert!(starts(&senter)[0]);
        let marks = r#"{"punct_chars":["."],"overwrite":false}"#;
        std::fs::write(folder.path().join("marks.json"), marks).unwrap();
        let sentencizer = none.replace(r#""tok2vec","#, r#""marks","tok2vec","#);
        let sentencizer = format!("{sentencizer}\n[components.marks]\nfactory = \"sentencizer\"\n");
        assert_eq!(
            starts(&sentencizer),
            [true, false, false, false, true, false, false]
        );
    }

    const FILES: [&str; 15] = [
        "config.cfg",
        "tokenizer",
        "vocab/lookups.bin",
        "vocab/vectors.cfg",
        "vocab/vectors",
        "vocab/key2row",
        "tok2vec/model",
        "tagger/cfg",
        "tagger/model",
        "parser/moves",
        "parser/model",
        "attribute_ruler/patterns",
        "lemmatizer/lookups/lookups.bin",
        "ner/moves",
        "ner/model",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn a_folder_with_a_damaged_file_is_an_error_or_reads_texts(
            file in prop::sample::select(FILES.to_vec()),
            at: prop::sample::Index,
            removed in 0_usize..9,
            written in prop::collection::vec(any::<u8>(), 0..9),
        ) {
            let folder = tempfile::tempdir().unwrap();
            sample::write(folder.path());
            let path = folder.path().join(file);
            let mut bytes = std::fs::read(&path).unwrap();
            // The names and shapes stand at the front, numbers make up most of the rest.
            let at = at.index(bytes.len().min(2_000));
            let until = bytes.len().min(at + removed);
            bytes.splice(at..until, written);
            std::fs::write(&path, bytes).unwrap();
            if let Ok(pipeline) = Pipeline::load(folder.path()) {
                pipeline.parse("They strike at www.mill.org :), and nobody (don't) verb.\n");
            }
        }
    }
}
