//! Where the boxes of a picture go. Deterministic: no clock, no random numbers, ties broken by index.
//!
//! 1. Each connected part by stress majorization (distances in the drawing follow distances in the graph).
//! 2. Boxes that overlap are pushed apart.
//! 3. Small moves, accepted where they make the picture better: fewer crossings, no edge through a box, even lengths.
//! 4. The parts are packed side by side.
//!
//! # References
//!
//! E. Gansner, Y. Koren, S. North: Graph Drawing by Stress Majorization (2004), <https://doi.org/10.1007/978-3-540-31843-9_25>.
//! R. Davidson, D. Harel: Drawing Graphs Nicely Using Simulated Annealing (1996), <https://doi.org/10.1145/234535.234538>; here without chance,
//! downhill only.

mod pack;
mod refine;
mod separate;
mod stress;

/// A point of the drawing, in pixels; y grows downwards.
pub type Point = (f64, f64);

/// What to lay out.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Width and height of each box.
    pub boxes: Vec<(f64, f64)>,
    /// Pairs of different boxes that are tied, each pair once, with the room that the lines between them need across.
    pub links: Vec<(usize, usize, f64)>,
    /// Boxes of one group are drawn near each other; `None` belongs to no group.
    pub groups: Vec<Option<usize>>,
    /// Length of a free line between two boxes.
    pub gap: f64,
}

/// Room between boxes that are not tied.
pub(super) const MARGIN: f64 = 22.0;

/// Parts with more boxes are laid out plainly: the careful way takes time with the cube of their number.
const MOST: usize = 400;

fn arrange(part: &Part) -> Vec<Point> {
    let mut points = stress::majorize(part);
    level(&mut points);
    separate::push_apart(&mut points, &part.boxes, MARGIN);
    refine::downhill(&mut points, part);
    separate::push_apart(&mut points, &part.boxes, MARGIN);
    points
}

/// Centres of the boxes, within a rectangle that begins at the origin, and the size of that rectangle.
pub fn place(input: &Input) -> (Vec<Point>, (f64, f64)) {
    let parts = components(input);
    let mut centres = vec![(0.0, 0.0); input.boxes.len()];
    let mut rectangles = Vec::new();
    for part in &parts {
        let local = Part::new(input, part);
        let points = if part.len() > MOST { stress::sunflower(&local) } else { arrange(&local) };
        let (low, high) = bounds(&points, &local.boxes);
        for (&index, point) in part.iter().zip(&points) {
            centres[index] = (point.0 - low.0, point.1 - low.1);
        }
        rectangles.push((high.0 - low.0, high.1 - low.1));
    }
    let (corners, size) = pack::shelves(&rectangles, MARGIN * 1.6);
    for (part, corner) in parts.iter().zip(&corners) {
        for &index in part {
            centres[index] = (centres[index].0 + corner.0, centres[index].1 + corner.1);
        }
    }
    (centres, size)
}

/// One connected part, with indexes of its own.
struct Part {
    boxes: Vec<(f64, f64)>,
    links: Vec<(usize, usize, f64)>,
    groups: Vec<Option<usize>>,
    /// Wanted distance of the centres of each link.
    lengths: Vec<f64>,
    neighbours: Vec<Vec<usize>>,
    /// Length of a free line.
    gap: f64,
}

impl Part {
    fn new(input: &Input, members: &[usize]) -> Self {
        let mut local = vec![usize::MAX; input.boxes.len()];
        for (new, &old) in members.iter().enumerate() {
            local[old] = new;
        }
        let boxes: Vec<(f64, f64)> = members.iter().map(|&i| input.boxes[i]).collect();
        let links: Vec<(usize, usize, f64)> = input
            .links
            .iter()
            .filter(|(a, b, _)| local[*a] != usize::MAX && local[*b] != usize::MAX)
            .map(|&(a, b, room)| (local[a], local[b], room))
            .collect();
        let mut neighbours = vec![Vec::new(); boxes.len()];
        for &(a, b, _) in &links {
            neighbours[a].push(b);
            neighbours[b].push(a);
        }
        // Boxes with many neighbours need more room around them.
        let crowd = |i: usize| 9.0 * ((neighbours[i].len() as f64 - 3.0).max(0.0)).sqrt() * 2.0;
        let lengths = links
            .iter()
            .map(|&(a, b, room)| {
                let half = |i: usize| f64::midpoint(boxes[i].0 * 0.7, boxes[i].1 * 0.3);
                input.gap + half(a) + half(b) + crowd(a) + crowd(b) + room * 0.25
            })
            .collect();
        let groups = members.iter().map(|&i| input.groups.get(i).copied().flatten()).collect();
        Self { boxes, links, groups, lengths, neighbours, gap: input.gap }
    }
}

/// The connected parts, largest first, each in order of index.
fn components(input: &Input) -> Vec<Vec<usize>> {
    let count = input.boxes.len();
    let mut root: Vec<usize> = (0..count).collect();
    fn find(root: &mut [usize], mut i: usize) -> usize {
        while root[i] != i {
            root[i] = root[root[i]];
            i = root[i];
        }
        i
    }
    for &(a, b, _) in &input.links {
        let (a, b) = (find(&mut root, a), find(&mut root, b));
        root[a.max(b)] = a.min(b);
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); count];
    for i in 0..count {
        let r = find(&mut root, i);
        parts[r].push(i);
    }
    parts.retain(|part| !part.is_empty());
    parts.sort_by(|a, b| b.len().cmp(&a.len()).then(a[0].cmp(&b[0])));
    parts
}

/// Length of a vector. `hypot` differs between systems in the last digit, the square root does not.
pub(super) fn length(dx: f64, dy: f64) -> f64 {
    (dx * dx + dy * dy).sqrt()
}

/// Turns the points so that they spread along x.
fn level(points: &mut [Point]) {
    let n = points.len() as f64;
    if points.len() < 3 {
        return;
    }
    let (mx, my) = points.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0 / n, s.1 + p.1 / n));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for p in points.iter() {
        let (dx, dy) = (p.0 - mx, p.1 - my);
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    // Half of the angle whose tangent is 2xy / (xx - yy).
    let radius = length(2.0 * xy, xx - yy);
    if radius < 1e-9 {
        return;
    }
    let cos = f64::midpoint(1.0, (xx - yy) / radius).max(0.0).sqrt();
    let sin = if cos < 1e-9 { 1.0 } else { xy / radius / cos };
    for p in points.iter_mut() {
        let (dx, dy) = (p.0 - mx, p.1 - my);
        *p = (dx * cos + dy * sin, dy * cos - dx * sin);
    }
}

/// Lower left and upper right corner of all boxes.
fn bounds(points: &[Point], boxes: &[(f64, f64)]) -> (Point, Point) {
    let mut low = (f64::INFINITY, f64::INFINITY);
    let mut high = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for (p, b) in points.iter().zip(boxes) {
        low = (low.0.min(p.0 - b.0 / 2.0), low.1.min(p.1 - b.1 / 2.0));
        high = (high.0.max(p.0 + b.0 / 2.0), high.1.max(p.1 + b.1 / 2.0));
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_boxes_overlap() {
        for count in [1, 2, 7, 40] {
            let boxes: Vec<(f64, f64)> = (0..count).map(|i| (60.0 + (i * 37 % 80) as f64, 30.0)).collect();
            let links = (1..count).filter(|i| i % 5 != 0).map(|i| (i * i % i.max(1), i, 0.0)).collect();
            let input = Input { boxes, links, groups: Vec::new(), gap: 80.0 };
            let (points, size) = place(&input);
            assert_eq!((points.clone(), size), place(&input));
            for a in 0..count {
                let (pa, ba) = (points[a], input.boxes[a]);
                assert!(pa.0 - ba.0 / 2.0 >= -0.01 && pa.0 + ba.0 / 2.0 <= size.0 + 0.01);
                for (b, (&pb, &bb)) in points.iter().zip(&input.boxes).enumerate().take(a) {
                    let apart = (pa.0 - pb.0).abs() >= f64::midpoint(ba.0, bb.0)
                        || (pa.1 - pb.1).abs() >= f64::midpoint(ba.1, bb.1);
                    assert!(apart, "{a} and {b} of {count}");
                }
            }
        }
    }
}
