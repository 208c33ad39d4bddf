//! Functions on rows of floats whose result is the same on every machine: no function of the platform's mathematics library, sums
//! in a fixed order, each multiplication with an addition behind it rounded once ([`f32::mul_add`], which is exact everywhere).
#![expect(clippy::inline_always, reason = "the instructions of a level reach only what is inlined into it")]

use super::kernels::{LANES, Quantised};

/// Adding this to a float of small size rounds it to an integer (ties to even) and leaves the integer in the low bits.
const ROUND: f32 = 12_582_912.0;

/// The exponential function for arguments from -87 to 88, cut off beyond; relative error below 4e-7.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    let shifted = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let whole = shifted - ROUND;
    // The logarithm of 2 in two parts, so that the remainder keeps its digits.
    let rest = whole.mul_add(-0.693_359_4, x);
    let rest = whole.mul_add(2.121_944_4e-4, rest);
    // Taylor's series up to the sixth power: the remainder is at most 0.35.
    let series = [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0]
        .into_iter()
        .fold(1.0 / 720.0, |sum: f32, next| sum.mul_add(rest, next));
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000));
    series * power
}

/// Natural logarithm of a positive, normal number; absolute error below 1e-6.
pub(super) fn ln(x: f32) -> f32 {
    let bits = x.to_bits();
    let mut exponent = (bits >> 23).cast_signed() - 127;
    let mut mantissa = f32::from_bits((bits & 0x007f_ffff) | 0x3f80_0000); // 1..2
    if mantissa > std::f32::consts::SQRT_2 {
        mantissa *= 0.5;
        exponent += 1;
    }
    // ln m = 2 artanh((m - 1) / (m + 1)), a series in a number below 0.18.
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let square = z * z;
    let series =
        2.0 * z * (1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square * (1.0 / 9.0)))));
    exponent as f32 * std::f32::consts::LN_2 + series
}

/// Gaussian error linear unit with the error function; absolute error below 6e-5, a hundredth of what the 8 bits behind it keep.
///
/// The error function over its argument is a polynomial of the ninth degree in the square, fitted for the least largest error up to 4.4 by reweighted
/// least squares (Lawson 1961); beyond it is 1.
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    const FROM: f32 = 4.4;
    const POWERS: [f32; 9] = [
        3.868_798e-10,
        -2.024_084e-8,
        6.316_223_6e-7,
        -1.324_388_5e-5,
        1.997_928_3e-4,
        -2.264_516_4e-3,
        1.971_720_3e-2,
        -0.132_739_56,
        0.797_796_25,
    ];
    let square = x * x;
    let square = if square > FROM * FROM { FROM * FROM } else { square };
    let series = POWERS.into_iter().fold(-3.313_009_8e-12, |sum: f32, next| sum.mul_add(square, next));
    let inside = x * series;
    let outside = if x < 0.0 { -1.0 } else { 1.0 };
    let erf = if square < FROM * FROM { inside } else { outside };
    let half = 0.5 * x;
    half.mul_add(erf, half)
}

/// Applies [`gelu`] to every value.
#[inline(always)]
pub(super) fn gelu_all(values: &mut [f32]) {
    for value in values {
        *value = gelu(*value);
    }
}

/// Sum in a fixed order: sixteen partial sums, then halves onto halves.
#[inline(always)]
fn total(mut parts: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for lane in 0..width {
            parts[lane] += parts[lane + width];
        }
        width /= 2;
    }
    parts[0]
}

/// Largest value of sixteen.
#[inline(always)]
fn largest(parts: [f32; LANES]) -> f32 {
    let mut top = parts[0];
    for part in parts {
        top = if part > top { part } else { top };
    }
    top
}

/// Normalises a row of a multiple of 16 values to mean 0 and variance 1, then scales and shifts it.
#[inline(always)]
pub(super) fn layer_norm(row: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32) {
    let count = row.len() as f32;
    let mut parts = [0.0; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            parts[lane] += chunk[lane];
        }
    }
    let mean = total(parts) / count;
    let mut parts = [0.0; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            let d = chunk[lane] - mean;
            parts[lane] = d.mul_add(d, parts[lane]);
        }
    }
    let factor = 1.0 / (total(parts) / count + epsilon).sqrt();
    for ((value, w), b) in row.iter_mut().zip(weight).zip(bias) {
        *value = ((*value - mean) * factor).mul_add(*w, *b);
    }
}

/// Makes weights in proportion of the first `count` scores of a row, the largest 1, and returns what they are to be multiplied by to sum to 1; the rest
/// becomes 0. The row's length is a multiple of 16.
#[inline(always)]
pub(super) fn softmax(row: &mut [f32], count: usize) -> f32 {
    for value in &mut row[count..] {
        *value = f32::MIN;
    }
    let mut tops = [f32::MIN; LANES];
    for chunk in row.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            tops[lane] = if chunk[lane] > tops[lane] { chunk[lane] } else { tops[lane] };
        }
    }
    let top = largest(tops);
    let mut parts = [0.0; LANES];
    for chunk in row.as_chunks_mut::<LANES>().0 {
        for lane in 0..LANES {
            chunk[lane] = exp(chunk[lane] - top);
            parts[lane] += chunk[lane];
        }
    }
    for value in &mut row[count..] {
        *value = 0.0;
    }
    1.0 / total(parts)
}

/// Quantises rows of `width` values, a multiple of 16, to 7 bits each with the largest size of the row as 63.
#[inline(always)]
pub(super) fn quantise(rows: &[f32], width: usize, to: &mut Quantised) {
    let count = rows.len() / width;
    to.width = width;
    to.bytes.resize(count * width, 0);
    to.scales.resize(count, 0.0);
    for ((row, bytes), scale) in rows.chunks_exact(width).zip(to.bytes.chunks_exact_mut(width)).zip(&mut to.scales) {
        let mut tops = [0.0_f32; LANES];
        for chunk in row.as_chunks::<LANES>().0 {
            for lane in 0..LANES {
                let size = chunk[lane].abs();
                tops[lane] = if size > tops[lane] { size } else { tops[lane] };
            }
        }
        let top = largest(tops) / 63.0;
        *scale = if top > 1e-12 { top } else { 1e-12 };
        let steps = 1.0 / *scale;
        for (byte, value) in bytes.iter_mut().zip(row) {
            *byte = (value.mul_add(steps, ROUND).to_bits().wrapping_add(64) & 0xff) as u8;
        }
    }
}

/// Index of the largest value, the first of equals; 0 for an empty row.
pub(super) fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    for (index, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = index;
        }
    }
    best
}

/// Probabilities of a row of scores.
pub(super) fn probabilities(scores: &[f32]) -> Vec<f32> {
    let top = scores.get(argmax(scores)).copied().unwrap_or_default();
    let mut out: Vec<f32> = scores.iter().map(|s| exp(s - top)).collect();
    let sum: f32 = out.iter().sum();
    for value in &mut out {
        *value /= sum;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_and_gelu_are_exact_enough() {
        for i in -8700..8800 {
            let x = i as f32 / 100.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) - exact).abs() / exact < 4e-7, "{x}");
        }
        assert_eq!(exp(0.0).to_bits(), 1.0_f32.to_bits());
        for i in 1..4000_u16 {
            let x = f32::from(i) / 1000.0;
            assert!((f64::from(ln(x)) - f64::from(x).ln()).abs() < 2e-6, "{x}");
        }
        // Values of 0.5 x (1 + erf(x / sqrt 2)).
        for (x, y) in [
            (-3.0, -0.004_049_7),
            (-1.0, -0.158_655_25),
            (0.0, 0.0),
            (0.5, 0.345_731_23),
            (1.0, 0.841_344_7),
            (4.0, 3.999_873_4),
            (-9.0, 0.0),
            (9.0, 9.0),
        ] {
            assert!((gelu(x) - y).abs() < 6e-5, "{x}: {}", gelu(x));
        }
    }

    #[test]
    fn softmax_norm_and_quantisation() {
        let mut row: Vec<f32> = (0..32).map(|i| i as f32).collect();
        let factor = softmax(&mut row, 20);
        assert!((row.iter().sum::<f32>() * factor - 1.0).abs() < 1e-6 && row[20..].iter().all(|&x| x == 0.0));
        let mut to = Quantised::default();
        let rows: Vec<f32> = (0..32).map(|i| (i as f32 - 15.5) / 15.5).collect();
        quantise(&rows, 32, &mut to);
        assert_eq!((to.bytes[0], to.bytes[31], to.rows()), (1, 127, 1));
        quantise(&[0.0; 16], 16, &mut to);
        assert!(to.bytes.iter().all(|&b| b == 64));
    }
}
