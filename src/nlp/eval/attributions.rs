//! Attributions against PolNeAR's annotations: the measures of `polnear_score.py`.
//!
//! A token is a word of letters, digits and underscores that holds a letter or a digit; a span covers each token that it shares a
//! character with. Attributions of one article are paired one to one by the matching with the largest sum of content overlap
//! (Dice, at least 0.5; ties by the overlap of sources, then of cues).

use std::collections::{BTreeMap, BTreeSet};

use super::Tally;
use crate::nlp::Attribution;
use crate::span::{CodePoints, Span};

/// Counts over any number of articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AttributionScores {
    /// Articles.
    pub articles: usize,
    /// Tokens of sources in any attribution.
    pub source_tokens: Tally,
    /// Tokens of cues.
    pub cue_tokens: Tally,
    /// Tokens of contents.
    pub content_tokens: Tally,
    /// Attributions paired by their contents.
    pub content: Tally,
    /// Pairs whose sources agree too (Dice at least 0.5, or absent in both).
    pub content_source: Tally,
    /// Pairs whose cues share a token too (or are absent in both).
    pub content_source_cue: Tally,
}

impl AttributionScores {
    /// Counts one article.
    pub fn add(&mut self, text: &str, predicted: &[Attribution], expected: &[Attribution]) {
        let words = words(text);
        let ours: Vec<Sets> = predicted.iter().map(|a| Sets::new(a, &words)).collect();
        let mut theirs: Vec<Sets> = expected.iter().map(|a| Sets::new(a, &words)).collect();
        self.articles += 1;
        let all = |sets: &[Sets], part: fn(&Sets) -> &BTreeSet<usize>| -> BTreeSet<usize> {
            sets.iter().flat_map(part).copied().collect()
        };
        self.source_tokens.add(&all(&ours, |s| &s.source), &all(&theirs, |s| &s.source));
        self.cue_tokens.add(&all(&ours, |s| &s.cue), &all(&theirs, |s| &s.cue));
        self.content_tokens.add(&all(&ours, |s| &s.content), &all(&theirs, |s| &s.content));
        // An annotation whose content holds no word is left out; such a prediction counts as wrong.
        theirs.retain(|sets| !sets.content.is_empty());
        let weights: Vec<Vec<f64>> =
            ours.iter().map(|one| theirs.iter().map(|other| one.weight(other)).collect()).collect();
        for tally in [&mut self.content, &mut self.content_source, &mut self.content_source_cue] {
            tally.predicted += ours.len();
            tally.expected += theirs.len();
        }
        for (one, other) in matching(&weights) {
            let (one, other) = (&ours[one], &theirs[other]);
            let source = dice(&one.source, &other.source) >= LEAST;
            self.content.correct += 1;
            self.content_source.correct += usize::from(source);
            self.content_source_cue.correct += usize::from(source && one.same_cue(other));
        }
    }
}

/// Smallest overlap of contents, and of sources, that agrees.
const LEAST: f64 = 0.5;

/// Words of each part of an attribution.
struct Sets {
    source: BTreeSet<usize>,
    cue: BTreeSet<usize>,
    content: BTreeSet<usize>,
}

impl Sets {
    fn new(attribution: &Attribution, words: &[Span]) -> Self {
        let set = |spans: &[Span]| {
            let mut out = BTreeSet::new();
            for span in spans {
                let first = words.partition_point(|word| word.end <= span.start);
                out.extend((first..words.len()).take_while(|&n| words[n].start < span.end));
            }
            out
        };
        Self { source: set(&attribution.source), cue: set(&attribution.cue), content: set(&attribution.content) }
    }

    fn same_cue(&self, other: &Self) -> bool {
        !self.cue.is_disjoint(&other.cue) || self.cue.is_empty() && other.cue.is_empty()
    }

    fn weight(&self, other: &Self) -> f64 {
        let content = dice(&self.content, &other.content);
        if content < LEAST {
            return 0.0;
        }
        content + 1e-4 * dice(&self.source, &other.source) + 1e-7 * f64::from(u8::from(self.same_cue(other)))
    }
}

fn dice(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let sum = a.len() + b.len();
    if sum == 0 { 1.0 } else { 2.0 * a.intersection(b).count() as f64 / sum as f64 }
}

/// Words that count.
fn words(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let word = c.is_alphanumeric() || c == '_';
        match out.last_mut() {
            Some(last) if word && open => last.end = at + c.len_utf8(),
            _ if word => out.push(Span::new(at, at + c.len_utf8())),
            _ => {}
        }
        open = word;
    }
    out.retain(|span| span.of(text).contains(char::is_alphanumeric));
    out
}

/// One-to-one pairs (row, column) with the largest sum of weights, those of weight 0 left out.
///
/// # References
/// Kuhn 1955; Munkres 1957: shortest augmenting paths with potentials.
fn matching(weights: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let columns = weights.first().map_or(0, Vec::len);
    if columns == 0 {
        return Vec::new();
    }
    let size = weights.len().max(columns);
    let cost = |row: usize, column: usize| -> f64 {
        weights.get(row).and_then(|line| line.get(column)).map_or(0.0, |weight| -weight)
    };
    // Column `size` is where each search starts.
    let mut row_price = vec![0.0; size];
    let mut column_price = vec![0.0; size + 1];
    let mut owner: Vec<Option<usize>> = vec![None; size + 1];
    for row in 0..size {
        owner[size] = Some(row);
        let mut at = size;
        let mut slack = vec![f64::INFINITY; size];
        let mut from = vec![size; size];
        let mut seen = vec![false; size + 1];
        while let Some(current) = owner[at] {
            seen[at] = true;
            let mut next = size;
            let mut least = f64::INFINITY;
            for column in (0..size).filter(|&column| !seen[column]) {
                let reduced = cost(current, column) - row_price[current] - column_price[column];
                if reduced < slack[column] {
                    slack[column] = reduced;
                    from[column] = at;
                }
                if slack[column] < least {
                    least = slack[column];
                    next = column;
                }
            }
            for column in 0..=size {
                if seen[column] {
                    if let Some(row) = owner[column] {
                        row_price[row] += least;
                    }
                    column_price[column] -= least;
                } else if column < size {
                    slack[column] -= least;
                }
            }
            at = next;
        }
        while at != size {
            owner[at] = owner[from[at]];
            at = from[at];
        }
    }
    let pairs = (0..size).filter_map(|column| Some((owner[column]?, column)));
    pairs.filter(|&(row, column)| cost(row, column) < 0.0).collect()
}

/// Reads the attributions of one file in brat's format, as PolNeAR has them, for the text that it annotates.
///
/// A further "Content2" is more of the same content. Lines that do not fit are skipped.
pub fn annotations(file: &str, text: &str) -> Vec<Attribution> {
    let points = CodePoints::new(text);
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut events: Vec<&str> = Vec::new();
    for line in file.split('\n') {
        let mut columns = line.split('\t');
        let (Some(key), Some(value)) = (columns.next(), columns.next()) else { continue };
        if key.starts_with('T') {
            let places = value.split_once(' ').map_or("", |(_, places)| places);
            let read = places.split(';').filter_map(|place| {
                let (start, end) = place.split_once(' ')?;
                let byte = |number: &str| Some(points.to_byte(text, number.trim().parse().ok()?));
                Some(Span::new(byte(start)?, byte(end)?))
            });
            spans.insert(key, read.collect());
        } else if key.starts_with('E') {
            events.push(value);
        }
    }
    let mut out = Vec::new();
    for event in events {
        let mut attribution = Attribution { source: Vec::new(), cue: Vec::new(), content: Vec::new() };
        for argument in event.split_whitespace() {
            let Some((name, key)) = argument.split_once(':') else { continue };
            let part = match name.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase().as_str() {
                "source" => &mut attribution.source,
                "cue" => &mut attribution.cue,
                "content" => &mut attribution.content,
                _ => continue,
            };
            part.extend(spans.get(key).into_iter().flatten().copied());
        }
        out.push(attribution);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brat_files_and_scores() {
        let text = "Lund said “no”, Roe said yes.";
        let file = "T1\tSource 0 4\tLund\nT2\tCue 5 9\tsaid\nT3\tContent 10 14\t“no”\nE1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n\
            T4\tSource 16 19\tRoe\nT5\tCue 20 24\tsaid\nT6\tContent 25 28\tyes\nE2\tAttribution:T5 Source:T4 Cue:T5 Content:T6\n";
        let gold = annotations(file, text);
        assert_eq!(gold[0].content[0].of(text), "“no”");
        let mut scores = AttributionScores::default();
        scores.add(text, &gold, &gold);
        assert!((scores.content_source_cue.f1() - 1.0).abs() < 1e-12);
        let mut wrong = gold.clone();
        wrong[1].source = wrong[0].source.clone();
        let mut scores = AttributionScores::default();
        scores.add(text, &wrong, &gold);
        assert_eq!((scores.content.correct, scores.content_source.correct), (2, 1));
        assert_eq!(scores.source_tokens, Tally { correct: 1, predicted: 1, expected: 2 });
    }

    #[test]
    fn the_best_pairs_are_found() {
        let pairs = matching(&[vec![0.9, 0.8, 0.0], vec![0.9, 0.0, 0.0]]);
        assert_eq!(pairs.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([(1, 0), (0, 1)]));
        assert!(matching(&[]).is_empty());
    }
}
