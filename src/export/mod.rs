//! Files for people and for other programs: pictures, graph formats, tables. One file a format.
//!
//! Start at [`write`]; [`Format`] names what there is.

pub mod layout;
pub mod style;
pub mod svg;
pub mod text;
