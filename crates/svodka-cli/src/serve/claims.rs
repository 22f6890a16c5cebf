//! Claims by what they say: a page of them, how many of each sort, as a table for other programs, and those that wait for a judgement.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use svodka::store::{Audience, ClaimFilter, Judged, Selection, Told};
use svodka::{Certainty, Edtf};
use utoipa::IntoParams;

use super::app::{App, Asked};
use super::ask::{Json, Query};
use super::failure::{Failure, Wrong};
use super::shape::{Claims, Count, Facets, Month, Shaper, Source};
use super::who::Who;
use crate::project;

/// How many claims are given if nobody says.
const PAGE: usize = 50;

/// How many at most.
pub const MOST: usize = 500;

/// Which claims are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ClaimsQuery {
    /// Of this kind.
    pub kind: Option<String>,
    /// With this thing in some role: a name, or a thing's number.
    pub about: Option<String>,
    /// With this place or workplace.
    pub at: Option<String>,
    /// On the word of this person or body: a name, or a thing's number; `-` for those that name nobody on whose word they are.
    pub said_by: Option<String>,
    /// EDTF: of something that may have been then or later.
    pub from: Option<String>,
    /// EDTF: then or earlier.
    pub to: Option<String>,
    /// Exactly this sure: asserted, probable, possible or unestablished.
    pub certainty: Option<String>,
    /// At least this sure.
    pub least: Option<String>,
    /// unreviewed, accepted, rejected or corrected.
    pub status: Option<String>,
    /// Admiralty, such as B2.
    pub grade: Option<String>,
    /// In this report, by its number.
    pub report: Option<i64>,
    /// Only those with a date of their own.
    pub dated: Option<bool>,
    /// Also on how many independent witnesses each stands: that takes longer, for other reports must be looked at.
    pub support: Option<bool>,
    /// As those see it who are elsewhere: people who may be alive are withheld. For pictures that leave the machine.
    pub shielded: Option<bool>,
    /// So many are left out at the beginning.
    pub skip: Option<usize>,
    /// Not more than so many; 50 if not given, 500 at most.
    pub limit: Option<usize>,
}

/// A text that was given and is not empty.
fn given(text: &Option<String>) -> Option<String> {
    let text = text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    text.map(str::to_owned)
}

fn date(text: &Option<String>) -> Result<Option<Edtf>, Failure> {
    let read = |text: String| {
        let date = text.parse();
        date.map_err(|error| Failure::wrong(format!("'{text}' is no date: {error}")))
    };
    given(text).map(read).transpose()
}

fn certainty(text: &Option<String>) -> Result<Option<Certainty>, Failure> {
    let all = [
        Certainty::Asserted,
        Certainty::Probable,
        Certainty::Possible,
        Certainty::Unestablished,
    ];
    let read = |word: String| {
        let found = all.into_iter().find(|it| it.word() == word);
        found.ok_or_else(|| {
            Failure::wrong(format!("'{word}' is no certainty"))
                .with_remedy("asserted, probable, possible or unestablished")
        })
    };
    given(text).map(read).transpose()
}

impl ClaimsQuery {
    /// Who asks, seeing what was asked for.
    pub fn eyes(&self, who: Who) -> Who {
        match self.shielded {
            Some(true) => Who {
                audience: Audience::Others,
                ..who
            },
            _ => who,
        }
    }

    /// What is wanted of the project.
    pub fn selection(&self) -> Result<Selection, Failure> {
        let judged = |word: String| {
            Judged::of(&word).ok_or_else(|| {
                Failure::wrong(format!("'{word}' is no status"))
                    .with_remedy("unreviewed, accepted, rejected or corrected")
            })
        };
        let said_by = given(&self.said_by);
        let own_word = said_by.as_deref() == Some("-");
        Ok(Selection {
            filter: ClaimFilter {
                kind: given(&self.kind),
                about: given(&self.about),
                at: given(&self.at),
                said_by: said_by.filter(|_| !own_word),
                from: date(&self.from)?.and_then(|date| date.bounds().0),
                to: date(&self.to)?.and_then(|date| date.bounds().1),
                report: self.report.map(|id| id.to_string()),
                certainty: certainty(&self.least)?,
                limit: 0,
            },
            sure: certainty(&self.certainty)?,
            judged: given(&self.status).map(judged).transpose()?,
            grade: given(&self.grade),
            own_word,
            dated: self.dated.unwrap_or(false),
        })
    }

    /// The page of the claims that fit.
    pub fn page(&self, asked: &Asked<'_>) -> Result<(usize, Vec<Told>), Failure> {
        let limit = self.limit.unwrap_or(PAGE).min(MOST);
        let (total, places) = asked.places(&self.selection()?, self.skip.unwrap_or(0), limit)?;
        Ok((total, asked.reader.claims_at(&places)?))
    }
}

/// Claims by what they say, in the order of time.
#[utoipa::path(get, path = "/api/claims", tag = "claims", params(ClaimsQuery), responses((status = 200, body = Claims), (status = 422, body = Wrong)))]
pub async fn claims(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ClaimsQuery>,
) -> Result<Json<Claims>, Failure> {
    app.ask(&query.eyes(who), move |asked| {
        let (total, told) = query.page(&asked)?;
        Ok(Json(Claims {
            total,
            claims: Shaper::new(&asked).listed(&told, query.support)?,
            seen: asked.newest(),
        }))
    })
    .await
}

/// All claims that fit, as CSV. It leaves the machine, so people who may be alive are shielded in it, whoever asks.
#[utoipa::path(get, path = "/api/claims.csv", tag = "claims", params(ClaimsQuery),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 422, body = Wrong)))]
pub async fn claims_csv(
    State(app): State<Arc<App>>,
    _who: Who,
    Query(query): Query<ClaimsQuery>,
) -> Result<impl IntoResponse, Failure> {
    let csv = app.ask_for(Audience::Others, move |asked| {
        let mut csv = project::claims_head();
        let (_, places) = asked.places(&query.selection()?, 0, usize::MAX)?;
        for part in places.chunks(MOST) {
            csv += &lines(&asked, &asked.reader.claims_at(part)?)?;
        }
        Ok(csv)
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"svodka-claims.csv\"",
        ),
    ];
    Ok((headers, csv.await?))
}

/// Claims as lines of a table.
pub fn lines(asked: &Asked<'_>, claims: &[Told]) -> Result<String, Failure> {
    let supports = asked.supports(claims)?;
    let each = claims.iter().zip(&supports);
    Ok(each
        .map(|(told, support)| project::claims_line(told, support.witnesses))
        .collect())
}

/// How many of the claims that fit there are of each sort.
#[utoipa::path(get, path = "/api/claims/facets", tag = "claims", params(ClaimsQuery), responses((status = 200, body = Facets), (status = 422, body = Wrong)))]
pub async fn facets(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ClaimsQuery>,
) -> Result<Json<Facets>, Failure> {
    app.ask(&query.eyes(who), move |asked| {
        Ok(Json(counted(&asked, &query)?))
    })
    .await
}

/// What is chosen of one sort does not narrow what can be chosen of it: another can be chosen in its stead.
fn counted(asked: &Asked<'_>, query: &ClaimsQuery) -> Result<Facets, Failure> {
    let of = |query: &ClaimsQuery| match asked.tabled()?.counts(&query.selection()?) {
        Err(svodka::store::StoreError::Unknown { .. }) => Ok(svodka::store::Counts::default()),
        counts => Ok::<_, Failure>(counts?),
    };
    let mut counts = of(query)?;
    let bare = || query.clone();
    if given(&query.kind).is_some() {
        counts.kinds = of(&ClaimsQuery {
            kind: None,
            ..bare()
        })?
        .kinds;
    }
    if given(&query.certainty).is_some() {
        let wanted = ClaimsQuery {
            certainty: None,
            ..bare()
        };
        counts.certainties = of(&wanted)?.certainties;
    }
    if given(&query.status).is_some() {
        counts.judged = of(&ClaimsQuery {
            status: None,
            ..bare()
        })?
        .judged;
    }
    if given(&query.grade).is_some() {
        counts.grades = of(&ClaimsQuery {
            grade: None,
            ..bare()
        })?
        .grades;
    }
    let count = |(value, count): (String, u32)| Count { value, count };
    let word = |(value, number): (&str, u32)| count((value.to_owned(), number));
    Ok(Facets {
        kind: counts.kinds.into_iter().map(count).collect(),
        certainty: counts.certainties.into_iter().map(word).collect(),
        status: counts.judged.into_iter().map(word).collect(),
        grade: counts.grades.into_iter().map(count).collect(),
        said_by: counts
            .said_by
            .into_iter()
            .map(|(thing, name, count)| Source { thing, name, count })
            .collect(),
        months: counts.months.into_iter().map(Month::from).collect(),
        undated: counts.undated,
    })
}

/// The claims that wait for a judgement: the least certain first, among these those whose names are met most.
#[utoipa::path(get, path = "/api/review", tag = "claims", params(ClaimsQuery), responses((status = 200, body = Claims), (status = 422, body = Wrong)))]
pub async fn review(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ClaimsQuery>,
) -> Result<Json<Claims>, Failure> {
    app.ask(&query.eyes(who), move |asked| {
        let filter = query.selection()?.filter;
        let limit = query.limit.unwrap_or(10).min(MOST);
        let (total, waiting) = asked.waiting(&filter, query.skip.unwrap_or(0), limit)?;
        let told = waiting
            .into_iter()
            .map(|(report, key)| asked.reader.claim(report, key))
            .collect::<Result<Vec<Told>, _>>()?;
        Ok(Json(Claims {
            total,
            claims: Shaper::new(&asked).listed(&told, query.support)?,
            seen: asked.newest(),
        }))
    })
    .await
}
