//! The formats: a file each.

mod annotations;
mod capture;
mod days;
mod followthemoney;
mod gedcom;
pub mod ipif;
mod network;
mod places;
pub mod rdf;
mod spool;
mod tables;
pub mod tei;
pub(crate) mod xml;

use crate::{About, ExportError, Sink, Source, Telling};

/// What an export is made from.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The reports.
    pub source: &'a dyn Source,
    /// How claims are worded.
    pub telling: &'a dyn Telling,
    /// What it says of itself.
    pub about: &'a About,
}

/// Whether a format is one file or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One file, of which this is the usual name.
    File(&'static str),
    /// Several files in a folder.
    Folder,
    /// Either: one file of this name, or several.
    Either(&'static str),
}

type Writer = fn(&Job<'_>, &mut dyn Sink) -> Result<(), ExportError>;

/// A format in which a project can be written.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// By what it is asked for.
    pub name: &'static str,
    /// What it is and for what, in a line.
    pub title: &'static str,
    /// One file or several.
    pub shape: Shape,
    /// Whether it is something else than text.
    pub binary: bool,
    write: Writer,
}

impl Format {
    /// All of them.
    pub const ALL: &'static [Format] = &[
        Format {
            name: "csv",
            title: "tables, described for Frictionless and CSVW: spreadsheets, R, pandas",
            shape: Shape::Folder,
            binary: false,
            write: tables::csv::write,
        },
        Format {
            name: "xlsx",
            title: "the same tables as a workbook: Excel, LibreOffice",
            shape: Shape::File("svodka.xlsx"),
            binary: true,
            write: tables::xlsx::write,
        },
        Format {
            name: "parquet",
            title: "the same tables, typed and compressed: pandas, Polars, DuckDB, R",
            shape: Shape::Folder,
            binary: true,
            write: tables::parquet::write,
        },
        Format {
            name: "capture",
            title: "people and the lists that have them, for multiple-systems estimation: R",
            shape: Shape::Folder,
            binary: false,
            write: capture::write,
        },
        Format {
            name: "annotations",
            title: "W3C Web Annotation, JSON-LD: Recogito, annotation servers; with the texts if -o is a folder",
            shape: Shape::Either("annotations.jsonld"),
            binary: false,
            write: annotations::write,
        },
        Format {
            name: "places",
            title: "Linked Places, GeoJSON-LD: World Historical Gazetteer, Pelagios, QGIS",
            shape: Shape::File("places.geojson"),
            binary: false,
            write: places::write,
        },
        Format {
            name: "ftm",
            title: "FollowTheMoney entities: Aleph, OpenAleph, yente",
            shape: Shape::File("entities.ftm.json"),
            binary: false,
            write: followthemoney::write,
        },
        Format {
            name: "gedcom",
            title: "GEDCOM 7: who is told to be kin, for programs of genealogists",
            shape: Shape::File("kin.ged"),
            binary: false,
            write: gedcom::write,
        },
        Format {
            name: "gexf",
            title: "a network in time of people, bodies and places: Gephi",
            shape: Shape::File("network.gexf"),
            binary: false,
            write: network::gexf,
        },
        Format {
            name: "graphml",
            title: "the same network: networkx, igraph, yEd, Cytoscape",
            shape: Shape::File("network.graphml"),
            binary: false,
            write: network::graphml,
        },
        Format {
            name: "ipif",
            title: "IPIF 0.3.3, factoids of people and bodies: prosopographies; what the server has under /ipif",
            shape: Shape::Folder,
            binary: false,
            write: ipif::write,
        },
        Format {
            name: "turtle",
            title: "RDF by CIDOC CRM and CRMinf, Turtle: triple stores",
            shape: Shape::File("claims.ttl"),
            binary: false,
            write: rdf::turtle,
        },
        Format {
            name: "nquads",
            title: "the same, N-Quads, a graph for each report",
            shape: Shape::File("claims.nq"),
            binary: false,
            write: rdf::nquads,
        },
        Format {
            name: "jsonld",
            title: "the same, JSON-LD, a graph for each report",
            shape: Shape::File("claims.jsonld"),
            binary: false,
            write: rdf::jsonld,
        },
        Format {
            name: "tei",
            title: "TEI P5: the texts with names, dates and claims; a document each if -o is a folder",
            shape: Shape::Either("corpus.xml"),
            binary: false,
            write: tei::write,
        },
    ];

    /// The format of a name.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL
            .iter()
            .find(|format| format.name == name)
            .copied()
    }

    /// Writes what the job gives.
    ///
    /// # Errors
    ///
    /// If the reports cannot be read or the files not be written.
    pub fn write(&self, job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
        (self.write)(job, sink)
    }
}

/// A certainty's or polarity's word.
fn polarity(polarity: svodka_model::Polarity) -> &'static str {
    match polarity {
        svodka_model::Polarity::Positive => "positive",
        svodka_model::Polarity::Negative => "negative",
    }
}

/// The value of a field as text.
fn field(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Words that no spreadsheet takes for a formula: an apostrophe stands before what could be one. The signs are those that
/// [OWASP](https://owasp.org/www-community/attacks/CSV_Injection) names, and the apostrophe itself, so that it can be taken off again.
fn harmless(text: &str) -> String {
    if text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\'',
    ]) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_words_and_plain_words_stay() {
        for formula in ["=1+1", "+7", "-7", "@SUM(A1)", "\t=1", "'quoted"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        for words in ["Orlov", "1923-08", "a=b", "“no”"] {
            assert_eq!(harmless(words), words);
        }
    }
}
