//! A claim as a sentence, in the pack's words.

use serde_json::Value;
use svodka::propose::PROPOSED_BY;
use svodka::{Certainty, ClaimOut, Polarity, Wording};

/// What is claimed, when it was, on whose word and how sure.
pub fn sentence(claim: &ClaimOut, wording: Option<&Wording>) -> String {
    let mut told = said(claim, wording);
    if let Some(when) = &claim.when {
        let words: Vec<&str> = when.text.split_whitespace().collect();
        let words = words.join(" ");
        told += &match words == when.edtf || words.is_empty() {
            true => format!(" · {}", when.edtf),
            false => format!(" · {words} [{}]", when.edtf),
        };
    }
    if !claim.sources.is_empty() {
        let sources: Vec<&str> = claim
            .sources
            .iter()
            .map(|source| source.text.as_str())
            .collect();
        told += &format!(" · on the word of {}", sources.join(", from "));
    }
    if claim.certainty != Certainty::Asserted {
        told += &format!(" · {}", claim.certainty.word());
    }
    if let Some(Value::String(model)) = claim.fields.get(PROPOSED_BY) {
        told += &format!(" · proposed by {model}");
    }
    told
}

/// What is claimed, and nothing else.
pub fn said(claim: &ClaimOut, wording: Option<&Wording>) -> String {
    let said = match wording {
        Some(wording) => wording.phrase.fill(&|gap| filler(claim, wording, gap)),
        None => plain(claim),
    };
    if claim.polarity == Polarity::Negative {
        format!("Not so: {said}")
    } else {
        capitalised(&said)
    }
}

/// What fills a gap: a role's fillers, or a field's value.
fn filler(claim: &ClaimOut, wording: &Wording, gap: &str) -> Option<String> {
    let called = |value: &str| {
        let words = wording.words.get(gap).and_then(|words| words.get(value));
        words.map_or_else(
            || value.split_whitespace().collect::<Vec<_>>().join(" "),
            Clone::clone,
        )
    };
    let fillers = claim.roles.get(gap).map_or(&[][..], Vec::as_slice);
    if !fillers.is_empty() {
        return Some(listed(
            fillers.iter().map(|filler| called(&filler.text)).collect(),
        ));
    }
    match claim.fields.get(gap)? {
        Value::Bool(false) | Value::Null => None,
        Value::String(value) => Some(called(value)),
        value => Some(called(&value.to_string())),
    }
}

/// "a", "a and b", "a, b and c".
fn listed(mut items: Vec<String>) -> String {
    let last = items.pop().unwrap_or_default();
    match items.is_empty() {
        true => last,
        false => format!("{} and {last}", items.join(", ")),
    }
}

/// For a kind that the pack has no words for: its roles and fields by name.
fn plain(claim: &ClaimOut) -> String {
    let roles = claim.roles.iter().map(|(role, fillers)| {
        let fillers: Vec<String> = fillers.iter().map(|filler| filler.text.clone()).collect();
        format!("{role} {}", listed(fillers))
    });
    let fields = claim.fields.iter().map(|(field, value)| match value {
        Value::String(value) => format!("{field} {value}"),
        value => format!("{field} {value}"),
    });
    format!(
        "{}: {}",
        claim.kind,
        roles.chain(fields).collect::<Vec<_>>().join("; ")
    )
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
