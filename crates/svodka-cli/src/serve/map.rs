//! Where it was: places and workplaces with what reports claim of them, and where a gazetteer has them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use svodka::NameType;
use svodka::store::{StoreError, ThingRow, Whereabouts};
use utoipa::ToSchema;

use super::app::App;
use super::ask::{Json, Query};
use super::claims::ClaimsQuery;
use super::failure::{Failure, Wrong};
use super::shape::Month;
use super::who::Who;

/// Where it was.
#[derive(Serialize, ToSchema)]
pub struct Places {
    /// Places with coordinates, those with the most claims first.
    pub spots: Vec<Located>,
    /// Places of which no coordinates are known, and workplaces that stand in no claim with a place that has some.
    pub unplaced: Vec<Spot>,
}

/// A place or workplace in the claims that fit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Spot {
    /// The thing's number: `/api/claims?at=` tells its claims.
    pub thing: i64,
    /// PLACE or WORKPLACE.
    pub r#type: &'static str,
    /// What it is called in the project.
    pub name: String,
    /// All names under which reports have it.
    pub forms: Vec<String>,
    /// How many reports name it.
    pub reports: u32,
    /// In how many of the claims that fit it has a part.
    pub claims: u32,
    /// How many of each kind there are in each month.
    pub months: Vec<Month>,
    /// How many have no date of their own.
    pub undated: u32,
    /// How many places of today are so called.
    pub candidates: usize,
}

/// A place with coordinates.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Located {
    #[serde(flatten)]
    pub spot: Spot,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// What it is called today.
    pub today: String,
    /// The country in which it lies today, ISO 3166.
    pub country: String,
    /// Its number in GeoNames.
    pub geonames: u32,
    /// Whether several places are so called, and the far largest is taken.
    pub guessed: bool,
    /// Workplaces that stand in claims with it. Where in it they lay is not known.
    pub workplaces: Vec<Spot>,
}

/// Places and workplaces of the claims that fit: where a gazetteer has them, under which names, what is claimed there, and when.
#[utoipa::path(get, path = "/api/map", tag = "pictures", params(ClaimsQuery), responses((status = 200, body = Places), (status = 422, body = Wrong)))]
pub async fn map(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ClaimsQuery>,
) -> Result<Json<Places>, Failure> {
    app.ask_long(&query.eyes(who), move |asked| {
        let found = match asked.tabled()?.whereabouts(&query.selection()?) {
            Err(StoreError::Unknown { .. }) => BTreeMap::new(),
            found => found?,
        };
        let forms = asked.forms()?;
        let gazetteer = asked.app.gazetteer()?;
        let spot = |row: &ThingRow, at: &Whereabouts| Spot {
            thing: row.number,
            r#type: row.kind.code(),
            name: row.label.clone(),
            forms: forms.get(&row.number).cloned().unwrap_or_default(),
            reports: row.reports,
            claims: at.claims,
            months: at
                .months
                .iter()
                .map(|((month, kind), count)| Month::from((*month, kind.clone(), *count)))
                .collect(),
            undated: at.undated,
            candidates: 0,
        };
        let things = asked.things()?;
        let mut workplaces: BTreeMap<i64, Spot> = BTreeMap::new();
        for row in things.iter().filter(|row| row.kind == NameType::Workplace) {
            if let Some(at) = found.get(&row.number) {
                workplaces.insert(row.number, spot(row, at));
            }
        }
        let (mut spots, mut unplaced) = (Vec::new(), Vec::new());
        let mut placed: BTreeSet<i64> = BTreeSet::new();
        for row in things.iter().filter(|row| row.kind == NameType::Place) {
            let Some(at) = found.get(&row.number) else {
                continue;
            };
            let spot = spot(row, at);
            let names = spot.forms.iter().chain([&row.label]).map(String::as_str);
            let meant = gazetteer.find(names);
            let candidates = meant.candidates.len();
            let spot = Spot { candidates, ..spot };
            let Some(place) = meant.one() else {
                unplaced.push(spot);
                continue;
            };
            placed.extend(at.with.keys());
            let mut there: Vec<(&u32, &Spot)> = at
                .with
                .iter()
                .filter_map(|(number, claims)| Some((claims, workplaces.get(number)?)))
                .collect();
            there.sort_by(|a, b| b.0.cmp(a.0).then(a.1.thing.cmp(&b.1.thing)));
            spots.push(Located {
                spot,
                latitude: place.latitude,
                longitude: place.longitude,
                today: place.name.clone(),
                country: place.country.clone(),
                geonames: place.id,
                guessed: candidates > 1,
                workplaces: there.into_iter().map(|(_, spot)| spot.clone()).collect(),
            });
        }
        unplaced.extend(
            workplaces
                .into_values()
                .filter(|it| !placed.contains(&it.thing)),
        );
        spots.sort_by_key(|it| (std::cmp::Reverse(it.spot.claims), it.spot.thing));
        unplaced.sort_by_key(|it| (std::cmp::Reverse(it.claims), it.thing));
        Ok(Json(Places { spots, unplaced }))
    })
    .await
}
