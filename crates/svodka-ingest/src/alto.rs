//! ALTO: pages, blocks and lines of recognised text.

use crate::draft::Draft;
use crate::metadata::told;
use crate::tree::{Id, Tree, Walk};
use crate::{Format, IngestError, Metadata, xml};

/// The words of a block, line by line. A word that a line end parts is taken whole where the file says what it is, or that the
/// hyphen is one of the line.
fn block(walk: &mut Walk<'_>, id: Id, line: &mut u32) {
    let tree = walk.tree;
    for text_line in tree
        .children(id)
        .filter(|&child| tree.name(child) == "TextLine")
    {
        *line += 1;
        for part in tree.children(text_line) {
            match tree.name(part) {
                "String" => {
                    walk.stand_at(part, *line);
                    let content = tree.attribute(part, "CONTENT").unwrap_or_default();
                    let whole = tree
                        .attribute(part, "SUBS_CONTENT")
                        .filter(|whole| !whole.trim().is_empty());
                    match (tree.attribute(part, "SUBS_TYPE"), whole) {
                        (Some("HypPart1"), Some(whole)) => walk.draft.words(whole),
                        // Its first part has brought all of it.
                        (Some("HypPart2"), Some(_)) => {}
                        (Some("HypPart2"), None) => {
                            walk.draft.join();
                            walk.draft.words(content);
                        }
                        (_, _) => walk.draft.words(content),
                    }
                }
                "SP" => walk.draft.words(" "),
                _ => {}
            }
        }
        let parts: Vec<Id> = tree
            .children(text_line)
            .filter(|&id| !tree.name(id).is_empty())
            .collect();
        let hyphen = parts.last().is_some_and(|&last| tree.name(last) == "HYP");
        let told_whole = parts.iter().any(|&id| {
            tree.attribute(id, "SUBS_TYPE") == Some("HypPart1")
                && tree
                    .attribute(id, "SUBS_CONTENT")
                    .is_some_and(|it| !it.trim().is_empty())
        });
        if hyphen && !told_whole {
            walk.draft.join();
        } else {
            walk.draft.words(" ");
        }
    }
}

pub(crate) fn read(tree: &Tree) -> Result<(Draft, Metadata), IngestError> {
    let root = xml::root(tree);
    let mut draft = Draft::new();
    let mut walk = Walk::new(tree, &mut draft);
    let layout = tree.child(root, "Layout").unwrap_or(root);
    let pages: Vec<Id> = tree
        .children(layout)
        .filter(|&id| tree.name(id) == "Page")
        .collect();
    for (index, &page) in pages.iter().enumerate() {
        let label = ["PRINTED_IMG_NR", "PHYSICAL_IMG_NR"]
            .iter()
            .find_map(|name| tree.attribute(page, name));
        walk.draft.spot.label = label.map_or(u32::MAX, |label| walk.draft.map.name(label));
        walk.draft.spot.page = index as u32 + 1;
        // The margins hold running heads and page numbers; without words in the middle they are all there is.
        let space = tree
            .child(page, "PrintSpace")
            .filter(|&id| tree.find(id, "String").is_some());
        let mut line = 0;
        for id in tree.all(space.unwrap_or(page), "TextBlock") {
            let continued = walk.draft.last().is_some() && first_is_second_part(tree, id);
            if continued {
                walk.draft.resume();
            }
            block(&mut walk, id, &mut line);
            walk.draft.paragraph();
        }
    }
    if walk.draft.len() == 0 {
        return Err(IngestError::Scan {
            format: Format::Alto,
        });
    }
    let file = tree
        .find(root, "fileName")
        .map(|id| tree.words(id))
        .unwrap_or_default();
    let metadata = Metadata {
        identifier: told(&file, "ALTO: sourceImageInformation/fileName"),
        ..Metadata::default()
    };
    Ok((draft, metadata))
}

/// Whether a block begins in the middle of a word.
fn first_is_second_part(tree: &Tree, block: Id) -> bool {
    tree.find(block, "String")
        .is_some_and(|id| tree.attribute(id, "SUBS_TYPE") == Some("HypPart2"))
}
