//! Functions on rows of floats whose result is the same on every machine: no function of the platform's mathematics library, sums
//! in a fixed order, no fused multiply-add.
#![expect(clippy::inline_always, reason = "the instructions of a level reach only what is inlined into it")]

use super::kernels::{LANES, Quantised};

/// Adding this to a float of small size rounds it to an integer (ties to even) and leaves the integer in the low bits.
const ROUND: f32 = 12_582_912.0;

/// The exponential function for arguments from -87 to 88, cut off beyond; relative error below 2e-7.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    // The logarithm of 2 in two parts, so that the remainder keeps its digits.
    let rest = x - whole * 0.693_359_4 - whole * -2.121_944_4e-4;
    // Taylor's series up to the seventh power: the remainder is at most 0.35.
    let series = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5
                        + rest
                            * (1.0 / 6.0
                                + rest
                                    * (1.0 / 24.0
                                        + rest * (1.0 / 120.0 + rest * (1.0 / 720.0 + rest * (1.0 / 5040.0)))))));
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

/// Gaussian error linear unit with the error function.
///
/// # References
/// Abramowitz and Stegun 1964, 7.1.26 (absolute error of the error function below 1.5e-7).
#[inline(always)]
pub(super) fn gelu(x: f32) -> f32 {
    let y = x * std::f32::consts::FRAC_1_SQRT_2;
    let size = y.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let series = t * (0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4))));
    let tail = series * exp(-(size * size)); // 1 - erf(|y|)
    let half = 0.5 * x;
    if x < 0.0 { half * tail } else { half * (2.0 - tail) }
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
            parts[lane] += d * d;
        }
    }
    let factor = 1.0 / (total(parts) / count + epsilon).sqrt();
    for ((value, w), b) in row.iter_mut().zip(weight).zip(bias) {
        *value = (*value - mean) * factor * w + b;
    }
}

/// Makes weights that sum to 1 of the first `count` scores of a row, each scaled by `scale`; the rest becomes 0.
/// The row's length is a multiple of 16.
#[inline(always)]
pub(super) fn softmax(row: &mut [f32], count: usize, scale: f32) {
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
            chunk[lane] = exp((chunk[lane] - top) * scale);
            parts[lane] += chunk[lane];
        }
    }
    let factor = 1.0 / total(parts);
    for value in row.iter_mut() {
        *value *= factor;
    }
    for value in &mut row[count..] {
        *value = 0.0;
    }
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
        for (byte, value) in bytes.iter_mut().zip(row) {
            *byte = ((value / *scale + ROUND).to_bits().wrapping_add(64) & 0xff) as u8;
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
        ] {
            assert!((gelu(x) - y).abs() < 1e-6, "{x}: {}", gelu(x));
        }
    }

    #[test]
    fn softmax_norm_and_quantisation() {
        let mut row: Vec<f32> = (0..32).map(|i| i as f32).collect();
        softmax(&mut row, 20, 0.5);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6 && row[20..].iter().all(|&x| x == 0.0));
        let mut to = Quantised::default();
        let rows: Vec<f32> = (0..32).map(|i| (i as f32 - 15.5) / 15.5).collect();
        quantise(&rows, 32, &mut to);
        assert_eq!((to.bytes[0], to.bytes[31], to.rows()), (1, 127, 1));
        quantise(&[0.0; 16], 16, &mut to);
        assert!(to.bytes.iter().all(|&b| b == 64));
    }
}
