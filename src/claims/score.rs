//! How sure the extractor is of a claim.

use super::extract::{Scene, Sourced};
use crate::act::Act;

/// Claims below this probability are left out.
pub(super) const THRESHOLD: f64 = 0.35;

/// Which of two drafts of the same claim has the better parts.
pub(super) fn preference(one: &Sourced) -> f64 {
    let rule = match one.draft.rule {
        "cue.verb" => 3.0,
        "cue.predicate" | "according-to" => 3.2,
        "cue.noun" => 2.8,
        "model" => 2.5,
        "attribution" => 1.5,
        _ => 1.0,
    };
    rule + f64::from(one.draft.act != Act::Assert) * 0.5
}

/// Probability that the claim is right.
pub(super) fn confidence(_scene: &Scene<'_>, one: &Sourced) -> f64 {
    let mut score: f64 = match one.draft.rule {
        "cue.verb" | "according-to" => 0.6,
        "cue.predicate" => 0.55,
        "cue.noun" => 0.5,
        "quote.running" => 0.6,
        _ => 0.4,
    };
    score += 0.25 * f64::from(one.attributed);
    score += 0.3 * f64::from(one.signal);
    score.clamp(0.01, 0.99)
}
