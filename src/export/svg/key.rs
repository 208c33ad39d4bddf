//! The key beneath a picture: what each numbered edge says.

use super::scene::{Scene, Words, ranked, tally};
use crate::export::text::{one_line, shorten, width, wrap};

pub(super) const SIZE: f64 = 11.5;
pub(super) const LEADING: f64 = 15.0;

/// A line of the key's column.
pub(super) enum Row {
    /// Name of the actor that the entries below go out from.
    Heading(String),
    /// Number, class and colour of the edge; lines of text; how many characters of the first line are set in bold.
    Entry { number: usize, class: &'static str, colour: &'static str, lines: Vec<String>, bold: usize, link: String },
}

impl Row {
    fn height(&self) -> f64 {
        match self {
            Self::Heading(_) => LEADING + 9.0,
            Self::Entry { lines, .. } => lines.len() as f64 * LEADING + 4.0,
        }
    }
}

/// The rows in columns of the given width and number, as even as can be.
pub(super) fn columns(scene: &Scene<'_>, wide: f64, count: usize) -> (Vec<Vec<(f64, Row)>>, f64) {
    let rows = rows(scene, wide);
    if rows.is_empty() {
        return (Vec::new(), 0.0);
    }
    let total: f64 = rows.iter().map(Row::height).sum();
    let heights: Vec<f64> = rows.iter().map(Row::height).collect();
    let headings: Vec<bool> = rows.iter().map(|row| matches!(row, Row::Heading(_))).collect();
    // The lowest limit that fits the wanted number of columns.
    let mut limit = total / count as f64;
    while split(&heights, &headings, limit).len() > count {
        limit += 8.0;
    }
    let starts = split(&heights, &headings, limit);
    let mut columns: Vec<Vec<(f64, Row)>> = Vec::new();
    let (mut y, mut tallest) = (0.0, 0.0_f64);
    let mut group = String::new();
    for (index, row) in rows.into_iter().enumerate() {
        let begins = starts.contains(&index);
        if begins {
            columns.push(Vec::new());
            y = 0.0;
        }
        match &row {
            Row::Heading(name) => group.clone_from(name),
            Row::Entry { .. } if begins => {
                let again = Row::Heading(format!("{group} (continued)"));
                y = again.height();
                if let Some(column) = columns.last_mut() {
                    column.push((0.0, again));
                }
            }
            Row::Entry { .. } => {}
        }
        let height = heights[index];
        if let Some(column) = columns.last_mut() {
            column.push((y, row));
        }
        y += height;
        tallest = tallest.max(y);
    }
    (columns, tallest)
}

/// Indexes of the rows that begin a column; a heading stays with its first entry.
fn split(heights: &[f64], headings: &[bool], limit: f64) -> Vec<usize> {
    let mut starts = vec![0];
    let mut y = 0.0;
    for index in 0..heights.len() {
        let needed =
            if headings[index] { heights[index] + heights.get(index + 1).unwrap_or(&0.0) } else { heights[index] };
        if y > 0.0 && y + needed > limit {
            starts.push(index);
            y = 0.0;
        }
        y += heights[index];
    }
    starts
}

fn rows(scene: &Scene<'_>, wide: f64) -> Vec<Row> {
    let network = scene.network;
    let mut numbered: Vec<_> = scene
        .lines
        .iter()
        .filter_map(|line| match line.label.as_ref()?.words {
            Words::Number(number) => Some((number, line)),
            Words::Lines(_) => None,
        })
        .collect();
    numbered.sort_by_key(|(number, _)| *number);
    let mut rows = Vec::new();
    let mut last = None;
    for (number, line) in numbered {
        let edge = line.edge;
        if last != Some(edge.source) {
            // With room for "(continued)".
            rows.push(Row::Heading(wrap(&network.nodes[edge.source].label, 12.5, true, wide - 84.0, 1).concat()));
            last = Some(edge.source);
        }
        let head = format!("{} {}", edge.relation.phrase(), one_line(&network.nodes[edge.target].label));
        let mut text = head.clone();
        text.push_str(&tally(network, edge));
        let told = ranked(network, edge);
        let limit = if told.len() > 1 { 80 } else { 120 };
        let mut passages: Vec<String> = Vec::new();
        for statement in told {
            let words = format!("“{}”", shorten(&unquoted(&statement.passage), limit));
            if passages.len() < 2 && passages.iter().all(|other| !alike(other, &words)) {
                passages.push(words);
            }
        }
        text.push_str(": ");
        text.push_str(&passages.join("; "));
        if edge.reported == edge.evidence.len() {
            text.push_str(" – as others report");
        }
        let lines = wrap(&text, SIZE, false, wide - 34.0 - (width(&head, SIZE, true) - width(&head, SIZE, false)), 4);
        rows.push(Row::Entry {
            number,
            class: line.style.class,
            colour: line.style.colour,
            lines,
            bold: head.chars().count(),
            link: edge.id.clone(),
        });
    }
    rows
}

/// Whether one of the two passages tells nothing that the other does not: case and punctuation aside, it stands in it.
fn alike(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let (one, other) = (letters(one), letters(other));
    one.contains(&other) || other.contains(&one)
}

/// Without double quotation marks, which the key sets itself.
fn unquoted(text: &str) -> String {
    text.replace(['“', '”', '"'], "")
}
