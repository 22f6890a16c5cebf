//! What tells of a word that it sets off a claim.

use svodka_model::{BlockKind, TokenId};

use super::Learner;
use super::sink::Sink;

/// Names this many tokens away count as near.
const NEAR: usize = 12;

impl Learner<'_> {
    /// Whether a word can set off a claim: a word of content or a preposition, in no name and no date.
    pub(super) fn can_trigger(&self, token: TokenId) -> bool {
        let scene = self.scene;
        let pos = &*scene.token(token).pos;
        scene.mention_at[token].is_none()
            && matches!(
                pos,
                "NOUN" | "VERB" | "ADJ" | "NUM" | "ADP" | "PROPN" | "ADV" | "SYM" | "AUX"
            )
            && !scene.in_date(token)
            && scene.speaks(token)
    }

    /// What a word is for a feature: the type of the name it is part of, a date, a sum, or its part of speech.
    pub(super) fn sort_of(&self, token: TokenId) -> &str {
        self.sorts[token]
    }

    /// The lemma and the classes of a word, or the type of the name.
    pub(super) fn word(&self, prefix: &str, token: TokenId, classes: bool, to: &mut impl Sink) {
        if self.scene.mention_at[token].is_some() {
            return to.add(&[prefix, "e=", self.sort_of(token)]);
        }
        to.add(&[prefix, "l=", &self.scene.lemmas[token]]);
        let classes = if classes { usize::MAX } else { 1 };
        for class in self.classes(token).take(classes) {
            to.add(&[prefix, "k=", class]);
        }
    }

    /// The classes of a word, its most frequent sense's field first.
    pub(super) fn classes(&self, token: TokenId) -> impl Iterator<Item = &str> {
        let words = &self.statistics.words;
        self.classes[token].iter().map(|&class| words.name(class))
    }

    /// The features of a word as a trigger.
    pub fn trigger(&self, token: TokenId, to: &mut impl Sink) {
        let scene = self.scene;
        let it = scene.token(token);
        to.add(&["p=", &it.pos]);
        to.add(&["tag=", &it.tag]);
        to.add(&["d=", &it.dep]);
        to.add(&["w=", &scene.forms[token]]);
        to.add(&["x=", ending(&scene.lemmas[token]), &it.pos]);
        self.word("", token, true, to);
        match scene.head(token) {
            None => to.add(&["root"]),
            Some(head) => self.head(token, head, to),
        }
        for &child in &scene.children[token] {
            self.child(child, to);
        }
        self.neighbours(token, to);
        let block = scene.block_of(token);
        let item =
            block.is_some_and(|block| scene.reading.layout.blocks[block].kind == BlockKind::Item);
        to.add(&["block=", if item { "item" } else { "text" }]);
        self.rules_at(token, to);
    }

    fn head(&self, token: TokenId, head: TokenId, to: &mut impl Sink) {
        let scene = self.scene;
        let dep = scene.dep(token);
        to.add(&["hp=", self.sort_of(head), "|", dep]);
        to.add(&["hl=", &scene.lemmas[head], "|", dep]);
        self.word("h", head, false, to);
        if let Some(over) = scene
            .head(head)
            .filter(|_| &*scene.token(head).pos == "ADP")
        {
            to.add(&["gl=", &scene.lemmas[head], "|", &scene.lemmas[over]]);
            to.add(&["gl=", &scene.lemmas[over]]);
            to.add(&["gt=", &scene.lemmas[head], "|", self.sort_of(over)]);
        }
    }

    fn child(&self, child: TokenId, to: &mut impl Sink) {
        let scene = self.scene;
        let dep = scene.dep(child);
        if dep == "punct" {
            return;
        }
        to.add(&["c=", dep]);
        to.add(&["ct=", dep, "|", self.sort_of(child)]);
        to.add(&["cl=", dep, "|", &scene.lemmas[child]]);
        match dep {
            "dobj" | "nsubj" | "nsubjpass" => {
                for class in self.classes(child) {
                    to.add(&["c", dep, "k=", class]);
                }
            }
            "attr" | "acomp" | "compound" | "amod" | "prt" | "xcomp" | "ccomp" | "appos"
            | "conj" => {
                for class in self.classes(child).take(1) {
                    to.add(&["c", dep, "k=", class]);
                }
            }
            "prep" | "agent" | "dative" => {
                for object in scene.children_by(child, &["pobj", "pcomp"]) {
                    let preposition = &scene.lemmas[child];
                    to.add(&["po=", preposition, "|", self.sort_of(object)]);
                    to.add(&["pl=", preposition, "|", &scene.lemmas[object]]);
                    for class in self.classes(object).take(1) {
                        to.add(&["pk=", preposition, "|", class]);
                    }
                }
            }
            _ => {}
        }
    }

    fn neighbours(&self, token: TokenId, to: &mut impl Sink) {
        let scene = self.scene;
        let sentence = self.sentence(token);
        for (name, at) in [
            ("-2", token.checked_sub(2)),
            ("-1", token.checked_sub(1)),
            ("+1", Some(token + 1)),
            ("+2", Some(token + 2)),
        ] {
            if let Some(at) = at.filter(|at| sentence.contains(at)) {
                to.add(&["n", name, "=", &scene.lemmas[at]]);
                to.add(&["nt", name, "=", self.sort_of(at)]);
            }
        }
        let from = sentence.start.max(token.saturating_sub(NEAR));
        let near = from..sentence.end.min(token + NEAR + 1);
        let mut sorts: Vec<&str> = near
            .filter(|&at| scene.mention_at[at].is_some())
            .map(|at| self.sort_of(at))
            .collect();
        sorts.sort_unstable();
        sorts.dedup();
        for sort in &sorts {
            to.add(&["near=", sort]);
        }
        to.add(&["near&l=", &sorts.concat(), &scene.lemmas[token]]);
    }

    /// What the frames made of the word, its head and its sentence.
    fn rules_at(&self, token: TokenId, to: &mut impl Sink) {
        let at = self.scene.token(token).span;
        let head = self
            .scene
            .head(token)
            .map(|head| self.scene.token(head).span);
        for claim in self.framed_in(token) {
            to.add(&["Rs=", &claim.kind]);
            if claim.derivation.trigger.overlaps(at) {
                to.add(&["R=", &claim.kind]);
                to.add(&["Rf=", &claim.derivation.frame]);
            }
            if head.is_some_and(|head| claim.derivation.trigger.overlaps(head)) {
                to.add(&["Rh=", &claim.kind]);
            }
        }
    }
}

/// The last three letters.
fn ending(word: &str) -> &str {
    let start = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &word[start..]
}
