//! The morphologizer: a layer like the tagger's whose labels are parts of speech with features.

use std::fmt;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::cpu::Cpu;
use crate::error::{Error, read_file};
use crate::tagger::Tagger;

/// A loaded morphologizer.
#[derive(Debug)]
pub(crate) struct Morphologizer {
    /// Gives each token the number of a label.
    pub(crate) tagger: Tagger,
    /// What each label stands for.
    forms: Vec<Form>,
    parts: Vec<String>,
    features: Vec<String>,
}

/// A part of speech and the features of a word, as numbers in lists of names. Number 0 of both is the
/// empty name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) part: u16,
    pub(crate) features: u16,
}

impl Morphologizer {
    /// Loads the component in `folder`; `shared_width` is the width of the pipeline's encoder.
    pub(crate) fn load(
        folder: &Path,
        shared_width: Option<usize>,
        cpu: Cpu,
    ) -> Result<Self, Error> {
        let path = folder.join("cfg");
        let settings: Settings = serde_json::from_slice(&read_file(&path)?)
            .map_err(|error| Error::malformed(&path, error.to_string()))?;
        let labels = settings.labels_morph.0;
        if labels.is_empty() || labels.len() >= usize::from(u16::MAX) {
            return Err(Error::malformed(&path, format!("{} labels", labels.len())));
        }
        let mut parts = vec![String::new()];
        let mut features = vec![String::new()];
        let mut forms = Vec::with_capacity(labels.len());
        for (label, found) in &labels {
            let id = settings.labels_pos.0.iter().find(|(name, _)| name == label);
            let part = match id.map_or(0, |&(_, id)| id) {
                0 => "",
                id => part_of_speech(id)
                    .ok_or_else(|| Error::malformed(&path, format!("part of speech {id}")))?,
            };
            forms.push(Form {
                part: number(&mut parts, part),
                features: number(&mut features, &normal(found)),
            });
        }
        let names = labels.into_iter().map(|(label, _)| label).collect();
        Ok(Self {
            tagger: Tagger::with_labels(folder, names, shared_width, cpu)?,
            forms,
            parts,
            features,
        })
    }

    /// What the label with a number stands for.
    pub(crate) fn form(&self, label: u16) -> Form {
        let form = self.forms.get(usize::from(label));
        form.copied().unwrap_or_default()
    }

    /// The coarse parts of speech by number.
    pub(crate) fn part_names(&self) -> &[String] {
        &self.parts
    }

    /// The sets of features by number.
    pub(crate) fn feature_names(&self) -> &[String] {
        &self.features
    }
}

/// The number of `name`, a new one if it is new. There are no more names than labels, so it fits.
fn number(names: &mut Vec<String>, name: &str) -> u16 {
    let known = names.iter().position(|known| known == name);
    let number = known.unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    number as u16
}

/// Features as spaCy's `Morphology.normalize_features` writes them: sorted, and the values of each too.
pub(crate) fn normal(features: &str) -> String {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for feature in features.split('|') {
        let Some((field, values)) = feature.split_once('=') else {
            continue;
        };
        let mut values: Vec<&str> = values.split(',').collect();
        values.sort_unstable();
        fields.retain(|&(known, _)| known != field);
        fields.push((field, values.join(",")));
    }
    let mut features: Vec<String> = fields
        .into_iter()
        .map(|(field, values)| format!("{field}={values}"))
        .collect();
    features.sort_unstable();
    features.join("|")
}

/// The name of a part of speech by the number it has in spaCy's code, `spacy/symbols.pyx`.
fn part_of_speech(id: u16) -> Option<&'static str> {
    const FIRST: u16 = 84;
    const NAMES: [&str; 20] = [
        "ADJ", "ADP", "ADV", "AUX", "CONJ", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
        "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X", "EOL", "SPACE",
    ];
    let index = id.checked_sub(FIRST)?;
    NAMES.get(usize::from(index)).copied()
}

/// The settings in a morphologizer's `cfg`. On tokens that nothing else has set, `extend` and
/// `overwrite` make no difference.
#[derive(serde::Deserialize)]
struct Settings {
    labels_morph: Entries<String>,
    labels_pos: Entries<u16>,
}

/// The entries of a JSON object in the order of the file, which is that of the network's outputs.
struct Entries<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
            type Value = Entries<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Object(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_in_the_order_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        crate::sample::write(folder.path());
        let width = Some(crate::sample::WIDTH as usize);
        let folder = folder.path().join("morphologizer");
        let found = Morphologizer::load(&folder, width, Cpu::best()).unwrap();
        let told = |label| {
            let form = found.form(label);
            let part = &found.part_names()[usize::from(form.part)];
            (
                part.as_str(),
                found.feature_names()[usize::from(form.features)].as_str(),
            )
        };
        assert_eq!(told(0), ("VERB", "Mood=Ind|Tense=Past"));
        assert_eq!(told(1), ("ADP", ""));
        assert_eq!(told(2), ("", "Number=Sing"));
    }

    #[test]
    fn a_part_of_speech_that_is_none_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        crate::sample::write(folder.path());
        let folder = folder.path().join("morphologizer");
        let cfg = r#"{"labels_morph":{"POS=X":""},"labels_pos":{"POS=X":83}}"#;
        std::fs::write(folder.join("cfg"), cfg).unwrap();
        let error = Morphologizer::load(&folder, Some(20), Cpu::best()).unwrap_err();
        assert!(error.to_string().ends_with("part of speech 83"), "{error}");
    }

    #[test]
    fn features_are_sorted_and_so_are_their_values() {
        assert_eq!(
            normal("Tense=Past|Mood=Ind,Cnd|Tense=Pres"),
            "Mood=Cnd,Ind|Tense=Pres"
        );
        assert_eq!(normal(""), "");
    }
}
