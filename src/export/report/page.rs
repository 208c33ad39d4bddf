//! The page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{Report, answers, changes, claims, table};
use crate::claims::ActorRef;
use crate::export::svg::{self, Picture};
use crate::export::text::{shorten, xml, xml_attribute};
use crate::export::{Format, write};
use crate::network::{Kind, Level, Network, Options, QUERY, build, plural};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Above so many claims the page offers the tables only, as the data would double its size.
const DOWNLOADS: usize = 1500;

/// The report as one HTML file. The same report gives the same bytes.
pub fn page(report: &Report<'_>) -> String {
    let statements = report.statements();
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // No request leaves the page, whatever an article's text may hold.
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
         img-src data:\">\n",
    );
    let _ = writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>", xml(&report.title));
    let _ = writeln!(
        out,
        "<style>\n{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#claims\">Skip to the claims</a>"
    );
    let positions = build(Kind::Stances, &statements, &Options { level: Level::Bloc, ..Options::default() });
    header(&mut out, report, positions.days().is_some());
    out.push_str("<main>\n");
    articles(&mut out, report);
    network(&mut out, report);
    section(
        &mut out,
        "table",
        "Who stands where",
        "Issues down, sides across; persons count for the country or body they speak for. For and against count what they say in their own \
         name and do not hedge; the rest is hearsay. Open a cell for its claims.",
        &table::html(&statements),
    );
    timeline(&mut out, &positions);
    section(
        &mut out,
        "answers",
        "Who answered whom",
        "Demands, requests, proposals and offers, with what their addressees said on the same issue within three months. The match is made by \
         issue, side and day; whether the words are an answer is for the reader to judge. <code>ask answers</code> counts only what accepts or \
         rejects.",
        &answers::html(&statements),
    );
    section(
        &mut out,
        "changes",
        "Who changed sides",
        "Each turn, by day of the statement; only what actors say in their own name and do not hedge.",
        &changes::html(&statements),
    );
    actors(&mut out, report);
    let mut list = String::from(
        "<p class=\"marks\">In each passage: <mark class=\"source\">who speaks</mark> <mark class=\"cue\">the words that carry the act</mark> \
         <mark class=\"content\">what it is about</mark> <mark class=\"addressee\">to whom</mark></p>\n",
    );
    list.push_str(&claims::filters(report));
    list.push_str(&claims::list(report));
    section(&mut out, "claims", "All claims", "", &list);
    data(&mut out, report);
    let _ = write!(
        out,
        "</main>\n<footer><p>Made by demarche {} from the files listed above. The same files give the same page.</p></footer>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    );
    out
}

fn section(out: &mut String, id: &str, heading: &str, words: &str, body: &str) {
    let _ = writeln!(out, "<section id=\"{id}\" aria-labelledby=\"h-{id}\">\n<h2 id=\"h-{id}\">{heading}</h2>");
    if !words.is_empty() {
        let _ = writeln!(out, "<p class=\"note\">{words}</p>");
    }
    out.push_str(body);
    out.push_str("</section>\n");
}

fn header(out: &mut String, report: &Report<'_>, dated: bool) {
    let words: usize = report.articles.iter().map(|a| a.text.split_whitespace().count()).sum();
    let actors: BTreeSet<&str> =
        report.claims.iter().flat_map(|c| c.source.iter().chain(&c.addressee)).map(|a| a.id.as_str()).collect();
    let issues: BTreeSet<&str> = report.claims.iter().flat_map(|c| &c.issue).map(|i| i.id.as_str()).collect();
    let days: BTreeSet<&str> =
        report.articles.iter().filter_map(|a| a.document.published.as_deref().and_then(|d| d.get(..10))).collect();
    let _ = writeln!(out, "<header>\n<h1>{}</h1>\n<dl class=\"sums\">", xml(&report.title));
    for (number, noun) in [
        (report.articles.len(), "article"),
        (words, "word"),
        (report.claims.len(), "claim"),
        (actors.len(), "actor"),
        (issues.len(), "issue"),
    ] {
        let noun = if number == 1 { noun.to_owned() } else { format!("{noun}s") };
        let _ = writeln!(out, "<div><dt>{noun}</dt><dd>{number}</dd></div>");
    }
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        let span = if first == last { (*first).to_owned() } else { format!("{first} to {last}") };
        let _ = writeln!(out, "<div><dt>published</dt><dd>{}</dd></div>", xml(&span));
    }
    out.push_str("</dl>\n<nav aria-label=\"Sections\"><ul>\n");
    for (id, name) in [
        ("articles", "Articles"),
        ("network", "Network"),
        ("table", "Positions"),
        ("timeline", "Timeline"),
        ("answers", "Answers"),
        ("changes", "Changes"),
        ("actors", "Actors"),
        ("claims", "Claims"),
        ("data", "Data"),
    ] {
        if id == "timeline" && !dated {
            continue;
        }
        let _ = writeln!(out, "<li><a href=\"#{id}\">{name}</a></li>");
    }
    out.push_str("</ul></nav>\n</header>\n");
}

/// Positions over time, where any has a day.
fn timeline(out: &mut String, network: &Network) {
    if network.days().is_none() {
        return;
    }
    let picture = Picture { links: true, inline: true, max_lanes: 24, ..Picture::default() };
    let mut body = String::from(
        "<figure>\n<div class=\"scroll picture\" role=\"region\" aria-label=\"Timeline\" tabindex=\"0\">\n",
    );
    body.push_str(&svg::timeline(network, &picture));
    body.push_str(
        "</div>\n<figcaption>Point at a mark for its words, follow it to its first claim.</figcaption>\n</figure>\n",
    );
    let words = "The issues on which most is said, and who speaks on them on most days; persons count for the country or body they speak for.";
    section(out, "timeline", "Positions over time", words, &body);
}

/// With more articles than this, their table is folded away: what they say comes first.
const OPEN_ARTICLES: usize = 12;

fn articles(out: &mut String, report: &Report<'_>) {
    let many = report.articles.len() > OPEN_ARTICLES;
    let mut body = String::new();
    if many {
        let words = plural(report.articles.len(), "article");
        let _ = writeln!(body, "<details class=\"wide\"><summary>{words} with words and claims</summary>");
    }
    body.push_str(
        "<div class=\"scroll\" role=\"region\" aria-label=\"Articles\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Article</th>\
         <th scope=\"col\">Outlet</th><th scope=\"col\">Date</th><th scope=\"col\" class=\"n\">Words</th><th scope=\"col\" class=\"n\">Claims</th>\
         </tr></thead><tbody>\n",
    );
    for article in report.articles {
        let document = &article.document;
        let count = report.claims.iter().filter(|c| c.document.id == document.id).count();
        let name = xml(&claims::name(document));
        let safe = document.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        let name = safe
            .map_or(name.clone(), |url| format!("<a href=\"{}\" rel=\"noreferrer\">{name}</a>", xml_attribute(url)));
        let _ = writeln!(
            body,
            "<tr><td>{name}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{count}</td></tr>",
            xml(document.publisher.as_deref().unwrap_or("–")),
            xml(document.published.as_deref().and_then(|d| d.get(..10)).unwrap_or("–")),
            article.text.split_whitespace().count()
        );
    }
    body.push_str("</tbody></table></div>\n");
    if many {
        body.push_str("</details>\n");
    }
    section(out, "articles", "What was read", "", &body);
}

fn network(out: &mut String, report: &Report<'_>) {
    let network = report.network;
    let picture = Picture { links: true, inline: true, ..Picture::default() };
    let mut body = String::from(
        "<figure>\n<div class=\"scroll picture\" role=\"region\" aria-label=\"Demand network\" tabindex=\"0\">\n",
    );
    body.push_str(&svg::svg(network, &picture));
    body.push_str("</div>\n<figcaption>Each arrow goes from the one who speaks to the one addressed. ");
    body.push_str("Point at an arrow for its words, follow it to its evidence.</figcaption>\n</figure>\n");
    for note in &network.notes {
        let _ = writeln!(body, "<p class=\"note\">{}</p>", xml(note));
    }
    let open = if network.edges.len() <= 25 { " open" } else { "" };
    let _ = writeln!(
        body,
        "<details class=\"wide\"{open}><summary>{} with their evidence</summary>",
        plural(network.edges.len(), "edge")
    );
    body.push_str(
        "<div class=\"scroll\" role=\"region\" aria-label=\"Edges of the network\" tabindex=\"0\"><table class=\"edges\"><thead><tr>\
         <th scope=\"col\" class=\"n\">No.</th><th scope=\"col\">Who</th><th scope=\"col\">does</th><th scope=\"col\">to whom</th>\
         <th scope=\"col\" class=\"n\">Times</th><th scope=\"col\">What, and where it stands</th></tr></thead><tbody>\n",
    );
    let numbers = svg::numbers(network, &picture);
    let mut order: Vec<usize> = (0..network.edges.len()).collect();
    order.sort_by_key(|&i| (numbers.get(&i).copied().unwrap_or(usize::MAX), i));
    for index in order {
        let edge = &network.edges[index];
        let number = numbers.get(&index).map(ToString::to_string).unwrap_or_default();
        let name = |i: usize| {
            let node = &network.nodes[i];
            format!("<a href=\"#actor-{}\">{}</a>", xml_attribute(&node.id), xml(&node.label))
        };
        let _ = write!(
            body,
            "<tr id=\"edge-{}\" tabindex=\"-1\"><td class=\"n\">{number}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td><ul>",
            xml_attribute(&edge.id),
            name(edge.source),
            edge.relation.as_str(),
            name(edge.target),
            edge.evidence.len()
        );
        for statement in network.evidence(edge) {
            let reported =
                if statement.via.is_empty() { "" } else { " <span class=\"soft\">(as others report)</span>" };
            let _ = write!(
                body,
                "<li><a href=\"#claim-{}\">“{}”</a>{reported} <span class=\"soft\">{}</span></li>",
                xml_attribute(&statement.claim),
                xml(&shorten(&statement.passage.replace(['“', '”', '"'], ""), 150)),
                xml(&statement.article.short())
            );
        }
        body.push_str("</ul></td></tr>\n");
    }
    body.push_str("</tbody></table></div></details>\n");
    section(out, "network", "Who demands what from whom", "", &body);
}

fn actors(out: &mut String, report: &Report<'_>) {
    #[derive(Default)]
    struct Parts<'a> {
        actor: Option<&'a ActorRef>,
        source: usize,
        addressee: usize,
        via: usize,
    }
    let mut all: BTreeMap<&str, Parts<'_>> = BTreeMap::new();
    for claim in report.claims {
        for (actors, part) in [(&claim.source, 0), (&claim.addressee, 1), (&claim.via, 2)] {
            for actor in actors {
                let parts = all.entry(&actor.id).or_default();
                parts.actor.get_or_insert(actor);
                match part {
                    0 => parts.source += 1,
                    1 => parts.addressee += 1,
                    _ => parts.via += 1,
                }
            }
        }
    }
    let mut rows: Vec<(&str, Parts<'_>)> = all.into_iter().collect();
    rows.sort_by(|a, b| (b.1.source + b.1.addressee).cmp(&(a.1.source + a.1.addressee)).then(a.0.cmp(b.0)));
    let mut body = format!("<details class=\"wide\"><summary>{}</summary>", plural(rows.len(), "actor"));
    body.push_str(
        "<div class=\"scroll\" role=\"region\" aria-label=\"Actors\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Actor</th>\
         <th scope=\"col\">Kind</th><th scope=\"col\">Speaks for</th><th scope=\"col\" class=\"n\">says</th><th scope=\"col\" class=\"n\">is \
         addressed</th><th scope=\"col\" class=\"n\">reports</th><th scope=\"col\"><span class=\"vh\">Filter</span></th></tr></thead><tbody>\n",
    );
    for (id, parts) in rows {
        let Some(actor) = parts.actor else { continue };
        let id = xml_attribute(id);
        let _ = writeln!(
            body,
            "<tr id=\"actor-{id}\" tabindex=\"-1\"><th scope=\"row\">{0}</th><td>{1}</td><td>{2}</td><td class=\"n\">{3}</td><td class=\"n\">{4}</td>\
             <td class=\"n\">{5}</td><td><button type=\"button\" class=\"pick\" data-actor=\"{id}\" hidden>claims<span class=\"vh\"> of \
             {0}</span></button></td></tr>",
            xml(&actor.label),
            crate::network::NodeKind::Actor(actor.kind).as_str(),
            xml(actor.bloc.as_deref().unwrap_or("–")),
            parts.source,
            parts.addressee,
            parts.via
        );
    }
    body.push_str("</tbody></table></div></details>\n");
    section(out, "actors", "Who has a part", "", &body);
}

fn data(out: &mut String, report: &Report<'_>) {
    let mut files: Vec<(String, &str, String)> = Vec::new();
    let network = report.network;
    files.push(("claims.csv".into(), "text/csv", crate::export::claims::table(report.claims)));
    files.push(("demands.graphml".into(), Format::GraphMl.media_type(), write(Format::GraphMl, network)));
    files.push(("statements.rq".into(), "application/sparql-query", QUERY.to_owned()));
    let positions = build(Kind::Stances, &report.statements(), &Options::default());
    for format in [Format::SvgMatrix, Format::SvgTimeline] {
        files.push((format!("stances.{}", format.extension()), format.media_type(), write(format, &positions)));
    }
    if report.claims.len() <= DOWNLOADS {
        if let Ok(lines) = crate::export::claims::json_lines(report.claims) {
            files.push(("claims.jsonl".into(), "application/x-ndjson", lines));
        }
        for format in [Format::Gexf, Format::Csv, Format::Svg] {
            files.push((format!("demands.{}", format.extension()), format.media_type(), write(format, network)));
        }
    }
    let mut body = String::from("<ul class=\"files\">\n");
    for (name, media, text) in &files {
        let size = text.len().div_ceil(1024);
        let _ = writeln!(
            body,
            "<li><a download=\"{name}\" href=\"data:{media};charset=utf-8,{}\">{name}</a> <span class=\"soft\">{size} KB</span></li>",
            percent(text)
        );
    }
    body.push_str(
        "</ul>\n<details><summary>The SPARQL query that networks are made from</summary><pre tabindex=\"0\"><code>",
    );
    body.push_str(&xml(QUERY));
    body.push_str("</code></pre></details>\n");
    section(out, "data", "Data", "The files hold what this page shows. `demarche export` writes more formats.", &body);
}

/// Text for a data address: bytes other than plain letters, digits and a few signs as `%XX`.
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~!*()/:;,=?@+$".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
