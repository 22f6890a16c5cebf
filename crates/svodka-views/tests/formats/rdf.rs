//! Reads RDF back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use oxrdf::{Quad, Term};

use super::read::{All, put};

const INF: &str = "http://www.cidoc-crm.org/extensions/crminf/";
const OA: &str = "http://www.w3.org/ns/oa#";
pub const OURS: &str = "urn:svodka:terms:";
pub const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// All statements of a file.
pub fn quads(path: &Path) -> Vec<Quad> {
    let text = fs::read(path).expect("a file");
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.expect("an ending") {
        "ttl" => {
            let triples = oxttl::TurtleParser::new().for_slice(&text);
            triples
                .map(|triple| {
                    triple
                        .expect("a triple")
                        .in_graph(oxrdf::GraphName::DefaultGraph)
                })
                .collect()
        }
        "nq" => {
            let quads = oxttl::NQuadsParser::new().for_slice(&text);
            quads.map(|quad| quad.expect("a quad")).collect()
        }
        _ => {
            let quads = oxjsonld::JsonLdParser::new().for_slice(&text);
            quads.map(|quad| quad.expect("a quad")).collect()
        }
    }
}

fn one<'q>(by: &BTreeMap<(&str, &str), Vec<&'q str>>, subject: &str, property: &str) -> &'q str {
    match by.get(&(subject, property)).map(Vec::as_slice) {
        Some([one]) => one,
        other => panic!("{subject} has {other:?} of {property}"),
    }
}

fn claims(quads: &[Quad]) -> All {
    let mut by: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for quad in quads {
        let oxrdf::NamedOrBlankNode::NamedNode(subject) = &quad.subject else {
            panic!("everything has a name");
        };
        let object = match &quad.object {
            Term::NamedNode(node) => node.as_str(),
            Term::Literal(literal) => literal.value(),
            Term::BlankNode(_) => panic!("everything has a name"),
        };
        let of = by.entry((subject.as_str(), quad.predicate.as_str()));
        of.or_default().push(object);
    }
    let (selects, exact) = (format!("{OA}hasSelector"), format!("{OA}exact"));
    let mut all = All::new();
    let sets = by.iter().filter(|((_, property), classes)| {
        *property == TYPE && classes.contains(&format!("{INF}I4_Proposition_Set").as_str())
    });
    for ((claim, _), _) in sets {
        let quotation = one(&by, claim, &format!("{OURS}quotation"));
        let selectors = by.get(&(quotation, selects.as_str()));
        let words = selectors
            .expect("selectors")
            .iter()
            .find_map(|it| by.get(&(*it, exact.as_str())));
        let held = one(
            &by,
            &format!("{claim}/belief/0"),
            &format!("{INF}J5_holds_to_be"),
        );
        let held = held.strip_prefix(OURS).expect("a value of ours");
        put(
            &mut all,
            claim.rsplit('/').next().expect("a key"),
            words.expect("words")[0],
            held.strip_suffix("-not").unwrap_or(held),
        );
    }
    all
}

pub fn turtle(folder: &Path) -> All {
    claims(&quads(&folder.join("claims.ttl")))
}

pub fn nquads(folder: &Path) -> All {
    claims(&quads(&folder.join("claims.nq")))
}

pub fn jsonld(folder: &Path) -> All {
    claims(&quads(&folder.join("claims.jsonld")))
}
