//! The trained half of a pipeline: encoder, tagger, parser and entity recogniser.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::config::{Component, Config};
use crate::cpu::Cpu;
use crate::edit_trees::EditTrees;
use crate::error::Error;
use crate::morphologizer::{Form, Morphologizer};
use crate::ner::{Entity, Recogniser};
use crate::network::batch::{Batch, Kinds};
use crate::network::scorer::Space;
use crate::network::static_vectors::StaticVectors;
use crate::network::tok2vec::{self, Embedded, Tok2Vec};
use crate::parser::{Parser, State, Syntax};
use crate::sentences::{self, Outset, Senter, Start};
use crate::tagger::Tagger;
use crate::weights::ModelFile;

/// The trained components a pipeline has.
#[derive(Debug)]
pub(crate) struct Trained {
    /// The word vectors, if an encoder uses them.
    words: Option<StaticVectors>,
    shared: Option<Tok2Vec>,
    tagger: Option<Tagger>,
    parser: Option<Parser>,
    senter: Option<Senter>,
    morphologizer: Option<Morphologizer>,
    recogniser: Option<Recogniser>,
    pub(crate) edit_trees: Option<EditTrees>,
    /// Whether what the sentencizer finds is set over what others found.
    pub(crate) marks_overwrite: bool,
    /// The components that find or see sentences, in their order.
    order: Vec<Component>,
}

/// What the trained components say of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Findings {
    /// The number of each token's tag; empty without a tagger.
    pub(crate) tags: Vec<u16>,
    /// The part of speech and features of each token; empty without a morphologizer.
    pub(crate) forms: Vec<Form>,
    /// The labels that the trainable lemmatizer tries for each token, one token's behind the other's.
    pub(crate) edits: Vec<u16>,
    /// Without a parser, `None`.
    pub(crate) syntax: Option<Syntax>,
    /// Whether each token starts a sentence.
    pub(crate) starts: Vec<Start>,
    /// In the order of the text.
    pub(crate) entities: Vec<Entity>,
}

/// Memory that is kept between batches. What is found does not depend on it.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    kinds: Kinds,
    shared: Own,
    tagger: Own,
    parser: Own,
    state: State,
    senter: Own,
    morphologizer: Own,
    edit_trees: Own,
    recogniser: Own,
}

/// The memory of one component.
#[derive(Debug, Default)]
struct Own {
    embedded: Embedded,
    space: Space,
}

/// Memory that no reading uses now.
///
/// Short texts that are read one after the other share most of their words: what was computed for these is at hand for
/// whoever reads next. There are as many as readings went on at a time, each within its bounds.
#[derive(Debug, Default)]
pub(crate) struct Memories(Mutex<Vec<Memory>>);

impl Memories {
    /// Memory that was used before, if any is free.
    pub(crate) fn take(&self) -> Memory {
        self.free().pop().unwrap_or_default()
    }

    /// Keeps memory for the next reading.
    pub(crate) fn give_back(&self, memory: Memory) {
        self.free().push(memory);
    }

    fn free(&self) -> MutexGuard<'_, Vec<Memory>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// The kinds of token to number the next batch by.
    pub(crate) fn kinds(&mut self) -> &mut Kinds {
        &mut self.kinds
    }

    /// Keeps the memory within its bounds; the next batch begins after this.
    fn end_batch(&mut self) {
        if self.kinds.make_room() {
            for own in [
                &mut self.shared,
                &mut self.tagger,
                &mut self.parser,
                &mut self.senter,
                &mut self.morphologizer,
                &mut self.edit_trees,
                &mut self.recogniser,
            ] {
                own.embedded = Embedded::default();
            }
        }
    }
}

impl Trained {
    /// Loads what `config` asks for of the pipeline in `root`, to run on `cpu`.
    pub(crate) fn load(root: &Path, config: &Config, cpu: Cpu) -> Result<Self, Error> {
        let shared = match config.folder(Component::Tok2Vec) {
            Some(folder) => {
                let file = ModelFile::load(&folder.join("model"), cpu)?;
                file.only_layers(&tok2vec::LAYERS)?;
                Some(Tok2Vec::load(&file)?)
            }
            None => None,
        };
        let width = shared.as_ref().map(Tok2Vec::width);
        let folder = |component| config.folder(component);
        let mut trained = Self {
            words: None,
            tagger: folder(Component::Tagger)
                .map(|folder| Tagger::load(folder, width, cpu))
                .transpose()?,
            parser: folder(Component::Parser)
                .map(|folder| Parser::load(folder, width, cpu))
                .transpose()?,
            senter: folder(Component::Senter)
                .map(|folder| Senter::load(folder, width, cpu))
                .transpose()?,
            morphologizer: folder(Component::Morphologizer)
                .map(|folder| Morphologizer::load(folder, width, cpu))
                .transpose()?,
            edit_trees: folder(Component::EditTrees)
                .map(|folder| EditTrees::load(root, folder, config.edits(), width, cpu))
                .transpose()?,
            recogniser: folder(Component::Ner)
                .map(|folder| Recogniser::load(folder, width, cpu))
                .transpose()?,
            marks_overwrite: false,
            order: config.sentences().to_vec(),
            shared,
        };
        trained.load_words(root)?;
        Ok(trained)
    }

    /// Loads the word vectors if an encoder uses them.
    fn load_words(&mut self, root: &Path) -> Result<(), Error> {
        let encoders = [
            self.shared.as_ref(),
            self.tagger
                .as_ref()
                .and_then(|tagger| tagger.tok2vec.as_ref()),
            self.parser
                .as_ref()
                .and_then(|parser| parser.tok2vec.as_ref()),
            self.senter
                .as_ref()
                .and_then(|senter| senter.tagger.tok2vec.as_ref()),
            self.morphologizer
                .as_ref()
                .and_then(|morphologizer| morphologizer.tagger.tok2vec.as_ref()),
            self.edit_trees
                .as_ref()
                .and_then(|trees| trees.tagger.tok2vec.as_ref()),
            self.recogniser
                .as_ref()
                .and_then(|ner| ner.tok2vec.as_ref()),
        ];
        let mut widths = encoders
            .into_iter()
            .flatten()
            .filter_map(Tok2Vec::word_vectors);
        let Some(width) = widths.next() else {
            return Ok(());
        };
        let words = StaticVectors::load(root)?;
        match widths.chain([width]).find(|&width| width != words.width()) {
            None => {
                self.words = Some(words);
                Ok(())
            }
            Some(width) => Err(Error::malformed(
                &root.join("vocab/vectors"),
                format!(
                    "vectors of {} numbers, where the encoder takes {width}",
                    words.width()
                ),
            )),
        }
    }

    /// Whether the vector of a token depends on its very text, by way of word vectors.
    pub(crate) fn has_vectors(&self) -> bool {
        self.words.is_some()
    }

    /// The tags by number.
    pub(crate) fn tag_names(&self) -> &[String] {
        self.tagger.as_ref().map_or(&[], Tagger::label_names)
    }

    /// The coarse parts of speech that the morphologizer gives, by number; number 0 is the empty name.
    pub(crate) fn part_names(&self) -> &[String] {
        self.morphologizer
            .as_ref()
            .map_or(&NO_NAME, Morphologizer::part_names)
    }

    /// The sets of features that the morphologizer gives, by number; number 0 is the empty name.
    pub(crate) fn feature_names(&self) -> &[String] {
        self.morphologizer
            .as_ref()
            .map_or(&NO_NAME, Morphologizer::feature_names)
    }

    /// The dependency labels by number.
    pub(crate) fn dependency_names(&self) -> &[String] {
        self.parser.as_ref().map_or(&[], Parser::label_names)
    }

    /// The entity labels by number.
    pub(crate) fn entity_names(&self) -> &[String] {
        self.recogniser
            .as_ref()
            .map_or(&[], Recogniser::label_names)
    }

    /// Runs the components on every document of a batch. `outsets` has what is known of the sentences
    /// of each.
    ///
    /// What is found in a document does not depend on the others.
    pub(crate) fn run(
        &self,
        batch: &Batch,
        outsets: &[Outset],
        memory: &mut Memory,
    ) -> Vec<Findings> {
        let Memory {
            kinds,
            shared: shared_memory,
            tagger: tagger_memory,
            parser: parser_memory,
            state,
            senter: senter_memory,
            morphologizer: morphologizer_memory,
            edit_trees: edit_trees_memory,
            recogniser: recogniser_memory,
        } = &mut *memory;
        let vectors = |encoder: Option<&Tok2Vec>, own: &mut Own| {
            let (encoder, words) = (encoder?, self.words.as_ref());
            let values = encoder.apply(batch, kinds, words, &mut own.embedded);
            let width = encoder.width();
            Some(Vectors { values, width })
        };
        let shared = vectors(self.shared.as_ref(), shared_memory);

        let mut tags = Vec::new();
        if let Some(tagger) = &self.tagger {
            let own = vectors(tagger.tok2vec.as_ref(), tagger_memory);
            if let Some(vectors) = own.as_ref().or(shared.as_ref()) {
                tags = tagger.tag(&vectors.values);
            }
        }
        let mut forms = Vec::new();
        if let Some(morphologizer) = &self.morphologizer {
            let own = vectors(morphologizer.tagger.tok2vec.as_ref(), morphologizer_memory);
            if let Some(vectors) = own.as_ref().or(shared.as_ref()) {
                let labels = morphologizer.tagger.tag(&vectors.values).into_iter();
                forms = labels.map(|label| morphologizer.form(label)).collect();
            }
        }
        let (mut edits, mut tried) = (Vec::new(), 0);
        if let Some(trees) = &self.edit_trees {
            let own = vectors(trees.tagger.tok2vec.as_ref(), edit_trees_memory);
            if let Some(vectors) = own.as_ref().or(shared.as_ref()) {
                edits = trees.candidates(&vectors.values);
                tried = trees.tried();
            }
        }
        let mut sentence_tags = Vec::new();
        if let Some(senter) = &self.senter {
            let own = vectors(senter.tagger.tok2vec.as_ref(), senter_memory);
            if let Some(vectors) = own.as_ref().or(shared.as_ref()) {
                sentence_tags = senter.tagger.tag(&vectors.values);
            }
        }
        let parser = self.parser.as_ref();
        let parser_own = parser.and_then(|parser| vectors(parser.tok2vec.as_ref(), parser_memory));
        let recogniser = self.recogniser.as_ref();
        let recogniser_own = recogniser
            .and_then(|recogniser| vectors(recogniser.tok2vec.as_ref(), recogniser_memory));

        let mut from = 0;
        let mut findings = Vec::with_capacity(batch.documents().len());
        let mut is_space = Vec::new();
        for (document, outset) in batch.documents().zip(outsets) {
            let until = from + document.kinds.len();
            let kinds_of = document.kinds.iter();
            is_space.clear();
            is_space.extend(kinds_of.map(|&kind| kinds.list()[kind as usize].is_space));
            let mut starts = outset.starts(is_space.len());
            let mut syntax = None;
            let mut entities = Vec::new();
            for component in &self.order {
                match component {
                    Component::Senter => {
                        if let Some(senter) = &self.senter {
                            let tags = sentence_tags.get(from..until).unwrap_or_default();
                            let found = tags.iter().map(|&tag| tag == Senter::START);
                            sentences::set(&mut starts, found, senter.overwrite);
                        }
                    }
                    Component::Sentencizer => {
                        let found = outset.marked.iter().copied();
                        sentences::set(&mut starts, found, self.marks_overwrite);
                    }
                    Component::Parser => {
                        let vectors = parser_own.as_ref().or(shared.as_ref());
                        if let Some((parser, vectors)) = parser.zip(vectors) {
                            let space = &mut parser_memory.space;
                            let vectors = vectors.of(from, until);
                            let mut found = parser.parse(vectors, &is_space, &starts, space, state);
                            // It has the last word, whatever was known before.
                            let sentence_starts = std::mem::take(&mut found.sentence_starts);
                            sentences::set(&mut starts, sentence_starts, true);
                            syntax = Some(found);
                        }
                    }
                    _ => {
                        let vectors = recogniser_own.as_ref().or(shared.as_ref());
                        if let Some((recogniser, vectors)) = recogniser.zip(vectors) {
                            let space = &mut recogniser_memory.space;
                            let vectors = vectors.of(from, until);
                            entities = recogniser.recognise(vectors, &is_space, &starts, space);
                        }
                    }
                }
            }
            findings.push(Findings {
                tags: tags.get(from..until).unwrap_or_default().to_vec(),
                forms: forms.get(from..until).unwrap_or_default().to_vec(),
                edits: edits
                    .get(tried * from..tried * until)
                    .unwrap_or_default()
                    .to_vec(),
                syntax,
                starts,
                entities,
            });
            from = until;
        }
        memory.end_batch();
        findings
    }
}

/// The names where nothing gives any: only the empty one.
static NO_NAME: [String; 1] = [String::new()];

/// The token vectors of a batch.
struct Vectors {
    values: Vec<f32>,
    width: usize,
}

impl Vectors {
    /// The vectors of the tokens from `from` to `until`.
    fn of(&self, from: usize, until: usize) -> &[f32] {
        &self.values[from * self.width..until * self.width]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::network::features::Features;
    use crate::sample;
    use crate::token::RawToken;

    fn load(folder: &Path) -> Result<Trained, Error> {
        Trained::load(folder, &Config::load(folder)?, Cpu::best())
    }

    fn sample() -> Trained {
        let folder = tempfile::tempdir().unwrap();
        sample::write(folder.path());
        load(folder.path()).unwrap()
    }

    fn run(trained: &Trained, documents: &[Vec<Features>], memory: &mut Memory) -> Vec<Findings> {
        let mut batch = Batch::default();
        for document in documents {
            batch.push(document.iter().copied(), memory.kinds());
        }
        let outsets = documents
            .iter()
            .map(|document| Outset::new(None, "", &vec![RawToken::default(); document.len()]));
        trained.run(&batch, &outsets.collect::<Vec<_>>(), memory)
    }

    prop_compose! {
        fn features()(
            norm in 0_u64..40,
            prefix: u64,
            suffix in 0_u64..20,
            shape in 0_u64..10,
            space_after: bool,
            is_space in prop::bool::weighted(0.1),
        ) -> Features {
            Features { norm, prefix, suffix, shape, word: 0, space_after, is_space }
        }
    }

    fn documents() -> impl Strategy<Value = Vec<Vec<Features>>> {
        prop::collection::vec(prop::collection::vec(features(), 0..90), 0..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_document_is_read_the_same_alone_and_among_others(documents in documents()) {
            let trained = sample();
            let mut memory = Memory::default();
            let together = run(&trained, &documents, &mut memory);
            prop_assert_eq!(together.len(), documents.len());
            for (document, together) in documents.into_iter().zip(together) {
                let alone = run(&trained, std::slice::from_ref(&document), &mut Memory::default());
                prop_assert_eq!(&alone[0], &together);
                prop_assert_eq!(together.tags.len(), document.len());
            }
        }

        #[test]
        fn entities_lie_in_order_within_sentences_and_do_not_begin_on_white_space(
            document in prop::collection::vec(features(), 0..200),
        ) {
            let found = run(&sample(), std::slice::from_ref(&document), &mut Memory::default()).remove(0);
            let starts: Vec<bool> = found.starts.iter().map(|start| *start == Some(true)).collect();
            prop_assert_eq!(starts.first(), document.first().map(|_| &true));
            let mut from = 0;
            for (tokens, _) in found.entities {
                prop_assert!(from <= tokens.start && tokens.start < tokens.end);
                let (first, rest) = (tokens.start as usize, tokens.start as usize + 1..tokens.end as usize);
                prop_assert!(!document[first].is_space);
                prop_assert!(!starts[rest].contains(&true));
                from = tokens.end;
            }
        }
    }

    #[test]
    fn a_document_longer_than_the_kept_shares_is_read_to_its_end() {
        let token = |index: u64| Features {
            norm: index % 997,
            prefix: 0,
            suffix: index % 31,
            shape: index % 7,
            word: 0,
            space_after: true,
            is_space: false,
        };
        let document: Vec<Features> = (0..5_000).map(token).collect();
        let found = run(&sample(), &[document], &mut Memory::default()).remove(0);
        assert_eq!(found.syntax.unwrap().heads.len(), 5_000);
    }

    #[test]
    fn kinds_of_token_that_are_forgotten_are_computed_again() {
        let trained = sample();
        let mut memory = Memory::default();
        let token = |norm: usize| Features {
            norm: norm as u64,
            prefix: 0,
            suffix: norm as u64 % 31,
            shape: norm as u64 % 7,
            word: 0,
            space_after: true,
            is_space: false,
        };
        let rounds = 2 * Kinds::KEPT / 3000 + 2;
        for round in 0..rounds {
            let document: Vec<Features> =
                (0..3000).map(|index| token(round * 1000 + index)).collect();
            let kept = run(&trained, std::slice::from_ref(&document), &mut memory);
            assert_eq!(kept, run(&trained, &[document], &mut Memory::default()));
            assert!(memory.kinds().list().len() <= Kinds::KEPT + 3000);
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let files = [
            "config.cfg",
            "tok2vec/model",
            "tagger/cfg",
            "tagger/model",
            "parser/moves",
            "parser/model",
            "ner/moves",
            "ner/model",
        ];
        for file in files {
            let folder = tempfile::tempdir().unwrap();
            sample::write(folder.path());
            let gone = folder.path().join(file);
            std::fs::remove_file(&gone).unwrap();
            match load(folder.path()) {
                Err(Error::MissingFile { path }) => assert_eq!(path, gone),
                other => panic!("{file}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_file_of_another_component_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let models = ["tok2vec/model", "tagger/model", "parser/model", "ner/model"];
        for at in models {
            for from in models.into_iter().filter(|&from| from != at) {
                sample::write(folder.path());
                std::fs::copy(folder.path().join(from), folder.path().join(at)).unwrap();
                assert!(load(folder.path()).is_err(), "{from} as {at}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_damaged_file_is_an_error_or_harmless(
            file in prop::sample::select(vec!["tok2vec/model", "parser/model", "ner/moves", "tagger/cfg"]),
            at: prop::sample::Index,
            byte: u8,
        ) {
            let folder = tempfile::tempdir().unwrap();
            sample::write(folder.path());
            let path = folder.path().join(file);
            let mut bytes = std::fs::read(&path).unwrap();
            // The names and shapes stand at the front, numbers make up most of the rest.
            let at = at.index(bytes.len().min(2_000));
            bytes[at] = byte;
            std::fs::write(&path, bytes).unwrap();
            if let Ok(trained) = load(folder.path()) {
                let token = Features {
                    norm: 1, prefix: 2, suffix: 3, shape: 4, word: 0, space_after: true, is_space: false,
                };
                run(&trained, &[vec![token; 10]], &mut Memory::default());
            }
        }
    }
}
