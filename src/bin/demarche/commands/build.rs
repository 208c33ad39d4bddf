//! `demarche build`: the main job.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::{Context, bail};
use demarche::corpus::Document;
use demarche::export;
use demarche::graph::{self, Store};
use demarche::network::{self, Kind};
use demarche::query::{self, Limits, Params};

use crate::args::{Args, Build};
use crate::commands::Reading;
use crate::printer::{self, Printer, count};

pub(crate) fn run(it: &Build, args: &Args, printer: &Printer) -> anyhow::Result<bool> {
    let start = Instant::now();
    let check =
        |store: &Store, documents: &[Document]| if it.replace { Ok(()) } else { nothing_lost(it, store, documents) };
    let mut reading = Reading::new(&it.articles, &it.store, &it.decisions, args, printer, check)?;
    if let Some(words) = facts_missing(&reading.documents) {
        printer.warn(&words);
    }
    // The store holds what was asked for and nothing else.
    for (id, publications) in reading.store.places()? {
        let stays = |places: &Vec<String>| reading.documents.iter().any(|d| d.id == id && was_read(d, places));
        if !publications.iter().all(stays) {
            reading.store.remove(&id)?;
        }
    }
    for (document, claims) in reading.documents.iter().zip(&reading.claims) {
        reading.store.add(document, claims, &reading.engine.run())?;
    }
    let decided = reading.commit(printer)?;
    let (store, documents) = (&reading.store, &reading.documents);
    let all = export::claims::of_store(store)?;
    std::fs::create_dir_all(&it.out).with_context(|| format!("failed to make the folder `{}`", it.out.display()))?;
    let mut files = Vec::new();
    let mut write = |name: &str, bytes: &[u8]| -> anyhow::Result<()> {
        let path = it.out.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("failed to write `{}`", path.display()))?;
        files.push(path.display().to_string());
        Ok(())
    };
    write("claims.jsonl", export::claims::json_lines(&all)?.as_bytes())?;
    let mut trig = Vec::new();
    graph::write(store, oxigraph::io::RdfFormat::TriG, &mut trig)?;
    write("graph.trig", &trig)?;
    let statements = network::statements(store, &Limits::default())?;
    let network = network::build(Kind::Demands, &statements, &network::Options::default());
    for format in [export::Format::Dot, export::Format::Svg, export::Format::GraphMl] {
        write(&format!("demands.{}", format.extension()), export::write(format, &network).as_bytes())?;
    }
    let network = network::build(Kind::Stances, &statements, &network::Options::default());
    for format in [export::Format::SvgMatrix, export::Format::SvgTimeline] {
        write(&format!("stances.{}", format.extension()), export::write(format, &network).as_bytes())?;
    }
    let words: usize = documents.iter().map(|d| d.text.split_whitespace().count()).sum();
    let size = store.size()?;
    printer.say(&format!(
        "{}, {}, {}, {}, {} in {:.1} s\n",
        count(size.articles, "article"),
        count(words, "word"),
        count(size.claims, "claim"),
        count(size.actors, "actor"),
        count(size.quads, "quad"),
        start.elapsed().as_secs_f64()
    ));
    let params = Params { limit: Some(it.rows), ..Params::default() };
    let table = query::ask(store, "demands", &params, &Limits::default())?;
    let text = table.to_lines(Printer::width());
    printer::lines(text.iter().map(String::as_str))?;
    printer.say(&format!("\nstore: {}\nfiles: {}", it.store.store.display(), files.join(", ")));
    Ok(reading.well && (decided || !it.articles.strict))
}

/// Whether a publication with these paths and addresses is that document: read from the same path, or from the same address, or of both nothing is known.
fn was_read(document: &Document, places: &[String]) -> bool {
    let own = [document.path.as_ref(), document.metadata.url.as_ref()];
    own.iter().flatten().any(|place| places.contains(place)) || (places.is_empty() && own.iter().all(Option::is_none))
}

/// How many articles do not say when, or by whom, they were published, and what to do: questions about days and outlets pass them over.
fn facts_missing(documents: &[Document]) -> Option<String> {
    let undated = documents.iter().filter(|d| d.metadata.published.is_none()).count();
    let unnamed = documents.iter().filter(|d| d.metadata.publisher.is_none()).count();
    let parts: Vec<String> = [(undated, "date", "published"), (unnamed, "outlet", "publisher")]
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, what, field)| {
            format!("{} {} no {what} (`{field}`)", count(n, "article"), if n == 1 { "has" } else { "have" })
        })
        .collect();
    (!parts.is_empty()).then(|| format!("{}: put NAME.meta.json beside them, see docs/guide.md", parts.join(", ")))
}

/// Refuses to remove articles that cannot be had again from the paths given. A file whose text has changed since is the same file, and a text
/// that is read from another file now is the same article.
fn nothing_lost(it: &Build, store: &Store, documents: &[Document]) -> anyhow::Result<()> {
    // Records of a feed (`feed.jsonl#3`) have no name that lasts.
    let paths: BTreeSet<&str> =
        documents.iter().filter_map(|d| d.path.as_deref()).filter(|p| !p.contains('#')).collect();
    let mut lost: Vec<String> = Vec::new();
    for (id, publications) in store.places()? {
        let texts: Vec<&Document> = documents.iter().filter(|d| d.id == id).collect();
        let (again, gone): (Vec<_>, Vec<_>) =
            publications.into_iter().partition(|places| texts.iter().any(|d| was_read(d, places)));
        // The text from a place that the store does not know: there it has moved to.
        let moved = texts.iter().filter(|d| !again.iter().any(|places| was_read(d, places))).count();
        let gone = gone.into_iter().filter(|places| !places.iter().any(|place| paths.contains(place.as_str())));
        lost.extend(gone.skip(moved).map(|places| places.into_iter().next().unwrap_or_else(|| id.clone())));
    }
    let Some(first) = lost.first() else { return Ok(()) };
    let (articles, them) = if lost.len() == 1 { ("an article", "it") } else { ("articles", "them") };
    let count = if lost.len() == 1 { String::new() } else { format!("{} ", lost.len()) };
    bail!(
        "the store `{}` holds {count}{articles} that building from these paths would remove: `{first}`{}; nothing was changed\n  \
         `demarche add PATH…` keeps {them}, `demarche build --replace` removes {them}, `--store DIR` builds another store",
        it.store.store.display(),
        if lost.len() == 1 { "" } else { " …" }
    )
}
