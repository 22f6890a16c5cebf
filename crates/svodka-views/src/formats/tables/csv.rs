//! CSV: a file for each table, with a description for [Frictionless](https://specs.frictionlessdata.io) (`datapackage.json`) and one
//! for [CSV on the Web](https://www.w3.org/TR/tabular-metadata/) (`csv-metadata.json`).

use std::io::Write;

use serde_json::{Value, json};

use super::{Cell, Rows, Sort, TABLES, Table, rows};
use crate::formats::{Job, harmless};
use crate::sink::Out;
use crate::{ExportError, Sink};

/// Writes the tables and their descriptions.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut files = Vec::new();
    for table in &TABLES {
        let mut file = csv::Writer::from_writer(sink.file(&name(table))?);
        file.write_record(table.columns.iter().map(|column| column.name))?;
        files.push(file);
    }
    let mut files = Files(files);
    rows(job, &mut files)?;
    for file in &mut files.0 {
        file.flush()?;
    }
    describe(sink, "datapackage.json", &frictionless(job))?;
    describe(sink, "csv-metadata.json", &csvw(job))
}

fn describe(sink: &mut dyn Sink, name: &str, value: &Value) -> Result<(), ExportError> {
    let mut file = sink.file(name)?;
    writeln!(file, "{value:#}")?;
    Ok(file.flush()?)
}

struct Files(Vec<csv::Writer<Out>>);

impl Rows for Files {
    fn row(&mut self, table: usize, cells: &[Cell]) -> Result<(), ExportError> {
        let cells = cells.iter().map(|cell| match cell {
            Cell::Nothing => String::new(),
            Cell::Text(text) => harmless(text),
            Cell::Integer(number) => number.to_string(),
            Cell::Boolean(value) => value.to_string(),
        });
        if let Some(file) = self.0.get_mut(table) {
            file.write_record(cells)?;
        }
        Ok(())
    }
}

const APOSTROPHE: &str = "An apostrophe at the beginning of a text is not part of it: it keeps spreadsheets from taking the text for a formula.";

fn name(table: &Table) -> String {
    format!("{}.csv", table.name)
}

fn frictionless(job: &Job<'_>) -> Value {
    let resources = TABLES.iter().map(|table| {
        let fields = table.columns.iter().map(|column| {
            json!({
                "name": column.name,
                "type": match column.sort {
                    Sort::Text => "string",
                    Sort::Integer => "integer",
                    Sort::Boolean => "boolean",
                },
                "description": column.meaning,
                "constraints": {"required": column.required},
            })
        });
        let keys = table.columns.iter().filter_map(|column| {
            let of = column.of?;
            let reference = json!({"resource": of, "fields": key(of)});
            Some(json!({"fields": column.name, "reference": reference}))
        });
        let mut schema = json!({
            "fields": fields.collect::<Vec<_>>(),
            "foreignKeys": keys.collect::<Vec<_>>(),
            "missingValues": [""],
        });
        if let Some(key) = table.key {
            schema["primaryKey"] = key.into();
        }
        json!({
            "name": table.name,
            "path": name(table),
            "description": table.meaning,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schema,
        })
    });
    json!({
        "profile": "tabular-data-package",
        "name": "svodka",
        "title": job.about.title,
        "description": format!("{} {APOSTROPHE}", job.about.notice()),
        "version": "1",
        "created_by": job.about.program,
        "resources": resources.collect::<Vec<_>>(),
    })
}

fn csvw(job: &Job<'_>) -> Value {
    let tables = TABLES.iter().map(|table| {
        let columns = table.columns.iter().map(|column| {
            json!({
                "name": column.name,
                "titles": column.name,
                "dc:description": column.meaning,
                "required": column.required,
                "datatype": match column.sort {
                    Sort::Text => "string",
                    Sort::Integer => "integer",
                    Sort::Boolean => "boolean",
                },
            })
        });
        let keys = table.columns.iter().filter_map(|column| {
            let of = column.of?;
            let reference = json!({"resource": format!("{of}.csv"), "columnReference": key(of)});
            Some(json!({"columnReference": column.name, "reference": reference}))
        });
        let mut schema = json!({
            "columns": columns.collect::<Vec<_>>(),
            "foreignKeys": keys.collect::<Vec<_>>(),
        });
        if let Some(key) = table.key {
            schema["primaryKey"] = key.into();
        }
        json!({"url": name(table), "dc:description": table.meaning, "tableSchema": schema})
    });
    json!({
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": job.about.title,
        "dc:description": format!("{} {APOSTROPHE}", job.about.notice()),
        "dc:creator": job.about.program,
        "dialect": {"encoding": "utf-8", "header": true},
        "tables": tables.collect::<Vec<_>>(),
    })
}

/// The column that tells the rows of a table apart.
fn key(table: &str) -> &'static str {
    let table = TABLES.iter().find(|known| known.name == table);
    table.and_then(|table| table.key).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_is_pointed_to_is_there() {
        for column in TABLES.iter().flat_map(|table| table.columns) {
            if let Some(of) = column.of {
                assert!(!key(of).is_empty(), "{of} has no key");
            }
        }
    }
}
