//! A stretch of tokens: a sentence, an entity, or one that the caller cuts.

use std::fmt;
use std::ops::Range;

use super::{Parse, Token};
use crate::unicode;

/// Some tokens of a [`Parse`] that follow each other; at least one.
///
/// It is a view: cheap to copy, and bound to the parse it was taken from.
#[derive(Clone, Copy)]
pub struct Span<'a> {
    parse: &'a Parse,
    start: usize,
    end: usize,
    label: &'a str,
}

impl<'a> Span<'a> {
    /// `tokens` must not be empty, and the parse must have that many.
    pub(super) fn new(parse: &'a Parse, tokens: Range<usize>, label: &'a str) -> Self {
        debug_assert!(tokens.start < tokens.end && tokens.end <= parse.len());
        Self {
            parse,
            start: tokens.start,
            end: tokens.end,
            label,
        }
    }

    /// The characters from the first token to the last, with all that stands between them.
    pub fn text(self) -> &'a str {
        &self.parse.text[self.byte_range()]
    }

    /// The bytes of the text that [`text`](Self::text) covers.
    pub fn byte_range(self) -> Range<usize> {
        self.parse.words[self.start].start..self.parse.words[self.end - 1].end
    }

    /// The indices of the tokens; the end is the index behind the last one.
    pub fn token_range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The tokens in the order of the text.
    pub fn tokens(self) -> impl ExactSizeIterator<Item = Token<'a>> + DoubleEndedIterator {
        self.token_range()
            .map(move |index| Token::new(self.parse, index))
    }

    /// The label of an entity, such as `PERSON`; empty for other spans.
    pub fn label(self) -> &'a str {
        self.label
    }

    /// The token on which the others of the span hang: the one with the shortest way to a root, and of
    /// several the first.
    ///
    /// For a sentence that is its root. White space and punctuation on which nothing hangs come last.
    /// (In spaCy, `Span.root`.)
    pub fn root(self) -> Token<'a> {
        // A root has no way to go, so the first of them is the nearest.
        if let Some(root) = self.tokens().find(|&token| token.head() == token) {
            return root;
        }
        // A token whose head lies in the span is never nearer than that one.
        self.tokens()
            .filter(|token| !self.token_range().contains(&token.head().index()))
            .min_by_key(|&token| self.way_to_root(token))
            .unwrap_or(Token::new(self.parse, self.start))
    }

    /// How many arcs lead from a token to its root, as spaCy counts them.
    fn way_to_root(self, token: Token<'a>) -> usize {
        let is_all = |kind: fn(char) -> bool| token.text().chars().all(kind);
        let is_leaf = token.children().len() == 0;
        if is_leaf && (is_all(unicode::is_space) || is_all(unicode::is_punctuation)) {
            return self.parse.len() - 1;
        }
        token.ancestors().count()
    }
}

/// Spans are equal if they are the same tokens of the same [`Parse`], with the same label.
impl PartialEq for Span<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.parse, other.parse)
            && self.token_range() == other.token_range()
            && self.label == other.label
    }
}

impl Eq for Span<'_> {}

impl fmt::Debug for Span<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Span")
            .field("text", &self.text())
            .field("token_range", &self.token_range())
            .field("label", &self.label)
            .finish()
    }
}
