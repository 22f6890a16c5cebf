//! Prints what a pipeline finds in a text file, a token a line and a blank line behind every sentence.
//!
//! ```text
//! cargo run --release --example parse -- PIPELINE-FOLDER FILE
//! ```
//!
//! The columns: number of the token in its paragraph, text, lemma, coarse and fine part of speech,
//! number of the head, dependency, label of the entity. Every line of the file is a paragraph.

use std::error::Error;
use std::io::{self, BufWriter, Write};

use svodka_nlp::{Parse, Pipeline, Span};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file] = &arguments[..] else {
        return Err("usage: parse PIPELINE-FOLDER FILE".into());
    };
    let pipeline = Pipeline::load(folder)?;
    let text = std::fs::read_to_string(file)?;
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty());

    let mut out = BufWriter::new(io::stdout().lock());
    for parse in pipeline.pipe(paragraphs) {
        print(&parse, &mut out)?;
    }
    Ok(out.flush()?)
}

/// Prints the tokens of a parse, sentence by sentence.
pub fn print(parse: &Parse, out: &mut impl Write) -> io::Result<()> {
    for sentence in parse.sentences() {
        for token in sentence.tokens() {
            writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                token.index(),
                token.text().escape_debug(),
                token.lemma().escape_debug(),
                token.pos(),
                token.tag(),
                token.head().index(),
                token.dep(),
                token.entity().map_or("", Span::label)
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}
