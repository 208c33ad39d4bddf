//! The attribution layer's tags: the best path through a linear chain, and the spans that it marks.
//!
//! # References
//! Lafferty et al. 2001; Viterbi 1967.

/// Number of tags.
pub(super) const TAGS: usize = 7;

/// Their names, in the order of the model.
pub(super) const NAMES: [&str; TAGS] = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"];

/// What a span is in an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Source,
    Cue,
    Content,
}

/// A span of tokens, numbered within the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) role: Role,
    /// First token.
    pub(super) start: usize,
    /// Token after the last.
    pub(super) end: usize,
    /// Whether the span goes on from before the window.
    pub(super) runs_on: bool,
}

/// Scores of one tag after another.
#[derive(Debug)]
pub(super) struct Chain {
    /// Score of `to` after `from`, at `from * TAGS + to`.
    pub(super) transition: Vec<f32>,
    /// Score of each tag at the start.
    pub(super) start: Vec<f32>,
}

impl Chain {
    /// The best tags for rows of [`TAGS`] scores.
    pub(super) fn best(&self, scores: &[[f32; TAGS]]) -> Vec<u8> {
        let Some(first) = scores.first() else { return Vec::new() };
        let mut sum: [f32; TAGS] = std::array::from_fn(|tag| self.start[tag] + first[tag]);
        let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(scores.len());
        for row in &scores[1..] {
            let mut from = [0_u8; TAGS];
            let mut next = [0.0; TAGS];
            for tag in 0..TAGS {
                let score = |before: usize| sum[before] + self.transition[before * TAGS + tag];
                let mut top = 0;
                for before in 1..TAGS {
                    if score(before) > score(top) {
                        top = before;
                    }
                }
                from[tag] = top as u8;
                next[tag] = score(top) + row[tag];
            }
            back.push(from);
            sum = next;
        }
        let mut tags = vec![super::math::argmax(&sum) as u8];
        for from in back.iter().rev() {
            let last = tags.last().copied().unwrap_or_default();
            tags.push(from[usize::from(last)]);
        }
        tags.reverse();
        tags
    }
}

/// The spans that tags mark. An I- tag without its like before it opens a span.
pub(super) fn spans(tags: &[u8]) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    for (at, &tag) in tags.iter().enumerate() {
        let role = match tag {
            1 | 2 => Role::Source,
            3 | 4 => Role::Cue,
            5 | 6 => Role::Content,
            _ => continue,
        };
        let inside = tag % 2 == 0;
        match out.last_mut() {
            Some(last) if inside && last.role == role && last.end == at => last.end = at + 1,
            _ => out.push(Marked { role, start: at, end: at + 1, runs_on: inside && at == 0 }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_tags() {
        let found = spans(&[6, 6, 0, 3, 1, 2, 5, 5, 6]);
        let plain: Vec<_> = found.iter().map(|s| (s.role, s.start, s.end, s.runs_on)).collect();
        assert_eq!(
            plain,
            [
                (Role::Content, 0, 2, true),
                (Role::Cue, 3, 4, false),
                (Role::Source, 4, 6, false),
                (Role::Content, 6, 7, false),
                (Role::Content, 7, 9, false)
            ]
        );
    }

    #[test]
    fn the_chain_forbids_what_its_scores_forbid() {
        let mut transition = vec![0.0; TAGS * TAGS];
        for before in 0..TAGS {
            for inside in [2, 4, 6] {
                if before != inside && before != inside - 1 {
                    transition[before * TAGS + inside] = -1e4;
                }
            }
        }
        let chain = Chain { transition, start: vec![0.0; TAGS] };
        let mut scores = [[0.0; TAGS]; 3];
        scores[0][0] = 1.0;
        scores[1][6] = 3.0;
        scores[2][6] = 3.0;
        assert_eq!(chain.best(&scores), [5, 6, 6]);
        assert!(chain.best(&[]).is_empty());
    }
}
