//! Prints what a pipeline finds in texts, for comparison with spaCy.
//!
//! ```text
//! dump FOLDER < documents.jsonl > annotations.jsonl
//! ```
//!
//! Reads JSON lines `{"text": …}` and prints for each a line with its tokens — start and end in
//! bytes, tag, part of speech, lemma, head, dependency, whether a sentence starts — and its
//! entities — first token, token behind the last, label.

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};

use serde::Deserialize;
use svodka_nlp::{Parse, Pipeline};

/// How many documents are parsed together.
const BATCH: usize = 64;

#[derive(Deserialize)]
struct Document {
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("usage: dump FOLDER")?;
    let pipeline = Pipeline::load(folder)?;
    let mut output = BufWriter::new(io::stdout().lock());
    let mut lines = io::stdin().lock().lines();
    loop {
        let batch = lines.by_ref().take(BATCH).collect::<Result<Vec<_>, _>>()?;
        if batch.is_empty() {
            break;
        }
        let documents = batch
            .iter()
            .map(|line| serde_json::from_str(line))
            .collect::<Result<Vec<Document>, _>>()?;
        let texts: Vec<&str> = documents.iter().map(|document| &*document.text).collect();
        for parse in pipeline.parse_batch(&texts) {
            serde_json::to_writer(&mut output, &annotation(&parse))?;
            writeln!(output)?;
        }
    }
    Ok(output.flush()?)
}

fn annotation(parse: &Parse) -> serde_json::Value {
    let tokens = parse.tokens().map(|token| {
        let span = token.byte_range();
        serde_json::json!([
            span.start,
            span.end,
            token.tag(),
            token.pos(),
            token.lemma(),
            token.head().index(),
            token.dep(),
            token.is_sent_start(),
        ])
    });
    let entities = parse.entities().map(|entity| {
        let tokens = entity.token_range();
        serde_json::json!([tokens.start, tokens.end, entity.label()])
    });
    serde_json::json!({
        "tokens": tokens.collect::<Vec<_>>(),
        "entities": entities.collect::<Vec<_>>(),
    })
}
