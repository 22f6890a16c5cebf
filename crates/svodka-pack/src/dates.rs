//! The words that the dates stage of reading needs.

use serde::Deserialize;

/// The contents of a pack's `dates.toml`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateWords {}
