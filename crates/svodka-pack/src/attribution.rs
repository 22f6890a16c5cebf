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
    /// Words of sworn evidence: where they abound, the report is of a hearing.
    pub evidence: Vec<String>,
    /// With what letters begin.
    pub salutations: Vec<String>,
    /// Verbs of thinking: what somebody thinks is that certain.
    pub opinions: BTreeMap<Certainty, Vec<String>>,
    /// Words that leave open what they begin.
    pub open_marks: Vec<String>,
    /// Verbs of wishing: what they govern is still to come.
    pub wishes: Vec<String>,
    /// Words that make a claim less certain even where they set it off ("is ascribed to").
    pub hedging_triggers: Vec<String>,
    /// Verbs by which somebody gives his own figures out as true.
    pub boasts: Vec<String>,
    /// Words behind an account that no longer name it ("the roll for the week").
    pub loose_links: Vec<String>,
    /// Words that begin a remark of others on a document ("Remark of the officer:").
    pub remarks: Vec<String>,
    /// What is counted by and never speaks ("$3 per day").
    pub measures: Vec<String>,
    /// Words that say only where "that" follows them ("prints that", "had it from him that").
    pub telling_that: Vec<String>,
    /// What an account does that says what is in it: "the report mentions", "the letter runs".
    #[serde(default)]
    pub shows: Vec<String>,
    /// Nouns that, owned by somebody, bring him in as a witness: "by his own reckoning", "in Orlov's view".
    #[serde(default)]
    pub reckonings: Vec<String>,
    /// Prepositions before these nouns.
    #[serde(default)]
    pub reckoning_marks: Vec<String>,
    /// Those of them that give a cause where the noun follows at once ("on account of").
    pub cause_marks: Vec<String>,
    /// Verbs that vouch for their object: "boasts of nine branches", "admits to 300 roubles".
    #[serde(default)]
    pub vouching: Vec<String>,
    /// Verbs of having heard: who told stands behind one of `tellers` ("has it from a clerk").
    #[serde(default)]
    pub hearing: Vec<String>,
    /// Prepositions before who told.
    #[serde(default)]
    pub tellers: Vec<String>,
    /// Documents that are given in full under a head of their own: "Enclosure", "Deposition".
    #[serde(default)]
    pub documents: Vec<String>,
    /// Prepositions before whom a letter is written to.
    #[serde(default)]
    pub addressed: Vec<String>,
    /// Verbs that make an account their subject's: "gave evidence that".
    #[serde(default)]
    pub gives: Vec<String>,
    /// Prepositions that tie an account to whose it is: "the report of the agent".
    #[serde(default)]
    pub belonging: Vec<String>,
    /// Prepositions that tie an account to what it tells of: "data on the cells".
    #[serde(default)]
    pub concerning: Vec<String>,
    /// Auxiliaries of ability: their negation leaves nothing open.
    #[serde(default)]
    pub abilities: Vec<String>,
    /// Verbs of testimony: the day they tell of is not the day they were spoken.
    #[serde(default)]
    pub testimony: Vec<String>,
    /// Words of announcing what follows: "the following", "as follows".
    #[serde(default)]
    pub follows: Vec<String>,
    /// What people who inform are called: "informant", "source", "agent".
    #[serde(default)]
    pub witnesses: Vec<String>,
    /// Words that call a witness: "Peter Grant, cutter, sworn".
    #[serde(default)]
    pub sworn: Vec<String>,
    /// Words at the start of a paragraph or item that name its source: "From K.3:", "Source: a foreman".
    #[serde(default)]
    pub origins: Vec<String>,
    /// Pronouns of the report's own voice.
    #[serde(default)]
    pub own_voice: Vec<String>,
    /// Verbs whose passive makes what they govern, or their subject, less certain: "is believed to lead".
    #[serde(default)]
    pub hearsay: BTreeMap<Certainty, Vec<String>>,
    /// Auxiliaries that, in reported speech, tell of what was to come: "said that they would strike".
    #[serde(default)]
    pub prospects: Vec<String>,
    /// Auxiliaries of the future.
    #[serde(default)]
    pub futures: Vec<String>,
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
    /// Words and marks inside a number written out: "one hundred and twenty", "thirty-one".
    #[serde(default)]
    pub number_joints: Vec<String>,
    /// Words for money and other units of an amount.
    pub units: Vec<String>,
}
