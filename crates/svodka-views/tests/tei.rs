//! TEI brings back what went out.

#[path = "../../svodka-store/tests/common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{by, project, reader, report, stamp};
use svodka_model::{ClaimOut, Contract, Filed, SectionOut};
use svodka_store::{Audience, ClaimFilter, NewReport, Reader};
use svodka_views::{
    About, Folder, Format, Job, Living, Readings, Source, SourceError, TeiError, Telling, tei,
};

struct Kept(Reader);

impl Source for Kept {
    fn readings(&self) -> Result<Readings<'_>, SourceError> {
        let readings = self.0.readings(&ClaimFilter::default())?;
        Ok(Box::new(
            readings.map(|reading| reading.map_err(Into::into)),
        ))
    }
}

struct Plain;

impl Telling for Plain {
    fn sentence(&self, claim: &ClaimOut) -> String {
        claim.kind.to_string()
    }

    fn heading(&self, kind: &str) -> String {
        kind.to_owned()
    }
}

const ODD: &str = "STRIKES\r\n\r\nIn 1911 Anna Weiss\nread \u{1} <The Bell> & perhaps says that Ivan Orlov\u{c} met Maria Kovács.\n\n\
                   Orlov says that\tnobody met Weiss 😀. Zimin died. Zimin died. ";

fn odd() -> NewReport {
    let mut odd = report("a/odd & <1>.txt", ODD, "1911");
    let contract = &mut odd.contract;
    contract.report.compiler = vec!["Maria Kovács".to_owned(), "A. B.".to_owned()];
    contract.report.title = Some("On strikes & the like".to_owned());
    contract.report.repository = Some("State Archive".to_owned());
    contract.report.reference = Some("f. 102, d. 3".to_owned());
    contract.report.addressee = vec!["The Chief".to_owned()];
    contract.sections = vec![SectionOut {
        heading: "STRIKES".to_owned(),
        level: 2,
        place: svodka_model::Place {
            start: 0,
            end: ODD.chars().count(),
        },
    }];
    // What a claim may carry besides words at their place.
    let claim = &mut contract.claims[0];
    claim
        .fields
        .insert("size".to_owned(), serde_json::json!({"least": 3}));
    let mut value = claim.roles["who"][0].clone();
    let quote = claim.evidence.clone();
    (value.text, value.place, value.quote, value.entity) =
        ("1500-2500".to_owned(), None, Some(quote), None);
    claim.roles.insert("amount".into(), vec![value]);
    odd
}

fn export(path: &Path, audience: Audience, to: &Path) -> BTreeMap<String, String> {
    let source = Kept(reader(path, audience));
    let about = About {
        title: "test".to_owned(),
        program: "svodka 0".to_owned(),
        base: "urn:svodka:test:".to_owned(),
        living: Living::Named,
    };
    let job = Job {
        source: &source,
        telling: &Plain,
        about: &about,
    };
    let format = Format::named("tei").expect("a format");
    format
        .write(&job, &mut Folder(to.to_owned()))
        .expect("written");
    let files = fs::read_dir(to).expect("a folder").flatten();
    files
        .map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            (name, fs::read_to_string(file.path()).expect("text"))
        })
        .collect()
}

fn filed(path: &Path, audience: Audience) -> Vec<Filed> {
    let source = Kept(reader(path, audience));
    let readings = source.readings().expect("read");
    readings.map(|filed| filed.expect("read")).collect()
}

/// A reading with the names of things in the place of their ids, which are ours to choose.
fn told(contract: &Contract) -> Contract {
    let mut contract = contract.clone();
    let names: BTreeMap<String, String> = contract
        .entities
        .iter()
        .map(|entity| {
            (
                entity.id.clone(),
                format!("{} {}", entity.kind, entity.name),
            )
        })
        .collect();
    let name = |id: &mut Option<String>| {
        if let Some(id) = id {
            *id = names[id.as_str()].clone();
        }
    };
    for claim in &mut contract.claims {
        let fillers = claim.roles.values_mut().flatten();
        fillers.for_each(|filler| name(&mut filler.entity));
        claim
            .sources
            .iter_mut()
            .for_each(|source| name(&mut source.entity));
        // A role that nothing fills says nothing.
        claim.roles.retain(|_, fillers| !fillers.is_empty());
    }
    contract
        .mentions
        .iter_mut()
        .for_each(|mention| name(&mut mention.entity));
    for entity in &mut contract.entities {
        entity.id = names[&entity.id].clone();
        entity.names.sort();
    }
    contract.entities.sort_by(|a, b| a.id.cmp(&b.id));
    contract.report.id.clear();
    contract
}

fn brought(files: &BTreeMap<String, String>) -> Vec<NewReport> {
    let reports = files.values().flat_map(|text| {
        let reports = tei::read(text.as_bytes()).expect("ours");
        reports.expect("read")
    });
    let reports = reports.map(|brought| NewReport {
        label: brought.label,
        contract: brought.contract,
        date: None,
        by: by(&brought.program),
    });
    reports.collect()
}

#[test]
fn what_went_out_as_tei_comes_back_and_goes_out_the_same() {
    for audience in [Audience::Owner, Audience::Others] {
        let folder = tempfile::tempdir().expect("there is room");
        let (path, mut writer) = project(folder.path());
        writer.add(odd(), &stamp()).expect("kept");
        let late = report("late.txt", "Ivan Orlov met Weiss in 1975. A list.", "1975");
        writer.add(late, &stamp()).expect("kept");
        writer.close().expect("it closes");
        let out = export(&path, audience, &folder.path().join("out"));
        let second = folder.path().join("second");
        fs::create_dir(&second).expect("a folder");
        let (again, mut writer) = project(&second);
        for report in brought(&out) {
            writer.add(report, &stamp()).expect("kept");
        }
        writer.close().expect("it closes");
        common::sound(&again);
        // The owner sees the text as it came in; it was shielded before, or not at all.
        let (before, after) = (filed(&path, audience), filed(&again, Audience::Owner));
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before.label, after.label);
            assert_eq!(told(&before.contract), told(&after.contract));
            let keys = |filed: &Filed| -> Vec<String> {
                filed.claims.iter().map(|cited| cited.key.clone()).collect()
            };
            if audience == Audience::Owner {
                assert_eq!(keys(before), keys(after));
            }
        }
        if audience == Audience::Owner {
            let back = export(&again, Audience::Owner, &folder.path().join("back"));
            assert_eq!(out, back, "byte for byte");
        }
    }
}

#[test]
fn tei_of_others_is_left_to_be_read_and_what_was_broken_is_told() {
    let other =
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body><p>a</p></body></text></TEI>";
    assert_eq!(tei::read(other.as_bytes()), None);
    assert_eq!(tei::read(b"\xff\xfe"), None);
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    writer.add(odd(), &stamp()).expect("kept");
    writer.close().expect("it closes");
    let out = export(&path, Audience::Owner, &folder.path().join("out"));
    let text = out.get("1.xml").expect("a document");
    let gone = text.replace("<anchor xml:id=\"r1.o19\"/>", "");
    let told = tei::read(gone.as_bytes()).expect("ours");
    assert!(
        matches!(told, Err(TeiError::Pointer { ref pointer, .. }) if pointer == "#r1.o19"),
        "{told:?}"
    );
    let cut = text.replace("</TEI>", "");
    let told = tei::read(cut.as_bytes()).expect("ours");
    assert!(matches!(told, Err(TeiError::Xml(_))), "{told:?}");
    let moved = text.replace("<div n=", "<div><p>Added before.</p></div><div n=");
    let reports = tei::read(moved.as_bytes()).expect("ours").expect("read");
    let claim = &reports[0].contract.claims[0];
    assert!(claim.evidence.text.contains("Anna Weiss"), "{claim:?}");
    assert!(reports[0].contract.text.starts_with("Added before."));
}
