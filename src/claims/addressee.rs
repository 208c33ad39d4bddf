//! Whom a claim is directed at: candidates weighed as annotated articles teach.

use super::candidates::{self, Candidate};
use super::extract::{Scene, Sourced};
use super::score;
use crate::act::Act;
use crate::actors::{Form, Mention};

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
    let mut all: Vec<Addressee> = Vec::new();
    for (_, candidate) in found {
        // "both leaders": the two, or none.
        let pair = |m: &&Mention| m.form == Form::Nominal && m.actors.len() == 2 && m.actors.contains(&candidate.actor);
        let (first, last) = candidate.mention;
        let from = scene.cast.mentions.partition_point(|m| m.first < first);
        let here = scene.cast.mentions[from..].iter().take_while(|m| m.first == first);
        let mention = here.filter(pair).find(|m| m.last == last);
        let together = mention.into_iter().flat_map(|m| &m.actors);
        for &actor in std::iter::once(&candidate.actor).chain(together) {
            if !one.actors.contains(&actor) && all.iter().all(|(known, _)| *known != actor) {
                all.push((actor, candidate.mention));
            }
        }
    }
    all
}
