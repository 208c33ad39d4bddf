//! `demarche eval`: how good the claims are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use demarche::corpus::{self, Document};
use demarche::eval::{Agreement, Gold, Predicted, Report, polnear, predictions};
use demarche::nlp::Model;
use demarche::nlp::eval::Treebank;
use demarche::span::{CodePoints, Span};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::args::{Args, Eval};
use crate::commands::{engine, threads};
use crate::printer::{self, Printer};

pub(crate) fn run(it: &Eval, args: &Args, printer: &Printer) -> anyhow::Result<bool> {
    let as_json = match it.format.as_str() {
        "table" => false,
        "json" => true,
        other => bail!("unknown format `{other}`; known formats are table, json"),
    };
    if let Some(folder) = &it.polnear {
        let scores = attributions(folder, it.pred.as_deref(), args, printer)?;
        return show(as_json, &scores.to_lines(), &scores.to_json());
    }
    if let Some(file) = &it.conllu {
        return treebank(file, as_json);
    }
    let texts = texts(&it.text)?;
    if it.agreement {
        let [first, second] = it.gold.as_slice() else {
            bail!("give two files or folders to compare, one of each annotator");
        };
        let (first, second) =
            (golds(std::slice::from_ref(first), &texts)?, golds(std::slice::from_ref(second), &texts)?);
        let pairs: Vec<_> =
            first.iter().filter_map(|a| second.iter().find(|b| b.sha256 == a.sha256).map(|b| (a, b))).collect();
        if pairs.is_empty() {
            bail!("the two have no article in common");
        }
        printer.say(&format!("{} that both annotated", printer::count(pairs.len(), "article")));
        let agreement = Agreement::new(pairs);
        return show(as_json, &agreement.to_lines(), &agreement.to_json());
    }
    let golds = golds(&it.gold, &texts)?;
    if golds.is_empty() {
        bail!(
            "no annotation files (JSON with `claims`) found; give files or folders of them, or --polnear or --conllu"
        );
    }
    let predicted = match &it.pred {
        Some(path) => predictions(&path.display().to_string(), &read(path)?)?,
        None => extract(&golds, &texts, args, printer)?,
    };
    let none = Vec::new();
    let report = Report::new(golds.iter().map(|g| (g, predicted.get(&g.sha256).unwrap_or(&none).as_slice())));
    let mut lines = Vec::new();
    if it.errors {
        let mut faults: Vec<_> = report.faults.iter().collect();
        faults.sort_by_key(|fault| fault.kind);
        lines.extend(faults.into_iter().map(demarche::eval::Fault::to_line));
        lines.push(String::new());
    }
    lines.extend(report.to_lines());
    let mut value = report.to_json();
    if it.errors {
        value["errors"] = report.faults.iter().map(demarche::eval::Fault::to_line).collect();
    }
    show(as_json, &lines, &value)
}

fn show(as_json: bool, lines: &[String], value: &serde_json::Value) -> anyhow::Result<bool> {
    if as_json {
        printer::lines([value.to_string().as_str()])?;
    } else {
        printer::lines(lines.iter().map(String::as_str))?;
    }
    Ok(true)
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("failed to read `{}`", path.display()))
}

/// Files below a path, or the path itself, in order of names.
fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.exists() {
        bail!("`{}` does not exist", path.display());
    }
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut entries = std::fs::read_dir(path)
        .and_then(|dir| dir.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>())
        .with_context(|| format!("failed to open the folder `{}`", path.display()))?;
    entries.sort();
    let mut out = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            out.extend(files(&entry)?);
        } else {
            out.push(entry);
        }
    }
    Ok(out)
}

/// Paths of all texts by the SHA-256 of their bytes.
fn texts(folders: &[PathBuf]) -> anyhow::Result<BTreeMap<String, PathBuf>> {
    let mut out = BTreeMap::new();
    for folder in folders {
        for file in files(folder)? {
            let bytes = std::fs::read(&file).with_context(|| format!("failed to read `{}`", file.display()))?;
            let digest = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().concat();
            out.entry(digest).or_insert(file);
        }
    }
    Ok(out)
}

fn golds(paths: &[PathBuf], texts: &BTreeMap<String, PathBuf>) -> anyhow::Result<Vec<Gold>> {
    let mut out = Vec::new();
    for path in paths {
        for file in files(path)? {
            if file.extension().is_some_and(|e| e == "json") {
                let text = |sha: &str| texts.get(sha).and_then(|path| std::fs::read_to_string(path).ok());
                out.extend(Gold::parse(&file.display().to_string(), &read(&file)?, text)?);
            }
        }
    }
    Ok(out)
}

fn extract(
    golds: &[Gold],
    texts: &BTreeMap<String, PathBuf>,
    args: &Args,
    printer: &Printer,
) -> anyhow::Result<BTreeMap<String, Vec<Predicted>>> {
    let engine = engine(args)?;
    let paths: Vec<&PathBuf> = golds.iter().filter_map(|g| texts.get(&g.sha256)).collect();
    let (documents, notes) = corpus::read_paths(&paths, &corpus::ReadOptions::default());
    for note in &notes {
        printer.diagnostic(note, note.left_out);
    }
    let bar = printer.progress(documents.len(), "reading");
    let claims = engine.claims_of(&documents, threads(args), &|n| bar.set_position(n as u64));
    bar.finish_and_clear();
    Ok(documents
        .iter()
        .zip(claims)
        .map(|(document, claims)| (document.sha256.clone(), claims.iter().map(Predicted::from).collect()))
        .collect())
}

/// Scores attributions against a folder with `text/DOC.txt` and `attributions/DOC_ANNOTATOR.ann`; of several annotators the first counts.
fn attributions(folder: &Path, pred: Option<&Path>, args: &Args, printer: &Printer) -> anyhow::Result<polnear::Scores> {
    let mut chosen: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in files(&folder.join("attributions"))? {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if let Some((doc, _)) = name.strip_suffix(".ann").and_then(|stem| stem.rsplit_once('_')) {
            chosen.entry(doc.to_owned()).or_insert(file);
        }
    }
    if chosen.is_empty() {
        bail!("no .ann files in `{}`", folder.join("attributions").display());
    }
    let mut golds = Vec::new();
    for (doc, ann) in &chosen {
        let text = read(&folder.join("text").join(format!("{doc}.txt")))?;
        golds.push((doc.clone(), text, polnear::parse(&read(ann)?)));
    }
    let predicted: BTreeMap<String, Vec<polnear::Parts>> = if let Some(path) = pred {
        attribution_lines(path)?
    } else {
        let engine = engine(args)?;
        let documents: Vec<Document> = golds
            .iter()
            .map(|(doc, text, _)| Document::from_text(text.clone(), Some(doc.clone()), corpus::Metadata::default()))
            .collect();
        let bar = printer.progress(documents.len(), "reading");
        let parts = engine.each(&documents, threads(args), &|n| bar.set_position(n as u64), |document| {
            let points = CodePoints::new(&document.text);
            let place = |spans: &[Span]| {
                spans
                    .iter()
                    .map(|s| (points.of_byte(&document.text, s.start), points.of_byte(&document.text, s.end)))
                    .collect()
            };
            let analysis = engine.analyse_without_claims(document);
            let of = |a: &demarche::nlp::Attribution| polnear::Parts {
                roles: [place(&a.source), place(&a.cue), place(&a.content)],
            };
            analysis.attributions.iter().map(of).collect::<Vec<_>>()
        });
        bar.finish_and_clear();
        golds.iter().map(|(doc, _, _)| doc.clone()).zip(parts).collect()
    };
    let mut scores = polnear::Scores::default();
    let none = Vec::new();
    for (doc, text, gold) in &golds {
        scores.document(text, gold, predicted.get(doc).unwrap_or(&none));
    }
    Ok(scores)
}

#[derive(serde::Deserialize)]
struct AttributionLine {
    doc: String,
    #[serde(default)]
    source: Vec<(usize, usize)>,
    #[serde(default)]
    cue: Vec<(usize, usize)>,
    #[serde(default)]
    content: Vec<(usize, usize)>,
}

fn attribution_lines(path: &Path) -> anyhow::Result<BTreeMap<String, Vec<polnear::Parts>>> {
    let mut out: BTreeMap<String, Vec<polnear::Parts>> = BTreeMap::new();
    for (number, line) in read(path)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: AttributionLine =
            serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), number + 1))?;
        out.entry(row.doc).or_default().push(polnear::Parts { roles: [row.source, row.cue, row.content] });
    }
    Ok(out)
}

/// Scores tags and trees against a treebank in CoNLL-U.
fn treebank(file: &Path, as_json: bool) -> anyhow::Result<bool> {
    let bank = Treebank::parse(&read(file)?);
    if bank.paragraphs.is_empty() {
        bail!("`{}` holds no rows of CoNLL-U, which have ten columns with tabs between them", file.display());
    }
    let model = Model::embedded();
    let (own, raw, cut) = (bank.reading(model), bank.end_to_end(model), bank.cutting());
    let percent = |share: f64| (share * 1000.0).round() / 10.0;
    let rows = [
        ("words", own.words as f64),
        ("upos", percent(own.share(own.upos))),
        ("xpos", percent(own.share(own.xpos))),
        ("lemma", percent(own.share(own.lemma))),
        ("uas", percent(own.share(own.head))),
        ("las", percent(own.share(own.relation))),
        ("entity_f1", percent(own.entities.f1())),
        ("raw_token_f1", percent(cut.tokens.f1())),
        ("raw_sentence_f1", percent(cut.sentences.f1())),
        ("raw_upos_f1", percent(raw.upos.f1())),
        ("raw_uas_f1", percent(raw.head.f1())),
        ("raw_las_f1", percent(raw.relation.f1())),
    ];
    let lines: Vec<String> = rows.iter().map(|(name, value)| format!("{name:16}{value:9.1}")).collect();
    let value = rows.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>();
    show(as_json, &lines, &value.into())
}
