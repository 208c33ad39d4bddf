//! Cuts a stretch of text into tokens by the conventions of Universal Dependencies for English (EWT and GUM, release 2.16).
//!
//! Every token is a span of the text, so nothing is lost or rewritten; what lies between tokens is white space or invisible.
//! It does not find sentences. Start at [`tokens`].

use unicode_normalization::char::is_combining_mark;

use super::words::{ALWAYS, CAPITALISED, DAYS, DOMAINS, JOINED_NOT, NUMBERED, PREFIXES, STARTERS, STATES, UNITS};
use crate::span::Span;

/// The tokens of `text`, in order, without overlaps; offsets count from the start of `text`.
///
/// Clitics are cut off ("do|n't", "Kyiv|'s", "can|not"), hyphens between words are tokens unless they follow a prefix
/// ("peace|-|keeping", but "non-nuclear"), abbreviations keep their full stop, numbers keep their separators.
///
/// # References
/// Silveira et al. 2014, "A Gold Standard Dependency Corpus for English"; Zeldes 2017, "The GUM Corpus".
pub fn tokens(text: &str) -> Vec<Span> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut cutter = Cutter { text, chars: &chars, out: Vec::with_capacity(text.len() / 5 + 1) };
    let mut at = 0;
    while at < chars.len() {
        if is_space(chars[at].1) {
            at += 1;
            continue;
        }
        let end = (at..chars.len()).find(|&i| is_space(chars[i].1)).unwrap_or(chars.len());
        cutter.chunk(at, end);
        at = end;
    }
    cutter.out
}

/// White space for our purpose: Unicode white space (no-break spaces included) and control characters.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Characters without width or sound of their own: they never make a token and never end a word.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c) || c == '_'
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | 'ʼ')
}

struct Cutter<'a> {
    text: &'a str,
    chars: &'a [(usize, char)],
    out: Vec<Span>,
}

impl Cutter<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|c| c.1)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |c| c.0)
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        &self.text[self.byte(from)..self.byte(to)]
    }

    /// Lower case with straight apostrophes and without invisible characters.
    fn lower(&self, from: usize, to: usize) -> String {
        self.chars[from..to]
            .iter()
            .filter(|c| !is_invisible(c.1))
            .flat_map(|c| if is_apostrophe(c.1) { '\'' } else { c.1 }.to_lowercase())
            .collect()
    }

    fn shouted(&self, from: usize, to: usize) -> bool {
        to - from > 1 && self.chars[from..to].iter().all(|c| c.1.is_uppercase())
    }

    fn push(&mut self, mut from: usize, mut to: usize) {
        while from < to && is_invisible(self.chars[from].1) {
            from += 1;
        }
        while from < to
            && is_invisible(self.chars[to - 1].1)
            && !matches!(self.chars[to - 1].1, '\u{fe00}'..='\u{fe0f}')
        {
            to -= 1;
        }
        if from < to {
            self.out.push(Span::new(self.byte(from), self.byte(to)));
        }
    }

    /// One stretch without white space.
    fn chunk(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let c = self.chars[at].1;
            let end = if let Some(end) = self.address(at, to) {
                end
            } else if let Some(end) = self.elision(at, to) {
                end
            } else if is_word(c) {
                self.word(at, to)
            } else {
                let end = self.mark(at, to);
                self.push(at, end);
                end
            };
            at = end.max(at + 1);
        }
    }

    /// Web and mail addresses, handles and tags, whole.
    fn address(&mut self, at: usize, to: usize) -> Option<usize> {
        let c = self.chars[at].1;
        let next = (at + 1 < to).then(|| self.chars[at + 1].1);
        if matches!(c, '@' | '#') && next.is_some_and(|n| n.is_alphabetic() || n == '_') {
            let before_word = at > 0 && is_word(self.chars[at - 1].1);
            let end = (at + 1..to).find(|&i| !is_word(self.chars[i].1)).unwrap_or(to);
            if !before_word {
                self.push(at, end);
                return Some(end);
            }
        }
        if !c.is_ascii_alphanumeric() {
            return None;
        }
        let starts = |prefix: &str| {
            self.text.get(self.byte(at)..self.byte(at) + prefix.len()).is_some_and(|s| s.eq_ignore_ascii_case(prefix))
        };
        let web = ["http://", "https://", "www.", "ftp://", "mailto:"].into_iter().any(starts);
        let mut end = to;
        if !web {
            let name =
                (at..to).find(|&i| !(self.chars[i].1.is_ascii_alphanumeric() || "._%+-".contains(self.chars[i].1)))?;
            if self.chars[name].1 != '@' {
                return None;
            }
            end = (name + 1..to)
                .find(|&i| !(self.chars[i].1.is_ascii_alphanumeric() || ".-".contains(self.chars[i].1)))
                .unwrap_or(to);
            if end == name + 1 {
                return None;
            }
        }
        while end > at + 1
            && matches!(
                self.chars[end - 1].1,
                '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '"' | '\'' | '”' | '’' | '>' | '»'
            )
        {
            end -= 1;
        }
        self.push(at, end);
        Some(end)
    }

    /// "'em", "'til", "’70s": an apostrophe that begins a word.
    fn elision(&mut self, at: usize, to: usize) -> Option<usize> {
        if !is_apostrophe(self.chars[at].1) || (at > 0 && is_word(self.chars[at - 1].1)) {
            return None;
        }
        let end = (at + 1..to).find(|&i| !is_word(self.chars[i].1)).unwrap_or(to);
        let closed = self.char(end).is_some_and(is_apostrophe);
        let rest = self.lower(at + 1, end);
        let digits = rest.trim_end_matches('s');
        let year = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        if !closed && (year || matches!(rest.as_str(), "em" | "til" | "cause" | "cuz" | "n" | "bout" | "round")) {
            self.push(at, end);
            return Some(end);
        }
        None
    }

    /// A token that begins with a character that is not part of a word. Gives its end.
    fn mark(&self, at: usize, to: usize) -> usize {
        let c = self.chars[at].1;
        let run = |of: &dyn Fn(char) -> bool| (at..to).find(|&i| !of(self.chars[i].1)).unwrap_or(to);
        if matches!(c, ':' | ';' | '=' | '(' | '^' | '<')
            && (at == 0 || self.chars.get(at - 1).is_none_or(|p| is_space(p.1)))
        {
            let end = (at..to).rev().find(|&i| !matches!(self.chars[i].1, '.' | ',')).map_or(at, |i| i + 1);
            if matches!(
                self.slice(at, end),
                ":)" | ":(" | ":-)" | ":-(" | ";)" | ";-)" | ":D" | ":P" | "=)" | "(:" | ":/" | "<3" | "^_^"
            ) {
                return end;
            }
        }
        if c == '[' {
            let inner = (at + 1..to).find(|&i| !matches!(self.chars[i].1, '.' | '…')).unwrap_or(to);
            if inner > at + 1 && inner < to && self.chars[inner].1 == ']' {
                return inner + 1;
            }
        }
        match c {
            '.' | '!' | '?' | '…' => run(&|d| matches!(d, '.' | '!' | '?' | '…')),
            '-' | '=' | '*' | '~' | '+' | '#' | '<' | '>' | '_' => run(&|d| d == c),
            '\'' | '’' | '‘' | '`' if self.char(at + 1) == Some(c) && at + 1 < to => at + 2,
            _ if c.is_ascii() || is_plain_punctuation(c) => at + 1,
            _ => self.pictograph(at, to),
        }
    }

    /// One user-perceived symbol: an emoji with its modifiers, a flag, a family joined by zero-width joiners.
    fn pictograph(&self, at: usize, to: usize) -> usize {
        let flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
        let mut end = at + 1;
        if flag(self.chars[at].1) && end < to && flag(self.chars[end].1) {
            end += 1;
        }
        while end < to {
            let c = self.chars[end].1;
            if matches!(c, '\u{1f3fb}'..='\u{1f3ff}') || is_combining_mark(c) || is_invisible(c) {
                end += 1;
                if c == '\u{200d}' && end < to && !is_word(self.chars[end].1) {
                    end += 1;
                }
            } else {
                break;
            }
        }
        end
    }

    /// A word with all that clings to it; pushes one or several tokens. Gives the end.
    fn word(&mut self, at: usize, to: usize) -> usize {
        let end = self.word_end(at, to);
        if self.char(end) == Some('$')
            && end < to
            && matches!(self.slice(at, end), "US" | "C" | "A" | "HK" | "NZ" | "S" | "NT")
        {
            self.push(at, end + 1);
            return end + 1;
        }
        if end < to && self.chars[end].1 == '.' && self.keeps_stop(at, end, to) {
            let amount = self.amount(at, end + 1);
            self.push(at, amount);
            self.push(amount, end + 1);
            return end + 1;
        }
        self.clitics(at, end);
        end
    }

    fn segment_end(&self, at: usize, to: usize) -> usize {
        (at..to).find(|&i| !is_word(self.chars[i].1)).unwrap_or(to)
    }

    /// Where the word that starts at `at` ends, before clitics are cut off.
    fn word_end(&self, at: usize, to: usize) -> usize {
        let digits = |from: usize, to: usize| from < to && self.chars[from..to].iter().all(|c| c.1.is_numeric());
        let mut segment = at;
        let mut end = self.segment_end(at, to);
        while end + 1 < to && self.chars[end + 1].1.is_alphanumeric() {
            let next = self.segment_end(end + 1, to);
            let (left, right) = (self.chars[end - 1].1, self.chars[end + 1].1);
            let numbers = left.is_numeric() && right.is_numeric();
            let joined = match self.chars[end].1 {
                '.' => numbers || self.dotted(at, segment, end, next, to),
                c if is_apostrophe(c) => left.is_alphanumeric(),
                ',' => numbers && digits(end + 1, next) && next - end == 4,
                ':' => numbers && digits(segment, end) && end - segment <= 2 && next - end == 3,
                '/' => numbers || (end - at == 1 && next - end <= 3 && left.is_alphabetic() && right.is_alphabetic()),
                '&' => {
                    end - segment <= 4
                        && next - end <= 3
                        && self.chars[segment..end]
                            .iter()
                            .chain(&self.chars[end + 1..next])
                            .all(|c| c.1.is_uppercase() || c.1 == 'l' || c.1 == 'p')
                }
                '-' if digits(segment, end) && digits(end + 1, next) => {
                    let whole = self.chars[at..segment].iter().all(|c| c.1.is_numeric() || c.1 == '-');
                    self.digit_groups(if whole { at } else { segment }, to)
                }
                '-' => {
                    segment == at
                        && !self.shouted(segment, end)
                        && PREFIXES.contains(&self.lower(segment, end).as_str())
                }
                _ => false,
            };
            if !joined {
                break;
            }
            segment = end + 1;
            end = next;
        }
        end
    }

    /// Whether the full stop at `end`, between two parts without space, belongs inside a word: "U.S", "Ph.D", "e.g", "example.org".
    fn dotted(&self, at: usize, segment: usize, end: usize, next: usize, to: usize) -> bool {
        let letter = |from: usize, to: usize| to - from == 1 && self.chars[from].1.is_alphabetic();
        let stop_after = next < to && self.chars[next].1 == '.';
        if letter(segment, end) && letter(end + 1, next) {
            return true;
        }
        if letter(segment, end) && self.chars[segment].1.is_uppercase() && stop_after && next - end <= 3 {
            return true;
        }
        let left = self.lower(at, end);
        let right = self.lower(end + 1, next);
        if left == "ph" && right == "d" {
            return true;
        }
        let capital = self.chars[end + 1].1.is_uppercase() && !self.chars[end - 1].1.is_uppercase();
        let last = next >= to
            || !matches!(self.chars[next].1, '.')
            || next + 1 >= to
            || !self.chars[next + 1].1.is_alphanumeric();
        let known = DOMAINS.contains(&right.as_str());
        !capital && (known || !last && is_domain_tail(&self.lower(end + 1, to)))
    }

    /// Telephone numbers and dates in digits stay whole; ranges are cut.
    fn digit_groups(&self, from: usize, to: usize) -> bool {
        let mut lengths = vec![0];
        for &(_, c) in &self.chars[from..to] {
            match c {
                c if c.is_numeric() => {
                    if let Some(last) = lengths.last_mut() {
                        *last += 1;
                    }
                }
                '-' => lengths.push(0),
                _ => break,
            }
        }
        if lengths.last() == Some(&0) {
            lengths.pop();
        }
        lengths.len() >= 3 || lengths == [3, 4]
    }

    /// End of the number in "5m", "9pm", "10km", "3p.m."; `from` itself where there is no unit glued to a number.
    fn amount(&self, from: usize, to: usize) -> usize {
        let unit = (from..to).find(|&i| self.chars[i].1.is_alphabetic()).unwrap_or(from);
        if unit == from || !self.chars[from..unit].iter().all(|c| c.1.is_numeric() || matches!(c.1, '.' | ',' | ':')) {
            return from;
        }
        let rest: String = self.slice(unit, to).chars().filter(|&c| c != '.').collect();
        let known = UNITS.contains(&rest.as_str());
        if known { unit } else { from }
    }

    /// Cuts contractions off the end of the word and pushes all parts.
    fn clitics(&mut self, at: usize, end: usize) {
        let amount = self.amount(at, end);
        if amount > at {
            self.push(at, amount);
            self.push(amount, end);
            return;
        }
        let has_apostrophe = self.chars[at..end].iter().any(|c| is_apostrophe(c.1));
        if !has_apostrophe {
            let cuts = if self.shouted(at, end) { &[][..] } else { contraction(&self.lower(at, end)) };
            let mut from = at;
            for &cut in cuts {
                if from + cut < end {
                    self.push(from, from + cut);
                    from += cut;
                }
            }
            self.push(from, end);
            return;
        }
        let mut cuts = vec![end];
        let mut stem = end;
        loop {
            let lower = self.lower(at, stem);
            let cut = ["n't", "'s", "'m", "'d", "'re", "'ve", "'ll"]
                .into_iter()
                .find(|c| lower.len() > c.len() && lower.ends_with(*c));
            let Some(cut) = cut else { break };
            let mut from = stem;
            let mut left = cut.len();
            while left > 0 && from > at {
                from -= 1;
                left -= usize::from(!is_invisible(self.chars[from].1));
            }
            let decade = cut == "'s" && self.chars[at].1.is_numeric() && self.chars[from - 1].1 == '0';
            if decade || from == at {
                break;
            }
            cuts.push(from);
            stem = from;
        }
        let lower = self.lower(at, stem);
        if lower == "y'all" {
            cuts.push(at + 2);
        } else if lower == "c'mon" {
            cuts.push(at + 3);
        }
        let mut from = at;
        for &cut in cuts.iter().rev() {
            self.push(from, cut);
            from = cut;
        }
    }

    /// Whether the full stop at `end` belongs to the word from `at` to `end`.
    fn keeps_stop(&self, at: usize, end: usize, to: usize) -> bool {
        let after = self.char(end + 1);
        if end + 1 < to && matches!(after, Some('.' | '!' | '?' | '…')) && self.char(end + 1) == Some('.') {
            return false;
        }
        let word = self.slice(at, end);
        let first = self.chars[at].1;
        if word.contains('.') {
            return !word.contains('@')
                && word.split('.').all(|part| part.chars().count() <= 3)
                && word.chars().any(char::is_alphabetic)
                && word.split('.').any(|p| p.chars().count() == 1 && p.chars().all(char::is_alphabetic));
        }
        let next = (end + 1..self.chars.len()).map(|i| self.chars[i].1).find(|&c| !is_space(c));
        let spaced = after.is_none_or(is_space);
        let digit_next = next.is_some_and(char::is_numeric);
        let previous = self.out.last().map_or("", |s| s.of(self.text));
        let lower = self.lower(at, end);
        if end - at == 1 && first.is_alphabetic() {
            if !first.is_uppercase() {
                return spaced && digit_next && matches!(first, 'p' | 'c' | 'b' | 'd');
            }
            let initial_next = next.is_some_and(char::is_uppercase);
            let name_next = (end + 1..self.chars.len()).find(|&i| !is_space(self.chars[i].1)).is_some_and(|i| {
                let word = self.slice(i, self.segment_end(i, self.chars.len()));
                word.chars().count() > 1 && !STARTERS.contains(&word)
            });
            let after_name = name_next
                || previous.chars().next().is_none_or(|c| !c.is_lowercase() && !c.is_numeric() || previous.len() <= 2);
            let pair = (end + 1..self.chars.len())
                .find(|&i| !is_space(self.chars[i].1))
                .is_some_and(|i| self.char(i + 1) == Some('.'));
            return initial_next && if first == 'I' { pair } else { after_name };
        }
        let title = first.is_uppercase();
        match abbreviation(&lower) {
            Abbreviation::Always => true,
            Abbreviation::Title => title,
            Abbreviation::BeforeDigit => digit_next,
            Abbreviation::Day => title && (digit_next || next == Some(',')),
            Abbreviation::AfterComma => title && previous == ",",
            Abbreviation::AfterEt => previous.eq_ignore_ascii_case("et"),
            Abbreviation::None => {
                // A list number that opens the stretch: "1. Withdraw the troops".
                at == 0
                    && end - at <= 2
                    && self.chars[..end].iter().all(|c| c.1.is_ascii_digit())
                    && spaced
                    && next.is_some_and(char::is_alphabetic)
            }
        }
    }
}

fn is_plain_punctuation(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{bf}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}')
}

fn is_domain_tail(s: &str) -> bool {
    s.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-')).next().is_some_and(|host| {
        [".com", ".org", ".net", ".gov", ".edu", ".int", ".uk", ".eu", ".info"]
            .iter()
            .any(|tail| host.trim_end_matches('.').ends_with(tail))
    })
}

/// Lengths, in characters, of the first parts of a contraction written without apostrophe.
fn contraction(lower: &str) -> &'static [usize] {
    match lower {
        "cannot" | "gonna" | "lemme" | "gimme" | "wanna" | "gotta" | "youre" | "youve" => &[3],
        "thats" | "whats" | "theyre" | "theyve" => &[4],
        "cant" | "dont" | "aint" => &[2],
        "im" | "ive" => &[1],
        "dunno" => &[2, 1],
        _ if JOINED_NOT.contains(&lower) => match lower.len() {
            5 => &[3],
            6 => &[4],
            _ => &[5],
        },
        _ => &[],
    }
}

enum Abbreviation {
    Always,
    Title,
    BeforeDigit,
    Day,
    AfterComma,
    AfterEt,
    None,
}

/// How a word followed by a full stop is read.
fn abbreviation(lower: &str) -> Abbreviation {
    match lower {
        _ if ALWAYS.contains(&lower) => Abbreviation::Always,
        _ if CAPITALISED.contains(&lower) => Abbreviation::Title,
        _ if NUMBERED.contains(&lower) => Abbreviation::BeforeDigit,
        _ if DAYS.contains(&lower) => Abbreviation::Day,
        _ if STATES.contains(&lower) => Abbreviation::AfterComma,
        "al" => Abbreviation::AfterEt,
        _ => Abbreviation::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        tokens(text).iter().map(|s| s.of(text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn clitics_hyphens_abbreviations() {
        assert_eq!(cut("They don't and Kyiv’s cannot, we're"), "They|do|n't|and|Kyiv|’s|can|not|,|we|'re");
        assert_eq!(cut("a peace-keeping, non-nuclear F-16"), "a|peace|-|keeping|,|non-nuclear|F|-|16");
        assert_eq!(
            cut("The U.S. and Mr. J. K. Roe, Ph.D., e.g. $1.5bn (10%)."),
            "The|U.S.|and|Mr.|J.|K.|Roe|,|Ph.D.|,|e.g.|$|1.5|bn|(|10|%|)|."
        );
        assert_eq!(
            cut("2022-2024, 2025-03-17, 1,200.50, 5:30 p.m. 9pm"),
            "2022|-|2024|,|2025-03-17|,|1,200.50|,|5:30|p.m.|9|pm"
        );
        assert_eq!(cut("“No,” he said… ‘yes’—I'd've."), "“|No|,|”|he|said|…|‘|yes|’|—|I|'d|'ve|.");
    }

    #[test]
    fn odd_characters_keep_exact_spans() {
        assert_eq!(
            cut("Pu\u{200b}tin\u{a0}said\r\n👩‍👩‍👧🇺🇦👍🏽 e\u{301}te\u{301}\u{feff}"),
            "Pu\u{200b}tin|said|👩‍👩‍👧|🇺🇦|👍🏽|e\u{301}te\u{301}"
        );
        assert_eq!(cut("\u{200b} \u{feff}\t"), "");
        assert_eq!(
            cut("see https://example.org/a?b=c. Write to a.b@c.org, @user #tag #1"),
            "see|https://example.org/a?b=c|.|Write|to|a.b@c.org|,|@user|#tag|#|1"
        );
    }
}
