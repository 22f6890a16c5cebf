//! Prints what a pipeline finds in texts, for comparison with spaCy.
//!
//! ```text
//! dump FOLDER [--cpu NAME] [--threads N] < documents.jsonl > annotations.jsonl
//! dump --list-cpus
//! ```
//!
//! Reads JSON lines `{"text": …}` and prints for each a line with its tokens — start and end in
//! bytes, tag, part of speech, lemma, head, dependency, whether a sentence starts, features — and its
//! entities — first token, token behind the last, label. What it prints depends neither on the set of
//! instructions nor on the number of threads. `--list-cpus` prints the sets this processor has.

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};
use std::num::NonZeroUsize;

use serde::Deserialize;
use svodka_nlp::{Cpu, Parse, Pipeline};

const USAGE: &str = "usage: dump FOLDER [--cpu NAME] [--threads N], or dump --list-cpus";

#[derive(Deserialize)]
struct Document {
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut folder = None;
    let mut cpu = Cpu::best();
    let mut threads = NonZeroUsize::MIN;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(USAGE);
        match &*argument {
            "--list-cpus" => {
                Cpu::available().for_each(|cpu| println!("{cpu}"));
                return Ok(());
            }
            "--cpu" => cpu = value()?.parse()?,
            "--threads" => threads = value()?.parse()?,
            _ => folder = Some(argument),
        }
    }
    let pipeline = Pipeline::load_for(folder.ok_or(USAGE)?, cpu)?;

    let mut fault = None;
    let documents = io::stdin().lock().lines().map_while(|line| {
        let document = line
            .map_err(Box::from)
            .and_then(|line| Ok(serde_json::from_str::<Document>(&line)?));
        document
            .map_err(|error: Box<dyn Error>| fault = Some(error))
            .ok()
    });
    let mut output = BufWriter::new(io::stdout().lock());
    let texts = documents.map(|document| document.text);
    pipeline.pipe_on(threads, texts, |parse| {
        serde_json::to_writer(&mut output, &annotation(&parse))?;
        writeln!(output)
    })?;
    output.flush()?;
    fault.map_or(Ok(()), Err)
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
            token.morph(),
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
