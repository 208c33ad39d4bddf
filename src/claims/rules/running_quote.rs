//! Sentences of a quotation that no verb of speech governs: they keep the speaker of the quotation.

use super::super::clause::trim;
use super::super::draft::{Draft, Source};
use super::Context;
use crate::act::Act;
use crate::nlp::Upos;

/// A draft for each sentence that begins inside a quotation and is not claimed by another draft yet.
pub(in super::super) fn find(context: &Context<'_>, out: &mut Vec<Draft>) {
    let trees = context.trees;
    for quote in context.quotes {
        let mut at = quote.first;
        while at <= quote.last {
            let sentence = trees.sentence_tokens(at);
            let (first, last) = (at.max(sentence.start), quote.last.min(sentence.end - 1));
            at = sentence.end.max(at + 1);
            let clause = (first..=last).any(|t| matches!(trees.upos(t), Upos::Verb | Upos::Aux));
            let covered = out.iter().any(|d| {
                let overlap = (d.content.1.min(last) + 1).saturating_sub(d.content.0.max(first));
                overlap * 2 > last - first
            });
            // Scraps of quotation inside a clause belong to that clause.
            let whole = first == sentence.start || first == sentence.start + 1 || last + 2 >= sentence.end;
            if !clause || covered || !whole || last - first < 2 {
                continue;
            }
            let mut draft = Draft::new("quote.running", Act::Assert, Source::Speaker, trim(trees, (first, last)));
            draft.act_settled = false;
            out.push(draft);
        }
    }
}
