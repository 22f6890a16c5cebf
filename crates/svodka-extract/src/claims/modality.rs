//! How sure the text is of a claim, whether it says yes or no, on whose word it has it, and when it was.

use std::ops::Range;

use svodka_model::{Certainty, Filler, NameType, Polarity, Source, Span, TokenId, When};
use svodka_pack::Accepts;

use super::scene::Scene;
use super::walk::Target;

/// The words that can bear on a trigger: its governors up to the sentence's root, nearest first.
pub(crate) struct Scope {
    /// The trigger and its governors.
    chain: Vec<TokenId>,
    /// These with their modifiers and auxiliaries.
    bearing: Vec<TokenId>,
}

impl Scene<'_> {
    /// A claim's scope ends where its clause only describes a noun: what is said of the noun is not said of it.
    pub fn scope(&self, trigger: TokenId) -> Scope {
        let mut chain = vec![trigger];
        let mut at = trigger;
        while let Some(head) = self
            .head(at)
            .filter(|_| !matches!(self.dep(at), "relcl" | "appos" | "parataxis" | "advcl"))
        {
            chain.push(head);
            at = head;
        }
        self.with_modifiers(chain)
    }

    /// The scope of what is said by the way: the trigger alone with what modifies it.
    pub fn own_scope(&self, trigger: TokenId) -> Scope {
        self.with_modifiers(vec![trigger])
    }

    fn with_modifiers(&self, chain: Vec<TokenId>) -> Scope {
        let mut bearing = chain.clone();
        for &token in &chain {
            let modifiers = [
                "aux", "advmod", "amod", "neg", "det", "acomp", "npadvmod", "preconj", "auxpass",
            ];
            bearing.extend(self.children_by(token, &modifiers));
        }
        bearing.sort_unstable();
        Scope { chain, bearing }
    }

    /// The least certain of the words that bear on the trigger. The trigger's own meaning does not count.
    pub fn certainty(&self, scope: &Scope) -> Certainty {
        let trigger = scope.chain[0];
        let sentence = self.reading.parse.sentence_of(trigger);
        let sentence = self.reading.parse.sentences[sentence].clone();
        let words = self.pack.attribution.certainty.iter().filter(|(_, cues)| {
            let bears = |&token: &TokenId| token != trigger && self.is_any(token, cues);
            scope.bearing.iter().any(bears)
        });
        let first = self
            .cues
            .partition_point(|(phrase, _)| phrase.start < sentence.start);
        let phrases = self.cues[first..]
            .iter()
            .take_while(|(phrase, _)| phrase.start < sentence.end);
        let phrases = phrases
            .filter(|(phrase, _)| phrase.clone().any(|token| scope.bearing.contains(&token)));
        let found = words
            .map(|(&certainty, _)| certainty)
            .chain(phrases.map(|(_, certainty)| *certainty));
        found.max().unwrap_or_default()
    }

    /// No, if the trigger's clause is negated or a word of denial governs it; a phrase that says that nothing is
    /// established does not make it a no.
    pub fn polarity(&self, scope: &Scope, certainty: Certainty) -> Polarity {
        let words = &self.pack.attribution;
        let negates = |token: TokenId| words.negators.contains(&self.forms[token]);
        let not_only =
            |token: TokenId| self.forms.get(token + 1).is_some_and(|next| next == "only");
        let mut negative = false;
        for (link, &token) in scope
            .chain
            .iter()
            .enumerate()
            .take(1 + self.clause_depth(scope))
        {
            // What a thing does not do is no denial of the thing: "the cell took no steps".
            let acts = link > 0
                && matches!(self.dep(scope.chain[link - 1]), "nsubj" | "nsubjpass")
                && !self.is_any(token, &words.existence);
            if acts {
                break;
            }
            let own = self.children_by(token, &["neg", "det", "advmod", "preconj", "cc"]);
            negative |= own
                .into_iter()
                .any(|child| negates(child) && !not_only(child));
            let arguments = self.children_by(token, &["dobj", "nsubj", "nsubjpass", "attr"]);
            let mut determiners = arguments
                .flat_map(|argument| self.children_by(argument, &["det", "neg", "preconj"]));
            negative |= &*self.token(token).pos == "VERB" && determiners.any(negates);
        }
        let denied = scope.chain.windows(2).any(|pair| {
            matches!(
                self.dep(pair[0]),
                "xcomp" | "ccomp" | "pcomp" | "dobj" | "acl"
            ) && self.is_any(pair[1], &words.denials)
        });
        let denied_by = scope.chain.windows(3).any(|pair| {
            self.dep(pair[0]) == "pcomp"
                && self.dep(pair[1]) == "prep"
                && self.is_any(pair[2], &words.denials)
        });
        if certainty == Certainty::Unestablished || !(negative || denied || denied_by) {
            Polarity::Positive
        } else {
            Polarity::Negative
        }
    }

    /// How many links up the chain the trigger's own clause reaches.
    fn clause_depth(&self, scope: &Scope) -> usize {
        let inside = |&token: &TokenId| {
            matches!(
                self.dep(token),
                "dobj"
                    | "attr"
                    | "pobj"
                    | "prep"
                    | "nsubj"
                    | "nsubjpass"
                    | "aux"
                    | "compound"
                    | "conj"
                    | "agent"
                    | "oprd"
                    | "acomp"
                    | "xcomp"
            ) && &*self.token(token).pos != "VERB"
        };
        scope.chain.iter().take_while(|token| inside(token)).count()
    }

    /// Who is said to have said it, nearest first.
    pub fn sources(&self, scope: &Scope) -> Vec<Source> {
        let words = &self.pack.attribution;
        let mut sources = Vec::new();
        for pair in scope.chain.windows(2) {
            let (inner, outer) = (pair[0], pair[1]);
            let governed = matches!(
                self.dep(inner),
                "ccomp" | "xcomp" | "acl" | "pcomp" | "parataxis"
            );
            if governed && self.is_any(outer, &words.sayings) {
                let speakers: Vec<_> = self
                    .subject(outer)
                    .into_iter()
                    .flat_map(|it| self.coordinated(it))
                    .collect();
                self.add_sources(&speakers, &mut sources);
            } else if governed && self.is_any(outer, &words.accounts) {
                self.add_account(outer, &mut sources);
            }
        }
        for speaker in self.witnesses(scope) {
            let speakers = self.coordinated(speaker);
            self.add_sources(&speakers, &mut sources);
        }
        for (token, speakers) in self.according(scope.chain[0]) {
            let part = scope
                .chain
                .iter()
                .any(|&link| self.head(token) == Some(link) || link == token);
            if part
                || self
                    .head(token)
                    .is_none_or(|head| self.head(head).is_none())
            {
                self.add_sources(&speakers, &mut sources);
            }
        }
        sources
    }

    /// "X's report that", "a statement by X that": X, or else the account itself.
    /// Who is said by the way to say it: "as Orlov reports", "the fuses, he maintains, are damp".
    fn witnesses(&self, scope: &Scope) -> Vec<TokenId> {
        let words = &self.pack.attribution;
        let links = scope.chain.iter();
        let clauses = links.flat_map(|&link| self.children_by(link, &["parataxis", "advcl"]));
        clauses
            .filter(|&clause| self.is_any(clause, &words.sayings))
            .filter(|&clause| {
                let mut marks = self.children_by(clause, &["mark", "advmod"]);
                self.dep(clause) == "parataxis"
                    || marks.any(|mark| self.is_any(mark, &words.witness_marks))
            })
            .filter(|clause| !scope.chain.contains(clause))
            .filter_map(|clause| self.subject(clause).into_iter().next())
            .collect()
    }

    fn add_account(&self, account: TokenId, sources: &mut Vec<Source>) {
        let by = self
            .children_by(account, &["prep"])
            .filter(|&prep| matches!(&*self.forms[prep], "by" | "from" | "of"));
        let mut speakers: Vec<_> = self.children_by(account, &["poss"]).collect();
        speakers.extend(by.flat_map(|prep| self.children_by(prep, &["pobj"])));
        speakers.retain(|&speaker| {
            self.mention_at[speaker].is_some_and(|name| is_voice(self.kind(name)))
        });
        if speakers.is_empty() {
            speakers.push(account);
        }
        self.add_sources(&speakers, sources);
    }

    /// The phrases that name a source in the token's sentence: their first token, and whom they name.
    fn according(&self, token: TokenId) -> Vec<(TokenId, Vec<TokenId>)> {
        let parse = self.reading.parse;
        let sentence = parse.sentences[parse.sentence_of(token)].clone();
        let first = self
            .according
            .partition_point(|phrase| phrase.start < sentence.start);
        let phrases = self.according[first..]
            .iter()
            .take_while(|phrase| phrase.end < sentence.end);
        let objects = |phrase: &Range<TokenId>| {
            let objects = phrase
                .clone()
                .flat_map(|token| self.children_by(token, &["pobj"]));
            let objects = objects.filter(|&object| object >= phrase.end);
            (
                phrase.start,
                objects.flat_map(|it| self.coordinated(it)).collect(),
            )
        };
        phrases.map(objects).collect()
    }

    /// Adds who or what these tokens name, each once.
    pub fn add_sources(&self, speakers: &[TokenId], sources: &mut Vec<Source>) {
        let voices = Accepts {
            names: vec![
                NameType::Person,
                NameType::Org,
                NameType::Work,
                NameType::Workplace,
            ],
            phrase: true,
            ..Accepts::default()
        };
        for &speaker in speakers {
            let account = self.is_any(speaker, &self.pack.attribution.accounts);
            let owners: Vec<_> = self
                .children_by(speaker, &["poss"])
                .filter(|&it| account && self.mention_at[it].is_some())
                .collect();
            let speaker = owners.first().copied().unwrap_or(speaker);
            for Filler { text, entity, .. } in self.fillers(&[Target::Token(speaker)], &voices) {
                let known = |source: &Source| {
                    source.text == text || (entity.is_some() && source.entity == entity)
                };
                if !sources.iter().any(known) {
                    sources.push(Source { text, entity });
                }
            }
        }
    }

    /// The date that stands in the trigger's clause, or in a clause that shares its verb's circumstances.
    pub fn when(&self, trigger: TokenId) -> Option<When> {
        let parse = self.reading.parse;
        let sentence = self.sentence_span(trigger);
        let clauses = self.clauses(trigger);
        let place = self.token(trigger).span.start;
        let mut best: Option<(usize, usize, When)> = None;
        for date in self
            .reading
            .dates
            .iter()
            .filter(|date| sentence.contains(date.span))
        {
            let tokens = parse.tokens_in(date.span);
            let Some(main) = tokens
                .clone()
                .find(|&token| !tokens.contains(&self.token(token).head))
            else {
                continue;
            };
            let below = std::iter::successors(Some(main), |&at| self.head(at))
                .take(12)
                .any(|at| at == trigger);
            let clause = self.clause(main);
            let rank = if below && clause == self.clause(trigger) {
                0
            } else {
                match clauses.iter().position(|&own| own == clause) {
                    Some(rank) => rank + 1,
                    None => continue,
                }
            };
            let distance = place.abs_diff(date.span.start);
            if best
                .as_ref()
                .is_none_or(|(r, d, _)| (rank, distance) < (*r, *d))
            {
                best = Some((
                    rank,
                    distance,
                    When {
                        value: date.value.clone(),
                        span: date.span,
                    },
                ));
            }
        }
        best.map(|(_, _, when)| when)
    }

    /// The verb (or root) whose clause a token belongs to.
    fn clause(&self, token: TokenId) -> TokenId {
        let mut at = token;
        while let Some(head) = self.head(at) {
            let verb = matches!(&*self.token(at).pos, "VERB" | "AUX");
            if verb
                && matches!(
                    self.dep(at),
                    "ccomp" | "advcl" | "relcl" | "acl" | "conj" | "parataxis" | "csubj" | "pcomp"
                )
            {
                break;
            }
            at = head;
        }
        at
    }

    /// The clauses whose time is the trigger's: its own, those it is joined to, and those it only describes.
    fn clauses(&self, trigger: TokenId) -> Vec<TokenId> {
        let mut clauses = vec![self.clause(trigger)];
        let mut at = clauses[0];
        while let (Some(head), "conj" | "acl" | "relcl" | "advcl") = (self.head(at), self.dep(at)) {
            at = self.clause(head);
            clauses.push(at);
            if clauses.len() > 4 {
                break;
            }
        }
        clauses
    }

    /// The span of a claim's words: its sentence if that is short, else the clauses that hold its parts.
    pub fn evidence(&self, trigger: Span, parts: &[Span], sentence: Span) -> Span {
        const SHORT: usize = 280;
        let text = self.reading.text;
        let cover = parts
            .iter()
            .filter(|part| sentence.contains(**part))
            .fold(trigger, |all, part| all.cover(*part));
        if sentence.len() <= SHORT {
            return sentence;
        }
        let stop = |c: char| ",;:—".contains(c);
        let before = Span::new(sentence.start, cover.start).of(text);
        let start = before.rfind(stop).map_or(sentence.start, |at| {
            sentence.start + at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
        let after = Span::new(cover.end, sentence.end).of(text);
        let end = after.find(stop).map_or(sentence.end, |at| cover.end + at);
        // A cut after "…," leaves the closing mark of what was cut away.
        let cut = Span::new(start, end).trim(text);
        let rest = cut.of(text);
        let closing = if start == sentence.start {
            rest
        } else {
            rest.trim_start_matches(['"', '”', '’', ')'])
        };
        Span::new(cut.start + (rest.len() - closing.len()), cut.end).trim(text)
    }
}

fn is_voice(kind: NameType) -> bool {
    matches!(kind, NameType::Person | NameType::Org)
}
