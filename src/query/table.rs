//! A table of terms: what a SELECT query gives, typed, and as text for people.

use oxigraph::model::{NamedNodeRef, Term};

use crate::graph::vocab;

/// Rows of terms under named columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows; each has a cell for each column, `None` where the query left it unbound.
    pub rows: Vec<Vec<Option<Term>>>,
    /// Whether rows were cut off by the limit.
    pub cut: bool,
}

impl Table {
    /// The cell of a row, by name of the column; `None` where it is empty or there is no such column.
    pub fn get(&self, row: usize, column: &str) -> Option<&Term> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.rows.get(row)?.get(at)?.as_ref()
    }

    /// The cell's text: value of a literal, IRI with its prefix (`claim:9c1e…`); empty where the cell is.
    ///
    /// ```
    /// use demarche::query::Table;
    /// use oxigraph::model::NamedNode;
    /// let iri = NamedNode::new_unchecked("https://w3id.org/demarche/id/claim/9c1e");
    /// let table = Table { columns: vec!["claim".into()], rows: vec![vec![Some(iri.into())]], cut: false };
    /// assert_eq!(table.text(0, "claim"), "claim:9c1e");
    /// ```
    pub fn text(&self, row: usize, column: &str) -> String {
        self.get(row, column).map(cell).unwrap_or_default()
    }

    /// The cell's number; `None` where it is none.
    pub fn number(&self, row: usize, column: &str) -> Option<i64> {
        match self.get(row, column)? {
            Term::Literal(literal) => literal.value().parse().ok(),
            Term::NamedNode(_) | Term::BlankNode(_) => None,
        }
    }

    /// All cells as texts, row by row.
    pub fn texts(&self) -> Vec<Vec<String>> {
        self.rows
            .iter()
            .map(|row| row.iter().map(|term| term.as_ref().map(cell).unwrap_or_default()).collect())
            .collect()
    }

    /// The table as lines of at most `width` characters for a terminal, the widest columns of text shortened with "…"; `None` shortens nothing.
    pub fn to_lines(&self, width: Option<usize>) -> Vec<String> {
        let mut cells = vec![self.columns.clone()];
        cells.extend(self.texts());
        for cell in cells.iter_mut().flatten() {
            if cell.contains(char::is_control) {
                *cell = cell.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            }
        }
        let mut widths: Vec<usize> = (0..self.columns.len())
            .map(|column| cells.iter().map(|row| columns_of(&row[column])).max().unwrap_or(0))
            .collect();
        if let Some(width) = width {
            let prose: Vec<bool> = (0..self.columns.len()).map(|column| self.is_prose(column)).collect();
            shrink(&mut widths, &prose, width);
        }
        let right: Vec<bool> = (0..self.columns.len()).map(|column| self.is_numeric(column)).collect();
        cells
            .iter()
            .map(|row| {
                let mut line = String::new();
                for (column, cell) in row.iter().enumerate() {
                    let cell = shorten(cell, widths[column]);
                    let pad = widths[column].saturating_sub(columns_of(&cell));
                    let (before, after) = if right[column] { (pad, 0) } else { (0, pad) };
                    line.extend(std::iter::repeat_n(' ', before));
                    line.push_str(&cell);
                    line.extend(std::iter::repeat_n(' ', after + GAP));
                }
                line.truncate(line.trim_end().len());
                line
            })
            .collect()
    }

    /// Whether a column holds running text: what is left of an identifier or a date that was cut is of no use.
    fn is_prose(&self, column: usize) -> bool {
        self.rows.iter().filter_map(|row| row[column].as_ref()).any(|term| match term {
            Term::Literal(literal) => {
                literal.datatype() == oxigraph::model::vocab::xsd::STRING || literal.language().is_some()
            }
            Term::NamedNode(_) | Term::BlankNode(_) => false,
        })
    }

    fn is_numeric(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().filter_map(|row| row[column].as_ref()).peekable();
        cells.peek().is_some()
            && cells.all(|term| match term {
                Term::Literal(literal) => {
                    literal.datatype() != oxigraph::model::vocab::xsd::STRING && literal.value().parse::<f64>().is_ok()
                }
                Term::NamedNode(_) | Term::BlankNode(_) => false,
            })
    }
}

/// Spaces between columns.
const GAP: usize = 2;

fn cell(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => short(node.as_ref()),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

/// The IRI with the prefix that leaves the least, where the rest is a plain name; else whole.
fn short(iri: NamedNodeRef<'_>) -> String {
    let plain =
        |rest: &str| !rest.is_empty() && rest.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    vocab::PREFIXES
        .iter()
        .filter_map(|(prefix, base)| Some((prefix, iri.as_str().strip_prefix(base)?)))
        .filter(|(_, rest)| plain(rest))
        .min_by_key(|(_, rest)| rest.len())
        .map_or_else(|| iri.as_str().to_owned(), |(prefix, rest)| format!("{prefix}:{rest}"))
}

/// Columns that a text takes on a terminal: wide East Asian characters take two, combining marks none.
fn columns_of(text: &str) -> usize {
    text.chars()
        .map(|c| match u32::from(c) {
            0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
            0x1100..=0x115F
            | 0x2E80..=0xA4CF
            | 0xAC00..=0xD7A3
            | 0xF900..=0xFAFF
            | 0xFE30..=0xFE6F
            | 0xFF00..=0xFF60
            | 0xFFE0..=0xFFE6
            | 0x1F300..=0x1FAFF
            | 0x20000..=0x3FFFD => 2,
            _ => 1,
        })
        .sum()
}

fn shorten(text: &str, width: usize) -> String {
    if columns_of(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let next = columns_of(c.encode_utf8(&mut [0; 4]));
        if used + next + 1 > width {
            break;
        }
        used += next;
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Takes from the widest column, down to 8, until the line fits: from text first, from identifiers and dates only where that is not enough.
fn shrink(widths: &mut [usize], prose: &[bool], line: usize) {
    const LEAST: usize = 8;
    let gaps = GAP * widths.len().saturating_sub(1);
    for text_only in [true, false] {
        while widths.iter().sum::<usize>() + gaps > line {
            let open = widths.iter_mut().zip(prose).filter(|(width, prose)| **width > LEAST && (**prose || !text_only));
            let Some((widest, _)) = open.max_by_key(|(width, _)| **width) else { break };
            *widest -= 1;
        }
    }
}
