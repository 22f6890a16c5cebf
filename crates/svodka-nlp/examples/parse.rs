//! Prints what a pipeline finds in a text file: `cargo run --example parse -- PIPELINE-FOLDER FILE`.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use svodka_nlp::{Pipeline, Span};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file] = &arguments[..] else {
        return Err("usage: parse PIPELINE-FOLDER FILE".into());
    };
    let pipeline = Pipeline::load(Path::new(folder))?;
    let text = std::fs::read_to_string(file)?;
    let paragraphs: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();

    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for parse in pipeline.parse_batch(&paragraphs) {
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
    }
    Ok(())
}
