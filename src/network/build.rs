//! From statements to a network.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Edge, Network, Node, NodeKind, Relation};
use super::names::named;
use super::options::{Copies, Detail, Kind, Level, Options};
use super::sides;
use super::statement::{Actor, Issue, Statement};
use super::units::units;
use crate::act::Act;
use crate::actors::ActorKind;

/// Builds a network of that kind. The order of the statements does not matter.
///
/// ```
/// use demarche::network::{build, Kind, Options};
/// let empty = build(Kind::Demands, &[], &Options::default());
/// assert!(empty.nodes.is_empty());
/// ```
pub fn build(kind: Kind, statements: &[Statement], options: &Options) -> Network {
    let mut notes = Vec::new();
    let statements = select(statements, options, &mut notes);
    let mut builder = Builder::new(&statements, options);
    // Towards issues and from outlets, what touches an actor are its own edges alone.
    builder.around = options.include.len() == 1 && !matches!(kind, Kind::Stances | Kind::Quotations);
    match kind {
        Kind::Demands => builder.demands(&mut notes),
        Kind::Stances => sides::stances(&mut builder, &mut notes),
        Kind::Agreement | Kind::Conflict | Kind::Subtract => sides::between(&mut builder, kind, &mut notes),
        Kind::Quotations => builder.quotations(),
        Kind::Cooccurrence => builder.cooccurrence(),
    }
    builder.finish(kind, statements.clone(), notes)
}

/// Acts that make an edge of the demand network: whatever is directed at somebody and is more than telling.
const TOWARDS: [Act; 11] = [
    Act::Demand,
    Act::Request,
    Act::Propose,
    Act::Commit,
    Act::Accept,
    Act::Reject,
    Act::Support,
    Act::Criticise,
    Act::Accuse,
    Act::Threaten,
    Act::Deny,
];

/// The statements that the options let through, in order of date, article and place.
fn select(statements: &[Statement], options: &Options, notes: &mut Vec<String>) -> Vec<Statement> {
    let mut dropped = BTreeMap::new();
    let mut drop = |why: &'static str| *dropped.entry(why).or_insert(0_usize) += 1;
    let mut kept: Vec<Statement> = Vec::new();
    for statement in statements {
        if statement.negated && !options.negated {
            drop("whose act is denied (“has not ruled out”)");
        } else if !statement.via.is_empty() && !options.reported {
            drop("that another actor reported");
        } else if statement.confidence < options.min_confidence {
            drop("below the chosen confidence");
        } else if !within(statement.date.as_deref(), options) {
            drop("outside the chosen days or without a date");
        } else if options.issues.is_empty()
            || statement.issue.iter().any(|i| named(&options.issues, NodeKind::Issue, &i.id, &i.label))
        {
            kept.push(statement.clone());
        }
    }
    notes.extend(dropped.into_iter().map(|(why, count)| format!("Not counted: {} {why}.", plural(count, "statement"))));
    kept.sort_by(|a, b| order(a).cmp(&order(b)));
    kept.dedup_by(|a, b| a.claim == b.claim && a.article.id == b.article.id);
    let before = kept.len();
    let kept = without_copies(kept, options.copies);
    if options.copies == Copies::Once && kept.len() < before {
        let copies = plural(before - kept.len(), "statement");
        notes.push(format!("Not counted: {copies} that an earlier article has in the same words."));
    }
    kept
}

/// The statements with their copies counted as told; the first in order stands for them.
fn without_copies(statements: Vec<Statement>, copies: Copies) -> Vec<Statement> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for statement in statements {
        let original = statement.copy_of.clone().unwrap_or_else(|| statement.claim.clone());
        match copies {
            Copies::Each => out.push(statement),
            Copies::Once => {
                if seen.insert((original, None)) {
                    out.push(statement);
                }
            }
            Copies::Outlet => {
                let outlets: Vec<Option<String>> = match statement.outlets.as_slice() {
                    [] => vec![statement.article.publisher.clone()],
                    outlets => outlets.iter().cloned().map(Some).collect(),
                };
                for outlet in outlets {
                    if seen.insert((original.clone(), outlet.clone())) {
                        let mut one = statement.clone();
                        one.outlets = outlet.iter().cloned().collect();
                        one.article.publisher = outlet;
                        out.push(one);
                    }
                }
            }
        }
    }
    out
}

fn order(statement: &Statement) -> (Option<&str>, &str, usize, usize, &str) {
    (statement.date.as_deref(), &statement.article.id, statement.start, statement.end, &statement.claim)
}

fn within(day: Option<&str>, options: &Options) -> bool {
    let (from, until) = (options.from.as_deref(), options.until.as_deref());
    match day {
        None => from.is_none() && until.is_none(),
        Some(day) => from.is_none_or(|from| day >= from) && until.is_none_or(|until| day <= until),
    }
}

/// All nodes that the statements give at that level, in whatever sort of network.
pub(super) fn nodes(statements: &[Statement], level: Level) -> Vec<Node> {
    let options = Options { level, ..Options::default() };
    let mut builder = Builder::new(statements, &options);
    for statement in statements {
        for actors in [&statement.source, &statement.addressee, &statement.via] {
            builder.actors(actors);
        }
        for issue in &statement.issue {
            builder.issue(issue);
        }
    }
    builder.quotations();
    builder.nodes.into_values().collect()
}

/// How a bloc is drawn that is an actor of that kind, if it is one.
fn bloc_kind(actor: Option<ActorKind>) -> NodeKind {
    match actor {
        None | Some(ActorKind::Country) => NodeKind::Bloc,
        Some(kind) => NodeKind::Actor(kind),
    }
}

/// "1 statement", "2 statements".
pub(crate) fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Words to a name that can stand in an IRI: lower case, hyphens.
fn slug(label: &str) -> String {
    let mut out = String::new();
    for c in label.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// A tie before it is an edge: what it rests on, and its weight where that is not the number of units.
#[derive(Debug, Default)]
pub(super) struct Tie {
    pub(super) evidence: BTreeSet<usize>,
    pub(super) weight: Option<f64>,
}

pub(super) struct Builder<'a> {
    pub(super) statements: &'a [Statement],
    pub(super) options: &'a Options,
    nodes: BTreeMap<String, Node>,
    /// By source, target and relation.
    pub(super) ties: BTreeMap<(String, String, Relation), Tie>,
    /// Labels that are names of actors, for blocs.
    by_label: BTreeMap<&'a str, &'a Actor>,
    /// Whether one actor was asked for alone, so that others stay where a tie touches it.
    around: bool,
    /// Ids of the nodes that were asked for.
    asked: BTreeSet<String>,
}

impl<'a> Builder<'a> {
    fn new(statements: &'a [Statement], options: &'a Options) -> Self {
        let mut by_label = BTreeMap::new();
        for actor in statements.iter().flat_map(|s| s.source.iter().chain(&s.addressee).chain(&s.via)) {
            by_label.entry(actor.label.as_str()).or_insert(actor);
        }
        let (nodes, ties) = (BTreeMap::new(), BTreeMap::new());
        Self { statements, options, nodes, ties, by_label, around: false, asked: BTreeSet::new() }
    }

    /// Whether statements with this act count; `default` tells where the options name no acts.
    pub(super) fn takes(&self, act: Act, default: &[Act]) -> bool {
        if self.options.acts.is_empty() { default.contains(&act) } else { self.options.acts.contains(&act) }
    }

    /// The ids of the nodes that stand for these actors, each once.
    pub(super) fn actors(&mut self, list: &[Actor]) -> BTreeSet<String> {
        list.iter().filter_map(|actor| self.actor(actor)).collect()
    }

    /// The id of an issue's node, unless it is left out.
    pub(super) fn issue(&mut self, issue: &Issue) -> Option<String> {
        let (id, label) = (format!("issue:{}", issue.id), issue.label.clone());
        self.node(Node { id, label, kind: NodeKind::Issue, bloc: None, count: 0 })
    }

    /// The id of the node that stands for the actor, unless it is left out.
    fn actor(&mut self, actor: &Actor) -> Option<String> {
        let node = match (self.options.level, actor.bloc.as_deref()) {
            (Level::Bloc, Some(bloc)) => {
                let known = self.by_label.get(bloc);
                let id = known.map_or_else(|| slug(bloc), |known| known.id.clone());
                let kind = bloc_kind(known.map(|known| known.kind));
                Node { id, label: bloc.to_owned(), kind, bloc: None, count: 0 }
            }
            (level, bloc) => Node {
                id: actor.id.clone(),
                label: actor.label.clone(),
                kind: if level == Level::Bloc { bloc_kind(Some(actor.kind)) } else { NodeKind::Actor(actor.kind) },
                bloc: bloc.filter(|bloc| *bloc != actor.label).map(str::to_owned),
                count: 0,
            },
        };
        self.node(node)
    }

    fn node(&mut self, node: Node) -> Option<String> {
        if named(&self.options.exclude, node.kind, &node.id, &node.label) {
            return None;
        }
        let always = matches!(node.kind, NodeKind::Issue | NodeKind::Outlet);
        if !always && !self.options.include.is_empty() {
            if named(&self.options.include, node.kind, &node.id, &node.label) {
                self.asked.insert(node.id.clone());
            } else if !self.around {
                return None;
            }
        }
        let id = node.id.clone();
        let known = self.nodes.entry(id.clone()).or_insert(node);
        known.count += 1;
        Some(id)
    }

    /// Whether what is between these nodes is drawn.
    fn draws(&self, from: &str, to: &str) -> bool {
        !self.around || self.asked.contains(from) || self.asked.contains(to)
    }

    fn demands(&mut self, notes: &mut Vec<String>) {
        let (mut unaddressed, mut own) = (0, 0);
        for (index, statement) in self.statements.iter().enumerate() {
            if !self.takes(statement.act, &TOWARDS) {
                continue;
            }
            let sources = self.actors(&statement.source);
            let targets = self.actors(&statement.addressee);
            if statement.addressee.is_empty() && sources.iter().any(|source| self.draws(source, source)) {
                unaddressed += 1;
            }
            for source in &sources {
                for target in &targets {
                    if !self.draws(source, target) {
                        continue;
                    }
                    if source == target {
                        own += 1;
                        continue;
                    }
                    let relation = match self.options.detail {
                        Detail::Acts => Relation::Act(statement.act),
                        Detail::Families => Relation::Family(statement.act.family()),
                    };
                    let tie = (source.clone(), target.clone(), relation);
                    self.ties.entry(tie).or_default().evidence.insert(index);
                }
            }
        }
        if unaddressed > 0 {
            let name = if unaddressed == 1 { "names" } else { "name" };
            notes.push(format!("Not drawn: {} that {name} no addressee.", plural(unaddressed, "statement")));
        }
        if own > 0 {
            notes.push(format!("Not drawn: {} whose source and addressee are one.", plural(own, "statement")));
        }
    }

    fn quotations(&mut self) {
        for (index, statement) in self.statements.iter().enumerate() {
            if !self.takes(statement.act, &Act::ALL) {
                continue;
            }
            let mut outlets = statement.outlets.clone();
            if outlets.is_empty() {
                outlets.push(statement.article.publisher.clone().unwrap_or_else(|| "unknown outlet".to_owned()));
            }
            for name in outlets {
                let id = format!("outlet:{}", slug(&name));
                let Some(outlet) = self.node(Node { id, label: name, kind: NodeKind::Outlet, bloc: None, count: 0 })
                else {
                    continue;
                };
                for actor in self.actors(&statement.source) {
                    let tie = (outlet.clone(), actor, Relation::Quotes);
                    self.ties.entry(tie).or_default().evidence.insert(index);
                }
            }
        }
    }

    fn cooccurrence(&mut self) {
        let mut articles: BTreeMap<&str, BTreeMap<String, BTreeSet<usize>>> = BTreeMap::new();
        for (index, statement) in self.statements.iter().enumerate() {
            if !self.takes(statement.act, &Act::ALL) {
                continue;
            }
            let mut all = self.actors(&statement.source);
            all.append(&mut self.actors(&statement.addressee));
            let article = articles.entry(&statement.article.id).or_default();
            for actor in all {
                article.entry(actor).or_default().insert(index);
            }
        }
        for actors in articles.values() {
            for (a, of_a) in actors {
                for (b, of_b) in actors.range::<String, _>((std::ops::Bound::Excluded(a), std::ops::Bound::Unbounded)) {
                    let tie = self.ties.entry((a.clone(), b.clone(), Relation::Together)).or_default();
                    tie.evidence.extend(of_a.iter().chain(of_b));
                    *tie.weight.get_or_insert(0.0) += 1.0;
                }
            }
        }
    }

    /// Number of units that the statements make.
    pub(super) fn units<'b>(&self, evidence: impl IntoIterator<Item = &'b usize>) -> f64 {
        units(self.statements, self.options.weight, evidence) as f64
    }

    fn finish(self, kind: Kind, statements: Vec<Statement>, mut notes: Vec<String>) -> Network {
        let mut kept = Vec::new();
        let mut light = 0;
        for (name, tie) in &self.ties {
            if !self.draws(&name.0, &name.1) {
                continue;
            }
            let weight = tie.weight.unwrap_or_else(|| self.units(&tie.evidence));
            if weight.abs() < self.options.min_weight {
                light += 1;
            } else {
                kept.push((name, &tie.evidence, weight));
            }
        }
        if light > 0 {
            notes.push(format!("Not drawn: {} below the chosen weight.", plural(light, "edge")));
        }
        let linked: BTreeSet<&String> = kept.iter().flat_map(|((from, to, _), _, _)| [from, to]).collect();
        let lonely = |id: &str| self.options.isolates && self.draws(id, id);
        let nodes: Vec<Node> =
            self.nodes.values().filter(|n| linked.contains(&n.id) || lonely(&n.id)).cloned().collect();
        let index: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(i, n)| (n.id.as_str(), i)).collect();
        let edges = kept
            .iter()
            .filter_map(|((from, to, relation), evidence, weight)| {
                let (source, target) = (*index.get(from.as_str())?, *index.get(to.as_str())?);
                let id = format!("{from}--{}--{to}", relation.as_str());
                Some(edge(id, (source, target), *relation, *weight, evidence, &statements))
            })
            .collect();
        let (unit, directed) = (self.options.weight, kind.is_directed());
        Network { kind, unit, directed, nodes, edges, statements, notes }
    }
}

pub(super) fn edge(
    id: String,
    (source, target): (usize, usize),
    relation: Relation,
    weight: f64,
    evidence: &BTreeSet<usize>,
    statements: &[Statement],
) -> Edge {
    let all = || evidence.iter().map(|&index| &statements[index]);
    let mut issues: BTreeMap<&str, usize> = BTreeMap::new();
    for issue in all().flat_map(|s| &s.issue) {
        *issues.entry(&issue.label).or_default() += 1;
    }
    let mut issues: Vec<(String, usize)> = issues.into_iter().map(|(label, n)| (label.to_owned(), n)).collect();
    issues.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let days = || all().filter_map(|s| s.date.as_ref());
    Edge {
        id,
        source,
        target,
        relation,
        weight,
        evidence: evidence.iter().copied().collect(),
        issues,
        reported: all().filter(|s| !s.via.is_empty()).count(),
        hedged: all().filter(|s| s.hedged).count(),
        days: days().min().cloned().zip(days().max().cloned()),
    }
}
