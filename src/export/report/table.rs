//! The negotiation table: issues down, sides across, in each cell how often for and against, and the claims.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::camp;
use crate::act::Stance;
use crate::export::text::{shorten, xml, xml_attribute};
use crate::network::{Statement, plural};

/// No more columns than this.
const SIDES: usize = 9;
/// No more rows than this.
const ISSUES: usize = 30;
/// No more claims than this in an open cell.
const CLAIMS: usize = 12;

#[derive(Default)]
struct Cell<'a> {
    favour: usize,
    against: usize,
    neutral: usize,
    claims: Vec<&'a Statement>,
}

/// The table as HTML; a sentence where there is nothing to show.
pub(super) fn html(statements: &[Statement]) -> String {
    let mut cells: BTreeMap<(&str, &str), Cell<'_>> = BTreeMap::new();
    let mut issues: BTreeMap<&str, &str> = BTreeMap::new();
    let mut sides: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in statements.iter().filter(|s| !s.negated) {
        let mut camps: Vec<&str> = statement.source.iter().map(camp).collect();
        camps.sort_unstable();
        camps.dedup();
        for issue in &statement.issue {
            issues.entry(&issue.id).or_insert(&issue.label);
            for side in &camps {
                *sides.entry(side).or_default() += 1;
                let cell = cells.entry((&issue.id, side)).or_default();
                match statement.stance {
                    Stance::Favour => cell.favour += 1,
                    Stance::Against => cell.against += 1,
                    Stance::Neutral => cell.neutral += 1,
                }
                cell.claims.push(statement);
            }
        }
    }
    if cells.is_empty() {
        return "<p>No claim is about a known issue.</p>".to_owned();
    }
    let mut columns: Vec<(&str, usize)> = sides.into_iter().collect();
    columns.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let left_sides = columns.len().saturating_sub(SIDES);
    columns.truncate(SIDES);
    // An issue counts by what the columns shown have to say on it; one on which they are silent gets no row.
    let on = |id: &str| columns.iter().filter_map(|(side, _)| cells.get(&(id, *side))).map(|c| c.claims.len()).sum();
    let all = issues.len();
    let mut rows: Vec<(&str, usize, &str)> = issues.into_iter().map(|(id, label)| (id, on(id), label)).collect();
    rows.retain(|row| row.1 > 0);
    rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.2.cmp(b.2)));
    rows.truncate(ISSUES);
    let left_issues = all - rows.len();

    let mut out = String::from(
        "<div class=\"scroll\" role=\"region\" aria-label=\"Negotiation table\" tabindex=\"0\"><table class=\"stances\"><thead><tr>\
         <th scope=\"col\">Issue</th>",
    );
    for (side, _) in &columns {
        let _ = write!(out, "<th scope=\"col\">{}</th>", xml(side));
    }
    out.push_str("</tr></thead><tbody>\n");
    for (id, _, label) in &rows {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", xml(label));
        for (side, _) in &columns {
            match cells.get(&(*id, *side)) {
                None => out.push_str("<td></td>"),
                Some(cell) => one(&mut out, cell, (id, label), side),
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    if left_issues + left_sides > 0 {
        let _ = writeln!(
            out,
            "<p class=\"note\">Left out: {} and {} with fewer claims; the list of claims has them all.</p>",
            plural(left_issues, "issue"),
            plural(left_sides, "side")
        );
    }
    out
}

fn one(out: &mut String, cell: &Cell<'_>, (id, label): (&str, &str), side: &str) {
    let class = match cell.favour.cmp(&cell.against) {
        _ if cell.favour + cell.against == 0 => "neutral",
        std::cmp::Ordering::Greater if cell.against == 0 => "for",
        std::cmp::Ordering::Less if cell.favour == 0 => "against",
        _ => "mixed",
    };
    let mut words = Vec::new();
    for (count, sign, name) in
        [(cell.favour, "▲", "for"), (cell.against, "▼", "against"), (cell.neutral, "○", "neutral")]
    {
        if count > 0 {
            words.push(format!("<span class=\"sign\" aria-hidden=\"true\">{sign}</span>{count} {name}"));
        }
    }
    let _ = write!(out, "<td class=\"{class}\"><details><summary>{}</summary><ul>", words.join("<br>"));
    for statement in cell.claims.iter().take(CLAIMS) {
        let who: Vec<&str> = statement.source.iter().map(|actor| actor.label.as_str()).collect();
        let _ = write!(
            out,
            "<li><a href=\"#claim-{}\">{} <em>{}</em>: {}</a></li>",
            xml_attribute(&statement.claim),
            xml(&who.join(", ")),
            statement.act.as_str(),
            xml(&shorten(&statement.passage, 90))
        );
    }
    if cell.claims.len() > CLAIMS {
        let _ = write!(out, "<li>… and {} more</li>", cell.claims.len() - CLAIMS);
    }
    // No number: the list has the denied acts too.
    let _ = write!(
        out,
        "</ul><button type=\"button\" class=\"pick\" data-issue=\"{}\" data-camp=\"{}\" hidden>Show in the list<span class=\"vh\">: {} \
         on {}</span></button></details></td>",
        xml_attribute(id),
        xml_attribute(side),
        xml(side),
        xml(label)
    );
}
