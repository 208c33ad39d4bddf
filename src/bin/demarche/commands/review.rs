//! `demarche review`: what a person should decide.

use anyhow::bail;
use demarche::graph::Store;
use demarche::review::{self, Item, Known, Options, Question};

use crate::args::Review;
use crate::printer::{self, Printer};

pub(crate) fn run(it: &Review, printer: &Printer) -> anyhow::Result<bool> {
    if !(0.0..=1.0).contains(&it.below) {
        bail!("`--below {}`: it must be a number from 0 to 1", it.below);
    }
    let store = Store::open(&it.store.store)?;
    let items = review::review(&store, &Options { below: it.below, limit: it.limit })?;
    let lines = match it.format.as_str() {
        "text" => text(&items),
        "toml" => items.iter().flat_map(toml).collect(),
        "json" => items.iter().map(serde_json::to_string).collect::<Result<_, _>>()?,
        other => bail!("unknown format `{other}`; known formats are text, toml, json"),
    };
    printer::lines(lines.iter().map(String::as_str))?;
    if items.is_empty() {
        printer.say("nothing to decide");
    }
    Ok(true)
}

/// What is asked, in one line.
fn question(item: &Item) -> String {
    let known = |known: &Known| {
        let mut facts: Vec<String> = known.kind.iter().map(|kind| kind.as_str().to_owned()).collect();
        facts.extend(known.bloc.iter().filter(|bloc| **bloc != known.label).map(|bloc| format!("for {bloc}")));
        facts.push(if known.claims == 1 { "1 claim".to_owned() } else { format!("{} claims", known.claims) });
        format!("{} ({})", known.label, facts.join(", "))
    };
    match &item.question {
        Question::Actors { one, other, why, .. } | Question::Issues { one, other, why } => {
            format!("{} is {}? {why}", known(other), known(one))
        }
        Question::Claim { claim } => {
            let names = |list: &[demarche::claims::ActorRef]| {
                list.iter().map(|actor| actor.label.as_str()).collect::<Vec<_>>().join(" and ")
            };
            let to =
                if claim.addressee.is_empty() { String::new() } else { format!(" → {}", names(&claim.addressee)) };
            let not = if claim.negated { "not " } else { "" };
            let who = names(&claim.source);
            format!("{:.2} {who} {not}{}{to}: claim {}", claim.confidence, claim.act.as_str(), claim.id)
        }
    }
}

fn text(items: &[Item]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut heading = "";
    for item in items {
        let of = match item.question {
            Question::Actors { .. } => "Actors that may be one",
            Question::Issues { .. } => "Issues that may be one",
            Question::Claim { .. } => "Claims that may be wrong",
        };
        if of != heading {
            lines.extend((!heading.is_empty()).then(String::new));
            heading = of;
            lines.push(of.to_owned());
        }
        lines.push(String::new());
        lines.push(question(item));
        lines.extend(item.passages.iter().map(|passage| format!("  {}: {}", passage.article, passage.text)));
        lines.extend(item.entry.lines().map(|line| format!("    {line}")));
    }
    lines
}

fn toml(item: &Item) -> Vec<String> {
    let mut lines = vec![format!("# {}", question(item))];
    lines.extend(item.passages.iter().map(|passage| format!("#   {}: {}", passage.article, passage.text)));
    lines.extend(item.entry.lines().map(str::to_owned));
    lines.push(String::new());
    lines
}
