//! The line of an edge: a quadratic curve between the borders of two boxes.

use super::n;
use crate::export::layout::{Point, length};

/// A quadratic Bézier curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Curve {
    pub(super) start: Point,
    pub(super) control: Point,
    pub(super) end: Point,
}

/// A box: centre and size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) centre: Point,
    pub(super) size: (f64, f64),
}

impl Rect {
    /// Whether the point lies in the box or within `margin` of it.
    pub(super) fn holds(&self, p: Point, margin: f64) -> bool {
        (p.0 - self.centre.0).abs() <= self.size.0 / 2.0 + margin
            && (p.1 - self.centre.1).abs() <= self.size.1 / 2.0 + margin
    }

    /// Whether the point lies in the box with corners of that radius, or within `margin` of it.
    fn covers(&self, p: Point, margin: f64, radius: f64) -> bool {
        let dx = (p.0 - self.centre.0).abs() - (self.size.0 / 2.0 - radius);
        let dy = (p.1 - self.centre.1).abs() - (self.size.1 / 2.0 - radius);
        self.holds(p, margin) && (dx <= 0.0 || dy <= 0.0 || length(dx, dy) <= radius + margin)
    }

    /// Whether the two boxes come closer than `margin`.
    pub(super) fn touches(&self, other: &Self, margin: f64) -> bool {
        (self.centre.0 - other.centre.0).abs() < f64::midpoint(self.size.0, other.size.0) + margin
            && (self.centre.1 - other.centre.1).abs() < f64::midpoint(self.size.1, other.size.1) + margin
    }
}

impl Curve {
    /// From the middle of `a` to the middle of `b`, `off` to the side in the middle. The side does not depend on which box comes first.
    pub(super) fn between(a: &Rect, b: &Rect, off: f64) -> Self {
        let turned = (a.centre.0, a.centre.1) > (b.centre.0, b.centre.1);
        let (p, q) = if turned { (b.centre, a.centre) } else { (a.centre, b.centre) };
        let (dx, dy) = (q.0 - p.0, q.1 - p.1);
        let long = length(dx, dy).max(0.01);
        let normal = (-dy / long, dx / long);
        let along = ((b.centre.0 - a.centre.0) / long, (b.centre.1 - a.centre.1) / long);
        // Lines that find no room side by side end deeper in the box, so that their heads stay apart.
        let shift = |r: &Rect, deeper: f64| {
            let half =
                ((r.size.0 / 2.0 - r.size.1 / 3.0).max(r.size.0 / 4.0).max(0.0), (r.size.1 / 2.0 - 3.0).max(0.0));
            let room = (half.0 / normal.0.abs().max(1e-9)).min(half.1 / normal.1.abs().max(1e-9));
            let side = (off * 0.5).clamp(-room, room);
            let deep = deeper * 1.5 * ((off * 0.5).abs() - room).max(0.0);
            (
                r.centre.0 + (normal.0 * side + along.0 * deep).clamp(-half.0, half.0),
                r.centre.1 + (normal.1 * side + along.1 * deep).clamp(-half.1, half.1),
            )
        };
        let (start, end) = (shift(a, -1.0), shift(b, 1.0));
        let middle = (f64::midpoint(p.0, q.0) + normal.0 * off, f64::midpoint(p.1, q.1) + normal.1 * off);
        // The control point that leads the curve through `middle`.
        let control = (2.0 * middle.0 - f64::midpoint(start.0, end.0), 2.0 * middle.1 - f64::midpoint(start.1, end.1));
        Self { start, control, end }
    }

    pub(super) fn at(&self, t: f64) -> Point {
        let u = 1.0 - t;
        (
            u * u * self.start.0 + 2.0 * u * t * self.control.0 + t * t * self.end.0,
            u * u * self.start.1 + 2.0 * u * t * self.control.1 + t * t * self.end.1,
        )
    }

    /// The part from parameter `from` to parameter `to`.
    pub(super) fn cut(&self, from: f64, to: f64) -> Self {
        let mix = |p: Point, q: Point, t: f64| (p.0 + (q.0 - p.0) * t, p.1 + (q.1 - p.1) * t);
        let blossom = |s: f64, t: f64| {
            let left = mix(self.start, self.control, s);
            let right = mix(self.control, self.end, s);
            mix(left, right, t)
        };
        Self { start: blossom(from, from), control: blossom(from, to), end: blossom(to, to) }
    }

    /// The part outside of both boxes, each with the radius of its corners.
    pub(super) fn outside(&self, a: (&Rect, f64), b: (&Rect, f64), margin: f64) -> Self {
        let first = border(|t| !a.0.covers(self.at(t), 0.5, a.1));
        let last = 1.0 - border(|t| !b.0.covers(self.at(1.0 - t), margin, b.1));
        if first < last { self.cut(first, last) } else { self.cut(0.45, 0.55) }
    }

    /// The curve without its last `distance` pixels.
    pub(super) fn shortened(&self, distance: f64) -> Self {
        let far = |t: f64| {
            let p = self.at(1.0 - t);
            length(p.0 - self.end.0, p.1 - self.end.1) >= distance
        };
        self.cut(0.0, 1.0 - border(far))
    }

    pub(super) fn length(&self) -> f64 {
        let points: Vec<Point> = self.samples(16);
        points.windows(2).map(|w| length(w[1].0 - w[0].0, w[1].1 - w[0].1)).sum()
    }

    /// `count` + 1 points along the curve.
    pub(super) fn samples(&self, count: usize) -> Vec<Point> {
        (0..=count).map(|i| self.at(i as f64 / count as f64)).collect()
    }

    /// Path data.
    pub(super) fn path(&self) -> String {
        let (s, c, e) = (self.start, self.control, self.end);
        let line = (f64::midpoint(s.0, e.0) - c.0).abs() + (f64::midpoint(s.1, e.1) - c.1).abs() < 0.3;
        if line {
            format!("M{} {}L{} {}", n(s.0), n(s.1), n(e.0), n(e.1))
        } else {
            format!("M{} {}Q{} {} {} {}", n(s.0), n(s.1), n(c.0), n(c.1), n(e.0), n(e.1))
        }
    }
}

/// The smallest parameter from which on `outside` holds, or 0.5 where it never does.
fn border(outside: impl Fn(f64) -> bool) -> f64 {
    let steps = 40;
    let Some(first) = (0..=steps).find(|&i| outside(f64::from(i) / f64::from(steps))) else { return 0.5 };
    if first == 0 {
        return 0.0;
    }
    let (mut low, mut high) = (f64::from(first - 1) / f64::from(steps), f64::from(first) / f64::from(steps));
    for _ in 0..12 {
        let middle = f64::midpoint(low, high);
        if outside(middle) { high = middle } else { low = middle }
    }
    high
}
