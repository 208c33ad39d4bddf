//! What is drawn and where: everything but the markup.

use std::collections::{BTreeMap, BTreeSet};

use super::curve::{Curve, Rect};
use super::{Picture, heads, labels};
use crate::act::Stance;
use crate::actors::ActorKind;
use crate::export::layout::{self, Input};
use crate::export::style::{self, Style};
use crate::export::text::{shorten, width, wrap};
use crate::network::{Edge, Network, Node, NodeKind, Relation, Statement, plural};

pub(super) const NODE_SIZE: f64 = 13.0;
pub(super) const SUB_SIZE: f64 = 10.0;
pub(super) const WORD_SIZE: f64 = 11.0;

/// A drawn node.
pub(super) struct Box<'a> {
    pub(super) node: &'a Node,
    pub(super) rect: Rect,
    pub(super) lines: Vec<String>,
}

/// A drawn edge.
pub(super) struct Line<'a> {
    pub(super) edge: &'a Edge,
    pub(super) style: Style,
    pub(super) width: f64,
    /// From border to border.
    pub(super) curve: Curve,
    pub(super) label: Option<Label>,
}

/// What an edge carries.
pub(super) struct Label {
    pub(super) rect: Rect,
    pub(super) words: Words,
}

pub(super) enum Words {
    Number(usize),
    /// The first line is the act.
    Lines(Vec<String>),
}

/// A picture before it is written.
pub(super) struct Scene<'a> {
    pub(super) network: &'a Network,
    pub(super) boxes: Vec<Box<'a>>,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) size: (f64, f64),
    /// Factor on the width of lines.
    pub(super) thin: f64,
    /// What the picture leaves out of the network.
    pub(super) notes: Vec<String>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(network: &'a Network, picture: &Picture) -> Self {
        let (nodes, edges, mut notes) = choose(network, picture);
        if edges.len() <= picture.max_worded {
            // Longer lines where the words find no room.
            for gap in [225.0, 265.0, 310.0] {
                let plan = Plan::words(network, &edges, gap);
                if let Some(scene) = Self::draw(network, &nodes, &edges, &plan, notes.clone()) {
                    return scene;
                }
            }
        }
        let plan = Plan::numbers(network, &edges, picture.max_numbered);
        if plan.left_out > 0 {
            notes.push(format!(
                "{} of {} edges carry no number: the lightest, told by their tooltips only.",
                plan.left_out,
                edges.len()
            ));
        }
        Self::draw(network, &nodes, &edges, &plan, notes.clone()).unwrap_or_else(|| Self {
            network,
            boxes: Vec::new(),
            lines: Vec::new(),
            size: (0.0, 0.0),
            thin: 1.0,
            notes,
        })
    }

    pub(super) fn numbers(&self) -> BTreeMap<usize, usize> {
        let of = |line: &Line<'_>| match line.label.as_ref()?.words {
            Words::Number(number) => {
                let index = self.network.edges.iter().position(|edge| edge.id == line.edge.id)?;
                Some((index, number))
            }
            Words::Lines(_) => None,
        };
        self.lines.iter().filter_map(of).collect()
    }

    /// `None` where words were asked for and found no room.
    fn draw(
        network: &'a Network,
        nodes: &[usize],
        edges: &[usize],
        plan: &Plan,
        mut notes: Vec<String>,
    ) -> Option<Self> {
        let slot: BTreeMap<usize, usize> = nodes.iter().enumerate().map(|(slot, &node)| (node, slot)).collect();
        let mut boxes: Vec<Box<'a>> = nodes.iter().map(|&index| shape(&network.nodes[index])).collect();

        // Edges between the same two boxes, in either direction, share a bundle.
        let mut bundles: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (i, &edge) in edges.iter().enumerate() {
            let edge = &network.edges[edge];
            let (Some(&a), Some(&b)) = (slot.get(&edge.source), slot.get(&edge.target)) else { continue };
            bundles.entry((a.min(b), a.max(b))).or_default().push(i);
        }
        let mut blocs: BTreeMap<&str, usize> = BTreeMap::new();
        let groups = boxes
            .iter()
            .map(|b| {
                let bloc = b.node.bloc.as_deref().unwrap_or(&b.node.label);
                let next = blocs.len();
                Some(*blocs.entry(bloc).or_insert(next))
            })
            .collect();
        let input = Input {
            boxes: boxes.iter().map(|b| b.rect.size).collect(),
            links: bundles.iter().map(|(&(a, b), list)| (a, b, (list.len() - 1) as f64 * plan.spread)).collect(),
            groups,
            gap: plan.gap,
        };
        let (centres, size) = layout::place(&input);
        for (b, centre) in boxes.iter_mut().zip(centres) {
            b.rect.centre = centre;
        }
        let rects: Vec<Rect> = boxes.iter().map(|b| b.rect).collect();

        let mut curves: Vec<Option<Curve>> = vec![None; edges.len()];
        for (&(a, b), list) in &bundles {
            let bend = bend(&rects, a, b, list.len(), plan.spread);
            for (place, &i) in list.iter().enumerate() {
                let off = bend + (place as f64 - (list.len() - 1) as f64 / 2.0) * plan.spread;
                let edge = &network.edges[edges[i]];
                let (tail, tip) = (slot[&edge.source], slot[&edge.target]);
                let (from, to) = (&rects[tail], &rects[tip]);
                let round = |place: usize| radius(boxes[place].node.kind, rects[place].size);
                curves[i] = Some(Curve::between(from, to, off).outside((from, round(tail)), (to, round(tip)), 2.5));
            }
        }
        let curves: Vec<Curve> = curves.into_iter().flatten().collect();
        if curves.len() != edges.len() {
            return None;
        }
        let sizes: Vec<Option<(f64, f64)>> = plan.labels.iter().map(|words| words.as_ref().map(size_of)).collect();
        let placed = labels::place(&curves, &sizes, &rects);
        let lost = placed.iter().zip(&sizes).filter(|(place, size)| place.is_none() && size.is_some()).count();
        if lost > 0 && plan.strict {
            return None;
        }
        if lost > 0 {
            let edges = plural(lost, "edge");
            notes.push(format!("Too short to carry the number in the picture: {edges}."));
        }
        let most = edges.iter().map(|&index| network.edges[index].weight.abs()).fold(0.0, f64::max);
        let mut lines = Vec::new();
        for (((&index, curve), words), rect) in edges.iter().zip(curves).zip(&plan.labels).zip(placed) {
            let edge = &network.edges[index];
            let style = style::style(edge.relation);
            let label = rect.zip(words.clone()).map(|(rect, words)| Label { rect, words });
            let width = style::line_width_of(edge.weight, most) * plan.thin;
            lines.push(Line { edge, style, width, curve, label });
        }
        // Curves may leave the rectangle of the boxes.
        let mut scene = Self { network, boxes, lines, size, thin: plan.thin, notes };
        scene.fit();
        Some(scene)
    }

    /// Moves everything so that the drawing begins at the origin.
    fn fit(&mut self) {
        let mut low = (f64::INFINITY, f64::INFINITY);
        let mut high = (0.0_f64, 0.0_f64);
        let mut see = |p: (f64, f64)| {
            low = (low.0.min(p.0), low.1.min(p.1));
            high = (high.0.max(p.0), high.1.max(p.1));
        };
        let rects =
            self.boxes.iter().map(|b| b.rect).chain(self.lines.iter().filter_map(|l| Some(l.label.as_ref()?.rect)));
        for rect in rects {
            see((rect.centre.0 - rect.size.0 / 2.0, rect.centre.1 - rect.size.1 / 2.0));
            see((rect.centre.0 + rect.size.0 / 2.0, rect.centre.1 + rect.size.1 / 2.0));
        }
        for line in &self.lines {
            line.curve.samples(12).into_iter().for_each(&mut see);
        }
        if !low.0.is_finite() {
            self.size = (0.0, 0.0);
            return;
        }
        let shift = |p: &mut (f64, f64)| {
            p.0 -= low.0;
            p.1 -= low.1;
        };
        for b in &mut self.boxes {
            shift(&mut b.rect.centre);
        }
        for line in &mut self.lines {
            shift(&mut line.curve.start);
            shift(&mut line.curve.control);
            shift(&mut line.curve.end);
            if let Some(label) = &mut line.label {
                shift(&mut label.rect.centre);
            }
        }
        self.size = (high.0 - low.0, high.1 - low.1);
    }
}

/// What the edges carry and how much room that takes.
struct Plan {
    labels: Vec<Option<Words>>,
    /// Distance of parallel lines.
    spread: f64,
    /// Length of a free line.
    gap: f64,
    /// Whether the plan fails where one label has no room.
    strict: bool,
    left_out: usize,
    /// Factor on the width of lines.
    thin: f64,
}

impl Plan {
    fn words(network: &Network, edges: &[usize], gap: f64) -> Self {
        let labels = edges.iter().map(|&index| Some(Words::Lines(worded(network, &network.edges[index])))).collect();
        Self { labels, spread: 48.0, gap, strict: true, left_out: 0, thin: 1.0 }
    }

    /// Numbers in the order in which the key tells them: by source, the most active first, then by target.
    fn numbers(network: &Network, edges: &[usize], limit: usize) -> Self {
        let mut heavy: Vec<usize> = (0..edges.len()).collect();
        let weight = |i: usize| network.edges[edges[i]].weight.abs();
        heavy.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
        heavy.truncate(limit);
        let mut activity: BTreeMap<usize, f64> = BTreeMap::new();
        for &i in &heavy {
            *activity.entry(network.edges[edges[i]].source).or_default() += weight(i);
        }
        let left_out = edges.len() - heavy.len();
        heavy.sort_by(|&a, &b| {
            let (ea, eb) = (&network.edges[edges[a]], &network.edges[edges[b]]);
            activity[&eb.source]
                .total_cmp(&activity[&ea.source])
                .then_with(|| network.nodes[ea.source].label.cmp(&network.nodes[eb.source].label))
                .then_with(|| network.nodes[ea.target].label.cmp(&network.nodes[eb.target].label))
                .then(a.cmp(&b))
        });
        let mut labels: Vec<Option<Words>> = vec![None; edges.len()];
        for (number, &i) in heavy.iter().enumerate() {
            labels[i] = Some(Words::Number(number + 1));
        }
        // A crowd of lines is drawn finer and closer.
        let crowd = edges.len() > 120;
        let (gap, spread, thin) = if crowd { (46.0, 11.0, 0.65) } else { (64.0, 19.0, 1.0) };
        Self { labels, spread, gap, strict: false, left_out, thin }
    }
}

impl Clone for Words {
    fn clone(&self) -> Self {
        match self {
            Self::Number(number) => Self::Number(*number),
            Self::Lines(lines) => Self::Lines(lines.clone()),
        }
    }
}

fn size_of(words: &Words) -> (f64, f64) {
    match words {
        Words::Number(number) => (width(&number.to_string(), 10.5, true) + 8.0, 15.0),
        Words::Lines(lines) => {
            let widest = lines.iter().enumerate().map(|(i, line)| width(line, WORD_SIZE, i == 0)).fold(0.0, f64::max);
            (widest + 8.0, lines.len() as f64 * 13.0 + 5.0)
        }
    }
}

fn worded(network: &Network, edge: &Edge) -> Vec<String> {
    let mut lines = vec![match edge.evidence.len() {
        1 => edge.relation.as_str().to_owned(),
        count => format!("{} ×{count}", edge.relation.as_str()),
    }];
    if let Some(statement) = telling(network, edge) {
        lines.extend(wrap(&shorten(&statement.passage, 52), WORD_SIZE, false, 165.0, 2));
    }
    lines
}

/// The statement that stands for the others: sure, on the commonest issue of the edge, of a length that can be read.
pub(super) fn telling<'a>(network: &'a Network, edge: &'a Edge) -> Option<&'a Statement> {
    ranked(network, edge).into_iter().next()
}

/// How many statements an edge rests on, in brackets; of a stance with both sides, how many on each.
pub(super) fn tally(network: &Network, edge: &Edge) -> String {
    let of = |side: Stance| network.evidence(edge).filter(|s| s.stance == side).count();
    let (favour, against) = (of(Stance::Favour), of(Stance::Against));
    match edge.evidence.len() {
        0 | 1 => String::new(),
        _ if of_stance(edge.relation) && favour > 0 && against > 0 => format!(" ({favour} for, {against} against)"),
        count => format!(" ({count}×)"),
    }
}

/// Whether the weight of such an edge is what outweighs on one side.
pub(super) fn of_stance(relation: Relation) -> bool {
    matches!(relation, Relation::Favours | Relation::Opposes | Relation::Wavers)
}

/// The statements of an edge, the most telling first: of a stance, those that are on its side.
pub(super) fn ranked<'a>(network: &'a Network, edge: &'a Edge) -> Vec<&'a Statement> {
    let main = edge.issues.first().map(|(label, _)| label.as_str());
    let mut all: Vec<&Statement> = network.evidence(edge).collect();
    all.sort_by_key(|s| {
        let off_side = match edge.relation {
            Relation::Favours => s.stance != Stance::Favour,
            Relation::Opposes => s.stance != Stance::Against,
            _ => false,
        };
        let off_issue = main.is_some_and(|main| s.issue.iter().all(|issue| issue.label != main));
        let tenths = (s.confidence * 10.0).round() as i64;
        let length = s.passage.chars().count();
        (off_side, off_issue, -tenths, length.abs_diff(50), s.claim.clone())
    });
    all
}

/// How far the bundle between `a` and `b` bends so that it runs through no other box.
fn bend(rects: &[Rect], a: usize, b: usize, count: usize, spread: f64) -> f64 {
    let hits = |off: f64| {
        let mut hits = 0;
        for place in 0..count {
            let off = off + (place as f64 - (count - 1) as f64 / 2.0) * spread;
            let curve = Curve::between(&rects[a], &rects[b], off);
            for (k, rect) in rects.iter().enumerate() {
                if k != a && k != b && curve.samples(32).into_iter().any(|p| rect.holds(p, 4.0)) {
                    hits += 1;
                }
            }
        }
        hits
    };
    let mut best = (hits(0.0), 0.0);
    for off in [24.0, -24.0, 48.0, -48.0, 80.0, -80.0, 120.0, -120.0] {
        if best.0 == 0 {
            break;
        }
        let found = hits(off);
        if found < best.0 {
            best = (found, off);
        }
    }
    best.1
}

/// Nodes and edges that fit the picture: the heaviest edges, and of equally heavy ones those between the nodes that have most to do with others.
/// Where these edges join more nodes than there is room for, those of the nodes that have most to do with others stay.
pub(super) fn choose(network: &Network, picture: &Picture) -> (Vec<usize>, Vec<usize>, Vec<String>) {
    let mut strength = vec![0.0; network.nodes.len()];
    for edge in &network.edges {
        strength[edge.source] += edge.weight.abs();
        strength[edge.target] += edge.weight.abs();
    }
    let mut order: Vec<usize> = (0..network.edges.len()).collect();
    let key = |i: usize| {
        let edge = &network.edges[i];
        (
            edge.weight.abs(),
            strength[edge.source].min(strength[edge.target]),
            strength[edge.source] + strength[edge.target],
        )
    };
    order.sort_by(|&a, &b| {
        let (x, y) = (key(a), key(b));
        y.0.total_cmp(&x.0).then(y.1.total_cmp(&x.1)).then(y.2.total_cmp(&x.2)).then(a.cmp(&b))
    });
    let ends = |i: usize| [network.edges[i].source, network.edges[i].target];
    let heavy: BTreeSet<usize> = order.iter().take(picture.max_edges).flat_map(|&i| ends(i)).collect();
    let mut heavy: Vec<usize> = heavy.into_iter().collect();
    heavy.sort_by(|&a, &b| strength[b].total_cmp(&strength[a]).then(a.cmp(&b)));
    heavy.truncate(picture.max_nodes);
    let kept: BTreeSet<usize> = heavy.into_iter().collect();
    // Those between the nodes that stay, then what else there is room for.
    let (inner, outer): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|&i| ends(i).iter().all(|end| kept.contains(end)));
    let mut linked = BTreeSet::new();
    let mut edges = Vec::new();
    for index in inner.into_iter().chain(outer) {
        let edge = &network.edges[index];
        let ends = [edge.source, edge.target];
        let new = ends.iter().filter(|end| !linked.contains(*end)).count();
        if edges.len() < picture.max_edges && linked.len() + new <= picture.max_nodes {
            linked.extend(ends);
            edges.push(index);
        }
    }
    edges.sort_unstable();
    let alone = (0..network.nodes.len()).filter(|&node| strength[node] == 0.0);
    let room = picture.max_nodes.saturating_sub(linked.len());
    let mut nodes: Vec<usize> = alone.take(room).chain(linked).collect();
    nodes.sort_unstable();
    let all = network.nodes.len();
    let mut notes = Vec::new();
    if nodes.len() < all || edges.len() < network.edges.len() {
        notes.push(format!(
            "The picture shows {} of {all} nodes and {} of {} edges: the heaviest.",
            nodes.len(),
            edges.len(),
            network.edges.len()
        ));
    }
    (nodes, edges, notes)
}

/// Centres of all nodes.
pub(super) fn positions(network: &Network) -> Vec<(f64, f64)> {
    let mut links = BTreeMap::new();
    for edge in &network.edges {
        let pair = (edge.source.min(edge.target), edge.source.max(edge.target));
        if pair.0 != pair.1 {
            *links.entry(pair).or_insert(-1.0) += 1.0;
        }
    }
    let input = Input {
        boxes: network.nodes.iter().map(|node| shape(node).rect.size).collect(),
        links: links.into_iter().map(|((a, b), more)| (a, b, more * 11.0)).collect(),
        groups: Vec::new(),
        gap: 64.0,
    };
    layout::place(&input).0
}

/// Radius of the corners of a box: countries square, organisations rounded, persons oval.
pub(super) fn radius(kind: NodeKind, size: (f64, f64)) -> f64 {
    match kind {
        NodeKind::Actor(ActorKind::Person | ActorKind::Role) => size.1 / 2.0,
        NodeKind::Actor(ActorKind::Organization | ActorKind::Group) | NodeKind::Outlet => 6.0_f64.min(size.1 / 3.0),
        NodeKind::Actor(ActorKind::Country) | NodeKind::Bloc | NodeKind::Issue => 0.0,
    }
}

fn shape(node: &Node) -> Box<'_> {
    let lines = wrap(&node.label, NODE_SIZE, true, 120.0, 3);
    let mut wide = lines.iter().map(|line| width(line, NODE_SIZE, true)).fold(20.0, f64::max);
    let mut high = lines.len() as f64 * 16.0 + 12.0;
    if let Some(bloc) = &node.bloc {
        wide = wide.max(width(&shorten(bloc, 28), SUB_SIZE, false));
        high += 12.0;
    }
    Box { node, rect: Rect { centre: (0.0, 0.0), size: (wide + 20.0, high) }, lines }
}

/// How much of the end of a line its head takes.
pub(super) fn stem(line: &Line<'_>) -> Curve {
    line.curve.shortened(heads::room(line.style.head, line.width))
}
