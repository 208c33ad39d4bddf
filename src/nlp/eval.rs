//! Measures the language core against annotated corpora: CoNLL-U treebanks and PolNeAR folders, given as text.
//!
//! Nothing here reads a file or prints. Start at [`Treebank::parse`].

use std::collections::BTreeSet;

use super::{sentences, tokens};
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
