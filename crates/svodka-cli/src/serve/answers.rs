//! Answers that were given before: a tag says of which moment of the project an answer is, and nothing is worked out twice for one moment.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use svodka::store::Audience;

use super::app::App;
use super::failure::Failure;
use super::who::Who;

/// What the tags of two runs of the program differ by: another program may word the same log otherwise.
#[derive(Debug, Clone)]
pub struct Run(pub String);

/// Larger answers are not kept.
const LARGEST: usize = 8 << 20;

/// How long a question may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Paths whose answers are not of a moment of the project.
const PASSING: [&str; 5] = [
    "/api/same",
    "/api/events",
    "/api/backup",
    "/api/session",
    "/api/openapi.json",
];

/// Whether an answer is of no moment of the project, or told as it is made.
fn passes(path: &str) -> bool {
    PASSING.contains(&path) || path.starts_with("/api/exports/")
}

/// Paths whose answers hold whatever is noted beside single claims.
const LASTING: [&str; 6] = [
    "/api/reports",
    "/api/things",
    "/api/search",
    "/api/network",
    "/api/map",
    "/api/stats",
];

/// Whether an answer holds whatever is noted beside single claims: unless it is asked what was noted.
fn lasts(path: &str, query: Option<&str>) -> bool {
    let asks = |word| query.is_some_and(|query| query.contains(word));
    LASTING.contains(&path) && !asks("status") && !asks("grade")
}

/// Gives what was answered before, if nothing has changed.
pub async fn answers(
    State((app, run)): State<(Arc<App>, Run)>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let asks = request.method() == Method::GET && path.starts_with("/api/") && !passes(path);
    let Some(who) = request.extensions().get::<Who>().filter(|_| asks).cloned() else {
        return next.run(request).await;
    };
    let moment = match app.now(who.audience).await {
        Ok(moment) => moment,
        Err(failure) => return failure.into_response(),
    };
    let seen = match who.audience {
        Audience::Owner => 'o',
        Audience::Others => 's',
    };
    // Weak: the same answer is sent compressed or not.
    let lasting = lasts(path, request.uri().query());
    let entry = if lasting {
        moment.lasting.weighed
    } else {
        moment.newest
    };
    let tag = format!("W/\"{}-{entry}-{}-{seen}\"", run.0, moment.today);
    let known = request.headers().get(header::IF_NONE_MATCH);
    let known = known.and_then(|known| known.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|it| it.trim() == tag)) {
        return tagged(StatusCode::NOT_MODIFIED.into_response(), &tag);
    }
    let asked = request.uri().to_string();
    if let Some((kind, body)) = moment.answers(lasting).answer(&asked) {
        return tagged(([(header::CONTENT_TYPE, kind)], body).into_response(), &tag);
    }
    let Ok(response) = tokio::time::timeout(PATIENCE, next.run(request)).await else {
        let what = "this takes too long";
        return Failure::new(StatusCode::SERVICE_UNAVAILABLE, "too-long", what)
            .with_remedy("ask for less at once")
            .into_response();
    };
    if response.status() != StatusCode::OK
        || response.headers().contains_key(header::CONTENT_DISPOSITION)
    {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Failure::broken().into_response();
    };
    let kind = parts.headers.get(header::CONTENT_TYPE);
    if let Some(kind) = kind.and_then(|kind| kind.to_str().ok())
        && body.len() <= LARGEST
        // What was answered may be of a newer moment than was looked at; then it is not of this one.
        && let Ok(after) = app.now(who.audience).await
        && (Arc::ptr_eq(&moment, &after) || (lasting && Arc::ptr_eq(&moment.lasting, &after.lasting)))
    {
        let answer = (kind.to_owned(), body.clone());
        moment.answers(lasting).keep(asked, answer);
    }
    tagged(Response::from_parts(parts, Body::from(body)), &tag)
}

fn tagged(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    // Kept, and asked for again each time.
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    response
}
