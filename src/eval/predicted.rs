//! Claims to be scored: made by the extractor, or by any program that writes the record as JSON Lines.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::claims::{ActorRef, Claim};
use crate::diag::{Error, Result};

/// What of a claim is scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Predicted {
    /// Content's parts, code points, end exclusive; the main part first.
    pub content: Vec<(usize, usize)>,
    /// Name of the act.
    pub act: String,
    /// Who.
    pub source: Vec<Name>,
    /// Towards whom.
    pub addressee: Vec<Name>,
    /// Reporters.
    pub via: Vec<Name>,
    /// The act is denied.
    pub negated: bool,
    /// The article marks it as uncertain.
    pub hedged: bool,
}

/// An actor of a claim by its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Canonical name.
    pub label: String,
    /// Words of the text.
    pub mention: Option<String>,
    /// Whom the actor speaks for.
    pub bloc: Option<String>,
}

impl From<&ActorRef> for Name {
    fn from(actor: &ActorRef) -> Self {
        let mention = actor.mention.as_ref().map(|m| m.text.clone());
        Self { label: actor.label.clone(), mention, bloc: actor.bloc.clone() }
    }
}

impl From<&Claim> for Predicted {
    fn from(claim: &Claim) -> Self {
        let names = |list: &[ActorRef]| list.iter().map(Name::from).collect();
        Self {
            content: std::iter::once((claim.content.start, claim.content.end))
                .chain(claim.content.more.iter().map(|&[start, end]| (start, end)))
                .collect(),
            act: claim.act.as_str().to_owned(),
            source: names(&claim.source),
            addressee: names(&claim.addressee),
            via: names(&claim.via),
            negated: claim.negated,
            hedged: claim.hedged,
        }
    }
}

#[derive(Deserialize)]
struct Line {
    document: LineDocument,
    source: Option<OneOrMany>,
    act: String,
    addressee: Option<OneOrMany>,
    via: Option<OneOrMany>,
    content: LineContent,
    negated: Option<bool>,
    hedged: Option<bool>,
}

#[derive(Deserialize)]
struct LineDocument {
    sha256: String,
}

#[derive(Deserialize)]
struct LineContent {
    start: usize,
    end: usize,
    #[serde(default)]
    more: Vec<[usize; 2]>,
}

#[derive(Deserialize)]
struct LineActor {
    label: String,
    bloc: Option<String>,
    mention: Option<LineMention>,
}

#[derive(Deserialize)]
struct LineMention {
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<LineActor>),
    One(LineActor),
}

fn names(list: Option<OneOrMany>) -> Vec<Name> {
    let list = match list {
        None => Vec::new(),
        Some(OneOrMany::One(actor)) => vec![actor],
        Some(OneOrMany::Many(actors)) => actors,
    };
    list.into_iter().map(|a| Name { label: a.label, mention: a.mention.and_then(|m| m.text), bloc: a.bloc }).collect()
}

/// Reads claim records, one JSON object a line, as `demarche extract` writes them; other keys are ignored. By the SHA-256 of their document, in the order of the lines.
///
/// # Errors
/// A line that is no claim record. `path` is for the message.
///
/// ```
/// let line = r#"{"document": {"sha256": "ab"}, "source": [{"label": "Kenya"}], "act": "demand", "content": {"start": 3, "end": 9}}"#;
/// let claims = demarche::eval::predictions("claims.jsonl", line)?;
/// assert_eq!(claims["ab"][0].content, [(3, 9)]);
/// # Ok::<(), demarche::diag::Error>(())
/// ```
pub fn predictions(path: &str, lines: &str) -> Result<BTreeMap<String, Vec<Predicted>>> {
    let mut out: BTreeMap<String, Vec<Predicted>> = BTreeMap::new();
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line: Line = serde_json::from_str(line)
            .map_err(|e| Error::invalid("claims", format!("{path}:{}", number + 1), e.to_string()))?;
        let content = std::iter::once((line.content.start, line.content.end))
            .chain(line.content.more.iter().map(|&[start, end]| (start, end)))
            .collect();
        out.entry(line.document.sha256).or_default().push(Predicted {
            content,
            act: line.act,
            source: names(line.source),
            addressee: names(line.addressee),
            via: names(line.via),
            negated: line.negated.unwrap_or(false),
            hedged: line.hedged.unwrap_or(false),
        });
    }
    Ok(out)
}
