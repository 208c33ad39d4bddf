//! Reads articles: files, folders, standard input; plain text, Markdown, HTML, JSON Lines. Start at [`Document`].

mod document;

pub use document::{Block, BlockKind, Document, Metadata};
