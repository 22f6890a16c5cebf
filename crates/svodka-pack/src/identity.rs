//! What a pack says of who is the same: how names are spelled, and which claims tell who somebody is.

use std::collections::BTreeMap;

use svodka_model::{Aspect, Tells};

use crate::{Kind, PackError, PackFile};

/// A pack's tables about who is the same. Those of the folders are texts, each by its file's name without the ending; a
/// later pack's lines are added to an earlier one's. What they mean is `svodka-resolve`'s to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// `transliteration/`: systems of romanisation.
    pub transliteration: BTreeMap<String, String>,
    /// `names/`: words in and around names.
    pub names: BTreeMap<String, String>,
    /// `weights/`: what agreement weighs. A later pack's table takes the place of an earlier one's.
    pub weights: BTreeMap<String, String>,
    /// `gazetteer/geonames.tsv`: places with their coordinates.
    pub places: String,
    /// `identity.toml`: which claims tell who somebody is.
    pub tells: Vec<Tells>,
}

/// Kind → role → aspect → roles, as `identity.toml` has it.
type Written = BTreeMap<String, BTreeMap<String, BTreeMap<Aspect, Vec<String>>>>;

impl Identity {
    pub(crate) fn load(
        files: &[PackFile],
        kinds: &[Kind],
        errors: &mut Vec<PackError>,
    ) -> Identity {
        let mut identity = Identity::default();
        for file in files {
            if file.path == "gazetteer/geonames.tsv" {
                identity.places.push_str(&file.text);
            }
            let Some((folder, name)) = file.path.split_once('/') else {
                continue;
            };
            let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
            let (tables, adds) = match folder {
                "transliteration" => (&mut identity.transliteration, true),
                "names" => (&mut identity.names, true),
                "weights" => (&mut identity.weights, false),
                _ => continue,
            };
            let table = tables.entry(name.to_owned()).or_default();
            if !adds {
                table.clear();
            }
            table.push_str(&file.text);
            if !table.ends_with('\n') {
                table.push('\n');
            }
        }
        for file in files.iter().filter(|file| file.path == "identity.toml") {
            match file.parse::<Written>() {
                Ok(written) => identity.add(file, written, kinds, errors),
                Err(error) => errors.push(error),
            }
        }
        identity.tells.sort();
        identity.tells.dedup();
        identity
    }

    fn add(
        &mut self,
        file: &PackFile,
        written: Written,
        kinds: &[Kind],
        errors: &mut Vec<PackError>,
    ) {
        for (kind, roles) in written {
            if !kinds.iter().any(|known| known.name == kind) {
                let at = file.text.find(&format!("[{kind}.")).unwrap_or(0);
                errors.push(file.error(at, format!("no kind of claim is called '{kind}'")));
                continue;
            }
            for (of, aspects) in roles {
                for (aspect, from) in aspects {
                    self.tells.push(Tells {
                        kind: kind.clone(),
                        of: of.clone(),
                        aspect,
                        from,
                    });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> PackFile {
        PackFile {
            pack: String::new(),
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn tables_grow_from_pack_to_pack_and_weights_are_replaced() {
        let files = [
            file("names/titles.txt", "mr"),
            file("weights/people.tsv", "a\t1"),
            file("names/titles.txt", "comrade"),
            file("weights/people.tsv", "a\t2\n"),
        ];
        let identity = Identity::load(&files, &[], &mut Vec::new());
        assert_eq!(identity.names["titles"], "mr\ncomrade\n");
        assert_eq!(identity.weights["people"], "a\t2\n");
    }

    #[test]
    fn a_kind_that_the_pack_does_not_have_is_a_mistake_with_its_place() {
        let files = [file(
            "identity.toml",
            "\n[wedding.bride]\nkin = [\"groom\"]\n",
        )];
        let mut errors = Vec::new();
        Identity::load(&files, &[], &mut errors);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].to_string().contains("'wedding'"), "{}", errors[0]);
        assert_eq!(errors[0].position.map(|at| at.line), Some(2));
    }
}
