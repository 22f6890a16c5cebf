//! What is a claim? The value types every other room of Svodka speaks in, with their laws.
//!
//! This crate does no I/O, knows no language and holds no words of any field: kinds of claims, roles and
//! statuses are plain strings that a pack names.

mod account;
pub mod calendar;
mod claim;
mod contract;
mod edtf;
mod exchange;
mod filed;
mod layout;
mod marked;
mod mention;
mod parse;
mod span;
mod tells;

pub use account::{Account, Heard, Named, Played, Said, Voice};
pub use claim::{Certainty, Claim, Derivation, Filler, Polarity, Role, Source, When};
pub use contract::{
    ClaimOut, Contract, EntityOut, FillerOut, MentionOut, OriginOut, PROPOSED, Place, Quote,
    ReportInfo, SectionOut, SourceOut, WhenOut,
};
pub use edtf::{Edtf, EdtfError};
pub use exchange::{Crm, CrmKind, CrmTie, End, Kin, KinRoles, Link, Tie, Vocabularies};
pub use filed::{Cited, Decided, Filed, Numbered};
pub use layout::{Block, BlockId, BlockKind, Layout, Section};
pub use marked::{Mark, read_marked};
pub use mention::{DateMention, Entity, EntityId, Mention, MentionId, NameType};
pub use parse::{Parse, Parser, Proposal, Token, TokenId};
pub use smol_str::SmolStr;
pub use span::{CodePoints, Span};
pub use tells::{Aspect, Tells};
