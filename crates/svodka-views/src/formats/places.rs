//! [Linked Places](https://github.com/LinkedPasts/linked-places-format) 1.1: a GeoJSON feature for each place that the reports name, in JSON-LD. Its names are the forms
//! that reports use, each with the reports that use it and their dates; its times are those of the claims that are told of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde_json::{Value, json};
use svodka_model::{Cited, ClaimOut, Filed, NameType};

use super::days::{days, is_plain};
use super::spool::{Piece, Spool};
use super::{Job, polarity};
use crate::{ExportError, Sink, Thing, Things};

const CONTEXT: &str = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld";

/// What is gathered of a place.
#[derive(Default)]
struct Attested {
    /// Form → the reports that use it.
    forms: BTreeMap<String, BTreeSet<i64>>,
    /// When something is told of it, EDTF.
    times: BTreeSet<String>,
    /// The claims, which wait on the disk.
    claims: Vec<Piece>,
}

/// Writes the places.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut things = Things::default();
    let mut places: BTreeMap<i64, Attested> = BTreeMap::new();
    let mut reports: BTreeMap<i64, (String, Option<String>)> = BTreeMap::new();
    let mut spool = Spool::new()?;
    for filed in job.source.readings().map_err(ExportError::Source)? {
        let filed = filed.map_err(ExportError::Source)?;
        things.gather(&filed);
        let date = filed.contract.report.date.clone();
        reports.insert(filed.number, (filed.label.clone(), date));
        for mention in &filed.contract.mentions {
            if mention.kind != NameType::Place.code() {
                continue;
            }
            let number = mention.entity.as_deref().and_then(|id| filed.thing(id));
            if let Some(number) = number {
                let place = places.entry(number.number).or_default();
                let form = mention.text.split_whitespace().collect::<Vec<_>>();
                let form = place.forms.entry(form.join(" ")).or_default();
                form.insert(filed.number);
            }
        }
        for (cited, claim) in filed.cited() {
            let named = claim.roles.values().flatten();
            let named = named.filter_map(|filler| filler.entity.as_deref());
            let numbers: BTreeSet<i64> = named
                .filter_map(|entity| Some(filed.thing(entity)?.number))
                .filter(|number| {
                    things
                        .get(*number)
                        .is_some_and(|thing| thing.kind == NameType::Place)
                })
                .collect();
            if numbers.is_empty() {
                continue;
            }
            let piece = spool.put(&told(job, &filed, cited, claim).to_string())?;
            for number in numbers {
                let place = places.entry(number).or_default();
                place.claims.push(piece);
                let when = claim.when.as_ref().map(|when| when.edtf.clone());
                place.times.extend(when);
            }
        }
    }
    let mut out = sink.file("places.geojson")?;
    let own = json!({"svodka": "urn:svodka:vocabulary:", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"});
    let head = [
        ("type", json!("FeatureCollection")),
        ("@context", json!([CONTEXT, own])),
        ("rdfs:label", json!(job.about.title)),
        ("rdfs:comment", json!(job.about.notice())),
        ("svodka:program", json!(job.about.program)),
    ];
    writeln!(out, "{{")?;
    for (name, value) in head {
        writeln!(out, " {}: {value},", json!(name))?;
    }
    write!(out, " \"features\": [")?;
    let of_places = things
        .iter()
        .filter(|(_, thing)| thing.kind == NameType::Place);
    let nothing = Attested::default();
    for (place, (number, thing)) in of_places.enumerate() {
        let attested = places.get(&number).unwrap_or(&nothing);
        let feature = feature(job, number, thing, attested, &reports).to_string();
        let feature = feature.strip_suffix('}').unwrap_or(&feature);
        let comma = if place == 0 { "" } else { "," };
        write!(out, "{comma}\n  {feature},\"svodka:claims\":[")?;
        for (place, piece) in attested.claims.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write!(out, "{comma}{}", spool.get(*piece)?)?;
        }
        write!(out, "]}}")?;
    }
    writeln!(out, "\n ]\n}}")?;
    Ok(out.flush()?)
}

fn feature(
    job: &Job<'_>,
    number: i64,
    thing: &Thing,
    attested: &Attested,
    reports: &BTreeMap<i64, (String, Option<String>)>,
) -> Value {
    let located = job
        .telling
        .located(&mut thing.names.iter().map(String::as_str));
    let names = attested.forms.iter().map(|(form, using)| {
        let known = using
            .iter()
            .filter_map(|report| Some((report, reports.get(report)?)));
        let dates: BTreeSet<&str> = known
            .clone()
            .filter_map(|(_, (_, date))| date.as_deref())
            .collect();
        let citations = known
            .map(|(report, (label, _))| json!({"@id": job.about.report(*report), "label": label}));
        let citations: Vec<Value> = citations.collect();
        let mut name = json!({"toponym": form, "citations": citations});
        if let Some(when) = when(dates.into_iter()) {
            name["when"] = when;
        }
        name
    });
    let mut names: Vec<Value> = names.collect();
    if names.is_empty() {
        names.push(json!({"toponym": thing.name, "citations": []}));
    }
    let mut feature = json!({
        "@id": job.about.thing(number),
        "type": "Feature",
        "properties": {"title": thing.name, "ccodes": located.iter().map(|it| it.country.as_str()).collect::<Vec<_>>(),
            "reports": thing.reports, "mentions": thing.mentions},
        "names": names,
        "types": [],
        "geometry": Value::Null,
        "links": [],
    });
    if let Some(located) = located {
        let certainty = if located.guessed {
            "less-certain"
        } else {
            "certain"
        };
        feature["geometry"] = json!({"type": "Point", "coordinates": [located.longitude, located.latitude], "geowkt": format!("POINT({} {})", located.longitude, located.latitude),
            "certainty": certainty});
        feature["links"] = json!([{"type": "closeMatch", "identifier": format!("gn:{}", located.geonames), "label": located.name}]);
    }
    if let Some(when) = when(attested.times.iter().map(String::as_str)) {
        feature["when"] = when;
    }
    feature
}

/// Times as the format has them; nothing if none can be said so.
fn when<'a>(times: impl Iterator<Item = &'a str>) -> Option<Value> {
    let spans: Vec<Value> = times.filter_map(span).collect();
    (!spans.is_empty()).then(|| json!({"timespans": spans}))
}

fn span(edtf: &str) -> Option<Value> {
    if is_plain(edtf) {
        return Some(json!({"start": {"in": edtf}, "end": {"in": edtf}, "svodka:edtf": edtf}));
    }
    let (first, last) = days(edtf);
    if first.is_none() && last.is_none() {
        return None;
    }
    let mut span = json!({"svodka:edtf": edtf});
    if let Some(first) = first {
        span["start"] = json!({"earliest": first});
    }
    if let Some(last) = last {
        span["end"] = json!({"latest": last});
    }
    Some(span)
}

fn told(job: &Job<'_>, filed: &Filed, cited: &Cited, claim: &ClaimOut) -> Value {
    let sources: Vec<&str> = claim.sources.iter().map(|it| it.text.as_str()).collect();
    json!({
        "@id": job.about.claim(&cited.key),
        "svodka:kind": claim.kind,
        "svodka:told": job.telling.sentence(claim),
        "svodka:quotation": claim.evidence.text,
        "svodka:certainty": claim.certainty.word(),
        "svodka:polarity": polarity(claim.polarity),
        "svodka:when": claim.when.as_ref().map(|when| &when.edtf),
        "svodka:sources": {"@list": sources},
        "svodka:report": {"@id": job.about.report(filed.number)},
        "svodka:judged": cited.judged().map(|decided| decided.verdict),
    })
}
