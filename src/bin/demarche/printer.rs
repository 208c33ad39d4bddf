//! What the user sees: messages, progress, tables.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use demarche::diag::Diagnostic;

use crate::args::{Color, Output};

/// Prints messages to standard error and tables to standard output.
#[derive(Debug)]
pub(crate) struct Printer {
    quiet: bool,
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default();

impl Printer {
    pub(crate) fn new(output: &Output) -> Self {
        match output.color {
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::write_global(anstream::ColorChoice::Always),
            Color::Never => anstream::ColorChoice::write_global(anstream::ColorChoice::Never),
        }
        Self { quiet: output.quiet }
    }

    /// An error, with what led to it.
    pub(crate) fn error(error: &anyhow::Error) {
        anstream::eprintln!("{ERROR}error{ERROR:#}: {error}");
        for cause in error.chain().skip(1) {
            anstream::eprintln!("  caused by: {cause}");
        }
    }

    /// Something left out or doubtful.
    pub(crate) fn diagnostic(&self, diagnostic: &Diagnostic) {
        if self.quiet {
            return;
        }
        let what = if diagnostic.left_out { "left out" } else { "warning" };
        anstream::eprintln!("{WARNING}{what}{WARNING:#}: `{}`: {}", diagnostic.at, diagnostic.message);
        if let Some(hint) = &diagnostic.hint {
            anstream::eprintln!("  {HINT}hint{HINT:#}: {hint}");
        }
    }

    /// A word to the user on standard error.
    pub(crate) fn say(&self, words: &str) {
        if !self.quiet {
            anstream::eprintln!("{words}");
        }
    }

    /// Whether colours are seen on standard output.
    pub(crate) fn colours_stdout() -> bool {
        !matches!(anstream::AutoStream::choice(&std::io::stdout()), anstream::ColorChoice::Never)
    }

    /// A progress bar, shown on a terminal only.
    pub(crate) fn progress(&self, length: usize, what: &'static str) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(length as u64).with_style(style).with_message(what)
    }

    /// Characters that a line of the terminal holds; `None` where standard output is no terminal.
    pub(crate) fn width() -> Option<usize> {
        std::io::stdout().is_terminal().then(|| usize::from(console_width()))
    }
}

fn console_width() -> u16 {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or_else(|| indicatif_width().unwrap_or(120))
}

fn indicatif_width() -> Option<u16> {
    let (_, columns) = console::Term::stdout().size_checked()?;
    Some(columns)
}

/// Writes lines to standard output.
///
/// # Errors
/// When standard output is closed.
pub(crate) fn lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()
}

/// Whether whoever read our output stopped reading, which is no error.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
            || cause.to_string().contains("Broken pipe")
    })
}
