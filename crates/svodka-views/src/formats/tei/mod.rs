//! [TEI P5](https://tei-c.org/guidelines/p5/): the text of each report with its names and dates, and beside it (`standOff`) the things named and the
//! claims. A folder gets a document for each report; one file a `teiCorpus`.
//!
//! Nothing but the report's own characters stands between the tags of `<body>`, so the text can be had back letter for letter. Where a claim rests,
//! an `<anchor>` stands: `r3.o120` before the code point 120 of report 3.

mod body;
mod read;
mod stand_off;

pub use read::{Brought, TeiError, read};

use std::io::Write;

use svodka_model::Filed;

use super::{Job, xml};
use crate::sink::Out;
use crate::{ExportError, Sink};

const NAMESPACE: &str = "http://www.tei-c.org/ns/1.0";

/// Writes a document for each report, or all in one.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    if sink.is_folder() {
        for filed in job.source.readings().map_err(ExportError::Source)? {
            let filed = filed.map_err(ExportError::Source)?;
            let mut out = sink.file(&format!("{}.xml", filed.number))?;
            writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
            document(job, &filed, &mut out)?;
            out.flush()?;
        }
        return Ok(());
    }
    let mut out = sink.file("corpus.xml")?;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<teiCorpus xmlns=\"{NAMESPACE}\">\n<teiHeader><fileDesc>"
    )?;
    writeln!(
        out,
        "<titleStmt><title>{}</title></titleStmt>",
        xml::plain(&job.about.title)
    )?;
    writeln!(
        out,
        "<publicationStmt><p>{}</p></publicationStmt>",
        xml::plain(&job.about.notice())
    )?;
    writeln!(
        out,
        "<sourceDesc><p>{}</p></sourceDesc>",
        xml::plain(&job.about.program)
    )?;
    writeln!(out, "</fileDesc></teiHeader>")?;
    for filed in job.source.readings().map_err(ExportError::Source)? {
        document(job, &filed.map_err(ExportError::Source)?, &mut out)?;
    }
    writeln!(out, "</teiCorpus>")?;
    Ok(out.flush()?)
}

fn document(job: &Job<'_>, filed: &Filed, out: &mut Out) -> Result<(), ExportError> {
    writeln!(
        out,
        "<TEI xmlns=\"{NAMESPACE}\" xml:id=\"r{}\">",
        filed.number
    )?;
    header(job, filed, out)?;
    stand_off::write(job, filed, out)?;
    write!(
        out,
        "<text xml:lang=\"{}\"><body>{}</body></text>\n</TEI>\n",
        xml::plain(&filed.contract.report.language),
        body::body(filed)
    )?;
    Ok(())
}

/// What the text may say of how sure it is, and of whether it is so: TEI has no words for it.
const CATEGORIES: [(&str, &str); 6] = [
    ("certainty.asserted", "the text states it flatly"),
    ("certainty.probable", "the text calls it likely"),
    (
        "certainty.possible",
        "the text calls it possible, or a suspicion",
    ),
    (
        "certainty.unestablished",
        "the text says that it has not been established",
    ),
    ("polarity.positive", "the text says that it is so"),
    ("polarity.negative", "the text says that it is not so"),
];

fn header(job: &Job<'_>, filed: &Filed, out: &mut Out) -> Result<(), ExportError> {
    let number = filed.number;
    let info = &filed.contract.report;
    let title = info.title.as_deref().unwrap_or(&filed.label);
    writeln!(out, "<teiHeader>\n<fileDesc>")?;
    write!(out, "<titleStmt><title>{}</title>", xml::plain(title))?;
    for name in &info.compiler {
        write!(out, "<author>{}</author>", xml::plain(name))?;
    }
    write!(
        out,
        "<respStmt xml:id=\"r{number}.machine\"><resp>read claims from the text</resp><name>{}</name></respStmt>",
        xml::plain(&job.about.program)
    )?;
    for (place, reader) in readers(filed).iter().enumerate() {
        write!(
            out,
            "<respStmt xml:id=\"r{number}.reader{place}\"><resp>judged claims</resp><name>{}</name></respStmt>",
            xml::plain(reader)
        )?;
    }
    writeln!(out, "</titleStmt>")?;
    writeln!(
        out,
        "<publicationStmt><p>{}</p></publicationStmt>",
        xml::plain(&job.about.notice())
    )?;
    write!(
        out,
        "<sourceDesc><bibl><title>{}</title>",
        xml::plain(&filed.label)
    )?;
    if let Some(date) = &info.date {
        let date = xml::plain(date);
        write!(out, "<date when-custom=\"{date}\">{date}</date>")?;
    }
    for name in &info.addressee {
        write!(out, "<note type=\"addressee\">{}</note>", xml::plain(name))?;
    }
    for (kind, value) in [
        ("repository", &info.repository),
        ("reference", &info.reference),
    ] {
        if let Some(value) = value {
            write!(out, "<idno type=\"{kind}\">{}</idno>", xml::plain(value))?;
        }
    }
    writeln!(
        out,
        "<idno type=\"sha256\">{}</idno><idno type=\"svodka\">{}</idno></bibl></sourceDesc>",
        info.sha256,
        xml::plain(&job.about.report(number))
    )?;
    writeln!(out, "</fileDesc>\n<encodingDesc>")?;
    let (program, version) = job
        .about
        .program
        .split_once(' ')
        .unwrap_or((&job.about.program, "0"));
    writeln!(
        out,
        "<appInfo><application ident=\"{}\" version=\"{}\"><label>{}</label></application></appInfo>",
        xml::plain(program),
        xml::plain(version),
        xml::plain(&job.about.program)
    )?;
    write!(out, "<classDecl><taxonomy>")?;
    for (id, meaning) in CATEGORIES {
        write!(
            out,
            "<category xml:id=\"r{number}.{id}\"><catDesc>{meaning}</catDesc></category>"
        )?;
    }
    writeln!(out, "</taxonomy></classDecl>\n</encodingDesc>")?;
    let language = xml::plain(&info.language);
    writeln!(
        out,
        "<profileDesc><langUsage><language ident=\"{language}\">{language}</language></langUsage></profileDesc>\n</teiHeader>"
    )?;
    Ok(())
}

/// Who judged claims of a report.
fn readers(filed: &Filed) -> Vec<&str> {
    let decisions = filed.claims.iter().flat_map(|cited| &cited.decisions);
    let mut readers: Vec<&str> = decisions.map(|decided| decided.author.as_str()).collect();
    readers.sort_unstable();
    readers.dedup();
    readers
}

/// The name in this document of a thing; of an entity without a number, its id.
fn thing(filed: &Filed, entity: Option<&str>) -> Option<String> {
    let numbered = filed.thing(entity?)?;
    Some(format!("r{}.t{}", filed.number, numbered.number))
}

/// The name of the anchor before a code point.
fn anchor(filed: &Filed, offset: usize) -> String {
    format!("r{}.o{offset}", filed.number)
}
