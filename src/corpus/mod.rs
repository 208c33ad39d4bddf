//! Reads articles: files, folders, standard input; plain text, Markdown, HTML, JSON Lines. Start at [`read_paths`].
//!
//! Each article becomes a [`Document`]: its text, its metadata, and its text cut into blocks ([`blocks`]), so that later stages need not tell
//! prose from picture credits. Offsets of everything that follows refer to [`Document::text`].

mod compose;
mod date;
mod document;
mod html;
mod language;
mod layout;
mod markdown;
mod read;
mod record;

pub(crate) use date::month;
pub use document::{Block, BlockKind, Document, Metadata};
pub use layout::{blocks, interruptions};
pub use read::{Format, ReadOptions, read_paths, read_stream};
