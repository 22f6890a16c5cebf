//! How kinds of claims are said in vocabularies that are not ours: the files of `exchange/`.

use std::collections::BTreeMap;

use svodka_model::{Crm, Kin, Link, SmolStr, Vocabularies};

use crate::{Kind, PackError, PackFile};

const FOLLOWTHEMONEY: &str = "exchange/followthemoney.toml";
const GEDCOM: &str = "exchange/gedcom.toml";
const CRM: &str = "exchange/crm.toml";

/// Reads them. A pack may lack them; its entries take the place of those of the packs it builds on.
pub(crate) fn load(
    files: &[PackFile],
    kinds: &[Kind],
    errors: &mut Vec<PackError>,
) -> Vocabularies {
    let mut all = Vocabularies::default();
    for file in files {
        if file.path == FOLLOWTHEMONEY {
            match file.parse::<BTreeMap<SmolStr, Link>>() {
                Ok(links) => {
                    for (kind, link) in &links {
                        for end in link.ends.values() {
                            check(file, kinds, kind, &end.role, errors);
                        }
                    }
                    all.followthemoney.extend(links);
                }
                Err(error) => errors.push(error),
            }
        } else if file.path == GEDCOM {
            match file.parse::<Kin>() {
                Ok(kin) => {
                    for (kind, roles) in &kin.kinds {
                        for role in [&roles.person, &roles.relation, &roles.relative] {
                            check(file, kinds, kind, role, errors);
                        }
                    }
                    all.gedcom.kinds.extend(kin.kinds);
                    all.gedcom.words.extend(kin.words);
                }
                Err(error) => errors.push(error),
            }
        } else if file.path == CRM {
            match file.parse::<Crm>() {
                Ok(crm) => {
                    for (kind, said) in &crm.kinds {
                        let ties = said.ties.iter().flat_map(|tie| [&tie.from, &tie.to]);
                        for role in said.roles.keys().chain(ties) {
                            check(file, kinds, kind, role, errors);
                        }
                    }
                    all.crm.properties.extend(crm.properties);
                    all.crm.things.extend(crm.things);
                    all.crm.kinds.extend(crm.kinds);
                }
                Err(error) => errors.push(error),
            }
        }
    }
    all
}

/// Tells of a role that a kind does not have. A kind that no frame reads is let be: another pack may.
fn check(
    file: &PackFile,
    kinds: &[Kind],
    kind: &SmolStr,
    role: &SmolStr,
    errors: &mut Vec<PackError>,
) {
    let known = kinds.iter().find(|known| known.name == *kind);
    if known.is_some_and(|known| !known.roles.contains_key(role)) {
        let at = file.text.find(kind.as_str()).unwrap_or(0);
        errors.push(file.error(at, format!("the kind '{kind}' has no role '{role}'")));
    }
}

#[cfg(test)]
mod tests {
    use svodka_model::Tie;

    use super::*;

    #[test]
    fn the_last_word_that_is_known_says_what_kin_somebody_is() {
        let file = PackFile {
            pack: String::new(),
            path: GEDCOM.to_owned(),
            text: "[words]\nwife = \"wife\"\nbrother = \"sibling\"\n".to_owned(),
        };
        let mut errors = Vec::new();
        let kin = load(&[file], &[], &mut errors).gedcom;
        assert!(errors.is_empty());
        assert_eq!(kin.tie("elder Brother"), Some(Tie::Sibling));
        assert_eq!(kin.tie("the wife,"), Some(Tie::Wife));
        assert_eq!(kin.tie("brother-in-law"), None);
    }
}
