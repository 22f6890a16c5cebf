//! What a changed pack would change over the whole project: every report is read by it, and nothing is kept.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::State;
use serde::Serialize;
use svodka::store::{Change, StoreError};
use svodka::{ClaimOut, Contract, Edtf, Engine, KindWords, Pack};
use utoipa::ToSchema;

use super::app::App;
use super::ask::Json;
use super::events::News;
use super::failure::{Failure, Wrong};
use super::packs::{ChangedFile, changed};
use super::shape::one_line;
use super::who::{Role, Who};
use crate::page::said;

/// How many claims are shown, gained and lost together.
const SHOWN: usize = 200;

/// After how many reports it is told how far it is.
const STEP: usize = 10;

/// What a changed pack would change.
#[derive(Serialize, ToSchema)]
pub struct Tried {
    /// How many reports were read.
    pub reports: usize,
    /// How many of them would be read otherwise.
    pub differ: usize,
    /// How many claims would be gained.
    pub gained: usize,
    /// How many would be lost.
    pub lost: usize,
    /// How many would have another date, certainty or source.
    pub changed: usize,
    /// The first 200 that would be gained or lost.
    pub claims: Vec<Difference>,
}

/// A claim that would be gained or lost.
#[derive(Serialize, ToSchema)]
pub struct Difference {
    /// Whether it would be gained.
    pub gained: bool,
    /// The report's number.
    pub report: i64,
    /// The report's path.
    pub label: String,
    pub kind: String,
    /// What is claimed, in the words of the pack.
    pub said: String,
    /// asserted, probable, possible or unestablished.
    pub certainty: String,
    /// The words it rests on.
    pub quote: String,
}

/// Tells the work to end when nobody waits for it any more.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Reads every report by the pack with one file otherwise, and tells which claims would be gained and lost. Nothing is kept. It goes on as long
/// as somebody waits for the answer; `/api/events` tells how far it is.
#[utoipa::path(post, tag = "packs", path = "/api/packs/compare", request_body = ChangedFile,
    responses((status = 200, body = Tried), (status = 403, body = Wrong), (status = 422, body = Wrong), (status = 503, body = Wrong)))]
pub async fn try_on_all(
    State(app): State<Arc<App>>,
    who: Who,
    Json(asked): Json<ChangedFile>,
) -> Result<Json<Tried>, Failure> {
    who.must_be(Role::Reviewer)?;
    let left = Arc::new(AtomicBool::new(false));
    let _waiting = Waiting(Arc::clone(&left));
    let to = who.name.clone();
    let tried = app.ask_longest(&who, move |project| {
        let app = project.app;
        let (files, new) = changed(app, &asked.file, &asked.text)?;
        let old = app.engine()?;
        let words = Pack::load(&files).map_or_else(|_| KindWords::default(), |it| it.kind_words);
        let reports = project.reports()?;
        let of = reports.len();
        let mut broken: Option<StoreError> = None;
        let mut tried = Tried {
            reports: 0,
            differ: 0,
            gained: 0,
            lost: 0,
            changed: 0,
            claims: Vec::new(),
        };
        let kept = reports.iter().map_while(|row| {
            let contract = project.reader.report(&row.id.to_string());
            match contract {
                Ok(contract) => Some((row, contract)),
                Err(error) => {
                    broken = Some(error);
                    None
                }
            }
        });
        svodka::in_order(
            kept,
            |(row, kept)| (row, difference(&row.label, &kept, &old, &new)),
            |(row, change)| {
                tried.reports += 1;
                tried.gained += change.gained.len();
                tried.lost += change.lost.len();
                tried.changed += change.changed;
                let differs = change != Change::default();
                tried.differ += usize::from(differs);
                let each = [
                    (true, &change.gained, &words),
                    (false, &change.lost, app.words()),
                ];
                for (gained, claims, words) in each {
                    let room = SHOWN.saturating_sub(tried.claims.len());
                    let shown = claims.iter().take(room);
                    tried.claims.extend(shown.map(|claim| Difference {
                        gained,
                        report: row.id,
                        label: row.label.clone(),
                        ..told(claim, words)
                    }));
                }
                if tried.reports.is_multiple_of(STEP) {
                    app.tell(News::Tried {
                        to: to.clone(),
                        done: tried.reports,
                        of,
                    });
                }
                match left.load(Ordering::Relaxed) {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            },
        );
        match broken {
            Some(error) => Err(error.into()),
            None => Ok(Json(tried)),
        }
    });
    tried.await
}

/// What the changed pack changes. Most reports are read as they were kept; only of others it is asked what comes of the change, and what of an
/// older program or pack.
fn difference(label: &str, kept: &Contract, old: &Engine, new: &Engine) -> Change {
    let date = || kept.report.date.as_deref()?.parse::<Edtf>().ok();
    let read = new.reread(kept, date());
    let change = Change::between(label, kept, &read);
    if change == Change::default() {
        return change;
    }
    Change::between(label, &old.reread(kept, date()), &read)
}

fn told(claim: &ClaimOut, words: &KindWords) -> Difference {
    Difference {
        gained: false,
        report: 0,
        label: String::new(),
        kind: claim.kind.to_string(),
        said: said(claim, words.get(claim.kind.as_str())),
        certainty: claim.certainty.word().to_owned(),
        quote: one_line(&claim.evidence.text),
    }
}
