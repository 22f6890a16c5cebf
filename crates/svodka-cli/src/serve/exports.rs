//! What a project knows in the forms that other programs read. It leaves the machine, so people who may be alive are shielded in it, whoever asks.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use futures_util::stream::{self, StreamExt};
use serde::Serialize;
use svodka::store::{Audience, StoreError};
use svodka::views::{Folder, Format, Shape, zipped};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use utoipa::ToSchema;

use super::app::App;
use super::ask::{Json, Path, Query};
use super::claims::ClaimsQuery;
use super::failure::{Failure, Wrong};
use super::who::Who;
use crate::project;

/// A format of export.
#[derive(Serialize, ToSchema)]
pub struct FormatInfo {
    /// By what it is asked for.
    pub name: &'static str,
    /// What it is and for what.
    pub title: &'static str,
    /// What the file is called; several files are a ZIP.
    pub file: String,
}

/// What the file of a format is called.
fn file_of(format: &Format) -> String {
    match format.shape {
        Shape::File(name) => format!("svodka-{}", name.trim_start_matches("svodka.")),
        Shape::Folder | Shape::Either(_) => format!("svodka-{}.zip", format.name),
    }
}

/// The formats of export.
#[utoipa::path(get, path = "/api/exports", tag = "project", responses((status = 200, body = Vec<FormatInfo>)))]
pub async fn formats(_who: Who) -> Json<Vec<FormatInfo>> {
    let info = |format: &Format| FormatInfo {
        name: format.name,
        title: format.title,
        file: file_of(format),
    };
    Json(Format::ALL.iter().map(info).collect())
}

/// The claims that fit, in a format of export. What readers judged does not choose: exports tell it.
#[utoipa::path(get, path = "/api/exports/{format}", tag = "project", params(("format" = String, Path, description = "Its name"), ClaimsQuery),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"), (status = 404, body = Wrong), (status = 422, body = Wrong)))]
pub async fn export(
    State(app): State<Arc<App>>,
    who: Who,
    Path(name): Path<String>,
    Query(query): Query<ClaimsQuery>,
) -> Result<impl IntoResponse, Failure> {
    let format = Format::named(&name).ok_or_else(|| {
        Failure::new(StatusCode::NOT_FOUND, "unknown", "there is no such format")
            .with_remedy("/api/exports lists them")
    })?;
    let filter = query.selection()?.filter;
    let others = Who {
        audience: Audience::Others,
        ..who
    };
    let written = app.ask_longest(&others, move |asked| {
        let folder = beside(asked.app.path())?;
        let files = folder.path().join("files");
        let about = project::export_about(asked.reader, &project::Eyes { owner: false }, None)?;
        let mut sink = Folder(files.clone());
        project::export(&format, asked.reader, &filter, &about, &mut sink, None)?;
        let path = match format.shape {
            Shape::File(name) => files.join(name),
            Shape::Folder | Shape::Either(_) => {
                let packed = folder.path().join("packed.zip");
                let file = std::fs::File::create(&packed).map_err(failed)?;
                zipped(&files, file).map_err(failed)?;
                packed
            }
        };
        let file = std::fs::File::open(path).map_err(failed)?;
        Ok((file, folder))
    });
    let (file, folder) = written.await?;
    Ok(sent(
        "application/octet-stream",
        &file_of(&format),
        file,
        folder,
    ))
}

fn failed(error: std::io::Error) -> Failure {
    Failure::from(StoreError::Disk(error.to_string()))
}

/// A folder that goes when nobody holds it any more: beside the project, where there is room for what is made of it.
pub fn beside(project: &std::path::Path) -> Result<TempDir, Failure> {
    let beside = project.parent().filter(|it| !it.as_os_str().is_empty());
    tempfile::tempdir_in(beside.unwrap_or(std::path::Path::new("."))).map_err(failed)
}

/// A file that is sent piece by piece, under a name; its folder goes when it has been sent.
pub fn sent(
    kind: &'static str,
    name: &str,
    file: std::fs::File,
    folder: TempDir,
) -> impl IntoResponse + use<> {
    let file = tokio::fs::File::from_std(file);
    let pieces = stream::unfold((file, folder), |(mut file, folder)| async move {
        let mut piece = vec![0; 256 << 10];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(length) => {
                piece.truncate(length);
                Some((Ok(Bytes::from(piece)), (file, folder)))
            }
            Err(error) => Some((Err(error), (file, folder))),
        }
    });
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    // Whoever compresses it asks again after the end.
    (headers, Body::from_stream(pieces.fuse()))
}
