//! The dependency parser: heads, labels and sentence starts.

mod arc_eager;
mod projectivity;
mod tree;

use std::path::Path;

use crate::cpu::Cpu;
use crate::error::Error;
use crate::moves;
use crate::network::scorer::{Scorer, Space};
use crate::network::tok2vec::Tok2Vec;
use crate::network::{scorer, tok2vec};
use crate::sentences::Start;
use crate::weights::ModelFile;

use arc_eager::Action;
pub(crate) use arc_eager::State;

/// The label of a token that has no head.
const ROOT: &str = "ROOT";

/// A loaded dependency parser.
#[derive(Debug)]
pub(crate) struct Parser {
    /// Its own encoder, if it does not share the pipeline's.
    pub(crate) tok2vec: Option<Tok2Vec>,
    scorer: Scorer,
    actions: Vec<Action>,
    labels: Labels,
}

/// The dependency labels, by number.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    names: Vec<String>,
    /// For a label `x||y`, the numbers of `x` and `y`.
    lifted: Vec<Option<(u16, u16)>>,
}

/// The syntax of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Syntax {
    /// The head of each token; a root is its own head.
    pub(crate) heads: Vec<u32>,
    /// The number of each token's label.
    pub(crate) labels: Vec<u16>,
    /// Whether each token starts a sentence.
    pub(crate) sentence_starts: Vec<bool>,
}

impl Parser {
    /// Loads the component in `folder`; `shared_width` is the width of the pipeline's encoder.
    pub(crate) fn load(
        folder: &Path,
        shared_width: Option<usize>,
        cpu: Cpu,
    ) -> Result<Self, Error> {
        let moves_path = folder.join("moves");
        let mut labels = Labels::default();
        let root = labels.number(&moves_path, ROOT)?;
        debug_assert_eq!(root, Labels::ROOT);
        let actions = moves::load(&moves_path)?
            .iter()
            .map(|entry| Action::read(&moves_path, entry, &mut labels))
            .collect::<Result<Vec<_>, _>>()?;
        moves::only_greedy(folder)?;
        let file = ModelFile::load(&folder.join("model"), cpu)?;
        let (tok2vec, width) = load_encoder(&file, shared_width)?;
        Ok(Self {
            tok2vec,
            scorer: Scorer::load(&file, State::SLOTS, width, actions.len())?,
            actions,
            labels,
        })
    }

    /// The names of the labels by number; names with `||` are never given to a token.
    pub(crate) fn label_names(&self) -> &[String] {
        &self.labels.names
    }

    /// Parses one document from its token vectors. `starts` is what components before this one said of
    /// the sentences.
    pub(crate) fn parse(
        &self,
        vectors: &[f32],
        is_space: &[bool],
        starts: &[Start],
        space: &mut Space,
        state: &mut State,
    ) -> Syntax {
        let mut reader = self.scorer.read(vectors, space);
        let arcs = arc_eager::parse(&self.actions, &mut reader, state, starts);
        let (mut heads, mut labels) = (arcs.heads, arcs.labels);
        let mut edges = tree::edges(&heads);
        if projectivity::restore(&self.labels, &edges, is_space, &mut heads, &mut labels) {
            edges = tree::edges(&heads);
        }
        Syntax {
            sentence_starts: tree::sentence_starts(&heads, &edges),
            heads,
            labels,
        }
    }
}

/// The encoder below a transition system: its own, or, if it listens to the pipeline's, none.
/// With it, the width of the token vectors that come in.
pub(crate) fn load_encoder(
    file: &ModelFile,
    shared_width: Option<usize>,
) -> Result<(Option<Tok2Vec>, usize), Error> {
    let listener = "tok2vec-listener";
    let known = [&tok2vec::LAYERS[..], &scorer::LAYERS[..], &[listener]].concat();
    file.only_layers(&known)?;
    if file.named(listener).next().is_none() {
        let own = Tok2Vec::load(file)?;
        let width = own.width();
        return Ok((Some(own), width));
    }
    match shared_width {
        Some(width) => Ok((None, width)),
        None => Err(file.malformed("listens to a shared encoder that the pipeline does not have")),
    }
}

impl Labels {
    /// The number of [`ROOT`].
    const ROOT: u16 = 0;

    /// The number of the label `name`, a new one if it is new.
    fn number(&mut self, path: &Path, name: &str) -> Result<u16, Error> {
        if let Some(known) = self.names.iter().position(|known| known == name) {
            return Ok(known as u16);
        }
        let lifted = match name.split_once(projectivity::DELIMITER) {
            // The label of the true head is never of two parts itself.
            Some((_, head)) if head.contains(projectivity::DELIMITER) => {
                let what = format!("a label of more than two parts, `{name:.60}`");
                return Err(Error::malformed(path, what));
            }
            Some((own, head)) => Some((self.number(path, own)?, self.number(path, head)?)),
            None => None,
        };
        let number = u16::try_from(self.names.len())
            .map_err(|_| Error::malformed(path, "more than 65,536 labels"))?;
        self.names.push(name.to_owned());
        self.lifted.push(lifted);
        Ok(number)
    }

    /// For a label `x||y`, the numbers of `x` and `y`.
    fn lifted(&self, label: u16) -> Option<(u16, u16)> {
        self.lifted[usize::from(label)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_has_two_parts_at_most() {
        let mut labels = Labels::default();
        let mut number = |name: &str| labels.number(Path::new("moves"), name);
        assert_eq!(number("a||b").unwrap(), 2, "behind `a` and `b`");
        let endless = "a||".repeat(1_000_000);
        let error = number(&endless).unwrap_err().to_string();
        assert!(error.len() < 200, "{error}");
    }
}
