//! A claim: what is proposed, in which words, who believes it, and from whom they have it.

use std::collections::BTreeMap;

use svodka_model::{Cited, ClaimOut, Filed, FillerOut};

use super::super::{Job, field};
use super::graph::Graph;
use super::terms::value;
use super::things::{author, time_span};
use crate::{ExportError, Things};

/// Writes a claim into the graph of its report.
pub fn write(
    job: &Job<'_>,
    things: &Things,
    filed: &Filed,
    cited: &Cited,
    claim: &ClaimOut,
    graph: &mut Graph<'_>,
) -> Result<(), ExportError> {
    let name = job.about.claim(&cited.key);
    graph.is(&name, "crminf:I4_Proposition_Set")?;
    graph.says(&name, "rdfs:label", &job.telling.sentence(claim))?;
    graph.to(
        &name,
        "crm:P2_has_type",
        &format!("svodka:kind/{}", claim.kind),
    )?;
    graph.to(&job.about.report(filed.number), "crm:P70_documents", &name)?;
    quotation(job, filed, claim, &name, graph)?;
    content(job, things, filed, claim, &name, graph)?;
    beliefs(job, filed, claim, &name, graph)?;
    judgements(cited, &name, graph)
}

fn quotation(
    job: &Job<'_>,
    filed: &Filed,
    claim: &ClaimOut,
    name: &str,
    graph: &mut Graph<'_>,
) -> Result<(), ExportError> {
    let quotation = format!("{name}/quotation");
    let (words, place) = (format!("{quotation}/words"), format!("{quotation}/place"));
    graph.to(name, "svodka:quotation", &quotation)?;
    graph.is(&quotation, "oa:SpecificResource")?;
    graph.to(&quotation, "oa:hasSource", &job.about.report(filed.number))?;
    graph.to(&quotation, "oa:hasSelector", &words)?;
    graph.is(&words, "oa:TextQuoteSelector")?;
    graph.says(&words, "oa:exact", &claim.evidence.text)?;
    graph.to(&quotation, "oa:hasSelector", &place)?;
    graph.is(&place, "oa:TextPositionSelector")?;
    graph.counts(&place, "oa:start", claim.evidence.place.start)?;
    graph.counts(&place, "oa:end", claim.evidence.place.end)
}

/// What is proposed: that something was, with these parts; each as an attribute assignment.
fn content(
    job: &Job<'_>,
    things: &Things,
    filed: &Filed,
    claim: &ClaimOut,
    name: &str,
    graph: &mut Graph<'_>,
) -> Result<(), ExportError> {
    let matter = format!("{name}/matter");
    graph.to(name, "svodka:matter", &matter)?;
    graph.is(&matter, "svodka:Matter")?;
    let known = job
        .telling
        .crm()
        .and_then(|crm| Some((crm, crm.kinds.get(&claim.kind)?)));
    if let Some((_, said)) = known {
        graph.to(&matter, "svodka:ifSo", &format!("crm:{}", said.class))?;
    }
    let mut assigned = Assigned { name, number: 0 };
    let mut parts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (role, fillers) in &claim.roles {
        for filler in fillers {
            let thing = filed.thing(filler.entity.as_deref().unwrap_or_default());
            let kind = thing.and_then(|thing| Some(things.get(thing.number)?.kind));
            let property = known
                .zip(kind)
                .and_then(|((crm, _), kind)| crm.property(&claim.kind, role, kind));
            let property = match property {
                Some(property) => format!("crm:{property}"),
                None => format!("svodka:role/{role}"),
            };
            let part = assigned.part(job, filed, role, filler, graph)?;
            assigned.put(&matter, &property, &part, Some(role), graph)?;
            parts.entry(role).or_default().push(part);
        }
    }
    for tie in known.iter().flat_map(|(_, said)| &said.ties) {
        let of = |role: &str| parts.get(role).into_iter().flatten();
        for (from, to) in of(&tie.from).flat_map(|from| of(&tie.to).map(move |to| (from, to))) {
            assigned.put(from, &format!("crm:{}", tie.property), to, None, graph)?;
        }
    }
    if let Some(when) = &claim.when {
        let span = format!("{name}/time");
        let words = if when.text.is_empty() {
            &when.edtf
        } else {
            &when.text
        };
        time_span(&span, words, &when.edtf, graph)?;
        assigned.put(&matter, "crm:P4_has_time-span", &span, None, graph)?;
    }
    for (key, given) in &claim.fields {
        let said = format!("{name}/field/{key}");
        graph.to(name, "svodka:field", &said)?;
        graph.to(&said, "crm:P2_has_type", &format!("svodka:field/{key}"))?;
        graph.says(&said, "rdf:value", &field(given))?;
    }
    Ok(())
}

/// Attribute assignments of a claim.
struct Assigned<'a> {
    name: &'a str,
    number: usize,
}

impl Assigned<'_> {
    /// The name of what fills a role.
    fn part(
        &self,
        job: &Job<'_>,
        filed: &Filed,
        role: &str,
        filler: &FillerOut,
        graph: &mut Graph<'_>,
    ) -> Result<String, ExportError> {
        if let Some(thing) = filler.entity.as_deref().and_then(|id| filed.thing(id)) {
            return Ok(job.about.thing(thing.number));
        }
        let part = format!("{}/{role}/{}", self.name, self.number + 1);
        graph.is(&part, "crm:E1_CRM_Entity")?;
        graph.says(&part, "rdfs:label", &filler.text)?;
        Ok(part)
    }

    /// That something is said to have a property.
    fn put(
        &mut self,
        of: &str,
        property: &str,
        to: &str,
        role: Option<&str>,
        graph: &mut Graph<'_>,
    ) -> Result<(), ExportError> {
        self.number += 1;
        let assignment = format!("{}/assignment/{}", self.name, self.number);
        graph.to(self.name, "svodka:assignment", &assignment)?;
        graph.is(&assignment, "crm:E13_Attribute_Assignment")?;
        graph.to(&assignment, "crm:P140_assigned_attribute_to", of)?;
        graph.to(&assignment, "crm:P177_assigned_property_of_type", property)?;
        graph.to(&assignment, "crm:P141_assigned", to)?;
        match role {
            Some(role) => graph.says(&assignment, "svodka:role", role),
            None => Ok(()),
        }
    }
}

/// The report's belief, and those that it was adopted from.
fn beliefs(
    job: &Job<'_>,
    filed: &Filed,
    claim: &ClaimOut,
    name: &str,
    graph: &mut Graph<'_>,
) -> Result<(), ExportError> {
    let belief = |at: usize| format!("{name}/belief/{at}");
    graph.to(
        &belief(0),
        "crminf:J5_holds_to_be",
        &value(claim.polarity, claim.certainty),
    )?;
    let mut holder = author(job, filed);
    for at in 0..=claim.sources.len() {
        graph.is(&belief(at), "crminf:I2_Belief")?;
        graph.to(&belief(at), "crminf:J4_that", name)?;
        let how = format!("{name}/argumentation/{at}");
        graph.to(&how, "crm:P14_carried_out_by", &holder)?;
        graph.to(&how, "crminf:J2_concluded_that", &belief(at))?;
        let Some(source) = claim.sources.get(at) else {
            // On their own word.
            graph.is(&how, "crminf:I1_Argumentation")?;
            break;
        };
        graph.is(&how, "crminf:I7_Belief_Adoption")?;
        graph.to(&how, "crminf:J6_adopted", &belief(at + 1))?;
        holder = match source.entity.as_deref().and_then(|id| filed.thing(id)) {
            Some(thing) => job.about.thing(thing.number),
            None => {
                let somebody = format!("{name}/source/{}", at + 1);
                graph.is(&somebody, "crm:E39_Actor")?;
                graph.says(&somebody, "rdfs:label", &source.text)?;
                somebody
            }
        };
    }
    Ok(())
}

/// What readers of the project hold of it.
fn judgements(cited: &Cited, name: &str, graph: &mut Graph<'_>) -> Result<(), ExportError> {
    for (at, decided) in cited.decisions.iter().enumerate() {
        let belief = format!("{name}/judgement/{}", at + 1);
        graph.is(&belief, "crminf:I2_Belief")?;
        graph.to(&belief, "crminf:J4_that", name)?;
        graph.to(
            &belief,
            "crminf:J5_holds_to_be",
            &format!("svodka:judged/{}", decided.verdict),
        )?;
        if matches!(decided.verdict, "grade" | "note") {
            graph.says(&belief, "rdf:value", &decided.value)?;
        }
        if !decided.reason.is_empty() {
            graph.says(&belief, "rdfs:comment", &decided.reason)?;
        }
        let (how, reader) = (
            format!("{belief}/argumentation"),
            format!("{belief}/reader"),
        );
        graph.is(&how, "crminf:I1_Argumentation")?;
        graph.to(&how, "crminf:J2_concluded_that", &belief)?;
        graph.to(&how, "crm:P14_carried_out_by", &reader)?;
        graph.is(&reader, "crm:E39_Actor")?;
        graph.says(&reader, "rdfs:label", &decided.author)?;
        graph.says(&how, "dcterms:date", &decided.at)?;
    }
    Ok(())
}
