//! Pajek's network file: numbered vertices from 1, arcs or edges with weights, CRLF, no double quotes within labels.

use std::fmt::Write as _;

use super::svg;
use super::table;
use super::text::one_line;
use crate::network::{Network, NodeKind};

/// The network as `.net`. Pajek has one weight for each arc, so parallel edges stay lines of their own; their relation is told by `l`.
pub(super) fn pajek(network: &Network) -> String {
    let places = svg::positions(network);
    let (most_x, most_y) = places.iter().fold((1.0_f64, 1.0_f64), |most, at| (most.0.max(at.0), most.1.max(at.1)));
    let two_mode = network.nodes.iter().any(|node| node.kind == NodeKind::Issue);
    // Two-mode networks have all nodes of the first mode first.
    let mut order: Vec<usize> = (0..network.nodes.len()).collect();
    order.sort_by_key(|&i| (two_mode && network.nodes[i].kind == NodeKind::Issue, i));
    let mut number = vec![0; order.len()];
    let mut out = String::new();
    if two_mode {
        let first = network.nodes.iter().filter(|node| node.kind != NodeKind::Issue).count();
        let _ = write!(out, "*Vertices {} {first}\r\n", network.nodes.len());
    } else {
        let _ = write!(out, "*Vertices {}\r\n", network.nodes.len());
    }
    for (place, &index) in order.iter().enumerate() {
        number[index] = place + 1;
        let at = places[index];
        let label = one_line(&network.nodes[index].label).replace('"', "'");
        let _ = write!(out, "{} \"{label}\" {:.4} {:.4} 0.5\r\n", place + 1, at.0 / most_x, at.1 / most_y);
    }
    out.push_str(if network.directed { "*Arcs\r\n" } else { "*Edges\r\n" });
    for edge in &network.edges {
        let weight = if edge.weight == 0.0 { table::weight(edge) } else { edge.weight };
        let _ = write!(
            out,
            "{} {} {} l \"{}\"\r\n",
            number[edge.source],
            number[edge.target],
            table::number_text(weight),
            edge.relation.as_str()
        );
    }
    out
}
