//! Quotations: marks paired over sentences and paragraphs, and paragraphs of somebody's own words without marks.

use std::ops::Range;

use crate::nlp::{Part, Trees};

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

/// All quotations of a document, in text order.
pub(super) fn find(trees: &Trees<'_>) -> Vec<Quote> {
    let mut all = marked(trees);
    all.extend(set_apart(trees));
    all.sort_by_key(|q| q.first);
    all
}

/// What words "…:" tell that the next paragraph is quoted.
const INTRODUCING: &[&str] = &[
    "add",
    "continue",
    "explain",
    "post",
    "reply",
    "respond",
    "say",
    "tell",
    "tweet",
    "write",
    "email",
    "letter",
    "message",
    "remark",
    "statement",
    "testimony",
    "voicemail",
];

/// Words in which whoever is quoted speaks of himself.
pub(super) const FIRST_PERSON: &[&str] = &["i", "we", "my", "our", "us", "me", "ours", "mine", "myself", "ourselves"];

/// Paragraphs without marks that a colon introduces as somebody's own words: "In a statement Brook wrote:", and in the next one "We shall …". They go
/// on as long as there is an "I" or "we" in each.
fn set_apart(trees: &Trees<'_>) -> Vec<Quote> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut last = usize::MAX;
    for sentence in &trees.analysis.sentences {
        match blocks.last_mut() {
            Some(block) if sentence.block == last => block.end = sentence.tokens.end,
            _ => blocks.push(sentence.tokens.clone()),
        }
        last = sentence.block;
    }
    let introduces = |block: &Range<usize>| {
        let Some(colon) = block.end.checked_sub(1).filter(|&t| trees.word(t) == ":") else { return false };
        trees.sentence_tokens(colon).any(|t| INTRODUCING.contains(&&*trees.lemma(t).to_lowercase()))
    };
    let personal = |t: usize| FIRST_PERSON.contains(&&*trees.word(t).to_lowercase());
    let own_words = |block: &Range<usize>| {
        let another = |t: usize| trees.token(t).part == Part::Source && !personal(t);
        block.clone().any(personal) && !block.clone().any(|t| mark(trees.word(t)).is_some() || another(t))
    };
    let mut out: Vec<Quote> = Vec::new();
    for (before, block) in blocks.iter().zip(blocks.iter().skip(1)) {
        let goes_on = out.last().is_some_and(|q| q.last + 1 == block.start);
        if (goes_on || introduces(before)) && own_words(block) {
            out.push(Quote { first: block.start, last: block.end - 1, open_end: true });
        }
    }
    out
}

/// Quotations in marks. A mark left open closes at the end of its paragraph.
fn marked(trees: &Trees<'_>) -> Vec<Quote> {
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
