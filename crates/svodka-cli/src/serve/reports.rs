//! Reports: listed, read, and found by their words.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use svodka::store::{self, ReportRow, Selection};
use svodka::{MentionOut, OriginOut, SectionOut};
use utoipa::IntoParams;

use super::app::App;
use super::ask::{Json, Path, Query};
use super::failure::{Failure, Wrong};
use super::shape::{
    Found, Hit, Mention, Origin, Piece, Report, ReportInfo, Reports, Section, Shaper,
};
use super::who::Who;

/// How many reports a search gives if nobody says.
const HITS: usize = 50;

/// How many reports are listed if nobody says.
const PAGE: usize = 100;

/// How many rows at most are given at once.
pub const MOST: usize = 1000;

/// Which reports are wanted, in which order.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportsQuery {
    /// Words or letters that title, path or date hold, whatever their case and accents.
    pub filter: Option<String>,
    /// `added` (as they were added; if not given), `title`, `date`, `claims` or `label`; with `-` before it the other way round.
    pub sort: Option<String>,
    /// So many are left out at the beginning.
    pub skip: Option<usize>,
    /// Not more than so many; 100 if not given, 1000 at most.
    pub limit: Option<usize>,
}

/// The reports.
#[utoipa::path(get, path = "/api/reports", tag = "reports", params(ReportsQuery), responses((status = 200, body = Reports), (status = 422, body = Wrong)))]
pub async fn reports(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ReportsQuery>,
) -> Result<Json<Reports>, Failure> {
    app.ask(&who, move |asked| {
        let wanted = store::fold(query.filter.as_deref().unwrap_or_default().trim());
        let all = asked.reports()?;
        let mut rows: Vec<&ReportRow> = match wanted.is_empty() {
            true => all.iter().collect(),
            false => {
                let each = all.iter().zip(asked.folded()?);
                each.filter(|(_, folded)| folded.contains(&wanted))
                    .map(|(row, _)| row)
                    .collect()
            }
        };
        let sort = query.sort.as_deref().unwrap_or("added");
        let (by, back) = match sort.strip_prefix('-') {
            Some(by) => (by, true),
            None => (sort, false),
        };
        match by {
            "added" | "" => {}
            "title" => rows
                .sort_by_cached_key(|row| store::fold(row.title.as_deref().unwrap_or(&row.label))),
            // What has no date stands at the end.
            "date" => {
                rows.sort_by(|a, b| (a.date.is_none(), &a.date).cmp(&(b.date.is_none(), &b.date)))
            }
            "claims" => rows.sort_by_key(|row| row.claims),
            "label" => rows.sort_by(|a, b| a.label.cmp(&b.label)),
            other => {
                return Err(Failure::wrong(format!(
                    "reports have no '{other}' to sort by"
                )));
            }
        }
        if back {
            rows.reverse();
        }
        let page = rows.iter().skip(query.skip.unwrap_or(0));
        let page = page.take(query.limit.unwrap_or(PAGE).min(MOST));
        Ok(Json(Reports {
            total: rows.len(),
            reports: page.map(|row| ReportInfo::from((*row).clone())).collect(),
        }))
    })
    .await
}

/// A report with its names, dates and claims. Places count Unicode code points of `text`.
#[utoipa::path(get, path = "/api/reports/{id}", tag = "reports", params(("id" = i64, Path, description = "The report's number")),
    responses((status = 200, body = Report), (status = 404, body = Wrong)))]
pub async fn report(
    State(app): State<Arc<App>>,
    who: Who,
    Path(id): Path<i64>,
) -> Result<Json<Report>, Failure> {
    app.ask(&who, move |asked| {
        let contract = asked.reader.report(&id.to_string())?;
        let mut wanted = Selection::default();
        wanted.filter.report = Some(id.to_string());
        let (_, places) = asked.reader.selected(&wanted, 0, usize::MAX)?;
        let mut told = asked.reader.claims_at(&places)?;
        told.sort_by_key(|it| (it.claim.evidence.place.start, it.claim.evidence.place.end));
        let row = asked.reports()?.iter().find(|row| row.id == id).cloned();
        let mut shaper = Shaper::new(&asked);
        let claims = shaper.claims(&told)?;
        let things = shaper.things(id)?;
        let names: BTreeMap<&str, &str> = contract
            .entities
            .iter()
            .map(|entity| (entity.id.as_str(), entity.name.as_str()))
            .collect();
        let mention = |it: MentionOut| Mention {
            start: it.place.start,
            end: it.place.end,
            name: it
                .entity
                .as_deref()
                .and_then(|id| names.get(id))
                .map(ToString::to_string),
            thing: it.entity.as_ref().and_then(|id| things.get(id).copied()),
            text: it.text,
            r#type: it.kind,
            edtf: it.edtf,
        };
        let section = |it: SectionOut| Section {
            heading: it.heading,
            level: it.level,
            start: it.place.start,
            end: it.place.end,
        };
        let origin = |it: OriginOut| Origin {
            start: it.start,
            part: it.part,
            page: it.page,
            line: it.line,
            paragraph: it.paragraph,
        };
        let origins = contract.report.origins.into_iter().map(origin);
        Ok(Json(Report {
            id,
            origins: origins.collect(),
            version: row.as_ref().map_or(1, |row| row.version),
            label: row.map(|row| row.label).unwrap_or_default(),
            title: contract.report.title.unwrap_or_default(),
            date: contract.report.date.unwrap_or_default(),
            language: contract.report.language,
            compiler: contract.report.compiler,
            addressee: contract.report.addressee,
            mentions: contract.mentions.into_iter().map(mention).collect(),
            sections: contract.sections.into_iter().map(section).collect(),
            sentences: contract
                .sentences
                .iter()
                .map(|place| [place.start, place.end])
                .collect(),
            text: contract.text,
            claims,
            seen: asked.newest(),
        }))
    })
    .await
}

/// What is searched for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Words that all must stand in a report, "phrases", beginnings*, -unwanted.
    q: String,
    /// Not more than so many; 50 if not given, 1000 at most.
    limit: Option<usize>,
}

/// Reports by their words, the best first.
#[utoipa::path(get, path = "/api/search", tag = "reports", params(SearchQuery), responses((status = 200, body = Found), (status = 422, body = Wrong)))]
pub async fn search(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Found>, Failure> {
    app.ask(&who, move |asked| {
        let limit = query.limit.unwrap_or(HITS).min(MOST);
        let found = asked
            .reader
            .search(&store::Query::parse(&query.q)?, limit)?;
        Ok(Json(Found {
            total: found.total,
            hits: found.hits.into_iter().map(hit).collect(),
        }))
    })
    .await
}

fn hit(hit: store::Hit) -> Hit {
    let mut snippet = Vec::new();
    let mut at = 0;
    let mut piece = |from: usize, to: usize, marked| {
        let text = hit.snippet.get(from..to).unwrap_or_default();
        if !text.is_empty() {
            snippet.push(Piece {
                text: text.to_owned(),
                marked,
            });
        }
    };
    for mark in &hit.marks {
        piece(at, mark.start, false);
        piece(mark.start, mark.end, true);
        at = mark.end;
    }
    piece(at, hit.snippet.len(), false);
    Hit {
        report: hit.report,
        title: hit.title.unwrap_or_default(),
        date: hit.date.unwrap_or_default(),
        label: hit.label,
        snippet,
    }
}
