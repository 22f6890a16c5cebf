//! Whose words are set over a passage? The heads of letters and lists, witnesses called, sources named in labels.

use std::ops::Range;

use svodka_model::{Block, BlockId, BlockKind, MentionId, NameType, Source, Span, TokenId};

use super::scene::Scene;
use super::sources::add;
use super::voices::QUOTES;

/// A witness is called in a paragraph of at most this many characters.
const LONGEST_CALL: usize = 160;
/// A paragraph names its source in at most this many characters.
const LONGEST_ORIGIN: usize = 60;
/// Before a speaker's name in a transcript stand at most so many characters: "Senator", "Mr."
const LONGEST_TITLE: usize = 24;
/// A letter is headed in at most this many characters.
const LONGEST_HEAD: usize = 240;
/// A head that names nobody has more than these many words.
const SHORTEST_HEAD: usize = 3;

impl Scene<'_> {
    /// The account that a sentence names with its owner: "(data of the labour department):".
    pub fn account_in(&self, mut sentence: Range<TokenId>) -> Option<Vec<Source>> {
        let words = &self.pack.attribution;
        let account = sentence
            .find(|&token| self.is_any(token, &words.accounts) && !self.owners(token).is_empty())?;
        let mut sources = Vec::new();
        self.add_account(account, &mut sources);
        Some(sources)
    }

    /// Who writes to whom, in words without a verb: "Percy Lugg to his sister, 8th October".
    pub fn letter_head(&self, range: Range<TokenId>) -> Option<Vec<Source>> {
        let span = self.reading.parse.span(range.clone());
        if self.tells(range.clone()) {
            return None;
        }
        let writer = self
            .mentions_in(span)
            .find(|&name| matches!(self.kind(name), NameType::Person | NameType::Org))?;
        let end = self
            .reading
            .parse
            .tokens_in(self.reading.mentions[writer].span)
            .end;
        let addressed = (end..range.end).any(|token| {
            self.is_any(token, &self.pack.attribution.addressed)
                && matches!(self.dep(token), "prep" | "dative" | "aux")
                && self.bracket(token).is_none()
        });
        addressed.then(|| vec![self.source_of(writer)])
    }

    /// Whose the words are that a sentence sets over them: who writes to whom, whose account it is, the newspaper that
    /// it is from, or the document itself.
    pub fn author_in(&self, range: Range<TokenId>) -> Option<Vec<Source>> {
        let owned = |sources: &Vec<Source>| sources.iter().any(|source| source.entity.is_some());
        let account = self.account_in(range.clone());
        let print = || {
            let span = self.reading.parse.span(range.clone());
            let print = self
                .mentions_in(span)
                .find(|&name| self.kind(name) == NameType::Work)?;
            Some(vec![self.source_of(print)])
        };
        let written = self.letter_head(range.clone());
        written
            .or_else(|| account.clone().filter(owned))
            .or_else(print)
            .or(account)
            .or_else(|| self.document_in(range.clone()))
    }

    /// The document that a sentence speaks of, where it names nobody: the letter itself.
    pub fn document_in(&self, mut range: Range<TokenId>) -> Option<Vec<Source>> {
        let document = range.rfind(|&token| {
            self.is_any(token, &self.pack.attribution.documents)
                && &*self.token(token).pos != "VERB"
        })?;
        let mut sources = Vec::new();
        self.add_account(document, &mut sources);
        Some(sources)
    }

    /// The writer or the document that a short block without a verb sets over what follows it: "Enclosure A. J. H.
    /// Tarrant to the Commercial Secretary", "Statement of the watchman Petrov".
    pub fn set_over(&self, block: &Block) -> Option<Vec<Source>> {
        let text = block.span.of(self.reading.text);
        if block.span.len() > LONGEST_HEAD {
            return None;
        }
        let range = self.reading.parse.tokens_in(block.span);
        let documents = &self.pack.attribution.documents;
        let named = range.clone().any(|token| self.is_any(token, documents));
        let pasted = text.starts_with('[') && text.trim_end_matches([']', ' ']).ends_with(':');
        if let Some((informant, end)) = self.informant_in(range.clone())
            && !self.tells(range.start..end)
            && !self.tells(end..range.end)
        {
            return Some(vec![informant]);
        }
        if self.tells(range.clone()) {
            return None;
        }
        // "I. P. Lukyanov, tram conductor, September 21:" has what follows from him.
        if text.ends_with(':')
            && let Some(name) = self.mentions_in(block.span).next()
            && self.kind(name) == NameType::Person
            && self.reading.mentions[name].span.start == block.span.start
        {
            return Some(vec![self.source_of(name)]);
        }
        if !(named || pasted) {
            return None;
        }
        let heading = matches!(block.kind, BlockKind::Heading { .. });
        let owned = |sources: &Vec<Source>| sources.iter().any(|it| it.entity.is_some());
        // A heading that only says "Minutes" is a heading; a word alone is nobody's.
        let author = self.author_in(range.clone())?;
        let author = match range.clone().find(|&token| self.is_any(token, documents)) {
            Some(document) if !owned(&author) => {
                self.writer_before(document).map_or(author, |it| vec![it])
            }
            _ => author,
        };
        (owned(&author) || !heading && range.len() > SHORTEST_HEAD).then_some(author)
    }

    /// The informant and the end of his code that words without a verb name by his code or name: "Agent "Syomin", 18 February", "Source 14.".
    pub fn informant_in(&self, range: Range<TokenId>) -> Option<(Source, TokenId)> {
        let witness = range
            .clone()
            .find(|&token| self.is_any(token, &self.pack.attribution.witnesses))?;
        let after = (witness + 1..range.end)
            .find(|&at| !matches!(self.forms[at].as_str(), ":" | "no" | "no." | "."))?;
        if let Some(name) = self.mention_at[after] {
            let end = self
                .reading
                .parse
                .tokens_in(self.reading.mentions[name].span)
                .end;
            return (self.kind(name) == NameType::Person).then(|| (self.source_of(name), end));
        }
        let quoted = self.forms[after].starts_with(QUOTES);
        let code = self.forms[after].starts_with('#')
            || self.forms[after].contains(|c: char| c.is_ascii_digit()) && !self.in_date(after)
            || matches!(&*self.token(after).pos, "NUM" | "PROPN") && !self.in_date(after);
        if !(quoted || code) {
            return None;
        }
        let text = self.reading.text;
        let start = if quoted { after } else { witness };
        let inside = |at: &TokenId| {
            let mark = &*self.token(*at).pos == "PUNCT"
                && !matches!(self.forms[*at].as_str(), "-" | "." | "#");
            !mark && !self.in_date(*at)
        };
        let first = if quoted { after + 1 } else { after };
        // A code is written in one ("14/B"); what stands between quotation marks may be several words.
        let touches = |at: &TokenId| {
            quoted || *at == first || self.token(*at - 1).span.end == self.token(*at).span.start
        };
        let last = (first..range.end)
            .take_while(|at| inside(at) && touches(at))
            .last()?;
        let end = self.token(last).span.end;
        let start = if quoted {
            self.token(first).span.start
        } else {
            self.token(start).span.start
        };
        let name = Span::new(start, end).of(text).trim_end_matches('.');
        let source = Source {
            text: name.to_owned(),
            entity: None,
        };
        Some((source, last + 1))
    }

    /// Who speaks in a block by the label that it begins with, which is no sentence: ""Fisher" (B 2), 19th March.".
    pub fn labelled(&self, sentences: Range<usize>) -> Option<Vec<Source>> {
        let first = sentences.start;
        let span = self.span_of(first);
        let range = self.reading.parse.sentences[first].clone();
        if sentences.len() < 2 || span.len() > LONGEST_ORIGIN || self.tells(range.clone()) {
            return None;
        }
        if let Some((informant, _)) = self.informant_in(range.clone()) {
            return Some(vec![informant]);
        }
        let mut names = self.mentions_in(span);
        if names.any(|name| !matches!(self.kind(name), NameType::Person | NameType::Place)) {
            return None;
        }
        let text = span.of(self.reading.text);
        let rest = text.strip_prefix(QUOTES)?;
        let end = rest.find(['"', '”', '»'])?;
        let after = rest[end..].trim_start_matches(['"', '”', '»', ' ']);
        let label = after.starts_with(['(', ',', '.', ':', '—']);
        label.then(|| {
            vec![Source {
                text: rest[..end].trim_end_matches([',', '.']).to_owned(),
                entity: None,
            }]
        })
    }

    /// Who wrote the document that a head only calls "the letter", if the text has named him with it before.
    fn writer_before(&self, document: TokenId) -> Option<Source> {
        let same = |&at: &TokenId| self.lemmas[at] == self.lemmas[document];
        let before = (0..document).rev().filter(same).take(3);
        let person = |owner: TokenId| {
            self.mention_at[owner].filter(|&name| self.kind(name) == NameType::Person)
        };
        let mut writers = before.filter_map(|at| {
            let parse = self.reading.parse;
            let end = parse.sentences[parse.sentence_of(at)].end;
            let mut after =
                (at + 1..end).filter(|&at| self.is_any(at, &self.pack.attribution.belonging));
            let behind = |link: TokenId| (link + 1..end.min(link + 3)).find_map(person);
            after.find_map(behind)
        });
        writers.next().map(|name| self.source_of(name))
    }

    /// Whether words tell something: a finite verb with its subject stands in them, outside brackets.
    fn tells(&self, words: Range<TokenId>) -> bool {
        words.clone().any(|token| {
            matches!(&*self.token(token).tag, "VBD" | "VBZ" | "VBP" | "MD")
                && self.bracket(token).is_none()
                && self
                    .children_by(token, &["nsubj", "nsubjpass", "expl"])
                    .any(|subject| words.contains(&subject))
        })
    }

    /// Letters given in full within the report: the blocks from each one's salutation to its signature, and who signs.
    /// A salutation with which the report itself begins is its own.
    pub fn letters_within(&self) -> Vec<(Range<BlockId>, Source)> {
        let blocks = &self.reading.layout.blocks;
        let mut found: Vec<(Range<BlockId>, Source)> = Vec::new();
        let mut told = 0;
        for (id, block) in blocks.iter().enumerate() {
            let open = found.last().is_some_and(|(letter, _)| letter.end > id);
            if !open && told > LONGEST_HEAD && self.is_salutation(block.span.of(self.reading.text))
            {
                let signature = (id + 1..blocks.len())
                    .take_while(|&at| {
                        !self.is_salutation(blocks[at].span.of(self.reading.text))
                            && blocks[at].kind != BlockKind::Title
                    })
                    .find_map(|at| Some((at, self.signature_in(&blocks[at])?)));
                if let Some((end, writer)) = signature {
                    found.push((id..end + 1, writer));
                }
            }
            if matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
                told += block.span.len();
            }
        }
        // Who signs the report itself is not quoted in it.
        let last = blocks
            .iter()
            .rev()
            .find_map(|block| self.signature_in(block));
        found.retain(|(_, writer)| last.as_ref() != Some(writer));
        found
    }

    /// Whether words begin as a letter does: "GENTLEMEN,—", "Dear comrade!".
    fn is_salutation(&self, text: &str) -> bool {
        let text = text.trim_start_matches(['"', '“', '«', '(', '[']);
        let end = text.find([',', '!', ':', '—', '.']).unwrap_or(0);
        let opening = text[..end].to_lowercase();
        self.pack.attribution.salutations.contains(&opening)
    }

    /// Who signs in a short block that tells nothing.
    fn signature_in(&self, block: &Block) -> Option<Source> {
        let range = self.reading.parse.tokens_in(block.span);
        if block.span.len() > LONGEST_ORIGIN || self.tells(range) || block.marker.is_some() {
            return None;
        }
        let mut names = self.mentions_in(block.span);
        let name = names.find(|&name| self.kind(name) == NameType::Person)?;
        // The name ends the line or begins it: a heading that speaks of somebody is no signature.
        let span = self.reading.mentions[name].span;
        let first = block.span.start + 6 > span.start;
        let alone = block.span.end < span.end + 3 || first && self.kind(name) == NameType::Person;
        alone.then(|| self.source_of(name))
    }

    /// Who speaks in a block of a transcript, where the speaker's name stands before his words: "Mr. DRABIK. No, sir."
    pub fn transcribed(&self, block: &Block) -> Option<Source> {
        let name = self.mentions_in(block.span).next()?;
        let span = self.reading.mentions[name].span;
        let before = Span::new(block.span.start, span.start).of(self.reading.text);
        let after = self.reading.text[span.end..block.span.end].chars().next()?;
        let label = before.len() <= LONGEST_TITLE
            && before
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | ' '));
        let words = span.of(self.reading.text).split_whitespace();
        let surname = words.last()?;
        let capitals = surname.chars().count() > 2 && !surname.contains(char::is_lowercase);
        (self.kind(name) == NameType::Person && label && capitals && matches!(after, '.' | ':'))
            .then(|| self.source_of(name))
    }

    /// Who is called as a witness in a short paragraph of his own: "Peter Grant, cutter, sworn."
    pub fn called_witness(&self, block: &Block) -> Option<Source> {
        let words = &self.pack.attribution;
        let mut tokens = self.reading.parse.tokens_in(block.span);
        let called = block.span.len() <= LONGEST_CALL
            && tokens.any(|token| self.is_any(token, &words.sworn));
        if !called {
            return None;
        }
        let name = self
            .mentions_in(block.span)
            .find(|&name| self.kind(name) == NameType::Person);
        name.map(|name| self.source_of(name)).or_else(|| {
            let text = block.span.of(self.reading.text);
            let (caller, _) = text.split_once(',')?;
            Some(Source {
                text: caller.trim().to_owned(),
                entity: None,
            })
        })
    }

    pub fn source_of(&self, name: MentionId) -> Source {
        let name = self.named(name);
        Source {
            text: name.text,
            entity: name.entity,
        }
    }

    /// The source that a block names at its start: "From K.3:", "Source: a foreman."
    pub fn origin(&self, block: &Block) -> Option<Vec<Source>> {
        let text = block.span.of(self.reading.text);
        let colon = text.find(':').filter(|&at| at <= LONGEST_ORIGIN)?;
        let label = &text[..colon];
        let lower = label.to_lowercase();
        let origins = &self.pack.attribution.origins;
        let word = origins
            .iter()
            .filter(|&word| {
                let rest = lower.strip_prefix(word.as_str());
                rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
            .max_by_key(|word| word.len())?;
        let rest = label.get(word.len()..)?.trim();
        let (start, end) = if rest.is_empty() {
            let after = &text[colon + 1..];
            let start = colon + 1 + (after.len() - after.trim_start().len());
            let stop = text[start..].find(['.', ';', '\n']);
            (start, stop.map_or(text.len(), |stop| start + stop))
        } else {
            (colon - rest.len(), colon)
        };
        let span = Span::new(block.span.start + start, block.span.start + end);
        if span.len() > LONGEST_ORIGIN || span.is_empty() {
            return None;
        }
        let name = self
            .mentions_in(span)
            .find(|&name| matches!(self.kind(name), NameType::Person | NameType::Org));
        let source = name.map_or_else(
            || Source {
                text: span.of(self.reading.text).to_owned(),
                entity: None,
            },
            |name| self.source_of(name),
        );
        Some(vec![source])
    }

    /// The source that a block names in brackets at its end: "(Information of Kovalev.)"
    pub fn footer(&self, sentences: Range<usize>) -> Option<Vec<Source>> {
        let last = sentences.last()?;
        let words = self.span_of(last).of(self.reading.text).trim();
        if !words.starts_with(['(', '[']) || !words.trim_end_matches('.').ends_with([')', ']']) {
            return None;
        }
        let range = self.reading.parse.sentences[last].clone();
        let root = range.clone().find(|&token| self.head(token).is_none())?;
        if !self.is_any(root, &self.pack.attribution.accounts) {
            return None;
        }
        self.account_in(range)
    }

    /// What the introduction of a list says of its items' source.
    pub fn introducers(&self, intro: BlockId) -> Vec<Source> {
        let tokens = self
            .reading
            .parse
            .tokens_in(self.reading.layout.blocks[intro].span);
        let Some(last) = tokens.clone().next_back() else {
            return Vec::new();
        };
        let number = self.reading.parse.sentence_of(last);
        let range = self.reading.parse.sentences[number].clone();
        let mut sources = Vec::new();
        for (_, speakers) in self.according(range.start) {
            self.add_sources(&speakers, &mut sources);
        }
        let words = &self.pack.attribution;
        for verb in range.clone() {
            if self.is_any(verb, &words.sayings) && self.on_main_line(verb) {
                for subject in self.subject(verb) {
                    self.add_speaker(subject, &mut sources);
                }
            }
        }
        if sources.is_empty() {
            sources = self.account_in(range).unwrap_or_default();
        }
        let mut each = Vec::new();
        sources
            .into_iter()
            .for_each(|source| add(&mut each, source));
        each
    }
}
