//! From marked spans and their links to attributions of the document.

use std::ops::Range;

use super::analysis::{Attribution, Part, Sentence, Token};
use super::heads::Reading;
use super::mend::{phrase, subject};
use super::tagger::Role;
use crate::span::Span;

/// Ranges of tokens of one attribution.
#[derive(Debug, Default, Clone)]
struct Draft {
    source: Vec<(usize, usize)>,
    cue: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
    /// A source that it may share with another attribution, if it has none of its own.
    shared: Option<(usize, usize)>,
}

impl Draft {
    fn part(&mut self, role: Role) -> &mut Vec<(usize, usize)> {
        match role {
            Role::Source => &mut self.source,
            Role::Cue => &mut self.cue,
            Role::Content => &mut self.content,
        }
    }
}

/// Collects the attributions of a document, window by window.
#[derive(Debug, Default)]
pub(super) struct Collector {
    drafts: Vec<Draft>,
    /// Role and attribution of the span that ended the window before.
    open: Option<(Role, usize)>,
}

impl Collector {
    /// Adds what a window says; its tokens begin at `base` and there are `count` of them.
    ///
    /// Spans with the same cue make one attribution. A content without cue stands alone, a source without cue is left out. A span
    /// that runs on from the window before joins the attribution of the span that ended it.
    pub(super) fn add(&mut self, reading: &Reading, base: usize, count: usize) {
        let first = self.drafts.len();
        let mut of_cue = vec![None; reading.spans.len()];
        for (number, (span, _)) in reading.spans.iter().enumerate() {
            if span.role == Role::Cue {
                of_cue[number] = Some(self.drafts.len());
                let shared = reading.shared[number].map(|source| {
                    let source = reading.spans[source].0;
                    (base + source.start, base + source.end)
                });
                let cue = vec![(base + span.start, base + span.end)];
                self.drafts.push(Draft { cue, shared, ..Draft::default() });
            }
        }
        let mut last = None;
        for (number, (span, cue)) in reading.spans.iter().enumerate() {
            let range = (base + span.start, base + span.end);
            let to = match (span.role, self.open, cue) {
                (Role::Cue, ..) => of_cue[number],
                (role, Some((open, draft)), _) if span.runs_on && role == open => {
                    self.drafts[draft].part(role).push(range);
                    Some(draft)
                }
                (role, _, Some(cue)) => {
                    let draft = of_cue[*cue];
                    if let Some(draft) = draft {
                        self.drafts[draft].part(role).push(range);
                    }
                    draft
                }
                (Role::Content, _, None) => {
                    self.drafts.push(Draft { content: vec![range], ..Draft::default() });
                    Some(self.drafts.len() - 1)
                }
                (Role::Source, _, None) => None,
            };
            last = to.filter(|_| span.end == count).map(|draft| (span.role, draft));
        }
        self.open = last;
        debug_assert!(first <= self.drafts.len());
    }

    /// Gives attributions without source the subject that the tree shows, and of several sources linked to one cue keeps the
    /// nearest.
    pub(super) fn mend(&mut self, tokens: &[Token], sentences: &[Sentence]) {
        let mut sources: Vec<(usize, usize)> = self.drafts.iter().flat_map(|draft| draft.source.clone()).collect();
        sources.sort_unstable();
        for draft in &mut self.drafts {
            if let (Some(&(start, end)), 2..) = (draft.cue.first(), draft.source.len()) {
                let distance = |source: &(usize, usize)| {
                    if source.0 >= end { source.0 - end } else { start.saturating_sub(source.1) }
                };
                draft.source.sort_by_key(distance);
                draft.source.truncate(1);
            }
            if !draft.source.is_empty() || draft.content.is_empty() {
                continue;
            }
            let Some(&(start, end)) = draft.cue.first() else { continue };
            let number = sentences.partition_point(|sentence| sentence.tokens.end <= start);
            let Some(sentence) = sentences.get(number).map(|s| s.tokens.clone()) else { continue };
            let Some(found) = subject(tokens, sentence.clone(), &(start..end)) else { continue };
            let in_own = draft.content.iter().chain(&draft.cue).any(|&(from, to)| (from..to).contains(&found));
            if in_own || tokens[found].part == Part::Content {
                continue;
            }
            let before = sources.partition_point(|&(from, _)| from <= found).checked_sub(1);
            let known = before.map(|number| sources[number]).filter(|&(_, to)| found < to);
            draft.source.push(known.unwrap_or_else(|| {
                let range = phrase(tokens, &sentence, found);
                (range.start, range.end)
            }));
        }
    }

    /// Extends contents that hold the larger part of a quotation to the whole of it, where the rest belongs to nothing else.
    pub(super) fn close_quotations(&mut self, quotations: &[Range<usize>], tokens: &[Token]) {
        let free = |mut range: Range<usize>| range.all(|at| tokens[at].part == Part::Outside);
        for (start, end) in self.drafts.iter_mut().flat_map(|draft| &mut draft.content) {
            let first = quotations.partition_point(|quotation| quotation.end <= *start);
            for quotation in &quotations[first..] {
                if quotation.start >= *end {
                    break;
                }
                let inside = (*end).min(quotation.end) - (*start).max(quotation.start);
                if inside * 2 > quotation.len() {
                    if quotation.start < *start && free(quotation.start..*start) {
                        *start = quotation.start;
                    }
                    if quotation.end > *end && free(*end..quotation.end) {
                        *end = quotation.end;
                    }
                }
            }
        }
    }

    /// Gives attributions that still have no source the one that the model would share with them.
    pub(super) fn share(&mut self) {
        for draft in &mut self.drafts {
            if draft.source.is_empty() && !draft.content.is_empty() {
                draft.source.extend(draft.shared);
            }
        }
    }

    /// The attributions that have a content, in text order, with spans cut where the block changes.
    pub(super) fn finish(self, tokens: &[Token], block: impl Fn(usize) -> usize) -> Vec<Attribution> {
        let spans = |mut ranges: Vec<(usize, usize)>| {
            ranges.sort_unstable();
            let mut joined: Vec<(usize, usize)> = Vec::new();
            for (start, end) in ranges {
                match joined.last_mut() {
                    Some(last) if last.1 >= start => last.1 = last.1.max(end),
                    _ => joined.push((start, end)),
                }
            }
            let mut out = Vec::new();
            for (start, end) in joined {
                let mut from = start;
                for at in start..end {
                    if at + 1 == end || block(at) != block(at + 1) {
                        out.push(Span::new(tokens[from].span.start, tokens[at].span.end));
                        from = at + 1;
                    }
                }
            }
            out
        };
        let mut out: Vec<Attribution> = self
            .drafts
            .into_iter()
            .filter(|draft| !draft.content.is_empty())
            .map(|draft| Attribution {
                source: spans(draft.source),
                cue: spans(draft.cue),
                content: spans(draft.content),
            })
            .collect();
        out.sort_by_key(Attribution::start);
        out
    }
}

/// The part of a token with that tag.
pub(super) fn part(tag: u8) -> Part {
    match tag {
        1 | 2 => Part::Source,
        3 | 4 => Part::Cue,
        5 | 6 => Part::Content,
        _ => Part::Outside,
    }
}
