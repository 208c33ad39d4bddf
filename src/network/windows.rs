//! The same network week by week, month by month: moving windows.
//!
//! Start at [`windows`]; [`merge`] lays the networks of all windows over one another, for files with a time line.
//!
//! # References
//!
//! P. Leifeld: Reconceptualizing Major Policy Change in the Advocacy Coalition Framework: A Discourse Network Analysis of German Pension Politics
//! (2013), <https://doi.org/10.1111/psj.12007>, for networks by period; the moving windows are those of Discourse Network Analyzer, without its
//! kernels: within its window every statement weighs the same.

use std::collections::BTreeMap;
use std::fmt;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::model::{Edge, Network, Node};
use super::options::Options;
use super::statement::Statement;
use crate::diag::{Error, Result};

/// No more windows than this, so that a day's step over a century asks back.
const MOST: usize = 5000;

/// A length of time: how long a window is, or how far it moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    count: u16,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Length {
    /// A length in words: a whole number of days, weeks, months or years.
    ///
    /// ```
    /// use demarche::network::Length;
    /// assert_eq!(Length::parse("2w").unwrap().to_string(), "2 weeks");
    /// assert_eq!(Length::parse("month").unwrap().to_string(), "1 month");
    /// assert!(Length::parse("0 days").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// Another unit, or a number that is not from 1 to 1000.
    pub fn parse(text: &str) -> Result<Self> {
        let bad = || {
            let why =
                "write a whole number from 1 to 1000 and a unit, such as `7 days`, `2 weeks`, `1 month`, `1 year`";
            Error::invalid("length of time", text, why)
        };
        let trimmed = text.trim();
        let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = trimmed.split_at(digits);
        let count = if number.is_empty() { 1 } else { number.parse::<u16>().map_err(|_| bad())? };
        let unit = match unit.trim().to_ascii_lowercase().as_str() {
            "d" | "day" | "days" => Unit::Day,
            "w" | "week" | "weeks" => Unit::Week,
            "m" | "month" | "months" => Unit::Month,
            "y" | "year" | "years" => Unit::Year,
            _ => return Err(bad()),
        };
        if (1..=1000).contains(&count) { Ok(Self { count, unit }) } else { Err(bad()) }
    }

    /// The day so many of its units after another.
    fn units_after(self, day: Date, units: usize) -> Option<Date> {
        let count = i64::try_from(units).ok()?;
        let span = match self.unit {
            Unit::Day => jiff::Span::new().try_days(count),
            Unit::Week => jiff::Span::new().try_weeks(count),
            Unit::Month => jiff::Span::new().try_months(count),
            Unit::Year => jiff::Span::new().try_years(count),
        };
        day.checked_add(span.ok()?).ok()
    }

    /// The first day of the week, month or year that holds the day.
    fn align(self, day: Date) -> Date {
        let aligned = match self.unit {
            Unit::Day => return day,
            Unit::Week => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok(),
            Unit::Month => Date::new(day.year(), day.month(), 1).ok(),
            Unit::Year => Date::new(day.year(), 1, 1).ok(),
        };
        aligned.unwrap_or(day)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        f.write_str(&super::plural(usize::from(self.count), name))
    }
}

/// A stretch of days, both ends inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// First day: `2025-03-01`.
    pub from: String,
    /// Last day.
    pub until: String,
}

impl Window {
    /// The options for the network of this window alone.
    pub fn options(&self, options: &Options) -> Options {
        Options { from: Some(self.from.clone()), until: Some(self.until.clone()), ..options.clone() }
    }
}

/// Windows of that length over all dated statements, each so much later than the one before; empty where no statement has a day.
///
/// They begin on [`Options::from`] or else on the first day of the week, month or year of the first statement (by the unit of `step`), and the
/// last one reaches [`Options::until`] or the last statement. With a step shorter than the window they overlap; with a longer one they leave gaps.
///
/// # Errors
///
/// A day of the options that is none, or more than 5000 windows.
pub fn windows(statements: &[Statement], options: &Options, length: Length, step: Length) -> Result<Vec<Window>> {
    let day = |text: &str| {
        text.parse::<Date>().map_err(|_| Error::invalid("day", text, "write a day of the calendar as `2025-03-31`"))
    };
    let from = options.from.as_deref().map(day).transpose()?;
    let until = options.until.as_deref().map(day).transpose()?;
    let dated = || statements.iter().filter_map(|s| s.date.as_deref()?.parse::<Date>().ok());
    let (first, last) = (from.or_else(|| dated().min().map(|day| step.align(day))), until.or_else(|| dated().max()));
    let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for number in 0.. {
        let steps = number * usize::from(step.count);
        let Some(start) = step.units_after(first, steps) else { break };
        let long = usize::from(length.count);
        // In the same unit counted from the first day, so that a month after 31 January and 28 February ends before 31 March.
        let next = if step.unit == length.unit {
            step.units_after(first, steps + long)
        } else {
            length.units_after(start, long)
        };
        let Some(next) = next else { break };
        if start > last {
            break;
        }
        if all.len() == MOST {
            let why =
                format!("it gives more than {MOST} windows; choose a longer step, or days by `since` and `until`");
            return Err(Error::invalid("step", step.to_string(), why));
        }
        let end = next.yesterday().unwrap_or(next);
        all.push(Window { from: start.to_string(), until: end.to_string() });
        if end >= last {
            break;
        }
    }
    Ok(all)
}

/// The networks of several windows as one: every node and edge that is in any of them, with all statements. The weight of an edge is the one
/// furthest from zero. Ids of nodes and edges stay.
pub fn merge(networks: &[Network]) -> Option<Network> {
    let model = networks.first()?;
    let mut statements: BTreeMap<(&str, &str), &Statement> = BTreeMap::new();
    let mut nodes: BTreeMap<&str, Node> = BTreeMap::new();
    for network in networks {
        for statement in &network.statements {
            statements.insert((&statement.article.id, &statement.claim), statement);
        }
        for node in &network.nodes {
            let known = nodes.entry(&node.id).or_insert_with(|| node.clone());
            known.count = known.count.max(node.count);
        }
    }
    let mut statements: Vec<Statement> = statements.into_values().cloned().collect();
    statements.sort_by(|a, b| {
        let key = |s: &Statement| (s.date.clone(), s.article.id.clone(), s.start, s.end, s.claim.clone());
        key(a).cmp(&key(b))
    });
    let place: BTreeMap<(&str, &str), usize> =
        statements.iter().enumerate().map(|(i, s)| ((s.article.id.as_str(), s.claim.as_str()), i)).collect();
    let node: BTreeMap<&str, usize> = nodes.keys().enumerate().map(|(i, id)| (*id, i)).collect();
    let mut edges: BTreeMap<&str, Edge> = BTreeMap::new();
    for network in networks {
        for edge in &network.edges {
            let ends = (&network.nodes[edge.source].id, &network.nodes[edge.target].id);
            let (Some(&source), Some(&target)) = (node.get(ends.0.as_str()), node.get(ends.1.as_str())) else {
                continue;
            };
            let evidence =
                network.evidence(edge).filter_map(|s| place.get(&(s.article.id.as_str(), s.claim.as_str())).copied());
            let known =
                edges.entry(&edge.id).or_insert_with(|| Edge { source, target, evidence: Vec::new(), ..edge.clone() });
            known.evidence.extend(evidence);
            if edge.weight.abs() > known.weight.abs() {
                known.weight = edge.weight;
            }
        }
    }
    let mut edges: Vec<Edge> = edges
        .into_values()
        .map(|edge| {
            let evidence = edge.evidence.iter().copied().collect();
            let ends = (edge.source, edge.target);
            super::build::edge(edge.id, ends, edge.relation, edge.weight, &evidence, &statements)
        })
        .collect();
    edges.sort_by_key(|edge| (edge.source, edge.target, edge.relation));
    let nodes: Vec<Node> = nodes.into_values().collect();
    Some(Network { nodes, edges, statements, notes: Vec::new(), ..model.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, until: &str, length: &str, step: &str) -> Vec<String> {
        let options = Options { from: Some(from.to_owned()), until: Some(until.to_owned()), ..Options::default() };
        let [length, step] = [length, step].map(|text| Length::parse(text).expect("a length"));
        let windows = windows(&[], &options, length, step).expect("windows");
        windows.into_iter().map(|w| format!("{} {}", w.from, w.until)).collect()
    }

    #[test]
    fn windows_follow_the_calendar() {
        let months = ["2025-01-31 2025-02-27", "2025-02-28 2025-03-30", "2025-03-31 2025-04-29"];
        assert_eq!(days("2025-01-31", "2025-04-02", "1 month", "1 month"), months);
        assert_eq!(days("2024-12-30", "2025-01-12", "1w", "1w"), ["2024-12-30 2025-01-05", "2025-01-06 2025-01-12"]);
        // Overlapping, and the last one reaches the end.
        assert_eq!(
            days("2025-01-01", "2025-01-09", "7 days", "2 days"),
            ["2025-01-01 2025-01-07", "2025-01-03 2025-01-09"]
        );
        // Gaps.
        assert_eq!(days("2025-01-01", "2025-03-01", "1 day", "1 month").len(), 3);
        assert!(days("2025-01-02", "2025-01-01", "1 day", "1 day").is_empty());
    }

    #[test]
    fn windows_are_not_without_end() {
        let options =
            Options { from: Some("1900-01-01".into()), until: Some("2025-01-01".into()), ..Options::default() };
        let day = Length::parse("day").expect("a length");
        assert!(windows(&[], &options, day, day).is_err());
        assert!(windows(&[], &Options { from: Some("2025-13-01".into()), ..Options::default() }, day, day).is_err());
        assert!(windows(&[], &Options::default(), day, day).expect("none").is_empty());
    }
}
