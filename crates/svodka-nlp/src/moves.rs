//! The list of moves a transition system was trained with.

use std::path::Path;

use serde_json::Value;

use crate::error::{Error, read_file};
use crate::weights::{bytes_of, decode, field};

/// What a move does, as the number spaCy writes, and the label it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) action: u32,
    pub(crate) label: String,
}

/// Reads a `moves` file into the order of the network's outputs.
///
/// That order is: by action, then falling by frequency and label. Labels that were added after
/// training have negative frequencies and stand behind all others.
pub(crate) fn load(path: &Path) -> Result<Vec<Move>, Error> {
    from_bytes(path, &read_file(path)?)
}

fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Vec<Move>, Error> {
    let malformed = |what: String| Error::malformed(path, what);
    let root = decode(path, bytes)?;
    let json = field(&root, "moves")
        .and_then(bytes_of)
        .ok_or_else(|| malformed("no text `moves`".to_owned()))?;
    let table: Value =
        serde_json::from_slice(json).map_err(|error| malformed(format!("`moves`: {error}")))?;
    let table = table
        .as_object()
        .ok_or_else(|| malformed("`moves` is not a table".to_owned()))?;

    let mut trained = Vec::new();
    for (action, labels) in table {
        let action: u32 = action
            .parse()
            .map_err(|_| malformed(format!("action `{action}` is not a number")))?;
        let labels = labels
            .as_object()
            .ok_or_else(|| malformed(format!("action {action} has no table of labels")))?;
        for (label, frequency) in labels {
            let frequency = frequency
                .as_i64()
                .ok_or_else(|| malformed(format!("label `{label}` has no frequency")))?;
            trained.push((action, frequency, label.clone()));
        }
    }
    trained.sort_by_key(|&(_, frequency, _)| frequency < 0);
    let added_from = trained.partition_point(|&(_, frequency, _)| frequency >= 0);
    let mut added = trained.split_off(added_from);
    // spaCy compares actions as text, but they have one digit each.
    trained.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    added.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.cmp(&a.2)).then(a.0.cmp(&b.0)));
    Ok(trained
        .into_iter()
        .chain(added)
        .map(|(action, _, label)| Move { action, label })
        .collect())
}

/// The first of the moves with the greatest score among those `allowed`.
pub(crate) fn best_allowed(scores: &[f32], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (index, &score) in scores.iter().enumerate() {
        if allowed(index) && best.is_none_or(|(_, greatest)| score > greatest) {
            best = Some((index, score));
        }
    }
    best.map(|(index, _)| index)
}
