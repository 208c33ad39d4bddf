//! `demarche verify`: proves a store against itself.

use demarche::graph::{self, Store};

use crate::args::Verify;
use crate::printer::{self, Printer};

pub(crate) fn run(it: &Verify, printer: &Printer) -> anyhow::Result<bool> {
    let verdict = graph::verify(&Store::open(&it.store.store)?)?;
    let lines: Vec<String> =
        verdict.faults.iter().map(|fault| format!("{}\t{}\t{}", fault.check, fault.at, fault.why)).collect();
    printer::lines(lines.iter().map(String::as_str))?;
    printer.say(&format!(
        "{} texts, {} spans and {} claims compared; {} faults",
        verdict.texts,
        verdict.spans,
        verdict.claims,
        verdict.faults.len()
    ));
    Ok(verdict.faults.is_empty())
}
