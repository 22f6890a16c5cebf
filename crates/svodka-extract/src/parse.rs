//! Parses the pieces that the layout sets apart and joins them into one parse of the report.

use svodka_model::{Layout, Parse, Parser};

/// Parses each piece of each block on its own. A line break inside a piece is read as a space: it has the same
/// length, so every offset stays true.
pub fn parse(text: &str, layout: &Layout, parser: &dyn Parser) -> Parse {
    let spans: Vec<_> = layout
        .blocks
        .iter()
        .flat_map(|block| &block.parsed)
        .copied()
        .collect();
    let pieces: Vec<String> = spans
        .iter()
        .map(|span| span.of(text).replace(['\n', '\r'], " "))
        .collect();
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    let mut whole = Parse::default();
    for (part, span) in parser.parse(&pieces).into_iter().zip(spans) {
        whole.append(part, span.start);
    }
    whole
}
