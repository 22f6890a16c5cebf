//! A correction as people type it: `person = Ivan Orlov; when = 1923-08`, held against what the pack says of the claim's kind.

use std::collections::BTreeSet;

use serde_json::Value;
use svodka::store::{Correction, Fillers, Put};
use svodka::{Accepts, Certainty, ClaimOut, Edtf, Kind, NameType, Polarity};

use crate::page::singular;

/// What a name is known to be in the report or the project.
pub type Known<'a> = &'a dyn Fn(&str) -> Vec<NameType>;

/// Reads what was typed. `kind` is what the pack says of the claim's kind, if it knows it.
///
/// # Errors
///
/// What is wrong with it, in words.
pub fn typed(
    text: &str,
    claim: &ClaimOut,
    kind: Option<&Kind>,
    known: Known<'_>,
) -> Result<Correction, String> {
    let mut correction = Correction::default();
    for piece in text.split(';').map(str::trim).filter(|it| !it.is_empty()) {
        let (what, value) = piece
            .split_once('=')
            .ok_or_else(|| format!("'{piece}' has no =; write person = Ivan Orlov"))?;
        set(
            &mut correction,
            what.trim(),
            value.trim(),
            claim,
            kind,
            known,
        )?;
    }
    if correction == Correction::default() {
        return Err("say what should be otherwise, such as person = Ivan Orlov".into());
    }
    Ok(correction)
}

fn set(
    correction: &mut Correction,
    what: &str,
    value: &str,
    claim: &ClaimOut,
    kind: Option<&Kind>,
    known: Known<'_>,
) -> Result<(), String> {
    match what {
        "when" | "date" => {
            if !value.is_empty() {
                value
                    .parse::<Edtf>()
                    .map_err(|_| format!("'{value}' is no date; write 1923-08-30, 1923-08, 1923 or any other EDTF value"))?;
            }
            correction.when = Some(value.to_owned());
            return Ok(());
        }
        "certainty" => {
            let all = [
                Certainty::Asserted,
                Certainty::Probable,
                Certainty::Possible,
                Certainty::Unestablished,
            ];
            let found = all.into_iter().find(|certainty| certainty.word() == value);
            correction.certainty = Some(found.ok_or(
                "a certainty is asserted, probable, possible or unestablished".to_owned(),
            )?);
            return Ok(());
        }
        "polarity" => {
            correction.polarity = Some(match value {
                "positive" => Polarity::Positive,
                "negative" => Polarity::Negative,
                _ => {
                    return Err(
                        "a polarity is positive (it is so) or negative (it is not so)".into(),
                    );
                }
            });
            return Ok(());
        }
        _ => {}
    }
    let fields = kind.map(Kind::field_values).unwrap_or_default();
    let accepts = kind.and_then(|kind| kind.roles.get(what));
    let is_field = claim.fields.contains_key(what) || fields.contains_key(what);
    let is_role = claim.roles.contains_key(what) || accepts.is_some();
    if is_field {
        let value = field(what, value, fields.get(what))?;
        // Some kinds have the word for it as a role too, with the words of the text.
        if let (true, Value::String(word)) = (claim.roles.contains_key(what), &value) {
            let word = Fillers::One(Put::Words(word.clone()));
            correction.roles.insert(what.into(), word);
        }
        correction.fields.insert(what.to_owned(), value);
    } else if is_role {
        let puts: Result<Vec<Put>, String> = value
            .split(" + ")
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| put(what, name, accepts, known))
            .collect();
        correction.roles.insert(what.into(), Fillers::More(puts?));
    } else {
        let mut all: BTreeSet<&str> = fields.into_keys().collect();
        all.extend(
            kind.into_iter()
                .flat_map(|kind| kind.roles.keys().map(|role| role.as_str())),
        );
        all.extend(claim.roles.keys().map(|role| role.as_str()));
        all.extend(["when", "certainty", "polarity"]);
        let all: Vec<&str> = all.into_iter().collect();
        return Err(format!(
            "a claim of the kind {} has no {what}; it has {}",
            claim.kind,
            all.join(", ")
        ));
    }
    Ok(())
}

/// A field's value: one of those the pack knows, where it knows any.
fn field(what: &str, value: &str, values: Option<&BTreeSet<&str>>) -> Result<Value, String> {
    if value.is_empty() {
        return Ok(Value::Null);
    }
    if let Some(values) = values.filter(|values| !values.is_empty() && !values.contains(value)) {
        // A pack that gives a field as so or not so by a list of words has each word for a value.
        let all: Vec<&str> = values.iter().copied().take(20).collect();
        return Err(format!(
            "'{value}' is no {what}; it is one of {}",
            all.join(", ")
        ));
    }
    Ok(match value {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        word => Value::String(word.to_owned()),
    })
}

/// A filler: a name of the report or project, or of a type that is written before it; else words, where the role takes words.
fn put(role: &str, text: &str, accepts: Option<&Accepts>, known: Known<'_>) -> Result<Put, String> {
    let named = |text: &str, kind: NameType| Put::Name {
        text: text.to_owned(),
        kind,
    };
    let fits = |kind: NameType| accepts.is_none_or(|accepts| accepts.names.contains(&kind));
    let prefixed = text.split_once(':').and_then(|(kind, name)| {
        Some((
            NameType::from_code(&kind.trim().to_uppercase())?,
            name.trim(),
        ))
    });
    if let Some((kind, name)) = prefixed {
        return if fits(kind) && !name.is_empty() {
            Ok(named(name, kind))
        } else {
            Err(wanted(role, accepts))
        };
    }
    let kinds = known(text);
    if let Some(kind) = kinds.iter().find(|kind| fits(**kind)) {
        return Ok(named(text, *kind));
    }
    let Some(accepts) = accepts else {
        return Ok(Put::Words(text.to_owned()));
    };
    let number = || {
        let mut parts = text.split('-').map(str::trim);
        parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
    };
    if (accepts.number || accepts.numeral) && number() {
        return Ok(Put::Words(text.to_owned()));
    }
    let words = accepts.heads.is_some()
        || accepts.phrase
        || accepts.counted
        || accepts.noun
        || accepts.clause
        || accepts.predicate
        || accepts.amount;
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    match accepts.names.as_slice() {
        // Somebody whom the project does not know yet.
        [kind] if kinds.is_empty() && (capital || !words) => Ok(named(text, *kind)),
        [_, _, ..] if kinds.is_empty() && (capital || !words) => {
            let types: Vec<&str> = accepts.names.iter().map(|kind| kind.code()).collect();
            Err(format!(
                "nothing called {text} is known here: say what it is, such as {}:{text} ({})",
                types[0],
                types.join(", ")
            ))
        }
        _ if words => Ok(Put::Words(text.to_owned())),
        _ => Err(wanted(role, Some(accepts))),
    }
}

/// What a role takes, in words.
fn wanted(role: &str, accepts: Option<&Accepts>) -> String {
    let Some(accepts) = accepts else {
        return format!("{role} needs a name");
    };
    let mut wanted: Vec<String> = accepts
        .names
        .iter()
        .map(|kind| format!("the name of a {}", singular(*kind)))
        .collect();
    if accepts.number || accepts.numeral {
        wanted.push("a number, or two with - between".to_owned());
    }
    if accepts.heads.is_some() || accepts.phrase {
        wanted.push("words for people or things".to_owned());
    }
    format!("{role} takes {}", wanted.join(" or "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use svodka::Pack;

    use super::*;

    fn claim(kind: &str) -> ClaimOut {
        serde_json::from_value(json!({
            "id": "c1", "kind": kind, "roles": {}, "polarity": "positive", "certainty": "asserted",
            "evidence": {"start": 0, "end": 1, "text": "x"}
        }))
        .expect("a claim")
    }

    fn read(kind: &str, text: &str) -> Result<Value, String> {
        let pack = Pack::load(&svodka::built_in_pack()).expect("it is sound");
        let of_pack = pack.kinds.iter().find(|it| it.name == kind);
        let known = |name: &str| match name {
            "Orlov" => vec![NameType::Person],
            "Guzhon" => vec![NameType::Workplace],
            _ => Vec::new(),
        };
        typed(text, &claim(kind), of_pack, &known).map(|correction| correction.written())
    }

    #[test]
    fn names_get_their_types_from_the_report_or_from_what_the_role_takes() {
        assert_eq!(
            read(
                "membership",
                "person = Orlov + Anna Weiss; status = former; when = 1923-08; unit ="
            ),
            Ok(json!({
                "roles": {"person": [{"text": "Orlov", "type": "PERSON"}, {"text": "Anna Weiss", "type": "PERSON"}], "unit": []},
                "fields": {"status": "former"}, "when": "1923-08"
            }))
        );
        assert_eq!(
            read(
                "strike",
                "at = Guzhon + PLACE:Moscow; cause = low wages; participants = 400"
            ),
            Ok(json!({"roles": {
                "at": [{"text": "Guzhon", "type": "WORKPLACE"}, {"text": "Moscow", "type": "PLACE"}],
                "cause": ["low wages"], "participants": ["400"]}}))
        );
    }

    #[test]
    fn what_the_kind_does_not_have_is_refused_and_what_it_has_is_told() {
        for (kind, text, why) in [
            (
                "membership",
                "place = Moscow",
                "has no place; it has certainty",
            ),
            (
                "membership",
                "status = boss",
                "'boss' is no status; it is one of",
            ),
            (
                "membership",
                "person = Guzhon",
                "person takes the name of a person",
            ),
            (
                "strike",
                "at = Bromley",
                "say what it is, such as WORKPLACE:Bromley",
            ),
            (
                "strike",
                "at = PERSON:Orlov",
                "at takes the name of a workplace or the name of a place",
            ),
            ("meeting", "attendance = many", "attendance takes a number"),
            ("strike", "when = last May", "is no date"),
            ("strike", "certainty = sure", "asserted, probable"),
            ("strike", "Moscow", "has no ="),
            ("strike", " ; ", "say what should be otherwise"),
        ] {
            let told = read(kind, text).expect_err(text);
            assert!(told.contains(why), "{text}: {told}");
        }
    }
}
