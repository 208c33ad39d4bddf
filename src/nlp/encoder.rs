//! The encoder: the layers of a BERT in 8-bit integers. Pieces in, one vector for each token and one for the root out.
//!
//! # References
//! Devlin et al. 2019; Wang et al. 2020 (MiniLM).
#![expect(clippy::inline_always, reason = "the instructions of a level reach only what is inlined into it")]

use std::ops::Range;

use super::kernels::{LANES, Lanes, Linear, Matrix, Quantised, product};
use super::math::{gelu_all, layer_norm, quantise, softmax};
use super::weights::{Bytes, Weights};
use crate::diag::Result;

/// What the encoder reads at once.
#[derive(Debug, Default, Clone)]
pub(super) struct Window {
    /// Numbers of the pieces, with the marks at the start and after each sentence.
    pub(super) pieces: Vec<u32>,
    /// Shape of the word that each piece is of.
    pub(super) shapes: Vec<u8>,
    /// First piece of each token.
    pub(super) first: Vec<usize>,
    /// For each token, whether it is a punctuation mark.
    pub(super) marks: Vec<bool>,
    /// Tokens of each sentence, as numbers within the window.
    pub(super) sentences: Vec<Range<usize>>,
    /// Number of the first token in the document.
    pub(super) base: usize,
}

/// Weights of the encoder.
#[derive(Debug)]
pub(super) struct Encoder {
    hidden: usize,
    attention_heads: usize,
    epsilon: f32,
    bytes: Bytes,
    words: Range<usize>,
    word_scale: Vec<f32>,
    position: Vec<f32>,
    shape: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    claim_layers: Vec<Layer>,
}

#[derive(Debug)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    query: Linear,
    key_value: Linear,
    attention_out: Linear,
    attention_norm: Norm,
    ffn_in: Linear,
    ffn_out: Linear,
    ffn_norm: Norm,
}

/// Memory for one window, used again for the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// At the end, one row for the root and one for each token, as tags, trees and attributions read them.
    pub(super) vectors: Vec<f32>,
    /// The same as the claim heads read them.
    pub(super) claim_vectors: Vec<f32>,
    quantised: Quantised,
    query: Vec<f32>,
    key_value: Vec<f32>,
    keys: Vec<f32>,
    weights: Vec<f32>,
    context: Vec<f32>,
    out: Vec<f32>,
    wide: Vec<f32>,
}

/// Rows of attention weights computed together.
const ROWS: usize = 48;

impl Encoder {
    /// Takes the encoder out of a weights file with `pieces` word pieces.
    pub(super) fn new(weights: &Weights<'_>, bytes: Bytes, pieces: usize) -> Result<Self> {
        let config = &weights.config;
        let h = config.hidden;
        let norm = |name: &str| {
            Result::Ok(Norm {
                weight: weights.floats(&format!("{name}.weight"), Some(h))?,
                bias: weights.floats(&format!("{name}.bias"), Some(h))?,
            })
        };
        let layer = |stack: &str, n: usize| {
            let name = |part: &str| format!("{stack}.{n}.{part}");
            let ffn_in = weights.stack(&[&name("ffn_in")], h)?;
            Result::Ok(Layer {
                query: weights.stack(&[&name("query")], h)?,
                key_value: weights.stack(&[&name("key"), &name("value")], h)?,
                attention_out: weights.stack(&[&name("attention_out")], h)?,
                attention_norm: norm(&name("attention_norm"))?,
                ffn_out: weights.stack(&[&name("ffn_out")], ffn_in.outputs())?,
                ffn_in,
                ffn_norm: norm(&name("ffn_norm"))?,
            })
        };
        let layers = |stack: &str, count: usize| (0..count).map(|n| layer(stack, n)).collect::<Result<Vec<Layer>>>();
        Ok(Self {
            hidden: h,
            attention_heads: config.attention_heads,
            epsilon: config.layer_norm_eps,
            words: weights.place("embeddings.word.weight", pieces * h)?,
            bytes,
            word_scale: weights.floats("embeddings.word.scale", Some(pieces))?,
            position: weights.floats("embeddings.position.weight", Some(config.window * h))?,
            shape: weights.floats("embeddings.token_type.weight", Some(8 * h))?,
            norm: norm("embeddings.norm")?,
            layers: layers("layer", config.layers)?,
            claim_layers: layers("claim_layer", config.claim_layers)?,
        })
    }

    /// Length of a vector.
    pub(super) fn hidden(&self) -> usize {
        self.hidden
    }

    /// Leaves the vector of the root and then that of each token in `scratch.vectors` and, `with_claims`, in `scratch.claim_vectors`.
    #[inline(always)]
    pub(super) fn encode<L: Lanes>(&self, lanes: L, window: &Window, with_claims: bool, scratch: &mut Scratch) {
        let mut keep = Vec::with_capacity(window.first.len() + 1);
        keep.push(0);
        keep.extend_from_slice(&window.first);
        self.embed(window, scratch);
        if with_claims && !self.claim_layers.is_empty() {
            for layer in &self.layers {
                self.layer(lanes, layer, window.pieces.len(), None, scratch);
            }
            let h = self.hidden;
            let common: Vec<f32> =
                keep.iter().flat_map(|&at| &scratch.vectors[at * h..(at + 1) * h]).copied().collect();
            self.run(lanes, &self.claim_layers, window.pieces.len(), &keep, scratch);
            scratch.claim_vectors = std::mem::replace(&mut scratch.vectors, common);
        } else {
            self.run(lanes, &self.layers, window.pieces.len(), &keep, scratch);
            if with_claims {
                scratch.claim_vectors.clone_from(&scratch.vectors);
            }
        }
    }

    /// Runs layers over all pieces; in the last one only the rows of `keep` are computed.
    #[inline(always)]
    fn run<L: Lanes>(&self, lanes: L, layers: &[Layer], count: usize, keep: &[usize], scratch: &mut Scratch) {
        let Some((last, before)) = layers.split_last() else { return };
        for layer in before {
            self.layer(lanes, layer, count, None, scratch);
        }
        self.layer(lanes, last, count, Some(keep), scratch);
    }

    #[inline(always)]
    fn embed(&self, window: &Window, scratch: &mut Scratch) {
        let h = self.hidden;
        let table = &self.bytes[self.words.clone()];
        scratch.vectors.clear();
        scratch.vectors.resize(window.pieces.len() * h, 0.0);
        let rows = scratch.vectors.chunks_exact_mut(h);
        for (at, ((row, &piece), &shape)) in rows.zip(&window.pieces).zip(&window.shapes).enumerate() {
            let piece = (piece as usize).min(self.word_scale.len() - 1);
            let scale = self.word_scale[piece];
            let word = &table[piece * h..(piece + 1) * h];
            let position = &self.position[at * h..(at + 1) * h];
            let shape = &self.shape[usize::from(shape) * h..(usize::from(shape) + 1) * h];
            for i in 0..h {
                row[i] = f32::from(word[i].cast_signed()) * scale + position[i] + shape[i];
            }
            layer_norm(row, &self.norm.weight, &self.norm.bias, self.epsilon);
        }
    }

    #[inline(always)]
    fn layer<L: Lanes>(&self, lanes: L, layer: &Layer, count: usize, keep: Option<&[usize]>, s: &mut Scratch) {
        let h = self.hidden;
        quantise(&s.vectors, h, &mut s.quantised);
        layer.key_value.apply(lanes, &s.quantised, &mut s.key_value);
        if let Some(keep) = keep {
            // `keep` ascends, so rows move to the front only.
            for (to, &from) in keep.iter().enumerate() {
                s.vectors.copy_within(from * h..(from + 1) * h, to * h);
                s.quantised.bytes.copy_within(from * h..(from + 1) * h, to * h);
                s.quantised.scales[to] = s.quantised.scales[from];
            }
            s.vectors.truncate(keep.len() * h);
            s.quantised.bytes.truncate(keep.len() * h);
            s.quantised.scales.truncate(keep.len());
        }
        layer.query.apply(lanes, &s.quantised, &mut s.query);
        self.attention(lanes, count, s);
        quantise(&s.context, h, &mut s.quantised);
        layer.attention_out.apply(lanes, &s.quantised, &mut s.out);
        add_and_norm(&mut s.vectors, &s.out, h, &layer.attention_norm, self.epsilon);
        quantise(&s.vectors, h, &mut s.quantised);
        layer.ffn_in.apply(lanes, &s.quantised, &mut s.wide);
        gelu_all(&mut s.wide);
        quantise(&s.wide, layer.ffn_in.stride(), &mut s.quantised);
        layer.ffn_out.apply(lanes, &s.quantised, &mut s.out);
        add_and_norm(&mut s.vectors, &s.out, h, &layer.ffn_norm, self.epsilon);
    }

    /// Attention of every query row over all `count` pieces.
    #[inline(always)]
    fn attention<L: Lanes>(&self, lanes: L, count: usize, s: &mut Scratch) {
        let h = self.hidden;
        let size = h / self.attention_heads;
        let scale = 1.0 / (size as f32).sqrt();
        let queries = s.query.len() / h;
        let padded = count.next_multiple_of(LANES);
        s.keys.clear();
        s.keys.resize(h * padded, 0.0);
        // Keys as columns; sixteen of them at a time, so that a line of memory is written whole.
        for (group, rows) in s.key_value.chunks(2 * h * LANES).enumerate() {
            for channel in 0..h {
                let to = &mut s.keys[channel * padded + group * LANES..][..LANES];
                for (key, row) in to.iter_mut().zip(rows.chunks_exact(2 * h)) {
                    *key = row[channel];
                }
            }
        }
        // The products write every value of these.
        s.context.resize(queries * h, 0.0);
        s.weights.resize(ROWS * padded, 0.0);
        for head in 0..self.attention_heads {
            let from = head * size;
            let keys = Matrix { data: &s.keys[from * padded..(from + size) * padded], stride: padded };
            let values = Matrix { data: &s.key_value[h + from..], stride: 2 * h };
            let mut row = 0;
            while row < queries {
                let rows = ROWS.min(queries - row);
                let query = Matrix { data: &s.query[row * h + from..], stride: h };
                product(lanes, (rows, size, padded), query, keys, &mut s.weights, padded);
                for line in s.weights.chunks_exact_mut(padded).take(rows) {
                    softmax(line, count, scale);
                }
                let weights = Matrix { data: &s.weights, stride: padded };
                product(lanes, (rows, count, size), weights, values, &mut s.context[row * h + from..], h);
                row += rows;
            }
        }
    }
}

#[inline(always)]
fn add_and_norm(vectors: &mut [f32], out: &[f32], width: usize, norm: &Norm, epsilon: f32) {
    for (row, add) in vectors.chunks_exact_mut(width).zip(out.chunks_exact(width)) {
        for (value, more) in row.iter_mut().zip(add) {
            *value += more;
        }
        layer_norm(row, &norm.weight, &norm.bias, epsilon);
    }
}
