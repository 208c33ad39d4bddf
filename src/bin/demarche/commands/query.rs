//! `demarche query`: any SPARQL 1.1 query.

use std::io::Read;
use std::time::Duration;

use demarche::diag::Error;
use demarche::graph::Store;
use demarche::query::{self, Limits};

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
    print(&query::run(&store, &sparql, &limits)?, &it.format, printer)?;
    Ok(true)
}
