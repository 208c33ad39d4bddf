//! Measures the language core against CoNLL-U treebanks, given as text. Attributions are measured by [`crate::eval::polnear`].
//!
//! Nothing here reads a file or prints. Start at [`Treebank::parse`].

use std::collections::BTreeSet;

use super::windows::Part;
use super::{EntityKind, Model, sentences, tokens};
use crate::span::Span;

/// Right, predicted and expected items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items both predicted and expected.
    pub correct: usize,
    /// Items predicted.
    pub predicted: usize,
    /// Items expected.
    pub expected: usize,
}

impl Tally {
    /// Share of the predicted items that are right, 0 to 1.
    pub fn precision(self) -> f64 {
        if self.predicted == 0 { 0.0 } else { self.correct as f64 / self.predicted as f64 }
    }

    /// Share of the expected items that were found, 0 to 1.
    pub fn recall(self) -> f64 {
        if self.expected == 0 { 0.0 } else { self.correct as f64 / self.expected as f64 }
    }

    /// Harmonic mean of precision and recall, 0 to 1.
    ///
    /// ```
    /// use demarche::nlp::eval::Tally;
    /// assert_eq!(Tally { correct: 1, predicted: 1, expected: 3 }.f1(), 0.5);
    /// ```
    pub fn f1(self) -> f64 {
        let sum = self.predicted + self.expected;
        if sum == 0 { 0.0 } else { 2.0 * self.correct as f64 / sum as f64 }
    }

    /// Counts the members that two sets share.
    pub fn add<T: Ord>(&mut self, predicted: &BTreeSet<T>, expected: &BTreeSet<T>) {
        self.correct += predicted.intersection(expected).count();
        self.predicted += predicted.len();
        self.expected += expected.len();
    }
}

/// A word of a treebank.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its characters in the text of its paragraph.
    pub span: Span,
    /// Universal part of speech.
    pub upos: String,
    /// Penn tag.
    pub xpos: String,
    /// Base form.
    pub lemma: String,
    /// Index of the head in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Relation with subtype.
    pub rel: String,
    /// Last column.
    pub misc: String,
}

/// A paragraph of a treebank with its text rebuilt.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// Document it belongs to.
    pub document: String,
    /// Raw text.
    pub text: String,
    /// Words of each sentence.
    pub sentences: Vec<Vec<Word>>,
}

/// A file in CoNLL-U format.
#[derive(Debug, Clone, Default)]
pub struct Treebank {
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
}

impl Treebank {
    /// Reads CoNLL-U; lines that do not fit the format are skipped.
    pub fn parse(text: &str) -> Self {
        let mut out = Self::default();
        let mut document = String::new();
        let mut open = false;
        let mut rows: Vec<Vec<&str>> = Vec::new();
        for line in text.lines().chain([""]) {
            if let Some(name) = line.strip_prefix("# newdoc") {
                name.split('=').nth(1).unwrap_or_default().trim().clone_into(&mut document);
                open = false;
            } else if line.starts_with("# newpar") && !line.starts_with("# newpar_") {
                open = false;
            } else if line.trim().is_empty() {
                if !rows.is_empty() {
                    if !open {
                        out.paragraphs.push(Paragraph { document: document.clone(), ..Paragraph::default() });
                        open = true;
                    }
                    if let Some(paragraph) = out.paragraphs.last_mut() {
                        paragraph.push(&rows);
                    }
                    rows.clear();
                }
            } else if !line.starts_with('#') {
                let row: Vec<&str> = line.split('\t').collect();
                if row.len() == 10 {
                    rows.push(row);
                }
            }
        }
        out
    }

    /// Keeps the documents whose name satisfies `keep`.
    #[must_use]
    pub fn filter(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.paragraphs.retain(|p| keep(&p.document));
        self
    }

    /// Paragraphs of one document after another.
    fn documents(&self) -> Vec<&[Paragraph]> {
        self.paragraphs.chunk_by(|a, b| a.document == b.document).collect()
    }

    /// Reads every document with the treebank's own tokens and sentences.
    pub fn reading(&self, model: &Model) -> Reading {
        let mut out = Reading::default();
        for document in self.documents() {
            let mut text = String::new();
            let mut spans = Vec::new();
            let mut parts = Vec::new();
            for (block, paragraph) in document.iter().enumerate() {
                let offset = text.len();
                text.push_str(&paragraph.text);
                text.push('\n');
                for sentence in &paragraph.sentences {
                    let start = spans.len();
                    spans.extend(sentence.iter().map(|w| Span::new(offset + w.span.start, offset + w.span.end)));
                    if spans.len() > start {
                        parts.push(Part { tokens: start..spans.len(), block });
                    }
                }
            }
            let found = model.read_tokens(&text, &spans, &parts, false);
            let mut at = 0;
            for sentence in document.iter().flat_map(|p| &p.sentences) {
                let base = at;
                let heads = sentence.iter().any(|w| w.misc.contains("Entity=")).then(|| mention_heads(sentence));
                for (number, word) in sentence.iter().enumerate() {
                    let token = &found.tokens[at];
                    let head = token.head == word.head.map(|head| base + head);
                    out.words += 1;
                    out.upos += usize::from(token.upos.as_str() == word.upos);
                    out.xpos += usize::from(*token.xpos == *word.xpos);
                    out.lemma += usize::from(*token.lemma == *word.lemma.replace(['’', '‘'], "'"));
                    out.head += usize::from(head);
                    out.relation += usize::from(head && *token.rel == *word.rel);
                    if let Some(heads) = &heads {
                        // Treebanks count dates among times.
                        let entity = token.entity.map(|e| if e == EntityKind::Date { EntityKind::Time } else { e });
                        out.entities.predicted += usize::from(entity.is_some());
                        out.entities.expected += usize::from(heads[number].is_some());
                        out.entities.correct += usize::from(entity.is_some() && entity == heads[number]);
                    }
                    at += 1;
                }
            }
        }
        out
    }

    /// Reads the raw text of every document, paragraph by paragraph.
    pub fn end_to_end(&self, model: &Model) -> EndToEnd {
        let mut out = EndToEnd::default();
        for paragraph in &self.paragraphs {
            let spans = tokens(&paragraph.text);
            let ranges = sentences(&paragraph.text, &spans);
            let parts: Vec<Part> = ranges.into_iter().map(|tokens| Part { tokens, block: 0 }).collect();
            let found = model.read_tokens(&paragraph.text, &spans, &parts, false);
            let ours = |label: &dyn Fn(&super::Token) -> String| -> BTreeSet<(Span, Option<Span>, String)> {
                found.tokens.iter().map(|t| (t.span, t.head.map(|h| found.tokens[h].span), label(t))).collect()
            };
            let theirs = |label: &dyn Fn(&Word) -> String| -> BTreeSet<(Span, Option<Span>, String)> {
                let sentences = paragraph.sentences.iter();
                sentences.flat_map(|s| s.iter().map(|w| (w.span, w.head.map(|h| s[h].span), label(w)))).collect()
            };
            out.head.add(&ours(&|_| String::new()), &theirs(&|_| String::new()));
            out.relation.add(&ours(&|t| t.rel.to_string()), &theirs(&|w| w.rel.clone()));
            let flat = |set: BTreeSet<(Span, Option<Span>, String)>| -> BTreeSet<(Span, String)> {
                set.into_iter().map(|(span, _, label)| (span, label)).collect()
            };
            out.upos.add(&flat(ours(&|t| t.upos.as_str().to_owned())), &flat(theirs(&|w| w.upos.clone())));
        }
        out
    }

    /// Token and sentence scores of our own cutting of the raw text, paragraph by paragraph.
    pub fn cutting(&self) -> Cutting {
        let mut out = Cutting::default();
        for paragraph in &self.paragraphs {
            let cut = tokens(&paragraph.text);
            let split = sentences(&paragraph.text, &cut);
            let found: BTreeSet<Span> = cut.iter().copied().collect();
            let gold: BTreeSet<Span> = paragraph.sentences.iter().flatten().map(|w| w.span).collect();
            out.tokens.add(&found, &gold);
            let found: BTreeSet<Span> = split.iter().map(|r| cut[r.start].join(cut[r.end - 1])).collect();
            let gold: BTreeSet<Span> =
                paragraph.sentences.iter().filter_map(|s| Some(s.first()?.span.join(s.last()?.span))).collect();
            out.sentences.add(&found, &gold);
        }
        out
    }
}

/// How well trees and tags are read, on the treebank's own tokens and sentences. Relations count with their subtypes, punctuation
/// counts like every other word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// Words.
    pub words: usize,
    /// Words with the right universal part of speech.
    pub upos: usize,
    /// Words with the right Penn tag.
    pub xpos: usize,
    /// Words with the right base form, curly apostrophes counted as straight ones.
    pub lemma: usize,
    /// Words with the right head.
    pub head: usize,
    /// Words with the right head and relation.
    pub relation: usize,
    /// Words that head a mention of an entity, by kind; only where the treebank marks entities.
    pub entities: Tally,
}

impl Reading {
    /// Share of all words, 0 to 1.
    ///
    /// ```
    /// use demarche::nlp::eval::Reading;
    /// let scores = Reading { words: 4, head: 3, ..Reading::default() };
    /// assert_eq!(scores.share(scores.head), 0.75);
    /// ```
    pub fn share(&self, count: usize) -> f64 {
        if self.words == 0 { 0.0 } else { count as f64 / self.words as f64 }
    }
}

/// How well raw text is read from the first step to the last: words count as found where the span is exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EndToEnd {
    /// Words with the right universal part of speech.
    pub upos: Tally,
    /// Words with the right head (or root) by exact spans of both.
    pub head: Tally,
    /// The same with the right relation.
    pub relation: Tally,
}

/// How well raw text is cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cutting {
    /// Tokens, by exact span.
    pub tokens: Tally,
    /// Sentences, by exact span.
    pub sentences: Tally,
}

impl Paragraph {
    /// Adds a sentence; words of a multi-word token share its characters out by the length of their forms.
    fn push(&mut self, rows: &[Vec<&str>]) {
        let mut words: Vec<Word> = Vec::new();
        let mut inside = 0; // words left in the open multi-word token
        let mut space = false;
        for row in rows {
            if let Some((first, last)) = row[0].split_once('-') {
                inside = last.parse::<usize>().unwrap_or(0) + 1
                    - first.parse::<usize>().unwrap_or(1).min(last.parse().unwrap_or(0) + 1);
                space = !row[9].contains("SpaceAfter=No");
                continue;
            }
            if row[0].contains('.') {
                continue;
            }
            let start = self.text.len();
            self.text.push_str(row[1]);
            let span = Span::new(start, self.text.len());
            if inside > 0 {
                inside -= 1;
                if inside == 0 && space {
                    self.text.push(' ');
                }
            } else if !row[9].contains("SpaceAfter=No") {
                self.text.push(' ');
            }
            words.push(Word {
                span,
                upos: row[3].to_owned(),
                xpos: row[4].to_owned(),
                lemma: row[2].to_owned(),
                head: row[6].parse::<usize>().ok().and_then(|h| h.checked_sub(1)),
                rel: row[7].to_owned(),
                misc: row[9].to_owned(),
            });
        }
        self.sentences.push(words);
    }
}

/// For each word the kind of the smallest mention that it heads, after GUM's `Entity` annotation.
fn mention_heads(sentence: &[Word]) -> Vec<Option<EntityKind>> {
    let mut best: Vec<Option<(usize, Option<EntityKind>)>> = vec![None; sentence.len()];
    let mut open: Vec<(&str, &str, usize)> = Vec::new();
    let mut note = |start: usize, end: usize, kind: &str| {
        let head = (start..=end).find(|&i| sentence[i].head.is_none_or(|head| head < start || head > end));
        if let Some(head) = head
            && best[head].is_none_or(|(length, _)| length > end - start)
        {
            best[head] = Some((end - start, super::model::entity(kind)));
        }
    };
    for (at, word) in sentence.iter().enumerate() {
        for field in word.misc.split('|').filter_map(|field| field.strip_prefix("Entity=")) {
            let mut rest = field;
            while !rest.is_empty() {
                if let Some(inner) = rest.strip_prefix('(') {
                    let end = inner.find(['(', ')']).unwrap_or(inner.len());
                    let mut parts = inner[..end].split('-');
                    let (key, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                    let closed = inner[end..].starts_with(')');
                    if closed {
                        note(at, at, kind);
                    } else {
                        open.push((key, kind, at));
                    }
                    rest = &inner[end + usize::from(closed)..];
                } else {
                    let end = rest.find(['(', ')']).unwrap_or(rest.len());
                    let key = rest[..end].split('-').next().unwrap_or_default();
                    if let Some(number) = open.iter().rposition(|(k, ..)| *k == key) {
                        let (_, kind, start) = open.remove(number);
                        note(start, at, kind);
                    }
                    let closed = rest[end..].starts_with(')');
                    rest = &rest[end + usize::from(closed)..];
                    if end == 0 && !closed && !rest.starts_with('(') {
                        break;
                    }
                }
            }
        }
    }
    best.into_iter().map(|found| found.and_then(|(_, kind)| kind)).collect()
}
