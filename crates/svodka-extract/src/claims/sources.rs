//! On whose word does a sentence have what it says? Sources that its own words name.

use std::ops::Range;

use svodka_model::{Filler, NameType, Source, Span, TokenId};
use svodka_pack::Accepts;

use super::scene::Scene;
use super::walk::Target;

/// What hangs on a verb or noun of saying as what is said.
const SAID: [&str; 6] = ["ccomp", "xcomp", "acl", "pcomp", "parataxis", "csubj"];
/// What hangs on a verb that vouches for its object.
const VOUCHED: [&str; 5] = ["dobj", "pobj", "attr", "oprd", "nsubjpass"];

impl Scene<'_> {
    /// Who is said in the trigger's sentence to have said it, nearest to this report first.
    pub fn sources(&self, trigger: TokenId) -> Vec<Source> {
        let chain = self.governors(trigger);
        let mut sources = Vec::new();
        for (token, speakers) in self.according(trigger) {
            let head = self.head(token);
            let part = chain
                .iter()
                .any(|&link| head == Some(link) || link == token);
            if part {
                self.add_sources(&speakers, &mut sources);
            }
        }
        for speaker in self.witnesses(&chain) {
            self.add_speaker(speaker, &mut sources);
        }
        for aside in self.asides_about(trigger) {
            self.add_speaker(aside, &mut sources);
        }
        for speaker in self.series_speakers(&chain) {
            self.add_speaker(speaker, &mut sources);
        }
        for (at, pair) in chain.windows(2).enumerate().rev() {
            self.add_governor(&chain[..=at], pair[1], &mut sources);
        }
        let last = chain[chain.len() - 1];
        let described = self
            .head(last)
            .is_some_and(|head| self.only_describes(last, head));
        let mut spoken = Vec::new();
        for speech in self.speeches_at(trigger) {
            if described && last >= speech.said.start {
                continue;
            }
            for &speaker in &speech.speakers {
                self.add_speaker(speaker, &mut spoken);
            }
        }
        // Who is seen by the order of words alone stands further out than whom the parser found within.
        let (first, then) = if sources.iter().all(|source| spoken.contains(source)) {
            (spoken, sources)
        } else {
            (sources, spoken)
        };
        let mut sources = first;
        then.into_iter()
            .for_each(|source| add(&mut sources, source));
        sources
    }

    /// Who vouches for a claim by the very word that sets it off: "the Congress claims 214,000 members".
    pub fn vouchers(&self, trigger: TokenId) -> Vec<Source> {
        let mut sources = Vec::new();
        let boasts = &*self.token(trigger).pos == "VERB"
            && self.is_any(trigger, &self.pack.attribution.boasts)
            && !self.is_passive(trigger);
        if boasts {
            for speaker in self.related(trigger, &["nsubj"]) {
                self.add_speaker(speaker, &mut sources);
            }
        }
        sources
    }

    /// Whether a clause only tells who a person is ("Moss, who is a grocer"), not what else befell.
    fn only_describes(&self, clause: TokenId, person: TokenId) -> bool {
        let past = |token: TokenId| &*self.token(token).tag == "VBD";
        let mut auxiliaries = self.children_by(clause, &["aux", "auxpass"]);
        let named = self.mention_at[person].map(|name| self.kind(name)) == Some(NameType::Person);
        let told_by_the_way = self
            .children_by(clause, &["parataxis", "ccomp"])
            .any(|child| self.is_any(child, &self.pack.attribution.sayings));
        let participle = self.dep(clause) == "acl" && &*self.token(clause).tag == "VBN";
        let relative = self.dep(clause) == "relcl"
            && self.children_by(clause, &["mark"]).next().is_none()
            && !auxiliaries.any(past)
            && !self.is_any(clause, &self.pack.attribution.sayings);
        named && !told_by_the_way && (participle || relative)
    }

    /// Who says a "that" of a series, where the parser lost its verb: "writes that A; that B; and that C".
    fn series_speakers(&self, chain: &[TokenId]) -> Vec<TokenId> {
        let starts = |&link: &TokenId| {
            let that = self.children_by(link, &["mark"]).next()?;
            let before = that.checked_sub(1)?;
            let joined = &*self.token(before).pos == "CCONJ";
            let before = before.checked_sub(usize::from(joined))?;
            (self.forms[before] == ";").then_some(that)
        };
        let Some(that) = chain.iter().find_map(starts) else {
            return Vec::new();
        };
        let parse = self.reading.parse;
        let start = parse.sentences[parse.sentence_of(that)].start;
        let says = |&verb: &TokenId| {
            self.is_any(verb, &self.pack.attribution.sayings)
                && !chain.contains(&verb)
                && self.children_by(verb, &["ccomp"]).next().is_some()
        };
        let verb = (start..that).rev().find(says);
        verb.map_or_else(Vec::new, |verb| self.subject(verb))
    }

    /// The trigger and its governors, through clauses that describe a noun of what is said: they are part of it. What
    /// stands in brackets is not.
    fn governors(&self, trigger: TokenId) -> Vec<TokenId> {
        let bracket = self.bracket(trigger);
        let mut chain = vec![trigger];
        let mut at = trigger;
        while let Some(head) = self.head(at).filter(|&head| {
            !self.cut_off(at, head)
                && !self.only_describes(at, head)
                && (self.bracket(head) == bracket || self.dep(at) == "ccomp")
        }) {
            chain.push(head);
            at = head;
        }
        chain
    }

    /// Adds who vouches for what `chain` ends in, if `outer` is a word of saying that governs it.
    fn add_governor(&self, chain: &[TokenId], outer: TokenId, sources: &mut Vec<Source>) {
        let words = &self.pack.attribution;
        let Some(&inner) = chain.last() else { return };
        let relation = self.dep(inner);
        let verb = matches!(&*self.token(outer).pos, "VERB" | "AUX");
        let said = SAID.contains(&relation);
        let vouched = VOUCHED.contains(&relation)
            || relation == "prep"
                && chain.len() > 1
                && matches!(self.dep(chain[chain.len() - 2]), "pobj" | "pcomp");
        let about = relation == "prep" && self.is_any(inner, &words.concerning);
        if said && self.is_any(outer, &words.sayings)
            || vouched && verb && self.is_any(outer, &words.vouching)
        {
            // Who is told to do a thing is not told that it was done.
            if relation == "xcomp" && self.children_by(outer, &["dobj"]).next().is_some() {
                return;
            }
            // "T-2 was told by a clerk that": T-2 comes first.
            let told =
                self.is_passive(outer) && self.children_by(outer, &["agent"]).next().is_some();
            let hearers = self
                .children_by(outer, &["nsubjpass"])
                .filter(|_| told && said);
            for hearer in hearers {
                self.add_speaker(hearer, sources);
            }
            for speaker in self.subject(outer) {
                self.add_speaker(speaker, sources);
            }
        }
        // "heard from a porter that he left", "was told by a clerk that he left": the clause hangs on who told it.
        if matches!(relation, "relcl" | "acl") && self.is_told_in(inner, outer) {
            let verb = self.head(outer).and_then(|prep| self.head(prep));
            let told = verb.filter(|&verb| {
                let hears = self.is_any(verb, &words.hearing) || self.is_any(verb, &words.sayings);
                hears && self.told_by(verb).contains(&outer)
            });
            if let Some(verb) = told {
                let hearers: Vec<_> = if self.is_passive(verb) {
                    self.children_by(verb, &["nsubjpass"]).collect()
                } else {
                    self.subject(verb)
                };
                for speaker in hearers.into_iter().chain([outer]) {
                    self.add_speaker(speaker, sources);
                }
            }
        }
        if said && self.is_any(outer, &words.hearing) {
            for speaker in self.subject(outer) {
                self.add_speaker(speaker, sources);
            }
            for teller in self.told_by(outer) {
                self.add_speaker(teller, sources);
            }
        }
        if (said || vouched || about) && verb && self.is_any(outer, &words.shows) {
            let accounts = self.children_by(outer, &["nsubj", "nsubjpass"]);
            for account in accounts.filter(|&it| self.is_any(it, &words.accounts)) {
                self.add_account(account, sources);
            }
        }
        let accounted = match relation {
            "acl" | "relcl" => self.is_told_in(inner, outer),
            _ => said || about,
        };
        let reckoned = || self.is_any(outer, &words.reckonings) && !self.owners(outer).is_empty();
        if accounted && !verb && reckoned() && !self.is_any(outer, &words.accounts) {
            for (_, owner) in self.owners(outer) {
                self.add_speaker(owner, sources);
            }
        }
        if accounted && !verb && self.is_any(outer, &words.accounts) && !self.is_denied(outer) {
            self.add_account(outer, sources);
        }
    }

    /// Whether a clause that hangs on a noun is what it tells ("a story that the men go back"), not what befell it.
    pub fn is_told_in(&self, clause: TokenId, noun: TokenId) -> bool {
        let relative = |&child: &TokenId| self.is_any(child, &self.pack.attribution.relatives);
        let mut subjects = self.children_by(clause, &["nsubj", "nsubjpass", "expl"]);
        let that = self
            .forms
            .get(noun + 1)
            .is_some_and(|next| next == "that" || next == "whether");
        match self.dep(clause) {
            "acl" => {
                let mut marks = self.children_by(clause, &["mark", "aux"]);
                marks.any(|mark| matches!(&*self.token(mark).tag, "IN" | "TO"))
                    || that && subjects.next().is_some()
            }
            _ => that && subjects.any(|subject| !relative(&subject)),
        }
    }

    /// "No evidence that", "no report of": nobody says it.
    fn is_denied(&self, noun: TokenId) -> bool {
        self.children_by(noun, &["det", "neg"])
            .any(|child| self.pack.attribution.negators.contains(&self.forms[child]))
    }

    /// From whom a verb of hearing has it.
    pub fn told_by(&self, verb: TokenId) -> Vec<TokenId> {
        let tellers = self.children_by(verb, &["prep", "agent"]).filter(|&prep| {
            self.dep(prep) == "agent" || self.is_any(prep, &self.pack.attribution.tellers)
        });
        tellers
            .flat_map(|prep| self.children_by(prep, &["pobj"]))
            .collect()
    }

    /// Who is said by the way to say it: "as Orlov reports", "the fuses, he maintains, are damp".
    fn witnesses(&self, chain: &[TokenId]) -> Vec<TokenId> {
        let links = chain.iter();
        let clauses =
            links.flat_map(|&link| self.children_by(link, &["parataxis", "advcl", "ccomp"]));
        clauses
            .filter(|&clause| !chain.contains(&clause) && self.is_by_the_way(clause))
            .flat_map(|clause| self.subject(clause))
            .collect()
    }

    /// Whether a clause only brings in a witness for the clause that it hangs on.
    pub fn is_by_the_way(&self, clause: TokenId) -> bool {
        let words = &self.pack.attribution;
        if !self.is_any(clause, &words.sayings) {
            return false;
        }
        match self.dep(clause) {
            "parataxis" => true,
            "advcl" => self
                .children_by(clause, &["mark", "advmod"])
                .any(|mark| self.is_any(mark, &words.witness_marks)),
            // "…, says Orlov": a clause of saying without a complement of its own, behind a comma.
            "ccomp" => {
                let said = self.children_by(clause, &["ccomp", "xcomp", "dobj", "mark"]);
                let first = self.subtree(clause)[0];
                said.count() == 0
                    && first > 0
                    && matches!(self.forms[first - 1].as_str(), "," | "\"" | "”" | "—")
            }
            _ => false,
        }
    }

    /// "X's report that", "a statement by X that": X, or else the account itself.
    pub fn add_account(&self, account: TokenId, sources: &mut Vec<Source>) {
        let voices: Vec<_> = self
            .owners(account)
            .into_iter()
            .filter(|&(link, owner)| {
                let kind = self.mention_at[owner].map(|name| self.kind(name));
                let body = kind == Some(NameType::Org)
                    && !link.is_some_and(|link| self.is_any(link, &self.pack.attribution.tellers));
                let informant = kind.is_none()
                    && (self.is_any(owner, &self.pack.attribution.witnesses)
                        || &*self.token(owner).pos == "PROPN" && !self.in_date(owner));
                matches!(kind, Some(NameType::Person | NameType::Work)) || body || informant
            })
            .map(|(_, owner)| owner)
            .collect();
        let given = self.head(account).filter(|&verb| {
            self.dep(account) == "dobj" && self.is_any(verb, &self.pack.attribution.gives)
        });
        let speakers = match given {
            _ if !voices.is_empty() => voices,
            Some(verb) => self.subject(verb),
            None => vec![account],
        };
        self.add_sources(&speakers, sources);
    }

    /// Whose an account is, with the preposition if one links them: its possessor, or who stands behind "by",
    /// "from" or "of".
    pub fn owners(&self, account: TokenId) -> Vec<(Option<TokenId>, TokenId)> {
        let possessors = self.children_by(account, &["poss"]);
        let mut owners: Vec<_> = possessors.map(|owner| (None, owner)).collect();
        let links = self
            .children_by(account, &["prep", "agent"])
            .filter(|&prep| self.is_any(prep, &self.pack.attribution.belonging));
        for link in links {
            owners.extend(
                self.children_by(link, &["pobj"])
                    .map(|owner| (Some(link), owner)),
            );
        }
        owners
    }

    /// The phrases that name a source in the token's sentence: their first token, and whom they name.
    pub fn according(&self, token: TokenId) -> Vec<(TokenId, Vec<TokenId>)> {
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
        let mut found: Vec<(TokenId, Vec<TokenId>)> = phrases.map(objects).collect();
        let first = self
            .reckonings
            .partition_point(|(prep, _)| *prep < sentence.start);
        let reckoned = self.reckonings[first..].iter();
        found.extend(
            reckoned
                .take_while(|(prep, _)| *prep < sentence.end)
                .cloned(),
        );
        found
    }

    /// Adds whom a token and all that is joined to it name.
    pub fn add_speaker(&self, speaker: TokenId, sources: &mut Vec<Source>) {
        let speakers = self.coordinated(speaker);
        self.add_sources(&speakers, sources);
    }

    /// Adds who or what these tokens name, each once.
    pub fn add_sources(&self, speakers: &[TokenId], sources: &mut Vec<Source>) {
        for &speaker in speakers {
            if let Some(meant) = self.meant.get(&speaker) {
                meant
                    .iter()
                    .cloned()
                    .for_each(|source| add(sources, source));
                continue;
            }
            let measure = self.is_any(speaker, &self.pack.attribution.measures)
                || self.is_any(speaker, &self.pack.attribution.follows)
                || !self.forms[speaker].contains(|c: char| c.is_alphabetic() || c == '#');
            if measure {
                continue;
            }
            let account = self.is_any(speaker, &self.pack.attribution.accounts);
            let owner = self
                .children_by(speaker, &["poss"])
                .find(|&it| account && self.mention_at[it].is_some());
            for Filler { text, entity, .. } in self.speakers(owner.unwrap_or(speaker)) {
                add(sources, Source { text, entity });
            }
        }
    }

    /// Who speaks at a token: the name, the name in apposition to it, the one a pronoun stands for, or the phrase
    /// as it stands ("Orlov's wife", "Source 14").
    fn speakers(&self, token: TokenId) -> Vec<Filler> {
        let voices = Accepts {
            names: vec![
                NameType::Person,
                NameType::Org,
                NameType::Work,
                NameType::Workplace,
            ],
            ..Accepts::default()
        };
        let token = self.person_at(token);
        let code = self.children_by(token, &["appos"]).find(|&it| {
            self.is_any(token, &self.pack.attribution.witnesses)
                && &*self.token(it).pos == "PROPN"
                && self.mention_at[it].is_none()
        });
        if let Some(code) = code {
            return vec![self.quoted(self.speaker_phrase(code))];
        }
        let named = self.mention_at[token].is_some();
        let described = self
            .children_by(token, &["appos"])
            .any(|it| self.mention_at[it].is_some());
        let noun = matches!(&*self.token(token).pos, "NOUN" | "PROPN" | "NUM" | "ADJ");
        if named || described || !noun {
            return self.fillers(&[Target::Token(token)], &voices);
        }
        if self.in_date(token) {
            return Vec::new();
        }
        if let Some(name) = self.refers_to(token, &voices) {
            return vec![self.named(name)];
        }
        vec![self.quoted(self.speaker_phrase(token))]
    }

    /// A speaker's noun phrase without what marks cut off; a number behind it is part of it ("Source 14", "Informant
    /// No. 7").
    fn speaker_phrase(&self, token: TokenId) -> Span {
        let parse = self.reading.parse;
        let phrase = parse.tokens_in(self.noun_phrase(token));
        let cut = |&at: &TokenId| match &*self.token(at).pos {
            "PUNCT" => !matches!(self.forms[at].as_str(), "-" | "." | "\"" | "“" | "”"),
            "AUX" | "SCONJ" => true,
            "VERB" => &*self.token(at).tag != "VBN" && &*self.token(at).tag != "VBG",
            _ => false,
        };
        let first = (phrase.start..token)
            .rev()
            .find(cut)
            .map_or(phrase.start, |at| at + 1);
        let loose = |&at: &TokenId| {
            cut(&at)
                || self.is_any(token, &self.pack.attribution.accounts)
                    && self.is_any(at, &self.pack.attribution.loose_links)
        };
        let mut last = (token + 1..phrase.end)
            .find(loose)
            .unwrap_or(phrase.end.max(token + 1));
        let number = |at: TokenId| {
            self.reading
                .parse
                .tokens
                .get(at)
                .is_some_and(|it| &*it.pos == "NUM")
                && !self.in_date(at)
        };
        if last == token + 1 && number(last) {
            last += 1;
        }
        parse.span(first..last)
    }
}

impl Scene<'_> {
    /// Whom a relative clause of saying describes, where the parser hung it on the place that the person is from.
    fn person_at(&self, token: TokenId) -> TokenId {
        let kind = |token: TokenId| self.mention_at[token].map(|name| self.kind(name));
        if !matches!(kind(token), Some(NameType::Workplace | NameType::Place)) {
            return token;
        }
        let person = std::iter::successors(Some(token), |&at| self.head(at))
            .take(4)
            .find(|&at| kind(at) == Some(NameType::Person));
        person.unwrap_or(token)
    }
}

/// Adds a source that is not known yet.
pub(crate) fn add(sources: &mut Vec<Source>, source: Source) {
    let known = |other: &Source| {
        other.text == source.text || (source.entity.is_some() && other.entity == source.entity)
    };
    if !sources.iter().any(known) {
        sources.push(source);
    }
}
