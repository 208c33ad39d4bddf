//! The whole store in a standard RDF syntax, always in the same order.

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, Quad};

use super::passages::is_passage;
use super::store::{Store, trouble};
use super::vocab;
use crate::diag::{Error, Result};

/// The N-Quads lines of some graphs: of each in order those of its claims, sorted, then of each those of its passages. With the length of the first
/// part in bytes.
pub(super) fn lines(data: &oxigraph::store::Store, graphs: &[NamedNode]) -> Result<(String, u64)> {
    let (mut claims, mut passages) = (String::new(), String::new());
    for graph in graphs {
        let mut lines = Vec::new();
        for quad in data.quads_for_pattern(None, None, None, Some(GraphNameRef::from(graph))) {
            let quad = quad.map_err(|e| trouble(graph.as_str(), &e))?;
            lines.push((is_passage(&quad), format!("{quad} .\n")));
        }
        lines.sort_unstable();
        for (is_passage, line) in lines {
            if is_passage { &mut passages } else { &mut claims }.push_str(&line);
        }
    }
    let length = claims.len() as u64;
    claims.push_str(&passages);
    Ok((claims, length))
}

/// Writes the store. Quads are sorted by graph, subject, predicate and object; syntaxes without graphs get each triple once.
///
/// # Errors
///
/// Where the writer fails. RDF/XML cannot hold some control characters, and says so.
pub fn write(store: &Store, format: RdfFormat, out: impl Write) -> Result<()> {
    let mut quads: Vec<Quad> = store
        .dataset()
        .iter()
        .collect::<Result<_, _>>()
        .map_err(|e| Error::invalid("store", "memory", e.to_string()))?;
    if !format.supports_datasets() {
        for quad in &mut quads {
            quad.graph_name = GraphName::DefaultGraph;
        }
    }
    quads.sort_by_cached_key(|quad| {
        (quad.graph_name.to_string(), quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string())
    });
    quads.dedup();
    let failed = |source: io::Error| Error::invalid("export", format.name(), source.to_string());
    let mut serializer = RdfSerializer::from_format(format);
    if !matches!(format, RdfFormat::NQuads | RdfFormat::NTriples) {
        for (prefix, iri) in vocab::PREFIXES {
            serializer =
                serializer.with_prefix(prefix, iri).map_err(|e| Error::invalid("prefix", prefix, e.to_string()))?;
        }
    }
    let mut serializer = serializer.for_writer(out);
    for quad in &quads {
        serializer.serialize_quad(quad).map_err(failed)?;
    }
    serializer.finish().and_then(|mut out| out.flush()).map_err(failed)
}
