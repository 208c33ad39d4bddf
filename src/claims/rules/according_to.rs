//! "…, according to X": the clause that it hangs on is X's statement.

use super::super::clause::{holder, phrase};
use super::super::draft::{Draft, Source};
use super::Context;
use crate::act::Act;

/// All drafts of the document that "according to" marks.
pub(in super::super) fn find(context: &Context<'_>, out: &mut Vec<Draft>) {
    let trees = context.trees;
    for index in 0..trees.analysis.tokens.len().saturating_sub(1) {
        if !(trees.word(index).eq_ignore_ascii_case("according") && trees.lemma(index + 1) == "to") {
            continue;
        }
        // "according" is a case mark of the source in some trees, its governor in others.
        let Some(up) = trees.token(index).head else { continue };
        let (source, clause) = if matches!(trees.base_rel(index), "case" | "fixed") {
            let Some(clause) = trees.token(up).head else { continue };
            (up, clause)
        } else if let Some(source) = trees.child(index, &["obl", "nmod", "obj"]) {
            (source, up)
        } else {
            continue;
        };
        let holder = holder(trees, context.words, source);
        let content =
            phrase(trees, clause, &|c| c == source || trees.dominates(c, index) && trees.dominates(c, source));
        let mut draft = Draft::new("according-to", Act::Assert, Source::Head(holder), content);
        draft.cue = Some((index, index + 1));
        draft.act_settled = false;
        out.push(draft);
    }
}
