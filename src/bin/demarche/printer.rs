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
        for (n, words) in told(error).iter().enumerate() {
            if n == 0 {
                anstream::eprintln!("{ERROR}error{ERROR:#}: {words}");
            } else {
                anstream::eprintln!("  caused by: {words}");
            }
        }
    }

    /// Something left out or doubtful. What makes the command fail is an error, and shown with `--quiet` too.
    pub(crate) fn diagnostic(&self, diagnostic: &Diagnostic, fails: bool) {
        if self.quiet && !fails {
            return;
        }
        let what = if diagnostic.left_out { "left out" } else { "warning" };
        anstream::eprintln!("{WARNING}{what}{WARNING:#}: `{}`: {}", diagnostic.at, diagnostic.message);
        if let Some(hint) = &diagnostic.hint {
            anstream::eprintln!("  {HINT}hint{HINT:#}: {hint}");
        }
    }

    /// Something to mend that makes nothing fail.
    pub(crate) fn warn(&self, words: &str) {
        if !self.quiet {
            anstream::eprintln!("{WARNING}warning{WARNING:#}: {words}");
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

/// An error, then each cause of it that was not told with what came before.
fn told(error: &anyhow::Error) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if !out.iter().any(|said| said.contains(&cause)) {
            out.push(cause);
        }
    }
    out
}

/// "1 article", "2 articles".
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
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

#[cfg(test)]
mod tests {
    use super::{count, told};

    #[test]
    fn no_cause_is_told_twice() {
        let whole = anyhow::anyhow!("no such file").context("failed to read `a`: no such file");
        assert_eq!(told(&whole), ["failed to read `a`: no such file"]);
        let parts = anyhow::anyhow!("no such file").context("failed to read `a`");
        assert_eq!(told(&parts), ["failed to read `a`", "no such file"]);
    }

    #[test]
    fn one_is_no_plural() {
        assert_eq!([count(0, "text"), count(1, "text"), count(2, "text")], ["0 texts", "1 text", "2 texts"]);
    }
}
