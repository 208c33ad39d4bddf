//! GEXF 1.3 for Gephi, with the days of the statements as a timeline.
//!
//! What Gephi's importer asks for and the primer does not tell: parallel edges need different kinds; dynamic graphs need a time format;
//! IRIs are strings; the schema's own location is left out, as the grammar does not allow it.
//!
//! # References
//!
//! GEXF 1.3, <https://gexf.net>.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::style;
use super::svg;
use super::table::{self, Type, Value};
use super::text::{xml, xml_attribute};
use crate::network::{Edge, Network};

fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Text => "string",
        Type::Whole => "integer",
        Type::Number => "double",
    }
}

/// The network as GEXF; with a timeline where any statement has a day.
pub(super) fn gexf(network: &Network) -> String {
    let dynamic = network.days().is_some();
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n",
        "  <meta>\n    <creator>demarche</creator>\n",
    ));
    let _ = writeln!(out, "    <description>{}</description>\n  </meta>", xml(network.kind.title()));
    let direction = if network.directed { "directed" } else { "undirected" };
    if dynamic {
        let _ = writeln!(
            out,
            "  <graph defaultedgetype=\"{direction}\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">"
        );
    } else {
        let _ = writeln!(out, "  <graph defaultedgetype=\"{direction}\" mode=\"static\">");
    }
    for (class, columns) in [("node", &table::NODE[..]), ("edge", &table::EDGE[..])] {
        let _ = writeln!(out, "    <attributes class=\"{class}\" mode=\"static\">");
        for (name, kind) in columns {
            let _ = writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{}\"/>", type_name(*kind));
        }
        out.push_str("    </attributes>\n");
    }
    out.push_str("    <nodes>\n");
    for (node, at) in network.nodes.iter().zip(svg::positions(network)) {
        let _ =
            writeln!(out, "      <node id=\"{}\" label=\"{}\">", xml_attribute(&node.id), xml_attribute(&node.label));
        let cells: Vec<(&str, Value)> = table::NODE.iter().map(|(name, _)| *name).zip(table::node(node)).collect();
        values(&mut out, &cells);
        let size = 8.0 + (node.count as f64).sqrt() * 3.0;
        // Gephi's y grows upwards.
        let _ = writeln!(
            out,
            "        <viz:color r=\"90\" g=\"98\" b=\"110\"/>\n        <viz:position x=\"{:.1}\" y=\"{:.1}\" z=\"0.0\"/>\n        \
             <viz:size value=\"{size:.2}\"/>\n      </node>",
            at.0, -at.1
        );
    }
    out.push_str("    </nodes>\n    <edges>\n");
    for edge in &network.edges {
        let relation = edge.relation.as_str();
        let _ = writeln!(
            out,
            "      <edge id=\"{}\" source=\"{}\" target=\"{}\" kind=\"{relation}\" label=\"{relation}\" weight=\"{}\">",
            xml_attribute(&edge.id),
            xml_attribute(&network.nodes[edge.source].id),
            xml_attribute(&network.nodes[edge.target].id),
            table::number_text(table::weight(edge))
        );
        let cells: Vec<(&str, Value)> =
            table::EDGE.iter().map(|(name, _)| *name).zip(table::edge(network, edge)).collect();
        values(&mut out, &cells);
        if dynamic {
            spells(&mut out, network, edge);
        }
        let look = style::style(edge.relation);
        let part = |at: usize| u8::from_str_radix(&look.colour[at..at + 2], 16).unwrap_or(0);
        let _ = writeln!(
            out,
            "        <viz:color r=\"{}\" g=\"{}\" b=\"{}\"/>\n        <viz:thickness value=\"{:.1}\"/>\n        \
             <viz:shape value=\"{}\"/>\n      </edge>",
            part(1),
            part(3),
            part(5),
            style::line_width(edge.weight),
            look.dot
        );
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    out
}

fn values(out: &mut String, cells: &[(&str, Value)]) {
    out.push_str("        <attvalues>\n");
    for (name, value) in cells.iter().filter(|(_, value)| *value != Value::Nothing) {
        let _ = writeln!(out, "          <attvalue for=\"{name}\" value=\"{}\"/>", xml_attribute(&value.text()));
    }
    out.push_str("        </attvalues>\n");
}

/// One spell for each day with a statement. Edges without a day are there all the time.
fn spells(out: &mut String, network: &Network, edge: &Edge) {
    let days: BTreeSet<&str> = network.evidence(edge).filter_map(|s| s.date.as_deref()).collect();
    if days.is_empty() {
        return;
    }
    out.push_str("        <spells>\n");
    for day in days {
        let _ = writeln!(out, "          <spell start=\"{0}\" end=\"{0}\"/>", xml_attribute(day));
    }
    out.push_str("        </spells>\n");
}
