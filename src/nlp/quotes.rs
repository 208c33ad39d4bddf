//! Quotations as evidence for the edges of contents.
//!
//! It pairs quotation marks within blocks; it does not say who speaks. Start at [`quotations`].

use std::ops::Range;

use super::analysis::Token;

/// Stretches of tokens between quotation marks, marks included, in order and without overlap. A quotation that its block does not
/// close ends with the block, as in articles that close only the last of several paragraphs.
pub(super) fn quotations(text: &str, tokens: &[Token], block: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        if let Some(start) = open
            && block(start) != block(at)
        {
            out.push(start..at);
            open = None;
        }
        match token.span.of(text) {
            "“" | "‘‘" | "``" if open.is_none() => open = Some(at),
            "”" | "’’" => {
                if let Some(start) = open.take() {
                    out.push(start..at + 1);
                }
            }
            "\"" | "''" => match open.take() {
                Some(start) => out.push(start..at + 1),
                None => open = Some(at),
            },
            _ => {}
        }
    }
    if let Some(start) = open {
        out.push(start..tokens.len());
    }
    out
}
