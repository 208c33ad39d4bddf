//! Articles and claims back from the store, so that a report can be made of a store alone.

use std::collections::BTreeMap;

use super::Source;
use crate::act::{Act, Stance};
use crate::claims::{ActorRef, Claim, Content, Correction, DocumentRef, IssueRef, Quotation, Quote};
use crate::diag::{Error, Result};
use crate::graph::{Store, vocab};
use crate::network::rows::{Columns, Row};
use crate::query::{self, Answer, Limits, Table};

/// The queries that the report asks, by name.
pub const QUERIES: [(&str, &str); 4] = [
    ("articles", include_str!("../../../exports/queries/report/articles.rq")),
    ("claims", include_str!("../../../exports/queries/report/claims.rq")),
    ("parts", include_str!("../../../exports/queries/report/parts.rq")),
    ("corrections", include_str!("../../../exports/queries/report/corrections.rq")),
];

/// Articles, by date and title or file name, and claims, by article and place.
///
/// # Errors
///
/// Where a query fails, takes too long or gives too many rows.
pub fn read(store: &Store, limits: &Limits) -> Result<(Vec<Source>, Vec<Claim>)> {
    let [articles, claims, parts, corrections] = QUERIES.map(|(name, query)| table(store, name, query, limits));
    let mut sources = BTreeMap::new();
    for_rows(&articles?, |row| {
        let Some(source) = article(row) else { return };
        sources.insert(source.document.id.clone(), source);
    });
    let texts: BTreeMap<&String, Vec<char>> = sources.iter().map(|(id, s)| (id, s.text.chars().collect())).collect();
    let mut all: BTreeMap<(String, String), Claim> = BTreeMap::new();
    for_rows(&claims?, |row| {
        let (Some(article), Some(id)) = (row.text("article"), row.text("claim")) else { return };
        let (Some(source), Some(text)) = (sources.get(&article), texts.get(&article)) else { return };
        let Some(claim) = claim(row, &id, source, text) else { return };
        let known = all.entry((article, id)).or_insert(claim);
        if let (Some(start), Some(end)) = (row.number("partStart"), row.number("partEnd"))
            && !known.content.more.contains(&[start, end])
        {
            known.content.more.push([start, end]);
            known.content.more.sort_unstable();
        }
    });
    let mut via: BTreeMap<(String, String), BTreeMap<usize, ActorRef>> = BTreeMap::new();
    for_rows(&parts?, |row| {
        let (Some(article), Some(id)) = (row.text("article"), row.text("claim")) else { return };
        let Some(text) = texts.get(&article) else { return };
        let key = (article, id);
        let Some(claim) = all.get_mut(&key) else { return };
        match row.text("role").as_deref() {
            Some("issue") => {
                if let Some(id) = row.id("issue", "issue/") {
                    let label = row.text("issueLabel").unwrap_or_else(|| id.clone());
                    claim.issue.push(IssueRef { id, label });
                }
            }
            Some("source") => claim.source.extend(actor(row, text)),
            Some("addressee") => claim.addressee.extend(actor(row, text)),
            Some("via") => {
                if let Some(actor) = actor(row, text) {
                    via.entry(key).or_default().insert(row.number("order").unwrap_or(0), actor);
                }
            }
            _ => {}
        }
    });
    for_rows(&corrections?, |row| {
        let (Some(article), Some(id)) = (row.text("article"), row.text("claim")) else { return };
        let Some(claim) = all.get_mut(&(article, id)) else { return };
        let (Some(decision), Some(change)) = (row.text("decision"), row.text("change")) else { return };
        let [reason, author, date] = ["reason", "author", "date"].map(|column| row.text(column));
        claim.corrections.push(Correction { decision, change, reason, author, date });
    });
    for (key, reporters) in via {
        if let Some(claim) = all.get_mut(&key) {
            claim.via = reporters.into_values().collect();
        }
    }
    let mut claims: Vec<Claim> = all.into_values().collect();
    for claim in &mut claims {
        claim.issue.sort();
        claim.issue.dedup();
        for actors in [&mut claim.source, &mut claim.addressee] {
            // In the order of the text; an actor that is named twice counts by its first mention.
            actors.sort_by_key(|a| (a.mention.as_ref().map_or(usize::MAX, |m| m.start), a.id.clone()));
            let mut seen = std::collections::BTreeSet::new();
            actors.retain(|actor| seen.insert(actor.id.clone()));
        }
    }
    drop(texts);
    let mut sources: Vec<Source> = sources.into_values().collect();
    sources.sort_by(|a, b| {
        let key = |s: &Source| (s.document.published.clone(), super::claims::name(&s.document), s.document.id.clone());
        key(a).cmp(&key(b))
    });
    claims.sort_by(|a, b| {
        let key = |c: &Claim| (c.document.id.clone(), c.content.start, c.content.end, c.id.clone());
        key(a).cmp(&key(b))
    });
    Ok((sources, claims))
}

fn table(store: &Store, name: &str, query: &str, limits: &Limits) -> Result<Table> {
    match query::run(store, query, limits)? {
        Answer::Table(table) if !table.cut => Ok(table),
        Answer::Table(_) => Err(Error::invalid("query", name, format!("it gives more than {} rows", limits.rows))),
        Answer::Boolean(_) | Answer::Graph(_) => Err(Error::invalid("query", name, "it does not give a table")),
    }
}

fn for_rows(table: &Table, mut each: impl FnMut(&Row<'_>)) {
    let columns = Columns::of(table);
    for cells in &table.rows {
        each(&Row { columns: &columns, cells });
    }
}

fn article(row: &Row<'_>) -> Option<Source> {
    Some(Source {
        document: DocumentRef {
            id: row.text("article")?,
            path: row.text("path"),
            sha256: row.text("sha256")?,
            title: row.text("title"),
            url: row.text("url"),
            published: row.text("published"),
            publisher: row.text("publisher"),
            language: row.text("language"),
        },
        text: row.text("text")?,
    })
}

fn words(text: &[char], start: usize, end: usize) -> String {
    text.get(start..end).map(|part| part.iter().collect()).unwrap_or_default()
}

fn quote(row: &Row<'_>, name: &str, text: &[char]) -> Option<Quote> {
    let (start, end) = (row.number(&format!("{name}Start"))?, row.number(&format!("{name}End"))?);
    Some(Quote { start, end, text: words(text, start, end) })
}

fn claim(row: &Row<'_>, id: &str, source: &Source, text: &[char]) -> Option<Claim> {
    let (start, end) = (row.number("start")?, row.number("end")?);
    let local = |column: &str| row.text(column).and_then(|iri| iri.rsplit(['#', '/']).next().map(str::to_owned));
    Some(Claim {
        id: id.to_owned(),
        document: source.document.clone(),
        source: Vec::new(),
        act: Act::from_name(row.text("act")?.strip_prefix(vocab::ACT_NS)?)?,
        addressee: Vec::new(),
        cue: quote(row, "cue", text),
        content: Content { start, end, text: words(text, start, end), more: Vec::new() },
        quotation: match local("quotation").as_deref() {
            Some("direct") => Quotation::Direct,
            Some("mixed") => Quotation::Mixed,
            _ => Quotation::Indirect,
        },
        negated: row.flag("negated"),
        hedged: row.flag("hedged"),
        condition: quote(row, "condition", text),
        via: Vec::new(),
        stance: match local("stance").as_deref() {
            Some("favour") => Stance::Favour,
            Some("against") => Stance::Against,
            _ => Stance::Neutral,
        },
        issue: Vec::new(),
        date: row.text("said"),
        confidence: row.text("confidence").and_then(|number| number.parse().ok()).unwrap_or(0.0),
        rule: row.text("rule").unwrap_or_default(),
        corrections: Vec::new(),
    })
}

fn actor(row: &Row<'_>, text: &[char]) -> Option<ActorRef> {
    let actor = row.actor("actor")?;
    Some(ActorRef {
        id: actor.id,
        label: actor.label,
        kind: actor.kind,
        bloc: actor.bloc,
        mention: quote(row, "mention", text),
    })
}
