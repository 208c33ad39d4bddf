//! What several drafts say together: doubles joined, coordinated parts told apart, reports nested, the speaker put for his own government.

use super::extract::{Scene, Sourced};
use super::rules::denied;
use super::score;
use crate::act::Act;
use crate::actors::ActorKind;

/// How much surer a claim must be to displace one of the same source that holds it whole.
const LONGER_MARGIN: f64 = 0.1;

fn shared(a: (usize, usize), b: (usize, usize)) -> usize {
    (a.1.min(b.1) + 1).saturating_sub(a.0.max(b.0))
}

/// Drafts that say the same: same source and contents that mostly overlap, or the same content under two cues. The better proposal stays.
pub(super) fn merge(scene: &Scene<'_>, mut all: Vec<Sourced>) -> Vec<Sourced> {
    let length = |s: &Sourced| s.draft.content.1 - s.draft.content.0 + 1;
    all.sort_by(|a, b| {
        let key = |s: &Sourced| (s.draft.content.0, s.draft.content.1);
        key(a).cmp(&key(b)).then(score::preference(b).total_cmp(&score::preference(a)))
    });
    let mut out: Vec<Sourced> = Vec::new();
    for next in all {
        let twin = out.iter_mut().rev().take(40).find(|kept| {
            let both = shared(kept.draft.content, next.draft.content);
            let (short, long) = (length(kept).min(length(&next)), length(kept).max(length(&next)));
            let same_source = kept.actors.iter().any(|a| next.actors.contains(a));
            let alike = both * 10 >= short * 8 && both * 10 >= long * if same_source { 6 } else { 9 };
            // What one says and another denies are two claims.
            alike && (same_source || denies(scene, kept) == denies(scene, &next))
        });
        match twin {
            Some(kept) => {
                let prefers = match (governs(&next, kept), governs(kept, &next)) {
                    (true, false) => true,
                    (false, true) => false,
                    _ => score::preference(&next) > score::preference(kept),
                };
                let (mut better, other) = if prefers { (next, kept.clone()) } else { (kept.clone(), next) };
                if other.signal > better.signal {
                    better.signal = other.signal;
                    better.acts = other.acts;
                    better.signal_addressees.clone_from(&other.signal_addressees);
                }
                better.by_rule |= other.by_rule;
                if better.lexicon.is_none()
                    && other.by_rule
                    && other.draft.act_settled
                    && other.draft.act != Act::Assert
                {
                    better.lexicon = Some(other.draft.act);
                }
                better.draft.negated |= other.draft.negated && other.by_rule;
                better.draft.hedged |= other.draft.hedged;
                if better.draft.addressee.is_none() {
                    better.draft.addressee = other.draft.addressee;
                }
                if better.draft.cue.is_none() {
                    better.draft.cue = other.draft.cue;
                }
                *kept = better;
            }
            None => out.push(next),
        }
    }
    share_disputed(scene, &mut out);
    split_coordinated(&mut out);
    // A long attribution that rules have cut into its propositions says nothing of its own.
    let covered: Vec<bool> = out
        .iter()
        .map(|long| {
            long.draft.rule == "attribution" && long.signal < 0.5 && {
                let inside: usize = out
                    .iter()
                    .filter(|s| {
                        s.draft.rule != "attribution"
                            && s.actors == long.actors
                            && s.draft.content != long.draft.content
                    })
                    .map(|s| shared(s.draft.content, long.draft.content))
                    .sum();
                inside * 10 >= length(long) * 6
            }
        })
        .collect();
    let mut at = covered.iter();
    out.retain(|_| !*at.next().unwrap_or(&false));
    for one in &mut out {
        let (first, last) = one.draft.content;
        let tagged = (first..=last).filter(|&t| scene.trees.token(t).part == crate::nlp::Part::Content).count();
        one.attributed = tagged as f32 / (last - first + 1) as f32;
    }
    out
}

/// Whether a claim denies what its sentence has said before.
fn denies(scene: &Scene<'_>, one: &Sourced) -> bool {
    one.draft.cue.is_some_and(|(_, verb)| denied::denial_of(scene.trees, verb, one.draft.content).is_some())
}

/// The model sees one claim where a content is said and denied: that there is one speaks for both, its act but for denial for what is said.
fn share_disputed(scene: &Scene<'_>, all: &mut [Sourced]) {
    let deny = Act::ALL.map(|act| f32::from(u8::from(act == Act::Deny)));
    for at in 0..all.len() {
        if !denies(scene, &all[at]) {
            continue;
        }
        let content = all[at].draft.content;
        let both: Vec<usize> = (0..all.len()).filter(|&other| all[other].draft.content == content).collect();
        let Some(&seen) = both.iter().max_by(|&&a, &&b| all[a].signal.total_cmp(&all[b].signal)) else { continue };
        let signal = all[seen].signal;
        let mut said = all[seen].acts;
        said.iter_mut().zip(deny).for_each(|(chance, denied)| *chance *= 1.0 - denied);
        let rest: f32 = said.iter().sum();
        if rest > 0.0 {
            for chance in &mut said {
                *chance /= rest;
            }
        }
        for one in both {
            all[one].signal = signal;
            all[one].acts = if one == at { deny } else { said };
        }
    }
}

/// "called on Rome to guarantee that Oslo would …": what is asked for holds the cue of the other.
fn governs(outer: &Sourced, inner: &Sourced) -> bool {
    let (Some(asks), Some(cue)) = (outer.draft.cue, inner.draft.cue) else { return false };
    let (first, last) = outer.draft.content;
    outer.by_rule
        && matches!(outer.draft.act, Act::Demand | Act::Request)
        && asks.1 < first
        && first <= cue.0
        && cue.1 <= last
}

/// Of two claims of one source of which one lies inside the other, the surer is meant; the longer one only gives way to a clearly surer one.
pub(super) fn gives_way(one: &Sourced, other: &Sourced) -> bool {
    let (a, b) = (one.draft.content, other.draft.content);
    let length = |c: (usize, usize)| c.1 - c.0 + 1;
    let both = shared(a, b) * 10;
    let needed = match length(a).cmp(&length(b)) {
        std::cmp::Ordering::Less if both >= length(a) * 9 => 0.0,
        std::cmp::Ordering::Greater if both >= length(b) * 9 => LONGER_MARGIN,
        _ => return false,
    };
    one.actors == other.actors && other.confidence > one.confidence + needed
}

/// A claim of the model whose content rules have cut into coordinated parts ("neutrality and exclusion from NATO") hands its evidence on to them.
fn split_coordinated(all: &mut Vec<Sourced>) {
    let length = |s: &Sourced| s.draft.content.1 - s.draft.content.0 + 1;
    let mut drop = vec![false; all.len()];
    for whole in 0..all.len() {
        if all[whole].draft.rule != "model" {
            continue;
        }
        let content = all[whole].draft.content;
        let parts: Vec<usize> = (0..all.len())
            .filter(|&p| {
                let part = &all[p];
                part.draft.rule.starts_with("cue.")
                    && part.draft.content != content
                    && shared(part.draft.content, content) == length(part)
                    && part.draft.cue.is_some_and(|c| c.1 < content.0)
                    && part.actors.iter().any(|a| all[whole].actors.contains(a))
            })
            .collect();
        let covered: usize = parts.iter().map(|&p| length(&all[p])).sum();
        if parts.len() < 2 || covered * 10 < length(&all[whole]) * 7 || covered > length(&all[whole]) {
            continue;
        }
        let evidence = all[whole].clone();
        for part in parts {
            all[part].signal = all[part].signal.max(evidence.signal);
            all[part].acts = evidence.acts;
            all[part].mention = evidence.mention;
            all[part].actors.clone_from(&evidence.actors);
        }
        drop[whole] = true;
    }
    let mut at = drop.iter();
    all.retain(|_| !*at.next().unwrap_or(&false));
}

/// "Trump said the US is willing to …": speaking for one's own government is one claim, of the speaker, with the inner act.
pub(super) fn own_government(scene: &Scene<'_>, mut all: Vec<Sourced>) -> Vec<Sourced> {
    let actor = |index: usize| &scene.cast.actors[index];
    let mut drop = vec![false; all.len()];
    for inner in 0..all.len() {
        let Some((own_first, _)) = all[inner].mention else { continue };
        let outer = (0..all.len()).find(|&outer| {
            outer != inner
                && all[outer].draft.act == Act::Assert
                && all[outer].draft.content.0 <= own_first
                && all[inner].draft.content.1 <= all[outer].draft.content.1 + 1
                && all[outer].draft.content != all[inner].draft.content
        });
        let Some(outer) = outer else { continue };
        let own = all[inner].actors == all[outer].actors
            || all[inner].actors.iter().all(|&i| {
                let label = actor(i).label.as_str();
                all[outer]
                    .actors
                    .iter()
                    .any(|&o| actor(o).bloc.as_deref() == Some(label) && actor(o).kind != ActorKind::Group)
            });
        if !own {
            continue;
        }
        // The inner act takes over where its clause is the whole of what is said.
        let whole = shared(all[outer].draft.content, (own_first, all[inner].draft.content.1)) * 10
            >= (all[outer].draft.content.1 - all[outer].draft.content.0 + 1) * 7;
        let actors = all[outer].actors.clone();
        let mention = all[outer].mention;
        if all[inner].draft.act == Act::Assert && all[inner].signal < 0.5 {
            drop[inner] = true;
            continue;
        }
        all[inner].actors = actors;
        all[inner].mention = mention.or(all[inner].mention);
        if whole && all[outer].signal < 0.5 {
            drop[outer] = true;
        }
    }
    let mut keep = drop.iter();
    all.retain(|_| !*keep.next().unwrap_or(&false));
    all
}

/// Reporters: a claim whose source stands inside the content of another's claim is reported by it, where that claim `counts`.
pub(super) fn nest(all: &mut [Sourced], counts: impl Fn(&Sourced) -> bool) {
    let spans: Vec<(usize, usize)> = all.iter().map(|s| s.draft.content).collect();
    for inner in 0..all.len() {
        let parts = [all[inner].draft.cue, all[inner].mention];
        let (from, to) =
            parts.into_iter().flatten().fold(spans[inner], |whole, part| (whole.0.min(part.0), whole.1.max(part.1)));
        let mut outers: Vec<usize> = (0..all.len())
            .filter(|&o| {
                o != inner && counts(&all[o]) && spans[o].0 <= from && to <= spans[o].1 + 1 && spans[o] != spans[inner]
            })
            .filter(|&o| all[o].draft.cue.is_none_or(|c| c.1 < spans[o].0 || c.0 > spans[o].1))
            .filter(|&o| !all[o].actors.iter().any(|a| all[inner].actors.contains(a)))
            .collect();
        outers.sort_by_key(|&o| std::cmp::Reverse(spans[o].1 - spans[o].0));
        let mut via: Vec<usize> = Vec::new();
        for outer in outers {
            for &actor in &all[outer].actors {
                if !via.contains(&actor) {
                    via.push(actor);
                }
            }
        }
        all[inner].via = via;
    }
}
