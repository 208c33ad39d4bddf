//! CSV after RFC 4180: comma, double quotes doubled, CRLF only where a cell holds it, UTF-8 without a byte-order mark.

/// One line, with its line end.
///
/// ```
/// use demarche::export::csv::line;
/// assert_eq!(line(["a", "b,c", "say \"no\""]), "a,\"b,c\",\"say \"\"no\"\"\"\n");
/// ```
pub fn line<I, S>(cells: I) -> String
where
    I: IntoIterator<Item = S>,
    S: AsRef<str>,
{
    let mut out = String::new();
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let cell = cell.as_ref();
        let needs_quotes = cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ');
        if needs_quotes {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
    out
}
