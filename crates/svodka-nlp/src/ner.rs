//! The named entity recogniser: begin, inside, last, unit or outside, token by token.

use std::ops::Range;
use std::path::Path;

use crate::cpu::Cpu;
use crate::error::Error;
use crate::moves::{self, Move, best_allowed};
use crate::network::scorer::{Scorer, Space};
use crate::network::tok2vec::Tok2Vec;
use crate::parser::load_encoder;
use crate::sentences::Start;
use crate::weights::ModelFile;

/// A loaded entity recogniser.
#[derive(Debug)]
pub(crate) struct Recogniser {
    /// Its own encoder, if it does not share the pipeline's.
    pub(crate) tok2vec: Option<Tok2Vec>,
    scorer: Scorer,
    actions: Vec<Action>,
    labels: Vec<String>,
}

/// What is said of a token; the number is that of the entity's label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Begin(u16),
    In(u16),
    Last(u16),
    Unit(u16),
    Out,
    /// Never taken, but the network scores it: a unit without a label.
    Never,
}

/// An entity: its tokens and the number of its label.
pub(crate) type Entity = (Range<u32>, u16);

impl Recogniser {
    /// How many tokens a state looks at.
    const SLOTS: usize = 3;

    /// Loads the component in `folder`; `shared_width` is the width of the pipeline's encoder.
    pub(crate) fn load(
        folder: &Path,
        shared_width: Option<usize>,
        cpu: Cpu,
    ) -> Result<Self, Error> {
        let moves_path = folder.join("moves");
        let mut labels = Vec::new();
        let mut actions = Vec::new();
        for entry in moves::load(&moves_path)? {
            actions.extend(Action::read(&moves_path, &entry, &mut labels)?);
        }
        moves::only_greedy(folder)?;
        let file = ModelFile::load(&folder.join("model"), cpu)?;
        let (tok2vec, width) = load_encoder(&file, shared_width)?;
        Ok(Self {
            tok2vec,
            scorer: Scorer::load(&file, Self::SLOTS, width, actions.len())?,
            actions,
            labels,
        })
    }

    /// The entity labels by number.
    pub(crate) fn label_names(&self) -> &[String] {
        &self.labels
    }

    /// Finds the entities of one document from its token vectors, in order. They do not overlap.
    ///
    /// None begins on white space, and none runs on into a new sentence. `starts` is what
    /// components before this one said of the sentences.
    pub(crate) fn recognise(
        &self,
        vectors: &[f32],
        is_space: &[bool],
        starts: &[Start],
        space: &mut Space,
    ) -> Vec<Entity> {
        let mut reader = self.scorer.read(vectors, space);
        let mut entities = Vec::new();
        let mut open: Option<(usize, u16)> = None;
        for token in 0..is_space.len() {
            let goes_on = token + 1 < is_space.len() && starts.get(token + 1) != Some(&Some(true));
            let context = [
                Some(token),
                open.map(|(start, _)| start),
                open.and_then(|_| token.checked_sub(1)),
            ];
            let scores = reader.score(context);
            let best = best_allowed(scores, |index| match (self.actions[index], open) {
                (Action::Begin(_), None) => goes_on && !is_space[token],
                (Action::Unit(_), None) => !is_space[token],
                (Action::Out, None) => true,
                (Action::In(label), Some((_, begun))) => goes_on && label == begun,
                (Action::Last(label), Some((_, begun))) => label == begun,
                _ => false,
            });
            match best.map(|index| self.actions[index]) {
                Some(Action::Begin(label)) => open = Some((token, label)),
                Some(Action::Last(label)) => {
                    if let Some((start, _)) = open.take() {
                        entities.push((start as u32..token as u32 + 1, label));
                    }
                }
                Some(Action::Unit(label)) => {
                    entities.push((token as u32..token as u32 + 1, label));
                }
                Some(_) => {}
                None => break,
            }
        }
        entities
    }
}

impl Action {
    /// The action that an entry of the `moves` file stands for, if the network scores it.
    fn read(path: &Path, entry: &Move, labels: &mut Vec<String>) -> Result<Option<Self>, Error> {
        let labelled = !entry.label.is_empty();
        if labelled && !labels.contains(&entry.label) {
            labels.push(entry.label.clone());
        }
        let label = labels.iter().position(|label| *label == entry.label);
        let label = u16::try_from(label.unwrap_or(0))
            .map_err(|_| Error::malformed(path, "more than 65,536 labels"))?;
        Ok(match entry.action {
            0 => None,
            1..=4 if !labelled => Some(Self::Never),
            1 => Some(Self::Begin(label)),
            2 => Some(Self::In(label)),
            3 => Some(Self::Last(label)),
            4 => Some(Self::Unit(label)),
            5 if labelled => None,
            5 => Some(Self::Out),
            other => {
                let what = format!("entity recogniser action {other}");
                return Err(Error::malformed(path, what));
            }
        })
    }
}
