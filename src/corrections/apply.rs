//! Decisions applied to the claims of one article. The result depends on the article's claims and the decisions alone.

use std::collections::BTreeSet;

use super::file::bare;
use super::{Action, Change, Corrections, Decision, Place, Topic, Who, id_start};
use crate::act::{Act, Stance};
use crate::actors::{ActorKind, slug};
use crate::claims::{ActorRef, Claim, Correction, DocumentRef, IssueRef};

/// The claims of an article after the decisions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrected {
    /// Claims, in the order in which they were; each says what was changed about it.
    pub claims: Vec<Claim>,
    /// Claims that were dropped.
    pub dropped: Vec<Dropped>,
}

/// A claim that a decision dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropped {
    /// The claim as it was extracted.
    pub claim: Claim,
    /// The decision.
    pub correction: Correction,
}

/// Words of a content at least so alike count as the same passage where the extractor has changed its bounds: shared words, twice, through all words.
const ALIKE: f64 = 0.6;

impl Corrections {
    /// Applies the decisions to the claims of an article. `documents` are its publications: a decision that names an article may name any of them.
    ///
    /// Ids of claims stay as the extractor made them, whatever is changed.
    pub fn apply(&self, documents: &[DocumentRef], claims: &[Claim]) -> Corrected {
        if self.is_empty() {
            return Corrected { claims: claims.to_vec(), dropped: Vec::new() };
        }
        let mut out: Vec<Claim> = claims.to_vec();
        let mut drops: Vec<Option<Correction>> = vec![None; claims.len()];
        for decision in &self.decisions {
            match &decision.action {
                Action::Claim { at, change } => {
                    let Found::One(index) = find(at, documents, claims) else { continue };
                    match change {
                        None => drops[index] = Some(decision.note("dropped".to_owned())),
                        Some(change) => {
                            decision.alter(&mut out[index], |claim| change.make(claim, claims));
                            if change.right && change.stranger(claims).is_none() {
                                out[index].corrections.push(decision.note("found right".to_owned()));
                            }
                        }
                    }
                }
                Action::Split { actor, alias, article, into } => {
                    if article.as_ref().is_some_and(|name| !documents.iter().any(|document| is_article(document, name)))
                    {
                        continue;
                    }
                    for claim in &mut out {
                        decision.alter(claim, |claim| {
                            each_actor(claim, |found| {
                                let mention = found.mention.as_ref().map(|mention| words(&mention.text));
                                if mention == Some(words(alias)) && is_actor(found, actor) {
                                    into.stand_in(found);
                                }
                            });
                        });
                    }
                }
                Action::Merge { actors, into } => {
                    for claim in &mut out {
                        decision.alter(claim, |claim| {
                            each_actor(claim, |found| {
                                if actors.iter().any(|actor| is_actor(found, actor)) {
                                    into.stand_in(found);
                                }
                                if let Some(bloc) = &mut found.bloc
                                    && actors
                                        .iter()
                                        .any(|actor| bare(actor, "actor").0 == bloc || slug(actor) == slug(bloc))
                                {
                                    *bloc = into.label.clone().unwrap_or_else(|| into.id.clone());
                                }
                            });
                        });
                    }
                }
                Action::Distinct { .. } => {}
                Action::Actor { actor, label, kind, bloc } => {
                    for claim in &mut out {
                        decision.alter(claim, |claim| {
                            each_actor(claim, |found| {
                                if is_actor(found, actor) {
                                    found.label = label.clone().unwrap_or_else(|| found.label.clone());
                                    found.kind = kind.unwrap_or(found.kind);
                                    match bloc {
                                        Some(bloc) => found.bloc = (!bloc.is_empty()).then(|| bloc.clone()),
                                        // As the countries that the ontology knows.
                                        None if *kind == Some(ActorKind::Country) && found.bloc.is_none() => {
                                            found.bloc = Some(found.label.clone());
                                        }
                                        None => {}
                                    }
                                }
                            });
                        });
                    }
                }
                Action::Issue { issue, into } => {
                    for claim in &mut out {
                        decision.alter(claim, |claim| {
                            for found in &mut claim.issue {
                                if is_issue(found, issue) {
                                    into.stand_in(found);
                                }
                            }
                        });
                    }
                }
            }
        }
        let mut all = Corrected::default();
        for ((claim, drop), extracted) in out.into_iter().zip(drops).zip(claims) {
            match drop {
                Some(correction) => all.dropped.push(Dropped { claim: extracted.clone(), correction }),
                None => all.claims.push(claim),
            }
        }
        all
    }

    /// Why a decision that changed nothing did not apply to this article, where the article can tell.
    pub fn why_not(&self, decision: usize, documents: &[DocumentRef], claims: &[Claim]) -> Option<String> {
        let Action::Claim { at, change } = &self.decisions.get(decision)?.action else { return None };
        match find(at, documents, claims) {
            Found::Elsewhere => None,
            Found::One(index) => {
                let id = &claims[index].id;
                let unknown = change.as_ref().and_then(|change| change.stranger(claims));
                Some(match unknown {
                    Some(name) => format!(
                        "neither the article nor the ontology knows `{name}`; write {{ label = \"{name}\", kind = \"person\" }} or another kind"
                    ),
                    None => format!("claim {id} is as decided without it; take the decision out"),
                })
            }
            Found::Several(ids) => {
                Some(format!("it may mean each of the claims {}; give one of these ids", ids.join(", ")))
            }
            Found::None(nearest) => {
                let article = at.article.as_deref().unwrap_or_default();
                Some(match nearest {
                    Some(claim) => format!(
                        "no claim of the article `{article}` has these words and this source; the nearest is {} by {}: “{}”",
                        claim.id,
                        claim.source.iter().map(|actor| actor.label.as_str()).collect::<Vec<_>>().join(" and "),
                        claim.content.text
                    ),
                    None => format!(
                        "no claim of the article `{article}` has these words; take the decision out if they are gone for good"
                    ),
                })
            }
        }
    }
}

impl Decision {
    fn note(&self, change: String) -> Correction {
        Correction {
            decision: self.id.clone(),
            change,
            reason: self.reason.clone(),
            author: self.author.clone(),
            date: self.date.clone(),
        }
    }

    /// Makes the change and notes what it was, if it was one.
    fn alter(&self, claim: &mut Claim, change: impl FnOnce(&mut Claim)) {
        let before = claim.clone();
        change(claim);
        unique(&mut claim.source, |actor| actor.id.clone());
        unique(&mut claim.addressee, |actor| actor.id.clone());
        unique(&mut claim.issue, |issue| issue.id.clone());
        let what = differences(&before, claim);
        if !what.is_empty() {
            claim.corrections.push(self.note(what.join("; ")));
        }
    }
}

/// Keeps the first of those with the same key.
fn unique<T>(list: &mut Vec<T>, key: impl Fn(&T) -> String) {
    let mut seen = BTreeSet::new();
    list.retain(|item| seen.insert(key(item)));
}

/// What is another in the second claim: "act: demand → request".
pub(crate) fn differences(a: &Claim, b: &Claim) -> Vec<String> {
    let actors = |list: &[ActorRef]| list.iter().map(named).collect::<Vec<_>>().join(" and ");
    let issues = |list: &[IssueRef]| list.iter().map(|issue| issue.label.as_str()).collect::<Vec<_>>().join(", ");
    let pair = |name: &str, was: String, is: String| {
        let show = |text: String| if text.is_empty() { "none".to_owned() } else { text };
        format!("{name}: {} → {}", show(was), show(is))
    };
    let same = |x: &[ActorRef], y: &[ActorRef]| {
        let key = |list: &[ActorRef]| {
            list.iter().map(|a| (a.id.clone(), a.label.clone(), a.kind, a.bloc.clone())).collect::<Vec<_>>()
        };
        key(x) == key(y)
    };
    let mut out = Vec::new();
    for (name, x, y) in
        [("source", &a.source, &b.source), ("addressee", &a.addressee, &b.addressee), ("reporter", &a.via, &b.via)]
    {
        if !same(x, y) {
            out.push(pair(name, actors(x), actors(y)));
        }
    }
    if a.act != b.act {
        out.push(pair("act", a.act.as_str().to_owned(), b.act.as_str().to_owned()));
    }
    if a.stance != b.stance {
        out.push(pair("stance", a.stance.as_str().to_owned(), b.stance.as_str().to_owned()));
    }
    if a.issue != b.issue {
        out.push(pair("issue", issues(&a.issue), issues(&b.issue)));
    }
    for (name, x, y) in [("negated", a.negated, b.negated), ("hedged", a.hedged, b.hedged)] {
        if x != y {
            out.push(pair(name, x.to_string(), y.to_string()));
        }
    }
    out
}

/// Label, kind and bloc, as far as they tell something.
fn named(actor: &ActorRef) -> String {
    match &actor.bloc {
        Some(bloc) if *bloc != actor.label => format!("{} ({} of {bloc})", actor.label, actor.kind.as_str()),
        _ => format!("{} ({})", actor.label, actor.kind.as_str()),
    }
}

fn each_actor(claim: &mut Claim, mut each: impl FnMut(&mut ActorRef)) {
    claim.source.iter_mut().chain(&mut claim.addressee).chain(&mut claim.via).for_each(&mut each);
}

impl Who {
    /// Puts this actor in the place of another; the words that name it stay.
    fn stand_in(&self, actor: &mut ActorRef) {
        actor.id.clone_from(&self.id);
        if let Some(label) = &self.label {
            actor.label.clone_from(label);
        }
        actor.kind = self.kind.unwrap_or(actor.kind);
        if self.bloc.is_some() {
            actor.bloc.clone_from(&self.bloc);
        } else if self.kind == Some(ActorKind::Country) {
            // A country speaks for itself, as those that the ontology knows, and not for whom the other actor spoke.
            actor.bloc = Some(actor.label.clone());
        }
    }

    /// This actor as a part of a claim: as the claim or its article names it, or as the decision does. `None` where nobody knows of what kind it is.
    fn part(&self, role: &[ActorRef], article: &[Claim]) -> Option<ActorRef> {
        if let Some(same) = role.iter().find(|actor| actor.id == self.id) {
            let mut actor = same.clone();
            self.stand_in(&mut actor);
            return Some(actor);
        }
        let parts = |claim: &'_ Claim| -> Vec<ActorRef> {
            claim.source.iter().chain(&claim.addressee).chain(&claim.via).cloned().collect()
        };
        let known = article.iter().flat_map(parts).find(|actor| actor.id == self.id);
        match (known, &self.label, self.kind) {
            (Some(mut actor), _, _) => {
                actor.mention = None;
                self.stand_in(&mut actor);
                Some(actor)
            }
            (None, Some(label), Some(kind)) => {
                let bloc = self.bloc.clone().or_else(|| (kind == ActorKind::Country).then(|| label.clone()));
                Some(ActorRef { id: self.id.clone(), label: label.clone(), kind, bloc, mention: None })
            }
            (None, _, _) => None,
        }
    }
}

impl Topic {
    fn stand_in(&self, issue: &mut IssueRef) {
        issue.id.clone_from(&self.id);
        if let Some(label) = &self.label {
            issue.label.clone_from(label);
        }
    }
}

impl Change {
    /// The first actor that cannot be made a part of a claim.
    fn stranger(&self, article: &[Claim]) -> Option<&str> {
        self.source.iter().chain(&self.addressee).flatten().find(|who| who.part(&[], article).is_none()).map(Who::name)
    }

    fn make(&self, claim: &mut Claim, article: &[Claim]) {
        if self.stranger(article).is_some() {
            return;
        }
        let parts =
            |whos: &Vec<Who>, role: &[ActorRef]| whos.iter().filter_map(|who| who.part(role, article)).collect();
        if let Some(whos) = &self.source {
            claim.source = parts(whos, &claim.source);
        }
        if let Some(whos) = &self.addressee {
            claim.addressee = parts(whos, &claim.addressee);
        }
        if let Some(topics) = &self.issue {
            let known = |id: &str| {
                article.iter().flat_map(|claim| &claim.issue).find(|issue| issue.id == id).map(|i| i.label.clone())
            };
            claim.issue = topics
                .iter()
                .map(|topic| IssueRef {
                    id: topic.id.clone(),
                    label: topic
                        .label
                        .clone()
                        .or_else(|| known(&topic.id))
                        .unwrap_or_else(|| topic.id.replace('-', " ")),
                })
                .collect();
        }
        if let Some(act) = self.act {
            claim.stance = stance_after(claim.stance, claim.act, act);
            claim.act = act;
        }
        claim.stance = self.stance.unwrap_or(claim.stance);
        claim.negated = self.negated.unwrap_or(claim.negated);
        claim.hedged = self.hedged.unwrap_or(claim.hedged);
    }
}

/// Which side an act takes by itself.
fn side(act: Act) -> Stance {
    match act {
        Act::Demand | Act::Request | Act::Propose | Act::Commit | Act::Accept | Act::Support => Stance::Favour,
        Act::Reject | Act::Criticise | Act::Accuse | Act::Threaten => Stance::Against,
        Act::Deny | Act::Acknowledge | Act::Assert => Stance::Neutral,
    }
}

/// The stance of a claim whose act becomes another: turned where the act turns.
fn stance_after(stance: Stance, was: Act, is: Act) -> Stance {
    match (side(was), side(is), stance) {
        (a, b, _) if a == b => stance,
        (_, Stance::Neutral, _) => Stance::Neutral,
        (Stance::Neutral, b, _) | (_, b, Stance::Neutral) => b,
        (_, _, Stance::Favour) => Stance::Against,
        (_, _, Stance::Against) => Stance::Favour,
    }
}

/// Whether an actor goes by that name or id.
pub(crate) fn is_actor(actor: &ActorRef, name: &str) -> bool {
    let (name, is_id) = bare(name, "actor");
    actor.id == name || actor.id == slug(name) || (!is_id && actor.label.to_lowercase() == name.to_lowercase())
}

fn is_issue(issue: &IssueRef, name: &str) -> bool {
    let (name, is_id) = bare(name, "issue");
    issue.id == name || issue.id == slug(name) || (!is_id && issue.label.to_lowercase() == name.to_lowercase())
}

/// Whether an article goes by that name: its id (at least 6 digits), path or the end of its path, address, headline.
pub(crate) fn is_article(document: &DocumentRef, name: &str) -> bool {
    let is = |field: &Option<String>| field.as_deref() == Some(name);
    let ends = |path: &String| path.strip_suffix(name).is_some_and(|rest| rest.ends_with(['/', '\\']));
    id_start(name).is_some_and(|id| document.id.starts_with(&id))
        || is(&document.path)
        || is(&document.url)
        || is(&document.title)
        || (!name.is_empty() && document.path.as_ref().is_some_and(ends))
}

/// The words of a text in lower case, without punctuation.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// How alike two passages are, 0 to 1 (Dice 1945): twice the words that they share through all their words.
fn alike(a: &[String], b: &[String]) -> f64 {
    let mut rest: Vec<&String> = b.iter().collect();
    let shared =
        a.iter().filter(|word| rest.iter().position(|other| other == word).map(|at| rest.swap_remove(at)).is_some());
    2.0 * shared.count() as f64 / (a.len() + b.len()).max(1) as f64
}

enum Found<'a> {
    /// The claim of this index.
    One(usize),
    /// Ids of all that it may mean.
    Several(Vec<&'a str>),
    /// The article is meant, but none of its claims; the one that comes nearest.
    None(Option<&'a Claim>),
    /// Another article is meant.
    Elsewhere,
}

/// The claim that a decision means, by its id, or else by its words.
fn find<'a>(at: &Place, documents: &[DocumentRef], claims: &'a [Claim]) -> Found<'a> {
    if let Some(id) = &at.claim {
        let hits: Vec<usize> = (0..claims.len()).filter(|&n| claims[n].id.starts_with(id.as_str())).collect();
        match hits.as_slice() {
            [] => {}
            [one] => return Found::One(*one),
            several => return Found::Several(several.iter().map(|&n| claims[n].id.as_str()).collect()),
        }
    }
    let (Some(article), Some(quote)) = (&at.article, &at.quote) else { return Found::Elsewhere };
    if !documents.iter().any(|document| is_article(document, article)) {
        return Found::Elsewhere;
    }
    let wanted = words(quote);
    let likeness: Vec<f64> = claims.iter().map(|claim| alike(&wanted, &words(&claim.content.text))).collect();
    let nearest = (0..claims.len()).rev().max_by(|&a, &b| likeness[a].total_cmp(&likeness[b])).map(|n| &claims[n]);
    let by = |claim: &Claim| at.who.as_ref().is_none_or(|who| claim.source.iter().any(|actor| is_actor(actor, who)));
    let fit: Vec<usize> = (0..claims.len()).filter(|&n| likeness[n] >= ALIKE && by(&claims[n])).collect();
    let best = fit.iter().map(|&n| likeness[n]).fold(0.0, f64::max);
    let best: Vec<usize> = fit.into_iter().filter(|&n| likeness[n] >= best).collect();
    match best.as_slice() {
        [] => Found::None(nearest.filter(|claim| alike(&wanted, &words(&claim.content.text)) > 0.3)),
        [one] => Found::One(*one),
        several => Found::Several(several.iter().map(|&n| claims[n].id.as_str()).collect()),
    }
}
