//! People, groups, places and the like: listed, and all that is claimed of one.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use svodka::NameType;
use svodka::store::{self, ThingRow};
use utoipa::IntoParams;

use super::app::App;
use super::ask::{Json, Path, Query};
use super::failure::{Failure, Wrong};
use super::reports::MOST;
use super::shape::{Companion, Count, Dossier, Shaper, Thing, Things};
use super::who::Who;

/// How many things are listed if nobody says.
const PAGE: usize = 100;

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

/// All that is claimed of one thing, with who else stands in these claims.
#[utoipa::path(get, path = "/api/things/{number}", tag = "things", params(("number" = i64, Path, description = "The thing's number")),
    responses((status = 200, body = Dossier), (status = 404, body = Wrong)))]
pub async fn thing(
    State(app): State<Arc<App>>,
    who: Who,
    Path(number): Path<i64>,
) -> Result<Json<Dossier>, Failure> {
    app.ask(&who, move |asked| {
        let found = asked.reader.dossier(&number.to_string())?;
        let claims = Shaper::new(&asked).supported(&found.claims)?;
        let mut company: BTreeMap<i64, (String, BTreeMap<&str, u32>)> = BTreeMap::new();
        for claim in &claims {
            let fillers = claim.roles.iter().flat_map(|role| &role.fillers);
            let mut met: Vec<(i64, &str)> = fillers
                .filter_map(|filler| Some((filler.thing?, filler.text.as_str())))
                .filter(|(other, _)| *other != found.thing.number)
                .collect();
            met.sort_unstable();
            met.dedup_by_key(|(other, _)| *other);
            for (other, name) in met {
                let known = company
                    .entry(other)
                    .or_insert_with(|| (name.to_owned(), BTreeMap::new()));
                *known.1.entry(&claim.kind).or_default() += 1;
            }
        }
        let mut company: Vec<Companion> = company
            .into_iter()
            .map(|(number, (name, kinds))| Companion {
                number,
                name,
                claims: kinds.values().sum(),
                kinds: kinds
                    .into_iter()
                    .map(|(kind, count)| Count {
                        value: kind.to_owned(),
                        count,
                    })
                    .collect(),
            })
            .collect();
        company.sort_by(|a, b| b.claims.cmp(&a.claims).then(a.number.cmp(&b.number)));
        Ok(Json(Dossier {
            thing: Thing::from(found.thing),
            forms: found.forms,
            claims,
            company,
            seen: asked.newest(),
        }))
    })
    .await
}
