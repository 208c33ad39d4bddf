//! `demarche query`: any SPARQL 1.1 query.

use std::io::Read;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use demarche::diag::Error;
use demarche::graph::Store;
use demarche::query::{self, Answer, Limits};

use crate::args::Query;
use crate::commands::ask::print;
use crate::printer::Printer;

pub(crate) fn run(it: &Query, printer: &Printer) -> anyhow::Result<bool> {
    let sparql = match (&it.expression, &it.file) {
        (Some(text), _) => text.clone(),
        (None, Some(path)) if path.as_os_str() == "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text)?;
            text
        }
        (None, Some(path)) => {
            std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.clone(), source })?
        }
        (None, None) => anyhow::bail!("give a file with the query, or the query itself with -e"),
    };
    let store = Store::open(&it.store.store)?;
    let limits = Limits { time: Duration::from_secs(it.timeout), ..Limits::default() };
    for doubt in query::doubts(&sparql) {
        printer.diagnostic(&doubt, false);
    }
    print(&run_within(&store, &sparql, &limits)?, &it.format, printer)?;
    Ok(true)
}

/// How long after its limit a query may stop by itself.
const GRACE: Duration = Duration::from_secs(2);

/// Runs a query, and ends the process with the same error where the query goes on beyond its limit. The engine looks at the time between rows only; a
/// cross product that gives none would run for hours. A store that is asked is only read, and nothing is printed before the answer is complete, so
/// nothing is lost.
#[allow(clippy::exit, reason = "a thread cannot be stopped from outside")]
pub(crate) fn run_within(store: &Store, sparql: &str, limits: &Limits) -> demarche::diag::Result<Answer> {
    let overrun = anyhow::Error::from(query::overrun(sparql, limits));
    let most = limits.time.saturating_add(GRACE);
    let (done, watch) = channel::<()>();
    std::thread::spawn(move || {
        if watch.recv_timeout(most) == Err(RecvTimeoutError::Timeout) {
            Printer::error(&overrun);
            std::process::exit(1);
        }
    });
    let answer = query::run(store, sparql, limits);
    drop(done);
    answer
}
