//! `demarche build`: the main job.

use std::time::Instant;

use anyhow::Context;
use demarche::export;
use demarche::graph::{self, Store};
use demarche::network::{self, Kind};
use demarche::query::{self, Limits, Params};

use crate::args::{Args, Build};
use crate::commands::{engine, read, threads};
use crate::printer::{self, Printer};

pub(crate) fn run(it: &Build, args: &Args, printer: &Printer) -> anyhow::Result<bool> {
    let start = Instant::now();
    let engine = engine(args)?;
    let mut store = Store::edit(&it.store.store)?;
    let (documents, whole) = read(&it.paths, printer)?;
    let bar = printer.progress(documents.len(), "reading");
    let claims = engine.claims_of(&documents, threads(args), &|n| bar.set_position(n as u64));
    bar.finish_and_clear();
    // The store holds what was asked for and nothing else: articles of an earlier build go.
    let kept: Vec<String> = documents.iter().map(|d| d.id.clone()).collect();
    let old: Vec<String> = store.articles().filter(|id| !kept.iter().any(|k| k == id)).map(str::to_owned).collect();
    for id in old {
        store.remove(&id)?;
    }
    for (document, claims) in documents.iter().zip(&claims) {
        store.add(document, claims, &engine.run())?;
    }
    store.commit()?;
    let all: Vec<_> = claims.into_iter().flatten().collect();
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
    graph::write(&store, oxigraph::io::RdfFormat::TriG, &mut trig)?;
    write("graph.trig", &trig)?;
    let statements = network::statements(&store, &Limits::default())?;
    let network = network::build(Kind::Demands, &statements, &network::Options::default());
    for format in [export::Format::Dot, export::Format::Svg, export::Format::GraphMl] {
        write(&format!("demands.{}", format.extension()), export::write(format, &network).as_bytes())?;
    }
    let words: usize = documents.iter().map(|d| d.text.split_whitespace().count()).sum();
    let size = store.size()?;
    printer.say(&format!(
        "{} articles, {words} words, {} claims, {} actors, {} quads in {:.1} s\n",
        documents.len(),
        size.claims,
        size.actors,
        size.quads,
        start.elapsed().as_secs_f64()
    ));
    let params = Params { limit: Some(it.rows), ..Params::default() };
    let table = query::ask(&store, "demands", &params, &Limits::default())?;
    let text = table.to_lines(Printer::width());
    printer::lines(text.iter().map(String::as_str))?;
    printer.say(&format!("\nstore: {}\nfiles: {}", it.store.store.display(), files.join(", ")));
    Ok(whole)
}
