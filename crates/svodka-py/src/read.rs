//! Reads reports.

use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use svodka::{Edtf, Hint, ReadOptions};

use crate::failure::Failure;

/// A model and a pack, ready to read: see `svodka.Reader`. It can be shared between threads.
#[pyclass(frozen, module = "svodka._svodka")]
pub struct Engine(svodka::Engine);

/// Readings as JSON, and what was refused: code and words.
type Files = (Vec<String>, Vec<(String, String)>);

fn date(text: Option<&str>) -> Result<Option<Edtf>, Failure> {
    let read = |text: &str| {
        let date = text.parse();
        date.map_err(|error| Failure::wrong(format!("'{text}' is no EDTF date: {error}")))
    };
    text.map(read).transpose()
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (model, pack=None))]
    fn new(py: Python<'_>, model: PathBuf, pack: Option<PathBuf>) -> Result<Engine, Failure> {
        py.detach(|| {
            let files = match &pack {
                Some(folder) => svodka::pack_from(folder)
                    .map_err(|error| Failure::new("pack", error.to_string(), ""))?,
                None => svodka::built_in_pack(),
            };
            Ok(Engine(svodka::Engine::load(&model, &files)?))
        })
    }

    /// The reading of a text, as JSON after the output contract.
    #[pyo3(signature = (text, date=None, source=""))]
    fn read(
        &self,
        py: Python<'_>,
        text: &str,
        date: Option<&str>,
        source: &str,
    ) -> Result<String, Failure> {
        let options = ReadOptions {
            date: self::date(date)?,
            source: source.to_owned(),
        };
        py.detach(|| {
            let document = svodka::ingest(text.as_bytes(), Some("utf-8"))?;
            Ok(json(&self.0.read(document, &options).contract()))
        })
    }

    /// The readings of the reports in a file of any format, as JSON; and what of it could not be read, as code and words.
    #[pyo3(signature = (path, date=None, encoding=None))]
    fn read_file(
        &self,
        py: Python<'_>,
        path: PathBuf,
        date: Option<&str>,
        encoding: Option<&str>,
    ) -> Result<Files, Failure> {
        let date = self::date(date)?;
        py.detach(|| {
            let bytes = std::fs::read(&path).map_err(|error| {
                Failure::new("unreadable", format!("{}: {error}", path.display()), "")
            })?;
            let name = path.file_name().map(|name| name.to_string_lossy());
            let hint = Hint {
                name: name.as_deref(),
                encoding,
            };
            let intake = svodka::receive(&bytes, &hint)?;
            let read = |document: svodka::Document| {
                let options = ReadOptions {
                    date: date.clone(),
                    source: source(&path, document.entry.as_deref()),
                };
                json(&self.0.read(document, &options).contract())
            };
            let readings = intake.documents.into_iter().map(read).collect();
            let refused = intake.refused.into_iter();
            let refused = refused.map(|it| {
                let what = format!("{}: {}", source(&path, Some(&it.entry)), it.error);
                (it.error.code().to_owned(), what)
            });
            Ok((readings, refused.collect()))
        })
    }
}

fn source(path: &Path, entry: Option<&str>) -> String {
    match entry {
        Some(entry) => format!("{}#{entry}", path.display()),
        None => path.display().to_string(),
    }
}

fn json(contract: &svodka::Contract) -> String {
    serde_json::to_string(contract).unwrap_or_default()
}
