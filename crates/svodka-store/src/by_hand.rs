//! What a reader puts into a report's reading by hand: names that were missed or taken for something else, and claims.

use std::collections::BTreeMap;

use serde::Deserialize;
use svodka_model::{
    Certainty, ClaimOut, CodePoints, Contract, EntityOut, MentionOut, NameType, PROPOSED, Place,
    Polarity, Quote, SmolStr, SourceOut,
};

use crate::correction::{Correction, folded_names, new_id};
use crate::key::quotation;
use crate::state::folded_name;

/// The frame of claims that were put in by hand.
pub const BY_HAND: &str = "by-hand";

/// What the ids of things begin with that were put in by hand.
const ID: &str = "by-hand-";

/// What is put in or taken out, at words of the text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ByHand {
    /// The words name something. Names and dates that were read there make way.
    Name {
        /// What they name.
        #[serde(rename = "type")]
        kind: NameType,
        /// What it is called in full; as the words have it if that is empty.
        #[serde(default)]
        name: String,
    },
    /// The words are no name and no date.
    NoName,
    /// The words claim something.
    Claim(Put),
}

/// A claim that is put in. What fills a role is words or, if the report has such a name, what it names.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Put {
    /// Its kind.
    pub kind: SmolStr,
    /// Roles, fields, date, certainty and whether it is so.
    pub says: Correction,
    /// On whose word, nearest first; nobody's for the report's own.
    #[serde(default)]
    pub sources: Vec<String>,
}

impl ByHand {
    /// Puts it in at a place of the text, and tells in words what was done.
    ///
    /// # Errors
    ///
    /// Why that cannot be, in words.
    pub fn put(&self, contract: &mut Contract, place: Place) -> Result<String, String> {
        let points = CodePoints::new(&contract.text);
        if place.start >= place.end || place.end > points.of_byte(contract.text.len()) {
            return Err("there are no words at this place".to_owned());
        }
        let span = points.to_span(place.start..place.end);
        let words = span.of(&contract.text).to_owned();
        if words.trim().is_empty() || words.trim() != words {
            return Err("the place must begin and end with a word".to_owned());
        }
        let quote = quotation(&words);
        match self {
            ByHand::Name { kind, name } => {
                let name = match name.trim() {
                    "" => quote.as_str(),
                    name => name,
                };
                let entity = thing(*kind, name, &quote, &mut contract.entities);
                let mention = MentionOut {
                    place,
                    text: words,
                    kind: kind.code().to_owned(),
                    entity: Some(entity),
                    edtf: None,
                };
                make_way(&mut contract.mentions, mention);
                Ok(format!("{kind} “{quote}”"))
            }
            ByHand::NoName => {
                let before = contract.mentions.len();
                contract.mentions.retain(|it| it.place != place);
                if contract.mentions.len() == before {
                    return Err("no name was read at this place".to_owned());
                }
                Ok(format!("no name: “{quote}”"))
            }
            ByHand::Claim(put) => {
                let claim = claim(put, contract, Quote { place, text: words })?;
                contract.claims.push(claim);
                Ok(format!("{}: “{quote}”", put.kind))
            }
        }
    }
}

fn claim(put: &Put, contract: &mut Contract, evidence: Quote) -> Result<ClaimOut, String> {
    if put.kind.trim().is_empty() || put.says.roles.is_empty() {
        return Err("a claim has a kind, and something fills a role of it".to_owned());
    }
    let taken = |id: &str| contract.claims.iter().any(|claim| claim.id == id);
    let mut ids = (1..).map(|number: usize| format!("{ID}{number}"));
    let id = ids.find(|id| !taken(id)).unwrap_or_default();
    let source = |text: &String| SourceOut {
        text: text.clone(),
        entity: named(text, None, &contract.entities).map(|it| it.id.clone()),
    };
    let mut claim = ClaimOut {
        id,
        kind: put.kind.clone(),
        roles: BTreeMap::new(),
        fields: BTreeMap::new(),
        when: None,
        polarity: Polarity::Positive,
        certainty: Certainty::Asserted,
        sources: put.sources.iter().map(source).collect(),
        evidence,
        frame: BY_HAND.to_owned(),
    };
    Correction::read(&put.says.written())?;
    put.says.correct(&mut claim, &mut contract.entities);
    Ok(claim)
}

/// What a report calls so.
fn named<'e>(
    name: &str,
    kind: Option<NameType>,
    entities: &'e [EntityOut],
) -> Option<&'e EntityOut> {
    let fits = |it: &&EntityOut| {
        kind.is_none_or(|kind| kind == it.kind)
            && folded_names(it).any(|known| known == folded_name(name))
    };
    entities.iter().find(fits)
}

/// The id of a thing of that name; it is put in if the report has none.
fn thing(kind: NameType, name: &str, form: &str, entities: &mut Vec<EntityOut>) -> String {
    if let Some(known) = named(name, Some(kind), entities) {
        return known.id.clone();
    }
    let id = new_id(&format!("{ID}{name}"), entities);
    let mut names = vec![name.to_owned()];
    names.extend((form != name).then(|| form.to_owned()));
    entities.push(EntityOut {
        id: id.clone(),
        kind,
        name: name.to_owned(),
        names,
    });
    id
}

/// Puts a name in its place; what was read there makes way.
fn make_way(mentions: &mut Vec<MentionOut>, mention: MentionOut) {
    let place = mention.place;
    mentions.retain(|it| it.place.end <= place.start || it.place.start >= place.end);
    let at = mentions.partition_point(|it| it.place.start < place.start);
    mentions.insert(at, mention);
}

/// Lets another reading of the same text have what no rule drew: claims that were put into one by hand or that a model proposed, and the
/// things they and names put in are about. A proposal that is read now is no proposal any more.
pub fn carry(kept: &Contract, read: &mut Contract) {
    for mention in &kept.mentions {
        let id = mention.entity.as_deref().filter(|id| id.starts_with(ID));
        let Some(entity) = id.and_then(|id| kept.entities.iter().find(|it| it.id == id)) else {
            continue;
        };
        let id = thing(entity.kind, &entity.name, &mention.text, &mut read.entities);
        let mention = MentionOut {
            entity: Some(id),
            ..mention.clone()
        };
        make_way(&mut read.mentions, mention);
    }
    let ours = |claim: &&ClaimOut| match claim.frame.as_str() {
        BY_HAND => true,
        PROPOSED => !read.claims.iter().any(|it| same(it, claim)),
        _ => false,
    };
    let carried: Vec<ClaimOut> = kept.claims.iter().filter(ours).cloned().collect();
    for mut claim in carried {
        if claim.frame == PROPOSED {
            let taken = |id: &str| read.claims.iter().any(|it| it.id == id);
            let mut ids = (read.claims.len() + 1..).map(|number| format!("c{number}"));
            claim.id = ids.find(|id| !taken(id)).unwrap_or(claim.id);
        }
        let sources = claim.sources.iter_mut().map(|it| &mut it.entity);
        let fillers = claim.roles.values_mut().flatten();
        for id in fillers.map(|it| &mut it.entity).chain(sources) {
            let entity = id.as_deref();
            let entity = entity.and_then(|id| kept.entities.iter().find(|it| it.id == id));
            *id = entity.map(|it| thing(it.kind, &it.name, &it.name, &mut read.entities));
        }
        read.claims.push(claim);
    }
}

/// Whether two claims say the same by the same words.
fn same(a: &ClaimOut, b: &ClaimOut) -> bool {
    let words = |claim: &ClaimOut| -> Vec<(SmolStr, String)> {
        let roles = claim.roles.iter();
        let fillers = roles.flat_map(|(role, fillers)| fillers.iter().map(move |it| (role, it)));
        fillers
            .map(|(role, filler)| (role.clone(), filler.text.clone()))
            .collect()
    };
    let (x, y) = (a.evidence.place, b.evidence.place);
    a.kind == b.kind && x.start < y.end && y.start < x.end && words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(text: &str) -> Contract {
        let bare = json!({"format": 1, "text": text});
        serde_json::from_value(bare).expect("a reading")
    }

    fn by_hand(value: serde_json::Value) -> ByHand {
        serde_json::from_value(value).expect("something to put in")
    }

    #[test]
    fn a_name_a_claim_about_it_and_their_words_stay_when_the_report_is_read_anew() {
        let mut kept = report("Отчёт: Orlov spoke.");
        let name = by_hand(json!({"what": "name", "type": "PERSON", "name": "Ivan Orlov"}));
        let told = name.put(&mut kept, Place { start: 7, end: 12 });
        assert_eq!(told, Ok("PERSON “Orlov”".to_owned()));
        let claim = by_hand(
            json!({"what": "claim", "kind": "statement", "sources": ["Orlov"],
            "says": {"roles": {"speaker": "Ivan Orlov", "topic": "bread"}, "when": "1923"}}),
        );
        assert!(claim.put(&mut kept, Place { start: 7, end: 18 }).is_ok());
        let mut read = report("Отчёт: Orlov spoke.");
        carry(&kept, &mut read);
        assert_eq!(read, kept);
        let made = &read.claims[0];
        assert_eq!(made.evidence.text, "Orlov spoke");
        assert_eq!(made.roles["speaker"][0].entity, read.mentions[0].entity);
        assert_eq!(made.roles["topic"][0].entity, None);
        assert_eq!(made.sources[0].entity, read.mentions[0].entity);
        carry(&report("x"), &mut read);
        assert_eq!(read, kept);
    }

    #[test]
    fn what_is_read_at_the_same_words_makes_way_and_can_be_taken_out() {
        let mut kept = report("Anna Weiss came");
        let put = |kept: &mut Contract, kind: &str, start, end| {
            by_hand(json!({"what": "name", "type": kind})).put(kept, Place { start, end })
        };
        put(&mut kept, "PLACE", 5, 10).expect("a name");
        put(&mut kept, "PERSON", 0, 10).expect("a longer one");
        assert_eq!(kept.mentions.len(), 1);
        let place = Place { start: 0, end: 10 };
        assert!(
            ByHand::NoName
                .put(&mut kept, Place { start: 0, end: 4 })
                .is_err()
        );
        assert!(ByHand::NoName.put(&mut kept, place).is_ok());
        assert!(kept.mentions.is_empty());
    }

    #[test]
    fn what_rests_on_no_words_is_refused() {
        let mut kept = report("One two");
        for (start, end) in [(0, 0), (3, 5), (3, 4), (0, 99), (5, 2)] {
            assert!(ByHand::NoName.put(&mut kept, Place { start, end }).is_err());
        }
        let claim = json!({"what": "claim", "kind": "office", "says": {}});
        assert!(
            by_hand(claim)
                .put(&mut kept, Place { start: 0, end: 3 })
                .is_err()
        );
    }
}
