//! Proves a store against itself: every span against the stored text, every link, every term, every derived triple.
//!
//! Start at [`verify`]. What can be said in SPARQL is said there, in `ontology/checks/`: each query must give no row. The rest is here.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use sha2::{Digest as _, Sha256};

use super::store::{Store, entity_graphs, trouble};
use super::vocab::{dm, other};
use super::{derive, iri};
use crate::diag::{Error, Result};
use crate::span::CodePoints;

/// The checks that are written in SPARQL: name and query. Each gives a row `?at ?why` for each fault.
pub const CHECKS: [(&str, &str); 5] = [
    ("dangling", include_str!("../../ontology/checks/dangling.rq")),
    ("unknown-terms", include_str!("../../ontology/checks/unknown-terms.rq")),
    ("missing", include_str!("../../ontology/checks/missing.rq")),
    ("several", include_str!("../../ontology/checks/several.rq")),
    ("flags", include_str!("../../ontology/checks/flags.rq")),
];

/// Something in a store that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Which check found it: `format`, `file`, `text`, `span`, `content`, `article`, `shared`, `derived`, `twice`, `blank`, or a name of [`CHECKS`].
    pub check: &'static str,
    /// The IRI or the path that it is about.
    pub at: String,
    /// What is wrong, in one line.
    pub why: String,
}

/// What was looked at, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Texts whose hash and length were compared.
    pub texts: usize,
    /// Spans whose words were compared with the text, character by character.
    pub spans: usize,
    /// Claims whose content was compared with their spans.
    pub claims: usize,
    /// Faults, in order; none in a good store.
    pub faults: Vec<Fault>,
}

/// Checks the whole store. Time is linear in its size.
///
/// # Errors
///
/// Only where a check itself cannot run; what is wrong with the store is in the [`Verdict`].
pub fn verify(store: &Store) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    for (path, why) in store.damaged_files() {
        verdict.faults.push(Fault { check: "file", at: path.display().to_string(), why });
    }
    let format = store.manifest().format;
    if format < super::FORMAT {
        let why = format!(
            "an older version of demarche wrote it (format {format}, now {}); `demarche add PATH… --store DIR` with any of its articles brings it up \
             to date",
            super::FORMAT
        );
        verdict.faults.push(Fault { check: "format", at: "manifest.json".to_owned(), why });
        return Ok(verdict);
    }
    let data = store.dataset();
    let texts = texts(data, &mut verdict)?;
    spans(data, &texts, &mut verdict)?;
    contents(data, &mut verdict)?;
    shape_of_quads(data, &mut verdict)?;
    for article in store.articles() {
        let graph = iri::article_graph(article);
        match store.due_quads(article) {
            Ok(Some(due)) => compare(data, "article", &[graph], &due, &mut verdict)?,
            Ok(None) => {}
            Err(e) => verdict.faults.push(Fault { check: "article", at: graph.into_string(), why: e.to_string() }),
        }
    }
    compare(data, "shared", &entity_graphs(), &store.shared_quads()?, &mut verdict)?;
    compare(data, "derived", &[iri::derived_graph()], &derive::quads(data)?, &mut verdict)?;
    for (check, query) in CHECKS {
        sparql(data, check, query, &mut verdict)?;
    }
    verdict.faults.sort_unstable();
    verdict.faults.dedup();
    Ok(verdict)
}

/// A stored text with its index of code points.
struct Text {
    characters: String,
    points: CodePoints,
}

impl Text {
    fn slice(&self, start: usize, end: usize) -> &str {
        let text = self.characters.as_str();
        text.get(self.points.to_byte(text, start)..self.points.to_byte(text, end)).unwrap_or_default()
    }
}

type Data = oxigraph::store::Store;

fn quads<'a>(
    data: &'a Data,
    subject: Option<&NamedOrBlankNode>,
    property: NamedNodeRef<'a>,
) -> impl Iterator<Item = Result<Quad>> + use<'a> {
    data.quads_for_pattern(subject.map(NamedOrBlankNode::as_ref), Some(property), None, None)
        .map(|quad| quad.map_err(|e| trouble("memory", &e)))
}

/// Values of a property as texts: of literals their value, of nodes their IRI.
fn values(data: &Data, subject: &NamedOrBlankNode, property: NamedNodeRef<'_>) -> Result<Vec<String>> {
    quads(data, Some(subject), property).map(|quad| Ok(plain(&quad?.object))).collect()
}

fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

fn name(node: &NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

fn texts(data: &Data, verdict: &mut Verdict) -> Result<BTreeMap<String, Text>> {
    let mut texts = BTreeMap::new();
    for quad in quads(data, None, dm::TEXT_OF) {
        let quad = quad?;
        let at = name(&quad.subject);
        let characters = plain(&quad.object);
        let points = CodePoints::new(&characters);
        let mut fault = |why: String| verdict.faults.push(Fault { check: "text", at: at.clone(), why });
        let found = super::disk::hex(&Sha256::digest(characters.as_bytes()));
        if values(data, &quad.subject, dm::SHA256)? != [found.as_str()] {
            fault(format!("its SHA-256 is {found}, which is not what the store says"));
        }
        if values(data, &quad.subject, dm::LENGTH)? != [points.count().to_string()] {
            fault(format!("it has {} code points, which is not what the store says", points.count()));
        }
        verdict.texts += 1;
        texts.insert(at, Text { characters, points });
    }
    Ok(texts)
}

fn spans(data: &Data, texts: &BTreeMap<String, Text>, verdict: &mut Verdict) -> Result<()> {
    for quad in quads(data, None, other::HAS_SOURCE) {
        let quad = quad?;
        verdict.spans += 1;
        let why = match texts.get(&plain(&quad.object)) {
            Some(text) => span_fault(data, &quad.subject, text)?,
            None => Some("its text is not in the store".to_owned()),
        };
        if let Some(why) = why {
            verdict.faults.push(Fault { check: "span", at: name(&quad.subject), why });
        }
    }
    Ok(())
}

/// What is wrong with a span: its two selectors must give the same words of the text.
fn span_fault(data: &Data, span: &NamedOrBlankNode, text: &Text) -> Result<Option<String>> {
    let mut place = None;
    let mut words = None;
    for selector in quads(data, Some(span), other::HAS_SELECTOR) {
        let Term::NamedNode(selector) = selector?.object else { continue };
        let selector = NamedOrBlankNode::from(selector);
        let one = |property| -> Result<Option<String>> { Ok(values(data, &selector, property)?.into_iter().next()) };
        if let (Some(start), Some(end)) = (one(other::START)?, one(other::END)?) {
            place = start.parse::<usize>().ok().zip(end.parse::<usize>().ok());
        }
        if let Some(exact) = one(other::EXACT)? {
            words = Some((one(other::PREFIX)?.unwrap_or_default(), exact, one(other::SUFFIX)?.unwrap_or_default()));
        }
    }
    let Some((start, end)) = place else { return Ok(Some("it has no selector by offsets".to_owned())) };
    let Some((before, exact, after)) = words else { return Ok(Some("it has no selector by words".to_owned())) };
    if start >= end || end > text.points.count() {
        return Ok(Some(format!("{start}-{end} does not fit the text of {} code points", text.points.count())));
    }
    let found = text.slice(start, end);
    if found != exact {
        return Ok(Some(format!("{start}-{end} is `{found}` in the text, but `{exact}` in the selector")));
    }
    let length = |words: &str| words.chars().count();
    if text.slice(start.saturating_sub(length(&before)), start) != before
        || text.slice(end, end + length(&after)) != after
    {
        return Ok(Some("the words before or after it are not those of the text".to_owned()));
    }
    Ok(None)
}

/// The content of a claim must be made of the words of its spans.
fn contents(data: &Data, verdict: &mut Verdict) -> Result<()> {
    for quad in quads(data, None, dm::CONTENT_TEXT) {
        let quad = quad?;
        verdict.claims += 1;
        let mut rest = plain(&quad.object);
        let mut parts = words_of(data, &quad.subject, dm::CONTENT_SPAN)?;
        let first = parts.first().is_some_and(|first| rest.starts_with(first.as_str()));
        parts.append(&mut words_of(data, &quad.subject, dm::CONTENT_PART)?);
        // Longest first, so that a part within another part does not take its place.
        parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
        let mut whole = first;
        for part in parts {
            whole &= rest.contains(&part);
            rest = rest.replacen(&part, "", 1);
        }
        if !whole || !rest.chars().all(|c| c == ' ' || c == '…') {
            let why = "its content is not the words of its spans".to_owned();
            verdict.faults.push(Fault { check: "content", at: name(&quad.subject), why });
        }
    }
    Ok(())
}

/// Exact words of the spans that a property leads to.
fn words_of(data: &Data, claim: &NamedOrBlankNode, property: NamedNodeRef<'_>) -> Result<Vec<String>> {
    let mut words = Vec::new();
    for span in quads(data, Some(claim), property) {
        let Term::NamedNode(span) = span?.object else { continue };
        for selector in quads(data, Some(&span.into()), other::HAS_SELECTOR) {
            if let Term::NamedNode(selector) = selector?.object {
                words.append(&mut values(data, &selector.into(), other::EXACT)?);
            }
        }
    }
    Ok(words)
}

/// No blank nodes, nothing outside a named graph, each triple in one graph only.
fn shape_of_quads(data: &Data, verdict: &mut Verdict) -> Result<()> {
    for quad in data {
        let quad = quad.map_err(|e| trouble("memory", &e))?;
        let mut fault = |check, why: &str| {
            verdict.faults.push(Fault { check, at: name(&quad.subject), why: format!("{why}: {quad}") });
        };
        if matches!(quad.subject, NamedOrBlankNode::BlankNode(_)) || matches!(quad.object, Term::BlankNode(_)) {
            fault("blank", "a blank node");
        }
        let same = data.quads_for_pattern(
            Some(quad.subject.as_ref()),
            Some(quad.predicate.as_ref()),
            Some(quad.object.as_ref()),
            None,
        );
        if same.count() > 1 {
            fault("twice", "a triple in more than one graph");
        }
        if quad.graph_name.is_default_graph() {
            fault("twice", "a triple outside the named graphs");
        }
    }
    Ok(())
}

/// What graphs hold must be exactly what follows: an article's from its claims as extracted and the decisions, the shared ones from the articles.
fn compare(data: &Data, check: &'static str, graphs: &[NamedNode], due: &[Quad], verdict: &mut Verdict) -> Result<()> {
    let due: BTreeSet<String> = due.iter().map(ToString::to_string).collect();
    let mut held = BTreeSet::new();
    for graph in graphs {
        for quad in data.quads_for_pattern(None, None, None, Some(GraphNameRef::from(graph))) {
            held.insert(quad.map_err(|e| trouble(graph.as_str(), &e))?.to_string());
        }
    }
    for (quads, why) in [
        (held.difference(&due), "it does not follow from what was read and decided"),
        (due.difference(&held), "it follows from what was read and decided, but is missing"),
    ] {
        for quad in quads {
            verdict.faults.push(Fault { check, at: quad.clone(), why: why.to_owned() });
        }
    }
    Ok(())
}

fn sparql(data: &Data, check: &'static str, query: &str, verdict: &mut Verdict) -> Result<()> {
    let failed = |why: String| Error::invalid("check", check, why);
    let mut prepared = SparqlEvaluator::new().parse_query(query).map_err(|e| failed(e.to_string()))?;
    prepared.dataset_mut().set_default_graph_as_union();
    let results = prepared.on_store(data).execute().map_err(|e| failed(e.to_string()))?;
    let QueryResults::Solutions(rows) = results else { return Err(failed("it is not a SELECT query".to_owned())) };
    for row in rows {
        let row = row.map_err(|e| failed(e.to_string()))?;
        let cell = |column: &str| row.get(column).map(plain).unwrap_or_default();
        verdict.faults.push(Fault { check, at: cell("at"), why: cell("why") });
    }
    Ok(())
}
