//! What a report says of the things it names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Edtf, EntityId, Span};

/// The name of a role, as the pack gives it.
pub type Role = SmolStr;

/// How sure the text presents a claim to be. Not how sure anybody else is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Stated flatly, established, confirmed.
    #[default]
    Asserted,
    /// Likely, apparently, reportedly.
    Probable,
    /// May, might, suspicion, allegedly.
    Possible,
    /// "It has not been established whether".
    Unestablished,
}

impl Certainty {
    /// The word used in the output contract.
    pub fn word(self) -> &'static str {
        match self {
            Certainty::Asserted => "asserted",
            Certainty::Probable => "probable",
            Certainty::Possible => "possible",
            Certainty::Unestablished => "unestablished",
        }
    }
}

/// Whether the text says that it is so or that it is not so.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is so.
    #[default]
    Positive,
    /// It is not so: denied, failed, absent.
    Negative,
}

/// What fills a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filler {
    /// The words, or a value drawn from them ("1500-2500 rubles" from "between 1,500 and 2,500 rubles").
    pub text: String,
    /// Where the words stand that it was drawn from; `None` for a value that the frame itself supplies.
    pub span: Option<Span>,
    /// The thing named, where it is one.
    pub entity: Option<EntityId>,
}

/// Who, within the text, is said to have said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The words, such as a name or "several reports".
    pub text: String,
    /// The person or body, where it is named.
    pub entity: Option<EntityId>,
}

/// When the thing claimed was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The value.
    pub value: Edtf,
    /// The expression it comes from.
    pub span: Span,
}

/// By what a claim was drawn from the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// The frame, as `pack/kind/name`.
    pub frame: String,
    /// The word or phrase that set it off.
    pub trigger: Span,
}

/// One fact that the report claims, pinned to the words it comes from.
///
/// Law: `evidence` is never empty, and every claim names its derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The kind, as the pack names it.
    pub kind: SmolStr,
    /// Who and what plays which part, in the frame's order.
    pub roles: Vec<(Role, Vec<Filler>)>,
    /// Further fields of the kind, such as a status.
    pub fields: BTreeMap<SmolStr, SmolStr>,
    /// When it was, if the text says so.
    pub when: Option<When>,
    /// So, or not so.
    pub polarity: Polarity,
    /// How sure the text is.
    pub certainty: Certainty,
    /// On whose word: the nearest speaker first; empty for the report's own voice.
    pub sources: Vec<Source>,
    /// The words it rests on.
    pub evidence: Span,
    /// By what it was found.
    pub derivation: Derivation,
}

impl Claim {
    /// What fills a role; nothing if the role is empty.
    pub fn role(&self, role: &str) -> &[Filler] {
        self.roles
            .iter()
            .find(|(name, _)| name == role)
            .map_or(&[], |(_, fillers)| fillers)
    }
}
