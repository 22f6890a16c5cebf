//! What was judged of who is the same.

use serde::Serialize;
use svodka_model::NameType;

use super::Reader;
use crate::identity::{self, Node};
use crate::operation::{Alike, Operation, Relation};
use crate::state::entry;
use crate::{StoreError, Unit, content};

/// One side of a judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The name's number.
    pub thing: i64,
    /// The report's number, if only what that one so calls is meant.
    pub report: Option<i64>,
    /// What it is.
    pub kind: NameType,
    /// The name.
    pub label: String,
    /// The report's label, likewise.
    pub report_label: Option<String>,
}

/// A judgement in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judgement {
    /// Its entry in the log, by which it is taken back.
    pub operation: i64,
    /// When, in UTC.
    pub at: String,
    /// Who judged, or switched the rule on.
    pub author: String,
    /// One side.
    pub a: Side,
    /// The other.
    pub b: Side,
    /// The judgement.
    pub verdict: Relation,
    /// The rule, if one judged.
    pub rule: Option<String>,
    /// How probable it was, if a rule judged.
    pub probability: Option<f64>,
    /// Why.
    pub reasons: Vec<String>,
    /// Whether nothing follows from it, because older ones say the contrary; only in files of schema 1.
    pub without_effect: bool,
}

/// What the log says of an entry that judges.
#[derive(Debug, Default)]
struct Said {
    operation: i64,
    at: String,
    author: String,
    reason: String,
    rule: Option<String>,
    pairs: Vec<Alike>,
}

impl Reader {
    /// The judgements in force on who is the same, oldest first.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn judgements(&self) -> Result<Vec<Judgement>, StoreError> {
        let rows = identity::rows(&self.conn)?;
        let mut said = Said::default();
        let mut judgements = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            if said.operation != row.operation {
                said = self.said(row.operation)?;
            }
            let pair = usize::try_from(row.pair).ok();
            let pair = pair.and_then(|pair| said.pairs.get(pair));
            let reasons = match pair {
                Some(pair) => pair.reasons.iter().map(|it| self.string(it)).collect(),
                None => vec![self.string(&said.reason)],
            };
            judgements.push(Judgement {
                operation: row.operation,
                at: said.at.clone(),
                author: said.author.clone(),
                a: self.side_of(row.a)?,
                b: self.side_of(row.b)?,
                verdict: row.verdict,
                rule: said.rule.as_deref().map(|rule| self.string(rule)),
                probability: row.probability,
                reasons,
                without_effect: self.clusters.has_no_effect(place),
            });
        }
        Ok(judgements)
    }

    fn said(&self, operation: i64) -> Result<Said, StoreError> {
        let (at, author): (String, String) = self
            .conn
            .prepare_cached("SELECT at, author FROM operation WHERE id = ?1")?
            .query_row([operation], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut said = Said {
            operation,
            at,
            author,
            ..Said::default()
        };
        match entry(&self.conn, operation)?.0 {
            Operation::Relate(relate) => said.reason = relate.reason,
            Operation::RelateAll(all) => {
                said.pairs = serde_json::from_slice(&content::get(&self.conn, &all.pairs)?)?;
                said.rule = Some(all.rule);
            }
            _ => {}
        }
        Ok(said)
    }

    fn side_of(&self, node: Node) -> Result<Side, StoreError> {
        let (code, label): (String, String) = self
            .conn
            .prepare_cached("SELECT kind, label FROM thing WHERE id = ?1")?
            .query_row([node.thing], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Node { thing, report } = node;
        let report_label = report.map(|report| self.report_label(report)).transpose()?;
        Ok(Side {
            thing,
            report,
            kind: NameType::from_code(&code)
                .ok_or_else(|| StoreError::Damaged(format!("{code} is no sort of thing")))?,
            label: match report {
                Some(report) => self.name(self.clusters.of(Unit { thing, report }), &code, &label),
                None => self.name_of_all(thing, &code, &label),
            },
            report_label,
        })
    }
}
