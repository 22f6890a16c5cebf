//! Documents that go through the network together.

use hashbrown::HashMap;

use crate::network::features::Features;

/// The tokens of some documents, with equal tokens counted as one kind.
///
/// The lower half of the network sees a token by itself; it is run once for each kind.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    kinds: Vec<Features>,
    known: HashMap<Features, u32>,
    tokens: Vec<u32>,
    /// Where each document ends in `tokens`.
    ends: Vec<usize>,
}

/// One document of a batch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document<'a> {
    /// The kind of each token.
    pub(crate) kinds: &'a [u32],
}

impl Batch {
    /// Adds a document.
    pub(crate) fn push(&mut self, document: impl IntoIterator<Item = Features>) {
        for features in document {
            let next = self.kinds.len() as u32;
            let kind = *self.known.entry(features).or_insert(next);
            if kind == next {
                self.kinds.push(features);
            }
            self.tokens.push(kind);
        }
        self.ends.push(self.tokens.len());
    }

    /// The different tokens, in order of first use.
    pub(crate) fn kinds(&self) -> &[Features] {
        &self.kinds
    }

    /// How many tokens all documents have together.
    pub(crate) fn tokens(&self) -> usize {
        self.tokens.len()
    }

    /// The documents, in the order they were added.
    pub(crate) fn documents(&self) -> impl ExactSizeIterator<Item = Document<'_>> {
        self.ends.iter().enumerate().map(|(index, &end)| {
            let start = if index == 0 { 0 } else { self.ends[index - 1] };
            Document {
                kinds: &self.tokens[start..end],
            }
        })
    }
}
