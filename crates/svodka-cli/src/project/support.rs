//! On what a claim stands, as words and as JSON; and the four things that are said of a claim and never mixed: certainty is the text's,
//! support the project's, the grade and the review a reader's.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use svodka::agree::{At, Support, Tie, Voice, Witness};
use svodka::store::{Reader, StoreError, Told};

use super::count;

/// What witnesses are called: the labels of reports.
#[derive(Debug, Default)]
pub struct Labels(BTreeMap<i64, String>);

impl Labels {
    /// Of all reports that these supports speak of.
    pub fn of<'s>(
        reader: &Reader,
        supports: impl IntoIterator<Item = &'s Support>,
    ) -> Result<Labels, StoreError> {
        let mut reports = BTreeSet::new();
        for support in supports {
            reports.extend(support.claims.iter().map(|at| at.report));
        }
        let labels = reader.labels(&reports)?;
        Ok(Labels(
            labels
                .into_iter()
                .map(|(report, (label, _))| (report, label))
                .collect(),
        ))
    }

    fn of_report(&self, report: i64) -> &str {
        self.0.get(&report).map_or("", String::as_str)
    }

    fn of_all(&self, claims: &[At]) -> Vec<&str> {
        let reports: BTreeSet<i64> = claims.iter().map(|at| at.report).collect();
        reports
            .into_iter()
            .map(|report| self.of_report(report))
            .collect()
    }
}

/// "2 independent witnesses: Lutovinov (a.txt, b.txt); c.txt".
pub fn told(support: &Support, labels: &Labels) -> String {
    let witnesses: Vec<String> = support
        .witnesses
        .iter()
        .map(|it| witness(it, labels))
        .collect();
    let number = match support.count() {
        1 => "1 witness".to_owned(),
        number => format!("{number} independent witnesses"),
    };
    let claims = match support.claims.len() {
        1 => String::new(),
        claims => format!(" in {}", count(claims, "claim")),
    };
    format!("{number}{claims}: {}", witnesses.join("; "))
}

/// How many reports of a witness are named before the rest is counted.
const NAMED: usize = 4;

fn witness(witness: &Witness, labels: &Labels) -> String {
    let reports = labels.of_all(&witness.claims);
    let voices: Vec<&str> = witness
        .voices
        .iter()
        .map(|voice| voice.text.as_str())
        .collect();
    let mut notes: Vec<String> = Vec::new();
    let said = match voices.is_empty() {
        true => listed(&reports),
        false => {
            notes.push(format!("in {}", listed(&reports)));
            voices.join(" and ")
        }
    };
    let echoes: Vec<String> = witness
        .ties
        .iter()
        .filter_map(|tie| echo(tie, labels))
        .collect();
    let shown: BTreeSet<&String> = echoes.iter().collect();
    let shown: Vec<&str> = shown.into_iter().map(String::as_str).collect();
    if !shown.is_empty() {
        notes.push(listed(&shown));
    }
    notes.extend(witness.ties.iter().filter_map(|tie| match tie {
        Tie::Author(author) => Some(format!("written by {}", author.text)),
        Tie::Voice(_) | Tie::Report(_) | Tie::Echo(_) => None,
    }));
    match notes.is_empty() {
        true => said,
        false => format!("{said} ({})", notes.join("; ")),
    }
}

fn echo(tie: &Tie, labels: &Labels) -> Option<String> {
    let Tie::Echo(echo) = tie else {
        return None;
    };
    let (of, by) = (
        labels.of_report(echo.of.report),
        labels.of_report(echo.by.report),
    );
    Some(format!("{by} repeats {of}"))
}

fn listed(items: &[&str]) -> String {
    match items.len() {
        0..=NAMED => items.join(", "),
        more => format!("{} and {} more", items[..NAMED].join(", "), more - NAMED),
    }
}

/// "grade B2 · accepted", or nothing if nobody has said anything.
pub fn judged(told: &Told) -> String {
    format!("grade {} · {}", told.grade(), told.review().word())
}

/// A claim with what is said of it beside it.
pub fn claim_json(told: &Told, support: &Support, labels: &Labels, quotes: &Quotes) -> Value {
    let mut value = serde_json::to_value(told).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("support".to_owned(), support_json(support, labels, quotes));
        fields.insert("grade".to_owned(), json!(told.grade()));
        fields.insert("review".to_owned(), json!(told.review()));
    }
    value
}

/// The words and names of claims that an explanation speaks of.
#[derive(Debug, Default)]
pub struct Quotes(BTreeMap<At, Told>);

impl Quotes {
    /// Of all claims that these supports speak of.
    pub fn of<'s>(
        reader: &Reader,
        supports: impl IntoIterator<Item = &'s Support>,
    ) -> Result<Quotes, StoreError> {
        let mut claims: BTreeSet<At> = BTreeSet::new();
        for support in supports {
            claims.extend(&support.claims);
        }
        let wanted: Vec<(i64, usize)> = claims.iter().map(|at| (at.report, at.ordinal)).collect();
        let told = reader.claims_at(&wanted)?;
        Ok(Quotes(claims.into_iter().zip(told).collect()))
    }

    /// A claim that one of them speaks of.
    pub fn get(&self, at: At) -> Option<&Told> {
        self.0.get(&at)
    }

    fn key(&self, at: At) -> Value {
        self.get(at).map_or(Value::Null, |told| json!(told.key))
    }

    fn words(&self, at: At) -> Value {
        self.get(at)
            .map_or(Value::Null, |told| json!(told.claim.evidence.text))
    }
}

/// On what a claim stands: how many independent witnesses; each with the claims that rest on it, and why they are one.
pub fn support_json(support: &Support, labels: &Labels, quotes: &Quotes) -> Value {
    let voice = |voice: &Voice| json!({"name": voice.text, "number": voice.thing});
    let witnesses: Vec<Value> = support
        .witnesses
        .iter()
        .map(|witness| {
            let why: Vec<Value> = witness
                .ties
                .iter()
                .map(|tie| match tie {
                    Tie::Voice(it) => json!({"same": "source", "source": voice(it)}),
                    Tie::Author(it) => json!({"same": "author", "author": voice(it)}),
                    Tie::Report(report) => json!({"same": "report", "report": labels.of_report(*report)}),
                    Tie::Echo(echo) => json!({
                        "same": "words",
                        "of": {"report": labels.of_report(echo.of.report), "claim": quotes.key(echo.of), "words": quotes.words(echo.of)},
                        "by": {"report": labels.of_report(echo.by.report), "claim": quotes.key(echo.by), "words": quotes.words(echo.by)},
                    }),
                })
                .collect();
            json!({
                "sources": witness.voices.iter().map(voice).collect::<Vec<_>>(),
                "reports": labels.of_all(&witness.claims),
                "claims": witness.claims.iter().map(|at| quotes.key(*at)).collect::<Vec<_>>(),
                "why_one": why,
            })
        })
        .collect();
    json!({"witnesses": support.count(), "claims": support.claims.len(), "independent": witnesses})
}
