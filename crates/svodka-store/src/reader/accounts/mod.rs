//! What reports say, as far as they can be compared with one another: by numbers of things and of words, so that nobody is named who
//! is shielded.

mod draft;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};
use svodka_model::{Account, Heard, NameType, SmolStr, Voice};

use self::draft::{Draft, days};
use super::{Reader, Told};
use crate::identity::Joined;
use crate::state::{State, day, folded_name};
use crate::{StoreError, Unit};

pub(super) use self::draft::Packed;

impl Reader {
    /// What reports say, in the order of their numbers; of all reports if none is named. Reports that are no longer there are left out.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn accounts(&self, reports: Option<&BTreeSet<i64>>) -> Result<Vec<Account>, StoreError> {
        self.accounts_of(reports, None)
    }

    /// The same, of claims of these kinds alone: most of the work is done claim by claim.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn accounts_of(
        &self,
        reports: Option<&BTreeSet<i64>>,
        kinds: Option<&BTreeSet<SmolStr>>,
    ) -> Result<Vec<Account>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT r.id, r.date, o.payload ->> 'reading', lower(hex(v.text)) FROM report r
             JOIN operation o ON o.id = r.reading JOIN version v ON v.operation = r.version
             WHERE r.id >= ?1 AND r.id <= ?2 ORDER BY r.id",
        )?;
        let mut accounts = Vec::new();
        let ranges: Vec<(i64, i64)> = match reports {
            Some(reports) => reports.iter().map(|&report| (report, report)).collect(),
            None => vec![(i64::MIN, i64::MAX)],
        };
        for (first, last) in ranges {
            let mut rows = query.query([first, last])?;
            while let Some(row) = rows.next()? {
                let (report, date, reading, text): (i64, Option<String>, String, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                let draft = self.draft(report, (&reading, &text), kinds)?;
                accounts.push(self.account(report, date.as_deref(), draft)?);
            }
        }
        Ok(accounts)
    }

    /// These claims, each by its report's number and its place there, in the order given.
    ///
    /// # Errors
    ///
    /// If there is no such claim.
    pub fn claims_at(&self, wanted: &[(i64, usize)]) -> Result<Vec<Told>, StoreError> {
        self.told(wanted)
    }

    /// What reports are known by, and the dates they have.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn labels(
        &self,
        reports: &BTreeSet<i64>,
    ) -> Result<BTreeMap<i64, (String, Option<String>)>, StoreError> {
        let mut query = self
            .conn
            .prepare_cached("SELECT label, date FROM report WHERE id = ?1")?;
        let mut labels = BTreeMap::new();
        for &report in reports {
            let mut rows = query.query([report])?;
            if let Some(row) = rows.next()? {
                labels.insert(
                    report,
                    (self.string(&row.get::<_, String>(0)?), row.get(1)?),
                );
            }
        }
        Ok(labels)
    }

    /// What things are and what they are called, by their numbers.
    ///
    /// # Errors
    ///
    /// If there is none of such a number.
    pub fn names(
        &self,
        numbers: &BTreeSet<i64>,
    ) -> Result<BTreeMap<i64, (NameType, String)>, StoreError> {
        let mut names = BTreeMap::new();
        for &number in numbers {
            let row = self.thing(number)?;
            names.insert(number, (row.kind, row.label));
        }
        Ok(names)
    }

    /// The reports that name a thing.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn reports_with(&self, number: i64) -> Result<BTreeSet<i64>, StoreError> {
        let (things, units) = self.clusters.members(number).written();
        let mut query = self.conn.prepare_cached(
            "SELECT a.report FROM json_each(?1) j JOIN appearance a ON a.thing = j.value
             UNION SELECT a.report FROM json_each(?2) j JOIN appearance a ON a.thing = j.value ->> 0 AND a.report = j.value ->> 1",
        )?;
        let rows = query.query_map(params![things, units], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of the thing that a name means.
    ///
    /// # Errors
    ///
    /// If nothing or several things are so called.
    pub fn number(&self, name: &str) -> Result<i64, StoreError> {
        self.meant(name)
    }

    /// The reports in which these things all have a part in one claim of a kind, of something that may have been between two days: by the
    /// claim's own date, else by its report's.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn reports_claiming(
        &self,
        kind: &str,
        things: &[i64],
        first: Option<Date>,
        last: Option<Date>,
    ) -> Result<Vec<i64>, StoreError> {
        if things.is_empty() {
            return Ok(Vec::new());
        }
        if let Some(reports) = self.tabled_claiming(kind, things, first, last)? {
            return Ok(reports);
        }
        // The first is whom the fewest claims are about, as packs have it; the others are looked for in its claims.
        let (mut from, mut also) = (String::new(), String::new());
        let mut values = vec![
            Value::from(kind.to_owned()),
            Value::from(first.map(day)),
            Value::from(last.map(day)),
        ];
        for (place, thing) in things.iter().enumerate() {
            let (names, units) = self.clusters.members(*thing).written();
            let (of_names, of_units) = (values.len() + 1, values.len() + 2);
            values.extend([Value::from(names), Value::from(units)]);
            let of_names = format!("json_each(?{of_names}) j JOIN part p ON p.thing = j.value");
            let of_units = format!(
                "json_each(?{of_units}) j JOIN part p ON p.thing = j.value ->> 0 AND p.report = j.value ->> 1"
            );
            if place == 0 {
                from = format!(
                    "WITH place AS (SELECT p.report, p.ordinal FROM {of_names} WHERE p.role <> ''
                       UNION SELECT p.report, p.ordinal FROM {of_units} WHERE p.role <> '')"
                );
            } else {
                let here = "AND p.report = c.report AND p.ordinal = c.ordinal WHERE p.role <> ''";
                also += &format!(
                    " AND (EXISTS (SELECT 1 FROM {of_names} {here}) OR EXISTS (SELECT 1 FROM {of_units} {here}))"
                );
            }
        }
        let mut query = self.conn.prepare_cached(&format!(
            "{from} SELECT DISTINCT c.report FROM place JOIN claim c ON c.report = place.report AND c.ordinal = place.ordinal
             JOIN report r ON r.id = c.report WHERE c.kind = ?1
               AND (?2 IS NULL OR coalesce(c.last, r.last, r.first) IS NULL OR coalesce(c.last, r.last, r.first) >= ?2)
               AND (?3 IS NULL OR coalesce(c.first, c.last, r.first, r.last) IS NULL OR coalesce(c.first, c.last, r.first, r.last) <= ?3)
               {also} ORDER BY c.report"
        ))?;
        let rows = query.query_map(params_from_iter(values), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// For each thing of some sort: claim by claim, in which report it has a part in it, and whom the report has it from.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn chains(&self, kinds: &[NameType]) -> Result<BTreeMap<i64, Vec<Heard>>, StoreError> {
        let codes: Vec<String> = kinds
            .iter()
            .map(|kind| format!("'{}'", kind.code()))
            .collect();
        let mut told: BTreeMap<(i64, i64), Vec<i64>> = BTreeMap::new();
        let mut query = self
            .conn
            .prepare_cached("SELECT report, ordinal, thing FROM part WHERE role = ''")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (report, ordinal, thing): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            told.entry((report, ordinal))
                .or_default()
                .push(self.numbered(thing, report));
        }
        let mut query = self.conn.prepare_cached(&format!(
            "SELECT p.thing, p.report, p.ordinal FROM part p JOIN thing t ON t.id = p.thing
             WHERE t.kind IN ({}) AND p.role <> '' ORDER BY p.thing, p.report, p.ordinal",
            codes.join(", ")
        ))?;
        let mut rows = query.query([])?;
        let mut chains: BTreeMap<i64, Vec<Heard>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (thing, report, ordinal): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let heard = Heard {
                report,
                from: told.get(&(report, ordinal)).cloned().unwrap_or_default(),
            };
            let of = chains.entry(self.numbered(thing, report)).or_default();
            // One report with one chain is one however many claims it makes.
            if of.last() != Some(&heard) {
                of.push(heard);
            }
        }
        Ok(chains)
    }

    /// The number of what a report calls by a name.
    fn numbered(&self, thing: i64, report: i64) -> i64 {
        self.clusters.of(Unit { thing, report })
    }

    /// What a report says, from the shelf if it was opened before.
    fn draft(
        &self,
        report: i64,
        (reading, text): (&str, &str),
        kinds: Option<&BTreeSet<SmolStr>>,
    ) -> Result<Draft, StoreError> {
        let state = State {
            conn: &self.conn,
            contents: &self.conn,
            now: i64::MAX,
        };
        let corrections = state.corrections(report)?;
        // What readers corrected is another reading.
        let Some(shelf) = self.shelf.as_ref().filter(|_| corrections.is_empty()) else {
            return Draft::new(&self.conn, (reading, text), &corrections, kinds);
        };
        let digests = format!("{reading} {text}");
        if let Some(packed) = shelf.draft(&digests) {
            return packed.draft(kinds);
        }
        let draft = Draft::new(&self.conn, (reading, text), &corrections, None)?;
        let packed = Packed::new(&draft)?;
        let wanted = packed.draft(kinds)?;
        if draft.whole {
            shelf.keep(digests, packed);
        }
        Ok(wanted)
    }

    /// What a report of some date says: who is who in the project, as the policy lets it be seen, without what readers rejected.
    fn account(
        &self,
        report: i64,
        date: Option<&str>,
        draft: Draft,
    ) -> Result<Account, StoreError> {
        let Draft {
            account: mut told,
            speakers,
            ..
        } = draft;
        told.report = report;
        (told.first, told.last) = days(date);
        for author in &mut told.authors {
            *author = self.author(report, &author.text)?;
        }
        let rejected = self.rejected(report)?;
        let shielded = self.shield.is_some();
        for said in &mut told.claims {
            said.rejected = rejected.contains(&said.ordinal);
            for played in said.roles.iter_mut().flat_map(|(_, played)| played) {
                if let Some(named) = &mut played.thing {
                    named.number = self.numbered(named.number, report);
                    named.bare = named.bare && !self.is_judged(named.number)?;
                } else if shielded {
                    played.text = self.string(&played.text);
                    played.before = self.string(&played.before);
                }
            }
            for voice in &mut said.sources {
                let kind = voice.thing.and_then(|thing| speakers.get(&thing));
                voice.thing = voice.thing.map(|thing| self.numbered(thing, report));
                if shielded {
                    voice.text = match (voice.thing, kind) {
                        (Some(number), Some(kind)) => self.name(number, kind.code(), &voice.text),
                        _ => self.string(&voice.text),
                    };
                }
            }
            if shielded {
                for (_, value) in said.fields.iter_mut() {
                    *value = self.string(value);
                }
            }
        }
        Ok(told)
    }

    /// Whether somebody known by a name that others may share is one person because readers said so.
    fn is_judged(&self, number: i64) -> Result<bool, StoreError> {
        if let Some(known) = self.judged.borrow().get(&number) {
            return Ok(*known);
        }
        let judged = self.clusters.joined(&self.conn, number)? == Joined::Judged;
        self.judged.borrow_mut().insert(number, judged);
        Ok(judged)
    }

    /// The claims of a report that readers rejected last.
    fn rejected(&self, report: i64) -> Result<BTreeSet<usize>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT ordinal, verdict FROM decision WHERE report = ?1 AND ordinal IS NOT NULL AND verdict IN ('accept', 'reject')
             ORDER BY operation",
        )?;
        let mut rows = query.query([report])?;
        let mut rejected = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let (ordinal, verdict): (usize, String) = (row.get(0)?, row.get(1)?);
            match verdict.as_str() {
                "reject" => rejected.insert(ordinal),
                _ => rejected.remove(&ordinal),
            };
        }
        Ok(rejected)
    }

    /// Somebody who wrote a report: the person or body of that name, if there is just one.
    fn author(&self, report: i64, name: &str) -> Result<Voice, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT id FROM thing WHERE folded = ?1 AND kind IN ('PERSON', 'ORG') ORDER BY id",
        )?;
        let found: Vec<i64> = query
            .query_map([folded_name(name)], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(Voice {
            text: self.string(name),
            thing: match found.as_slice() {
                [one] => Some(self.numbered(*one, report)),
                _ => None,
            },
        })
    }
}
