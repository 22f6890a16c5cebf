//! What a file beside the report says of it: `NAME.meta.json`, `NAME.meta.yaml`, or a row of a CSV manifest.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::{IngestError, Metadata, Told, Witness};

/// The largest sidecar, in bytes.
pub const LARGEST_SIDECAR: usize = 1 << 20;

/// The endings of a sidecar's name, after the whole name of the report's file: `report.docx.meta.json`.
pub const SIDECARS: [&str; 3] = [".meta.json", ".meta.yaml", ".meta.yml"];

/// One value or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    More(Vec<Value>),
    One(Value),
}

fn wrong(reason: impl Into<String>) -> IngestError {
    IngestError::Metadata {
        reason: reason.into(),
    }
}

/// Reads a sidecar. Its fields are `title`, `author`, `addressee`, `date`, `reference`, `repository`, `language`, `identifier` and
/// `published`; `author` and `addressee` may be lists. An unknown field is an error: it is most often a misspelt one.
pub fn sidecar(bytes: &[u8], name: &str) -> Result<Metadata, IngestError> {
    if bytes.len() > LARGEST_SIDECAR {
        return Err(wrong(format!(
            "it has more than {} KiB",
            LARGEST_SIDECAR >> 10
        )));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| wrong(format!("not UTF-8 at byte {}", error.valid_up_to())))?;
    let text = text.trim_start_matches('\u{feff}');
    let fields: BTreeMap<String, OneOrMore> = if name.ends_with(".json") {
        serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?
    } else {
        // Its own limits on aliases and depth stand between us and a YAML bomb.
        serde_saphyr::from_str(text).map_err(|error| wrong(one_line(&error.to_string())))?
    };
    let mut metadata = Metadata::default();
    for (field, values) in fields {
        let values = match values {
            OneOrMore::One(value) => vec![value],
            OneOrMore::More(values) => values,
        };
        for value in values {
            let value = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                Value::Null => continue,
                _ => {
                    return Err(wrong(format!(
                        "'{field}' is neither text nor a list of texts"
                    )));
                }
            };
            set(&mut metadata, &field, &value, &Witness::Sidecar)?;
        }
    }
    Ok(metadata)
}

fn one_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn set(metadata: &mut Metadata, field: &str, value: &str, by: &Witness) -> Result<(), IngestError> {
    let value = value.trim();
    if value.is_empty() {
        return Ok(());
    }
    let told = Told {
        value: value.to_owned(),
        by: by.clone(),
    };
    let place = match field {
        "author" | "authors" => {
            metadata.authors.push(told);
            return Ok(());
        }
        "addressee" | "addressees" => {
            metadata.addressees.push(told);
            return Ok(());
        }
        "title" => &mut metadata.title,
        "date" => &mut metadata.date,
        "reference" => &mut metadata.reference,
        "repository" => &mut metadata.repository,
        "language" => &mut metadata.language,
        "identifier" => &mut metadata.identifier,
        "published" => &mut metadata.published,
        _ => {
            return Err(wrong(format!(
                "there is no field '{field}': title, author, addressee, date, reference, repository, language, identifier and published are read"
            )));
        }
    };
    if place.is_some() {
        return Err(wrong(format!("'{field}' can have only one value")));
    }
    *place = Some(told);
    Ok(())
}

/// A column by the name that we know it by: archives have their own.
fn column(name: &str) -> String {
    let name = name.to_lowercase().replace(['_', '-'], " ");
    match name.as_str() {
        "path" | "file name" | "filename" => "file".to_owned(),
        "archive reference" | "shelfmark" | "call number" | "signature" => "reference".to_owned(),
        "archive" => "repository".to_owned(),
        _ => name,
    }
}

/// A CSV manifest: what it says of each file, by the file's name as given there.
///
/// The first row names the columns: `file` or `path`, and any of the fields of a sidecar. Several authors or addressees are parted by `;`. Other
/// columns are left alone: a manifest is often an archive's own list.
pub fn manifest(bytes: &[u8]) -> Result<BTreeMap<String, Metadata>, IngestError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let columns: Vec<String> = match reader.headers() {
        Ok(columns) => columns.iter().map(column).collect(),
        Err(error) => return Err(wrong(error.to_string())),
    };
    let file = columns.iter().position(|column| column == "file");
    let file = file.ok_or_else(|| wrong("the manifest has no column 'file' or 'path'"))?;
    let mut known = BTreeMap::new();
    for row in reader.records() {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let line = row.position().map_or(0, csv::Position::line);
        let by = Witness::Manifest(line);
        let mut metadata = Metadata::default();
        for (column, value) in columns.iter().zip(&row) {
            match column.as_str() {
                "author" | "authors" | "addressee" | "addressees" => {
                    for one in value.split(';') {
                        set(&mut metadata, column, one, &by)?;
                    }
                }
                "title" | "date" | "reference" | "repository" | "language" | "identifier"
                | "published" => {
                    set(&mut metadata, column, value, &by)?;
                }
                _ => {}
            }
        }
        let name = row.get(file).unwrap_or_default().to_owned();
        if name.is_empty() {
            return Err(wrong(format!("line {line}: no file is named")));
        }
        if known.insert(name.clone(), metadata).is_some() {
            return Err(wrong(format!("line {line}: '{name}' is named twice")));
        }
    }
    Ok(known)
}
