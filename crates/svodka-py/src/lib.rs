//! Svodka for Python. This crate sees the door (`svodka`) alone; what Python programmers expect beside it (where models are found, classes
//! of errors, type stubs) is written in Python, in `python/svodka`.
//!
//! The interpreter's lock is let go of while a report is read and while a project is asked.
#![allow(
    unsafe_code,
    reason = "PyO3's macros write it; there is none of our own"
)]

mod claims;
mod failure;
mod project;
mod read;
mod table;

/// The part of the package that is Rust.
#[pyo3::pymodule]
mod _svodka {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::project::Project;
    #[pymodule_export]
    use super::read::Engine;
    #[pymodule_export]
    use super::table::Table;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
