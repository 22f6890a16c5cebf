//! The things that reports name, gathered over all of them.

use std::collections::{BTreeMap, BTreeSet};

use svodka_model::{Filed, NameType};

/// A thing of a project, as the reports gone through name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What it is.
    pub kind: NameType,
    /// What the first report calls it.
    pub name: String,
    /// Every form used.
    pub names: BTreeSet<String>,
    /// How many reports name it.
    pub reports: u32,
    /// How often it is named.
    pub mentions: u32,
    /// Whether it is a person who may be alive.
    pub may_live: bool,
}

/// Things by their numbers.
#[derive(Debug, Clone, Default)]
pub struct Things(BTreeMap<i64, Thing>);

impl Things {
    /// Takes in what a report names.
    pub fn gather(&mut self, filed: &Filed) {
        let mut here: BTreeMap<&str, i64> = BTreeMap::new();
        let mut met = BTreeSet::new();
        for (entity, numbered) in filed.contract.entities.iter().zip(&filed.things) {
            let Some(numbered) = numbered else { continue };
            here.insert(&entity.id, numbered.number);
            let thing = self.0.entry(numbered.number).or_insert_with(|| Thing {
                kind: entity.kind,
                name: entity.name.clone(),
                names: BTreeSet::new(),
                reports: 0,
                mentions: 0,
                may_live: numbered.may_live,
            });
            thing.names.insert(entity.name.clone());
            thing.names.extend(entity.names.iter().cloned());
            thing.reports += u32::from(met.insert(numbered.number));
        }
        for mention in &filed.contract.mentions {
            let number = mention
                .entity
                .as_deref()
                .and_then(|entity| here.get(entity));
            if let Some(thing) = number.and_then(|number| self.0.get_mut(number)) {
                thing.mentions += 1;
            }
        }
    }

    /// All, by their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &Thing)> {
        self.0.iter().map(|(number, thing)| (*number, thing))
    }

    /// The thing of a number.
    pub fn get(&self, number: i64) -> Option<&Thing> {
        self.0.get(&number)
    }
}
