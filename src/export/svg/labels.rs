//! Words and numbers on edges, none over another, none over a box.

use super::curve::{Curve, Rect};

/// Places along the line, the best first.
const PLACES: [f64; 17] =
    [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.41, 0.59, 0.35, 0.65, 0.15, 0.85];

/// For each edge with a label of that size, where its box goes; `None` where there is no free place.
pub(super) fn place(curves: &[Curve], sizes: &[Option<(f64, f64)>], boxes: &[Rect]) -> Vec<Option<Rect>> {
    let samples: Vec<_> = curves.iter().map(|curve| curve.samples(24)).collect();
    let mut order: Vec<usize> = (0..curves.len()).filter(|&i| sizes[i].is_some()).collect();
    // Short lines have the fewest places, so they come first.
    order.sort_by(|&a, &b| curves[a].length().total_cmp(&curves[b].length()).then(a.cmp(&b)));
    let mut placed: Vec<Option<Rect>> = vec![None; curves.len()];
    for index in order {
        let Some(size) = sizes[index] else { continue };
        let mut best: Option<(f64, Rect)> = None;
        for (rank, &t) in PLACES.iter().enumerate() {
            let rect = Rect { centre: curves[index].at(t), size };
            let taken = boxes.iter().any(|b| b.touches(&rect, 3.0))
                || placed.iter().flatten().any(|other| other.touches(&rect, 2.0));
            if taken {
                continue;
            }
            let crossed = samples
                .iter()
                .enumerate()
                .filter(|(other, points)| *other != index && points.iter().any(|&p| rect.holds(p, 1.0)))
                .count();
            // The head must stay in sight.
            let hides = f64::from(u8::from(rect.holds(curves[index].end, 10.0)));
            let cost = crossed as f64 * 3.0 + rank as f64 * 0.25 + hides * 5.0;
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, rect));
            }
        }
        placed[index] = best.map(|(_, rect)| rect);
    }
    placed
}
