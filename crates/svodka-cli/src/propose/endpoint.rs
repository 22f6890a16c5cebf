//! The service that is asked, over HTTP. Nothing is sent over a network in the open, no redirection is followed, and no answer is trusted
//! to end, in time or in size.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::time::Duration;

use serde_json::{Value, json};
use svodka::propose::Question;
use ureq::Agent;
use ureq::http::Uri;

use crate::problem::{Problem, Status};

/// How many bytes an answer may have.
const LARGEST: u64 = 1 << 20;

/// The environment variable that holds the key.
const KEY: &str = "SVODKA_PROPOSE_KEY";

/// Why an answer did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// Nobody is there, or the connection broke.
    Unreachable,
    /// It took too long.
    Timeout,
    /// The service answered with this status.
    Status(u16),
    /// The answer is larger than any that could be meant.
    TooLarge,
    /// The answer is not of the form that was asked for.
    NoAnswer,
}

impl Failure {
    /// For programs: stays the same from version to version.
    pub fn code(self) -> &'static str {
        match self {
            Failure::Unreachable => "propose/unreachable",
            Failure::Timeout => "propose/timeout",
            Failure::Status(_) => "propose/status",
            Failure::TooLarge => "propose/too-large",
            Failure::NoAnswer => "propose/no-answer",
        }
    }

    /// Whether it would be the same with the next paragraph.
    pub fn ends(self) -> bool {
        !matches!(self, Failure::TooLarge | Failure::NoAnswer)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Unreachable => f.write_str("the model could not be reached"),
            Failure::Timeout => f.write_str("the model did not answer in time (--propose-time)"),
            Failure::Status(number @ (401 | 403)) => {
                write!(f, "the service wants a key, status {number} ({KEY})")
            }
            Failure::Status(number) => write!(f, "the service answered with status {number}"),
            Failure::TooLarge => write!(f, "an answer has more than {LARGEST} bytes"),
            Failure::NoAnswer => f.write_str("an answer is not of the form that was asked for"),
        }
    }
}

/// The service.
pub struct Endpoint {
    agent: Agent,
    url: String,
    place: String,
    key: Option<String>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl Endpoint {
    /// The service at an address, with the key of the environment.
    ///
    /// # Errors
    ///
    /// If the address is none, or one to which a text would go in the open.
    #[expect(clippy::disallowed_methods, reason = "the environment is the binary's")]
    pub fn new(url: &str, seconds: u64) -> Result<Endpoint, Problem> {
        let refused = |what: &str, code, remedy: &str| {
            Err(Problem::new(Status::Usage, format!("--propose: {what}"))
                .with_code(code)
                .with_remedy(remedy))
        };
        let example = "give an address such as http://localhost:11434/v1 or https://example.org/v1";
        let parsed: Option<Uri> = url.trim().parse().ok();
        let parts = parsed
            .as_ref()
            .and_then(|uri| Some((uri.scheme_str()?, uri.authority()?, uri)));
        let Some((scheme, authority, uri)) = parts else {
            return refused("this is no address", "propose/address", example);
        };
        if authority.as_str().contains('@') || uri.query().is_some() {
            return refused(
                "an address with a name, a password or a question in it",
                "propose/address",
                "put a key into the environment, SVODKA_PROPOSE_KEY",
            );
        }
        let here = loopback(authority.host());
        match scheme {
            "https" => {}
            "http" if here => {}
            "http" => {
                return refused(
                    "the text would cross the network in the open",
                    "propose/insecure",
                    "use https, or a model on this machine",
                );
            }
            _ => return refused("this is no address of the web", "propose/address", example),
        }
        let config = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(seconds)))
            .http_status_as_error(false)
            .https_only(scheme == "https")
            .max_redirects(0)
            .user_agent(concat!("svodka/", env!("CARGO_PKG_VERSION")));
        // What is meant for this machine goes through nobody else's.
        let config = if here { config.proxy(None) } else { config };
        let path = uri.path().trim_end_matches('/');
        let end = "/chat/completions";
        let path = path.strip_suffix(end).unwrap_or(path);
        let place = format!("{scheme}://{authority}");
        Ok(Endpoint {
            agent: config.build().new_agent(),
            url: format!("{place}{path}{end}"),
            place,
            key: std::env::var(KEY).ok().filter(|key| !key.trim().is_empty()),
        })
    }

    /// Where it is, without its path.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What a model says to a question.
    ///
    /// # Errors
    ///
    /// If no answer came, or none that could be read.
    pub fn ask(&self, model: &str, question: &Question) -> Result<String, Failure> {
        let body = json!({
            "model": model,
            "temperature": 0,
            "stream": false,
            "messages": [
                {"role": "system", "content": question.instructions},
                {"role": "user", "content": question.material},
            ],
        });
        let mut request = self.agent.post(&self.url).content_type("application/json");
        if let Some(key) = &self.key {
            request = request.header("Authorization", format!("Bearer {}", key.trim()));
        }
        let mut response = request.send(body.to_string()).map_err(failure)?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(Failure::Status(status));
        }
        let bytes = response
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec();
        let bytes = bytes.map_err(failure)?;
        let answer: Value = serde_json::from_slice(&bytes).map_err(|_| Failure::NoAnswer)?;
        let said = answer.pointer("/choices/0/message/content");
        let said = said.and_then(Value::as_str).ok_or(Failure::NoAnswer)?;
        Ok(said.to_owned())
    }
}

fn failure(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::Timeout(_) => Failure::Timeout,
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => Failure::Timeout,
        ureq::Error::BodyExceedsLimit(_) => Failure::TooLarge,
        ureq::Error::StatusCode(status) => Failure::Status(status),
        ureq::Error::Protocol(_) => Failure::NoAnswer,
        _ => Failure::Unreachable,
    }
}

/// Whether a host is this machine.
fn loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address: Option<IpAddr> = bare.parse().ok();
    address.map_or_else(
        || bare.eq_ignore_ascii_case("localhost"),
        |address| address.is_loopback(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_in_the_open_to_this_machine_alone() {
        for url in [
            "http://localhost:11434/v1",
            "http://127.0.0.1:8080/v1/",
            "http://[::1]:8080",
            "https://example.org/v1/chat/completions",
        ] {
            let endpoint = Endpoint::new(url, 1).unwrap_or_else(|it| panic!("{url}: {it}"));
            assert!(
                endpoint.url.ends_with("/chat/completions"),
                "{}",
                endpoint.url
            );
            assert_eq!(endpoint.url.matches("completions").count(), 1);
        }
        for (url, code) in [
            ("http://example.org/v1", "propose/insecure"),
            ("http://localhost.example.org/v1", "propose/insecure"),
            ("http://192.168.1.5/v1", "propose/insecure"),
            ("http://0.0.0.0/v1", "propose/insecure"),
            ("http://127.0.0.1@example.org/v1", "propose/address"),
            ("https://me:secret@example.org/v1", "propose/address"),
            ("https://example.org/v1?key=secret", "propose/address"),
            ("ftp://localhost/v1", "propose/address"),
            ("file:///etc/passwd", "propose/address"),
            ("localhost:11434", "propose/address"),
            ("", "propose/address"),
        ] {
            let problem = Endpoint::new(url, 1).map(|it| it.url).expect_err(url);
            assert_eq!(problem.code(), Some(code), "{url}");
            assert!(!problem.to_string().contains("secret"), "{problem}");
        }
    }
}
