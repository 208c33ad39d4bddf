//! GraphML. The plain flavour is read by Gephi, Cytoscape, igraph and `NetworkX`; yEd and visone need drawing data of their own.
//!
//! Every key has a name and a type, as Gephi and others demand; only types that the primer names are used; dates are ISO strings.
//!
//! # References
//!
//! GraphML primer, <http://graphml.graphdrawing.org/primer/graphml-primer.html>.

use std::fmt::Write as _;

use super::table::{self, Type, Value};
use super::text::xml;
use crate::network::Network;

pub(super) fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Text => "string",
        Type::Whole => "int",
        Type::Number => "double",
    }
}

/// The plain flavour.
pub(super) fn graphml(network: &Network) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    let mut key = |id: &str, of: &str, kind: Type| {
        let _ = writeln!(
            out,
            "  <key id=\"{}\" for=\"{of}\" attr.name=\"{id}\" attr.type=\"{}\"/>",
            key_id(of, id),
            type_name(kind)
        );
    };
    // Cytoscape shows `name`, Gephi `label`; Cytoscape's edges have an `interaction`.
    for name in ["label", "name", "shared name"] {
        key(name, "node", Type::Text);
    }
    for (name, kind) in table::NODE {
        key(name, "node", kind);
    }
    for name in ["label", "name", "shared name", "interaction"] {
        key(name, "edge", Type::Text);
    }
    key("weight", "edge", Type::Number);
    for (name, kind) in table::EDGE {
        key(name, "edge", kind);
    }
    let direction = if network.directed { "directed" } else { "undirected" };
    let _ = writeln!(out, "  <graph id=\"{}\" edgedefault=\"{direction}\">", network.kind.as_str());
    for node in &network.nodes {
        let _ = writeln!(out, "    <node id=\"{}\">", xml(&node.id));
        for name in ["label", "name", "shared name"] {
            data(&mut out, "node", name, &Value::Text(node.label.clone()));
        }
        for ((name, _), value) in table::NODE.iter().zip(table::node(node)) {
            data(&mut out, "node", name, &value);
        }
        out.push_str("    </node>\n");
    }
    for edge in &network.edges {
        let (source, target) = (&network.nodes[edge.source], &network.nodes[edge.target]);
        let _ = writeln!(
            out,
            "    <edge id=\"{}\" source=\"{}\" target=\"{}\">",
            xml(&edge.id),
            xml(&source.id),
            xml(&target.id)
        );
        let relation = edge.relation.as_str();
        let name = format!("{} ({relation}) {}", source.label, target.label);
        data(&mut out, "edge", "label", &Value::Text(relation.to_owned()));
        data(&mut out, "edge", "name", &Value::Text(name.clone()));
        data(&mut out, "edge", "shared name", &Value::Text(name));
        data(&mut out, "edge", "interaction", &Value::Text(relation.to_owned()));
        data(&mut out, "edge", "weight", &Value::Number(edge.weight));
        for ((name, _), value) in table::EDGE.iter().zip(table::edge(network, edge)) {
            data(&mut out, "edge", name, &value);
        }
        out.push_str("    </edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

fn data(out: &mut String, of: &str, name: &str, value: &Value) {
    if *value != Value::Nothing {
        let _ = writeln!(out, "      <data key=\"{}\">{}</data>", key_id(of, name), xml(&value.text()));
    }
}

/// Keys are XML name tokens, which hold no spaces.
fn key_id(of: &str, name: &str) -> String {
    format!("{of}_{}", name.replace(' ', "_"))
}
