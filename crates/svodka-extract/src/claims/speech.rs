//! What is said in a sentence, by its order of words: "X, who …, stated on Tuesday that …", "X reported the following: …".
//!
//! A parser loses its way over long insertions between a speaker and what he says; the words themselves do not.

use std::ops::Range;

use svodka_model::{NameType, TokenId};

use super::scene::Scene;

/// Between a word of saying and its "that" stand at most so many words: a date, a hearer, a place.
const LONGEST_GAP: usize = 14;
/// Between a word of saying and its colon: "as follows", "the following".
const LONGEST_CALL: usize = 4;
/// A phrase that brings in a witness before a comma or colon has at most so many words.
const LONGEST_LABEL: usize = 16;

/// Words of a sentence that are said by someone.
#[derive(Debug, Clone)]
pub(crate) struct Speech {
    /// The words that are said.
    pub said: Range<TokenId>,
    /// Who says them, nearest to this report first.
    pub speakers: Vec<TokenId>,
}

impl Scene<'_> {
    /// What is said by whom in the sentences of the report, in the order of the text.
    pub fn find_speeches(&self) -> Vec<Speech> {
        let sentences = self.reading.parse.sentences.iter();
        sentences
            .flat_map(|sentence| self.speeches_in(sentence.clone()))
            .collect()
    }

    /// The speeches that a token is part of, the outermost first.
    pub fn speeches_at(&self, token: TokenId) -> impl Iterator<Item = &Speech> {
        let parse = self.reading.parse;
        let start = parse.sentences[parse.sentence_of(token)].start;
        let first = self
            .speeches
            .partition_point(|speech| speech.said.start < start);
        let bracket = self.bracket(token);
        self.speeches[first..]
            .iter()
            .take_while(move |speech| speech.said.start <= token)
            .filter(move |speech| {
                token < speech.said.end && self.bracket(speech.said.start) == bracket
            })
    }

    fn speeches_in(&self, sentence: Range<TokenId>) -> Vec<Speech> {
        let mut found = Vec::new();
        for opener in sentence.clone() {
            let speakers = match self.forms[opener].as_str() {
                "that" if self.opens_clause(opener) => self.before_that(opener, &sentence),
                ":" => self.before_colon(opener, &sentence),
                "," => self.before_comma(opener, &sentence),
                _ => Vec::new(),
            };
            if !speakers.is_empty() {
                let said = opener + 1..self.end_of_speech(opener, sentence.end);
                found.push(Speech { said, speakers });
            }
        }
        found
    }

    /// Whether a "that" may open what is said: it is no pronoun, or was taken for one right behind a word of saying
    /// that was taken for a noun ("the Gazette prints that").
    fn opens_clause(&self, that: TokenId) -> bool {
        let behind = |before: TokenId| {
            &*self.token(before).pos == "NOUN"
                && (self.says(before) || self.is_any(before, &self.pack.attribution.telling_that))
        };
        match &*self.token(that).tag {
            "IN" => true,
            "WDT" => that > 0 && behind(that - 1),
            _ => false,
        }
    }

    /// Who says what a "that" opens; where he had it from another ("told by Roth, who had it of a clerk, that"), all of them.
    fn before_that(&self, that: TokenId, sentence: &Range<TokenId>) -> Vec<TokenId> {
        let joined = that > 0 && self.forms[that - 1] == "and";
        let Some(verb) = self.said_before(that, sentence).filter(|_| !joined) else {
            return Vec::new();
        };
        let mut speakers = self.speakers_of(verb, sentence);
        if self.is_any(verb, &self.pack.attribution.hearing) {
            let outer = self.said_before(verb, sentence);
            let mut all = outer.map_or_else(Vec::new, |outer| self.speakers_of(outer, sentence));
            let tellers = self.told_by(verb);
            speakers.retain(|it| !all.contains(it));
            all.extend(speakers);
            all.extend(tellers);
            return all;
        }
        // "R 12 reports, from Karl, that": from whom he has it stands between.
        let between =
            (verb + 1..that).filter(|&at| self.is_any(at, &self.pack.attribution.tellers));
        let tellers = between
            .filter(|&at| self.forms[at - 1] == ",")
            .flat_map(|at| self.children_by(at, &["pobj"]))
            .filter(|&it| {
                !self.in_date(it)
                    && self.mention_at[it].is_none_or(|name| self.kind(name) != NameType::Place)
            });
        speakers.extend(tellers);
        speakers
    }

    /// Whose the words behind a colon are: a word of saying stands before it, or an account ("Figures of the Office:").
    fn before_colon(&self, colon: TokenId, sentence: &Range<TokenId>) -> Vec<TokenId> {
        if let Some(verb) = self.called_before(colon, sentence) {
            return self.speakers_of(verb, sentence);
        }
        let label = sentence.start..colon;
        if let Some(account) = self.shown_before(&label) {
            return vec![account];
        }
        let verb = |at: TokenId| matches!(&*self.token(at).pos, "VERB" | "AUX");
        if label.len() > LONGEST_LABEL || label.clone().any(verb) || colon + 1 >= sentence.end {
            return Vec::new();
        }
        let accounts = &self.pack.attribution.accounts;
        let account = label.clone().find(|&at| {
            self.is_any(at, accounts) || self.is_any(at, &self.pack.attribution.reckonings)
        });
        let owners = account.map_or_else(Vec::new, |account| self.owners(account));
        owners
            .into_iter()
            .map(|(_, owner)| owner)
            .filter(|owner| label.contains(owner))
            .collect()
    }

    /// The account of the sentence before that a label means by "It gives", "This shows".
    fn shown_before(&self, label: &Range<TokenId>) -> Option<TokenId> {
        let words = &self.pack.attribution;
        let [subject, verb] = [label.start, label.start + 1];
        let points = label.len() == 2
            && matches!(&*self.token(subject).pos, "PRON" | "DET")
            && self.is_any(verb, &words.shows);
        let parse = self.reading.parse;
        let number = parse.sentence_of(subject);
        let before = number
            .checked_sub(1)
            .filter(|&it| points && self.blocks[it] == self.blocks[number])?;
        let account = |&at: &TokenId| {
            (self.is_any(at, &words.accounts) || self.is_any(at, &words.documents))
                && &*self.token(at).pos != "VERB"
        };
        parse.sentences[before].clone().rev().find(account)
    }

    /// Who is brought in by the words before a sentence's first comma: "According to X,", "By a later telegram,".
    fn before_comma(&self, comma: TokenId, sentence: &Range<TokenId>) -> Vec<TokenId> {
        let words = &self.pack.attribution;
        let opens = |at: TokenId| {
            matches!(
                self.forms[at].as_str(),
                "(" | "[" | "-" | "—" | "but" | "and" | "thus"
            )
        };
        let start = (sentence.start..comma)
            .find(|&at| !opens(at))
            .unwrap_or(comma);
        let phrase = start..comma;
        let marks = |&at: &TokenId| self.forms[at] == ",";
        let verb = |at: TokenId| matches!(&*self.token(at).tag, "VBD" | "VBZ" | "VBP" | "MD");
        if phrase.is_empty()
            || phrase.len() > LONGEST_LABEL
            || phrase.clone().any(|at| marks(&at) || verb(at))
        {
            return Vec::new();
        }
        let mut according = self.according.iter().filter(|it| it.start == start);
        if let Some(mark) = according.next() {
            let objects = mark.clone().flat_map(|at| self.children_by(at, &["pobj"]));
            let objects = objects.filter(|&it| it >= mark.end && it < comma);
            return objects.flat_map(|it| self.tellers_in(it)).collect();
        }
        if !self.is_any(start, &words.belonging)
            || !matches!(&*self.token(start).pos, "ADP" | "SCONJ")
        {
            return Vec::new();
        }
        let mut objects = self.children_by(start, &["pobj"]);
        objects
            .find(|&it| self.is_any(it, &words.documents) && it < comma)
            .map_or_else(Vec::new, |it| self.tellers_in(it))
    }

    /// Whose an account is, if it names him; or else the account, or any other teller, itself.
    fn tellers_in(&self, token: TokenId) -> Vec<TokenId> {
        let owners = self.owners(token).into_iter().map(|(_, owner)| owner);
        let named: Vec<_> = owners
            .filter(|&owner| {
                let kind = self.mention_at[owner].map(|name| self.kind(name));
                self.is_any(token, &self.pack.attribution.accounts)
                    && matches!(kind, Some(NameType::Person | NameType::Work))
            })
            .collect();
        if named.is_empty() { vec![token] } else { named }
    }

    /// The word of saying that a "that" belongs to: no other verb and no mark but those of an insertion in between.
    fn said_before(&self, that: TokenId, sentence: &Range<TokenId>) -> Option<TokenId> {
        let words = &self.pack.attribution;
        let from = sentence.start.max(that.saturating_sub(LONGEST_GAP));
        for at in (from..that).rev() {
            if self.bracket(at) != self.bracket(that) {
                continue;
            }
            let telling = || {
                let mut phrases = words.telling_that.iter();
                phrases.any(|phrase| self.phrase_at(at, phrase).is_some())
            };
            if self.says(at) || telling() {
                return (at > sentence.start).then_some(at);
            }
            let verb = &*self.token(at).pos == "VERB" || &*self.token(at).tag == "MD";
            if verb || matches!(self.forms[at].as_str(), ";" | ":" | "\"" | "“" | "”") {
                return None;
            }
        }
        None
    }

    /// The word of saying right before a colon inside a sentence.
    fn called_before(&self, colon: TokenId, sentence: &Range<TokenId>) -> Option<TokenId> {
        let words = &self.pack.attribution;
        let from = (sentence.start + 1).max(colon.saturating_sub(LONGEST_CALL));
        let verb = (from..colon).rev().find(|&at| self.says(at))?;
        let called = (verb + 1..colon).all(|at| {
            self.is_any(at, &words.follows)
                || matches!(self.forms[at].as_str(), "the" | "as" | "," | "thus")
        });
        (called && colon + 1 < sentence.end).then_some(verb)
    }

    /// Whether a word is one of saying, even where it was taken for a noun ("Colburn telegraphs that").
    pub fn says(&self, token: TokenId) -> bool {
        let sayings = &self.pack.attribution.sayings;
        if matches!(&*self.token(token).pos, "VERB" | "AUX") {
            return self.is_any(token, sayings);
        }
        let form = self.forms[token].as_str();
        let stems = [
            form.strip_suffix('s'),
            form.strip_suffix("es"),
            form.strip_suffix("ed"),
        ];
        &*self.token(token).pos != "ADJ"
            && stems
                .into_iter()
                .flatten()
                .any(|stem| sayings.iter().any(|word| word == stem))
    }

    /// Who says what a word of saying opens: its subject, or else who stands at the head of its clause; then from
    /// whom he has it.
    pub fn speakers_of(&self, verb: TokenId, sentence: &Range<TokenId>) -> Vec<TokenId> {
        let mut speakers = Vec::new();
        if matches!(&*self.token(verb).pos, "VERB" | "AUX") {
            let passive = self
                .children_by(verb, &["auxpass", "agent"])
                .next()
                .is_some();
            if passive {
                let tellers = self.subject(verb);
                let hearers = self.children_by(verb, &["nsubjpass"]);
                let hearers = hearers.filter(|&it| self.forms[it] != "it" && !tellers.is_empty());
                return hearers.chain(tellers.iter().copied()).collect();
            }
            speakers = self.related(verb, &["nsubj"]);
            if speakers.is_empty() && !self.is_passive(verb) {
                speakers = self.subject(verb);
            }
        }
        speakers.retain(|it| sentence.contains(it) && *it < verb);
        if speakers.is_empty() {
            speakers.extend(self.first_named(verb, sentence));
        }
        speakers
    }

    /// Who stands at the head of a verb's clause, where the parser did not see that he is its subject.
    fn first_named(&self, verb: TokenId, sentence: &Range<TokenId>) -> Option<TokenId> {
        let opens = |at: TokenId| self.forms[at] == ";";
        let start = (sentence.start..verb)
            .rev()
            .find(|&at| opens(at))
            .map_or(sentence.start, |at| at + 1);
        let comma = |&at: &TokenId| self.forms[at] == ",";
        let start = match (start..verb).find(comma) {
            Some(at) if &*self.token(start).pos == "ADP" => at + 1,
            _ => start,
        };
        let head = (start..verb).find(|&at| {
            !matches!(
                &*self.token(at).pos,
                "DET" | "ADJ" | "PUNCT" | "ADV" | "NOUN" | "CCONJ" | "NUM"
            ) || self.mention_at[at].is_some()
                || self.is_any(at, &self.pack.attribution.witnesses)
        })?;
        // "Superintendent Colburn", "agent Grach": who is named behind his title.
        let head = (head..verb)
            .take(3)
            .take_while(|&at| matches!(&*self.token(at).pos, "NOUN" | "PROPN" | "ADJ"))
            .find(|&at| self.mention_at[at].is_some())
            .unwrap_or(head);
        match self.mention_at[head] {
            Some(name) => {
                let speaks = matches!(
                    self.kind(name),
                    NameType::Person | NameType::Org | NameType::Work
                );
                self.main_token(name).filter(|_| speaks)
            }
            None => {
                let code = &*self.token(head).pos == "PROPN" && !self.in_date(head)
                    || self.is_any(head, &self.pack.attribution.witnesses);
                code.then_some(head)
            }
        }
    }

    /// Where what is said ends: with the sentence, or at a semicolon that no further "that" follows.
    fn end_of_speech(&self, opener: TokenId, end: TokenId) -> TokenId {
        let goes_on = |at: TokenId| {
            let mut next = (at + 1..end.min(at + 4)).map(|at| self.forms[at].as_str());
            next.any(|form| form == "that")
        };
        let through = self.forms[opener] == ":";
        (opener..end)
            .find(|&at| self.forms[at] == ";" && !through && !goes_on(at))
            .unwrap_or(end)
    }
}
