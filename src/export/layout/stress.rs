//! Stress majorization of one connected part.

use super::{Part, Point, length};

const ROUNDS: usize = 250;

/// Cosine and sine of the golden angle. Written out, as the mathematics libraries of two systems differ in the last digit.
const GOLDEN: (f64, f64) = (-0.737_368_878_078_32, 0.675_490_294_261_524);

/// Centres whose distances follow the lengths of the shortest paths.
pub(super) fn majorize(part: &Part) -> Vec<Point> {
    let count = part.boxes.len();
    match count {
        0 => return Vec::new(),
        1 => return vec![(0.0, 0.0)],
        2 => {
            // Side by side, so that the whole width of both counts.
            let wide = f64::midpoint(part.boxes[0].0, part.boxes[1].0);
            return vec![(0.0, 0.0), (part.lengths.first().copied().unwrap_or(120.0).max(wide + part.gap), 0.0)];
        }
        _ => {}
    }
    let wanted = distances(part);
    // The result depends on the start: the best of a few fixed ones is taken.
    let starts = [1, 2, 3, 5];
    let runs = starts.map(|stride| settle(spiral(part, stride), &wanted));
    let best = runs.into_iter().min_by(|a, b| a.1.total_cmp(&b.1));
    best.map(|run| run.0).unwrap_or_default()
}

/// No forces at all: the boxes with many neighbours in the middle, the others around them, none over another.
pub(super) fn sunflower(part: &Part) -> Vec<Point> {
    let widest = part.boxes.iter().map(|b| length(b.0, b.1)).fold(1.0, f64::max);
    let scale = widest / 90.0 * 0.75;
    spiral(part, 1).into_iter().map(|p| (p.0 * scale, p.1 * scale)).collect()
}

/// Boxes with many neighbours in the middle, the others on a sunflower spiral around them.
fn spiral(part: &Part, stride: usize) -> Vec<Point> {
    let count = part.boxes.len();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(part.neighbours[i].len()), i));
    let mut points = vec![(0.0, 0.0); count];
    let mut direction: Point = (1.0, 0.0);
    for (place, &index) in order.iter().enumerate() {
        let radius = 90.0 * (place as f64).sqrt();
        points[index] = (radius * direction.0 * 1.3, radius * direction.1);
        for _ in 0..stride {
            direction =
                (direction.0 * GOLDEN.0 - direction.1 * GOLDEN.1, direction.0 * GOLDEN.1 + direction.1 * GOLDEN.0);
        }
    }
    points
}

/// Lengths of the shortest paths between all boxes; members of one group are a little closer than they would be.
fn distances(part: &Part) -> Vec<Vec<f64>> {
    let count = part.boxes.len();
    let mut d = vec![vec![f64::INFINITY; count]; count];
    for (i, row) in d.iter_mut().enumerate() {
        row[i] = 0.0;
    }
    for (&(a, b, _), &length) in part.links.iter().zip(&part.lengths) {
        d[a][b] = d[a][b].min(length);
        d[b][a] = d[a][b];
    }
    for middle in 0..count {
        for i in 0..count {
            for j in 0..count {
                let through = d[i][middle] + d[middle][j];
                if through < d[i][j] {
                    d[i][j] = through;
                }
            }
        }
    }
    for (i, row) in d.iter_mut().enumerate() {
        for (j, distance) in row.iter_mut().enumerate() {
            if i != j && part.groups[i].is_some() && part.groups[i] == part.groups[j] {
                *distance *= 0.75;
            }
        }
    }
    d
}

/// Moves the points to a local minimum of the stress, and tells the stress.
fn settle(mut points: Vec<Point>, wanted: &[Vec<f64>]) -> (Vec<Point>, f64) {
    let count = points.len();
    for _ in 0..ROUNDS {
        let mut moved: f64 = 0.0;
        for i in 0..count {
            let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
            for j in 0..count {
                let d = wanted[i][j];
                if i == j || !d.is_finite() || d <= 0.0 {
                    continue;
                }
                let weight = 1.0 / (d * d);
                let (dx, dy) = (points[i].0 - points[j].0, points[i].1 - points[j].1);
                let now = length(dx, dy).max(0.01);
                x += weight * (points[j].0 + d * dx / now);
                y += weight * (points[j].1 + d * dy / now);
                total += weight;
            }
            if total > 0.0 {
                let next = (x / total, y / total);
                moved = moved.max((next.0 - points[i].0).abs() + (next.1 - points[i].1).abs());
                points[i] = next;
            }
        }
        if moved < 0.1 {
            break;
        }
    }
    let mut stress = 0.0;
    for i in 0..count {
        for j in 0..i {
            let d = wanted[i][j];
            if d.is_finite() && d > 0.0 {
                let now = length(points[i].0 - points[j].0, points[i].1 - points[j].1);
                let off = (now - d) / d;
                stress += off * off;
            }
        }
    }
    (points, stress)
}
