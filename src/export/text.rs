//! Words in pictures and files: escaping, shortening, measuring, breaking into lines.

/// Text for XML and HTML: the five special characters as entities, and U+FFFD for characters that XML forbids.
///
/// ```
/// use demarche::export::text::xml;
/// assert_eq!(xml("<a> & \"b\"\u{1}"), "&lt;a&gt; &amp; &quot;b&quot;\u{fffd}");
/// ```
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            // A bare carriage return would be read back as a line feed.
            '\r' => out.push_str("&#13;"),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// As [`xml`], for attribute values: line breaks and tabs survive as references.
pub fn xml_attribute(text: &str) -> String {
    xml(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// The text on one line, every run of white space one space, control characters dropped.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !c.is_control()));
    }
    out
}

/// The address of an article with the passage to be found in it, as browsers take it; `None` where the address is not of the web.
///
/// # References
///
/// WICG: URL Fragment Text Directives, <https://wicg.github.io/scroll-to-text-fragment/>.
///
/// ```
/// use demarche::export::text::passage_url;
/// assert_eq!(passage_url("https://a.example/1", "no, never").as_deref(), Some("https://a.example/1#:~:text=no%2C%20never"));
/// assert_eq!(passage_url("file:///etc/passwd", "no"), None);
/// ```
pub fn passage_url(url: &str, passage: &str) -> Option<String> {
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return None;
    }
    let line = one_line(passage);
    let words: Vec<&str> = line.split(' ').collect();
    // A long passage by how it begins and ends.
    let find = if words.len() > 10 {
        format!("{},{}", percent(&words[..5].join(" ")), percent(&words[words.len() - 4..].join(" ")))
    } else {
        percent(&line)
    };
    let hash = if url.contains('#') { "" } else { "#" };
    Some(format!("{url}{hash}:~:text={find}"))
}

/// Everything but letters and digits of ASCII as `%XX`.
fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Words that a shortened text must not end with.
const LOOSE: &[&str] = &[
    "a", "an", "and", "as", "at", "be", "but", "by", "for", "from", "her", "his", "if", "in", "into", "is", "it",
    "its", "no", "not", "of", "on", "or", "over", "than", "that", "the", "their", "this", "to", "under", "until",
    "was", "were", "which", "who", "will", "with", "would",
];

/// The beginning of the text, on one line, in at most `limit` characters, cut between words and marked with "…".
///
/// ```
/// use demarche::export::text::shorten;
/// assert_eq!(shorten("withdraw all troops to the line of contact", 24), "withdraw all troops…");
/// assert_eq!(shorten("two\nlines", 24), "two lines");
/// ```
pub fn shorten(text: &str, limit: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= limit {
        return line;
    }
    let mut words: Vec<&str> = Vec::new();
    let mut length = 1;
    for word in line.split(' ') {
        length += word.chars().count() + usize::from(!words.is_empty());
        if length > limit {
            break;
        }
        words.push(word);
    }
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    while words.len() > 1 && words.last().is_some_and(|word| LOOSE.contains(&bare(word).as_str())) {
        words.pop();
    }
    if words.is_empty() {
        let head: String = line.chars().take(limit.saturating_sub(1)).collect();
        return head + "…";
    }
    words.join(" ").trim_end_matches([',', ';', ':', '-', '–', '—', '.']).to_owned() + "…"
}

/// Advance widths of ASCII 32 to 126 in thousandths of the font size, as in Helvetica and the fonts made to its measure.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// Width of a line of text in pixels, as wide as `DejaVu` Sans sets it: where a Linux machine has no Helvetica nor a font of its measure, that one
/// stands in.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: f64 = text
        .chars()
        .map(|c| match c {
            ' '..='~' => f64::from(WIDTHS[c as usize - 32]),
            '…' | '—' => 1000.0,
            '‘' | '’' => 222.0,
            '“' | '”' => 333.0,
            c if is_combining(c) => 0.0,
            c if is_wide(c) => 1000.0,
            c if c.is_uppercase() => 720.0,
            _ => 580.0,
        })
        .sum();
    thousandths / 1000.0 * size * if bold { 1.25 } else { 1.13 }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}')
}

/// Breaks a text into at most `lines` lines no wider than `limit` pixels; what does not fit is cut with "…".
pub fn wrap(text: &str, size: f64, bold: bool, limit: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut cut = false;
    for word in one_line(text).split(' ') {
        let mut rest = word.to_owned();
        while !rest.is_empty() {
            if let Some(last) = out.last_mut() {
                let joined = format!("{last} {rest}");
                if width(&joined, size, bold) <= limit {
                    *last = joined;
                    break;
                }
            }
            if out.len() == lines {
                cut = true;
                break;
            }
            let (head, tail) = split_to(&rest, size, bold, limit);
            out.push(head);
            rest = tail;
        }
        if cut {
            break;
        }
    }
    if cut && let Some(last) = out.last_mut() {
        while width(&format!("{last}…"), size, bold) > limit && last.pop().is_some() {}
        let tidy = last.trim_end_matches([' ', ',', ';', ':', '.']).len();
        last.truncate(tidy);
        last.push('…');
    }
    out
}

/// The part of a word that fits the limit, and the rest of it.
fn split_to(word: &str, size: f64, bold: bool, limit: f64) -> (String, String) {
    if width(word, size, bold) <= limit {
        return (word.to_owned(), String::new());
    }
    let mut end = 0;
    for (at, c) in word.char_indices() {
        let next = at + c.len_utf8();
        if end > 0 && width(&word[..next], size, bold) > limit {
            break;
        }
        end = next;
    }
    (word[..end].to_owned(), word[end..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_nothing_unsaid() {
        let text = "Neutrality, guarantees and a ceasefire Donaudampfschifffahrtsgesellschaftskapitän";
        let lines = wrap(text, 12.0, false, 120.0, 9);
        assert!(lines.iter().all(|line| width(line, 12.0, false) <= 120.0), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        assert!(wrap(text, 12.0, false, 120.0, 2)[1].ends_with('…'));
        assert!(wrap("", 12.0, false, 120.0, 2).concat().is_empty());
    }
}
