//! The export itself, the reports, and the things that they name.

use svodka_model::{Filed, NameType};

use super::super::Job;
use super::super::days::days;
use super::graph::Graph;
use super::terms::EDTF;
use crate::{ExportError, Things};

/// What the export says of itself.
pub fn about(job: &Job<'_>, graph: &mut Graph<'_>) -> Result<(), ExportError> {
    let export = format!("{}export", job.about.base);
    graph.is(&export, "crm:E73_Information_Object")?;
    graph.says(&export, "rdfs:label", &job.about.title)?;
    graph.says(&export, "rdfs:comment", &job.about.notice())?;
    graph.says(&export, "dcterms:creator", &job.about.program)
}

/// A report: who wrote it, when, and where it is kept.
pub fn report(job: &Job<'_>, filed: &Filed, graph: &mut Graph<'_>) -> Result<(), ExportError> {
    let report = job.about.report(filed.number);
    let info = &filed.contract.report;
    graph.is(&report, "crm:E31_Document")?;
    graph.says(
        &report,
        "rdfs:label",
        info.title.as_deref().unwrap_or(&filed.label),
    )?;
    graph.says(&report, "svodka:path", &filed.label)?;
    if !info.language.is_empty() {
        graph.says(&report, "dcterms:language", &info.language)?;
    }
    if let Some(mark) = &info.reference {
        let identifier = format!("{report}/shelfmark");
        graph.to(&report, "crm:P48_has_preferred_identifier", &identifier)?;
        graph.is(&identifier, "crm:E42_Identifier")?;
        graph.says(&identifier, "crm:P190_has_symbolic_content", mark)?;
    }
    if let Some(archive) = &info.repository {
        graph.says(&report, "svodka:archive", archive)?;
    }
    let writing = format!("{report}/writing");
    graph.is(&writing, "crm:E65_Creation")?;
    graph.to(&writing, "crm:P94_has_created", &report)?;
    graph.to(&writing, "crm:P14_carried_out_by", &author(job, filed))?;
    graph.is(&author(job, filed), "crm:E39_Actor")?;
    let names = match info.compiler.as_slice() {
        [] => "whoever wrote this report".to_owned(),
        names => names.join(", "),
    };
    graph.says(&author(job, filed), "rdfs:label", &names)?;
    match &info.date {
        Some(edtf) => time(&writing, &format!("{writing}/time"), edtf, edtf, graph),
        None => Ok(()),
    }
}

/// Who wrote a report, as far as it is known: somebody or several.
pub fn author(job: &Job<'_>, filed: &Filed) -> String {
    format!("{}/author", job.about.report(filed.number))
}

/// When something was.
fn time(
    of: &str,
    span: &str,
    words: &str,
    edtf: &str,
    graph: &mut Graph<'_>,
) -> Result<(), ExportError> {
    graph.to(of, "crm:P4_has_time-span", span)?;
    time_span(span, words, edtf, graph)
}

/// A time-span: its words, its EDTF, and its first and last day.
pub fn time_span(
    span: &str,
    words: &str,
    edtf: &str,
    graph: &mut Graph<'_>,
) -> Result<(), ExportError> {
    graph.is(span, "crm:E52_Time-Span")?;
    graph.says(span, "rdfs:label", words)?;
    graph.typed(span, "svodka:edtf", edtf, EDTF)?;
    let (first, last) = days(edtf);
    // Years before 1 and after 9999 are written otherwise in XML Schema.
    let day = |day: Option<String>| day.filter(|day| day.len() == 10);
    if let Some(first) = day(first) {
        graph.typed(span, "crm:P82a_begin_of_the_begin", &first, "xsd:date")?;
    }
    if let Some(last) = day(last) {
        graph.typed(span, "crm:P82b_end_of_the_end", &last, "xsd:date")?;
    }
    Ok(())
}

/// The class of a type of thing.
fn class(kind: NameType) -> &'static str {
    match kind {
        NameType::Person => "crm:E21_Person",
        NameType::Org | NameType::Workplace => "crm:E74_Group",
        NameType::Place => "crm:E53_Place",
        NameType::Work => "crm:E73_Information_Object",
        NameType::Event => "crm:E5_Event",
    }
}

/// The things with their names.
pub fn write(job: &Job<'_>, things: &Things, graph: &mut Graph<'_>) -> Result<(), ExportError> {
    for (number, thing) in things.iter() {
        let name = job.about.thing(number);
        graph.is(&name, class(thing.kind))?;
        graph.says(&name, "rdfs:label", &thing.name)?;
        let sort = format!("svodka:{}", thing.kind.code().to_lowercase());
        graph.to(&name, "crm:P2_has_type", &sort)?;
        for (at, form) in thing.names.iter().enumerate() {
            let appellation = format!("{name}/name/{}", at + 1);
            graph.to(&name, "crm:P1_is_identified_by", &appellation)?;
            graph.is(&appellation, "crm:E41_Appellation")?;
            graph.says(&appellation, "crm:P190_has_symbolic_content", form)?;
        }
        if thing.may_live {
            graph.typed(&name, "svodka:mayBeAlive", "true", "xsd:boolean")?;
        }
        if thing.kind == NameType::Place
            && let Some(place) = job
                .telling
                .located(&mut thing.names.iter().map(String::as_str))
        {
            let point = format!("POINT({} {})", place.longitude, place.latitude);
            graph.typed(
                &name,
                "crm:P168_place_is_defined_by",
                &point,
                "geo:wktLiteral",
            )?;
            let matches = match place.guessed {
                true => "skos:closeMatch",
                false => "skos:exactMatch",
            };
            let geonames = format!("https://sws.geonames.org/{}/", place.geonames);
            graph.to(&name, matches, &geonames)?;
        }
    }
    Ok(())
}
