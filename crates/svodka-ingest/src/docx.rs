//! DOCX: the paragraphs, tables and notes of a Word document.

use std::collections::BTreeMap;

use crate::archive::Archive;
use crate::draft::Draft;
use crate::metadata::told;
use crate::tree::{Id, Tree, Walk};
use crate::{Format, IngestError, Metadata, xml};

fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<Tree>, IngestError> {
    let Some(bytes) = archive.named(name, Format::Docx)? else {
        return Ok(None);
    };
    let (text, _) = xml::decoded(&bytes, None)?;
    xml::tree(&text).map(Some)
}

/// What stands in the notes' own files: their words by their numbers.
fn notes(
    archive: &mut Archive<'_>,
    name: &str,
    element: &str,
) -> Result<BTreeMap<String, String>, IngestError> {
    let Some(tree) = part(archive, name)? else {
        return Ok(BTreeMap::new());
    };
    let mut notes = BTreeMap::new();
    for id in tree.children(xml::root(&tree)) {
        // Separators are notes too, of a type of their own.
        if tree.name(id) == element
            && tree
                .attribute(id, "type")
                .is_none_or(|kind| kind == "normal")
        {
            let number = tree.attribute(id, "id").unwrap_or_default().to_owned();
            let mut draft = Draft::new();
            let none = BTreeMap::new();
            let mut document = Document::new(&tree, &mut draft, &none, &none);
            document.children(id);
            notes.insert(number, draft.finish().0.replace('\n', " "));
        }
    }
    Ok(notes)
}

/// The styles that are headings are paragraphs like others here; the layout stage knows a heading when it sees one.
struct Document<'a, 'b> {
    walk: Walk<'a>,
    footnotes: &'b BTreeMap<String, String>,
    endnotes: &'b BTreeMap<String, String>,
    paragraphs: u32,
    noted: u32,
    page: u32,
    in_list: bool,
}

impl<'a, 'b> Document<'a, 'b> {
    fn new(
        tree: &'a Tree,
        draft: &'a mut Draft,
        footnotes: &'b BTreeMap<String, String>,
        endnotes: &'b BTreeMap<String, String>,
    ) -> Document<'a, 'b> {
        // Without a single break nobody knows how the pages fall.
        let paged = tree.find(Tree::ROOT, "lastRenderedPageBreak").is_some()
            || tree
                .all(Tree::ROOT, "br")
                .any(|id| tree.attribute(id, "type") == Some("page"));
        Document {
            walk: Walk::new(tree, draft),
            footnotes,
            endnotes,
            paragraphs: 0,
            noted: 0,
            page: u32::from(paged),
            in_list: false,
        }
    }

    fn children(&mut self, id: Id) {
        let tree = self.walk.tree;
        for child in tree.children(id) {
            self.element(child);
        }
    }

    fn stand(&mut self) {
        self.walk.draft.spot.paragraph = self.paragraphs;
        self.walk.draft.spot.page = self.page;
    }

    fn element(&mut self, id: Id) {
        let tree = self.walk.tree;
        match tree.name(id) {
            "p" => self.paragraph(id),
            "tbl" => {
                self.walk.draft.paragraph();
                self.children(id);
                self.walk.draft.paragraph();
            }
            "tr" => {
                let mut first = true;
                for cell in tree
                    .children(id)
                    .filter(|&cell| ["tc", "sdt"].contains(&tree.name(cell)))
                {
                    self.walk.draft.open_cell(first);
                    self.children(cell);
                    self.walk.draft.close_cell();
                    first = false;
                }
                self.walk.draft.line_break();
            }
            "t" => {
                self.stand();
                let words = tree
                    .children(id)
                    .map(|text| tree.node(text).text.as_str())
                    .collect::<String>();
                self.walk.draft.words(&words);
            }
            "tab" | "ptab" => self.walk.draft.words(" "),
            "noBreakHyphen" => self.walk.draft.words("-"),
            "br" if tree.attribute(id, "type") == Some("page") => self.page += 1,
            "br" | "cr" => self.walk.draft.line_break(),
            // Word's own page ends as of its last saving.
            "lastRenderedPageBreak" => self.page += 1,
            "footnoteReference" => self.note(id, self.footnotes),
            "endnoteReference" => self.note(id, self.endnotes),
            // Struck by a reviewer, moved elsewhere, a field's code, a copy for old programs.
            "del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "pPr" | "rPr"
            | "sectPr" => {}
            "" => {}
            _ => self.children(id),
        }
    }

    fn note(&mut self, id: Id, notes: &BTreeMap<String, String>) {
        let number = self.walk.tree.attribute(id, "id").unwrap_or_default();
        if let Some(words) = notes.get(number) {
            self.noted += 1;
            self.stand();
            self.walk.draft.note(&self.noted.to_string(), words);
        }
    }

    fn paragraph(&mut self, id: Id) {
        let tree = self.walk.tree;
        self.paragraphs += 1;
        let properties = tree.child(id, "pPr");
        let numbered = properties.and_then(|it| tree.at(it, &["numPr"])).is_some();
        let style = properties
            .and_then(|it| tree.child(it, "pStyle"))
            .and_then(|it| tree.attribute(it, "val"));
        let item = numbered
            || style.is_some_and(|style| style.starts_with("List") && style != "ListParagraph");
        if self.in_list && !item {
            self.walk.draft.paragraph();
        }
        self.in_list = item;
        if item {
            self.walk.draft.item("-");
        }
        self.children(id);
        if item {
            self.walk.draft.line_break();
        } else {
            self.walk.draft.paragraph();
        }
    }
}

/// What the core properties say.
fn metadata(archive: &mut Archive<'_>) -> Result<Metadata, IngestError> {
    let Some(tree) = part(archive, "docProps/core.xml")? else {
        return Ok(Metadata::default());
    };
    let root = xml::root(&tree);
    let value = |name: &str| {
        let words = tree
            .child(root, name)
            .map(|id| tree.words(id))
            .unwrap_or_default();
        told(&words, &format!("DOCX core properties: {name}"))
    };
    Ok(Metadata {
        title: value("title"),
        authors: value("creator").into_iter().collect(),
        language: value("language"),
        identifier: value("identifier"),
        file_created: value("created"),
        file_changed: value("modified"),
        ..Metadata::default()
    })
}

pub(crate) fn read(archive: &mut Archive<'_>) -> Result<(Draft, Metadata), IngestError> {
    let tree = part(archive, "word/document.xml")?;
    let tree = tree.ok_or_else(|| IngestError::Damaged {
        format: "DOCX",
        reason: "its document.xml is missing".to_owned(),
    })?;
    let footnotes = notes(archive, "word/footnotes.xml", "footnote")?;
    let endnotes = notes(archive, "word/endnotes.xml", "endnote")?;
    let mut draft = Draft::new();
    Document::new(&tree, &mut draft, &footnotes, &endnotes).children(xml::root(&tree));
    // Metadata that cannot be read is no reason to refuse the words.
    Ok((draft, metadata(archive).unwrap_or_default()))
}
