//! Stretches inside of a paragraph that belong to the page: the pop-up of a linked name, flattened into the sentence, and
//! pointers to other articles in brackets.
//!
//! `President SmithJohn A. SmithFirst headline Second headline MORE said …`: after the name its long form, the headlines of other
//! articles, and the word "MORE". `… he said. (RELATED: Headline Of Another Article)`.

use crate::span::Span;

/// The word that ends a pop-up.
const END: &str = "MORE";

/// Longest pop-up, in bytes.
const REACH: usize = 800;

/// What begins a pointer to another article, behind its bracket.
const POINTERS: [&str; 6] = ["RELATED:", "READ:", "READ MORE:", "SEE ALSO:", "ALSO READ:", "WATCH:"];

/// The interruptions of a paragraph, in text order, without overlaps; positions are bytes of `text`.
///
/// # Example
/// ```
/// use demarche::corpus::interruptions;
/// let text = "President SmithJohn A. SmithRivals meet again Polls close MORE said he would go.";
/// let found = interruptions(text);
/// assert_eq!(&text[found[0].start..found[0].end], "John A. SmithRivals meet again Polls close MORE");
/// ```
pub fn interruptions(text: &str) -> Vec<Span> {
    let mut out = pop_ups(text);
    out.extend(
        pointers(text)
            .filter(|pointer| out.iter().all(|o| o.end <= pointer.start || pointer.end <= o.start))
            .collect::<Vec<_>>(),
    );
    out.sort_by_key(|span| span.start);
    out
}

/// Pointers to other articles, brackets included.
fn pointers(text: &str) -> impl Iterator<Item = Span> {
    text.match_indices('(').filter_map(move |(at, _)| {
        let inside = &text[at + 1..];
        let end = inside.find(')').filter(|&end| end <= REACH)?;
        POINTERS.iter().any(|p| inside[..end].starts_with(p)).then(|| Span::new(at, at + 1 + end + 1))
    })
}

/// The pop-ups of linked names.
fn pop_ups(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(END) {
        let end = at + END.len();
        let alone = text[..at].ends_with(char::is_whitespace)
            && text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if !alone || at < from {
            continue;
        }
        let mut low = from.max(at.saturating_sub(REACH));
        while !text.is_char_boundary(low) {
            low += 1;
        }
        if let Some(start) = start_of(&text[low..at]) {
            out.push(Span::new(low + start, end));
        }
        from = end;
    }
    out
}

/// Where the pop-up begins: behind a name whose last word comes again, glued to what follows.
fn start_of(text: &str) -> Option<usize> {
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        let glued =
            previous.is_lowercase() && (c.is_uppercase() || c.is_numeric() || matches!(c, '\'' | '‘' | '"' | '“'));
        previous = c;
        if !glued {
            continue;
        }
        let name = word_before(text, at);
        if name.chars().count() < 3 || !name.starts_with(char::is_uppercase) {
            continue;
        }
        // The same word before, with nothing but the long form of the name between.
        let Some(earlier) = text[..at - name.len()].rfind(name) else { continue };
        let begins = text[..earlier].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let between = &text[earlier + name.len()..at - name.len()];
        let words: Vec<&str> = between.split_whitespace().collect();
        let long_form = (1..=5).contains(&words.len())
            && words.iter().all(|w| w.trim_start_matches(['(', '"', '“']).starts_with(char::is_uppercase));
        if begins && long_form {
            return Some(earlier + name.len() + between.len() - between.trim_start().len());
        }
    }
    None
}

/// The letters that end at a position, back to the last small-to-capital border or non-letter (`McBride` stays whole).
fn word_before(text: &str, at: usize) -> &str {
    let start =
        text[..at].char_indices().rev().take_while(|(_, c)| c.is_alphabetic() || matches!(c, '-' | '’' | '\'')).last();
    start.map_or("", |(i, _)| &text[i..at])
}

#[cfg(test)]
mod tests {
    use super::interruptions;

    fn without(text: &str) -> String {
        let mut out = String::new();
        let mut from = 0;
        for span in interruptions(text) {
            out.push_str(&text[from..span.start]);
            from = span.end;
        }
        out + &text[from..]
    }

    #[test]
    fn pop_ups_go() {
        assert_eq!(
            without("Sen. Ann KleinAnn Maria KleinMayors split on tax MORE (Ohio) said."),
            "Sen. Ann Klein (Ohio) said."
        );
        assert_eq!(without("Speaker McBrideNoel (Jo) McBride5 things to know MORE spoke."), "Speaker McBride spoke.");
        assert_eq!(
            without("Sen. Klein Ann Maria KleinMayors split MORE and Gov. StoneEd StoneLaw passes MORE met."),
            "Sen. Klein  and Gov. Stone met."
        );
    }

    #[test]
    fn pointers_go() {
        assert_eq!(without("He left. (RELATED: Mayor Resigns) Then"), "He left.  Then");
        assert_eq!(without("He left. (READ MORE: Mayor Resigns)"), "He left. ");
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "He left (related: he was ill).",
            "We want MORE of it.",
            "The McDonald family wants MORE.",
            "TrumpDonald is no name.",
            "MORE",
            "",
        ] {
            assert!(interruptions(text).is_empty(), "{text}");
        }
    }
}
