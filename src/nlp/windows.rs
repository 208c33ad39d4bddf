//! Cuts a document into the windows that the encoder reads: whole consecutive sentences, as many as fit.

use std::ops::Range;

use super::encoder::Window;
use super::wordpiece::{SPECIAL, Vocabulary, shape};
use crate::span::Span;

/// Word pieces of all tokens of a document.
pub(super) struct Pieces {
    numbers: Vec<u32>,
    /// Where the pieces of each token begin, and the end of the last.
    edges: Vec<usize>,
    shapes: Vec<u8>,
    marks: Vec<bool>,
}

impl Pieces {
    /// Cuts every token.
    pub(super) fn new(vocabulary: &Vocabulary, text: &str, tokens: &[Span], most: usize) -> Self {
        let mut numbers = Vec::with_capacity(tokens.len() * 5 / 4);
        let mut edges = Vec::with_capacity(tokens.len() + 1);
        let mut shapes = Vec::with_capacity(tokens.len());
        let mut marks = Vec::with_capacity(tokens.len());
        edges.push(0);
        for token in tokens {
            let word = token.of(text);
            vocabulary.pieces(word, most, &mut numbers);
            edges.push(numbers.len());
            shapes.push(shape(word));
            marks.push(is_mark(word));
        }
        Self { numbers, edges, shapes, marks }
    }

    fn count(&self, tokens: &Range<usize>) -> usize {
        self.edges[tokens.end] - self.edges[tokens.start]
    }
}

/// Whether a token is a mark that divides or encloses.
fn is_mark(word: &str) -> bool {
    const MARKS: &str = ",.;:?!\"“”„«»()[]{}…";
    word.chars().all(|c| MARKS.contains(c)) || matches!(word, "''" | "``" | "--" | "—" | "–")
}

/// A sentence or a part of a long one.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Its block, for cutting windows between paragraphs.
    pub(super) block: usize,
}

/// Cuts sentences that do not fit a window of `limit` pieces.
pub(super) fn parts(sentences: &[Part], pieces: &Pieces, limit: usize) -> Vec<Part> {
    let mut out = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let mut start = sentence.tokens.start;
        let mut used = 2;
        for token in sentence.tokens.clone() {
            let count = pieces.count(&(token..token + 1));
            if used + count > limit && token > start {
                out.push(Part { tokens: start..token, block: sentence.block });
                (start, used) = (token, 2);
            }
            used += count;
        }
        if start < sentence.tokens.end {
            out.push(Part { tokens: start..sentence.tokens.end, block: sentence.block });
        }
    }
    out
}

/// Packs parts into windows of at most `limit` pieces. A full window is closed at the end of its last whole paragraph if it is then
/// at least half full.
pub(super) fn pack(parts: &[Part], pieces: &Pieces, limit: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < parts.len() {
        let mut used = 1;
        let mut to = from;
        let mut paragraph = None;
        while to < parts.len() {
            let cost = 1 + pieces.count(&parts[to].tokens);
            if used + cost > limit && to > from {
                break;
            }
            used += cost;
            to += 1;
            if to < parts.len() && parts[to].block != parts[to - 1].block {
                paragraph = Some((to, used));
            }
        }
        if let Some((cut, used)) = paragraph
            && to < parts.len()
            && cut < to
            && used >= limit / 2
        {
            to = cut;
        }
        out.push(from..to);
        from = to;
    }
    out
}

/// What the encoder reads of consecutive parts.
pub(super) fn window(parts: &[Part], pieces: &Pieces, vocabulary: &Vocabulary) -> Window {
    let base = parts.first().map_or(0, |part| part.tokens.start);
    let mut out = Window { pieces: vec![vocabulary.start], shapes: vec![SPECIAL], base, ..Window::default() };
    for part in parts {
        let start = out.first.len();
        for token in part.tokens.clone() {
            out.first.push(out.pieces.len());
            out.marks.push(pieces.marks[token]);
            let numbers = &pieces.numbers[pieces.edges[token]..pieces.edges[token + 1]];
            out.pieces.extend_from_slice(numbers);
            out.shapes.resize(out.pieces.len(), pieces.shapes[token]);
        }
        out.sentences.push(start..out.first.len());
        out.pieces.push(vocabulary.separator);
        out.shapes.push(SPECIAL);
    }
    out
}
