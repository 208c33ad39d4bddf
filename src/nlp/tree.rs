//! Walking dependency trees: children, subtrees, the words of a phrase.

use std::ops::Range;

use super::{Analysis, Token, Upos};
use crate::span::Span;

/// The trees of an analysis with their children listed. Start at [`Trees::new`].
#[derive(Debug)]
pub struct Trees<'a> {
    /// The analysis.
    pub analysis: &'a Analysis,
    /// The text that its spans refer to.
    pub text: &'a str,
    children: Vec<Vec<usize>>,
    sentence_of: Vec<usize>,
}

impl<'a> Trees<'a> {
    /// Lists the children of every token, in text order.
    pub fn new(text: &'a str, analysis: &'a Analysis) -> Self {
        let mut children = vec![Vec::new(); analysis.tokens.len()];
        for (index, token) in analysis.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[head].push(index);
            }
        }
        let mut sentence_of = vec![0; analysis.tokens.len()];
        for (number, sentence) in analysis.sentences.iter().enumerate() {
            for slot in &mut sentence_of[sentence.tokens.clone()] {
                *slot = number;
            }
        }
        Self { analysis, text, children, sentence_of }
    }

    /// The token of that index.
    pub fn token(&self, index: usize) -> &'a Token {
        &self.analysis.tokens[index]
    }

    /// The characters of a token.
    pub fn word(&self, index: usize) -> &'a str {
        self.token(index).span.of(self.text)
    }

    /// The lemma of a token.
    pub fn lemma(&self, index: usize) -> &'a str {
        &self.token(index).lemma
    }

    /// The relation of a token to its head.
    pub fn rel(&self, index: usize) -> &'a str {
        &self.token(index).rel
    }

    /// The relation without its subtype.
    pub fn base_rel(&self, index: usize) -> &'a str {
        self.rel(index).split(':').next().unwrap_or_default()
    }

    /// The part of speech of a token.
    pub fn upos(&self, index: usize) -> Upos {
        self.token(index).upos
    }

    /// The dependents of a token, in text order.
    pub fn children(&self, index: usize) -> &[usize] {
        &self.children[index]
    }

    /// The dependents whose relation (with or without subtype) is one of `rels`.
    pub fn children_by<'b>(&'b self, index: usize, rels: &'b [&str]) -> impl Iterator<Item = usize> + 'b {
        self.children[index]
            .iter()
            .copied()
            .filter(move |&c| rels.contains(&self.rel(c)) || rels.contains(&self.base_rel(c)))
    }

    /// The first dependent with one of these relations.
    pub fn child(&self, index: usize, rels: &[&str]) -> Option<usize> {
        self.children_by(index, rels).next()
    }

    /// Number of the sentence that a token is in.
    pub fn sentence_of(&self, index: usize) -> usize {
        self.sentence_of[index]
    }

    /// Number of the document's block that a token is in.
    pub fn block_of(&self, index: usize) -> usize {
        self.analysis.sentences[self.sentence_of[index]].block
    }

    /// Tokens of the sentence that a token is in.
    pub fn sentence_tokens(&self, index: usize) -> Range<usize> {
        self.analysis.sentences[self.sentence_of[index]].tokens.clone()
    }

    /// All tokens below `index` and itself, in text order, without the branches that `skip` names (asked of each dependent).
    pub fn subtree(&self, index: usize, skip: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let mut out = vec![index];
        let mut stack = vec![index];
        while let Some(at) = stack.pop() {
            for &child in &self.children[at] {
                if !skip(child) {
                    out.push(child);
                    stack.push(child);
                }
            }
        }
        out.sort_unstable();
        out
    }

    /// First and last token of a whole subtree.
    pub fn extent(&self, index: usize) -> (usize, usize) {
        let all = self.subtree(index, &|_| false);
        (all[0], all[all.len() - 1])
    }

    /// The words from `first` to `last` as they stand in the text, each gap between them one space: what a page put between them is left out.
    pub fn text_of(&self, first: usize, last: usize) -> String {
        let mut out = self.word(first).to_owned();
        for token in first + 1..=last {
            if self.token(token - 1).span.end < self.token(token).span.start {
                out.push(' ');
            }
            out.push_str(self.word(token));
        }
        out
    }

    /// Text from the first to the last of two tokens.
    pub fn span(&self, first: usize, last: usize) -> Span {
        self.token(first).span.join(self.token(last).span)
    }

    /// Whether `ancestor` is above `index` (or is it).
    pub fn dominates(&self, ancestor: usize, index: usize) -> bool {
        let mut at = Some(index);
        while let Some(here) = at {
            if here == ancestor {
                return true;
            }
            at = self.token(here).head;
        }
        false
    }

    /// Coordinated heads: the token and its `conj` dependents, in text order.
    pub fn coordinated(&self, index: usize) -> Vec<usize> {
        let mut out = vec![index];
        let mut next = 0;
        while next < out.len() {
            let at = out[next];
            out.extend(self.children_by(at, &["conj"]));
            next += 1;
        }
        out.sort_unstable();
        out
    }

    /// Whether the token is a punctuation mark.
    pub fn is_punct(&self, index: usize) -> bool {
        self.upos(index) == Upos::Punct
    }

    /// Whether a clause headed here is negated: "not", "n't", "never", "no longer".
    pub fn negation(&self, index: usize) -> Option<usize> {
        // "stopped short of backing"
        if index >= 2 && self.lemma(index - 1) == "of" && self.lemma(index - 2) == "short" {
            return Some(index - 2);
        }
        self.children(index).iter().copied().find(|&c| {
            matches!(
                self.lemma(c),
                "not" | "n't" | "never" | "n’t" | "neither" | "nor" | "hardly" | "rarely" | "seldom" | "scarcely"
            ) && matches!(self.base_rel(c), "advmod" | "cc" | "aux")
        })
    }
}
