//! Runs spaCy 3 CPU pipelines natively.

mod error;

pub use error::Error;
