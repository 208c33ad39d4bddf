//! Asking the graph: named questions with options, and any SPARQL 1.1 query with a time limit.
//!
//! Start at [`ask`] for a named question ([`questions`] lists them) or [`run`] for a query of one's own. The questions are the files of
//! `exports/queries/`: plain SPARQL that a reader can run, copy and change anywhere, see [`template`] for how options get into them.
//!
//! ```
//! # fn main() -> demarche::diag::Result<()> {
//! use demarche::{graph::Store, query};
//!
//! let mut store = Store::in_memory()?;
//! store.commit()?;
//! let table = query::ask(&store, "demands", &query::Params::default(), &query::Limits::default())?;
//! assert_eq!(table.columns[0], "who");
//! assert!(table.rows.is_empty());
//! # Ok(())
//! # }
//! ```

pub mod template;

mod advice;
mod format;
mod names;
mod nearest;
mod params;
mod questions;
mod run;
mod table;

pub use advice::doubts;
pub use format::{Format, write_answer};
pub(crate) use names::unknown as unknown_name;
pub use params::{Copies, Level, Params};
pub use questions::{Question, ask, prepare, question, questions};
pub use run::{Answer, Limits, gives_graph, overrun, run};
pub use table::Table;
