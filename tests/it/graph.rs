//! What the quads say.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;

use demarche::act::Act;
use demarche::graph::{Profile, Run, Store, article_quads, vocab, write_profile};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

use crate::fixture::{articles, claim, document, dump, quote, store};

fn parse(file: &str) -> Vec<Quad> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(path).unwrap();
    RdfParser::from_format(RdfFormat::Turtle).for_slice(&text).collect::<Result<_, _>>().unwrap()
}

fn all_quads() -> Vec<Quad> {
    store().dataset().iter().collect::<Result<_, _>>().unwrap()
}

#[test]
fn every_own_term_is_defined_and_every_definition_is_used() {
    let defined: BTreeSet<String> = ["ontology/demarche.ttl", "ontology/acts.ttl"]
        .iter()
        .flat_map(|file| parse(file))
        .filter(|quad| quad.predicate == vocab::other::TYPE && !matches!(&quad.object, Term::NamedNode(n) if n.as_str().ends_with("Datatype") || n.as_str().ends_with("Scheme") || n.as_str().ends_with("Ontology")))
        .map(|quad| match quad.subject {
            NamedOrBlankNode::NamedNode(node) => node.into_string(),
            NamedOrBlankNode::BlankNode(node) => panic!("blank node {node} in the ontology"),
        })
        .collect();
    let mut spelled: BTreeSet<String> = vocab::dm::ALL.iter().map(|term| term.as_str().to_owned()).collect();
    spelled.extend(Act::ALL.map(|act| vocab::act(act).into_string()));
    assert_eq!(spelled.symmetric_difference(&defined).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn the_graph_uses_known_terms_only() {
    let known: BTreeSet<&str> =
        vocab::dm::ALL.iter().chain(vocab::other::ALL.iter().copied().flatten()).map(|term| term.as_str()).collect();
    for quad in all_quads() {
        if quad.graph_name == GraphName::from(demarche::graph::iri::vocabulary_graph()) {
            continue;
        }
        assert!(known.contains(quad.predicate.as_str()), "{quad}");
        if quad.predicate == vocab::other::TYPE {
            let Term::NamedNode(class) = &quad.object else { panic!("{quad}") };
            assert!(known.contains(class.as_str()), "{quad}");
        }
    }
}

#[test]
fn acts_are_those_of_the_program() {
    let quads = parse("ontology/acts.ttl");
    let in_scheme: Vec<Act> = quads
        .iter()
        .filter(|quad| quad.predicate.as_str().ends_with("inScheme"))
        .map(|quad| match &quad.subject {
            NamedOrBlankNode::NamedNode(node) => vocab::act_of(node.as_ref()).unwrap(),
            NamedOrBlankNode::BlankNode(_) => panic!("{quad}"),
        })
        .collect();
    assert_eq!(in_scheme, Act::ALL, "same acts in the same order");
    for act in Act::ALL {
        let node = NamedOrBlankNode::from(vocab::act(act));
        let of = |p: &str| quads.iter().find(|q| q.subject == node && q.predicate.as_str().ends_with(p)).unwrap();
        assert_eq!(of("directEdge").object, vocab::direct_edge(act).into_owned().into());
        assert!(matches!(&of("prefLabel").object, Term::Literal(label) if label.value() == act.as_str()));
    }
}

#[test]
fn no_blank_nodes_and_each_triple_in_one_graph() {
    let mut triples = BTreeSet::new();
    for quad in all_quads() {
        assert!(matches!(quad.subject, NamedOrBlankNode::NamedNode(_)), "{quad}");
        assert!(!matches!(quad.object, Term::BlankNode(_)), "{quad}");
        assert_ne!(quad.graph_name, GraphName::DefaultGraph, "{quad}");
        let triple = format!("{} {} {}", quad.subject, quad.predicate, quad.object);
        assert!(triples.insert(triple), "in two graphs: {quad}");
    }
}

#[test]
fn direct_edges_rest_on_plain_claims() {
    let dump = dump(&store());
    let edge = |from: &str, property: &str, to: &str| {
        let id = "https://w3id.org/demarche/id/";
        dump.contains(&format!(
            "<{id}actor/{from}> <https://w3id.org/demarche/ns#{property}> <{id}actor/{to}> <{id}graph/derived> ."
        ))
    };
    assert!(edge("norland", "demandsFrom", "sudria"));
    assert!(edge("sudria", "rejects", "norland"));
    assert!(edge("estmark", "asks", "norland") && edge("estmark", "asks", "sudria"));
    // Conditional: "would lift the tariffs if".
    assert!(!edge("ana-reyes", "offersTo", "sudria"));
    // The acceptance of the ships is plain, that of the inspections only reported; the edge comes from the first.
    assert!(edge("sudria", "acceptsFrom", "norland"));
    let relation = "<https://w3id.org/demarche/id/relation/sudria/accept/norland>";
    let integer = "^^<http://www.w3.org/2001/XMLSchema#integer>";
    for (property, value) in [("claims", 2), ("claimsPlain", 1), ("claimsReported", 1)] {
        let line = format!("{relation} <https://w3id.org/demarche/ns#{property}> \"{value}\"{integer}");
        assert!(dump.contains(&line), "{line}");
    }
    assert!(!dump.contains(&format!("{relation} <https://w3id.org/demarche/ns#claimsNegated>")), "zero is not told");
}

#[test]
fn a_reported_claim_alone_gives_no_edge() {
    let mut store = Store::in_memory().unwrap();
    let (document, claims) = articles().swap_remove(0);
    store.add(&document, &claims, &Run::default()).unwrap();
    store.commit().unwrap();
    let dump = dump(&store);
    assert!(dump.contains("relation/sudria/accept/norland"));
    assert!(!dump.lines().any(|line| line.contains("#acceptsFrom> <https://w3id.org/demarche/id/actor")));
}

#[test]
fn a_claim_that_does_not_fit_the_text_is_refused() {
    let text = "Norland demands that Sudria leave.";
    let document = document("x", "2025-01-01", "y", text);
    let good = claim(&document, "Norland@Norland", Act::Demand, "Sudria", "Sudria leave", "");
    let refused = |change: &dyn Fn(&mut demarche::claims::Claim)| {
        let mut bad = good.clone();
        change(&mut bad);
        article_quads(&document, &[bad], &Run::default()).unwrap_err().to_string()
    };
    assert!(article_quads(&document, std::slice::from_ref(&good), &Run::default()).is_ok());
    assert!(refused(&|c| c.content.end += 100).contains("does not fit the text of 34 code points"));
    assert!(refused(&|c| c.content.start += 1).contains("is `udria leave` in the text"));
    assert!(refused(&|c| c.document.id = "other".into()).contains("belongs to document `other`"));
    assert!(
        refused(&|c| c.cue = Some(demarche::claims::Quote { text: "asks".into(), ..quote(&document, "demands") }))
            .contains("cue 8-15")
    );
    let twice = [good.clone(), good.clone()];
    assert!(article_quads(&document, &twice, &Run::default()).unwrap_err().to_string().contains("two claims"));
}

#[test]
fn the_majority_names_an_actor_whatever_the_order() {
    let text = "Norland demands peace. Norland demands bread.";
    let mut documents = Vec::new();
    for (n, label) in ["Norland", "Kingdom of Norland", "Norland"].into_iter().enumerate() {
        let document = document(&n.to_string(), "2025-01-01", "y", &format!("{text} {n}"));
        let mut claim = claim(&document, "Norland", Act::Demand, "", "peace", "");
        claim.source[0].label = label.to_owned();
        claim.source[0].bloc = Some("Northern League".to_owned());
        documents.push((document, claim));
    }
    let build = |order: &[usize]| {
        let mut store = Store::in_memory().unwrap();
        for &n in order {
            let (document, claim) = &documents[n];
            store.add(document, std::slice::from_ref(claim), &Run::default()).unwrap();
        }
        store.commit().unwrap();
        dump(&store)
    };
    let first = build(&[0, 1, 2]);
    assert_eq!(first, build(&[1, 2, 0]));
    assert!(first.contains(
        "<https://w3id.org/demarche/id/actor/norland> <http://www.w3.org/2000/01/rdf-schema#label> \"Norland\""
    ));
    assert!(first.contains("#speaksFor> <https://w3id.org/demarche/id/actor/northern-league>"));
    assert!(first.contains("<https://w3id.org/demarche/id/actor/northern-league> <http://www.w3.org/2000/01/rdf-schema#label> \"Northern League\""));
}

#[test]
fn every_syntax_gives_the_same_graph_again() {
    let store = store();
    let triples = |quads: Vec<Quad>| -> BTreeSet<String> {
        quads.into_iter().map(|q| format!("{} {} {}", q.subject, q.predicate, q.object)).collect()
    };
    let whole = triples(all_quads());
    for format in [
        RdfFormat::NQuads,
        RdfFormat::TriG,
        RdfFormat::Turtle,
        RdfFormat::NTriples,
        RdfFormat::RdfXml,
        RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() },
    ] {
        let mut out = Vec::new();
        demarche::graph::write(&store, format, &mut out).unwrap();
        let mut again = Vec::new();
        demarche::graph::write(&store, format, &mut again).unwrap();
        assert_eq!(out, again, "{format}");
        let read: Vec<Quad> = RdfParser::from_format(format).for_slice(&out).collect::<Result<_, _>>().unwrap();
        let graphs: BTreeSet<String> = read.iter().map(|quad| quad.graph_name.to_string()).collect();
        assert_eq!(graphs.len(), if format.supports_datasets() { 8 } else { 1 }, "{format}");
        assert_eq!(triples(read).symmetric_difference(&whole).collect::<Vec<_>>(), Vec::<&String>::new(), "{format}");
    }
}

#[test]
fn the_page_tells_every_term() {
    let page =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ontology.md")).unwrap();
    for quad in ["ontology/demarche.ttl", "ontology/acts.ttl"].iter().flat_map(|file| parse(file)) {
        let meaning = ["#comment", "#definition"].iter().any(|p| quad.predicate.as_str().ends_with(p));
        let NamedOrBlankNode::NamedNode(node) = &quad.subject else { continue };
        let (space, name) = node.as_str().rsplit_once('#').unwrap_or((node.as_str(), ""));
        if !meaning || name.ends_with("Scheme") || ["cameo", "plover"].contains(&name) {
            continue;
        }
        let Term::Literal(text) = &quad.object else { panic!("{quad}") };
        let prefix = if space.ends_with("/act") { "act" } else { "dm" };
        let row = page.lines().find(|line| line.starts_with(&format!("| `{prefix}:{name}` |")));
        let row = row
            .unwrap_or_else(|| panic!("docs/ontology.md lacks {prefix}:{name}; run tests/external/ontology_page.py"));
        assert!(row.contains(text.value()), "{row}");
    }
}

fn profile(profile: Profile, format: RdfFormat) -> String {
    let mut out = Vec::new();
    write_profile(&store(), profile, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn each_claim_is_a_nanopublication_of_four_graphs() {
    let text = profile(Profile::Nanopub, RdfFormat::NQuads);
    let quads: Vec<Quad> =
        RdfParser::from_format(RdfFormat::NQuads).for_slice(&text).collect::<Result<_, _>>().unwrap();
    let of =
        |property: &str| -> Vec<&Quad> { quads.iter().filter(|quad| quad.predicate.as_str() == property).collect() };
    let publications: Vec<&Quad> =
        quads.iter().filter(|quad| quad.object == Term::from(vocab::np::NANOPUBLICATION.into_owned())).collect();
    assert_eq!(publications.len(), store().size().unwrap().claims);
    let mut graphs = BTreeSet::new();
    for publication in &publications {
        graphs.insert(publication.graph_name.to_string());
        let head = quads.iter().filter(|quad| quad.graph_name == publication.graph_name);
        assert_eq!(head.count(), 4, "{publication}");
        for (property, talks_of_whole) in [
            (vocab::np::HAS_ASSERTION, None),
            (vocab::np::HAS_PROVENANCE, Some(false)),
            (vocab::np::HAS_PUBLICATION_INFO, Some(true)),
        ] {
            let links: Vec<_> =
                of(property.as_str()).into_iter().filter(|quad| quad.subject == publication.subject).collect();
            assert_eq!(links.len(), 1);
            let graph = links[0].object.to_string();
            assert!(graphs.insert(graph.clone()), "{graph} twice");
            let mut inside = quads.iter().filter(|quad| quad.graph_name.to_string() == graph).peekable();
            assert!(inside.peek().is_some(), "{graph} is empty");
            let about = match talks_of_whole {
                None => continue,
                Some(true) => publication.subject.to_string(),
                Some(false) => graph.replace("/provenance>", "/assertion>"),
            };
            assert!(inside.any(|quad| quad.subject.to_string() == about), "{graph} says nothing of {about}");
        }
    }
    assert!(quads.iter().all(|quad| graphs.contains(&quad.graph_name.to_string())));
    // Every claim keeps its words, offsets and hash, and none its article's whole text.
    assert_eq!(of(vocab::dm::CONTENT_TEXT.as_str()).len(), publications.len());
    assert_eq!(of(vocab::dm::SHA256.as_str()).len(), publications.len());
    assert!(of(vocab::other::START.as_str()).len() >= 2 * publications.len());
    assert!(of(vocab::dm::TEXT_OF.as_str()).is_empty());
    let written: Vec<Quad> = RdfParser::from_format(RdfFormat::TriG)
        .for_slice(&profile(Profile::Nanopub, RdfFormat::TriG))
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(written, quads);
}

#[test]
fn in_rdf_1_2_claims_reify_edges_without_asserting_them() {
    let plain = profile(Profile::Plain, RdfFormat::NQuads);
    let text = profile(Profile::Rdf12, RdfFormat::NQuads);
    let more: Vec<&str> = text.strip_prefix(plain.as_str()).unwrap().lines().collect();
    assert!(
        more.iter().all(|line| line.contains("#reifies> <<( ") && line.contains(" )>> <") && line.ends_with("> ."))
    );
    let edge = |line: &str| line.split_once("<<( ").unwrap().1.split_once(" )>>").unwrap().0.to_owned();
    let reified: BTreeSet<String> = more.iter().map(|line| edge(line)).collect();
    let asserted = |edge: &String| plain.contains(&format!("{edge} <"));
    assert!(reified.iter().any(asserted) && !reified.iter().all(asserted), "{reified:?}");
    let e = write_profile(&store(), Profile::Rdf12, RdfFormat::RdfXml, Vec::new()).unwrap_err();
    assert!(e.to_string().contains("take TriG or N-Quads"), "{e}");
}
