//! Which names name one thing, by what people judged; and which thing a name means.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use svodka_model::NameType;

use crate::StoreError;
use crate::state::folded_name;

/// The things that were judged to be the same, each under the first of them.
#[derive(Debug, Clone, Default)]
pub struct Clusters {
    first: BTreeMap<i64, i64>,
    members: BTreeMap<i64, Vec<i64>>,
}

impl Clusters {
    /// From the judgements in force.
    pub fn load(conn: &Connection) -> Result<Clusters, StoreError> {
        let mut found =
            conn.prepare("SELECT a, b FROM relation WHERE verdict = 'same' ORDER BY operation")?;
        let pairs: Vec<(i64, i64)> = found
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut clusters = Clusters::default();
        for (a, b) in pairs {
            clusters.join(a, b);
        }
        Ok(clusters)
    }

    fn join(&mut self, a: i64, b: i64) {
        let (a, b) = (self.first(a), self.first(b));
        if a == b {
            return;
        }
        let (into, from) = (a.min(b), a.max(b));
        let mut joined = self.members(into);
        joined.extend(self.members(from));
        joined.sort_unstable();
        for member in &joined {
            self.first.insert(*member, into);
        }
        self.members.remove(&from);
        self.members.insert(into, joined);
    }

    /// The first of the things that are the same as this.
    pub fn first(&self, thing: i64) -> i64 {
        self.first.get(&thing).copied().unwrap_or(thing)
    }

    /// All things that are the same as this first one, itself included.
    pub fn members(&self, first: i64) -> Vec<i64> {
        self.members
            .get(&first)
            .cloned()
            .unwrap_or_else(|| vec![first])
    }
}

/// A thing that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: i64,
    pub kind: NameType,
    pub folded: String,
    pub label: String,
}

/// What a name may mean: the things whose fullest form it is, else those it is a form of. `PERSON:orlov` asks among
/// persons alone.
pub fn candidates(conn: &Connection, name: &str) -> Result<Vec<Candidate>, StoreError> {
    let asked = name.split_once(':').and_then(|(kind, rest)| {
        NameType::from_code(&kind.to_uppercase()).map(|kind| (kind, rest))
    });
    let (kind, words) = match asked {
        Some((kind, rest)) => (Some(kind), rest),
        None => (None, name),
    };
    let folded = folded_name(words);
    for sql in [
        "SELECT id, kind, folded, label FROM thing WHERE folded = ?1 AND (?2 IS NULL OR kind = ?2) ORDER BY id",
        "SELECT t.id, t.kind, t.folded, t.label FROM name n JOIN thing t ON t.id = n.thing
         WHERE n.folded = ?1 AND (?2 IS NULL OR t.kind = ?2) ORDER BY t.id",
    ] {
        let found: Vec<(i64, String, String, String)> = conn
            .prepare_cached(sql)?
            .query_map(params![folded, kind.map(NameType::code)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_, _>>()?;
        if !found.is_empty() {
            let candidates = found.into_iter().map(|(id, kind, folded, label)| {
                let kind = NameType::from_code(&kind)
                    .ok_or_else(|| StoreError::Damaged(format!("{kind} is no sort of thing")))?;
                Ok(Candidate {
                    id,
                    kind,
                    folded,
                    label,
                })
            });
            return candidates.collect();
        }
    }
    Ok(Vec::new())
}

/// The one of these that is meant.
pub fn only(
    name: &str,
    found: Vec<Candidate>,
    clusters: &Clusters,
) -> Result<Candidate, StoreError> {
    let mut found = found.into_iter();
    let Some(first) = found.next() else {
        return Err(StoreError::Unknown {
            what: "name",
            name: name.to_owned(),
        });
    };
    let others: Vec<Candidate> = found
        .filter(|other| clusters.first(other.id) != clusters.first(first.id))
        .collect();
    if others.is_empty() {
        return Ok(first);
    }
    let candidates = [&first].into_iter().chain(&others);
    Err(StoreError::Ambiguous {
        name: name.to_owned(),
        candidates: candidates
            .map(|candidate| format!("{}:{}", candidate.kind, candidate.label))
            .collect(),
    })
}
