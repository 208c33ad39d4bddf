//! The network itself: plain lists in a fixed order.

use petgraph::graph::{DiGraph, NodeIndex};

use super::options::{Kind, Weight};
use super::statement::Statement;
use super::units::units;
use crate::act::{Act, Family};
use crate::actors::ActorKind;

/// Nodes, edges, and the statements that they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// The sort of network.
    pub kind: Kind,
    /// What the weights count.
    pub unit: Weight,
    /// Whether the edges have a direction.
    pub directed: bool,
    /// Nodes, by id.
    pub nodes: Vec<Node>,
    /// Edges, by source, target and relation. Parallel edges differ in their relation.
    pub edges: Vec<Edge>,
    /// The statements that [`Edge::evidence`] counts into.
    pub statements: Vec<Statement>,
    /// What was left out and why, a sentence each.
    pub notes: Vec<String>,
}

/// An actor, a bloc, an issue or an outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Stable name, unique in the network.
    pub id: String,
    /// What to show.
    pub label: String,
    /// What it is.
    pub kind: NodeKind,
    /// Name of the country or organisation that it speaks for, where that is another.
    pub bloc: Option<String>,
    /// Statements that it has a part in.
    pub count: usize,
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// An actor of that kind.
    Actor(ActorKind),
    /// Country with all who speak for it, or a bloc of which no more is known than its name.
    Bloc,
    /// An issue.
    Issue,
    /// An outlet.
    Outlet,
}

impl NodeKind {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actor(ActorKind::Person) => "person",
            Self::Actor(ActorKind::Country) => "country",
            Self::Actor(ActorKind::Organization) => "organization",
            Self::Actor(ActorKind::Group) => "group",
            Self::Actor(ActorKind::Role) => "role",
            Self::Bloc => "bloc",
            Self::Issue => "issue",
            Self::Outlet => "outlet",
        }
    }

    /// What may stand before an id, with a colon: actors and blocs share their ids.
    pub(super) fn sort(self) -> &'static str {
        match self {
            Self::Actor(_) | Self::Bloc => "actor",
            Self::Issue => "issue",
            Self::Outlet => "outlet",
        }
    }
}

/// What an edge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The source does this towards the target.
    Act(Act),
    /// The source does something of this family towards the target.
    Family(Family),
    /// The source is more for the issue than against it.
    Favours,
    /// The source is more against the issue than for it.
    Opposes,
    /// As much for as against.
    Wavers,
    /// Both take the same side more often than not.
    Agrees,
    /// They take different sides more often than not.
    Differs,
    /// Agreement and conflict are equal.
    Splits,
    /// The outlet reports what the actor says.
    Quotes,
    /// Both have a part in the same articles.
    Together,
}

impl Relation {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Act(act) => act.as_str(),
            Self::Family(family) => family.as_str(),
            Self::Favours => "favours",
            Self::Opposes => "opposes",
            Self::Wavers => "wavers",
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Splits => "splits",
            Self::Quotes => "quotes",
            Self::Together => "together",
        }
    }

    /// Words between the two names: "Russia *demands from* NATO".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Act(act) => act.phrase(),
            Self::Family(family) => family.phrase(),
            Self::Favours => "favours",
            Self::Opposes => "opposes",
            Self::Wavers => "wavers on",
            Self::Agrees => "takes the same side as",
            Self::Differs => "takes another side than",
            Self::Splits => "agrees and differs with",
            Self::Quotes => "quotes",
            Self::Together => "stands in articles with",
        }
    }
}

/// A tie between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Unique in the network: `russia--demand--nato`.
    pub id: String,
    /// Index of the node it goes out from.
    pub source: usize,
    /// Index of the node it goes to.
    pub target: usize,
    /// What it says.
    pub relation: Relation,
    /// Strength in the unit of the options; below zero where against outweighs for, or conflict agreement.
    pub weight: f64,
    /// Indexes of the statements that it rests on, in order of date, article and place.
    pub evidence: Vec<usize>,
    /// Labels of the issues with the number of statements about each, most frequent first.
    pub issues: Vec<(String, usize)>,
    /// How many of the statements another actor reported.
    pub reported: usize,
    /// How many of them the article marks as uncertain.
    pub hedged: usize,
    /// First and last day of the statements.
    pub days: Option<(String, String)>,
}

impl Network {
    /// The statements that an edge rests on.
    pub fn evidence<'a>(&'a self, edge: &'a Edge) -> impl Iterator<Item = &'a Statement> + 'a {
        edge.evidence.iter().filter_map(|&index| self.statements.get(index))
    }

    /// How many units of weight the statements at these indexes make.
    pub fn units<'a>(&self, indexes: impl IntoIterator<Item = &'a usize>) -> usize {
        units(&self.statements, self.unit, indexes)
    }

    /// Number of different articles that the edges rest on.
    pub fn articles(&self) -> usize {
        let all = self.edges.iter().flat_map(|edge| self.evidence(edge));
        all.map(|statement| &statement.article.id).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// First and last day of all statements of the edges.
    pub fn days(&self) -> Option<(&str, &str)> {
        let days = self.edges.iter().filter_map(|edge| edge.days.as_ref());
        let first = days.clone().map(|(first, _)| first.as_str()).min()?;
        let last = days.map(|(_, last)| last.as_str()).max()?;
        Some((first, last))
    }

    /// The network for the algorithms of petgraph: node and edge weights are indexes into [`Network::nodes`] and [`Network::edges`].
    pub fn graph(&self) -> DiGraph<usize, usize> {
        let mut graph = DiGraph::with_capacity(self.nodes.len(), self.edges.len());
        for index in 0..self.nodes.len() {
            graph.add_node(index);
        }
        for (index, edge) in self.edges.iter().enumerate() {
            graph.add_edge(NodeIndex::new(edge.source), NodeIndex::new(edge.target), index);
        }
        graph
    }
}
