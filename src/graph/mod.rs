//! Claims as RDF: the vocabulary, one named graph per article, the store with its plain on-disk form, and the rules that derive direct edges.
//!
//! Start at [`Store`]. Only this module and [`crate::query`] know RDF; only [`vocab`] spells terms.
//!
//! ```
//! # fn main() -> demarche::diag::Result<()> {
//! use demarche::graph::{Store, write};
//!
//! let mut store = Store::in_memory()?;
//! store.commit()?;
//! let mut out = Vec::new();
//! write(&store, oxigraph::io::RdfFormat::TriG, &mut out)?;
//! assert!(String::from_utf8_lossy(&out).contains("dm:Claim"));
//! # Ok(())
//! # }
//! ```

pub mod dates;
pub mod derive;
pub mod iri;
pub mod vocab;

mod catalogue;
mod disk;
mod dump;
mod passages;
mod profile;
mod quads;
mod reading;
mod store;
mod verify;
mod wire;

pub use disk::{Entry, FORMAT, Manifest};
pub use dump::write;
pub use profile::{Profile, write_profile};
pub use quads::{Run, article_quads};
pub use reading::Reading;
pub use store::{Change, Size, Store, Unapplied};
pub use verify::{CHECKS, Fault, Verdict, verify};
