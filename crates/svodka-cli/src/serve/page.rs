//! The page, as it was built into the program.

use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

/// Its files; none if it was not built.
pub static PAGE: Dir<'static> = include_dir!("$OUT_DIR/page");

const NOT_BUILT: &str = "This svodka was built without its page. `make web` builds the page; build svodka again after it.\n";

/// A file of the page. Files with a digest in their names never change; the others are asked for again each time.
pub async fn page(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    if path.starts_with("api/") {
        return super::failure::Failure::nowhere().into_response();
    }
    let Some(file) = PAGE.get_file(path) else {
        let told = if path == "index.html" {
            NOT_BUILT
        } else {
            "There is no such file.\n"
        };
        return (StatusCode::NOT_FOUND, told).into_response();
    };
    let lasting = path.starts_with("assets/");
    let tag = format!("\"{}\"", &svodka::sha256(file.contents())[..16]);
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let kept = if lasting {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    (
        [
            (header::CONTENT_TYPE, kind(path)),
            (header::CACHE_CONTROL, kept),
            (header::ETAG, tag.as_str()),
        ],
        file.contents(),
    )
        .into_response()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
