//! The words that the names stage of reading needs.

use serde::Deserialize;

/// The contents of a pack's `names.toml`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameWords {}
