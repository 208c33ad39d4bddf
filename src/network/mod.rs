//! Who is tied to whom: actors (or issues, or outlets) as nodes, what they do with words as weighted edges.
//!
//! A network is built from [`Statement`]s, the rows of one published query over the graph (`statements.rq`), so nothing is drawn that is not in
//! the store, and each edge knows the claims it rests on. Start at [`statements`] and [`build`]; the files that come of a [`Network`] are made in
//! [`crate::export`].

mod build;
pub mod measures;
mod model;
mod names;
mod options;
pub(crate) mod rows;
mod sides;
mod statement;
mod units;
mod windows;

pub use build::build;
pub(crate) use build::plural;
pub use model::{Edge, Network, Node, NodeKind, Relation};
pub use names::check_names;
pub use options::{Copies, Detail, Kind, Level, Normalisation, Options, Weight};
pub use rows::{QUERY, from_table, statements};
pub use statement::{Actor, Article, Issue, Statement};
pub use windows::{Length, Window, merge, windows};
