//! What was judged of names, and the numbers of those who share one.

use rusqlite::params;

use super::State;
use crate::operation::{Alike, Relate, RelateAll, Relation, ThingName};
use crate::{StoreError, Unit, content};

impl State<'_> {
    pub(super) fn relate(self, id: i64, relate: &Relate) -> Result<(), StoreError> {
        let pair = (&relate.a, &relate.b);
        self.judge((id, 0), pair, relate.verdict, None)?;
        // Whoever says of a name that no two reports mean the same by it judges all of them.
        if relate.a == relate.b && relate.verdict == Relation::Distinct {
            self.tell_apart(self.named(&relate.a)?)?;
        }
        Ok(())
    }

    pub(super) fn relate_all(self, id: i64, all: &RelateAll) -> Result<(), StoreError> {
        let pairs: Vec<Alike> = serde_json::from_slice(&content::get(self.contents, &all.pairs)?)?;
        for (number, pair) in (0_i64..).zip(&pairs) {
            let names = (&pair.a, &pair.b);
            self.judge((id, number), names, Relation::Same, Some(pair.probability))?;
        }
        Ok(())
    }

    fn judge(
        self,
        (operation, pair): (i64, i64),
        (a, b): (&ThingName, &ThingName),
        verdict: Relation,
        probability: Option<f64>,
    ) -> Result<(), StoreError> {
        let side = |name: &ThingName| -> Result<(i64, Option<i64>), StoreError> {
            let thing = self.named(name)?;
            let report = name.report.as_deref().map(|label| self.report(label));
            let report = report.transpose()?;
            if report.is_some() {
                self.tell_apart(thing)?;
            }
            if let Some(report) = report {
                self.number(Unit { thing, report })?;
            }
            Ok((thing, report))
        };
        let ((a, a_report), (b, b_report)) = (side(a)?, side(b)?);
        self.conn
            .prepare_cached(
                "INSERT INTO relation (operation, pair, a, a_report, b, b_report, verdict, probability)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![operation, pair, a, a_report, b, b_report, verdict.word(), probability])?;
        Ok(())
    }

    /// Whether the appearances of a name have numbers.
    pub(super) fn is_told_apart(self, thing: i64) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT 1 FROM namesake WHERE thing = ?1")?
            .exists([thing])?)
    }

    /// Gives numbers to the appearances of a name, if they have none.
    fn tell_apart(self, thing: i64) -> Result<(), StoreError> {
        if self.is_told_apart(thing)? {
            return Ok(());
        }
        let reports: Vec<i64> = self
            .conn
            .prepare_cached("SELECT report FROM appearance WHERE thing = ?1 ORDER BY report")?
            .query_map([thing], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for report in reports {
            self.number(Unit { thing, report })?;
        }
        Ok(())
    }

    /// Gives a number to one appearance, if it has none.
    pub(super) fn number(self, unit: Unit) -> Result<(), StoreError> {
        let number = self.next_number()?;
        self.conn
            .prepare_cached(
                "INSERT INTO namesake (number, thing, report) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![number, unit.thing, unit.report])?;
        Ok(())
    }
}
