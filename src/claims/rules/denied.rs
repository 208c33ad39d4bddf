//! "X accuses Y of Z, which W denies", "…, a charge that W denies": what has just been said is denied by W.

use super::super::clause::verb_group;
use super::super::draft::{Draft, Source};
use super::Context;
use crate::act::Act;
use crate::nlp::{Trees, Upos};

/// What the words of another are called by whoever denies them.
const CHARGES: &[&str] = &["charge", "claim", "accusation", "allegation", "suggestion", "assertion"];

/// All denials of what the sentence says before; `out` holds what the other rules have found of it.
pub(in super::super) fn find(context: &Context<'_>, out: &mut Vec<Draft>) {
    let trees = context.trees;
    for verb in 0..trees.analysis.tokens.len() {
        let Some((subject, end)) = denial(trees, verb) else { continue };
        let sentence = trees.sentence_tokens(verb);
        // What is said ends before the denial.
        for said in
            out.iter_mut().filter(|d| sentence.contains(&d.content.0) && d.content.0 <= end && d.content.1 > end)
        {
            said.content.1 = end;
        }
        let said = out.iter().filter(|d| {
            sentence.contains(&d.content.0)
                && d.content.0 <= end
                && d.source != Source::Head(subject)
                && d.more.is_empty()
        });
        // What ends last is denied; of what is said within what is said the outer.
        let cue = |d: &Draft| d.cue.map_or(d.content.0, |cue| cue.0);
        let outer = said.max_by_key(|d| (d.content.1, std::cmp::Reverse(cue(d)), d.content.0));
        let Some(content) = outer.map(|d| d.content) else { continue };
        let mut draft = Draft::new("cue.verb", Act::Deny, Source::Head(subject), content);
        draft.cue = Some((verb_group(trees, verb).0, verb));
        draft.negated = trees.negation(verb).is_some();
        out.push(draft);
    }
}

/// Whether a content is no more than "a charge".
pub(in super::super) fn is_charge(trees: &Trees<'_>, (first, last): (usize, usize)) -> bool {
    CHARGES.contains(&trees.lemma(last)) && (first..last).all(|t| matches!(trees.upos(t), Upos::Det | Upos::Adj))
}

/// The same as [`denial`] where what is said holds this content.
pub(in super::super) fn denial_of(trees: &Trees<'_>, verb: usize, content: (usize, usize)) -> Option<(usize, usize)> {
    denial(trees, verb).filter(|&(_, end)| content.1 <= end && trees.sentence_of(content.0) == trees.sentence_of(verb))
}

/// Who denies what the sentence has said before with this verb, and the last token of that.
fn denial(trees: &Trees<'_>, verb: usize) -> Option<(usize, usize)> {
    let doubts = matches!(trees.lemma(verb), "deny" | "dispute" | "refute");
    if trees.upos(verb) != Upos::Verb || !(doubts || trees.lemma(verb) == "reject") {
        return None;
    }
    let own = trees.children_by(verb, &["obj", "ccomp", "xcomp"]).any(|c| c > verb);
    let subject = trees.child(verb, &["nsubj"]).filter(|&s| s < verb && !own)?;
    let sentence = trees.sentence_tokens(verb).start;
    let before = |t: usize| t.checked_sub(1).filter(|&t| t >= sentence);
    let mut at = before(trees.extent(subject).0)?;
    let which = trees.word(at) == "which";
    if which || trees.word(at) == "that" {
        at = before(at)?;
    }
    if CHARGES.contains(&trees.lemma(at)) {
        at = before(at)?;
        while matches!(trees.upos(at), Upos::Det | Upos::Adj) {
            at = before(at)?;
        }
    } else if !(which && doubts) {
        return None;
    }
    // A comma or a dash sets it apart.
    trees.is_punct(at).then(|| before(at)).flatten().map(|end| (subject, end))
}
