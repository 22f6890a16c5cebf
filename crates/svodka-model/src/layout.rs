//! How a report is set out: what is title, heading, paragraph, list item, quotation, what is not the report's.

use crate::{Edtf, Span};

/// The index of a block in its [`Layout`].
pub type BlockId = usize;

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockKind {
    /// The report's title.
    Title,
    /// A heading inside the report; level 1 is the highest.
    Heading {
        /// 1 for the highest.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// An item of a numbered or bulleted list.
    Item,
    /// Salutation, signature, address, file numbers: the report's frame rather than its text.
    Matter,
    /// A modern editor's or web page's text around the report: names are marked, no claims are drawn.
    Foreign,
}

/// A piece of the text between line or paragraph breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without white space at its ends; a list item's span begins after its number.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// The number or bullet before an item or heading.
    pub marker: Option<Span>,
    /// The words that an item runs in with before its colon or spaced dash ("2. Borov Factory: the platform …"),
    /// without it; also the word before a title's colon ("Subject").
    pub label: Option<Span>,
    /// The sentence-like block that introduces the list this item stands in ("cells exist at:").
    pub introduced_by: Option<BlockId>,
    /// The block that announces a quoted letter or statement of which this block is a part.
    pub quoted_from: Option<BlockId>,
    /// The pieces that are parsed each on its own, in order (label, text after the label, …).
    pub parsed: Vec<Span>,
}

/// A heading and how far it reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading's block.
    pub heading: BlockId,
    /// 1 for the highest.
    pub level: u8,
    /// From the heading to the next of the same or a higher level.
    pub span: Span,
}

/// The report's parts in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The blocks, without gaps but for white space and markers.
    pub blocks: Vec<Block>,
    /// The headings with their reach.
    pub sections: Vec<Section>,
    /// The report's date as the text gives it.
    pub date: Option<Edtf>,
}

impl Layout {
    /// The block that holds byte `offset`, or the next one if it stands between two.
    pub fn block_at(&self, offset: usize) -> Option<BlockId> {
        let block = self
            .blocks
            .partition_point(|block| block.span.end <= offset);
        (block < self.blocks.len()).then_some(block)
    }

    /// The title's block.
    pub fn title(&self) -> Option<&Block> {
        self.blocks
            .iter()
            .find(|block| block.kind == BlockKind::Title)
    }
}
