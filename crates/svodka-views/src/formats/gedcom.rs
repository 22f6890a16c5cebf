//! [GEDCOM 7](https://gedcom.io/specifications/FamilySearchGEDCOMv7.html): the people who are told to be kin. Which claims are of kin, and what their words mean, the pack says. Each
//! claim is a family of its own, or an association, with the words it rests on: families are not put together, since that would be a judgement.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use svodka_model::{Cited, ClaimOut, Filed, NameType, Polarity, Tie};

use super::Job;
use crate::sink::Out;
use crate::{ExportError, Sink, Things};

/// What a person's record is to say besides their names.
#[derive(Default)]
struct Person(String);

/// Writes the families as they come, then the people and reports in them.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut out = sink.file("kin.ged")?;
    let (program, version) = job
        .about
        .program
        .split_once(' ')
        .unwrap_or((&job.about.program, "0"));
    let mut head = String::from("0 HEAD\n1 GEDC\n2 VERS 7.0\n");
    line(&mut head, 1, "SOUR", program);
    line(&mut head, 2, "VERS", version);
    line(
        &mut head,
        1,
        "NOTE",
        &format!("{}. {}", job.about.title, job.about.notice()),
    );
    out.write_all(head.as_bytes())?;
    let mut things = Things::default();
    let mut people: BTreeMap<i64, Person> = BTreeMap::new();
    let mut reports = String::new();
    for filed in job.source.readings().map_err(ExportError::Source)? {
        let filed = filed.map_err(ExportError::Source)?;
        things.gather(&filed);
        let mut cites = false;
        for (cited, claim) in filed.cited() {
            cites |= of_claim(job, &things, &filed, cited, claim, &mut people, &mut out)?;
        }
        if cites {
            report(&filed, &mut reports);
        }
    }
    for (number, Person(said)) in &people {
        let mut record = format!("0 @I{number}@ INDI\n");
        if let Some(thing) = things.get(*number) {
            if thing.may_live {
                line(&mut record, 1, "RESN", "PRIVACY");
            }
            line(&mut record, 1, "NAME", &name(&thing.name));
            for other in thing.names.iter().filter(|name| **name != thing.name) {
                line(&mut record, 1, "NAME", &name(other));
                line(&mut record, 2, "TYPE", "AKA");
            }
        }
        record += said;
        line(&mut record, 1, "REFN", &job.about.thing(*number));
        line(&mut record, 2, "TYPE", "svodka");
        out.write_all(record.as_bytes())?;
    }
    out.write_all(reports.as_bytes())?;
    out.write_all(b"0 TRLR\n")?;
    Ok(out.flush()?)
}

/// Adds a line, or several for a text of several.
fn line(record: &mut String, level: u8, tag: &str, text: &str) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for (place, words) in text.split('\n').enumerate() {
        let words: String = words
            .chars()
            .map(|c| if allows(c) { c } else { ' ' })
            .collect();
        let at = if words.starts_with('@') { "@" } else { "" };
        let (level, tag) = match place {
            0 => (level, tag),
            _ => (level + 1, "CONT"),
        };
        let gap = if words.is_empty() { "" } else { " " };
        let _ = writeln!(record, "{level} {tag}{gap}{at}{words}");
    }
}

/// Whether GEDCOM has this character.
fn allows(c: char) -> bool {
    matches!(c, '\t' | ' '..='\u{7e}' | '\u{80}'..='\u{fffd}' | '\u{10000}'..)
}

/// A name; strokes would mark a surname, and nobody said which word is one.
fn name(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('/', " ")
}

fn report(filed: &Filed, reports: &mut String) {
    let info = &filed.contract.report;
    let _ = writeln!(reports, "0 @R{}@ SOUR", filed.number);
    if !info.compiler.is_empty() {
        line(reports, 1, "AUTH", &info.compiler.join(", "));
    }
    line(
        reports,
        1,
        "TITL",
        info.title.as_deref().unwrap_or(&filed.label),
    );
    line(reports, 1, "NOTE", &format!("Report: {}", filed.label));
    if let Some(date) = &info.date {
        line(reports, 1, "NOTE", &format!("Date, EDTF: {date}"));
    }
}

/// What a claim rests on.
fn citation(
    job: &Job<'_>,
    filed: &Filed,
    cited: &Cited,
    claim: &ClaimOut,
    level: u8,
    record: &mut String,
) {
    let place = claim.evidence.place;
    let _ = writeln!(record, "{level} SOUR @R{}@", filed.number);
    line(
        record,
        level + 1,
        "PAGE",
        &format!(
            "Claim: {}, Characters: {}-{}",
            cited.key, place.start, place.end
        ),
    );
    line(record, level + 1, "DATA", "");
    line(record, level + 2, "TEXT", &claim.evidence.text);
    let mut notes = vec![
        job.telling.sentence(claim),
        format!("Certainty of the text: {}", claim.certainty.word()),
    ];
    if !claim.sources.is_empty() {
        let chain: Vec<&str> = claim.sources.iter().map(|it| it.text.as_str()).collect();
        notes.push(format!("On the word of: {}", chain.join(" < ")));
    }
    if let Some(when) = &claim.when {
        notes.push(format!("Date, EDTF: {}", when.edtf));
    }
    if let Some(decided) = cited.judged() {
        notes.push(format!("Judged: {}", decided.verdict));
    }
    for note in notes {
        line(record, level + 1, "NOTE", &note);
    }
}

/// Says a claim if it ties two people as kin, and says whether it does. Of one that somebody is not kin, or that a reader rejected, nothing is said.
fn of_claim(
    job: &Job<'_>,
    things: &Things,
    filed: &Filed,
    cited: &Cited,
    claim: &ClaimOut,
    people: &mut BTreeMap<i64, Person>,
    out: &mut Out,
) -> Result<bool, ExportError> {
    let kin = job.telling.kin();
    let Some((kin, roles)) = kin.and_then(|kin| Some((kin, kin.kinds.get(&claim.kind)?))) else {
        return Ok(false);
    };
    let rejected = cited
        .judged()
        .is_some_and(|decided| decided.verdict == "reject");
    if claim.polarity == Polarity::Negative || rejected {
        return Ok(false);
    }
    let in_role = |role: &str| -> Vec<i64> {
        let fillers = claim.roles.get(role).into_iter().flatten();
        let numbers = fillers.filter_map(|filler| filed.thing(filler.entity.as_deref()?));
        let is_person = |number: &i64| {
            things
                .get(*number)
                .is_some_and(|thing| thing.kind == NameType::Person)
        };
        numbers.map(|it| it.number).filter(is_person).collect()
    };
    let relation = claim.roles.get(&roles.relation).into_iter().flatten();
    let relation: Vec<&str> = relation.map(|filler| filler.text.as_str()).collect();
    let relation = relation.join(", ");
    let tie = kin.tie(&relation);
    let mut said = 0;
    for person in in_role(&roles.person) {
        for relative in in_role(&roles.relative) {
            if person == relative {
                continue;
            }
            said += 1;
            let Some(tie) = tie else {
                let Person(record) = people.entry(person).or_default();
                let _ = writeln!(record, "1 ASSO @I{relative}@\n2 ROLE OTHER");
                line(record, 3, "PHRASE", &relation);
                citation(job, filed, cited, claim, 2, record);
                people.entry(relative).or_default();
                continue;
            };
            let id = format!("F{}-{said}", cited.key)
                .to_uppercase()
                .replace('-', "_");
            let mut record = format!("0 @{id}@ FAM\n");
            for (number, part) in parts(tie, person, relative) {
                let _ = writeln!(record, "1 {part} @I{number}@");
                let Person(own) = people.entry(number).or_default();
                let link = if part == "CHIL" { "FAMC" } else { "FAMS" };
                let _ = writeln!(own, "1 {link} @{id}@");
            }
            line(&mut record, 1, "REFN", &cited.key);
            line(&mut record, 2, "TYPE", "svodka claim");
            citation(job, filed, cited, claim, 1, &mut record);
            out.write_all(record.as_bytes())?;
        }
    }
    Ok(said > 0)
}

/// Who is what in a family, in the order in which the format wants them.
fn parts(tie: Tie, person: i64, relative: i64) -> [(i64, &'static str); 2] {
    match tie {
        Tie::Wife => [(relative, "HUSB"), (person, "WIFE")],
        // The format's words; it says of neither that they are a man's or a woman's.
        Tie::Husband | Tie::Spouse => [(person, "HUSB"), (relative, "WIFE")],
        Tie::Mother => [(person, "WIFE"), (relative, "CHIL")],
        Tie::Father | Tie::Parent => [(person, "HUSB"), (relative, "CHIL")],
        Tie::Child => [(relative, "HUSB"), (person, "CHIL")],
        Tie::Sibling => [(person, "CHIL"), (relative, "CHIL")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_several_lines_goes_on_and_a_sign_that_would_point_is_doubled() {
        let mut record = String::new();
        line(&mut record, 1, "NOTE", "@Orlov\r\n\n\u{1}@Weiss");
        assert_eq!(record, "1 NOTE @@Orlov\n2 CONT\n2 CONT  @Weiss\n");
    }
}
