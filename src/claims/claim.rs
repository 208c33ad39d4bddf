//! The claim record: the public contract of the program, as JSON and inside. Offsets are Unicode code points of the document's text, end exclusive.

use serde::{Deserialize, Serialize};

use crate::act::{Act, Stance};
use crate::actors::ActorKind;

/// An actor takes a stance towards something, as an article reports it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Hash of the document's SHA-256, the content's span, the source and the act: the same on every machine.
    pub id: String,
    /// The article.
    pub document: DocumentRef,
    /// Who holds the stance; several for "Britain and France".
    pub source: Vec<ActorRef>,
    /// What they do with words.
    pub act: Act,
    /// Towards whom; may be empty.
    pub addressee: Vec<ActorRef>,
    /// The words that carry the act.
    pub cue: Option<Quote>,
    /// The proposition or thing.
    pub content: Content,
    /// How the article reports it.
    pub quotation: Quotation,
    /// The act itself is denied: "has not ruled out".
    pub negated: bool,
    /// The article marks it as second-hand or uncertain.
    pub hedged: bool,
    /// "if a ceasefire is established".
    pub condition: Option<Quote>,
    /// Reporters between article and source, outermost first.
    pub via: Vec<ActorRef>,
    /// Stance towards the issue; neutral where only the sentences around the claim speak of it.
    pub stance: Stance,
    /// What it is about.
    pub issue: Vec<IssueRef>,
    /// When it was said, ISO 8601; null if unknown.
    pub date: Option<String>,
    /// Probability that the claim is right, 0 to 1.
    pub confidence: f64,
    /// The path of the extractor that made it.
    pub rule: String,
    /// What a person's decisions changed about it, in the order of their file; the record above is as corrected. Left out of JSON where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
}

/// What a decision of the user changed about a claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Correction {
    /// Id of the decision.
    pub decision: String,
    /// What became of what: "act: demand → request".
    pub change: String,
    /// Why, as the decision says.
    pub reason: Option<String>,
    /// Who decided.
    pub author: Option<String>,
    /// When, as the decision says.
    pub date: Option<String>,
}

/// The article of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRef {
    /// See [`crate::corpus::Document`] for each field.
    pub id: String,
    /// Path as the user named it.
    pub path: Option<String>,
    /// SHA-256 of the text.
    pub sha256: String,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Date of publication.
    pub published: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Language.
    pub language: Option<String>,
}

/// An actor in its part of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorRef {
    /// Stable name for use in IRIs: `russia`, `vladimir-putin`. Who is named by a common noun only has his side in it (`foreign-ministry-norway`) or, without
    /// one, the beginning of the article's id (`officials-0b9721dd`): such officials are others in each article.
    pub id: String,
    /// Canonical name: "Russia", "Vladimir Putin".
    pub label: String,
    /// What kind of actor it is.
    pub kind: ActorKind,
    /// Label of the country or organisation that it speaks for; null if unknown.
    pub bloc: Option<String>,
    /// Where this claim names it; null where it is only implied.
    pub mention: Option<Quote>,
}

/// Words of the text and where they stand: `text[start..end]` is exactly `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// The proposition of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// Further parts of a split content.
    pub more: Vec<[usize; 2]>,
}

/// An issue of the scheme, or a topic of the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IssueRef {
    /// Stable name: `ceasefire`.
    pub id: String,
    /// What to show.
    pub label: String,
}

/// How a claim's content is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quotation {
    /// All of the content stands in quotation marks.
    Direct,
    /// None of it.
    Indirect,
    /// Some of it.
    Mixed,
}
