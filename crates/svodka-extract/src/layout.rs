//! How is the report set out?

use svodka_model::{Block, BlockKind, Layout, Span};
use svodka_pack::LayoutWords;

/// Cuts a report into blocks.
pub fn lay_out(text: &str, _words: &LayoutWords) -> Layout {
    let mut layout = Layout::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        if !span.is_empty() {
            layout.blocks.push(Block {
                span,
                kind: BlockKind::Paragraph,
                marker: None,
                label: None,
                introduced_by: None,
                quoted_from: None,
                parsed: vec![span],
            });
        }
    }
    layout
}
