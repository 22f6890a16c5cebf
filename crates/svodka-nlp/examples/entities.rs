//! Prints the named entities in text files as JSON lines.
//!
//! ```text
//! cargo run --release --example entities -- PIPELINE-FOLDER FILE...
//! ```
//!
//! A line: `{"file": …, "start": …, "end": …, "label": …, "text": …, "verb": …}`. Start and end count
//! bytes of the file; the verb is the lemma of the nearest one above the entity in its tree, or null.

use std::error::Error;
use std::io::{self, BufWriter, Write};

use serde::Serialize;
use svodka_nlp::{Parse, Pipeline};

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    start: usize,
    end: usize,
    label: &'a str,
    text: &'a str,
    verb: Option<&'a str>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .ok_or("usage: entities PIPELINE-FOLDER FILE...")?;
    let pipeline = Pipeline::load(folder)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for file in arguments {
        let text = std::fs::read_to_string(&file)?;
        print(&file, &pipeline.parse(&text), &mut out)?;
    }
    Ok(out.flush()?)
}

/// Prints the entities of a parse; `file` is the name to print with them.
pub fn print(file: &str, parse: &Parse, out: &mut impl Write) -> io::Result<()> {
    for entity in parse.entities() {
        let bytes = entity.byte_range();
        let mut above = entity.root().ancestors();
        let verb = above.find(|token| token.pos() == "VERB");
        let line = Line {
            file,
            start: bytes.start,
            end: bytes.end,
            label: entity.label(),
            text: entity.text(),
            verb: verb.map(|verb| verb.lemma()),
        };
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}
