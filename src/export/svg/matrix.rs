//! Who is for and against what: issues down, actors across, a mark for each side that somebody takes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::frame::{INK, PAD, RULE, Rows, SOFT, document, heading, notes, text};
use super::marks::{self, Position};
use super::{Picture, n};
use crate::export::text::{one_line, width, wrap};
use crate::network::{Network, NodeKind, Weight, plural};

/// Width and height of a cell.
const CELL: (f64, f64) = (46.0, 38.0);
/// No more rows than this, the issues with most said on them.
const ISSUES: usize = 24;
/// With more issues than this, those with a single statement are left out.
const FEW: usize = 12;
/// Colour of the line before each country or body.
const BAR: &str = "#a9aeb4";
/// Colour of a cell with both sides.
const MIXED: &str = "#f5efd8";
const HEAD_SIZE: f64 = 12.0;
/// Sine and cosine of the slope of the names above the columns (52°).
const SLOPE: (f64, f64) = (0.788, 0.6157);

/// Draws a network of stances as a matrix. Columns of one country or body stand together; at most [`Picture::max_columns`] of them.
pub fn matrix(network: &Network, picture: &Picture) -> String {
    let table = Table::of(network, picture);
    let title = picture.title.clone().unwrap_or_else(|| "Who is for and against what".to_owned());
    let statements: BTreeSet<usize> =
        table.cells.values().flat_map(|p| p.favour.iter().chain(&p.against)).copied().collect();
    let mut subtitle = format!(
        "{} and {}: {} for or against, from {}",
        plural(table.rows.len(), "issue"),
        plural(table.columns.len(), "actor"),
        plural(statements.len(), "statement"),
        plural(network.articles(), "article")
    );
    if let Some((first, last)) = network.days() {
        let _ = if first == last { write!(subtitle, ", {first}") } else { write!(subtitle, ", {first} to {last}") };
    }
    subtitle.push('.');

    let heads: Vec<(String, String)> = table
        .columns
        .iter()
        .map(|&c| marks::name(&network.nodes[c].label, network.nodes[c].bloc.as_deref(), HEAD_SIZE, 200.0))
        .collect();
    let labels: Vec<Vec<String>> =
        table.rows.iter().map(|&r| wrap(&network.nodes[r].label, 12.0, false, 200.0, 2)).collect();
    let left = labels.iter().flatten().map(|line| width(line, 12.0, false)).fold(60.0, f64::max) + 14.0;
    let top = heads.iter().map(|h| marks::name_width(h, HEAD_SIZE)).fold(0.0, f64::max) * SLOPE.0 + 16.0;
    // Names lean to the right, over the border of the last columns.
    let across = |place: f64, name: f64| left + place * CELL.0 + name * SLOPE.1 + 16.0;
    let all = table.columns.len() as f64 + 0.35;
    let names = heads.iter().enumerate().map(|(i, h)| across(i as f64 + 0.5, marks::name_width(h, HEAD_SIZE)));
    let drawing = names.fold(left + (all + 1.2) * CELL.0, f64::max);
    let wide = (drawing + PAD * 2.0).max(if picture.inline { 420.0 } else { 560.0 });
    let inner = wide - PAD * 2.0;

    let mut body = String::new();
    let mut y = heading(&mut body, picture, &title, &subtitle, inner);
    if table.cells.is_empty() {
        text(&mut body, (PAD, y + 24.0), 13.0, "soft", SOFT, "", "Nobody is for or against a known issue.");
        y = notes(&mut body, network.notes.iter(), y + 40.0, inner);
        return document(picture, &title, &subtitle, (wide, y + PAD * 0.5), &body);
    }
    body.push_str("<g class=\"legend\">\n");
    let unit = if network.unit == Weight::Once { "" } else { network.unit.as_str() };
    let mut rows = Rows::new(inner);
    marks::legend(&mut body, &mut rows, unit, &mut y);
    if table.cells.values().any(|position| !position.favour.is_empty() && !position.against.is_empty()) {
        let x = rows.named(&mut body, 18.0, "both for and against", &mut y);
        shade(&mut body, "cell-mixed", MIXED, (x, y), (18.0, 14.0));
    }
    body.push_str("</g>\n");
    y += 26.0;

    let (x0, y0) = (PAD + left, y + top);
    for (i, head) in heads.iter().enumerate() {
        let at = (x0 + (i as f64 + 0.5) * CELL.0 + 3.0, y0 - 8.0);
        let turn = format!("transform=\"rotate(-52 {} {})\"", n(at.0), n(at.1));
        marks::write_name(&mut body, at, HEAD_SIZE, &turn, head);
    }
    let at = (x0 + (all + 0.5) * CELL.0 + 3.0, y0 - 8.0);
    let turn = format!("font-weight=\"700\" transform=\"rotate(-52 {} {})\"", n(at.0), n(at.1));
    text(&mut body, at, HEAD_SIZE, "ink", INK, &turn, "all");
    let right = x0 + (all + 1.0) * CELL.0;
    let bottom = y0 + table.rows.len() as f64 * CELL.1;
    for row in 0..=table.rows.len() {
        let y = y0 + row as f64 * CELL.1;
        let _ = writeln!(
            body,
            "<path class=\"soft-line\" d=\"M{} {}H{}\" stroke=\"{RULE}\" stroke-width=\"0.8\"/>",
            n(PAD),
            n(y),
            n(right)
        );
    }
    for (row, &issue) in table.rows.iter().enumerate() {
        let y = y0 + row as f64 * CELL.1;
        let lines = &labels[row];
        for (i, line) in lines.iter().enumerate() {
            let down = CELL.1 / 2.0 + 4.0 + (i as f64 - (lines.len() - 1) as f64 / 2.0) * 14.0;
            text(&mut body, (PAD, y + down), 12.0, "ink", INK, "", line);
        }
        let mut sum = Position::default();
        for (column, &actor) in table.columns.iter().enumerate() {
            let Some(position) = table.cells.get(&(actor, issue)) else { continue };
            let x = x0 + column as f64 * CELL.0;
            cell(&mut body, network, picture, (x, y), position, (actor, issue));
        }
        if let Some(position) = table.sums.get(&issue) {
            sum.join(position);
        }
        total(&mut body, network, (x0 + all * CELL.0, y), &sum);
    }
    // A line before each country or body, and before the sums.
    let mut last = None;
    for (i, &column) in table.columns.iter().enumerate() {
        let side = network.nodes[column].bloc.as_ref().unwrap_or(&network.nodes[column].label);
        if last != Some(side) {
            upright(&mut body, x0 + i as f64 * CELL.0, (y0, bottom));
        }
        last = Some(side);
    }
    upright(&mut body, x0 + table.columns.len() as f64 * CELL.0, (y0, bottom));
    let y = notes(&mut body, table.notes.iter().chain(&network.notes), bottom + 10.0, inner);
    document(picture, &title, &subtitle, (wide, y + PAD * 0.5), &body)
}

fn upright(out: &mut String, x: f64, (from, to): (f64, f64)) {
    let _ = writeln!(
        out,
        "<path class=\"soft-line\" d=\"M{} {}V{}\" stroke=\"{BAR}\" stroke-width=\"1\"/>",
        n(x),
        n(from),
        n(to)
    );
}

fn shade(out: &mut String, class: &str, fill: &str, (x, y): (f64, f64), (wide, high): (f64, f64)) {
    let _ = writeln!(
        out,
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"/>",
        n(x),
        n(y),
        n(wide),
        n(high)
    );
}

fn cell(
    out: &mut String,
    network: &Network,
    picture: &Picture,
    (x, y): (f64, f64),
    position: &Position,
    (actor, issue): (usize, usize),
) {
    let about = format!("{} on {}", one_line(&network.nodes[actor].label), one_line(&network.nodes[issue].label));
    let (class, fill) = match (position.favour.is_empty(), position.against.is_empty()) {
        (false, true) => ("cell-for", "#e2f3eb"),
        (true, false) => ("cell-against", "#f8e2e7"),
        _ => ("cell-mixed", MIXED),
    };
    shade(out, class, fill, (x + 1.0, y + 1.0), (CELL.0 - 2.0, CELL.1 - 2.0));
    let middle = x + CELL.0 / 2.0;
    marks::side(out, network, picture, (middle, y + CELL.1 * 0.27), (&position.favour, true), &about);
    marks::side(out, network, picture, (middle, y + CELL.1 * 0.73), (&position.against, false), &about);
}

/// The sum of a row; without a tooltip, as the cells have theirs.
fn total(out: &mut String, network: &Network, (x, y): (f64, f64), position: &Position) {
    for (indexes, favour, place) in [(&position.favour, true, 0.27), (&position.against, false, 0.73)] {
        let units = network.units(indexes);
        if units == 0 {
            continue;
        }
        let number = units.to_string();
        let wide = 13.0 + width(&number, 11.5, false);
        let from = x + (CELL.0 - wide) * 0.5;
        marks::triangle(out, (from + 4.5, y + CELL.1 * place), 4.2, favour);
        text(out, (from + 12.0, y + CELL.1 * place + 4.0), 11.5, "ink", INK, "", &number);
    }
}

/// What is shown, in order.
struct Table {
    /// Nodes of issues, most said first.
    rows: Vec<usize>,
    /// Nodes of actors, side by side with those of their country or body.
    columns: Vec<usize>,
    /// By actor and issue.
    cells: BTreeMap<(usize, usize), Position>,
    /// By issue, of all actors, shown or not.
    sums: BTreeMap<usize, Position>,
    notes: Vec<String>,
}

impl Table {
    fn of(network: &Network, picture: &Picture) -> Self {
        let mut cells: BTreeMap<(usize, usize), Position> = BTreeMap::new();
        for edge in network.edges.iter().filter(|e| network.nodes[e.target].kind == NodeKind::Issue) {
            let position = cells.entry((edge.source, edge.target)).or_default();
            edge.evidence.iter().for_each(|&index| position.add(network, index));
        }
        cells.retain(|_, position| position.units(network) > 0);
        let mut of_issue: BTreeMap<usize, usize> = BTreeMap::new();
        let mut of_actor: BTreeMap<usize, usize> = BTreeMap::new();
        for ((actor, issue), position) in &cells {
            *of_issue.entry(*issue).or_default() += position.units(network);
            *of_actor.entry(*actor).or_default() += position.units(network);
        }
        let label = |node: usize| network.nodes[node].label.as_str();
        let ranked = |counts: &BTreeMap<usize, usize>, limit: usize| {
            let mut nodes: Vec<usize> = counts.keys().copied().collect();
            nodes.sort_by(|&a, &b| counts[&b].cmp(&counts[&a]).then_with(|| label(a).cmp(label(b))));
            nodes.truncate(limit);
            nodes
        };
        let mut rows = ranked(&of_issue, ISSUES);
        let telling = rows.iter().filter(|issue| of_issue[issue] > 1).count();
        rows.truncate(telling.max(FEW));
        let mut columns = ranked(&of_actor, picture.max_columns);
        let side = |node: usize| network.nodes[node].bloc.as_deref().unwrap_or(label(node));
        let mut of_side: BTreeMap<&str, usize> = BTreeMap::new();
        for &column in &columns {
            *of_side.entry(side(column)).or_default() += of_actor[&column];
        }
        columns.sort_by(|&a, &b| {
            let (x, y) = (side(a), side(b));
            of_side[y].cmp(&of_side[x]).then_with(|| x.cmp(y)).then_with(|| {
                // The country itself before those who speak for it.
                (label(a) != x, of_actor[&b], label(a)).cmp(&(label(b) != y, of_actor[&a], label(b)))
            })
        });
        let mut sums: BTreeMap<usize, Position> = BTreeMap::new();
        for ((_, issue), position) in &cells {
            sums.entry(*issue).or_default().join(position);
        }
        for position in sums.values_mut() {
            for list in [&mut position.favour, &mut position.against] {
                list.sort_unstable();
                list.dedup();
            }
        }
        // A row or column of which nothing is shown but its sum tells nothing.
        let shown: BTreeSet<usize> = columns.iter().copied().collect();
        rows.retain(|row| cells.keys().any(|(actor, issue)| issue == row && shown.contains(actor)));
        let shown: BTreeSet<usize> = rows.iter().copied().collect();
        columns.retain(|column| cells.keys().any(|(actor, issue)| actor == column && shown.contains(issue)));
        let mut notes = Vec::new();
        let (issues, actors) = (of_issue.len() - rows.len(), of_actor.len() - columns.len());
        let left: Vec<String> = [(issues, "issue"), (actors, "actor")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| plural(count, noun))
            .collect();
        if !left.is_empty() {
            notes.push(format!("Left out: {} with fewer statements; “all” counts every actor.", left.join(" and ")));
        }
        cells.retain(|(actor, issue), _| rows.contains(issue) && columns.contains(actor));
        Self { rows, columns, cells, sums, notes }
    }
}
