//! How the library speaks of trouble: [`Error`] where something cannot go on, [`Diagnostic`] where it goes on without a part.

use std::path::PathBuf;

/// What went wrong, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("failed to read `{}`: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("failed to write `{}`: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// An input was understood as far as `at` and not further.
    #[error("{what} `{at}`: {why}")]
    Invalid {
        /// What kind of input: article, query, store, ontology, …
        what: &'static str,
        /// Its name or path, with the line where known.
        at: String,
        /// What is wrong, and what would be right.
        why: String,
    },
}

impl Error {
    /// An [`Error::Invalid`].
    pub fn invalid(what: &'static str, at: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Invalid { what, at: at.into(), why: why.into() }
    }
}

/// The library's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Something left out or doubtful, said to the user while the rest goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Path or name of what it is about.
    pub at: String,
    /// One line, lower case, no full stop.
    pub message: String,
    /// What to do, where something can be done.
    pub hint: Option<String>,
    /// Whether something was left out for it. Where not, all was taken in, and the message says what is doubtful about it.
    pub left_out: bool,
}
