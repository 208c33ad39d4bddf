//! Whom a claim is directed at: candidates weighed as annotated articles teach.

use super::candidates::{self, Candidate};
use super::extract::{Scene, Sourced};
use super::score;
use crate::act::Act;
use crate::actors::{ActorKind, Form, Mention};

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
            let again = |known: usize| known == actor || is_side(scene, known, actor) || is_side(scene, actor, known);
            if !one.actors.contains(&actor) && !all.iter().any(|&(known, _)| again(known)) {
                all.push((actor, candidate.mention));
            }
        }
    }
    all
}

/// "urged Spanish officials" is not directed at Spain besides: whether an actor is the side that the other, no person, is on.
fn is_side(scene: &Scene<'_>, one: usize, other: usize) -> bool {
    let other = &scene.cast.actors[other];
    other.kind != ActorKind::Person && other.bloc.as_deref() == Some(scene.cast.actors[one].label.as_str())
}
