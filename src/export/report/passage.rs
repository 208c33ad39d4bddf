//! A claim's passage in its context, with the words marked that show who, how, what and to whom.

use std::fmt::Write as _;

use crate::claims::Claim;
use crate::export::text::xml;

/// Most code points of context on each side.
const CONTEXT: usize = 160;

/// A role that words play in a claim.
const ROLES: [&str; 4] = ["source", "cue", "content", "addressee"];

/// The passage as HTML: some words around those of the claim, each role in a `mark` of its own class.
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
    let within = |i: usize| i > 0 && i < text.len() && text[i] != '\n' && text[i - 1] != '\n';
    if within(start) {
        out.push_str("…\u{a0}");
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
            let _ = write!(out, "<mark class=\"{classes}\" title=\"{}\">{words}</mark>", roles.join(", "));
        }
    }
    if within(end) {
        out.push_str("\u{a0}…");
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

/// A little before the claim, from the beginning of a word, within the line.
fn back(text: &[char], from: usize) -> usize {
    let low = from.saturating_sub(CONTEXT);
    if let Some(at) = (low..from).rev().find(|&i| text[i] == '\n') {
        return at + 1;
    }
    if low == 0 { 0 } else { (low..from).find(|&i| text[i] == ' ').map_or(from, |i| i + 1) }
}

/// A little after the claim, to the end of a word, within the line.
fn ahead(text: &[char], from: usize) -> usize {
    let high = (from + CONTEXT).min(text.len());
    if let Some(at) = (from..high).find(|&i| text[i] == '\n') {
        return at;
    }
    if high == text.len() { high } else { (from..high).rev().find(|&i| text[i] == ' ').unwrap_or(from) }
}
