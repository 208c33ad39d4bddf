//! `demarche export`: the network of a store, or the store itself, as a file for other programs.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use demarche::act::Act;
use demarche::export::svg::Picture;
use demarche::export::{self, Format};
use demarche::graph::{self, Store, dates};
use demarche::network::{
    self, Detail, Kind, Length, Level, Network, Normalisation, Options, Statement, Weight, Window,
};
use demarche::query::Limits;
use oxigraph::io::{JsonLdProfileSet, RdfFormat};

use crate::args::{self, Export};
use crate::printer::{Printer, count};

/// Formats of the graph as RDF, with what they are for.
const RDF: [(&str, &str); 5] = [
    ("trig", "The whole graph as RDF: TriG, its named graphs one after the other."),
    ("nquads", "The whole graph as RDF: N-Quads, a line for each quad."),
    ("turtle", "The whole graph as RDF: Turtle, without the named graphs."),
    ("jsonld", "The whole graph as RDF: JSON-LD."),
    ("rdfxml", "The whole graph as RDF: RDF/XML, without the named graphs."),
];

/// Formats of the claims alone, with what they are for.
const CLAIMS: [(&str, &str); 3] = [
    ("claims", "The claims as JSON Lines, as build writes them."),
    ("claims-csv", "The claims as CSV, for pandas, R and spreadsheets."),
    ("parquet", "The claims for DuckDB, Spark and pandas (needs the feature parquet)."),
];

pub(crate) fn run(it: &Export, printer: &Printer) -> anyhow::Result<bool> {
    let Some(kind) = it.kind.as_deref() else {
        let lines: Vec<String> = formats().map(|(name, summary)| format!("{name:20}{summary}")).collect();
        crate::printer::lines(lines.iter().map(String::as_str))?;
        return Ok(true);
    };
    if it.profile != args::Profile::Plain && rdf(kind).is_none() {
        let known = RDF.map(|(name, _)| name).join(", ");
        bail!("`--profile` is for the graph as RDF; formats are {known}");
    }
    let whole = RDF.iter().chain(&CLAIMS).any(|(name, _)| *name == kind);
    if whole && let Some(option) = of_networks(it) {
        bail!(
            "`{option}` is for networks and pictures; `{kind}` writes all that the store holds, leave `{option}` off"
        );
    }
    let open = || Store::open(&it.store.store);
    let bytes = match (kind, rdf(kind), Format::from_name(kind)) {
        ("claims", ..) => export::claims::json_lines(&export::claims::of_store(&open()?)?)?.into_bytes(),
        ("claims-csv", ..) => export::claims::table(&export::claims::of_store(&open()?)?).into_bytes(),
        ("parquet", ..) => parquet(&open()?)?,
        (_, Some(format), _) => graph(it, kind, format)?,
        (_, None, Some(format)) => {
            let Some(bytes) = drawn(it, format, printer)? else { return Ok(true) };
            bytes
        }
        (_, None, None) => {
            let known: Vec<&str> = formats().map(|(name, _)| name).collect();
            bail!("unknown format `{kind}`; known formats are {}", known.join(", "));
        }
    };
    put(it.out.as_deref(), &bytes, printer)?;
    Ok(true)
}

/// The names of all formats, each with a line on what it is for.
fn formats() -> impl Iterator<Item = (&'static str, String)> {
    // Summaries are doc comments too, where some names stand in backticks.
    let networks = Format::ALL.iter().map(|format| (format.as_str(), format.summary().trim().replace('`', "")));
    networks.chain(CLAIMS.into_iter().chain(RDF).map(|(name, summary)| (name, summary.to_owned())))
}

/// The first option given that has a say in networks and pictures only.
fn of_networks(it: &Export) -> Option<&'static str> {
    let options = [
        ("--network", it.network.is_some()),
        ("--layout", it.layout != args::Layout::Own),
        ("--title", it.title.is_some()),
        ("--max-nodes", it.max_nodes.is_some()),
        ("--max-edges", it.max_edges.is_some()),
        ("--level", it.level != args::Level::Actor),
        ("--weight", it.weight != "statements"),
        ("--copies", it.copies != args::Copies::Each),
        ("--normalisation", it.normalisation != "none"),
        ("--act", !it.act.is_empty()),
        ("--families", it.families),
        ("--actor", !it.actor.is_empty()),
        ("--without", !it.without.is_empty()),
        ("--issue", !it.issue.is_empty()),
        ("--since", it.since.is_some()),
        ("--until", it.until.is_some()),
        ("--window", it.window.is_some()),
        ("--min-weight", it.min_weight.abs() > 0.0),
        ("--min-confidence", it.min_confidence.abs() > 0.0),
    ];
    options.into_iter().find(|(_, given)| *given).map(|(option, _)| option)
}

/// The whole graph in an RDF format.
fn graph(it: &Export, kind: &str, format: RdfFormat) -> anyhow::Result<Vec<u8>> {
    let profile = match it.profile {
        args::Profile::Plain => graph::Profile::Plain,
        args::Profile::Rdf12 => graph::Profile::Rdf12,
        args::Profile::Nanopub => graph::Profile::Nanopub,
    };
    let fits = |format: RdfFormat| profile.formats().contains(&format);
    if profile != graph::Profile::Plain && !fits(format) {
        let known: Vec<&str> =
            RDF.map(|(name, _)| name).into_iter().filter(|name| rdf(name).is_some_and(fits)).collect();
        let known = match known.as_slice() {
            [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            known => known.concat(),
        };
        bail!("`{kind}`: it cannot hold this profile; take {known}");
    }
    let mut out = Vec::new();
    graph::write_profile(&Store::open(&it.store.store)?, profile, format, &mut out)?;
    Ok(out)
}

/// The network as a file; `None` where there is one for each window, which is written already.
fn drawn(it: &Export, format: Format, printer: &Printer) -> anyhow::Result<Option<Vec<u8>>> {
    check_numbers(it)?;
    let (sort, options) = (sort(it, format)?, options(it)?);
    let statements = network::statements(&Store::open(&it.store.store)?, &Limits::default())?;
    network::check_names(&statements, &options)?;
    if let Some(length) = &it.window {
        windows(it, format, sort, &statements, &options, length, printer)?;
        return Ok(None);
    }
    let mut network = network::build(sort, &statements, &options);
    let by_graphviz = format == Format::Svg && it.layout == args::Layout::Dot;
    let limited = it.max_nodes.is_some() || it.max_edges.is_some();
    if by_graphviz || limited && format == Format::Dot {
        // A file holds the whole network unless told otherwise, a picture what it has room for.
        let limit = |number: usize, chosen: bool| if by_graphviz || chosen { number } else { usize::MAX };
        let mut picture = picture(it);
        picture.max_nodes = limit(picture.max_nodes, it.max_nodes.is_some());
        picture.max_edges = limit(picture.max_edges, it.max_edges.is_some());
        network = export::svg::shown(&network, &picture);
    }
    for note in &network.notes {
        printer.say(note);
    }
    let drawn = network.edges.len().min(picture(it).max_edges);
    if format == Format::Svg && drawn > CROWDED {
        printer.say(&format!(
            "{drawn} edges are hard to read in one picture: `--families` draws one for all acts of a family, `--level bloc` joins those of a side, \
             `--max-edges 80` keeps the heaviest"
        ));
    }
    let companions: Vec<&str> =
        format.companions().iter().filter(|other| **other != format).map(|f| f.as_str()).collect();
    if !companions.is_empty() {
        printer.say(&format!("goes with it: {}", companions.join(", ")));
    }
    Ok(Some(if by_graphviz {
        graphviz(&export::write(Format::Dot, &network))?
    } else {
        export::write_picture(format, &network, &picture(it)).into_bytes()
    }))
}

#[cfg(feature = "parquet")]
fn parquet(store: &Store) -> anyhow::Result<Vec<u8>> {
    let (_, claims) = export::report::read(store, &Limits::default())?;
    Ok(export::parquet::parquet(&claims)?)
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Store) -> anyhow::Result<Vec<u8>> {
    bail!("this program was built without Parquet; build it with `cargo build --release --features parquet`");
}

/// Writes to the file, or to standard output where there is none.
fn put(out: Option<&Path>, bytes: &[u8], printer: &Printer) -> anyhow::Result<()> {
    match out.filter(|path| *path != Path::new("-")) {
        Some(path) => {
            std::fs::write(path, bytes).with_context(|| format!("failed to write `{}`", path.display()))?;
            printer.say(&format!("written to {}", path.display()));
        }
        None => std::io::stdout().lock().write_all(bytes)?,
    }
    Ok(())
}

/// A network for each window.
fn windows(
    it: &Export,
    format: Format,
    sort: Kind,
    statements: &[Statement],
    options: &Options,
    length: &str,
    printer: &Printer,
) -> anyhow::Result<()> {
    let length = Length::parse(length)?;
    let step = it.step.as_deref().map_or(Ok(length), Length::parse)?;
    let windows = network::windows(statements, options, length, step)?;
    let networks: Vec<(Window, Network)> = windows
        .into_iter()
        .map(|window| {
            let network = network::build(sort, statements, &window.options(options));
            (window, network)
        })
        .collect();
    if networks.is_empty() {
        bail!("no statement has a day, so there are no windows; give --since and --until");
    }
    let undated = statements.iter().filter(|s| s.date.is_none()).count();
    if undated > 0 {
        printer.say(&format!("not counted: {} without a day", count(undated, "statement")));
    }
    if format == Format::Gexf {
        return put(it.out.as_deref(), export::gexf_windows(&networks).as_bytes(), printer);
    }
    let Some(folder) = it.out.as_deref().filter(|path| *path != Path::new("-")) else {
        bail!("`--window` gives a file for each window; name a folder for them with --out");
    };
    std::fs::create_dir_all(folder).with_context(|| format!("failed to make the folder `{}`", folder.display()))?;
    for (window, network) in &networks {
        let name = format!("{}.{}_{}.{}", sort.as_str(), window.from, window.until, format.extension());
        let path = folder.join(name);
        std::fs::write(&path, export::write_picture(format, network, &picture(it)))
            .with_context(|| format!("failed to write `{}`", path.display()))?;
    }
    let index = folder.join("windows.csv");
    std::fs::write(&index, export::windows_csv(&networks))
        .with_context(|| format!("failed to write `{}`", index.display()))?;
    let number = count(networks.len(), "window");
    printer.say(&format!("{number} and windows.csv written to {}", folder.display()));
    Ok(())
}

/// The picture that Graphviz draws of a DOT file.
fn graphviz(dot: &str) -> anyhow::Result<Vec<u8>> {
    let mut child = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("failed to run `dot`; install Graphviz, or leave `--layout dot` off")?;
    // Graphviz reads all of its input before it writes.
    if let Some(mut input) = child.stdin.take() {
        input.write_all(dot.as_bytes()).context("Graphviz did not take the graph")?;
    }
    let output = child.wait_with_output().context("Graphviz broke off")?;
    if !output.status.success() {
        bail!("Graphviz could not draw the network ({})", output.status);
    }
    Ok(output.stdout)
}

fn rdf(name: &str) -> Option<RdfFormat> {
    Some(match name {
        "trig" => RdfFormat::TriG,
        "nquads" => RdfFormat::NQuads,
        "turtle" => RdfFormat::Turtle,
        "jsonld" => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        "rdfxml" => RdfFormat::RdfXml,
        _ => return None,
    })
}

fn sort(it: &Export, format: Format) -> anyhow::Result<Kind> {
    let Some(name) = it.network.as_deref() else { return Ok(format.network().unwrap_or(Kind::Demands)) };
    let Some(kind) = Kind::from_name(name) else {
        bail!("unknown network `{name}`; known networks are {}", Kind::ALL.map(Kind::as_str).join(", "));
    };
    match format.network() {
        Some(only) if only != kind => {
            bail!("`{}` draws the network `{}` only; leave `--network` off", format.as_str(), only.as_str())
        }
        _ => Ok(kind),
    }
}

/// How to draw, as far as it was said.
fn picture(it: &Export) -> Picture {
    let usual = Picture::default();
    let edges = it.max_edges.unwrap_or(usual.max_edges);
    // Who chose the issues, or how much to see, wants each of them whole.
    let chosen = it.max_nodes.is_some() || !it.issue.is_empty();
    Picture {
        title: it.title.clone(),
        max_nodes: it.max_nodes.unwrap_or(usual.max_nodes),
        max_edges: edges,
        max_numbered: edges.min(usual.max_numbered),
        max_columns: it.max_nodes.unwrap_or(usual.max_columns),
        max_lanes: it.max_nodes.unwrap_or(usual.max_lanes),
        max_lanes_of_issue: if chosen { usize::MAX } else { usual.max_lanes_of_issue },
        ..usual
    }
}

/// A picture with more edges than this is hard to read.
const CROWDED: usize = 120;

/// Numbers that no network has are slips.
fn check_numbers(it: &Export) -> anyhow::Result<()> {
    if !(0.0..=1.0).contains(&it.min_confidence) {
        bail!("`--min-confidence {}`: it must be a number from 0 to 1", it.min_confidence);
    }
    if !it.min_weight.is_finite() || it.min_weight < 0.0 {
        bail!("`--min-weight {}`: it must be a number not below 0", it.min_weight);
    }
    for (option, number) in [("--max-nodes", it.max_nodes), ("--max-edges", it.max_edges)] {
        if number == Some(0) {
            bail!("`{option} 0`: it must be at least 1");
        }
    }
    Ok(())
}

/// The day that an option gives.
fn day(option: &str, date: Option<&str>) -> anyhow::Result<Option<String>> {
    match date {
        Some(date) if dates::day(date) != Some(date) => bail!("`{option} {date}`: it must be a day like 2025-03-17"),
        date => Ok(date.map(str::to_owned)),
    }
}

/// The first and the last day.
fn days(it: &Export) -> anyhow::Result<(Option<String>, Option<String>)> {
    let (since, until) = (day("--since", it.since.as_deref())?, day("--until", it.until.as_deref())?);
    super::check_order(since.as_deref(), until.as_deref())?;
    Ok((since, until))
}

fn options(it: &Export) -> anyhow::Result<Options> {
    let mut acts = Vec::new();
    for name in &it.act {
        match Act::from_name(name) {
            Some(act) => acts.push(act),
            None => bail!("unknown act `{name}`; known acts are {}", Act::ALL.map(Act::as_str).join(", ")),
        }
    }
    let Some(weight) = Weight::from_name(&it.weight) else {
        bail!("unknown weight `{}`; known weights are {}", it.weight, Weight::ALL.map(Weight::as_str).join(", "));
    };
    let Some(normalisation) = Normalisation::from_name(&it.normalisation) else {
        let known = Normalisation::ALL.map(Normalisation::as_str).join(", ");
        bail!("unknown normalisation `{}`; known ones are {known}", it.normalisation);
    };
    let (from, until) = days(it)?;
    Ok(Options {
        level: match it.level {
            args::Level::Actor => Level::Actor,
            args::Level::Bloc => Level::Bloc,
        },
        weight,
        normalisation,
        acts,
        detail: if it.families { Detail::Families } else { Detail::Acts },
        min_weight: it.min_weight,
        include: it.actor.clone(),
        exclude: it.without.clone(),
        issues: it.issue.clone(),
        from,
        until,
        min_confidence: it.min_confidence,
        copies: match it.copies {
            args::Copies::Each => network::Copies::Each,
            args::Copies::Once => network::Copies::Once,
            args::Copies::Outlet => network::Copies::Outlet,
        },
        ..Options::default()
    })
}
