//! Options of named questions.

use std::collections::BTreeMap;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};

use super::names::{Sort, find};
use super::template::Value;
use crate::act::Act;
use crate::diag::{Error, Result};
use crate::graph::{Store, dates, vocab};

/// Whether to count each actor for itself or under the country or organization that it speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Each actor for itself.
    #[default]
    Actor,
    /// Persons and offices under their bloc.
    Bloc,
}

/// How claims count that several articles state in the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Copies {
    /// In each text.
    #[default]
    Each,
    /// Once: copies of an earlier claim are left out.
    Once,
    /// Once for each outlet that printed them, also where several printed the same text.
    Outlet,
}

/// Set where options choose among the claims of a position or count them otherwise, so that the counts made beforehand do not hold.
pub(super) const NARROWED: &str = "narrowed";

/// Options of a question; an option left out does not restrict.
///
/// Actors and issues are named by IRI, id or label; by another name, spelling or seat that the ontology of the program lists ("Zelenskyy", "Kremlin",
/// "truce"); by the last words of a person's name; or by whole words of the label. Where several fit equally well, the error lists them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params {
    /// Source: an actor.
    pub actor: Option<String>,
    /// Addressee: an actor.
    pub addressee: Option<String>,
    /// An issue.
    pub issue: Option<String>,
    /// Acts, in place of those that the question asks for by itself.
    pub act: Vec<Act>,
    /// First day, `YYYY-MM-DD`.
    pub since: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Rows that count fewer claims are left out.
    pub min_count: Option<u64>,
    /// `Some(false)` leaves out claims known only from reports of others, `Some(true)` keeps only these.
    pub via: Option<bool>,
    /// Count persons or blocs.
    pub level: Level,
    /// How wire copy counts.
    pub copies: Copies,
    /// Words to search for, all of them; a phrase in `"` as it stands.
    pub text: Option<String>,
    /// Rows at most, in place of the question's own limit.
    pub limit: Option<u64>,
}

impl Params {
    /// The options that are given, as values for the text of a question.
    ///
    /// # Errors
    ///
    /// A name that no actor or issue of the store has, or several have; a date that is none.
    pub(super) fn values(&self, store: &Store) -> Result<BTreeMap<&'static str, Value>> {
        let mut values = BTreeMap::new();
        let mut put = |name, term: Term| values.insert(name, Value::Terms(vec![term]));
        if let Some(name) = &self.actor {
            put("actor", find(store, Sort::Actor, name)?.into());
        }
        if let Some(name) = &self.addressee {
            put("addressee", find(store, Sort::Actor, name)?.into());
        }
        if let Some(name) = &self.issue {
            put("issue", find(store, Sort::Issue, name)?.into());
        }
        for (name, date) in [("since", &self.since), ("until", &self.until)] {
            if let Some(date) = date {
                let day = dates::day(date)
                    .filter(|day| day.len() == date.len())
                    .ok_or_else(|| Error::invalid("date", date.as_str(), "it must be a day like 2025-03-17"))?;
                put(name, dates::literal(day).into());
            }
        }
        for (name, number) in [("min-count", self.min_count), ("limit", self.limit)] {
            if let Some(number) = number {
                put(name, Literal::new_typed_literal(number.to_string(), xsd::INTEGER).into());
            }
        }
        if let Some(text) = &self.text {
            let words: Vec<Term> = words(text).into_iter().map(|word| Literal::from(word).into()).collect();
            if words.is_empty() {
                return Err(Error::invalid("text", text.as_str(), "give at least one word to search for"));
            }
            values.insert("text", Value::Each(words));
        }
        if !self.act.is_empty() {
            let acts = self.act.iter().map(|&act| vocab::act(act).into()).collect();
            values.insert("act", Value::Terms(acts));
        }
        match self.via {
            Some(false) => drop(values.insert("no-via", Value::On)),
            Some(true) => drop(values.insert("via", Value::On)),
            None => {}
        }
        if self.level == Level::Bloc {
            values.insert("bloc", Value::On);
        }
        match self.copies {
            Copies::Each => {}
            Copies::Once => drop(values.insert("once", Value::On)),
            Copies::Outlet => drop(values.insert("outlet", Value::On)),
        }
        if self.since.is_some()
            || self.until.is_some()
            || !self.act.is_empty()
            || self.via.is_some()
            || self.copies != Copies::Each
        {
            values.insert(NARROWED, Value::On);
        }
        Ok(values)
    }
}

/// The words and the phrases of a search, in lower case.
fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (n, part) in text.to_lowercase().split(['"', '“', '”']).enumerate() {
        if n % 2 == 1 {
            found.push(part.trim().to_owned());
        } else {
            found.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    found.retain(|word| !word.is_empty());
    found
}
