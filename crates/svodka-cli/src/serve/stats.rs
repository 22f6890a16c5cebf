//! How many claims there are by month, place, cause or whatever else they say, as `svodka stats` counts them.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use svodka::store::StoreError;
use utoipa::{IntoParams, ToSchema};

use super::app::App;
use super::ask::{Json, Query};
use super::claims::ClaimsQuery;
use super::failure::{Failure, Wrong};
use super::who::Who;
use crate::project::{Axis, Counting, counted, kind_meant};

/// The most axes at once.
const AXES: usize = 3;

/// By what is counted, besides which claims.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatsQuery {
    /// By what, one to three with commas: year, month, week, day, certainty, polarity, kind, report, place, or any role or field, such as
    /// cause; by month if not given.
    by: Option<String>,
    /// Of this kind.
    kind: Option<String>,
    /// With this thing in some role: a name, or a thing's number.
    about: Option<String>,
    /// With this place or workplace.
    at: Option<String>,
    /// On the word of this person or body.
    said_by: Option<String>,
    /// EDTF: of something that may have been then or later.
    from: Option<String>,
    /// EDTF: then or earlier.
    to: Option<String>,
    /// At least this sure: asserted, probable, possible or unestablished.
    least: Option<String>,
    /// In this report, by its number.
    report: Option<i64>,
}

/// Claims counted: claims, not events.
#[derive(Serialize, ToSchema)]
pub struct Stats {
    /// By what, in the order of the values of each row.
    pub by: Vec<String>,
    /// How many claims are counted.
    pub claims: usize,
    /// How many there are under each combination of values. A claim with two places counts under each.
    pub rows: Vec<Row>,
    /// How many share a place and a time with another, and may tell of the same event.
    pub share_place_and_time: usize,
    /// How many have a date longer than the unit of time; they stand under the value `longer`.
    pub longer_than_unit: usize,
    /// How many stand under several values: the rows add up to more.
    pub under_several_values: usize,
    /// How many say nothing of an axis, by the axis; they stand under an empty value if they say something of another.
    pub silent: BTreeMap<String, usize>,
    /// How many are left out because they say nothing of any axis.
    pub without: usize,
    /// How many are left out because they are said not to be so.
    pub denied: usize,
    /// How many are left out because a reader rejected them.
    pub rejected: usize,
}

/// Values and how many claims have them.
#[derive(Serialize, ToSchema)]
pub struct Row {
    /// One for each axis.
    pub values: Vec<String>,
    /// How many.
    pub claims: usize,
}

/// Claims counted by what they say.
#[utoipa::path(get, path = "/api/stats", tag = "pictures", params(StatsQuery), responses((status = 200, body = Stats), (status = 422, body = Wrong)))]
pub async fn stats(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<StatsQuery>,
) -> Result<Json<Stats>, Failure> {
    app.ask_long(&who, move |asked| {
        let by = query.by.as_deref().filter(|by| !by.trim().is_empty());
        let names: Vec<&str> = by.unwrap_or("month").split(',').map(str::trim).collect();
        if names.len() > AXES {
            return Err(Failure::wrong(format!("not more than {AXES} at once")));
        }
        let axes: Vec<Axis> = names.iter().map(|name| Axis::read(name)).collect();
        let choice = ClaimsQuery {
            kind: query.kind.map(|kind| kind_meant(&kind, asked.app.rules())),
            about: query.about,
            at: query.at,
            said_by: query.said_by,
            from: query.from,
            to: query.to,
            least: query.least,
            report: query.report,
            ..ClaimsQuery::default()
        };
        let counting = match counted(asked.tabled()?, &choice.selection()?.filter, &axes) {
            Err(StoreError::Unknown { .. }) => Counting::new(&axes),
            counting => counting?,
        };
        let tally = counting.done();
        let row = |(values, claims)| Row { values, claims };
        Ok(Json(Stats {
            by: axes.iter().map(|axis| axis.name().to_owned()).collect(),
            claims: tally.claims,
            rows: tally.cells.into_iter().map(row).collect(),
            share_place_and_time: tally.shared,
            longer_than_unit: tally.spread,
            under_several_values: tally.several,
            silent: tally.silent,
            without: tally.left_out,
            denied: tally.denied,
            rejected: tally.rejected,
        }))
    })
    .await
}
