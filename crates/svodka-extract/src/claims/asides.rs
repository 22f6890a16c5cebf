//! Who is brought in by the way? Verbs of saying between commas, and phrases such as "by his own reckoning".

use std::ops::Range;

use svodka_model::TokenId;

use super::scene::Scene;

impl Scene<'_> {
    /// Who is brought in between commas in the trigger's part of its sentence: ", Source 14 reports,".
    pub fn asides_about(&self, trigger: TokenId) -> Vec<TokenId> {
        let parse = self.reading.parse;
        let sentence = parse.sentences[parse.sentence_of(trigger)].clone();
        let asides = self.asides_in(sentence).into_iter();
        let near = |&(verb, _): &(TokenId, TokenId)| {
            let between = verb.min(trigger)..verb.max(trigger);
            verb != trigger
                && self.bracket(verb) == self.bracket(trigger)
                && between.into_iter().all(|at| self.forms[at] != ";")
        };
        asides.filter(near).map(|(_, speaker)| speaker).collect()
    }

    /// The asides of a sentence: the verb and its subject.
    pub fn asides_in(&self, sentence: Range<TokenId>) -> Vec<(TokenId, TokenId)> {
        let first = self
            .asides
            .partition_point(|(verb, _)| *verb < sentence.start);
        let asides = self.asides[first..].iter();
        asides
            .take_while(|(verb, _)| *verb < sentence.end)
            .copied()
            .collect()
    }

    /// The verbs of saying that stand between marks with nothing but their subject, and the subject: a parser loses
    /// its way over them.
    pub fn find_asides(&self) -> Vec<(TokenId, TokenId)> {
        const LONGEST: usize = 5;
        let words = &self.pack.attribution;
        let mark = |at: TokenId| {
            self.forms
                .get(at)
                .is_some_and(|form| matches!(form.as_str(), "," | "—"))
        };
        let mut found = Vec::new();
        for verb in 0..self.forms.len() {
            let pos = &*self.token(verb).pos;
            if !self.is_any(verb, &words.sayings) || !matches!(pos, "VERB" | "NOUN" | "AUX") {
                continue;
            }
            let noun = |at: TokenId| {
                matches!(&*self.token(at).pos, "NOUN" | "PROPN" | "PRON" | "NUM")
                    && !self.in_date(at)
            };
            let plain = |at: TokenId| !mark(at) && &*self.token(at).pos != "VERB";
            let ends = |at: TokenId| {
                mark(at)
                    || self
                        .forms
                        .get(at)
                        .is_some_and(|form| matches!(form.as_str(), "." | "\"" | ":" | ";"))
            };
            // ", Source 14 reports,"
            let before = (verb.saturating_sub(LONGEST)..verb)
                .rev()
                .take_while(|&at| plain(at))
                .last();
            let opens = |at: TokenId| {
                let parse = self.reading.parse;
                let first = parse.sentences[parse.sentence_of(at)].start;
                at == first && self.forms.get(verb + 1).is_some_and(|next| next == ":")
            };
            if let Some(start) = before
                && (start > 0 && mark(start - 1) || opens(start))
                && ends(verb + 1)
                && let Some(subject) = (start..verb).rev().find(|&at| noun(at))
                && (start..verb).all(|at| !matches!(&*self.token(at).pos, "ADP" | "CCONJ"))
            {
                found.push((verb, self.head_of_phrase(subject, start)));
                continue;
            }
            // ", say the owners,"
            let after = (verb + 1..self.forms.len().min(verb + 1 + LONGEST))
                .take_while(|&at| plain(at) && !ends(at))
                .last();
            if pos == "VERB"
                && verb > 0
                && mark(verb - 1)
                && let Some(last) = after
                && ends(last + 1)
                && noun(last)
                && (verb + 1..=last)
                    .all(|at| !matches!(&*self.token(at).pos, "ADP" | "CCONJ" | "SCONJ"))
            {
                found.push((verb, self.head_of_phrase(last, verb + 1)));
            }
        }
        found
    }

    /// The noun that a number behind it belongs to ("Source 14"), or the token itself.
    fn head_of_phrase(&self, token: TokenId, start: TokenId) -> TokenId {
        let counted = &*self.token(token).pos == "NUM" && token > start;
        if counted && matches!(&*self.token(token - 1).pos, "NOUN" | "PROPN") {
            token - 1
        } else {
            token
        }
    }

    /// Whom "by his own reckoning", "in Orlov's view" or "by police count" brings in.
    pub fn reckoned(&self, prep: TokenId) -> Option<Vec<TokenId>> {
        let words = &self.pack.attribution;
        if self.dep(prep) != "prep" || !self.is_any(prep, &words.reckoning_marks) {
            return None;
        }
        let mut objects = self.children_by(prep, &["pobj"]);
        let noun = objects.find(|&object| self.is_any(object, &words.reckonings))?;
        // "On account of the price" gives a cause.
        let next = self.forms.get(noun + 1).is_some_and(|next| next == "of");
        if next && noun == prep + 1 && self.is_any(prep, &words.cause_marks) {
            return None;
        }
        let owners = self.owners(noun).into_iter();
        let mut owners: Vec<_> = owners.map(|(_, owner)| owner).collect();
        if owners.is_empty() && self.children_by(noun, &["compound"]).next().is_some() {
            owners.push(noun);
        }
        (!owners.is_empty()).then_some(owners)
    }
}
