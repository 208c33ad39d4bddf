//! Words of the page around the article: buttons, captions, forms, pointers to other articles. The phrases are in `data/debris.tsv`.

use std::sync::LazyLock;

use super::super::date::{BESIDE_DATES, month};

/// What a paragraph of debris says of its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: it goes alone.
    Line,
    /// Headlines of other articles follow.
    More,
    /// The article is over.
    Tail,
    /// Something else stands in the same paragraph from this byte on.
    Prefix(usize),
}

#[derive(Debug)]
struct Pattern {
    role: Role,
    words: Vec<&'static str>,
    /// Number of words above which a paragraph is prose whatever it says.
    longest: usize,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| parse(include_str!("../data/debris.tsv")));

fn parse(table: &'static str) -> Vec<Pattern> {
    let rows = table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let role = match cells.next()? {
            "more" => Role::More,
            "tail" => Role::Tail,
            "prefix" => Role::Prefix(0),
            _ => Role::Line,
        };
        let words = cells.next()?.split(' ').collect();
        Some(Pattern { role, words, longest: cells.next()?.parse().ok()? })
    });
    rows.collect()
}

/// The largest number in the table's last column.
const MOST_WORDS: usize = 80;

/// A word of a paragraph, for comparing.
#[derive(Debug)]
struct Word {
    plain: String,
    lower: String,
    end: usize,
}

fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut at = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let mut start = at;
        let address = chunk.contains("://");
        for (n, c) in chunk.char_indices() {
            let rest = chunk[n + c.len_utf8()..].chars().next();
            let clock = chunk[..n].ends_with(|b: char| b.is_ascii_digit()) && rest.is_some_and(|a| a.is_ascii_digit());
            if c == ':' && !address && !clock {
                push(&mut found, &text[start..at + n], at + n);
                found.push(Word { plain: ":".into(), lower: ":".into(), end: at + n + 1 });
                start = at + n + 1;
            }
        }
        push(&mut found, &text[start..at + chunk.len()], at + chunk.trim_end().len());
        at += chunk.len();
    }
    found
}

fn push(found: &mut Vec<Word>, chunk: &str, end: usize) {
    let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '©' | '+' | '$' | '£' | '€'));
    if !bare.is_empty() {
        let plain = bare.replace('’', "'");
        found.push(Word { lower: plain.to_lowercase(), plain, end });
    }
}

fn fits(pattern: &str, word: &Word) -> bool {
    match pattern {
        "#" => word.plain.contains(|c: char| c.is_ascii_digit()),
        "@" => word.plain.contains('@'),
        _ if pattern.contains(char::is_uppercase) => pattern == word.plain,
        _ => pattern == word.lower,
    }
}

fn matches(pattern: &[&str], words: &[Word]) -> bool {
    match pattern.split_first() {
        None => words.is_empty(),
        Some((&"*", rest)) => (0..=words.len()).any(|n| matches(rest, &words[n..])),
        Some((first, rest)) => words.first().is_some_and(|word| fits(first, word)) && matches(rest, &words[1..]),
    }
}

/// What kind of debris a paragraph is, by its words and signs alone; `None` for everything else.
pub(super) fn debris(text: &str) -> Option<Role> {
    if is_signs(text) || is_address(text) || is_markup(text) || is_signature(text) {
        return Some(Role::Line);
    }
    // No pattern goes beyond 80 words; of longer paragraphs only the beginning is looked at.
    let begin = text.split_inclusive(char::is_whitespace).take(MOST_WORDS + 1).map(str::len).sum();
    let words = words(&text[..begin]);
    let whole = PATTERNS.iter().filter(|p| !matches!(p.role, Role::Prefix(_)) && words.len() <= p.longest);
    // The pattern that says most wins: "read more :" before "read more : *".
    let says = |p: &&Pattern| (p.words.iter().filter(|word| **word != "*").count(), !p.words.contains(&"*"));
    if let Some(pattern) = whole.filter(|p| matches(&p.words, &words)).max_by_key(says) {
        return Some(pattern.role);
    }
    if is_moment(&words) {
        return Some(Role::Line);
    }
    let prefix = PATTERNS.iter().find_map(|p| {
        let count = p.words.len();
        let after = matches!(p.role, Role::Prefix(_)).then(|| words.get(count)).flatten()?;
        let starts = p.words.iter().zip(&words).all(|(pattern, word)| fits(pattern, word));
        (starts && after.plain.starts_with(|c: char| !c.is_lowercase())).then(|| words[count - 1].end)
    })?;
    Some(Role::Prefix(prefix))
}

/// Rules, numbers of pages and pictures: no letter at all.
fn is_signs(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic)
}

/// An address, a handle or a tag alone.
fn is_address(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let word = word.trim_start_matches(['.', '(']);
        word.contains("://")
            || word.starts_with("www.")
            || word.starts_with("pic.twitter.com/")
            || word.len() > 1 && word.starts_with(['@', '#'])
    })
}

/// What is left of scripts and tags.
fn is_markup(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    ["=\"http", "='http", "=\"//", "=\"/"].iter().any(|sign| first.contains(sign))
        || ["<iframe", "<script", "<div", "<img", "function(", "function (", "window.", "var ", "{{", "<!--"]
            .iter()
            .any(|sign| text.starts_with(sign))
        || text.ends_with("/>")
}

/// The signature of a post, without the post: "— Name (@handle) April 22, 2020".
fn is_signature(text: &str) -> bool {
    let Some((name, rest)) = text.split_once("(@") else { return false };
    let Some((handle, after)) = rest.split_once(')') else { return false };
    let name = name.trim_start_matches(['—', '–', '-', ' ']);
    let after = words(after);
    let dated = after.len() <= 4 && after.iter().any(|word| month(&word.lower).is_some());
    name.split_whitespace().count() <= 5
        && !name.contains(['.', '?', '!', ','])
        && handle.chars().all(|c| c.is_alphanumeric() || c == '_')
        && (after.is_empty() || dated)
}

const MOMENT: &[&str] = &[":", "a.m", "p.m", "ist", "pt"];

/// A date, a time, or both, alone.
fn is_moment(words: &[Word]) -> bool {
    let named = |word: &Word| {
        let lower = word.lower.as_str();
        month(lower).is_some() || MOMENT.contains(&lower) || BESIDE_DATES.contains(&lower)
    };
    let number = |word: &Word| word.lower.starts_with(|c: char| c.is_ascii_digit());
    words.len() >= 2
        && words.len() <= 16
        && words.iter().any(number)
        && words.iter().all(|word| named(word) || number(word) && word.lower.len() <= 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_whole() {
        let table = include_str!("../data/debris.tsv");
        let keys: Vec<String> =
            table.lines().skip(1).map(|line| line.split('\t').nth(1).unwrap_or_default().to_lowercase()).collect();
        assert!(keys.is_sorted(), "{:?}", keys.windows(2).find(|pair| pair[0] > pair[1]));
        assert_eq!(PATTERNS.len(), keys.len());
        assert_eq!(PATTERNS.iter().map(|p| p.longest).max(), Some(MOST_WORDS));
    }

    #[test]
    fn debris_is_found() {
        for line in [
            "Leave a Comment",
            "12 Comments",
            "Share this:",
            "Picture credit: www.example.org",
            "Enlarge this image toggle caption A. Bee/AP A. Bee/AP",
            "( WATCH: Seven moments of the debate)",
            "More:Why the truce failed",
            "Follow Ann Bee on Twitter: @annbee",
            "Ann Bee contributed to this report.",
            "Updated at 6:20 p.m. ET",
            "March 3, 2024 10:15 am GMT",
            "6 years ago",
            "___",
            "191012104551443",
            "https://example.org/a",
            "— Ann Bee (@annbee) April 2, 2020",
            "poster=\"https://example.org/a.jpg\" Ministers in Geneva",
            "Copyright © 2020 The Example, LLC. Click here for reprint permission.",
        ] {
            assert!(debris(line).is_some(), "{line}");
        }
    }

    #[test]
    fn prose_is_left() {
        for line in [
            "Comments by the minister drew anger in Seoul.",
            "Share prices fell after the two governments broke off the talks.",
            "More than 40 people were hurt.",
            "May 9 is a holiday in Russia.",
            "The truce must hold. — Ann Bee (@annbee) April 2, 2020",
            "Ministers (and @annbee) replied.",
            "“We will never sign,” he said.",
            "Related issues were left to the deputies.",
        ] {
            assert_eq!(debris(line), None, "{line}");
        }
        assert_eq!(debris("Story highlights Ministers meet in Geneva"), Some(Role::Prefix(16)));
    }
}
