//! How an act looks, the same in every picture: colour and arrowhead for its family, dashes for the act itself.
//!
//! The three marks repeat each other on purpose: colour is lost in grey print and to many eyes, dashes on short lines, arrowheads when small.
//! The colours are of different lightness and were chosen to stay apart under red-green blindness (after Okabe and Ito, 2008,
//! <https://jfly.uni-koeln.de/color/>), each at least 3 : 1 against white paper.

use crate::act::{Act, Family};
use crate::network::Relation;

/// What the arrow ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// Filled triangle.
    Full,
    /// Triangle in outline.
    Open,
    /// Filled triangle behind a bar.
    Barred,
    /// Two strokes.
    Vee,
    /// Filled dot.
    Dot,
    /// Nothing: the tie has no direction.
    None,
}

/// Looks of an edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// CSS class of the colour, for pages with colours of their own.
    pub class: &'static str,
    /// Colour on paper, `#rrggbb`.
    pub colour: &'static str,
    /// Lengths of dashes and gaps in pixels; empty for a solid line.
    pub dashes: &'static [f64],
    /// Graphviz's nearest name for the dashes.
    pub dot: &'static str,
    /// What it ends in.
    pub head: Head,
}

const SOLID: (&[f64], &str) = (&[], "solid");
const DASHED: (&[f64], &str) = (&[7.0, 4.0], "dashed");
const DOTTED: (&[f64], &str) = (&[2.4, 3.0], "dotted");

/// The looks of a relation.
pub fn style(relation: Relation) -> Style {
    let (family, head, (dashes, dot)) = match relation {
        Relation::Act(act) => {
            let family = act.family();
            let dashes = match act {
                Act::Demand | Act::Commit | Act::Reject | Act::Accuse | Act::Assert => SOLID,
                Act::Request | Act::Accept | Act::Deny | Act::Criticise | Act::Acknowledge => DASHED,
                Act::Propose | Act::Support | Act::Threaten => DOTTED,
            };
            (family, head_of(family), dashes)
        }
        Relation::Family(family) => (family, head_of(family), SOLID),
        Relation::Favours => (Family::Give, Head::Open, SOLID),
        Relation::Opposes => (Family::Refuse, Head::Barred, DASHED),
        Relation::Wavers => (Family::Tell, Head::Dot, DOTTED),
        Relation::Agrees => (Family::Give, Head::None, SOLID),
        Relation::Differs => (Family::Refuse, Head::None, DASHED),
        Relation::Splits => (Family::Tell, Head::None, DOTTED),
        Relation::Quotes => (Family::Ask, Head::Full, SOLID),
        Relation::Together => (Family::Tell, Head::None, SOLID),
    };
    let (class, colour) = match family {
        Family::Ask => ("f-ask", "#0b56a4"),
        Family::Give => ("f-give", "#00866a"),
        Family::Refuse => ("f-refuse", "#a3123a"),
        Family::Attack => ("f-attack", "#c26a00"),
        Family::Tell => ("f-tell", "#6a6f75"),
    };
    Style { class, colour, dashes, dot, head }
}

fn head_of(family: Family) -> Head {
    match family {
        Family::Ask => Head::Full,
        Family::Give => Head::Open,
        Family::Refuse => Head::Barred,
        Family::Attack => Head::Vee,
        Family::Tell => Head::Dot,
    }
}

/// As [`line_width`], in a picture whose heaviest edge weighs `most`: where that one reaches the limit, the others are finer in proportion.
pub fn line_width_of(weight: f64, most: f64) -> f64 {
    let above = |weight: f64| weight.abs().max(1.0).sqrt() - 1.0;
    let slope = (5.4 / above(most)).min(1.5);
    (1.6 + slope * above(weight)).min(7.0)
}

/// Width of a line for a weight, in pixels: grows with the root, so that area stays honest and one heavy edge does not drown the rest.
pub fn line_width(weight: f64) -> f64 {
    (1.6 + 1.5 * (weight.abs().max(1.0).sqrt() - 1.0)).min(7.0)
}
