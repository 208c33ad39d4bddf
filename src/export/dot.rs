//! Graphviz DOT, with the looks of the SVG.

use std::fmt::Write as _;

use super::style::{self, Head};
use super::svg;
use super::text::{shorten, wrap};
use crate::actors::ActorKind;
use crate::network::{Network, NodeKind};

/// The network as a DOT file. Edges carry the act and a short passage; tooltips carry all.
pub(super) fn dot(network: &Network) -> String {
    let arrow = if network.directed { "->" } else { "--" };
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ =
        writeln!(out, "{} {} {{", if network.directed { "digraph" } else { "graph" }, quoted(network.kind.as_str()));
    out.push_str(concat!(
        "  graph [charset=\"UTF-8\", rankdir=LR, splines=true, overlap=false, outputorder=edgesfirst, nodesep=0.35, ranksep=0.9, ",
        "fontname=\"Helvetica\", bgcolor=\"white\"];\n",
        "  node [fontname=\"Helvetica\", fontsize=12, shape=box, style=\"filled\", fillcolor=\"#f5f6f8\", color=\"#2b2f34\", ",
        "fontcolor=\"#1a1c1f\", margin=\"0.14,0.07\"];\n",
        "  edge [fontname=\"Helvetica\", fontsize=9];\n",
        // Gephi skips from each of the statements above to the next brace; this empty group is one, and nothing to Graphviz.
        "  {}\n",
    ));
    for node in &network.nodes {
        let (shape, style) = match node.kind {
            NodeKind::Actor(ActorKind::Person | ActorKind::Organization) | NodeKind::Outlet => {
                ("box", "filled,rounded")
            }
            NodeKind::Actor(ActorKind::Group | ActorKind::Role) => ("box", "filled,rounded,dashed"),
            NodeKind::Actor(ActorKind::Country) | NodeKind::Bloc | NodeKind::Issue => ("box", "filled"),
        };
        let mut label = wrap(&node.label, 13.0, true, 120.0, 3).join("\n");
        if let Some(bloc) = &node.bloc {
            let _ = write!(label, "\n({})", shorten(bloc, 28));
        }
        let fill = match node.kind {
            NodeKind::Actor(ActorKind::Country) | NodeKind::Bloc => ", fillcolor=\"#e6e9ed\", penwidth=1.6",
            _ => "",
        };
        let _ = writeln!(
            out,
            "  {} [label={}, tooltip={}, kind={}, shape={shape}, style=\"{style}\"{fill}];",
            quoted(&node.id),
            quoted(&label),
            quoted(&node.label),
            quoted(node.kind.as_str())
        );
    }
    for edge in &network.edges {
        let look = style::style(edge.relation);
        let mut label = edge.relation.as_str().to_owned();
        if edge.evidence.len() > 1 {
            let _ = write!(label, " ×{}", edge.evidence.len());
        }
        if let Some(passage) = svg::passage(network, edge) {
            for line in wrap(&shorten(&passage, 60), 9.0, false, 150.0, 2) {
                label.push('\n');
                label.push_str(&line);
            }
        }
        let head = match look.head {
            Head::Full => "normal",
            Head::Open => "onormal",
            Head::Barred => "teenormal",
            Head::Vee => "vee",
            Head::Dot => "dot",
            Head::None => "none",
        };
        let link = svg::address(network, edge).map(|to| format!(", URL={}", quoted(&to))).unwrap_or_default();
        let _ = writeln!(
            out,
            "  {} {arrow} {} [label={}, tooltip={}, labeltooltip={}, act={}, weight={}, penwidth={:.1}, color=\"{}\", fontcolor=\"{}\", \
             style={}, arrowhead={head}{link}];",
            quoted(&network.nodes[edge.source].id),
            quoted(&network.nodes[edge.target].id),
            quoted(&label),
            quoted(&svg::tooltip(network, edge)),
            quoted(&svg::tooltip(network, edge)),
            quoted(edge.relation.as_str()),
            edge.weight.abs().round().max(1.0),
            style::line_width(edge.weight),
            look.colour,
            look.colour,
            look.dot,
        );
    }
    out.push_str("}\n");
    out
}

/// A DOT string: quotes and backslashes escaped, line breaks as `\n`.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Graphviz reads HTML entities even in plain strings.
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
