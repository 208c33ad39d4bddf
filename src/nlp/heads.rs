//! The heads: from the vectors of tokens to labels, trees, attribution spans with their links, and claims.
//!
//! Start at [`Heads::read`].
#![expect(clippy::inline_always, reason = "the instructions of a level reach only what is inlined into it")]

use super::analysis::ClaimSignal;
use super::encoder::{Scratch, Window};
use super::kernels::{LANES, Lanes, Linear, Matrix, Quantised, product};
use super::math::{argmax, gelu_all, probabilities, quantise};
use super::parser::tree;
use super::tagger::{Chain, Marked, NAMES, Role, TAGS, spans};
use super::weights::{ClaimConfig, Weights};
use crate::act::Act;
use crate::diag::{Error, Result};

/// Weights and labels of all heads.
#[derive(Debug)]
pub(super) struct Heads {
    pub(super) upos: Vec<String>,
    pub(super) xpos: Vec<String>,
    pub(super) lemma: Vec<String>,
    pub(super) entity: Vec<String>,
    pub(super) rels: Vec<String>,
    /// All layers on single tokens, stacked.
    single: Linear,
    /// First output of each part of the stack, and its end.
    edges: Vec<usize>,
    arcs: Pointer,
    relations: Relations,
    chain: Chain,
    link: Pointer,
    share: f32,
    claims: Option<Claims>,
}

/// Parts of the stack, in order.
const PARTS: [&str; 11] = [
    "head.upos",
    "head.xpos",
    "head.lemma",
    "head.entity",
    "head.attribution",
    "head.arcs.dep",
    "head.arcs.head",
    "head.rels.dep",
    "head.rels.head",
    "head.link.dep",
    "head.link.head",
];
const UPOS: usize = 0;
const XPOS: usize = 1;
const LEMMA: usize = 2;
const ENTITY: usize = 3;
const ATTRIBUTION: usize = 4;
const ARCS_DEP: usize = 5;
const ARCS_HEAD: usize = 6;
const RELS_DEP: usize = 7;
const RELS_HEAD: usize = 8;
const LINK_DEP: usize = 9;
const LINK_HEAD: usize = 10;

/// Bilinear scores of one token pointing at another: `dep U head + b head`.
#[derive(Debug)]
struct Pointer {
    size: usize,
    u: Vec<f32>,
    b: Vec<f32>,
}

/// Bilinear scores of each relation between a token and its head.
#[derive(Debug)]
struct Relations {
    size: usize,
    /// `[dep][relation][head]`
    u: Vec<f32>,
    wd: Vec<f32>,
    wh: Vec<f32>,
    bias: Vec<f32>,
}

/// Weights of the claim heads.
#[derive(Debug)]
struct Claims {
    thresholds: ClaimConfig,
    start: Linear,
    /// Dependent side of the pointers to spans, stacked.
    dep: Linear,
    /// Dependent side of the pointer to addressees. It reads the whole claim: start, content, cue and source.
    addressee_dep: Linear,
    /// Head side of all pointers, stacked.
    head: Linear,
    pointers: Vec<Pointer>,
    act_in: Linear,
    act: Linear,
}

/// Pointers from the start of a claim, in the order of the stack.
const POINTERS: [&str; 6] = ["end", "cue_first", "cue_last", "src_first", "src_last", "addressee"];
const END: usize = 0;
const CUE_FIRST: usize = 1;
const CUE_LAST: usize = 2;
const SOURCE_FIRST: usize = 3;
const SOURCE_LAST: usize = 4;
const ADDRESSEE: usize = 5;
/// Pointers to spans: all but the last.
const SPANS: usize = 5;
/// Tokens that a cue and a source's mention may span.
const CUE_REACH: usize = 12;
const SOURCE_REACH: usize = 40;
/// Mentions that are less likely addressed than this are not handed on; `claims` weighs the others.
const ADDRESSEE_FLOOR: f32 = 0.02;

/// What is taken off the score of a head that is none, far more than scores differ by.
const BARRED: f32 = 1e4;

/// What the heads say of one window; tokens are numbered within it.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// For each token a score of every part of speech, tag and edit script, one after another.
    pub(super) labels: Vec<f32>,
    pub(super) entity: Vec<usize>,
    /// Head of each token; `None` for the root of a sentence.
    pub(super) heads: Vec<Option<usize>>,
    pub(super) rels: Vec<usize>,
    pub(super) tags: Vec<u8>,
    /// Spans with, for sources and contents, the number of the span that is their cue.
    pub(super) spans: Vec<(Marked, Option<usize>)>,
    /// For each span that is a cue, the number of the source that it may share with another cue.
    pub(super) shared: Vec<Option<usize>>,
    pub(super) claims: Vec<ClaimSignal>,
    /// Scores of all parts of the stack, for tests.
    #[cfg(test)]
    pub(super) scores: Vec<Vec<f32>>,
}

impl Pointer {
    fn new(weights: &Weights<'_>, name: &str, size: usize) -> Result<Self> {
        Ok(Self {
            size,
            u: weights.floats(&format!("{name}.u"), Some(size * size))?,
            b: weights.floats(&format!("{name}.b"), Some(size))?,
        })
    }

    /// `dep U + b` for every row.
    #[inline(always)]
    fn bend<L: Lanes>(&self, lanes: L, dep: &[f32]) -> Vec<f32> {
        let n = self.size;
        let mut out = vec![0.0; dep.len()];
        let rows = dep.len() / n;
        product(lanes, (rows, n, n), Matrix { data: dep, stride: n }, Matrix { data: &self.u, stride: n }, &mut out, n);
        for row in out.chunks_exact_mut(n) {
            for (value, b) in row.iter_mut().zip(&self.b) {
                *value += b;
            }
        }
        out
    }
}

/// Sum of products in the order of the index.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut parts = [0.0; LANES];
    for (x, y) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            parts[lane] += x[lane] * y[lane];
        }
    }
    parts.iter().sum()
}

impl Heads {
    /// Takes the heads out of a weights file.
    pub(super) fn new(weights: &Weights<'_>) -> Result<Self> {
        let h = weights.config.hidden;
        let single = weights.stack(&PARTS, h)?;
        let mut edges = vec![0];
        for part in PARTS {
            let count = weights.floats(&format!("{part}.scale"), None)?.len();
            edges.push(edges[edges.len() - 1] + count);
        }
        let size = |part: usize| edges[part + 1] - edges[part];
        let wrong = |head: &str| Error::invalid("model", head, "sizes do not fit");
        if size(ATTRIBUTION) != TAGS || weights.labels("attribution", TAGS)? != NAMES {
            return Err(wrong("attribution"));
        }
        for (dep, head) in [(ARCS_DEP, ARCS_HEAD), (RELS_DEP, RELS_HEAD), (LINK_DEP, LINK_HEAD)] {
            if size(dep) != size(head) || size(dep) % LANES != 0 {
                return Err(wrong(PARTS[dep]));
            }
        }
        let bias = weights.floats("head.rels.bias", None)?;
        let (count, n) = (bias.len(), size(RELS_DEP));
        let given = weights.floats("head.rels.u", Some(count * n * n))?;
        let mut u = vec![0.0; count * n * n];
        for relation in 0..count {
            for dep in 0..n {
                let to = dep * count * n + relation * n;
                let from = relation * n * n + dep * n;
                u[to..to + n].copy_from_slice(&given[from..from + n]);
            }
        }
        Ok(Self {
            upos: weights.labels("upos", size(UPOS))?,
            xpos: weights.labels("xpos", size(XPOS))?,
            lemma: weights.labels("lemma", size(LEMMA))?,
            entity: weights.labels("entity", size(ENTITY))?,
            rels: weights.labels("rels", count)?,
            arcs: Pointer::new(weights, "head.arcs", size(ARCS_DEP))?,
            relations: Relations {
                size: n,
                u,
                wd: weights.floats("head.rels.wd", Some(count * n))?,
                wh: weights.floats("head.rels.wh", Some(count * n))?,
                bias,
            },
            chain: Chain {
                transition: weights.floats("head.attribution.transition", Some(TAGS * TAGS))?,
                start: weights.floats("head.attribution.start", Some(TAGS))?,
            },
            link: Pointer::new(weights, "head.link", size(LINK_DEP))?,
            share: weights.config.attribution_share,
            claims: if weights.has("head.claim_start.weight") { Some(Claims::new(weights, h)?) } else { None },
            single,
            edges,
        })
    }

    /// Reads the window whose vectors are in `scratch`; claims only where asked for.
    #[inline(always)]
    pub(super) fn read<L: Lanes>(
        &self,
        lanes: L,
        window: &Window,
        hidden: usize,
        with_claims: bool,
        scratch: &Scratch,
    ) -> Reading {
        let vectors = &scratch.vectors;
        let mut x = Quantised::default();
        quantise(vectors, hidden, &mut x);
        let mut scores = Vec::new();
        self.single.apply(lanes, &x, &mut scores);
        let stride = self.single.stride();
        for row in scores.chunks_exact_mut(stride) {
            gelu_all(&mut row[self.edges[ARCS_DEP]..]);
        }
        // Rows of one part, that of the root included.
        let part = |part: usize| {
            let (from, to) = (self.edges[part], self.edges[part + 1]);
            scores.chunks_exact(stride).map(move |row| &row[from..to])
        };
        let bent = |number: usize| part(number).flatten().copied().collect::<Vec<f32>>();
        let mut reading = Reading {
            labels: scores.chunks_exact(stride).skip(1).flat_map(|row| &row[..self.edges[ENTITY]]).copied().collect(),
            entity: part(ENTITY).skip(1).map(argmax).collect(),
            ..Reading::default()
        };
        // Trees.
        let n = self.arcs.size;
        let (dep, head) = (bent(ARCS_DEP), bent(ARCS_HEAD));
        let bowed = self.arcs.bend(lanes, &dep[n..]);
        for sentence in &window.sentences {
            reading.heads.extend(self.sentence(lanes, sentence.clone(), &window.marks, &bowed, &head));
        }
        reading.rels = self.relations(lanes, &reading.heads, &bent(RELS_DEP), &bent(RELS_HEAD));
        // Attribution.
        let emissions: Vec<[f32; TAGS]> =
            part(ATTRIBUTION).skip(1).map(|row| row.first_chunk::<TAGS>().copied().unwrap_or_default()).collect();
        reading.tags = self.chain.best(&emissions);
        let marked = spans(&reading.tags);
        let (dep, head) = (bent(LINK_DEP), bent(LINK_HEAD));
        let n = self.link.size;
        let cues: Vec<usize> = (0..marked.len()).filter(|&i| marked[i].role == Role::Cue).collect();
        let mut likings = vec![f32::MIN; marked.len()];
        reading.shared = vec![None; marked.len()];
        for (number, span) in marked.iter().enumerate() {
            let mut chosen = None;
            if span.role != Role::Cue {
                let from = self.link.bend(lanes, &dep[(span.start + 1) * n..(span.start + 2) * n]);
                let score = |at: usize| dot(&from, &head[at * n..(at + 1) * n]);
                let scores: Vec<(usize, f32)> = cues.iter().map(|&cue| (cue, score(marked[cue].start + 1))).collect();
                let mut top = score(0);
                let mut most = f32::MIN;
                for &(cue, score) in &scores {
                    if score > top {
                        top = score;
                        chosen = Some(cue);
                    }
                    most = if score > most { score } else { most };
                }
                if span.role == Role::Source {
                    for &(cue, score) in &scores {
                        let liking = score - most;
                        if liking > -self.share && liking > likings[cue] {
                            likings[cue] = liking;
                            reading.shared[cue] = Some(number);
                        }
                    }
                }
            }
            reading.spans.push((*span, chosen));
        }
        if with_claims && let Some(claims) = &self.claims {
            quantise(&scratch.claim_vectors, hidden, &mut x);
            reading.claims = claims.read(lanes, &x, &scratch.claim_vectors, hidden);
        }
        #[cfg(test)]
        {
            reading.scores = (0..PARTS.len()).map(|number| part(number).flatten().copied().collect()).collect();
        }
        reading
    }

    /// Heads of the tokens of one sentence, as numbers within the window. Nothing hangs on a punctuation mark.
    #[inline(always)]
    fn sentence<L: Lanes>(
        &self,
        lanes: L,
        tokens: std::ops::Range<usize>,
        marks: &[bool],
        bowed: &[f32],
        head: &[f32],
    ) -> Vec<Option<usize>> {
        let (n, count) = (self.arcs.size, tokens.len());
        let width = (count + 1).next_multiple_of(LANES);
        // Candidates as columns: the root, then the tokens.
        let mut columns = vec![0.0; n * width];
        for column in 0..=count {
            let row = if column == 0 { 0 } else { tokens.start + column };
            for (k, &value) in head[row * n..(row + 1) * n].iter().enumerate() {
                columns[k * width + column] = value;
            }
        }
        let mut scores = vec![0.0; count * width];
        let dep = Matrix { data: &bowed[tokens.start * n..tokens.end * n], stride: n };
        product(lanes, (count, n, width), dep, Matrix { data: &columns, stride: width }, &mut scores, width);
        for (column, _) in marks[tokens.clone()].iter().enumerate().filter(|(_, mark)| **mark) {
            scores.iter_mut().skip(column + 1).step_by(width).for_each(|score| *score -= BARRED);
        }
        tree(&scores, width).into_iter().map(|head| head.checked_sub(1).map(|head| tokens.start + head)).collect()
    }

    /// Best relation of every token to its head; "root" for those without, and only for those.
    #[inline(always)]
    fn relations<L: Lanes>(&self, lanes: L, heads: &[Option<usize>], dep: &[f32], head: &[f32]) -> Vec<usize> {
        const ROWS: usize = 24;
        let r = &self.relations;
        let (n, count) = (r.size, r.bias.len());
        let root = self.rels.iter().position(|name| name == "root");
        let u = Matrix { data: &r.u, stride: count * n };
        let mut bent = vec![0.0; ROWS * count * n];
        let mut out = Vec::with_capacity(heads.len());
        let mut scores = vec![0.0; count];
        for (chunk, heads) in heads.chunks(ROWS).enumerate() {
            let rows = Matrix { data: &dep[(chunk * ROWS + 1) * n..], stride: n };
            product(lanes, (heads.len(), n, count * n), rows, u, &mut bent, count * n);
            for (row, at) in heads.iter().enumerate() {
                let token = chunk * ROWS + row + 1;
                let dep = &dep[token * n..(token + 1) * n];
                let to = at.map_or(0, |at| at + 1);
                let head = &head[to * n..(to + 1) * n];
                for (relation, score) in scores.iter_mut().enumerate() {
                    let at = relation * n..(relation + 1) * n;
                    let bent = &bent[row * count * n..(row + 1) * count * n];
                    *score = dot(&bent[at.clone()], head)
                        + dot(dep, &r.wd[at.clone()])
                        + dot(head, &r.wh[at])
                        + r.bias[relation];
                }
                if let (Some(root), Some(_)) = (root, at) {
                    scores[root] = f32::MIN;
                }
                out.push(match (root, at) {
                    (Some(root), None) => root,
                    _ => argmax(&scores),
                });
            }
        }
        out
    }
}

impl Claims {
    fn new(weights: &Weights<'_>, hidden: usize) -> Result<Self> {
        let stack = |count: usize, side: &str| {
            let names: Vec<String> = POINTERS[..count].iter().map(|n| format!("head.claim_{n}.{side}")).collect();
            weights.stack(&names.iter().map(String::as_str).collect::<Vec<_>>(), hidden)
        };
        let (dep, head) = (stack(SPANS, "dep")?, stack(POINTERS.len(), "head")?);
        let addressee_dep = weights.stack(&["head.claim_addressee.dep"], 4 * hidden)?;
        let size = addressee_dep.outputs();
        let start = weights.stack(&["head.claim_start"], hidden)?;
        let act_in = weights.stack(&["head.claim_act_in"], 4 * hidden)?;
        let act = weights.stack(&["head.claim_act"], act_in.outputs())?;
        let acts = weights.labels("claim_act", act.outputs())?;
        let names: Vec<&str> = Act::ALL.iter().map(|act| act.as_str()).collect();
        let fits = dep.outputs() == size * SPANS
            && head.outputs() == size * POINTERS.len()
            && size.is_multiple_of(LANES)
            && acts == names
            && start.outputs() == acts.len() + 1
            && act_in.stride() == act_in.outputs();
        if !fits {
            return Err(Error::invalid("model", "claim heads", "sizes or acts do not fit"));
        }
        Ok(Self {
            thresholds: weights.config.claims.unwrap_or_default(),
            start,
            dep,
            addressee_dep,
            head,
            pointers: POINTERS
                .iter()
                .map(|name| Pointer::new(weights, &format!("head.claim_{name}"), size))
                .collect::<Result<_>>()?,
            act_in,
            act,
        })
    }

    /// The claims whose content starts in the window.
    #[inline(always)]
    fn read<L: Lanes>(&self, lanes: L, x: &Quantised, vectors: &[f32], hidden: usize) -> Vec<ClaimSignal> {
        let mut scores = Vec::new();
        self.start.apply(lanes, x, &mut scores);
        let stride = self.start.stride();
        let chances: Vec<Vec<f32>> =
            scores.chunks_exact(stride).map(|row| probabilities(&row[..self.start.outputs()])).collect();
        // Rows count from 1, row 0 being the root, which stands for "none".
        let starts: Vec<usize> =
            (1..chances.len()).filter(|&row| 1.0 - chances[row][0] >= self.thresholds.start).collect();
        if starts.is_empty() {
            return Vec::new();
        }
        let mut chosen = Quantised { width: hidden, ..Quantised::default() };
        for &row in &starts {
            chosen.bytes.extend_from_slice(&x.bytes[row * hidden..(row + 1) * hidden]);
            chosen.scales.push(x.scales[row]);
        }
        let (mut deps, mut heads) = (Vec::new(), Vec::new());
        self.dep.apply(lanes, &chosen, &mut deps);
        self.head.apply(lanes, x, &mut heads);
        gelu_all(&mut deps);
        gelu_all(&mut heads);
        let mut bowed = Vec::with_capacity(POINTERS.len());
        for (pointer, weights) in self.pointers[..SPANS].iter().enumerate() {
            let n = weights.size;
            let rows = deps.chunks_exact(self.dep.stride()).flat_map(|row| &row[pointer * n..(pointer + 1) * n]);
            bowed.push(weights.bend(lanes, &rows.copied().collect::<Vec<f32>>()));
        }
        let mut out = Vec::with_capacity(starts.len());
        for (number, &start) in starts.iter().enumerate() {
            let point = |pointer: usize, from: &[f32]| -> Vec<f32> {
                let n = self.pointers[pointer].size;
                heads
                    .chunks_exact(self.head.stride())
                    .map(|row| dot(from, &row[pointer * n..(pointer + 1) * n]))
                    .collect()
            };
            let best = |pointer: usize, allowed: &dyn Fn(usize) -> bool| {
                let n = self.pointers[pointer].size;
                let mut row = point(pointer, &bowed[pointer][number * n..(number + 1) * n]);
                for (index, score) in row.iter_mut().enumerate() {
                    if !allowed(index) {
                        *score = -1e4;
                    }
                }
                argmax(&row)
            };
            let last = |pointer: usize, first: usize, reach: usize| {
                if first == 0 { 0 } else { best(pointer, &|row| row >= first && row < first + reach) }
            };
            let end = best(END, &|row| row >= start).max(start);
            let cue_first = best(CUE_FIRST, &|_| true);
            let cue_last = last(CUE_LAST, cue_first, CUE_REACH);
            let source_first = best(SOURCE_FIRST, &|_| true);
            let source_last = last(SOURCE_LAST, source_first, SOURCE_REACH);
            // Act and addressees from start, content, cue and source together; the act mixed with what the start head says.
            let mut joined = Vec::with_capacity(4 * hidden);
            let row = |row: usize| &vectors[row * hidden..(row + 1) * hidden];
            joined.extend_from_slice(row(start));
            mean(vectors, hidden, start, end, &mut joined);
            mean(vectors, hidden, cue_first, cue_last.max(cue_first), &mut joined);
            joined.extend_from_slice(row(source_last));
            let mut q = Quantised::default();
            quantise(&joined, joined.len(), &mut q);
            let (mut inner, mut act) = (Vec::new(), Vec::new());
            self.addressee_dep.apply(lanes, &q, &mut inner);
            gelu_all(&mut inner);
            let addressees = probabilities(&point(ADDRESSEE, &self.pointers[ADDRESSEE].bend(lanes, &inner)))
                .into_iter()
                .enumerate()
                .skip(1)
                .filter(|(_, chance)| *chance >= ADDRESSEE_FLOOR)
                .map(|(row, chance)| (row - 1, chance))
                .collect();
            self.act_in.apply(lanes, &q, &mut inner);
            gelu_all(&mut inner);
            quantise(&inner, inner.len(), &mut q);
            self.act.apply(lanes, &q, &mut act);
            out.push(ClaimSignal {
                content: (start - 1, end - 1),
                probability: 1.0 - chances[start][0],
                acts: self.mix(&chances[start][1..], &act[..self.act.outputs()]),
                cue: (cue_first > 0).then(|| (cue_first - 1, cue_last.max(cue_first) - 1)),
                source: (source_last > 0).then(|| source_last - 1),
                source_span: (source_last > 0).then(|| (source_first - 1, source_last - 1)),
                addressees,
            });
        }
        distinct(out, self.thresholds.iou)
    }

    /// Geometric mean, weighted, of the start head's chances of each act and those of the act head.
    fn mix(&self, start: &[f32], act: &[f32]) -> [f32; 13] {
        let weight = self.thresholds.act_start.clamp(0.0, 1.0);
        let sum: f32 = start.iter().sum();
        let mut out = [0.0; 13];
        for ((to, first), second) in out.iter_mut().zip(start).zip(probabilities(act)) {
            *to = power((first / sum).max(1e-9), weight) * power(second.max(1e-9), 1.0 - weight);
        }
        let sum: f32 = out.iter().sum();
        out.map(|chance| chance / sum)
    }
}

/// Drops claims whose content is nearly that of a likelier one; keeps the order.
fn distinct(claims: Vec<ClaimSignal>, limit: f32) -> Vec<ClaimSignal> {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by(|&a, &b| claims[b].probability.total_cmp(&claims[a].probability));
    let mut kept: Vec<usize> = Vec::new();
    for number in order {
        let (start, end) = claims[number].content;
        let near = kept.iter().any(|&other| {
            let (from, to) = claims[other].content;
            let shared = (end.min(to) + 1).saturating_sub(start.max(from));
            let union = end.max(to) + 1 - start.min(from);
            shared as f32 > limit * union as f32
        });
        if !near {
            kept.push(number);
        }
    }
    kept.sort_unstable();
    claims
        .into_iter()
        .enumerate()
        .filter(|(number, _)| kept.binary_search(number).is_ok())
        .map(|(_, claim)| claim)
        .collect()
}

/// `base` to the power of `exponent` for a base in 0..=1 and an exponent in 0..=1, without the platform's functions.
fn power(base: f32, exponent: f32) -> f32 {
    super::math::exp(exponent * super::math::ln(base))
}

/// Appends the mean of the rows from `first` to `last`, inclusive.
#[inline(always)]
fn mean(vectors: &[f32], width: usize, first: usize, last: usize, out: &mut Vec<f32>) {
    let from = out.len();
    out.resize(from + width, 0.0);
    let sums = &mut out[from..];
    for row in vectors[first * width..(last + 1) * width].chunks_exact(width) {
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
    }
    let count = (last + 1 - first) as f32;
    for sum in sums {
        *sum /= count;
    }
}
