//! Everything known of a report before its claims are read, arranged for quick look-up.

use std::collections::BTreeMap;
use std::ops::Range;

use svodka_model::{
    BlockId, BlockKind, Certainty, DateMention, Entity, Filler, Layout, Mention, MentionId,
    NameType, Parse, Source, Span, Token, TokenId,
};
use svodka_pack::Pack;

use super::speech::Speech;

/// A report read as far as its names and dates.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The report's text.
    pub text: &'a str,
    /// How it is set out.
    pub layout: &'a Layout,
    /// Its words.
    pub parse: &'a Parse,
    /// The names, in the order of the text.
    pub mentions: &'a [Mention],
    /// What they name.
    pub entities: &'a [Entity],
    /// The dates, in the order of the text.
    pub dates: &'a [DateMention],
}

/// A reading with its indices.
pub(crate) struct Scene<'a> {
    pub reading: Reading<'a>,
    pub pack: &'a Pack,
    /// Per token: its form in lower case, with a straight apostrophe.
    pub forms: Vec<String>,
    /// Per token: its lemma in lower case.
    pub lemmas: Vec<String>,
    /// Per token: the name it is part of.
    pub mention_at: Vec<Option<MentionId>>,
    /// Per token: what hangs on it, in the order of the text.
    pub children: Vec<Vec<TokenId>>,
    /// The phrases of several words that make what they bear on less certain, in the order of the text.
    pub cues: Vec<(Range<TokenId>, Certainty)>,
    /// The phrases that come before a source, in the order of the text.
    pub according: Vec<Range<TokenId>>,
    /// Prepositions of phrases that bring in a witness by what is his ("by his reckoning"), and whose it is.
    pub reckonings: Vec<(TokenId, Vec<TokenId>)>,
    /// Verbs of saying between marks with nothing but their subject, and the subject.
    pub asides: Vec<(TokenId, TokenId)>,
    /// What is said by whom in its sentence, in the order of the text.
    pub speeches: Vec<Speech>,
    /// The sums of money, in the order of the text.
    pub sums: Vec<Span>,
    /// The dates that open a block as its dateline, in the order of the text.
    pub datelines: Vec<usize>,
    /// Per sentence: whose words it gives, where speech runs on into it; nearest to this report first.
    pub voices: Vec<Vec<Source>>,
    /// Per sentence: whether its words themselves are the speaker's, as in a letter or an answer.
    pub verbatim: Vec<bool>,
    /// Whom pronouns and pointing phrases of speakers stand for, where a voice was heard before ("this source").
    pub meant: BTreeMap<TokenId, Vec<Source>>,
    /// Whether the report is of a hearing, where witnesses speak one after the other.
    pub hearing: bool,
    /// Whether the report has begun to speak, while its voices are found.
    pub spoken: bool,
    /// Whom a bare word for an informant stands for: the last one so called.
    pub informants: BTreeMap<String, Vec<Source>>,
    /// Per token: the bracket that opened last and is still open in its sentence.
    pub brackets: Vec<Option<TokenId>>,
    /// Per sentence: its block.
    pub blocks: Vec<Option<BlockId>>,
}

impl<'a> Scene<'a> {
    pub fn new(reading: Reading<'a>, pack: &'a Pack) -> Scene<'a> {
        let parse = reading.parse;
        let lower = |token: &Token| token.span.of(reading.text).to_lowercase().replace('’', "'");
        let mut mention_at = vec![None; parse.tokens.len()];
        for (mention, name) in reading.mentions.iter().enumerate() {
            mention_at[parse.tokens_in(name.span)].fill(Some(mention));
        }
        let mut children = vec![Vec::new(); parse.tokens.len()];
        for (token, it) in parse
            .tokens
            .iter()
            .enumerate()
            .filter(|(token, it)| it.head != *token)
        {
            children[it.head].push(token);
        }
        let block_of = |sentence: &std::ops::Range<TokenId>| {
            reading
                .layout
                .block_at(parse.tokens.get(sentence.start)?.span.start)
        };
        let mut scene = Scene {
            cues: Vec::new(),
            according: Vec::new(),
            reckonings: Vec::new(),
            asides: Vec::new(),
            speeches: Vec::new(),
            datelines: Vec::new(),
            voices: Vec::new(),
            verbatim: Vec::new(),
            spoken: false,
            hearing: false,
            informants: BTreeMap::new(),
            brackets: Vec::new(),
            meant: BTreeMap::new(),
            sums: super::money::sums(reading.text, &pack.attribution),
            forms: parse.tokens.iter().map(lower).collect(),
            lemmas: parse
                .tokens
                .iter()
                .map(|token| token.lemma.to_lowercase())
                .collect(),
            blocks: parse.sentences.iter().map(block_of).collect(),
            mention_at,
            children,
            reading,
            pack,
        };
        let words = &pack.attribution;
        let cues = words.certainty.iter();
        let cues = cues.flat_map(|(&certainty, cues)| {
            let phrases = cues.iter().filter(|cue| cue.contains(' '));
            phrases.map(move |cue| (cue.as_str(), certainty))
        });
        let found = scene.phrases(cues.collect());
        scene.cues = found;
        let according = words.according.iter().map(|phrase| (phrase.as_str(), ()));
        let found = scene.phrases(according.collect());
        scene.according = found.into_iter().map(|(range, ())| range).collect();
        scene.reckonings = (0..parse.tokens.len())
            .filter_map(|token| Some((token, scene.reckoned(token)?)))
            .collect();
        scene.asides = scene.find_asides();
        let datelines = reading.dates.iter().enumerate();
        scene.datelines = datelines
            .filter(|(_, date)| scene.is_dateline(date))
            .map(|(number, _)| number)
            .collect();
        scene.brackets = scene.open_brackets();
        scene.speeches = scene.find_speeches();
        scene.hear();
        scene
    }

    pub fn token(&self, token: TokenId) -> &'a Token {
        &self.reading.parse.tokens[token]
    }

    pub fn dep(&self, token: TokenId) -> &'a str {
        &self.token(token).dep
    }

    /// The head, or nothing for a root.
    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        Some(self.token(token).head).filter(|&head| head != token)
    }

    pub fn children_by(&self, token: TokenId, deps: &[&str]) -> impl Iterator<Item = TokenId> {
        self.children[token]
            .iter()
            .copied()
            .filter(move |&child| deps.contains(&self.dep(child)))
    }

    /// The token and all that hangs on it, in the order of the text, in time that grows with what it gives.
    pub fn subtree(&self, root: TokenId) -> Vec<TokenId> {
        let mut found = vec![root];
        let mut next = 0;
        while next < found.len() {
            found.extend(&self.children[found[next]]);
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// Whether the token's form or lemma is among `words`.
    pub fn is_any(&self, token: TokenId, words: &[String]) -> bool {
        words
            .iter()
            .any(|word| *word == self.forms[token] || *word == self.lemmas[token])
    }

    pub fn block_of(&self, token: TokenId) -> Option<BlockId> {
        *self.blocks.get(self.reading.parse.sentence_of(token))?
    }

    /// Whether the token is part of a date.
    pub fn in_date(&self, token: TokenId) -> bool {
        let at = self.token(token).span;
        let next = self
            .reading
            .dates
            .partition_point(|date| date.span.end <= at.start);
        self.reading
            .dates
            .get(next)
            .is_some_and(|date| date.span.overlaps(at))
    }

    /// Whether claims are drawn from the block that holds the token.
    pub fn speaks(&self, token: TokenId) -> bool {
        let kind = self
            .block_of(token)
            .map(|block| self.reading.layout.blocks[block].kind);
        matches!(kind, Some(BlockKind::Paragraph | BlockKind::Item))
    }

    /// Whether the token stands in the report's own frame: a signature, an address.
    pub fn signs(&self, token: TokenId) -> bool {
        let kind = self
            .block_of(token)
            .map(|block| self.reading.layout.blocks[block].kind);
        kind == Some(BlockKind::Matter)
    }

    pub fn sentence_span(&self, token: TokenId) -> Span {
        let parse = self.reading.parse;
        parse
            .sentences
            .get(parse.sentence_of(token))
            .map_or(Span::default(), |tokens| parse.span(tokens.clone()))
    }

    /// The names whose spans lie in `span`, in the order of the text.
    pub fn mentions_in(&self, span: Span) -> impl DoubleEndedIterator<Item = MentionId> {
        let mentions = self.reading.mentions;
        let start = mentions.partition_point(|mention| mention.span.start < span.start);
        let end = mentions.partition_point(|mention| mention.span.end <= span.end);
        start..end.max(start)
    }

    /// The token of a name that the rest of it hangs on.
    pub fn main_token(&self, mention: MentionId) -> Option<TokenId> {
        let tokens = self
            .reading
            .parse
            .tokens_in(self.reading.mentions[mention].span);
        let main = tokens
            .clone()
            .find(|&token| !tokens.contains(&self.token(token).head));
        main.or_else(|| tokens.clone().find(|&token| self.head(token).is_none()))
            .or(tokens.clone().next())
    }

    pub fn kind(&self, mention: MentionId) -> NameType {
        self.reading.mentions[mention].kind
    }

    /// A name as what fills a role.
    pub fn named(&self, mention: MentionId) -> Filler {
        let mention = &self.reading.mentions[mention];
        Filler {
            text: mention.span.of(self.reading.text).to_owned(),
            span: Some(mention.span),
            entity: Some(mention.entity),
        }
    }

    /// Words as what fills a role.
    pub fn quoted(&self, span: Span) -> Filler {
        Filler {
            text: span.of(self.reading.text).to_owned(),
            span: Some(span),
            entity: None,
        }
    }

    /// The bracket that a token stands in, unless the bracket holds the whole sentence.
    pub fn bracket(&self, token: TokenId) -> Option<TokenId> {
        let parse = self.reading.parse;
        let start = parse.sentences.get(parse.sentence_of(token))?.start;
        self.brackets
            .get(token)
            .copied()
            .flatten()
            .filter(|&bracket| bracket > start)
    }

    fn open_brackets(&self) -> Vec<Option<TokenId>> {
        let parse = self.reading.parse;
        let mut brackets = vec![None; parse.tokens.len()];
        for sentence in &parse.sentences {
            let mut open = Vec::new();
            for token in sentence.clone() {
                match self.forms[token].as_str() {
                    "(" | "[" => open.push(token),
                    ")" | "]" => {
                        open.pop();
                    }
                    _ => brackets[token] = open.last().copied(),
                }
            }
        }
        brackets
    }

    /// Where any of these phrases stands, in the order of the text; at one place in the order given.
    fn phrases<T: Copy>(&self, phrases: Vec<(&str, T)>) -> Vec<(Range<TokenId>, T)> {
        let mut by_first: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, (phrase, _)) in phrases.iter().enumerate() {
            let first = phrase.split(' ').next().unwrap_or_default();
            by_first.entry(first).or_default().push(number);
        }
        let mut found = Vec::new();
        for token in 0..self.forms.len() {
            let words = [self.forms[token].as_str(), self.lemmas[token].as_str()];
            let mut numbers: Vec<usize> = words
                .iter()
                .filter_map(|word| by_first.get(word))
                .flatten()
                .copied()
                .collect();
            numbers.sort_unstable();
            numbers.dedup();
            for number in numbers {
                let (phrase, value) = phrases[number];
                if let Some(end) = self.phrase_at(token, phrase) {
                    found.push((token..end, value));
                }
            }
        }
        found
    }

    /// Whether a phrase of lower-case words stands at `token`; gives one past its last token.
    pub fn phrase_at(&self, token: TokenId, phrase: &str) -> Option<TokenId> {
        let mut at = token;
        for word in phrase.split(' ') {
            let here = self.forms.get(at).zip(self.lemmas.get(at));
            here.filter(|(form, lemma)| *form == word || *lemma == word)?;
            at += 1;
        }
        Some(at)
    }
}
