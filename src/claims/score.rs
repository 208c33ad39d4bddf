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
    /// Of the model's probability that somebody is addressed, for acts that address somebody.
    #[serde(default)]
    addressed: f64,
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
    let weights = &WEIGHTS.addressee.weights;
    logistic(weights.get("bias").copied().unwrap_or(0.0) + weighed(weights, features))
}

/// Sum of features times their weights; a name without a weight adds nothing.
fn weighed<K: AsRef<str>>(weights: &BTreeMap<String, f64>, features: &BTreeMap<K, f64>) -> f64 {
    features.iter().map(|(name, value)| weights.get(name.as_ref()).copied().unwrap_or(0.0) * value).sum()
}

fn logistic(sum: f64) -> f64 {
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
pub(super) fn features(scene: &Scene<'_>, all: &[Sourced], number: usize) -> BTreeMap<&'static str, f64> {
    let trees = scene.trees;
    let one = &all[number];
    let (first, last) = one.draft.content;
    let mut out = BTreeMap::new();
    rivals(all, number, &mut out);
    shape(scene, one, &mut out);
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
    let block = trees.block_of(first);
    out.insert("heading", f64::from(scene.document.blocks[block].kind == BlockKind::Heading));
    out
}

/// Drafts this far before and after in text order are looked at as rivals.
const NEIGHBOURS: usize = 12;

/// Other drafts over the same words: surer ones around or inside, of the same source or of another.
fn rivals(all: &[Sourced], number: usize, out: &mut BTreeMap<&'static str, f64>) {
    let one = &all[number];
    let (first, last) = one.draft.content;
    let around = number.saturating_sub(NEIGHBOURS)..(number + NEIGHBOURS + 1).min(all.len());
    let (mut inside, mut others, mut surer) = (false, false, false);
    let mut holds = 0;
    let mut best = 0.0_f32;
    for rival in around.filter(|&r| r != number).map(|r| &all[r]) {
        let (a, b) = rival.draft.content;
        let both = (last.min(b) + 1).saturating_sub(first.max(a));
        if both == 0 {
            continue;
        }
        let same = rival.actors == one.actors;
        if a <= first && last <= b {
            inside |= same;
            others |= !same;
        } else if first <= a && b <= last {
            holds += u8::from(same);
        }
        let half = both * 2 >= (last - first + 1).min(b - a + 1);
        if same && half {
            surer |= rival.signal > one.signal;
            best = best.max(rival.signal);
        }
    }
    out.insert("inside of a claim of the source", f64::from(inside));
    out.insert("inside of a claim of another", f64::from(others));
    out.insert("holds claims of the source", f64::from(holds.min(3)));
    out.insert("rival surer", f64::from(surer));
    out.insert("rival signal", f64::from(best));
}

/// How content, cue and source lie to each other, and what the model thinks of the act.
fn shape(scene: &Scene<'_>, one: &Sourced, out: &mut BTreeMap<&'static str, f64>) {
    let trees = scene.trees;
    let (first, last) = one.draft.content;
    let root = super::clause::root(trees, one.draft.content);
    let verbal =
        root.is_some_and(|r| matches!(trees.upos(r), Upos::Verb | Upos::Aux) || trees.child(r, &["cop"]).is_some());
    let subject = root.is_some_and(|r| trees.child(r, &["nsubj", "csubj", "expl"]).is_some());
    out.insert("clause with subject", f64::from(verbal && subject));
    out.insert("clause without subject", f64::from(verbal && !subject));
    let sentence = trees.sentence_tokens(first);
    let words = sentence.clone().filter(|&t| !trees.is_punct(t)).count().max(1);
    out.insert("share of the sentence", ((last - first + 1) as f64 / words as f64).min(1.0));
    out.insert("over sentences", f64::from(last >= sentence.end));
    out.insert("early in the text", f64::from(trees.sentence_of(first) < 4));
    let best = one.acts.iter().copied().fold(0.0_f32, f32::max);
    out.insert("act sure", f64::from(best));
    out.insert("act assert", f64::from(one.acts[Act::Assert as usize]));
    out.insert("lexicon act", f64::from(one.lexicon.is_some()));
    out.insert("lexicon agrees", f64::from(one.lexicon.is_some_and(|a| best > 0.0 && one.acts[a as usize] >= best)));
    if let Some((cue_first, cue_last)) = one.draft.cue {
        out.insert("cue after", f64::from(cue_first > last));
        out.insert("cue inside", f64::from(first <= cue_first && cue_last <= last));
        let gap = if cue_first > last { cue_first - last } else { first.saturating_sub(cue_last) };
        out.insert("cue far", (gap as f64).ln_1p());
        if let Some((a, b)) = one.mention {
            let gap = if a > cue_last { a - cue_last } else { cue_first.saturating_sub(b) };
            out.insert("source far", (gap as f64).ln_1p());
        }
    }
    if let Some((a, _)) = one.mention {
        out.insert("source in another sentence", f64::from(!sentence.contains(&a)));
        out.insert("source after", f64::from(a > last));
        out.insert("source inside", f64::from(first <= a && a <= last));
    }
    out.insert("source outlet", f64::from(one.actors.iter().all(|&a| scene.cast.actors[a].outlet)));
    out.insert("several sources", f64::from(one.actors.len() > 1));
}

/// Probability that the claim is right.
pub(super) fn confidence(features: &BTreeMap<&'static str, f64>) -> f64 {
    logistic(weighed(&WEIGHTS.keep, features))
}

/// The model's probability that somebody is addressed.
pub(super) fn somebody_addressed(one: &Sourced) -> f32 {
    one.signal_addressees.iter().map(|&(_, chance)| chance).sum()
}

/// The act that the record states: the model's reading, with the weight of the lexicon's and of the content's own form.
pub(super) fn act(scene: &Scene<'_>, one: &Sourced) -> Act {
    let content = act_of::of_content(scene, one);
    if one.signal == 0.0 {
        return if one.draft.act_settled { one.draft.act } else { content.unwrap_or(one.draft.act) };
    }
    let weights = &WEIGHTS.act;
    let addressed = somebody_addressed(one);
    let score = |act: Act| {
        let mut score = weights.model * f64::from(one.acts[act as usize].max(1e-4)).ln();
        if one.lexicon == Some(act) {
            score += weights.lexicon;
        }
        if one.lexicon.is_none() && content == Some(act) {
            score += weights.content;
        }
        if !act.only_states() {
            score += weights.addressed * f64::from(addressed);
        }
        score + weights.bias.get(act.as_str()).copied().unwrap_or(0.0)
    };
    let best = Act::ALL.into_iter().max_by(|&a, &b| score(a).total_cmp(&score(b))).unwrap_or(Act::Assert);
    match act_of::by_words(scene, one) {
        Some(act) if best == Act::Assert || (best, act) == (Act::Commit, Act::Threaten) => act,
        _ => best,
    }
}
