//! The act of a claim by meaning: cue, frame and content together.

use super::clause::{root, subject};
use super::extract::{Scene, Sourced};
use crate::act::Act;
use crate::nlp::Upos;

/// Predicates that judge what they are said of.
const BAD: &[&str] = &[
    "unacceptable",
    "illegal",
    "illegitimate",
    "wrong",
    "absurd",
    "ridiculous",
    "shameful",
    "outrageous",
    "disgraceful",
    "terrible",
    "horrible",
    "bad",
    "dangerous",
    "irresponsible",
    "unfair",
    "unjust",
    "immoral",
    "reckless",
    "disaster",
    "mistake",
    "failure",
    "shame",
    "nonsense",
    "unfortunate",
    "unhelpful",
    "unrealistic",
    "impossible",
    "disgusting",
    "insane",
    "crazy",
    "foolish",
    "flawed",
    "weak",
    "hypocrisy",
    "unconstitutional",
    "provocation",
    "farce",
    "sham",
    "lie",
    "catastrophe",
    "hypocritical",
    "misguided",
    "premature",
    "insulting",
    "cruel",
    "disappointing",
    "troubling",
    "alarming",
    "worrying",
    "deplorable",
    "appalling",
    "scandal",
    "betrayal",
    "threat",
    "rhetoric",
    "witch",
];
const GOOD: &[&str] = &[
    "good",
    "great",
    "positive",
    "constructive",
    "important",
    "excellent",
    "historic",
    "welcome",
    "encouraging",
    "wonderful",
    "productive",
    "fair",
    "right",
    "courageous",
    "success",
    "victory",
    "progress",
    "honour",
    "honor",
    "opportunity",
    "proud",
    "grateful",
    "glad",
    "optimistic",
    "hopeful",
    "promising",
    "fantastic",
    "amazing",
    "brilliant",
    "remarkable",
    "hero",
];

/// What the content of a neutral cue ("said") does by itself; `None` where it only states.
pub(super) fn of_content(scene: &Scene<'_>, one: &Sourced) -> Option<Act> {
    let trees = scene.trees;
    let (first, last) = one.draft.content;
    let head = root(trees, one.draft.content)?;
    let negated = trees.negation(head).is_some();
    let auxiliaries: Vec<&str> = trees.children_by(head, &["aux"]).map(|a| trees.lemma(a)).collect();
    let doer = trees
        .child(head, &["nsubj", "nsubj:pass", "csubj"])
        .or_else(|| subject(trees, head))
        .filter(|d| (first..=last).contains(d));
    let own = doer.is_some_and(|d| {
        matches!(trees.word(d).to_lowercase().as_str(), "i" | "we")
            || scene.cast.at_head(d).is_some_and(|m| {
                m.actors.iter().any(|a| {
                    one.actors.contains(a)
                        || one.actors.iter().any(|&s| {
                            scene.cast.actors[s].bloc.as_deref() == Some(scene.cast.actors[*a].label.as_str())
                        })
                })
            })
    });
    let must = auxiliaries.iter().any(|a| matches!(*a, "must" | "should" | "shall" | "ought"))
        || (matches!(trees.lemma(head), "need" | "have" | "ought")
            && trees.children_by(head, &["xcomp"]).next().is_some()
            && doer.is_some());
    let will = auxiliaries.iter().any(|a| matches!(*a, "will" | "would" | "'ll" | "’ll" | "wo"))
        || (trees.lemma(head) == "go" && trees.child(head, &["xcomp"]).is_some());
    if must {
        return Some(if own && !negated { Act::Propose } else { Act::Demand });
    }
    if own && will {
        return Some(if negated { Act::Reject } else { Act::Commit });
    }
    let predicate = trees.lemma(head).to_lowercase();
    if trees.child(head, &["cop"]).is_some() {
        if BAD.contains(&predicate.as_str()) {
            return Some(if negated { Act::Support } else { Act::Criticise });
        }
        if GOOD.contains(&predicate.as_str()) {
            return Some(if negated { Act::Criticise } else { Act::Support });
        }
    }
    // An imperative: a bare verb without subject that begins the sentence.
    let bare = &*trees.token(head).xpos == "VB"
        && doer.is_none()
        && auxiliaries.is_empty()
        && trees.child(head, &["mark"]).is_none();
    if bare && head <= first + 1 && trees.upos(head) == Upos::Verb && one.draft.rule != "cue.verb" {
        return Some(Act::Request);
    }
    None
}
