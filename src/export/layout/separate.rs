//! Overlapping boxes are pushed apart.

use super::Point;

/// Moves the centres until all boxes are at least `margin` apart, each pair along the axis where that takes less.
pub(super) fn push_apart(points: &mut [Point], boxes: &[(f64, f64)], margin: f64) {
    let count = points.len();
    for round in 0..2000 {
        let mut clean = true;
        for a in 0..count {
            for b in 0..a {
                let (dx, dy) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
                let over_x = f64::midpoint(boxes[a].0, boxes[b].0) + margin - dx.abs();
                let over_y = f64::midpoint(boxes[a].1, boxes[b].1) + margin - dy.abs();
                if over_x <= 0.001 || over_y <= 0.001 {
                    continue;
                }
                clean = false;
                // After many rounds a pair may be caught between others; a larger step frees it.
                let step = 0.5 + f64::from(round / 200) * 0.1 + 0.001;
                if over_x < over_y {
                    let push = if dx < 0.0 { -over_x * step } else { over_x * step };
                    points[a].0 += push;
                    points[b].0 -= push;
                } else {
                    let push = if dy < 0.0 { -over_y * step } else { over_y * step };
                    points[a].1 += push;
                    points[b].1 -= push;
                }
            }
        }
        if clean {
            return;
        }
    }
}
