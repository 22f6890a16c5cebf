//! Runs spaCy 3 CPU pipelines natively: what are the words of a text?
//!
//! A [`Pipeline`] is loaded from the folder that a spaCy package carries and gives a [`Parse`] for every text: tokens with
//! their tags, lemmas, heads and labels, sentences and named entities, equal to what spaCy gives. Loading can fail; parsing
//! cannot.
//!
//! ```
//! use svodka_nlp::{Pipeline, Token};
//!
//! // The folder with `config.cfg` in it. This one is where `make models` puts it.
//! let pipeline = Pipeline::load("../../models/en_core_web_sm-3.8.0")?;
//! let parse = pipeline.parse("Workers of the mill went home. The leaders were arrested in London.");
//!
//! let went = parse.token(4).unwrap();
//! assert_eq!((went.text(), went.lemma(), went.tag(), went.dep()), ("went", "go", "VBD", "ROOT"));
//! let subject = went.children().find(|child| child.dep() == "nsubj").unwrap();
//! let words: Vec<&str> = subject.subtree().map(Token::text).collect();
//! assert_eq!(words, ["Workers", "of", "the", "mill"]);
//!
//! let sentences: Vec<&str> = parse.sentences().map(|sentence| sentence.text()).collect();
//! assert_eq!(sentences, ["Workers of the mill went home.", "The leaders were arrested in London."]);
//! let entity = parse.entities().next().unwrap();
//! assert_eq!((entity.text(), entity.label(), entity.byte_range()), ("London", "GPE", 60..66));
//! # Ok::<(), svodka_nlp::Error>(())
//! ```
//!
//! All offsets count bytes of UTF-8 and lie on the boundaries of characters. [`Token`] and [`Span`] are views that borrow
//! from their [`Parse`]. The README says what equals what in spaCy, where to get a folder, and what is not run.
//!
//! It knows nothing of documents beyond their text, does no training, gives no probabilities, downloads nothing, keeps no
//! global state and starts threads only where it is told how many ([`Pipeline::pipe_on`]). What it cannot run it refuses at
//! loading, naming the file and the part.

mod attribute_ruler;
mod config;
mod cpu;
mod edit_trees;
mod error;
mod hash;
mod lemmatizer;
mod lexeme;
mod morphologizer;
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
mod sentences;
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

/// Holds the README's example to the code; it reads the model that `make models` fetches.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
