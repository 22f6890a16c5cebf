//! The door to Svodka. An [`Engine`] is a model and a pack; it reads the text of a report into a [`Reading`], whose
//! [`Contract`] is what `svodka read --json` prints.
//!
//! This crate only wires the others together: it holds no rule and no word. It opens the files of a model and of a
//! pack, and through [`store`] project files, and nothing else; it knows no command line, clock, environment or terminal.

mod agreement;
mod brought;
mod engine;
mod export;
mod model;
mod order;
mod pack;
mod parser;
mod project;
mod reading;
mod same;
mod spelled;

pub use agreement::{Compared, Weighed, at, contradictions, sources, supports, weighed};
pub use brought::brought;
pub use engine::{Engine, LoadError, ReadOptions, Stage};
pub use export::Wanted;
pub use model::{ModelError, check_model};
pub use order::in_order;
pub use pack::{DEFAULT_PACK, LANGUAGE, PackSourceError, built_in_pack, built_in_packs, pack_from};
pub use project::{label, rule, sha256};
pub use reading::Reading;
pub use same::{Gathered, tables};
pub use spelled::{spelling, spellings};

pub use svodka_agree as agree;
pub use svodka_eval as eval;
pub use svodka_extract::{Case, Marked, Outcome, Trial, cases, tell};
pub use svodka_ingest::{
    Document, Format, Hint, IngestError, Intake, LARGEST_FILE, Metadata, Origin, Refused, SIDECARS,
    Told, Warning, Witness, manifest, plain as ingest, read as receive, sidecar,
};
pub use svodka_model::{
    BlockKind, Certainty, Claim, ClaimOut, CodePoints, Contract, Crm, Edtf, EdtfError, EntityOut,
    FillerOut, Kin, Link, MentionOut, NameType, OriginOut, Place, Polarity, SectionOut, SmolStr,
    SourceOut, Span, Vocabularies,
};
pub use svodka_pack::{
    Accepts, Agreement, Kind, KindWords, Manifest, Pack, PackError, PackFile, Phrase, Position,
    Wording, lint,
};
pub use svodka_propose as propose;
pub use svodka_resolve as resolve;
pub use svodka_store as store;
pub use svodka_views as views;
