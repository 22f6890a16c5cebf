//! What reports say, as far as they can be compared with one another: by numbers of things and of words, so that nobody is named who
//! is shielded.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde::Deserialize;
use svodka_model::{
    Account, ClaimOut, CodePoints, Edtf, EntityOut, Heard, NameType, Named, Place, Played,
    ReportInfo, Said, SmolStr, Span, Voice,
};

use super::{Reader, Told};
use crate::fold::{Word, words};
use crate::identity::Joined;
use crate::state::{State, day, folded_name};
use crate::{StoreError, Unit, content};

/// How many words before a number are given with it.
const BEFORE: usize = 3;

/// Of a reading what an account is made of.
#[derive(Deserialize)]
struct Reading {
    #[serde(default)]
    report: ReportInfo,
    #[serde(default)]
    entities: Vec<EntityOut>,
    #[serde(default)]
    claims: Vec<ClaimOut>,
    #[serde(skip)]
    text: String,
}

/// What an account says of an entity.
struct Met {
    number: i64,
    bare: bool,
    /// What it is called, as the policy lets it be seen.
    name: String,
}

/// A text with its words.
struct Text {
    points: CodePoints,
    words: Vec<Word>,
}

impl Text {
    fn new(text: &str) -> Text {
        Text {
            points: CodePoints::new(text),
            words: words(text),
        }
    }

    fn span(&self, place: Place) -> Span {
        self.points.to_span(place.start..place.end)
    }

    /// Which words stand at a place.
    fn at(&self, place: Place) -> std::ops::Range<usize> {
        let span = self.span(place);
        let start = self
            .words
            .partition_point(|word| word.span.end <= span.start);
        let end = self
            .words
            .partition_point(|word| word.span.start < span.end);
        start..end.max(start)
    }
}

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
                accounts.push(self.account(report, date.as_deref(), (&reading, &text), kinds)?);
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

    fn account(
        &self,
        report: i64,
        date: Option<&str>,
        (reading, text): (&str, &str),
        kinds: Option<&BTreeSet<SmolStr>>,
    ) -> Result<Account, StoreError> {
        let reading = self.reading(report, reading, text)?;
        let text = Text::new(&reading.text);
        let told = reading.claims.iter().enumerate();
        let told: Vec<(usize, &ClaimOut)> = told
            .filter(|(_, claim)| kinds.is_none_or(|kinds| kinds.contains(&claim.kind)))
            .collect();
        let named: BTreeSet<&str> = told
            .iter()
            .flat_map(|(_, claim)| {
                let fillers = claim.roles.values().flatten().map(|it| &it.entity);
                fillers.chain(claim.sources.iter().map(|it| &it.entity))
            })
            .filter_map(|entity| entity.as_deref())
            .collect();
        let entities = reading.entities.iter();
        let entities = entities.filter(|entity| named.contains(entity.id.as_str()));
        let things = self.met(report, entities)?;
        let rejected = self.rejected(report)?;
        let claims = told.into_iter().map(|(ordinal, claim)| {
            let said = self.claimed(ordinal, claim, &text, &reading.text, &things);
            Said {
                rejected: rejected.contains(&ordinal),
                ..said
            }
        });
        let claims = claims.collect();
        let (first, last) = days(date);
        let authors = reading.report.compiler.iter();
        Ok(Account {
            report,
            first,
            last,
            authors: authors
                .map(|name| self.author(report, name))
                .collect::<Result<_, _>>()?,
            words: text
                .words
                .iter()
                .map(|word| numbered(&word.folded))
                .collect(),
            claims,
        })
    }

    fn reading(&self, report: i64, reading: &str, text: &str) -> Result<Reading, StoreError> {
        let state = State {
            conn: &self.conn,
            contents: &self.conn,
            now: i64::MAX,
        };
        let corrections = state.corrections(report)?;
        let mut read: Reading = serde_json::from_slice(&content::get(&self.conn, reading)?)?;
        read.text = String::from_utf8(content::get(&self.conn, text)?)
            .map_err(|_| StoreError::Damaged(format!("the text {text} is not UTF-8")))?;
        for (ordinal, correction) in corrections {
            if let Some(claim) = read.claims.get_mut(ordinal) {
                correction.correct(claim, &mut read.entities);
            }
        }
        Ok(read)
    }

    fn met<'e>(
        &self,
        report: i64,
        entities: impl Iterator<Item = &'e EntityOut>,
    ) -> Result<BTreeMap<String, Met>, StoreError> {
        let mut query = self
            .conn
            .prepare_cached("SELECT id FROM thing WHERE kind = ?1 AND folded = ?2")?;
        let mut things = BTreeMap::new();
        for entity in entities {
            let folded = folded_name(&entity.name);
            let thing: Option<i64> = query
                .query_row(params![entity.kind.code(), folded], |row| row.get(0))
                .optional()?;
            let Some(thing) = thing else {
                continue;
            };
            let number = self.numbered(thing, report);
            let met = Met {
                number,
                bare: entity.kind == NameType::Person
                    && !folded.contains(' ')
                    && self.clusters.joined(&self.conn, number)? != Joined::Judged,
                name: self.name(number, entity.kind.code(), &entity.name),
            };
            things.insert(entity.id.clone(), met);
        }
        Ok(things)
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

    fn claimed(
        &self,
        ordinal: usize,
        claim: &ClaimOut,
        text: &Text,
        words: &str,
        things: &BTreeMap<String, Met>,
    ) -> Said {
        let met = |entity: &Option<String>| things.get(entity.as_deref()?);
        let roles = claim.roles.iter().map(|(role, fillers)| {
            let played = fillers.iter().map(|filler| {
                let place = filler
                    .place
                    .or(filler.quote.as_ref().map(|quote| quote.place));
                match met(&filler.entity) {
                    Some(met) => Played {
                        thing: Some(Named {
                            number: met.number,
                            bare: met.bare,
                        }),
                        ..Played::default()
                    },
                    None => Played {
                        text: self.string(&filler.text),
                        before: place
                            .map(|place| self.before(place, claim, text, words))
                            .unwrap_or_default(),
                        thing: None,
                    },
                }
            });
            (role.clone(), played.collect())
        });
        let fields = claim.fields.iter().map(|(name, value)| {
            let value = match value {
                serde_json::Value::String(value) => self.string(value),
                other => self.string(&other.to_string()),
            };
            (SmolStr::new(name), value)
        });
        let sources = claim
            .sources
            .iter()
            .map(|source| match met(&source.entity) {
                Some(met) => Voice {
                    text: met.name.clone(),
                    thing: Some(met.number),
                },
                None => Voice {
                    text: self.string(&source.text),
                    thing: None,
                },
            });
        let when = claim.when.as_ref().map(|when| when.edtf.as_str());
        let (first, last) = days(when);
        Said {
            ordinal,
            kind: claim.kind.clone(),
            roles: roles.collect(),
            fields: fields.collect(),
            first,
            last,
            approximate: when.is_some_and(|when| when.contains(['~', '?', '%'])),
            polarity: claim.polarity,
            certainty: claim.certainty,
            sources: sources.collect(),
            words: text.at(claim.evidence.place),
            rejected: false,
        }
    }

    /// The words before a number, in lower case, as far as they belong to the claim's quotation.
    fn before(&self, place: Place, claim: &ClaimOut, text: &Text, words: &str) -> String {
        let (number, quotation) = (text.at(place), text.at(claim.evidence.place));
        if !text
            .span(place)
            .of(words)
            .starts_with(|c: char| c.is_ascii_digit())
        {
            return String::new();
        }
        let from = number.start.saturating_sub(BEFORE).max(quotation.start);
        let before = text.words.get(from..number.start).unwrap_or_default();
        let before: Vec<&str> = before.iter().map(|word| word.span.of(words)).collect();
        self.string(&before.join(" ").to_lowercase())
    }
}

/// The first and last day that a date can mean.
fn days(date: Option<&str>) -> (Option<Date>, Option<Date>) {
    match date.map(str::parse::<Edtf>) {
        Some(Ok(date)) => date.bounds(),
        _ => (None, None),
    }
}

/// A number for a word: FNV-1a of its letters.
fn numbered(folded: &str) -> u32 {
    folded.bytes().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
