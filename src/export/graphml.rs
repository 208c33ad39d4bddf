//! GraphML. The plain flavour is read by Gephi, Cytoscape, igraph and `NetworkX`; yEd and visone need drawing data of their own.
//!
//! Every key has a name and a type, as Gephi and others demand; only types that the primer names are used; dates are ISO strings.
//!
//! # References
//!
//! GraphML primer, <http://graphml.graphdrawing.org/primer/graphml-primer.html>.

use std::fmt::Write as _;

use super::style::{self, Head};
use super::svg;
use super::table::{self, Type, Value};
use super::text::{width, xml, xml_attribute};
use crate::actors::ActorKind;
use crate::network::{Edge, Network, Node, NodeKind};

pub(super) fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Text => "string",
        Type::Whole => "int",
        Type::Number => "double",
    }
}

/// Who the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavour {
    /// Gephi, Cytoscape, igraph, `NetworkX`.
    Plain,
    /// yEd: with shapes, colours, lines and labels.
    Yed,
    /// visone: as yEd, in elements of its own, with the attributes that hold the labels named; as DNA writes it.
    Visone,
}

/// The network in that flavour.
pub(super) fn graphml(network: &Network, flavour: Flavour) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"",
    );
    if flavour != Flavour::Plain {
        out.push_str(" xmlns:y=\"http://www.yworks.com/xml/graphml\"");
    }
    if flavour == Flavour::Visone {
        out.push_str(" xmlns:visone=\"http://visone.info/xmlns\"");
    }
    out.push_str(">\n");
    match flavour {
        Flavour::Plain => {}
        Flavour::Yed | Flavour::Visone => out.push_str(concat!(
            "  <key id=\"d0\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n",
            "  <key id=\"e0\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n",
        )),
    }
    if flavour == Flavour::Visone {
        out.push_str("  <key id=\"prop\" for=\"graph\" visone.type=\"properties\"/>\n");
    }
    let mut key = |id: &str, of: &str, kind: Type| {
        let _ = writeln!(
            out,
            "  <key id=\"{}\" for=\"{of}\" attr.name=\"{id}\" attr.type=\"{}\"/>",
            key_id(of, id),
            type_name(kind)
        );
    };
    // Cytoscape shows `name`, Gephi `label`; Cytoscape's edges have an `interaction`. Its "shared name" it makes itself, and the schema of GraphML
    // allows no space in a name.
    for name in ["label", "name"] {
        key(name, "node", Type::Text);
    }
    for (name, kind) in table::NODE {
        key(name, "node", kind);
    }
    for name in ["label", "name", "interaction"] {
        key(name, "edge", Type::Text);
    }
    key("weight", "edge", Type::Number);
    for (name, kind) in table::EDGE {
        key(name, "edge", kind);
    }
    let direction = if network.directed { "directed" } else { "undirected" };
    let _ = writeln!(out, "  <graph id=\"{}\" edgedefault=\"{direction}\">", network.kind.as_str());
    if flavour == Flavour::Visone {
        out.push_str(
            "    <data key=\"prop\"><visone:labelAttribute edgeLabel=\"relation\" nodeLabel=\"label\"/></data>\n",
        );
    }
    let positions = if flavour == Flavour::Plain { Vec::new() } else { svg::positions(network) };
    for (index, node) in network.nodes.iter().enumerate() {
        let _ = writeln!(out, "    <node id=\"{}\">", xml_attribute(&node.id));
        for name in ["label", "name"] {
            data(&mut out, "node", name, &Value::Text(node.label.clone()));
        }
        for ((name, _), value) in table::NODE.iter().zip(table::node(node)) {
            data(&mut out, "node", name, &value);
        }
        if let Some(&at) = positions.get(index) {
            node_graphics(&mut out, flavour, node, at);
        }
        out.push_str("    </node>\n");
    }
    for edge in &network.edges {
        let (source, target) = (&network.nodes[edge.source], &network.nodes[edge.target]);
        let _ = writeln!(
            out,
            "    <edge id=\"{}\" source=\"{}\" target=\"{}\">",
            xml_attribute(&edge.id),
            xml_attribute(&source.id),
            xml_attribute(&target.id)
        );
        let relation = edge.relation.as_str();
        let name = format!("{} ({relation}) {}", source.label, target.label);
        data(&mut out, "edge", "label", &Value::Text(relation.to_owned()));
        data(&mut out, "edge", "name", &Value::Text(name));
        data(&mut out, "edge", "interaction", &Value::Text(relation.to_owned()));
        data(&mut out, "edge", "weight", &Value::Number(table::weight(edge)));
        for ((name, _), value) in table::EDGE.iter().zip(table::edge(network, edge)) {
            data(&mut out, "edge", name, &value);
        }
        if flavour != Flavour::Plain {
            edge_graphics(&mut out, flavour, network, edge);
        }
        out.push_str("    </edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

/// The start and the end tag that visone has around the drawing data of yEd.
fn around(flavour: Flavour, name: &str) -> (String, String) {
    if flavour == Flavour::Visone {
        (format!("<visone:{name}>"), format!("</visone:{name}>"))
    } else {
        Default::default()
    }
}

fn node_graphics(out: &mut String, flavour: Flavour, node: &Node, at: (f64, f64)) {
    let shape = match node.kind {
        NodeKind::Actor(ActorKind::Country) | NodeKind::Bloc | NodeKind::Issue => "rectangle",
        NodeKind::Actor(ActorKind::Person | ActorKind::Role) => "ellipse",
        _ => "roundrectangle",
    };
    let (before, after) = around(flavour, "shapeNode");
    let (wide, high) = (width(&node.label, 13.0, true) + 24.0, 32.0);
    let _ = writeln!(
        out,
        "      <data key=\"d0\">{before}<y:ShapeNode><y:Geometry height=\"{high}\" width=\"{wide:.1}\" x=\"{:.1}\" y=\"{:.1}\"/>\
         <y:Fill color=\"#F5F6F8\" transparent=\"false\"/><y:BorderStyle color=\"#2B2F34\" type=\"line\" width=\"1.2\"/>\
         <y:NodeLabel fontSize=\"13\" fontStyle=\"bold\">{}</y:NodeLabel><y:Shape type=\"{shape}\"/></y:ShapeNode>{after}</data>",
        at.0 - wide / 2.0,
        at.1 - high / 2.0,
        xml(&node.label)
    );
}

fn edge_graphics(out: &mut String, flavour: Flavour, network: &Network, edge: &Edge) {
    let look = style::style(edge.relation);
    let line = match look.dot {
        "solid" => "line",
        name => name,
    };
    let head = match look.head {
        Head::Full => "standard",
        Head::Open => "white_delta",
        Head::Barred => "t_shape",
        Head::Vee => "plain",
        Head::Dot => "circle",
        Head::None => "none",
    };
    let head = if network.directed { head } else { "none" };
    let (before, after) = around(flavour, "polyLineEdge");
    let _ = writeln!(
        out,
        "      <data key=\"e0\">{before}<y:PolyLineEdge><y:LineStyle color=\"{0}\" type=\"{line}\" width=\"{1:.1}\"/>\
         <y:Arrows source=\"none\" target=\"{head}\"/><y:EdgeLabel textColor=\"{0}\">{2}</y:EdgeLabel></y:PolyLineEdge>{after}</data>",
        look.colour,
        style::line_width(edge.weight),
        xml(edge.relation.as_str())
    );
}

fn data(out: &mut String, of: &str, name: &str, value: &Value) {
    if *value != Value::Nothing {
        let _ = writeln!(out, "      <data key=\"{}\">{}</data>", key_id(of, name), xml(&value.text()));
    }
}

fn key_id(of: &str, name: &str) -> String {
    format!("{of}_{name}")
}
