//! A project as a network: things are nodes, and each claim ties the things that play different parts in it. GEXF and GraphML are written
//! from this.

use std::collections::BTreeMap;
use std::io::Write;

use svodka_model::{Cited, ClaimOut, Filed};

use super::days::days;
use super::xml::plain as xml;
use super::{Job, polarity};
use crate::sink::Out;
use crate::{ExportError, Sink, Things};

/// The attributes of a node.
const NODE: [&str; 5] = ["type", "names", "reports", "mentions", "may_live"];
/// The attributes of an edge.
const EDGE: [&str; 15] = [
    "claim",
    "kind",
    "told",
    "from_role",
    "to_role",
    "certainty",
    "polarity",
    "when",
    "first",
    "last",
    "sources",
    "quotation",
    "report",
    "judged",
    "grade",
];

/// What ties two things.
struct Tie {
    from: i64,
    to: i64,
    values: [String; 15],
}

/// The ties of a claim: between things in different roles; between all of them if there is but one role.
fn ties(job: &Job<'_>, filed: &Filed, cited: &Cited, claim: &ClaimOut) -> Vec<Tie> {
    let mut parts: BTreeMap<i64, &str> = BTreeMap::new();
    for (role, fillers) in &claim.roles {
        let named = fillers.iter().filter_map(|filler| filler.entity.as_deref());
        for thing in named.filter_map(|entity| filed.thing(entity)) {
            parts.entry(thing.number).or_insert(role);
        }
    }
    let one_role = parts
        .values()
        .all(|role| Some(role) == parts.values().next());
    let sources: Vec<&str> = claim
        .sources
        .iter()
        .map(|source| source.text.as_str())
        .collect();
    let edtf = claim.when.as_ref().map_or("", |when| when.edtf.as_str());
    let (first, last) = days(edtf);
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    let mut ties = Vec::new();
    for (&from, from_role) in &parts {
        for (&to, to_role) in parts.range(from + 1..) {
            if from_role == to_role && !one_role {
                continue;
            }
            let values = [
                cited.key.clone(),
                claim.kind.to_string(),
                job.telling.sentence(claim),
                (*from_role).to_owned(),
                (*to_role).to_owned(),
                claim.certainty.word().to_owned(),
                polarity(claim.polarity).to_owned(),
                edtf.to_owned(),
                first.clone(),
                last.clone(),
                sources.join(" < "),
                claim.evidence.text.clone(),
                filed.label.clone(),
                cited
                    .judged()
                    .map_or("", |decided| decided.verdict)
                    .to_owned(),
                cited.last("grade").unwrap_or("").to_owned(),
            ];
            ties.push(Tie { from, to, values });
        }
    }
    ties
}

/// All things, for the nodes that must come first.
fn gathered(job: &Job<'_>) -> Result<Things, ExportError> {
    let mut things = Things::default();
    for filed in job.source.readings().map_err(ExportError::Source)? {
        things.gather(&filed.map_err(ExportError::Source)?);
    }
    Ok(things)
}

/// Gives the ties of all claims to `each`.
fn all_ties(
    job: &Job<'_>,
    each: &mut dyn FnMut(&Tie) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    for filed in job.source.readings().map_err(ExportError::Source)? {
        let filed = filed.map_err(ExportError::Source)?;
        for (cited, claim) in filed.cited() {
            for tie in ties(job, &filed, cited, claim) {
                each(&tie)?;
            }
        }
    }
    Ok(())
}

fn node_values(thing: &crate::Thing) -> [String; 5] {
    let names: Vec<&str> = thing.names.iter().map(String::as_str).collect();
    [
        thing.kind.code().to_owned(),
        names.join("|"),
        thing.reports.to_string(),
        thing.mentions.to_string(),
        thing.may_live.to_string(),
    ]
}

/// How a node's attribute is to be read.
fn sort(name: &str) -> &'static str {
    match name {
        "reports" | "mentions" => "integer",
        "may_live" => "boolean",
        _ => "string",
    }
}

/// Writes [GEXF](https://gexf.net) 1.3, with the days of dated claims as the times of their edges.
pub fn gexf(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let things = gathered(job)?;
    let mut out = sink.file("network.gexf")?;
    let about = job.about;
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">"
    )?;
    writeln!(
        out,
        " <meta><creator>{}</creator><description>{}</description></meta>",
        xml(&about.program),
        xml(&format!("{}. {}", about.title, about.notice()))
    )?;
    writeln!(
        out,
        " <graph mode=\"dynamic\" timeformat=\"date\" defaultedgetype=\"undirected\">"
    )?;
    for (class, names) in [("node", &NODE[..]), ("edge", &EDGE[..])] {
        writeln!(out, "  <attributes class=\"{class}\" mode=\"static\">")?;
        for (id, name) in names.iter().enumerate() {
            writeln!(
                out,
                "   <attribute id=\"{id}\" title=\"{name}\" type=\"{}\"/>",
                sort(name)
            )?;
        }
        writeln!(out, "  </attributes>")?;
    }
    let values = |out: &mut Out, values: &[String]| -> Result<(), ExportError> {
        write!(out, "<attvalues>")?;
        for (id, value) in values
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.is_empty())
        {
            write!(out, "<attvalue for=\"{id}\" value=\"{}\"/>", xml(value))?;
        }
        Ok(write!(out, "</attvalues>")?)
    };
    writeln!(out, "  <nodes>")?;
    for (number, thing) in things.iter() {
        write!(
            out,
            "   <node id=\"{number}\" label=\"{}\">",
            xml(&thing.name)
        )?;
        values(&mut out, &node_values(thing))?;
        writeln!(out, "</node>")?;
    }
    writeln!(out, "  </nodes>\n  <edges>")?;
    let mut id = 0;
    all_ties(job, &mut |tie| {
        let Tie {
            from,
            to,
            values: told,
        } = tie;
        write!(
            out,
            "   <edge id=\"{id}\" source=\"{from}\" target=\"{to}\" label=\"{}\"",
            xml(&told[1])
        )?;
        for (name, day) in [("start", &told[8]), ("end", &told[9])] {
            if !day.is_empty() {
                write!(out, " {name}=\"{day}\"")?;
            }
        }
        write!(out, ">")?;
        values(&mut out, told)?;
        id += 1;
        Ok(writeln!(out, "</edge>")?)
    })?;
    writeln!(out, "  </edges>\n </graph>\n</gexf>")?;
    Ok(out.flush()?)
}

/// Writes [GraphML](http://graphml.graphdrawing.org).
pub fn graphml(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let things = gathered(job)?;
    let mut out = sink.file("network.graphml")?;
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
    )?;
    writeln!(
        out,
        " <desc>{}</desc>",
        xml(&format!("{}. {}", job.about.title, job.about.notice()))
    )?;
    writeln!(
        out,
        " <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>"
    )?;
    for (class, names) in [("node", &NODE[..]), ("edge", &EDGE[..])] {
        for name in names {
            let sort = match sort(name) {
                "integer" => "int",
                other => other,
            };
            writeln!(
                out,
                " <key id=\"{class}.{name}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{sort}\"/>"
            )?;
        }
    }
    writeln!(out, " <graph edgedefault=\"undirected\">")?;
    let data = |out: &mut Out,
                class: &str,
                names: &[&str],
                values: &[String]|
     -> Result<(), ExportError> {
        for (name, value) in names
            .iter()
            .zip(values)
            .filter(|(_, value)| !value.is_empty())
        {
            write!(out, "<data key=\"{class}.{name}\">{}</data>", xml(value))?;
        }
        Ok(())
    };
    for (number, thing) in things.iter() {
        write!(
            out,
            "  <node id=\"{number}\"><data key=\"label\">{}</data>",
            xml(&thing.name)
        )?;
        data(&mut out, "node", &NODE, &node_values(thing))?;
        writeln!(out, "</node>")?;
    }
    let mut id = 0;
    all_ties(job, &mut |tie| {
        write!(
            out,
            "  <edge id=\"e{id}\" source=\"{}\" target=\"{}\">",
            tie.from, tie.to
        )?;
        data(&mut out, "edge", &EDGE, &tie.values)?;
        id += 1;
        Ok(writeln!(out, "</edge>")?)
    })?;
    writeln!(out, " </graph>\n</graphml>")?;
    Ok(out.flush()?)
}
