//! `svodka serve`: the workbench in a browser. The only HTTP.

mod accounts;
mod acts;
mod agreement;
mod answers;
mod app;
mod ask;
mod claims;
mod compare;
mod door;
mod events;
mod exports;
mod failure;
mod guard;
mod inside;
mod ipif;
mod layout;
mod listen;
mod map;
mod moment;
mod once;
mod packs;
mod page;
mod pen;
mod pictures;
mod project;
mod reports;
mod same;
mod shape;
mod sparql;
mod stats;
mod things;
mod trial;
mod uploads;
mod who;

use std::future::IntoFuture;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware;
use axum::routing::get;
use clap::Args;
use svodka::store::Audience;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::args::Means;
use crate::output::{Output, Sink};
use crate::problem::{Problem, Status};
use answers::{Run, answers};
use app::App;
use door::{Door, Gate};
use guard::{Names, guard};
use listen::{Encrypted, Peer};

pub use accounts::{Accounts, User, digest};
pub use inside::{Inside, Row};
pub use page::PAGE;
pub use who::Role;

/// How many bytes can be sent at once: files, with what is around them.
const UPLOAD: usize = 300 << 20;

/// How many bytes anything else can have that is sent.
const BODY: usize = 1 << 20;

/// How long those who are being answered have when the program is to end.
const GRACE: Duration = Duration::from_secs(2);

/// `svodka serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// The project to serve
    #[arg(value_name = "FILE", required_unless_present = "openapi")]
    pub project: Option<PathBuf>,
    /// On which port; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 7700)]
    pub port: u16,
    /// On which address, such as 192.168.1.5; beyond this machine itself everybody needs an account (`svodka user add`)
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::from(Ipv4Addr::LOCALHOST))]
    pub listen: IpAddr,
    /// Another name under which it is asked, such as that of a reverse proxy; can be given again
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Let nobody in without an account, also at this machine itself: for use behind a reverse proxy
    #[arg(long)]
    pub accounts: bool,
    /// Encrypt with this certificate, a PEM file with its chain; without it, put a reverse proxy before it
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// The private key of the certificate, a PEM file
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
    /// By what name the log knows you [default: the name you are logged in by]
    #[arg(long, value_name = "NAME", env = "SVODKA_AUTHOR")]
    pub author: Option<String>,
    /// Print the OpenAPI document of the interface and end
    #[arg(long)]
    pub openapi: bool,
    /// Model and pack, for reports that are added.
    #[command(flatten)]
    pub means: Means,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Svodka",
        description = "What the workbench asks of a project. Places in a text count Unicode code points, half open. Everything is what reports claim, \
                       never what is known to be true. Every refusal has the form `Wrong`: a code for programs, what went wrong, and what to do about it."
    ),
    components(schemas(failure::Wrong))
)]
struct Document;

/// All paths, with their description.
fn api() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(project::project))
        .routes(routes!(reports::reports))
        .routes(routes!(reports::report))
        .routes(routes!(things::things))
        .routes(routes!(things::thing))
        .routes(routes!(same::same))
        .routes(routes!(compare::compare))
        .routes(routes!(agreement::contradictions))
        .routes(routes!(agreement::support))
        .routes(routes!(agreement::supports))
        .routes(routes!(claims::claims))
        .routes(routes!(claims::claims_csv))
        .routes(routes!(claims::facets))
        .routes(routes!(reports::search))
        .routes(routes!(claims::review))
        .routes(routes!(pictures::network))
        .routes(routes!(pictures::timeline))
        .routes(routes!(map::map))
        .routes(routes!(stats::stats))
        .routes(routes!(project::log))
        .routes(routes!(project::policy, acts::set_policy))
        .routes(routes!(acts::except))
        .routes(routes!(acts::decide))
        .routes(routes!(acts::by_hand))
        .routes(routes!(acts::relate))
        .routes(routes!(acts::undo))
        .routes(routes!(project::backup))
        .routes(routes!(exports::formats))
        .routes(routes!(exports::export))
        .routes(routes!(events::events))
        .routes(routes!(packs::explain))
        .routes(routes!(packs::packs, packs::save))
        .routes(routes!(packs::kinds))
        .routes(routes!(trial::try_on_all))
        .routes(routes!(packs::pack_file))
        .routes(routes!(packs::try_sentence))
        .routes(routes!(sparql::sparql, sparql::sparql_sent))
        .routes(routes!(door::session, door::sign_in, door::sign_out))
        .layer(DefaultBodyLimit::max(BODY))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(uploads::add))
                .layer(DefaultBodyLimit::max(UPLOAD)),
        )
}

/// The interface's description.
fn document() -> String {
    let (_, mut document) = api().split_for_parts();
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document.to_pretty_json().unwrap_or_default() + "\n"
}

/// Everything that is answered.
fn router(app: Arc<App>, door: Door, names: Names, run: Run) -> Router {
    let described = document();
    let (router, _) = api().split_for_parts();
    router
        .merge(ipif::routes())
        .with_state(Arc::clone(&app))
        .route(
            "/api/openapi.json",
            get(|| async move { ([(header::CONTENT_TYPE, "application/json")], described) }),
        )
        .layer(middleware::from_fn_with_state((app, run), answers))
        .layer(middleware::from_fn_with_state(door, door::door))
        .fallback(page::page)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn_with_state(names, guard))
}

/// Serves until it is interrupted.
pub fn run(arguments: &Serve) -> Result<u8, Problem> {
    let mut output = Output::new(Sink::Plain);
    let Some(project) = arguments.project.as_ref().filter(|_| !arguments.openapi) else {
        output.write(&document())?;
        output.finish()?;
        return Ok(0);
    };
    let app = Arc::new(App::open(project, &arguments.means)?);
    let run = Run(format!("{:x}", std::process::id()));
    let encrypted = arguments.tls_cert.is_some();
    let door = door(arguments, project, encrypted)?;
    let audience = match &door {
        Door::Own(_) => Audience::Owner,
        Door::Accounts(_) => Audience::Others,
    };
    let mut names: Vec<String> = arguments
        .host
        .iter()
        .map(|name| name.to_ascii_lowercase())
        .collect();
    names.extend((!arguments.listen.is_unspecified()).then(|| bracketed(arguments.listen)));
    let names = Names(Arc::new(names));
    let router = router(Arc::clone(&app), door, names, run);
    let address = SocketAddr::from((arguments.listen, arguments.port));
    let failed = |error: std::io::Error| {
        Problem::new(
            Status::Output,
            format!("{address} cannot be listened on: {error}"),
        )
        .with_remedy("choose another with --port, or 0 for any that is free")
    };
    let acceptor = match (&arguments.tls_cert, &arguments.tls_key) {
        (Some(certificate), Some(key)) => Some(listen::acceptor(certificate, key)?),
        _ => None,
    };
    let runtime = tokio::runtime::Runtime::new().map_err(failed)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(failed)?;
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{}", listener.local_addr().map_err(failed)?);
        output.write(&format!("Open {url} in a browser; Ctrl-C ends it.\n"))?;
        output.finish()?;
        if arguments.open {
            open(&url);
        }
        tokio::spawn(Arc::clone(&app).warm(audience));
        let watching = tokio::spawn(Arc::clone(&app).watch());
        let (ended, ending) = tokio::sync::oneshot::channel::<()>();
        // Whether it is told or nobody is left to tell it.
        let ended_or_left = async {
            let _ = ending.await;
        };
        let service = router.into_make_service_with_connect_info::<Peer>();
        let serving = match acceptor {
            Some(acceptor) => {
                let listener = Encrypted::new(listener, acceptor).map_err(failed)?;
                let serving = axum::serve(listener, service);
                tokio::spawn(serving.with_graceful_shutdown(ended_or_left).into_future())
            }
            None => {
                let serving = axum::serve(listener, service);
                tokio::spawn(serving.with_graceful_shutdown(ended_or_left).into_future())
            }
        };
        let interrupted = tokio::signal::ctrl_c().await;
        interrupted.map_err(failed)?;
        watching.abort();
        // It may have ended by itself.
        let _ = ended.send(());
        // Those who listen for changes never hang up by themselves.
        let _ = tokio::time::timeout(GRACE, serving).await;
        Ok::<(), Problem>(())
    })?;
    runtime.shutdown_timeout(GRACE);
    if let Some(app) = Arc::into_inner(app) {
        app.leave();
    }
    Ok(0)
}

/// Who is let in. Beyond this machine nobody without an account, and not before there is an owner.
fn door(arguments: &Serve, project: &Path, encrypted: bool) -> Result<Door, Problem> {
    if arguments.listen.is_loopback() && !arguments.accounts {
        let author = arguments.author.clone();
        return Ok(Door::Own(author.unwrap_or_else(crate::project::login)));
    }
    let accounts = Accounts::read(project)?;
    if !accounts.users.iter().any(|user| user.role == Role::Owner) {
        let what = "no owner has an account, and nobody comes in without one";
        return Err(Problem::new(Status::Usage, what)
            .with_remedy("`svodka user add NAME --role owner` gives one; without --listen and --accounts it is served to this machine alone"));
    }
    Ok(Door::Accounts(Arc::new(Gate::new(project, encrypted)?)))
}

/// An address as it stands in a URL.
fn bracketed(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// Opens an address in the browser, if the system knows how.
fn open(url: &str) {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    // The address is printed anyway.
    let _ = std::process::Command::new(program)
        .args(before)
        .arg(url)
        .spawn();
}
