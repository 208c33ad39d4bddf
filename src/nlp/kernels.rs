//! Matrix products: exact integers for the layers, floats in a fixed order for attention and scores.
//!
//! The same code runs on three widths of registers, chosen once at run time; only the product of bytes is written for each.
//! Every width gives the same bits: integer sums are exact, and each float sum runs over the inner dimension in order, one
//! rounding for each product and each addition. Start at [`Level::best`] and [`Level::run`].
#![expect(clippy::needless_range_loop, reason = "several arrays share an index")]
#![expect(clippy::inline_always, reason = "the instructions of a level reach only what is inlined into it")]

use fearless_simd::prelude::*;
#[cfg(target_arch = "x86_64")]
use fearless_simd::{Avx2, Avx512};
use fearless_simd::{Fallback, f32x16, i8x64, i32x16};

/// Output channels that one block of packed weights holds, and lanes of one register.
pub(super) const LANES: usize = 16;

/// What the processor offers.
#[derive(Debug, Clone, Copy)]
pub(super) enum Level {
    /// 512-bit registers and products of bytes (AVX-512 VNNI).
    #[cfg(target_arch = "x86_64")]
    Wide(Avx512),
    /// 256-bit registers (AVX2).
    #[cfg(target_arch = "x86_64")]
    Middle(Avx2),
    /// Whatever the compiler makes of plain code.
    Plain,
}

/// Work that is compiled once for every level. `call` and all that it calls must be `#[inline(always)]`.
pub(super) trait Work {
    type Output;
    fn call<L: Lanes>(self, lanes: L) -> Self::Output;
}

impl Level {
    /// The widest level of this machine.
    pub(super) fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            let level = fearless_simd::Level::new();
            if let Some(wide) = level.as_avx512() {
                return Self::Wide(wide);
            }
            if let Some(middle) = level.as_avx2() {
                return Self::Middle(middle);
            }
        }
        Self::Plain
    }

    /// Every level of this machine, for tests.
    #[cfg(test)]
    pub(super) fn all() -> Vec<Self> {
        let mut out = vec![Self::Plain];
        #[cfg(target_arch = "x86_64")]
        {
            let level = fearless_simd::Level::new();
            out.extend(level.as_avx2().map(Self::Middle));
            out.extend(level.as_avx512().map(Self::Wide));
        }
        out
    }

    /// Runs the work with the instructions of this level.
    pub(super) fn run<W: Work>(self, work: W) -> W::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Wide(lanes) => lanes.vectorize(
                #[inline(always)]
                || work.call(lanes),
            ),
            #[cfg(target_arch = "x86_64")]
            Self::Middle(lanes) => lanes.vectorize(
                #[inline(always)]
                || work.call(lanes),
            ),
            Self::Plain => work.call(Fallback::new()),
        }
    }
}

/// Sixteen lanes of integers or floats.
pub(super) trait Lanes: Simd {
    /// Rows of a tile of integer products four blocks wide.
    const ROWS: usize;

    /// Adds to each of sixteen sums the products of four inputs, the same for all, with four weights of its own. Inputs are at most
    /// 127, so that no step saturates.
    fn dot(self, sum: i32x16<Self>, inputs: [u8; 4], weights: i8x64<Self>) -> i32x16<Self>;
}

impl Lanes for Fallback {
    const ROWS: usize = 1;

    #[inline(always)]
    fn dot(self, mut sum: i32x16<Self>, inputs: [u8; 4], weights: i8x64<Self>) -> i32x16<Self> {
        for lane in 0..LANES {
            for k in 0..4 {
                sum[lane] += i32::from(inputs[k]) * i32::from(weights[lane * 4 + k]);
            }
        }
        sum
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16,
        _mm256_set1_epi32, _mm512_dpbusd_epi32, _mm512_set1_epi32,
    };

    use fearless_simd::prelude::*;
    use fearless_simd::{Avx2, Avx512, i8x64, i32x16, kernel};

    use super::Lanes;

    kernel!(
        #[inline(always)]
        fn dot_wide(_lanes: Avx512, sum: __m512i, inputs: i32, weights: __m512i) -> __m512i {
            _mm512_dpbusd_epi32(sum, _mm512_set1_epi32(inputs), weights)
        }
    );

    kernel!(
        #[inline(always)]
        fn dot_middle(_lanes: Avx2, sum: __m256i, inputs: i32, weights: __m256i) -> __m256i {
            let pairs = _mm256_maddubs_epi16(_mm256_set1_epi32(inputs), weights);
            _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
        }
    );

    impl Lanes for Avx512 {
        const ROWS: usize = 6;

        #[inline(always)]
        fn dot(self, sum: i32x16<Self>, inputs: [u8; 4], weights: i8x64<Self>) -> i32x16<Self> {
            dot_wide(self, sum.into(), i32::from_le_bytes(inputs), weights.into()).simd_into(self)
        }
    }

    impl Lanes for Avx2 {
        const ROWS: usize = 1;

        #[inline(always)]
        fn dot(self, sum: i32x16<Self>, inputs: [u8; 4], weights: i8x64<Self>) -> i32x16<Self> {
            let inputs = i32::from_le_bytes(inputs);
            let (low, high) = sum.split();
            let (first, second) = weights.split();
            let low: fearless_simd::i32x8<Self> = dot_middle(self, low.into(), inputs, first.into()).simd_into(self);
            low.combine(dot_middle(self, high.into(), inputs, second.into()))
        }
    }
}

/// Rows of activations, each quantised on its own: `value = scale * (byte - 64)`.
#[derive(Debug, Default)]
pub(super) struct Quantised {
    pub(super) width: usize,
    pub(super) bytes: Vec<u8>,
    pub(super) scales: Vec<f32>,
}

impl Quantised {
    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.scales.len()
    }

    fn row(&self, row: usize) -> &[[u8; 4]] {
        self.bytes[row * self.width..(row + 1) * self.width].as_chunks::<4>().0
    }
}

/// A linear layer with one 8-bit row of weights for each output, packed for the kernels.
#[derive(Debug)]
pub(super) struct Linear {
    inputs: usize,
    outputs: usize,
    /// Blocks of 16 outputs; in a block, 4 inputs of each output after another.
    packed: Vec<[i8; 64]>,
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// 64 times the sum of the weights of an output: what the shift of the inputs to bytes adds.
    shift: Vec<i32>,
}

impl Linear {
    /// Packs `weight[output][input]`; `None` where the sizes do not fit together or `inputs` is no multiple of 4.
    pub(super) fn new(weight: &[i8], scale: &[f32], bias: &[f32]) -> Option<Self> {
        let outputs = scale.len();
        let inputs = weight.len().checked_div(outputs)?;
        if inputs * outputs != weight.len() || inputs % 4 != 0 || inputs == 0 || bias.len() != outputs {
            return None;
        }
        let blocks = outputs.div_ceil(LANES);
        let mut packed = vec![[0; 64]; blocks * inputs / 4];
        let padded = blocks * LANES;
        let mut shift = vec![0; padded];
        for (output, row) in weight.chunks_exact(inputs).enumerate() {
            let (block, lane) = (output / LANES, output % LANES);
            for (k, four) in row.as_chunks::<4>().0.iter().enumerate() {
                packed[block * inputs / 4 + k][lane * 4..lane * 4 + 4].copy_from_slice(four);
            }
            shift[output] = 64 * row.iter().map(|&w| i32::from(w)).sum::<i32>();
        }
        let fill = |from: &[f32]| {
            let mut to = from.to_vec();
            to.resize(padded, 0.0);
            to
        };
        Some(Self { inputs, outputs, packed, scale: fill(scale), bias: fill(bias), shift })
    }

    /// Number of outputs.
    pub(super) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Outputs rounded up to whole blocks: distance of two rows of the result.
    pub(super) fn stride(&self) -> usize {
        self.bias.len()
    }

    /// The layer applied to every row; `out` is resized to rows times [`Self::stride`].
    #[inline(always)]
    pub(super) fn apply<L: Lanes>(&self, lanes: L, x: &Quantised, out: &mut Vec<f32>) {
        // Every value is written below.
        out.resize(x.rows() * self.stride(), 0.0);
        let blocks = self.stride() / LANES;
        let mut block = 0;
        while block + 4 <= blocks {
            self.columns::<L, 4>(lanes, x, block, out);
            block += 4;
        }
        while block < blocks {
            self.columns::<L, 1>(lanes, x, block, out);
            block += 1;
        }
    }

    #[inline(always)]
    fn columns<L: Lanes, const C: usize>(&self, lanes: L, x: &Quantised, block: usize, out: &mut [f32]) {
        let rows = x.rows();
        let mut row = 0;
        if L::ROWS >= 6 {
            while row + 6 <= rows {
                self.tile::<L, 6, C>(lanes, x, row, block, out);
                row += 6;
            }
        }
        if L::ROWS >= 3 {
            while row + 3 <= rows {
                self.tile::<L, 3, C>(lanes, x, row, block, out);
                row += 3;
            }
        }
        while row < rows {
            self.tile::<L, 1, C>(lanes, x, row, block, out);
            row += 1;
        }
    }

    #[inline(always)]
    fn tile<L: Lanes, const R: usize, const C: usize>(
        &self,
        lanes: L,
        x: &Quantised,
        row: usize,
        block: usize,
        out: &mut [f32],
    ) {
        let steps = self.inputs / 4;
        // No closures here: they are not always inlined, and a call in the inner loop doubles the time of everything.
        let mut weights: [&[[i8; 64]]; C] = [&[]; C];
        for (c, from) in weights.iter_mut().enumerate() {
            *from = &self.packed[(block + c) * steps..][..steps];
        }
        let mut inputs: [&[[u8; 4]]; R] = [&[]; R];
        for (r, from) in inputs.iter_mut().enumerate() {
            *from = &x.row(row + r)[..steps];
        }
        let mut sums = [[i32x16::splat(lanes, 0); C]; R];
        let mut w = [i8x64::splat(lanes, 0); C];
        for k in 0..steps {
            for c in 0..C {
                w[c] = i8x64::from_slice(lanes, &weights[c][k]);
            }
            for r in 0..R {
                for c in 0..C {
                    sums[r][c] = lanes.dot(sums[r][c], inputs[r][k], w[c]);
                }
            }
        }
        for r in 0..R {
            let scale = f32x16::splat(lanes, x.scales[row + r]);
            for c in 0..C {
                let from = (block + c) * LANES;
                let shift = i32x16::from_slice(lanes, &self.shift[from..from + LANES]);
                let scales = f32x16::from_slice(lanes, &self.scale[from..from + LANES]);
                let bias = f32x16::from_slice(lanes, &self.bias[from..from + LANES]);
                let at = (row + r) * self.stride() + from;
                let value = lanes.cvt_f32_i32x16(sums[r][c] - shift) * (scale * scales) + bias;
                value.store_slice(&mut out[at..at + LANES]);
            }
        }
    }
}

/// A matrix of floats inside a slice: element `(i, j)` at `i * stride + j`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix<'a> {
    pub(super) data: &'a [f32],
    pub(super) stride: usize,
}

/// `out = a * b` for `rows` rows of `a`, `inner` rows of `b` and `columns` columns, a multiple of [`LANES`].
#[inline(always)]
pub(super) fn product<L: Lanes>(
    lanes: L,
    (rows, inner, columns): (usize, usize, usize),
    a: Matrix<'_>,
    b: Matrix<'_>,
    out: &mut [f32],
    out_stride: usize,
) {
    let mut column = 0;
    while column + 4 * LANES <= columns {
        product_columns::<L, 4>(lanes, rows, inner, column, a, b, out, out_stride);
        column += 4 * LANES;
    }
    while column + 2 * LANES <= columns {
        product_columns::<L, 2>(lanes, rows, inner, column, a, b, out, out_stride);
        column += 2 * LANES;
    }
    while column < columns {
        product_columns::<L, 1>(lanes, rows, inner, column, a, b, out, out_stride);
        column += LANES;
    }
}

#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "sizes of two matrices")]
fn product_columns<L: Lanes, const C: usize>(
    lanes: L,
    rows: usize,
    inner: usize,
    column: usize,
    a: Matrix<'_>,
    b: Matrix<'_>,
    out: &mut [f32],
    out_stride: usize,
) {
    let mut row = 0;
    if L::ROWS >= 6 {
        while row + 6 <= rows {
            product_tile::<L, 6, C>(lanes, row, inner, column, a, b, out, out_stride);
            row += 6;
        }
    }
    while row + 2 <= rows {
        product_tile::<L, 2, C>(lanes, row, inner, column, a, b, out, out_stride);
        row += 2;
    }
    while row < rows {
        product_tile::<L, 1, C>(lanes, row, inner, column, a, b, out, out_stride);
        row += 1;
    }
}

#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "sizes of two matrices")]
fn product_tile<L: Lanes, const R: usize, const C: usize>(
    lanes: L,
    row: usize,
    inner: usize,
    column: usize,
    a: Matrix<'_>,
    b: Matrix<'_>,
    out: &mut [f32],
    out_stride: usize,
) {
    let mut left: [&[f32]; R] = [&[]; R];
    for (r, from) in left.iter_mut().enumerate() {
        *from = &a.data[(row + r) * a.stride..][..inner];
    }
    let mut sums = [[f32x16::splat(lanes, 0.0); C]; R];
    let mut right = [f32x16::splat(lanes, 0.0); C];
    for k in 0..inner {
        let from = k * b.stride + column;
        let line = b.data[from..][..C * LANES].as_chunks::<LANES>().0;
        for c in 0..C {
            right[c] = f32x16::from_slice(lanes, &line[c]);
        }
        for r in 0..R {
            let x = f32x16::splat(lanes, left[r][k]);
            for c in 0..C {
                sums[r][c] += x * right[c];
            }
        }
    }
    for r in 0..R {
        let at = (row + r) * out_stride + column;
        let to = out[at..at + C * LANES].as_chunks_mut::<LANES>().0;
        for c in 0..C {
            sums[r][c].store_slice(&mut to[c]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Both<'a>(&'a Linear, &'a Quantised);

    impl Work for Both<'_> {
        type Output = (Vec<u32>, Vec<u32>);

        #[inline(always)]
        fn call<L: Lanes>(self, lanes: L) -> Self::Output {
            let mut out = Vec::new();
            self.0.apply(lanes, self.1, &mut out);
            let stride = self.0.stride();
            let mut square = vec![0.0; self.1.rows() * 48];
            let left = Matrix { data: &out, stride };
            let right: Vec<f32> = (0..stride * 48).map(|i| ((i * 37 % 101) as f32 - 50.0) / 7.0).collect();
            let sizes = (self.1.rows(), stride, 48);
            product(lanes, sizes, left, Matrix { data: &right, stride: 48 }, &mut square, 48);
            (out.iter().map(|x| x.to_bits()).collect(), square.iter().map(|x| x.to_bits()).collect())
        }
    }

    #[test]
    fn every_level_gives_the_same_bits_and_the_right_sums() {
        let (inputs, outputs, rows) = (384, 83, 11);
        // Extremes included: the largest products that a pair may add up to.
        let weight: Vec<i8> = (0..inputs * outputs)
            .map(|i| match i % 5 {
                0 | 1 => 127,
                2 => -127,
                _ => ((i * 89 % 255) as u8).cast_signed(),
            })
            .collect();
        let scale: Vec<f32> = (0..outputs).map(|i| 0.001 + i as f32 * 1e-5).collect();
        let bias: Vec<f32> = (0..outputs).map(|i| i as f32 * 0.1 - 3.0).collect();
        let linear = Linear::new(&weight, &scale, &bias).expect("sizes fit");
        let bytes: Vec<u8> =
            (0..inputs * rows).map(|i| if i % 3 == 0 { 127 } else { (i * 31 % 127 + 1) as u8 }).collect();
        let x = Quantised { width: inputs, bytes, scales: (0..rows).map(|i| 0.01 * (i + 1) as f32).collect() };
        let expected = Level::Plain.run(Both(&linear, &x));
        for level in Level::all() {
            assert_eq!(level.run(Both(&linear, &x)), expected, "{level:?}");
        }
        for row in 0..rows {
            for output in 0..outputs {
                let sum: i32 = (0..inputs)
                    .map(|k| (i32::from(x.bytes[row * inputs + k]) - 64) * i32::from(weight[output * inputs + k]))
                    .sum();
                let value = sum as f32 * (x.scales[row] * scale[output]) + bias[output];
                assert_eq!(expected.0[row * linear.stride() + output], value.to_bits());
            }
        }
    }
}
