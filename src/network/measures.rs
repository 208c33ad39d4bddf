//! Measures of nodes and of whole networks.
//!
//! Parallel edges count as one tie whose weight is the sum of theirs, without sign. Every measure is checked against `NetworkX` on the same graph
//! (`tests/external/check_files.py`).
//!
//! # References
//!
//! - Betweenness: U. Brandes: A Faster Algorithm for Betweenness Centrality (2001), <https://doi.org/10.1080/0022250X.2001.9990249>.
//! - `PageRank`: S. Brin, L. Page: The Anatomy of a Large-Scale Hypertextual Web Search Engine (1998), with damping 0.85.
//! - Communities: A. Clauset, M. Newman, C. Moore: Finding community structure in very large networks (2004),
//!   <https://doi.org/10.1103/PhysRevE.70.066111>; direction is ignored.
//! - Modularity as polarisation: A. Waugh and others: Party Polarization in Congress: A Network Science Approach (2009),
//!   <https://arxiv.org/abs/0907.3509>. On the agreement network it tells how far the actors fall into camps.
//! - E-I index: D. Krackhardt, R. Stern: Informal Networks and Organizational Crises (1988), <https://doi.org/10.2307/2786835>.

use std::collections::{BTreeMap, VecDeque};

use petgraph::unionfind::UnionFind;

use super::model::Network;

/// Measures of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// Of each node, in the order of [`Network::nodes`].
    pub nodes: Vec<NodeMeasures>,
    /// Ties that there are over ties that there could be, 0 to 1.
    pub density: f64,
    /// Number of parts that hang together, direction ignored.
    pub components: usize,
    /// Number of communities.
    pub communities: usize,
    /// Modularity of the communities, −0.5 to 1.
    pub modularity: f64,
    /// Ties between blocs less ties within blocs over all ties: −1 (all within) to 1 (all between). `None` without ties.
    pub ei_index: Option<f64>,
}

/// Measures of a node.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NodeMeasures {
    /// Nodes with a tie to this one; all neighbours in a network without direction.
    pub in_degree: usize,
    /// Nodes that it has a tie to; all neighbours in a network without direction.
    pub out_degree: usize,
    /// Sum of the weights of the ties to it.
    pub in_strength: f64,
    /// Sum of the weights of the ties from it.
    pub out_strength: f64,
    /// Share of the shortest paths between others that run through it, 0 to 1; every tie has length 1.
    pub betweenness: f64,
    /// Weighted `PageRank`; all nodes together have 1.
    pub pagerank: f64,
    /// Number of its component, from 0, largest first.
    pub component: usize,
    /// Number of its community, from 0, largest first.
    pub community: usize,
}

/// All measures.
pub fn measures(network: &Network) -> Measures {
    let count = network.nodes.len();
    let ties = ties(network);
    let mut nodes = vec![NodeMeasures::default(); count];
    let mut out = vec![Vec::new(); count];
    for (&(a, b), &weight) in &ties {
        out[a].push((b, weight));
        nodes[a].out_degree += 1;
        nodes[b].in_degree += 1;
        nodes[a].out_strength += weight;
        nodes[b].in_strength += weight;
    }
    for (node, value) in nodes.iter_mut().zip(betweenness(&out)) {
        node.betweenness = value;
    }
    for (node, value) in nodes.iter_mut().zip(pagerank(&out)) {
        node.pagerank = value;
    }
    let mut sets = UnionFind::<usize>::new(count);
    for &(a, b) in ties.keys() {
        sets.union(a, b);
    }
    let component = numbered(&sets.into_labeling());
    let mutual = mutual(&ties, network.directed);
    let community = numbered(&communities(count, &mutual));
    for (i, node) in nodes.iter_mut().enumerate() {
        node.component = component[i];
        node.community = community[i];
    }
    let pairs = count as f64 * (count as f64 - 1.0);
    let number = |labels: &[usize]| labels.iter().max().map_or(0, |most| most + 1);
    Measures {
        density: if pairs > 0.0 { ties.len() as f64 / pairs } else { 0.0 },
        components: number(&component),
        communities: number(&community),
        modularity: modularity(&mutual, &community),
        ei_index: ei_index(network, &ties),
        nodes,
    }
}

/// Ties with their weights; without direction each is there both ways.
fn ties(network: &Network) -> BTreeMap<(usize, usize), f64> {
    let mut ties = BTreeMap::new();
    for edge in &network.edges {
        *ties.entry((edge.source, edge.target)).or_insert(0.0) += edge.weight.abs();
        if !network.directed {
            *ties.entry((edge.target, edge.source)).or_insert(0.0) += edge.weight.abs();
        }
    }
    ties
}

fn betweenness(out: &[Vec<(usize, f64)>]) -> Vec<f64> {
    let count = out.len();
    let mut total = vec![0.0; count];
    for start in 0..count {
        let mut order = Vec::new();
        let mut before = vec![Vec::new(); count];
        let mut paths = vec![0.0; count];
        let mut distance = vec![usize::MAX; count];
        (paths[start], distance[start]) = (1.0, 0);
        let mut queue = VecDeque::from([start]);
        while let Some(v) = queue.pop_front() {
            order.push(v);
            for &(w, _) in &out[v] {
                if distance[w] == usize::MAX {
                    distance[w] = distance[v] + 1;
                    queue.push_back(w);
                }
                if distance[w] == distance[v] + 1 {
                    paths[w] += paths[v];
                    before[w].push(v);
                }
            }
        }
        let mut share = vec![0.0; count];
        for &w in order.iter().rev() {
            for &v in &before[w] {
                share[v] += paths[v] / paths[w] * (1.0 + share[w]);
            }
            if w != start {
                total[w] += share[w];
            }
        }
    }
    let pairs = (count as f64 - 1.0) * (count as f64 - 2.0);
    if pairs > 0.0 {
        for value in &mut total {
            *value /= pairs;
        }
    }
    total
}

fn pagerank(out: &[Vec<(usize, f64)>]) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    let count = out.len();
    if count == 0 {
        return Vec::new();
    }
    let even = 1.0 / count as f64;
    let strength: Vec<f64> = out.iter().map(|list| list.iter().map(|(_, weight)| weight).sum()).collect();
    let mut rank = vec![even; count];
    for _ in 0..1000 {
        // What nodes without a way out have goes to all alike.
        let stuck: f64 = (0..count).filter(|&i| strength[i] <= 0.0).map(|i| rank[i]).sum();
        let mut next = vec![(1.0 - DAMPING) * even + DAMPING * stuck * even; count];
        for (i, list) in out.iter().enumerate() {
            for &(j, weight) in list {
                if strength[i] > 0.0 {
                    next[j] += DAMPING * rank[i] * weight / strength[i];
                }
            }
        }
        let change: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        rank = next;
        if change < 1e-13 {
            break;
        }
    }
    rank
}

/// Ties without direction, each pair once, smaller index first.
fn mutual(ties: &BTreeMap<(usize, usize), f64>, directed: bool) -> BTreeMap<(usize, usize), f64> {
    let mut out = BTreeMap::new();
    for (&(a, b), &weight) in ties {
        let share = if directed { weight } else { weight / 2.0 };
        *out.entry((a.min(b), a.max(b))).or_insert(0.0) += share;
    }
    out
}

/// Joins, again and again, the two communities whose joining raises the modularity most.
fn communities(count: usize, ties: &BTreeMap<(usize, usize), f64>) -> Vec<usize> {
    let mut label: Vec<usize> = (0..count).collect();
    let total: f64 = ties.values().sum();
    if total <= 0.0 {
        return label;
    }
    let mut strength = vec![0.0; count];
    let mut between: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (&(a, b), &weight) in ties {
        strength[a] += weight;
        strength[b] += weight;
        if a != b {
            *between.entry((a, b)).or_insert(0.0) += weight;
        }
    }
    loop {
        let gain =
            |(a, b): (usize, usize), weight: f64| weight / total - strength[a] * strength[b] / (2.0 * total * total);
        let mut best: Option<(f64, (usize, usize))> = None;
        for (&pair, &weight) in &between {
            let gain = gain(pair, weight);
            if gain > 1e-12 && best.is_none_or(|(most, _)| gain > most + 1e-12) {
                best = Some((gain, pair));
            }
        }
        let Some((_, (keep, join))) = best else { return label };
        for l in &mut label {
            if *l == join {
                *l = keep;
            }
        }
        strength[keep] += strength[join];
        let old: Vec<((usize, usize), f64)> = between
            .iter()
            .filter(|((a, b), _)| *a == join || *b == join)
            .map(|(&pair, &weight)| (pair, weight))
            .collect();
        for ((a, b), weight) in old {
            between.remove(&(a, b));
            let other = if a == join { b } else { a };
            if other != keep {
                *between.entry((keep.min(other), keep.max(other))).or_insert(0.0) += weight;
            }
        }
    }
}

fn modularity(ties: &BTreeMap<(usize, usize), f64>, label: &[usize]) -> f64 {
    let total: f64 = ties.values().sum();
    if total <= 0.0 {
        return 0.0;
    }
    let mut within = 0.0;
    let mut strength: BTreeMap<usize, f64> = BTreeMap::new();
    for (&(a, b), &weight) in ties {
        if label[a] == label[b] {
            within += weight;
        }
        *strength.entry(label[a]).or_default() += weight;
        *strength.entry(label[b]).or_default() += weight;
    }
    within / total - strength.values().map(|s| (s / (2.0 * total)) * (s / (2.0 * total))).sum::<f64>()
}

/// Labels as numbers from 0, the largest group first, of equals the one with the first member.
fn numbered(labels: &[usize]) -> Vec<usize> {
    let mut groups: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (index, &label) in labels.iter().enumerate() {
        groups.entry(label).or_insert((0, index)).0 += 1;
    }
    let mut order: Vec<(usize, (usize, usize))> = groups.into_iter().collect();
    order.sort_by_key(|&(_, (size, first))| (std::cmp::Reverse(size), first));
    let number: BTreeMap<usize, usize> =
        order.iter().enumerate().map(|(number, &(label, _))| (label, number)).collect();
    labels.iter().map(|label| number[label]).collect()
}

fn ei_index(network: &Network, ties: &BTreeMap<(usize, usize), f64>) -> Option<f64> {
    let bloc = |index: usize| {
        let node = &network.nodes[index];
        node.bloc.as_deref().unwrap_or(&node.label)
    };
    let (mut outer, mut inner) = (0.0, 0.0);
    for &(a, b) in ties.keys() {
        if bloc(a) == bloc(b) {
            inner += 1.0;
        } else {
            outer += 1.0;
        }
    }
    (outer + inner > 0.0).then(|| (outer - inner) / (outer + inner))
}
