//! What pronouns and pointing phrases ("this factory", "the group") stand for.

use svodka_model::{BlockId, MentionId, NameType, Span, TokenId};
use svodka_pack::{Accepts, WordList};

use super::scene::Scene;

/// How many sentences back a pronoun may reach.
const PRONOUN_REACH: usize = 2;
/// How many names back "the league" may reach for a league.
const CALLED_REACH: usize = 30;
/// How many blocks back a pointing phrase or an unnamed role may reach.
const BLOCK_REACH: usize = 2;

impl Scene<'_> {
    /// The name that a pronoun or a pointing noun phrase stands for; nothing if the token names or means
    /// something of its own, or nothing fits.
    pub fn refers_to(&self, token: TokenId, accepts: &Accepts) -> Option<MentionId> {
        let words = &self.pack.attribution;
        if words.personal.contains(&self.forms[token]) {
            let accepts_person = accepts.names.contains(&NameType::Person);
            return accepts_person
                .then(|| self.recent(token, &[NameType::Person], PRONOUN_REACH))?;
        }
        if words.collective.contains(&self.forms[token]) {
            let bodies: Vec<_> = accepts
                .names
                .iter()
                .copied()
                .filter(|&kind| matches!(kind, NameType::Org | NameType::Work))
                .collect();
            return self.recent(token, &bodies, PRONOUN_REACH);
        }
        let kind = *words.anaphors.get(&self.lemmas[token])?;
        let mut children = self.children[token].iter().copied();
        let points = self
            .children_by(token, &["det", "poss", "amod"])
            .any(|det| self.is_any(det, &words.pointers));
        let bare = children.all(|child| {
            matches!(
                self.dep(child),
                "det" | "poss" | "case" | "punct" | "cc" | "conj"
            ) || self.is_any(child, &words.pointers)
        });
        if !bare || !points || !accepts.names.contains(&kind) {
            return None;
        }
        let label = self
            .block_of(token)
            .and_then(|block| self.reading.layout.blocks[block].label);
        let label = label.and_then(|label| {
            self.mentions_in(label)
                .find(|&name| self.kind(name) == kind)
        });
        label
            .or_else(|| self.called(token, kind))
            .or_else(|| self.recent(token, &[kind], usize::MAX))
            .or_else(|| {
                let accepts = Accepts {
                    names: vec![kind],
                    ..Accepts::default()
                };
                self.nearest(token, None, &accepts)
            })
    }

    /// The people or body of a listed kind that "they" or "it" last stood for: the subject, or else the last such noun,
    /// of the same sentence or of the sentences before it in the block.
    pub fn they(&self, token: TokenId, heads: &WordList) -> Option<TokenId> {
        let words = &self.pack.attribution;
        let tags = if words.plural.contains(&self.forms[token]) {
            ["NNS", "NNPS"]
        } else if words.collective.contains(&self.forms[token]) && &*self.token(token).tag == "PRP"
        {
            ["NN", "NNP"]
        } else {
            return None;
        };
        let fits = |&at: &TokenId| {
            tags.contains(&&*self.token(at).tag)
                && self.mention_at[at].is_none()
                && (heads.contains(&self.lemmas[at]) || heads.contains(&self.forms[at]))
        };
        let parse = self.reading.parse;
        let sentence = parse.sentence_of(token);
        let block = self.blocks.get(sentence)?;
        let first = sentence.saturating_sub(PRONOUN_REACH);
        (first..=sentence)
            .rev()
            .take_while(|&number| self.blocks[number] == *block)
            .find_map(|number| {
                let range = parse.sentences[number].clone();
                let found: Vec<TokenId> =
                    (range.start..range.end.min(token)).filter(fits).collect();
                let subject = found
                    .iter()
                    .copied()
                    .find(|&at| matches!(self.dep(at), "nsubj" | "nsubjpass"));
                subject.or(found.last().copied())
            })
    }

    /// The last thing before the token whose name holds the very noun: "the league" is the Miners' League.
    fn called(&self, token: TokenId, kind: NameType) -> Option<MentionId> {
        let noun = &self.lemmas[token];
        let before = Span::new(0, self.token(token).span.start);
        let reading = self.reading;
        self.mentions_in(before)
            .rev()
            .take(CALLED_REACH)
            .find(|&name| {
                let entity = &reading.entities[reading.mentions[name].entity.0];
                let holds = |name: &String| {
                    name.split(|c: char| !c.is_alphanumeric())
                        .any(|word| word.to_lowercase() == *noun)
                };
                entity.kind == kind && entity.names.iter().chain([&entity.name]).any(holds)
            })
    }

    /// The name of one of these types that the text was last about: of the sentence itself before the token, its
    /// first subject or else its last such name; else of the sentences before, in the same block.
    fn recent(&self, token: TokenId, kinds: &[NameType], reach: usize) -> Option<MentionId> {
        let parse = self.reading.parse;
        let sentence = parse.sentence_of(token);
        let block = self.blocks.get(sentence)?;
        let first = sentence.saturating_sub(reach);
        for number in (first..=sentence)
            .rev()
            .take_while(|&number| self.blocks[number] == *block)
        {
            let mut span = parse.span(parse.sentences[number].clone());
            if number == sentence {
                span = Span::new(span.start, self.token(token).span.start);
            }
            let fitting: Vec<_> = self
                .mentions_in(span)
                .filter(|&name| kinds.contains(&self.kind(name)))
                .collect();
            let subject = fitting.iter().copied().find(|&name| {
                self.main_token(name)
                    .is_some_and(|main| matches!(self.dep(main), "nsubj" | "nsubjpass"))
            });
            if let Some(found) = subject.or(fitting.last().copied()) {
                return Some(found);
            }
        }
        None
    }

    /// The nearest fitting name before the token's sentence: in its block, the block's label, its introduction,
    /// a block shortly before in the same section, or the section's heading.
    pub fn nearest(
        &self,
        token: TokenId,
        item: Option<BlockId>,
        accepts: &Accepts,
    ) -> Option<MentionId> {
        // What may be a place of work or a place is, where both are near, the place of work.
        let work = [NameType::Workplace];
        let places = accepts.names.contains(&NameType::Workplace)
            && accepts.names.contains(&NameType::Place);
        places
            .then(|| self.nearest_of(token, item, &work))
            .flatten()
            .or_else(|| self.nearest_of(token, item, &accepts.names))
    }

    fn nearest_of(
        &self,
        token: TokenId,
        item: Option<BlockId>,
        kinds: &[NameType],
    ) -> Option<MentionId> {
        let fits = |mention: &MentionId| kinds.contains(&self.kind(*mention));
        let layout = self.reading.layout;
        let number = item.or_else(|| self.block_of(token))?;
        let block = &layout.blocks[number];
        let before = Span::new(block.span.start, self.token(token).span.start);
        let own = self.mentions_in(before).rev().find(fits);
        let label = || self.mentions_in(block.label?).find(fits);
        let intro = || {
            self.mentions_in(layout.blocks[block.introduced_by?].span)
                .rev()
                .find(fits)
        };
        let earlier = || {
            let blocks = layout.blocks[number.saturating_sub(BLOCK_REACH)..number]
                .iter()
                .rev();
            let mut blocks = blocks
                .take_while(|block| !matches!(block.kind, svodka_model::BlockKind::Heading { .. }));
            blocks.find_map(|block| self.mentions_in(block.span).rev().find(fits))
        };
        let heading = || {
            let mut above = layout.blocks[..number].iter().rev();
            let heading = above
                .find(|block| matches!(block.kind, svodka_model::BlockKind::Heading { .. }))?;
            self.mentions_in(heading.span).find(fits)
        };
        own.or_else(label)
            .or_else(intro)
            .or_else(earlier)
            .or_else(heading)
    }
}
