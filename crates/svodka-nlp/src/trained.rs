//! The trained half of a pipeline: encoder, tagger, parser and entity recogniser.

use crate::config::{Component, Config};
use crate::error::Error;
use crate::ner::{Entity, Recogniser};
use crate::network::batch::Batch;
use crate::network::scorer::Space;
use crate::network::tok2vec::{self, Tok2Vec};
use crate::parser::{Parser, Syntax};
use crate::tagger::Tagger;
use crate::weights::ModelFile;

/// The trained components a pipeline has.
#[derive(Debug)]
pub(crate) struct Trained {
    shared: Option<Tok2Vec>,
    tagger: Option<Tagger>,
    parser: Option<Parser>,
    recogniser: Option<Recogniser>,
}

/// What the trained components say of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Findings {
    /// The number of each token's tag; empty without a tagger.
    pub(crate) tags: Vec<u16>,
    /// Without a parser, `None`.
    pub(crate) syntax: Option<Syntax>,
    /// In the order of the text.
    pub(crate) entities: Vec<Entity>,
}

/// Memory that is kept between batches.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    parser: Space,
    recogniser: Space,
}

impl Trained {
    /// Loads what `config` asks for.
    pub(crate) fn load(config: &Config) -> Result<Self, Error> {
        let shared = match config.folder(Component::Tok2Vec) {
            Some(folder) => {
                let file = ModelFile::load(&folder.join("model"))?;
                file.only_layers(&tok2vec::LAYERS)?;
                Some(Tok2Vec::load(&file)?)
            }
            None => None,
        };
        let width = shared.as_ref().map(Tok2Vec::width);
        let folder = |component| config.folder(component);
        Ok(Self {
            tagger: folder(Component::Tagger)
                .map(|folder| Tagger::load(folder, width))
                .transpose()?,
            parser: folder(Component::Parser)
                .map(|folder| Parser::load(folder, width))
                .transpose()?,
            recogniser: folder(Component::Ner)
                .map(|folder| Recogniser::load(folder, width))
                .transpose()?,
            shared,
        })
    }

    /// The tags by number.
    pub(crate) fn tag_names(&self) -> &[String] {
        self.tagger.as_ref().map_or(&[], Tagger::label_names)
    }

    /// The dependency labels by number.
    pub(crate) fn dependency_names(&self) -> &[String] {
        self.parser.as_ref().map_or(&[], Parser::label_names)
    }

    /// The entity labels by number.
    pub(crate) fn entity_names(&self) -> &[String] {
        self.recogniser.as_ref().map_or(&[], Recogniser::label_names)
    }

    /// Runs the components on every document of a batch.
    ///
    /// What is found in a document does not depend on the others.
    pub(crate) fn run(&self, batch: &Batch, memory: &mut Memory) -> Vec<Findings> {
        let shared = self.shared.as_ref().map(|encoder| Vectors::new(encoder, batch));
        let own = |encoder: &Option<Tok2Vec>| encoder.as_ref().map(|own| Vectors::new(own, batch));

        let mut tags = Vec::new();
        if let Some(tagger) = &self.tagger {
            let own = own(&tagger.tok2vec);
            if let Some(vectors) = own.as_ref().or(shared.as_ref()) {
                tags = tagger.tag(&vectors.values);
            }
        }
        let parser = self.parser.as_ref();
        let parser_own = parser.and_then(|parser| own(&parser.tok2vec));
        let recogniser = self.recogniser.as_ref();
        let recogniser_own = recogniser.and_then(|recogniser| own(&recogniser.tok2vec));

        let mut from = 0;
        let mut findings = Vec::with_capacity(batch.documents().len());
        for document in batch.documents() {
            let until = from + document.kinds.len();
            let is_space: Vec<bool> = document
                .kinds
                .iter()
                .map(|&kind| batch.kinds()[kind as usize].is_space)
                .collect();
            let syntax = parser.zip(parser_own.as_ref().or(shared.as_ref())).map(
                |(parser, vectors)| parser.parse(vectors.of(from, until), &is_space, &mut memory.parser),
            );
            let starts = syntax.as_ref().map_or(&[][..], |syntax| &syntax.sentence_starts);
            let entities = recogniser.zip(recogniser_own.as_ref().or(shared.as_ref())).map(
                |(recogniser, vectors)| {
                    let memory = &mut memory.recogniser;
                    recogniser.recognise(vectors.of(from, until), &is_space, starts, memory)
                },
            );
            findings.push(Findings {
                tags: tags.get(from..until).unwrap_or_default().to_vec(),
                syntax,
                entities: entities.unwrap_or_default(),
            });
            from = until;
        }
        findings
    }
}

/// The token vectors of a batch.
struct Vectors {
    values: Vec<f32>,
    width: usize,
}

impl Vectors {
    fn new(encoder: &Tok2Vec, batch: &Batch) -> Self {
        Self {
            values: encoder.apply(batch),
            width: encoder.width(),
        }
    }

    /// The vectors of the tokens from `from` to `until`.
    fn of(&self, from: usize, until: usize) -> &[f32] {
        &self.values[from * self.width..until * self.width]
    }
}
