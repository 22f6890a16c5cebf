//! Reports made up for tests: names are those of a cast, and every sentence that names somebody is a claim.
#![allow(dead_code, reason = "not every test file uses all of it")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use svodka_model::{
    Certainty, ClaimOut, CodePoints, Contract, EntityOut, FillerOut, MentionOut, NameType, Place,
    Polarity, Quote, ReportInfo, SourceOut, Span, WhenOut,
};
use svodka_store::{
    Audience, NewReport, Policy, Provenance, Reader, Session, Soundness, Stamp, Writer,
};

pub const WAIT: Duration = Duration::from_secs(20);

pub fn session() -> Session {
    Session {
        pid: std::process::id(),
        host: "test".to_owned(),
        since: "2026-11-23T06:00:00Z".to_owned(),
        doing: "testing".to_owned(),
    }
}

pub fn stamp() -> Stamp {
    Stamp {
        at: "2026-11-23T06:00:00Z".to_owned(),
        author: "tester".to_owned(),
    }
}

pub fn by(program: &str) -> Provenance {
    Provenance {
        program: program.to_owned(),
        pack: "pack".to_owned(),
        model: "model".to_owned(),
    }
}

/// The people, places and works that made-up reports name, the longer forms first; forms of one thing share an id.
pub const CAST: [(&str, &str, NameType); 10] = [
    ("Ivan Orlov", "ivan-orlov", NameType::Person),
    ("Orlov Mill", "orlov-mill", NameType::Workplace),
    ("Anna Weiss", "anna-weiss", NameType::Person),
    ("Pyotr Zimin", "pyotr-zimin", NameType::Person),
    ("Maria Kovács", "maria-kovacs", NameType::Person),
    ("Orlov", "ivan-orlov", NameType::Person),
    ("Weiss", "anna-weiss", NameType::Person),
    ("Zimin", "pyotr-zimin", NameType::Person),
    ("Kremnegorsk", "kremnegorsk", NameType::Place),
    ("The Bell", "the-bell", NameType::Work),
];

/// What a reading of a text might be.
pub fn contract(label: &str, text: &str, date: &str) -> Contract {
    let points = CodePoints::new(text);
    let mut mentions: Vec<(Span, &str, NameType)> = Vec::new();
    for (form, id, kind) in CAST {
        for (at, _) in text.match_indices(form) {
            let span = Span::new(at, at + form.len());
            if !mentions.iter().any(|(other, ..)| other.overlaps(span)) {
                mentions.push((span, id, kind));
            }
        }
    }
    mentions.sort();
    let mut entities: BTreeMap<&str, EntityOut> = BTreeMap::new();
    for (span, id, kind) in &mentions {
        let form = span.of(text).to_owned();
        let entity = entities.entry(id).or_insert_with(|| EntityOut {
            id: (*id).to_owned(),
            kind: *kind,
            name: form.clone(),
            names: Vec::new(),
        });
        if !entity.names.contains(&form) {
            entity.names.push(form.clone());
        }
        if form.len() > entity.name.len() {
            entity.name = form;
        }
    }
    let mut claims = Vec::new();
    let mut start = 0;
    let mut sentences = Vec::new();
    for sentence in text.split_inclusive('.') {
        let span = Span::new(start, start + sentence.len()).trim(text);
        start += sentence.len();
        sentences.push(Place::of(&points, span));
        let named: Vec<_> = mentions
            .iter()
            .filter(|(place, ..)| span.contains(*place))
            .collect();
        let Some((first, rest)) = named.split_first() else {
            continue;
        };
        let filler = |(place, id, _): &(Span, &str, NameType)| FillerOut {
            text: place.of(text).to_owned(),
            entity: Some((*id).to_owned()),
            place: Some(Place::of(&points, *place)),
            quote: None,
        };
        let told = span.of(text);
        claims.push(ClaimOut {
            id: format!("c{}", claims.len() + 1),
            kind: if told.contains("died") {
                "end".into()
            } else {
                "deed".into()
            },
            roles: BTreeMap::from([
                ("who".into(), vec![filler(first)]),
                (
                    "whom".into(),
                    rest.iter().map(|mention| filler(mention)).collect(),
                ),
            ]),
            fields: BTreeMap::from([(
                "note".to_owned(),
                format!("of {}", first.0.of(text)).into(),
            )]),
            when: told.contains("1911").then(|| WhenOut {
                edtf: "1911".to_owned(),
                text: "1911".to_owned(),
            }),
            polarity: Polarity::Positive,
            certainty: if told.contains("perhaps") {
                Certainty::Possible
            } else {
                Certainty::Asserted
            },
            sources: rest
                .last()
                .filter(|_| told.contains("says"))
                .map(|(place, id, _)| SourceOut {
                    text: format!("agent {}", place.of(text)),
                    entity: Some((*id).to_owned()),
                })
                .into_iter()
                .collect(),
            evidence: Quote::of(text, &points, span),
            frame: "test".to_owned(),
        });
    }
    Contract {
        format: 1,
        report: ReportInfo {
            id: "x".to_owned(),
            title: text.split('.').next().map(str::to_owned),
            date: (!date.is_empty()).then(|| date.to_owned()),
            language: "en".to_owned(),
            source: label.to_owned(),
            sha256: fake_sum(text),
            compiler: Vec::new(),
            ..ReportInfo::default()
        },
        text: text.to_owned(),
        sections: Vec::new(),
        sentences,
        mentions: mentions
            .iter()
            .map(|(span, id, kind)| MentionOut {
                place: Place::of(&points, *span),
                text: span.of(text).to_owned(),
                kind: kind.code().to_owned(),
                entity: Some((*id).to_owned()),
                edtf: None,
            })
            .collect(),
        entities: entities.into_values().collect(),
        claims,
    }
}

/// Something that is another for another text.
fn fake_sum(text: &str) -> String {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{sum:016x}").repeat(4)
}

pub fn report(label: &str, text: &str, date: &str) -> NewReport {
    NewReport {
        label: label.to_owned(),
        contract: contract(label, text, date),
        date: None,
        by: by("1"),
    }
}

/// A new project in the folder.
pub fn project(folder: &Path) -> (std::path::PathBuf, Writer) {
    let path = folder.join("test.svodka");
    let writer =
        Writer::create(&path, "test", &session(), &stamp()).expect("a project can be made");
    (path, writer)
}

pub fn reader(path: &Path, audience: Audience) -> Reader {
    let today = Date::constant(2026, 11, 23);
    Reader::open(path, Policy { audience, today }).expect("the project opens")
}

/// Fails unless the project is sound.
pub fn sound(path: &Path) -> Soundness {
    let soundness = Soundness::of(path, WAIT).expect("the project can be checked");
    let findings: Vec<String> = soundness.findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{findings:#?}");
    soundness
}
