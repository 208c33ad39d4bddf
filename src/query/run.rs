//! Runs a query on a store, within limits.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use oxigraph::model::Triple;
use oxigraph::sparql::{CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, SparqlEvaluator};

use super::advice;
use super::table::Table;
use crate::diag::{Error, Result};
use crate::graph::{Store, vocab};

/// What a query may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time, after which the query is given up.
    pub time: Duration,
    /// Rows, after which the answer is cut off.
    pub rows: usize,
}

impl Default for Limits {
    /// 30 seconds, a million rows.
    fn default() -> Self {
        Self { time: Duration::from_secs(30), rows: 1_000_000 }
    }
}

/// What a query gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Of SELECT.
    Table(Table),
    /// Of ASK.
    Boolean(bool),
    /// Of CONSTRUCT and DESCRIBE: triples, sorted, each once.
    Graph(Vec<Triple>),
}

/// Runs a SPARQL 1.1 query. The default graph is the union of all graphs unless the query says otherwise with `FROM`; the prefixes of
/// [`vocab::PREFIXES`] need not be declared. Nothing is fetched from the network.
///
/// # Errors
///
/// A query that is not SPARQL 1.1 (the message says where) or that changes data, or one that takes longer than it may, see [`overrun`].
pub fn run(store: &Store, sparql: &str, limits: &Limits) -> Result<Answer> {
    let trouble = |why: String| Error::invalid("query", first_line(sparql), why);
    let token = CancellationToken::new();
    let mut prepared = parsed(sparql, token.clone())?;
    if prepared.dataset().is_default_dataset() {
        prepared.dataset_mut().set_default_graph_as_union();
    }

    let failed = |e: QueryEvaluationError| match e {
        QueryEvaluationError::Cancelled => overrun(sparql, limits),
        e => trouble(e.to_string()),
    };
    let (done, watch) = channel::<()>();
    std::thread::scope(|scope| {
        let token = token.clone();
        scope.spawn(move || {
            if watch.recv_timeout(limits.time) == Err(RecvTimeoutError::Timeout) {
                token.cancel();
            }
        });
        let answer = collect(prepared.on_store(store.dataset()).execute(), limits.rows).map_err(failed);
        drop(done);
        answer
    })
}

/// Whether a query gives a graph (CONSTRUCT, DESCRIBE) and no table and no yes or no; it is not run.
///
/// # Errors
///
/// A query that is not SPARQL 1.1, or that changes data, as [`run`] says.
pub fn gives_graph(sparql: &str) -> Result<bool> {
    let nothing =
        oxigraph::store::Store::new().map_err(|e| Error::invalid("query", first_line(sparql), e.to_string()))?;
    let results = parsed(sparql, CancellationToken::new())?.on_store(&nothing).execute();
    Ok(matches!(results, Ok(QueryResults::Graph(_))))
}

fn parsed(sparql: &str, token: CancellationToken) -> Result<PreparedSparqlQuery> {
    let trouble = |why: String| Error::invalid("query", first_line(sparql), why);
    let mut evaluator = SparqlEvaluator::new().with_cancellation_token(token);
    for (prefix, iri) in vocab::PREFIXES {
        evaluator = evaluator.with_prefix(prefix, iri).map_err(|e| trouble(e.to_string()))?;
    }
    evaluator.parse_query(sparql).map_err(|e| trouble(advice::refused(sparql, e.to_string())))
}

/// The error of a query that takes longer than it may, for programs that stop it by themselves: [`run`] looks at the time between rows only, so that
/// a query which goes on without finding one can run beyond its limit.
pub fn overrun(sparql: &str, limits: &Limits) -> Error {
    let why = format!(
        "it took longer than {} s and was given up; restrict it, start with the most selective pattern, or allow more time",
        limits.time.as_secs_f64()
    );
    Error::invalid("query", first_line(sparql), why)
}

fn collect(
    results: Result<QueryResults<'_>, QueryEvaluationError>,
    most: usize,
) -> Result<Answer, QueryEvaluationError> {
    Ok(match results? {
        QueryResults::Boolean(value) => Answer::Boolean(value),
        QueryResults::Graph(triples) => {
            let mut triples = triples.take(most).collect::<Result<Vec<_>, _>>()?;
            triples.sort_by_cached_key(ToString::to_string);
            triples.dedup();
            Answer::Graph(triples)
        }
        QueryResults::Solutions(mut solutions) => {
            let columns = solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
            let mut table = Table { columns, rows: Vec::new(), cut: false };
            for solution in solutions.by_ref() {
                let solution = solution?;
                if table.rows.len() == most {
                    table.cut = true;
                    break;
                }
                table.rows.push(solution.values().to_vec());
            }
            Answer::Table(table)
        }
    })
}

/// First line that is not a comment, for messages.
fn first_line(sparql: &str) -> String {
    let mut lines = sparql
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#') && !line.to_ascii_uppercase().starts_with("PREFIX"));
    let line = lines.next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}
