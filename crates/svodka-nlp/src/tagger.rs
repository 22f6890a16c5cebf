//! The part-of-speech tagger: one linear layer on the token vectors.

use std::path::Path;

use serde_json::Value;

use crate::cpu::Cpu;
use crate::error::{Error, read_file};
use crate::network::product::{Product, Rows};
use crate::network::tok2vec::{self, Tok2Vec};
use crate::weights::ModelFile;

/// A loaded tagger.
#[derive(Debug)]
pub(crate) struct Tagger {
    /// Its own encoder, if it does not share the pipeline's.
    pub(crate) tok2vec: Option<Tok2Vec>,
    width: usize,
    output: Product,
    labels: Vec<String>,
}

impl Tagger {
    /// Loads the component in `folder`; `shared_width` is the width of the pipeline's encoder.
    pub(crate) fn load(
        folder: &Path,
        shared_width: Option<usize>,
        cpu: Cpu,
    ) -> Result<Self, Error> {
        let labels = read_labels(&folder.join("cfg"))?;
        Self::with_labels(folder, labels, shared_width, cpu)
    }

    /// Loads the network in `folder` that gives tokens one of `labels`.
    pub(crate) fn with_labels(
        folder: &Path,
        labels: Vec<String>,
        shared_width: Option<usize>,
        cpu: Cpu,
    ) -> Result<Self, Error> {
        let file = ModelFile::load(&folder.join("model"), cpu)?;
        let listener = "tok2vec-listener";
        file.only_layers(&[&tok2vec::LAYERS[..], &["softmax", listener]].concat())?;
        let (tok2vec, width) = match (file.named(listener).next(), shared_width) {
            (Some(_), Some(width)) => (None, width),
            (Some(_), None) => {
                return Err(file.malformed("listens to an encoder the pipeline does not have"));
            }
            (None, _) => {
                let own = Tok2Vec::load(&file)?;
                let width = own.width();
                (Some(own), width)
            }
        };
        let layer = file.only("softmax")?;
        let weights = file.shaped(layer, "W", [labels.len(), width])?;
        let bias = file.shaped(layer, "b", [labels.len()])?;
        Ok(Self {
            tok2vec,
            width,
            output: Product::linear(cpu, weights, bias, width),
            labels,
        })
    }

    /// The tags by number.
    pub(crate) fn label_names(&self) -> &[String] {
        &self.labels
    }

    /// The number of the likeliest tag of each token; the first of equals.
    pub(crate) fn tag(&self, vectors: &[f32]) -> Vec<u16> {
        let scores = self.scores(vectors);
        scores
            .chunks_exact(self.labels.len())
            .map(greatest)
            .collect()
    }

    /// The numbers of the `count` likeliest tags of each token, one token's behind the other's, the
    /// likeliest first; of equals, the first. There must be that many tags.
    pub(crate) fn tag_few(&self, vectors: &[f32], count: usize) -> Vec<u16> {
        let mut scores = self.scores(vectors);
        let mut found = Vec::with_capacity(scores.len() / self.labels.len() * count);
        for scores in scores.chunks_exact_mut(self.labels.len()) {
            for _ in 0..count {
                let best = greatest(scores);
                found.push(best);
                // As spaCy marks what it has seen.
                scores[usize::from(best)] = f32::MIN;
            }
        }
        found
    }

    fn scores(&self, vectors: &[f32]) -> Vec<f32> {
        let rows = Rows {
            values: vectors,
            stride: self.width,
            count: vectors.len() / self.width,
        };
        let mut scores = vec![0.0; rows.count * self.labels.len()];
        self.output.apply(rows, &mut scores);
        scores
    }
}

/// Where the greatest of the scores stands; of equals, the first.
fn greatest(scores: &[f32]) -> u16 {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best as u16
}

fn read_labels(path: &Path) -> Result<Vec<String>, Error> {
    let config: Value = serde_json::from_slice(&read_file(path)?)
        .map_err(|error| Error::malformed(path, format!("not JSON: {error}")))?;
    let labels: Option<Vec<String>> =
        config
            .get("labels")
            .and_then(Value::as_array)
            .and_then(|labels| {
                let names = labels.iter().map(|label| label.as_str().map(str::to_owned));
                names.collect()
            });
    match labels {
        Some(labels) if !labels.is_empty() && labels.len() <= usize::from(u16::MAX) => Ok(labels),
        Some(labels) => Err(Error::malformed(path, format!("{} labels", labels.len()))),
        None => Err(Error::malformed(path, "no list `labels` of names")),
    }
}
