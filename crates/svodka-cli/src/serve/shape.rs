//! What is sent: as the page needs it, one type for each thing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::{Deserialize, Serialize};
use svodka::store::{Joined, ReportRow, Standing, ThingRow, Told, Verdict};
use svodka::{ClaimOut, Polarity};
use utoipa::ToSchema;

use super::app::Asked;
use super::failure::Failure;
use crate::page::said;

/// What a project holds.
#[derive(Serialize, ToSchema)]
pub struct ProjectInfo {
    /// What it is called.
    pub name: String,
    /// How many reports.
    pub reports: u32,
    /// How many versions of them.
    pub versions: u32,
    /// How many claims.
    pub claims: u32,
    /// How many names of each sort: PERSON, ORG, WORKPLACE, PLACE, WORK, EVENT.
    pub things: Vec<Count>,
    /// How many of the people named may be alive.
    pub may_live: usize,
    /// Whether these are shielded from whoever asks.
    pub shielded: bool,
    /// The program's version.
    pub program: String,
    /// By what the reports were read: program, pack, model, and how many by each.
    pub read_by: Vec<ReadBy>,
    /// Decisions on claims that are in force.
    pub decisions: u32,
    /// The newest entry of the log: other if anybody has changed something.
    pub newest: i64,
    /// The kinds of claim that the pack knows.
    pub kinds: Vec<String>,
}

/// By what reports were read.
#[derive(Serialize, ToSchema)]
pub struct ReadBy {
    /// The program's version.
    pub program: String,
    /// A digest of the pack.
    pub pack: String,
    /// A digest of the language model.
    pub model: String,
    /// How many reports.
    pub reports: u32,
}

/// A page of the reports.
#[derive(Serialize, ToSchema)]
pub struct Reports {
    /// How many fit.
    pub total: usize,
    /// From `skip` on.
    pub reports: Vec<ReportInfo>,
}

/// A report in the list.
#[derive(Serialize, ToSchema)]
pub struct ReportInfo {
    pub id: i64,
    /// Its path.
    pub label: String,
    pub title: String,
    /// EDTF; empty if it has none.
    pub date: String,
    /// Which version of it is current, from 1.
    pub version: u32,
    pub claims: u32,
}

impl From<ReportRow> for ReportInfo {
    fn from(row: ReportRow) -> ReportInfo {
        ReportInfo {
            id: row.id,
            label: row.label,
            title: row.title.unwrap_or_default(),
            date: row.date.unwrap_or_default(),
            version: row.version,
            claims: row.claims,
        }
    }
}

/// A report with all that it claims.
#[derive(Serialize, ToSchema)]
pub struct Report {
    pub id: i64,
    pub label: String,
    pub title: String,
    pub date: String,
    /// BCP 47.
    pub language: String,
    pub compiler: Vec<String>,
    pub addressee: Vec<String>,
    /// Which version of it is current, from 1.
    pub version: u32,
    /// The words that all places count in.
    pub text: String,
    /// The headings with their reach.
    pub sections: Vec<Section>,
    /// Where each sentence begins and ends.
    pub sentences: Vec<[usize; 2]>,
    pub mentions: Vec<Mention>,
    /// In the order of the text.
    pub claims: Vec<Claim>,
    /// Where the words stand in the original, from one place to the next; empty where its lines are those of the text.
    pub origins: Vec<Origin>,
    /// The newest entry of the log when this was read: send it with a decision, and nobody's later judgement is overwritten.
    pub seen: i64,
}

/// A place in the original. What its format does not tell is absent.
#[derive(Serialize, ToSchema)]
pub struct Origin {
    /// The first code point that comes from there.
    pub start: usize,
    /// The file inside an EPUB, or the part of an e-mail.
    pub part: Option<String>,
    /// What the original calls the page, or else its number.
    pub page: Option<String>,
    /// Of the page, or of the file.
    pub line: Option<u32>,
    /// Of a word processor's file.
    pub paragraph: Option<u32>,
}

/// A heading.
#[derive(Serialize, ToSchema)]
pub struct Section {
    pub heading: String,
    pub level: u8,
    pub start: usize,
    pub end: usize,
}

/// A name or a date in the text.
#[derive(Serialize, ToSchema)]
pub struct Mention {
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// PERSON, ORG, WORKPLACE, PLACE, WORK, EVENT or DATE.
    pub r#type: String,
    /// What is named, in its fullest form.
    pub name: Option<String>,
    /// The number of what is named.
    pub thing: Option<i64>,
    pub edtf: Option<String>,
}

/// A claim with where it is made and what readers decided.
#[derive(Serialize, ToSchema)]
pub struct Claim {
    /// Its name in the project.
    pub key: String,
    /// The report's number.
    pub report: i64,
    /// The report's path.
    pub label: String,
    /// The report's date, EDTF.
    pub date: String,
    pub kind: String,
    /// What is claimed, in the words of the pack.
    pub said: String,
    pub roles: Vec<Role>,
    /// What the kind has besides: status, action, …
    pub fields: Vec<Field>,
    pub when: Option<When>,
    /// positive or negative.
    pub polarity: String,
    /// asserted, probable, possible or unestablished.
    pub certainty: String,
    /// On whose word, nearest first; empty for the report's own.
    pub sources: Vec<String>,
    /// The words it rests on.
    pub quote: String,
    pub start: usize,
    pub end: usize,
    /// The rule that drew it.
    pub rule: String,
    /// What readers last made of it: unreviewed, accepted, rejected or corrected.
    pub status: String,
    /// Admiralty, such as B2.
    pub grade: Option<String>,
    pub decisions: Vec<Decision>,
    /// What the machine had read, if it was corrected.
    pub read: Option<String>,
    /// On how many independent witnesses it stands, where that was asked for with `support`, and in contradictions.
    pub support: Option<Supported>,
    /// Whether somebody in it may be alive.
    pub may_live: bool,
}

/// On how many witnesses a claim stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Supported {
    /// Independent witnesses: at least one.
    pub witnesses: usize,
    /// Claims that say the same, itself included.
    pub claims: usize,
}

impl From<&svodka::agree::Support> for Supported {
    fn from(support: &svodka::agree::Support) -> Supported {
        Supported {
            witnesses: support.count(),
            claims: support.claims.len(),
        }
    }
}

/// A role and what fills it.
#[derive(Serialize, ToSchema)]
pub struct Role {
    pub role: String,
    pub fillers: Vec<Filler>,
}

/// What fills a role.
#[derive(Debug, Serialize, ToSchema)]
pub struct Filler {
    pub text: String,
    /// The number of what is named.
    pub thing: Option<i64>,
}

/// A field and its value.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Field {
    pub field: String,
    pub value: String,
}

/// When it was.
#[derive(Serialize, ToSchema)]
pub struct When {
    pub edtf: String,
    /// As the report says it.
    pub text: String,
}

/// What a reader decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decision {
    /// Its entry in the log.
    pub operation: i64,
    /// accept, reject, correct, grade or note.
    pub verdict: String,
    /// The grade or the remark.
    pub value: String,
    pub reason: String,
    pub at: String,
    pub author: String,
}

impl Decision {
    /// Without words of readers, which may name somebody who may be alive.
    pub fn bare(standing: &Standing) -> Decision {
        let mut decision = Decision::from(standing);
        decision.value.clear();
        decision.reason.clear();
        decision
    }
}

impl From<&Standing> for Decision {
    fn from(standing: &Standing) -> Decision {
        let value = match &standing.verdict {
            Verdict::Grade(value) | Verdict::Note(value) => value.clone(),
            Verdict::Correct(value) => value.to_string(),
            Verdict::Accept | Verdict::Reject => String::new(),
        };
        Decision {
            operation: standing.operation,
            verdict: standing.verdict.word().to_owned(),
            value,
            reason: standing.reason.clone(),
            at: standing.at.clone(),
            author: standing.author.clone(),
        }
    }
}

/// A thing that reports name.
#[derive(Serialize, ToSchema)]
pub struct Thing {
    pub number: i64,
    pub r#type: String,
    pub name: String,
    pub reports: u32,
    pub mentions: u32,
    /// Whether it is a person who may be alive.
    pub may_live: bool,
    /// Whether only the name says that these reports mean one.
    pub by_name_only: bool,
    /// Where others bear the same name: the first report that names this one.
    pub first_report: Option<String>,
}

impl From<ThingRow> for Thing {
    fn from(row: ThingRow) -> Thing {
        Thing {
            number: row.number,
            r#type: row.kind.code().to_owned(),
            name: row.label,
            reports: row.reports,
            mentions: row.mentions,
            may_live: row.may_live,
            by_name_only: row.joined == Joined::Name,
            first_report: row.first_report,
        }
    }
}

/// A page of the things.
#[derive(Serialize, ToSchema)]
pub struct Things {
    /// How many fit.
    pub total: usize,
    /// From `skip` on.
    pub things: Vec<Thing>,
}

/// All that is claimed of one thing.
#[derive(Serialize, ToSchema)]
pub struct Dossier {
    #[serde(flatten)]
    pub thing: Thing,
    /// The forms under which it was met, folded.
    pub forms: Vec<String>,
    /// How many claims there are.
    pub total: usize,
    /// In the order of time, from `skip` on.
    pub claims: Vec<Claim>,
    /// Who and what else stands in all these claims, those in most of them first, 500 at most.
    pub company: Vec<Companion>,
    /// The newest entry of the log when this was read.
    pub seen: i64,
}

/// Somebody or something that stands in the same claims.
#[derive(Serialize, ToSchema)]
pub struct Companion {
    pub number: i64,
    /// PERSON, ORG, WORKPLACE, PLACE, WORK or EVENT.
    pub r#type: &'static str,
    pub name: String,
    /// In how many of these claims.
    pub claims: u32,
    /// In how many of each kind: who was at the same meetings, for one.
    pub kinds: Vec<Count>,
}

/// So many of the claims that fit, and how many do.
#[derive(Serialize, ToSchema)]
pub struct Claims {
    pub total: usize,
    pub claims: Vec<Claim>,
    pub seen: i64,
}

/// How many claims there are by what they could be chosen by.
#[derive(Serialize, ToSchema)]
pub struct Facets {
    pub kind: Vec<Count>,
    pub certainty: Vec<Count>,
    /// unreviewed, accepted, rejected, corrected.
    pub status: Vec<Count>,
    pub grade: Vec<Count>,
    /// Who is said to have said most of them, 50 at most.
    pub said_by: Vec<Source>,
    /// How many of each kind there are in each month.
    pub months: Vec<Month>,
    /// How many have no date of their own.
    pub undated: u32,
}

/// Somebody on whose word claims are.
#[derive(Serialize, ToSchema)]
pub struct Source {
    /// The number of who or what is named.
    pub thing: i64,
    pub name: String,
    pub count: u32,
}

/// How many claims of a kind may have been of a month.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Month {
    /// EDTF, such as 1923-08.
    pub month: String,
    pub kind: String,
    pub count: u32,
}

impl From<(i64, String, u32)> for Month {
    fn from((month, kind, count): (i64, String, u32)) -> Month {
        Month {
            month: edtf(month),
            kind,
            count,
        }
    }
}

/// A month, given as year times 100 and month.
pub fn edtf(month: i64) -> String {
    format!("{:04}-{:02}", month / 100, month % 100)
}

/// A value and how many have it.
#[derive(Serialize, ToSchema)]
pub struct Count {
    pub value: String,
    pub count: u32,
}

/// Reports that hold what was searched for.
#[derive(Serialize, ToSchema)]
pub struct Found {
    /// In how many reports; not told to those from whom people are shielded.
    pub total: Option<u64>,
    pub hits: Vec<Hit>,
}

/// A report that holds it.
#[derive(Serialize, ToSchema)]
pub struct Hit {
    pub report: i64,
    pub label: String,
    pub title: String,
    pub date: String,
    /// The words around it.
    pub snippet: Vec<Piece>,
}

/// A piece of a snippet.
#[derive(Serialize, ToSchema)]
pub struct Piece {
    pub text: String,
    /// Whether it was searched for.
    pub marked: bool,
}

/// An entry of the log.
#[derive(Serialize, ToSchema)]
pub struct LogEntry {
    pub id: i64,
    pub at: String,
    pub author: String,
    /// init, add, reread, decide, relate, policy, except, undo …
    pub kind: String,
    pub what: String,
    pub reason: String,
    /// Which entry it takes back.
    pub undoes: Option<i64>,
    pub undone: bool,
}

/// The rule for people who may be alive.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct LivingRule {
    /// Whether they are shielded in what leaves the machine.
    pub shield: bool,
    /// A claim within so many years of today lets somebody be alive.
    pub claim_years: u16,
    /// A birth within so many years of today lets somebody be alive.
    pub birth_years: u16,
    /// Which claims tell a birth. If not given, it stays.
    #[serde(default)]
    pub births: Option<Vec<LifeRule>>,
    /// Which claims tell a death. If not given, it stays.
    #[serde(default)]
    pub deaths: Option<Vec<LifeRule>>,
    /// Why it is set so.
    pub reason: String,
    /// How many of those named may be alive; not read when the rule is set.
    #[serde(default)]
    pub may_live: usize,
    /// The exceptions in force; not read when the rule is set.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
}

/// Claims that tell a birth or a death: of a kind, of the person in a role, with a value in a field if one is named.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct LifeRule {
    pub kind: String,
    pub role: String,
    /// A field or role, and what it must be.
    #[serde(default)]
    pub with: Option<Field>,
    /// Words one of which must stand right behind the person's name; `#` is a year.
    #[serde(default)]
    pub behind: Vec<String>,
    /// Or right before it.
    #[serde(default)]
    pub before: Vec<String>,
    /// Words none of which may stand right behind the name.
    #[serde(default)]
    pub not_behind: Vec<String>,
    /// Words that may stand between.
    #[serde(default)]
    pub between: Vec<String>,
    /// Words none of which may stand anywhere in what the claim rests on.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// Somebody to whom the rule does not apply.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Exception {
    pub person: String,
    /// Whether they are shielded in any case, or never.
    pub shield: bool,
    pub reason: String,
    /// Its entry in the log, by which it is taken back.
    pub operation: i64,
}

/// Turns what the project tells into what is sent.
pub struct Shaper<'a> {
    asked: &'a Asked<'a>,
    things: BTreeMap<i64, BTreeMap<String, i64>>,
}

impl<'a> Shaper<'a> {
    /// For what was asked.
    pub fn new(asked: &'a Asked<'a>) -> Shaper<'a> {
        Shaper {
            asked,
            things: BTreeMap::new(),
        }
    }

    /// The numbers of what a report names.
    pub fn things(&mut self, report: i64) -> Result<&BTreeMap<String, i64>, Failure> {
        match self.things.entry(report) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => Ok(unknown.insert(self.asked.reader.things_of(report)?)),
        }
    }

    /// What is claimed, in the words of the pack.
    pub fn said(&self, claim: &ClaimOut) -> String {
        said(claim, self.asked.words().get(claim.kind.as_str()))
    }

    /// A claim.
    pub fn claim(&mut self, told: &Told) -> Result<Claim, Failure> {
        let claim = &told.claim;
        let said = self.said(claim);
        let read = told.read.as_ref().map(|read| self.said(read));
        let things = self.things(told.report)?;
        let role = |(role, fillers): (&_, &Vec<svodka::FillerOut>)| Role {
            role: smol(role),
            fillers: fillers
                .iter()
                .map(|filler| Filler {
                    text: one_line(&filler.text),
                    thing: filler
                        .entity
                        .as_ref()
                        .and_then(|id| things.get(id).copied()),
                })
                .collect(),
        };
        Ok(Claim {
            key: told.key.to_string(),
            report: told.report,
            label: told.label.clone(),
            date: told.date.clone().unwrap_or_default(),
            kind: claim.kind.to_string(),
            said,
            roles: claim.roles.iter().map(role).collect(),
            fields: claim
                .fields
                .iter()
                .map(|(field, value)| Field {
                    field: field.clone(),
                    value: plain(value),
                })
                .collect(),
            when: claim.when.as_ref().map(|when| When {
                edtf: when.edtf.clone(),
                text: one_line(&when.text),
            }),
            polarity: polarity(claim).to_owned(),
            certainty: claim.certainty.word().to_owned(),
            sources: claim
                .sources
                .iter()
                .map(|source| one_line(&source.text))
                .collect(),
            quote: claim.evidence.text.clone(),
            start: claim.evidence.place.start,
            end: claim.evidence.place.end,
            rule: claim.frame.clone(),
            status: review(told).to_owned(),
            grade: grade(told),
            decisions: told.decisions.iter().map(Decision::from).collect(),
            read,
            may_live: told.may_live,
            support: None,
        })
    }

    /// Claims, in the order given, with how many witnesses each stands on if that is wanted.
    pub fn listed(&mut self, told: &[Told], support: Option<bool>) -> Result<Vec<Claim>, Failure> {
        let mut claims = self.claims(told)?;
        if support == Some(true) {
            for (claim, support) in claims.iter_mut().zip(self.asked.supports(told)?) {
                claim.support = Some(support);
            }
        }
        Ok(claims)
    }

    /// Claims, in the order given.
    pub fn claims<'t>(
        &mut self,
        told: impl IntoIterator<Item = &'t Told>,
    ) -> Result<Vec<Claim>, Failure> {
        told.into_iter().map(|told| self.claim(told)).collect()
    }
}

fn smol(text: &impl ToString) -> String {
    text.to_string()
}

/// Whether it is said to be so.
pub fn polarity(claim: &ClaimOut) -> &'static str {
    match claim.polarity {
        Polarity::Positive => "positive",
        Polarity::Negative => "negative",
    }
}

/// What readers made of a claim: the last judgement counts.
pub fn review(told: &Told) -> &'static str {
    let last = told
        .decisions
        .iter()
        .filter(|it| it.verdict.judges())
        .max_by_key(|it| it.operation);
    match last.map(|it| &it.verdict) {
        Some(Verdict::Accept) => "accepted",
        Some(Verdict::Reject) => "rejected",
        Some(Verdict::Correct(_)) => "corrected",
        _ => "unreviewed",
    }
}

/// The last grade that a reader gave.
pub fn grade(told: &Told) -> Option<String> {
    let grades = told.decisions.iter().filter_map(|it| match &it.verdict {
        Verdict::Grade(grade) => Some((it.operation, grade.clone())),
        _ => None,
    });
    grades.max().map(|(_, grade)| grade)
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Runs of white space as one space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
