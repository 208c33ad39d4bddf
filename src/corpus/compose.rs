//! Builds the text of an article from the paragraphs of a page, with what the mark-up says of each.

use super::document::{Document, Metadata};
use super::layout::{Hint, Part, judge};
use crate::span::Span;

/// Paragraphs in the making.
#[derive(Debug, Default)]
pub(super) struct Composer {
    text: String,
    parts: Vec<Part>,
    open: String,
    /// Characters of the open paragraph that a link covers, white space aside.
    linked: usize,
}

impl Composer {
    /// Adds words to the open paragraph; runs of spaces and line ends become one space, other white space stays.
    pub(super) fn push(&mut self, words: &str, in_link: bool) {
        for c in words.chars() {
            if matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{c}') {
                if !self.open.is_empty() && !self.open.ends_with(' ') {
                    self.open.push(' ');
                }
            } else {
                self.open.push(c);
                self.linked += usize::from(in_link && !c.is_whitespace());
            }
        }
    }

    /// Ends the open paragraph.
    pub(super) fn close(&mut self, hint: Hint) {
        let words = std::mem::take(&mut self.open);
        let linked = std::mem::take(&mut self.linked);
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        // An entry that is nothing but a link leads to another article.
        let pointer = hint == Hint::ListItem && linked == words.chars().filter(|c| !c.is_whitespace()).count();
        let hint = if pointer { Hint::Debris } else { hint };
        self.parts.push(Part { span: Span::new(start, self.text.len()), hint });
    }

    /// Characters of text so far, debris aside.
    pub(super) fn weight(&self) -> usize {
        self.parts.iter().filter(|part| part.hint != Hint::Debris).map(|part| part.span.len()).sum()
    }

    /// The article.
    pub(super) fn document(self, path: Option<String>, metadata: Metadata) -> Document {
        let blocks = judge(&self.text, &self.parts);
        Document::new(self.text, blocks, path, metadata)
    }
}
