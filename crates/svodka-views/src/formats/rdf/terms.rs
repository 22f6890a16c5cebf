//! The vocabularies and the terms of each that are used.

use svodka_model::{Certainty, Polarity};

pub const PREFIXES: [(&str, &str); 10] = [
    ("crm", CRM),
    ("crminf", INF),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("svodka", OURS),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

pub const CRM: &str = "http://www.cidoc-crm.org/cidoc-crm/";
pub const INF: &str = "http://www.cidoc-crm.org/extensions/crminf/";
/// A name and no address: nothing has to be online for it to mean what `docs/svodka.ttl` says.
pub const OURS: &str = "urn:svodka:terms:";
/// The datatype of EDTF by the Library of Congress.
pub const EDTF: &str = "http://id.loc.gov/datatypes/edtf/EDTF";

/// The IRI of a term, given as `prefix:name`; anything else is an IRI already.
pub fn iri(term: &str) -> String {
    let known = term.split_once(':').and_then(|(prefix, name)| {
        let (_, iri) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
        Some(format!("{iri}{name}"))
    });
    known.unwrap_or_else(|| term.to_owned())
}

/// What a belief holds a proposition to be.
pub fn value(polarity: Polarity, certainty: Certainty) -> String {
    let certainty = certainty.word();
    match polarity {
        Polarity::Positive => format!("svodka:{certainty}"),
        Polarity::Negative => format!("svodka:{certainty}-not"),
    }
}
