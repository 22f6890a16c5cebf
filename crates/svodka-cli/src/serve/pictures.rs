//! Claims as pictures: who is tied to whom, and what was when.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use svodka::Certainty;
use svodka::store::{ClaimKey, StoreError};
use utoipa::ToSchema;

use super::app::App;
use super::ask::{Json, Query};
use super::claims::ClaimsQuery;
use super::failure::{Failure, Wrong};
use super::layout::layout;
use super::shape::{Claim, Month, Shaper, edtf};
use super::who::Who;

/// A claim that names more than so many ties nobody to anybody: it is a list.
const MOST_TIED: usize = 8;

/// So many nodes at most: those with the most claims.
const NODES: usize = 2000;

/// So many ties at most: those of the most claims.
const TIES: usize = 10_000;

/// How many claims of a tie are named.
const NAMED: usize = 10;

/// Who is tied to whom.
#[derive(Serialize, ToSchema)]
pub struct Network {
    /// Those with the most claims, 2,000 at most.
    pub nodes: Vec<Node>,
    /// Those of the most claims, 10,000 at most.
    pub edges: Vec<Tie>,
    /// How many names are left out.
    pub left_out: usize,
}

/// A name in the network.
#[derive(Serialize, ToSchema)]
pub struct Node {
    /// The thing's number.
    pub thing: i64,
    /// PERSON, ORG, WORKPLACE, PLACE, WORK or EVENT.
    pub r#type: &'static str,
    /// What it is called.
    pub name: String,
    /// Where it stands, from −1 to 1 or thereabouts; the same claims always give the same places.
    pub x: f64,
    /// Likewise.
    pub y: f64,
    /// How many claims tie it to others.
    pub claims: usize,
}

/// Two names that stand in the same claims.
#[derive(Serialize, ToSchema)]
pub struct Tie {
    /// The lesser number.
    pub from: i64,
    /// The greater.
    pub to: i64,
    /// That of the surest of its claims.
    pub certainty: &'static str,
    /// The kinds of its claims.
    pub kinds: Vec<String>,
    /// How many claims it has.
    pub count: usize,
    /// How many of them are of each month (EDTF, such as 1923-08); the others have no date of their own.
    pub months: BTreeMap<String, u32>,
    /// Their names in the project, 10 at most; `/api/claims?about=A&at=B` tells them.
    pub claims: Vec<String>,
}

/// What is gathered of a tie.
struct Gathered {
    certainty: Certainty,
    kinds: Vec<String>,
    months: BTreeMap<i64, u32>,
    claims: Vec<ClaimKey>,
}

/// The ties between things by the claims they stand in together. With `about`, those of the claims that this thing stands in.
#[utoipa::path(get, path = "/api/network", tag = "pictures", params(ClaimsQuery), responses((status = 200, body = Network), (status = 422, body = Wrong)))]
pub async fn network(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ClaimsQuery>,
) -> Result<Json<Network>, Failure> {
    app.ask_long(&query.eyes(who), move |asked| {
        let tied = match asked.tabled()?.ties(&query.selection()?, MOST_TIED) {
            Err(StoreError::Unknown { .. }) => Vec::new(),
            tied => tied?,
        };
        let mut weights: BTreeMap<i64, usize> = BTreeMap::new();
        for thing in tied.iter().flat_map(|it| &it.things) {
            *weights.entry(*thing).or_default() += 1;
        }
        let names = weights.len();
        let mut heaviest: Vec<(i64, usize)> = weights.into_iter().collect();
        heaviest.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        heaviest.truncate(NODES);
        let weights: BTreeMap<i64, usize> = heaviest.into_iter().collect();
        let mut ties: BTreeMap<(i64, i64), Gathered> = BTreeMap::new();
        for claim in &tied {
            let things: Vec<i64> = claim
                .things
                .iter()
                .copied()
                .filter(|it| weights.contains_key(it))
                .collect();
            for (at, &a) in things.iter().enumerate() {
                for &b in &things[at + 1..] {
                    let tie = ties.entry((a, b)).or_insert_with(|| Gathered {
                        certainty: claim.certainty,
                        kinds: Vec::new(),
                        months: BTreeMap::new(),
                        claims: Vec::new(),
                    });
                    if let Some(month) = claim.month {
                        *tie.months.entry(month).or_default() += 1;
                    }
                    tie.certainty = tie.certainty.min(claim.certainty);
                    if !tie.kinds.iter().any(|kind| *kind == claim.kind) {
                        tie.kinds.push(claim.kind.to_string());
                    }
                    tie.claims.push(claim.key);
                }
            }
        }
        let mut ties: Vec<((i64, i64), Gathered)> = ties.into_iter().collect();
        ties.sort_by(|a, b| b.1.claims.len().cmp(&a.1.claims.len()).then(a.0.cmp(&b.0)));
        ties.truncate(TIES);
        let numbers: Vec<i64> = weights.keys().copied().collect();
        let index = |thing: i64| numbers.binary_search(&thing).unwrap_or_default();
        let pairs: Vec<(usize, usize)> = ties
            .iter()
            .map(|((a, b), _)| (index(*a), index(*b)))
            .collect();
        let places = layout(numbers.len(), &pairs);
        let called = asked.reader.called(&numbers)?;
        let nodes = weights.iter().zip(places).zip(called);
        let nodes = nodes.map(|(((thing, claims), (x, y)), (kind, name))| Node {
            thing: *thing,
            r#type: kind,
            name,
            x,
            y,
            claims: *claims,
        });
        let edges = ties.into_iter().map(|((from, to), tie)| Tie {
            from,
            to,
            certainty: tie.certainty.word(),
            kinds: tie.kinds,
            count: tie.claims.len(),
            months: tie
                .months
                .into_iter()
                .map(|(month, count)| (edtf(month), count))
                .collect(),
            claims: tie
                .claims
                .iter()
                .take(NAMED)
                .map(ToString::to_string)
                .collect(),
        });
        Ok(Json(Network {
            left_out: names - numbers.len(),
            edges: edges.collect(),
            nodes: nodes.collect(),
        }))
    })
    .await
}

/// What was when.
#[derive(Serialize, ToSchema)]
pub struct Timeline {
    /// How many of the claims that fit have a date of their own.
    pub total: usize,
    /// These, in the order of time, from `skip` on.
    pub dated: Vec<Claim>,
    /// How many there are of each kind in each month, of all that fit.
    pub months: Vec<Month>,
    /// How many have no date of their own.
    pub undated: u32,
}

/// The claims that have a date of their own, in the order of time, and how many there are in each month.
#[utoipa::path(get, path = "/api/timeline", tag = "pictures", params(ClaimsQuery), responses((status = 200, body = Timeline), (status = 422, body = Wrong)))]
pub async fn timeline(
    State(app): State<Arc<App>>,
    who: Who,
    Query(mut query): Query<ClaimsQuery>,
) -> Result<Json<Timeline>, Failure> {
    app.ask(&query.eyes(who), move |asked| {
        let counts = match asked.tabled()?.counts(&query.selection()?) {
            Err(StoreError::Unknown { .. }) => svodka::store::Counts::default(),
            counts => counts?,
        };
        query.dated = Some(true);
        let (total, dated) = query.page(&asked)?;
        Ok(Json(Timeline {
            total,
            dated: Shaper::new(&asked).claims(&dated)?,
            months: counts.months.into_iter().map(Month::from).collect(),
            undated: counts.undated,
        }))
    })
    .await
}
