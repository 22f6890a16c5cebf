//! TEI that this program wrote, read back: not a text to be read anew, but the reading that the document carries.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node, ParsingOptions};
use svodka_model::{
    Certainty, ClaimOut, CodePoints, Contract, EntityOut, FillerOut, MentionOut, NameType, Place,
    Polarity, Quote, ReportInfo, SectionOut, SourceOut, WhenOut,
};

use super::NAMESPACE;
use crate::formats::xml;

/// A report that a TEI document brings, with the reading of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// What it was known by.
    pub label: String,
    /// The reading, claims in their order.
    pub contract: Contract,
    /// What the claims were called, in that order. They are called so again if nothing that their names are drawn from was shielded or corrected.
    pub keys: Vec<String>,
    /// By what program it was read.
    pub program: String,
}

/// Why a TEI document of ours cannot be read back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TeiError {
    /// It is no XML.
    #[error("this is no XML: {0}")]
    Xml(String),
    /// Something points to what is not there.
    #[error("{what} points to {pointer}, which is not there")]
    Pointer {
        /// What points.
        what: String,
        /// Where to.
        pointer: String,
    },
    /// A part is missing or says what it cannot say.
    #[error("{what} has no {part}")]
    Lacks {
        /// What lacks it.
        what: String,
        /// The part.
        part: &'static str,
    },
}

/// The reports of a TEI document that this program wrote; nothing if it is another file. Whether it is one, its own header says.
///
/// # Errors
///
/// If it was changed so that its claims no longer stand on its text.
pub fn read(bytes: &[u8]) -> Option<Result<Vec<Brought>, TeiError>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    // A look before the whole is read.
    if !text.contains(NAMESPACE) || !text.contains("<idno type=\"svodka\">") {
        return None;
    }
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => return Some(Err(TeiError::Xml(error.to_string()))),
    };
    let root = document.root_element();
    let reports: Vec<Node<'_, '_>> = match root.tag_name().name() {
        "TEI" => vec![root],
        "teiCorpus" => children(root, "TEI").collect(),
        _ => return None,
    };
    let ours = |report: &Node<'_, '_>| of_type(*report, "idno", "svodka").is_some();
    if reports.is_empty() || !reports.iter().all(ours) {
        return None;
    }
    Some(reports.into_iter().map(report).collect())
}

fn children<'a, 'd: 'a>(
    node: Node<'a, 'd>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'd>> {
    node.children()
        .filter(move |child| child.tag_name().name() == name)
}

/// The first element of a name below a node.
fn below<'a, 'd: 'a>(node: Node<'a, 'd>, name: &str) -> Option<Node<'a, 'd>> {
    node.descendants()
        .find(|child| child.tag_name().name() == name)
}

/// The first element of a name and type below a node.
fn of_type<'a, 'd: 'a>(node: Node<'a, 'd>, name: &str, kind: &str) -> Option<Node<'a, 'd>> {
    node.descendants()
        .find(|child| child.tag_name().name() == name && child.attribute("type") == Some(kind))
}

fn words(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|text| text.text()).collect()
}

fn id<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute((roxmltree::NS_XML_URI, "id"))
}

fn report(tei: Node<'_, '_>) -> Result<Brought, TeiError> {
    let what = id(tei).unwrap_or("a report").to_owned();
    let lacks = |part| TeiError::Lacks {
        what: what.clone(),
        part,
    };
    let header = below(tei, "teiHeader").ok_or_else(|| lacks("teiHeader"))?;
    let statement = below(header, "titleStmt").ok_or_else(|| lacks("titleStmt"))?;
    let source = below(header, "bibl").ok_or_else(|| lacks("bibl in its sourceDesc"))?;
    let label = children(source, "title").next().map(words);
    let label = label
        .filter(|label| !label.trim().is_empty())
        .ok_or_else(|| lacks("title in its sourceDesc"))?;
    let sha256 = of_type(source, "idno", "sha256").map(words);
    let sha256 = sha256.ok_or_else(|| lacks("idno of type sha256"))?;
    let body = below(tei, "body").ok_or_else(|| lacks("body"))?;
    let Text {
        text,
        anchors,
        mut mentions,
        sections,
    } = Text::of(body);
    let points = CodePoints::new(&text);
    let pages = Pages {
        text: &text,
        points: &points,
        anchors: &anchors,
    };
    let entities = entities(tei);
    let entity = |pointer: Option<&str>| -> Option<String> {
        let pointer = pointer?.strip_prefix('#')?;
        Some(entities.get(pointer)?.id.clone())
    };
    let mut sentences = Vec::new();
    if let Some(group) = of_type(tei, "spanGrp", "sentences") {
        for span in children(group, "span") {
            sentences.push(pages.span(span, "a sentence")?);
        }
    }
    let mut named = Vec::new();
    if let Some(group) = of_type(tei, "spanGrp", "mentions") {
        for span in children(group, "span") {
            mentions.push(Marked {
                place: pages.span(span, "a mention")?,
                kind: span.attribute("type").unwrap_or("DATE").to_owned(),
                thing: span.attribute("corresp").map(str::to_owned),
                edtf: span.attribute("n").map(str::to_owned),
            });
        }
    }
    mentions.sort_by_key(|mention| (mention.place.start, mention.place.end));
    for mention in mentions {
        named.push(MentionOut {
            text: pages.words(mention.place).to_owned(),
            place: mention.place,
            kind: mention.kind,
            entity: entity(mention.thing.as_deref()),
            edtf: mention.edtf,
        });
    }
    let mut claims = Vec::new();
    let mut keys = Vec::new();
    if let Some(list) = of_type(tei, "listAnnotation", "claims") {
        for annotation in children(list, "annotation") {
            let name = id(annotation).unwrap_or("a claim");
            keys.push(name.rsplit('.').next().unwrap_or(name).to_owned());
            let number = claims.len() + 1;
            claims.push(claim(annotation, name, number, &pages, &entity)?);
        }
    }
    let program = children(statement, "respStmt").find_map(|stmt| below(stmt, "name"));
    let title = children(statement, "title").next().map(words);
    let mut entities: Vec<(i64, EntityOut)> = entities
        .into_iter()
        .map(|(id, entity)| (number(&id), entity))
        .collect();
    // In the order in which they were met first.
    entities.sort_by_key(|(number, _)| *number);
    let contract = Contract {
        format: 1,
        report: ReportInfo {
            id: sha256.chars().take(16).collect(),
            title: title.filter(|title| *title != label),
            date: children(source, "date")
                .next()
                .and_then(|date| date.attribute("when-custom"))
                .map(str::to_owned),
            language: below(header, "language")
                .and_then(|language| language.attribute("ident"))
                .unwrap_or("und")
                .to_owned(),
            source: label.clone(),
            sha256,
            compiler: children(statement, "author").map(words).collect(),
            addressee: children(source, "note")
                .filter(|note| note.attribute("type") == Some("addressee"))
                .map(words)
                .collect(),
            repository: of_type(source, "idno", "repository").map(words),
            reference: of_type(source, "idno", "reference").map(words),
            origins: Vec::new(),
        },
        sections,
        sentences,
        mentions: named,
        entities: entities.into_iter().map(|(_, entity)| entity).collect(),
        claims,
        text,
    };
    Ok(Brought {
        label,
        contract,
        keys,
        program: program.map_or_else(|| "TEI".to_owned(), words),
    })
}

/// The number at the end of a thing's name.
fn number(id: &str) -> i64 {
    let digits = id.rsplit(".t").next().unwrap_or_default();
    digits.parse().unwrap_or(i64::MAX)
}

/// A text with the places in it that can be pointed to.
struct Pages<'a> {
    text: &'a str,
    points: &'a CodePoints,
    anchors: &'a BTreeMap<String, usize>,
}

impl Pages<'_> {
    fn at(&self, pointer: &str, what: &str) -> Result<usize, TeiError> {
        let anchor = pointer.strip_prefix('#').unwrap_or(pointer);
        self.anchors
            .get(anchor)
            .copied()
            .ok_or_else(|| TeiError::Pointer {
                what: what.to_owned(),
                pointer: pointer.to_owned(),
            })
    }

    fn between(&self, from: &str, to: &str, what: &str) -> Result<Place, TeiError> {
        let (start, end) = (self.at(from, what)?, self.at(to, what)?);
        if start > end {
            return Err(TeiError::Lacks {
                what: what.to_owned(),
                part: "place that begins before it ends",
            });
        }
        Ok(Place { start, end })
    }

    fn span(&self, span: Node<'_, '_>, what: &str) -> Result<Place, TeiError> {
        let of = |name| span.attribute(name).unwrap_or_default();
        self.between(of("from"), of("to"), what)
    }

    /// Where two pointers lead.
    fn place(&self, pointers: &str, what: &str) -> Result<Place, TeiError> {
        let mut pointers = pointers.split_whitespace();
        let (from, to) = (pointers.next(), pointers.next());
        self.between(from.unwrap_or_default(), to.unwrap_or_default(), what)
    }

    fn words(&self, place: Place) -> &str {
        self.points.to_span(place.start..place.end).of(self.text)
    }

    fn quote(&self, place: Place) -> Quote {
        Quote {
            place,
            text: self.words(place).to_owned(),
        }
    }
}

struct Marked {
    place: Place,
    kind: String,
    thing: Option<String>,
    edtf: Option<String>,
}

/// What stands in `<body>`.
#[derive(Default)]
struct Text {
    text: String,
    anchors: BTreeMap<String, usize>,
    mentions: Vec<Marked>,
    sections: Vec<SectionOut>,
}

enum Step<'a, 'd> {
    Open(Node<'a, 'd>),
    Close(Node<'a, 'd>, usize),
}

impl Text {
    fn of(body: Node<'_, '_>) -> Text {
        let mut found = Text::default();
        let mut divs = Vec::new();
        let mut at = 0;
        // A stack of our own: a document may nest as deep as it likes.
        let mut steps = vec![Step::Open(body)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Open(node) if node.is_text() => {
                    let text = node.text().unwrap_or_default();
                    at += text.chars().count();
                    found.text += text;
                }
                Step::Open(node) => match node.tag_name().name() {
                    "pb" => {
                        at += 1;
                        found.text.push('\u{c}');
                    }
                    "g" => {
                        let number = node.attribute("n").and_then(|n| n.parse().ok());
                        let c = number.and_then(char::from_u32);
                        at += 1;
                        found.text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    "anchor" => {
                        if let Some(id) = id(node) {
                            found.anchors.insert(id.to_owned(), at);
                        }
                    }
                    _ => {
                        steps.push(Step::Close(node, at));
                        steps.extend(node.children().rev().map(Step::Open));
                    }
                },
                Step::Close(node, start) => {
                    if node.tag_name().name() == "div" {
                        divs.push((node, start));
                    }
                    if let Some(kind) = mentioned(node) {
                        found.mentions.push(Marked {
                            place: Place { start, end: at },
                            kind: kind.to_owned(),
                            thing: node.attribute("ref").map(str::to_owned),
                            edtf: node.attribute("when-custom").map(str::to_owned),
                        });
                    }
                }
            }
        }
        for (div, start) in divs {
            let end = div.attribute("corresp").and_then(|it| it.strip_prefix('#'));
            let end = end.and_then(|end| found.anchors.get(end));
            let level = div.attribute("n").and_then(|level| level.parse().ok());
            if let (Some(&end), Some(level)) = (end, level) {
                found.sections.push(SectionOut {
                    heading: children(div, "head").next().map(words).unwrap_or_default(),
                    level,
                    place: Place { start, end },
                });
            }
        }
        found.sections.sort_by_key(|section| section.place.start);
        found
    }
}

/// What an element of the text names: the reverse of what `body` writes.
fn mentioned(node: Node<'_, '_>) -> Option<&'static str> {
    Some(match node.tag_name().name() {
        "persName" => NameType::Person.code(),
        "orgName" if node.attribute("type") == Some("workplace") => NameType::Workplace.code(),
        "orgName" => NameType::Org.code(),
        "placeName" => NameType::Place.code(),
        "title" => NameType::Work.code(),
        "rs" => NameType::Event.code(),
        "date" => "DATE",
        _ => return None,
    })
}

/// The things named, by their names in the document.
fn entities(tei: Node<'_, '_>) -> BTreeMap<String, EntityOut> {
    let mut entities = BTreeMap::new();
    let mut slugs = BTreeSet::new();
    let Some(beside) = below(tei, "standOff") else {
        return entities;
    };
    for node in beside.descendants() {
        let (kind, name) = match node.tag_name().name() {
            "person" => (NameType::Person, "persName"),
            "org" if node.attribute("type") == Some("workplace") => {
                (NameType::Workplace, "orgName")
            }
            "org" => (NameType::Org, "orgName"),
            "place" => (NameType::Place, "placeName"),
            "event" => (NameType::Event, "eventName"),
            "bibl" => (NameType::Work, "title"),
            _ => continue,
        };
        let mut names: Vec<String> = children(node, name).map(words).collect();
        let (Some(id), Some(first)) = (id(node), names.first().cloned()) else {
            continue;
        };
        names.sort_unstable();
        entities.insert(
            id.to_owned(),
            EntityOut {
                id: slug(&first, &mut slugs),
                kind,
                name: first,
                names,
            },
        );
    }
    entities
}

/// A name as an id that no other has.
fn slug(name: &str, taken: &mut BTreeSet<String>) -> String {
    let letters: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let parts: Vec<String> = letters.split_whitespace().map(str::to_lowercase).collect();
    let plain = match parts.is_empty() {
        true => "thing".to_owned(),
        false => parts.join("-"),
    };
    let mut slug = plain.clone();
    let mut number = 1;
    while !taken.insert(slug.clone()) {
        number += 1;
        slug = format!("{plain}-{number}");
    }
    slug
}

fn claim(
    annotation: Node<'_, '_>,
    name: &str,
    number: usize,
    pages: &Pages<'_>,
    entity: &dyn Fn(Option<&str>) -> Option<String>,
) -> Result<ClaimOut, TeiError> {
    let lacks = |part| TeiError::Lacks {
        what: name.to_owned(),
        part,
    };
    let target = annotation.attribute("target").unwrap_or_default();
    let evidence = pages.quote(pages.place(target, name)?);
    let ana = annotation.attribute("ana").unwrap_or_default();
    let category = |of: &str| -> Option<&str> {
        let of = format!(".{of}.");
        let mut categories = ana.split_whitespace();
        categories.find_map(|category| Some(category.split_once(of.as_str())?.1))
    };
    let certainty = match category("certainty") {
        Some("asserted") => Certainty::Asserted,
        Some("probable") => Certainty::Probable,
        Some("possible") => Certainty::Possible,
        Some("unestablished") => Certainty::Unestablished,
        _ => return Err(lacks("certainty in its @ana")),
    };
    let polarity = match category("polarity") {
        Some("positive") => Polarity::Positive,
        Some("negative") => Polarity::Negative,
        _ => return Err(lacks("polarity in its @ana")),
    };
    let mut claim = ClaimOut {
        id: format!("c{number}"),
        kind: "".into(),
        roles: BTreeMap::new(),
        fields: BTreeMap::new(),
        when: None,
        polarity,
        certainty,
        sources: Vec::new(),
        evidence,
        frame: String::new(),
    };
    for note in children(annotation, "note") {
        let part = note.attribute("subtype").unwrap_or_default();
        let named = children(note, "rs").next();
        let who = named.and_then(|named| entity(named.attribute("ref")));
        let told = named.map(words).unwrap_or_default();
        match note.attribute("type").unwrap_or_default() {
            "claim" => claim.kind = part.into(),
            "role" => {
                let place = note.attribute("target");
                let place = place.map(|place| pages.place(place, name)).transpose()?;
                let quote = children(note, "quote").next();
                let quote = quote
                    .and_then(|quote| quote.attribute("corresp"))
                    .map(|place| pages.place(place, name))
                    .transpose()?;
                claim.roles.entry(part.into()).or_default().push(FillerOut {
                    // XML has no place for some characters of the text; the text has them.
                    text: match place {
                        Some(place) if shown(pages.words(place)) == told => {
                            pages.words(place).to_owned()
                        }
                        _ => told,
                    },
                    entity: who,
                    place,
                    quote: quote.map(|place| pages.quote(place)),
                });
            }
            "field" => {
                claim.fields.insert(part.to_owned(), words(note).into());
            }
            "json" => {
                let value = serde_json::from_str(&words(note));
                let value = value.map_err(|_| lacks("value in a note of type json"))?;
                claim.fields.insert(part.to_owned(), value);
            }
            "when" => {
                let date = children(note, "date").next();
                claim.when = date.and_then(|date| {
                    Some(WhenOut {
                        edtf: date.attribute("when-custom")?.to_owned(),
                        text: words(date),
                    })
                });
            }
            "source" => claim.sources.push(SourceOut {
                text: told,
                entity: who,
            }),
            "rule" => claim.frame = words(note),
            _ => {}
        }
    }
    if claim.kind.is_empty() {
        return Err(lacks("note of type claim with a subtype"));
    }
    Ok(claim)
}

/// A text as XML shows it.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| if xml::allows(c) { c } else { ' ' })
        .collect()
}
