//! How sure the extractor is of a claim, and which act it states: what rules and model say, weighed as annotated articles teach.
//!
//! Logistic regression (Cox 1958) over a few readable features; the weights are in `models/claims.json`, made by `training/scorer.py`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::act_of;
use super::extract::{Scene, Sourced};
use crate::act::Act;
use crate::actors::{ActorKind, Form};
use crate::corpus::BlockKind;
use crate::nlp::Upos;

/// The learned weights.
#[derive(Debug, Clone, Default, Deserialize)]
struct Weights {
    /// Claims below this probability are left out.
    threshold: f64,
    /// Weight of each feature of [`features`], `bias` among them; a name that is missing weighs nothing.
    keep: BTreeMap<String, f64>,
    /// What a hint to an act adds to the model's log probability.
    act: ActWeights,
    /// Weights of the features of [`super::candidates`], and the probability from which on somebody is addressed.
    addressee: AddresseeWeights,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct AddresseeWeights {
    threshold: f64,
    weights: BTreeMap<String, f64>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct ActWeights {
    /// Of the model's own log probability.
    model: f64,
    /// Of the act that the lexicon gives the cue.
    lexicon: f64,
    /// Of the act that the content's form gives.
    content: f64,
    /// Added to each act, by name.
    bias: BTreeMap<String, f64>,
}

/// The text of the weights.
pub(super) const TABLE: &str = include_str!("../../models/claims.json");

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| serde_json::from_str(TABLE).unwrap_or_default());

/// Claims below this probability are left out.
pub(super) fn threshold() -> f64 {
    WEIGHTS.threshold
}

/// Somebody is addressed from this probability on.
pub(super) fn addressee_threshold() -> f64 {
    WEIGHTS.addressee.threshold
}

/// Probability that a candidate with these features is addressed.
pub(super) fn addressed(features: &BTreeMap<String, f64>) -> f64 {
    let weight = |name: &str| WEIGHTS.addressee.weights.get(name).copied().unwrap_or(0.0);
    let sum: f64 = weight("bias") + features.iter().map(|(name, value)| weight(name) * value).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}

/// Which of two drafts of the same claim has the better parts.
pub(super) fn preference(one: &Sourced) -> f64 {
    let rule = match one.draft.rule {
        "cue.verb" => 3.0,
        "cue.predicate" | "according-to" => 3.2,
        "cue.noun" => 2.8,
        // Where the model is surer than not, its spans are better than those of the tree.
        "model" => 1.5 + 4.0 * f64::from(one.signal),
        "attribution" => 1.5,
        _ => 1.0,
    };
    rule + f64::from(one.draft.act != Act::Assert) * 0.5
}

/// What speaks for and against a claim, by name.
pub(super) fn features(scene: &Scene<'_>, one: &Sourced) -> BTreeMap<&'static str, f64> {
    let trees = scene.trees;
    let (first, last) = one.draft.content;
    let mut out = BTreeMap::new();
    let signal = f64::from(one.signal).clamp(0.0, 0.999);
    out.insert("bias", 1.0);
    out.insert("signal", signal);
    out.insert("signal none", f64::from(one.signal == 0.0));
    out.insert("signal logit", if signal > 0.0 { (signal / (1.0 - signal)).ln().clamp(-4.0, 4.0) } else { 0.0 });
    out.insert(one.draft.rule, 1.0);
    out.insert("rule", f64::from(one.by_rule));
    out.insert("rule and signal", f64::from(one.by_rule && one.signal > 0.0));
    out.insert("attributed", f64::from(one.attributed));
    out.insert("act settled", f64::from(one.draft.act_settled));
    out.insert("cue none", f64::from(one.draft.cue.is_none()));
    let kind = one.actors.first().map(|&a| scene.cast.actors[a].kind);
    out.insert(
        match kind {
            Some(ActorKind::Person) => "source person",
            Some(ActorKind::Country) => "source country",
            Some(ActorKind::Organization) => "source organization",
            Some(ActorKind::Group) => "source group",
            _ => "source role",
        },
        1.0,
    );
    let mention = one.mention.and_then(|m| scene.cast.mentions.iter().find(|x| x.first == m.0));
    out.insert("source implied", f64::from(one.mention.is_none()));
    out.insert("source pronoun", f64::from(mention.is_some_and(|m| m.form == Form::Pronoun)));
    out.insert("source nominal", f64::from(mention.is_some_and(|m| m.form == Form::Nominal)));
    out.insert("content length", ((last - first + 1) as f64).ln());
    out.insert("content short", f64::from(last - first < 2));
    let verbal = (first..=last).any(|t| matches!(trees.upos(t), Upos::Verb | Upos::Aux));
    out.insert("content verbless", f64::from(!verbal));
    out.insert("quoted", f64::from(super::quotes::around(scene.quotes, first).is_some()));
    out.insert("via", f64::from(!one.via.is_empty()));
    let block = trees.analysis.sentences[trees.sentence_of(first)].block;
    out.insert("heading", f64::from(scene.document.blocks[block].kind == BlockKind::Heading));
    out
}

/// Probability that the claim is right.
pub(super) fn confidence(scene: &Scene<'_>, one: &Sourced) -> f64 {
    let sum: f64 =
        features(scene, one).iter().map(|(name, value)| WEIGHTS.keep.get(*name).copied().unwrap_or(0.0) * value).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The act that the record states: the model's reading, with the weight of the lexicon's and of the content's own form.
pub(super) fn act(scene: &Scene<'_>, one: &Sourced) -> Act {
    let content = act_of::of_content(scene, one);
    if one.signal == 0.0 {
        return if one.draft.act_settled { one.draft.act } else { content.unwrap_or(one.draft.act) };
    }
    let weights = &WEIGHTS.act;
    let score = |act: Act| {
        let mut score = weights.model * f64::from(one.acts[act as usize].max(1e-4)).ln();
        if one.lexicon == Some(act) {
            score += weights.lexicon;
        }
        if one.lexicon.is_none() && content == Some(act) {
            score += weights.content;
        }
        score + weights.bias.get(act.as_str()).copied().unwrap_or(0.0)
    };
    Act::ALL.into_iter().max_by(|&a, &b| score(a).total_cmp(&score(b))).unwrap_or(Act::Assert)
}
