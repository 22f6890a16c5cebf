//! What a pipeline finds in a text.

use std::ops::Range;
use std::sync::Arc;

/// The words of one text and all that was found about them.
///
/// It owns its text and can outlive the pipeline.
#[derive(Debug, Clone)]
pub struct Parse {
    pub(crate) text: Box<str>,
    pub(crate) words: Vec<Word>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) names: Arc<Names>,
}

/// The names behind the numbers in a [`Parse`], shared by all parses of a pipeline.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) tags: Vec<String>,
    pub(crate) parts: Vec<String>,
    pub(crate) dependencies: Vec<String>,
    pub(crate) entities: Vec<String>,
}

/// What is stored of a token. A number that has no name stands for nothing found.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// `None` if it is the token's text.
    pub(crate) lemma: Option<Box<str>>,
    pub(crate) head: u32,
    pub(crate) tag: u16,
    pub(crate) part: u16,
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
        (index < self.words.len()).then_some(Token { parse: self, index })
    }

    /// The tokens in the order of the text. Together with the spaces between them they are the text.
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = Token<'_>> + DoubleEndedIterator {
        (0..self.words.len()).map(|index| Token { parse: self, index })
    }

    /// The sentences, as ranges of token indices. They follow each other without gaps.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut from = 0;
        std::iter::from_fn(move || {
            let words = &self.words[from..];
            if words.is_empty() {
                return None;
            }
            let next = words.iter().skip(1).position(|word| word.sentence_start);
            let sentence = from..next.map_or(self.words.len(), |offset| from + 1 + offset);
            from = sentence.end;
            Some(sentence)
        })
    }

    /// The named entities, as ranges of token indices with their labels, in the order of the text.
    /// They do not overlap.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = (Range<usize>, &str)> + '_ {
        self.entities
            .iter()
            .map(|entity| (entity.tokens.clone(), self.entity_label(entity)))
    }

    fn entity_label(&self, entity: &Entity) -> &str {
        name(&self.names.entities, entity.label)
    }
}

/// One token of a [`Parse`].
///
/// Where the pipeline lacks a component, what it would have said is empty.
#[derive(Debug, Clone, Copy)]
pub struct Token<'a> {
    parse: &'a Parse,
    index: usize,
}

impl<'a> Token<'a> {
    fn word(self) -> &'a Word {
        &self.parse.words[self.index]
    }

    /// Where the token stands among the tokens.
    pub fn index(self) -> usize {
        self.index
    }

    /// The characters of the token.
    pub fn text(self) -> &'a str {
        &self.parse.text[self.span()]
    }

    /// The bytes of the text that the token covers.
    pub fn span(self) -> Range<usize> {
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

    /// The relation to the head, such as `nsubj`; `ROOT` for a token without a head.
    pub fn dep(self) -> &'a str {
        name(&self.parse.names.dependencies, self.word().dependency)
    }

    /// The index of the head; the token's own index if it is a root.
    pub fn head(self) -> usize {
        self.word().head as usize
    }

    /// Whether exactly one space stands between this token and the next, or the end.
    pub fn space_after(self) -> bool {
        self.word().space_after
    }

    /// Whether a sentence begins with this token.
    pub fn is_sent_start(self) -> bool {
        self.word().sentence_start
    }

    /// The label of the entity the token is part of, such as `PERSON`.
    pub fn entity(self) -> Option<&'a str> {
        let entity = self.parse.entities.get(self.word().entity? as usize)?;
        Some(self.parse.entity_label(entity))
    }
}

fn name(names: &[String], number: u16) -> &str {
    names.get(usize::from(number)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A parse of words parted by single spaces; `|` before a word starts a sentence.
    fn parse(marked: &str) -> Parse {
        let mut text = String::new();
        let mut words: Vec<Word> = Vec::new();
        for marked in marked.split(' ').filter(|word| !word.is_empty()) {
            let word = marked.trim_start_matches('|');
            if !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word);
            words.push(Word {
                start,
                end: text.len(),
                lemma: (word == "went").then(|| "go".into()),
                head: words.len() as u32,
                tag: NOTHING,
                part: 0,
                dependency: 0,
                space_after: true,
                sentence_start: word != marked || start == 0,
                entity: (word == "Kyiv").then_some(0),
            });
        }
        let kyiv = words.iter().position(|word| word.entity.is_some());
        Parse {
            text: text.into(),
            entities: kyiv
                .map(|at| Entity {
                    tokens: at..at + 1,
                    label: 0,
                })
                .into_iter()
                .collect(),
            words,
            names: Arc::new(Names {
                tags: Vec::new(),
                parts: vec!["X".to_owned()],
                dependencies: vec!["ROOT".to_owned()],
                entities: vec!["GPE".to_owned()],
            }),
        }
    }

    #[test]
    fn sentences_follow_each_other_without_gaps() {
        let sentences = |marked| parse(marked).sentences().collect::<Vec<_>>();
        assert_eq!(sentences("a b |c |d e"), [0..2, 2..3, 3..5]);
        assert_eq!(sentences("a").first(), Some(&(0..1)));
        assert!(sentences("").is_empty());
    }

    #[test]
    fn a_token_shows_what_was_found() {
        let parse = parse("We went to Kyiv");
        let token = parse.token(1).unwrap();
        assert_eq!(
            (token.text(), token.lemma(), token.span()),
            ("went", "go", 3..7)
        );
        assert_eq!((token.tag(), token.pos(), token.dep()), ("", "X", "ROOT"));
        assert_eq!(parse.token(3).and_then(Token::entity), Some("GPE"));
        assert_eq!(parse.token(0).and_then(Token::entity), None);
        assert_eq!(parse.token(4).map(Token::text), None);
        assert_eq!(parse.entities().collect::<Vec<_>>(), [(3..4, "GPE")]);
    }

    #[test]
    fn a_parse_can_go_to_another_thread() {
        fn check<T: Send + Sync + 'static>() {}
        check::<Parse>();
        check::<crate::Pipeline>();
    }
}
