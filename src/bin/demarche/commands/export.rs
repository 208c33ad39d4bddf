//! `demarche export`: the network of a store, or the store itself, as a file for other programs.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use demarche::act::Act;
use demarche::export::svg::Picture;
use demarche::export::{self, Format};
use demarche::graph::{self, Store};
use demarche::network::{self, Kind, Length, Level, Network, Normalisation, Options, Statement, Weight, Window};
use demarche::query::Limits;
use oxigraph::io::{JsonLdProfileSet, RdfFormat};

use crate::args::{self, Export};
use crate::printer::Printer;

/// RDF formats by the names that are used here.
const RDF: [&str; 5] = ["trig", "nquads", "turtle", "jsonld", "rdfxml"];

pub(crate) fn run(it: &Export, printer: &Printer) -> anyhow::Result<bool> {
    let Some(kind) = it.kind.as_deref() else {
        let mut lines: Vec<String> =
            Format::ALL.iter().map(|f| format!("{:20}{}", f.as_str(), f.summary().trim())).collect();
        lines.push(format!("{:20}The claims for DuckDB, Spark and pandas (needs the feature `parquet`).", "parquet"));
        lines.extend(RDF.iter().map(|name| format!("{name:20}The whole graph as RDF.")));
        crate::printer::lines(lines.iter().map(String::as_str))?;
        return Ok(true);
    };
    if it.profile != args::Profile::Plain && rdf(kind).is_none() {
        bail!("`--profile` is for the graph as RDF; formats are {}", RDF.join(", "));
    }
    let bytes = if kind == "parquet" {
        parquet(&Store::open(&it.store.store)?)?
    } else if let Some(format) = rdf(kind) {
        let mut out = Vec::new();
        let profile = match it.profile {
            args::Profile::Plain => graph::Profile::Plain,
            args::Profile::Rdf12 => graph::Profile::Rdf12,
            args::Profile::Nanopub => graph::Profile::Nanopub,
        };
        graph::write_profile(&Store::open(&it.store.store)?, profile, format, &mut out)?;
        out
    } else {
        let Some(format) = Format::from_name(kind) else {
            let known: Vec<&str> = Format::ALL.iter().map(|f| f.as_str()).chain(["parquet"]).chain(RDF).collect();
            bail!("unknown format `{kind}`; known formats are {}", known.join(", "));
        };
        let (sort, options) = (sort(it, format)?, options(it)?);
        let statements = network::statements(&Store::open(&it.store.store)?, &Limits::default())?;
        if let Some(length) = &it.window {
            return windows(it, format, sort, &statements, &options, length, printer);
        }
        let network = network::build(sort, &statements, &options);
        for note in &network.notes {
            printer.say(note);
        }
        let companions: Vec<&str> =
            format.companions().iter().filter(|other| **other != format).map(|f| f.as_str()).collect();
        if !companions.is_empty() {
            printer.say(&format!("goes with it: {}", companions.join(", ")));
        }
        if format == Format::Svg && it.layout == args::Layout::Dot {
            graphviz(&export::write(Format::Dot, &network))?
        } else {
            export::write_picture(format, &network, &picture(it)).into_bytes()
        }
    };
    put(it.out.as_deref(), &bytes, printer)?;
    Ok(true)
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
) -> anyhow::Result<bool> {
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
        printer.say(&format!("not counted: {undated} statements without a day"));
    }
    if format == Format::Gexf {
        put(it.out.as_deref(), export::gexf_windows(&networks).as_bytes(), printer)?;
        return Ok(true);
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
    printer.say(&format!("{} windows and windows.csv written to {}", networks.len(), folder.display()));
    Ok(true)
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
    Picture {
        title: it.title.clone(),
        max_nodes: it.max_nodes.unwrap_or(usual.max_nodes),
        max_edges: edges,
        max_numbered: edges.min(usual.max_numbered),
        max_columns: it.max_nodes.unwrap_or(usual.max_columns),
        max_lanes: it.max_nodes.unwrap_or(usual.max_lanes),
        ..usual
    }
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
    Ok(Options {
        level: match it.level {
            args::Level::Actor => Level::Actor,
            args::Level::Bloc => Level::Bloc,
        },
        weight,
        normalisation,
        acts,
        min_weight: it.min_weight,
        include: it.actor.clone(),
        exclude: it.without.clone(),
        issues: it.issue.clone(),
        from: it.since.clone(),
        until: it.until.clone(),
        min_confidence: it.min_confidence,
        copies: match it.copies {
            args::Copies::Each => network::Copies::Each,
            args::Copies::Once => network::Copies::Once,
            args::Copies::Outlet => network::Copies::Outlet,
        },
        ..Options::default()
    })
}
