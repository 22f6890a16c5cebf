//! The resources of IPIF as they stand in JSON.

use serde::Serialize;

/// What has a name here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ref {
    #[serde(rename = "@id")]
    pub id: String,
}

impl From<String> for Ref {
    fn from(id: String) -> Ref {
        Ref { id }
    }
}

/// A factoid with the names of all that it ties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FactoidRef {
    #[serde(rename = "@id")]
    pub id: String,
    pub person_ref: Ref,
    pub source_ref: Ref,
    pub statement_refs: Vec<Ref>,
}

/// Who made something, and who changed it last. Days, ISO 8601.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    pub created_by: String,
    pub created_when: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified_when: Option<String>,
}

/// One or more statements on one person from one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Factoid {
    #[serde(flatten)]
    pub names: FactoidRef,
    #[serde(flatten)]
    pub made: Made,
    /// The claim that it was made of.
    #[serde(rename = "derivedFrom", skip_serializing_if = "Option::is_none")]
    pub derived_from: Option<String>,
}

/// Words for something, and its IRI if it has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    pub label: String,
}

/// When.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct When {
    /// The first day that it can mean, or else the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sortdate: Option<String>,
    /// The report's words and the EDTF.
    pub label: String,
}

/// What is said of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    #[serde(rename = "@id")]
    pub id: String,
    #[serde(rename = "factoid-refs")]
    pub factoid_refs: Vec<FactoidRef>,
    pub statement_type: Term,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Term>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<When>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Term>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relates_to_persons: Vec<Term>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_of: Option<Term>,
    pub statement_text: String,
    #[serde(flatten)]
    pub made: Made,
}

/// A person or a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Resource {
    #[serde(rename = "@id")]
    pub id: String,
    pub label: String,
    pub uris: Vec<String>,
    #[serde(flatten)]
    pub made: Made,
    #[serde(rename = "factoid-refs")]
    pub factoid_refs: Vec<FactoidRef>,
}

/// What the service says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    pub description: String,
    pub provider: String,
    pub compliance_level: u8,
    pub formats: Vec<String>,
    pub vocabs: Vec<String>,
}
