//! Whose words is it? Speech that runs on over sentences and paragraphs: quotations, reports told at length, and
//! the answers of witnesses.

use std::ops::Range;

use svodka_model::{BlockId, BlockKind, NameType, Source, Span, TokenId};

use super::scene::Scene;

/// The label of a remark has at most so many characters.
const LONGEST_REMARK: usize = 60;

/// A transcript has at least so many speeches.
const LEAST_SPEECHES: usize = 4;

/// A report with so many words of sworn evidence is one of a hearing.
const LEAST_SWORN: usize = 4;

/// Whoever is speaking as the text goes on.
#[derive(Clone, Default)]
struct Held {
    sources: Vec<Source>,
    /// How far the speech reaches.
    reach: Reach,
    /// Whether it is an informant's report, set under his code.
    informant: bool,
    /// Whether it is the evidence of a witness, which others may cut short.
    evidence: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Reach {
    /// Over what goes on in indirect speech ("They had met before").
    #[default]
    Indirect,
    /// To the end of the paragraph: it was announced ("reported the following").
    Paragraph,
    /// To the closing quotation mark.
    Quotation,
    /// Over paragraphs, to the signature or the next heading: the text of a letter or statement set under its head.
    Document,
}

/// An act of speech in a sentence.
struct Telling {
    sources: Vec<Source>,
    /// Whether it announces what comes after the sentence.
    announces: bool,
    /// Whether it denies or refuses: who does so speaks for himself, whoever told of him before.
    denies: bool,
}

impl Scene<'_> {
    /// Finds the voices of all sentences.
    pub fn hear(&mut self) {
        let count = self.reading.parse.sentences.len();
        self.voices = vec![Vec::new(); count];
        self.verbatim = vec![false; count];
        let words = &self.pack.attribution;
        let sworn = (0..self.forms.len())
            .filter(|&at| self.is_any(at, &words.evidence))
            .count();
        self.hearing = sworn >= LEAST_SWORN;
        let mut held: Option<Held> = None;
        let mut witness: Option<Source> = None;
        let mut number = 0;
        while number < count {
            let block = self.blocks[number];
            let end = (number..count)
                .find(|&other| self.blocks[other] != block)
                .unwrap_or(count);
            if let Some(id) = block {
                held = self.hear_block(id, number..end, held, &mut witness);
            }
            number = end;
        }
        self.transcribe();
        for (blocks, writer) in self.letters_within() {
            for number in 0..count {
                let within = self.blocks[number].is_some_and(|block| blocks.contains(&block));
                if within && !self.voices[number].contains(&writer) {
                    self.voices[number].insert(0, writer.clone());
                    self.verbatim[number] = true;
                }
            }
        }
    }

    /// Gives each speaker of a transcript his words, if the report holds one.
    fn transcribe(&mut self) {
        let blocks = self.reading.layout.blocks.iter();
        let speakers: Vec<Option<Source>> = blocks.map(|block| self.transcribed(block)).collect();
        if speakers.iter().flatten().count() < LEAST_SPEECHES {
            return;
        }
        for number in 0..self.voices.len() {
            let speaker = self.blocks[number].and_then(|block| speakers[block].clone());
            if let Some(speaker) = speaker {
                self.voices[number] = vec![speaker];
                self.verbatim[number] = true;
            }
        }
    }

    /// Whose running speech a token is part of. What stands in brackets, or is said `by_the_way`, is the report's own
    /// unless the words themselves are the speaker's.
    pub fn voice_at(&self, token: TokenId, by_the_way: bool) -> Vec<Source> {
        let sentence = self.reading.parse.sentence_of(token);
        let verbatim = self
            .verbatim
            .get(sentence)
            .is_some_and(|verbatim| *verbatim);
        if !verbatim && (by_the_way || self.bracket(token).is_some()) {
            return Vec::new();
        }
        self.voices.get(sentence).cloned().unwrap_or_default()
    }

    /// Hears one block; gives who goes on speaking after it.
    fn hear_block(
        &mut self,
        id: BlockId,
        sentences: Range<usize>,
        before: Option<Held>,
        witness: &mut Option<Source>,
    ) -> Option<Held> {
        let layout = self.reading.layout;
        let block = &layout.blocks[id];
        let text = block.span.of(self.reading.text);
        if block.kind == BlockKind::Title {
            return None;
        }
        let told = self.spoken;
        if let Some(sources) = self.set_over(block).filter(|_| told) {
            let tokens = self.reading.parse.tokens_in(block.span);
            return Some(Held {
                sources,
                reach: Reach::Document,
                informant: self.informant_in(tokens).is_some(),
                evidence: false,
            });
        }
        if matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Matter) {
            return None;
        }
        self.spoken = true;
        if let Some(called) = self.called_witness(block) {
            *witness = Some(called);
        }
        let answer = witness.clone().zip(answer_at(text));
        let opens = opens_quotation(text);
        let own = self
            .origin(block)
            .or_else(|| self.footer(sentences.clone()))
            .or_else(|| self.labelled(sentences.clone()));
        // What was announced at the end of the block before is this block; a quotation reaches to its closing mark.
        let document = before
            .as_ref()
            .is_some_and(|held| held.reach == Reach::Document);
        let beside = text.starts_with(['(', '[']) || block.marker.is_some() || self.is_remark(text);
        let named = |held: &Held| {
            held.informant || held.sources.iter().any(|source| source.entity.is_some())
        };
        let tokens = self.reading.parse.tokens_in(block.span);
        let first_person = tokens
            .into_iter()
            .any(|token| self.is_any(token, &self.pack.attribution.own_voice));
        // What nobody is named for is a letter only as long as it says "we".
        let document_ends =
            document && !opens && (beside || !(first_person || before.as_ref().is_some_and(named)));
        let letter = before
            .clone()
            .filter(|_| document && !opens && !document_ends);
        let mut held = before.map(|held| Held {
            reach: match held.reach {
                _ if opens => Reach::Quotation,
                Reach::Document => Reach::Document,
                _ => Reach::Paragraph,
            },
            ..held
        });
        if document_ends {
            held = None;
        }
        let announced = held.is_some();
        let mut open = false;
        for number in sentences.clone() {
            let span = self.span_of(number);
            let words = span.of(self.reading.text);
            let starts_quoted = open || words.starts_with(QUOTES);
            let inside =
                starts_quoted && held.as_ref().is_some_and(|it| it.reach == Reach::Quotation);
            open = still_open(words, open);
            let telling = if inside {
                None
            } else {
                self.telling(number, held.as_ref())
            };
            // What was announced for the whole paragraph goes on when others are quoted in it.
            let announced_before = !announced
                && !held.as_ref().is_some_and(|held| held.evidence)
                && held.as_ref().is_some_and(|held| {
                    held.reach == Reach::Paragraph && self.reaches(held, number, inside)
                });
            let telling = telling.filter(|told| !announced_before || told.announces || told.denies);
            let voice = match (&held, &telling) {
                (Some(held), None) if self.reaches(held, number, inside) => held.sources.clone(),
                _ => Vec::new(),
            };
            self.verbatim[number] = inside && !voice.is_empty();
            self.voices[number] = voice;
            held = match telling {
                Some(telling) => {
                    // What a witness says at a hearing fills his paragraph.
                    let first = number == sentences.start;
                    let evidence = self.hearing
                        && first
                        && telling.sources.iter().any(|it| {
                            it.entity.is_some_and(|id| {
                                self.reading.entities[id.0].kind == NameType::Person
                            })
                        });
                    let reach = match (open, telling.announces || evidence) {
                        (true, _) => Reach::Quotation,
                        (false, true) => Reach::Paragraph,
                        (false, false) => Reach::Indirect,
                    };
                    Some(Held {
                        sources: telling.sources,
                        reach,
                        informant: false,
                        evidence,
                    })
                }
                None if inside && !open => None,
                None => held.filter(|_| inside || !self.voices[number].is_empty()),
            };
        }
        if let Some((source, at)) = answer {
            let at = block.span.start + at;
            for number in sentences.clone() {
                if self.span_of(number).end > at {
                    self.voices[number] = vec![source.clone()];
                    self.verbatim[number] = true;
                }
            }
        }
        if let Some(letter) = letter {
            for number in sentences.clone() {
                self.voices[number].clone_from(&letter.sources);
                self.verbatim[number] = true;
            }
            return Some(letter);
        }
        if let Some(sources) = own {
            for voice in &mut self.voices[sentences] {
                if voice.is_empty() {
                    voice.clone_from(&sources);
                }
            }
        }
        let line = announced && !opens && self.touches_next(id);
        let goes_on = line || ends_in_colon(text);
        let quoted = announced && opens && open;
        held.filter(|held| goes_on || quoted && held.reach == Reach::Quotation)
    }

    /// Whether words begin as a remark on the document that they stand behind: "Remark of the officer: …".
    fn is_remark(&self, text: &str) -> bool {
        let label = text.split_once(':').map_or("", |(label, _)| label);
        let first = label.split_whitespace().next().unwrap_or_default();
        let first = first.to_lowercase();
        label.len() <= LONGEST_REMARK && self.pack.attribution.remarks.contains(&first)
    }

    /// Whether the next block stands on the next line, as the rows of a table do.
    fn touches_next(&self, id: BlockId) -> bool {
        let blocks = &self.reading.layout.blocks;
        blocks.get(id + 1).is_some_and(|next| {
            let start = next.marker.map_or(next.span.start, |marker| marker.start);
            let gap = self.reading.text.get(blocks[id].span.end..start);
            gap.is_some_and(|gap| gap.matches('\n').count() < 2)
        })
    }

    pub fn span_of(&self, number: usize) -> Span {
        let parse = self.reading.parse;
        parse.span(parse.sentences[number].clone())
    }

    /// Whether a voice reaches over a sentence that names no new speaker.
    fn reaches(&self, held: &Held, number: usize, inside: bool) -> bool {
        let range = self.reading.parse.sentences[number].clone();
        match held.reach {
            Reach::Quotation => inside,
            Reach::Document => true,
            Reach::Paragraph => !self.in_own_voice(range),
            Reach::Indirect => !self.in_own_voice(range.clone()) && self.is_indirect(range),
        }
    }

    /// Whether the report speaks for itself: its subject is "I" or "we".
    fn in_own_voice(&self, mut sentence: Range<TokenId>) -> bool {
        sentence.any(|token| {
            self.is_any(token, &self.pack.attribution.own_voice)
                && matches!(self.dep(token), "nsubj" | "nsubjpass" | "poss")
                && self.dep(self.clause(token)) == "ROOT"
        })
    }

    /// Whether a sentence goes on in indirect speech: its main verb stands in the past perfect or tells of what was
    /// to come.
    fn is_indirect(&self, mut sentence: Range<TokenId>) -> bool {
        let root = sentence.find(|&token| self.head(token).is_none());
        root.is_some_and(|root| {
            let tag = &*self.token(root).tag;
            let prospects = &self.pack.attribution.prospects;
            self.children_by(root, &["aux"]).any(|auxiliary| {
                tag == "VBN" && &*self.token(auxiliary).tag == "VBD"
                    || tag == "VB" && self.is_any(auxiliary, prospects)
            })
        })
    }

    /// The last act of speech on a sentence's main line.
    fn telling(&mut self, number: usize, held: Option<&Held>) -> Option<Telling> {
        let range = self.reading.parse.sentences[number].clone();
        let words = &self.pack.attribution;
        let text = self.span_of(number).of(self.reading.text);
        // "… carries the following: "We ask": the quotation begins within the sentence.
        let before_quote = text.rfind(QUOTES).map(|at| &text[..at]);
        let quotes = still_open(text, false) && before_quote.is_some_and(ends_in_colon);
        let goes_on = ends_in_colon(text) || quotes;
        let verbs: Vec<TokenId> = range
            .clone()
            .filter(|&token| {
                let says = self.is_any(token, &words.sayings)
                    || self.is_any(token, &words.denials)
                    || self.says(token);
                says && (self.on_main_line(token) || self.announces_all(token))
            })
            .collect();
        let subjects: Vec<TokenId> = range
            .clone()
            .filter(|&token| {
                let verb = self.head(token).filter(|_| self.dep(token) == "nsubj");
                verb.is_some_and(|verb| {
                    self.is_any(verb, &words.sayings) || self.is_any(verb, &words.vouching)
                })
            })
            .collect();
        for subject in subjects {
            let meant = held
                .filter(|_| self.points_back(subject))
                .map(|held| &held.sources);
            let known = || self.informants.get(&self.lemmas[subject]);
            let bare = self.mention_at[subject].is_none()
                && self
                    .children_by(subject, &["det", "poss", "nummod", "appos", "prep"])
                    .all(|child| self.is_any(child, &words.pointers));
            let meant = meant.or_else(|| known().filter(|_| bare)).cloned();
            if let Some(meant) = meant {
                self.meant.insert(subject, meant);
            } else if self.is_any(subject, &words.witnesses) {
                let mut sources = Vec::new();
                self.add_speaker(subject, &mut sources);
                self.informants
                    .insert(self.lemmas[subject].clone(), sources);
            }
        }
        let mut found: Option<Telling> = None;
        for verb in verbs {
            let follows = &self.pack.attribution.follows;
            let mut words = self.subtree(verb).into_iter();
            let announces =
                goes_on || words.any(|token| token > verb && self.is_any(token, follows));
            let complements = ["ccomp", "xcomp", "dobj", "prep"];
            let said = self.children_by(verb, &complements).next().is_some();
            if !(said || announces || self.is_by_the_way(verb)) {
                continue;
            }
            let subjects = self.speakers_of(verb, &range);
            let mut sources = Vec::new();
            for subject in subjects {
                self.add_speaker(subject, &mut sources);
            }
            if !sources.is_empty() {
                found = Some(Telling {
                    sources,
                    announces,
                    denies: self.is_any(verb, &self.pack.attribution.denials),
                });
            }
        }
        for (verb, speaker) in self.asides_in(range.clone()) {
            let mut sources = Vec::new();
            self.add_speaker(speaker, &mut sources);
            let colon = self.forms.get(verb + 1).is_some_and(|next| next == ":");
            if (found.is_none() || colon) && !sources.is_empty() {
                let closed = text.trim_end().ends_with(['"', '”', '»']);
                let announces = goes_on || colon && !closed;
                found = Some(Telling {
                    sources,
                    announces,
                    denies: false,
                });
            }
        }
        let first = range.start;
        for (_, speakers) in self.according(first) {
            let mut sources = Vec::new();
            self.add_sources(&speakers, &mut sources);
            if found.is_none() && !sources.is_empty() {
                found = Some(Telling {
                    sources,
                    announces: goes_on,
                    denies: false,
                });
            }
        }
        if found.is_none() && goes_on {
            let source = self.author_in(range);
            found = source.map(|sources| Telling {
                sources,
                announces: true,
                denies: false,
            });
        }
        found
    }

    /// Whether a verb of saying has a colon behind it: "who states as follows:".
    fn announces_all(&self, verb: TokenId) -> bool {
        let follows = &self.pack.attribution.follows;
        let mut after = (verb + 1..self.forms.len()).take(3);
        let colon = after.find(|&at| {
            !self.is_any(at, follows) && !matches!(self.forms[at].as_str(), "as" | "the")
        });
        colon.is_some_and(|at| self.forms[at] == ":") && self.says(verb)
    }

    /// Whether a verb is the sentence's main verb, joined to it, or says by the way who speaks.
    pub fn on_main_line(&self, verb: TokenId) -> bool {
        let mut at = verb;
        while let Some(head) = self.head(at) {
            let main = match self.dep(at) {
                "conj" | "parataxis" => true,
                "ccomp" | "advcl" => self.is_by_the_way(at) || self.dep(at) == "ccomp" && at < head,
                _ => false,
            };
            if !main {
                return false;
            }
            at = head;
        }
        matches!(&*self.token(verb).pos, "VERB" | "AUX")
    }

    /// Whether a speaker is one told of before: a pronoun, or "this source", "the same informant".
    fn points_back(&self, token: TokenId) -> bool {
        let words = &self.pack.attribution;
        let pronoun = self.is_any(token, &words.personal) || self.is_any(token, &words.plural);
        pronoun
            || self.mention_at[token].is_none()
                && self.is_any(token, &words.witnesses)
                && self
                    .children_by(token, &["det", "amod"])
                    .any(|child| self.is_any(child, &words.pointers))
    }
}

/// Marks that open a quotation.
pub(crate) const QUOTES: [char; 4] = ['"', '“', '«', '„'];

/// Whether words begin with a quotation that does not end among their first ("“Truth” is an organisation").
fn opens_quotation(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(QUOTES) else {
        return false;
    };
    let end = rest.find(['"', '”', '»']).unwrap_or(rest.len());
    end * 2 > rest.len()
}

/// Whether words announce what comes next.
fn ends_in_colon(words: &str) -> bool {
    words
        .trim_end_matches(['—', '–', '-', ' ', '"', '“', ']', ')'])
        .ends_with(':')
}

/// Where the answer begins in a line of question and answer ("Where do you work?—At Guzhon").
fn answer_at(text: &str) -> Option<usize> {
    text.match_indices('?').find_map(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches([')', '"', '”', ' ']);
        rest.starts_with(['—', '–', '-']).then_some(at + 1)
    })
}

/// Whether a quotation is open behind these words, if one was or was not before them.
fn still_open(words: &str, open: bool) -> bool {
    words.chars().fold(open, |open, c| match c {
        '“' | '«' | '„' => true,
        '”' | '»' => false,
        '"' => !open,
        _ => open,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use svodka_model::{EntityId, Source};

    use super::super::sources::add;
    use super::{answer_at, still_open};

    #[test]
    fn an_answer_begins_behind_the_question_and_its_dash() {
        let cases = [
            ("Where do you work?—At Guzhon.", Some("—At Guzhon.")),
            ("(Mr. Hill.) Was it so? — Yes. Why?", Some(" — Yes. Why?")),
            ("Did he say \"Stop?\"—He did.", Some("\"—He did.")),
            ("Who knows? Nobody.", None),
        ];
        for (text, answer) in cases {
            assert_eq!(answer_at(text).map(|at| &text[at..]), answer, "{text}");
        }
    }

    #[test]
    fn a_quotation_is_open_until_its_closing_mark() {
        for (words, open) in [
            ("He says: “We", true),
            ("We go.”", false),
            ("\"A\" and \"B", true),
            ("none", false),
        ] {
            assert_eq!(still_open(words, false), open, "{words}");
        }
        assert!(still_open("it goes on", true));
    }

    proptest! {
        #[test]
        fn a_text_in_parts_leaves_open_what_it_does_as_a_whole(words in "[a\"“”]{0,12}", more in "[a\"“”]{0,12}", open: bool) {
            let whole = format!("{words}{more}");
            prop_assert_eq!(still_open(&whole, open), still_open(&more, still_open(&words, open)));
        }

        #[test]
        fn an_answer_begins_on_a_character(text in ".{0,40}") {
            prop_assert!(answer_at(&text).is_none_or(|at| text.is_char_boundary(at)));
        }

        #[test]
        fn sources_are_each_named_once_in_the_order_of_their_coming(names in proptest::collection::vec(0_usize..4, 0..12)) {
            let source = |&name: &usize| Source { text: format!("S{name}"), entity: (name > 1).then_some(EntityId(name)) };
            let mut sources = Vec::new();
            names.iter().for_each(|name| add(&mut sources, source(name)));
            let mut first = Vec::new();
            names.iter().filter(|name| { let new = !first.contains(*name); if new { first.push(**name); } new }).for_each(drop);
            let expected: Vec<Source> = first.iter().map(source).collect();
            prop_assert_eq!(&sources, &expected);
            // Naming them all again changes nothing.
            names.iter().for_each(|name| add(&mut sources, source(name)));
            prop_assert_eq!(sources, expected);
        }
    }
}
