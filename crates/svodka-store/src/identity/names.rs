//! Which thing a name means.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use svodka_model::NameType;

use super::{Clusters, Node};
use crate::operation::ThingName;
use crate::state::folded_name;
use crate::{StoreError, Unit};

/// A thing that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: i64,
    pub kind: NameType,
    pub folded: String,
    pub label: String,
    /// The report's number and label, if only what that one so calls was asked for.
    pub report: Option<(i64, String)>,
}

impl Candidate {
    /// As an entry of the log has it.
    pub fn name(self) -> ThingName {
        ThingName {
            kind: self.kind,
            folded: self.folded,
            report: self.report.map(|(_, label)| label),
        }
    }

    /// The numbers of what it means.
    pub fn numbers(&self, clusters: &Clusters) -> Vec<i64> {
        match self.report {
            Some((report, _)) => vec![clusters.of(Unit {
                thing: self.id,
                report,
            })],
            None => clusters.all(self.id),
        }
    }
}

/// What a name may mean: the things whose fullest form it is, else those it is a form of. `PERSON:orlov` asks among
/// persons alone, `orlov@a.txt` among those that a report names.
pub fn candidates(conn: &Connection, name: &str) -> Result<Vec<Candidate>, StoreError> {
    let asked = name.split_once(':').and_then(|(kind, rest)| {
        NameType::from_code(&kind.to_uppercase()).map(|kind| (kind, rest))
    });
    let (kind, words) = match asked {
        Some((kind, rest)) => (Some(kind), rest),
        None => (None, name),
    };
    let found = called(conn, kind, words, None)?;
    if !found.is_empty() {
        return Ok(found);
    }
    for (at, _) in words.match_indices('@') {
        if let Some(report) = report(conn, &words[at + 1..])? {
            return called(conn, kind, &words[..at], Some(report));
        }
    }
    match words.split_once('@') {
        Some((_, report)) => Err(StoreError::Unknown {
            what: "report",
            name: report.to_owned(),
        }),
        None => Ok(Vec::new()),
    }
}

/// What somebody typed as a number, of a name or of one appearance of it.
pub fn numbered(conn: &Connection, typed: &str) -> Result<Option<Candidate>, StoreError> {
    let Some(number) = number(typed) else {
        return Ok(None);
    };
    let row = |row: &rusqlite::Row<'_>| {
        let report: Option<i64> = row.get(4)?;
        let label: Option<String> = row.get(5)?;
        Ok((
            row.get(0)?,
            row.get::<_, String>(1)?,
            row.get(2)?,
            row.get(3)?,
            report.zip(label),
        ))
    };
    let found = conn
        .prepare_cached(
            "SELECT t.id, t.kind, t.folded, t.label, r.id, r.label FROM namesake n JOIN thing t ON t.id = n.thing
               JOIN report r ON r.id = n.report WHERE n.number = ?1
             UNION ALL SELECT id, kind, folded, label, NULL, NULL FROM thing WHERE id = ?1",
        )?
        .query_row([number], row)
        .optional()?;
    found.map(candidate).transpose()
}

/// The number that somebody typed: `12`, or as it stands for somebody who is shielded, `[person 12]`.
pub fn number(typed: &str) -> Option<i64> {
    let number = typed.trim_matches(['[', ']']);
    let number = number.strip_prefix("person ").unwrap_or(number);
    number.parse().ok()
}

type Found = (i64, String, String, String, Option<(i64, String)>);

fn candidate((id, kind, folded, label, report): Found) -> Result<Candidate, StoreError> {
    let kind = NameType::from_code(&kind)
        .ok_or_else(|| StoreError::Damaged(format!("{kind} is no sort of thing")))?;
    Ok(Candidate {
        id,
        kind,
        folded,
        label,
        report,
    })
}

fn called(
    conn: &Connection,
    kind: Option<NameType>,
    words: &str,
    report: Option<(i64, String)>,
) -> Result<Vec<Candidate>, StoreError> {
    let folded = folded_name(words);
    let in_report = report.as_ref().map(|(id, _)| *id);
    for sql in [
        "SELECT id, kind, folded, label FROM thing t WHERE folded = ?1 AND (?2 IS NULL OR kind = ?2)
           AND (?3 IS NULL OR EXISTS (SELECT 1 FROM appearance a WHERE a.thing = t.id AND a.report = ?3)) ORDER BY id",
        "SELECT t.id, t.kind, t.folded, t.label FROM name n JOIN thing t ON t.id = n.thing
         WHERE n.folded = ?1 AND (?2 IS NULL OR t.kind = ?2)
           AND (?3 IS NULL OR EXISTS (SELECT 1 FROM appearance a WHERE a.thing = t.id AND a.report = ?3)) ORDER BY t.id",
    ] {
        let found: Vec<Found> = conn
            .prepare_cached(sql)?
            .query_map(params![folded, kind.map(NameType::code), in_report], |row| {
                let label = report.clone();
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, label))
            })?
            .collect::<Result<_, _>>()?;
        if !found.is_empty() {
            return found.into_iter().map(candidate).collect();
        }
    }
    Ok(Vec::new())
}

/// A report by its label, by its number, or by the end of its path if no other report's ends so.
fn report(conn: &Connection, typed: &str) -> Result<Option<(i64, String)>, StoreError> {
    for (sql, name) in [
        (
            "SELECT id, label FROM report WHERE label = ?1",
            typed.to_owned(),
        ),
        (
            "SELECT id, label FROM report WHERE id = CAST(?1 AS INTEGER) AND CAST(id AS TEXT) = ?1",
            typed.to_owned(),
        ),
        (
            "SELECT id, label FROM report WHERE substr(label, -length(?1)) = ?1",
            format!("/{typed}"),
        ),
    ] {
        let mut query = conn.prepare_cached(sql)?;
        let mut rows = query.query([name])?;
        let first = rows
            .next()?
            .map(|row| Ok::<_, rusqlite::Error>((row.get(0)?, row.get(1)?)));
        let first = first.transpose()?;
        if first.is_some() {
            return Ok(first.filter(|_| matches!(rows.next(), Ok(None))));
        }
    }
    Ok(None)
}

/// The one of these that is meant.
pub fn only(
    name: &str,
    found: Vec<Candidate>,
    clusters: &Clusters,
) -> Result<Candidate, StoreError> {
    let numbers: BTreeSet<i64> = found
        .iter()
        .filter(|candidate| found.len() > 1 || candidate.report.is_some())
        .flat_map(|candidate| candidate.numbers(clusters))
        .collect();
    let mut found = found.into_iter();
    let Some(first) = found.next() else {
        return Err(StoreError::Unknown {
            what: "name",
            name: name.to_owned(),
        });
    };
    if numbers.len() < 2 {
        return Ok(first);
    }
    let candidates = [first].into_iter().chain(found);
    Err(StoreError::Ambiguous {
        name: name.to_owned(),
        candidates: candidates.map(|candidate| of(&candidate)).collect(),
    })
}

fn of(candidate: &Candidate) -> String {
    let at = candidate.report.as_ref().map(|(_, label)| label.as_str());
    shown(candidate.kind.code(), &candidate.label, at)
}

/// One side of a judgement as it can be typed: `PERSON:Ivan Orlov`, `PERSON:Ivan Orlov@a.txt`.
pub fn written(conn: &Connection, node: Node) -> Result<String, StoreError> {
    let (kind, label): (String, String) = conn
        .prepare_cached("SELECT kind, label FROM thing WHERE id = ?1")?
        .query_row([node.thing], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let report: Option<String> = match node.report {
        Some(report) => Some(
            conn.prepare_cached("SELECT label FROM report WHERE id = ?1")?
                .query_row([report], |row| row.get(0))?,
        ),
        None => None,
    };
    Ok(shown(&kind, &label, report.as_deref()))
}

/// A name as it can be typed.
pub fn shown(kind: &str, label: &str, report: Option<&str>) -> String {
    match report {
        Some(report) => format!("{kind}:{label}@{report}"),
        None => format!("{kind}:{label}"),
    }
}
