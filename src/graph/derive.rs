//! Rules: what follows from the claims, written as SPARQL CONSTRUCT queries in `ontology/rules/`, kept in a graph of its own, together with the
//! links between claims that articles copied (`wire`).
//!
//! A direct edge (`dm:rejects` and the like) rests on plain claims only; what was negated, hedged, conditional or reported by another
//! is counted on the `dm:Relation`, where a reader sees it.

use oxigraph::model::{GraphName, Quad};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

use super::{iri, wire};
use crate::diag::{Error, Result};

/// The rules in the order in which they run: name and query. A later rule sees what an earlier one made.
pub const RULES: [(&str, &str); 3] = [
    ("relations", include_str!("../../ontology/rules/relations.rq")),
    ("positions", include_str!("../../ontology/rules/positions.rq")),
    ("edges", include_str!("../../ontology/rules/edges.rq")),
];

/// Runs all rules anew over the union of the graphs.
pub(super) fn run(data: &Store) -> Result<()> {
    let graph = iri::derived_graph();
    let storage = |e: oxigraph::store::StorageError| Error::invalid("store", "derived graph", e.to_string());
    data.clear_graph(&graph).map_err(storage)?;
    let copies = wire::quads(data).map_err(storage)?;
    data.extend(copies).map_err(storage)?;
    for (name, query) in RULES {
        let quads = apply(data, name, query)?;
        let mut transaction = data.start_transaction().map_err(storage)?;
        transaction.extend(&quads);
        transaction.commit().map_err(storage)?;
    }
    Ok(())
}

/// What the rules give in a store where they have run: the same again, if it is whole.
pub(super) fn quads(data: &Store) -> Result<Vec<Quad>> {
    let mut quads = wire::quads(data).map_err(|e| Error::invalid("store", "derived graph", e.to_string()))?;
    for (name, query) in RULES {
        quads.append(&mut apply(data, name, query)?);
    }
    Ok(quads)
}

/// The quads that one rule gives.
fn apply(data: &Store, rule: &str, query: &str) -> Result<Vec<Quad>> {
    let trouble = |why: String| Error::invalid("rule", rule, why);
    let graph = GraphName::from(iri::derived_graph());
    let mut prepared = SparqlEvaluator::new().parse_query(query).map_err(|e| trouble(e.to_string()))?;
    prepared.dataset_mut().set_default_graph_as_union();
    let results = prepared.on_store(data).execute().map_err(|e| trouble(e.to_string()))?;
    let QueryResults::Graph(triples) = results else { return Err(trouble("it is not a CONSTRUCT query".into())) };
    triples
        .map(|triple| {
            let triple = triple.map_err(|e| trouble(e.to_string()))?;
            Ok(Quad::new(triple.subject, triple.predicate, triple.object, graph.clone()))
        })
        .collect()
}
