//! What went wrong, as Python's exceptions: each with a code that stays the same from version to version.

use pyo3::prelude::*;
use svodka::store::StoreError;
use svodka::{IngestError, LoadError, ModelError};

/// What went wrong: a code, what, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    code: String,
    what: String,
    remedy: String,
}

impl Failure {
    /// With a code and words.
    pub fn new(code: &str, what: impl Into<String>, remedy: &str) -> Failure {
        Failure {
            code: code.to_owned(),
            what: what.into(),
            remedy: remedy.to_owned(),
        }
    }

    /// An argument that says nothing that could be done.
    pub fn wrong(what: impl Into<String>) -> Failure {
        Failure::new("wrong", what, "")
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let remedy = match &error {
            StoreError::Missing(_) => "`svodka init NAME` begins a project",
            StoreError::Ambiguous { .. } => "give one of their numbers",
            StoreError::Damaged(_) => "run `svodka check`",
            _ => "",
        };
        Failure::new(error.code(), error.to_string(), remedy)
    }
}

impl From<IngestError> for Failure {
    fn from(error: IngestError) -> Failure {
        Failure {
            code: error.code().to_owned(),
            what: error.to_string(),
            remedy: error.remedy(),
        }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Failure {
        let code = match &error {
            LoadError::Model(ModelError::Missing { .. }) => "model/missing",
            LoadError::Model(ModelError::Altered { .. }) => "model/altered",
            LoadError::Pack(_) => "pack",
            _ => "model/unreadable",
        };
        let told = match &error {
            LoadError::Pack(mistakes) => {
                let told = mistakes.iter().map(|mistake| format!("\n{mistake}"));
                format!("{error}:{}", told.collect::<String>())
            }
            _ => error.to_string(),
        };
        Failure::new(code, told, "")
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> PyErr {
        let made = Python::attach(|py| {
            let arguments = (failure.code, failure.what, failure.remedy);
            let errors = py.import("svodka._errors")?;
            errors
                .call_method1("made", arguments)
                .map(PyErr::from_value)
        });
        made.unwrap_or_else(|error| error)
    }
}
