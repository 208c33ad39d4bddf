//! Neo4j: a Cypher script for any database, and CSV files for `neo4j-admin database import full`.
//!
//! Claims are nodes, as relationships cannot carry addressees, reporters and issues; the network's edges come as relationships beside them,
//! each with the ids of its claims. The labels `Document`, `Chunk` and `__Entity__` belong to other tools and are not used.
//!
//! # References
//!
//! Neo4j operations manual, import, <https://neo4j.com/docs/operations-manual/current/import/>.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::csv::line;
use super::table::number_text;
use super::text::one_line;
use crate::network::{Actor, Article, Issue, Network, Node, NodeKind, Statement};

/// What stands in the statements of a network, each thing once.
struct Things<'a> {
    actors: BTreeMap<&'a str, &'a Actor>,
    issues: BTreeMap<&'a str, &'a Issue>,
    articles: BTreeMap<&'a str, &'a Article>,
    claims: Vec<&'a Statement>,
}

impl<'a> Things<'a> {
    fn of(network: &'a Network) -> Self {
        let claims: Vec<&Statement> = network.statements.iter().collect();
        let mut things =
            Self { actors: BTreeMap::new(), issues: BTreeMap::new(), articles: BTreeMap::new(), claims: Vec::new() };
        for claim in &claims {
            for actor in claim.source.iter().chain(&claim.addressee).chain(&claim.via) {
                things.actors.entry(&actor.id).or_insert(actor);
            }
            for issue in &claim.issue {
                things.issues.entry(&issue.id).or_insert(issue);
            }
            things.articles.entry(&claim.article.id).or_insert(&claim.article);
        }
        things.claims = claims;
        things
    }
}

fn kind(actor: &Actor) -> &'static str {
    NodeKind::Actor(actor.kind).as_str()
}

/// A Cypher string, with escapes.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('\'');
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

fn maybe(value: Option<&str>) -> String {
    value.map_or_else(|| "null".to_owned(), text)
}

/// A date, or null where it is none that Neo4j knows.
fn date(value: Option<&str>) -> String {
    match day(value) {
        "" => "null".to_owned(),
        day => format!("date('{day}')"),
    }
}

/// The script: safe to run twice.
pub(super) fn cypher(network: &Network) -> String {
    let things = Things::of(network);
    let mut out = String::from("// Made by demarche. Run with: cypher-shell -f FILE\n");
    for (name, label) in [("actor", "Actor"), ("issue", "Issue"), ("article", "Article"), ("claim", "Claim")] {
        let _ =
            writeln!(out, "CREATE CONSTRAINT demarche_{name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;");
    }
    for actor in things.actors.values() {
        let _ = writeln!(
            out,
            "MERGE (n:Actor {{id: {}}}) SET n.name = {}, n.kind = '{}', n.bloc = {};",
            text(&actor.id),
            text(&actor.label),
            kind(actor),
            maybe(actor.bloc.as_deref())
        );
    }
    for issue in things.issues.values() {
        let _ = writeln!(out, "MERGE (n:Issue {{id: {}}}) SET n.name = {};", text(&issue.id), text(&issue.label));
    }
    for article in things.articles.values() {
        let _ = writeln!(
            out,
            "MERGE (n:Article {{id: {}}}) SET n.title = {}, n.publisher = {}, n.published = {}, n.url = {};",
            text(&article.id),
            maybe(article.title.as_deref()),
            maybe(article.publisher.as_deref()),
            date(article.published.as_deref()),
            maybe(article.url.as_deref())
        );
    }
    for claim in &things.claims {
        let id = text(&claim.claim);
        let _ = writeln!(
            out,
            "MERGE (n:Claim {{id: {id}}}) SET n.act = '{}', n.stance = '{}', n.negated = {}, n.hedged = {}, n.said = {}, \
             n.start = {}, n.end = {}, n.quote = {}, n.confidence = {};",
            claim.act.as_str(),
            claim.stance.as_str(),
            claim.negated,
            claim.hedged,
            date(claim.date.as_deref()),
            claim.start,
            claim.end,
            text(&claim.passage),
            number_text(claim.confidence)
        );
        let mut tie = |kind: &str, label: &str, other: &str, more: &str| {
            let _ = writeln!(
                out,
                "MATCH (c:Claim {{id: {id}}}) MATCH (o:{label} {{id: {}}}) MERGE (c)-[:{kind}{more}]->(o);",
                text(other)
            );
        };
        claim.source.iter().for_each(|actor| tie("SOURCE", "Actor", &actor.id, ""));
        claim.addressee.iter().for_each(|actor| tie("ADDRESSEE", "Actor", &actor.id, ""));
        for (order, actor) in claim.via.iter().enumerate() {
            tie("VIA", "Actor", &actor.id, &format!(" {{order: {}}}", order + 1));
        }
        claim.issue.iter().for_each(|issue| tie("ABOUT", "Issue", &issue.id, ""));
        tie("IN_ARTICLE", "Article", &claim.article.id, "");
    }
    for edge in &network.edges {
        let (source, target) = (&network.nodes[edge.source], &network.nodes[edge.target]);
        let claims: Vec<String> = network.evidence(edge).map(|s| text(&s.claim)).collect();
        let _ = writeln!(
            out,
            "MERGE (a:{} {{id: {}}}) SET a.name = coalesce(a.name, {}) MERGE (b:{} {{id: {}}}) SET b.name = coalesce(b.name, {}) \
             MERGE (a)-[r:{} {{id: {}}}]->(b) SET r.weight = {}, r.claims = [{}];",
            label(source.kind.as_str()),
            text(plain_id(&source.id)),
            text(&source.label),
            label(target.kind.as_str()),
            text(plain_id(&target.id)),
            text(&target.label),
            edge.relation.as_str().to_uppercase(),
            text(&edge.id),
            number_text(edge.weight),
            claims.join(", ")
        );
    }
    out
}

fn label(kind: &str) -> &'static str {
    match kind {
        "issue" => "Issue",
        "outlet" => "Outlet",
        _ => "Actor",
    }
}

/// Node ids of issues carry their sort; the issue's own id does not.
fn plain_id(id: &str) -> &str {
    id.strip_prefix("issue:").unwrap_or(id)
}

const NODE_HEADER: [&str; 17] = [
    "id:ID",
    ":LABEL",
    "name",
    "kind",
    "bloc",
    "act",
    "stance",
    "negated:boolean",
    "hedged:boolean",
    "said:date",
    "start:int",
    "end:int",
    "quote",
    "confidence:double",
    "publisher",
    "published:date",
    "url",
];

/// A day that Neo4j takes, or nothing.
fn day(value: Option<&str>) -> &str {
    value.and_then(|v| v.get(..10)).filter(|v| crate::graph::dates::day(v).is_some()).unwrap_or_default()
}

/// The id of a network's node in the bulk import: ids of all sorts of things are one space there.
fn end_id(node: &Node) -> String {
    match node.kind {
        // Their ids carry their sort.
        NodeKind::Issue | NodeKind::Outlet => node.id.clone(),
        NodeKind::Actor(_) | NodeKind::Bloc => format!("actor:{}", node.id),
    }
}

/// Nodes for the bulk import: actors, issues, articles, claims, and what else the network's edges join. Line breaks in cells become spaces, as the
/// importer wants.
pub(super) fn nodes_csv(network: &Network) -> String {
    let things = Things::of(network);
    let mut out = line(NODE_HEADER);
    let mut known = BTreeSet::new();
    let mut put = |cells: &[(&str, &str)]| {
        let cell = |name: &&str| cells.iter().find(|(of, _)| of == name).map_or_else(String::new, |(_, c)| one_line(c));
        if known.insert(cell(&"id:ID")) {
            out.push_str(&line(NODE_HEADER.iter().map(cell)));
        }
    };
    for actor in things.actors.values() {
        let (id, bloc) = (format!("actor:{}", actor.id), actor.bloc.as_deref().unwrap_or_default());
        put(&[("id:ID", &id), (":LABEL", "Actor"), ("name", &actor.label), ("kind", kind(actor)), ("bloc", bloc)]);
    }
    for issue in things.issues.values() {
        put(&[("id:ID", &format!("issue:{}", issue.id)), (":LABEL", "Issue"), ("name", &issue.label)]);
    }
    for article in things.articles.values() {
        put(&[
            ("id:ID", &format!("article:{}", article.id)),
            (":LABEL", "Article"),
            ("name", article.title.as_deref().unwrap_or_default()),
            ("publisher", article.publisher.as_deref().unwrap_or_default()),
            ("published:date", day(article.published.as_deref())),
            ("url", article.url.as_deref().unwrap_or_default()),
        ]);
    }
    for claim in &things.claims {
        put(&[
            ("id:ID", &format!("claim:{}", claim.claim)),
            (":LABEL", "Claim"),
            ("act", claim.act.as_str()),
            ("stance", claim.stance.as_str()),
            ("negated:boolean", &claim.negated.to_string()),
            ("hedged:boolean", &claim.hedged.to_string()),
            ("said:date", day(claim.date.as_deref())),
            ("start:int", &claim.start.to_string()),
            ("end:int", &claim.end.to_string()),
            ("quote", &claim.passage),
            ("confidence:double", &number_text(claim.confidence)),
        ]);
    }
    // Outlets, and blocs that no article names.
    for node in &network.nodes {
        put(&[
            ("id:ID", &end_id(node)),
            (":LABEL", label(node.kind.as_str())),
            ("name", &node.label),
            ("kind", node.kind.as_str()),
        ]);
    }
    out
}

/// Relationships for the bulk import, of the nodes of [`nodes_csv`].
pub(super) fn relationships_csv(network: &Network) -> String {
    let mut out = line([":START_ID", ":END_ID", ":TYPE", "order:int", "weight:double", "claims:string[]"]);
    let mut put = |start: &str, end: &str, kind: &str, more: [&str; 3]| {
        out.push_str(&line([start, end, kind].into_iter().chain(more)));
    };
    let none = ["", "", ""];
    for claim in &network.statements {
        let start = format!("claim:{}", claim.claim);
        claim.source.iter().for_each(|a| put(&start, &format!("actor:{}", a.id), "SOURCE", none));
        claim.addressee.iter().for_each(|a| put(&start, &format!("actor:{}", a.id), "ADDRESSEE", none));
        for (order, a) in claim.via.iter().enumerate() {
            put(&start, &format!("actor:{}", a.id), "VIA", [&(order + 1).to_string(), "", ""]);
        }
        claim.issue.iter().for_each(|i| put(&start, &format!("issue:{}", i.id), "ABOUT", none));
        put(&start, &format!("article:{}", claim.article.id), "IN_ARTICLE", none);
    }
    for edge in &network.edges {
        let (source, target) = (&network.nodes[edge.source], &network.nodes[edge.target]);
        let claims: Vec<&str> = network.evidence(edge).map(|s| s.claim.as_str()).collect();
        let more = ["", &number_text(edge.weight), &claims.join(";")];
        put(&end_id(source), &end_id(target), &edge.relation.as_str().to_uppercase(), more);
    }
    out
}
