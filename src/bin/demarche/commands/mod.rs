//! One file a command. Each returns whether everything went well.

pub(crate) mod ask;
pub(crate) mod build;
pub(crate) mod diff;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod query;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod serve;
pub(crate) mod store;
pub(crate) mod verify;

use std::path::{Path, PathBuf};

use demarche::claims::Claim;
use demarche::corpus::{self, Document};
use demarche::corrections::Corrections;
use demarche::diag::Diagnostic;
use demarche::graph::Store;
use demarche::ontology::Ontology;
use demarche::pipeline::Engine;

use crate::args::{Args, Articles, Decisions, StoreAt};
use crate::printer::Printer;

/// File of decisions that is looked for beside a store.
pub(crate) const DECISIONS: &str = "demarche.corrections.toml";

/// An error where the first day of a time lies after its last.
fn check_order(since: Option<&str>, until: Option<&str>) -> anyhow::Result<()> {
    match (since, until) {
        (Some(since), Some(until)) if since > until => anyhow::bail!("`--since {since}` is after `--until {until}`"),
        _ => Ok(()),
    }
}

/// The user's ontology files, by name.
fn ontologies(args: &Args) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for path in &args.ontology {
        let text = std::fs::read_to_string(path)
            .map_err(|source| demarche::diag::Error::Read { path: path.clone(), source })?;
        files.push((path.display().to_string(), text));
    }
    Ok(files)
}

/// The engine with the user's ontology files.
pub(crate) fn engine(args: &Args) -> anyhow::Result<Engine> {
    Ok(Engine::new(&ontologies(args)?)?)
}

/// Number of threads to read with.
pub(crate) fn threads(args: &Args) -> usize {
    args.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Reads articles and says what was left out or is doubtful; the flag tells whether all is well.
pub(crate) fn read(paths: &[PathBuf], strict: bool, printer: &Printer) -> anyhow::Result<(Vec<Document>, bool)> {
    let (documents, diagnostics) = corpus::read_paths(paths, &corpus::ReadOptions::default());
    let fails = |diagnostic: &Diagnostic| diagnostic.left_out || strict;
    for diagnostic in &diagnostics {
        printer.diagnostic(diagnostic, fails(diagnostic));
    }
    if documents.is_empty() {
        anyhow::bail!(
            "no article could be read; give files (.txt, .md, .html, .jsonl), folders, or - for standard input"
        );
    }
    Ok((documents, !diagnostics.iter().any(fails)))
}

/// The decisions of a file.
pub(crate) fn corrections(path: &Path, args: &Args) -> anyhow::Result<Corrections> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| demarche::diag::Error::Read { path: path.to_owned(), source })?;
    Ok(Corrections::parse(&path.display().to_string(), &text, &Ontology::with(&ontologies(args)?)?)?)
}

/// The claims of one document after the decisions, in the order in which they were extracted.
pub(crate) fn corrected(corrections: &Corrections, claims: &[Claim]) -> Vec<Claim> {
    let document = claims.first().map(|claim| claim.document.clone());
    corrections.apply(document.as_slice(), claims).claims
}

/// What building a store and adding to one begin with.
pub(crate) struct Reading {
    pub(crate) engine: Engine,
    /// Open for writing.
    pub(crate) store: Store,
    pub(crate) documents: Vec<Document>,
    /// As extracted, in the order of the documents.
    pub(crate) claims: Vec<Vec<Claim>>,
    /// Whether nothing was left out, and with `--strict` nothing doubtful.
    pub(crate) well: bool,
    /// Whether something doubtful makes the command fail.
    strict: bool,
    /// Decisions in place of those that the store has, and their file.
    decided: Option<Corrections>,
    file: Option<PathBuf>,
}

impl Reading {
    /// Opens the store, reads the articles, lets `check` look at both before the long work, and extracts.
    pub(crate) fn new(
        articles: &Articles,
        at: &StoreAt,
        decisions: &Decisions,
        args: &Args,
        printer: &Printer,
        check: impl FnOnce(&Store, &[Document]) -> anyhow::Result<()>,
    ) -> anyhow::Result<Self> {
        let engine = engine(args)?;
        let beside = at.store.parent().unwrap_or(Path::new("")).join(DECISIONS);
        let file =
            decisions.corrections.clone().or_else(|| (!decisions.no_corrections && beside.is_file()).then_some(beside));
        let decided = match &file {
            Some(path) => Some(corrections(path, args)?),
            None => decisions.no_corrections.then(Corrections::default),
        };
        let store = Store::edit(&at.store)?;
        let (documents, well) = read(&articles.paths, articles.strict, printer)?;
        check(&store, &documents)?;
        let bar = printer.progress(documents.len(), "reading");
        let claims = engine.claims_of(&documents, threads(args), &|n| bar.set_position(n as u64));
        bar.finish_and_clear();
        Ok(Self { engine, store, documents, claims, well, strict: articles.strict, decided, file })
    }

    /// Applies the decisions, writes the store, and says which decisions change nothing. Returns whether there are none.
    pub(crate) fn commit(&mut self, printer: &Printer) -> anyhow::Result<bool> {
        let given = self.decided.is_some();
        let before = self.store.corrections().decisions().len();
        match self.decided.take() {
            Some(decided) => drop(self.store.correct(decided)?),
            None if before > 0 => printer.say(&format!(
                "decisions: the {before} that the store was corrected by; `--corrections FILE` puts others in their place, `--no-corrections` \
                 takes them out"
            )),
            None => {}
        }
        self.store.commit()?;
        let unapplied = self.store.unapplied()?;
        for one in &unapplied {
            let line = one.decision.line;
            let at = match &self.file {
                Some(file) => format!("{}:{line}", file.display()),
                None => "corrections".to_owned(),
            };
            let diagnostic = Diagnostic {
                at,
                message: format!("this decision changes nothing: {}", one.decision.summary()),
                hint: Some(one.why.clone()),
                left_out: false,
            };
            printer.diagnostic(&diagnostic, self.strict);
        }
        // A file beside the store is applied without being named: nobody should be surprised by what it does.
        if given && let Some(file) = &self.file {
            printer.say(&applied(file, self.store.corrections().decisions().len(), unapplied.len()));
        }
        Ok(unapplied.is_empty())
    }
}

/// How many decisions of a file are followed, of so many of which some change nothing.
fn applied(file: &Path, all: usize, idle: usize) -> String {
    let file = file.display();
    match idle {
        0 => format!("decisions: the {all} of `{file}` applied"),
        _ => format!("decisions: {} of the {all} in `{file}` applied", all - idle.min(all)),
    }
}
