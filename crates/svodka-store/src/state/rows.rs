//! The rows that follow from a report's current reading.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};
use svodka_model::{ClaimOut, Contract, EntityOut, Polarity};

use super::{State, bounds, folded_name, rank};
use crate::fold::fold;
use crate::key::ClaimKey;
use crate::operation::ThingName;
use crate::{StoreError, Unit, correction};

/// A thing as one report names it.
#[derive(Debug, Default)]
struct Counted<'a> {
    label: String,
    forms: BTreeSet<&'a str>,
    mentions: i64,
    claims: i64,
    claimed: Option<i64>,
    /// The last claim that was counted.
    counted: Option<usize>,
}

impl State<'_> {
    /// Takes the rows of a report's reading away.
    pub(super) fn clear(self, report: i64) -> Result<(), StoreError> {
        let shown: Option<i64> = self
            .conn
            .prepare_cached("SELECT reading FROM report WHERE id = ?1")?
            .query_row([report], |row| row.get(0))?;
        if shown.is_none() {
            return Ok(());
        }
        self.conn
            .prepare_cached(
                "UPDATE thing SET reports = reports - 1, mentions = thing.mentions - a.mentions, claims = thing.claims - a.claims
                 FROM appearance a WHERE a.report = ?1 AND thing.id = a.thing",
            )?
            .execute([report])?;
        // Of which things this report may have had the latest day, which the others must then be asked for.
        let latest: Vec<i64> = self
            .conn
            .prepare_cached(
                "SELECT t.id FROM appearance a JOIN thing t ON t.id = a.thing JOIN report r ON r.id = a.report
                 WHERE a.report = ?1 AND (t.claimed = a.claimed OR t.named = r.last)",
            )?
            .query_map([report], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for sql in [
            "DELETE FROM part WHERE report = ?1 AND thing IN (SELECT thing FROM appearance WHERE report = ?1)",
            "DELETE FROM appearance WHERE report = ?1",
            "DELETE FROM life WHERE report = ?1",
            "DELETE FROM claim WHERE report = ?1",
            "DELETE FROM words WHERE rowid = ?1",
        ] {
            self.conn.prepare_cached(sql)?.execute([report])?;
        }
        for thing in latest {
            self.conn
                .prepare_cached(
                    "UPDATE thing SET claimed = (SELECT max(claimed) FROM appearance WHERE thing = ?1),
                       named = (SELECT max(r.last) FROM appearance a JOIN report r ON r.id = a.report WHERE a.thing = ?1)
                     WHERE id = ?1",
                )?
                .execute([thing])?;
        }
        Ok(())
    }

    /// Makes the rows of a report's reading: claims under their names as read, and saying what readers corrected them to.
    pub(super) fn fill(self, report: i64, label: &str, read: &Contract) -> Result<(), StoreError> {
        let keys = ClaimKey::of(label, read);
        let corrections = self.corrections(report)?;
        let mut corrected;
        let contract = if corrections.is_empty() {
            read
        } else {
            corrected = read.clone();
            correction::correct(&mut corrected, &corrections);
            &corrected
        };
        let date = contract.report.date.as_deref();
        let (first, last) = bounds(date);
        self.conn
            .prepare_cached(
                "UPDATE report SET title = ?2, date = ?3, first = ?4, last = ?5 WHERE id = ?1",
            )?
            .execute(params![report, contract.report.title, date, first, last])?;
        self.conn
            .prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?
            .execute(params![report, fold(&contract.text)])?;
        let mut things: BTreeMap<&str, i64> = BTreeMap::new();
        let mut counted: BTreeMap<i64, Counted<'_>> = BTreeMap::new();
        for entity in &contract.entities {
            let (thing, label) = self.thing(entity)?;
            things.insert(&entity.id, thing);
            let here = counted.entry(thing).or_default();
            here.label = label;
            let forms = entity.names.iter().chain([&entity.name]);
            here.forms.extend(forms.map(String::as_str));
        }
        for entity in contract.mentions.iter().filter_map(|it| it.entity.as_ref()) {
            let thing = things.get(entity.as_str());
            if let Some(here) = thing.and_then(|thing| counted.get_mut(thing)) {
                here.mentions += 1;
            }
        }
        for (ordinal, (claim, key)) in contract.claims.iter().zip(keys).enumerate() {
            let (first, latest) = bounds(claim.when.as_ref().map(|when| when.edtf.as_str()));
            self.conn
                .prepare_cached(
                    "INSERT INTO claim (report, ordinal, key, kind, certainty, negative, first, last)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    report,
                    ordinal,
                    key.0,
                    claim.kind.as_str(),
                    rank(claim.certainty),
                    claim.polarity == Polarity::Negative,
                    first,
                    latest
                ])?;
            for (role, entity) in named(claim) {
                let Some(&thing) = things.get(entity) else {
                    continue;
                };
                self.conn
                    .prepare_cached(
                        "INSERT INTO part (thing, report, ordinal, role) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![thing, report, ordinal, role])?;
                if let Some(here) = counted.get_mut(&thing)
                    && here.counted.replace(ordinal) != Some(ordinal)
                {
                    here.claims += 1;
                    here.claimed = here.claimed.max(latest.or(last).or(first));
                }
            }
        }
        for (thing, here) in counted {
            self.appears(Unit { thing, report }, &here, last)?;
        }
        self.tell_lives(report, contract, &things)
    }

    /// Notes down that a report of the day `last` names a thing.
    fn appears(self, unit: Unit, here: &Counted<'_>, last: Option<i64>) -> Result<(), StoreError> {
        let forms: Vec<&str> = here.forms.iter().copied().collect();
        let forms = (forms != [here.label.as_str()]).then(|| forms.join("\n"));
        self.conn
            .prepare_cached(
                "INSERT INTO appearance (thing, report, mentions, claims, claimed, forms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![unit.thing, unit.report, here.mentions, here.claims, here.claimed, forms])?;
        self.conn
            .prepare_cached(
                "UPDATE thing SET reports = reports + 1, mentions = mentions + ?2, claims = claims + ?3,
                   claimed = coalesce(max(claimed, ?4), claimed, ?4), named = coalesce(max(named, ?5), named, ?5)
                 WHERE id = ?1",
            )?
            .execute(params![unit.thing, here.mentions, here.claims, here.claimed, last])?;
        if self.is_told_apart(unit.thing)? {
            self.number(unit)?;
        }
        Ok(())
    }

    /// The number of the thing that an entity is by its name, and its label, with its forms noted down.
    fn thing(self, entity: &EntityOut) -> Result<(i64, String), StoreError> {
        let kind = entity.kind.code();
        let folded = folded_name(&entity.name);
        let known: Option<(i64, String)> = self
            .conn
            .prepare_cached("SELECT id, label FROM thing WHERE kind = ?1 AND folded = ?2")?
            .query_row(params![kind, folded], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (id, label) = match known {
            Some(known) => known,
            None => {
                let id = self.next_number()?;
                self.conn
                    .prepare_cached(
                        "INSERT INTO thing (id, kind, folded, label) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![id, kind, folded, entity.name])?;
                (id, entity.name.clone())
            }
        };
        for form in entity.names.iter().chain([&entity.name]) {
            self.conn
                .prepare_cached(
                    "INSERT INTO name (folded, thing) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                )?
                .execute(params![folded_name(form), id])?;
        }
        Ok((id, label))
    }

    /// A number that nothing has had yet.
    pub(super) fn next_number(self) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT 1 + max(coalesce((SELECT max(id) FROM thing), 0), coalesce((SELECT max(number) FROM namesake), 0))",
            )?
            .query_row([], |row| row.get(0))?)
    }

    /// The number of a thing by its name.
    pub fn named(self, name: &ThingName) -> Result<i64, StoreError> {
        let found = self
            .conn
            .prepare_cached("SELECT id FROM thing WHERE kind = ?1 AND folded = ?2")?
            .query_row(params![name.kind.code(), name.folded], |row| row.get(0))
            .optional()?;
        found.ok_or_else(|| StoreError::Unknown {
            what: "name",
            name: name.folded.clone(),
        })
    }
}

/// Who and what has a part in a claim, by the ids of its report, each with the role: none for who is said to have said it.
fn named(claim: &ClaimOut) -> impl Iterator<Item = (&str, &str)> {
    let fillers = claim.roles.iter().flat_map(|(role, fillers)| {
        fillers
            .iter()
            .filter_map(move |filler| Some((role.as_str(), filler.entity.as_deref()?)))
    });
    let sources = claim
        .sources
        .iter()
        .filter_map(|source| Some(("", source.entity.as_deref()?)));
    fillers.chain(sources)
}
