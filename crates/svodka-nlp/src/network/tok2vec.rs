//! The encoder that turns tokens into vectors: hash embeddings, then windows over neighbours.

use crate::error::Error;
use crate::network::batch::{Batch, Kinds};
use crate::network::features::Column;
use crate::network::hash_embed::HashEmbed;
use crate::network::layer_norm::LayerNorm;
use crate::network::product::{MAX_PIECES, Product, Rows};
use crate::network::static_vectors::StaticVectors;
use crate::weights::{Layer, ModelFile};

/// Embedding tables and the layers above them.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    tables: Vec<(Column, HashEmbed)>,
    /// What word vectors are multiplied with before they stand beside the tables, if it uses them.
    projection: Option<Product>,
    mix: MaxoutNorm,
    window: usize,
    layers: Vec<MaxoutNorm>,
}

/// The layers a file may have for a [`Tok2Vec`] to be read from it.
pub(crate) const LAYERS: [&str; 10] = [
    "extract_features",
    "list2ragged",
    "ragged2list",
    "ints-getitem",
    "hashembed",
    "maxout",
    "layernorm",
    "dropout",
    "static_vectors",
    "expand_window",
];

/// A maxout layer with the normalisation that follows it.
#[derive(Debug)]
struct MaxoutNorm {
    maxout: Product,
    norm: LayerNorm,
}

impl MaxoutNorm {
    fn load(file: &ModelFile, maxout: &Layer, norm: &Layer, inputs: usize) -> Result<Self, Error> {
        let ([outputs, pieces, columns], weights) = file.array::<3>(maxout, "W")?;
        if columns != inputs {
            return Err(file.malformed(format!(
                "a maxout layer takes {columns} numbers, where {inputs} come in"
            )));
        }
        if pieces > MAX_PIECES {
            let what = format!("a maxout of {pieces} pieces");
            return Err(Error::unsupported(file.path(), what));
        }
        let bias = file.shaped(maxout, "b", [outputs, pieces])?;
        let gain = file.shaped(norm, "G", [outputs])?;
        let shift = file.shaped(norm, "b", [outputs])?;
        Ok(Self {
            maxout: Product::maxout(file.cpu(), weights, bias, inputs, pieces),
            norm: LayerNorm::new(file.cpu(), gain, shift),
        })
    }
}

impl Tok2Vec {
    /// Takes the encoder out of a file that has exactly one.
    pub(crate) fn load(file: &ModelFile) -> Result<Self, Error> {
        let columns = file.names(file.only("extract_features")?, "columns")?;
        let mut tables = Vec::with_capacity(columns.len());
        let mut embeds = file.named("hashembed");
        for name in columns {
            let layer = embeds
                .next()
                .ok_or_else(|| file.malformed("fewer embedding tables than feature columns"))?;
            tables.push((Column::named(file, name)?, HashEmbed::load(file, layer)?));
        }
        if embeds.next().is_some() {
            return Err(file.malformed("more embedding tables than feature columns"));
        }

        if file.named("maxout").count() != file.named("layernorm").count() {
            return Err(file.malformed("a maxout layer without its normalisation"));
        }
        let mut maxouts = file.named("maxout").zip(file.named("layernorm"));
        let projection = match file.named("static_vectors").next() {
            Some(_) => {
                let layer = file.only("static_vectors")?;
                let ([outputs, inputs], weights) = file.array::<2>(layer, "W")?;
                let no_bias = vec![0.0; outputs];
                Some(Product::linear(file.cpu(), weights, &no_bias, inputs))
            }
            None => None,
        };
        let embedded = tables.iter().map(|(_, table)| table.width()).sum::<usize>()
            + projection.as_ref().map_or(0, Product::outputs);
        let (maxout, norm) = maxouts
            .next()
            .ok_or_else(|| file.malformed("no maxout layer"))?;
        let mix = MaxoutNorm::load(file, maxout, norm, embedded)?;
        let width = mix.maxout.outputs();

        let mut windows = file.named("expand_window");
        let mut layers = Vec::new();
        let mut window = 0;
        for (maxout, norm) in maxouts {
            let size = match windows.next() {
                Some(layer) => file.integer(layer, "window_size")?,
                None => return Err(file.malformed("fewer windows than maxout layers")),
            };
            if !(1..=MAX_WINDOW).contains(&size) || (window != 0 && window != size as usize) {
                let what = format!("a window of {size} tokens");
                return Err(Error::unsupported(file.path(), what));
            }
            window = size as usize;
            let layer = MaxoutNorm::load(file, maxout, norm, width * (2 * window + 1))?;
            if layer.maxout.outputs() != width {
                return Err(file.malformed("a window layer changes the width"));
            }
            layers.push(layer);
            if layers.len() > MAX_LAYERS {
                let what = format!("more than {MAX_LAYERS} window layers");
                return Err(Error::unsupported(file.path(), what));
            }
        }
        Ok(Self {
            tables,
            projection,
            mix,
            window,
            layers,
        })
    }

    /// How many numbers a token becomes.
    pub(crate) fn width(&self) -> usize {
        self.mix.maxout.outputs()
    }

    /// How many numbers the word vectors have that it needs, if it needs any.
    pub(crate) fn word_vectors(&self) -> Option<usize> {
        self.projection.as_ref().map(Product::inputs)
    }

    /// The vectors of all tokens of a batch, document after document, without gaps.
    ///
    /// `embedded` is what this encoder computed for `kinds` so far. `words` are the pipeline's word
    /// vectors.
    pub(crate) fn apply(
        &self,
        batch: &Batch,
        kinds: &Kinds,
        words: Option<&StaticVectors>,
        embedded: &mut Embedded,
    ) -> Vec<f32> {
        self.embed(kinds, words, embedded);
        let width = self.width();
        let padding = self.window * self.layers.len();

        // Rows without a token part the documents and stand at both ends. They begin as zeros and pass
        // through the layers like tokens, so there must be as many as a token looks to each side.
        let mut rows = vec![EMPTY; padding];
        for document in batch.documents() {
            rows.extend_from_slice(document.kinds);
            rows.resize(rows.len() + padding, EMPTY);
        }

        // A stretch at a time, so that its numbers stay in the cache. Each layer leaves out the outermost
        // rows, which lack neighbours; behind the last one those are left that a vector is wanted for.
        let longest = STRETCH.max(4 * padding).min(rows.len());
        let mut current = vec![0.0; longest * width];
        let mut next = current.clone();
        let mut vectors = Vec::with_capacity(batch.tokens() * width);
        let mut from = padding;
        while from + padding < rows.len() {
            let until = (from + longest - 2 * padding).min(rows.len() - padding);
            let stretch = &rows[from - padding..until + padding];
            for (cell, &kind) in current.chunks_exact_mut(width).zip(stretch) {
                match kind {
                    EMPTY => cell.fill(0.0),
                    kind => cell.copy_from_slice(&embedded.rows[kind as usize * width..][..width]),
                }
            }
            let mut edge = 0;
            for layer in &self.layers {
                let windows = Rows {
                    values: &current[edge * width..],
                    stride: width,
                    count: stretch.len() - 2 * (edge + self.window),
                };
                edge += self.window;
                let inner = edge * width..(stretch.len() - edge) * width;
                let results = &mut next[inner.clone()];
                layer.maxout.apply(windows, results);
                layer.norm.apply_and_add(results, &current[inner]);
                std::mem::swap(&mut current, &mut next);
            }
            let cells = current.chunks_exact(width).zip(stretch);
            for (cell, &kind) in cells.take(until + padding - from).skip(padding) {
                if kind != EMPTY {
                    vectors.extend_from_slice(cell);
                }
            }
            from = until;
        }
        vectors
    }

    /// Computes the vectors of the kinds of token that are not among `embedded` yet, before they see
    /// their neighbours.
    fn embed(&self, kinds: &Kinds, words: Option<&StaticVectors>, embedded: &mut Embedded) {
        let width = self.width();
        let known = embedded.rows.len() / width;
        let new = &kinds.list()[known..];
        let stride = self.mix.maxout.inputs();
        let mut inputs = vec![0.0; new.len() * stride];
        for (row, features) in inputs.chunks_exact_mut(stride).zip(new) {
            let mut rest = row;
            for (column, table) in &self.tables {
                let (cell, others) = rest.split_at_mut(table.width());
                table.apply(column.id(features), cell);
                rest = others;
            }
            // A word without a vector keeps its zeros.
            if let Some(projection) = &self.projection
                && let Some(vector) = words.and_then(|words| words.get(features.word))
            {
                projection.apply_one(vector, rest);
            }
        }
        let inputs = Rows {
            values: &inputs,
            stride,
            count: new.len(),
        };
        embedded.rows.resize(kinds.list().len() * width, 0.0);
        let rows = &mut embedded.rows[known * width..];
        self.mix.maxout.apply(inputs, rows);
        self.mix.norm.apply(rows);
    }
}

/// The vectors of kinds of token before they see their neighbours, one row for each of [`Kinds`].
#[derive(Debug, Default)]
pub(crate) struct Embedded {
    rows: Vec<f32>,
}

/// What stands for a kind in a row without a token.
const EMPTY: u32 = u32::MAX;

/// How many rows pass through the layers together. With as many again for the results they fit into the
/// second cache of most processors.
const STRETCH: usize = 512;

/// No published pipeline looks further than one token to each side in a layer.
const MAX_WINDOW: u64 = 8;

/// Published pipelines have four window layers, or eight.
const MAX_LAYERS: usize = 64;
