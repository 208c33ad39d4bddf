//! A store proves itself, and every kind of fault is found.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;

use demarche::graph::{Store, verify};
use oxigraph::sparql::SparqlEvaluator;

use crate::fixture::store;

/// Checks that complain after the change.
fn checks(change: &str) -> BTreeSet<&'static str> {
    let store = store();
    let mut update = SparqlEvaluator::new();
    for (prefix, iri) in demarche::graph::vocab::PREFIXES {
        update = update.with_prefix(prefix, iri).unwrap();
    }
    update.parse_update(change).unwrap().on_store(store.dataset()).execute().unwrap();
    let mut found: BTreeSet<_> = verify(&store).unwrap().faults.into_iter().map(|fault| fault.check).collect();
    // Whatever is changed in an article's graph, it is then not what was extracted.
    if change.contains("GRAPH ?g") && !change.contains("actor:sudria ?p") {
        assert!(found.remove("article"), "{change}");
    }
    found
}

#[test]
fn a_good_store_has_no_faults() {
    let verdict = verify(&store()).unwrap();
    assert_eq!(verdict.faults, []);
    assert_eq!((verdict.texts, verdict.claims), (3, 15));
    assert!(verdict.spans > 20);
    assert_eq!(verify(&Store::in_memory().unwrap()).unwrap().faults, []);
}

#[test]
fn every_fault_is_found() {
    let text = |change: &str| {
        format!(
            "DELETE {{ GRAPH ?g {{ ?t dm:text ?x }} }} INSERT {{ GRAPH ?g {{ ?t dm:text ?y }} }} WHERE {{ GRAPH ?g {{ ?t dm:text ?x }} BIND({change} AS ?y) }}"
        )
    };
    let found = checks(&text("REPLACE(?x, \"piracy\", \"pirates\")"));
    assert!(found.contains("text") && found.contains("span"), "{found:?}");
    // One character after the last span: only the hash and the words around the last span can tell.
    assert!(checks(&text("REPLACE(?x, \"quota[.]$\", \"quota!\")")).contains("text"));
    let swap = |property: &str, value: &str| {
        format!(
            "DELETE {{ GRAPH ?g {{ ?s {property} ?x }} }} INSERT {{ GRAPH ?g {{ ?s {property} ?y }} }} WHERE {{ GRAPH ?g {{ ?s {property} ?x }} BIND({value} AS ?y) }}"
        )
    };
    assert!(checks(&swap("oa:start", "?x + 1")).contains("span"));
    assert!(checks(&swap("oa:prefix", "CONCAT(?x, \" \")")).contains("span"));
    assert_eq!(checks(&swap("dm:contentText", "CONCAT(?x, \"!\")")), ["content"].into());
    assert!(checks(&swap("dm:negated", "!?x")).contains("flags"));
    assert!(checks("DELETE WHERE { GRAPH ?g { actor:sudria ?p ?o } }").contains("dangling"));
    assert!(checks("DELETE WHERE { GRAPH ?g { ?c dm:stance ?o } }").contains("missing"));
    assert!(
        checks("INSERT { GRAPH ?g { ?c dm:act act:deny } } WHERE { GRAPH ?g { ?c a dm:Claim } }").contains("several")
    );
    assert_eq!(
        checks("INSERT { GRAPH ?g { ?c dm:mood \"sour\" } } WHERE { GRAPH ?g { ?c a dm:Claim } }"),
        ["unknown-terms"].into()
    );
    assert!(
        checks("INSERT DATA { GRAPH <https://w3id.org/demarche/id/graph/x> { actor:norland a dm:Actor } }")
            .contains("twice")
    );
    assert!(checks("INSERT DATA { GRAPH <https://w3id.org/demarche/id/graph/derived> { actor:norland dm:threatens actor:sudria } }").contains("derived"));
    assert!(checks("DELETE DATA { GRAPH <https://w3id.org/demarche/id/graph/derived> { actor:norland dm:demandsFrom actor:sudria } }").contains("derived"));
    assert!(
        checks("INSERT DATA { GRAPH <https://w3id.org/demarche/id/graph/actors> { actor:ghost a dm:Actor } }")
            .contains("shared")
    );
    assert!(
        checks("INSERT DATA { GRAPH <https://w3id.org/demarche/id/graph/actors> { _:b dm:bloc actor:norland } }")
            .contains("blank")
    );
}
