//! The words that the layout stage of reading needs.

use serde::Deserialize;

/// The contents of a pack's `layout.toml`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutWords {}
