//! Corrections that last: a person's decisions about what the extractor found, kept in a text file of their own and applied after every
//! extraction. Start at [`Corrections::parse`], then [`Corrections::apply`].
//!
//! What it does: two actors become one, an alias becomes another actor, an actor gets another name, kind or bloc, a claim is dropped or gets
//! another act, source, addressee, issue or stance, an issue is renamed or joined to another. What it does not do: touch what was extracted. That
//! is kept beside the corrected claims ([`crate::graph`] stores both), so that a decision taken out again leaves no trace.
//!
//! ```
//! # fn main() -> demarche::diag::Result<()> {
//! use demarche::{corrections::Corrections, ontology::Ontology};
//!
//! let file = r#"
//!     author = "K. Novak"
//!     [[merge]]
//!     actors = ["A. Reyes"]
//!     into = "Ana Reyes"
//!     reason = "the minister is given with her initial in one place"
//! "#;
//! let corrections = Corrections::parse("decisions.toml", file, &Ontology::default())?;
//! assert_eq!(corrections.decisions()[0].summary(), "A. Reyes is Ana Reyes");
//! # Ok(())
//! # }
//! ```

mod apply;
mod file;

pub(crate) use apply::is_actor;
pub use apply::{Corrected, Dropped};

use serde::{Deserialize, Serialize};

use crate::act::{Act, Stance};
use crate::actors::ActorKind;

/// By how much of an id a decision names a claim or an article, and a command an article to remove.
pub const ID_RULE: &str = "an id is given by at least 6 of its hexadecimal digits";

/// How an id begins, as somebody typed or pasted it: without `claim:` or `article:`, without a "…" at its end, in lower case. `None` where it can be
/// no id, or is too short, see [`ID_RULE`].
///
/// ```
/// use demarche::corrections::id_start;
/// assert_eq!(id_start("claim:3FA9BC01…").as_deref(), Some("3fa9bc01"));
/// assert_eq!(id_start("3fa9"), None);
/// ```
pub fn id_start(typed: &str) -> Option<String> {
    let typed = typed.trim().trim_end_matches(['…', '.']).to_lowercase();
    let id = typed.trim_start_matches("claim:").trim_start_matches("article:");
    (id.len() >= 6 && id.bytes().all(|b| b.is_ascii_hexdigit())).then(|| id.to_owned())
}

/// The decisions of a file, in the order in which they are applied: claims, splits, merges, actors, issues.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrections {
    pub(crate) decisions: Vec<Decision>,
}

impl Corrections {
    /// The decisions.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty()
    }
}

/// One decision. Two are equal if they decide the same, in whatever line of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Decision {
    /// Hash of what is decided, by whom, when and why: 12 hexadecimal digits.
    pub id: String,
    /// Line of the file where it begins; 0 where it was read back from a store. No part of what is stored.
    #[serde(skip)]
    pub line: usize,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub author: Option<String>,
    /// When, as written in the file.
    pub date: Option<String>,
    /// What is decided.
    pub action: Action,
}

impl PartialEq for Decision {
    fn eq(&self, other: &Self) -> bool {
        let key = |it: &Self| (it.id.clone(), it.reason.clone(), it.author.clone(), it.date.clone());
        key(self) == key(other) && self.action == other.action
    }
}

impl Eq for Decision {}

/// What a decision does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// A claim is wrong in this.
    Claim {
        /// Which claim.
        at: Place,
        /// What becomes of it; `None` drops it.
        change: Option<Change>,
    },
    /// Where an actor is named by these words, somebody else is meant.
    Split {
        /// Name or id of the actor as found.
        actor: String,
        /// The words of the mention.
        alias: String,
        /// In this article only: its id, path, address or headline.
        article: Option<String>,
        /// Who is meant.
        into: Who,
    },
    /// These actors are one.
    Merge {
        /// Names or ids.
        actors: Vec<String>,
        /// The one.
        into: Who,
    },
    /// These actors are not one, whatever their names: [`crate::review`] does not suggest it.
    Distinct {
        /// Names or ids.
        actors: Vec<String>,
    },
    /// An actor has another name, kind or bloc.
    Actor {
        /// Name or id.
        actor: String,
        /// Another name.
        label: Option<String>,
        /// Another kind.
        kind: Option<ActorKind>,
        /// Another bloc; an empty one is none.
        bloc: Option<String>,
    },
    /// An issue has another name, or is another issue.
    Issue {
        /// Name or id.
        issue: String,
        /// What it becomes.
        into: Topic,
    },
}

/// Which claim is meant: by its id, and in case that the extractor names it otherwise one day, by its article and words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The id, or how it begins (6 digits at least).
    pub claim: Option<String>,
    /// Id, path, address or headline of the article.
    pub article: Option<String>,
    /// Words of the claim's content.
    pub quote: Option<String>,
    /// Name or id of its source as extracted: a claim by somebody else is not meant.
    pub who: Option<String>,
}

/// What becomes of a claim; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Another act.
    pub act: Option<Act>,
    /// Other sources.
    pub source: Option<Vec<Who>>,
    /// Other addressees; an empty list is none.
    pub addressee: Option<Vec<Who>>,
    /// Other issues; an empty list is none.
    pub issue: Option<Vec<Topic>>,
    /// Another stance. Where only the act is given, the stance goes with it.
    pub stance: Option<Stance>,
    /// Whether the act itself is denied.
    pub negated: Option<bool>,
    /// Whether it is uncertain.
    pub hedged: Option<bool>,
    /// A person has looked at it and found it right, as it is then.
    #[serde(default)]
    pub right: bool,
}

/// An actor that a decision names, as far as file and ontology tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Stable name.
    pub id: String,
    /// What to show.
    pub label: Option<String>,
    /// What kind of actor it is.
    pub kind: Option<ActorKind>,
    /// Label of the country or organization that it speaks for.
    pub bloc: Option<String>,
}

/// An issue that a decision names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Stable name.
    pub id: String,
    /// What to show, where it is told.
    pub label: Option<String>,
}

impl Who {
    fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.id)
    }
}

impl Topic {
    fn name(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.id)
    }
}

impl Decision {
    /// What it decides, in one line.
    pub fn summary(&self) -> String {
        let names = |list: &[Who]| list.iter().map(Who::name).collect::<Vec<_>>().join(" and ");
        match &self.action {
            Action::Claim { at, change } => {
                let which = at.summary();
                let Some(change) = change else { return format!("{which} is dropped") };
                let mut parts = Vec::new();
                parts.extend(change.source.as_ref().map(|list| format!("source {}", names(list))));
                parts.extend(change.act.map(|act| format!("act {}", act.as_str())));
                parts.extend(change.addressee.as_ref().map(|list| match list.as_slice() {
                    [] => "no addressee".to_owned(),
                    list => format!("addressee {}", names(list)),
                }));
                parts.extend(change.issue.as_ref().map(|list| match list.as_slice() {
                    [] => "no issue".to_owned(),
                    list => format!("issue {}", list.iter().map(Topic::name).collect::<Vec<_>>().join(", ")),
                }));
                parts.extend(change.stance.map(|stance| format!("stance {}", stance.as_str())));
                parts.extend(change.negated.map(|yes| if yes { "negated".into() } else { "not negated".to_owned() }));
                parts.extend(change.hedged.map(|yes| if yes { "hedged".into() } else { "not hedged".to_owned() }));
                match parts.as_slice() {
                    [] => format!("{which} is right"),
                    parts => format!("{which} has {}", parts.join(", ")),
                }
            }
            Action::Split { actor, alias, article, into } => {
                let place = article.as_ref().map(|article| format!(" in {article}")).unwrap_or_default();
                format!("“{alias}”, taken for {actor}{place}, is {}", into.name())
            }
            Action::Merge { actors, into } => {
                let verb = if actors.len() == 1 { "is" } else { "are" };
                format!("{} {verb} {}", actors.join(" and "), into.name())
            }
            Action::Distinct { actors } => format!("{} are not one", actors.join(" and ")),
            Action::Actor { actor, label, kind, bloc } => {
                let mut parts = Vec::new();
                parts.extend(label.as_ref().map(|label| format!("is called {label}")));
                parts.extend(kind.map(|kind| format!("is of the kind {}", kind.as_str())));
                parts.extend(bloc.as_ref().map(|bloc| match bloc.as_str() {
                    "" => "speaks for nobody else".to_owned(),
                    bloc => format!("speaks for {bloc}"),
                }));
                format!("{actor} {}", parts.join(", "))
            }
            Action::Issue { issue, into } => format!("the issue {issue} is {}", into.name()),
        }
    }
}

impl Decision {
    /// Whether it is there to be followed by claims at all.
    pub(crate) fn changes_claims(&self) -> bool {
        !matches!(self.action, Action::Distinct { .. })
    }

    /// What to say of a decision that found nothing at all.
    pub(crate) fn nothing_to_do(&self) -> String {
        match &self.action {
            Action::Claim { at, .. } => match (&at.claim, &at.article) {
                (Some(claim), None) => format!(
                    "no claim has the id {claim}; give `article` and `quote` too, as `demarche review` prints them, or take the decision out"
                ),
                (_, Some(article)) => format!(
                    "no article `{article}` in the store, and no claim of that id; mend the name, or take the decision out"
                ),
                (None, None) => "it names no claim".to_owned(),
            },
            Action::Split { actor, alias, .. } => {
                format!("nowhere is `{actor}` named by the words “{alias}”; mend it, or take the decision out")
            }
            Action::Merge { actors, .. } => {
                format!(
                    "no claim names {}; `demarche ask actors` lists names; mend it, or take the decision out",
                    actors.join(" or ")
                )
            }
            Action::Distinct { .. } => String::new(),
            Action::Actor { actor, .. } => {
                format!("no claim names `{actor}` otherwise than decided; mend it, or take the decision out")
            }
            Action::Issue { issue, .. } => {
                format!(
                    "no claim is about `{issue}`; `demarche ask issues` lists names; mend it, or take the decision out"
                )
            }
        }
    }
}

impl Place {
    fn summary(&self) -> String {
        match (&self.claim, &self.quote) {
            (Some(claim), _) => format!("claim {claim}"),
            (None, Some(quote)) => format!("claim “{quote}”"),
            (None, None) => "no claim".to_owned(),
        }
    }
}
