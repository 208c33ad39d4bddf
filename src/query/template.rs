//! How options get into a named question.
//!
//! A question is a SPARQL file that runs as it stands, in any engine whose default graph is the union of all graphs. Two kinds of comment mark what options change:
//!
//! - a line that begins with `#+ NAME` is switched on when the option NAME is given, with `$NAME` replaced by the option's value;
//! - a line that ends with `#- NAME` is left out then.
//!
//! The name `narrowed` stands for any of the options that choose among the claims of a position, or count them otherwise: since, until, act, via,
//! no-via, once, outlet.
//! Both may be told together: `#+ issue #- bloc  PATTERN` is switched on with `issue` and without `bloc`. To use an option by hand, take the `#+ NAME` away
//! and write the value. Values are put in as complete SPARQL terms, quoted and escaped, never as raw text: no value can change what a query does.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::Term;

/// Value of an option: a term, or an option that is only on.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// The option is on.
    On,
    /// The terms to put in, side by side.
    Terms(Vec<Term>),
    /// Terms that each need a line of their own: the line is written once for each.
    Each(Vec<Term>),
}

/// The markers of a line, and what is left of it.
struct Line<'a> {
    /// The line stands in a comment and waits for its markers.
    waits: bool,
    with: Vec<&'a str>,
    without: Vec<&'a str>,
    rest: &'a str,
}

fn parse(line: &str) -> Line<'_> {
    let mut rest = line.trim_start();
    let mut parsed = Line { waits: rest.starts_with("#+ "), with: Vec::new(), without: Vec::new(), rest: line };
    if parsed.waits {
        loop {
            let (list, tail) = if let Some(tail) = rest.strip_prefix("#+ ") {
                (&mut parsed.with, tail)
            } else if let Some(tail) = rest.strip_prefix("#- ") {
                (&mut parsed.without, tail)
            } else {
                break;
            };
            let tail = tail.trim_start();
            let end = tail.find(char::is_whitespace).unwrap_or(tail.len());
            list.push(&tail[..end]);
            rest = tail[end..].trim_start();
        }
        parsed.rest = rest;
    } else if let Some((text, names)) = line.split_once("#- ") {
        parsed.without = names.split_whitespace().collect();
        parsed.rest = text.trim_end();
    }
    parsed
}

/// Names of the options that a question's text knows.
///
/// ```
/// let known = demarche::query::template::options("#+ actor VALUES ?a { $actor }\n?c dm:source ?a . #- bloc");
/// assert_eq!(known.into_iter().collect::<Vec<_>>(), ["actor", "bloc"]);
/// ```
pub fn options(text: &str) -> BTreeSet<&str> {
    text.lines()
        .flat_map(|line| {
            let line = parse(line);
            line.with.into_iter().chain(line.without)
        })
        .collect()
}

/// The query with these options: unused lines and markers are gone, comments of the header stay.
///
/// ```
/// use demarche::query::template::{Value, fill};
/// use oxigraph::model::Literal;
/// let text = "?c dm:contentText ?t .\n  #+ text FILTER(CONTAINS(?t, $text))";
/// let value = Value::Terms(vec![Literal::from("a \" } b").into()]);
/// assert_eq!(fill(text, &[("text", value)].into()), "?c dm:contentText ?t .\n  FILTER(CONTAINS(?t, \"a \\\" } b\"))\n");
/// ```
pub fn fill(text: &str, values: &BTreeMap<&str, Value>) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let parsed = parse(line);
        let given = |name: &&str| values.contains_key(*name);
        if !parsed.with.iter().all(given) || parsed.without.iter().any(given) {
            continue;
        }
        if !parsed.waits {
            out.push_str(parsed.rest);
            out.push('\n');
            continue;
        }
        for turn in 0..turns(parsed.rest, values) {
            out.push_str(&line[..line.len() - line.trim_start().len()]);
            put(&mut out, parsed.rest, values, turn);
            out.push('\n');
        }
    }
    out
}

/// How often a line is written: once, or for each term of an [`Value::Each`] that it names.
fn turns(rest: &str, values: &BTreeMap<&str, Value>) -> usize {
    let named = |name: &str| rest.match_indices('$').any(|(at, _)| name_at(&rest[at + 1..]) == name);
    let each = values.iter().filter_map(|(name, value)| match value {
        Value::Each(terms) if named(name) => Some(terms.len()),
        _ => None,
    });
    each.max().unwrap_or(1)
}

/// The name that follows a `$`.
fn name_at(tail: &str) -> &str {
    &tail[..tail.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(tail.len())]
}

/// Copies `rest` with each `$name` replaced.
fn put(out: &mut String, rest: &str, values: &BTreeMap<&str, Value>, turn: usize) {
    let mut rest = rest;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let name = name_at(&rest[at + 1..]);
        match values.get(name) {
            Some(Value::Terms(terms)) => {
                let terms: Vec<String> = terms.iter().map(written).collect();
                out.push_str(&terms.join(" "));
            }
            Some(Value::Each(terms)) => out.extend(terms.get(turn).map(written)),
            Some(Value::On) | None => {
                out.push('$');
                out.push_str(name);
            }
        }
        rest = &rest[at + 1 + name.len()..];
    }
    out.push_str(rest);
}

/// A term as SPARQL writes it; whole numbers as bare digits, which is what `LIMIT` takes.
fn written(term: &Term) -> String {
    match term {
        Term::Literal(literal)
            if literal.datatype() == oxigraph::model::vocab::xsd::INTEGER
                && !literal.value().is_empty()
                && literal.value().bytes().all(|b| b.is_ascii_digit()) =>
        {
            literal.value().to_owned()
        }
        term => term.to_string(),
    }
}
