//! The list of moves a transition system was trained with.

use std::path::Path;

use serde_json::Value;

use crate::error::{Error, read_file, read_json};
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

/// Fails if the transition system in `folder` is to keep more than one analysis at a time.
pub(crate) fn only_greedy(folder: &Path) -> Result<(), Error> {
    #[derive(serde::Deserialize)]
    struct Settings {
        beam_width: Option<u64>,
    }
    let path = folder.join("cfg");
    match read_json::<Settings>(&path) {
        Ok(Settings {
            beam_width: Some(width),
        }) if width != 1 => {
            let what = format!("beam search (`beam_width` {width})");
            Err(Error::unsupported(&path, what))
        }
        // Without the file there is nothing to say otherwise.
        Ok(_) | Err(Error::MissingFile { .. }) => Ok(()),
        Err(error) => Err(error),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn file(json: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let map = rmpv::Value::Map(vec![("moves".into(), json.into())]);
        rmpv::encode::write_value(&mut bytes, &map).unwrap();
        bytes
    }

    fn order(json: &str) -> Vec<String> {
        let moves = from_bytes(Path::new("moves"), &file(json)).unwrap();
        moves
            .iter()
            .map(|entry| format!("{}-{}", entry.action, entry.label))
            .collect()
    }

    #[test]
    fn moves_stand_by_action_then_falling_by_frequency_and_label() {
        let json = r#"{"1":{"a":5,"c":9,"b":5},"0":{"":1}}"#;
        assert_eq!(order(json), ["0-", "1-c", "1-b", "1-a"]);
    }

    #[test]
    fn labels_added_after_training_stand_last() {
        let json = r#"{"0":{"x":-1,"y":3},"1":{"x":-1,"z":0}}"#;
        assert_eq!(order(json), ["0-y", "1-z", "0-x", "1-x"]);
    }

    #[test]
    fn a_beam_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let only_greedy = |cfg: &str| {
            std::fs::write(folder.path().join("cfg"), cfg).unwrap();
            super::only_greedy(folder.path()).map_err(|error| error.to_string())
        };
        assert!(only_greedy(r#"{"beam_width":1,"beam_density":0.0}"#).is_ok());
        assert!(only_greedy("{}").is_ok());
        let error = only_greedy(r#"{"beam_width":16}"#).unwrap_err();
        assert!(error.contains("beam search (`beam_width` 16), which svodka-nlp does not run"));
        std::fs::remove_file(folder.path().join("cfg")).unwrap();
        assert!(super::only_greedy(folder.path()).is_ok());
    }

    #[test]
    fn a_damaged_list_is_an_error() {
        for json in ["", "[]", r#"{"a":{}}"#, r#"{"0":1}"#, r#"{"0":{"x":"y"}}"#] {
            let result = from_bytes(Path::new("moves"), &file(json));
            assert!(matches!(result, Err(Error::Malformed { .. })), "{json}");
        }
    }

    #[test]
    fn the_first_of_the_best_moves_is_taken() {
        assert_eq!(
            best_allowed(&[1.0, 3.0, 3.0, 9.0], |index| index != 3),
            Some(1)
        );
        assert_eq!(best_allowed(&[1.0], |_| false), None);
    }
}
