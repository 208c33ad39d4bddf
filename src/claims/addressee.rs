//! Whom a claim is directed at: candidates weighed as annotated articles teach.

use super::candidates::{self, Candidate};
use super::extract::{Scene, Sourced};
use super::score;
use crate::act::Act;

/// An addressee and the mention that shows it.
pub(super) type Addressee = (usize, (usize, usize));

/// A claim is directed at this many at most.
const MOST: usize = 3;

/// The addressees of a claim, likeliest first; of acts that state something, only who is told it.
pub(super) fn find(scene: &Scene<'_>, one: &Sourced, act: Act) -> Vec<Addressee> {
    let mut found: Vec<(f64, Candidate)> = candidates::of_claim(scene, one, act)
        .into_iter()
        .map(|candidate| (score::addressed(&candidate.features), candidate))
        .filter(|(chance, _)| *chance >= score::addressee_threshold())
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.actor.cmp(&b.1.actor)));
    found.truncate(MOST);
    found.into_iter().map(|(_, candidate)| (candidate.actor, candidate.mention)).collect()
}
