//! One article as the rest of the program sees it.

use serde::{Deserialize, Serialize};

use sha2::{Digest, Sha256};

use super::layout::blocks;
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

impl Document {
    /// An article of plain text. The text is kept as it is, byte-order mark, CR and non-breaking spaces included.
    ///
    /// # Example
    /// ```
    /// use demarche::corpus::{Document, Metadata};
    /// let document = Document::from_text("GENEVA: Talks resumed.", None, Metadata::default());
    /// assert_eq!(document.blocks[1].span.of(&document.text), "Talks resumed.");
    /// assert_eq!(document.id, document.sha256[..16]);
    /// ```
    pub fn from_text(text: impl Into<String>, path: Option<String>, metadata: Metadata) -> Self {
        let text = text.into();
        let blocks = blocks(&text);
        Self::new(text, blocks, path, metadata)
    }

    /// Place, agency and perhaps day before the first sentence: "WASHINGTON (Reuters) –".
    pub fn dateline(&self) -> Option<&str> {
        let block = self.blocks.iter().find(|block| block.kind == BlockKind::Dateline)?;
        Some(block.span.of(&self.text))
    }

    /// An article whose layout is known.
    pub(super) fn new(text: String, blocks: Vec<Block>, path: Option<String>, metadata: Metadata) -> Self {
        let sha256 = sha256(&text);
        Self { id: sha256[..16].to_owned(), path, sha256, metadata, text, blocks }
    }
}

/// SHA-256 of the bytes of `text`, in 64 hexadecimal digits.
fn sha256(text: &str) -> String {
    use std::fmt::Write as _;
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}
