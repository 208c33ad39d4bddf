//! Files for people and for other programs: pictures, graph formats, tables. One file a format.
//!
//! Start at [`write()`]; [`Format`] names what there is. Claims themselves, without a network, are written by [`claims`].

pub mod claims;
pub mod csv;
mod cytoscape;
mod dot;
mod format;
mod gexf;
mod graphml;
pub mod layout;
mod mermaid;
mod neo4j;
mod pajek;
#[cfg(feature = "parquet")]
pub mod parquet;
mod rdna;
pub mod report;
pub mod style;
pub mod svg;
mod table;
mod tables;
pub mod text;

pub use format::{Format, write, write_picture};
pub use gexf::gexf_windows;
pub use tables::windows_csv;
