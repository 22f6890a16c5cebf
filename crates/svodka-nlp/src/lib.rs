//! Runs spaCy 3 CPU pipelines natively.

mod config;
mod error;
mod hash;
mod moves;
mod ner;
mod network;
mod parser;
#[cfg(test)]
mod sample;
mod tagger;
mod trained;
mod weights;

pub use error::Error;
