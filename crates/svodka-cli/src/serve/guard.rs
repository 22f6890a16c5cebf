//! What every request must hold and every answer says. A page of some other site can make a browser send requests to this machine, also under
//! a name of its own that it lets point here: who asks must know this machine by its own name, and what changes something must come from our page.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::failure::Failure;

/// No script, style, font or request but our own; nobody frames the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
                      worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What browsers say of the page that a request comes from.
const SITE: header::HeaderName = header::HeaderName::from_static("sec-fetch-site");

/// The names of this machine that are its own.
const LOCAL: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Under which names this machine is asked.
#[derive(Debug, Clone, Default)]
pub struct Names(pub Arc<Vec<String>>);

/// Refuses who asks under another name or from another page; closes what goes out.
pub async fn guard(State(names): State<Names>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let host = text(header::HOST).or_else(|| request.uri().authority().map(|it| it.as_str()));
    let asks = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let mut response = if !host.is_some_and(|host| names.known(host)) {
        Failure::forbidden("this is not served under that name")
            .with_remedy("open the address that `svodka serve` printed; `--host NAME` lets it answer to another")
            .into_response()
    } else if !asks && !from_here(text(header::ORIGIN), text(SITE), host) {
        Failure::forbidden("only Svodka's own page may change something").into_response()
    } else {
        next.run(request).await
    };
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            header::HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

impl Names {
    /// Whether a `Host` is this machine, on whatever port.
    fn known(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port))
                if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                name
            }
            _ => host,
        };
        let name = name.to_ascii_lowercase();
        LOCAL.contains(&name.as_str()) || self.0.contains(&name)
    }
}

/// Whether a request came from our page. Programs other than browsers send no `Origin`.
fn from_here(origin: Option<&str>, site: Option<&str>, host: Option<&str>) -> bool {
    let told = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    told && match (origin, host) {
        (None, _) => true,
        (Some(origin), Some(host)) => ["http://", "https://"]
            .iter()
            .any(|scheme| origin.strip_prefix(scheme) == Some(host)),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let names = Names(Arc::new(vec!["archive.example".to_owned()]));
        for host in [
            "127.0.0.1:7700",
            "localhost",
            "LOCALHOST:80",
            "[::1]:7700",
            "archive.example",
        ] {
            assert!(names.known(host), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:7700",
            "127.0.0.1.evil.example",
            "localhost:7700.evil.example",
            "",
        ] {
            assert!(!names.known(host), "{host}");
        }
    }

    #[test]
    fn only_our_page_changes_something() {
        let host = Some("127.0.0.1:7700");
        assert!(from_here(None, None, host));
        assert!(from_here(
            Some("http://127.0.0.1:7700"),
            Some("same-origin"),
            host
        ));
        for origin in [
            "null",
            "http://127.0.0.1:7701",
            "https://evil.example",
            "http://evil.example",
        ] {
            assert!(!from_here(Some(origin), None, host), "{origin}");
        }
        assert!(!from_here(None, Some("cross-site"), host));
        assert!(!from_here(None, Some("same-site"), host));
    }
}
