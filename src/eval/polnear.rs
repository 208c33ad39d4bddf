//! Attributions (source, cue, content) against `PolNeAR` annotations. Start at [`Scores::document`].
//!
//! Tokens are runs of word characters, and other characters one by one; only those with a letter or a digit count. Attributions are paired one
//! to one so that the sum of the Dice coefficients of their contents is largest, over pairs where it is at least 0.5.
//!
//! # References
//! E. Newell, D. Margolin, D. Ruths, *An Attribution Relations Corpus for Political News*, LREC 2018.

use std::collections::{BTreeMap, BTreeSet};

use super::Tally;

/// Source, cue and content: spans in code points, end exclusive; a part without spans is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Spans of source, cue and content, in this order.
    pub roles: [Vec<(usize, usize)>; 3],
}

const ROLES: [&str; 3] = ["source", "cue", "content"];
const LEVELS: [&str; 3] = ["content", "content+source", "content+source+cue"];
const TYPES: [&str; 3] = ["direct", "mixed", "indirect"];
const LEAST: f64 = 0.5;

/// Reads one annotation file in brat's standoff format; lines of other kinds are passed over.
///
/// ```
/// let ann = "T1\tsource 0 3\tAnn\nT2\tcue 4 8\tsaid\nT3\tcontent 9 11;12 14\tit is\nE1\tsource:T1 cue:T2 content:T3\n";
/// let parts = demarche::eval::polnear::parse(ann);
/// assert_eq!(parts[0].roles[2], [(9, 11), (12, 14)]);
/// ```
pub fn parse(ann: &str) -> Vec<Parts> {
    let mut spans: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    let mut events = Vec::new();
    for line in ann.split('\n') {
        let mut cells = line.trim_end_matches('\r').split('\t');
        let (Some(id), Some(value)) = (cells.next(), cells.next()) else { continue };
        if id.starts_with('T') {
            let places = value.split_once(' ').map_or("", |(_, places)| places);
            let parsed: Option<Vec<_>> = places
                .split(';')
                .map(|place| place.split_once(' ').and_then(|(s, e)| Some((s.parse().ok()?, e.parse().ok()?))))
                .collect();
            if let Some(parsed) = parsed {
                spans.insert(id, parsed);
            }
        } else if id.starts_with('E') {
            events.push(value);
        }
    }
    let part = |event: &&str| {
        let mut parts = Parts::default();
        for argument in event.split_whitespace() {
            let Some((name, id)) = argument.split_once(':') else { continue };
            // "Content2" is more content.
            let name = name.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
            if let Some(role) = ROLES.iter().position(|r| *r == name) {
                parts.roles[role].extend(spans.get(id).into_iter().flatten());
            }
        }
        parts
    };
    events.iter().map(part).collect()
}

/// Counts over documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// Number of documents.
    pub documents: usize,
    tokens: [Tally; 3],
    spans: [Tally; 3],
    levels: [Tally; 3],
    types: [Tally; 3],
}

impl Scores {
    /// Adds one document: its text, its annotated and its predicted attributions.
    pub fn document(&mut self, text: &str, gold: &[Parts], predicted: &[Parts]) {
        self.documents += 1;
        let text: Vec<char> = text.chars().collect();
        let index = token_index(&text);
        let gold_tokens: Vec<Tokens> = gold.iter().map(|p| tokens(p, &index)).collect();
        let predicted_tokens: Vec<Tokens> = predicted.iter().map(|p| tokens(p, &index)).collect();
        for role in 0..3 {
            let all = |list: &[Tokens]| list.iter().flat_map(|t| t[role].iter().copied()).collect::<BTreeSet<usize>>();
            self.tokens[role].add(&all(&predicted_tokens), &all(&gold_tokens));
            self.spans[role].add(&exact_spans(predicted, role, &text, &index), &exact_spans(gold, role, &text, &index));
        }
        // An annotated attribution without a content token is left out.
        let kept: Vec<(usize, &Tokens)> =
            gold.iter().zip(&gold_tokens).filter(|(_, t)| !t[2].is_empty()).map(|(g, t)| (kind(g, &text), t)).collect();
        for level in &mut self.levels {
            level.predicted += predicted_tokens.len();
            level.expected += kept.len();
        }
        for (kind, _) in &kept {
            self.types[*kind].expected += 1;
        }
        let weights: Vec<Vec<f64>> = predicted_tokens
            .iter()
            .map(|p| {
                kept.iter()
                    .map(|(_, g)| {
                        let content = dice(&p[2], &g[2]);
                        if content < LEAST {
                            return 0.0;
                        }
                        content + 1e-4 * dice(&p[0], &g[0]) + if same_cue(p, g) { 1e-7 } else { 0.0 }
                    })
                    .collect()
            })
            .collect();
        for (p, g) in best_matching(&weights) {
            let (one, (kind, other)) = (&predicted_tokens[p], kept[g]);
            let source = dice(&one[0], &other[0]) >= LEAST;
            self.levels[0].correct += 1;
            self.levels[1].correct += usize::from(source);
            self.levels[2].correct += usize::from(source && same_cue(one, other));
            self.types[kind].correct += 1;
        }
    }

    /// Titles and rows: tokens and exact spans of each role, attributions at three levels.
    pub fn sections(&self) -> [(&'static str, Vec<(&'static str, Tally)>); 3] {
        let rows = |names: [&'static str; 3], tallies: [Tally; 3]| names.into_iter().zip(tallies).collect();
        [
            ("tokens", rows(ROLES, self.tokens)),
            ("exact spans", rows(ROLES, self.spans)),
            ("attributions", rows(LEVELS, self.levels)),
        ]
    }

    /// Annotated contents found, by the quotation marks of the content; precision is not defined.
    pub fn by_type(&self) -> [(&'static str, Tally); 3] {
        [(TYPES[0], self.types[0]), (TYPES[1], self.types[1]), (TYPES[2], self.types[2])]
    }
}

type Tokens = [BTreeSet<usize>; 3];

/// Number of the scored token that each character belongs to.
fn token_index(text: &[char]) -> Vec<Option<usize>> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut index = vec![None; text.len()];
    let (mut at, mut number) = (0, 0);
    while at < text.len() {
        let start = at;
        at += 1;
        if text[start].is_whitespace() {
            continue;
        }
        while word(text[start]) && at < text.len() && word(text[at]) {
            at += 1;
        }
        if text[start..at].iter().any(|c| c.is_alphanumeric()) {
            index[start..at].fill(Some(number));
        }
        number += 1;
    }
    index
}

fn tokens(parts: &Parts, index: &[Option<usize>]) -> Tokens {
    let of = |spans: &[(usize, usize)]| {
        spans
            .iter()
            .flat_map(|&(s, e)| index.get(s..e.min(index.len())).into_iter().flatten().flatten().copied())
            .collect()
    };
    [of(&parts.roles[0]), of(&parts.roles[1]), of(&parts.roles[2])]
}

/// First and last token of each span, cut at line breaks.
fn exact_spans(all: &[Parts], role: usize, text: &[char], index: &[Option<usize>]) -> BTreeSet<(usize, usize)> {
    let mut found = BTreeSet::new();
    for &(start, end) in all.iter().flat_map(|p| &p.roles[role]) {
        let end = end.min(text.len());
        let mut at = start.min(end);
        for piece in text[at..end].split(|c| *c == '\n') {
            let inside = index[at..at + piece.len()].iter().flatten();
            if let (Some(first), Some(last)) = (inside.clone().min(), inside.max()) {
                found.insert((*first, *last));
            }
            at += piece.len() + 1;
        }
    }
    found
}

fn dice(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let all = a.len() + b.len();
    if all == 0 { 1.0 } else { 2.0 * a.intersection(b).count() as f64 / all as f64 }
}

fn same_cue(p: &Tokens, g: &Tokens) -> bool {
    !p[1].is_disjoint(&g[1]) || (p[1].is_empty() && g[1].is_empty())
}

/// Index into [`TYPES`]: by the quotation marks of the content.
fn kind(parts: &Parts, text: &[char]) -> usize {
    let mut spans = parts.roles[2].clone();
    spans.sort_unstable();
    let content: String = spans.iter().flat_map(|&(s, e)| text.get(s..e).unwrap_or_default()).collect();
    let content = content.trim();
    // A comma may follow the closing mark.
    let content = content.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == '.');
    let single = ['"', '“', '”', '„', '‟', '«', '»'];
    let double = ["''", "``"];
    if !content.contains(single) && !double.iter().any(|m| content.contains(m)) {
        return 2;
    }
    let opened = content.strip_prefix(single).or_else(|| double.iter().find_map(|m| content.strip_prefix(m)));
    let closed = opened.is_some_and(|rest| rest.ends_with(single) || double.iter().any(|m| rest.ends_with(m)));
    usize::from(!closed)
}

/// The one-to-one matching of rows and columns with the largest sum of weights (none negative); pairs of positive weight.
///
/// # References
/// H. W. Kuhn, *The Hungarian method for the assignment problem*, 1955, in the form with potentials.
fn best_matching(weights: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let columns = weights.first().map_or(0, Vec::len);
    if columns == 0 {
        return Vec::new();
    }
    let size = weights.len().max(columns);
    let cost =
        |row: usize, column: usize| -> f64 { weights.get(row - 1).and_then(|r| r.get(column - 1)).map_or(0.0, |w| -w) };
    let mut row_potential = vec![0.0; size + 1];
    let mut column_potential = vec![0.0; size + 1];
    let mut owner = vec![0_usize; size + 1];
    for row in 1..=size {
        owner[0] = row;
        let mut column = 0;
        let mut low = vec![f64::INFINITY; size + 1];
        let mut seen = vec![false; size + 1];
        let mut back = vec![0_usize; size + 1];
        while owner[column] != 0 {
            seen[column] = true;
            let at = owner[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for c in 1..=size {
                if seen[c] {
                    continue;
                }
                let slack = cost(at, c) - row_potential[at] - column_potential[c];
                if slack < low[c] {
                    low[c] = slack;
                    back[c] = column;
                }
                if low[c] < delta {
                    delta = low[c];
                    next = c;
                }
            }
            for c in 0..=size {
                if seen[c] {
                    row_potential[owner[c]] += delta;
                    column_potential[c] -= delta;
                } else {
                    low[c] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            owner[column] = owner[back[column]];
            column = back[column];
        }
    }
    (1..=size).filter(|&c| cost(owner[c], c) < 0.0).map(|c| (owner[c] - 1, c - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matching_takes_the_best_sum_not_the_best_pair() {
        assert_eq!(best_matching(&[vec![0.9, 0.8], vec![0.8, 0.0]]), [(1, 0), (0, 1)]);
        assert_eq!(best_matching(&[vec![0.0, 0.6, 0.0]]), [(0, 1)]);
    }

    #[test]
    fn a_perfect_document() {
        let text = "“We will stay,” Ana Reyes said.";
        let one = Parts { roles: [vec![(16, 25)], vec![(26, 30)], vec![(0, 15)]] };
        let mut scores = Scores::default();
        scores.document(text, std::slice::from_ref(&one), std::slice::from_ref(&one));
        for (_, rows) in scores.sections() {
            for (name, tally) in rows {
                assert_eq!(
                    (tally.correct, tally.predicted, tally.expected),
                    (tally.expected, tally.expected, tally.expected),
                    "{name}"
                );
                assert!(tally.expected > 0);
            }
        }
        assert_eq!(scores.by_type()[0].1.correct, 1);
    }
}
