//! One article as the rest of the program sees it.

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// What is known of an article beside its text. Unknown stays `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Date of publication, ISO 8601 (`2025-03-17`, or with a time).
    pub published: Option<String>,
    /// Name of the outlet.
    pub publisher: Option<String>,
    /// BCP 47 tag of the language.
    pub language: Option<String>,
}

/// An article: its text, exactly as stored, and the blocks that the text is laid out in.
#[derive(Debug, Clone)]
pub struct Document {
    /// First 16 hexadecimal digits of `sha256`.
    pub id: String,
    /// Where it was read from, as the user named it; `None` for standard input.
    pub path: Option<String>,
    /// SHA-256 of the UTF-8 bytes of `text`, in hexadecimal. For plain text that is the file's own.
    pub sha256: String,
    /// What is known of the article.
    pub metadata: Metadata,
    /// The text that all offsets refer to: of a plain file every character (byte-order mark and CR included), of a page what was taken out of it.
    pub text: String,
    /// The layout, in text order, without overlaps; white space between blocks belongs to none.
    pub blocks: Vec<Block>,
}

/// A stretch of text with one function in the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// The text of it, without surrounding white space.
    pub span: Span,
    /// Its function.
    pub kind: BlockKind,
}

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A headline or a heading between paragraphs.
    Heading,
    /// A paragraph of the article.
    Prose,
    /// An entry of a list, without its bullet.
    ListItem,
    /// Place (and agency) before the first sentence: "WASHINGTON (Reuters) –".
    Dateline,
    /// Share buttons, captions, credits, comment forms: not part of the article.
    Debris,
}
