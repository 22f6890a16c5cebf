//! Questions in [SPARQL 1.1](https://www.w3.org/TR/sparql11-query/), answered from a project's statements in memory by Oxigraph's evaluator.
//! Nothing can be changed, and nothing off the machine is asked: `SERVICE` is refused.

use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use oxjsonld::JsonLdSerializer;
use oxrdf::{Dataset, GraphNameRef, Quad, QuadRef, Term};
use oxttl::{NTriplesSerializer, TurtleSerializer};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use spareval::{CancellationToken, QueryEvaluationError, QueryEvaluator, QueryResults};
use spargebra::{Query, SparqlParser};

use crate::formats::rdf::{all, invalid, terms::PREFIXES};
use crate::{ExportError, Job};

/// In what form rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer {
    /// Columns for the eye.
    #[default]
    Table,
    /// [SPARQL results in JSON](https://www.w3.org/TR/sparql11-results-json/).
    Json,
    /// [SPARQL results as CSV](https://www.w3.org/TR/sparql11-results-csv-tsv/).
    Csv,
    /// The same with tabs, every value as SPARQL writes it.
    Tsv,
    /// [SPARQL results in XML](https://www.w3.org/TR/rdf-sparql-XMLres/).
    Xml,
}

/// In what form statements are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Syntax {
    /// [Turtle](https://www.w3.org/TR/turtle/).
    #[default]
    Turtle,
    /// [N-Triples](https://www.w3.org/TR/n-triples/).
    NTriples,
    /// [JSON-LD](https://www.w3.org/TR/json-ld11/).
    JsonLd,
}

/// In what forms an answer is written: which of them holds, the question says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forms {
    /// If it asks for rows, or for yes or no.
    pub rows: Answer,
    /// If it constructs or describes.
    pub statements: Syntax,
}

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Rows, or yes or no.
    Results,
    /// Statements.
    Statements,
}

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SparqlError {
    /// It is no question in SPARQL.
    #[error("this is no question in SPARQL: {0}")]
    Question(#[from] spargebra::SparqlSyntaxError),
    /// It cannot be answered.
    #[error("this cannot be answered: {0}")]
    Unanswerable(QueryEvaluationError),
    /// It takes too long.
    #[error("this takes longer than {0} seconds")]
    TooLong(u64),
    /// The claims say too much to be held in memory at once.
    #[error("the claims make more than {0} statements")]
    TooMany(usize),
    /// The claims could not be read, or the answer not be written.
    #[error(transparent)]
    Export(#[from] ExportError),
}

impl From<io::Error> for SparqlError {
    fn from(error: io::Error) -> SparqlError {
        SparqlError::Export(error.into())
    }
}

impl From<QueryEvaluationError> for SparqlError {
    fn from(error: QueryEvaluationError) -> SparqlError {
        SparqlError::Unanswerable(error)
    }
}

/// A project's statements in memory.
pub struct Statements {
    quads: Dataset,
    base: String,
}

impl Statements {
    /// All that a job gives.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or makes more statements than `most`.
    pub fn of(job: &Job<'_>, most: usize) -> Result<Statements, SparqlError> {
        let mut quads = Dataset::new();
        let mut full = false;
        let gathered = all(job, &mut |quad: Quad| {
            quads.insert(&quad);
            full = quads.len() > most;
            match full {
                true => Err(io::Error::other("too many")),
                false => Ok(()),
            }
        });
        if full {
            return Err(SparqlError::TooMany(most));
        }
        gathered?;
        Ok(Statements {
            quads,
            base: job.about.base.clone(),
        })
    }

    /// Answers a question. The prefixes of `docs/rdf.md` are known, and `project:` for the names of this project; the default graph is all
    /// graphs together, unless the question says `FROM`. Gives what the answer is.
    ///
    /// # Errors
    ///
    /// If it is none, cannot be answered, or takes longer than `seconds`.
    pub fn answer(
        &self,
        question: &str,
        forms: Forms,
        seconds: u64,
        out: &mut dyn Write,
    ) -> Result<Answered, SparqlError> {
        let query = self.parsed(question)?;
        let stop = CancellationToken::new();
        let evaluator = QueryEvaluator::new().with_cancellation_token(stop.clone());
        let mut prepared = evaluator.prepare(&query);
        if prepared.dataset().is_default_dataset() {
            prepared.dataset_mut().set_default_graph_as_union();
        }
        let (done, waiting) = mpsc::channel::<()>();
        let answered = std::thread::scope(|scope| {
            scope.spawn(move || {
                let time = Duration::from_secs(seconds);
                if waiting.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
                    stop.cancel();
                }
            });
            let results = prepared.execute(&self.quads);
            let written = results
                .map_err(SparqlError::from)
                .and_then(|results| self.write(results, forms, out));
            drop(done);
            written
        });
        match answered {
            Err(SparqlError::Unanswerable(QueryEvaluationError::Cancelled)) => {
                Err(SparqlError::TooLong(seconds))
            }
            answered => answered,
        }
    }

    fn parsed(&self, question: &str) -> Result<Query, SparqlError> {
        let mut parser = SparqlParser::new();
        let prefixes = PREFIXES
            .into_iter()
            .chain([("project", self.base.as_str())]);
        for (prefix, iri) in prefixes {
            parser = parser.with_prefix(prefix, iri).map_err(invalid)?;
        }
        Ok(parser.parse_query(question)?)
    }

    fn write(
        &self,
        results: QueryResults<'_>,
        forms: Forms,
        out: &mut dyn Write,
    ) -> Result<Answered, SparqlError> {
        let form = forms.rows;
        let format = match form {
            Answer::Json => QueryResultsFormat::Json,
            Answer::Xml => QueryResultsFormat::Xml,
            Answer::Tsv => QueryResultsFormat::Tsv,
            Answer::Csv | Answer::Table => QueryResultsFormat::Csv,
        };
        let serializer = QueryResultsSerializer::from_format(format);
        match results {
            QueryResults::Boolean(so) if matches!(form, Answer::Json | Answer::Xml) => {
                serializer.serialize_boolean_to_writer(&mut *out, so)?;
                writeln!(out)?;
            }
            QueryResults::Boolean(so) => writeln!(out, "{}", if so { "yes" } else { "no" })?,
            QueryResults::Solutions(solutions) if form == Answer::Table => {
                let variables = solutions.variables().to_vec();
                let mut rows = Vec::new();
                for solution in solutions {
                    let solution = solution?;
                    let cells = variables.iter().map(|variable| solution.get(variable));
                    rows.push(cells.map(|cell| self.cell(cell)).collect());
                }
                let head = variables.iter().map(|it| it.as_str().to_owned()).collect();
                out.write_all(columns(head, &rows).as_bytes())?;
            }
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().to_vec();
                let mut writer = serializer.serialize_solutions_to_writer(&mut *out, variables)?;
                for solution in solutions {
                    writer.serialize(&solution?)?;
                }
                writer.finish()?;
                if matches!(form, Answer::Json | Answer::Xml) {
                    writeln!(out)?;
                }
            }
            QueryResults::Graph(triples) => {
                match forms.statements {
                    Syntax::Turtle => {
                        let mut serializer = TurtleSerializer::new();
                        for (prefix, iri) in PREFIXES {
                            serializer = serializer.with_prefix(prefix, iri).map_err(invalid)?;
                        }
                        let mut writer = serializer.for_writer(&mut *out);
                        for triple in triples {
                            writer.serialize_triple(&triple?)?;
                        }
                        writer.finish()?;
                    }
                    Syntax::NTriples => {
                        let mut writer = NTriplesSerializer::new().for_writer(&mut *out);
                        for triple in triples {
                            writer.serialize_triple(&triple?)?;
                        }
                        let _ = writer.finish();
                    }
                    Syntax::JsonLd => {
                        let mut serializer = JsonLdSerializer::new();
                        for (prefix, iri) in PREFIXES {
                            serializer = serializer.with_prefix(prefix, iri).map_err(invalid)?;
                        }
                        let mut writer = serializer.for_writer(&mut *out);
                        for triple in triples {
                            let triple = triple?;
                            let quad = QuadRef::new(
                                &triple.subject,
                                &triple.predicate,
                                &triple.object,
                                GraphNameRef::DefaultGraph,
                            );
                            writer.serialize_quad(quad)?;
                        }
                        writer.finish()?;
                        writeln!(out)?;
                    }
                }
                return Ok(Answered::Statements);
            }
        }
        Ok(Answered::Results)
    }

    /// A value for the eye: names with their prefixes, words without marks.
    fn cell(&self, term: Option<&Term>) -> String {
        match term {
            None => "—".to_owned(),
            Some(Term::NamedNode(node)) => {
                let prefixes = PREFIXES
                    .into_iter()
                    .chain([("project", self.base.as_str())]);
                let iri = node.as_str();
                let short = prefixes
                    .filter_map(|(prefix, start)| {
                        Some(format!("{prefix}:{}", iri.strip_prefix(start)?))
                    })
                    .min_by_key(String::len);
                // A name with a prefix ends at a slash.
                let short = short.filter(|short| !short.contains('/'));
                short.unwrap_or_else(|| format!("<{iri}>"))
            }
            Some(Term::Literal(words)) => {
                let words: Vec<&str> = words.value().split_whitespace().collect();
                words.join(" ")
            }
            Some(other) => other.to_string(),
        }
    }
}

/// A cell longer than this goes on into the next line of its own only at the end of a row.
const WIDEST: usize = 60;

/// Rows in columns, with a head and how many there are.
fn columns(head: Vec<String>, rows: &[Vec<String>]) -> String {
    let width = |at: usize| {
        let cells = rows
            .iter()
            .filter_map(|row| row.get(at))
            .chain(head.get(at));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
            .min(WIDEST)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let mut page = line(&head);
    for row in rows {
        page += &line(row);
    }
    let rows = rows.len();
    page + &format!("\n{rows} row{}\n", if rows == 1 { "" } else { "s" })
}
