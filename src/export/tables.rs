//! CSV files that pandas, R (igraph, statnet) and spreadsheets read at once.

use std::collections::BTreeSet;

use super::csv::line;
use super::table::{self, number_text};
use crate::network::measures::measures;
use crate::network::{Network, NodeKind, Window};

/// One edge a line. Source and target come first, as igraph's `graph_from_data_frame` wants them.
pub(super) fn edges(network: &Network) -> String {
    let mut header = vec!["source", "target", "weight", "id", "source_label", "target_label"];
    header.extend(table::EDGE.iter().map(|(name, _)| *name));
    let mut out = line(header);
    for edge in &network.edges {
        let (source, target) = (&network.nodes[edge.source], &network.nodes[edge.target]);
        let mut cells = vec![
            source.id.clone(),
            target.id.clone(),
            number_text(table::weight(edge)),
            edge.id.clone(),
            source.label.clone(),
            target.label.clone(),
        ];
        cells.extend(table::edge(network, edge).iter().map(table::Value::text));
        out.push_str(&line(cells));
    }
    out
}

/// The networks of moving windows, a line each: days, size, and the measures of the whole network over time.
///
/// ```
/// assert_eq!(demarche::export::windows_csv(&[]).lines().count(), 1);
/// ```
pub fn windows_csv(windows: &[(Window, Network)]) -> String {
    let mut out = line([
        "window",
        "from",
        "until",
        "nodes",
        "edges",
        "statements",
        "articles",
        "density",
        "components",
        "communities",
        "modularity",
        "ei_index",
    ]);
    for (number, (window, network)) in windows.iter().enumerate() {
        let m = measures(network);
        let statements: BTreeSet<usize> = network.edges.iter().flat_map(|e| e.evidence.iter().copied()).collect();
        out.push_str(&line([
            (number + 1).to_string(),
            window.from.clone(),
            window.until.clone(),
            network.nodes.len().to_string(),
            network.edges.len().to_string(),
            statements.len().to_string(),
            network.articles().to_string(),
            number_text(m.density),
            m.components.to_string(),
            m.communities.to_string(),
            number_text(m.modularity),
            m.ei_index.map(number_text).unwrap_or_default(),
        ]));
    }
    out
}

/// One node a line, with all measures.
pub(super) fn nodes(network: &Network) -> String {
    let mut header = vec!["id", "label"];
    header.extend(table::NODE.iter().map(|(name, _)| *name));
    header.extend([
        "in_degree",
        "out_degree",
        "in_strength",
        "out_strength",
        "betweenness",
        "pagerank",
        "component",
        "community",
    ]);
    let mut out = line(header);
    for (node, m) in network.nodes.iter().zip(measures(network).nodes) {
        let mut cells = vec![node.id.clone(), node.label.clone()];
        cells.extend(table::node(node).iter().map(table::Value::text));
        cells.extend([
            m.in_degree.to_string(),
            m.out_degree.to_string(),
            number_text(m.in_strength),
            number_text(m.out_strength),
            format!("{:.9}", m.betweenness),
            format!("{:.9}", m.pagerank),
            m.component.to_string(),
            m.community.to_string(),
        ]);
        out.push_str(&line(cells));
    }
    out
}

/// The adjacency matrix of summed signed weights, with ids at the heads. Actor → issue networks have actors down and issues across.
pub(super) fn matrix(network: &Network) -> String {
    let all: Vec<usize> = (0..network.nodes.len()).collect();
    let (across, down): (Vec<usize>, Vec<usize>) =
        all.iter().partition(|&&i| matches!(network.nodes[i].kind, NodeKind::Issue));
    let (down, across) = if across.is_empty() { (all.clone(), all) } else { (down, across) };
    let mut place = vec![usize::MAX; network.nodes.len()];
    for (column, &index) in across.iter().enumerate() {
        place[index] = column;
    }
    let mut rows = vec![vec![0.0; across.len()]; network.nodes.len()];
    for edge in &network.edges {
        if place[edge.target] != usize::MAX {
            rows[edge.source][place[edge.target]] += edge.weight;
        }
        if !network.directed && place[edge.source] != usize::MAX {
            rows[edge.target][place[edge.source]] += edge.weight;
        }
    }
    let mut header = vec!["id".to_owned()];
    header.extend(across.iter().map(|&i| network.nodes[i].id.clone()));
    let mut out = line(header);
    for index in down {
        let mut cells = vec![network.nodes[index].id.clone()];
        cells.extend(rows[index].iter().map(|&weight| number_text(weight)));
        out.push_str(&line(cells));
    }
    out
}
