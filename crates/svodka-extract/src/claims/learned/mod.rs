//! Claims that no frame finds, by what was learned from annotated reports.
//!
//! Three logistic regressions, each over features of the parse: which kinds of claim a word sets off ([`Learner::trigger`]),
//! which role each part of its sentence fills in such a claim ([`Learner::part`]), and whether the claim so put
//! together is right ([`Learner::sound`]). What the frames found is among the features. The tables are part of a pack and
//! are made by `tools/learn`.

mod parts;
mod sink;
mod triggers;

use std::collections::BTreeMap;
use std::ops::Range;

use svodka_model::{Claim, Filler, SmolStr, Token, TokenId};
use svodka_pack::{Feature, Kind, Statistics, probability};

use parts::Route;
pub use parts::{Extent, Part};
pub use sink::{Sink, once};

use super::scene::Scene;
use parts::digit;

/// A kind is tried for a word from this probability on.
const LEAST_KIND: f32 = 0.17;
/// A part fills a role from this probability on.
const LEAST_ROLE: f32 = 0.3;
/// A proposed claim is made from this probability on. Lower gives more claims and more wrong ones.
const LEAST_SOUND: f32 = 0.35;

/// What a word and the parts around it may claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The kind of claim.
    pub kind: SmolStr,
    /// The word that sets it off.
    pub trigger: TokenId,
    /// Log-odds that it does.
    pub odds: f32,
    /// The roles in the kind's order, each with the log-odds of its surest filler.
    pub roles: Vec<(SmolStr, f32, Vec<Filler>)>,
    /// How many fillers stand outside the sentence.
    pub outside: usize,
}

impl Proposal {
    fn confidence(&self) -> f32 {
        let sum: f32 = self
            .roles
            .iter()
            .map(|(_, odds, _)| probability(*odds))
            .sum();
        probability(self.odds) * sum / self.roles.len().max(1) as f32
    }

    fn facts(&self) -> impl Iterator<Item = (&SmolStr, &Filler)> {
        self.roles
            .iter()
            .flat_map(|(role, _, fillers)| fillers.iter().map(move |filler| (role, filler)))
    }
}

/// Reads claims by what was learned.
pub struct Learner<'a> {
    pub(super) scene: &'a Scene<'a>,
    statistics: &'a Statistics,
    framed: &'a [Claim],
    /// Per sentence: the claims of the frames in it.
    framed_by_sentence: BTreeMap<usize, Vec<usize>>,
    /// Per token: what it is for a feature.
    sorts: Vec<&'a str>,
    /// Per token: the classes of the word.
    classes: Vec<&'a [u16]>,
}

/// What tells of the parts on each token of a sentence which role they fill for one trigger, computed once for all extents of
/// the token and all kinds.
struct Seen {
    first: TokenId,
    tokens: Vec<Option<Shared>>,
}

/// What all parts on one token share.
#[derive(Clone)]
struct Shared {
    features: Vec<Feature>,
    path: Route,
}

impl<'a> Learner<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, framed: &'a [Claim]) -> Learner<'a> {
        let mut framed_by_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, claim) in framed.iter().enumerate() {
            let first = scene
                .reading
                .parse
                .tokens_in(claim.derivation.trigger)
                .next();
            if let Some(token) = first {
                let sentence = scene.reading.parse.sentence_of(token);
                framed_by_sentence.entry(sentence).or_default().push(number);
            }
        }
        Learner {
            scene,
            statistics: &scene.pack.statistics,
            framed,
            framed_by_sentence,
            sorts: sorts(scene),
            classes: classes(scene),
        }
    }

    /// The words that could set off claims, in the order of the text.
    pub fn triggers(&self) -> impl Iterator<Item = TokenId> {
        (0..self.scene.reading.parse.tokens.len()).filter(|&token| self.can_trigger(token))
    }

    fn sentence(&self, token: TokenId) -> Range<TokenId> {
        let parse = self.scene.reading.parse;
        parse.sentences[parse.sentence_of(token)].clone()
    }

    /// The claims that frames found in a word's sentence.
    fn framed_in(&self, token: TokenId) -> impl Iterator<Item = &'a Claim> {
        let sentence = self.scene.reading.parse.sentence_of(token);
        let numbers = self.framed_by_sentence.get(&sentence);
        let framed = self.framed;
        numbers
            .into_iter()
            .flatten()
            .map(move |&number| &framed[number])
    }

    /// What may be claimed, before it is judged whether it is right: of proposals of one kind with words that hang
    /// together, or of much the same things, the surest.
    pub fn proposals(&self) -> Vec<Proposal> {
        let mut all = Vec::new();
        if self.statistics.kinds.is_empty() {
            return all;
        }
        for (number, sentence) in self.scene.reading.parse.sentences.iter().enumerate() {
            let mut parts = None;
            let mut found = Vec::new();
            for token in sentence.clone().filter(|&token| self.can_trigger(token)) {
                let mut features: Vec<Feature> = Vec::new();
                self.trigger(token, &mut features);
                let scores = self.statistics.kinds.score(&once(features));
                let mut seen = Seen {
                    first: sentence.start,
                    tokens: vec![None; sentence.len()],
                };
                for (label, &odds) in self.statistics.kinds.labels().iter().zip(&scores) {
                    if probability(odds) < LEAST_KIND {
                        continue;
                    }
                    let mut kinds = self.scene.pack.kinds.iter();
                    if let Some(kind) = kinds.find(|kind| kind.name == *label) {
                        let parts = parts.get_or_insert_with(|| self.parts(number));
                        found.extend(self.propose(kind, token, odds, parts, &mut seen));
                    }
                }
            }
            all.extend(self.without_rivals(found));
        }
        all
    }

    fn propose(
        &self,
        kind: &Kind,
        trigger: TokenId,
        odds: f32,
        parts: &[Part],
        seen: &mut Seen,
    ) -> Option<Proposal> {
        let weights = self.statistics.roles.get(&kind.name)?;
        let mut chosen = Vec::new();
        let mut scored: (Option<TokenId>, Vec<f32>) = (None, Vec::new());
        for part in parts {
            let mut own: Vec<Feature> = Vec::new();
            match part.token {
                Some(token) => {
                    let shared = seen.tokens[token - seen.first].get_or_insert_with(|| {
                        let mut features = Vec::new();
                        let path = self.route(trigger, token);
                        self.inside(trigger, token, &path, &mut features);
                        Shared {
                            features: once(features),
                            path,
                        }
                    });
                    if scored.0 != Some(token) {
                        scored = (Some(token), weights.score(&shared.features));
                    }
                    self.extent(trigger, token, part, &shared.path, &mut own);
                }
                None => {
                    scored = (None, weights.score(&[]));
                    self.outside(trigger, part, &mut own);
                }
            }
            self.rules_on(trigger, &kind.name, part, &mut own);
            let mut scores = scored.1.clone();
            weights.add(&once(own), &mut scores);
            let best = weights
                .labels()
                .iter()
                .zip(scores)
                .max_by(|a, b| a.1.total_cmp(&b.1));
            let Some((role, odds)) = best else { continue };
            let Some(accepts) = kind.roles.get(role) else {
                continue;
            };
            let fits = (part.extent == Extent::Number) == accepts.number
                && (part.extent == Extent::Amount) == accepts.amount;
            if fits && probability(odds) >= LEAST_ROLE {
                chosen.push((odds, role, part));
            }
        }
        // Surest first; of equals, whatever the order in which weights were added, the earlier.
        let rank = |odds: f32| (odds * 1024.0).round();
        chosen.sort_by(|a, b| rank(b.0).total_cmp(&rank(a.0)));
        let mut roles: BTreeMap<&SmolStr, (f32, Vec<Filler>)> = BTreeMap::new();
        let mut outside = 0;
        for (odds, role, part) in chosen {
            let accepts = &kind.roles[role];
            let one = accepts.number
                || accepts.amount
                || accepts.noun
                || accepts.clause
                || accepts.predicate;
            let filled = roles.contains_key(role);
            if filled && (one || part.token.is_none()) {
                continue;
            }
            let its = &mut roles.entry(role).or_insert((odds, Vec::new())).1;
            for filler in part.fillers.iter().filter(|filler| !filler.text.is_empty()) {
                if !its
                    .iter()
                    .any(|other| same(other, filler) || meet(other, filler))
                {
                    its.push(filler.clone());
                    outside += usize::from(part.token.is_none());
                }
            }
        }
        let in_order = kind.roles.keys().filter_map(|role| {
            let (odds, mut fillers) = roles.remove(role)?;
            fillers.sort_by_key(|filler| filler.span.map(|span| span.start));
            (!fillers.is_empty()).then(|| (role.clone(), odds, fillers))
        });
        let roles: Vec<_> = in_order.collect();
        (!roles.is_empty()).then(|| Proposal {
            kind: kind.name.clone(),
            trigger,
            odds,
            roles,
            outside,
        })
    }

    fn without_rivals(&self, mut found: Vec<Proposal>) -> Vec<Proposal> {
        found.sort_by(|a, b| b.confidence().total_cmp(&a.confidence()));
        let mut kept: Vec<Proposal> = Vec::new();
        for proposal in found {
            let rival = |other: &Proposal| {
                let shared = proposal
                    .facts()
                    .filter(|(role, filler)| {
                        other
                            .facts()
                            .any(|(its, it)| *role == its && same(it, filler))
                    })
                    .count();
                let fewer = proposal.facts().count().min(other.facts().count());
                let linked = self
                    .meeting(proposal.trigger, other.trigger)
                    .is_some_and(|(up, down)| up.len() + down.len() <= 1);
                other.kind == proposal.kind && (2 * shared >= fewer || linked)
            };
            if !kept.iter().any(rival) {
                kept.push(proposal);
            }
        }
        kept
    }

    /// What tells whether a proposal is right.
    pub fn sound(&self, proposal: &Proposal, to: &mut impl Sink) {
        let kind = &*proposal.kind;
        let at = self.scene.token(proposal.trigger).span;
        let ruled = self
            .framed_in(proposal.trigger)
            .any(|claim| claim.kind == kind && claim.derivation.trigger.overlaps(at));
        let odds = bucket(proposal.odds);
        to.add(&["k=", kind]);
        to.add(&["p=", &odds]);
        to.add(&["p&k=", &odds, kind]);
        let roles = digit(proposal.roles.len(), 4);
        to.add(&["roles=", roles]);
        to.add(&["roles&k=", roles, kind]);
        to.add(&["fillers=", digit(proposal.facts().count(), 6)]);
        to.add(&["outside=", digit(proposal.outside, 3)]);
        to.add(&["pos=", &self.scene.token(proposal.trigger).pos]);
        if ruled {
            to.add(&["ruled"]);
            to.add(&["ruled&k=", kind]);
        }
        let mut sum = 0.0;
        let mut least = f32::MAX;
        for (role, odds, _) in &proposal.roles {
            to.add(&["has=", kind, ".", role]);
            to.add(&["q=", kind, ".", role, "=", &bucket(*odds)]);
            sum += odds;
            least = least.min(*odds);
        }
        to.add(&["mean=", &bucket(sum / proposal.roles.len() as f32)]);
        to.add(&["least=", &bucket(least)]);
        let kinds = &self.scene.pack.kinds;
        let required = kinds
            .iter()
            .find(|it| it.name == kind)
            .map_or(&[][..], |it| &it.required);
        for role in required {
            if !proposal.roles.iter().any(|(filled, _, _)| filled == role) {
                to.add(&["lacks"]);
                to.add(&["lacks=", kind, ".", role]);
            }
        }
    }

    /// The log-odds that a proposal is right.
    fn soundness(&self, proposal: &Proposal) -> f32 {
        let mut features: Vec<Feature> = Vec::new();
        self.sound(proposal, &mut features);
        let score = self.statistics.sound.score(&once(features));
        score.first().copied().unwrap_or(f32::MIN)
    }

    /// The proposals that are probably right and that no frame has made already.
    pub(super) fn found(&self) -> Vec<Proposal> {
        let mut found = self.proposals();
        found.retain(|it| {
            self.is_whole(it)
                && !self.is_framed(it)
                && probability(self.soundness(it)) >= LEAST_SOUND
        });
        found
    }

    /// Whether a proposal fills every role that its kind asks for, or need not.
    fn is_whole(&self, proposal: &Proposal) -> bool {
        let kinds = &self.scene.pack.kinds;
        let kind = kinds.iter().find(|kind| kind.name == proposal.kind);
        kind.is_some_and(|kind| {
            let filled = |role: &SmolStr| proposal.roles.iter().any(|(its, _, _)| its == role);
            kind.partial || kind.required.iter().all(filled)
        })
    }

    /// Whether a frame has made a claim of the proposal's kind in its sentence that shares a fact with it.
    pub fn is_framed(&self, proposal: &Proposal) -> bool {
        let shares = |claim: &Claim| {
            proposal.facts().any(|(role, filler)| {
                let known = claim.role(role).iter();
                known
                    .into_iter()
                    .any(|other| same(other, filler) || meet(other, filler))
            })
        };
        self.framed_in(proposal.trigger)
            .any(|claim| claim.kind == proposal.kind && shares(claim))
    }

    /// The value of each field of a kind that the words around a trigger speak for most.
    pub(super) fn fields(&self, kind: &str, trigger: TokenId) -> Vec<(SmolStr, SmolStr)> {
        let weights = &self.statistics.fields;
        let mut features: Vec<Feature> = Vec::new();
        self.trigger(trigger, &mut features);
        let scores = weights.score(&once(features));
        let mut best: BTreeMap<&str, (f32, &str)> = BTreeMap::new();
        for (label, odds) in weights.labels().iter().zip(scores) {
            let field = label
                .strip_prefix(kind)
                .and_then(|rest| rest.strip_prefix('.'));
            if let Some((field, value)) = field.and_then(|field| field.split_once('=')) {
                let known = best.entry(field).or_insert((odds, value));
                if odds > known.0 {
                    *known = (odds, value);
                }
            }
        }
        let values = best
            .into_iter()
            .map(|(field, (_, value))| (field.into(), value.into()));
        values.collect()
    }
}

/// What each token is for a feature: the type of the name it is part of, a date, a sum, or its part of speech.
fn sorts<'a>(scene: &'a Scene<'a>) -> Vec<&'a str> {
    let in_sum = |token: TokenId| {
        let at = scene.token(token).span;
        let next = scene.sums.partition_point(|sum| sum.end <= at.start);
        scene.sums.get(next).is_some_and(|sum| sum.overlaps(at))
    };
    let sort = |token: TokenId| match scene.mention_at[token] {
        Some(mention) => scene.kind(mention).code(),
        None if scene.in_date(token) => "DATE",
        None if in_sum(token) => "SUM",
        None => &scene.token(token).pos,
    };
    (0..scene.reading.parse.tokens.len()).map(sort).collect()
}

/// The classes of each token's word.
fn classes<'a>(scene: &'a Scene<'a>) -> Vec<&'a [u16]> {
    let words = &scene.pack.statistics.words;
    let tokens = scene.reading.parse.tokens.iter().zip(&scene.lemmas);
    let of = |(token, lemma): (&Token, &String)| {
        let part = match &*token.pos {
            "NOUN" | "PROPN" => "n",
            "VERB" | "AUX" => "v",
            "ADJ" => "a",
            _ => return &[][..],
        };
        words.of(lemma, part)
    };
    tokens.map(of).collect()
}

/// Whether two fillers are the same thing.
fn same(one: &Filler, other: &Filler) -> bool {
    match (one.entity, other.entity) {
        (Some(one), Some(other)) => one == other,
        _ => one.text.to_lowercase() == other.text.to_lowercase(),
    }
}

/// Whether two fillers share words of the text.
fn meet(one: &Filler, other: &Filler) -> bool {
    one.span
        .zip(other.span)
        .is_some_and(|(one, other)| one.overlaps(other))
}

/// Log-odds in steps of a half, as a name for a feature.
fn bucket(odds: f32) -> String {
    format!("{}", (odds * 2.0).round().clamp(-12.0, 12.0))
}
