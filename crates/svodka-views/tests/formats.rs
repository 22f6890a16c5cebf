//! What every format must hold: as many claims come out as it can say, each with its quotation and its certainty, and nobody is named who may be
//! alive. A new format is a line of [`CASES`], with a function that reads it back.

#[path = "../../svodka-store/tests/common/mod.rs"]
mod common;
#[path = "formats/rdf.rs"]
mod rdf;
#[path = "formats/read.rs"]
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use common::{project, report, stamp};
use read::Told;
use svodka_model::{ClaimOut, Crm, CrmKind, CrmTie, End, Filed, Kin, KinRoles, Link, NameType};
use svodka_store::{Audience, ClaimFilter, ClaimKey, Reader, Verdict};
use svodka_views::{
    About, Folder, Format, Job, Living, Located, Readings, Shape, Sink, Source, SourceError,
    Stream, Telling,
};

/// How a format is tried.
struct Case {
    format: &'static str,
    /// The claims that are in its files, by their keys.
    read: fn(&Path) -> BTreeMap<String, Told>,
    /// Whether it can say a claim.
    says: fn(&Filed, &ClaimOut) -> bool,
}

const CASES: &[Case] = &[
    Case {
        format: "csv",
        read: read::csv,
        says: any,
    },
    Case {
        format: "xlsx",
        read: read::xlsx,
        says: any,
    },
    Case {
        format: "parquet",
        read: read::parquet,
        says: any,
    },
    Case {
        format: "capture",
        read: read::capture,
        says: of_a_person,
    },
    Case {
        format: "annotations",
        read: read::annotations,
        says: any,
    },
    Case {
        format: "places",
        read: read::places,
        says: of_a_place,
    },
    Case {
        format: "ftm",
        read: read::ftm,
        says: any,
    },
    Case {
        format: "gedcom",
        read: read::gedcom,
        says: of_kin,
    },
    Case {
        format: "gexf",
        read: read::gexf,
        says: of_two,
    },
    Case {
        format: "graphml",
        read: read::graphml,
        says: of_two,
    },
    Case {
        format: "ipif",
        read: read::ipif,
        says: of_an_agent,
    },
    Case {
        format: "turtle",
        read: rdf::turtle,
        says: any,
    },
    Case {
        format: "nquads",
        read: rdf::nquads,
        says: any,
    },
    Case {
        format: "jsonld",
        read: rdf::jsonld,
        says: any,
    },
    Case {
        format: "tei",
        read: read::tei,
        says: any,
    },
];

fn any(_: &Filed, _: &ClaimOut) -> bool {
    true
}

/// The numbers of the things that have a part in a claim.
fn named(filed: &Filed, claim: &ClaimOut) -> BTreeSet<i64> {
    let entities = claim.roles.values().flatten();
    let entities = entities.filter_map(|filler| filler.entity.as_deref());
    let things = entities.filter_map(|entity| filed.thing(entity));
    things.map(|thing| thing.number).collect()
}

fn of_two(filed: &Filed, claim: &ClaimOut) -> bool {
    named(filed, claim).len() > 1
}

/// Whether a thing of a type has a part in a claim, in that role if one is named.
fn of_type(filed: &Filed, claim: &ClaimOut, kind: NameType, role: Option<&str>) -> bool {
    let mut entities = filed.contract.entities.iter();
    let roles = claim.roles.iter();
    let roles = roles.filter(|(name, _)| role.is_none_or(|role| role == name.as_str()));
    let fillers: Vec<_> = roles.flat_map(|(_, fillers)| fillers).collect();
    entities.any(|entity| {
        let is = fillers
            .iter()
            .any(|filler| filler.entity.as_ref() == Some(&entity.id));
        entity.kind == kind && is
    })
}

fn of_a_person(filed: &Filed, claim: &ClaimOut) -> bool {
    of_type(filed, claim, NameType::Person, None)
}

/// Bodies and workplaces are persons to IPIF.
fn of_an_agent(filed: &Filed, claim: &ClaimOut) -> bool {
    [NameType::Person, NameType::Org, NameType::Workplace]
        .into_iter()
        .any(|kind| of_type(filed, claim, kind, None))
}

fn of_a_place(filed: &Filed, claim: &ClaimOut) -> bool {
    of_type(filed, claim, NameType::Place, None)
}

/// The made-up pack takes every deed for kinship.
fn of_kin(filed: &Filed, claim: &ClaimOut) -> bool {
    let rejected = filed.cited().any(|(cited, other)| {
        std::ptr::eq(claim, other) && cited.judged().is_some_and(|it| it.verdict == "reject")
    });
    let both = ["who", "whom"].map(|role| of_type(filed, claim, NameType::Person, Some(role)));
    claim.kind == "deed" && both == [true, true] && !rejected
}

/// Ivan Orlov, Maria Kovács and Pyotr Zimin may be alive.
const LATE: &str = "Orlov and the strike. Ivan Orlov met Maria Kovács near the Orlov Mill. Orlov says that he perhaps knew Zimin & <Kovács>.\n\n\
                    Zimin perhaps stayed in Kremnegorsk with Orlov. Pyotr Zimin went away.\u{c} Maria Kovács read The Bell at the Orlov Mill.";
/// Of Anna Weiss nothing is known after 1911.
const EARLY: &str = "The year 1911. In 1911 Anna Weiss read The Bell.\r\n\r\nIn 1911 Weiss says \u{1}that The Bell was read in Kremnegorsk.";
/// A claim that spreadsheets would take for a formula.
const ODD: &str = "=1+1 is what Anna Weiss wrote in 1911 in The Bell.";
const HIDDEN: [&str; 5] = ["orlov", "kovács", "maria", "zimin", "ivan"];

fn kept() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("there is room");
    let (path, mut writer) = project(folder.path());
    for (label, text, date) in [
        ("weiss/1911.txt", EARLY, "1911"),
        ("odd.txt", ODD, "1911"),
        ("orlov/zimin-1975.txt", LATE, "1975"),
    ] {
        let mut report = report(label, text, date);
        if date == "1975" {
            report.contract.report.compiler = vec!["Maria Kovács".to_owned()];
        }
        let keys = ClaimKey::of(label, &report.contract);
        writer.add(report, &stamp()).expect("kept");
        let mut decide = |key, verdict, reason| writer.decide(key, verdict, reason, &stamp());
        decide(keys[0], Verdict::Reject, "=Orlov's widow wrote").expect("judged");
        if let Some(&second) = keys.get(1) {
            decide(second, Verdict::Note("Kovács told Zimin".to_owned()), "").expect("judged");
        }
    }
    writer.close().expect("it closes");
    (folder, path)
}

/// Gives the reports of a project.
struct Kept(Reader);

impl Source for Kept {
    fn readings(&self) -> Result<Readings<'_>, SourceError> {
        let readings = self.0.readings(&ClaimFilter::default())?;
        Ok(Box::new(
            readings.map(|reading| reading.map_err(Into::into)),
        ))
    }
}

struct Plain {
    link: Link,
    kin: Kin,
    crm: Crm,
}

impl Plain {
    fn new() -> Plain {
        let end = |role: &str| End {
            role: role.into(),
            types: vec![NameType::Person],
        };
        let roles = KinRoles {
            person: "who".into(),
            relation: "note".into(),
            relative: "whom".into(),
        };
        Plain {
            link: Link {
                schema: "Associate".to_owned(),
                ends: BTreeMap::from([
                    ("person".to_owned(), end("who")),
                    ("associate".to_owned(), end("whom")),
                ]),
                texts: BTreeMap::from([("relationship".to_owned(), "note".to_owned())]),
            },
            kin: Kin {
                kinds: BTreeMap::from([("deed".into(), roles)]),
                words: BTreeMap::new(),
            },
            crm: Crm {
                properties: BTreeMap::from([(
                    "P14_carried_out_by".to_owned(),
                    vec![NameType::Person],
                )]),
                things: BTreeMap::from([(NameType::Place, "P7_took_place_at".to_owned())]),
                kinds: BTreeMap::from([(
                    "deed".into(),
                    CrmKind {
                        class: "E7_Activity".to_owned(),
                        roles: BTreeMap::from([("who".into(), "P14_carried_out_by".to_owned())]),
                        ties: vec![CrmTie {
                            from: "who".into(),
                            property: "P152_has_parent".to_owned(),
                            to: "whom".into(),
                        }],
                    },
                )]),
            },
        }
    }
}

impl Telling for Plain {
    fn sentence(&self, claim: &ClaimOut) -> String {
        let fillers = claim.roles.values().flatten();
        let fillers: Vec<&str> = fillers.map(|filler| filler.text.as_str()).collect();
        format!("{}: {}", claim.kind, fillers.join(", "))
    }

    fn heading(&self, kind: &str) -> String {
        kind.to_owned()
    }

    fn link(&self, kind: &str) -> Option<&Link> {
        (kind == "deed").then_some(&self.link)
    }

    fn kin(&self) -> Option<&Kin> {
        Some(&self.kin)
    }

    fn crm(&self) -> Option<&Crm> {
        Some(&self.crm)
    }

    fn located(&self, _: &mut dyn Iterator<Item = &str>) -> Option<Located> {
        Some(Located {
            geonames: 1,
            name: "Kremnegorsk".to_owned(),
            country: "XX".to_owned(),
            latitude: 1.0,
            longitude: 2.5,
            guessed: true,
        })
    }
}

/// Exports and gives the folder in which the files are.
fn export(format: &Format, source: &Kept, living: Living, to: &Path) {
    let about = About {
        title: "test".to_owned(),
        program: "svodka 0".to_owned(),
        base: "urn:svodka:test:".to_owned(),
        living,
    };
    let job = Job {
        source,
        telling: &Plain::new(),
        about: &about,
    };
    fs::create_dir_all(to).expect("a folder");
    let mut sink: Box<dyn Sink> = match format.shape {
        Shape::Folder | Shape::Either(_) => Box::new(Folder(to.to_owned())),
        Shape::File(name) => Box::new(Stream::new(File::create(to.join(name)).expect("a file"))),
    };
    format.write(&job, sink.as_mut()).expect("written");
}

#[test]
fn every_format_is_tried() {
    let tried: Vec<&str> = CASES.iter().map(|case| case.format).collect();
    for format in Format::ALL {
        assert!(tried.contains(&format.name), "{} is not tried", format.name);
    }
}

#[test]
fn every_claim_that_a_format_can_say_comes_out_once_with_quotation_and_certainty() {
    let (folder, path) = kept();
    for audience in [Audience::Owner, Audience::Others] {
        let source = Kept(common::reader(&path, audience));
        for case in CASES {
            let mut wanted = BTreeMap::new();
            for filed in source.readings().expect("read") {
                let filed = filed.expect("read");
                for (cited, claim) in filed
                    .cited()
                    .filter(|(_, claim)| (case.says)(&filed, claim))
                {
                    let told = Told {
                        quotation: claim.evidence.text.clone(),
                        certainty: claim.certainty.word().to_owned(),
                    };
                    wanted.insert(cited.key.clone(), told);
                }
            }
            assert!(
                wanted.len() >= 2,
                "{}: {} claims to be said",
                case.format,
                wanted.len()
            );
            let to = folder.path().join(format!("{}-{audience:?}", case.format));
            let format = Format::named(case.format).expect("a format");
            export(&format, &source, Living::Shielded, &to);
            let found = (case.read)(&to);
            assert_eq!(
                found.keys().collect::<Vec<_>>(),
                wanted.keys().collect::<Vec<_>>(),
                "{}",
                case.format
            );
            for (key, told) in &found {
                let wanted = &wanted[key];
                assert_eq!(told.certainty, wanted.certainty, "{}", case.format);
                // XML has no place for some characters.
                let words =
                    |text: &str| text.replace(['\u{1}', '\u{c}'], " ").replace("\r\n", "\n");
                assert_eq!(
                    words(&told.quotation),
                    words(&wanted.quotation),
                    "{}",
                    case.format
                );
            }
        }
    }
}

#[test]
fn nobody_who_may_be_alive_is_named_in_any_format_save_to_the_owner() {
    let (folder, path) = kept();
    for case in CASES {
        let format = Format::named(case.format).expect("a format");
        let written = |audience: Audience, living| {
            let to = folder.path().join(format!("{}-{audience:?}", case.format));
            export(&format, &Kept(common::reader(&path, audience)), living, &to);
            read::everything(&to).to_lowercase()
        };
        let shielded = written(Audience::Others, Living::Shielded);
        for name in HIDDEN {
            assert!(!shielded.contains(name), "{} tells of {name}", case.format);
        }
        let source = Kept(common::reader(&path, Audience::Others));
        let mut readings = source.readings().expect("read");
        let of_the_dead = readings.any(|filed| {
            let filed = filed.expect("read");
            let of_weiss = |claim: &ClaimOut| claim.evidence.text.contains("Weiss");
            filed
                .cited()
                .any(|(_, claim)| (case.says)(&filed, claim) && of_weiss(claim))
        });
        assert!(
            shielded.contains("weiss") || !of_the_dead,
            "{}: the dead are named",
            case.format
        );
        let named = written(Audience::Owner, Living::Named);
        assert!(
            named.contains("zimin"),
            "{}: the owner sees all",
            case.format
        );
    }
}

#[test]
fn rdf_says_the_same_in_every_form_and_states_nothing_as_a_fact() {
    let (folder, path) = kept();
    let source = Kept(common::reader(&path, Audience::Owner));
    let quads = |name: &str, file: &str| {
        let to = folder.path().join(name);
        export(
            &Format::named(name).expect("a format"),
            &source,
            Living::Named,
            &to,
        );
        rdf::quads(&to.join(file))
    };
    let (nquads, jsonld) = (
        quads("nquads", "claims.nq"),
        quads("jsonld", "claims.jsonld"),
    );
    let said = |quads: &[oxrdf::Quad]| {
        let said = quads.iter().map(ToString::to_string);
        said.collect::<BTreeSet<String>>()
    };
    assert_eq!(said(&nquads), said(&jsonld));
    let triples: Vec<oxrdf::Triple> = quads("turtle", "claims.ttl")
        .into_iter()
        .map(Into::into)
        .collect();
    let without_graphs = nquads.iter().cloned().map(oxrdf::Triple::from);
    let set = |triples: &mut dyn Iterator<Item = oxrdf::Triple>| {
        triples
            .map(|it| it.to_string())
            .collect::<BTreeSet<String>>()
    };
    assert_eq!(
        set(&mut triples.into_iter()),
        set(&mut without_graphs.into_iter())
    );
    let graphs: BTreeSet<String> = nquads
        .iter()
        .map(|quad| quad.graph_name.to_string())
        .collect();
    let named = |name: &str| format!("<urn:svodka:test:{name}>");
    let wanted = ["report/1", "report/2", "report/3", "things"].map(named);
    assert_eq!(graphs, BTreeSet::from(wanted));
    // Of the things themselves only names are stated, of matters only what they would be.
    let allowed = [
        "type",
        "label",
        "P2_has_type",
        "P1_is_identified_by",
        "P168_place_is_defined_by",
        "closeMatch",
        "exactMatch",
        "mayBeAlive",
        "ifSo",
    ];
    for quad in &nquads {
        let subject = quad.subject.to_string();
        let property = quad
            .predicate
            .as_str()
            .rsplit(['/', '#', ':'])
            .next()
            .unwrap_or_default();
        let plain = subject.contains("thing/") && !subject.contains("/name/");
        if plain || subject.ends_with("/matter>") {
            assert!(allowed.contains(&property), "{quad}");
        }
    }
}

#[test]
fn every_term_of_ours_in_rdf_stands_in_its_vocabulary() {
    let (folder, path) = kept();
    let to = folder.path().join("terms");
    let source = Kept(common::reader(&path, Audience::Owner));
    export(
        &Format::named("nquads").expect("a format"),
        &source,
        Living::Named,
        &to,
    );
    let vocabulary =
        rdf::quads(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/svodka.ttl"));
    let defined: BTreeSet<String> = vocabulary
        .iter()
        .map(|quad| quad.subject.to_string())
        .collect();
    let mut used = BTreeSet::new();
    for quad in rdf::quads(&to.join("claims.nq")) {
        used.extend([
            quad.subject.to_string(),
            quad.predicate.to_string(),
            quad.object.to_string(),
        ]);
    }
    // Packs name these.
    let open = ["kind/", "role/", "field/"].map(|family| format!("<{}{family}", rdf::OURS));
    let ours = used
        .iter()
        .filter(|term| term.starts_with(&format!("<{}", rdf::OURS)));
    let ours: Vec<&String> = ours
        .filter(|term| !open.iter().any(|family| term.starts_with(family)))
        .collect();
    assert!(ours.len() > 10);
    for term in ours {
        assert!(defined.contains(term), "{term} is not in docs/svodka.ttl");
    }
}
