//! How sure the text is of a claim, and whether it says yes or no.

use svodka_model::{Certainty, Polarity, Span, TokenId};

use super::scene::Scene;

/// The words that can bear on a trigger: its governors up to the sentence's root, nearest first.
pub(crate) struct Scope {
    /// The trigger and its governors.
    pub chain: Vec<TokenId>,
    /// These with their modifiers and auxiliaries.
    bearing: Vec<TokenId>,
}

impl Scene<'_> {
    /// A claim's scope ends where its clause only describes a noun: what is said of the noun is not said of it.
    pub fn scope(&self, trigger: TokenId) -> Scope {
        let mut chain = vec![trigger];
        let mut at = trigger;
        while let Some(head) = self.head(at).filter(|&head| {
            let described = match self.dep(at) {
                "relcl" | "acl" if self.is_told_in(at, head) => false,
                "relcl" | "appos" | "parataxis" | "advcl" => true,
                "acl" => &*self.token(at).tag == "VBN",
                _ => false,
            };
            !described && !self.cut_off(at, head)
        }) {
            chain.push(head);
            at = head;
        }
        self.with_modifiers(chain)
    }

    /// Whether a semicolon parts two clauses, and the first is no "that" of a series: what is said of the one is
    /// then not said of the other, whatever the parser made of them.
    pub fn cut_off(&self, inner: TokenId, outer: TokenId) -> bool {
        let clause = matches!(
            self.dep(inner),
            "ccomp" | "parataxis" | "conj" | "advcl" | "csubj"
        ) && matches!(&*self.token(inner).pos, "VERB" | "AUX");
        let between = inner.min(outer)..inner.max(outer);
        clause
            && between.into_iter().any(|at| self.forms[at] == ";")
            && self.children_by(inner, &["mark"]).next().is_none()
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
            let counts = |token: TokenId| {
                token != trigger || self.is_any(token, &self.pack.attribution.hedging_triggers)
            };
            let bears = |&token: &TokenId| {
                counts(token) && self.is_any(token, cues) && !self.is_inability(token)
            };
            scope.bearing.iter().any(bears)
        });
        let first = self
            .cues
            .partition_point(|(phrase, _)| phrase.start < sentence.start);
        let phrases = self.cues[first..]
            .iter()
            .take_while(|(phrase, _)| phrase.start < sentence.end);
        let phrases = phrases.filter(|(phrase, _)| {
            phrase.clone().any(|token| {
                let hangs = || {
                    self.head(token)
                        .is_some_and(|head| scope.chain.contains(&head))
                };
                scope.bearing.contains(&token) || self.dep(token) == "prep" && hangs()
            })
        });
        let found = words
            .map(|(&certainty, _)| certainty)
            .chain(phrases.map(|(_, certainty)| *certainty))
            .chain(self.hearsay(scope))
            .chain(self.opinion(scope))
            .chain(self.is_open(scope).then_some(Certainty::Unestablished))
            .chain(self.is_planned(scope).then_some(Certainty::Possible));
        found.max().unwrap_or_default()
    }

    /// What somebody could not do was not so: "could not say" leaves nothing open.
    fn is_inability(&self, token: TokenId) -> bool {
        self.pack.attribution.abilities.contains(&self.forms[token])
            && self
                .head(token)
                .is_some_and(|head| self.children_by(head, &["neg"]).next().is_some())
    }

    /// How sure somebody is who only thinks so: "Crookes thinks", "which numbers, she believes, three hundred".
    fn opinion(&self, scope: &Scope) -> Option<Certainty> {
        let governors = scope
            .chain
            .windows(2)
            .filter_map(|pair| matches!(self.dep(pair[0]), "ccomp" | "xcomp").then_some(pair[1]));
        let asides = scope.chain.iter().flat_map(|&link| {
            let asides = self.children_by(link, &["parataxis", "ccomp"]);
            asides.filter(|aside| !scope.chain.contains(aside) && self.is_short(*aside))
        });
        let verbs: Vec<TokenId> = governors
            .chain(asides)
            .filter(|&verb| self.children_by(verb, &["nsubj"]).next().is_some())
            .collect();
        let grades = self.pack.attribution.opinions.iter();
        let grades = grades.filter(|(_, words)| verbs.iter().any(|&verb| self.is_any(verb, words)));
        grades.map(|(&certainty, _)| certainty).max()
    }

    /// Whether the claim is left open by a "whether": "Whether Roth threw it was never ascertained".
    fn is_open(&self, scope: &Scope) -> bool {
        scope.chain.iter().any(|&link| {
            let mut marks = self.children_by(link, &["mark", "advmod", "preconj"]);
            marks.any(|mark| self.is_any(mark, &self.pack.attribution.open_marks))
        })
    }

    /// How sure nobody in particular is: "is believed to lead", "it is said that", "was, it is thought, written".
    fn hearsay(&self, scope: &Scope) -> Option<Certainty> {
        let impersonal = |&verb: &TokenId| {
            self.children_by(verb, &["auxpass"]).next().is_some()
                && self.children_by(verb, &["agent"]).next().is_none()
        };
        let governors = scope.chain.windows(2).filter_map(|pair| {
            matches!(
                self.dep(pair[0]),
                "xcomp" | "ccomp" | "csubj" | "nsubjpass" | "oprd"
            )
            .then_some(pair[1])
        });
        let asides = scope.chain.iter().flat_map(|&link| {
            let asides = self.children_by(link, &["parataxis", "ccomp", "advcl"]);
            asides.filter(|aside| !scope.chain.contains(aside) && self.is_short(*aside))
        });
        let verbs: Vec<TokenId> = governors.chain(asides).filter(impersonal).collect();
        let grades = self
            .pack
            .attribution
            .hearsay
            .iter()
            .filter(|(_, words)| verbs.iter().any(|&verb| self.is_any(verb, words)));
        grades.map(|(&certainty, _)| certainty).max()
    }

    /// Whether a clause is no more than its verb with pronoun and auxiliaries: "it is said", "so it is thought".
    fn is_short(&self, clause: TokenId) -> bool {
        const LONGEST: usize = 4;
        let words = self.children[clause].iter();
        let words = words.filter(|&&child| &*self.token(child).pos != "PUNCT");
        words.count() < LONGEST
            && self
                .children_by(clause, &["ccomp", "xcomp", "dobj"])
                .next()
                .is_none()
    }

    /// Whether the trigger's own clause tells of what is to come: "will strike", "is to be held".
    fn is_planned(&self, scope: &Scope) -> bool {
        let words = &self.pack.attribution;
        for (at, &token) in scope.chain.iter().enumerate() {
            if self
                .children_by(token, &["aux"])
                .any(|auxiliary| self.is_any(auxiliary, &words.futures))
            {
                return true;
            }
            let Some(&head) = scope.chain.get(at + 1) else {
                break;
            };
            let to = || {
                let mut auxiliaries = self.children_by(token, &["aux"]);
                auxiliaries.any(|auxiliary| &*self.token(auxiliary).tag == "TO")
            };
            let due = || {
                self.children_by(head, &["xcomp"]).any(|due| {
                    let mut auxiliaries = self.children_by(due, &["aux"]);
                    auxiliaries.any(|auxiliary| &*self.token(auxiliary).tag == "TO")
                })
            };
            match self.dep(token) {
                "xcomp" if &*self.token(head).pos == "AUX" && to() => return true,
                "xcomp" if self.is_any(head, &words.wishes) && to() => return true,
                "nsubj" if &*self.token(head).pos == "AUX" && due() => return true,
                "ccomp" | "acl" | "csubj" | "pcomp" => break,
                "nsubj" | "nsubjpass" if !self.is_any(head, &words.existence) => break,
                _ => (),
            }
        }
        false
    }

    /// Whether the trigger's clause, in reported speech, tells of what was still to come: "that they would strike".
    pub fn is_awaited(&self, trigger: TokenId) -> bool {
        let clause = self.clause(trigger);
        self.children_by(clause, &["aux"])
            .any(|auxiliary| self.is_any(auxiliary, &self.pack.attribution.prospects))
    }

    /// No, if the trigger's clause is negated or a word of denial governs it; a phrase that says that nothing is
    /// established does not make it a no.
    pub fn polarity(&self, scope: &Scope, certainty: Certainty) -> Polarity {
        let words = &self.pack.attribution;
        let aside = self.bracket(scope.chain[0]);
        let negates = |token: TokenId| {
            words.negators.contains(&self.forms[token]) && self.bracket(token) == aside
        };
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
            let described = link > 0
                && self.dep(scope.chain[link - 1]) == "acl"
                && matches!(&*self.token(scope.chain[link - 1]).tag, "VBG" | "VBN");
            if acts || described {
                break;
            }
            let own = self.children_by(token, &["neg", "det", "advmod", "preconj", "cc"]);
            negative |= own
                .into_iter()
                .any(|child| negates(child) && !not_only(child));
            let arguments = self.children_by(token, &["dobj", "nsubj", "nsubjpass", "attr"]);
            let mut determiners = arguments
                .flat_map(|argument| self.children_by(argument, &["det", "neg", "preconj", "cc"]));
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
