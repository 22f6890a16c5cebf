//! Documents that go through the network together.

use hashbrown::HashMap;

use crate::network::features::Features;

/// The different tokens met so far.
///
/// The lower half of the network sees a token by itself; it is run once for each kind. Most kinds
/// come back, so they are kept from batch to batch, up to [`Kinds::KEPT`].
#[derive(Debug, Default)]
pub(crate) struct Kinds {
    list: Vec<Features>,
    known: HashMap<Features, u32>,
}

impl Kinds {
    /// How many kinds are kept when a new batch begins. A batch may add more.
    pub(crate) const KEPT: usize = 16_384;

    /// Forgets all kinds if they have become too many. What was computed for them must go too.
    pub(crate) fn make_room(&mut self) -> bool {
        let full = self.list.len() > Self::KEPT;
        if full {
            *self = Self::default();
        }
        full
    }

    /// The kinds, in order of first use.
    pub(crate) fn list(&self) -> &[Features] {
        &self.list
    }

    fn number(&mut self, features: Features) -> u32 {
        let next = self.list.len() as u32;
        let kind = *self.known.entry(features).or_insert(next);
        if kind == next {
            self.list.push(features);
        }
        kind
    }
}

/// The tokens of some documents, by their kinds.
#[derive(Debug, Default)]
pub(crate) struct Batch {
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
    pub(crate) fn push(&mut self, document: impl IntoIterator<Item = Features>, kinds: &mut Kinds) {
        let numbers = document.into_iter().map(|features| kinds.number(features));
        self.tokens.extend(numbers);
        self.ends.push(self.tokens.len());
    }

    /// Takes all documents out, keeping the memory.
    pub(crate) fn clear(&mut self) {
        self.tokens.clear();
        self.ends.clear();
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
