//! The graph in the form that other communities exchange: RDF 1.2 with reifiers, and nanopublications.
//!
//! Both are made when they are asked for, from the graph as it stands; nothing of them is stored.

use std::collections::BTreeSet;
use std::io::Write;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::passages::LINKS;
use super::store::{Store, trouble};
use super::vocab::{self, dm, np, other};
use super::{dump, iri};
use crate::diag::{Error, Result};

/// How a graph is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Profile {
    /// RDF 1.1: the graph as the store holds it.
    #[default]
    Plain,
    /// RDF 1.2: the same, and for each claim with an addressee the direct edge that it is about, reified by the claim. A reified edge is not
    /// asserted: that of a claim which is denied, hedged or reported by others is named like any other, and the claim says how it is meant.
    Rdf12,
    /// [Nanopublications](https://nanopub.net/guidelines/working_draft/): one for each claim. Its assertion is the claim; its provenance the run
    /// that found it, the article and the passages that it rests on, and the decisions that corrected it; its publication info the program.
    /// They carry no date of making and no trusty hash: the same graph gives the same nanopublications on every day.
    Nanopub,
}

impl Profile {
    /// Syntaxes that the profile can be written in.
    pub fn formats(self) -> &'static [RdfFormat] {
        match self {
            Self::Plain => {
                &[RdfFormat::TriG, RdfFormat::NQuads, RdfFormat::Turtle, RdfFormat::NTriples, RdfFormat::RdfXml]
            }
            Self::Rdf12 => &[RdfFormat::TriG, RdfFormat::NQuads, RdfFormat::Turtle, RdfFormat::NTriples],
            Self::Nanopub => &[RdfFormat::TriG, RdfFormat::NQuads],
        }
    }
}

/// Writes the store in a profile, always in the same order.
///
/// # Errors
///
/// A syntax that cannot hold the profile, see [`Profile::formats`] (JSON-LD holds the plain one); or as [`super::write`].
pub fn write_profile(store: &Store, profile: Profile, format: RdfFormat, mut out: impl Write) -> Result<()> {
    if profile != Profile::Plain && !profile.formats().contains(&format) {
        let known: Vec<&str> = profile.formats().iter().map(|format| format.name()).collect();
        let why = format!("it cannot hold this profile; take {}", known.join(" or "));
        return Err(Error::invalid("export", format.name(), why));
    }
    match profile {
        Profile::Plain => dump::write(store, format, out),
        Profile::Rdf12 => {
            dump::write(store, format, &mut out)?;
            let lines = reifiers(store, format)?.concat();
            out.write_all(lines.as_bytes()).map_err(|e| Error::invalid("export", format.name(), e.to_string()))
        }
        Profile::Nanopub => nanopubs(store, format, out),
    }
}

/// Quads of a pattern, in the order of their text.
fn sorted(
    store: &Store,
    subject: Option<&NamedNode>,
    property: Option<NamedNodeRef<'_>>,
    object: Option<NamedNodeRef<'_>>,
) -> Result<Vec<Quad>> {
    let found = store.dataset().quads_for_pattern(
        subject.map(|node| node.as_ref().into()),
        property,
        object.map(Into::into),
        None,
    );
    let mut quads: Vec<Quad> = found.collect::<std::result::Result<_, _>>().map_err(|e| trouble("memory", &e))?;
    quads.sort_by_cached_key(ToString::to_string);
    Ok(quads)
}

/// The nodes that a property leads to.
fn nodes(store: &Store, subject: &NamedNode, property: NamedNodeRef<'_>) -> Result<Vec<NamedNode>> {
    let quads = sorted(store, Some(subject), Some(property), None)?;
    Ok(quads.into_iter().filter_map(|quad| node(quad.object)).collect())
}

fn node(term: Term) -> Option<NamedNode> {
    if let Term::NamedNode(node) = term { Some(node) } else { None }
}

/// All claims, each with its graph.
fn claims(store: &Store) -> Result<Vec<(NamedNode, GraphName)>> {
    let quads = sorted(store, None, Some(other::TYPE), Some(dm::CLAIM))?;
    let claim = |quad: Quad| match quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some((node, quad.graph_name)),
        NamedOrBlankNode::BlankNode(_) => None,
    };
    Ok(quads.into_iter().filter_map(claim).collect())
}

/// The lines that reify direct edges, each with its end.
fn reifiers(store: &Store, format: RdfFormat) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for (claim, graph) in claims(store)? {
        let mut edges = Vec::new();
        for act in nodes(store, &claim, dm::ACT)? {
            edges.append(&mut nodes(store, &act, dm::DIRECT_EDGE)?);
        }
        let sources = nodes(store, &claim, dm::SOURCE)?;
        let addressees = nodes(store, &claim, dm::ADDRESSEE)?;
        for edge in &edges {
            for source in &sources {
                for addressee in &addressees {
                    let triple = format!("{claim} {} <<( {source} {edge} {addressee} )>>", np::REIFIES);
                    lines.push(match format {
                        RdfFormat::NQuads => format!("{triple} {graph} .\n"),
                        RdfFormat::TriG => format!("{graph} {{ {triple} . }}\n"),
                        _ => format!("{triple} .\n"),
                    });
                }
            }
        }
    }
    Ok(lines)
}

/// Whether a property of a claim or its reports tells where it comes from, not what is claimed.
fn is_evidence(property: NamedNodeRef<'_>) -> bool {
    LINKS.contains(&property) || property == dm::CORRECTED_BY
}

fn nanopubs(store: &Store, format: RdfFormat, out: impl Write) -> Result<()> {
    let failed = |e: std::io::Error| Error::invalid("export", format.name(), e.to_string());
    let mut serializer = RdfSerializer::from_format(format);
    if format == RdfFormat::TriG {
        for (prefix, iri) in vocab::PREFIXES.into_iter().chain([("np", vocab::NP_NS)]) {
            serializer =
                serializer.with_prefix(prefix, iri).map_err(|e| Error::invalid("prefix", prefix, e.to_string()))?;
        }
    }
    let mut serializer = serializer.for_writer(out);
    for (claim, graph) in claims(store)? {
        for quad in nanopub(store, &claim, &graph)? {
            serializer.serialize_quad(&quad).map_err(failed)?;
        }
    }
    serializer.finish().and_then(|mut out| out.flush()).map_err(failed)
}

/// Triples that go into one graph.
struct Part {
    graph: NamedNode,
    triples: BTreeSet<(String, String, String)>,
    quads: Vec<Quad>,
}

impl Part {
    fn new(graph: NamedNode) -> Self {
        Self { graph, triples: BTreeSet::new(), quads: Vec::new() }
    }

    fn put(&mut self, s: impl Into<NamedOrBlankNode>, p: impl Into<NamedNode>, o: impl Into<Term>) {
        let quad = Quad::new(s.into(), p.into(), o.into(), self.graph.clone());
        let key = (quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string());
        if self.triples.insert(key) {
            self.quads.push(quad);
        }
    }

    fn into_quads(mut self) -> Vec<Quad> {
        self.quads.sort_by_cached_key(|q| (q.subject.to_string(), q.predicate.to_string(), q.object.to_string()));
        self.quads
    }
}

/// The four graphs of the nanopublication of a claim.
fn nanopub(store: &Store, claim: &NamedNode, article: &GraphName) -> Result<Vec<Quad>> {
    let whole = iri::nanopub(claim, "");
    let [mut head, mut assertion, mut provenance, mut info] =
        ["head", "assertion", "provenance", "pubinfo"].map(|part| Part::new(iri::nanopub(claim, part)));

    head.put(whole.clone(), other::TYPE, np::NANOPUBLICATION.into_owned());
    head.put(whole.clone(), np::HAS_ASSERTION, assertion.graph.clone());
    head.put(whole.clone(), np::HAS_PROVENANCE, provenance.graph.clone());
    head.put(whole.clone(), np::HAS_PUBLICATION_INFO, info.graph.clone());

    // What the claim rests on, to be told in full.
    let mut roots = Vec::new();
    let mut reports = nodes(store, claim, dm::VIA)?;
    reports.insert(0, claim.clone());
    for subject in &reports {
        for quad in sorted(store, Some(subject), None, None)? {
            let property = quad.predicate.as_ref();
            if property == other::WAS_GENERATED_BY {
                provenance.put(assertion.graph.clone(), quad.predicate, quad.object.clone());
                roots.extend(node(quad.object));
            } else if is_evidence(property) {
                provenance.put(quad.subject, quad.predicate, quad.object.clone());
                roots.extend(node(quad.object));
            } else {
                if let Term::NamedNode(named) = &quad.object {
                    for label in sorted(store, Some(named), Some(other::LABEL), None)? {
                        assertion.put(label.subject, label.predicate, label.object);
                    }
                }
                assertion.put(quad.subject, quad.predicate, quad.object);
            }
        }
    }

    let decisions = GraphName::from(iri::decisions_graph());
    let mut seen: BTreeSet<NamedNode> = roots.iter().chain(&reports).cloned().collect();
    while let Some(subject) = roots.pop() {
        for quad in sorted(store, Some(&subject), None, None)? {
            // The text itself may be long and under copyright; its hash says which it is.
            if (quad.graph_name != *article && quad.graph_name != decisions) || quad.predicate.as_ref() == dm::TEXT_OF {
                continue;
            }
            if quad.predicate.as_ref() == other::TYPE && quad.object == Term::from(dm::TEXT.into_owned()) {
                provenance.put(assertion.graph.clone(), other::WAS_DERIVED_FROM, subject.clone());
            }
            if quad.predicate.as_ref() == other::WAS_ASSOCIATED_WITH
                && let Term::NamedNode(tool) = &quad.object
            {
                info.put(whole.clone(), other::WAS_ATTRIBUTED_TO, tool.clone());
                for told in sorted(store, Some(tool), None, None)? {
                    info.put(told.subject, told.predicate, told.object);
                }
            }
            if let Term::NamedNode(next) = &quad.object
                && seen.insert(next.clone())
            {
                roots.push(next.clone());
            }
            provenance.put(quad.subject, quad.predicate, quad.object);
        }
    }
    Ok([head, assertion, provenance, info].into_iter().flat_map(Part::into_quads).collect())
}
