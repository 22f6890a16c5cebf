//! What a pipeline finds in a text.

mod children;
mod span;
mod token;

use std::ops::Range;
use std::sync::Arc;

pub use span::Span;
pub use token::Token;

use children::Children;

/// The words of one text and all that was found about them.
///
/// It owns its text and can outlive the pipeline. Two parses are equal if all that was found is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse {
    text: Box<str>,
    words: Vec<Word>,
    /// The first token of each sentence.
    sentences: Vec<u32>,
    entities: Vec<Entity>,
    children: Children,
    names: Arc<Names>,
}

/// The names behind the numbers in a [`Parse`], shared by all parses of a pipeline.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) tags: Vec<String>,
    pub(crate) parts: Vec<String>,
    pub(crate) morphs: Vec<String>,
    pub(crate) dependencies: Vec<String>,
    pub(crate) entities: Vec<String>,
}

/// What is stored of a token. A number that has no name stands for nothing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// `None` if it is the token's text.
    pub(crate) lemma: Option<Box<str>>,
    pub(crate) head: u32,
    pub(crate) tag: u16,
    pub(crate) part: u16,
    pub(crate) morph: u16,
    pub(crate) dependency: u16,
    pub(crate) space_after: bool,
    pub(crate) sentence_start: bool,
    /// Where the token's entity stands in the list of entities.
    pub(crate) entity: Option<u32>,
}

/// The number that no name has.
pub(crate) const NOTHING: u16 = u16::MAX;

/// A named entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) tokens: Range<usize>,
    pub(crate) label: u16,
}

impl Parse {
    /// Puts a parse together. The words lie in `text`, their heads among them, and so do the entities'
    /// tokens; sentences are read from the words.
    pub(crate) fn new(
        text: &str,
        words: Vec<Word>,
        entities: Vec<Entity>,
        names: Arc<Names>,
    ) -> Self {
        let starts = words.iter().zip(0..);
        Self {
            text: text.into(),
            // The first word starts a sentence, whatever was found.
            sentences: starts
                .filter(|&(word, index)| word.sentence_start || index == 0)
                .map(|(_, index)| index)
                .collect(),
            children: Children::new(words.iter().map(|word| word.head)),
            words,
            entities,
            names,
        }
    }

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no token, as in an empty text.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The token at `index`, if there are that many.
    pub fn token(&self, index: usize) -> Option<Token<'_>> {
        (index < self.words.len()).then(|| Token::new(self, index))
    }

    /// The tokens in the order of the text. Together with the spaces between them they are the text.
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = Token<'_>> + DoubleEndedIterator {
        (0..self.words.len()).map(|index| Token::new(self, index))
    }

    /// The tokens with the indices `tokens`; `None` if these are none or not all there.
    pub fn span(&self, tokens: Range<usize>) -> Option<Span<'_>> {
        let is_there = tokens.start < tokens.end && tokens.end <= self.words.len();
        is_there.then(|| Span::new(self, tokens, ""))
    }

    /// The sentences in the order of the text. Every token is in one of them.
    ///
    /// Where nothing in the pipeline finds sentences, the whole text is one.
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = Span<'_>> + DoubleEndedIterator {
        (0..self.sentences.len()).map(|number| self.sentence(number))
    }

    /// The named entities in the order of the text. They do not overlap.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Span<'_>> + DoubleEndedIterator {
        self.entities.iter().map(|entity| self.entity(entity))
    }

    /// The sentence with that number, which must be there.
    fn sentence(&self, number: usize) -> Span<'_> {
        let start = self.sentences[number] as usize;
        let next = self.sentences.get(number + 1);
        let end = next.map_or(self.words.len(), |&next| next as usize);
        Span::new(self, start..end, "")
    }

    fn entity(&self, entity: &Entity) -> Span<'_> {
        let label = name(&self.names.entities, entity.label);
        Span::new(self, entity.tokens.clone(), label)
    }
}

fn name(names: &[String], number: u16) -> &str {
    names.get(usize::from(number)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests;
