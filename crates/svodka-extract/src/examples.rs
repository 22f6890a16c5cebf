//! Runs the examples that every frame of a pack must carry.

use svodka_model::{
    Claim, DateMention, Edtf, Entity, EntityId, Layout, Mention, NameType, Parse, Parser,
    read_marked,
};
use svodka_pack::{Example, Pack};

use crate::{Reading, parse, read_framed_claims};

/// An example of a pack: of which frame, and whether the frame must find it.
#[derive(Debug, Clone)]
pub struct Case<'a> {
    /// `kind/frame`.
    pub frame: String,
    /// The sentence and what is expected.
    pub example: &'a Example,
    /// Whether the frame must find the claim (an example) or must find nothing (a reject).
    pub found: bool,
}

impl Case<'_> {
    /// `file:line:column`.
    pub fn place(&self) -> String {
        let position = self.example.position;
        format!(
            "{}:{}:{}",
            self.example.file, position.line, position.column
        )
    }
}

/// All examples and rejects of a pack in the order of its files.
pub fn cases(pack: &Pack) -> Vec<Case<'_>> {
    let mut cases = Vec::new();
    for kind in &pack.kinds {
        for frame in &kind.frames {
            let name = format!("{}/{}", kind.name, frame.name);
            for (examples, found) in [(&frame.examples, true), (&frame.rejects, false)] {
                cases.extend(examples.iter().map(|example| Case {
                    frame: name.clone(),
                    example,
                    found,
                }));
            }
        }
    }
    cases
}

/// Runs one example against the whole pack and looks at what its frame found. The error says what was found
/// instead.
pub fn check(case: &Case<'_>, pack: &Pack, parser: &dyn Parser) -> Result<(), String> {
    let claims = read_example(case.example, pack, parser);
    let (text, claims) = claims;
    let own: Vec<_> = claims
        .iter()
        .filter(|claim| claim.derivation.frame == case.frame)
        .collect();
    let told = || {
        let all: Vec<_> = claims.iter().map(|claim| tell(claim, &text)).collect();
        if all.is_empty() {
            "nothing was found".to_owned()
        } else {
            format!("found: {}", all.join(" | "))
        }
    };
    match case.found {
        false if own.is_empty() => Ok(()),
        false => Err(format!("the frame should find nothing here; {}", told())),
        true if own.iter().any(|claim| agrees(claim, case.example)) => Ok(()),
        true => Err(format!("the expected claim was not found; {}", told())),
    }
}

fn read_example(example: &Example, pack: &Pack, parser: &dyn Parser) -> (String, Vec<Claim>) {
    let sentence = Marked::read(&example.marked, pack, parser);
    let claims = read_framed_claims(sentence.reading(), pack);
    (sentence.text, claims)
}

/// A text in which names and dates were marked by hand, with everything that claims are read from.
#[derive(Debug)]
pub struct Marked {
    text: String,
    layout: Layout,
    parse: Parse,
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    dates: Vec<DateMention>,
}

impl Marked {
    /// Reads a text in the gold notation: `⟦PERSON:x|Ivan Orlov⟧ left in ⟦DATE:1923-05|May⟧.`
    pub fn read(marked: &str, pack: &Pack, parser: &dyn Parser) -> Marked {
        let (text, marks) = read_marked(marked);
        let mut mentions = Vec::new();
        let mut entities: Vec<Entity> = Vec::new();
        let mut dates = Vec::new();
        for mark in marks {
            let words = mark.span.of(&text).to_owned();
            if let Some(kind) = NameType::from_code(&mark.kind) {
                let known = entities
                    .iter()
                    .position(|entity| entity.slug == mark.reference);
                let entity = known.unwrap_or_else(|| {
                    entities.push(Entity {
                        kind,
                        name: words.clone(),
                        slug: mark.reference.clone(),
                        names: Vec::new(),
                    });
                    entities.len() - 1
                });
                entities[entity].names.push(words);
                mentions.push(Mention {
                    span: mark.span,
                    kind,
                    entity: EntityId(entity),
                });
            } else {
                let value = mark.reference.parse().unwrap_or_else(|_| Edtf::unknown());
                dates.push(DateMention {
                    span: mark.span,
                    value,
                });
            }
        }
        let layout = crate::lay_out(&text, &pack.layout, &pack.dates);
        let parse = parse(&text, &layout, &pack.layout, parser);
        Marked {
            text,
            layout,
            parse,
            mentions,
            entities,
            dates,
        }
    }

    /// Reads a text as [`Marked::read`] does, or, if no name or date is marked in it, finds them.
    pub fn read_or_find(text: &str, pack: &Pack, parser: &dyn Parser) -> Marked {
        let marked = Marked::read(text, pack, parser);
        if !marked.mentions.is_empty() || !marked.dates.is_empty() {
            return marked;
        }
        let Marked { layout, parse, .. } = &marked;
        let names = crate::find_names(text, layout, parse, &pack.names);
        let date = layout.date.as_ref();
        Marked {
            dates: crate::find_dates(text, layout, parse, &names.mentions, date, &pack.dates),
            mentions: names.mentions,
            entities: names.entities,
            ..marked
        }
    }

    /// What claims are read from.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            text: &self.text,
            layout: &self.layout,
            parse: &self.parse,
            mentions: &self.mentions,
            entities: &self.entities,
            dates: &self.dates,
        }
    }
}

/// What a claim says under each name that an example can use.
fn facts(claim: &Claim) -> Vec<(String, Vec<String>)> {
    let mut facts: Vec<(String, Vec<String>)> = Vec::new();
    for (role, fillers) in &claim.roles {
        facts.push((
            role.to_string(),
            fillers.iter().map(|filler| filler.text.clone()).collect(),
        ));
    }
    for (field, value) in &claim.fields {
        if claim.role(field).is_empty() {
            facts.push((field.to_string(), vec![value.to_string()]));
        }
    }
    facts.push((
        "certainty".to_owned(),
        vec![claim.certainty.word().to_owned()],
    ));
    let negative = claim.polarity == svodka_model::Polarity::Negative;
    facts.push((
        "polarity".to_owned(),
        vec![if negative { "negative" } else { "positive" }.to_owned()],
    ));
    facts.push((
        "source".to_owned(),
        claim
            .sources
            .iter()
            .map(|source| source.text.clone())
            .collect(),
    ));
    facts.push((
        "when".to_owned(),
        claim
            .when
            .iter()
            .map(|when| when.value.to_string())
            .collect(),
    ));
    facts
}

fn agrees(claim: &Claim, example: &Example) -> bool {
    let facts = facts(claim);
    example.expected.iter().all(|(name, wanted)| {
        facts
            .iter()
            .any(|(fact, values)| fact == name && values == wanted)
    })
}

/// A claim in a line: its frame, its trigger and all it says, but for what goes without saying.
pub fn tell(claim: &Claim, text: &str) -> String {
    let facts = facts(claim);
    let mut told: Vec<_> = facts
        .iter()
        .filter(|(_, values)| !values.is_empty())
        .collect();
    told.retain(|(name, values)| {
        !matches!(
            (name.as_str(), values[0].as_str()),
            ("certainty", "asserted") | ("polarity", "positive")
        )
    });
    let told: Vec<_> = told
        .iter()
        .map(|(name, values)| format!("{name}: {}", values.join(", ")))
        .collect();
    format!(
        "{} ({}) {}",
        claim.derivation.frame,
        claim.derivation.trigger.of(text),
        told.join("; ")
    )
}
