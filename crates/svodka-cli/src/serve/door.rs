//! Who is let in. On this machine alone it is its owner; from others, those who have an account and know their password.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use svodka::store::Audience;
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use super::accounts::{Accounts, User, random};
use super::ask::Json;
use super::failure::{Failure, Wrong};
use super::listen::Peer;
use super::moment::locked;
use super::who::{Role, Who};
use crate::problem::Problem;

/// How many seconds somebody stays in.
const STAY: i64 = 12 * 3600;

/// How many wrong passwords are taken within [`WHILE`] for a name, and from an address.
const TRIES: usize = 5;

/// Seconds.
const WHILE: i64 = 300;

/// The cookie.
const COOKIE: &str = "svodka";

/// What a browser must send back with every change (CSRF).
const TOKEN: &str = "x-svodka-token";

/// Who is let in.
#[derive(Debug, Clone)]
pub enum Door {
    /// Only this machine can knock: whoever does is the owner, under this name.
    Own(String),
    /// Whoever has an account.
    Accounts(Arc<Gate>),
}

/// Those who have an account, those who are in, and those who tried.
#[derive(Debug)]
pub struct Gate {
    project: PathBuf,
    /// Whether this program encrypts by itself.
    encrypted: bool,
    inside: Mutex<BTreeMap<String, Inside>>,
    tries: Mutex<BTreeMap<String, Vec<i64>>>,
    /// Digests of passwords cost memory: two at a time.
    turns: Semaphore,
    /// Who saw and changed what.
    audit: Mutex<File>,
    /// What somebody without an account is held against, so that the time taken does not tell.
    nobody: User,
}

/// Somebody who is in.
#[derive(Debug, Clone)]
struct Inside {
    name: String,
    since: i64,
    token: String,
}

impl Gate {
    /// The gate of a project.
    pub fn new(project: &Path, encrypted: bool) -> Result<Gate, Problem> {
        let path = PathBuf::from(format!("{}-audit", project.display()));
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let audit = options
            .open(&path)
            .map_err(|error| Problem::unreadable(&path, &error))?;
        Ok(Gate {
            project: project.to_path_buf(),
            encrypted,
            inside: Mutex::default(),
            tries: Mutex::default(),
            turns: Semaphore::new(2),
            audit: Mutex::new(audit),
            nobody: User {
                name: String::new(),
                role: Role::Reader,
                password: super::accounts::digest(&random(16)?)?,
            },
        })
    }

    /// Who holds a cookie, and the token that goes with it. Accounts are read anew each time: who was removed is out at once.
    fn holder(&self, headers: &HeaderMap) -> Option<(User, String)> {
        let cookies = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let mut cookies = cookies
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let (_, cookie) = cookies.find(|(name, _)| *name == COOKIE)?;
        let inside = locked(&self.inside)
            .get(&svodka::sha256(cookie.as_bytes()))
            .cloned()?;
        if Timestamp::now().as_second() - inside.since > STAY {
            return None;
        }
        let accounts = Accounts::read(&self.project).ok()?;
        Some((accounts.find(&inside.name)?.clone(), inside.token))
    }

    /// Refuses those who tried too often.
    fn may_try(&self, keys: &[String]) -> Result<(), Failure> {
        let now = Timestamp::now().as_second();
        let mut tries = locked(&self.tries);
        tries.retain(|_, at| {
            at.retain(|at| now - at < WHILE);
            !at.is_empty()
        });
        if keys
            .iter()
            .any(|key| tries.get(key).is_some_and(|at| at.len() >= TRIES))
        {
            let what = "too many wrong passwords";
            return Err(
                Failure::new(StatusCode::TOO_MANY_REQUESTS, "too-many", what)
                    .with_remedy("wait five minutes"),
            );
        }
        for key in keys {
            tries.entry(key.clone()).or_default().push(now);
        }
        Ok(())
    }

    /// Notes down who asked for what, and what came of it.
    fn note(&self, name: &str, method: &Method, path: &str, status: StatusCode) {
        let line = serde_json::json!({"at": crate::project::now(), "who": name, "method": method.as_str(), "path": path, "status": status.as_u16()});
        // What cannot be noted is answered all the same: a full disk must not lock everybody out.
        let _ = writeln!(locked(&self.audit), "{line}");
    }
}

/// What somebody may see: unshielded is only what an owner asks at this machine itself.
fn audience(role: Role, peer: Option<IpAddr>, headers: &HeaderMap) -> Audience {
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"]
        .iter()
        .any(|name| headers.contains_key(*name));
    let here = peer.is_some_and(|peer| peer.is_loopback()) && !forwarded;
    if role == Role::Owner && here {
        Audience::Owner
    } else {
        Audience::Others
    }
}

/// Says who it is that asks, or lets them not in.
pub async fn door(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let gate = match &door {
        Door::Own(name) => {
            request.extensions_mut().insert(Who {
                name: name.clone(),
                role: Role::Owner,
                audience: Audience::Owner,
            });
            request.extensions_mut().insert(door);
            return next.run(request).await;
        }
        Door::Accounts(gate) => Arc::clone(gate),
    };
    let path = request
        .uri()
        .path_and_query()
        .map_or_else(String::new, ToString::to_string);
    let method = request.method().clone();
    let peer = request
        .extensions()
        .get::<ConnectInfo<Peer>>()
        .map(|info| info.0.0.ip());
    request.extensions_mut().insert(door);
    let holder = gate.holder(request.headers());
    let mut name = holder
        .as_ref()
        .map_or_else(String::new, |(user, _)| user.name.clone());
    let response = match holder {
        // Who wants in cannot be in.
        _ if request.uri().path() == "/api/session" && method == Method::POST => {
            next.run(request).await
        }
        None => Failure::new(StatusCode::UNAUTHORIZED, "who", "nobody is signed in")
            .with_remedy("sign in")
            .into_response(),
        Some((user, token)) => {
            let asks = matches!(method, Method::GET | Method::HEAD);
            let sent = request
                .headers()
                .get(TOKEN)
                .and_then(|sent| sent.to_str().ok());
            if !asks && sent != Some(token.as_str()) {
                Failure::new(
                    StatusCode::FORBIDDEN,
                    "token",
                    "this does not come from the page that was signed in on",
                )
                .with_remedy(format!("send the token of /api/session as {TOKEN}"))
                .into_response()
            } else {
                let audience = audience(user.role, peer, request.headers());
                request.extensions_mut().insert(Who {
                    name: user.name,
                    role: user.role,
                    audience,
                });
                next.run(request).await
            }
        }
    };
    if let Some(SignedIn(who)) = response.extensions().get() {
        name.clone_from(who);
    }
    gate.note(&name, &method, &path, response.status());
    response
}

/// Goes with the answer to somebody who has just signed in.
#[derive(Debug, Clone)]
struct SignedIn(String);

/// Who signs in.
#[derive(Deserialize, ToSchema)]
pub struct SignIn {
    /// The name of the account.
    pub name: String,
    /// Its password.
    pub password: String,
}

/// Who is in.
#[derive(Serialize, ToSchema)]
pub struct Session {
    /// By what name the log knows them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether there are accounts: if not, nobody signs in or out.
    pub accounts: bool,
    /// To be sent as `x-svodka-token` with every request that is no GET; empty without accounts.
    pub token: String,
    /// How many bytes can be sent at once.
    pub upload: usize,
}

fn cookie(value: &str, seconds: i64, encrypted: bool, headers: &HeaderMap) -> String {
    let encrypted = encrypted
        || headers
            .get("x-forwarded-proto")
            .is_some_and(|scheme| scheme == "https");
    let secure = if encrypted { "; Secure" } else { "" };
    format!("{COOKIE}={value}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}")
}

/// Signs in. Five wrong passwords close the door for that name and that address for five minutes.
#[utoipa::path(post, path = "/api/session", tag = "session", request_body = SignIn,
    responses((status = 200, body = Session), (status = 401, body = Wrong), (status = 429, body = Wrong)))]
pub async fn sign_in(
    axum::Extension(door): axum::Extension<Door>,
    peer: Option<axum::Extension<ConnectInfo<Peer>>>,
    headers: HeaderMap,
    Json(asked): Json<SignIn>,
) -> Result<Response, Failure> {
    let Door::Accounts(gate) = door else {
        return Err(Failure::wrong(
            "there are no accounts here: nobody need sign in",
        ));
    };
    let address = peer.map_or_else(String::new, |info| info.0.0.0.ip().to_string());
    let keys = [format!("name {}", asked.name), format!("address {address}")];
    gate.may_try(&keys)?;
    let _turn = gate.turns.acquire().await.map_err(|_| Failure::broken())?;
    let user = Accounts::read(&gate.project)?.find(&asked.name).cloned();
    let held = user.clone().unwrap_or_else(|| gate.nobody.clone());
    let password = asked.password;
    let knows = tokio::task::spawn_blocking(move || held.knows(&password)).await;
    let knows = knows.map_err(|_| Failure::broken())?;
    let Some(user) = user.filter(|_| knows) else {
        return Err(Failure::new(
            StatusCode::UNAUTHORIZED,
            "who",
            "name or password is wrong",
        ));
    };
    let mut tries = locked(&gate.tries);
    for key in &keys {
        tries.remove(key);
    }
    drop(tries);
    let (secret, token) = (random(32)?, random(32)?);
    let now = Timestamp::now().as_second();
    let mut inside = locked(&gate.inside);
    inside.retain(|_, it| now - it.since <= STAY);
    // Only its digest is kept: who sees this program's memory dumped cannot come in with it.
    inside.insert(
        svodka::sha256(secret.as_bytes()),
        Inside {
            name: user.name.clone(),
            since: now,
            token: token.clone(),
        },
    );
    drop(inside);
    let session = Session {
        name: user.name,
        role: user.role,
        accounts: true,
        token,
        upload: super::UPLOAD,
    };
    let signed_in = SignedIn(session.name.clone());
    let mut response = Json(session).into_response();
    response.extensions_mut().insert(signed_in);
    set(
        &mut response,
        &cookie(&secret, STAY, gate.encrypted, &headers),
    );
    Ok(response)
}

fn set(response: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/session", tag = "session", responses((status = 200, body = Session), (status = 401, body = Wrong)))]
pub async fn session(
    axum::Extension(door): axum::Extension<Door>,
    who: Who,
    headers: HeaderMap,
) -> Result<Json<Session>, Failure> {
    let token = match &door {
        Door::Own(_) => String::new(),
        Door::Accounts(gate) => gate
            .holder(&headers)
            .map(|(_, token)| token)
            .unwrap_or_default(),
    };
    Ok(Json(Session {
        name: who.name,
        role: who.role,
        accounts: matches!(door, Door::Accounts(_)),
        token,
        upload: super::UPLOAD,
    }))
}

/// Signs out.
#[utoipa::path(delete, path = "/api/session", tag = "session", responses((status = 204), (status = 401, body = Wrong), (status = 403, body = Wrong)))]
pub async fn sign_out(
    axum::Extension(door): axum::Extension<Door>,
    _who: Who,
    headers: HeaderMap,
) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Door::Accounts(gate) = &door {
        if let Some((_, token)) = gate.holder(&headers) {
            locked(&gate.inside).retain(|_, it| it.token != token);
        }
        let gone = cookie("", 0, gate.encrypted, &headers);
        set(&mut response, &gone);
    }
    response
}
