//! A token and its place in the tree.

use std::fmt;
use std::ops::Range;

use super::{Parse, Span, Word, name};

/// One token of a [`Parse`].
///
/// It is a view: cheap to copy, and bound to the parse it was taken from. Where the pipeline lacks a
/// component, what that would have said is empty, and without a parser every token is a root.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    parse: &'a Parse,
    index: usize,
}

impl<'a> Token<'a> {
    /// The parse must have that many tokens.
    pub(super) fn new(parse: &'a Parse, index: usize) -> Self {
        debug_assert!(index < parse.len());
        Self { parse, index }
    }

    fn word(self) -> &'a Word {
        &self.parse.words[self.index]
    }

    /// Where the token stands among the tokens of the text, from 0.
    pub fn index(self) -> usize {
        self.index
    }

    /// The characters of the token.
    pub fn text(self) -> &'a str {
        &self.parse.text[self.byte_range()]
    }

    /// The bytes of the text that the token covers.
    pub fn byte_range(self) -> Range<usize> {
        self.word().start..self.word().end
    }

    /// The base form, such as `go` for "went".
    pub fn lemma(self) -> &'a str {
        match &self.word().lemma {
            Some(lemma) => lemma,
            None => self.text(),
        }
    }

    /// The fine part of speech in the treebank's terms, such as `VBD`.
    pub fn tag(self) -> &'a str {
        name(&self.parse.names.tags, self.word().tag)
    }

    /// The coarse part of speech in Universal Dependencies' terms, such as `VERB`.
    pub fn pos(self) -> &'a str {
        name(&self.parse.names.parts, self.word().part)
    }

    /// The morphological features in Universal Dependencies' terms, sorted, such as
    /// `Mood=Ind|Tense=Past`; empty if there are none.
    pub fn morph(self) -> &'a str {
        name(&self.parse.names.morphs, self.word().morph)
    }

    /// The relation to the head, such as `nsubj`; `ROOT` for a token without a head.
    pub fn dep(self) -> &'a str {
        name(&self.parse.names.dependencies, self.word().dependency)
    }

    /// The token on which this one hangs; the token itself if it is a root.
    pub fn head(self) -> Token<'a> {
        Self::new(self.parse, self.word().head as usize)
    }

    /// The tokens that hang on this one, in the order of the text.
    pub fn children(self) -> impl ExactSizeIterator<Item = Token<'a>> + DoubleEndedIterator {
        self.views(self.child_indices())
    }

    /// The children that stand before the token, in the order of the text. (In spaCy, `Token.lefts`.)
    pub fn left_children(self) -> impl ExactSizeIterator<Item = Token<'a>> + DoubleEndedIterator {
        self.views(self.children_by_side().0)
    }

    /// The children that stand behind the token, in the order of the text. (In spaCy, `Token.rights`.)
    pub fn right_children(self) -> impl ExactSizeIterator<Item = Token<'a>> + DoubleEndedIterator {
        self.views(self.children_by_side().1)
    }

    /// The head, the head's head and so on, up to a root. A root has none.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'a>> {
        let above = |token: &Token<'a>| Some(token.head()).filter(|head| head != token);
        std::iter::successors(above(&self), above)
    }

    /// The token and all that hangs on it, on its children and so on: first what its children on the
    /// left bring, one after the other, then the token, then what those on the right bring.
    ///
    /// That is the order of the text unless arcs cross; then the subtree may also have gaps. (In spaCy,
    /// `Token.subtree`.)
    pub fn subtree(self) -> impl Iterator<Item = Token<'a>> {
        // What is still to come, the next one last, and whether its children are in the list already.
        let mut waiting = vec![(self, false)];
        std::iter::from_fn(move || {
            loop {
                let (token, is_split) = waiting.pop()?;
                if is_split {
                    return Some(token);
                }
                let whole = |child| (child, false);
                waiting.extend(token.right_children().rev().map(whole));
                waiting.push((token, true));
                waiting.extend(token.left_children().rev().map(whole));
            }
        })
    }

    /// Whether exactly one space stands between this token and the next, or the end.
    pub fn space_after(self) -> bool {
        self.word().space_after
    }

    /// Whether a sentence begins with this token.
    pub fn is_sent_start(self) -> bool {
        self.word().sentence_start
    }

    /// The sentence the token is part of. Takes time logarithmic in the number of sentences.
    pub fn sentence(self) -> Span<'a> {
        let starts = &self.parse.sentences;
        let behind = starts.partition_point(|&start| start as usize <= self.index);
        self.parse.sentence(behind.saturating_sub(1))
    }

    /// The entity the token is part of.
    pub fn entity(self) -> Option<Span<'a>> {
        let entity = self.parse.entities.get(self.word().entity? as usize)?;
        Some(self.parse.entity(entity))
    }

    fn child_indices(self) -> &'a [u32] {
        self.parse.children.of(self.index)
    }

    /// The children on the left and those on the right.
    fn children_by_side(self) -> (&'a [u32], &'a [u32]) {
        let children = self.child_indices();
        children.split_at(children.partition_point(|&child| (child as usize) < self.index))
    }

    fn views(
        self,
        indices: &'a [u32],
    ) -> impl ExactSizeIterator<Item = Token<'a>> + DoubleEndedIterator {
        indices
            .iter()
            .map(move |&index| Token::new(self.parse, index as usize))
    }
}

/// Tokens are equal if they are the same token of the same [`Parse`]; their text does not matter.
impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.parse, other.parse) && self.index == other.index
    }
}

impl Eq for Token<'_> {}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Token")
            .field("index", &self.index)
            .field("text", &self.text())
            .finish()
    }
}
