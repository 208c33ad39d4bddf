//! `demarche extract`: articles in, claims out.

use std::io::Write;

use demarche::corpus::Document;
use demarche::graph::{self, Store};
use demarche::nlp::Analysis;
use demarche::span::{CodePoints, Span};
use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use serde_json::json;

use crate::args::{Args, Extract, ExtractFormat};
use crate::commands::{corrected, corrections, engine, read, threads};
use crate::printer::Printer;

pub(crate) fn run(it: &Extract, args: &Args, printer: &Printer) -> anyhow::Result<bool> {
    let engine = engine(args)?;
    let decided = it.corrections.as_deref().map(|path| corrections(path, args)).transpose()?.unwrap_or_default();
    let (documents, well) = read(&it.articles.paths, it.articles.strict, printer)?;
    let bar = printer.progress(documents.len(), "reading");
    let done = |n: usize| bar.set_position(n as u64);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if it.format == ExtractFormat::Attributions {
        let lines =
            engine.each(&documents, threads(args), &done, |d| attributions(d, &engine.analyse_without_claims(d)));
        bar.finish_and_clear();
        out.write_all(lines.concat().as_bytes())?;
        out.flush()?;
        return Ok(well);
    }
    if it.format == ExtractFormat::Evidence {
        let all = engine.each(&documents, threads(args), &done, |d| engine.extractor().evidence(d, &engine.analyse(d)));
        bar.finish_and_clear();
        for evidence in all.iter().flatten() {
            serde_json::to_writer(&mut out, evidence)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        return Ok(well);
    }
    let extracted = engine.claims_of(&documents, threads(args), &done);
    bar.finish_and_clear();
    let claims = extracted.iter().flat_map(|claims| corrected(&decided, claims));
    let rdf = |format: RdfFormat| -> anyhow::Result<()> {
        let mut store = Store::in_memory()?;
        store.correct(decided.clone())?;
        for (document, claims) in documents.iter().zip(&extracted) {
            store.add(document, claims, &engine.run())?;
        }
        store.commit()?;
        graph::write(&store, format, std::io::stdout().lock())?;
        Ok(())
    };
    match it.format {
        ExtractFormat::Jsonl => {
            for claim in claims {
                serde_json::to_writer(&mut out, &claim)?;
                out.write_all(b"\n")?;
            }
            out.flush()?;
        }
        ExtractFormat::Csv => {
            let all: Vec<_> = claims.collect();
            out.write_all(demarche::export::claims::table(&all).as_bytes())?;
            out.flush()?;
        }
        ExtractFormat::Nquads => rdf(RdfFormat::NQuads)?,
        ExtractFormat::Trig => rdf(RdfFormat::TriG)?,
        ExtractFormat::Turtle => rdf(RdfFormat::Turtle)?,
        ExtractFormat::Jsonld => rdf(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() })?,
        ExtractFormat::Attributions | ExtractFormat::Evidence => {}
    }
    Ok(well)
}

/// One JSON line for each attribution, spans in code points; the document is named by its file without extension.
fn attributions(document: &Document, analysis: &Analysis) -> String {
    let name = document
        .path
        .as_deref()
        .and_then(|p| std::path::Path::new(p).file_stem())
        .map_or_else(|| document.id.clone(), |s| s.to_string_lossy().into_owned());
    let points = CodePoints::new(&document.text);
    let place = |spans: &[Span]| -> Vec<[usize; 2]> {
        spans.iter().map(|s| [points.of_byte(&document.text, s.start), points.of_byte(&document.text, s.end)]).collect()
    };
    analysis
        .attributions
        .iter()
        .map(|a| {
            json!({"doc": name, "source": place(&a.source), "cue": place(&a.cue), "content": place(&a.content)})
                .to_string()
                + "\n"
        })
        .collect()
}
