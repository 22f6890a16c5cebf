//! Measures how fast texts are read: `cargo run --release --example speed -- FOLDER FILE [THREADS]`.
//!
//! Every line of FILE is a text of its own. The lines are read as they are needed, so memory does not
//! grow with the file. Prints one JSON object: tokens, seconds to load the pipeline, and seconds of
//! the clock and of the processor to read the texts.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::Instant;

use cpu_time::ProcessTime;
use svodka_nlp::Pipeline;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: speed PIPELINE-FOLDER FILE [THREADS]".into());
    };
    let start = Instant::now();
    let pipeline = match std::env::var("C") {
        Ok(c) => Pipeline::load_for(folder, c.parse()?)?,
        _ => Pipeline::load(folder)?,
    };
    let load = start.elapsed().as_secs_f64();
    let lines = BufReader::new(File::open(file)?).lines();
    let texts: Vec<String> = lines.collect::<Result<_, _>>()?;
    let texts: Vec<&str> = texts.iter().map(|s| &**s).collect();
    let start = Instant::now();
    let cpu = ProcessTime::now();
    let mut tokens = 0;
    for c in [&texts[..]] {
        for p in pipeline.parse_batch(c) {
            tokens += p.len();
        }
    }
    println!(
        "{{\"tokens\": {tokens}, \"load\": {load:.4}, \"wall\": {:.3}, \"cpu\": {:.3}, \"rate\": {:.0}}}",
        start.elapsed().as_secs_f64(),
        cpu.elapsed().as_secs_f64(),
        tokens as f64 / cpu.elapsed().as_secs_f64()
    );
    Ok(())
}
