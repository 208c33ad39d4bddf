//! GEXF 1.3 for Gephi, with the days of the statements as a timeline.
//!
//! What Gephi's importer asks for and the primer does not tell: parallel edges need different kinds; dynamic graphs need a time format;
//! IRIs are strings; the schema's own location is left out, as the grammar does not allow it.
//!
//! # References
//!
//! GEXF 1.3, <https://gexf.net>.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;

use super::style;
use super::svg;
use super::table::{self, Type, Value};
use super::text::{xml, xml_attribute};
use crate::network::{Edge, Network, Window, merge};

fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Text => "string",
        Type::Whole => "integer",
        Type::Number => "double",
    }
}

/// When something is there, and how strongly: first day, last day, weight.
type Spells = Vec<(String, String, Option<f64>)>;

/// The network as GEXF; with a timeline where any statement has a day. Edges without a day are there all the time.
pub(super) fn gexf(network: &Network) -> String {
    let spells = |edge: &Edge| {
        let days: BTreeSet<&str> = network.evidence(edge).filter_map(|s| s.date.as_deref()).collect();
        days.into_iter().map(|day| (day.to_owned(), day.to_owned(), None)).collect()
    };
    let spells = network.edges.iter().map(|edge| (edge.id.as_str(), spells(edge))).collect();
    document(network, network.days().is_some(), false, &BTreeMap::new(), &spells)
}

/// The networks of moving windows as one GEXF file whose timeline shows each from its first day to the day before the next one begins. The weight
/// of an edge is that of its window.
///
/// ```
/// assert!(demarche::export::gexf_windows(&[]).is_empty());
/// ```
pub fn gexf_windows(windows: &[(Window, Network)]) -> String {
    let networks: Vec<Network> = windows.iter().map(|(_, network)| network.clone()).collect();
    let Some(network) = merge(&networks) else { return String::new() };
    let mut of_node: BTreeMap<&str, Spells> = BTreeMap::new();
    let mut of_edge: BTreeMap<&str, Spells> = BTreeMap::new();
    for (place, (window, network)) in windows.iter().enumerate() {
        // Windows may overlap, and two weights at one time are none.
        let next = windows.get(place + 1).and_then(|(next, _)| next.from.parse::<Date>().ok()?.yesterday().ok());
        let until = next.map_or(window.until.clone(), |day| day.to_string().min(window.until.clone()));
        for node in &network.nodes {
            of_node.entry(&node.id).or_default().push((window.from.clone(), until.clone(), None));
        }
        for edge in &network.edges {
            let weight = Some(table::weight(edge));
            of_edge.entry(&edge.id).or_default().push((window.from.clone(), until.clone(), weight));
        }
    }
    document(&network, true, true, &of_node, &of_edge)
}

fn document(
    network: &Network,
    dynamic: bool,
    weighted: bool,
    of_node: &BTreeMap<&str, Spells>,
    of_edge: &BTreeMap<&str, Spells>,
) -> String {
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
    if weighted {
        // Gephi knows the weight over time by this id.
        out.push_str("    <attributes class=\"edge\" mode=\"dynamic\">\n");
        out.push_str("      <attribute id=\"weight\" title=\"weight\" type=\"double\"/>\n    </attributes>\n");
    }
    out.push_str("    <nodes>\n");
    for (node, at) in network.nodes.iter().zip(svg::positions(network)) {
        let _ =
            writeln!(out, "      <node id=\"{}\" label=\"{}\">", xml_attribute(&node.id), xml_attribute(&node.label));
        let cells: Vec<(&str, Value)> = table::NODE.iter().map(|(name, _)| *name).zip(table::node(node)).collect();
        values(&mut out, &cells, &[]);
        spells(&mut out, of_node.get(node.id.as_str()));
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
        let times = of_edge.get(edge.id.as_str());
        values(&mut out, &cells, times.map_or(&[], Vec::as_slice));
        spells(&mut out, times);
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

fn values(out: &mut String, cells: &[(&str, Value)], times: &[(String, String, Option<f64>)]) {
    out.push_str("        <attvalues>\n");
    for (name, value) in cells.iter().filter(|(_, value)| *value != Value::Nothing) {
        let _ = writeln!(out, "          <attvalue for=\"{name}\" value=\"{}\"/>", xml_attribute(&value.text()));
    }
    for (from, until, weight) in times {
        let Some(weight) = weight else { continue };
        let _ = writeln!(
            out,
            "          <attvalue for=\"weight\" value=\"{}\" start=\"{}\" end=\"{}\"/>",
            table::number_text(*weight),
            xml_attribute(from),
            xml_attribute(until)
        );
    }
    out.push_str("        </attvalues>\n");
}

fn spells(out: &mut String, times: Option<&Spells>) {
    let Some(times) = times.filter(|times| !times.is_empty()) else { return };
    out.push_str("        <spells>\n");
    for (from, until, _) in times {
        let _ = writeln!(out, "          <spell start=\"{}\" end=\"{}\"/>", xml_attribute(from), xml_attribute(until));
    }
    out.push_str("        </spells>\n");
}
