//! The words of a report and how they hang together.

use std::ops::Range;

use smol_str::SmolStr;

use crate::Span;

/// The index of a token in its [`Parse`].
pub type TokenId = usize;

/// A word or a punctuation mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes of the report's text.
    pub span: Span,
    /// The base form, as the parser gives it (lower case but for names).
    pub lemma: SmolStr,
    /// Fine part of speech, Penn treebank.
    pub tag: SmolStr,
    /// Coarse part of speech, Universal Dependencies.
    pub pos: SmolStr,
    /// Relation to the head, in the terms of spaCy's English pipelines; `ROOT` for a sentence's root.
    pub dep: SmolStr,
    /// The head's index; a root is its own head.
    pub head: TokenId,
}

/// A name the parser's own recogniser proposes: one voice among several, often wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The tokens it covers.
    pub tokens: Range<TokenId>,
    /// The recogniser's label, such as `GPE`.
    pub label: SmolStr,
}

/// Tokens in the order of the text, with the sentences they make.
///
/// Laws: spans are ordered and do not overlap; every `head` is a token of the same sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parse {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// The sentences: token ranges, one after the other.
    pub sentences: Vec<Range<TokenId>>,
    /// What the recogniser proposes.
    pub proposals: Vec<Proposal>,
}

impl Parse {
    /// Adds the parse of a part of the text that begins at byte `offset`; parts come in order.
    pub fn append(&mut self, part: Parse, offset: usize) {
        let first = self.tokens.len();
        let moved = |range: Range<TokenId>| range.start + first..range.end + first;
        self.tokens
            .extend(part.tokens.into_iter().map(|token| Token {
                span: token.span.shift(offset),
                head: token.head + first,
                ..token
            }));
        self.sentences.extend(part.sentences.into_iter().map(moved));
        self.proposals
            .extend(part.proposals.into_iter().map(|name| Proposal {
                tokens: moved(name.tokens),
                label: name.label,
            }));
    }

    /// The tokens that overlap `span`.
    pub fn tokens_in(&self, span: Span) -> Range<TokenId> {
        let start = self
            .tokens
            .partition_point(|token| token.span.end <= span.start);
        let end = self
            .tokens
            .partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// The sentence that holds a token, as an index into `sentences`.
    pub fn sentence_of(&self, token: TokenId) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.end <= token)
    }

    /// The bytes from the first to the last of `tokens`; empty for an empty range.
    pub fn span(&self, tokens: Range<TokenId>) -> Span {
        match self
            .tokens
            .get(tokens)
            .and_then(|tokens| Some((tokens.first()?, tokens.last()?)))
        {
            Some((first, last)) => first.span.cover(last.span),
            None => Span::default(),
        }
    }

    /// The tokens that hang directly on `head`, in the order of the text.
    pub fn children(&self, head: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        let sentence = self
            .sentences
            .get(self.sentence_of(head))
            .cloned()
            .unwrap_or(head..head);
        sentence.filter(move |&token| token != head && self.tokens[token].head == head)
    }
}

/// Whatever can parse English text. Implementations are total: they never fail on any text.
pub trait Parser: Sync {
    /// Parses each text on its own; spans count bytes of that text. One result for each text, in order.
    fn parse(&self, texts: &[&str]) -> Vec<Parse>;
}
