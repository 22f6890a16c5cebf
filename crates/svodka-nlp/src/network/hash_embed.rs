//! Hash embedding: a feature id becomes the sum of four rows that its hash picks.

use crate::error::Error;
use crate::hash::murmur3_words;
use crate::weights::{Layer, ModelFile};

/// One embedding table.
#[derive(Debug)]
pub(crate) struct HashEmbed {
    seed: u32,
    width: usize,
    rows: u32,
    values: Vec<f32>,
}

impl HashEmbed {
    /// Takes the table out of a `hashembed` layer.
    pub(crate) fn load(file: &ModelFile, layer: &Layer) -> Result<Self, Error> {
        let ([rows, width], values) = file.array::<2>(layer, "E")?;
        let seed = file.integer(layer, "seed")?;
        Ok(Self {
            seed: u32::try_from(seed)
                .map_err(|_| file.malformed(format!("hash seed {seed} exceeds 32 bits")))?,
            rows: u32::try_from(rows)
                .map_err(|_| file.malformed(format!("a table of {rows} rows")))?,
            width,
            values: values.to_vec(),
        })
    }

    /// How many numbers a feature becomes.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Writes the embedding of `id` to `result`, which is as long as [`HashEmbed::width`].
    pub(crate) fn apply(&self, id: u64, result: &mut [f32]) {
        let [a, b, c, d] = murmur3_words(id, self.seed).map(|word| {
            let row = (word % self.rows) as usize;
            &self.values[row * self.width..][..self.width]
        });
        for ((((result, a), b), c), d) in result.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *result = a + b + c + d;
        }
    }
}
