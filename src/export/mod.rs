//! Files for people and for other programs: pictures, graph formats, tables. One file a format.
//!
//! Start at [`write`]; [`Format`] names what there is. Claims themselves, without a network, are written by [`claims`].

pub mod claims;
pub mod csv;
mod dot;
mod format;
mod graphml;
pub mod layout;
pub mod style;
pub mod svg;
mod table;
pub mod text;

pub use format::{Format, write};
