//! Follows a frame's paths from its trigger to tokens and names.

use svodka_model::{BlockId, MentionId, TokenId};
use svodka_pack::{Accepts, Step};

use super::scene::Scene;

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Token(TokenId),
    Name(MentionId),
}

/// Where a path starts: the trigger's main word, and the list item it is applied to, if to one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    pub trigger: TokenId,
    pub item: Option<BlockId>,
}

/// Verbs share subjects over at most this many links; more is a parser's error.
const LONGEST_CHAIN: usize = 8;

/// A clause is searched for a filler over at most this many tokens.
const FARTHEST: usize = 60;

impl Scene<'_> {
    /// All that `steps` lead to, coordinated phrases included.
    pub fn walk(&self, start: Start, steps: &[Step], accepts: &Accepts) -> Vec<Target> {
        let fits = |token: TokenId, words: &[String]| words.is_empty() || self.is_any(token, words);
        let mut tokens = vec![start.trigger];
        for step in steps {
            let mut next = Vec::new();
            for &token in &tokens {
                match step {
                    Step::Here => next.push(token),
                    Step::Down(deps, words) => {
                        next.extend(self.children[token].iter().copied().filter(|&child| {
                            (deps.is_empty() || deps.iter().any(|dep| dep == self.dep(child)))
                                && fits(child, words)
                        }))
                    }
                    Step::Up(deps, words) => next.extend(self.head(token).filter(|&head| {
                        (deps.is_empty() || deps.iter().any(|dep| dep == self.dep(token)))
                            && fits(head, words)
                    })),
                    Step::Subject(words) => next.extend(
                        self.subject(token)
                            .into_iter()
                            .filter(|&it| fits(it, words)),
                    ),
                    Step::Object(words) => {
                        next.extend(self.object(token).into_iter().filter(|&it| fits(it, words)))
                    }
                    Step::Lead(words) => next.extend(self.lead(token, words, accepts)),
                    Step::Trail => next.extend(self.trail(token, accepts)),
                    Step::Near(words) => next.extend(self.near(token, words, accepts)),
                    _ => return self.names(start, token, step, accepts),
                }
            }
            tokens = next;
        }
        let mut targets = Vec::new();
        for token in tokens {
            let tokens = match steps {
                [Step::Here] => vec![token],
                [.., Step::Up(..)] => self.named_by(start.trigger, token),
                [.., Step::Down(deps, _)] if deps == &["appos"] => {
                    self.named_by(start.trigger, token)
                }
                _ => {
                    // "A, who left, and B": what is joined on behind the word is not meant by it.
                    let mut joined = self.coordinated(token);
                    joined.retain(|&it| it < start.trigger || token > start.trigger);
                    joined
                }
            };
            for token in tokens.into_iter().map(Target::Token) {
                if !targets.contains(&token) {
                    targets.push(token);
                }
            }
        }
        targets
    }

    /// A token and what is joined to it by "and", "or" or commas.
    pub fn coordinated(&self, token: TokenId) -> Vec<TokenId> {
        let mut found = vec![token];
        let mut next = 0;
        while next < found.len() {
            found.extend(self.children_by(found[next], &["conj"]));
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// What a word that stands beside a name speaks of: a singular noun of that name alone ("chairman A and B"), a
    /// plural of all that the name is joined to ("members A and B", "A and B, members").
    fn named_by(&self, word: TokenId, name: TokenId) -> Vec<TokenId> {
        match &*self.token(word).tag {
            "NNS" | "NNPS" => {
                let joined = |&at: &TokenId| self.head(at).filter(|_| self.dep(at) == "conj");
                let first = std::iter::successors(Some(name), joined)
                    .last()
                    .unwrap_or(name);
                self.coordinated(first)
            }
            tag if tag.starts_with("VB") => self.coordinated(name),
            _ => vec![name],
        }
    }

    /// Whether a verb stands in the passive.
    pub fn is_passive(&self, verb: TokenId) -> bool {
        if &*self.token(verb).tag != "VBN" {
            return false;
        }
        let own = self
            .children_by(verb, &["auxpass", "nsubjpass", "agent"])
            .next()
            .is_some();
        let active = || self.children_by(verb, &["aux", "nsubj"]).next().is_some();
        match self.dep(verb) {
            _ if own => true,
            "acl" | "amod" | "advcl" => !active(),
            "conj" => !active() && self.head(verb).is_some_and(|head| self.is_passive(head)),
            _ => false,
        }
    }

    /// A relative pronoun's antecedent; any other token itself.
    fn antecedent(&self, token: TokenId, verb: TokenId) -> TokenId {
        let relative = self.is_any(token, &self.pack.attribution.relatives);
        let mut clause = verb;
        while relative && clause != token {
            match (self.dep(clause), self.head(clause)) {
                ("relcl", Some(head)) => return head,
                ("conj" | "xcomp" | "ccomp", Some(head)) => clause = head,
                _ => break,
            }
        }
        token
    }

    /// What hangs on a verb by these relations; what a relative pronoun stands for instead of the pronoun.
    pub fn related(&self, verb: TokenId, deps: &[&str]) -> Vec<TokenId> {
        let children = self.children_by(verb, deps);
        children.map(|child| self.antecedent(child, verb)).collect()
    }

    /// Who does it.
    pub fn subject(&self, token: TokenId) -> Vec<TokenId> {
        if self.is_passive(token) {
            let agents = self.children_by(token, &["agent"]);
            return agents
                .flat_map(|by| self.children_by(by, &["pobj"]))
                .collect();
        }
        let mut verb = token;
        for link in 0..LONGEST_CHAIN {
            let deps: &[&str] = if link == 0 {
                &["nsubj"]
            } else {
                &["nsubj", "nsubjpass"]
            };
            let own = self.related(verb, deps);
            if !own.is_empty() {
                return own;
            }
            let Some(head) = self.head(verb) else { break };
            verb = match self.dep(verb) {
                "conj" | "xcomp" | "advcl" | "attr" | "acomp" | "oprd" | "pcomp" | "prep"
                | "aux" => head,
                // "leads the efforts to reach them": who leads is who reaches.
                "acl" if &*self.token(verb).tag == "VB" && self.dep(head) == "dobj" => {
                    self.token(head).head
                }
                "acl" | "relcl" => return vec![head],
                _ => break,
            };
        }
        Vec::new()
    }

    /// To whom or what it is done.
    pub fn object(&self, token: TokenId) -> Vec<TokenId> {
        if !self.is_passive(token) {
            return self.related(token, &["dobj"]);
        }
        let mut verb = token;
        for link in 0..LONGEST_CHAIN {
            // "It has members and is divided": a joined verb lends its subject, whatever its voice.
            let deps: &[&str] = if link == 0 {
                &["nsubjpass"]
            } else {
                &["nsubjpass", "nsubj"]
            };
            let own = self.related(verb, deps);
            if !own.is_empty() {
                return own;
            }
            let Some(head) = self.head(verb) else { break };
            verb = match self.dep(verb) {
                "conj" => head,
                "acl" | "relcl" | "amod" => return vec![head],
                // "Taken to the station, he said": who speaks was taken.
                "advcl" => return self.subject(head),
                _ => break,
            };
        }
        Vec::new()
    }

    /// The name that touches the token's noun phrase: before it with only marks between, or else after it.
    fn beside(&self, token: TokenId, fits: &dyn Fn(&MentionId) -> bool) -> Option<MentionId> {
        /// Forms of address are short ("Comrade", "the Hon. Mr.").
        const LONGEST_ADDRESS: usize = 2;
        let parse = self.reading.parse;
        let sentence = parse.sentences.get(parse.sentence_of(token))?;
        let mark = |at: &TokenId| matches!(&*self.token(*at).pos, "PUNCT" | "SPACE");
        let before = |child: &TokenId| {
            let deps = ["det", "amod", "compound", "advmod", "poss"];
            *child < token && deps.contains(&self.dep(*child))
        };
        let modifiers = self.children[token].iter().copied().filter(before);
        let first = modifiers
            .flat_map(|child| self.subtree(child))
            .min()
            .unwrap_or(token);
        let earlier = (sentence.start..first)
            .rev()
            .find(|at| !mark(at))
            .and_then(|at| self.mention_at[at]);
        earlier.filter(fits).or_else(|| {
            let address =
                |at: &TokenId| &*self.token(*at).pos == "PROPN" && self.mention_at[*at].is_none();
            let mut rest = (token + 1..sentence.end)
                .filter(|at| !mark(at))
                .take(LONGEST_ADDRESS + 1);
            self.mention_at[rest.find(|at| !address(at))?].filter(fits)
        })
    }

    /// The name that stands alone in brackets.
    fn bracketed(&self, token: TokenId) -> Option<MentionId> {
        let name = (*self.mention_at.get(token + 1)?)?;
        let after = self
            .reading
            .parse
            .tokens_in(self.reading.mentions[name].span)
            .end;
        let closes = self
            .forms
            .get(after)
            .is_some_and(|form| matches!(form.as_str(), ")" | "]"));
        (matches!(self.forms[token].as_str(), "(" | "[") && closes).then_some(name)
    }

    /// The verb or other word that the clause of a token hangs on.
    fn clause_head(&self, token: TokenId) -> TokenId {
        let mut at = token;
        for _ in 0..LONGEST_CHAIN {
            let subordinate = match self.dep(at) {
                "relcl" | "ccomp" => true,
                "advcl" | "conj" | "acl" => self.has_subject(at),
                _ => false,
            };
            match self.head(at) {
                Some(head) if !subordinate => at = head,
                _ => break,
            }
        }
        at
    }

    fn has_subject(&self, verb: TokenId) -> bool {
        self.children_by(verb, &["nsubj", "nsubjpass"])
            .next()
            .is_some()
    }

    /// The nearest token of the trigger's clause that can fill the role; with `words`, among what stands behind
    /// these prepositions. What other clauses with subjects of their own hold is not meant.
    fn near(&self, trigger: TokenId, words: &[String], accepts: &Accepts) -> Option<TokenId> {
        let head = self.clause_head(trigger);
        let mut clause = vec![head];
        let mut next = 0;
        while next < clause.len() {
            let own = |&child: &TokenId| match self.dep(child) {
                "relcl" | "ccomp" => false,
                "advcl" | "conj" | "acl" => !self.has_subject(child),
                _ => true,
            };
            clause.extend(self.children[clause[next]].iter().copied().filter(own));
            next += 1;
        }
        let stands = |&token: &TokenId| {
            token != trigger
                && !self.in_date(token)
                && (words.is_empty()
                    || (self.dep(token) == "pobj"
                        && self
                            .head(token)
                            .is_some_and(|preposition| self.is_any(preposition, words))))
        };
        let mut found: Vec<TokenId> = clause.into_iter().filter(stands).collect();
        found.sort_by_key(|token| token.abs_diff(trigger));
        found
            .into_iter()
            .take(FARTHEST)
            .find(|&token| self.could_fill(token, accepts))
    }

    /// The nearest token before the trigger that can fill the role, in the trigger's line, or in the part of it that a
    /// semicolon or colon begins; verbs other than `verbs` end the search.
    fn lead(&self, trigger: TokenId, verbs: &[String], accepts: &Accepts) -> Option<TokenId> {
        let start = self.reading.parse.tokens.get(trigger)?.span.start;
        let block = self.block_of(trigger);
        (0..trigger)
            .rev()
            .take(FARTHEST)
            .take_while(|&at| {
                let verb =
                    matches!(&*self.token(at).pos, "VERB" | "AUX") && self.mention_at[at].is_none();
                let part = matches!(self.forms[at].as_str(), ";" | ":");
                let stop = self.forms[at] == "."
                    && start - self.token(at).span.end > 1
                    && self.token(at).span.start > 0
                    && self.reading.text[..self.token(at).span.start]
                        .ends_with(char::is_alphabetic);
                self.block_of(at) == block && !part && !stop && (!verb || self.is_any(at, verbs))
            })
            .find(|&at| self.could_fill(at, accepts))
    }

    /// The token right behind the trigger, or behind the first sum of money after it, that can fill the role.
    fn trail(&self, trigger: TokenId, accepts: &Accepts) -> Option<TokenId> {
        /// "per", "a", an adjective and the noun.
        const REACH: usize = 4;
        let sentences = &self.reading.parse.sentences;
        let sentence = self.reading.parse.sentence_of(trigger);
        let end = sentences.get(sentence + 1).or(sentences.get(sentence))?.end;
        let sum = self.sum_in(trigger..end)?;
        let from = self.reading.parse.tokens_in(sum).end;
        (from..end.min(from + REACH))
            .take_while(|&at| !matches!(&*self.token(at).pos, "VERB" | "AUX"))
            .find(|&at| self.could_fill(at, accepts))
    }

    /// The names that a named step leads to.
    fn names(&self, start: Start, token: TokenId, step: &Step, accepts: &Accepts) -> Vec<Target> {
        let fits = |mention: &MentionId| accepts.names.contains(&self.kind(*mention));
        let at = self.token(token).span;
        let sentence = self.sentence_span(token);
        let blocks = &self.reading.layout.blocks;
        let block = start
            .item
            .or_else(|| self.block_of(token))
            .map(|block| &blocks[block]);
        let found: Vec<MentionId> = match step {
            Step::Inside => {
                let inside = self.subtree(token);
                let mut names: Vec<_> = inside
                    .iter()
                    .filter_map(|&token| self.mention_at[token])
                    .filter(fits)
                    .collect();
                names.dedup();
                names
            }
            Step::Before => {
                let before = svodka_model::Span::new(sentence.start, at.start);
                self.mentions_in(before)
                    .rev()
                    .find(fits)
                    .into_iter()
                    .collect()
            }
            Step::After => {
                let after = svodka_model::Span::new(at.end, sentence.end);
                self.mentions_in(after).find(fits).into_iter().collect()
            }
            Step::Beside => self.beside(token, &fits).into_iter().collect(),
            Step::Bracketed => self.bracketed(token).filter(fits).into_iter().collect(),
            Step::Label => {
                let label = block.and_then(|block| block.label);
                label.map_or_else(Vec::new, |label| {
                    self.mentions_in(label).filter(fits).take(1).collect()
                })
            }
            Step::Intro => {
                let intro = block
                    .and_then(|block| block.introduced_by)
                    .map(|intro| blocks[intro].span);
                intro.map_or_else(Vec::new, |intro| {
                    self.mentions_in(intro).filter(fits).collect()
                })
            }
            _ => self
                .nearest(token, start.item, accepts)
                .into_iter()
                .collect(),
        };
        found.into_iter().map(Target::Name).collect()
    }
}
