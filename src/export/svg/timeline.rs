//! Positions over time: for each issue the actors who take a side, a lane each, with a mark where they speak for it or against it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;

use super::calendar::Axis;
use super::frame::{INK, PAD, RULE, Rows, SOFT, document, heading, notes, text};
use super::marks::{self, Position};
use super::{Picture, n};
use crate::export::text::{one_line, shorten, width};
use crate::network::{Network, NodeKind, Weight, plural};

/// Height of a lane.
const LANE: f64 = 34.0;
/// Height of the line that names an issue.
const GROUP: f64 = 26.0;
const NAME_SIZE: f64 = 12.0;
const FAINT: &str = "#e6e9ed";

/// Draws a network of stances as a timeline with at most [`Picture::max_lanes`] lanes, [`Picture::max_lanes_of_issue`] for each issue.
pub fn timeline(network: &Network, picture: &Picture) -> String {
    let title = picture.title.clone().unwrap_or_else(|| "Positions over time".to_owned());
    let chart = Chart::of(network, picture);
    let Some(axis) = &chart.axis else {
        let wide: f64 = 560.0;
        let mut body = String::new();
        let y = heading(&mut body, picture, &title, "No dated position.", wide - PAD * 2.0);
        text(
            &mut body,
            (PAD, y + 24.0),
            13.0,
            "soft",
            SOFT,
            "",
            "Nobody is for or against a known issue on a known day.",
        );
        let y = notes(&mut body, chart.notes.iter().chain(&network.notes), y + 40.0, wide - PAD * 2.0);
        return document(picture, &title, "No dated position.", (wide, y + PAD * 0.5), &body);
    };
    let shown = chart.groups.iter().flat_map(|g| &g.lanes).map(|lane| lane.actor).collect::<BTreeSet<_>>().len();
    let mut subtitle =
        format!("{} and {}, by {}", plural(chart.groups.len(), "issue"), plural(shown, "actor"), axis.unit());
    if let Some((first, last)) = chart.days {
        let _ = if first == last { write!(subtitle, ", {first}") } else { write!(subtitle, ", {first} to {last}") };
    }
    subtitle.push('.');

    let names: Vec<Vec<(String, String)>> = chart
        .groups
        .iter()
        .map(|group| {
            let of = |actor: usize| &network.nodes[actor];
            group
                .lanes
                .iter()
                .map(|l| marks::name(&of(l.actor).label, of(l.actor).bloc.as_deref(), NAME_SIZE, 220.0))
                .collect()
        })
        .collect();
    let left = names.iter().flatten().map(|name| marks::name_width(name, NAME_SIZE)).fold(120.0, f64::max) + 26.0;
    let part = (940.0 / axis.starts.len() as f64).clamp(28.0, 72.0);
    let drawing = left + part * axis.starts.len() as f64;
    let wide = (drawing + PAD * 2.0).max(if picture.inline { 420.0 } else { 560.0 });
    let inner = wide - PAD * 2.0;

    let mut body = String::new();
    let mut y = heading(&mut body, picture, &title, &subtitle, inner);
    body.push_str("<g class=\"legend\">\n");
    let mut rows = Rows::new(inner);
    let unit = if network.unit == Weight::Once { "" } else { network.unit.as_str() };
    marks::legend(&mut body, &mut rows, unit, &mut y);
    for (name, change, there) in [("speaks again", false, chart.again), ("changes sides", true, chart.changes)] {
        if there {
            let x = rows.named(&mut body, 30.0, name, &mut y);
            between(&mut body, (x, x + 30.0), y + 7.0, change);
        }
    }
    body.push_str("</g>\n");
    y += 64.0;

    let (x0, top) = (PAD + left, y);
    let right = x0 + part * axis.starts.len() as f64;
    let bottom = top + chart.groups.iter().map(|g| GROUP + g.lanes.len() as f64 * LANE).sum::<f64>();
    grid(&mut body, axis, (x0, part), (top, bottom));
    for (group, names) in chart.groups.iter().zip(&names) {
        let _ = writeln!(
            body,
            "<path class=\"soft-line\" d=\"M{} {}H{}\" stroke=\"{RULE}\" stroke-width=\"1\"/>",
            n(PAD),
            n(y),
            n(right)
        );
        let issue = one_line(&network.nodes[group.issue].label);
        let bold = "font-weight=\"700\"";
        text(&mut body, (PAD, y + 18.0), 13.0, "ink", INK, bold, &shorten(&issue, 60));
        y += GROUP;
        for (lane, name) in group.lanes.iter().zip(names) {
            let middle = y + LANE / 2.0;
            // To find one's way from the name to its marks.
            let _ = writeln!(
                body,
                "<path class=\"soft-line faint\" d=\"M{} {}H{}\" stroke=\"{FAINT}\" stroke-width=\"0.8\"/>",
                n(x0),
                n(middle),
                n(right)
            );
            marks::write_name(&mut body, (PAD + 12.0, middle + 4.0), NAME_SIZE, "", name);
            draw(&mut body, network, picture, lane, (&issue, axis), (x0, part, middle));
            y += LANE;
        }
    }
    let y = notes(&mut body, chart.notes.iter().chain(&network.notes), bottom + 40.0, inner);
    document(picture, &title, &subtitle, (wide, y + PAD * 0.5), &body)
}

/// The line from one mark of a lane to the next.
fn between(out: &mut String, (from, to): (f64, f64), y: f64, change: bool) {
    let look = if change {
        format!("stroke=\"{INK}\" stroke-width=\"2.2\" stroke-dasharray=\"2 3\"")
    } else {
        format!("stroke=\"{SOFT}\" stroke-width=\"1\"")
    };
    let class = if change { "ink-line" } else { "soft-line" };
    let _ = writeln!(out, "<path class=\"{class}\" d=\"M{} {}H{}\" fill=\"none\" {look}/>", n(from), n(y), n(to));
}

fn draw(
    out: &mut String,
    network: &Network,
    picture: &Picture,
    lane: &Lane,
    (issue, axis): (&str, &Axis),
    (x0, part, y): (f64, f64, f64),
) {
    let middle = |place: usize| x0 + (place as f64 + 0.5) * part;
    let mut last: Option<(usize, i64)> = None;
    for (&place, position) in &lane.marks {
        let balance = position.balance(network).signum();
        if let Some((before, side)) = last {
            between(out, (middle(before), middle(place)), y, side * balance < 0);
        }
        // Where as much is said for as against, the side before it stands.
        let side = last.map_or(0, |(_, side)| side);
        last = Some((place, if balance == 0 { side } else { balance }));
    }
    let actor = one_line(&network.nodes[lane.actor].label);
    for (&place, position) in &lane.marks {
        let about = format!("{actor} on {issue}, {}", when(axis, place));
        marks::side(out, network, picture, (middle(place), y - 8.0), (&position.favour, true), &about);
        marks::side(out, network, picture, (middle(place), y + 8.0), (&position.against, false), &about);
    }
}

fn when(axis: &Axis, place: usize) -> String {
    match axis.group(place) {
        Some((long, _)) => format!("{} {long}", axis.label(place)),
        None => axis.label(place),
    }
}

/// Lines between the parts, with their names and those of several together above and below.
fn grid(out: &mut String, axis: &Axis, (x0, part): (f64, f64), (top, bottom): (f64, f64)) {
    let count = axis.starts.len();
    let mut group: Option<(usize, (String, String))> = None;
    let name = |out: &mut String, from: usize, to: usize, (long, short): &(String, String)| {
        let room = (to - from) as f64 * part - 4.0;
        if let Some(words) = [long, short].into_iter().find(|words| width(words, 11.0, true) <= room) {
            let x = x0 + from as f64 * part + 3.0;
            for y in [top - 22.0, bottom + 31.0] {
                text(out, (x, y), 11.0, "ink", INK, "font-weight=\"700\"", words);
            }
        }
    };
    for place in 0..count {
        let x = x0 + place as f64 * part;
        let names = axis.group(place);
        let begins = names.as_ref() != group.as_ref().map(|(_, names)| names);
        if begins {
            if let Some((from, names)) = &group {
                name(out, *from, place, names);
            }
            group = names.map(|names| (place, names));
        }
        let (colour, foot, class) =
            if begins { ("#8b9096", 34.0, "soft-line") } else { (FAINT, 0.0, "soft-line faint") };
        let _ = writeln!(
            out,
            "<path class=\"{class}\" d=\"M{} {}V{}\" stroke=\"{colour}\" stroke-width=\"0.8\"/>",
            n(x),
            n(top - foot),
            n(bottom + foot)
        );
        for y in [top - 6.0, bottom + 15.0] {
            let at = (x + part / 2.0, y);
            text(out, at, 10.5, "soft", SOFT, "text-anchor=\"middle\"", &axis.label(place));
        }
    }
    if let Some((from, names)) = &group {
        name(out, *from, count, names);
    }
    for y in [top, bottom] {
        let _ = writeln!(
            out,
            "<path class=\"soft-line\" d=\"M{} {}H{}\" stroke=\"#8b9096\" stroke-width=\"0.8\"/>",
            n(x0),
            n(y),
            n(x0 + part * count as f64)
        );
    }
}

/// An actor on an issue.
struct Lane {
    actor: usize,
    /// By part of the axis.
    marks: BTreeMap<usize, Position>,
}

struct Group {
    issue: usize,
    lanes: Vec<Lane>,
}

/// What is shown, in order.
struct Chart {
    axis: Option<Axis>,
    groups: Vec<Group>,
    days: Option<(Date, Date)>,
    /// Whether anybody shown speaks again on the same issue.
    again: bool,
    /// Whether anybody shown changes sides.
    changes: bool,
    notes: Vec<String>,
}

impl Chart {
    fn of(network: &Network, picture: &Picture) -> Self {
        let day = |index: usize| network.statements.get(index)?.date.as_deref()?.parse::<Date>().ok();
        let edges = || network.edges.iter().filter(|e| network.nodes[e.target].kind == NodeKind::Issue);
        let all: BTreeSet<usize> = edges().flat_map(|e| e.evidence.iter().copied()).collect();
        let axis = Axis::of(all.iter().filter_map(|&index| day(index)));
        let mut chart = Self { axis, groups: Vec::new(), days: None, again: false, changes: false, notes: Vec::new() };
        let undated = all.iter().filter(|&&index| day(index).is_none()).count();
        if undated > 0 {
            chart.notes.push(format!("Not drawn: {} without a day.", plural(undated, "statement")));
        }
        let Some(axis) = &chart.axis else { return chart };
        let mut issues: BTreeMap<usize, (usize, Vec<Lane>)> = BTreeMap::new();
        for edge in edges() {
            let mut marks: BTreeMap<usize, Position> = BTreeMap::new();
            for &index in &edge.evidence {
                let Some(day) = day(index) else { continue };
                marks.entry(axis.place(day)).or_default().add(network, index);
            }
            marks.retain(|_, position| position.units(network) > 0);
            if marks.is_empty() {
                continue;
            }
            let units: usize = marks.values().map(|position| position.units(network)).sum();
            let issue = issues.entry(edge.target).or_default();
            issue.0 += units;
            issue.1.push(Lane { actor: edge.source, marks });
        }
        let label = |node: usize| network.nodes[node].label.as_str();
        let mut order: Vec<(usize, usize, Vec<Lane>)> =
            issues.into_iter().map(|(issue, (units, lanes))| (issue, units, lanes)).collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| label(a.0).cmp(label(b.0))));
        let mut left = picture.max_lanes;
        // Left out for the limit of one issue, and for that of the whole picture.
        let (mut of_issue, mut of_all) = (0, 0);
        for (issue, _, mut lanes) in order {
            let count = |lane: &Lane| lane.marks.values().map(|p| p.units(network)).sum::<usize>();
            // Who speaks on several days tells more than who speaks much on one.
            lanes.sort_by(|a, b| {
                (b.marks.len(), count(b))
                    .cmp(&(a.marks.len(), count(a)))
                    .then_with(|| label(a.actor).cmp(label(b.actor)))
            });
            let most = lanes.len().min(picture.max_lanes_of_issue);
            let keep = most.min(left);
            of_issue += lanes.len() - most;
            of_all += most - keep;
            lanes.truncate(keep);
            left -= keep;
            if !lanes.is_empty() {
                chart.groups.push(Group { issue, lanes });
            }
        }
        chart.again = chart.groups.iter().flat_map(|g| &g.lanes).any(|lane| lane.marks.len() > 1);
        chart.changes = chart.groups.iter().flat_map(|g| &g.lanes).any(|lane| {
            let sides = lane.marks.values().map(|p| p.balance(network).signum()).filter(|&side| side != 0);
            let sides: Vec<i64> = sides.collect();
            sides.windows(2).any(|pair| pair[0] != pair[1])
        });
        if of_issue > 0 {
            chart.notes.push(format!(
                "Left out: {} of actors on issues, of those who speak on the fewest days: no more than {} for one \
                 issue.",
                plural(of_issue, "lane"),
                picture.max_lanes_of_issue
            ));
        }
        if of_all > 0 {
            chart.notes.push(format!(
                "Left out: {} of actors on issues with fewer statements, or who speak on fewer days: no more than {} in \
                 all.",
                plural(of_all, "lane"),
                picture.max_lanes
            ));
        }
        let days = || all.iter().filter_map(|&index| day(index));
        chart.days = days().min().zip(days().max());
        chart
    }
}
