//! Who may be the same: proposals with their scores taken apart. `/api/relations` decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use svodka::Gathered;
use svodka::resolve::{Found, Sort, propose};
use svodka::store::{Judgement, Relation, Side, Unit};
use utoipa::{IntoParams, ToSchema};

use super::app::{App, Asked};
use super::ask::{Json, Query};
use super::failure::{Failure, Wrong};
use super::who::Who;
use crate::problem::{Problem, Status};

/// What is less probable is not proposed.
const LEAST: f64 = 0.1;

/// How probable a proposal is at least if nobody says.
const USUAL: f64 = 0.5;

/// How many proposals are given if nobody says.
const PAGE: usize = 20;

/// How many at most.
const MOST: usize = 500;

/// How many of all proposals can be looked through: the most probable.
const LOOKED_THROUGH: usize = 2000;

/// How many of each thing besides.
const OF_EACH: usize = 10;

/// Not more things as reports name them are few.
const FEW: usize = 2000;

/// Which proposals are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SameQuery {
    /// `people` (if not given), `groups`, `places`, `works` or `events`; with `about` it is known from the thing.
    kind: Option<String>,
    /// With this thing on either side: a name, or a thing's number.
    about: Option<String>,
    /// How probable at least, from 0.1 to 1; 0.5 if not given.
    least: Option<f64>,
    /// So many are left out at the beginning.
    skip: Option<usize>,
    /// Not more than so many; 20 if not given, 500 at most.
    limit: Option<usize>,
}

/// A page of the proposals. What somebody has judged already is not proposed.
#[derive(Serialize, ToSchema)]
pub struct Proposals {
    /// How many there are.
    pub total: usize,
    /// How many of them can be looked through with `skip`, the most probable: 2,000 at most, and of one thing 10 besides.
    pub reachable: usize,
    /// Whether they were worked out before the last changes of the project: they are being worked out anew. What has been judged since is left out.
    pub outdated: bool,
    /// The most probable first, from `skip` on.
    pub proposals: Vec<Proposal>,
    /// The newest entry of the log when this was read.
    pub seen: i64,
}

/// Two things, each as one report names it, that may be one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Proposal {
    /// `people`, `groups`, `places`, `works` or `events`.
    pub kind: &'static str,
    /// How probable it is, from 0 to 1.
    pub probability: f64,
    /// One.
    pub a: Named,
    /// The other.
    pub b: Named,
    /// What the probability is made of: the bits of all parts add up to the logarithm of the odds to the base 2.
    pub parts: Vec<Part>,
    /// Who either may be instead, of whom only one can be right.
    pub rivals: Vec<Named>,
}

/// A thing as one report names it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Named {
    /// What is sent to `/api/relations` as `a` or `b`.
    pub unit: String,
    /// The thing's number.
    pub thing: i64,
    /// PERSON, ORG, WORKPLACE, PLACE, WORK or EVENT.
    pub r#type: &'static str,
    /// What the report calls it.
    pub name: String,
    /// All forms that the report uses.
    pub forms: Vec<String>,
    /// The report's number.
    pub report: i64,
    /// The report's path.
    pub label: String,
    /// The report's date, EDTF; empty if it has none.
    pub date: String,
}

/// What speaks for or against it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Part {
    /// What it is about.
    pub what: String,
    /// How it agrees, in words.
    pub level: String,
    /// What it adds to the logarithm of the odds to the base 2: 1 makes it twice as likely, −1 half as likely.
    pub bits: f64,
    /// What both have in common.
    pub common: Vec<String>,
    /// What the one says.
    pub a: Vec<String>,
    /// What the other says.
    pub b: Vec<String>,
}

/// What may be the same, the most probable first. `/api/relations` judges: same, distinct or unsure.
#[utoipa::path(get, path = "/api/same", tag = "things", params(SameQuery),
    responses((status = 200, body = Proposals), (status = 404, body = Wrong), (status = 409, body = Wrong), (status = 422, body = Wrong)))]
pub async fn same(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<SameQuery>,
) -> Result<Json<Proposals>, Failure> {
    let query = Arc::new(query);
    // What is known is told at once; what is not known is worked out in its turn.
    let asking = Arc::clone(&query);
    let known = app.ask(&who, move |asked| {
        let (sort, number) = asking.meant(&asked)?;
        let known = asked.proposals_known(sort);
        let page =
            |(all, outdated): (Arc<Proposed>, bool)| asking.page(&asked, &all, number, outdated);
        Ok((sort, known.map(page).transpose()?))
    });
    let (sort, known) = known.await?;
    if let Some(page) = known {
        if page.outdated {
            let (app, audience) = (Arc::clone(&app), who.audience);
            tokio::spawn(async move { app.propose(audience, sort).await });
        }
        return Ok(Json(page));
    }
    app.ask_longest(&who, move |asked| {
        let (sort, number) = query.meant(&asked)?;
        let all = asked.proposals(sort)?;
        Ok(Json(query.page(&asked, &all, number, false)?))
    })
    .await
}

impl SameQuery {
    /// Of which sort proposals are wanted, and of which thing.
    fn meant(&self, asked: &Asked<'_>) -> Result<(Sort, Option<i64>), Failure> {
        let about = self.about.as_deref().filter(|name| !name.trim().is_empty());
        if let Some(name) = about {
            let number = asked.reader.number(name)?;
            let names = asked.reader.names(&[number].into())?;
            let (kind, _) = names.get(&number).ok_or_else(Failure::broken)?;
            return Ok((Sort::of(*kind), Some(number)));
        }
        let word = self.kind.as_deref().filter(|kind| !kind.is_empty());
        let word = word.unwrap_or(Sort::People.word());
        let sort = Sort::ALL.into_iter().find(|sort| sort.word() == word);
        let sort =
            sort.ok_or_else(|| Failure::wrong(format!("'{word}' is nothing that is compared")))?;
        Ok((sort, None))
    }

    /// The page of the proposals that are not judged yet. Numbers are those of now, which a judgement changes.
    fn page(
        &self,
        asked: &Asked<'_>,
        all: &Proposed,
        number: Option<i64>,
        outdated: bool,
    ) -> Result<Proposals, Failure> {
        let least = self.least.unwrap_or(USUAL);
        let judgements = if outdated {
            asked.reader.judgements()?
        } else {
            Vec::new()
        };
        let apart: Vec<&Judgement> = judgements
            .iter()
            .filter(|it| it.verdict != Relation::Same && !it.without_effect)
            .collect();
        let is = |side: &Side, unit: Unit| {
            side.thing == unit.thing && side.report.is_none_or(|report| report == unit.report)
        };
        let judged = |[a, b]: [Unit; 2]| {
            apart
                .iter()
                .any(|it| (is(&it.a, a) && is(&it.b, b)) || (is(&it.a, b) && is(&it.b, a)))
        };
        let mut fitting: Vec<(&Kept, [i64; 2])> = Vec::new();
        for kept in all.kept.iter().filter(|it| it.shown.probability >= least) {
            let things = kept.units.map(|unit| asked.reader.number_of(unit));
            if things[0] != things[1]
                && number.is_none_or(|number| things.contains(&number))
                && !judged(kept.units)
            {
                fitting.push((kept, things));
            }
        }
        let page = fitting.iter().skip(self.skip.unwrap_or(0));
        let page = page.take(self.limit.unwrap_or(PAGE).min(MOST));
        let shown = page.map(|(kept, [a, b])| {
            let mut shown = kept.shown.clone();
            (shown.a.thing, shown.b.thing) = (*a, *b);
            shown
        });
        Ok(Proposals {
            total: match number {
                Some(_) => fitting.len(),
                None => all.probabilities.partition_point(|it| *it >= least),
            },
            reachable: fitting.len(),
            outdated,
            proposals: shown.collect(),
            seen: asked.newest(),
        })
    }
}

/// A proposal that can be looked at.
struct Kept {
    /// Whose it is, whatever is judged.
    units: [Unit; 2],
    shown: Proposal,
}

/// The proposals of a sort.
pub struct Proposed {
    /// How probable each is, the most probable first.
    probabilities: Vec<f64>,
    /// Those that can be looked through, in the same order.
    kept: Vec<Kept>,
    /// Whether so few were compared that it is worked out anew in less time than a reader notices.
    pub few: bool,
}

/// The proposals of a sort, judgements counted in.
pub fn proposed(asked: &Asked<'_>, sort: Sort) -> Result<Proposed, Failure> {
    let pack = asked.app.rules();
    let tables = svodka::tables(pack).map_err(|error| {
        let what = format!("the pack cannot tell who is the same: {error}");
        Problem::new(Status::Data, what)
            .with_remedy("let pack.toml say `needs = [\"base\"]`, whose tables those are")
    })?;
    let gathered = Gathered::from(asked.reader, pack)?;
    let judged = gathered.judged(&asked.reader.judgements()?);
    let all = propose(&gathered.units, sort, &judged, &tables, LEAST);
    let number = |at: usize| asked.reader.number_of(gathered.keys[at]);
    let mut of_each: BTreeMap<i64, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for (place, it) in all.iter().enumerate() {
        let sides = [number(it.a), number(it.b)];
        let seldom = sides
            .iter()
            .any(|side| of_each.get(side).is_none_or(|known| *known < OF_EACH));
        if place < LOOKED_THROUGH || seldom {
            for side in sides {
                *of_each.entry(side).or_default() += 1;
            }
            kept.push(Kept {
                units: [gathered.keys[it.a], gathered.keys[it.b]],
                shown: proposal(asked, &gathered, sort, it),
            });
        }
    }
    Ok(Proposed {
        probabilities: all.probabilities().collect(),
        kept,
        few: gathered.units.len() <= FEW,
    })
}

fn proposal(asked: &Asked<'_>, gathered: &Gathered, sort: Sort, it: Found) -> Proposal {
    let named = |at: usize| {
        let unit = &gathered.units[at];
        let report = &gathered.reports[unit.report];
        Named {
            unit: format!("{}:{}@{}", unit.kind, unit.name, report.label),
            thing: asked.reader.number_of(gathered.keys[at]),
            r#type: unit.kind.code(),
            name: unit.name.to_string(),
            forms: unit.forms.iter().map(ToString::to_string).collect(),
            report: report.id,
            label: report.label.clone(),
            date: report.date.clone().unwrap_or_default(),
        }
    };
    Proposal {
        kind: sort.word(),
        probability: it.probability,
        a: named(it.a),
        b: named(it.b),
        rivals: it.rivals.iter().map(|&rival| named(rival)).collect(),
        parts: it
            .parts
            .into_iter()
            .map(|part| Part {
                what: part.what,
                level: part.level,
                bits: (part.bits * 100.0).round() / 100.0,
                common: part.common,
                a: part.a,
                b: part.b,
            })
            .collect(),
    }
}
