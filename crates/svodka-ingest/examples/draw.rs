//! Draws the text out of files: `cargo run -p svodka-ingest --example draw -- FILE...`, with the place each run came from.

use svodka_ingest::{Hint, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let hint = Hint {
            name: Some(&path),
            encoding: None,
        };
        let intake = match read(&bytes, &hint) {
            Ok(intake) => intake,
            Err(error) => {
                println!("{path}: {error} [{}]\n  {}", error.code(), error.remedy());
                continue;
            }
        };
        for document in &intake.documents {
            println!(
                "{path} {:?}: {} {}",
                document.entry,
                document.format,
                serde_json::to_string(&document.metadata)?
            );
            for warning in &document.warnings {
                println!("  {warning}");
            }
            let mut starts: Vec<usize> = document.map.starts().collect();
            starts.push(document.text.len());
            for run in starts.windows(2) {
                let origin = serde_json::to_string(&document.origin(run[0]))?;
                println!("  {:?} {origin}", &document.text[run[0]..run[1]]);
            }
        }
        for refused in &intake.refused {
            println!("{path}: {} refused: {}", refused.entry, refused.error);
        }
    }
    Ok(())
}
