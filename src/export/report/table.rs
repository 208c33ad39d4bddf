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
    hearsay: usize,
    claims: Vec<&'a Statement>,
}

/// The table as HTML; a sentence where there is nothing to show.
pub(super) fn html(statements: &[Statement]) -> String {
    let mut cells: BTreeMap<(&str, &str), Cell<'_>> = BTreeMap::new();
    let mut issues: BTreeMap<&str, &str> = BTreeMap::new();
    let mut sides: BTreeMap<&str, usize> = BTreeMap::new();
    for statement in statements {
        let mut camps: Vec<&str> = statement.source.iter().map(camp).collect();
        camps.sort_unstable();
        camps.dedup();
        for issue in &statement.issue {
            issues.entry(&issue.id).or_insert(&issue.label);
            for side in &camps {
                *sides.entry(side).or_default() += 1;
                let cell = cells.entry((&issue.id, side)).or_default();
                // As `ask positions` counts: sides are told by what is said in one's own name and not hedged.
                match statement.stance {
                    _ if statement.hedged || !statement.via.is_empty() => cell.hearsay += 1,
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
    for (count, sign, name) in [
        (cell.favour, "▲", "for"),
        (cell.against, "▼", "against"),
        (cell.neutral, "○", "neutral"),
        (cell.hearsay, "◌", "hearsay"),
    ] {
        if count > 0 {
            words.push(format!("<span class=\"sign\" aria-hidden=\"true\">{sign}</span>{count} {name}"));
        }
    }
    words.extend(years(&cell.claims).map(|years| format!("<span class=\"soft\">{years}</span>")));
    let _ = write!(out, "<td class=\"{class}\"><details><summary>{}</summary><ul>", words.join("<br>"));
    for statement in cell.claims.iter().take(CLAIMS) {
        let who: Vec<&str> = statement.source.iter().map(|actor| actor.label.as_str()).collect();
        let _ = write!(
            out,
            "<li><a href=\"#claim-{}\">{} {}<em>{}</em>: {}</a>",
            xml_attribute(&statement.claim),
            xml(&who.join(", ")),
            if statement.negated { "<em>not</em> " } else { "" },
            statement.act.as_str(),
            xml(&shorten(&statement.passage, 90))
        );
        if let Some(date) = &statement.date {
            let _ = write!(out, " <span class=\"soft\">{}</span>", xml(date));
        }
        out.push_str("</li>");
    }
    if cell.claims.len() > CLAIMS {
        let _ = write!(out, "<li>… and {} more</li>", cell.claims.len() - CLAIMS);
    }
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

/// The years of some claims: `2016` or `2016–2019`.
fn years(claims: &[&Statement]) -> Option<String> {
    let year = |s: &&Statement| s.date.as_deref().and_then(|date| date.get(..4)).map(str::to_owned);
    let first = claims.iter().filter_map(year).min()?;
    let last = claims.iter().filter_map(year).max()?;
    Some(if first == last { first } else { format!("{first}–{last}") })
}
