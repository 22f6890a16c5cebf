//! `/ipif`: the project as a prosopography that other programs ask, by [IPIF](https://github.com/IPIF/prosopogrAPhI) 0.3.3 at its level 1:
//! all filters, and nothing can be changed. Its answers are for others: whoever asks, those who may be alive are shielded.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};
use serde_json::{Value, json};
use svodka::store::{Audience, ClaimFilter, Reader};
use svodka::views::ExportError;
use svodka::views::ipif::{Kind, Prosopography, Question};

use super::app::App;
use super::failure::Failure;
use super::moment::Moment;
use crate::project::{Eyes, factoids};

/// More statements are not kept.
const MOST: usize = 3_000_000;

/// The profile of what is served, which every answer names.
const LEVEL: &str =
    "<https://raw.githubusercontent.com/GVogeler/prosopogrAPhI/master/level1.json>;rel=\"profile\"";

/// The paths.
pub fn routes() -> Router<Arc<App>> {
    let mut router = Router::new().route("/ipif/describe", get(describe));
    for kind in Kind::ALL {
        let name = kind.name();
        let list = get(
            move |State(app): State<Arc<App>>, Query(asked): Query<Vec<(String, String)>>| {
                list(app, kind, asked)
            },
        );
        let one =
            get(move |State(app): State<Arc<App>>, Path(id): Path<String>| one(app, kind, id));
        // Statements are made with their factoids.
        let (list, one) = match kind {
            Kind::Statements => (list, one),
            _ => (list.post(refuse), changed(one)),
        };
        router = router
            .route(&format!("/ipif/{name}"), list)
            .route(&format!("/ipif/{name}/{{id}}"), one);
    }
    router.layer(map_response(profiled))
}

fn changed(one: MethodRouter<Arc<App>>) -> MethodRouter<Arc<App>> {
    one.put(refuse).delete(refuse)
}

/// A request that could not be answered, as IPIF says so.
struct Refused(StatusCode, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Refused(status, detail) = self;
        let title = status.canonical_reason().unwrap_or("Error");
        let told = json!({"status": status.as_u16(), "title": title, "detail": detail});
        (status, Json(told)).into_response()
    }
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Refused {
        let (status, told) = failure.told();
        Refused(status, told)
    }
}

impl From<ExportError> for Refused {
    fn from(error: ExportError) -> Refused {
        Refused(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }
}

async fn describe(State(app): State<Arc<App>>) -> Result<Json<Value>, Refused> {
    ask(&app, |known| Ok(known.describe())).await
}

async fn list(
    app: Arc<App>,
    kind: Kind,
    asked: Vec<(String, String)>,
) -> Result<Json<Value>, Refused> {
    let question = Question::of(kind, asked);
    let question = question.map_err(|error| Refused(StatusCode::BAD_REQUEST, error.to_string()))?;
    ask(&app, move |known| Ok(known.list(&question)?)).await
}

async fn one(app: Arc<App>, kind: Kind, id: String) -> Result<Json<Value>, Refused> {
    ask(&app, move |known| {
        let found = known.one(kind, &id)?;
        found.ok_or_else(|| {
            let what = format!("/{} has no '{id}'", kind.name());
            Refused(StatusCode::NOT_FOUND, what)
        })
    })
    .await
}

async fn refuse() -> Refused {
    let what =
        "this service is of level 1, to be read only; the workbench is where claims are corrected";
    Refused(StatusCode::NOT_IMPLEMENTED, what.to_owned())
}

async fn profiled(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::LINK, HeaderValue::from_static(LEVEL));
    response
}

/// Asks the factoids of this moment; they are made when they are first asked for.
async fn ask(
    app: &Arc<App>,
    question: impl FnOnce(&Prosopography) -> Result<Value, Refused> + Send + 'static,
) -> Result<Json<Value>, Refused> {
    let moment: Arc<Moment> = app.now(Audience::Others).await?;
    let known = match moment.factoids.ready(&()) {
        Some(known) => known,
        None => {
            let made = app.ask_longest_for(Audience::Others, |asked| asked.factoids(make));
            made.await?
        }
    };
    let answered = app.blocking(move |_| Ok(question(&known))).await?;
    Ok(Json(answered?))
}

fn make(reader: &Reader) -> Result<Prosopography, Failure> {
    let eyes = Eyes { owner: false };
    factoids(reader, &ClaimFilter::default(), &eyes, MOST).map_err(|problem| {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Failure::new(status, "ipif/failed", problem.what())
            .with_remedy(problem.remedy().unwrap_or_default())
    })
}
