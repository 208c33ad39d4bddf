//! A claim's passage in its context, with the words marked that show who, how, what and to whom.

use crate::claims::Claim;
use crate::export::text::xml;

/// Most code points of context on each side.
const CONTEXT: usize = 220;

/// A role that words play in a claim.
const ROLES: [&str; 4] = ["source", "cue", "content", "addressee"];

/// The passage as HTML: the sentences around the claim's words, each role in a `mark` of its own class.
pub(super) fn html(claim: &Claim, text: &[char]) -> String {
    let spans = spans(claim, text.len());
    let (Some(first), Some(last)) = (spans.iter().map(|s| s.1).min(), spans.iter().map(|s| s.2).max()) else {
        return String::new();
    };
    let start = back(text, first);
    let end = ahead(text, last);
    let mut borders: Vec<usize> = spans.iter().flat_map(|s| [s.1, s.2]).chain([start, end]).collect();
    borders.extend(text[start..end].iter().enumerate().filter(|(_, c)| **c == '\n').map(|(i, _)| start + i));
    borders.sort_unstable();
    borders.dedup();
    let mut out = String::new();
    if start > 0 {
        out.push_str("… ");
    }
    for pair in borders.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let words: String = text[from..to].iter().collect();
        let roles: Vec<&str> =
            ROLES.into_iter().filter(|role| spans.iter().any(|s| s.0 == *role && s.1 <= from && to <= s.2)).collect();
        let words = xml(&words.replace(['\n', '\r'], " "));
        if roles.is_empty() || words.trim().is_empty() {
            out.push_str(&words);
        } else {
            let classes = roles.join(" ");
            out.push_str(&format!("<mark class=\"{classes}\" title=\"{}\">{words}</mark>", roles.join(", ")));
        }
    }
    if end < text.len() {
        out.push_str(" …");
    }
    out
}

fn spans(claim: &Claim, length: usize) -> Vec<(&'static str, usize, usize)> {
    let mut spans = vec![("content", claim.content.start, claim.content.end)];
    spans.extend(claim.content.more.iter().map(|part| ("content", part[0], part[1])));
    spans.extend(claim.cue.iter().map(|q| ("cue", q.start, q.end)));
    for (role, actors) in [("source", &claim.source), ("addressee", &claim.addressee)] {
        // A mention far from the claim (an earlier paragraph) would drag half of the article in.
        let near = |q: &&crate::claims::Quote| q.start.abs_diff(claim.content.start) < 700;
        spans.extend(actors.iter().filter_map(|a| a.mention.as_ref()).filter(near).map(|q| (role, q.start, q.end)));
    }
    spans.retain(|s| s.1 < s.2 && s.2 <= length);
    spans
}

/// The beginning of the sentence or line before, not farther than the context.
fn back(text: &[char], from: usize) -> usize {
    let low = from.saturating_sub(CONTEXT);
    let ends = |i: usize| text[i] == '\n' || (matches!(text[i], '.' | '!' | '?') && text.get(i + 1) == Some(&' '));
    let at = (low..from).rev().find(|&i| ends(i)).map_or(low, |i| i + 1);
    let at = (at..from).find(|&i| !text[i].is_whitespace()).unwrap_or(from);
    if at == low && low > 0 { (low..from).find(|&i| text[i] == ' ').map_or(low, |i| i + 1) } else { at }
}

/// The end of the sentence or line, not farther than the context.
fn ahead(text: &[char], from: usize) -> usize {
    let high = (from + CONTEXT).min(text.len());
    let ends = |i: usize| {
        text[i] == '\n' || (matches!(text[i], '.' | '!' | '?') && text.get(i + 1).is_none_or(|c| c.is_whitespace()))
    };
    let at = (from..high).find(|&i| ends(i));
    match at {
        Some(at) if text[at] == '\n' => at,
        Some(at) => at + 1,
        None if high == text.len() => high,
        None => (from..high).rev().find(|&i| text[i] == ' ').unwrap_or(from),
    }
}
