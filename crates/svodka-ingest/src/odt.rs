//! ODT: the paragraphs, lists, tables and notes of an OpenDocument text.

use crate::archive::Archive;
use crate::draft::Draft;
use crate::metadata::told;
use crate::tree::{Id, Tree, Walk};
use crate::{Format, IngestError, Metadata, xml};

fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<Tree>, IngestError> {
    let Some(bytes) = archive.named(name, Format::Odt)? else {
        return Ok(None);
    };
    let (text, _) = xml::decoded(&bytes, None)?;
    xml::tree(&text).map(Some)
}

struct Document<'a> {
    walk: Walk<'a>,
    paragraphs: u32,
    page: u32,
    lists: u32,
    noted: u32,
}

impl Document<'_> {
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
            "" => {
                self.stand();
                self.walk.draft.words(&tree.node(id).text);
            }
            "p" | "h" => {
                self.paragraphs += 1;
                self.children(id);
                if self.lists == 0 {
                    self.walk.draft.paragraph();
                } else {
                    self.walk.draft.line_break();
                }
            }
            "list" => {
                if self.lists == 0 {
                    self.walk.draft.paragraph();
                }
                self.lists += 1;
                self.children(id);
                self.lists -= 1;
                if self.lists == 0 {
                    self.walk.draft.paragraph();
                }
            }
            "list-item" => {
                self.walk.draft.item("-");
                self.children(id);
                self.walk.draft.line_break();
            }
            "table" => {
                self.walk.draft.paragraph();
                self.children(id);
                self.walk.draft.paragraph();
            }
            "table-row" => {
                let mut first = true;
                for cell in tree
                    .children(id)
                    .filter(|&cell| tree.name(cell) == "table-cell")
                {
                    self.walk.draft.open_cell(first);
                    self.children(cell);
                    self.walk.draft.close_cell();
                    first = false;
                }
                self.walk.draft.line_break();
            }
            "line-break" => self.walk.draft.line_break(),
            "s" | "tab" => self.walk.draft.words(" "),
            "soft-page-break" => self.page += 1,
            "note" => {
                self.noted += 1;
                let mark = tree.child(id, "note-citation").map(|mark| tree.words(mark));
                let mark = mark
                    .filter(|mark| !mark.is_empty())
                    .unwrap_or_else(|| self.noted.to_string());
                let words = tree
                    .child(id, "note-body")
                    .map(|body| tree.words(body))
                    .unwrap_or_default();
                self.stand();
                self.walk.draft.note(&mark, &words);
            }
            // Changes under review hold what was struck; forms, comments and an index's entries are no text of the report.
            "tracked-changes" | "annotation" | "forms" | "sequence-decls" | "table-of-content"
            | "scripts" | "ruby-text" => {}
            _ => self.children(id),
        }
    }
}

fn metadata(archive: &mut Archive<'_>) -> Result<Metadata, IngestError> {
    let Some(tree) = part(archive, "meta.xml")? else {
        return Ok(Metadata::default());
    };
    let root = xml::root(&tree);
    let value = |name: &str| {
        let words = tree
            .find(root, name)
            .map(|id| tree.words(id))
            .unwrap_or_default();
        told(&words, &format!("ODT meta: {name}"))
    };
    Ok(Metadata {
        title: value("title"),
        authors: value("initial-creator")
            .or_else(|| value("creator"))
            .into_iter()
            .collect(),
        language: value("language"),
        file_created: value("creation-date"),
        file_changed: value("date"),
        ..Metadata::default()
    })
}

pub(crate) fn read(archive: &mut Archive<'_>) -> Result<(Draft, Metadata), IngestError> {
    // Each encrypted file is told in the manifest; the archive itself is sound.
    if let Some(manifest) = part(archive, "META-INF/manifest.xml")?
        && manifest.find(Tree::ROOT, "encryption-data").is_some()
    {
        return Err(IngestError::Encrypted {
            format: Format::Odt,
        });
    }
    let damaged = |reason: &str| IngestError::Damaged {
        format: "ODT",
        reason: reason.to_owned(),
    };
    let tree =
        part(archive, "content.xml")?.ok_or_else(|| damaged("its content.xml is missing"))?;
    let body = tree
        .at(xml::root(&tree), &["body", "text"])
        .ok_or_else(|| damaged("it has no body of text"))?;
    let mut draft = Draft::new();
    let mut document = Document {
        walk: Walk::new(&tree, &mut draft),
        paragraphs: 0,
        // Without a single break nobody knows how the pages fall.
        page: u32::from(tree.find(body, "soft-page-break").is_some()),
        lists: 0,
        noted: 0,
    };
    document.children(body);
    document.walk.draft.paragraph();
    Ok((draft, metadata(archive).unwrap_or_default()))
}
