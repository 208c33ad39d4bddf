//! `demarche diff`: two stores compared at the level of claims.

use anyhow::bail;
use demarche::claims::{ActorRef, Claim};
use demarche::diff::{self, Difference};
use demarche::graph::Store;

use crate::args::Diff;
use crate::printer::{self, Printer};

pub(crate) fn run(it: &Diff, printer: &Printer) -> anyhow::Result<bool> {
    let found = diff::diff(&Store::open(&it.old)?, &Store::open(&it.new)?, it.measures)?;
    let lines = match it.format.as_str() {
        "text" => text(&found.differences),
        "json" => found.differences.iter().map(serde_json::to_string).collect::<Result<_, _>>()?,
        other => bail!("unknown format `{other}`; known formats are text, json"),
    };
    printer::lines(lines.iter().map(String::as_str))?;
    let (appeared, vanished, changed) = found.counts();
    printer.say(&format!("{appeared} appeared, {vanished} vanished, {changed} changed, {} the same", found.same));
    Ok(found.differences.is_empty() || !it.exit_code)
}

fn text(differences: &[Difference]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut article = None;
    for one in differences {
        let document = one.document();
        if article != Some(&document.id) {
            article = Some(&document.id);
            let name = document.path.as_ref().or(document.url.as_ref()).or(document.title.as_ref());
            lines.push(name.unwrap_or(&document.id).clone());
        }
        match one {
            Difference::Appeared { claim } => lines.push(format!("  + {}", claim_line(claim))),
            Difference::Vanished { claim } => lines.push(format!("  - {}", claim_line(claim))),
            Difference::Changed { was, is, content, fields, .. } => {
                let id = if was == is { was.clone() } else { format!("{was} → {is}") };
                lines.push(format!("  ~ {id} “{}”", one_line(content)));
                let show = |value: &str| if value.is_empty() { "none".to_owned() } else { one_line(value) };
                lines.extend(fields.iter().map(|f| format!("      {}: {} → {}", f.field, show(&f.old), show(&f.new))));
            }
        }
    }
    lines
}

fn claim_line(claim: &Claim) -> String {
    let names = |list: &[ActorRef]| list.iter().map(|actor| actor.label.as_str()).collect::<Vec<_>>().join(" and ");
    let not = if claim.negated { "not " } else { "" };
    let to = if claim.addressee.is_empty() { String::new() } else { format!(" → {}", names(&claim.addressee)) };
    format!(
        "{} {} {not}{}{to}: “{}”",
        claim.id,
        names(&claim.source),
        claim.act.as_str(),
        one_line(&claim.content.text)
    )
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
