//! Quotation marks paired over sentences and paragraphs, and who speaks in each.

use crate::nlp::Trees;

/// Tokens inside a pair of quotation marks, the marks left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    /// First token inside.
    pub first: usize,
    /// Last token inside.
    pub last: usize,
    /// The next paragraph goes on with the same quotation (it has no closing mark of its own).
    pub open_end: bool,
}

/// What a token does as a quotation mark.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Mark {
    Open,
    Close,
    Either,
}

fn mark(word: &str) -> Option<Mark> {
    match word {
        "“" | "«" | "„" | "``" => Some(Mark::Open),
        "”" | "»" | "''" => Some(Mark::Close),
        "\"" => Some(Mark::Either),
        _ => None,
    }
}

/// All quotations of a document, in text order. A mark left open closes at the end of its paragraph.
pub(super) fn find(trees: &Trees<'_>) -> Vec<Quote> {
    let analysis = trees.analysis;
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let mut block = usize::MAX;
    let mut previous_last = 0;
    for sentence in &analysis.sentences {
        if sentence.block != block {
            if let Some(first) = open.take()
                && first <= previous_last
            {
                out.push(Quote { first, last: previous_last, open_end: true });
            }
            block = sentence.block;
        }
        for index in sentence.tokens.clone() {
            let Some(kind) = mark(trees.word(index)) else { continue };
            let opens = match kind {
                Mark::Open => true,
                Mark::Close => false,
                // A straight mark opens when a space stands before it and none after.
                Mark::Either => {
                    let span = trees.token(index).span;
                    let before = trees.text[..span.start].chars().next_back();
                    let after = trees.text[span.end..].chars().next();
                    let looks_open = before
                        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '-' | '—' | '–'))
                        && after.is_some_and(|c| !c.is_whitespace());
                    if open.is_some() {
                        looks_open && before.is_none_or(char::is_whitespace) && sentence.tokens.start == index
                    } else {
                        true
                    }
                }
            };
            if opens {
                if let Some(first) = open
                    && first < index
                {
                    // A new opening mark before the old one closed.
                    out.push(Quote { first, last: index - 1, open_end: true });
                }
                open = Some(index + 1);
            } else if let Some(first) = open.take()
                && first < index
            {
                out.push(Quote { first, last: index - 1, open_end: false });
            }
        }
        previous_last = sentence.tokens.end.saturating_sub(1);
    }
    if let Some(first) = open
        && first <= previous_last
    {
        out.push(Quote { first, last: previous_last, open_end: true });
    }
    out
}

/// The quotation that a token stands in.
pub(super) fn around(quotes: &[Quote], token: usize) -> Option<usize> {
    let at = quotes.partition_point(|q| q.last < token);
    (at < quotes.len() && quotes[at].first <= token).then_some(at)
}
