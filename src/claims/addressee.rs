//! Whom a claim is directed at.

use super::extract::{Scene, Sourced, coordinated};
use crate::act::Act;
use crate::actors::{ActorKind, Form};

/// An addressee and the mention that shows it.
pub(super) type Addressee = (usize, Option<(usize, usize)>);

/// The addressees of a claim: where the grammar names them, else who must do it, gets it, or whose plan or person it is.
pub(super) fn find(scene: &Scene<'_>, one: &Sourced, act: Act) -> Vec<Addressee> {
    if matches!(act, Act::Assert | Act::Deny | Act::Acknowledge) {
        return Vec::new();
    }
    let mut out: Vec<Addressee> = Vec::new();
    if let Some(heads) = &one.draft.addressee {
        for &head in heads {
            add_head(scene, one, head, &mut out);
        }
    }
    if out.is_empty() && one.signal > 0.0 {
        for &(token, probability) in &one.signal_addressees {
            if probability >= 0.3 {
                let mention = scene
                    .cast
                    .mentions
                    .iter()
                    .filter(|m| m.last == token && !m.actors.is_empty())
                    .max_by_key(|m| m.last - m.first)
                    .or_else(|| scene.cast.around(token));
                if let Some(mention) = mention {
                    add(scene, one, &mention.actors, (mention.first, mention.last), &mut out);
                }
            }
        }
    }
    if out.is_empty() {
        by_meaning(scene, one, act, &mut out);
    }
    if out.is_empty() && !matches!(act, Act::Support | Act::Propose) {
        first_named(scene, one, &mut out);
    }
    out
}

/// The first state, body or person that the content names besides the source and its own side.
fn first_named(scene: &Scene<'_>, one: &Sourced, out: &mut Vec<Addressee>) {
    let (first, last) = one.draft.content;
    for mention in scene.cast.mentions.iter().filter(|m| m.form == Form::Name && first <= m.first && m.last <= last) {
        // Where something is or happens is nobody addressed.
        let place = scene
            .trees
            .children_by(mention.head, &["case"])
            .any(|p| matches!(scene.trees.lemma(p), "in" | "on" | "at" | "near" | "across" | "around" | "inside"));
        let named = !place && mention.actors.iter().all(|&a| scene.cast.actors[a].kind != ActorKind::Role);
        if named {
            add(scene, one, &mention.actors, (mention.first, mention.last), out);
        }
        if !out.is_empty() {
            return;
        }
    }
}

fn add_head(scene: &Scene<'_>, one: &Sourced, head: usize, out: &mut Vec<Addressee>) {
    let Some(mention) = scene.cast.at_head(head) else {
        // "Zelenskyy's attire", "the U.S. plan": the owner stands for the thing.
        if let Some(owner) = owner(scene, head) {
            add_head(scene, one, owner, out);
        }
        return;
    };
    let actors = coordinated(scene, mention.head);
    add(scene, one, &actors, (mention.first, mention.last), out);
}

fn add(scene: &Scene<'_>, one: &Sourced, actors: &[usize], mention: (usize, usize), out: &mut Vec<Addressee>) {
    for &actor in actors {
        let label = &scene.cast.actors[actor].label;
        let own = one.actors.iter().any(|&s| s == actor || scene.cast.actors[s].bloc.as_ref() == Some(label));
        let outlet = scene.cast.actors[actor].outlet || label == "Reporters" || label == "Journalists";
        if !own && !outlet && !out.iter().any(|(a, _)| *a == actor) {
            out.push((actor, Some(mention)));
        }
    }
}

/// Possessor or modifier of a phrase that names an actor.
fn owner(scene: &Scene<'_>, head: usize) -> Option<usize> {
    let trees = scene.trees;
    trees
        .children_by(head, &["nmod:poss", "compound", "amod"])
        .find(|&c| scene.cast.at_head(c).is_some_and(|m| !m.actors.is_empty()))
        .or_else(|| {
            trees.children_by(head, &["nmod"]).find(|&c| {
                scene.cast.at_head(c).is_some_and(|m| !m.actors.is_empty())
                    && trees.children_by(c, &["case"]).any(|p| matches!(trees.lemma(p), "of" | "by" | "from"))
            })
        })
}

fn by_meaning(scene: &Scene<'_>, one: &Sourced, act: Act, out: &mut Vec<Addressee>) {
    let trees = scene.trees;
    let (first, last) = one.draft.content;
    let Some(head) =
        (first..=last).find(|&t| trees.token(t).head.is_none_or(|h| h < first || h > last) && !trees.is_punct(t))
    else {
        return;
    };
    match act {
        Act::Demand | Act::Request | Act::Propose => {
            // Who must do it: the subject of the proposition, else the owner of the thing.
            if let Some(doer) = trees.child(head, &["nsubj"])
                && scene.cast.at_head(doer).is_some_and(|m| !m.actors.is_empty())
            {
                add_head(scene, one, doer, out);
                return;
            }
            if act != Act::Propose
                && let Some(owner) = owner(scene, head)
            {
                add_head(scene, one, owner, out);
            }
        }
        Act::Commit => {
            // Who gets it: with whom, to whom, for whom.
            for child in trees.children_by(head, &["iobj", "obl", "obj", "nmod"]) {
                let preposition = trees.children_by(child, &["case"]).next().map(|p| trees.lemma(p));
                let fits = match preposition {
                    Some(p) => matches!(p, "with" | "to" | "for" | "against"),
                    None => matches!(trees.base_rel(child), "iobj" | "obj"),
                };
                // "send peacekeepers": what is sent gets nothing.
                let sent = preposition.is_none()
                    && trees.base_rel(child) == "obj"
                    && scene.cast.at_head(child).is_some_and(|m| m.form == Form::Nominal);
                if fits && !sent && scene.cast.at_head(child).is_some_and(|m| !m.actors.is_empty()) {
                    add_head(scene, one, child, out);
                    return;
                }
            }
        }
        Act::Accept | Act::Reject | Act::Support | Act::Criticise | Act::Accuse | Act::Threaten => {
            if scene.cast.at_head(head).is_some_and(|m| !m.actors.is_empty()) {
                add_head(scene, one, head, out);
                return;
            }
            if let Some(owner) = owner(scene, head) {
                add_head(scene, one, owner, out);
                if !out.is_empty() {
                    return;
                }
            }
            if matches!(act, Act::Criticise | Act::Accuse | Act::Threaten | Act::Support)
                && let Some(doer) = trees.child(head, &["nsubj", "nsubj:pass"])
            {
                let named = scene.cast.at_head(doer).is_some_and(|m| {
                    m.form != Form::Pronoun || m.actors.iter().all(|&a| scene.cast.actors[a].kind != ActorKind::Role)
                });
                if named {
                    add_head(scene, one, doer, out);
                }
            }
        }
        Act::Deny | Act::Acknowledge | Act::Assert => {}
    }
}
