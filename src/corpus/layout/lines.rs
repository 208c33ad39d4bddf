//! Lines of a text, and which of them one paragraph holds.

use crate::span::Span;

/// What counts as white space in layout: Unicode's white space, and the characters that show nothing (byte-order mark, zero-width space).
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

/// The part of `span` without white space at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start_matches(is_blank).len());
    let end = span.start + inner.trim_end_matches(is_blank).len();
    Span::new(start.min(end.max(span.start)), end)
}

/// A line that shows something.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// Its text without surrounding white space.
    span: Span,
    /// Length in characters.
    length: usize,
    /// Whether an empty line, or nothing, stands before it.
    opens: bool,
    /// Whether it is set in further than the line before it.
    indented: bool,
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut start = 0;
    let mut opens = true;
    let mut indent_before = 0;
    let mut cut = |start: usize, end: usize, opens: &mut bool| {
        let span = trim(text, Span::new(start, end));
        if span.is_empty() {
            *opens = true;
        } else {
            let indent = text[start..span.start].chars().filter(|c| *c != '\u{feff}').count();
            let line =
                Line { span, length: span.of(text).chars().count(), opens: *opens, indented: indent > indent_before };
            indent_before = indent;
            found.push(line);
            *opens = false;
        }
    };
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if !is_break(c) {
            continue;
        }
        cut(start, at, &mut opens);
        start = at + c.len_utf8();
        if c == '\r'
            && let Some((_, '\n')) = rest.peek()
        {
            rest.next();
            start += 1;
        }
    }
    cut(start, text.len(), &mut opens);
    found
}

/// Lines up to this many characters can be the product of wrapping.
const WIDEST: usize = 130;
/// Lines shorter than this are never the product of wrapping.
const NARROWEST: usize = 40;
/// Share of line ends that must fall where a wrapping program would put them.
const WRAPPED: f64 = 0.6;

/// Whether `next` did not fit behind `line` in a column of `width` characters.
fn is_full(text: &str, line: Line, next: Line, width: usize) -> bool {
    let word = next.span.of(text).split(is_blank).next().unwrap_or_default();
    line.length + 1 + word.chars().count() > width
}

/// Width of the column that the text is wrapped to, or `None` where each line is a paragraph.
fn column(text: &str, lines: &[Line]) -> Option<usize> {
    let inner = || lines.windows(2).filter(|pair| !pair[1].opens);
    let mut lengths: Vec<usize> = inner().map(|pair| pair[0].length).collect();
    lengths.sort_unstable();
    // A few lines run over: addresses, tables. They do not set the width.
    let width = *lengths.get(lengths.len().saturating_sub(1 + lengths.len() / 20))?;
    if lengths.len() < 2 || !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let full = inner().filter(|pair| is_full(text, pair[0], pair[1], width)).count();
    (full as f64 >= WRAPPED * lengths.len() as f64).then_some(width)
}

/// The paragraphs of a text: single lines, or lines that a program wrapped, joined again. In text order, without surrounding white space.
pub(super) fn paragraphs(text: &str, begins_item: impl Fn(&str) -> bool) -> Vec<Span> {
    let lines = lines(text);
    let Some(width) = column(text, &lines) else {
        return lines.iter().map(|line| line.span).collect();
    };
    let mut found: Vec<Span> = Vec::new();
    let mut item = false;
    for (n, &line) in lines.iter().enumerate() {
        let starts = begins_item(line.span.of(text));
        // Within a list entry, lines are set in below the bullet; elsewhere, an indent opens a paragraph.
        let joins =
            !line.opens && !starts && n > 0 && is_full(text, lines[n - 1], line, width) && (item || !line.indented);
        match found.last_mut() {
            Some(last) if joins => last.end = line.span.end,
            _ => {
                item = starts;
                found.push(line.span);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        paragraphs(text, |line| line.starts_with("- ")).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn every_line_end_counts() {
        assert_eq!(
            cut("\u{feff}One\r\nTwo\rThree\n\u{a0}\nFour\u{2028}Five "),
            ["One", "Two", "Three", "Four", "Five"]
        );
        assert_eq!(cut(" \r\n\u{feff}"), [""; 0]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The ministers met for the third time in as many\nweeks on Monday and left without an agreement,\nwhile their deputies stayed behind to work.\nA second paragraph follows without a blank line\nand ends.\n\n- the first entry of the list goes on over two\n  lines as well\n- the second does not\n";
        assert_eq!(
            cut(text),
            [
                "The ministers met for the third time in as many\nweeks on Monday and left without an agreement,\nwhile their deputies stayed behind to work.",
                "A second paragraph follows without a blank line\nand ends.",
                "- the first entry of the list goes on over two\n  lines as well",
                "- the second does not",
            ]
        );
    }

    #[test]
    fn short_lines_are_paragraphs() {
        assert_eq!(
            cut("Talks resumed.\nNobody expected it.\nThe mood was calm."),
            ["Talks resumed.", "Nobody expected it.", "The mood was calm."]
        );
    }
}
