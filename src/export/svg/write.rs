//! The markup.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::frame::{self, INK, PAD, Rows, SOFT, document, heading, notes, text};
use super::key::{self, Row};
use super::marks::outside;
use super::scene::{Box, Line, NODE_SIZE, SUB_SIZE, Scene, WORD_SIZE, Words, of_stance, radius, ranked, stem, tally};
use super::{Picture, curve::Curve, heads, n};
use crate::actors::ActorKind;
use crate::export::style;
use crate::export::text::{one_line, shorten, width, xml, xml_attribute};
use crate::network::{Edge, Network, NodeKind, Relation, Weight};

/// The whole file.
pub(super) fn network(scene: &Scene<'_>, picture: &Picture) -> String {
    let network = scene.network;
    let own = PAD * 2.0 + scene.size.0;
    let wide = if picture.inline { own.max(420.0) } else { own.max(720.0) };
    let inner = wide - PAD * 2.0;
    let mut body = String::new();
    let title = picture.title.clone().unwrap_or_else(|| network.kind.title().to_owned());
    let subtitle = subtitle(scene);
    let mut y = heading(&mut body, picture, &title, &subtitle, inner);
    y = legend(&mut body, scene, y, inner);
    if scene.boxes.is_empty() {
        text(&mut body, (PAD, y + 24.0), 13.0, "soft", SOFT, "", "No edge to draw.");
        y += 40.0;
    }
    y += 14.0;
    // The drawing, in the middle.
    let left = PAD + (inner - scene.size.0) / 2.0;
    let _ = writeln!(body, "<g transform=\"translate({} {})\">", n(left), n(y));
    for line in &scene.lines {
        edge(&mut body, network, line, picture);
    }
    for b in &scene.boxes {
        node(&mut body, network, b, picture);
    }
    for line in &scene.lines {
        label(&mut body, network, line, picture);
    }
    body.push_str("</g>\n");
    y += scene.size.1 + 18.0;
    if !picture.inline {
        y = key_block(&mut body, scene, y, inner, picture);
        y = notes(&mut body, scene.notes.iter().chain(&network.notes), y, inner);
    }
    y += PAD * 0.5;
    document(picture, &title, &subtitle, (wide, y), &body)
}

fn subtitle(scene: &Scene<'_>) -> String {
    let network = scene.network;
    let plural = crate::network::plural;
    let of = |shown: usize, all: usize, noun: &str| {
        if shown < all { format!("{shown} of {}", plural(all, noun)) } else { plural(all, noun) }
    };
    let statements: BTreeSet<usize> = network.edges.iter().flat_map(|e| e.evidence.iter().copied()).collect();
    let drawn: BTreeSet<usize> = scene.lines.iter().flat_map(|line| line.edge.evidence.iter().copied()).collect();
    let mut words = format!(
        "{}, {}; {} in {}",
        of(scene.boxes.len(), network.nodes.len(), "node"),
        of(scene.lines.len(), network.edges.len(), "edge"),
        of(drawn.len(), statements.len(), "statement"),
        plural(network.articles(), "article")
    );
    match network.days() {
        Some((first, last)) if first == last => {
            let _ = write!(words, ", {first}");
        }
        Some((first, last)) => {
            let _ = write!(words, ", {first} to {last}");
        }
        None => {}
    }
    words.push('.');
    words
}

/// Samples of the lines and boxes that occur, in rows; gives the y below.
fn legend(out: &mut String, scene: &Scene<'_>, mut y: f64, inner: f64) -> f64 {
    let network = scene.network;
    let relations: BTreeSet<Relation> = scene.lines.iter().map(|line| line.edge.relation).collect();
    let kinds: BTreeSet<NodeKind> = scene.boxes.iter().map(|b| b.node.kind).collect();
    if relations.is_empty() {
        return y;
    }
    let mut rows = Rows::new(inner);
    out.push_str("<g class=\"legend\">\n");
    for relation in relations {
        let name = relation.as_str();
        let x = rows.next(46.0 + width(name, 11.5, false), &mut y);
        let style = style::style(relation);
        let curve = Curve { start: (x, y + 7.0), control: (x + 19.0, y + 7.0), end: (x + 38.0, y + 7.0) };
        stroke(out, &curve.shortened(heads::room(style.head, 1.8)), &style, 1.8);
        out.push_str(&heads::draw(&curve, &style, 1.8));
        out.push('\n');
        text(out, (x + 44.0, y + 11.0), 11.5, "ink", INK, "", name);
    }
    let weights = || scene.lines.iter().map(|line| line.edge.weight.abs());
    let most = weights().fold(0.0, f64::max);
    if most > weights().fold(f64::INFINITY, f64::min) {
        let unit = if network.unit == Weight::Once { "" } else { network.unit.as_str() };
        // The weight of a stance is what outweighs.
        let more = if scene.lines.iter().any(|line| of_stance(line.edge.relation)) { " more on one side" } else { "" };
        let least = weights().fold(f64::INFINITY, f64::min);
        for (weight, name) in [(least, n(least)), (most, format!("{} {unit}{more}", n(most)))] {
            let x = rows.next(30.0 + width(&name, 11.5, false), &mut y);
            let _ = writeln!(
                out,
                "<path class=\"soft-line\" d=\"M{} {}h24\" stroke=\"{SOFT}\" stroke-width=\"{}\"/>",
                n(x),
                n(y + 7.0),
                n(style::line_width_of(weight, most) * scene.thin)
            );
            text(out, (x + 30.0, y + 11.0), 11.5, "ink", INK, "", &name);
        }
    }
    if kinds.len() > 1 {
        for kind in kinds {
            let name = kind.as_str();
            let x = rows.next(30.0 + width(name, 11.5, false), &mut y);
            outline(out, kind, (x, y), (24.0, 14.0));
            text(out, (x + 30.0, y + 11.0), 11.5, "ink", INK, "", name);
        }
    }
    out.push_str("</g>\n");
    y + 22.0
}

/// The border of a box: countries square, organisations rounded, persons oval, groups dashed.
fn outline(out: &mut String, kind: NodeKind, at: (f64, f64), size: (f64, f64)) {
    let round = radius(kind, size);
    let dashes = match kind {
        NodeKind::Actor(ActorKind::Group | ActorKind::Role) => " stroke-dasharray=\"4 2.5\"",
        _ => "",
    };
    let (fill, heavy) = match kind {
        NodeKind::Actor(ActorKind::Country) | NodeKind::Bloc => ("#e6e9ed", "1.6"),
        NodeKind::Issue => ("#fff", "1"),
        _ => ("#f5f6f8", "1.2"),
    };
    let _ = writeln!(
        out,
        "<rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{fill}\" stroke=\"#2b2f34\" \
         stroke-width=\"{heavy}\"{dashes}/>",
        n(at.0),
        n(at.1),
        n(size.0),
        n(size.1),
        n(round)
    );
}

fn stroke(out: &mut String, curve: &Curve, style: &style::Style, wide: f64) {
    let dashes = if style.dashes.is_empty() {
        String::new()
    } else {
        let scale = 0.7 + wide * 0.22;
        let list: Vec<String> = style.dashes.iter().map(|d| n(d * scale)).collect();
        format!(" stroke-dasharray=\"{}\"", list.join(" "))
    };
    let _ = writeln!(
        out,
        "<path class=\"{} line\" d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{dashes}/>",
        style.class,
        curve.path(),
        style.colour,
        n(wide)
    );
}

/// Where an edge leads to: its row in the page around the picture, or its most telling passage in the article.
fn target(network: &Network, picture: &Picture, edge: &Edge) -> Option<String> {
    if picture.links {
        return Some(format!("#edge-{}", edge.id));
    }
    ranked(network, edge).into_iter().find_map(outside)
}

/// A part of the drawing within a link, where there is somewhere to lead to.
fn linked(out: &mut String, target: Option<&str>, name: Option<&str>, draw: impl FnOnce(&mut String)) {
    if let Some(target) = target {
        frame::open_link(out, target, name);
    }
    draw(out);
    if target.is_some() {
        out.push_str("</a>");
    }
}

fn edge(out: &mut String, network: &Network, line: &Line<'_>, picture: &Picture) {
    let edge = line.edge;
    let told = tooltip(network, edge);
    let target = target(network, picture, edge);
    linked(out, target.as_deref(), told.lines().next(), |out| {
        let _ = write!(out, "<g class=\"edge\" data-edge=\"{}\">", xml_attribute(&edge.id));
        let _ = writeln!(out, "<title>{}</title>", xml(&told));
        let stem = stem(line);
        // White beside the line parts it from those that it crosses, and is wide enough to point at; not at the ends, where lines meet.
        let ends = (34.0 / stem.length().max(1.0)).min(0.4);
        let _ = writeln!(
            out,
            "<path class=\"halo\" d=\"{}\" fill=\"none\" stroke=\"#fff\" stroke-width=\"{}\"/>",
            stem.cut(ends, 1.0 - ends).path(),
            n(line.width + 4.0)
        );
        stroke(out, &stem, &line.style, line.width);
        out.push_str(&heads::draw(&line.curve, &line.style, line.width));
        out.push_str("</g>");
    });
    out.push('\n');
}

/// Who does what to whom, and the first passages.
pub(super) fn tooltip(network: &Network, edge: &Edge) -> String {
    let mut words = format!(
        "{} {} {}",
        one_line(&network.nodes[edge.source].label),
        edge.relation.phrase(),
        one_line(&network.nodes[edge.target].label)
    );
    words.push_str(&tally(network, edge));
    for statement in ranked(network, edge).into_iter().take(4) {
        let _ = write!(words, "\n“{}” ({})", shorten(&statement.passage, 160), one_line(&statement.article.short()));
    }
    if edge.evidence.len() > 4 {
        let _ = write!(words, "\n… and {} more", edge.evidence.len() - 4);
    }
    words
}

fn node(out: &mut String, network: &Network, b: &Box<'_>, picture: &Picture) {
    let node = b.node;
    let (x, y) = (b.rect.centre.0 - b.rect.size.0 / 2.0, b.rect.centre.1 - b.rect.size.1 / 2.0);
    let target = picture.links.then(|| format!("#actor-{}", node.id));
    linked(out, target.as_deref(), Some(&one_line(&node.label)), |out| {
        let _ = write!(out, "<g class=\"node\" data-node=\"{}\">", xml_attribute(&node.id));
        let mut about = format!("{} ({})", one_line(&node.label), node.kind.as_str());
        if let Some(bloc) = &node.bloc {
            let _ = write!(about, ", {}", one_line(bloc));
        }
        let _ = write!(about, "\n{}", crate::network::plural(node.count, "statement"));
        let own = |edge: &&Edge| network.nodes[edge.source].id == node.id || network.nodes[edge.target].id == node.id;
        let _ = write!(about, ", {}", crate::network::plural(network.edges.iter().filter(own).count(), "edge"));
        let _ = writeln!(out, "<title>{}</title>", xml(&about));
        outline(out, node.kind, (x, y), b.rect.size);
        let mut line_y = y + 6.0 + NODE_SIZE * 0.9;
        for line in &b.lines {
            let at = (b.rect.centre.0, line_y);
            text(out, at, NODE_SIZE, "ink", INK, "font-weight=\"700\" text-anchor=\"middle\"", line);
            line_y += 16.0;
        }
        if let Some(bloc) = &node.bloc {
            let at = (b.rect.centre.0, line_y - 2.5);
            text(out, at, SUB_SIZE, "soft", SOFT, "text-anchor=\"middle\"", &shorten(bloc, 28));
        }
        out.push_str("</g>");
    });
    out.push('\n');
}

fn label(out: &mut String, network: &Network, line: &Line<'_>, picture: &Picture) {
    let Some(label) = &line.label else { return };
    let rect = label.rect;
    let (x, y) = (rect.centre.0 - rect.size.0 / 2.0, rect.centre.1 - rect.size.1 / 2.0);
    let target = target(network, picture, line.edge);
    linked(out, target.as_deref(), None, |out| {
        let _ = writeln!(out, "<g class=\"label\" data-edge=\"{}\">", xml_attribute(&line.edge.id));
        let border = match label.words {
            Words::Number(_) => format!(" stroke=\"{}\" stroke-width=\"1.2\"", line.style.colour),
            Words::Lines(_) => String::new(),
        };
        let class = match label.words {
            Words::Number(_) => format!("badge {} line", line.style.class),
            Words::Lines(_) => "badge".to_owned(),
        };
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\" fill=\"#fff\"{border}/>",
            n(x),
            n(y),
            n(rect.size.0),
            n(rect.size.1)
        );
        match &label.words {
            Words::Number(number) => {
                let at = (rect.centre.0, rect.centre.1 + 3.8);
                text(out, at, 10.5, "ink", INK, "font-weight=\"700\" text-anchor=\"middle\"", &number.to_string());
            }
            Words::Lines(lines) => {
                for (i, words) in lines.iter().enumerate() {
                    let at = (rect.centre.0, y + 12.0 + i as f64 * 13.0);
                    if i == 0 {
                        let class = format!("{} head", line.style.class);
                        text(
                            out,
                            at,
                            WORD_SIZE,
                            &class,
                            line.style.colour,
                            "font-weight=\"700\" text-anchor=\"middle\"",
                            words,
                        );
                    } else {
                        text(out, at, WORD_SIZE, "ink", INK, "text-anchor=\"middle\"", words);
                    }
                }
            }
        }
        out.push_str("</g>");
    });
    out.push('\n');
}

fn key_block(out: &mut String, scene: &Scene<'_>, y: f64, inner: f64, picture: &Picture) -> f64 {
    let count = (1..=4_u8).rev().find(|&count| f64::from(count) * 380.0 <= inner + 24.0).unwrap_or(1);
    let wide = (inner - f64::from(count - 1) * 24.0) / f64::from(count);
    let (columns, tallest) = key::columns(scene, wide, usize::from(count));
    if columns.is_empty() {
        return y;
    }
    let _ = writeln!(
        out,
        "<path class=\"soft-line\" d=\"M{} {}H{}\" stroke=\"#c9cdd2\" stroke-width=\"1\"/>\n<g class=\"key\">",
        n(PAD),
        n(y),
        n(PAD + inner)
    );
    let top = y + 8.0;
    for (index, column) in columns.iter().enumerate() {
        let x = PAD + index as f64 * (wide + 24.0);
        for (row_y, row) in column {
            let y = top + row_y;
            match row {
                Row::Heading(name) => {
                    text(out, (x, y + 17.0), 12.5, "ink", INK, "font-weight=\"700\"", name);
                }
                Row::Entry { number, class, colour, lines, bold, link } => {
                    let edge = scene.network.edges.iter().find(|edge| edge.id == *link);
                    let target = edge.and_then(|edge| target(scene.network, picture, edge));
                    linked(out, target.as_deref(), None, |out| {
                        let badge = width(&number.to_string(), 10.5, true) + 8.0;
                        let _ = writeln!(
                            out,
                            "<rect class=\"badge {class} line\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"15\" rx=\"4\" fill=\"#fff\" \
                         stroke=\"{colour}\" stroke-width=\"1.2\"/>",
                            n(x),
                            n(y),
                            n(badge)
                        );
                        let middle = (x + badge / 2.0, y + 11.2);
                        let style = "font-weight=\"700\" text-anchor=\"middle\"";
                        text(out, middle, 10.5, "ink", INK, style, &number.to_string());
                        entry(out, (x + 32.0, y + 11.5), lines, *bold);
                    });
                }
            }
        }
    }
    out.push_str("</g>\n");
    top + tallest + 6.0
}

/// The lines of an entry, its first `bold` characters in bold (they may run into the second line).
fn entry(out: &mut String, at: (f64, f64), lines: &[String], mut bold: usize) {
    let _ = write!(
        out,
        "<text class=\"ink\" x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{INK}\">",
        n(at.0),
        n(at.1),
        n(key::SIZE)
    );
    for (i, line) in lines.iter().enumerate() {
        let strong: String = line.chars().take(bold).collect();
        let plain: String = line.chars().skip(bold).collect();
        bold = bold.saturating_sub(line.chars().count() + 1);
        let _ =
            write!(out, "<tspan x=\"{}\" dy=\"{}\">", n(at.0), if i == 0 { "0".to_owned() } else { n(key::LEADING) });
        if !strong.is_empty() {
            let _ = write!(out, "<tspan font-weight=\"700\">{}</tspan>", xml(&strong));
        }
        let _ = write!(out, "{}</tspan>", xml(&plain));
    }
    out.push_str("</text>\n");
}
