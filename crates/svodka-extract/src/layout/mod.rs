//! How is the report set out?
//!
//! Lines become pieces (a typist's line breaks are mended), pieces lose their list markers, each piece is given a
//! kind, and kinds give headings their reach and lists their introductions. Nothing here knows what a sentence
//! means, and no character but white space and markers falls outside the blocks.

mod frame;
mod kinds;
mod labels;
mod lines;
mod markers;
mod pieces;
mod reach;

use svodka_model::{Block, BlockKind, Layout};
use svodka_pack::{DateWords, LayoutWords};

use crate::dates;
pub(crate) use markers::roman;
use pieces::Piece;

/// Cuts a report into blocks, and finds the date that it bears.
///
/// Laws: blocks and their markers stand in order, do not overlap, lie on character boundaries, and cover every
/// character that is not white space.
pub fn lay_out(text: &str, words: &LayoutWords, date_words: &DateWords) -> Layout {
    let lines = lines::lines(text);
    let pieces = pieces::pieces(text, &lines, words);
    let kinds = kinds::kinds(text, &pieces, words);
    let mut blocks: Vec<Block> = pieces
        .iter()
        .zip(kinds)
        .map(|(piece, kind)| block(text, piece, kind, words))
        .collect();
    reach::introduce(text, &mut blocks);
    reach::quote(text, &mut blocks, words);
    let sections = reach::sections(text, &blocks);
    let date = dates::date_of_report(text, &blocks, date_words);
    Layout {
        blocks,
        sections,
        date,
    }
}

fn block(text: &str, piece: &Piece, kind: BlockKind, words: &LayoutWords) -> Block {
    let span = piece.body;
    let label = match kind {
        BlockKind::Item => labels::item(text, span, words),
        BlockKind::Title | BlockKind::Matter => labels::title(text, span, words),
        _ => None,
    };
    let parsed = match label {
        Some(label) => labels::around(text, span, label),
        None => lines::cells(text, span),
    };
    Block {
        span,
        kind,
        marker: piece.marker.map(|marker| marker.span),
        label,
        introduced_by: None,
        quoted_from: None,
        parsed,
    }
}

#[cfg(test)]
mod tests;
