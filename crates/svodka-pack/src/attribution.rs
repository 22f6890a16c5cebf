//! The words by which a text says how sure it is, on whose word, and that something is not so.

use std::collections::BTreeMap;

use serde::Deserialize;
use svodka_model::{Certainty, NameType};

/// The contents of a pack's `attribution.toml`. All words are lemmas or forms in lower case.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributionWords {
    /// Words and phrases that make what they modify or govern less than certain.
    pub certainty: BTreeMap<Certainty, Vec<String>>,
    /// Words that deny what they modify.
    pub negators: Vec<String>,
    /// Verbs and nouns that deny what they govern ("failed to", "denied that").
    pub denials: Vec<String>,
    /// Verbs that say that something is or was: their negation denies their subject.
    pub existence: Vec<String>,
    /// Verbs of communication: what they govern is on their subject's word.
    pub sayings: Vec<String>,
    /// Nouns of communication: "X's report that …", "a statement by X that …".
    pub accounts: Vec<String>,
    /// Phrases before a source: "according to X".
    pub according: Vec<String>,
    /// Words that begin a clause in which somebody is brought in as a witness ("as Orlov says").
    pub witness_marks: Vec<String>,
    /// Words that stand for a thing named before, with the type of the thing.
    pub anaphors: BTreeMap<String, NameType>,
    /// Pronouns that stand for a person.
    pub personal: Vec<String>,
    /// Pronouns that stand for several persons, named or not.
    pub plural: Vec<String>,
    /// Pronouns that stand for several persons or a body.
    pub collective: Vec<String>,
    /// Words that make a noun phrase point back ("this", "the", "said").
    pub pointers: Vec<String>,
    /// Relative pronouns.
    pub relatives: Vec<String>,
    /// Words that announce names later in the sentence ("the following works: …").
    pub announcers: Vec<String>,
    /// Prepositions that tie a noun phrase together ("workers of the second shift").
    pub phrase_links: Vec<String>,
    /// Words for numbers, with their digits.
    pub numbers: BTreeMap<String, String>,
    /// Words that join the two ends of a range ("and" after "between", "to").
    pub range_joints: Vec<String>,
    /// Words for money and other units of an amount.
    pub units: Vec<String>,
}
