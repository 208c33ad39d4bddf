//! Cytoscape.js JSON for Cytoscape and the web, and CX2 for `NDEx` and Cytoscape 3.10. Both with positions: without them Cytoscape puts all nodes
//! on one point.
//!
//! # References
//!
//! CX2 specification, <https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)>.

use serde_json::{Map, Value as Json, json};

use super::svg;
use super::table::{self, Type, Value};
use crate::network::Network;

fn cell(value: &Value) -> Option<Json> {
    match value {
        Value::Text(text) => Some(json!(text)),
        Value::Whole(number) => Some(json!(number)),
        Value::Number(number) => Some(json!(number)),
        Value::Nothing => None,
    }
}

fn cells<const N: usize>(columns: [(&str, Type); N], values: [Value; N]) -> Map<String, Json> {
    columns.iter().zip(values).filter_map(|((name, _), value)| Some(((*name).to_owned(), cell(&value)?))).collect()
}

/// Cytoscape.js JSON.
pub(super) fn cytoscape(network: &Network) -> String {
    let mut nodes = Vec::new();
    for (node, at) in network.nodes.iter().zip(svg::positions(network)) {
        let mut data = cells(table::NODE, table::node(node));
        data.insert("id".into(), json!(node.id));
        for name in ["name", "shared_name", "label"] {
            data.insert(name.into(), json!(node.label));
        }
        nodes.push(json!({ "data": data, "position": { "x": round(at.0), "y": round(at.1) } }));
    }
    let mut edges = Vec::new();
    for edge in &network.edges {
        let (source, target) = (&network.nodes[edge.source], &network.nodes[edge.target]);
        let relation = edge.relation.as_str();
        let mut data = cells(table::EDGE, table::edge(network, edge));
        data.insert("id".into(), json!(edge.id));
        data.insert("source".into(), json!(source.id));
        data.insert("target".into(), json!(target.id));
        data.insert("interaction".into(), json!(relation));
        data.insert("shared_interaction".into(), json!(relation));
        let name = format!("{} ({relation}) {}", source.label, target.label);
        data.insert("name".into(), json!(name));
        data.insert("shared_name".into(), json!(name));
        data.insert("weight".into(), json!(table::weight(edge)));
        edges.push(json!({ "data": data }));
    }
    let file = json!({
        "format_version": "1.0",
        "generated_by": "demarche",
        "data": { "name": network.kind.as_str(), "shared_name": network.kind.as_str() },
        "elements": { "nodes": nodes, "edges": edges },
    });
    format!("{file:#}\n")
}

/// CX2.
pub(super) fn cx2(network: &Network) -> String {
    let declare = |columns: &[(&str, Type)], more: &[(&str, Type)]| -> Json {
        let all = columns.iter().chain(more).map(|(name, kind)| {
            let kind = match kind {
                Type::Text => "string",
                Type::Whole => "integer",
                Type::Number => "double",
            };
            ((*name).to_owned(), json!({ "d": kind }))
        });
        Json::Object(all.collect())
    };
    let mut nodes = Vec::new();
    for (index, (node, at)) in network.nodes.iter().zip(svg::positions(network)).enumerate() {
        let mut values = cells(table::NODE, table::node(node));
        values.insert("name".into(), json!(node.label));
        values.insert("identifier".into(), json!(node.id));
        nodes.push(json!({ "id": index, "x": round(at.0), "y": round(at.1), "v": values }));
    }
    let mut edges = Vec::new();
    for (index, edge) in network.edges.iter().enumerate() {
        let mut values = cells(table::EDGE, table::edge(network, edge));
        values.insert("interaction".into(), json!(edge.relation.as_str()));
        values.insert("identifier".into(), json!(edge.id));
        values.insert("weight".into(), json!(table::weight(edge)));
        edges.push(json!({ "id": index, "s": edge.source, "t": edge.target, "v": values }));
    }
    let names = [("name", Type::Text), ("identifier", Type::Text)];
    let edge_names = [("interaction", Type::Text), ("identifier", Type::Text), ("weight", Type::Number)];
    let file = json!([
        { "CXVersion": "2.0", "hasFragments": false },
        { "metaData": [
            { "name": "attributeDeclarations", "elementCount": 1 },
            { "name": "networkAttributes", "elementCount": 1 },
            { "name": "nodes", "elementCount": nodes.len() },
            { "name": "edges", "elementCount": edges.len() },
        ] },
        { "attributeDeclarations": [ {
            "networkAttributes": { "name": { "d": "string" }, "description": { "d": "string" } },
            "nodes": declare(&table::NODE, &names),
            "edges": declare(&table::EDGE, &edge_names),
        } ] },
        { "networkAttributes": [ { "name": network.kind.as_str(), "description": network.kind.title() } ] },
        { "nodes": nodes },
        { "edges": edges },
        { "status": [ { "error": "", "success": true } ] },
    ]);
    format!("{file:#}\n")
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
