//! Mermaid flow charts for Markdown pages.
//!
//! Mermaid refuses more than 500 edges or 50,000 characters, and a page cannot raise that; a reader loses the thread long before. So the heaviest
//! edges are drawn, and a comment says how many were left out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::style::{self, Head};
use super::text::{one_line, shorten};
use crate::actors::ActorKind;
use crate::network::{Network, NodeKind};

const MOST: usize = 80;

/// The flow chart.
pub(super) fn mermaid(network: &Network) -> String {
    let mut order: Vec<usize> = (0..network.edges.len()).collect();
    order.sort_by(|&a, &b| network.edges[b].weight.abs().total_cmp(&network.edges[a].weight.abs()).then(a.cmp(&b)));
    order.truncate(MOST);
    order.sort_unstable();
    let mut out = String::from("flowchart LR\n");
    if network.edges.len() > MOST {
        let _ = writeln!(out, "  %% the {MOST} heaviest of {} edges", network.edges.len());
    }
    let mut ids: BTreeMap<usize, usize> = BTreeMap::new();
    for &index in &order {
        let edge = &network.edges[index];
        for node in [edge.source, edge.target] {
            let next = ids.len() + 1;
            ids.entry(node).or_insert(next);
        }
    }
    let mut named: Vec<(usize, usize)> = ids.iter().map(|(&node, &id)| (id, node)).collect();
    named.sort_unstable();
    for (id, node) in named {
        let node = &network.nodes[node];
        let label = escape(&node.label);
        let _ = match node.kind {
            NodeKind::Actor(ActorKind::Person | ActorKind::Role) => writeln!(out, "  n{id}([\"{label}\"])"),
            NodeKind::Actor(ActorKind::Country) | NodeKind::Bloc => writeln!(out, "  n{id}[\"{label}\"]"),
            NodeKind::Issue => writeln!(out, "  n{id}{{{{\"{label}\"}}}}"),
            _ => writeln!(out, "  n{id}(\"{label}\")"),
        };
    }
    for (place, &index) in order.iter().enumerate() {
        let edge = &network.edges[index];
        let look = style::style(edge.relation);
        let mut label = edge.relation.as_str().to_owned();
        if edge.evidence.len() > 1 {
            let _ = write!(label, " ×{}", edge.evidence.len());
        }
        if let Some((issue, _)) = edge.issues.first() {
            let _ = write!(label, ": {}", shorten(issue, 40));
        }
        let arrow = match (look.dashes.is_empty(), look.head == Head::None) {
            (true, false) => "-->",
            (false, false) => "-.->",
            (true, true) => "---",
            (false, true) => "-.-",
        };
        let _ = writeln!(out, "  n{} {arrow}|\"{}\"| n{}", ids[&edge.source], escape(&label), ids[&edge.target]);
        let _ = writeln!(
            out,
            "  linkStyle {place} stroke:{},stroke-width:{:.1}px",
            look.colour,
            style::line_width(edge.weight)
        );
    }
    out
}

/// Text between quotation marks: what Mermaid or the page would read as markup as entities.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in one_line(text).chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '`' => out.push_str("#96;"),
            c => out.push(c),
        }
    }
    out
}
