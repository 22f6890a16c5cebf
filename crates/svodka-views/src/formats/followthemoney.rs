//! [FollowTheMoney](https://followthemoney.tech): an entity a line, in JSON. Things are entities, reports are documents, and claims are the links for which the pack names
//! a schema, or else events. What is denied or was rejected is an event always, since a link says that it is so.

use std::io::Write;

use serde_json::{Map, Value, json};
use svodka_model::{Cited, ClaimOut, Filed, NameType, Polarity};

use super::days::{days, is_plain};
use super::{Job, field, polarity};
use crate::sink::Out;
use crate::{ExportError, Sink, Things};

/// Writes the entities: those of each report, then those of the things in all of them.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut out = sink.file("entities.ftm.json")?;
    let mut things = Things::default();
    for filed in job.source.readings().map_err(ExportError::Source)? {
        let filed = filed.map_err(ExportError::Source)?;
        things.gather(&filed);
        document(job, &filed, &mut out)?;
        for (cited, claim) in filed.cited() {
            of_claim(job, &things, &filed, cited, claim, &mut out)?;
        }
    }
    for (number, thing) in things.iter() {
        let schema = match thing.kind {
            NameType::Person => "Person",
            NameType::Org => "Organization",
            NameType::Workplace => "Company",
            NameType::Place => "Address",
            NameType::Work => "Document",
            NameType::Event => "Event",
        };
        let mut entity = Entity::new(named(number), schema);
        entity.put("name", &thing.name);
        for other in thing.names.iter().filter(|name| **name != thing.name) {
            entity.put("alias", other);
        }
        match thing.kind {
            NameType::Place => entity.put("full", &thing.name),
            NameType::Work => entity.put("fileName", &thing.name),
            _ => {}
        }
        if thing.may_live {
            entity.put("notes", "may be alive");
        }
        entity.write(&mut out)?;
    }
    Ok(out.flush()?)
}

/// An entity being put together.
struct Entity {
    id: String,
    schema: String,
    properties: Map<String, Value>,
}

impl Entity {
    fn new(id: String, schema: &str) -> Entity {
        Entity {
            id,
            schema: schema.to_owned(),
            properties: Map::new(),
        }
    }

    /// Adds a value that says something.
    fn put(&mut self, property: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        let values = self.properties.entry(property).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            let value = Value::from(value);
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }

    fn write(self, out: &mut Out) -> Result<(), ExportError> {
        let entity = json!({"id": self.id, "schema": self.schema, "properties": self.properties});
        Ok(writeln!(out, "{entity}")?)
    }
}

fn named(thing: i64) -> String {
    format!("thing-{thing}")
}

fn document(job: &Job<'_>, filed: &Filed, out: &mut Out) -> Result<(), ExportError> {
    let info = &filed.contract.report;
    let mut entity = Entity::new(format!("report-{}", filed.number), "Document");
    entity.put("fileName", &filed.label);
    entity.put("title", info.title.as_deref().unwrap_or(&filed.label));
    dated(&mut entity, info.date.as_deref(), false);
    for author in &info.compiler {
        entity.put("author", author);
    }
    entity.put("notes", &job.about.notice());
    entity.put("generator", &job.about.program);
    entity.write(out)
}

/// Says when: a year, month or day as it is, else the first and last day that it can mean, if there is room for them.
fn dated(entity: &mut Entity, edtf: Option<&str>, interval: bool) {
    let Some(edtf) = edtf else { return };
    if is_plain(edtf) {
        entity.put("date", edtf);
    } else if interval {
        let (first, last) = days(edtf);
        entity.put("startDate", &first.unwrap_or_default());
        entity.put("endDate", &last.unwrap_or_default());
    }
}

/// The numbers of the things of these types that fill a role.
fn fillers<'a>(
    things: &'a Things,
    filed: &'a Filed,
    claim: &'a ClaimOut,
    role: &str,
    types: &'a [NameType],
) -> impl Iterator<Item = i64> + 'a {
    let fillers = claim.roles.get(role).into_iter().flatten();
    let numbers = fillers.filter_map(|filler| filed.thing(filler.entity.as_deref()?));
    numbers.map(|thing| thing.number).filter(|number| {
        let thing = things.get(*number);
        thing.is_some_and(|thing| types.contains(&thing.kind))
    })
}

fn of_claim(
    job: &Job<'_>,
    things: &Things,
    filed: &Filed,
    cited: &Cited,
    claim: &ClaimOut,
    out: &mut Out,
) -> Result<(), ExportError> {
    let stands = claim.polarity == Polarity::Positive
        && cited
            .judged()
            .is_none_or(|decided| decided.verdict != "reject");
    let link = job.telling.link(&claim.kind).filter(|link| {
        let filled = |end: &svodka_model::End| {
            fillers(things, filed, claim, &end.role, &end.types)
                .next()
                .is_some()
        };
        stands && link.ends.values().all(filled)
    });
    let sentence = job.telling.sentence(claim);
    let schema = link.map_or("Event", |link| link.schema.as_str());
    let mut entity = Entity::new(cited.key.clone(), schema);
    match link {
        Some(link) => {
            for (property, end) in &link.ends {
                for number in fillers(things, filed, claim, &end.role, &end.types) {
                    entity.put(property, &named(number));
                }
            }
            for (property, part) in &link.texts {
                for filler in claim.roles.get(part.as_str()).into_iter().flatten() {
                    entity.put(property, &filler.text);
                }
                if let Some(value) = claim.fields.get(part) {
                    entity.put(property, &field(value));
                }
            }
        }
        None => {
            entity.put("name", &sentence);
            event(&mut entity, things, filed, claim);
        }
    }
    let edtf = claim.when.as_ref().map(|when| when.edtf.as_str());
    dated(&mut entity, edtf, true);
    entity.put("recordId", &cited.key);
    entity.put("proof", &format!("report-{}", filed.number));
    entity.put("description", &claim.evidence.text);
    entity.put("summary", &sentence);
    entity.put("summary", &format!("kind: {}", claim.kind));
    entity.put(
        "summary",
        &format!("certainty of the text: {}", claim.certainty.word()),
    );
    entity.put(
        "summary",
        &format!("polarity: {}", polarity(claim.polarity)),
    );
    if !claim.sources.is_empty() {
        let chain: Vec<&str> = claim.sources.iter().map(|it| it.text.as_str()).collect();
        entity.put("summary", &format!("on the word of: {}", chain.join(" < ")));
    }
    if let Some(decided) = cited.judged() {
        entity.put("summary", &format!("judged: {}", decided.verdict));
    }
    if let Some(grade) = cited.last("grade") {
        entity.put("summary", &format!("grade: {grade}"));
    }
    if let Some(edtf) = edtf {
        entity.put("summary", &format!("EDTF: {edtf}"));
    }
    entity.write(out)
}

/// Who and what an event is about.
fn event(entity: &mut Entity, things: &Things, filed: &Filed, claim: &ClaimOut) {
    for filler in claim.roles.values().flatten() {
        let number = filler.entity.as_deref().and_then(|id| filed.thing(id));
        let Some(thing) = number.and_then(|it| Some((it.number, things.get(it.number)?))) else {
            continue;
        };
        match thing {
            (number, thing) if thing.kind == NameType::Place => {
                entity.put("location", &thing.name);
                entity.put("addressEntity", &named(number));
            }
            (_, thing) if matches!(thing.kind, NameType::Work | NameType::Event) => {
                entity.put("namesMentioned", &thing.name);
            }
            (number, _) => entity.put("involved", &named(number)),
        }
    }
}
