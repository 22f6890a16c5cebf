//! W3C [Web Annotation](https://www.w3.org/TR/annotation-model/): an annotation for each mention and each claim, in JSON-LD. Each points to its words by
//! quotation and by position; positions count Unicode code points, as the model asks. In a folder the texts stand beside them.

use std::io::Write;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use svodka_model::{Cited, ClaimOut, CodePoints, Filed, MentionOut, Place};

use super::{Job, polarity};
use crate::{ExportError, Sink};

/// How many code points before and after a quotation tell it from equal ones.
const AROUND: usize = 32;

/// Writes one page of annotations, and the texts if there is room for them.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut out = sink.file("annotations.jsonld")?;
    let own = json!({"svodka": "urn:svodka:vocabulary:", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "dcterms": "http://purl.org/dc/terms/"});
    let head = [
        ("@context", json!(["http://www.w3.org/ns/anno.jsonld", own])),
        ("id", json!(format!("{}annotations", job.about.base))),
        ("type", json!("AnnotationPage")),
        ("rdfs:label", json!(job.about.title)),
        ("rdfs:comment", json!(job.about.notice())),
        (
            "generator",
            json!({"type": "Software", "name": job.about.program}),
        ),
    ];
    writeln!(out, "{{")?;
    for (name, value) in head {
        writeln!(out, " {}: {value},", json!(name))?;
    }
    write!(out, " \"items\": [")?;
    let mut first = true;
    for filed in job.source.readings().map_err(ExportError::Source)? {
        let filed = filed.map_err(ExportError::Source)?;
        let text = Text::of(job, &filed);
        if sink.is_folder() {
            let mut file = sink.file(&format!("texts/{}.txt", filed.number))?;
            file.write_all(filed.contract.text.as_bytes())?;
            file.flush()?;
        }
        let mentions = filed.contract.mentions.iter().enumerate();
        let mentions =
            mentions.map(|(place, mention)| of_mention(job, &filed, &text, place, mention));
        let claims = filed.cited();
        let claims = claims.map(|(cited, claim)| of_claim(job, &filed, &text, cited, claim));
        for annotation in mentions.chain(claims) {
            write!(out, "{}\n  {annotation}", if first { "" } else { "," })?;
            first = false;
        }
    }
    writeln!(out, "\n ]\n}}")?;
    Ok(out.flush()?)
}

/// A report's text, to point into.
struct Text<'a> {
    text: &'a str,
    points: CodePoints,
    source: Value,
}

impl Text<'_> {
    fn of<'a>(job: &Job<'_>, filed: &'a Filed) -> Text<'a> {
        let text = filed.contract.text.as_str();
        let digest = Sha256::digest(text.as_bytes());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Text {
            text,
            points: CodePoints::new(text),
            source: json!({
                "id": job.about.report(filed.number),
                "type": "Text",
                "format": "text/plain",
                "language": filed.contract.report.language,
                "rdfs:label": filed.label,
                "dcterms:date": filed.contract.report.date,
                "svodka:textFile": format!("texts/{}.txt", filed.number),
                "svodka:textSha256": digest,
            }),
        }
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.points.to_span(start..end).of(self.text)
    }

    /// What points to a place.
    fn target(&self, place: Place) -> Value {
        let length = self.points.of_byte(self.text.len());
        let before = self.part(place.start.saturating_sub(AROUND), place.start);
        let after = self.part(place.end, (place.end + AROUND).min(length));
        json!({
            "source": self.source,
            "selector": [
                {"type": "TextQuoteSelector", "exact": self.part(place.start, place.end), "prefix": before, "suffix": after},
                {"type": "TextPositionSelector", "start": place.start, "end": place.end},
            ],
        })
    }
}

fn thing(job: &Job<'_>, filed: &Filed, entity: Option<&str>) -> Option<String> {
    let numbered = filed.thing(entity?)?;
    Some(job.about.thing(numbered.number))
}

fn of_mention(
    job: &Job<'_>,
    filed: &Filed,
    text: &Text<'_>,
    place: usize,
    mention: &MentionOut,
) -> Value {
    let mut body =
        json!({"type": "SpecificResource", "purpose": "identifying", "svodka:type": mention.kind});
    match thing(job, filed, mention.entity.as_deref()) {
        Some(thing) => body["source"] = thing.into(),
        None => {
            body["type"] = "TextualBody".into();
            body["value"] = mention.edtf.as_deref().unwrap_or(&mention.text).into();
        }
    }
    json!({
        "id": format!("{}/mention/{place}", job.about.report(filed.number)),
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": text.target(mention.place),
    })
}

fn of_claim(
    job: &Job<'_>,
    filed: &Filed,
    text: &Text<'_>,
    cited: &Cited,
    claim: &ClaimOut,
) -> Value {
    let roles = claim.roles.iter().flat_map(|(role, fillers)| {
        fillers.iter().map(move |filler| {
            json!({
                "svodka:role": role,
                "svodka:text": filler.text,
                "svodka:thing": thing(job, filed, filler.entity.as_deref()),
                "svodka:start": filler.place.map(|place| place.start),
                "svodka:end": filler.place.map(|place| place.end),
            })
        })
    });
    let sources = claim.sources.iter().map(|source| {
        json!({"svodka:text": source.text, "svodka:thing": thing(job, filed, source.entity.as_deref())})
    });
    json!({
        "id": job.about.claim(&cited.key),
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": job.telling.sentence(claim)},
        "svodka:claim": {
            "svodka:kind": claim.kind,
            "svodka:roles": roles.collect::<Vec<_>>(),
            "svodka:fields": claim.fields,
            "svodka:when": claim.when.as_ref().map(|when| json!({"svodka:edtf": when.edtf, "svodka:text": when.text})),
            "svodka:polarity": polarity(claim.polarity),
            "svodka:certainty": claim.certainty.word(),
            "svodka:sources": {"@list": sources.collect::<Vec<_>>()},
            "svodka:frame": claim.frame,
            "svodka:read": cited.read.as_ref().map(|read| job.telling.sentence(read)),
            "svodka:decisions": cited.decisions,
        },
        "target": text.target(claim.evidence.place),
    })
}
