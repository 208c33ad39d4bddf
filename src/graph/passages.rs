//! Which quads tell where the words stand: spans with their selectors, the text itself, and what an article calls its actors.
//!
//! They are half of a store, and most questions never look at them. So an article's file has them last, and a store can be opened without: see
//! [`Reading`].

use oxigraph::model::{NamedOrBlankNode, Quad};

use super::vocab::{ID_BASE, dm};

/// How much of a store is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reading {
    /// All of it.
    #[default]
    All,
    /// The claims, actors, issues and what rules derive from them; not the texts, the spans with their selectors, nor the links to these. About a third
    /// of the time and of the memory. Such a store answers the questions that [`Reading::needed_by`] finds, and can be neither changed nor verified.
    Claims,
}

/// Sorts of things, as in their IRIs, that belong to the passages.
const SORTS: [&str; 3] = ["span/", "text/", "naming/"];

/// Properties of claims and their reports that lead to them.
pub(super) const LINKS: [oxigraph::model::NamedNodeRef<'static>; 7] = [
    dm::SOURCE_SPAN,
    dm::ADDRESSEE_SPAN,
    dm::CUE_SPAN,
    dm::CONTENT_SPAN,
    dm::CONTENT_PART,
    dm::CONDITION_SPAN,
    dm::REPORTER_SPAN,
];

/// Whether a quad belongs to the passages.
pub(super) fn is_passage(quad: &Quad) -> bool {
    let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return false };
    subject.as_str().strip_prefix(ID_BASE).is_some_and(|rest| SORTS.iter().any(|sort| rest.starts_with(sort)))
        || LINKS.contains(&quad.predicate.as_ref())
}

impl Reading {
    /// What a query needs whose properties are all spelled with the prefixes of [`super::vocab::PREFIXES`], as those of the named questions are. For
    /// any other query take [`Reading::All`].
    ///
    /// ```
    /// use demarche::graph::Reading;
    /// assert_eq!(Reading::needed_by("SELECT * { ?claim dm:source ?who }"), Reading::Claims);
    /// assert_eq!(Reading::needed_by("SELECT * { ?span oa:hasSelector ?selector }"), Reading::All);
    /// ```
    pub fn needed_by(query: &str) -> Self {
        const TERMS: [&str; 9] = [
            "oa:",
            "Span",
            "dm:contentPart",
            "dm:mentionOf",
            "dm:text",
            "dm:sha256",
            "dm:length",
            "dm:name",
            "prov:wasDerivedFrom",
        ];
        if TERMS.iter().any(|term| query.contains(term)) { Self::All } else { Self::Claims }
    }
}
