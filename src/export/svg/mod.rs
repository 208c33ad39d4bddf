//! A network as a picture for a report: title, legend, arrows with what they say, a key beneath.
//!
//! Made without any other program. Few edges carry their words; many carry numbers, and the key tells the words. Each edge and node has a
//! tooltip with passages, and may link to its evidence in a page around the picture.

mod calendar;
mod curve;
mod frame;
mod heads;
mod key;
mod labels;
mod marks;
mod matrix;
mod scene;
mod timeline;
mod write;

pub use matrix::matrix;
pub use timeline::timeline;

use crate::network::{Edge, Network};

/// How to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Heading of the picture; `None` gives one from the sort of network.
    pub title: Option<String>,
    /// No more nodes than this, those with the heaviest edges first; the picture says what it leaves out.
    pub max_nodes: usize,
    /// No more edges than this, the heaviest first.
    pub max_edges: usize,
    /// No more edges than this get a number and an entry in the key.
    pub max_numbered: usize,
    /// Up to so many edges carry their words instead of numbers, where there is room.
    pub max_worded: usize,
    /// No more columns of a matrix than this, those with most statements.
    pub max_columns: usize,
    /// No more lanes of a timeline than this.
    pub max_lanes: usize,
    /// No more lanes of a timeline for one issue than this.
    pub max_lanes_of_issue: usize,
    /// Whether edges and nodes are links to `#edge-<id>` and `#actor-<id>` of the page around the picture.
    pub links: bool,
    /// Without the XML declaration, title, notes and key, to stand in a page that has its own.
    pub inline: bool,
}

impl Default for Picture {
    /// As a file of its own that can be printed: up to 40 nodes and 80 edges, all numbered.
    fn default() -> Self {
        Self {
            title: None,
            max_nodes: 40,
            max_edges: 80,
            max_numbered: 80,
            max_worded: 12,
            max_columns: 24,
            max_lanes: 32,
            max_lanes_of_issue: 5,
            links: false,
            inline: false,
        }
    }
}

/// Draws the network as SVG 1.1.
pub fn svg(network: &Network, picture: &Picture) -> String {
    write::network(&scene::Scene::new(network, picture), picture)
}

/// The part of a network that its picture shows, for who draws it otherwise: at most `max_nodes` and `max_edges`, the heaviest.
pub fn shown(network: &Network, picture: &Picture) -> Network {
    let (nodes, edges, notes) = scene::choose(network, picture);
    let place = |node: usize| nodes.binary_search(&node).ok();
    let edge = |index: usize| {
        let edge = network.edges.get(index)?;
        Some(Edge { source: place(edge.source)?, target: place(edge.target)?, ..edge.clone() })
    };
    Network {
        kind: network.kind,
        unit: network.unit,
        directed: network.directed,
        nodes: nodes.iter().filter_map(|&node| network.nodes.get(node).cloned()).collect(),
        edges: edges.into_iter().filter_map(edge).collect(),
        statements: network.statements.clone(),
        notes: network.notes.iter().cloned().chain(notes).collect(),
    }
}

/// The number that each edge carries in the picture, by index of the edge; empty where edges carry words.
pub(super) fn numbers(network: &Network, picture: &Picture) -> std::collections::BTreeMap<usize, usize> {
    scene::Scene::new(network, picture).numbers()
}

/// Centre of each node in the order of the network, in pixels, with y downwards: the same drawing for other programs.
pub(super) fn positions(network: &Network) -> Vec<(f64, f64)> {
    scene::positions(network)
}

/// Who does what to whom, and the first passages, in a few lines.
pub(super) fn tooltip(network: &Network, edge: &Edge) -> String {
    write::tooltip(network, edge)
}

/// The words that stand best for what an edge says.
pub(super) fn passage(network: &Network, edge: &Edge) -> Option<String> {
    scene::telling(network, edge).map(|statement| statement.passage.clone())
}

/// Where the most telling passage of an edge stands on the web.
pub(super) fn address(network: &Network, edge: &Edge) -> Option<String> {
    scene::ranked(network, edge).into_iter().find_map(marks::outside)
}

/// A number with one decimal at most.
fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
