//! What only looks like a claim: silence, a guest's welcome, hopes and fears of nobody.

use super::clause::root;
use super::draft::Draft;
use super::extract::{Scene, Sourced};
use crate::actors::Form;
use crate::nlp::{Trees, Upos};

/// What is longer says more than that somebody was silent.
const LONGEST: usize = 16;

/// Words that "comment" hangs on, near or far, where somebody keeps silent.
const SILENT: &[&str] =
    &["decline", "refuse", "respond", "reply", "return", "reach", "contact", "request", "available"];

/// Verbs of which "did not … whether" tells nothing but silence.
const TELLING: &[&str] =
    &["specify", "say", "disclose", "reveal", "elaborate", "explain", "clarify", "detail", "indicate"];

/// Words that open a question.
const QUESTIONS: &[&str] = &["whether", "if", "how", "when", "where", "which", "who", "what", "why"];

/// Attitudes that are somebody's only where it is said whose.
const FEELINGS: &[&str] = &[
    "hope",
    "fear",
    "concern",
    "doubt",
    "scepticism",
    "skepticism",
    "optimism",
    "pessimism",
    "speculation",
    "expectation",
    "anxiety",
    "worry",
];

/// What events do to the feelings of nobody in particular.
const STIRRING: &[&str] = &[
    "dash", "raise", "fuel", "spark", "stoke", "stir", "fan", "ease", "dampen", "revive", "renew", "heighten",
    "deepen", "boost", "allay", "calm", "quell", "rekindle", "crush", "shatter", "prompt", "trigger", "lift", "dim",
];

/// Whether a draft tells of no position of its source at all.
pub(super) fn is_no_claim(scene: &Scene<'_>, one: &Sourced) -> bool {
    let (trees, draft) = (scene.trees, &one.draft);
    no_comment(trees, draft)
        || anonymous(trees, draft)
        || own_offer(scene, one)
        || left_open(trees, draft)
        || welcome_of_guests(scene, draft)
        || stirred(scene, draft)
}

/// "declined to comment", "did not respond to a request for comment".
fn no_comment(trees: &Trees<'_>, draft: &Draft) -> bool {
    let (first, last) = draft.content;
    let from = draft.cue.map_or(first, |cue| cue.0.min(first));
    let to = draft.cue.map_or(last, |cue| cue.1.max(last));
    to - from < LONGEST
        && (from..=to).filter(|&t| trees.lemma(t) == "comment").any(|comment| {
            let above = std::iter::successors(trees.token(comment).head, |&t| trees.token(t).head);
            trees.negation(comment).is_some() || above.take(4).any(|t| SILENT.contains(&trees.lemma(t)))
        })
}

/// "after accepting Ruiz's proposal": not Ruiz did, whoever the tree says.
fn own_offer(scene: &Scene<'_>, one: &Sourced) -> bool {
    let trees = scene.trees;
    let accepts = one.draft.cue.is_some_and(|(from, to)| (from..=to).any(|t| trees.lemma(t) == "accept"));
    let owner = root(trees, one.draft.content).and_then(|noun| trees.child(noun, &["nmod:poss"]));
    let named = owner.and_then(|t| scene.cast.at_head(t)).filter(|m| m.form == Form::Name);
    accepts && named.is_some_and(|m| m.actors == one.actors)
}

/// "asked not to be named", "declined to be identified", "spoke on condition of anonymity".
fn anonymous(trees: &Trees<'_>, draft: &Draft) -> bool {
    let (first, last) = draft.content;
    let from = draft.cue.map_or(first, |cue| cue.0.min(first));
    let to = draft.cue.map_or(last, |cue| cue.1.max(last));
    let named = |t: usize| {
        let hides =
            trees.negation(t).is_some() || (from..t).any(|c| matches!(trees.lemma(c), "decline" | "refuse" | "not"));
        matches!(trees.lemma(t), "name" | "identify" | "quote") && trees.child(t, &["aux:pass"]).is_some() && hides
    };
    to - from < LONGEST && (from..=to).any(|t| named(t) || trees.lemma(t) == "anonymity")
}

/// "did not specify whether the aid would come".
fn left_open(trees: &Trees<'_>, draft: &Draft) -> bool {
    let Some((from, to)) = draft.cue else { return false };
    let opens = QUESTIONS.contains(&trees.word(draft.content.0).to_lowercase().as_str());
    opens && (from..=to).any(|t| TELLING.contains(&trees.lemma(t)) && trees.negation(t).is_some())
}

/// "welcomed the leaders to the palace": a guest goes somewhere, a proposal goes nowhere.
fn welcome_of_guests(scene: &Scene<'_>, draft: &Draft) -> bool {
    let trees = scene.trees;
    let Some((from, to)) = draft.cue else { return false };
    let Some(cue) = (from..=to).find(|&t| matches!(trees.lemma(t), "welcome" | "greet" | "host" | "receive")) else {
        return false;
    };
    let (first, last) = draft.content;
    let hangs_on_cue = |t: usize| t == cue || trees.token(t).head == Some(cue);
    let goes = (first..=last).filter(|&t| trees.lemma(t) == "to" && trees.base_rel(t) == "case").any(|to| {
        let place = trees.token(to).head.filter(|&place| matches!(trees.upos(place), Upos::Noun | Upos::Propn));
        place.and_then(|place| trees.token(place).head).is_some_and(hangs_on_cue)
    });
    let guests = trees.children_by(cue, &["obj"]).any(|object| scene.cast.at_head(object).is_some());
    trees.upos(cue) == Upos::Verb && goes && guests
}

/// "dashing hopes for a deal", "the march raised fears of war": whose they are is not said. Who raises doubts himself has them.
fn stirred(scene: &Scene<'_>, draft: &Draft) -> bool {
    let trees = scene.trees;
    let (first, last) = draft.content;
    let from = draft.cue.map_or(first, |cue| cue.0);
    let to = draft.cue.map_or(first, |cue| cue.1.max(cue.0)).min(last.max(from));
    (from..=to).filter(|&t| FEELINGS.contains(&trees.lemma(t))).any(|feeling| {
        let owned = trees
            .children_by(feeling, &["nmod:poss", "amod", "compound"])
            .any(|c| trees.rel(c) == "nmod:poss" || trees.word(c).starts_with(char::is_uppercase));
        let among = trees.children_by(feeling, &["nmod"]).any(|c| {
            trees.children_by(c, &["case"]).any(|p| matches!(trees.lemma(p), "among" | "of" | "in" | "by")) && c < first
        });
        let stirred = trees.token(feeling).head.is_some_and(|verb| {
            let somebody =
                trees.child(verb, &["nsubj", "obl:agent"]).is_some_and(|who| scene.cast.at_head(who).is_some());
            STIRRING.contains(&trees.lemma(verb)) && matches!(trees.rel(feeling), "obj" | "nsubj:pass") && !somebody
        });
        stirred && !owned && !among
    })
}
