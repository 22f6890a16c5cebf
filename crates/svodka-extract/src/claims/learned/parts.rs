//! What could fill a role, and what tells which role it fills.

use svodka_model::{BlockKind, Filler, NameType, SmolStr, TokenId};
use svodka_pack::Accepts;

use super::Learner;
use super::sink::Sink;

/// A path of more steps than this is only called long.
const LONGEST_PATH: usize = 6;

/// How much of the text a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// A name.
    Name,
    /// The name that a word stands for, or that stands with it: "he", "the group", "the Halden works".
    Named,
    /// A noun phrase with what hangs on it by "of" and the like.
    Phrase,
    /// A noun with what stands before it.
    Noun,
    /// What a number counts.
    Counted,
    /// A clause.
    Clause,
    /// A verb with its object.
    Predicate,
    /// A number.
    Number,
    /// A sum of money.
    Amount,
    /// The nearest name of its type before the sentence.
    Outside,
}

impl Extent {
    fn word(self) -> &'static str {
        match self {
            Extent::Name => "name",
            Extent::Named => "named",
            Extent::Phrase => "phrase",
            Extent::Noun => "noun",
            Extent::Counted => "counted",
            Extent::Clause => "clause",
            Extent::Predicate => "predicate",
            Extent::Number => "number",
            Extent::Amount => "amount",
            Extent::Outside => "outside",
        }
    }
}

/// Something in or before a sentence that could fill a role.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The word it hangs on; nothing if it stands outside the sentence.
    pub token: Option<TokenId>,
    /// How much it takes in.
    pub extent: Extent,
    /// The type of what stands outside.
    pub outside: Option<NameType>,
    /// What would fill the role.
    pub fillers: Vec<Filler>,
}

/// The way from one word to another of its sentence.
#[derive(Debug, Clone)]
pub(super) struct Route {
    /// The relations climbed and descended.
    plain: SmolStr,
    /// The same with the prepositions passed.
    worded: SmolStr,
    /// How many there are.
    steps: usize,
}

impl Learner<'_> {
    /// What could fill roles in a sentence, in the order of the text, with the nearest names before it.
    pub fn parts(&self, sentence: usize) -> Vec<Part> {
        let scene = self.scene;
        let parse = scene.reading.parse;
        let mut parts = Vec::new();
        for token in parse.sentences[sentence].clone() {
            if let Some(mention) = scene.mention_at[token] {
                if scene.main_token(mention) == Some(token) {
                    parts.push(Part {
                        token: Some(token),
                        extent: Extent::Name,
                        outside: None,
                        fillers: vec![scene.named(mention)],
                    });
                }
                continue;
            }
            let mut seen: Vec<Vec<Filler>> = Vec::new();
            for extent in self.extents(token) {
                let fillers = scene.filler(token, &accepts(extent));
                if fillers.iter().any(|filler| !filler.text.is_empty()) && !seen.contains(&fillers)
                {
                    seen.push(fillers.clone());
                    parts.push(Part {
                        token: Some(token),
                        extent,
                        outside: None,
                        fillers,
                    });
                }
            }
        }
        let first = parse.sentences[sentence].start;
        for kind in NameType::ALL {
            let only = Accepts {
                names: vec![kind],
                ..Accepts::default()
            };
            if let Some(mention) = scene.nearest(first, None, &only) {
                parts.push(Part {
                    token: None,
                    extent: Extent::Outside,
                    outside: Some(kind),
                    fillers: vec![scene.named(mention)],
                });
            }
        }
        parts
    }

    /// The extents that a word can have.
    fn extents(&self, token: TokenId) -> Vec<Extent> {
        let scene = self.scene;
        let pos = &*scene.token(token).pos;
        let dated = scene.in_date(token);
        let noun = matches!(pos, "NOUN" | "PROPN" | "ADJ" | "NUM");
        let pointing = matches!(pos, "PRON" | "DET" | "ADV");
        let mut extents = Vec::new();
        if dated || !(noun || pointing || matches!(pos, "VERB" | "AUX" | "SYM")) {
            return extents;
        }
        extents.push(Extent::Named);
        if noun {
            extents.extend([Extent::Phrase, Extent::Noun]);
            if scene.children_by(token, &["nummod"]).next().is_some() {
                extents.push(Extent::Counted);
            }
        }
        if matches!(pos, "VERB" | "AUX" | "NOUN") {
            extents.extend([Extent::Clause, Extent::Predicate]);
        }
        extents.extend([Extent::Number, Extent::Amount]);
        extents
    }

    /// The features of a part as what fills a role of the claim of a kind that `trigger` sets off.
    pub fn part(&self, trigger: TokenId, kind: &str, part: &Part, to: &mut impl Sink) {
        match part.token {
            Some(token) => {
                let path = self.route(trigger, token);
                self.inside(trigger, token, &path, to);
                self.extent(trigger, token, part, &path, to);
            }
            None => self.outside(trigger, part, to),
        }
        self.rules_on(trigger, kind, part, to);
    }

    /// What tells of any part that hangs on `token`.
    pub(super) fn inside(
        &self,
        trigger: TokenId,
        token: TokenId,
        path: &Route,
        to: &mut impl Sink,
    ) {
        let scene = self.scene;
        let (lemma, sort) = (&*scene.lemmas[trigger], self.sort_of(token));
        let Route {
            plain,
            worded,
            steps,
        } = path;
        let steps = *steps;
        let side = match token.cmp(&trigger) {
            std::cmp::Ordering::Less => "L",
            std::cmp::Ordering::Equal => "self",
            std::cmp::Ordering::Greater => "R",
        };
        let dep = scene.dep(token);
        to.add(&["P=", plain]);
        to.add(&["W=", worded]);
        to.add(&["n=", digit(steps, 7)]);
        to.add(&["s=", side]);
        to.add(&["t=", sort]);
        to.add(&["t&s=", sort, side]);
        to.add(&["t&P=", sort, plain]);
        to.add(&["t&W=", sort, worded]);
        to.add(&["d=", dep]);
        to.add(&["tp=", &scene.token(trigger).pos]);
        to.add(&["tl=", lemma]);
        to.add(&["tl&t=", lemma, "|", sort]);
        to.add(&["tl&P=", lemma, "|", plain]);
        to.add(&["tl&W=", lemma, "|", worded]);
        for class in self.classes(trigger).take(1) {
            to.add(&["tk&P=", class, "|", plain]);
            to.add(&["tk&W=", class, "|", worded]);
            to.add(&["tk&t=", class, "|", sort]);
        }
        self.word("c", token, true, to);
        for class in self.classes(token).take(1) {
            to.add(&["ck&P=", class, plain]);
            to.add(&["ck&W=", class, worded]);
        }
        if let Some(head) = scene.head(token) {
            if &*scene.token(head).pos == "ADP" {
                to.add(&["g=", &scene.lemmas[head]]);
                to.add(&["g&t=", &scene.lemmas[head], sort]);
            }
            to.add(&["chl=", &scene.lemmas[head]]);
            to.add(&[if head == trigger { "hangs" } else { "apart" }]);
        }
        self.grammar(trigger, token, sort, to);
        self.between(trigger, token, sort, side, to);
        self.around(token, to);
        let passive = scene.children_by(trigger, &["auxpass"]).next().is_some();
        if passive {
            to.add(&["pass&P=", plain]);
        }
    }

    /// What tells of a part by how much it takes in. No feature here is one of those that all parts on the token share.
    pub(super) fn extent(
        &self,
        trigger: TokenId,
        token: TokenId,
        part: &Part,
        path: &Route,
        to: &mut impl Sink,
    ) {
        let scene = self.scene;
        let lemma = &*scene.lemmas[trigger];
        let dep = scene.dep(token);
        let Route { plain, steps, .. } = path;
        let steps = *steps;
        if let (Extent::Named, Some(entity)) =
            (part.extent, part.fillers.first().and_then(|it| it.entity))
        {
            let kind = scene.reading.entities[entity.0].kind.code();
            to.add(&["named=", kind, "|", &scene.token(token).pos]);
        }
        let extent = part.extent.word();
        let words = part
            .fillers
            .first()
            .map_or(0, |filler| filler.text.split_whitespace().count());
        to.add(&["e=", extent]);
        to.add(&["e&n=", extent, digit(words, 6)]);
        to.add(&["e&tl=", extent, lemma]);
        to.add(&["e&d=", extent, dep]);
        to.add(&["e&d&n=", extent, dep, digit(steps, 5)]);
        to.add(&["e&p=", extent, &scene.token(token).pos]);
        to.add(&["e&P=", extent, plain]);
        to.add(&["nf=", digit(part.fillers.len(), 3), extent]);
    }

    /// Whether it is the trigger's subject or object, also where another word lends it ("agreed to sign", "the man who").
    fn grammar(&self, trigger: TokenId, token: TokenId, sort: &str, to: &mut impl Sink) {
        let scene = self.scene;
        let coordinated = |tokens: Vec<TokenId>| {
            tokens
                .iter()
                .any(|&at| at == token || scene.coordinated(at).contains(&token))
        };
        for (name, found) in [
            ("subj", scene.subject(trigger)),
            ("obj", scene.object(trigger)),
        ] {
            if coordinated(found) {
                to.add(&["is=", name]);
                to.add(&["is&t=", name, sort]);
                to.add(&["is&tl=", name, &scene.lemmas[trigger]]);
                for class in self.classes(trigger) {
                    to.add(&["is&tk=", name, class]);
                }
            }
        }
    }

    fn between(
        &self,
        trigger: TokenId,
        token: TokenId,
        sort: &str,
        side: &str,
        to: &mut impl Sink,
    ) {
        let away = match token.abs_diff(trigger) {
            0 => "0",
            1 => "1",
            2..=3 => "3",
            4..=7 => "7",
            8..=15 => "15",
            _ => "far",
        };
        to.add(&["away=", away, side]);
        let between = trigger.min(token) + 1..trigger.max(token);
        let same = between
            .clone()
            .filter(|&at| self.sort_of(at) == sort)
            .count();
        to.add(&["btw=", digit(same, 3)]);
        to.add(&["btw&t&s=", digit(same, 3), sort, side]);
        let verbs = between
            .filter(|&at| &*self.scene.token(at).pos == "VERB")
            .count();
        to.add(&["verbs=", digit(verbs, 3)]);
    }

    fn around(&self, token: TokenId, to: &mut impl Sink) {
        let scene = self.scene;
        for &child in &scene.children[token] {
            match scene.dep(child) {
                "nummod" => to.add(&["counted"]),
                "det" | "poss" | "case" => to.add(&["det=", &scene.lemmas[child]]),
                _ => {}
            }
        }
        let form = |at: Option<TokenId>| {
            at.and_then(|at| scene.forms.get(at))
                .map_or("", String::as_str)
        };
        to.add(&["pv=", form(token.checked_sub(1))]);
        to.add(&["nx=", form(Some(token + 1))]);
    }

    /// What tells of a part that stands outside the trigger's sentence.
    pub(super) fn outside(&self, trigger: TokenId, part: &Part, to: &mut impl Sink) {
        let scene = self.scene;
        let kind = part.outside.map_or("", NameType::code);
        let sentence = self.sentence(trigger);
        let start = scene.token(sentence.start).span.start;
        let mut inside: Vec<&str> = sentence
            .filter(|&at| scene.mention_at[at].is_some())
            .map(|at| self.sort_of(at))
            .collect();
        inside.sort_unstable();
        inside.dedup();
        let away = match part.fillers.first().and_then(|filler| filler.span) {
            Some(span) if span.start < start => match start - span.start {
                0..100 => "0",
                100..300 => "1",
                300..800 => "2",
                _ => "3",
            },
            _ => "after",
        };
        let block = scene
            .block_of(trigger)
            .map(|block| scene.reading.layout.blocks[block].kind);
        let subject = scene
            .children_by(trigger, &["nsubj", "nsubjpass"])
            .next()
            .is_some();
        to.add(&["O"]);
        to.add(&["O=", kind]);
        to.add(&["O&tl=", kind, &scene.lemmas[trigger]]);
        to.add(&[
            "O&in=",
            kind,
            if inside.contains(&kind) { "1" } else { "0" },
        ]);
        to.add(&[
            "O&block=",
            kind,
            if block == Some(BlockKind::Item) {
                "item"
            } else {
                "text"
            },
        ]);
        to.add(&["O&d=", kind, scene.dep(trigger)]);
        to.add(&["O&p=", kind, &scene.token(trigger).pos]);
        to.add(&["O&subj=", kind, if subject { "1" } else { "0" }]);
        to.add(&["O&away=", kind, away]);
        to.add(&["O&has=", kind, &inside.concat()]);
        for class in self.classes(trigger).take(1) {
            to.add(&["O&tk=", kind, class]);
        }
    }

    /// Which role the frames give it.
    pub(super) fn rules_on(&self, trigger: TokenId, kind: &str, part: &Part, to: &mut impl Sink) {
        let at = self.scene.token(trigger).span;
        for claim in self.framed_in(trigger).filter(|claim| claim.kind == kind) {
            let here = if claim.derivation.trigger.overlaps(at) {
                "here"
            } else {
                "there"
            };
            for (role, fillers) in &claim.roles {
                for span in fillers.iter().filter_map(|filler| filler.span) {
                    for own in part.fillers.iter().filter_map(|filler| filler.span) {
                        if own == span {
                            to.add(&["R=", role, "=", here]);
                        } else if own.overlaps(span) {
                            to.add(&["R=", role, "~", here]);
                        }
                    }
                }
            }
        }
    }

    /// The relations from one word to another of its sentence, without and with the prepositions passed, and how many.
    pub(super) fn route(&self, from: TokenId, to: TokenId) -> Route {
        let scene = self.scene;
        let without = |word: &'static str, steps| Route {
            plain: word.into(),
            worded: word.into(),
            steps,
        };
        let (up, down) = match self.meeting(from, to) {
            Some(found) if found.0.len() + found.1.len() <= LONGEST_PATH => found,
            Some(found) => return without("long", found.0.len() + found.1.len()),
            None => return without("none", 9),
        };
        let (mut plain, mut worded) = (String::new(), String::new());
        let steps = up
            .iter()
            .map(|at| ('^', at))
            .chain(down.iter().map(|at| ('v', at)));
        for (sign, &at) in steps {
            for path in [&mut plain, &mut worded] {
                path.push(sign);
                path.push_str(scene.dep(at));
            }
            if &*scene.token(at).pos == "ADP" {
                worded.push('(');
                worded.push_str(&scene.lemmas[at]);
                worded.push(')');
            }
        }
        Route {
            plain: plain.into(),
            worded: worded.into(),
            steps: up.len() + down.len(),
        }
    }

    /// The words climbed from one word to the one that governs both, and those descended from it to the other.
    pub(super) fn meeting(
        &self,
        from: TokenId,
        to: TokenId,
    ) -> Option<(Vec<TokenId>, Vec<TokenId>)> {
        let chain = |token: TokenId| {
            std::iter::successors(Some(token), |&at| self.scene.head(at))
                .take(40)
                .collect::<Vec<_>>()
        };
        let (up, down) = (chain(from), chain(to));
        let (climbed, descended) = up
            .iter()
            .enumerate()
            .find_map(|(at, token)| Some((at, down.iter().position(|it| it == token)?)))?;
        let mut down = down[..descended].to_vec();
        down.reverse();
        Some((up[..climbed].to_vec(), down))
    }
}

fn accepts(extent: Extent) -> Accepts {
    let none = Accepts::default();
    match extent {
        Extent::Name | Extent::Named | Extent::Outside => Accepts {
            names: NameType::ALL.to_vec(),
            ..none
        },
        Extent::Phrase => Accepts {
            phrase: true,
            ..none
        },
        Extent::Noun => Accepts { noun: true, ..none },
        Extent::Counted => Accepts {
            counted: true,
            ..none
        },
        Extent::Clause => Accepts {
            clause: true,
            ..none
        },
        Extent::Predicate => Accepts {
            predicate: true,
            ..none
        },
        Extent::Number => Accepts {
            number: true,
            ..none
        },
        Extent::Amount => Accepts {
            amount: true,
            ..none
        },
    }
}

/// A small number, or `most` if it is larger.
pub(super) fn digit(number: usize, most: usize) -> &'static str {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    DIGITS[number.min(most).min(9)]
}
