//! What is common to all articles: actors, issues and tools, put together from what each article says of them.
//!
//! The result depends on the set of articles only, not on the order in which they came.

use std::collections::BTreeMap;

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term};
use oxigraph::store::{StorageError, Store};

use super::iri;
use super::vocab::{self, dm, other};

/// Votes of the articles, by value; a use is a vote, and of equals the first in order wins.
#[derive(Default)]
struct Votes(BTreeMap<String, u64>);

impl Votes {
    fn add(&mut self, value: Option<String>, uses: u64) {
        if let Some(value) = value {
            *self.0.entry(value).or_default() += uses;
        }
    }

    fn winner(&self) -> Option<&str> {
        self.0.iter().rev().max_by_key(|(_, votes)| **votes).map(|(value, _)| value.as_str())
    }
}

#[derive(Default)]
struct Entry {
    label: Votes,
    kind: Votes,
    bloc: Votes,
}

/// The quads of the graphs of actors, issues and tools.
pub(super) fn quads(data: &Store) -> Result<Vec<Quad>, StorageError> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for quad in data.quads_for_pattern(None, Some(dm::NAMED), None, None) {
        let quad = quad?;
        let Term::NamedNode(named) = quad.object else { continue };
        let node = quad.subject.as_ref();
        // One use is not told.
        let uses = one(data, node, dm::NAME_USES)?.and_then(|uses| uses.parse().ok()).unwrap_or(1);
        let entry = entries.entry(named.into_string()).or_default();
        entry.label.add(one(data, node, dm::NAME_LABEL)?, uses);
        entry.kind.add(one(data, node, dm::NAME_KIND)?, uses);
        entry.bloc.add(one(data, node, dm::NAME_BLOC)?, uses);
    }

    let actor_base = iri::actor("").into_string();
    let mut by_label: BTreeMap<&str, &str> = BTreeMap::new();
    for (iri, entry) in &entries {
        if let Some(label) = entry.label.winner()
            && iri.starts_with(&actor_base)
        {
            by_label.entry(label).or_insert(iri);
        }
    }

    let mut actors = Out::new(iri::actors_graph());
    let mut issues = Out::new(iri::issues_graph());
    let mut blocs_without_entry: BTreeMap<NamedNode, String> = BTreeMap::new();
    for (iri, entry) in &entries {
        let node = NamedNode::new_unchecked(iri.clone());
        let label = entry.label.winner().unwrap_or(iri);
        if !iri.starts_with(&actor_base) {
            issues.put(&node, other::TYPE, dm::ISSUE.into_owned());
            issues.put(&node, other::TYPE, other::CONCEPT.into_owned());
            issues.put(&node, other::LABEL, Literal::from(label));
            issues.put(&node, other::PREF_LABEL, Literal::from(label));
            continue;
        }
        actors.actor(&node, label);
        if let Some(kind) = entry.kind.winner() {
            let class = NamedNodeRef::new_unchecked(kind);
            actors.put(&node, other::TYPE, class.into_owned());
            for &wide in vocab::established(class) {
                actors.put(&node, other::TYPE, wide.into_owned());
            }
        }
        let bloc = match entry.bloc.winner() {
            None => node.clone(),
            Some(bloc) if bloc == label => node.clone(),
            Some(bloc) => {
                if let Some(known) = by_label.get(bloc) {
                    NamedNode::new_unchecked(*known)
                } else {
                    let coined = iri::actor(&iri::slug(bloc));
                    if !entries.contains_key(coined.as_str()) {
                        blocs_without_entry.entry(coined.clone()).or_insert_with(|| bloc.to_owned());
                    }
                    coined
                }
            }
        };
        if bloc != node {
            actors.put(&node, dm::SPEAKS_FOR, bloc.clone());
        }
        actors.put(&node, dm::BLOC, bloc);
    }
    for (node, label) in blocs_without_entry {
        actors.actor(&node, &label);
        actors.put(&node, dm::BLOC, node.clone());
    }

    let mut quads = actors.quads;
    quads.append(&mut issues.quads);
    quads.append(&mut tools(data)?);
    Ok(quads)
}

fn tools(data: &Store) -> Result<Vec<Quad>, StorageError> {
    let mut versions = BTreeMap::new();
    for quad in data.quads_for_pattern(None, Some(other::WAS_ASSOCIATED_WITH), None, None) {
        let quad = quad?;
        if let Term::NamedNode(tool) = quad.object
            && let Some(version) = one(data, quad.subject.as_ref(), other::S_SOFTWARE_VERSION)?
        {
            versions.insert(tool.into_string(), version);
        }
    }
    let mut tools = Out::new(iri::tools_graph());
    for (tool, version) in versions {
        let node = NamedNode::new_unchecked(tool);
        tools.put(&node, other::TYPE, dm::TOOL.into_owned());
        tools.put(&node, other::TYPE, other::SOFTWARE_AGENT.into_owned());
        tools.put(&node, other::LABEL, Literal::from(format!("demarche {version}")));
        tools.put(&node, other::S_SOFTWARE_VERSION, Literal::from(version));
    }
    Ok(tools.quads)
}

/// The value of a property that a node has once: text of the literal, or the IRI.
fn one(data: &Store, node: NamedOrBlankNodeRef<'_>, p: NamedNodeRef<'_>) -> Result<Option<String>, StorageError> {
    let Some(quad) = data.quads_for_pattern(Some(node), Some(p), None, None).next() else { return Ok(None) };
    Ok(match quad?.object {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        Term::NamedNode(node) => Some(node.into_string()),
        Term::BlankNode(_) => None,
    })
}

struct Out {
    graph: GraphName,
    quads: Vec<Quad>,
}

impl Out {
    fn new(graph: NamedNode) -> Self {
        Self { graph: graph.into(), quads: Vec::new() }
    }

    fn put(&mut self, s: &NamedNode, p: NamedNodeRef<'_>, o: impl Into<Term>) {
        self.quads.push(Quad::new(s.clone(), p.into_owned(), o.into(), self.graph.clone()));
    }

    fn actor(&mut self, node: &NamedNode, label: &str) {
        self.put(node, other::TYPE, dm::ACTOR.into_owned());
        self.put(node, other::LABEL, Literal::from(label));
    }
}

/// Puts quads in place of all that the graphs held.
pub(super) fn replace_graphs(data: &Store, graphs: &[NamedNode], quads: &[Quad]) -> Result<(), StorageError> {
    let mut transaction = data.start_transaction()?;
    for graph in graphs {
        transaction.clear_graph(GraphNameRef::from(graph))?;
    }
    transaction.extend(quads);
    transaction.commit()
}
