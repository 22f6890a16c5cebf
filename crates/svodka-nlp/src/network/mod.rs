//! The neural network: layers as spaCy's CPU pipelines stack them.

pub(crate) mod batch;
pub(crate) mod features;
pub(crate) mod hash_embed;
pub(crate) mod layer_norm;
pub(crate) mod product;
pub(crate) mod scorer;
pub(crate) mod static_vectors;
pub(crate) mod tok2vec;
