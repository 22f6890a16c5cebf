//! Reads reports.

use std::fmt;
use std::path::Path;

use svodka_extract::{Case, Marked, Reading as Grounds, Trial};
use svodka_ingest::{Document, Format, Witness};
use svodka_model::{Edtf, Parser};
use svodka_nlp::Pipeline;
use svodka_pack::{Pack, PackError, PackFile};
use svodka_store::Provenance;

use crate::model::{ModelError, check_model, digest};
use crate::parser::PipelineParser;
use crate::reading::Reading;

/// A model and a pack, ready to read. It can be shared between threads; what it reads in a report depends on that
/// report, the model and the pack alone.
pub struct Engine {
    parser: Box<dyn Parser + Send + Sync>,
    pack: Pack,
    provenance: Provenance,
}

/// A stage of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Title, headings, paragraphs, lists, quotations.
    Layout,
    /// Words with their base forms, parts of speech and heads.
    Parse,
    /// Names and what they name.
    Names,
    /// Dates and their values.
    Dates,
    /// Claims.
    Claims,
}

/// What is known of a report besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The report's date, against which "last month" is resolved; by default what the text itself gives.
    pub date: Option<Edtf>,
    /// The path or address it came from.
    pub source: String,
}

/// Why there is no engine.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The model is missing or altered.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The model is not one that can be run.
    #[error("the language model cannot be used: {0}")]
    Pipeline(#[from] svodka_nlp::Error),
    /// The pack has mistakes.
    #[error("the pack has {} mistake{}", .0.len(), if .0.len() == 1 { "" } else { "s" })]
    Pack(Vec<PackError>),
}

impl Engine {
    /// Loads the model in the folder `model`, checked against its published sums, and the pack of these files.
    pub fn load(model: &Path, pack: &[PackFile]) -> Result<Engine, LoadError> {
        let provenance = Provenance {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            pack: digest(
                pack.iter()
                    .map(|file| (file.path.as_str(), file.text.as_bytes())),
            ),
            model: check_model(model)?,
        };
        let pack = Pack::load(pack).map_err(LoadError::Pack)?;
        let parser = PipelineParser(Pipeline::load(model)?);
        Ok(Engine::new(Box::new(parser), pack, provenance))
    }

    /// An engine with a parser of one's own.
    pub fn new(
        parser: Box<dyn Parser + Send + Sync>,
        pack: Pack,
        provenance: Provenance,
    ) -> Engine {
        Engine {
            parser,
            pack,
            provenance,
        }
    }

    /// By what it reads: program, pack and model.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// The pack.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Reads a report, stage by stage.
    pub fn read(&self, text: Document, options: &ReadOptions) -> Reading {
        self.read_watched(text, options, &mut |_| ())
    }

    /// Reads a report as [`Engine::read`] does and calls `ended` after each stage, so that somebody with a clock can
    /// tell what each costs.
    pub fn read_watched(
        &self,
        text: Document,
        options: &ReadOptions,
        ended: &mut dyn FnMut(Stage),
    ) -> Reading {
        let words = &text.text;
        let layout = svodka_extract::lay_out(words, &self.pack.layout, &self.pack.dates);
        ended(Stage::Layout);
        let parse = svodka_extract::parse(words, &layout, &self.pack.layout, self.parser.as_ref());
        ended(Stage::Parse);
        let names = svodka_extract::find_names(words, &layout, &parse, &self.pack.names);
        ended(Stage::Names);
        let told = text.metadata.date.as_ref();
        let date = options
            .date
            .clone()
            .or_else(|| date_given(&text))
            .or_else(|| layout.date.clone())
            // The day of an e-mail is that of the report only if the report says nothing else.
            .or_else(|| told.and_then(|told| told.value.parse().ok()));
        let dates = svodka_extract::find_dates(
            words,
            &layout,
            &parse,
            &names.mentions,
            date.as_ref(),
            &self.pack.dates,
        );
        ended(Stage::Dates);
        let grounds = Grounds {
            text: words,
            layout: &layout,
            parse: &parse,
            mentions: &names.mentions,
            entities: &names.entities,
            dates: &dates,
        };
        let claims = svodka_extract::read_claims(grounds, &self.pack);
        ended(Stage::Claims);
        Reading {
            source: options.source.clone(),
            date,
            layout,
            parse,
            mentions: names.mentions,
            entities: names.entities,
            dates,
            claims,
            text,
        }
    }

    /// A text ready for claims to be read from it. Names and dates are those marked in it
    /// (`⟦PERSON:x|Ivan Orlov⟧`), or, if none is marked, those found in it.
    pub fn sentence(&self, text: &str) -> Marked {
        Marked::read_or_find(text, &self.pack, self.parser.as_ref())
    }

    /// What the frame `kind/name` finds in a sentence, or why it finds nothing, wherever its words stand; `None` if the
    /// pack has no such frame.
    pub fn why(&self, frame: &str, sentence: &Marked) -> Option<Vec<Trial>> {
        svodka_extract::why(sentence.reading(), &self.pack, frame)
    }

    /// Runs one example of the pack. The error says what was found instead.
    pub fn check(&self, case: &Case<'_>) -> Result<(), String> {
        svodka_extract::check(case, &self.pack, self.parser.as_ref())
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

/// The date that a person or an edition gives the report, beside it or in its head: it stands before what is read off its
/// words.
pub(crate) fn date_given(document: &Document) -> Option<Edtf> {
    let told = document.metadata.date.as_ref()?;
    let given = !matches!(told.by, Witness::Document(_)) || document.format == Format::Tei;
    given.then(|| told.value.parse().ok()).flatten()
}
