//! Which quads tell where the words stand: spans with their selectors, the text itself, and what an article calls its actors.
//!
//! They are half of a store, and most questions never look at them. So an article's file has them last, and a store can be read without: see
//! [`super::reading`].

use oxigraph::model::{NamedOrBlankNode, Quad};

use super::vocab::{ID_BASE, dm};

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
