//! Why a frame found something in a report, or did not.

use svodka_model::{Claim, SmolStr, Span};
use svodka_pack::Pack;

use super::{Phrases, Reading, Scene, Trigger, read_framed_claims};

/// What kept a frame from making a claim of a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The path of `unless` with this number leads somewhere.
    Unless(usize),
    /// The path of `when` with this number leads nowhere.
    When(usize),
    /// Nothing fills this role.
    Role(SmolStr),
    /// Nothing fills any role, or the same thing fills two.
    Alike,
}

/// A place at which a frame was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The words that set it off.
    pub trigger: Span,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a trial.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A claim was made.
    Found(Box<Claim>),
    /// The trigger's main word is of another part of speech than the frame asks for: this one.
    PartOfSpeech(SmolStr),
    /// The frame asks for a list's introduction with certain words, and there is none.
    NotIntroduced,
    /// The path of `unless` with this number, from 0, leads somewhere.
    Unless(usize),
    /// The path of `when` with this number, from 0, leads nowhere.
    When(usize),
    /// Nothing fills this role, which is required.
    Role(SmolStr),
    /// Nothing fills any role, or the same thing fills two.
    Alike,
    /// The frame fits, but a claim of this kind was made of the trigger by the frame named here, which stands before
    /// it, or the claim repeats another.
    Behind(Option<String>),
    /// The words stand in a name, a date, or a part of the report that makes no claims.
    Silent,
}

/// Tries the frame `kind/name` of the pack at every place of a report that its trigger words allow, in the order of
/// the text; `None` if the pack has no such frame.
pub fn why(reading: Reading<'_>, pack: &Pack, frame: &str) -> Option<Vec<Trial>> {
    let (kind, frame) = pack.kinds.iter().find_map(|kind| {
        let name = frame.strip_prefix(kind.name.as_str())?.strip_prefix('/')?;
        let frame = kind.frames.iter().find(|frame| frame.name == name)?;
        Some((kind, frame))
    })?;
    let scene = Scene::new(reading, pack);
    let made = read_framed_claims(reading, pack);
    let name = format!("{}/{}", kind.name, frame.name);
    let any_part = svodka_pack::Frame {
        pos: Vec::new(),
        ..frame.clone()
    };
    let mut trials = Vec::new();
    let mut token = 0;
    while token < reading.parse.tokens.len() {
        let Some(found) = Trigger::find(&scene, token, &any_part, &mut Phrases::default()) else {
            token += 1;
            continue;
        };
        let silent = scene.mention_at[token].is_some()
            || scene.in_date(token)
            || !(scene.speaks(token) || (frame.signature && scene.signs(token)));
        let part = &scene.token(found.main).pos;
        let outcome = if silent {
            Outcome::Silent
        } else if !frame.pos.is_empty() && !frame.pos.iter().any(|wanted| wanted == part) {
            Outcome::PartOfSpeech(part.clone())
        } else {
            let of_trigger = |claim: &&Claim| {
                claim.kind == kind.name && claim.derivation.trigger.overlaps(found.span)
            };
            let own = made
                .iter()
                .find(|claim| of_trigger(claim) && claim.derivation.frame == name);
            match own {
                Some(claim) => Outcome::Found(Box::new(claim.clone())),
                None => scene.refusal(kind, frame, &found).unwrap_or_else(|| {
                    let other = made.iter().find(of_trigger);
                    Outcome::Behind(other.map(|claim| claim.derivation.frame.clone()))
                }),
            }
        };
        trials.push(Trial {
            trigger: found.span,
            outcome,
        });
        // Behind the trigger, which may be several words long.
        token += 1;
        while token < reading.parse.tokens.len()
            && reading.parse.tokens[token].span.start < found.span.end
        {
            token += 1;
        }
    }
    Some(trials)
}

impl Scene<'_> {
    /// Why the frame makes no claim of the trigger; `None` if it makes one.
    fn refusal(
        &self,
        kind: &svodka_pack::Kind,
        frame: &svodka_pack::Frame,
        trigger: &Trigger,
    ) -> Option<Outcome> {
        if !self.apply(kind, frame, trigger).is_empty() {
            return None;
        }
        let block = self.block_of(trigger.main);
        if !frame.introduced.is_empty() && !self.introduced(block, &frame.introduced) {
            return Some(Outcome::NotIntroduced);
        }
        let refusal = self.claim(kind, frame, trigger, None).err();
        Some(match refusal {
            Some(Refusal::Unless(number)) => Outcome::Unless(number),
            Some(Refusal::When(number)) => Outcome::When(number),
            Some(Refusal::Role(role)) => Outcome::Role(role),
            Some(Refusal::Alike) => Outcome::Alike,
            // A frame that makes a claim of each item, where there are none.
            None => Outcome::NotIntroduced,
        })
    }
}
