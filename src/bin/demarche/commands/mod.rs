//! One file a command. Each returns whether everything went well.

pub(crate) mod ask;
pub(crate) mod build;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod query;
pub(crate) mod report;
pub(crate) mod store;
pub(crate) mod verify;

use std::path::PathBuf;

use demarche::corpus::{self, Document};
use demarche::pipeline::Engine;

use crate::args::Args;
use crate::printer::Printer;

/// The engine with the user's ontology files.
pub(crate) fn engine(args: &Args) -> anyhow::Result<Engine> {
    let mut files = Vec::new();
    for path in &args.ontology {
        let text = std::fs::read_to_string(path)
            .map_err(|source| demarche::diag::Error::Read { path: path.clone(), source })?;
        files.push((path.display().to_string(), text));
    }
    Ok(Engine::new(&files)?)
}

/// Number of threads to read with.
pub(crate) fn threads(args: &Args) -> usize {
    args.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Reads articles and says what was left out; the flag tells whether nothing was.
pub(crate) fn read(paths: &[PathBuf], printer: &Printer) -> anyhow::Result<(Vec<Document>, bool)> {
    let (documents, diagnostics) = corpus::read_paths(paths, &corpus::ReadOptions::default());
    for diagnostic in &diagnostics {
        printer.diagnostic(diagnostic);
    }
    if documents.is_empty() {
        anyhow::bail!(
            "no article could be read; give files (.txt, .md, .html, .jsonl), folders, or - for standard input"
        );
    }
    Ok((documents, diagnostics.is_empty()))
}
