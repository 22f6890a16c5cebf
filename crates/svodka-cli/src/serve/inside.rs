//! The interface without a network, asked as those who are elsewhere may see it: what `svodka publish` writes down.

use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::{Extension, Router};
use futures_util::stream::{self, StreamExt};
use serde_json::Value;
use svodka::Edtf;
use svodka::store::{Audience, Selection};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use super::app::App;
use super::claims::lines;
use super::shape::{self, Claim, Shaper};
use super::who::{Role, Who};
use crate::args::Means;
use crate::problem::{Problem, Status};

/// A project's interface, inside this program.
pub struct Inside {
    runtime: Runtime,
    app: Arc<App>,
    router: Router,
}

/// Some claims.
pub struct Part {
    /// As they are sent.
    pub claims: Vec<Claim>,
    /// What they are chosen by.
    pub rows: Vec<Row>,
    /// As lines of a table.
    pub lines: String,
}

/// What claims are chosen by on a page that has nobody to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub kind: String,
    pub certainty: String,
    pub status: String,
    pub grade: Option<String>,
    /// The first and last day that it can be of: year × 10000 + month × 100 + day; nothing of an open side.
    pub days: Option<(Option<i32>, Option<i32>)>,
    /// Who is said to have said it; nothing of who has no name.
    pub said: Vec<i64>,
    /// The things that have a part in it.
    pub things: Vec<i64>,
}

impl Inside {
    /// The interface of a project.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn open(project: &Path, means: &Means) -> Result<Inside, Problem> {
        let app = Arc::new(App::open(project, means)?);
        let runtime = Runtime::new().map_err(|error| broken(&error))?;
        let who = Who {
            name: String::new(),
            role: Role::Reader,
            audience: Audience::Others,
        };
        let (router, _) = super::api().split_for_parts();
        let router = router.with_state(Arc::clone(&app)).layer(Extension(who));
        Ok(Inside {
            runtime,
            app,
            router,
        })
    }

    /// Works out at once what would otherwise be worked out for each claim that is asked for.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn weigh(&self) -> Result<(), Problem> {
        let done = self.app.ask_for(Audience::Others, |asked| asked.weigh());
        let done = self.runtime.block_on(done);
        done.map_err(|failure| refused(&failure.told().1))
    }

    /// What is answered to a path.
    ///
    /// # Errors
    ///
    /// If it is refused.
    pub fn get(&self, path: &str) -> Result<Vec<u8>, Problem> {
        self.runtime
            .block_on(ask(self.router.clone(), path.to_owned()))
    }

    /// The same, as JSON.
    ///
    /// # Errors
    ///
    /// If it is refused.
    pub fn json(&self, path: &str) -> Result<Value, Problem> {
        serde_json::from_slice(&self.get(path)?).map_err(|error| broken(&error))
    }

    /// What is answered to several paths, several at once, in their order.
    ///
    /// # Errors
    ///
    /// If one is refused, or cannot be taken.
    pub fn each(
        &self,
        paths: impl Iterator<Item = String>,
        take: &mut dyn FnMut(Vec<u8>) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let at_once = std::thread::available_parallelism().map_or(2, usize::from);
        self.runtime.block_on(async {
            let answers = stream::iter(paths).map(|path| ask(self.router.clone(), path));
            let mut answers = std::pin::pin!(answers.buffered(at_once));
            while let Some(answer) = answers.next().await {
                take(answer?)?;
            }
            Ok(())
        })
    }

    /// All claims in the order of time, so many at once.
    ///
    /// # Errors
    ///
    /// If they cannot be read or taken.
    pub fn claims(
        &self,
        at_once: usize,
        take: &mut dyn FnMut(Part) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.runtime.block_on(async {
            let places = self.app.ask_for(Audience::Others, |asked| {
                Ok(asked.places(&Selection::default(), 0, usize::MAX)?.1)
            });
            let places = places.await.map_err(|failure| refused(&failure.told().1))?;
            for part in places.chunks(at_once) {
                let part = part.to_vec();
                let told = self.app.ask_for(Audience::Others, move |asked| {
                    let told = asked.reader.claims_at(&part)?;
                    let mut shaper = Shaper::new(&asked);
                    let claims = shaper.claims(&told)?;
                    let mut rows = Vec::with_capacity(told.len());
                    for (told, claim) in told.iter().zip(&claims) {
                        let things = shaper.things(told.report)?;
                        let number = |id: &Option<String>| things.get(id.as_ref()?).copied();
                        let said = told.claim.sources.iter();
                        rows.push(Row {
                            kind: claim.kind.clone(),
                            certainty: claim.certainty.clone(),
                            status: claim.status.clone(),
                            grade: shape::grade(told),
                            days: days(told.claim.when.as_ref().map(|when| when.edtf.as_str())),
                            said: once(said.filter_map(|it| number(&it.entity))),
                            things: once(
                                told.claim
                                    .roles
                                    .values()
                                    .flatten()
                                    .filter_map(|it| number(&it.entity)),
                            ),
                        });
                    }
                    let lines = lines(&asked, &told)?;
                    Ok(Part {
                        claims,
                        rows,
                        lines,
                    })
                });
                take(told.await.map_err(|failure| refused(&failure.told().1))?)?;
            }
            Ok(())
        })
    }
}

/// Each number once, in order.
fn once(numbers: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut numbers: Vec<i64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn days(edtf: Option<&str>) -> Option<(Option<i32>, Option<i32>)> {
    let (first, last) = edtf?.parse::<Edtf>().ok()?.bounds();
    let whole = |day: jiff::civil::Date| {
        i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day())
    };
    (first.is_some() || last.is_some()).then(|| (first.map(whole), last.map(whole)))
}

async fn ask(router: Router, path: String) -> Result<Vec<u8>, Problem> {
    let request = Request::get(&path).body(Body::empty());
    let request = request.map_err(|error| broken(&error))?;
    let Ok(response) = router.oneshot(request).await;
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await;
    let body = body.map_err(|error| broken(&error))?;
    if status != StatusCode::OK {
        let wrong: Value = serde_json::from_slice(&body).unwrap_or_default();
        let what = wrong["what"]
            .as_str()
            .unwrap_or("the project could not be read");
        return Err(refused(what).with_remedy(wrong["remedy"].as_str().unwrap_or_default()));
    }
    Ok(body.into())
}

fn refused(what: &str) -> Problem {
    Problem::new(Status::Data, what)
}

fn broken(error: &impl ToString) -> Problem {
    Problem::new(Status::Data, error.to_string())
}
