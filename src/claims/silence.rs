//! Silence is no position: "declined to comment", "did not respond to a request for comment".

use super::draft::Draft;
use crate::nlp::Trees;

/// What is longer says more than that somebody was silent.
const LONGEST: usize = 16;

/// Words that "comment" hangs on, near or far, where somebody keeps silent.
const SILENT: &[&str] =
    &["decline", "refuse", "respond", "reply", "return", "reach", "contact", "request", "available"];

/// Whether a draft tells only that its source did not comment.
pub(super) fn is_silence(trees: &Trees<'_>, draft: &Draft) -> bool {
    let (first, last) = draft.content;
    let from = draft.cue.map_or(first, |cue| cue.0.min(first));
    let to = draft.cue.map_or(last, |cue| cue.1.max(last));
    to - from < LONGEST
        && (from..=to).filter(|&t| trees.lemma(t) == "comment").any(|comment| {
            let above = std::iter::successors(trees.token(comment).head, |&t| trees.token(t).head);
            trees.negation(comment).is_some() || above.take(4).any(|t| SILENT.contains(&trees.lemma(t)))
        })
}
