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
    "agreeable",
    "acceptable",
    "trusted",
    "trustworthy",
    "reliable",
];

/// What "nobody" is said not to have done by those who deny it.
const DENIED: &[&str] = &["reject", "refuse", "threaten", "attack", "block", "force", "exclude", "oppose", "demand"];

/// What is lodged with those it is held against.
const PROTESTS: &[&str] = &["complaint", "protest", "representation", "objection"];

/// What nobody is ready for without threatening.
const FIGHTS: &[&str] = &["war", "conflict", "battle", "confrontation", "fight", "combat", "strike"];

/// The act of words that leave no choice: what is "non-negotiable" is demanded, what "nobody rejected" is denied, a protest that is lodged criticises,
/// and readiness for war threatens.
pub(super) fn by_words(scene: &Scene<'_>, one: &Sourced) -> Option<Act> {
    let trees = scene.trees;
    let head = root(trees, one.draft.content)?;
    let predicate = trees.word(head).to_lowercase();
    let prefixed = head >= 2 && trees.word(head - 2).eq_ignore_ascii_case("non");
    let denied = trees.negation(head).is_some() || prefixed;
    if matches!(predicate.as_str(), "non-negotiable" | "nonnegotiable") || predicate == "negotiable" && denied {
        return Some(Act::Demand);
    }
    if matches!(trees.lemma(head), "lodge" | "file" | "register") {
        return trees.child(head, &["obj"]).filter(|&o| PROTESTS.contains(&trees.lemma(o))).map(|_| Act::Criticise);
    }
    if matches!(trees.lemma(head), "ready" | "readiness" | "prepared" | "preparedness") && !denied {
        let mut wanted = trees.children_by(head, &["obl", "nmod", "xcomp"]);
        return wanted.find(|&w| FIGHTS.contains(&trees.lemma(w))).map(|_| Act::Threaten);
    }
    let doer = trees.child(head, &["nsubj"])?;
    let nobody = matches!(trees.word(doer).to_lowercase().as_str(), "nobody" | "no-one")
        || trees.word(doer).eq_ignore_ascii_case("one") && doer > 0 && trees.word(doer - 1).eq_ignore_ascii_case("no");
    (nobody && DENIED.contains(&trees.lemma(head))).then_some(Act::Deny)
}

/// What the content of a neutral cue ("said") does by itself; `None` where it only states.
pub(super) fn of_content(scene: &Scene<'_>, one: &Sourced) -> Option<Act> {
    let trees = scene.trees;
    let (first, last) = one.draft.content;
    let head = root(trees, one.draft.content)?;
    // "Under no circumstances will we leave".
    let under_no =
        |t: usize| trees.lemma(t) == "no" && matches!(trees.lemma(t + 1), "circumstance" | "account" | "way");
    let negated = trees.negation(head).is_some() || (first..last).any(under_no);
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
    // "is rarely to be trusted": the tree may hang the verb on the adverb.
    let denying = matches!(trees.lemma(head), "rarely" | "hardly" | "seldom" | "scarcely" | "never");
    let below = trees.child(head, &["advcl", "xcomp"]).filter(|_| denying);
    let (head, negated) = below.map_or((head, negated), |verb| (verb, true));
    let predicate = trees.lemma(head).to_lowercase();
    // "is acceptable", "found the plan acceptable", "is not to be trusted".
    let judges = trees.child(head, &["cop"]).is_some()
        || one.draft.rule == "cue.predicate"
        || predicate == "trust" && trees.child(head, &["aux:pass"]).is_some();
    let predicate = if predicate == "trust" { "trusted".to_owned() } else { predicate };
    if judges {
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
