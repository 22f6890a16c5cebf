//! The words of reports with their features, one report a line: what `tools/learn/names.py` learns names from.
//!
//! `words PACK MODEL` reads a report's path a line from standard input and writes, as JSON, for each word its range
//! in code points, what the rules call it and its features.

use std::error::Error;
use std::io::{BufRead, Write};
use std::path::Path;

use serde_json::{Value, json};
use svodka::{CodePoints, Engine, ReadOptions, pack_from};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (pack, model) = arguments
        .next()
        .zip(arguments.next())
        .ok_or("usage: words PACK MODEL")?;
    let engine = Engine::load(Path::new(&model), &pack_from(Path::new(&pack))?)?;
    let mut output = std::io::stdout().lock();
    for path in std::io::stdin().lock().lines() {
        let text = svodka::ingest(&std::fs::read(path?)?, None)?;
        let reading = engine.read(text, &ReadOptions::default());
        let text = &reading.text.text;
        let points = CodePoints::new(text);
        let pack = &engine.pack().names;
        let seen = svodka_extract::seen_words(text, &reading.layout, &reading.parse, pack);
        let words = seen.into_iter().map(|word| {
            let at = points.of_span(word.span);
            json!([at.start, at.end, word.label, word.features])
        });
        writeln!(output, "{}", Value::Array(words.collect()))?;
    }
    Ok(())
}
