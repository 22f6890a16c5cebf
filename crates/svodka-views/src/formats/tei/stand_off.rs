//! What stands beside the text: the things named and the claims.

use std::collections::BTreeMap;
use std::io::Write;

use svodka_model::{Cited, ClaimOut, Filed, NameType, Place};

use super::{anchor, body, readers, thing};
use crate::formats::{Job, field, polarity, xml};
use crate::sink::Out;
use crate::{ExportError, Thing, Things};

/// Writes `<standOff>`.
pub fn write(job: &Job<'_>, filed: &Filed, out: &mut Out) -> Result<(), ExportError> {
    let number = filed.number;
    let mut things = Things::default();
    things.gather(filed);
    let of = |kinds: &[NameType]| -> Vec<(i64, &Thing)> {
        let things = things
            .iter()
            .filter(|(_, thing)| kinds.contains(&thing.kind));
        things.collect()
    };
    writeln!(out, "<standOff>")?;
    list(job, filed, out, "listPerson", &of(&[NameType::Person]))?;
    list(
        job,
        filed,
        out,
        "listOrg",
        &of(&[NameType::Org, NameType::Workplace]),
    )?;
    list(job, filed, out, "listPlace", &of(&[NameType::Place]))?;
    list(job, filed, out, "listEvent", &of(&[NameType::Event]))?;
    list(job, filed, out, "listBibl", &of(&[NameType::Work]))?;
    relations(filed, out)?;
    if !filed.claims.is_empty() {
        writeln!(out, "<listAnnotation type=\"claims\">")?;
        for (cited, claim) in filed.cited() {
            annotation(job, filed, cited, claim, out)?;
        }
        writeln!(out, "</listAnnotation>")?;
    }
    let span = |out: &mut Out, place: Place, rest: &str| {
        let (from, to) = (anchor(filed, place.start), anchor(filed, place.end));
        write!(out, "<span from=\"#{from}\" to=\"#{to}\"{rest}/>")
    };
    write!(
        out,
        "<spanGrp type=\"sentences\" xml:id=\"r{number}.sentences\">"
    )?;
    for sentence in &filed.contract.sentences {
        span(out, *sentence, "")?;
    }
    writeln!(out, "</spanGrp>")?;
    let beside = body::beside(filed);
    if !beside.is_empty() {
        write!(out, "<spanGrp type=\"mentions\">")?;
        for mention in beside {
            let mut rest = format!(" type=\"{}\"", xml::plain(&mention.kind));
            if let Some(thing) = thing(filed, mention.entity.as_deref()) {
                rest += &format!(" corresp=\"#{thing}\"");
            }
            if let Some(edtf) = &mention.edtf {
                rest += &format!(" n=\"{}\"", xml::plain(edtf));
            }
            span(out, mention.place, &rest)?;
        }
        writeln!(out, "</spanGrp>")?;
    }
    writeln!(out, "</standOff>")?;
    Ok(())
}

/// A list of things, if there are any.
fn list(
    job: &Job<'_>,
    filed: &Filed,
    out: &mut Out,
    element: &str,
    things: &[(i64, &Thing)],
) -> Result<(), ExportError> {
    if things.is_empty() {
        return Ok(());
    }
    writeln!(out, "<{element}>")?;
    for (number, thing) in things {
        let (item, name, kind) = match thing.kind {
            NameType::Person => ("person", "persName", ""),
            NameType::Org => ("org", "orgName", ""),
            NameType::Workplace => ("org", "orgName", " type=\"workplace\""),
            NameType::Place => ("place", "placeName", ""),
            NameType::Event => ("event", "eventName", ""),
            NameType::Work => ("bibl", "title", ""),
        };
        let id = format!("r{}.t{number}", filed.number);
        write!(
            out,
            "<{item} xml:id=\"{id}\" corresp=\"{}\"{kind}>",
            xml::plain(&job.about.thing(*number))
        )?;
        write!(out, "<{name}>{}</{name}>", xml::plain(&thing.name))?;
        for other in thing.names.iter().filter(|name| **name != thing.name) {
            write!(
                out,
                "<{name} type=\"variant\">{}</{name}>",
                xml::plain(other)
            )?;
        }
        if thing.may_live {
            write!(out, "<note type=\"living\">may be alive</note>")?;
        }
        writeln!(out, "</{item}>")?;
    }
    writeln!(out, "</{element}>")?;
    Ok(())
}

/// For each claim that ties things, a relation between those of its first part and those of the others.
fn relations(filed: &Filed, out: &mut Out) -> Result<(), ExportError> {
    let mut relations = Vec::new();
    for (cited, claim) in filed.cited() {
        let mut parts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (role, fillers) in &claim.roles {
            for named in fillers
                .iter()
                .filter_map(|filler| thing(filed, filler.entity.as_deref()))
            {
                parts.entry(role).or_default().push(format!("#{named}"));
            }
        }
        let mut parts = parts.into_values();
        let first = parts.next().unwrap_or_default();
        let others: Vec<String> = parts.flatten().collect();
        let ends = match (first.len(), others.is_empty()) {
            (0 | 1, true) => continue,
            (_, true) => format!("mutual=\"{}\"", first.join(" ")),
            (_, false) => format!(
                "active=\"{}\" passive=\"{}\"",
                first.join(" "),
                others.join(" ")
            ),
        };
        let when = claim.when.as_ref().map_or_else(String::new, |when| {
            format!(" when-custom=\"{}\"", xml::plain(&when.edtf))
        });
        relations.push(format!(
            "<relation name=\"{}\" {ends}{when} ana=\"{}\" corresp=\"#{}\"/>",
            xml::plain(&claim.kind),
            ana(filed, claim),
            name(filed, cited)
        ));
    }
    if !relations.is_empty() {
        writeln!(
            out,
            "<listRelation>\n{}\n</listRelation>",
            relations.join("\n")
        )?;
    }
    Ok(())
}

fn name(filed: &Filed, cited: &Cited) -> String {
    format!("r{}.{}", filed.number, cited.key)
}

/// What the text says of how sure it is and whether it is so.
fn ana(filed: &Filed, claim: &ClaimOut) -> String {
    let number = filed.number;
    let (certainty, polarity) = (claim.certainty.word(), polarity(claim.polarity));
    format!("#r{number}.certainty.{certainty} #r{number}.polarity.{polarity}")
}

/// A claim: a note for what it says, for each part, value, date and source, and for what readers decided.
fn annotation(
    job: &Job<'_>,
    filed: &Filed,
    cited: &Cited,
    claim: &ClaimOut,
    out: &mut Out,
) -> Result<(), ExportError> {
    let number = filed.number;
    // How sure we are, and who that is; how sure the text is, @ana says.
    let readers = readers(filed);
    let reader = |author: &str| readers.iter().position(|known| *known == author);
    let (cert, resp) = match cited.judged() {
        Some(decided) => {
            let cert = if decided.verdict == "reject" {
                "low"
            } else {
                "high"
            };
            let place = reader(&decided.author).unwrap_or_default();
            (cert, format!("#r{number}.reader{place}"))
        }
        None => ("unknown", format!("#r{number}.machine")),
    };
    let target = |place: Place| {
        format!(
            "#{} #{}",
            anchor(filed, place.start),
            anchor(filed, place.end)
        )
    };
    writeln!(
        out,
        "<annotation xml:id=\"{}\" target=\"{}\" ana=\"{}\" cert=\"{cert}\" resp=\"{resp}\">",
        name(filed, cited),
        target(claim.evidence.place),
        ana(filed, claim)
    )?;
    let said = xml::plain(&job.telling.sentence(claim));
    write!(
        out,
        "<note type=\"claim\" subtype=\"{}\">{said}</note>",
        xml::plain(&claim.kind)
    )?;
    let rs = |text: &str, entity: Option<&str>| {
        let named =
            thing(filed, entity).map_or_else(String::new, |named| format!(" ref=\"#{named}\""));
        format!("<rs{named}>{}</rs>", xml::plain(text))
    };
    for (role, fillers) in &claim.roles {
        for filler in fillers {
            let place = filler.place.map_or_else(String::new, |place| {
                format!(" target=\"{}\"", target(place))
            });
            let quote = filler.quote.as_ref().map_or_else(String::new, |quote| {
                format!(
                    "<quote corresp=\"{}\">{}</quote>",
                    target(quote.place),
                    xml::plain(&quote.text)
                )
            });
            let words = rs(&filler.text, filler.entity.as_deref());
            write!(
                out,
                "<note type=\"role\" subtype=\"{}\"{place}>{words}{quote}</note>",
                xml::plain(role)
            )?;
        }
    }
    for (name, value) in &claim.fields {
        let kind = if value.is_string() { "field" } else { "json" };
        write!(
            out,
            "<note type=\"{kind}\" subtype=\"{}\">{}</note>",
            xml::plain(name),
            xml::plain(&field(value))
        )?;
    }
    if let Some(when) = &claim.when {
        let (edtf, words) = (xml::plain(&when.edtf), xml::plain(&when.text));
        write!(
            out,
            "<note type=\"when\"><date when-custom=\"{edtf}\">{words}</date></note>"
        )?;
    }
    for (place, source) in claim.sources.iter().enumerate() {
        let words = rs(&source.text, source.entity.as_deref());
        write!(
            out,
            "<note type=\"source\" n=\"{}\">{words}</note>",
            place + 1
        )?;
    }
    write!(
        out,
        "<note type=\"quotation\"><quote>{}</quote></note>",
        xml::plain(&claim.evidence.text)
    )?;
    if !claim.frame.is_empty() {
        write!(
            out,
            "<note type=\"rule\">{}</note>",
            xml::plain(&claim.frame)
        )?;
    }
    if let Some(read) = &cited.read {
        write!(
            out,
            "<note type=\"read\">{}</note>",
            xml::plain(&job.telling.sentence(read))
        )?;
    }
    for decided in &cited.decisions {
        let place = reader(&decided.author).unwrap_or_default();
        write!(
            out,
            "<note type=\"decision\" subtype=\"{}\" n=\"{}\" resp=\"#r{number}.reader{place}\"><date when-custom=\"{}\"/>{}<p>{}</p></note>",
            decided.verdict,
            decided.operation,
            xml::plain(&decided.at),
            if decided.value.is_empty() {
                String::new()
            } else {
                format!("<p>{}</p>", xml::plain(&decided.value))
            },
            xml::plain(&decided.reason)
        )?;
    }
    writeln!(out, "\n</annotation>")?;
    Ok(())
}
