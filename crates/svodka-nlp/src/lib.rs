//! Runs spaCy 3 CPU pipelines natively: what are the words of a text?
//!
//! A [`Pipeline`] is loaded from the folder that a spaCy package carries and gives a [`Parse`] for every text: tokens with
//! their tags, lemmas, heads and labels, sentences and named entities, equal to what spaCy gives. Loading can fail; parsing
//! cannot.
//!
//! It knows nothing of documents beyond their text, does no training, gives no probabilities, downloads nothing, keeps no
//! global state and starts no threads. What it cannot run it refuses at loading, naming the file and the part.

mod attribute_ruler;
mod config;
mod cpu;
mod error;
mod hash;
mod lemmatizer;
mod lexeme;
mod moves;
mod ner;
mod network;
mod parse;
mod parser;
mod pattern;
mod pipe;
mod pipeline;
#[cfg(test)]
mod sample;
mod strings;
mod tagger;
mod token;
mod tokenizer;
mod trained;
mod unicode;
mod weights;

pub use cpu::{Cpu, UnknownCpu};
pub use error::Error;
pub use parse::{Parse, Span, Token};
pub use pipe::Pipe;
pub use pipeline::Pipeline;

/// Holds the README's example to the code.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
