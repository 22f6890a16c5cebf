//! Questions in SPARQL over HTTP, as the [protocol](https://www.w3.org/TR/sparql11-protocol/) has them: to ask, never to change.

use std::io::{self, Write};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use headers_accept::Accept;
use mediatype::MediaType;
use serde::Deserialize;
use svodka::store::{Audience, ClaimFilter};
use svodka::views::{Answer, Answered, ExportError, Forms, SparqlError, Syntax};
use utoipa::IntoParams;

use super::app::{App, Asked};
use super::ask::Query;
use super::failure::{Failure, Wrong};
use super::who::Who;
use crate::problem::Problem;
use crate::project::{Eyes, sparql_failed, statements};

/// More statements are not held in memory.
const MOST: usize = 3_000_000;

/// How many seconds an answer may take.
const SECONDS: u64 = 30;

/// In what forms rows can be had; whoever does not say gets the first.
const ROWS: [(&str, Answer); 4] = [
    ("application/sparql-results+json", Answer::Json),
    ("application/sparql-results+xml", Answer::Xml),
    ("text/csv; charset=utf-8", Answer::Csv),
    ("text/tab-separated-values; charset=utf-8", Answer::Tsv),
];

/// The same for statements.
const STATEMENTS: [(&str, Syntax); 3] = [
    ("text/turtle; charset=utf-8", Syntax::Turtle),
    ("application/n-triples", Syntax::NTriples),
    ("application/ld+json", Syntax::JsonLd),
];

/// How many bytes it may have.
const LARGEST: usize = 32 << 20;

/// An answer in memory, up to [`LARGEST`] bytes.
#[derive(Default)]
struct Body(Vec<u8>);

impl Write for Body {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A question.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SparqlQuery {
    /// SELECT, ASK, CONSTRUCT or DESCRIBE.
    query: String,
    /// Not known here: name graphs with FROM in the question.
    #[serde(rename = "default-graph-uri")]
    default_graph: Option<String>,
    /// Not known here either: FROM NAMED.
    #[serde(rename = "named-graph-uri")]
    named_graph: Option<String>,
}

impl SparqlQuery {
    /// The question, if it can be asked so.
    fn question(self) -> Result<String, Failure> {
        if self.default_graph.is_some() || self.named_graph.is_some() {
            let what = "graphs are not chosen by the address";
            return Err(
                Failure::wrong(what).with_remedy("write FROM or FROM NAMED in the question")
            );
        }
        Ok(self.query)
    }
}

/// Answers a question in SPARQL about the project's statements. Results are JSON, XML, CSV or TSV, statements are Turtle, N-Triples or JSON-LD, as
/// `Accept` has it; the first of each if it says nothing.
#[utoipa::path(get, path = "/sparql", tag = "sparql", params(SparqlQuery),
    responses((status = 200, body = String, content_type = "application/sparql-results+json"), (status = 422, body = Wrong)))]
pub async fn sparql(
    State(app): State<Arc<App>>,
    who: Who,
    headers: HeaderMap,
    Query(question): Query<SparqlQuery>,
) -> Result<impl IntoResponse, Failure> {
    answer(app, who, &headers, question.question()?).await
}

/// The same; the question is the body.
#[utoipa::path(post, path = "/sparql", tag = "sparql", request_body(content = String, content_type = "application/sparql-query"),
    responses((status = 200, body = String, content_type = "application/sparql-results+json"), (status = 422, body = Wrong)))]
pub async fn sparql_sent(
    State(app): State<Arc<App>>,
    who: Who,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Failure> {
    let question = String::from_utf8(body.to_vec());
    let question = question.map_err(|_| Failure::wrong("the question is not UTF-8"))?;
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
        let form: Result<SparqlQuery, _> = serde_urlencoded::from_str(&question);
        let form = form.map_err(|_| Failure::wrong("the form has no 'query'"))?;
        return answer(app, who, &headers, form.question()?).await;
    }
    answer(app, who, &headers, question).await
}

async fn answer(
    app: Arc<App>,
    who: Who,
    headers: &HeaderMap,
    question: String,
) -> Result<impl IntoResponse + use<>, Failure> {
    let wanted = headers
        .get(header::ACCEPT)
        .and_then(|wanted| Accept::try_from(wanted).ok());
    let (rows_kind, rows) = preferred(wanted.as_ref(), &ROWS);
    let (statements_kind, statements) = preferred(wanted.as_ref(), &STATEMENTS);
    let forms = Forms { rows, statements };
    let (answered, body) = app
        .ask_longest(&who, move |asked| {
            let mut body = Body::default();
            let statements = kept(&asked)?;
            let answered = statements.answer(&question, forms, SECONDS, &mut body);
            match answered {
                Ok(answered) => Ok((answered, body.0)),
                // Nothing else can go wrong with writing into memory.
                Err(SparqlError::Export(ExportError::Write(_))) => {
                    let what = format!("the answer has more than {} MB", LARGEST >> 20);
                    Err(
                        Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "sparql/too-large", what)
                            .with_remedy("ask for less, or with LIMIT and OFFSET piece by piece"),
                    )
                }
                Err(error) => Err(refused(&sparql_failed(&error))),
            }
        })
        .await?;
    let kind = match answered {
        Answered::Statements => statements_kind,
        Answered::Results => rows_kind,
    };
    Ok(([(header::CONTENT_TYPE, kind)], body))
}

/// The form that `Accept` asks for before others; the first if it asks for none of them.
fn preferred<F: Copy>(wanted: Option<&Accept>, forms: &[(&'static str, F)]) -> (&'static str, F) {
    // What is said of a form besides its kind is not chosen by.
    let kind = |(kind, _): &(&'static str, F)| {
        kind.split(';')
            .next()
            .and_then(|kind| MediaType::parse(kind).ok())
    };
    let kinds: Vec<MediaType<'_>> = forms.iter().filter_map(kind).collect();
    let chosen = wanted.and_then(|wanted| wanted.negotiate(&kinds));
    let found = forms
        .iter()
        .find(|form| chosen.is_some() && kind(form).as_ref() == chosen);
    found.copied().unwrap_or(forms[0])
}

/// The statements of this moment of the project: made when they are first asked for.
fn kept(asked: &Asked<'_>) -> Result<Arc<svodka::views::Statements>, Failure> {
    asked.statements(|reader, audience| {
        let eyes = Eyes {
            owner: audience == Audience::Owner,
        };
        statements(reader, &ClaimFilter::default(), &eyes, MOST)
            .map_err(|problem| refused(&problem))
    })
}

fn refused(problem: &Problem) -> Failure {
    let code = problem.code().unwrap_or("sparql/failed");
    Failure::new(StatusCode::UNPROCESSABLE_ENTITY, code, problem.what())
        .with_remedy(problem.remedy().unwrap_or_default())
}
