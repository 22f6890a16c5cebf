//! Runs spaCy 3 CPU pipelines natively: what are the words of a text?
//!
//! A [`Pipeline`] is loaded from the folder that a spaCy package carries and gives a [`Parse`] for every text: tokens with
//! their tags, lemmas, heads and labels, sentences and named entities, equal to what spaCy gives. Loading can fail; parsing
//! cannot.
//!
//! It knows nothing of documents beyond their text, does no training, gives no probabilities, downloads nothing, keeps no
//! global state and starts no threads. What it cannot run it refuses at loading, naming the file and the part.

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
mod token;
mod trained;
mod weights;

pub use error::Error;
