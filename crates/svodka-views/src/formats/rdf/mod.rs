//! RDF by [CIDOC CRM](https://cidoc-crm.org) 7.1 and [CRMinf](https://cidoc-crm.org/crminf): who believes what, from whom they have it, and which words say so.
//!
//! No claim is stated as a fact. What is claimed is a proposition set (`crminf:I4`), made of attribute assignments (`crm:E13`) that name a
//! property without using it; a report's belief (`crminf:I2`) holds it to be so sure, and is adopted from the beliefs of those on whose word
//! it has it. Readers' judgements are beliefs about the same propositions. Terms of our own are in `docs/svodka.ttl`.

mod claim;
mod graph;
pub mod terms;
mod things;

use oxjsonld::JsonLdSerializer;
use oxrdf::{GraphName, NamedNode, Quad};
use oxttl::{NQuadsSerializer, TurtleSerializer};

pub use self::graph::invalid;
use self::graph::{Graph, Quads};
use super::Job;
use crate::sink::Out;
use crate::{ExportError, Sink, Things};

/// Turtle: the triples of all graphs in one.
pub fn turtle(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut serializer = TurtleSerializer::new();
    for (prefix, iri) in terms::PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).map_err(invalid)?;
    }
    let mut writer = serializer.for_writer(sink.file("claims.ttl")?);
    all(job, &mut |quad: Quad| {
        writer.serialize_triple(&oxrdf::Triple::from(quad))
    })?;
    Ok(writer.finish()?.flush()?)
}

/// N-Quads: a graph for each report.
pub fn nquads(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut writer = NQuadsSerializer::new().for_writer(sink.file("claims.nq")?);
    all(job, &mut |quad: Quad| writer.serialize_quad(&quad))?;
    Ok(writer.finish().flush()?)
}

/// JSON-LD: a graph for each report.
pub fn jsonld(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut serializer = JsonLdSerializer::new();
    for (prefix, iri) in terms::PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).map_err(invalid)?;
    }
    let mut writer = serializer.for_writer(sink.file("claims.jsonld")?);
    all(job, &mut |quad: Quad| writer.serialize_quad(&quad))?;
    Ok(writer.finish()?.flush()?)
}

/// All statements: those of each report in a graph of its name, then those on the things in all of them in one called `things`. None are in the
/// default graph, since what asks all graphs together often leaves that one out.
///
/// # Errors
///
/// If reports cannot be read, or statements not be written.
pub fn all(job: &Job<'_>, quads: Quads<'_>) -> Result<(), ExportError> {
    let mut found = Things::default();
    let rest = format!("{}things", job.about.base);
    let rest = GraphName::from(NamedNode::new(rest).map_err(invalid)?);
    things::about(job, &mut Graph::new(rest.clone(), quads))?;
    for filed in job.source.readings().map_err(ExportError::Source)? {
        let filed = filed.map_err(ExportError::Source)?;
        found.gather(&filed);
        let name = NamedNode::new(job.about.report(filed.number)).map_err(invalid)?;
        let mut graph = Graph::new(name.into(), quads);
        things::report(job, &filed, &mut graph)?;
        for (cited, claim) in filed.cited() {
            claim::write(job, &found, &filed, cited, claim, &mut graph)?;
        }
    }
    things::write(job, &found, &mut Graph::new(rest, quads))
}

trait Flush {
    fn flush(self) -> std::io::Result<()>;
}

impl Flush for Out {
    fn flush(mut self) -> std::io::Result<()> {
        std::io::Write::flush(&mut self)
    }
}
