//! One report, read.

use std::collections::BTreeMap;

use serde_json::Value;
use svodka_ingest::{Document, Format, Told, Witness};
use svodka_model::{
    Claim, ClaimOut, CodePoints, Contract, DateMention, Edtf, Entity, EntityOut, FillerOut, Layout,
    Mention, MentionOut, Parse, Place, Quote, ReportInfo, SectionOut, SourceOut, WhenOut,
};

use crate::LANGUAGE;

/// What was read in a report: the value of every stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The report.
    pub text: Document,
    /// The path or address it came from.
    pub source: String,
    /// Its date, given or found.
    pub date: Option<Edtf>,
    /// How it is set out.
    pub layout: Layout,
    /// Its words.
    pub parse: Parse,
    /// Its names.
    pub mentions: Vec<Mention>,
    /// The things named.
    pub entities: Vec<Entity>,
    /// Its dates.
    pub dates: Vec<DateMention>,
    /// Its claims.
    pub claims: Vec<Claim>,
}

impl Reading {
    /// As the output contract describes it, with places in code points.
    pub fn contract(&self) -> Contract {
        let text = self.text.text.as_str();
        let points = CodePoints::new(text);
        let entities = self.entities_out();
        Contract {
            format: 1,
            report: self.info(),
            text: text.to_owned(),
            sections: self.sections_out(&points),
            sentences: self
                .parse
                .sentences
                .iter()
                .map(|tokens| Place::of(&points, self.parse.span(tokens.clone()).trim(text)))
                .filter(|place| place.start < place.end)
                .collect(),
            mentions: self.mentions_out(&points, &entities),
            claims: self
                .claims
                .iter()
                .enumerate()
                .map(|(index, claim)| claim_out(index, claim, text, &points, &entities))
                .collect(),
            entities,
        }
    }

    fn info(&self) -> ReportInfo {
        let text = self.text.text.as_str();
        let own = self.layout.title();
        let own = own.map(|title| one_line(title.span.of(text)));
        let told = |told: &Told| told.value.clone();
        let all = |list: &[Told]| {
            let meant = list.iter().filter(|it| self.means_the_report(it));
            meant.map(told).collect()
        };
        let metadata = &self.text.metadata;
        let title = metadata.title.as_ref();
        ReportInfo {
            id: self.text.sha256.chars().take(16).collect(),
            title: title
                .filter(|title| self.means_the_report(title))
                .map(told)
                .or(own),
            date: self.date.as_ref().map(Edtf::to_string),
            language: LANGUAGE.to_owned(),
            source: self.source.clone(),
            sha256: self.text.sha256.clone(),
            compiler: all(&metadata.authors),
            addressee: all(&metadata.addressees),
            repository: metadata.repository.as_ref().map(told),
            reference: metadata.reference.as_ref().map(told),
            origins: Vec::new(),
        }
    }

    /// Whether what was told is told of the report rather than of the file: the author of a DOCX is whoever owned the
    /// typewriter, its title often that of another.
    fn means_the_report(&self, told: &Told) -> bool {
        !matches!(told.by, Witness::Document(_))
            || matches!(self.text.format, Format::Tei | Format::Email)
    }

    fn entities_out(&self) -> Vec<EntityOut> {
        self.entities
            .iter()
            .map(|entity| EntityOut {
                id: entity.slug.clone(),
                kind: entity.kind,
                name: entity.name.clone(),
                names: entity.names.clone(),
            })
            .collect()
    }

    fn sections_out(&self, points: &CodePoints) -> Vec<SectionOut> {
        let heading = |block: usize| {
            self.layout
                .blocks
                .get(block)
                .map(|block| block.span.of(&self.text.text))
        };
        self.layout
            .sections
            .iter()
            .map(|section| SectionOut {
                heading: one_line(heading(section.heading).unwrap_or("")),
                level: section.level,
                place: Place::of(points, section.span),
            })
            .collect()
    }

    /// Names and dates together, in the order of the text.
    fn mentions_out(&self, points: &CodePoints, entities: &[EntityOut]) -> Vec<MentionOut> {
        let text = self.text.text.as_str();
        let names = self.mentions.iter().map(|mention| MentionOut {
            place: Place::of(points, mention.span),
            text: mention.span.of(text).to_owned(),
            kind: mention.kind.code().to_owned(),
            entity: entities
                .get(mention.entity.0)
                .map(|entity| entity.id.clone()),
            edtf: None,
        });
        let dates = self.dates.iter().map(|date| MentionOut {
            place: Place::of(points, date.span),
            text: date.span.of(text).to_owned(),
            kind: "DATE".to_owned(),
            entity: None,
            edtf: Some(date.value.to_string()),
        });
        let mut mentions: Vec<MentionOut> = names.chain(dates).collect();
        mentions.sort_by_key(|mention| (mention.place.start, mention.place.end));
        mentions
    }
}

fn claim_out(
    index: usize,
    claim: &Claim,
    text: &str,
    points: &CodePoints,
    entities: &[EntityOut],
) -> ClaimOut {
    let roles: BTreeMap<_, _> = claim
        .roles
        .iter()
        .map(|(role, fillers)| {
            let fillers = fillers
                .iter()
                .map(|filler| FillerOut::of(filler, text, points, entities))
                .collect();
            (role.clone(), fillers)
        })
        .collect();
    let id_of =
        |entity: svodka_model::EntityId| entities.get(entity.0).map(|entity| entity.id.clone());
    ClaimOut {
        id: format!("c{}", index + 1),
        kind: claim.kind.clone(),
        roles,
        fields: claim
            .fields
            .iter()
            .map(|(field, value)| (field.to_string(), plain(value)))
            .collect(),
        when: claim.when.as_ref().map(|when| WhenOut {
            edtf: when.value.to_string(),
            text: when.span.of(text).to_owned(),
        }),
        polarity: claim.polarity,
        certainty: claim.certainty,
        sources: claim
            .sources
            .iter()
            .map(|source| SourceOut {
                text: source.text.clone(),
                entity: source.entity.and_then(id_of),
            })
            .collect(),
        evidence: Quote::of(text, points, claim.evidence),
        frame: claim.derivation.frame.clone(),
    }
}

/// A field's value in JSON: yes and no are not words.
fn plain(value: &str) -> Value {
    match value {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        word => Value::String(word.to_owned()),
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
