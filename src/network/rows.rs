//! From the rows of the published query to statements.

use std::collections::BTreeMap;

use oxigraph::model::Term;

use super::statement::{Actor, Article, Issue, Statement};
use crate::act::{Act, Stance};
use crate::actors::ActorKind;
use crate::diag::{Error, Result};
use crate::graph::{Store, vocab};
use crate::query::{self, Answer, Limits, Table};

/// The query that all networks are made from: one row for each source, addressee, issue and reporter of each claim.
pub const QUERY: &str = include_str!("../../exports/queries/statements.rq");

/// The statements of a store, by claim.
///
/// # Errors
///
/// Where the query fails or takes longer than it may.
pub fn statements(store: &Store, limits: &Limits) -> Result<Vec<Statement>> {
    match query::run(store, QUERY, limits)? {
        Answer::Table(table) if table.cut => {
            let why = format!("it gives more than {} rows; allow more, or ask for a part of the store", limits.rows);
            Err(Error::invalid("query", "statements", why))
        }
        Answer::Table(table) => from_table(&table),
        Answer::Boolean(_) | Answer::Graph(_) => Err(Error::invalid("query", "statements", "it does not give a table")),
    }
}

/// The statements that the rows tell of.
///
/// # Errors
///
/// A row without claim, act or content, as a query of one's own might give.
pub fn from_table(table: &Table) -> Result<Vec<Statement>> {
    let columns = Columns::of(table);
    // The claims of an article and the articles themselves may share an id in stores put together by hand.
    let mut statements: BTreeMap<(String, String), Statement> = BTreeMap::new();
    let mut reporters: BTreeMap<(String, String), BTreeMap<usize, Actor>> = BTreeMap::new();
    for (number, row) in table.rows.iter().enumerate() {
        let row = Row { columns: &columns, cells: row };
        let missing = |what: &str| Error::invalid("query", "statements", format!("row {} has no {what}", number + 1));
        let key = (
            row.text("article").ok_or_else(|| missing("article"))?,
            row.text("claim").ok_or_else(|| missing("claim"))?,
        );
        if !statements.contains_key(&key) {
            statements.insert(key.clone(), row.statement(&key).ok_or_else(|| missing("act or content"))?);
        }
        let Some(statement) = statements.get_mut(&key) else { continue };
        add(&mut statement.source, row.actor("source"));
        add(&mut statement.addressee, row.actor("addressee"));
        add(
            &mut statement.issue,
            row.id("issue", "issue/")
                .map(|id| Issue { label: row.text("issueLabel").unwrap_or_else(|| id.clone()), id }),
        );
        add(&mut statement.outlets, row.text("outlet"));
        if let Some(reporter) = row.actor("reporter") {
            reporters.entry(key).or_default().insert(row.number("order").unwrap_or(0), reporter);
        }
    }
    for (key, list) in reporters {
        if let Some(statement) = statements.get_mut(&key) {
            statement.via = list.into_values().collect();
        }
    }
    Ok(statements.into_values().collect())
}

/// Adds what is not in the list yet, in order.
fn add<T: Ord>(list: &mut Vec<T>, item: Option<T>) {
    if let Some(item) = item
        && let Err(at) = list.binary_search(&item)
    {
        list.insert(at, item);
    }
}

/// Places of the columns of a table, by name.
pub(crate) struct Columns<'a>(BTreeMap<&'a str, usize>);

impl<'a> Columns<'a> {
    pub(crate) fn of(table: &'a Table) -> Self {
        Self(table.columns.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect())
    }
}

/// A row with its cells by name.
pub(crate) struct Row<'a> {
    pub(crate) columns: &'a Columns<'a>,
    pub(crate) cells: &'a [Option<Term>],
}

impl Row<'_> {
    fn cell(&self, column: &str) -> Option<&Term> {
        self.cells.get(*self.columns.0.get(column)?)?.as_ref()
    }

    pub(crate) fn text(&self, column: &str) -> Option<String> {
        Some(match self.cell(column)? {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::BlankNode(_) => return None,
        })
    }

    pub(crate) fn number(&self, column: &str) -> Option<usize> {
        self.text(column)?.parse().ok()
    }

    pub(crate) fn flag(&self, column: &str) -> bool {
        self.text(column).is_some_and(|value| value == "true" || value == "1")
    }

    /// The name at the end of an IRI of ours, or the whole IRI of others.
    pub(crate) fn id(&self, column: &str, sort: &str) -> Option<String> {
        let iri = self.text(column)?;
        Some(iri.strip_prefix(vocab::ID_BASE).and_then(|rest| rest.strip_prefix(sort)).map_or(iri.clone(), unescape))
    }

    pub(crate) fn actor(&self, role: &str) -> Option<Actor> {
        let id = self.id(role, "actor/")?;
        let label = self.text(&format!("{role}Label")).unwrap_or_else(|| id.clone());
        let kind = self.text(&format!("{role}Kind")).unwrap_or_default();
        let kind = match kind.strip_prefix(vocab::NS) {
            Some("Person") => ActorKind::Person,
            Some("Country") => ActorKind::Country,
            Some("Organization") => ActorKind::Organization,
            Some("Role") => ActorKind::Role,
            _ => ActorKind::Group,
        };
        let bloc = self.text(&format!("{role}Bloc"));
        Some(Actor { id, label, kind, bloc })
    }

    fn statement(&self, (article, claim): &(String, String)) -> Option<Statement> {
        let act = self.text("act")?;
        let stance = self.text("stance").unwrap_or_default();
        Some(Statement {
            claim: claim.clone(),
            source: Vec::new(),
            act: Act::from_name(act.strip_prefix(vocab::ACT_NS)?)?,
            addressee: Vec::new(),
            issue: Vec::new(),
            stance: match stance.strip_prefix(vocab::NS) {
                Some("favour") => Stance::Favour,
                Some("against") => Stance::Against,
                _ => Stance::Neutral,
            },
            negated: self.flag("negated"),
            hedged: self.flag("hedged"),
            conditional: self.flag("conditional"),
            via: Vec::new(),
            date: self.text("date").and_then(|date| date.get(..10).map(str::to_owned)),
            article: Article {
                id: article.clone(),
                title: self.text("title"),
                publisher: self.text("publisher"),
                published: self.text("published"),
                url: self.text("url"),
            },
            outlets: Vec::new(),
            copy_of: self.text("copyOf"),
            start: self.number("start")?,
            end: self.number("end")?,
            passage: self.text("passage")?,
            confidence: self.text("confidence").and_then(|number| number.parse().ok()).unwrap_or(0.0),
        })
    }
}

/// `%XX` back to bytes.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(code) if first == b'%' => {
                bytes.push(code);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
