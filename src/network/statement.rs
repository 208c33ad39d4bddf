//! One claim as the networks see it.

use crate::act::{Act, Stance};
use crate::actors::ActorKind;
use crate::claims::{ActorRef, Claim};

/// What one claim says: who does what towards whom about which issues, and where that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Id of the claim.
    pub claim: String,
    /// Who holds the stance.
    pub source: Vec<Actor>,
    /// What they do with words.
    pub act: Act,
    /// Towards whom; may be empty.
    pub addressee: Vec<Actor>,
    /// What it is about; may be empty.
    pub issue: Vec<Issue>,
    /// For the issue or against it.
    pub stance: Stance,
    /// The act is denied: "has not ruled out".
    pub negated: bool,
    /// The article marks it as uncertain.
    pub hedged: bool,
    /// It holds under a condition.
    pub conditional: bool,
    /// Reporters between the article and the source, outermost first.
    pub via: Vec<Actor>,
    /// Day of the statement or, where that is unknown, of the article: `2025-03-17`.
    pub date: Option<String>,
    /// The article.
    pub article: Article,
    /// All outlets that printed the text, in order; empty where none is known.
    pub outlets: Vec<String>,
    /// Id of the claim that this one is a copy of: another article has it in the same words, and earlier.
    pub copy_of: Option<String>,
    /// First code point of the content in the article's text.
    pub start: usize,
    /// Code point after its last one.
    pub end: usize,
    /// The words of the content.
    pub passage: String,
    /// Probability that the claim is right, 0 to 1.
    pub confidence: f64,
}

/// An actor as a node sees it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Actor {
    /// Stable name.
    pub id: String,
    /// What to show.
    pub label: String,
    /// What kind of actor it is.
    pub kind: ActorKind,
    /// Name of the country or organisation that it speaks for.
    pub bloc: Option<String>,
}

/// An issue as a node sees it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Issue {
    /// Stable name.
    pub id: String,
    /// What to show.
    pub label: String,
}

/// The article of a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Article {
    /// Id of the document.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Date of publication, ISO 8601.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
}

impl Article {
    /// Outlet and day, or headline, or id: enough to tell articles apart in a line of text.
    pub fn short(&self) -> String {
        let day = self.published.as_deref().and_then(|date| date.get(..10));
        match (self.publisher.as_deref().or(self.title.as_deref()), day) {
            (Some(name), Some(day)) => format!("{name}, {day}"),
            (Some(name), None) => name.to_owned(),
            (None, Some(day)) => format!("article of {day}"),
            (None, None) => format!("article {}", self.id),
        }
    }
}

impl From<&ActorRef> for Actor {
    fn from(actor: &ActorRef) -> Self {
        Self { id: actor.id.clone(), label: actor.label.clone(), kind: actor.kind, bloc: actor.bloc.clone() }
    }
}

impl From<&Claim> for Statement {
    fn from(claim: &Claim) -> Self {
        let actors = |list: &[ActorRef]| {
            let mut list: Vec<Actor> = list.iter().map(Actor::from).collect();
            list.sort();
            list.dedup();
            list
        };
        let day = |date: &Option<String>| date.as_deref().and_then(|date| date.get(..10)).map(str::to_owned);
        Self {
            claim: claim.id.clone(),
            source: actors(&claim.source),
            act: claim.act,
            addressee: actors(&claim.addressee),
            issue: claim.issue.iter().map(|i| Issue { id: i.id.clone(), label: i.label.clone() }).collect(),
            stance: claim.stance,
            negated: claim.negated,
            hedged: claim.hedged,
            conditional: claim.condition.is_some(),
            via: claim.via.iter().map(Actor::from).collect(),
            date: day(&claim.date).or_else(|| day(&claim.document.published)),
            article: Article {
                id: claim.document.id.clone(),
                title: claim.document.title.clone(),
                publisher: claim.document.publisher.clone(),
                published: claim.document.published.clone(),
                url: claim.document.url.clone(),
            },
            outlets: claim.document.publisher.clone().into_iter().collect(),
            copy_of: None,
            start: claim.content.start,
            end: claim.content.end,
            passage: claim.content.text.clone(),
            confidence: claim.confidence,
        }
    }
}
