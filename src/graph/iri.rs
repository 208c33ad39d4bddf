//! Identifiers of things: the same input gives the same IRI on every machine, and nothing is a blank node.

use oxigraph::model::NamedNode;

use super::vocab::ID_BASE;

/// A thing under `https://w3id.org/demarche/id/`: its sort and the parts of its name.
fn thing(sort: &str, parts: &[&str]) -> NamedNode {
    let mut iri = String::from(ID_BASE);
    iri.push_str(sort);
    for part in parts {
        iri.push('/');
        push_escaped(&mut iri, part);
    }
    NamedNode::new_unchecked(iri)
}

/// Letters, digits and `-_.~` stay; all else becomes `%XX`, byte by byte, so that no name can leave its place in the IRI.
fn push_escaped(iri: &mut String, part: &str) {
    use std::fmt::Write as _;
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            iri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(iri, "%{byte:02X}");
        }
    }
}

/// The article with that document id.
pub fn article(document: &str) -> NamedNode {
    thing("article", &[document])
}

/// An article's text as one outlet published it at one address; either may be empty, which is unknown.
pub fn publication(document: &str, publisher: &str, address: &str) -> NamedNode {
    use sha2::Digest as _;
    let hash = crate::span::hex(&sha2::Sha256::digest(format!("{publisher}\n{address}"))[..6]);
    thing("publication", &[document, &hash])
}

/// The named graph that holds all that is known from the article.
///
/// ```
/// assert_eq!(demarche::graph::iri::article_graph("00ff").as_str(), "https://w3id.org/demarche/id/graph/article/00ff");
/// ```
pub fn article_graph(document: &str) -> NamedNode {
    thing("graph/article", &[document])
}

/// Graph of the vocabulary.
pub fn vocabulary_graph() -> NamedNode {
    thing("graph/vocabulary", &[])
}

/// Graph of the actors: names, kinds and blocs, put together from all articles.
pub fn actors_graph() -> NamedNode {
    thing("graph/actors", &[])
}

/// Graph of the issues: their names.
pub fn issues_graph() -> NamedNode {
    thing("graph/issues", &[])
}

/// Graph of the programs that extracted the claims.
pub fn tools_graph() -> NamedNode {
    thing("graph/tools", &[])
}

/// Graph of what rules derive from the claims: relations, positions and direct edges.
pub fn derived_graph() -> NamedNode {
    thing("graph/derived", &[])
}

/// Graph of the decisions that corrections follow.
pub fn decisions_graph() -> NamedNode {
    thing("graph/decisions", &[])
}

/// A decision.
pub fn decision(id: &str) -> NamedNode {
    thing("decision", &[id])
}

/// Who decided.
pub fn author(name: &str) -> NamedNode {
    thing("author", &[&slug(name)])
}

/// What decision number `order` (1 is the first) changed about a claim, or that it dropped the claim.
pub fn correction(claim: &str, order: usize) -> NamedNode {
    thing("correction", &[claim, &order.to_string()])
}

/// The article's text, which all offsets refer to.
pub fn text(document: &str) -> NamedNode {
    thing("text", &[document])
}

/// The nanopublication of a claim, and with a name of it one of its graphs.
///
/// ```
/// use demarche::graph::iri;
/// assert_eq!(iri::nanopub(&iri::claim("6f81"), "head").as_str(), "https://w3id.org/demarche/id/nanopub/6f81/head");
/// ```
pub fn nanopub(claim: &NamedNode, part: &str) -> NamedNode {
    // What follows the base is escaped already.
    let base = format!("{ID_BASE}claim/");
    let id = claim.as_str().strip_prefix(&base).unwrap_or(claim.as_str());
    let slash = if part.is_empty() { "" } else { "/" };
    NamedNode::new_unchecked(format!("{ID_BASE}nanopub/{id}{slash}{part}"))
}

/// The run that extracted the claims of an article.
pub fn run(document: &str) -> NamedNode {
    thing("run", &[document])
}

/// The program in one version.
pub fn tool(version: &str) -> NamedNode {
    thing("tool", &["demarche", version])
}

/// An actor.
///
/// ```
/// assert_eq!(demarche::graph::iri::actor("vladimir-putin").as_str(), "https://w3id.org/demarche/id/actor/vladimir-putin");
/// ```
pub fn actor(id: &str) -> NamedNode {
    thing("actor", &[id])
}

/// An issue.
pub fn issue(id: &str) -> NamedNode {
    thing("issue", &[id])
}

/// A claim.
pub fn claim(id: &str) -> NamedNode {
    thing("claim", &[id])
}

/// Reporter number `order` (1 is the outermost) of a claim.
pub fn report(claim: &str, order: usize) -> NamedNode {
    thing("report", &[claim, &order.to_string()])
}

/// A stretch of an article's text, in code points.
pub fn span(document: &str, start: usize, end: usize) -> NamedNode {
    thing("span", &[document, &format!("{start}-{end}")])
}

/// The document and the offsets of a span; `None` for another thing.
pub(super) fn span_parts(span: &NamedNode) -> Option<(String, usize, usize)> {
    let (document, place) = span.as_str().strip_prefix(ID_BASE)?.strip_prefix("span/")?.split_once('/')?;
    let (start, end) = place.split_once('-')?;
    Some((document.to_owned(), start.parse().ok()?, end.parse().ok()?))
}

/// Selector of a span by its offsets.
pub fn position_selector(document: &str, start: usize, end: usize) -> NamedNode {
    thing("span", &[document, &format!("{start}-{end}"), "position"])
}

/// Selector of a span by its words.
pub fn quote_selector(document: &str, start: usize, end: usize) -> NamedNode {
    thing("span", &[document, &format!("{start}-{end}"), "quote"])
}

/// What an article calls an actor (`sort` is `actor`) or an issue (`issue`).
pub fn naming(document: &str, sort: &str, id: &str) -> NamedNode {
    thing("naming", &[document, sort, id])
}

/// An IRI that came from outside, where it is a good one: absolute, without spaces.
pub fn outside(address: &str) -> Option<NamedNode> {
    NamedNode::new(address).ok()
}

/// A name for an actor known by label only, in the manner of the ids of claims: `United States` → `united-states`.
///
/// ```
/// assert_eq!(demarche::graph::iri::slug("Côte d’Ivoire"), "côte-d-ivoire");
/// ```
pub fn slug(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for c in label.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_stay_in_their_place() {
        for odd in ["a/b", "a b", "é", "<x>", "a%2Fb", "", "\u{0}"] {
            let iri = actor(odd);
            assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            assert_eq!(iri.as_str().matches('/').count(), actor("x").as_str().matches('/').count());
        }
    }
}
