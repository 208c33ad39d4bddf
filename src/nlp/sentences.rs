//! Groups the tokens of one block into sentences, for news: initials, titles, "U.S.", quotations of several sentences.
//!
//! A heading or a list entry without full stop is one sentence. Closing quotation marks and brackets stay with the sentence that
//! they close. Start at [`sentences`].

use std::ops::Range;

use super::words::{CALENDAR, SAYING, STARTERS, TITLES};
use crate::span::Span;

/// Splits `tokens` of `text` into sentences: consecutive, non-empty ranges of token indices that cover all tokens.
pub fn sentences(text: &str, tokens: &[Span]) -> Vec<Range<usize>> {
    let reader = Reader { text, tokens };
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        let end = match reader.stop(at) {
            Stop::No => {
                at += 1;
                if at < tokens.len() && reader.blank_line(at) { at } else { continue }
            }
            stop => {
                let end = reader.close(at + 1);
                if !reader.ends(at, end, stop) {
                    at = end;
                    continue;
                }
                end
            }
        };
        out.push(start..end);
        start = end;
        at = end;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// How a token may end a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    No,
    /// A full stop of its own.
    Full,
    /// "!", "?" and groups with them.
    Loud,
    /// "..." and "…".
    Trailing,
    /// An abbreviation with its full stop.
    Abbreviation,
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Span],
}

impl Reader<'_> {
    fn token(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |s| s.of(self.text))
    }

    fn gap(&self, at: usize) -> &str {
        if at == 0 || at >= self.tokens.len() {
            return "";
        }
        self.text.get(self.tokens[at - 1].end..self.tokens[at].start).unwrap_or_default()
    }

    fn blank_line(&self, at: usize) -> bool {
        let gap = self.gap(at);
        gap.len() > 1 && (gap.matches('\n').count() > 1 || gap.contains('\u{2029}'))
    }

    fn stop(&self, at: usize) -> Stop {
        let token = self.token(at);
        match token {
            "." => return Stop::Full,
            "?" | "!" => return Stop::Loud,
            _ => {}
        }
        if !token.ends_with(['.', '!', '?', '…']) {
            return Stop::No;
        }
        if token.chars().all(|c| matches!(c, '.' | '!' | '?' | '…')) {
            return if token.contains(['!', '?']) { Stop::Loud } else { Stop::Trailing };
        }
        if token.ends_with('.') { Stop::Abbreviation } else { Stop::No }
    }

    /// Index after the closing marks that follow index `at`.
    fn close(&self, mut at: usize) -> usize {
        while at < self.tokens.len() {
            let glued = self.gap(at).is_empty();
            let closing = match self.token(at) {
                "”" | "»" | ")" | "]" | "}" | "’’" => true,
                "’" | "\"" | "'" | "''" => glued && self.quote_closes(at),
                _ => false,
            };
            if !closing || (!glued && self.blank_line(at)) {
                break;
            }
            at += 1;
        }
        at
    }

    /// A straight mark glued to what stands before it closes, unless a word is glued to it on the other side only by accident
    /// of a missing space: then it still closes when a mark was open.
    fn quote_closes(&self, at: usize) -> bool {
        let spaced_after = at + 1 >= self.tokens.len() || !self.gap(at + 1).is_empty();
        if spaced_after || !self.token(at + 1).starts_with(char::is_alphanumeric) {
            return true;
        }
        let mark = self.token(at);
        let from = at.saturating_sub(400);
        (from..at).filter(|&i| self.token(i) == mark).count() % 2 == 1
    }

    fn ends(&self, at: usize, end: usize, stop: Stop) -> bool {
        if end >= self.tokens.len() || self.blank_line(end) {
            return true;
        }
        // The first word after opening marks decides.
        let mut next = end;
        let mut opened = false;
        while next < self.tokens.len()
            && matches!(self.token(next), "“" | "\"" | "‘" | "'" | "``" | "(" | "[" | "«" | "‘‘" | "''")
        {
            opened = true;
            next += 1;
        }
        let Some(first) = self.token(next).chars().next() else { return true };
        let glued = self.gap(end).is_empty();
        let quoted = end > at + 1;
        match stop {
            Stop::No => false,
            _ if first.is_lowercase() => false,
            Stop::Full => {
                if glued && !opened && !quoted {
                    // "said.The": a lost space, but "3.Bd4" is not a sentence end.
                    return first.is_uppercase()
                        && self.token(at.saturating_sub(1)).chars().last().is_some_and(char::is_lowercase);
                }
                first.is_alphanumeric() || !matches!(first, ',' | ';' | ':' | '.' | '-' | '–' | '—' | '/' | '%')
            }
            Stop::Loud => {
                if !first.is_alphanumeric() {
                    return !matches!(first, ',' | ';' | ':' | '-' | '–' | '—' | '.' | '/');
                }
                !(quoted && self.says(next))
            }
            Stop::Trailing => {
                (first.is_uppercase() || opened)
                    && !(quoted && self.says(next))
                    && (quoted || !glued)
                    && self.token(next) != "I"
            }
            Stop::Abbreviation => self.abbreviation_ends(at, next, quoted, opened),
        }
    }

    fn abbreviation_ends(&self, at: usize, next: usize, quoted: bool, opened: bool) -> bool {
        let token = self.token(at);
        let lower = token.to_lowercase();
        let word = self.token(next);
        let title = word.chars().next().is_some_and(char::is_uppercase);
        if token.chars().count() == 2
            || TITLES.contains(&lower.as_str())
            || token.starts_with(|c: char| c.is_ascii_digit())
        {
            return false;
        }
        if quoted {
            return title;
        }
        let starter = STARTERS.contains(&word);
        if matches!(
            lower.as_str(),
            "a.m." | "p.m." | "etc." | "u.s." | "u.k." | "u.n." | "e.u." | "d.c." | "u.a.e." | "u.s.s.r."
        ) || lower.matches('.').count() > 1
        {
            return if matches!(lower.as_str(), "a.m." | "p.m." | "etc.") {
                title && (opened || !CALENDAR.contains(&word))
            } else {
                starter
            };
        }
        // "Inc.", "Corp.", "Jr.", "Calif.": a new sentence only before a word that rarely follows a name.
        starter
    }

    /// Whether a short run of names from `at` is followed by a verb of saying: `"Why?" Mr. Roe asked.`
    fn says(&self, at: usize) -> bool {
        for i in at..(at + 6).min(self.tokens.len()) {
            let word = self.token(i);
            if SAYING.contains(&word) {
                return true;
            }
            if !(word.chars().next().is_some_and(char::is_uppercase)
                || matches!(word, "'s" | "’s" | "of" | "the" | "de" | "al" | "-"))
            {
                return false;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::tokens::tokens;

    fn split(text: &str) -> Vec<&str> {
        let cut = tokens(text);
        sentences(text, &cut).into_iter().map(|r| &text[cut[r.start].start..cut[r.end - 1].end]).collect()
    }

    #[test]
    fn news_sentences() {
        assert_eq!(
            split("Mr. J. Roe of the U.S. Senate spoke at 5 p.m. Monday. He left the U.S. The end."),
            ["Mr. J. Roe of the U.S. Senate spoke at 5 p.m. Monday.", "He left the U.S.", "The end."]
        );
        assert_eq!(
            split("“We agree. We sign,” she said. “Never!” Roe said. \"Why now?\" they asked. 'No.' (He left.) Next"),
            [
                "“We agree.",
                "We sign,” she said.",
                "“Never!” Roe said.",
                "\"Why now?\" they asked.",
                "'No.'",
                "(He left.)",
                "Next"
            ]
        );
        assert_eq!(split("Talks resume in Geneva"), ["Talks resume in Geneva"]);
        assert_eq!(
            split("They left.The others stayed ... and waited… “Good.”"),
            ["They left.", "The others stayed ... and waited…", "“Good.”"]
        );
        assert!(split("").is_empty());
    }
}
