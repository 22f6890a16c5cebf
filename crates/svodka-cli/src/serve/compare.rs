//! Two names side by side.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use svodka::agree::At;
use utoipa::{IntoParams, ToSchema};

use super::app::App;
use super::ask::{Json, Query};
use super::failure::{Failure, Wrong};
use super::shape::{Claim, Shaper, Thing};
use super::who::Who;
use crate::project::TwoNames;

/// How many claims are given at most.
const MOST: usize = 1000;

/// Who is compared.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CompareQuery {
    /// A name, or a thing's number.
    a: String,
    /// The other.
    b: String,
}

/// Two things, compared. Claims are named by their keys; `claims` tells them.
#[derive(Serialize, ToSchema)]
pub struct Compared {
    /// Both.
    pub things: Vec<Thing>,
    /// The reports that name both, in the order of time.
    pub reports: Vec<Naming>,
    /// Claims in which both have a part.
    pub together: Vec<String>,
    /// What else stands in claims about each.
    pub shared: Vec<Shared>,
    /// Claims of the first that have nothing in common with those of the second.
    pub only_a: Vec<String>,
    /// And the other way round.
    pub only_b: Vec<String>,
    /// The claims that these keys name, each once: those of both together first; 1,000 at most.
    pub claims: Vec<Claim>,
    /// How many claims are not given.
    pub left_out: usize,
    /// The newest entry of the log when this was read.
    pub seen: i64,
}

/// A report that names both.
#[derive(Serialize, ToSchema)]
pub struct Naming {
    /// Its path.
    pub label: String,
    /// EDTF; empty if it has none.
    pub date: String,
}

/// Something that stands in claims about each.
#[derive(Serialize, ToSchema)]
pub struct Shared {
    /// The thing's number.
    pub thing: i64,
    /// PERSON, ORG, WORKPLACE, PLACE, WORK or EVENT.
    pub r#type: &'static str,
    /// What it is called.
    pub name: String,
    /// Its claims about the first.
    pub a: Vec<String>,
    /// Its claims about the second.
    pub b: Vec<String>,
}

/// In which reports two are met, in which claims together, what else they share, and what is claimed of one alone.
#[utoipa::path(get, path = "/api/compare", tag = "things", params(CompareQuery),
    responses((status = 200, body = Compared), (status = 404, body = Wrong), (status = 409, body = Wrong), (status = 422, body = Wrong)))]
pub async fn compare(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<CompareQuery>,
) -> Result<Json<Compared>, Failure> {
    app.ask(&who, move |asked| {
        let a = asked.reader.number(&query.a)?;
        let b = asked.reader.number(&query.b)?;
        if a == b {
            return Err(Failure::wrong("both names mean one thing")
                .with_remedy("look at what is claimed of it"));
        }
        let pack = asked.app.rules();
        let both = TwoNames::new(asked.reader, pack, &a.to_string(), &b.to_string())?;
        let keys = |list: &[At]| -> Vec<String> {
            list.iter()
                .filter_map(|at| Some(both.claims.get(at)?.key.to_string()))
                .collect()
        };
        let rest = both.claims.keys().filter(|at| !both.together.contains(at));
        let told = both.together.iter().chain(rest).take(MOST);
        let told = told.filter_map(|at| both.claims.get(at));
        Ok(Json(Compared {
            claims: Shaper::new(&asked).claims(told)?,
            left_out: both.claims.len().saturating_sub(MOST),
            things: both
                .dossiers
                .iter()
                .map(|dossier| Thing::from(dossier.thing.clone()))
                .collect(),
            reports: both
                .reports
                .iter()
                .map(|(label, date)| Naming {
                    label: label.clone(),
                    date: date.clone().unwrap_or_default(),
                })
                .collect(),
            together: keys(&both.together),
            shared: both
                .shared
                .iter()
                .map(|it| Shared {
                    thing: it.number,
                    r#type: it.kind.code(),
                    name: it.label.clone(),
                    a: keys(&it.claims[0]),
                    b: keys(&it.claims[1]),
                })
                .collect(),
            only_a: keys(&both.alone[0]),
            only_b: keys(&both.alone[1]),
            seen: asked.newest(),
        }))
    })
    .await
}
