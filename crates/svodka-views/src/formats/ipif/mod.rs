//! [IPIF](https://github.com/IPIF/prosopogrAPhI) 0.3.3, the International Prosopography Interchange Format: who is told to have been what,
//! as factoids that tie statements on a person to a source. As files, and for a server in [`Prosopography`].
//!
//! Bodies and workplaces are persons too, as the Factoid Prosopography Ontology has it. What there is no room for stands in `statementText`.

mod question;
mod service;
mod shape;
mod told;

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use serde_json::{Value, json};

pub use self::question::{IpifError, Kind, Question};
pub use self::service::Prosopography;
use self::shape::{Description, Resource};
use super::Job;
use super::spool::{Piece, Spool};
use crate::sink::Out;
use crate::{ExportError, Sink, Things};

/// A file for each list, as a server would answer if it gave all at once, and what the service says of itself.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut things = Things::default();
    let mut spool = Spool::new()?;
    let mut persons: BTreeMap<i64, (shape::Made, Vec<Piece>)> = BTreeMap::new();
    let mut factoids = List::new(sink, Kind::Factoids)?;
    let mut statements = List::new(sink, Kind::Statements)?;
    let mut sources = List::new(sink, Kind::Sources)?;
    for filed in job.source.readings().map_err(ExportError::Source)? {
        let filed = filed.map_err(ExportError::Source)?;
        things.gather(&filed);
        let told = told::report(job, &filed);
        for (factoid, of_factoid) in &told.factoids {
            factoids.put(factoid)?;
            for statement in of_factoid {
                statements.put(statement)?;
            }
            let number = factoid.names.person_ref.id.rsplit('-').next();
            if let Some(number) = number.and_then(|number| number.parse().ok()) {
                let made = || (told.source.made.clone(), Vec::new());
                let (_, refs) = persons.entry(number).or_insert_with(made);
                refs.push(spool.put(&serde_json::to_string(&factoid.names)?)?);
            }
        }
        sources.put(&told.source)?;
    }
    factoids.end()?;
    statements.end()?;
    sources.end()?;
    let mut list = List::new(sink, Kind::Persons)?;
    for (number, (made, refs)) in persons {
        let name = things.get(number).map_or("", |thing| thing.name.as_str());
        let mut person = json!(somebody(job, number, name, made));
        let refs: Result<Vec<Value>, ExportError> = refs
            .into_iter()
            .map(|piece| Ok(serde_json::from_str(&spool.get(piece)?)?))
            .collect();
        person["factoid-refs"] = Value::from(refs?);
        list.put(&person)?;
    }
    list.end()?;
    let mut out = sink.file("describe.json")?;
    writeln!(out, "{}", json!(description(job)))?;
    Ok(out.flush()?)
}

/// A person, with no factoids yet.
fn somebody(job: &Job<'_>, number: i64, name: &str, made: shape::Made) -> Resource {
    Resource {
        id: told::person(number),
        label: name.to_owned(),
        uris: vec![job.about.thing(number)],
        made,
        factoid_refs: Vec::new(),
    }
}

/// What the service says of itself.
fn description(job: &Job<'_>) -> Description {
    Description {
        description: format!("{}. {}", job.about.title, job.about.notice()),
        provider: job.about.program.clone(),
        compliance_level: 1,
        formats: vec!["application/json".to_owned()],
        vocabs: [
            "https://github.com/johnBradley501/FPO/raw/master/fpo.owl",
            super::rdf::terms::OURS,
        ]
        .map(str::to_owned)
        .to_vec(),
    }
}

/// A list being written.
struct List {
    out: Out,
    hits: usize,
}

impl List {
    fn new(sink: &mut dyn Sink, kind: Kind) -> Result<List, ExportError> {
        let mut out = sink.file(&format!("{}.json", kind.name()))?;
        write!(out, "{{\"{}\":[", kind.name())?;
        Ok(List { out, hits: 0 })
    }

    fn put(&mut self, resource: &impl Serialize) -> Result<(), ExportError> {
        let comma = if self.hits == 0 { "" } else { "," };
        self.hits += 1;
        writeln!(self.out, "{comma}")?;
        Ok(serde_json::to_writer(&mut self.out, resource)?)
    }

    fn end(mut self) -> Result<(), ExportError> {
        let protocol = json!({"size": self.hits, "page": 1, "totalHits": self.hits});
        writeln!(self.out, "\n],\"protocol\":{protocol}}}")?;
        Ok(self.out.flush()?)
    }
}
