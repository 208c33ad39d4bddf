//! The named questions: the files of `exports/queries/`, embedded.

use oxigraph::model::Literal;

use super::nearest::nearest;
use super::params::{NARROWED, Params};
use super::run::{Answer, Limits, run};
use super::table::Table;
use super::template::{self, Value};
use crate::diag::{Error, Result};
use crate::graph::{Reading, Store};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(Question { name: $name, text: include_str!(concat!("../../exports/queries/", $name, ".rq")) }),+]
    };
}

const QUESTIONS: &[Question] = files![
    "demands",
    "answers",
    "offers",
    "conditions",
    "red-lines",
    "positions",
    "disagreements",
    "alliances",
    "changes",
    "timeline",
    "quotes",
    "hearsay",
    "sources",
    "articles",
    "actors",
    "issues",
    "search",
];

/// A named question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Its name: `demands`.
    pub name: &'static str,
    /// The file: SPARQL with comments, see [`template`].
    pub text: &'static str,
}

impl Question {
    /// One line on what it answers.
    ///
    /// ```
    /// let question = demarche::query::question("demands")?;
    /// assert!(question.summary().starts_with("who demands what from whom"));
    /// # Ok::<(), demarche::diag::Error>(())
    /// ```
    pub fn summary(&self) -> &'static str {
        let first = self.text.lines().next().unwrap_or_default();
        first.split_once(": ").map_or(first, |(_, summary)| summary)
    }

    /// What of a store it looks at.
    ///
    /// ```
    /// assert!(!demarche::query::question("demands")?.reads().passages());
    /// assert!(demarche::query::question("search")?.reads().passages());
    /// # Ok::<(), demarche::diag::Error>(())
    /// ```
    pub fn reads(&self) -> Reading {
        Reading::needed_by(self.text)
    }

    /// Names of the options that it takes, in order.
    pub fn options(&self) -> Vec<&'static str> {
        template::options(self.text).into_iter().filter(|name| *name != NARROWED).collect()
    }
}

/// All named questions.
pub fn questions() -> &'static [Question] {
    QUESTIONS
}

/// The questions that count claims, and so can count what several articles state once for each outlet.
fn by_outlet() -> impl Iterator<Item = &'static Question> {
    QUESTIONS.iter().filter(|question| template::options(question.text).contains("outlet"))
}

/// The question of that name.
///
/// # Errors
///
/// There is none; the message names the nearest, and lists those that there are.
pub fn question(name: &str) -> Result<&'static Question> {
    QUESTIONS.iter().find(|question| question.name == name).ok_or_else(|| {
        let names: Vec<&str> = QUESTIONS.iter().map(|question| question.name).collect();
        let meant =
            nearest(name, names.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        Error::invalid("question", name, format!("there is no such question; {meant}known are {}", names.join(", ")))
    })
}

/// The SPARQL of a question with these options, ready to run anywhere.
///
/// # Errors
///
/// An unknown question, an option that it does not take, or a value that the store does not know.
pub fn prepare(store: &Store, name: &str, params: &Params) -> Result<String> {
    let question = question(name)?;
    let mut values = params.values(store)?;
    if PAIRWISE.contains(&name)
        && values.is_empty()
        && let Some(least) = least_count(store.size()?.claims)
    {
        values.insert("min-count", Value::Terms(vec![Literal::from(least).into()]));
    }
    let known = template::options(question.text);
    if let Some(option) = values.keys().find(|option| **option != NARROWED && !known.contains(**option)) {
        let (option, why) = match *option {
            "bloc" => ("level", format!("the question `{name}` does not take it")),
            "outlet" if known.contains("once") => {
                let counting: Vec<&str> = by_outlet().map(|question| question.name).collect();
                let why = format!(
                    "the question `{name}` lists claims and does not count them; by outlet count {}. With --copies once it lists no copies",
                    counting.join(", ")
                );
                ("copies outlet", why)
            }
            "once" | "outlet" => ("copies", format!("the question `{name}` does not take it: each article is listed")),
            option => (option, format!("the question `{name}` does not take it")),
        };
        return Err(Error::invalid("option", format!("--{option}"), why));
    }
    Ok(template::fill(question.text, &values))
}

/// Questions whose answers grow with the square of the number of actors.
const PAIRWISE: [&str; 2] = ["disagreements", "alliances"];

/// Least number of claims that both sides of a pair must rest on, in a store of so many claims, where the user gives no option at all. The files
/// of [`PAIRWISE`] tell the same to their readers.
fn least_count(claims: usize) -> Option<i64> {
    match claims {
        0..5_000 => None,
        5_000..30_000 => Some(2),
        _ => Some(3),
    }
}

/// Asks a named question.
///
/// # Errors
///
/// As [`prepare`] and [`run`].
pub fn ask(store: &Store, name: &str, params: &Params, limits: &Limits) -> Result<Table> {
    match run(store, &prepare(store, name, params)?, limits)? {
        Answer::Table(table) => Ok(table),
        Answer::Boolean(_) | Answer::Graph(_) => Err(Error::invalid("question", name, "it does not give a table")),
    }
}
