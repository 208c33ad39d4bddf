//! Rectangles side by side on shelves.

use super::Point;

/// Upper left corner of each rectangle and the size of the whole, about one and a half times as wide as high.
pub(super) fn shelves(rectangles: &[(f64, f64)], gap: f64) -> (Vec<Point>, (f64, f64)) {
    let mut order: Vec<usize> = (0..rectangles.len()).collect();
    order.sort_by(|&a, &b| rectangles[b].1.total_cmp(&rectangles[a].1).then(a.cmp(&b)));
    let area: f64 = rectangles.iter().map(|r| (r.0 + gap) * (r.1 + gap)).sum();
    let widest = rectangles.iter().map(|r| r.0).fold(0.0, f64::max);
    let limit = widest.max((area * 1.6).sqrt());
    let mut corners = vec![(0.0, 0.0); rectangles.len()];
    let (mut x, mut y, mut high) = (0.0_f64, 0.0_f64, 0.0_f64);
    let mut size = (0.0_f64, 0.0_f64);
    for index in order {
        let (w, h) = rectangles[index];
        if x > 0.0 && x + w > limit {
            y += high + gap;
            (x, high) = (0.0, 0.0);
        }
        corners[index] = (x, y);
        size = (size.0.max(x + w), size.1.max(y + h));
        x += w + gap;
        high = high.max(h);
    }
    (corners, size)
}
