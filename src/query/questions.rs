//! The named questions: the files of `exports/queries/`, embedded.

use super::params::Params;
use super::run::{Answer, Limits, run};
use super::table::Table;
use super::template;
use crate::diag::{Error, Result};
use crate::graph::Store;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(Question { name: $name, text: include_str!(concat!("../../exports/queries/", $name, ".rq")) }),+]
    };
}

const QUESTIONS: &[Question] = files![
    "demands", "answers", "offers", "conditions", "red-lines", "positions", "disagreements", "alliances", "changes", "timeline",
    "quotes", "hearsay", "sources", "actors", "issues", "search",
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

    /// Names of the options that it takes, in order.
    pub fn options(&self) -> Vec<&'static str> {
        template::options(self.text).into_iter().collect()
    }
}

/// All named questions.
pub fn questions() -> &'static [Question] {
    QUESTIONS
}

/// The question of that name.
///
/// # Errors
///
/// There is none; the message lists those that there are.
pub fn question(name: &str) -> Result<&'static Question> {
    QUESTIONS.iter().find(|question| question.name == name).ok_or_else(|| {
        let names: Vec<&str> = QUESTIONS.iter().map(|question| question.name).collect();
        Error::invalid("question", name, format!("there is no such question; known are {}", names.join(", ")))
    })
}

/// The SPARQL of a question with these options, ready to run anywhere.
///
/// # Errors
///
/// An unknown question, an option that it does not take, or a value that the store does not know.
pub fn prepare(store: &Store, name: &str, params: &Params) -> Result<String> {
    let question = question(name)?;
    let values = params.values(store)?;
    let known = template::options(question.text);
    if let Some(option) = values.keys().find(|option| !known.contains(**option)) {
        let option = if *option == "bloc" { "level" } else { option };
        return Err(Error::invalid("option", format!("--{option}"), format!("the question `{name}` does not take it")));
    }
    Ok(template::fill(question.text, &values))
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
