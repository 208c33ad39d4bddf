//! `demarche verify`: proves a store against itself.

use demarche::graph::{self, Store};

use crate::args::Verify;
use crate::printer::{self, Printer, count};

pub(crate) fn run(it: &Verify, printer: &Printer) -> anyhow::Result<bool> {
    let verdict = graph::verify(&Store::open(&it.store.store)?)?;
    let lines: Vec<String> =
        verdict.faults.iter().map(|fault| format!("{}\t{}\t{}", fault.check, fault.at, fault.why)).collect();
    printer::lines(lines.iter().map(String::as_str))?;
    printer.say(&format!(
        "{}, {} and {} compared; {}",
        count(verdict.texts, "text"),
        count(verdict.spans, "span"),
        count(verdict.claims, "claim"),
        count(verdict.faults.len(), "fault")
    ));
    Ok(verdict.faults.is_empty())
}
