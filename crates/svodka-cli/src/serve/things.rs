//! People, groups, places and the like: listed, and all that is claimed of one.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use svodka::store::{self, Selection, ThingRow};
use svodka::{NameType, SmolStr};
use utoipa::IntoParams;

use super::app::App;
use super::ask::{Json, Path, Query};
use super::failure::{Failure, Wrong};
use super::reports::MOST;
use super::shape::{Companion, Count, Dossier, Shaper, Thing, Things};
use super::who::Who;

/// How many things are listed if nobody says.
const PAGE: usize = 100;

/// How many claims a dossier gives if nobody says.
const CLAIMS: usize = 200;

/// How many others a dossier names at most.
const COMPANY: usize = 500;

/// Which things are wanted, in which order.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ThingsQuery {
    /// `people`, `groups` (with workplaces), `places`, `works`, `events`, or one of the types PERSON, ORG, WORKPLACE, PLACE, WORK, EVENT.
    kind: Option<String>,
    /// Letters that the name holds, whatever their case and accents.
    q: Option<String>,
    /// `-reports` (if not given), `mentions`, `name` or `type`; with `-` before it the other way round.
    sort: Option<String>,
    /// So many are left out at the beginning.
    skip: Option<usize>,
    /// Not more than so many; 100 if not given, 1000 at most.
    limit: Option<usize>,
}

/// The sorts of name that a word means.
fn kinds(word: &str) -> Result<Vec<NameType>, Failure> {
    Ok(match word {
        "" => NameType::ALL.to_vec(),
        "people" => vec![NameType::Person],
        "groups" => vec![NameType::Org, NameType::Workplace],
        "places" => vec![NameType::Place],
        "works" => vec![NameType::Work],
        "events" => vec![NameType::Event],
        code => {
            let kind = NameType::ALL.into_iter().find(|kind| kind.code() == code);
            vec![kind.ok_or_else(|| Failure::wrong(format!("'{code}' is no sort of name")))?]
        }
    })
}

/// The names of the project.
#[utoipa::path(get, path = "/api/things", tag = "things", params(ThingsQuery), responses((status = 200, body = Things), (status = 422, body = Wrong)))]
pub async fn things(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ThingsQuery>,
) -> Result<Json<Things>, Failure> {
    app.ask(&who, move |asked| {
        let kinds = kinds(query.kind.as_deref().unwrap_or_default())?;
        let wanted = store::fold(query.q.as_deref().unwrap_or_default().trim());
        let fits = |row: &&ThingRow| {
            kinds.contains(&row.kind)
                && (wanted.is_empty() || store::fold(&row.label).contains(&wanted))
        };
        let mut rows: Vec<&ThingRow> = asked.things()?.iter().filter(fits).collect();
        let sort = query
            .sort
            .as_deref()
            .filter(|sort| !sort.is_empty())
            .unwrap_or("-reports");
        let (by, back) = match sort.strip_prefix('-') {
            Some(by) => (by, true),
            None => (sort, false),
        };
        match by {
            // As they come.
            "reports" => rows.reverse(),
            "mentions" => rows.sort_by_key(|row| row.mentions),
            "name" => rows.sort_by_cached_key(|row| store::fold(&row.label)),
            "type" => rows.sort_by_key(|row| row.kind.code()),
            other => {
                return Err(Failure::wrong(format!(
                    "names have no '{other}' to sort by"
                )));
            }
        }
        if back {
            rows.reverse();
        }
        let page = rows.iter().skip(query.skip.unwrap_or(0));
        let page = page.take(query.limit.unwrap_or(PAGE).min(MOST));
        Ok(Json(Things {
            total: rows.len(),
            things: page.map(|row| Thing::from((*row).clone())).collect(),
        }))
    })
    .await
}

/// Which of the claims about a thing are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DossierQuery {
    /// So many are left out at the beginning.
    skip: Option<usize>,
    /// Not more than so many; 200 if not given, 1000 at most.
    limit: Option<usize>,
    /// Also on how many independent witnesses each claim stands: that takes longer, for other reports must be looked at.
    support: Option<bool>,
}

/// All that is claimed of one thing, with who else stands in these claims.
#[utoipa::path(get, path = "/api/things/{number}", tag = "things", params(("number" = i64, Path, description = "The thing's number"), DossierQuery),
    responses((status = 200, body = Dossier), (status = 404, body = Wrong)))]
pub async fn thing(
    State(app): State<Arc<App>>,
    who: Who,
    Path(number): Path<i64>,
    Query(query): Query<DossierQuery>,
) -> Result<Json<Dossier>, Failure> {
    app.ask(&who, move |asked| {
        let skip = query.skip.unwrap_or(0);
        let limit = query.limit.unwrap_or(CLAIMS).min(MOST);
        let (found, total) = asked
            .reader
            .dossier_part(&number.to_string(), skip, limit)?;
        let number = found.thing.number;
        let mut about = Selection::default();
        about.filter.about = Some(number.to_string());
        let mut company: BTreeMap<i64, BTreeMap<SmolStr, u32>> = BTreeMap::new();
        for tied in asked.tabled()?.ties(&about, usize::MAX)? {
            for other in tied.things.iter().filter(|other| **other != number) {
                let kinds = company.entry(*other).or_default();
                *kinds.entry(tied.kind.clone()).or_default() += 1;
            }
        }
        let mut company: Vec<(i64, u32, BTreeMap<SmolStr, u32>)> = company
            .into_iter()
            .map(|(number, kinds)| (number, kinds.values().sum(), kinds))
            .collect();
        company.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        company.truncate(COMPANY);
        let numbers: Vec<i64> = company.iter().map(|(number, ..)| *number).collect();
        let called = asked.reader.called(&numbers)?;
        let count = |(kind, count): (SmolStr, u32)| Count {
            value: kind.to_string(),
            count,
        };
        let company = company.into_iter().zip(called);
        let company = company.map(|((number, claims, kinds), (kind, name))| Companion {
            number,
            r#type: kind,
            name,
            claims,
            kinds: kinds.into_iter().map(count).collect(),
        });
        Ok(Json(Dossier {
            company: company.collect(),
            thing: Thing::from(found.thing),
            forms: found.forms,
            total,
            claims: Shaper::new(&asked).listed(&found.claims, query.support)?,
            seen: asked.newest(),
        }))
    })
    .await
}
