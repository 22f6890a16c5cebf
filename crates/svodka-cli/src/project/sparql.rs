//! `svodka sparql`: questions in SPARQL.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use svodka::Wanted;
use svodka::store::{ClaimFilter, Reader};
use svodka::views::{Answer, ExportError, Forms, Job, SparqlError, Statements};

use super::args::{Eyes, Filters, Form, Which};
use super::export::{Pack, about};
use super::{problem, reader};
use crate::problem::{Problem, Status};

/// What the help says at its end.
pub const EXAMPLES: &str = "\
The statements are those of `svodka export nquads`: a graph for each report, and no claim as a fact. docs/rdf.md says what they are, \
docs/sparql.md has ten questions to begin with. The prefixes crm, crminf, oa, rdf, rdfs, skos, svodka, xsd and project (the names of \
this project) are known. Names of people who may be alive are replaced by numbers unless --owner is given.

Examples:
  svodka sparql 'SELECT ?name WHERE { ?p a crm:E21_Person ; rdfs:label ?name }'
  svodka sparql --project strikes.svodka -f who-was-present.rq --csv
  svodka sparql strikes.svodka 'ASK { ?claim crm:P2_has_type <urn:svodka:terms:kind/strike> }'";

/// More statements are not held in memory: they need two gigabytes.
const MOST: usize = 6_000_000;

/// `svodka sparql`
#[derive(Debug, Args)]
pub struct Sparql {
    /// The question; before it the project's file, if you like
    #[arg(value_name = "[FILE] QUERY", num_args = 1..=2, required_unless_present = "file", conflicts_with = "file")]
    pub words: Vec<String>,
    /// A file that holds the question
    #[arg(short, long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// How long the answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub seconds: u64,
    /// In what form; what a question constructs is Turtle.
    #[command(flatten)]
    pub form: Form,
    /// Which claims make the statements.
    #[command(flatten)]
    pub filters: Filters,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// Answers.
pub fn run(arguments: &Sparql) -> Result<u8, Problem> {
    let (project, question) = match (&arguments.file, arguments.words.as_slice()) {
        (Some(file), _) => {
            let question = fs::read_to_string(file);
            (
                None,
                question.map_err(|error| Problem::unreadable(file, &error))?,
            )
        }
        (None, [project, question]) => (Some(PathBuf::from(project)), question.clone()),
        (None, words) => (None, words.concat()),
    };
    let which = Which {
        project: project.or_else(|| arguments.which.project.clone()),
    };
    let reader = reader(&which, &arguments.eyes, true)?;
    let rows = match (arguments.form.json, arguments.form.csv) {
        (true, _) => Answer::Json,
        (_, true) => Answer::Csv,
        _ => Answer::Table,
    };
    let forms = Forms {
        rows,
        ..Forms::default()
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    statements(&reader, &arguments.filters.filter(), &arguments.eyes, MOST)?
        .answer(&question, forms, arguments.seconds, &mut out)
        .map_err(|error| failed(&error))?;
    out.flush().map_err(|error| Problem::unwritable(&error))?;
    Ok(0)
}

/// The statements that the claims that fit make; not more than `most`.
pub fn statements(
    reader: &Reader,
    filter: &ClaimFilter,
    eyes: &Eyes,
    most: usize,
) -> Result<Statements, Problem> {
    let about = about(reader, eyes, None)?;
    let job = Job {
        source: &Wanted { reader, filter },
        telling: &Pack::read()?,
        about: &about,
    };
    Statements::of(&job, most).map_err(|error| failed(&error))
}

/// Why there is no answer, and what to do about it.
pub fn failed(error: &SparqlError) -> Problem {
    let told = |status, code, remedy: &str| {
        Problem::new(status, error.to_string())
            .with_code(code)
            .with_remedy(remedy)
    };
    match error {
        SparqlError::Question(_) => told(
            Status::Usage,
            "sparql/question",
            "only SELECT, ASK, CONSTRUCT and DESCRIBE are answered; docs/sparql.md has ten questions to begin with",
        ),
        SparqlError::Unanswerable(_) => told(
            Status::Usage,
            "sparql/unanswerable",
            "ask only of what is in the project: nothing off this machine is asked",
        ),
        SparqlError::TooLong(_) => told(
            Status::Data,
            "sparql/too-long",
            "ask for less, choose fewer claims (--kind, --from, --to, --about), or give more time with --seconds",
        ),
        SparqlError::TooMany(_) => told(
            Status::Data,
            "sparql/too-many",
            "choose fewer claims (--kind, --from, --to, --about), or load `svodka export nquads` into a triple store",
        ),
        SparqlError::Export(ExportError::Source(error)) => match error.downcast_ref() {
            Some(error) => problem(error),
            None => Problem::new(Status::Data, error.to_string()),
        },
        SparqlError::Export(ExportError::Write(error)) => Problem::unwritable(error),
    }
}
