//! What a person should decide about a store: actors and issues that may be one, and claims that the extractor is not sure of. Start at [`review`].
//!
//! What it does not do: decide. Each item carries its entry for the file of [`crate::corrections`]; what was decided once, also that two actors are
//! not one or that a claim is right, is not asked again.

mod alike;
mod entry;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::actors::ActorKind;
use crate::claims::{ActorRef, Claim};
use crate::corrections::{Action, is_actor};
use crate::diag::Result;
use crate::graph::Store;

/// What to list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Claims of which the extractor is less sure, 0 to 1.
    pub below: f64,
    /// Items of each sort at most.
    pub limit: usize,
}

/// Something to decide.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// What it is about.
    #[serde(flatten)]
    pub question: Question,
    /// Words of articles that show it.
    pub passages: Vec<Passage>,
    /// The entry for the file of decisions, in TOML.
    pub entry: String,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Question {
    /// Are these actors one?
    Actors {
        /// The one that would give its name to the other.
        one: Known,
        /// The other.
        other: Known,
        /// Why they may be one.
        why: &'static str,
        /// How likely, 0 to 1: a rank, not a probability.
        likelihood: f64,
    },
    /// Are these issues one?
    Issues {
        /// The one that is used more.
        one: Known,
        /// The other.
        other: Known,
        /// Why they may be one.
        why: &'static str,
    },
    /// Is this claim right?
    Claim {
        /// The claim.
        claim: Box<Claim>,
    },
}

/// An actor or issue as the store knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    /// Stable name.
    pub id: String,
    /// The name that most claims give it.
    pub label: String,
    /// What kind of actor it is; an issue has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActorKind>,
    /// Whom it speaks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bloc: Option<String>,
    /// Claims that name it.
    pub claims: usize,
}

/// Words of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Path, address or id of the article.
    pub article: String,
    /// The words, with what it is about in ⟦ ⟧.
    pub text: String,
}

/// Everything to decide: actors, likeliest first; issues, most used first; claims, least sure first.
///
/// Time is linear in the claims and, for names that share a key (family name, initials, spelling), quadratic in those that share it.
///
/// # Errors
///
/// Where the claims of the store cannot be read, see [`Store::claims`].
pub fn review(store: &Store, options: &Options) -> Result<Vec<Item>> {
    let claims = store.claims()?;
    let mut actors = Tally::default();
    let mut issues = Tally::default();
    for (n, claim) in claims.iter().enumerate() {
        for actor in claim.source.iter().chain(&claim.addressee).chain(&claim.via) {
            actors.add(&actor.id, (actor.label.clone(), Some(actor.kind), actor.bloc.clone()), n);
        }
        for issue in &claim.issue {
            issues.add(&issue.id, (issue.label.clone(), None, None), n);
        }
    }
    let (actors, actor_claims) = actors.known();
    let (issues, issue_claims) = issues.known();
    let apart: Vec<&Vec<String>> = store
        .corrections()
        .decisions()
        .iter()
        .filter_map(|decision| match &decision.action {
            Action::Distinct { actors } => Some(actors),
            _ => None,
        })
        .collect();
    let decided_apart = |a: &Known, b: &Known| {
        let is = |known: &Known, name: &String| is_actor(&reference(known), name);
        apart.iter().any(|names| names.iter().any(|name| is(a, name)) && names.iter().any(|name| is(b, name)))
    };

    let mut texts = Texts { store, read: BTreeMap::new() };
    let mut out = Vec::new();
    for pair in alike::actors(&actors)
        .into_iter()
        .filter(|p| !decided_apart(&actors[p.one], &actors[p.other]))
        .take(options.limit)
    {
        let (one, other) = (&actors[pair.one], &actors[pair.other]);
        let mut passages = Vec::new();
        for (known, at) in [(other, pair.other), (one, pair.one)] {
            let named = |claim: &Claim| {
                let mut all = claim.source.iter().chain(&claim.addressee).chain(&claim.via);
                all.find(|actor| actor.id == known.id && actor.mention.is_some())
                    .and_then(|actor| actor.mention.as_ref().map(|mention| (mention.start, mention.end)))
            };
            let shown = actor_claims[at].iter().find_map(|&n| named(&claims[n]).map(|place| (n, place)));
            if let Some((n, place)) = shown {
                passages.push(texts.passage(&claims[n], place)?);
            }
        }
        let entry = entry::merge(one, other, pair.why);
        let question =
            Question::Actors { one: one.clone(), other: other.clone(), why: pair.why, likelihood: pair.likelihood };
        out.push(Item { question, passages, entry });
    }
    for pair in alike::issues(&issues).into_iter().take(options.limit) {
        let (one, other) = (&issues[pair.one], &issues[pair.other]);
        let mut passages = Vec::new();
        for at in [pair.other, pair.one] {
            if let Some(claim) = issue_claims[at].first().map(|&n| &claims[n]) {
                passages.push(texts.passage(claim, (claim.content.start, claim.content.end))?);
            }
        }
        let entry = entry::join(one, other);
        out.push(Item {
            question: Question::Issues { one: one.clone(), other: other.clone(), why: pair.why },
            passages,
            entry,
        });
    }
    let mut doubtful: Vec<&Claim> = claims
        .iter()
        .filter(|claim| {
            claim.confidence < options.below && claim.corrections.iter().all(|it| !of_claim(store, &it.decision))
        })
        .collect();
    doubtful.sort_by(|a, b| a.confidence.total_cmp(&b.confidence).then_with(|| a.id.cmp(&b.id)));
    for claim in doubtful.into_iter().take(options.limit) {
        let passages = vec![texts.passage(claim, (claim.content.start, claim.content.end))?];
        let entry = entry::claim(claim);
        out.push(Item { question: Question::Claim { claim: Box::new(claim.clone()) }, passages, entry });
    }
    Ok(out)
}

/// Whether the decision is about single claims, so that a person has looked at this one.
fn of_claim(store: &Store, decision: &str) -> bool {
    let decisions = store.corrections().decisions();
    decisions.iter().any(|it| it.id == decision && matches!(it.action, Action::Claim { .. }))
}

fn reference(known: &Known) -> ActorRef {
    ActorRef {
        id: known.id.clone(),
        label: known.label.clone(),
        kind: known.kind.unwrap_or(ActorKind::Group),
        bloc: known.bloc.clone(),
        mention: None,
    }
}

/// Label, kind and bloc.
type Form = (String, Option<ActorKind>, Option<String>);

/// What claims call each actor or issue.
#[derive(Default)]
struct Tally(BTreeMap<String, (BTreeMap<Form, usize>, Vec<usize>)>);

impl Tally {
    fn add(&mut self, id: &str, form: Form, claim: usize) {
        let (forms, claims) = self.0.entry(id.to_owned()).or_default();
        *forms.entry(form).or_default() += 1;
        if claims.last() != Some(&claim) {
            claims.push(claim);
        }
    }

    /// Each with its most frequent form, by id, and the claims that name it.
    fn known(self) -> (Vec<Known>, Vec<Vec<usize>>) {
        let one = |(id, (forms, claims)): (String, (BTreeMap<Form, usize>, Vec<usize>))| {
            let best = forms.into_iter().rev().max_by_key(|(_, uses)| *uses);
            let (label, kind, bloc) = best.map_or_else(|| (id.clone(), None, None), |(form, _)| form);
            (Known { id, label, kind, bloc, claims: claims.len() }, claims)
        };
        self.0.into_iter().map(one).unzip()
    }
}

/// Texts of articles, each read once.
struct Texts<'a> {
    store: &'a Store,
    read: BTreeMap<String, Vec<char>>,
}

/// Characters of context on each side.
const CONTEXT: usize = 80;

impl Texts<'_> {
    fn passage(&mut self, claim: &Claim, (start, end): (usize, usize)) -> Result<Passage> {
        let id = &claim.document.id;
        if !self.read.contains_key(id) {
            self.read.insert(id.clone(), self.store.text(id)?.chars().collect());
        }
        let text = self.read.get(id).map(Vec::as_slice).unwrap_or_default();
        let slice = |from: usize, to: usize| -> String {
            text.get(from..to.min(text.len())).unwrap_or_default().iter().collect()
        };
        let (mut from, mut to) = (start.saturating_sub(CONTEXT), (end + CONTEXT).min(text.len()));
        // Whole words.
        while from > 0 && from < start && text.get(from - 1).is_some_and(|c| !c.is_whitespace()) {
            from += 1;
        }
        while to > end && text.get(to).is_some_and(|c| !c.is_whitespace()) {
            to -= 1;
        }
        let before = if from > 0 { "…" } else { "" };
        let after = if to < text.len() { "…" } else { "" };
        let words = format!("{before}{}⟦{}⟧{}{after}", slice(from, start), slice(start, end), slice(end, to));
        Ok(Passage {
            article: entry::article(&claim.document).to_owned(),
            text: words.split_whitespace().collect::<Vec<_>>().join(" "),
        })
    }
}
