//! What does the report claim? Applies a pack's frames to a report's sentences.

mod asides;
mod filler;
mod heads;
pub mod learned;
mod modality;
mod money;
mod numerals;
mod reference;
mod roles;
mod scene;
mod sources;
mod speech;
mod timeline;
mod voices;
mod walk;
mod why;

use std::collections::{BTreeMap, BTreeSet};

use svodka_model::{
    BlockId, Certainty, Claim, Derivation, Filler, Polarity, SmolStr, Source, Span, TokenId,
};
use svodka_pack::{Accepts, Frame, Kind, Origin, Pack, Path};

use learned::{Learner, Proposal};
pub use scene::Reading;
use scene::Scene;
use walk::Start;
use why::Refusal;
pub use why::{Outcome, Trial, why};

/// The longest trigger phrase, in tokens.
const LONGEST_TRIGGER: usize = 6;

/// In place of a frame's name: the claim was found by what was learned.
pub const LEARNED: &str = "learned";

/// As a frame's trigger: any sum of money.
const SUM: &str = "<sum>";

/// The claims of a report, in the order of the text.
///
/// Each trigger word gives at most one claim of a kind (one for each item, where a frame speaks of a list's
/// items): the first frame of the kind's file that fits.
///
/// What was learned from annotated reports adds the claims that no frame finds.
pub fn read_claims(reading: Reading<'_>, pack: &Pack) -> Vec<Claim> {
    let scene = Scene::new(reading, pack);
    let framed = framed_claims(&scene, pack);
    let learner = Learner::new(&scene, &framed);
    let mut claims: Vec<Claim> = learner
        .found()
        .into_iter()
        .filter_map(|proposal| scene.learned(&learner, proposal))
        .collect();
    claims.extend(framed.iter().cloned());
    claims.sort_by_key(|claim| (claim.evidence.start, claim.derivation.trigger.start));
    without_repetition(claims)
}

/// The claims that the pack's frames find, as they find them: what its examples are held against.
pub fn read_framed_claims(reading: Reading<'_>, pack: &Pack) -> Vec<Claim> {
    framed_claims(&Scene::new(reading, pack), pack)
}

/// What a learner sees in a report, for those who train it: calls `look` with it.
pub fn observe<T>(reading: Reading<'_>, pack: &Pack, look: impl FnOnce(&Learner<'_>) -> T) -> T {
    let scene = Scene::new(reading, pack);
    let framed = framed_claims(&scene, pack);
    look(&Learner::new(&scene, &framed))
}

/// The claims that frames find.
fn framed_claims(scene: &Scene<'_>, pack: &Pack) -> Vec<Claim> {
    let reading = scene.reading;
    let mut claims = Vec::new();
    let mut within: BTreeMap<usize, usize> = BTreeMap::new();
    for token in 0..reading.parse.tokens.len() {
        if scene.mention_at[token].is_some()
            || scene.in_date(token)
            || !(scene.speaks(token) || scene.signs(token))
        {
            continue;
        }
        let words = [scene.forms[token].as_str(), scene.lemmas[token].as_str()];
        let mut frames: Vec<_> = words
            .iter()
            .flat_map(|word| pack.openers.of(word))
            .copied()
            .collect();
        if scene.begins_sum(token) {
            frames.extend(pack.openers.of(SUM));
        }
        frames.sort_unstable();
        frames.dedup();
        let mut done: BTreeSet<(usize, TokenId)> = BTreeSet::new();
        let mut phrases = Phrases::default();
        for (number, frame) in frames {
            let kind = &pack.kinds[number];
            let frame = &kind.frames[frame];
            let Some(found) = Trigger::find(scene, token, frame, &mut phrases) else {
                continue;
            };
            if done.contains(&(number, found.main)) || !(frame.signature || scene.speaks(token)) {
                continue;
            }
            // "refused to turn out" says it once: what stands inside a longer trigger does not set off its kind again.
            let inside = within
                .get(&number)
                .is_some_and(|&end| found.span.start < end);
            if inside {
                continue;
            }
            let new = scene.apply(kind, frame, &found);
            if !new.is_empty() {
                done.insert((number, found.main));
                within.insert(number, found.span.end);
                claims.extend(new);
            }
        }
    }
    claims.sort_by_key(|claim| (claim.evidence.start, claim.derivation.trigger.start));
    without_repetition(without_echoes(claims, pack))
}

/// Leaves out what a frame that speaks only `once` of the same things says again of them.
fn without_echoes(claims: Vec<Claim>, pack: &Pack) -> Vec<Claim> {
    let frames = pack
        .kinds
        .iter()
        .flat_map(|kind| kind.frames.iter().map(move |frame| (kind, frame)));
    let once: BTreeSet<String> = frames
        .filter(|(_, frame)| frame.once)
        .map(|(kind, frame)| format!("{}/{}", kind.name, frame.name))
        .collect();
    let mut said: Vec<(SmolStr, BTreeSet<String>)> = Vec::new();
    let mut kept = Vec::new();
    for claim in claims {
        let fillers = || claim.roles.iter().flat_map(|(_, fillers)| fillers);
        let mut things: BTreeSet<String> = fillers()
            .filter_map(|filler| Some(format!("#{}", filler.entity?.0)))
            .collect();
        if things.is_empty() {
            things.extend(fillers().map(|filler| filler.text.to_lowercase()));
        }
        let echo = |(kind, earlier): &(SmolStr, BTreeSet<String>)| {
            *kind == claim.kind && things.is_subset(earlier)
        };
        if once.contains(&claim.derivation.frame) && said.iter().any(echo) {
            continue;
        }
        said.push((claim.kind.clone(), things));
        kept.push(claim);
    }
    kept
}

/// What a claim rests on.
struct Grounds<'a> {
    /// The word that the rest hangs on.
    main: TokenId,
    trigger: Span,
    /// The frame's name.
    frame: &'a str,
    /// The item of a list that it speaks of.
    item: Option<BlockId>,
    aside: bool,
    negative: bool,
    dated: bool,
}

/// A frame's trigger as found.
struct Trigger {
    /// The word that the rest hangs on.
    main: TokenId,
    span: Span,
    /// Its words as the frame gives them.
    words: String,
    /// What its list makes of it.
    value: String,
}

/// The phrases that begin at one token, by their length, in the forms in which a trigger may list them; put together
/// only when asked for, and once for all frames.
#[derive(Default)]
struct Phrases([Option<Vec<String>>; LONGEST_TRIGGER]);

impl Phrases {
    /// The forms of the phrase of `length` tokens that begins at `token`; none if it runs beyond the sentence.
    fn of(&mut self, scene: &Scene<'_>, token: TokenId, length: usize) -> &[String] {
        self.0[length - 1].get_or_insert_with(|| {
            let end = token + length;
            let parse = scene.reading.parse;
            if end > scene.forms.len() || parse.sentence_of(end - 1) != parse.sentence_of(token) {
                return Vec::new();
            }
            let joined = |words: &[String]| words.join(" ");
            let mut forms = vec![
                joined(&scene.forms[token..end]),
                joined(&scene.lemmas[token..end]),
            ];
            if length > 1 {
                // Only the first word inflects ("took part in"), or only the last ("strike committees").
                forms.push(format!(
                    "{} {}",
                    scene.lemmas[token],
                    joined(&scene.forms[token + 1..end])
                ));
                forms.push(format!(
                    "{} {}",
                    joined(&scene.forms[token..end - 1]),
                    scene.lemmas[end - 1]
                ));
            }
            forms
        })
    }
}

impl Trigger {
    fn find(
        scene: &Scene<'_>,
        token: TokenId,
        frame: &Frame,
        phrases: &mut Phrases,
    ) -> Option<Trigger> {
        if frame.trigger.contains(SUM) && scene.begins_sum(token) {
            let span = scene.sum_in(token..token + 1)?;
            return Some(Trigger {
                main: token,
                span,
                words: SUM.to_owned(),
                value: SUM.to_owned(),
            });
        }
        for length in (1..=LONGEST_TRIGGER.min(frame.trigger.longest())).rev() {
            let end = token + length;
            let forms = phrases.of(scene, token, length);
            if forms.is_empty() {
                continue;
            }
            let matched = forms
                .iter()
                .find_map(|form| Some((form, frame.trigger.value(form)?)));
            let Some((words, value)) = matched else {
                continue;
            };
            let main = (token..end).find(|&it| {
                !(token..end).contains(&scene.token(it).head) || scene.head(it).is_none()
            });
            let main = main.unwrap_or(token);
            let pos = &scene.token(main).pos;
            if frame.pos.is_empty() || frame.pos.iter().any(|wanted| wanted == pos) {
                let span = scene.reading.parse.span(token..end);
                return Some(Trigger {
                    main,
                    span,
                    words: words.clone(),
                    value: value.to_owned(),
                });
            }
        }
        None
    }
}

impl Scene<'_> {
    /// A proposal as a claim.
    fn learned(&self, learner: &Learner<'_>, proposal: Proposal) -> Option<Claim> {
        let kind = self
            .pack
            .kinds
            .iter()
            .find(|kind| kind.name == proposal.kind)?;
        let mut fields: BTreeMap<SmolStr, SmolStr> = kind.fields.clone().into_iter().collect();
        let mut roles: Vec<Filled> = Vec::new();
        let learned = learner.fields(&kind.name, proposal.trigger);
        for (role, accepts) in &kind.roles {
            let own = proposal.roles.iter().find(|(name, _, _)| name == role);
            let value = learned
                .iter()
                .find(|(field, _)| field == role && accepts.phrase);
            match (own, value) {
                (Some((_, _, fillers)), _) => roles.push((role.clone(), fillers.clone())),
                (None, Some((_, value))) => {
                    let text = value.to_string();
                    let filler = Filler {
                        text,
                        span: None,
                        entity: None,
                    };
                    roles.push((role.clone(), vec![filler]));
                }
                (None, None) => {}
            }
        }
        fields.extend(learned);
        let grounds = Grounds {
            main: proposal.trigger,
            trigger: self.token(proposal.trigger).span,
            frame: LEARNED,
            item: None,
            aside: false,
            negative: false,
            dated: true,
        };
        Some(self.settled(kind, grounds, roles, fields))
    }

    /// The claims that a frame draws from a trigger.
    fn apply(&self, kind: &Kind, frame: &Frame, trigger: &Trigger) -> Vec<Claim> {
        let block = self.block_of(trigger.main);
        if !frame.introduced.is_empty() && !self.introduced(block, &frame.introduced) {
            return Vec::new();
        }
        if !frame.each_item {
            return self.claim(kind, frame, trigger, None).into_iter().collect();
        }
        let blocks = self.reading.layout.blocks.iter().enumerate();
        let items = blocks.filter(|(_, item)| block.is_some() && item.introduced_by == block);
        items
            .filter_map(|(item, _)| self.claim(kind, frame, trigger, Some(item)).ok())
            .collect()
    }

    /// Whether one of the words stands in the block that introduces this one.
    fn introduced(&self, block: Option<BlockId>, words: &[String]) -> bool {
        let blocks = &self.reading.layout.blocks;
        let intro = block.and_then(|block| blocks[block].introduced_by);
        intro.is_some_and(|intro| {
            self.reading
                .parse
                .tokens_in(blocks[intro].span)
                .any(|token| self.is_any(token, words))
        })
    }

    fn claim(
        &self,
        kind: &Kind,
        frame: &Frame,
        trigger: &Trigger,
        item: Option<BlockId>,
    ) -> Result<Claim, Refusal> {
        let start = Start {
            trigger: trigger.main,
            item,
        };
        let leads = |path: &Path| {
            let anything = Accepts {
                names: svodka_model::NameType::ALL.to_vec(),
                ..Accepts::default()
            };
            path.0.iter().flatten().any(|origin| match origin {
                Origin::Steps(steps) => !self.walk(start, steps, &anything).is_empty(),
                Origin::Literal(_) => true,
                Origin::Value(list) => self.valued(trigger, list).is_some(),
            })
        };
        if let Some(number) = frame.unless.iter().position(leads) {
            return Err(Refusal::Unless(number));
        }
        if let Some(number) = frame.when.iter().position(|path| !leads(path)) {
            return Err(Refusal::When(number));
        }
        let roles = self.roles(kind, frame, start, trigger)?;
        if roles
            .split_first()
            .is_none_or(|(first, others)| others.iter().any(|other| same_names(first, other)))
        {
            return Err(Refusal::Alike);
        }
        let mut fields: BTreeMap<SmolStr, SmolStr> = BTreeMap::new();
        fields.extend(
            kind.fields
                .iter()
                .map(|(field, value)| (field.clone(), value.clone())),
        );
        for (field, path) in &frame.fields {
            if let Some(filler) = self
                .follow(path, start, trigger, &Accepts::default())
                .first()
            {
                fields.insert(field.clone(), filler.text.as_str().into());
            }
        }
        Ok(self.settled(
            kind,
            Grounds {
                main: trigger.main,
                trigger: trigger.span,
                frame: &frame.name,
                item,
                aside: frame.aside,
                negative: frame.negative,
                dated: frame.dated,
            },
            roles,
            fields,
        ))
    }

    /// The claim that roles and fields make on these grounds, with its certainty, polarity, sources, date and evidence.
    fn settled(
        &self,
        kind: &Kind,
        grounds: Grounds<'_>,
        roles: Vec<Filled>,
        fields: BTreeMap<SmolStr, SmolStr>,
    ) -> Claim {
        let scope = if grounds.aside {
            self.own_scope(grounds.main)
        } else {
            self.scope(grounds.main)
        };
        let mut certainty = self.certainty(&scope);
        let polarity = if grounds.negative {
            Polarity::Negative
        } else {
            self.polarity(&scope, certainty)
        };
        let block = grounds.item.or_else(|| self.block_of(grounds.main));
        let (from_above, told_by) = self.introduced_with(kind, block);
        let mut sources = self.voice_at(grounds.main, grounds.aside);
        if !grounds.aside {
            certainty = certainty.max(from_above);
            let mut own = self.sources(grounds.main);
            if !kind.saying {
                let vouchers = self.vouchers(grounds.main).into_iter();
                vouchers.for_each(|source| sources::add(&mut own, source));
            }
            let mut from_outside = told_by;
            sources
                .into_iter()
                .chain(own)
                .for_each(|source| sources::add(&mut from_outside, source));
            sources = from_outside;
            if !sources.is_empty() && self.is_awaited(grounds.main) {
                certainty = certainty.max(Certainty::Possible);
            }
        }
        if kind.saying {
            let speaks = |source: &Source| {
                roles.iter().flat_map(|(_, fillers)| fillers).any(|filler| {
                    filler.text == source.text
                        || (filler.entity.is_some() && filler.entity == source.entity)
                })
            };
            sources.retain(|source| !speaks(source));
        }
        let parts: Vec<Span> = roles
            .iter()
            .flat_map(|(_, fillers)| fillers)
            .filter_map(|filler| filler.span)
            .collect();
        let evidence = match grounds.item {
            Some(item) => {
                let block = &self.reading.layout.blocks[item];
                block.parsed.first().copied().unwrap_or(block.span)
            }
            None => self.evidence(grounds.trigger, &parts, self.sentence_span(grounds.main)),
        };
        let words = &self.pack.attribution;
        let event = kind.event && !(kind.saying && self.is_any(grounds.main, &words.testimony));
        let when = Some(grounds.main).filter(|_| grounds.dated);
        let mut when = when.and_then(|trigger| self.when(trigger, event));
        if when.as_ref().is_some_and(|when| self.is_to_come(when)) {
            if kind.saying && certainty == Certainty::Asserted {
                // What was said is said: the date is that of what was spoken of.
                when = None;
            } else if kind.event && !self.tells_past(grounds.main) {
                certainty = certainty.max(Certainty::Possible);
            }
        }
        Claim {
            kind: kind.name.clone(),
            roles,
            fields,
            when,
            polarity,
            certainty,
            sources,
            evidence,
            derivation: Derivation {
                frame: format!("{}/{}", kind.name, grounds.frame),
                trigger: grounds.trigger,
            },
        }
    }

    /// The value that a list gives a modifier of the trigger, or else the trigger.
    fn valued(&self, trigger: &Trigger, list: &svodka_pack::WordList) -> Option<String> {
        let value = |token: TokenId| {
            list.value(&self.forms[token])
                .or_else(|| list.value(&self.lemmas[token]))
        };
        let modifiers = self.children_by(trigger.main, &["amod", "compound", "advmod", "nmod"]);
        // "a former Miners' League member": the word may hang on another before the trigger.
        let before = modifiers.flat_map(|child| self.subtree(child));
        let modified = before.filter(|&token| token < trigger.main).find_map(value);
        let found = modified.or_else(|| {
            // The whole trigger before its main word: a son-in-law is no son.
            let words = trigger.span.of(self.reading.text).to_lowercase();
            list.value(&words)
                .or_else(|| list.value(&trigger.words))
                .or_else(|| value(trigger.main))
        });
        found.map(str::to_owned).or_else(|| {
            list.iter()
                .find(|(_, value)| *value == trigger.value)
                .map(|(_, value)| value.to_owned())
        })
    }

    /// What the introduction of a list, or the announcement of a quoted letter, says of the claims below it.
    fn introduced_with(&self, kind: &Kind, block: Option<BlockId>) -> (Certainty, Vec<Source>) {
        let blocks = &self.reading.layout.blocks;
        let Some(block) = block.map(|block| &blocks[block]) else {
            return (Certainty::Asserted, Vec::new());
        };
        let mut certainty = Certainty::Asserted;
        let mut sources = Vec::new();
        if let Some(intro) = block.introduced_by {
            sources = self.introducers(intro);
            let intro = &blocks[intro];
            let mut words = self.reading.parse.tokens_in(intro.span).rev();
            let root = words.find(|&token| self.head(token).is_none());
            if let Some(root) = root.filter(|_| kind.reaches_down) {
                let words = self.subtree(root).into_iter();
                let grades = words.map(|token| self.certainty(&self.scope(token)));
                certainty = grades.max().unwrap_or_default();
            }
        }
        let heard = |block: &svodka_model::Block| {
            let first = self.reading.parse.tokens_in(block.span).next();
            first.is_some_and(|first| !self.voice_at(first, false).is_empty())
        };
        let letter = block.quoted_from.filter(|_| !heard(block));
        if let Some(letter) = letter.map(|letter| &blocks[letter]) {
            let writer = self
                .mentions_in(letter.span)
                .find(|&name| self.kind(name) == svodka_model::NameType::Person);
            sources.extend(writer.map(|name| self.named(name)).map(|name| Source {
                text: name.text,
                entity: name.entity,
            }));
        }
        (certainty, sources)
    }
}

/// What fills a role.
type Filled = (SmolStr, Vec<Filler>);

/// Whether two roles are filled by the same named things: nobody is a member of himself.
fn same_names((_, one): &Filled, (_, other): &Filled) -> bool {
    let same = |(a, b): (&Filler, &Filler)| a.entity == b.entity && a.text == b.text;
    one.len() == other.len()
        && one.iter().zip(other).all(same)
        && one.iter().any(|filler| filler.entity.is_some())
}

/// Leaves out a claim whose every fact another of the same kind in the same words gives too.
fn without_repetition(claims: Vec<Claim>) -> Vec<Claim> {
    let facts = |claim: &Claim| -> BTreeSet<(SmolStr, String)> {
        let of_role = |(role, fillers): &(SmolStr, Vec<Filler>)| {
            let role = role.clone();
            fillers
                .iter()
                .map(move |filler| (role.clone(), filler.text.clone()))
                .collect::<Vec<_>>()
        };
        claim.roles.iter().flat_map(of_role).collect()
    };
    let known: Vec<_> = claims.iter().map(facts).collect();
    let repeated = |index: usize| {
        let near = index.saturating_sub(40)..(index + 40).min(claims.len());
        near.filter(|&other| other != index).any(|other| {
            claims[other].kind == claims[index].kind
                && claims[other].fields == claims[index].fields
                && claims[other].evidence.overlaps(claims[index].evidence)
                && known[index].is_subset(&known[other])
                && (known[index].len() < known[other].len() || other < index)
        })
    };
    let kept: Vec<bool> = (0..claims.len()).map(|index| !repeated(index)).collect();
    claims
        .into_iter()
        .zip(kept)
        .filter(|(_, kept)| *kept)
        .map(|(claim, _)| claim)
        .collect()
}
