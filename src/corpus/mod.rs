//! Reads articles: files, folders, standard input; plain text, Markdown, HTML, JSON Lines. Start at [`Document`].

mod document;
mod layout;
mod read;

pub use document::{Block, BlockKind, Document, Metadata};
pub use layout::blocks;
pub use read::{ReadOptions, read_paths};
