//! Arrowheads, drawn as shapes of their own: markers do not survive every program that opens an SVG.

use super::curve::Curve;
use super::n;
use crate::export::layout::{Point, length};
use crate::export::style::{Head, Style};

/// How much of the line's end the head takes.
pub(super) fn room(head: Head, width: f64) -> f64 {
    match head {
        Head::Full | Head::Open => 7.0 + 1.7 * width,
        Head::Barred => 9.0 + 2.0 * width,
        Head::Vee => 1.2 * width,
        Head::Dot => 3.0 + width,
        Head::None => 0.0,
    }
}

/// The head at the end of `curve`.
pub(super) fn draw(curve: &Curve, style: &Style, width: f64) -> String {
    let tip = curve.end;
    let long = 8.0 + 1.7 * width;
    let half = 3.6 + 0.9 * width;
    let base = curve.shortened(long).end;
    let reach = length(tip.0 - base.0, tip.1 - base.1).max(0.01);
    let ahead = ((tip.0 - base.0) / reach, (tip.1 - base.1) / reach);
    // A point `back` behind the tip and `side` beside the line.
    let at = |back: f64, side: f64| -> Point {
        (tip.0 - ahead.0 * back - ahead.1 * side, tip.1 - ahead.1 * back + ahead.0 * side)
    };
    let path = |points: &[Point], close: bool| {
        let mut d = String::new();
        for (i, p) in points.iter().enumerate() {
            d.push(if i == 0 { 'M' } else { 'L' });
            d.push_str(&n(p.0));
            d.push(' ');
            d.push_str(&n(p.1));
        }
        if close {
            d.push('Z');
        }
        d
    };
    let triangle = |from: f64| path(&[at(from, 0.0), at(from + long, half), at(from + long, -half)], true);
    let (class, colour) = (style.class, style.colour);
    match style.head {
        Head::Full => format!("<path class=\"{class} head\" d=\"{}\" fill=\"{colour}\"/>", triangle(0.0)),
        Head::Open => format!(
            "<path class=\"{class} line open\" d=\"{}\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"1.5\" \
             stroke-linejoin=\"round\"/>",
            triangle(0.5)
        ),
        Head::Barred => format!(
            "<path class=\"{class} head\" d=\"{}\" fill=\"{colour}\"/><path class=\"{class} line\" d=\"{}\" fill=\"none\" \
             stroke=\"{colour}\" stroke-width=\"{}\"/>",
            triangle(3.5),
            path(&[at(1.0, half + 2.5), at(1.0, -half - 2.5)], false),
            n(1.8 + width * 0.2)
        ),
        Head::Vee => format!(
            "<path class=\"{class} line\" d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\" \
             stroke-linejoin=\"miter\" stroke-linecap=\"round\"/>",
            path(&[at(long, half + 1.0), at(0.5, 0.0), at(long, -half - 1.0)], false),
            n(1.6 + width * 0.25)
        ),
        Head::Dot => {
            let r = 2.4 + width * 0.8;
            let c = at(r, 0.0);
            format!(
                "<circle class=\"{class} head\" cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{colour}\"/>",
                n(c.0),
                n(c.1),
                n(r)
            )
        }
        Head::None => String::new(),
    }
}
