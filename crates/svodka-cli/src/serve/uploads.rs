//! Files that become reports.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use serde::Serialize;
use svodka::Hint;
use svodka::store::{Added, NewReport};
use utoipa::ToSchema;

use super::app::App;
use super::ask::Json;
use super::events::News;
use super::failure::{Failure, Wrong};
use super::who::{Role, Who};

/// How many files can be sent at once.
pub const FILES: usize = 200;

/// The files, each under its own name; sent as a form of files.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the form")]
pub struct Files {
    /// Each a report of any format, or a ZIP of them.
    #[schema(value_type = Vec<Vec<u8>>, content_media_type = "application/octet-stream")]
    file: Vec<Vec<u8>>,
}

/// What became of all files.
#[derive(Serialize, ToSchema)]
pub struct Uploads {
    /// In the order in which they were sent.
    pub files: Vec<Uploaded>,
}

/// What became of a file.
#[derive(Serialize, ToSchema)]
pub struct Uploaded {
    /// Its name.
    pub file: String,
    /// What became of each report in it: one, but for a ZIP.
    pub reports: Vec<Kept>,
    /// What could not be read of it, and why.
    pub refused: Vec<Refused>,
}

/// A report that is in the project now.
#[derive(Serialize, ToSchema)]
pub struct Kept {
    /// What it is known by.
    pub label: String,
    /// Its number.
    pub report: Option<i64>,
    /// `new`, `version` (the report of that name has changed) or `same` (the same bytes are there already).
    pub what: &'static str,
    /// How many claims it makes.
    pub claims: usize,
}

/// What could not be read.
#[derive(Serialize, ToSchema)]
pub struct Refused {
    /// The file in the ZIP; empty for the file itself.
    pub entry: String,
    /// For programs.
    pub code: &'static str,
    /// Why.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

fn unsent(error: &MultipartError) -> Failure {
    let remedy = format!("send at most {} MB at once", super::UPLOAD >> 20);
    Failure::new(error.status(), "upload", error.body_text()).with_remedy(remedy)
}

/// Adds files. What is no report is refused with its reason; the others are kept. `/api/events` tells how it goes on.
#[utoipa::path(post, path = "/api/reports", tag = "reports", request_body(content = Files, content_type = "multipart/form-data"),
    responses((status = 200, body = Uploads), (status = 403, body = Wrong), (status = 413, body = Wrong), (status = 422, body = Wrong)))]
pub async fn add(
    State(app): State<Arc<App>>,
    who: Who,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<Uploads>, Failure> {
    who.must_be(Role::Owner)?;
    let mut form =
        form.map_err(|error| Failure::new(error.status(), "upload", error.body_text()))?;
    let mut sent = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| unsent(&error))? {
        let Some(name) = field.file_name().map(str::to_owned) else {
            continue;
        };
        let bytes = field.bytes().await.map_err(|error| unsent(&error))?;
        sent.push((name, bytes));
        if sent.len() > FILES {
            let what = format!("more than {FILES} files were sent at once");
            return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "upload", what)
                .with_remedy("send them in parts, or as a ZIP"));
        }
    }
    if sent.is_empty() {
        return Err(Failure::wrong("no file was sent"));
    }
    let of = sent.len();
    let mut files = Vec::new();
    for (at, (name, bytes)) in sent.into_iter().enumerate() {
        let progress = |state| News::Progress {
            to: who.name.clone(),
            file: name.clone(),
            at: at + 1,
            of,
            state,
        };
        app.tell(progress("reading"));
        let file = file(&app, &who, &name, bytes.to_vec()).await?;
        app.tell(progress(if file.reports.is_empty() {
            "refused"
        } else {
            "kept"
        }));
        files.push(file);
    }
    Ok(Json(Uploads { files }))
}

async fn file(app: &Arc<App>, who: &Who, name: &str, bytes: Vec<u8>) -> Result<Uploaded, Failure> {
    let mut uploaded = Uploaded {
        file: name.to_owned(),
        reports: Vec::new(),
        refused: Vec::new(),
    };
    // A name, and never a path: nothing is read from or written to where it points, and no report is known by such.
    let bad = name.trim().is_empty()
        || name.starts_with('.')
        || name.contains(['/', '\\', '\0'])
        || name.chars().any(char::is_control);
    if bad || name.chars().count() > 200 {
        uploaded.refused.push(Refused {
            entry: String::new(),
            code: "name",
            what: "this is no name of a file".to_owned(),
            remedy: "give it a name without slashes that does not begin with a dot".to_owned(),
        });
        return Ok(uploaded);
    }
    let label = name.to_owned();
    let (reports, refused) = app.blocking(move |app| read(app, &label, &bytes)).await?;
    uploaded.refused = refused;
    for report in reports {
        let label = report.label.clone();
        let claims = report.contract.claims.len();
        let added = app
            .change(who, move |writer, stamp| Ok(writer.add(report, stamp)?))
            .await?;
        let (label, what) = match added {
            Added::Same(label) => (label, "same"),
            Added::New(_) => (label, "new"),
            Added::Version { .. } => (label, "version"),
        };
        uploaded.reports.push(Kept {
            label,
            report: None,
            what,
            claims,
        });
    }
    let labels: Vec<String> = uploaded
        .reports
        .iter()
        .map(|kept| kept.label.clone())
        .collect();
    // The names that reports are known by are the owner's own here: they have just sent them.
    let numbers = app.ask_for(svodka::store::Audience::Owner, move |asked| {
        let rows = asked.reports()?;
        let number = |label: &String| {
            rows.iter()
                .find(|row| row.label == *label)
                .map(|row| row.id)
        };
        Ok(labels.iter().map(number).collect::<Vec<_>>())
    });
    for (kept, number) in uploaded.reports.iter_mut().zip(numbers.await?) {
        kept.report = number;
    }
    Ok(uploaded)
}

fn read(app: &App, name: &str, bytes: &[u8]) -> Result<(Vec<NewReport>, Vec<Refused>), Failure> {
    let refused = |entry: &str, error: &svodka::IngestError| Refused {
        entry: entry.to_owned(),
        code: error.code(),
        what: error.to_string(),
        remedy: error.remedy().to_string(),
    };
    let hint = Hint {
        name: Some(name),
        encoding: None,
    };
    let intake = match svodka::receive(bytes, &hint) {
        Ok(intake) => intake,
        Err(error) => return Ok((Vec::new(), vec![refused("", &error)])),
    };
    let engine = app.engine()?;
    let report = |document: svodka::Document| {
        let label = document
            .entry
            .as_deref()
            .map_or_else(|| name.to_owned(), |entry| format!("{name}#{entry}"));
        engine.report(&label, document, None, &mut |_, _| {})
    };
    let reports = intake.documents.into_iter().map(report).collect();
    let refused = intake
        .refused
        .iter()
        .map(|it| refused(&it.entry, &it.error));
    Ok((reports, refused.collect()))
}
