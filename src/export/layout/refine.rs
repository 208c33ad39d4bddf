//! Small moves that make the picture better, and no others.

use super::{MARGIN, Part, Point, length as length_of};

const DIAGONAL: f64 = std::f64::consts::FRAC_1_SQRT_2;
const DIRECTIONS: [Point; 8] = [
    (1.0, 0.0),
    (DIAGONAL, DIAGONAL),
    (0.0, 1.0),
    (-DIAGONAL, DIAGONAL),
    (-1.0, 0.0),
    (-DIAGONAL, -DIAGONAL),
    (0.0, -1.0),
    (DIAGONAL, -DIAGONAL),
];

/// Comparisons for each size of step: a second or so on a slow machine for the largest pictures.
const BUDGET: usize = 30_000_000;

/// Tries moves of shrinking size for each box until none helps.
pub(super) fn downhill(points: &mut [Point], part: &Part) {
    let count = points.len();
    if count < 3 {
        return;
    }
    let mut links_of = vec![Vec::new(); count];
    for (index, &(a, b, _)) in part.links.iter().enumerate() {
        links_of[a].push(index);
        links_of[b].push(index);
    }
    let judge = Judge { part, links_of: &links_of };
    // The work of a round grows with the square of the links; large pictures get fewer rounds, or none.
    let work = 18 * part.links.len() * (part.links.len() + count);
    let rounds = (BUDGET / work.max(1)).min(40);
    let steps: [f64; 5] = [180.0, 90.0, 45.0, 22.0, 10.0];
    for step in steps {
        for _ in 0..rounds {
            let mut better = false;
            for i in 0..count {
                let here = points[i];
                let mut best = (judge.cost(points, i), here);
                for direction in DIRECTIONS {
                    points[i] = (here.0 + step * direction.0, here.1 + step * direction.1);
                    let cost = judge.cost(points, i);
                    if cost < best.0 - 1e-6 {
                        best = (cost, points[i]);
                    }
                }
                points[i] = best.1;
                better |= best.1 != here;
            }
            if step > 80.0 && count <= 60 {
                better |= swaps(points, &judge);
            }
            if !better {
                break;
            }
        }
    }
}

/// Exchanges two boxes where that helps.
fn swaps(points: &mut [Point], judge: &Judge<'_>) -> bool {
    let mut better = false;
    for a in 0..points.len() {
        for b in 0..a {
            let before = judge.cost(points, a) + judge.cost(points, b);
            points.swap(a, b);
            if judge.cost(points, a) + judge.cost(points, b) < before - 1e-6 {
                better = true;
            } else {
                points.swap(a, b);
            }
        }
    }
    better
}

struct Judge<'a> {
    part: &'a Part,
    links_of: &'a [Vec<usize>],
}

impl Judge<'_> {
    /// What is wrong with the picture around box `i`.
    fn cost(&self, points: &[Point], i: usize) -> f64 {
        let part = self.part;
        let mut cost = 0.0;
        for j in 0..points.len() {
            if j != i {
                cost += crowding(points[i], part.boxes[i], points[j], part.boxes[j]);
            }
        }
        for (n, &link) in self.links_of[i].iter().enumerate() {
            let (a, b, _) = part.links[link];
            let (pa, pb) = (points[a], points[b]);
            let length = length_of(pa.0 - pb.0, pa.1 - pb.1);
            let off = (length - part.lengths[link]) / part.lengths[link];
            cost += if off > 0.0 { 1.2 * off * off } else { 3.0 * off * off };
            // A little dearer the longer it gets, so that the picture stays together.
            cost += 0.15 * (length / part.lengths[link]);
            for (other, &(c, d, _)) in part.links.iter().enumerate() {
                if other == link || c == a || c == b || d == a || d == b {
                    continue;
                }
                if crosses(pa, pb, points[c], points[d]) {
                    cost += 1.0;
                }
            }
            for (k, (&point, &size)) in points.iter().zip(&part.boxes).enumerate() {
                if k != a && k != b {
                    cost += 4.0 * through(pa, pb, part.links[link].2, point, size);
                }
            }
            for &next in &self.links_of[i][..n] {
                cost += narrow(points, i, part.links[link], part.links[next]);
            }
        }
        // Other boxes' edges through this box.
        for &(a, b, room) in &part.links {
            if a != i && b != i {
                cost += 4.0 * through(points[a], points[b], room, points[i], part.boxes[i]);
            }
        }
        cost
    }
}

/// 0 where the boxes are well apart, growing to 10 where they overlap.
fn crowding(pa: Point, a: (f64, f64), pb: Point, b: (f64, f64)) -> f64 {
    let gap_x = (pa.0 - pb.0).abs() - f64::midpoint(a.0, b.0);
    let gap_y = (pa.1 - pb.1).abs() - f64::midpoint(a.1, b.1);
    let gap = gap_x.max(gap_y);
    if gap < 0.0 {
        10.0
    } else if gap < MARGIN {
        2.0 + 3.0 * (1.0 - gap / MARGIN)
    } else if gap < MARGIN * 3.0 {
        0.25 * (1.0 - (gap - MARGIN) / (MARGIN * 2.0))
    } else {
        0.0
    }
}

/// Whether the segments `ab` and `cd` cross.
fn crosses(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// 1 where the line `ab` runs through the box, falling to 0 a little outside of it.
fn through(a: Point, b: Point, room: f64, centre: Point, size: (f64, f64)) -> f64 {
    let (half_x, half_y) = (size.0 / 2.0 + 9.0 + room / 2.0, size.1 / 2.0 + 9.0 + room / 2.0);
    if a.0.min(b.0) > centre.0 + half_x
        || a.0.max(b.0) < centre.0 - half_x
        || a.1.min(b.1) > centre.1 + half_y
        || a.1.max(b.1) < centre.1 - half_y
    {
        return 0.0;
    }
    // Liang and Barsky's clipping: the part of the segment within the box.
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (p, q) in [
        (-dx, a.0 - (centre.0 - half_x)),
        (dx, centre.0 + half_x - a.0),
        (-dy, a.1 - (centre.1 - half_y)),
        (dy, centre.1 + half_y - a.1),
    ] {
        if p.abs() < 1e-9 {
            if q < 0.0 {
                return 0.0;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    if enter < leave { 1.0 } else { 0.0 }
}

/// Grows as two lines that leave a box come closer than a quarter of a right angle.
fn narrow(points: &[Point], i: usize, one: (usize, usize, f64), two: (usize, usize, f64)) -> f64 {
    let towards = |link: (usize, usize, f64)| {
        let other = points[if link.0 == i { link.1 } else { link.0 }];
        let (dx, dy) = (other.0 - points[i].0, other.1 - points[i].1);
        let length = length_of(dx, dy).max(0.01);
        (dx / length, dy / length)
    };
    let (u, v) = (towards(one), towards(two));
    let cosine = u.0 * v.0 + u.1 * v.1;
    let limit = 0.924;
    let excess = ((cosine - limit) / (1.0 - limit)).max(0.0);
    0.8 * excess * excess
}
