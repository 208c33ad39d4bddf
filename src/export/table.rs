//! What is told of each node and edge in every format: one list of columns, so that the formats agree.

use super::text::one_line;
use crate::network::{Edge, Network, Node};

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Whole,
    Number,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Whole(usize),
    Number(f64),
    /// Not known.
    Nothing,
}

impl Value {
    /// The value as text; nothing is the empty string.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number_text(*number),
            Self::Nothing => String::new(),
        }
    }

    fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.to_owned()))
    }
}

/// At most six decimals, and one at least, so that readers guess the type right.
pub(super) fn number_text(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0');
    if text.ends_with('.') { format!("{text}0") } else { text.to_owned() }
}

/// Columns of nodes beside id and label.
pub(super) const NODE: [(&str, Type); 3] = [("kind", Type::Text), ("bloc", Type::Text), ("statements", Type::Whole)];

/// Columns of edges beside id, source, target and weight. The weight of the formats has no sign, as most programs take none below zero.
pub(super) const EDGE: [(&str, Type); 11] = [
    ("relation", Type::Text),
    ("signed_weight", Type::Number),
    ("count", Type::Whole),
    ("reported", Type::Whole),
    ("hedged", Type::Whole),
    ("first_date", Type::Text),
    ("last_date", Type::Text),
    ("issues", Type::Text),
    ("passages", Type::Text),
    ("articles", Type::Text),
    ("claims", Type::Text),
];

/// The weight without sign, and never zero: Gephi and others drop edges of no weight.
pub(super) fn weight(edge: &Edge) -> f64 {
    edge.weight.abs().max(0.000_1)
}

/// The cells of [`NODE`].
pub(super) fn node(node: &Node) -> [Value; NODE.len()] {
    [Value::Text(node.kind.as_str().to_owned()), Value::maybe(node.bloc.as_deref()), Value::Whole(node.count)]
}

/// The cells of [`EDGE`]. Lists are joined with " | ".
pub(super) fn edge(network: &Network, edge: &Edge) -> [Value; EDGE.len()] {
    let evidence = || network.evidence(edge);
    let join = |list: Vec<String>| Value::Text(list.join(" | "));
    let mut articles: Vec<String> = evidence().map(|s| s.article.id.clone()).collect();
    articles.dedup();
    [
        Value::Text(edge.relation.as_str().to_owned()),
        Value::Number(edge.weight),
        Value::Whole(edge.evidence.len()),
        Value::Whole(edge.reported),
        Value::Whole(edge.hedged),
        Value::maybe(edge.days.as_ref().map(|days| days.0.as_str())),
        Value::maybe(edge.days.as_ref().map(|days| days.1.as_str())),
        join(edge.issues.iter().map(|(label, _)| label.clone()).collect()),
        join(evidence().map(|s| one_line(&s.passage)).collect()),
        join(articles),
        join(evidence().map(|s| s.claim.clone()).collect()),
    ]
}
