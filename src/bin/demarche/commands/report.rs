//! `demarche report`: one self-contained HTML page of a store.

use std::path::Path;

use anyhow::Context;
use demarche::export::report::{self, page, read};
use demarche::graph::Store;
use demarche::network::{self, Kind, Options, Statement};
use demarche::query::Limits;

use crate::args::Report;
use crate::printer::Printer;

pub(crate) fn run(it: &Report, printer: &Printer) -> anyhow::Result<bool> {
    let (articles, claims) = read(&Store::open(&it.store.store)?, &Limits::default())?;
    if articles.is_empty() {
        anyhow::bail!("no articles in `{}`; `demarche build PATH…` reads some", it.store.store.display());
    }
    let statements: Vec<Statement> = claims.iter().map(Statement::from).collect();
    let network = network::build(Kind::Demands, &statements, &Options::default());
    let html =
        page(&report::Report { title: it.title.clone(), articles: &articles, claims: &claims, network: &network });
    if it.out == Path::new("-") {
        std::io::Write::write_all(&mut std::io::stdout().lock(), html.as_bytes())?;
    } else {
        std::fs::write(&it.out, html).with_context(|| format!("failed to write `{}`", it.out.display()))?;
        printer.say(&format!("written to {}; open it in a browser", it.out.display()));
    }
    Ok(true)
}
