//! PAGE XML: the regions and lines of one page.

use std::collections::BTreeMap;

use crate::draft::Draft;
use crate::metadata::told;
use crate::tree::{Id, Tree, Walk};
use crate::{Format, IngestError, Metadata, xml};

/// Regions that are the page's furniture.
const SILENT: &[&str] = &[
    "header",
    "footer",
    "page-number",
    "catch-word",
    "signature-mark",
];

/// The best transcription of a region, line or word: the one with the lowest index.
fn words(tree: &Tree, id: Id) -> Option<Id> {
    let equivalents = tree
        .children(id)
        .filter(|&child| tree.name(child) == "TextEquiv");
    let index = |id: &Id| {
        tree.attribute(*id, "index")
            .and_then(|index| index.parse::<i64>().ok())
            .unwrap_or(0)
    };
    let best = equivalents.min_by_key(index)?;
    let text = tree.child(best, "Unicode")?;
    (!tree.words(text).is_empty()).then_some(text)
}

/// The text regions in reading order: as the file orders them, those it does not order at the end.
fn regions(tree: &Tree, page: Id) -> Vec<Id> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    if let Some(order) = tree.child(page, "ReadingOrder") {
        let indexed = tree.all(order, "RegionRefIndexed");
        let mut ranked: Vec<(i64, &str)> = indexed
            .filter_map(|id| {
                let index = tree
                    .attribute(id, "index")
                    .and_then(|index| index.parse().ok())
                    .unwrap_or(i64::MAX);
                Some((index, tree.attribute(id, "regionRef")?))
            })
            .collect();
        ranked.sort_by_key(|&(index, _)| index);
        places.extend(
            ranked
                .iter()
                .enumerate()
                .map(|(place, &(_, region))| (region, place)),
        );
    }
    let mut regions: Vec<Id> = tree.all(page, "TextRegion").collect();
    let place = |id: &Id| {
        tree.attribute(*id, "id")
            .and_then(|id| places.get(id))
            .copied()
            .unwrap_or(usize::MAX)
    };
    regions.sort_by_key(place);
    regions
}

fn line(walk: &mut Walk<'_>, id: Id, number: u32) {
    let tree = walk.tree;
    let whole = words(tree, id);
    let single = || {
        tree.children(id)
            .filter(|&word| tree.name(word) == "Word")
            .filter_map(|word| words(tree, word))
            .collect()
    };
    let texts: Vec<Id> = whole.map(|text| vec![text]).unwrap_or_else(single);
    let mut last = None;
    for text in texts {
        walk.stand_at(id, number);
        let text = tree.words(text);
        walk.draft.words(&text);
        walk.draft.words(" ");
        last = text.chars().next_back();
    }
    // By the guidelines of those who transcribe so, these two and no other mark a word that goes on.
    if last.is_some_and(|last| ['¬', '\u{ad}'].contains(&last)) {
        walk.draft.join();
    }
}

pub(crate) fn read(tree: &Tree) -> Result<(Draft, Metadata), IngestError> {
    let root = xml::root(tree);
    let mut draft = Draft::new();
    let mut walk = Walk::new(tree, &mut draft);
    let pages: Vec<Id> = tree
        .children(root)
        .filter(|&id| tree.name(id) == "Page")
        .collect();
    for (index, &page) in pages.iter().enumerate() {
        walk.draft.spot.page = index as u32 + 1;
        let mut number = 0;
        for region in regions(tree, page) {
            if tree
                .attribute(region, "type")
                .is_some_and(|kind| SILENT.contains(&kind))
            {
                continue;
            }
            let before = walk.draft.len();
            // Only its own lines: a region within it comes by itself.
            for id in tree
                .children(region)
                .filter(|&id| tree.name(id) == "TextLine")
            {
                number += 1;
                line(&mut walk, id, number);
            }
            if walk.draft.len() == before
                && let Some(text) = words(tree, region)
            {
                walk.stand_at(region, number);
                walk.draft.words(&tree.words(text));
            }
            walk.draft.paragraph();
        }
    }
    if walk.draft.len() == 0 {
        return Err(IngestError::Scan {
            format: Format::Page,
        });
    }
    let value = |path: [&str; 2]| {
        tree.at(root, &path)
            .map(|id| tree.words(id))
            .unwrap_or_default()
    };
    let image = pages
        .first()
        .and_then(|&page| tree.attribute(page, "imageFilename"))
        .unwrap_or_default();
    let metadata = Metadata {
        identifier: told(image, "PAGE: imageFilename"),
        file_created: told(&value(["Metadata", "Created"]), "PAGE: Metadata/Created"),
        file_changed: told(
            &value(["Metadata", "LastChange"]),
            "PAGE: Metadata/LastChange",
        ),
        ..Metadata::default()
    };
    Ok((draft, metadata))
}
