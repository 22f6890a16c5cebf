//! What stands between a project and the telling of who may be the same: a pack's tables, and all that reports name.

use std::collections::{BTreeMap, BTreeSet};

use svodka_pack::Pack;
use svodka_resolve::{Judged, TableError, Tables, Unit};
use svodka_store::{Judgement, Reader, Relation, ReportRow, Side, StoreError, Unit as Key};

/// The tables by which a pack tells who may be the same.
///
/// # Errors
///
/// If a table is missing or cannot be used.
pub fn tables(pack: &Pack) -> Result<Tables, TableError> {
    fn pair<'t>((name, text): (&'t String, &'t String)) -> (&'t str, &'t str) {
        (name, text)
    }
    let identity = &pack.identity;
    Tables::parse(
        identity.transliteration.iter().map(pair),
        identity.names.iter().map(pair),
        |name| identity.weights.get(name).map(String::as_str),
    )
}

/// All that the reports of a project name.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// The reports, by which units know theirs.
    pub reports: Vec<ReportRow>,
    /// Each thing as one report names it.
    pub units: Vec<Unit>,
    /// By what each of these can be judged.
    pub keys: Vec<Key>,
}

impl Gathered {
    /// From a project, with what a pack's table says of whom. Who is shielded is left out.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn from(reader: &Reader, pack: &Pack) -> Result<Gathered, StoreError> {
        let mut gathered = Gathered {
            reports: reader.reports()?,
            ..Gathered::default()
        };
        for (at, report) in gathered.reports.iter().enumerate() {
            let Some(named) = reader.named(report.id)? else {
                continue;
            };
            let mut known: BTreeSet<Key> = BTreeSet::new();
            for unit in svodka_resolve::units(at, &named.contract, &pack.identity.tells) {
                // Two entities of one name are one to the project.
                if let Some(&key) = named.units.get(unit.entity.as_str())
                    && known.insert(key)
                {
                    gathered.units.push(unit);
                    gathered.keys.push(key);
                }
            }
        }
        Ok(gathered)
    }

    /// What is judged about these already. What is judged of a name wherever it stands is judged of each of its units.
    pub fn judged(&self, judgements: &[Judgement]) -> Judged {
        let mut places: BTreeMap<Key, usize> = BTreeMap::new();
        for (at, &key) in self.keys.iter().enumerate() {
            places.insert(key, at);
        }
        let side = |side: &Side| -> Vec<usize> {
            let thing = side.thing;
            let (from, to) = match side.report {
                Some(report) => (report, report),
                None => (i64::MIN, i64::MAX),
            };
            let range = Key {
                thing,
                report: from,
            }..=Key { thing, report: to };
            places.range(range).map(|(_, &at)| at).collect()
        };
        let mut judged = Judged::default();
        for judgement in judgements.iter().filter(|it| !it.without_effect) {
            let (a, b) = (side(&judgement.a), side(&judgement.b));
            match judgement.verdict {
                Relation::Same => {
                    // One after the other joins them all.
                    let all: Vec<usize> = a.into_iter().chain(b).collect();
                    judged.same.extend(all.windows(2).map(|it| (it[0], it[1])));
                }
                verdict => {
                    let apart = match verdict {
                        Relation::Distinct => &mut judged.distinct,
                        _ => &mut judged.unsure,
                    };
                    let pairs = a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b)));
                    apart.extend(pairs.filter(|(a, b)| a != b));
                }
            }
        }
        judged
    }
}
