//! What the parse says: the verb a name hangs on, and the recogniser's proposals.

use svodka_model::{NameType, TokenId};

use super::super::candidates::Candidate;
use super::super::page::fold;
use super::weight::*;
use super::{Evidence, Witness};

impl Witness<'_> {
    /// The token of the name on which its others hang.
    pub(super) fn root(&self, candidate: &Candidate) -> Option<TokenId> {
        let tokens: Vec<TokenId> = candidate
            .words
            .clone()
            .filter_map(|at| self.page.words[at].token)
            .collect();
        let (first, last) = (*tokens.first()?, *tokens.last()?);
        tokens
            .iter()
            .rev()
            .copied()
            .find(|&token| {
                let head = self.parse.tokens[token].head;
                head == token || head < first || head > last
            })
            .or(Some(last))
    }

    fn is_known_place(&self, candidate: &Candidate) -> bool {
        let folded = fold(&self.page.phrase(candidate.words.clone()));
        let tables = &self.pack.tables;
        tables.places.contains(&folded) || tables.towns.contains(&folded)
    }

    pub(super) fn syntax(&self, candidate: &Candidate, evidence: &mut Evidence) {
        use NameType::*;
        let Some(root) = self.root(candidate) else {
            return;
        };
        let tokens = &self.parse.tokens;
        let mut top = root;
        for _ in 0..12 {
            if tokens[top].dep == "conj" && tokens[top].head != top {
                top = tokens[top].head;
            } else {
                break;
            }
        }
        let head = &tokens[tokens[top].head];
        let votes = &mut evidence.place;
        match tokens[top].dep.as_str() {
            "nsubj" if self.pack.human_verbs.contains(head.lemma.as_str()) => {
                votes.add(Person, FAIR);
                votes.add(Org, FAINT);
            }
            "nsubj" => votes.add(Person, FAINT),
            "dobj" if self.is_known_place(candidate) => {}
            "nsubjpass" | "dobj" | "dative"
                if self.pack.done_to_persons.contains(head.lemma.as_str()) =>
            {
                votes.add(Person, FAIR);
            }
            "pobj" if self.pack.grammar.personal.contains(head.lemma.as_str()) => {
                votes.add(Person, FAINT);
            }
            _ => {}
        }
        if matches!(tokens[top].dep.as_str(), "dobj" | "nsubjpass")
            && candidate.quoted
            && self.pack.work_verbs.contains(head.lemma.as_str())
        {
            votes.add(Work, FAIR);
        }
    }

    pub(super) fn recogniser(&self, candidate: &Candidate, evidence: &mut Evidence) {
        let Some(last) = candidate
            .words
            .clone()
            .rev()
            .find_map(|at| self.page.words[at].token)
        else {
            return;
        };
        for proposal in &self.parse.proposals {
            if proposal.tokens.start > last {
                break;
            }
            if !proposal.tokens.contains(&last) {
                continue;
            }
            if candidate.quoted && matches!(proposal.label.as_str(), "GPE" | "LOC") {
                continue;
            }
            let (kind, weight) = match proposal.label.as_str() {
                "PERSON" => (NameType::Person, SOME),
                "GPE" | "LOC" => (NameType::Place, 1.0),
                "ORG" => (NameType::Org, FAINT),
                "WORK_OF_ART" => (NameType::Work, FAINT),
                "EVENT" => (NameType::Event, FAINT),
                _ => continue,
            };
            evidence.place.add(kind, weight);
        }
    }
}
