//! hOCR: recognised text in the classes of an HTML page.

use crate::draft::Draft;
use crate::metadata::told;
use crate::tree::{Id, Tree, Walk};
use crate::{Format, IngestError, Metadata, soup};

/// Whether a page of HTML is hOCR.
pub(crate) fn is(text: &str) -> bool {
    let found = |mark: &str| text.contains(mark);
    found("ocr_page")
        && (found("ocr-system") || found("ocr_line") || found("ocrx_line") || found("ocrx_word"))
}

struct Recognised<'a> {
    walk: Walk<'a>,
    page: u32,
    line: u32,
}

impl Recognised<'_> {
    fn element(&mut self, id: Id) {
        let tree = self.walk.tree;
        if tree.name(id).is_empty() {
            if self.page > 0 {
                self.walk.stand_at(id, self.line);
                self.walk.draft.spot.page = self.page;
                self.walk.draft.words(&tree.node(id).text);
            }
            return;
        }
        if ["head", "script", "style"].contains(&tree.name(id)) {
            return;
        }
        let class = |name: &str| {
            tree.attribute(id, "class")
                .is_some_and(|it| it.split(' ').any(|it| it == name))
        };
        if class("ocr_page") {
            self.page += 1;
            self.line = 0;
        }
        let line = [
            "ocr_line",
            "ocrx_line",
            "ocr_header",
            "ocr_caption",
            "ocr_textfloat",
        ]
        .iter()
        .any(|name| class(name));
        self.line += u32::from(line);
        // Running heads and page numbers, where a program tells them.
        if class("ocr_pageno") || class("ocr_footer") {
            return;
        }
        for child in tree.children(id) {
            self.element(child);
        }
        if line {
            // A soft hyphen before it joins.
            self.walk.draft.words("\n");
        }
        if ["ocr_page", "ocr_carea", "ocrx_block", "ocr_par"]
            .iter()
            .any(|name| class(name))
        {
            self.walk.draft.paragraph();
        }
    }
}

pub(crate) fn read(text: &str) -> Result<(Draft, Metadata), IngestError> {
    let tree = soup::tree(text, true)?;
    let mut draft = Draft::new();
    let mut recognised = Recognised {
        walk: Walk::new(&tree, &mut draft),
        page: 0,
        line: 0,
    };
    for child in tree.children(Tree::ROOT) {
        recognised.element(child);
    }
    if draft.len() == 0 {
        return Err(IngestError::Scan {
            format: Format::Hocr,
        });
    }
    let title = tree
        .find(Tree::ROOT, "title")
        .map(|id| tree.words(id))
        .unwrap_or_default();
    Ok((
        draft,
        Metadata {
            title: told(&title, "hOCR: title"),
            ..Metadata::default()
        },
    ))
}
