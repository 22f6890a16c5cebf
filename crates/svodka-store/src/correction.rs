//! What a claim says instead of what the machine read, by a reader's judgement.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use svodka_model::{
    Certainty, ClaimOut, Contract, Edtf, EntityOut, FillerOut, NameType, Polarity, SmolStr, WhenOut,
};

use crate::StoreError;
use crate::fold::fold;
use crate::operation::{Operation, Verdict};
use crate::state::{State, entry, folded_name};

/// What of a claim should be otherwise. What it does not mention stays as it was read.
///
/// ```json
/// {"roles": {"person": "Ivan Orlov", "group": [{"text": "League", "type": "ORG"}], "unit": []},
///  "fields": {"status": "member", "former": null}, "when": "1923-08", "polarity": "negative", "certainty": "probable"}
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// What fills a role; nothing if the role is empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<SmolStr, Fillers>,
    /// The values of fields; null takes a field away.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Value>,
    /// When it was, EDTF; nothing between the quotes if the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Whether the text says that it is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<Polarity>,
    /// How sure the text is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
}

/// One filler or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fillers {
    /// One.
    One(Put),
    /// Several, or none.
    More(Vec<Put>),
}

/// A filler that is put in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Put {
    /// A name that the report has, or other words.
    Words(String),
    /// The name of something, whether the report has it or not.
    Name {
        /// The name.
        text: String,
        /// What it names.
        #[serde(rename = "type")]
        kind: NameType,
    },
}

impl Fillers {
    fn all(&self) -> &[Put] {
        match self {
            Fillers::One(put) => std::slice::from_ref(put),
            Fillers::More(puts) => puts,
        }
    }
}

impl Put {
    /// The words.
    pub fn text(&self) -> &str {
        match self {
            Put::Words(text) | Put::Name { text, .. } => text,
        }
    }
}

impl Correction {
    /// Reads a correction.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn read(value: &Value) -> Result<Correction, String> {
        let correction: Correction =
            serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
        if let Some(when) = correction.when.as_deref().filter(|when| !when.is_empty()) {
            when.parse::<Edtf>()
                .map_err(|error| format!("'{when}' is no date: {error}"))?;
        }
        let puts = correction.roles.values().flat_map(Fillers::all);
        if puts.into_iter().any(|put| put.text().trim().is_empty()) {
            return Err("a role is filled with no words; [] empties it".to_owned());
        }
        Ok(correction)
    }

    /// As it is kept.
    pub fn written(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Lets a claim say what it should. A name that its report does not have is added to what the report names.
    pub fn correct(&self, claim: &mut ClaimOut, entities: &mut Vec<EntityOut>) {
        for (role, fillers) in &self.roles {
            let old = claim.roles.remove(role).unwrap_or_default();
            let new: Vec<FillerOut> = fillers
                .all()
                .iter()
                .map(|put| filler(put, &old, entities))
                .collect();
            if !new.is_empty() {
                claim.roles.insert(role.clone(), new);
            }
        }
        for (field, value) in &self.fields {
            match value {
                Value::Null => claim.fields.remove(field),
                value => claim.fields.insert(field.clone(), value.clone()),
            };
        }
        if let Some(when) = &self.when {
            claim.when = (!when.is_empty()).then(|| WhenOut {
                edtf: when.clone(),
                text: when.clone(),
            });
        }
        claim.polarity = self.polarity.unwrap_or(claim.polarity);
        claim.certainty = self.certainty.unwrap_or(claim.certainty);
    }
}

/// What stands there already stays, with its place in the text.
fn filler(put: &Put, old: &[FillerOut], entities: &mut Vec<EntityOut>) -> FillerOut {
    let text = put.text();
    let named = |entity: &Option<String>| {
        let id = entity.as_ref()?;
        let of_type = entities.iter().find(|entity| entity.id == *id)?;
        Some(of_type.kind)
    };
    let stays = old.iter().find(|filler| match put {
        Put::Words(_) => filler.text == text,
        Put::Name { kind, .. } => filler.text == text && named(&filler.entity) == Some(*kind),
    });
    if let Some(filler) = stays {
        return filler.clone();
    }
    let folded = folded_name(text);
    let fits = |entity: &&EntityOut| {
        let of_kind = match put {
            Put::Words(_) => true,
            Put::Name { kind, .. } => entity.kind == *kind,
        };
        of_kind && folded_names(entity).any(|name| name == folded)
    };
    let entity = match (entities.iter().find(fits), put) {
        (Some(entity), _) => Some(entity.id.clone()),
        (None, Put::Words(_)) => None,
        (None, Put::Name { kind, .. }) => {
            let id = new_id(text, entities);
            entities.push(EntityOut {
                id: id.clone(),
                kind: *kind,
                name: text.to_owned(),
                names: vec![text.to_owned()],
            });
            Some(id)
        }
    };
    FillerOut {
        text: text.to_owned(),
        entity,
        place: None,
        quote: None,
    }
}

/// The names of a thing, folded.
pub(crate) fn folded_names(entity: &EntityOut) -> impl Iterator<Item = String> {
    let names = entity.names.iter().chain([&entity.name]);
    names.map(|name| folded_name(name))
}

/// An id that no entity of the report has.
pub(crate) fn new_id(name: &str, entities: &[EntityOut]) -> String {
    let slug = fold(name).replace(' ', "-");
    let slug = if slug.is_empty() {
        "name".to_owned()
    } else {
        slug
    };
    let taken = |id: &str| entities.iter().any(|entity| entity.id == id);
    let mut id = slug.clone();
    let mut number = 2;
    while taken(&id) {
        id = format!("{slug}-{number}");
        number += 1;
    }
    id
}

/// A reading as readers corrected it.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// The reading.
    pub contract: Contract,
    /// The claims that were corrected as the machine had read them, by their places.
    pub read: BTreeMap<usize, ClaimOut>,
}

impl State<'_> {
    /// The reading that a report's rows come from, corrected.
    pub fn corrected(self, report: i64) -> Result<Option<Corrected>, StoreError> {
        let Some(mut contract) = self.reading_of(report)? else {
            return Ok(None);
        };
        let read = correct(&mut contract, &self.corrections(report)?);
        Ok(Some(Corrected { contract, read }))
    }

    /// What readers corrected in a report's claims, in the order in which they did, with the claims' places.
    pub fn corrections(self, report: i64) -> Result<Vec<(usize, Correction)>, StoreError> {
        let decisions: Vec<(i64, usize)> = self
            .conn
            .prepare_cached(
                "SELECT operation, ordinal FROM decision
                 WHERE report = ?1 AND verdict = 'correct' AND ordinal IS NOT NULL ORDER BY operation",
            )?
            .query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut corrections = Vec::new();
        for (id, ordinal) in decisions {
            if let (Operation::Decide(decide), _) = entry(self.contents, id)?
                && let Verdict::Correct(value) = &decide.verdict
                // A program before this one kept whatever it was given.
                && let Ok(correction) = Correction::read(value)
            {
                corrections.push((ordinal, correction));
            }
        }
        Ok(corrections)
    }
}

/// Corrects claims, each by its place; gives those as they had been read.
pub fn correct(
    contract: &mut Contract,
    corrections: &[(usize, Correction)],
) -> BTreeMap<usize, ClaimOut> {
    let mut read = BTreeMap::new();
    for (ordinal, correction) in corrections {
        if let Some(claim) = contract.claims.get_mut(*ordinal) {
            read.entry(*ordinal).or_insert_with(|| claim.clone());
            correction.correct(claim, &mut contract.entities);
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_no_correction_is_told() {
        let told = |value: Value| Correction::read(&value).expect_err("it is none");
        assert!(told(json!({"who": "Orlov"})).contains("unknown field `who`"));
        assert!(told(json!({"when": "last May"})).starts_with("'last May' is no date"));
        assert!(told(json!({"roles": {"who": " "}})).contains("no words"));
        assert!(told(json!("Orlov")).contains("invalid type"));
    }

    #[test]
    fn a_correction_is_read_back_as_it_was_written() {
        let value = json!({"roles": {"who": "Ivan Orlov", "whom": [{"text": "League", "type": "ORG"}], "unit": []},
            "fields": {"note": null}, "when": "", "polarity": "negative"});
        let correction = Correction::read(&value).expect("it is one");
        assert_eq!(correction.written(), value);
    }
}
