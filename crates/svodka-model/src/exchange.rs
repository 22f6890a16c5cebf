//! How kinds of claims are said in vocabularies that are not ours. Packs bring it, exports use it.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use crate::NameType;

/// What other vocabularies call kinds of claims.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vocabularies {
    /// Kind → what [FollowTheMoney](https://followthemoney.tech) calls it.
    pub followthemoney: BTreeMap<SmolStr, Link>,
    /// What [GEDCOM 7](https://gedcom.io) calls kin.
    pub gedcom: Kin,
    /// How [CIDOC CRM](https://cidoc-crm.org) says them.
    pub crm: Crm,
}

/// How claims are said with [CIDOC CRM](https://cidoc-crm.org): classes and properties by their names without the namespace.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crm {
    /// Property → the things that it can point to.
    #[serde(default)]
    pub properties: BTreeMap<String, Vec<NameType>>,
    /// What is said of a thing of some type that has a part in something that happened.
    #[serde(default)]
    pub things: BTreeMap<NameType, String>,
    /// Kind → how it is said.
    #[serde(default)]
    pub kinds: BTreeMap<SmolStr, CrmKind>,
}

/// How a kind of claim is said with CIDOC CRM.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrmKind {
    /// The class of what is claimed, as it would be if it were so.
    pub class: String,
    /// Role → what it is.
    #[serde(default)]
    pub roles: BTreeMap<SmolStr, String>,
    /// What holds between the fillers of two roles.
    #[serde(default)]
    pub ties: Vec<CrmTie>,
}

/// A property between the fillers of two roles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrmTie {
    /// The role whose fillers have it.
    pub from: SmolStr,
    /// The property.
    pub property: String,
    /// The role whose fillers it points to.
    pub to: SmolStr,
}

impl Crm {
    /// The property by which something of a kind has this type of thing in a role, if there is one.
    pub fn property(&self, kind: &str, role: &str, thing: NameType) -> Option<&str> {
        let known = self.kinds.get(kind)?;
        let takes = |property: &&String| {
            let types = self.properties.get(property.as_str());
            types.is_some_and(|types| types.contains(&thing))
        };
        let own = known.roles.get(role).filter(takes);
        // What only lasted has no participants.
        let happened = known.class != "E2_Temporal_Entity";
        own.or_else(|| self.things.get(&thing).filter(|_| happened))
            .map(String::as_str)
    }
}

/// A schema that ties things.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Its name.
    pub schema: String,
    /// Property → what fills it; all of them are needed.
    pub ends: BTreeMap<String, End>,
    /// Property → the role or field whose words it takes.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
}

/// An end of a [`Link`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// The role whose fillers it takes.
    pub role: SmolStr,
    /// The things that it can take.
    pub types: Vec<NameType>,
}

/// Which claims are of kin, and what their words mean.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kin {
    /// Kind → its roles.
    #[serde(default)]
    pub kinds: BTreeMap<SmolStr, KinRoles>,
    /// Word, in small letters → what it makes the person to the relative.
    #[serde(default)]
    pub words: BTreeMap<String, Tie>,
}

/// The roles of a claim that somebody is kin.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KinRoles {
    /// Who is.
    pub person: SmolStr,
    /// What.
    pub relation: SmolStr,
    /// Of whom.
    pub relative: SmolStr,
}

/// What somebody is to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tie {
    /// A wife.
    Wife,
    /// A husband.
    Husband,
    /// A husband or a wife.
    Spouse,
    /// A mother.
    Mother,
    /// A father.
    Father,
    /// A father or a mother.
    Parent,
    /// A son or a daughter.
    Child,
    /// A brother or a sister.
    Sibling,
}

impl Kin {
    /// What the words of a relation mean; nothing if none of them is known.
    pub fn tie(&self, relation: &str) -> Option<Tie> {
        // A brother-in-law is no brother: only spaces part words.
        let mut words = relation.split_whitespace().rev();
        words.find_map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            self.words.get(&word.to_lowercase()).copied()
        })
    }
}
