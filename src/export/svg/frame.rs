//! What all pictures share: paper, title, text, links, notes.

use std::fmt::Write as _;

use super::{Picture, n};
use crate::export::text::{width, wrap, xml, xml_attribute};

pub(super) const FONT: &str = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif";
/// Margin of the paper.
pub(super) const PAD: f64 = 24.0;
pub(super) const INK: &str = "#1a1c1f";
pub(super) const SOFT: &str = "#565b61";
pub(super) const RULE: &str = "#c9cdd2";

/// A line of text whose baseline begins (or ends, by `more`) at the point.
pub(super) fn text(out: &mut String, at: (f64, f64), size: f64, class: &str, colour: &str, more: &str, words: &str) {
    let space = if more.is_empty() { "" } else { " " };
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{colour}\"{space}{more}>{}</text>",
        n(at.0),
        n(at.1),
        n(size),
        xml(words)
    );
}

/// Title and subtitle, unless the page has its own; gives the y below.
pub(super) fn heading(out: &mut String, picture: &Picture, title: &str, subtitle: &str, inner: f64) -> f64 {
    let mut y = PAD;
    if picture.inline {
        return y;
    }
    for line in wrap(title, 19.0, true, inner, 2) {
        text(out, (PAD, y + 15.0), 19.0, "ink", INK, "font-weight=\"700\"", &line);
        y += 24.0;
    }
    for line in wrap(subtitle, 12.0, false, inner, 2) {
        text(out, (PAD, y + 10.0), 12.0, "soft", SOFT, "", &line);
        y += 16.0;
    }
    y + 8.0
}

/// Places samples of a legend in rows.
pub(super) struct Rows {
    x: f64,
    inner: f64,
}

impl Rows {
    pub(super) fn new(inner: f64) -> Self {
        Self { x: PAD, inner }
    }

    /// The x of the next sample of that width; `y` moves down where a row is full.
    pub(super) fn next(&mut self, wide: f64, y: &mut f64) -> f64 {
        if self.x > PAD && self.x + wide > PAD + self.inner {
            self.x = PAD;
            *y += 20.0;
        }
        let at = self.x;
        self.x += wide + 18.0;
        at
    }

    /// The name of a sample `room` wide; gives the x of the sample.
    pub(super) fn named(&mut self, out: &mut String, room: f64, name: &str, y: &mut f64) -> f64 {
        let x = self.next(room + 6.0 + width(name, 11.5, false), y);
        text(out, (x + room + 6.0, *y + 11.0), 11.5, "ink", INK, "", name);
        x
    }
}

/// Small print; gives the y below.
pub(super) fn notes<'a>(out: &mut String, notes: impl Iterator<Item = &'a String>, mut y: f64, inner: f64) -> f64 {
    for note in notes {
        for line in wrap(note, 10.5, false, inner, 3) {
            y += 14.0;
            text(out, (PAD, y), 10.5, "soft", SOFT, "", &line);
        }
    }
    y + 6.0
}

/// The whole file around a body.
pub(super) fn document(picture: &Picture, title: &str, subtitle: &str, (wide, high): (f64, f64), body: &str) -> String {
    let mut out = String::new();
    if !picture.inline {
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }
    let (w, h) = (n(wide), n(high));
    // An image has no parts that can be reached; a picture with links is a group of them.
    let role = if picture.links { "group" } else { "img" };
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" class=\"demarche\" role=\"{role}\" \
         width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" font-family=\"{FONT}\">"
    );
    let _ = writeln!(out, "<title>{}</title>\n<desc>{}</desc>", xml(title), xml(subtitle));
    let _ = writeln!(out, "<rect class=\"paper\" width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>");
    out.push_str(body);
    out.push_str("</svg>\n");
    out
}

/// `name` is what a screen reader says; a second link to the same place has none and is passed over.
pub(super) fn open_link(out: &mut String, target: &str, name: Option<&str>) {
    let reading = name.map_or_else(
        || "tabindex=\"-1\" aria-hidden=\"true\"".to_owned(),
        |name| format!("aria-label=\"{}\"", xml_attribute(name)),
    );
    let _ = write!(out, "<a href=\"{0}\" xlink:href=\"{0}\" {reading}>", xml_attribute(target));
}
