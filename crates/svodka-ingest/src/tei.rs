//! TEI P5: an edition's text, its header as metadata.
//!
//! Where an editor gives two readings the edited one is taken: `corr`, `reg`, `expan` and `lem`, not `sic`, `orig`, `abbr` and
//! `rdg`; what was added, not what was struck. A report is to be read as it was meant; the other reading stays in the file, and the map
//! leads there.

use crate::draft::Draft;
use crate::metadata::told;
use crate::tree::{Id, Tree, Walk};
use crate::{Metadata, Told, xml};

const PARAGRAPHS: &[&str] = &[
    "p",
    "ab",
    "head",
    "l",
    "opener",
    "closer",
    "dateline",
    "salute",
    "signed",
    "address",
    "addrLine",
    "byline",
    "docTitle",
    "titlePart",
    "docAuthor",
    "docDate",
    "docImprint",
    "epigraph",
    "trailer",
    "div",
    "div1",
    "div2",
    "div3",
    "div4",
    "div5",
    "front",
    "body",
    "back",
    "group",
    "text",
    "TEI",
    "lg",
    "sp",
    "speaker",
    "stage",
    "titlePage",
    "postscript",
    "argument",
    "floatingText",
    "zone",
    "surface",
    "bibl",
    "listBibl",
    "entry",
];
/// What is no text of the report: the header, images, running heads, what was struck, an image's description.
const SILENT: &[&str] = &[
    "teiHeader",
    "facsimile",
    "standOff",
    "fw",
    "del",
    "figDesc",
    "graphic",
    "surfaceGrp",
    "interp",
    "interpGrp",
    "spanGrp",
    "index",
    "metamark",
    "catchwords",
    "certainty",
    "respons",
];

struct Edition<'a> {
    walk: Walk<'a>,
    page: u32,
    label: u32,
    /// How many lists are open.
    lists: u32,
    noted: u32,
}

impl Edition<'_> {
    fn children(&mut self, id: Id) {
        let tree = self.walk.tree;
        for child in tree.children(id) {
            self.element(child);
        }
    }

    fn end_block(&mut self) {
        if self.lists == 0 {
            self.walk.draft.paragraph();
        } else {
            self.walk.draft.break_in_item();
        }
    }

    fn element(&mut self, id: Id) {
        let tree = self.walk.tree;
        let node = tree.node(id);
        let name = node.name.as_str();
        match name {
            "" => {
                self.walk.stand(id);
                self.walk.draft.spot.page = self.page;
                self.walk.draft.spot.label = self.label;
                self.walk.draft.words(&node.text);
            }
            _ if SILENT.contains(&name) => {}
            "choice" | "app" | "subst" => {
                let best = ["corr", "reg", "expan", "lem", "add"]
                    .iter()
                    .find_map(|name| tree.child(id, name));
                let first = || {
                    tree.children(id)
                        .find(|&child| !tree.name(child).is_empty())
                };
                if let Some(reading) = best.or_else(first) {
                    self.element(reading);
                }
            }
            "pb" => {
                self.page += 1;
                self.label = tree
                    .attribute(id, "n")
                    .map_or(u32::MAX, |label| self.walk.draft.map.name(label));
                self.line_end(id);
            }
            "lb" | "cb" | "gb" => self.line_end(id),
            "gap" => {
                self.walk.stand(id);
                self.walk.draft.words(" […] ");
            }
            "space" => self.walk.draft.words(" "),
            "note" => {
                self.noted += 1;
                let mark = tree
                    .attribute(id, "n")
                    .map_or_else(|| self.noted.to_string(), str::to_owned);
                let words = self.apart(id);
                self.walk.stand(id);
                self.walk.draft.spot.page = self.page;
                self.walk.draft.spot.label = self.label;
                self.walk.draft.note(&mark, &words);
            }
            "list" => {
                if self.lists == 0 {
                    self.walk.draft.paragraph();
                }
                self.lists += 1;
                let mut label = None;
                for child in tree.children(id) {
                    match tree.name(child) {
                        "label" => label = Some(tree.words(child)),
                        "item" => {
                            let n = label
                                .take()
                                .or_else(|| tree.attribute(child, "n").map(str::to_owned));
                            self.walk.draft.item(n.as_deref().unwrap_or("-"));
                            self.children(child);
                            self.walk.draft.line_break();
                        }
                        "head" => {
                            self.children(child);
                            self.walk.draft.line_break();
                        }
                        _ => self.element(child),
                    }
                }
                self.lists -= 1;
                self.end_block();
            }
            "table" => {
                self.end_block();
                self.children(id);
                self.end_block();
            }
            "row" => {
                let mut first = true;
                for column in tree.children(id).filter(|&it| !tree.name(it).is_empty()) {
                    self.walk.draft.open_cell(first);
                    self.children(column);
                    self.walk.draft.close_cell();
                    first = false;
                }
                self.walk.draft.line_break();
            }
            // In a transcription of the page itself, and on an envelope.
            "line" => {
                self.children(id);
                self.walk.draft.words(" ");
            }
            "surface" => {
                self.page += 1;
                self.children(id);
                self.end_block();
            }
            "quote" | "cit" if tree.find(id, "p").is_some() || tree.find(id, "l").is_some() => {
                self.end_block();
                self.children(id);
                self.end_block();
            }
            _ if PARAGRAPHS.contains(&name) => {
                self.end_block();
                let part = tree.attribute(id, "part").unwrap_or_default();
                if ["M", "F"].contains(&part) || tree.attribute(id, "prev").is_some() {
                    self.walk.draft.resume();
                }
                self.children(id);
                self.end_block();
            }
            _ => self.children(id),
        }
    }

    /// The end of a line, column or page: a space, unless it is said to part a word.
    fn line_end(&mut self, id: Id) {
        if self.walk.tree.attribute(id, "break") == Some("no") {
            self.walk.draft.join();
        } else {
            self.walk.draft.words(" ");
        }
    }

    /// The words of a note, on one line.
    fn apart(&self, id: Id) -> String {
        let mut draft = Draft::new();
        let mut edition = Edition {
            walk: Walk::new(self.walk.tree, &mut draft),
            page: 0,
            label: u32::MAX,
            lists: 0,
            noted: 0,
        };
        edition.children(id);
        draft
            .finish()
            .0
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A date as its attributes say it, else in its words.
fn date(tree: &Tree, id: Id, field: &str) -> Option<Told> {
    let attribute = |names: [&str; 2]| names.iter().find_map(|name| tree.attribute(id, name));
    let when = attribute(["when", "when-iso"]).map(str::to_owned);
    let from = attribute(["from", "notBefore"]);
    let to = attribute(["to", "notAfter"]);
    let span = || {
        (from.is_some() || to.is_some())
            .then(|| format!("{}/{}", from.unwrap_or(".."), to.unwrap_or("..")))
    };
    told(&when.or_else(span).unwrap_or_else(|| tree.words(id)), field)
}

fn metadata(tree: &Tree) -> Metadata {
    let Some(header) = tree.find(Tree::ROOT, "teiHeader") else {
        return Metadata::default();
    };
    let words = |id: Option<Id>, field: &str| {
        id.and_then(|id| told(&tree.words(id), &format!("TEI header: {field}")))
    };
    let statement = tree.at(header, &["fileDesc", "titleStmt"]);
    let source = tree.at(header, &["fileDesc", "sourceDesc"]);
    let identifier = source.and_then(|id| tree.find(id, "msIdentifier"));
    let action = |kind: &str| {
        tree.all(header, "correspAction")
            .find(|&id| tree.attribute(id, "type") == Some(kind))
    };
    let people = |action: Option<Id>, field: &str| {
        let names = action.into_iter().flat_map(|id| tree.children(id));
        let names = names.filter(|&id| ["persName", "orgName", "name"].contains(&tree.name(id)));
        names
            .filter_map(|id| words(Some(id), field))
            .collect::<Vec<_>>()
    };
    let authors = statement
        .into_iter()
        .flat_map(|id| tree.children(id))
        .filter(|&id| tree.name(id) == "author");
    let mut authors: Vec<Told> = authors
        .filter_map(|id| words(Some(id), "titleStmt/author"))
        .collect();
    if authors.is_empty() {
        authors = people(action("sent"), "correspAction/persName");
    }
    // The report's own date: when it was written, or when what was edited was made; not when it was printed or put online.
    let creation = tree
        .at(header, &["profileDesc", "creation", "date"])
        .and_then(|id| date(tree, id, "TEI header: creation/date"));
    let origin = || {
        source
            .and_then(|id| tree.find(id, "origDate"))
            .and_then(|id| date(tree, id, "TEI header: origDate"))
    };
    let sent = || {
        action("sent")
            .and_then(|id| tree.child(id, "date"))
            .and_then(|id| date(tree, id, "TEI header: correspAction/date"))
    };
    let language = tree
        .find(header, "language")
        .and_then(|id| tree.attribute(id, "ident"));
    let language = language.and_then(|it| told(it, "TEI header: langUsage/language"));
    Metadata {
        title: words(
            statement.and_then(|id| tree.child(id, "title")),
            "titleStmt/title",
        ),
        authors,
        addressees: people(action("received"), "correspAction/persName"),
        date: creation.or_else(origin).or_else(sent),
        reference: words(
            identifier.and_then(|id| tree.child(id, "idno")),
            "msIdentifier/idno",
        ),
        repository: words(
            identifier.and_then(|id| tree.child(id, "repository")),
            "msIdentifier/repository",
        ),
        language,
        identifier: words(
            tree.at(header, &["fileDesc", "publicationStmt", "idno"]),
            "publicationStmt/idno",
        ),
        published: tree
            .at(header, &["fileDesc", "publicationStmt", "date"])
            .and_then(|id| date(tree, id, "TEI header: publicationStmt/date")),
        ..Metadata::default()
    }
}

pub(crate) fn read(tree: &Tree) -> (Draft, Metadata) {
    let mut draft = Draft::new();
    let mut edition = Edition {
        walk: Walk::new(tree, &mut draft),
        page: 0,
        label: u32::MAX,
        lists: 0,
        noted: 0,
    };
    let root = xml::root(tree);
    edition.children(root);
    edition.walk.draft.paragraph();
    (draft, metadata(tree))
}
