//! Answers in the standard formats.

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};

use super::run::Answer;
use super::table::Table;
use crate::diag::{Error, Result};
use crate::graph::vocab;

/// A format of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for people, shortened to so many characters a line where a number is given.
    Text(Option<usize>),
    /// SPARQL 1.1 results, for SELECT and ASK.
    Results(QueryResultsFormat),
    /// RDF, for CONSTRUCT and DESCRIBE.
    Graph(RdfFormat),
}

impl Format {
    /// The format of that name: `table`, `csv`, `tsv`, `json`, `xml`; `turtle`, `ntriples`, `nquads`, `trig`, `jsonld`, `rdfxml`.
    ///
    /// ```
    /// use demarche::query::Format;
    /// assert_eq!(Format::from_name("table"), Some(Format::Text(None)));
    /// assert_eq!(Format::from_name("excel"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "table" => Self::Text(None),
            "csv" => Self::Results(QueryResultsFormat::Csv),
            "tsv" => Self::Results(QueryResultsFormat::Tsv),
            "json" => Self::Results(QueryResultsFormat::Json),
            "xml" => Self::Results(QueryResultsFormat::Xml),
            "turtle" => Self::Graph(RdfFormat::Turtle),
            "ntriples" => Self::Graph(RdfFormat::NTriples),
            "nquads" => Self::Graph(RdfFormat::NQuads),
            "trig" => Self::Graph(RdfFormat::TriG),
            "jsonld" => Self::Graph(RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
            "rdfxml" => Self::Graph(RdfFormat::RdfXml),
            _ => return None,
        })
    }

    /// The names that [`Format::from_name`] knows.
    pub const NAMES: [&str; 11] =
        ["table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"];
}

/// Writes an answer. A graph asked for as text is written as Turtle.
///
/// # Errors
///
/// A table asked for as RDF, a graph as results, or a writer that fails.
pub fn write_answer(answer: &Answer, format: Format, mut out: impl Write) -> Result<()> {
    let unfit = |why: &str| Err(Error::invalid("format", "--format", why));
    let written = match (answer, format) {
        (Answer::Table(table), Format::Text(width)) => write_lines(&table.to_lines(width), &mut out),
        (Answer::Boolean(value), Format::Text(_)) => writeln!(out, "{value}"),
        (Answer::Table(table), Format::Results(format)) => write_table(table, format, &mut out),
        (Answer::Boolean(value), Format::Results(format)) => {
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut out, *value).and_then(end_line)
        }
        (Answer::Graph(triples), Format::Text(_)) => write_graph(triples, RdfFormat::Turtle, &mut out),
        (Answer::Graph(triples), Format::Graph(format)) => write_graph(triples, format, &mut out),
        (Answer::Graph(_), Format::Results(_)) => {
            return unfit("the query gives a graph; use turtle, ntriples, nquads, trig, jsonld or rdfxml");
        }
        (_, Format::Graph(_)) => return unfit("the query gives no graph; use table, csv, tsv, json or xml"),
    };
    written.and_then(|()| out.flush()).map_err(|e| Error::invalid("answer", "output", e.to_string()))
}

fn write_lines(lines: &[String], out: &mut impl Write) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// JSON and XML come without a line end.
fn end_line(out: &mut impl Write) -> io::Result<()> {
    writeln!(out)
}

fn write_table(table: &Table, format: QueryResultsFormat, out: &mut impl Write) -> io::Result<()> {
    let variables: Vec<Variable> = table.columns.iter().map(|name| Variable::new_unchecked(name.clone())).collect();
    let serializer = QueryResultsSerializer::from_format(format);
    let mut writer = serializer.serialize_solutions_to_writer(&mut *out, variables.clone())?;
    for row in &table.rows {
        writer.serialize(variables.iter().zip(row).filter_map(|(name, term)| Some((name, term.as_ref()?))))?;
    }
    let out = writer.finish()?;
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) { end_line(out) } else { Ok(()) }
}

fn write_graph(triples: &[oxigraph::model::Triple], format: RdfFormat, out: &mut impl Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(format);
    if !matches!(format, RdfFormat::NQuads | RdfFormat::NTriples) {
        for (prefix, iri) in vocab::PREFIXES {
            serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
        }
    }
    let mut writer = serializer.for_writer(out);
    for triple in triples {
        writer.serialize_triple(triple)?;
    }
    writer.finish().map(|_| ())
}
