//! Prints the trees of the sentences in a text, every token below its head.
//!
//! ```text
//! cargo run --release --example tree -- PIPELINE-FOLDER "Nobody at the mill knew its leaders."
//! ```

use std::error::Error;
use std::io::{self, Write};

use svodka_nlp::{Parse, Pipeline};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, text] = &arguments[..] else {
        return Err("usage: tree PIPELINE-FOLDER TEXT".into());
    };
    let parse = Pipeline::load(folder)?.parse(text);
    Ok(print(&parse, &mut io::stdout().lock())?)
}

/// Prints the trees of a parse.
pub fn print(parse: &Parse, out: &mut impl Write) -> io::Result<()> {
    let roots = parse.tokens().filter(|token| token.head() == *token);
    for root in roots {
        // What is still to be printed, with its depth. A list rather than recursion: a tree may be as
        // deep as its text is long.
        let mut waiting = vec![(root, 0)];
        while let Some((token, depth)) = waiting.pop() {
            let (indent, text) = ("    ".repeat(depth), token.text().escape_debug());
            writeln!(out, "{indent}{text}  {} {}", token.dep(), token.tag())?;
            waiting.extend(token.children().rev().map(|child| (child, depth + 1)));
        }
    }
    Ok(())
}
