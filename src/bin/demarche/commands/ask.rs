//! `demarche ask`: named questions.

use anyhow::bail;
use demarche::act::Act;
use demarche::graph::Store;
use demarche::query::{self, Answer, Format, Limits, Params};

use crate::args::{Ask, Copies, Level};
use crate::commands::query::run_within;
use crate::printer::{self, Printer};

pub(crate) fn run(it: &Ask, printer: &Printer) -> anyhow::Result<bool> {
    let Some(name) = &it.question else {
        let width = query::questions().iter().map(|q| q.name.len()).max().unwrap_or(0);
        let list: Vec<String> =
            query::questions().iter().map(|q| format!("{:width$}  {}", q.name, q.summary())).collect();
        printer::lines(list.iter().map(String::as_str))?;
        return Ok(true);
    };
    let params = params(it)?;
    let question = query::question(name)?;
    let store = Store::open_for(&it.store.store, &question.reads())?;
    let sparql = query::prepare(&store, name, &params)?;
    super::check_order(it.since.as_deref(), it.until.as_deref())?;
    if it.show_sparql {
        printer::lines([sparql.as_str()])?;
        return Ok(true);
    }
    let answer = run_within(&store, &sparql, &Limits::default())?;
    let rows = match &answer {
        Answer::Table(table) => Some(table.rows.len()),
        Answer::Boolean(_) | Answer::Graph(_) => None,
    };
    if rows == Some(0) {
        printer.say("nothing found");
    }
    print(&answer, &it.format, printer)?;
    if it.limit.is_none()
        && let Some(limit) = own_limit(question.text)
        && rows.is_some_and(|rows| rows >= limit)
    {
        printer.say(&format!("there may be more: without `--limit N` the question stops at {limit}"));
    }
    Ok(true)
}

/// The limit that a question has where none is given.
fn own_limit(question: &str) -> Option<usize> {
    question
        .lines()
        .filter_map(|line| line.split_once("#- limit"))
        .find_map(|(text, _)| text.trim().strip_prefix("LIMIT ")?.trim().parse().ok())
}

/// Prints an answer in the format of that name, tables as wide as the terminal.
pub(crate) fn print(answer: &Answer, format: &str, _printer: &Printer) -> anyhow::Result<()> {
    let format = match Format::from_name(format) {
        Some(Format::Text(_)) => Format::Text(Printer::width()),
        Some(other) => other,
        None => bail!("unknown format `{format}`; known formats are {}", Format::NAMES.join(", ")),
    };
    Ok(query::write_answer(answer, format, std::io::stdout().lock())?)
}

fn params(it: &Ask) -> anyhow::Result<Params> {
    let mut act = Vec::new();
    for name in &it.act {
        match Act::from_name(name) {
            Some(found) => act.push(found),
            None => bail!("unknown act `{name}`; known acts are {}", Act::ALL.map(Act::as_str).join(", ")),
        }
    }
    Ok(Params {
        actor: it.actor.clone(),
        addressee: it.addressee.clone(),
        issue: it.issue.clone(),
        act,
        since: it.since.clone(),
        until: it.until.clone(),
        min_count: it.min_count,
        via: if it.via {
            Some(true)
        } else if it.no_via {
            Some(false)
        } else {
            None
        },
        level: match it.level {
            Level::Actor => query::Level::Actor,
            Level::Bloc => query::Level::Bloc,
        },
        copies: match it.copies {
            Copies::Each => query::Copies::Each,
            Copies::Once => query::Copies::Once,
            Copies::Outlet => query::Copies::Outlet,
        },
        text: it.text.clone(),
        limit: it.limit,
    })
}
