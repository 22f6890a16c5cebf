//! The rule for people who may be alive, and the claims that tell a birth or a death by it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rusqlite::{Connection, OptionalExtension, params};
use svodka_model::{Certainty, ClaimOut, CodePoints, Contract, NameType, Polarity};

use super::{State, bounds, entry};
use crate::StoreError;
use crate::fold::words;
use crate::operation::{LifeRule, Operation, Rule};
use crate::state::folded_name;

impl State<'_> {
    /// Takes the last rule that was not taken back, and looks for births and deaths anew if it tells them by other claims.
    pub(super) fn set_rule(self) -> Result<(), StoreError> {
        let before = self.rule()?;
        self.conn.execute("DELETE FROM rule", [])?;
        let set: Vec<i64> = self
            .contents
            .prepare(
                "SELECT id FROM operation WHERE id <= ?1 AND (kind = 'policy' OR (kind = 'init' AND payload ->> 'rule' IS NOT NULL))
                 ORDER BY id DESC",
            )?
            .query_map([self.now], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for id in set {
            if self.in_force(id)? {
                self.conn
                    .execute("INSERT INTO rule (operation) VALUES (?1)", [id])?;
                break;
            }
        }
        let rule = self.rule()?;
        if (&rule.births, &rule.deaths) == (&before.births, &before.deaths) {
            return Ok(());
        }
        self.conn.execute("DELETE FROM life", [])?;
        let mut reports: Vec<i64> = Vec::new();
        for life in rule.births.iter().chain(&rule.deaths) {
            let mut query = self
                .conn
                .prepare("SELECT DISTINCT report FROM claim WHERE kind = ?1 OR ?1 = '*'")?;
            let found = query.query_map([&life.kind], |row| row.get(0))?;
            reports.extend(found.collect::<Result<Vec<i64>, _>>()?);
        }
        reports.sort_unstable();
        reports.dedup();
        for report in reports {
            let Some(reading) = self.corrected(report)? else {
                continue;
            };
            let contract = reading.contract;
            let mut things = BTreeMap::new();
            for entity in &contract.entities {
                let thing: Option<i64> = self
                    .conn
                    .prepare_cached("SELECT id FROM thing WHERE kind = ?1 AND folded = ?2")?
                    .query_row(
                        params![entity.kind.code(), folded_name(&entity.name)],
                        |row| row.get(0),
                    )
                    .optional()?;
                things.extend(thing.map(|thing| (entity.id.as_str(), thing)));
            }
            self.tell_lives(report, &contract, &things)?;
        }
        Ok(())
    }

    /// Notes down whose births and deaths a report tells; `things` are its entities.
    pub(super) fn tell_lives(
        self,
        report: i64,
        contract: &Contract,
        things: &BTreeMap<&str, i64>,
    ) -> Result<(), StoreError> {
        let rule = self.rule()?;
        let mut words = None;
        for (tells, lives) in [("birth", &rule.births), ("death", &rule.deaths)] {
            for life in lives {
                for (ordinal, claim) in contract.claims.iter().enumerate() {
                    if !may_tell(claim, life) {
                        continue;
                    }
                    for person in people(claim, life) {
                        let Some(thing) = things.get(person) else {
                            continue;
                        };
                        let words = words.get_or_insert_with(|| Words::of(contract));
                        let Some(year) = words.tell(claim, person, life) else {
                            continue;
                        };
                        let (first, last) =
                            bounds(claim.when.as_ref().map(|when| when.edtf.as_str()));
                        let day = year.map(|year| year * 10_000 + 1231).or(last).or(first);
                        self.conn
                            .prepare_cached(
                                "INSERT INTO life (report, ordinal, thing, tells, day) VALUES (?1, ?2, ?3, ?4, ?5)
                                 ON CONFLICT DO UPDATE SET day = max(coalesce(day, excluded.day), coalesce(excluded.day, day))",
                            )?
                            .execute(params![report, ordinal, thing, tells, day])?;
                    }
                }
            }
        }
        Ok(())
    }

    fn rule(self) -> Result<Rule, StoreError> {
        rule_in_force(self.conn, self.contents)
    }
}

/// The rule for people who may be alive.
pub fn rule_in_force(conn: &Connection, log: &Connection) -> Result<Rule, StoreError> {
    let set: Option<i64> = conn
        .prepare_cached("SELECT operation FROM rule")?
        .query_row([], |row| row.get(0))
        .optional()?;
    match set.map(|id| entry(log, id)).transpose()? {
        Some((Operation::Policy(rule), _)) => Ok(rule),
        Some((Operation::Init(init), _)) => Ok(init.rule.unwrap_or_default()),
        _ => Ok(Rule::default()),
    }
}

/// Whether a claim may tell what the rule looks for, as so and as at least probable; the words it rests on left aside.
fn may_tell(claim: &ClaimOut, life: &LifeRule) -> bool {
    let sure = matches!(claim.certainty, Certainty::Asserted | Certainty::Probable);
    let of_kind = life.kind == "*" || claim.kind == life.kind;
    if !of_kind || claim.polarity == Polarity::Negative || !sure {
        return false;
    }
    let Some((name, value)) = &life.with else {
        return true;
    };
    let field = claim.fields.get(name).and_then(|field| field.as_str());
    let mut fillers = claim.roles.get(name.as_str()).into_iter().flatten();
    field == Some(value) || fillers.any(|filler| filler.text == *value)
}

/// Whoever plays the rule's role in a claim, each once.
fn people<'a>(claim: &'a ClaimOut, life: &LifeRule) -> BTreeSet<&'a str> {
    let roles = claim.roles.iter();
    let of_role = roles.filter(|(role, _)| life.role == "*" || role.as_str() == life.role);
    let fillers = of_role.flat_map(|(_, fillers)| fillers);
    fillers
        .filter_map(|filler| filler.entity.as_deref())
        .collect()
}

/// The words of a report around its names.
struct Words<'a> {
    contract: &'a Contract,
    points: CodePoints,
}

impl<'a> Words<'a> {
    fn of(contract: &'a Contract) -> Words<'a> {
        Words {
            contract,
            points: CodePoints::new(&contract.text),
        }
    }

    /// The words behind what is said of somebody by the way, between commas and without another name of a person.
    fn behind_aside(&self, range: Range<usize>) -> Option<Vec<String>> {
        let text = self.points.to_span(range.clone()).of(&self.contract.text);
        let inner = text.trim_start().strip_prefix(',')?;
        let (aside, _) = inner.split_once(',')?;
        let skipped = text.len() - inner.len() + aside.len();
        let end = range.start + text[..skipped].chars().count() + 1;
        let others = self.contract.mentions.iter().any(|mention| {
            mention.kind == NameType::Person.code()
                && range.start <= mention.place.start
                && mention.place.start < end
        });
        (!others).then(|| self.folded(end..range.end))
    }

    fn folded(&self, range: Range<usize>) -> Vec<String> {
        let text = self.points.to_span(range).of(&self.contract.text);
        words(text).into_iter().map(|word| word.folded).collect()
    }

    /// Whether the words that a claim rests on tell of a person what the rule looks for, and the year if they name it where a year is
    /// looked for. A rule without words is content with the claim.
    fn tell(&self, claim: &ClaimOut, person: &str, life: &LifeRule) -> Option<Option<i64>> {
        if life.behind.is_empty() && life.before.is_empty() {
            return Some(None);
        }
        let evidence = claim.evidence.place;
        let unless: Vec<Vec<String>> = phrases(&life.unless).collect();
        if !unless.is_empty() {
            let all = self.folded(evidence.start..evidence.end);
            let stands = |phrase: &Vec<String>| all.windows(phrase.len()).any(|it| it == *phrase);
            if unless.iter().any(stands) {
                return None;
            }
        }
        let between: Vec<String> = phrases(&life.between).flatten().collect();
        let mentions = self.contract.mentions.iter().filter(|mention| {
            mention.entity.as_deref() == Some(person)
                && evidence.start <= mention.place.start
                && mention.place.end <= evidence.end
        });
        for mention in mentions {
            let behind = self.folded(mention.place.end..evidence.end);
            let aside = self.behind_aside(mention.place.end..evidence.end);
            for behind in [Some(&behind), aside.as_ref()].into_iter().flatten() {
                let told = phrases(&life.behind)
                    .find_map(|phrase| follows(behind.iter(), phrase.iter(), &between));
                if told.is_some() {
                    return told;
                }
            }
            let other = phrases(&life.not_behind).any(|phrase| behind.starts_with(&phrase));
            if other {
                continue;
            }
            let before = self.folded(evidence.start..mention.place.start);
            let told = phrases(&life.before)
                .find_map(|phrase| follows(before.iter().rev(), phrase.iter().rev(), &between));
            if told.is_some() {
                return told;
            }
        }
        None
    }
}

/// Phrases as words are compared; `#` stays.
fn phrases(list: &[String]) -> impl Iterator<Item = Vec<String>> + '_ {
    let fold = |word: &str| match word {
        "#" => word.to_owned(),
        word => folded_name(word),
    };
    list.iter()
        .map(move |phrase| phrase.split_whitespace().map(fold).collect::<Vec<_>>())
        .filter(|phrase| !phrase.is_empty())
}

/// Whether a text goes on with a phrase, over words that may stand between; and the year that `#` met.
fn follows<'w>(
    mut text: impl Iterator<Item = &'w String>,
    phrase: impl Iterator<Item = &'w String>,
    between: &[String],
) -> Option<Option<i64>> {
    let mut year = None;
    for wanted in phrase {
        loop {
            let word = text.next()?;
            let number = (word.len() == 4).then(|| word.parse().ok()).flatten();
            if wanted == "#" && number.is_some() {
                year = number;
                break;
            }
            if word == wanted {
                break;
            }
            if !between.contains(word) {
                return None;
            }
        }
    }
    Some(year)
}
