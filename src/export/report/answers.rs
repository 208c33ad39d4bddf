//! Who answered whom: to each demand, request, proposal or offer, what the other side said soon after on the same issue.

use std::fmt::Write as _;

use super::camp;
use crate::act::Act;
use crate::export::text::{shorten, xml, xml_attribute};
use crate::network::{Actor, Statement};

/// A call and the answers to it.
pub(super) struct Exchange<'a> {
    pub(super) call: &'a Statement,
    pub(super) answers: Vec<&'a Statement>,
}

const CALLS: [Act; 4] = [Act::Demand, Act::Request, Act::Propose, Act::Commit];
const ANSWERS: [Act; 6] = [Act::Accept, Act::Reject, Act::Commit, Act::Support, Act::Criticise, Act::Deny];

/// How long after a call an answer counts, as a difference of [`place`]s: three months. What is said years later answers something else.
const SOON: u32 = 3 * 31;

/// All calls that name an addressee. An answer comes from the addressee or one who speaks for the same bloc, not before the call and soon after it, is
/// about the same issue, and where it is directed at somebody, at the caller's side.
pub(super) fn exchanges(statements: &[Statement]) -> Vec<Exchange<'_>> {
    let plain: Vec<&Statement> = statements.iter().filter(|s| !s.negated).collect();
    plain
        .iter()
        .filter(|call| CALLS.contains(&call.act) && !call.addressee.is_empty())
        .map(|&call| {
            let answers = plain
                .iter()
                .copied()
                .filter(|answer| {
                    answer.claim != call.claim
                        && ANSWERS.contains(&answer.act)
                        && meet(&answer.source, &call.addressee)
                        && !meet(&answer.source, &call.source)
                        && in_time(answer, call)
                        && share_issue(answer, call)
                        && (answer.addressee.is_empty() || meet(&answer.addressee, &call.source))
                })
                .collect();
            Exchange { call, answers }
        })
        .collect()
}

fn meet(some: &[Actor], others: &[Actor]) -> bool {
    some.iter().any(|a| others.iter().any(|b| camp(a) == camp(b)))
}

fn in_time(answer: &Statement, call: &Statement) -> bool {
    match (&answer.date, &call.date) {
        (Some(answer), Some(call)) => answer >= call && soon(answer, call),
        // Without dates the order of two articles is not known.
        _ => answer.article.id == call.article.id,
    }
}

fn soon(answer: &str, call: &str) -> bool {
    match (place(answer), place(call)) {
        (Some(answer), Some(call)) => answer <= call + SOON,
        _ => true,
    }
}

/// Where a day like `2025-03-17` stands in a calendar whose months all have 31 days: three months are as far apart everywhere.
fn place(day: &str) -> Option<u32> {
    let number = |part: std::ops::Range<usize>| day.get(part)?.parse::<u32>().ok();
    Some((number(0..4)? * 12 + number(5..7)?) * 31 + number(8..10)?)
}

fn share_issue(answer: &Statement, call: &Statement) -> bool {
    answer.issue.iter().any(|issue| call.issue.contains(issue))
}

/// The section as HTML.
pub(super) fn html(statements: &[Statement]) -> String {
    let all = exchanges(statements);
    let (answered, silent): (Vec<_>, Vec<_>) = all.iter().partition(|exchange| !exchange.answers.is_empty());
    let mut out = String::new();
    if answered.is_empty() {
        out.push_str("<p>No demand, request, proposal or offer is answered by its addressee on the same issue.</p>\n");
    } else {
        out.push_str("<ul class=\"exchanges\">\n");
        for exchange in &answered {
            let _ = write!(out, "<li>{}<ul>", line(exchange.call, true));
            for answer in exchange.answers.iter().take(6) {
                let _ = write!(out, "<li>{}</li>", line(answer, false));
            }
            if exchange.answers.len() > 6 {
                let _ = write!(out, "<li>… and {} more</li>", exchange.answers.len() - 6);
            }
            out.push_str("</ul></li>\n");
        }
        out.push_str("</ul>\n");
    }
    if !silent.is_empty() {
        let _ = write!(out, "<details><summary>{} without an answer in these articles</summary><ul>", silent.len());
        for exchange in &silent {
            let _ = write!(out, "<li>{}</li>", line(exchange.call, true));
        }
        out.push_str("</ul></details>\n");
    }
    out
}

/// One claim in a line: who does what to whom, with a link to it.
pub(super) fn line(statement: &Statement, addressed: bool) -> String {
    let names = |actors: &[Actor]| actors.iter().map(|a| a.label.as_str()).collect::<Vec<_>>().join(", ");
    let mut out = format!("<strong>{}</strong> ", xml(&names(&statement.source)));
    if addressed && !statement.addressee.is_empty() {
        let _ =
            write!(out, "<em>{}</em> <strong>{}</strong>", statement.act.phrase(), xml(&names(&statement.addressee)));
    } else {
        let act = statement.act.as_str();
        let verb = act.strip_suffix('y').map_or_else(|| format!("{act}s"), |stem| format!("{stem}ies"));
        let _ = write!(out, "<em>{verb}</em>");
    }
    let _ = write!(
        out,
        ": <a href=\"#claim-{}\">“{}”</a>",
        xml_attribute(&statement.claim),
        xml(&shorten(&statement.passage.replace(['“', '”', '"'], ""), 140))
    );
    if let Some(date) = &statement.date {
        let _ = write!(out, " <span class=\"soft\">{}</span>", xml(date));
    }
    out
}
