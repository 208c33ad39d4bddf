//! Bullets and numbers in front of list entries.

use super::lines::is_blank;

/// Signs that are bullets wherever a line opens with them.
const SIGNS: &[char] =
    &['•', '·', '▪', '▫', '■', '□', '◦', '‣', '⁃', '●', '○', '∙', '►', '▶', '➤', '✓', '✔', '◆', '◇', '\u{f0b7}'];
/// Signs that are bullets when white space follows.
const DASHES: &[char] = &['-', '–', '—', '*', '+', '−', '»', '>'];

/// Length in bytes of the bullet that `line` opens with, the white space after it included; `None` without one or with nothing after it.
pub(super) fn bullet(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let mark = if SIGNS.contains(&first) {
        first.len_utf8()
    } else if DASHES.contains(&first) {
        let run = line.len() - line.trim_start_matches(first).len();
        if run > 2 * first.len_utf8() {
            return None;
        }
        spaced(line, run)?
    } else {
        spaced(line, number(line)?)?
    };
    let entry = line[mark..].trim_start_matches(is_blank);
    entry.chars().any(char::is_alphanumeric).then_some(line.len() - entry.len())
}

/// `mark`, if white space follows it.
fn spaced(line: &str, mark: usize) -> Option<usize> {
    line[mark..].starts_with(is_blank).then_some(mark)
}

/// Length of "3.", "12)", "(4)", "(b)", "c)" at the start; not of a year.
fn number(line: &str) -> Option<usize> {
    let bracket = usize::from(line.starts_with('('));
    let inner = &line[bracket..];
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let letter = inner.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    let (count, ends): (usize, &[u8]) = match digits {
        1 | 2 => (digits, if bracket == 1 { b")" } else { b".)" }),
        0 if letter => (1, b")"),
        _ => return None,
    };
    let end = inner.as_bytes().get(count)?;
    ends.contains(end).then_some(bracket + count + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_are_found_and_left() {
        let entry = |line: &'static str| bullet(line).map(|n| &line[n..]);
        for line in [
            "• one",
            "•one",
            "- one",
            "– one",
            "* one",
            "-- one",
            "1. one",
            "12) one",
            "(3) one",
            "(b) one",
            "·\u{a0}one",
        ] {
            assert_eq!(entry(line), Some("one"), "{line}");
        }
        for line in
            ["-one", "--", "---", "2016. Then", "one - two", "1.5 million", "(CNN) one", "—", "* * *", "A. Smith"]
        {
            assert_eq!(entry(line), None, "{line}");
        }
    }
}
