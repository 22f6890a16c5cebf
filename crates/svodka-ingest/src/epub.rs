//! EPUB: the chapters of a book in the order of its spine.

use std::collections::BTreeMap;

use crate::archive::Archive;
use crate::draft::Draft;
use crate::limits::LONGEST_TEXT;
use crate::metadata::told;
use crate::{Format, IngestError, Metadata, Warning, html, soup, xml};

fn damaged(reason: &str) -> IngestError {
    IngestError::Damaged {
        format: "EPUB",
        reason: reason.to_owned(),
    }
}

/// A name in the book, relative to the folder of its package file.
fn resolved(folder: &str, name: &str) -> String {
    let name = percent_decoded(name.split('#').next().unwrap_or(name));
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in name.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn percent_decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) if byte == b'%' => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

pub(crate) fn read(
    archive: &mut Archive<'_>,
) -> Result<(Draft, Metadata, Vec<Warning>), IngestError> {
    let container = archive
        .named("META-INF/container.xml", Format::Epub)?
        .ok_or_else(|| damaged("it has no container.xml"))?;
    let container = xml::tree(&xml::decoded(&container, None)?.0)?;
    let package = container
        .find(0, "rootfile")
        .and_then(|id| container.attribute(id, "full-path"));
    let package = package
        .ok_or_else(|| damaged("its container names no package file"))?
        .to_owned();
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let bytes = archive
        .named(&package, Format::Epub)?
        .ok_or_else(|| damaged("its package file is missing"))?;
    let tree = xml::tree(&xml::decoded(&bytes, None)?.0)?;
    let root = xml::root(&tree);

    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    for item in tree.all(root, "item") {
        let navigation = tree
            .attribute(item, "properties")
            .is_some_and(|it| it.split(' ').any(|it| it == "nav"));
        if let (Some(id), Some(name), false) = (
            tree.attribute(item, "id"),
            tree.attribute(item, "href"),
            navigation,
        ) {
            files.insert(id, name);
        }
    }
    // Fonts may be veiled by an algorithm anyone can undo; chapters that are named here are locked.
    let mut locked = Vec::new();
    if let Some(bytes) = archive.named("META-INF/encryption.xml", Format::Epub)? {
        let encryption = xml::tree(&xml::decoded(&bytes, None)?.0)?;
        for id in encryption.all(0, "CipherReference") {
            locked.extend(
                encryption
                    .attribute(id, "URI")
                    .map(|name| resolved("", name)),
            );
        }
    }

    let mut draft = Draft::new();
    let mut warnings = Vec::new();
    let mut chapters = Vec::new();
    for item in tree.all(root, "itemref") {
        let file = tree.attribute(item, "idref").and_then(|id| files.get(id));
        let Some(name) = file.map(|name| resolved(folder, name)) else {
            continue;
        };
        // A spine that names a chapter again would make of a small book a huge one.
        if !chapters.contains(&name) && chapters.len() < 5_000 {
            chapters.push(name);
        }
    }
    for name in chapters {
        if locked.contains(&name) {
            return Err(IngestError::Encrypted {
                format: Format::Epub,
            });
        }
        let Some(bytes) = archive.named(&name, Format::Epub)? else {
            warnings.push(Warning::Skipped {
                what: name,
                why: "it is missing from the archive".to_owned(),
            });
            continue;
        };
        let (text, _) = match html::decoded(&bytes, None) {
            Ok(decoded) => decoded,
            Err(error) => {
                warnings.push(Warning::Skipped {
                    what: name,
                    why: error.to_string(),
                });
                continue;
            }
        };
        draft.spot.part = draft.map.name(&name);
        html::write(&soup::tree(&text, true)?, &mut draft);
        if draft.len() > LONGEST_TEXT {
            return Err(IngestError::OverLimit {
                what: "the book is too long".to_owned(),
                most: format!("{} MiB of text", LONGEST_TEXT >> 20),
            });
        }
    }
    let value = |name: &str| {
        let words = tree
            .find(root, name)
            .map(|id| tree.words(id))
            .unwrap_or_default();
        told(&words, &format!("EPUB package: {name}"))
    };
    let authors = tree
        .all(root, "creator")
        .filter_map(|id| told(&tree.words(id), "EPUB package: creator"));
    let metadata = Metadata {
        title: value("title"),
        authors: authors.collect(),
        language: value("language"),
        identifier: value("identifier"),
        published: value("date"),
        ..Metadata::default()
    };
    Ok((draft, metadata, warnings))
}
