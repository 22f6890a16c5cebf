//! Measures how fast texts are read.
//!
//! ```text
//! speed PIPELINE-FOLDER FILE [--threads N] [--cpu NAME]
//! ```
//!
//! Every line of FILE is a text of its own. The lines are read as they are needed, so that memory does
//! not grow with the file. Prints one JSON object: tokens, seconds to load the pipeline, and seconds by
//! the clock and of the processor to read the texts.

#![expect(
    clippy::disallowed_methods,
    reason = "it is there to look at the clock"
)]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::num::NonZeroUsize;
use std::time::Instant;

use cpu_time::ProcessTime;
use svodka_nlp::{Cpu, Pipeline};

fn main() -> Result<(), Box<dyn Error>> {
    let mut threads = NonZeroUsize::MIN;
    let mut cpu = Cpu::best();
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match &*argument {
            "--threads" => threads = value()?.parse()?,
            "--cpu" => cpu = value()?.parse()?,
            _ => paths.push(argument),
        }
    }
    let [folder, file] = &paths[..] else {
        return Err("usage: speed PIPELINE-FOLDER FILE [--threads N] [--cpu NAME]".into());
    };

    let start = Instant::now();
    let pipeline = Pipeline::load_for(folder, cpu)?;
    let load = start.elapsed().as_secs_f64();

    let (start, start_cpu) = (Instant::now(), ProcessTime::now());
    let mut tokens = 0_usize;
    let mut unreadable = None;
    let lines = BufReader::new(File::open(file)?).lines();
    let texts = lines.map_while(|line| line.map_err(|error| unreadable = Some(error)).ok());
    pipeline.pipe_on(threads, texts, |parse| {
        tokens += parse.len();
        Ok::<(), Box<dyn Error>>(())
    })?;
    if let Some(error) = unreadable {
        return Err(error.into());
    }
    let measured = serde_json::json!({
        "tokens": tokens,
        "load": load,
        "seconds": start.elapsed().as_secs_f64(),
        "cpu": start_cpu.elapsed().as_secs_f64(),
    });
    println!("{measured}");
    Ok(())
}
