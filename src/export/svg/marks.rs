//! Marks of a position: a hollow triangle upwards for, a filled one downwards against, with the number of statements beside it. Shape, filling and
//! colour say the same, so that grey print loses nothing.

use std::fmt::Write as _;

use super::frame::{self, INK, SOFT, text};
use super::{Picture, n};
use crate::act::Stance;
use crate::export::text::{one_line, passage_url, shorten, width, xml};
use crate::network::{Network, Statement};

pub(super) const FAVOUR: (&str, &str) = ("f-give", "#00866a");
pub(super) const AGAINST: (&str, &str) = ("f-refuse", "#a3123a");
const SIZE: f64 = 10.5;

/// What somebody says on something: indexes of statements.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Position {
    pub(super) favour: Vec<usize>,
    pub(super) against: Vec<usize>,
}

impl Position {
    pub(super) fn add(&mut self, network: &Network, index: usize) {
        match network.statements.get(index).map(|s| s.stance) {
            Some(Stance::Favour) => self.favour.push(index),
            Some(Stance::Against) => self.against.push(index),
            _ => {}
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.favour.extend(&other.favour);
        self.against.extend(&other.against);
    }

    /// Units of weight on both sides.
    pub(super) fn units(&self, network: &Network) -> usize {
        network.units(&self.favour) + network.units(&self.against)
    }

    /// Above zero where more is said for than against.
    pub(super) fn balance(&self, network: &Network) -> i64 {
        let count = |side: &[usize]| i64::try_from(network.units(side)).unwrap_or(i64::MAX);
        count(&self.favour) - count(&self.against)
    }
}

/// A triangle around the point: upwards and hollow, or downwards and filled.
pub(super) fn triangle(out: &mut String, at: (f64, f64), half: f64, favour: bool) {
    let (x, y) = at;
    let rise = if favour { -half } else { half };
    let path = format!(
        "M{} {}L{} {}L{} {}Z",
        n(x - half),
        n(y - rise * 0.8),
        n(x + half),
        n(y - rise * 0.8),
        n(x),
        n(y + rise * 0.9)
    );
    if favour {
        let (class, colour) = FAVOUR;
        let _ = writeln!(
            out,
            "<path class=\"{class} line open\" d=\"{path}\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-linejoin=\"round\"/>"
        );
    } else {
        let (class, colour) = AGAINST;
        let _ = writeln!(out, "<path class=\"{class} head\" d=\"{path}\" fill=\"{colour}\" stroke=\"none\"/>");
    }
}

/// Half of the width of a mark for so many units: the area grows with them, up to a limit.
pub(super) fn half(units: usize) -> f64 {
    (3.8 + 0.9 * (units as f64).sqrt()).min(7.5)
}

/// One side of a position, in the middle around the point, with tooltip and link.
pub(super) fn side(
    out: &mut String,
    network: &Network,
    picture: &Picture,
    at: (f64, f64),
    (indexes, favour): (&[usize], bool),
    about: &str,
) {
    let units = network.units(indexes);
    if units == 0 {
        return;
    }
    let number = units.to_string();
    let half = half(units);
    let wide = half * 2.0 + if units > 1 { 3.0 + width(&number, SIZE, true) } else { 0.0 };
    let told = tooltip(network, indexes, &format!("{about}: {units} {}", if favour { "for" } else { "against" }));
    let link = link(network, picture, indexes);
    if let Some(target) = &link {
        frame::open_link(out, target, told.lines().next());
    }
    let _ = writeln!(out, "<g class=\"mark\"><title>{}</title>", xml(&told));
    let x = at.0 - wide / 2.0 + half;
    triangle(out, (x, at.1), half, favour);
    if units > 1 {
        let place = (x + half + 3.0, at.1 + 3.7);
        text(out, place, SIZE, "ink", INK, "font-weight=\"700\"", &number);
    }
    out.push_str("</g>");
    if link.is_some() {
        out.push_str("</a>");
    }
    out.push('\n');
}

/// Where the first passage stands: in the page around the picture, or in the article itself.
fn link(network: &Network, picture: &Picture, indexes: &[usize]) -> Option<String> {
    let mut statements = indexes.iter().filter_map(|&index| network.statements.get(index));
    if picture.links { statements.next().map(|s| format!("#claim-{}", s.claim)) } else { statements.find_map(outside) }
}

/// The article's address with the passage to be found in it.
pub(super) fn outside(statement: &Statement) -> Option<String> {
    passage_url(statement.article.url.as_deref()?, &statement.passage)
}

fn tooltip(network: &Network, indexes: &[usize], head: &str) -> String {
    let mut words = one_line(head);
    for statement in indexes.iter().filter_map(|&index| network.statements.get(index)).take(4) {
        let _ = write!(words, "\n“{}” ({})", shorten(&statement.passage, 160), one_line(&statement.article.short()));
    }
    if indexes.len() > 4 {
        let _ = write!(words, "\n… and {} more", indexes.len() - 4);
    }
    words
}

/// The two marks explained; gives the y below.
pub(super) fn legend(out: &mut String, rows: &mut frame::Rows, unit: &str, y: &mut f64) {
    let x = rows.named(out, 14.0, "for", y);
    triangle(out, (x + 7.0, *y + 7.0), 5.0, true);
    let x = rows.named(out, 14.0, "against", y);
    triangle(out, (x + 7.0, *y + 7.0), 5.0, false);
    let x = rows.next(30.0 + width(unit, 11.5, false), y);
    triangle(out, (x + 7.0, *y + 7.0), 5.8, false);
    text(out, (x + 16.0, *y + 11.0), SIZE, "ink", INK, "font-weight=\"700\"", "2");
    text(out, (x + 28.0, *y + 11.0), 11.5, "ink", INK, "", unit);
}

/// A name with the side it belongs to, cut to a width: the name, and what follows in a softer colour.
pub(super) fn name(label: &str, bloc: Option<&str>, size: f64, limit: f64) -> (String, String) {
    let name = crate::export::text::wrap(label, size, false, limit, 1).concat();
    let left = limit - width(&name, size, false) - 8.0;
    let side = bloc.map(one_line).filter(|bloc| width(bloc, size - 1.5, false) <= left).unwrap_or_default();
    (name, side)
}

/// Width of what [`name`] gives.
pub(super) fn name_width((name, side): &(String, String), size: f64) -> f64 {
    let more = if side.is_empty() { 0.0 } else { 8.0 + width(side, size - 1.5, false) };
    width(name, size, false) + more
}

/// A name as text.
pub(super) fn write_name(out: &mut String, (x, y): (f64, f64), size: f64, more: &str, (name, side): &(String, String)) {
    let space = if more.is_empty() { "" } else { " " };
    let _ = write!(
        out,
        "<text class=\"ink\" x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{INK}\"{space}{more}>{}",
        n(x),
        n(y),
        n(size),
        xml(name)
    );
    if !side.is_empty() {
        let size = n(size - 1.5);
        let _ =
            write!(out, "<tspan class=\"soft\" dx=\"6\" font-size=\"{size}\" fill=\"{SOFT}\">{}</tspan>", xml(side));
    }
    out.push_str("</text>\n");
}
